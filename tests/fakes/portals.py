"""The real portal of a desktop on a bus of its own, and what its desktop answers through it."""

import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jeepney
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import unwrap_msg

from tests.fakes.notification_daemons import PrivateBus, owned

PORTAL = "org.freedesktop.portal.Desktop"
CHOOSER = jeepney.DBusAddress(
    "/org/freedesktop/portal/desktop", PORTAL, "org.freedesktop.portal.FileChooser"
)
PROGRAM = Path("/usr/libexec/xdg-desktop-portal")
#: As root a test has rights with which it sees whatever hides; a user's desktop has none of them.
AS_USERS_ARE = () if os.getuid() else ("setpriv", "--bounding-set=-all", "--inh-caps=-all")

_DESKTOP = "heimdall-test"
_OWN = f"org.freedesktop.impl.portal.desktop.{_DESKTOP.replace('-', '_')}"
_IMPLEMENTATION = "org.freedesktop.impl.portal."
_DESCRIPTION = f"""\
[portal]
DBusName={_OWN}
Interfaces={_IMPLEMENTATION}FileChooser;{_IMPLEMENTATION}Settings;
UseIn={_DESKTOP}
"""
_DARK = ("u", 1)
_CHOSEN = 0


@contextmanager
def dark_desktop(folder: Path, chosen: Path) -> Iterator[str]:
    """Run xdg-desktop-portal before a desktop that is dark, on which one file is always chosen.

    Source: XDG Desktop Portal, "Backend D-Bus Interfaces"; portals.conf(5).

    Args:
        folder: of its own; the bus and the portal keep their files there.
        chosen: the file.

    Yields:
        The address of the bus.
    """
    (folder / f"{_DESKTOP}.portal").write_text(_DESCRIPTION, encoding="utf-8")
    with PrivateBus(folder) as bus, open_dbus_connection(bus.address) as desktop:
        unwrap_msg(desktop.send_and_get_reply(jeepney.message_bus.RequestName(_OWN), timeout=10))
        answering = threading.Thread(target=_answer_all, args=(desktop, chosen))
        answering.start()
        environment = {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "XDG_CURRENT_DESKTOP": _DESKTOP,
            "XDG_DESKTOP_PORTAL_DIR": str(folder),
            "DBUS_SESSION_BUS_ADDRESS": bus.address,
        }
        try:
            with owned(bus.address, PORTAL):
                portal = subprocess.Popen([*AS_USERS_ARE, PROGRAM], env=environment)
            yield bus.address
        finally:
            bus.stop()  # with it ends all that is on it
            answering.join()
        portal.wait()


def _answer_all(desktop: DBusConnection, chosen: Path) -> None:
    while (call := _next_call(desktop)) is not None:
        desktop.send(_answer(call, chosen))


def _answer(call: jeepney.Message, chosen: Path) -> jeepney.Message:
    match call.header.fields[jeepney.HeaderFields.member], call.body:
        case "OpenFile", _:
            results = {"uris": ("as", [chosen.as_uri()])}
            return jeepney.new_method_return(call, "ua{sv}", (_CHOSEN, results))
        case "Read", ("org.freedesktop.appearance", "color-scheme"):
            return jeepney.new_method_return(call, "v", (_DARK,))
        case "GetAll", _:
            return jeepney.new_method_return(call, "a{sv}", ({"version": ("u", 1)},))
        case _:
            return jeepney.new_error(call, "org.freedesktop.DBus.Error.UnknownMethod")


def _next_call(bus: DBusConnection) -> jeepney.Message | None:
    """Wait for a call; None once the bus has ended."""
    try:
        while True:
            message = bus.receive()
            if message.header.message_type is jeepney.MessageType.method_call:
                return message
    except (ConnectionError, EOFError):
        return None
