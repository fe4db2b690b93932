"""A tray on a bus, as a panel has it: takes icons, reads what they show and chooses from menus.

Source: freedesktop.org, StatusNotifierItem; com.canonical.dbusmenu (as libdbusmenu documents it).
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Any

import jeepney
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import unwrap_msg

from tests.fakes.waiting import WAIT_LIMIT_S

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
_DESCRIPTION = f"""\
<node>
  <interface name="{WATCHER}">
    <property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
    <method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
  </interface>
</node>
"""


class TrayIcon:
    """An icon in the tray, as the panel sees it."""

    def __init__(self, address: str, owner: str) -> None:
        self._address, self._owner = address, owner

    def activate(self) -> None:
        self._call(
            jeepney.DBusAddress("/StatusNotifierItem", self._owner, ITEM), "Activate", "ii", (0, 0)
        )

    def tip(self) -> str:
        return str(self._property("ToolTip")[2])

    def drawing(self, edge_px: int) -> bytes:
        drawings = {width: pixels for width, _, pixels in self._property("IconPixmap")}
        return bytes(drawings[edge_px])

    def menu(self) -> dict[str, int]:
        """Return the lines of its menu as they are sent, with their ids."""
        _, (_, _, lines) = self._menu_call("GetLayout", "iias", (0, -1, []))
        return {facts["label"][1]: number for _, (number, facts, _) in lines if "label" in facts}

    def choose(self, label: str) -> None:
        self._menu_call("Event", "isvu", (self.menu()[label], "clicked", ("i", 0), 0))

    def _menu_call(self, member: str, signature: str, body: tuple[object, ...]) -> Any:
        place = jeepney.DBusAddress(self._property("Menu"), self._owner, MENU)
        return self._call(place, member, signature, body)

    def _property(self, name: str) -> Any:
        place = jeepney.DBusAddress("/StatusNotifierItem", self._owner, ITEM)
        with open_dbus_connection(self._address) as bus:
            [(_, value)] = _answer(bus, jeepney.Properties(place).get(name))
        return value

    def _call(
        self, place: jeepney.DBusAddress, member: str, signature: str, body: tuple[object, ...]
    ) -> Any:
        with open_dbus_connection(self._address) as bus:
            return _answer(bus, jeepney.new_method_call(place, member, signature, body))


class TrayHost:
    """What owns the name of the watcher on a bus, and the icons that came to it."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._owners: SimpleQueue[str] = SimpleQueue()

    def next(self) -> TrayIcon:
        return TrayIcon(self._address, self._owners.get(timeout=WAIT_LIMIT_S))

    def serve(self, bus: DBusConnection) -> None:
        """Answer all calls until the connection is closed."""
        while (call := _next_call(bus)) is not None:
            bus.send(self._reply(call))

    def _reply(self, call: jeepney.Message) -> jeepney.Message:
        match call.header.fields[jeepney.HeaderFields.member]:
            case "RegisterStatusNotifierItem":
                self._owners.put(call.header.fields[jeepney.HeaderFields.sender])
                return jeepney.new_method_return(call)
            case "Introspect":
                return jeepney.new_method_return(call, "s", (_DESCRIPTION,))
            case "Get":
                return jeepney.new_method_return(call, "v", (("b", True),))
            case "GetAll":
                facts = {"IsStatusNotifierHostRegistered": ("b", True)}
                return jeepney.new_method_return(call, "a{sv}", (facts,))
            case _:
                return jeepney.new_error(call, "org.freedesktop.DBus.Error.UnknownMethod")


@contextmanager
def tray_on(address: str) -> Iterator[TrayHost]:
    """Give the desktop on a bus a tray, for the block."""
    host = TrayHost(address)
    with open_dbus_connection(address) as bus, open_dbus_connection(address) as other:
        unwrap_msg(
            bus.send_and_get_reply(jeepney.message_bus.RequestName(WATCHER), timeout=WAIT_LIMIT_S)
        )
        serving = threading.Thread(target=host.serve, args=(bus,))
        serving.start()
        try:
            yield host
        finally:
            other.send(jeepney.new_method_call(jeepney.DBusAddress("/", WATCHER, WATCHER), "Stop"))
            serving.join()


def _next_call(bus: DBusConnection) -> jeepney.Message | None:
    """Wait for a call; None once it is to stop."""
    while True:
        message = bus.receive()
        if message.header.message_type is jeepney.MessageType.method_call:
            is_end = message.header.fields[jeepney.HeaderFields.member] == "Stop"
            return None if is_end else message


def _answer(bus: DBusConnection, call: jeepney.Message) -> Any:
    return unwrap_msg(bus.send_and_get_reply(call, timeout=WAIT_LIMIT_S))
