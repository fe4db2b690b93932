"""The real portal of a desktop on a bus of its own, and what its desktop answers through it."""

import os
import socket
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


class FileDialogs:
    """Owns the portal's name on a bus, and chooses the same path in each dialog.

    Attributes:
        titles: of the dialogs, in order.
    """

    def __init__(self, bus: DBusConnection, chosen: Path) -> None:
        self.titles: list[str] = []
        self.is_looked_for = threading.Event()
        self._bus, self._chosen = bus, chosen

    def answer_all(self) -> None:
        while (call := _next_call(self._bus)) is not None:
            match call.header.fields[jeepney.HeaderFields.member], call.body:
                case "Get", (CHOOSER.interface, "version"):
                    self._bus.send(jeepney.new_method_return(call, "v", (("u", 4),)))
                    self.is_looked_for.set()
                case "OpenFile" | "SaveFile", (_, str(title), {"handle_token": (_, token)}):
                    self.titles.append(title)
                    sender = call.header.fields[jeepney.HeaderFields.sender]
                    place = sender.removeprefix(":").replace(".", "_")
                    handle = f"{CHOOSER.object_path}/request/{place}/{token}"
                    self._bus.send(jeepney.new_method_return(call, "o", (handle,)))
                    results = {"uris": ("as", [self._chosen.as_uri()])}
                    source = jeepney.DBusAddress(handle, PORTAL, "org.freedesktop.portal.Request")
                    body = (_CHOSEN, results)
                    self._bus.send(jeepney.new_signal(source, "Response", "ua{sv}", body))
                case _:
                    self._bus.send(jeepney.new_error(call, f"{PORTAL}.Error"))


@contextmanager
def file_dialogs(address: str, chosen: Path) -> Iterator[FileDialogs]:
    """Run the part of a portal that has dialogs for files, on a bus without a portal."""
    with open_dbus_connection(address) as bus:
        unwrap_msg(bus.send_and_get_reply(jeepney.message_bus.RequestName(PORTAL), timeout=10))
        dialogs = FileDialogs(bus, chosen)
        answering = threading.Thread(target=dialogs.answer_all)
        answering.start()
        try:
            yield dialogs
        finally:
            bus.sock.shutdown(socket.SHUT_RDWR)
            answering.join()


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
