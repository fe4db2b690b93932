"""The real portal of a desktop on a bus of its own, and what its desktop answers through it."""

import os
import subprocess
import threading
from pathlib import Path
from typing import Self

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import unwrap_msg

from tests.fakes.notification_daemons import PrivateBus, owned

PORTAL = "org.freedesktop.portal.Desktop"
CHOOSER = DBusAddress(
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


class Portal:
    """xdg-desktop-portal, with a desktop that is dark and on which one file is always chosen.

    Source: XDG Desktop Portal, "Backend D-Bus Interfaces"; portals.conf(5).

    Args:
        folder: of its own; the bus and the portal keep their files there.
        chosen: the file.
    """

    def __init__(self, folder: Path, chosen: Path) -> None:
        self._folder, self._chosen = folder, chosen
        self._bus = PrivateBus(folder)
        self.address = self._bus.address

    def __enter__(self) -> Self:
        (self._folder / f"{_DESKTOP}.portal").write_text(_DESCRIPTION, encoding="utf-8")
        self._desktop = open_dbus_connection(self.address)
        unwrap_msg(self._desktop.send_and_get_reply(message_bus.RequestName(_OWN), timeout=10))
        self._answering = threading.Thread(target=self._answer_all, name="desktop of the portal")
        self._answering.start()
        environment = {
            "HOME": str(self._folder),
            "XDG_RUNTIME_DIR": str(self._folder),
            "XDG_CURRENT_DESKTOP": _DESKTOP,
            "XDG_DESKTOP_PORTAL_DIR": str(self._folder),
            "DBUS_SESSION_BUS_ADDRESS": self.address,
        }
        with owned(self.address, PORTAL):
            self._process = subprocess.Popen(
                [*AS_USERS_ARE, PROGRAM], env=environment, stderr=subprocess.DEVNULL
            )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
        self._bus.stop()
        self._answering.join()
        self._desktop.close()

    def _answer_all(self) -> None:
        while (call := _next_call(self._desktop)) is not None:
            self._desktop.send(self._answer(call))

    def _answer(self, call: Message) -> Message:
        match call.header.fields[HeaderFields.member], call.body:
            case "OpenFile", _:
                chosen = {"uris": ("as", [self._chosen.as_uri()])}
                return new_method_return(call, "ua{sv}", (_CHOSEN, chosen))
            case "Read", ("org.freedesktop.appearance", "color-scheme"):
                return new_method_return(call, "v", (_DARK,))
            case "GetAll", _:
                return new_method_return(call, "a{sv}", ({"version": ("u", 1)},))
            case _:
                return new_error(call, "org.freedesktop.DBus.Error.UnknownMethod")


def _next_call(bus: DBusConnection) -> Message | None:
    """Wait for a call; None once the bus has ended."""
    try:
        while True:
            message = bus.receive()
            if message.header.message_type is MessageType.method_call:
                return message
    except (ConnectionError, EOFError):
        return None
