"""Listens in on the session bus: what programs ask the notification daemon to show."""

from dataclasses import dataclass
from types import TracebackType
from typing import Self

from jeepney import DBusAddress, HeaderFields, MatchRule, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import unwrap_msg

from tests.fakes.notification_daemons import NOTIFICATIONS
from tests.fakes.waiting import WAIT_LIMIT_S

_BUS = DBusAddress(
    "/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus.Monitoring"
)


@dataclass(frozen=True)
class Asked:
    """One call of Notify.

    Attributes:
        replaces: the number of the notification it takes the place of; 0 for a new one.
        urgency: 0 low, 1 normal, 2 critical; None where nothing is said of it. Source: the Desktop
            Notifications Specification.
    """

    replaces: int
    title: str
    body: str
    urgency: int | None


class NotificationMonitor:
    """Hears every Notify on a bus from when it is entered, used as a context manager."""

    def __init__(self, address: str) -> None:
        self._bus: DBusConnection = open_dbus_connection(address)

    def __enter__(self) -> Self:
        rule = MatchRule(type="method_call", interface=NOTIFICATIONS, member="Notify")
        call = new_method_call(_BUS, "BecomeMonitor", "asu", ([rule.serialise()], 0))
        unwrap_msg(self._bus.send_and_get_reply(call, timeout=WAIT_LIMIT_S))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bus.close()

    def next(self) -> Asked:
        while True:
            message = self._bus.receive(timeout=WAIT_LIMIT_S)
            if message.header.fields.get(HeaderFields.member) == "Notify":
                _, replaces, _, title, body, _, hints, _ = message.body
                _, urgency = hints.get("urgency", ("y", None))
                return Asked(replaces, title, body, urgency)
