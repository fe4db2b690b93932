"""Hears from the desktop portal whether the user wants dark colours or more contrast.

Source: XDG Desktop Portal, org.freedesktop.portal.Settings, namespace org.freedesktop.appearance.
"""

import logging
from collections.abc import Callable
from typing import Any, Final

from jeepney import DBusAddress
from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts.errors import NotifierUnavailable, Reason
from heimdall_desktop.services.bus_service import BusService
from heimdall_desktop.services.notifier.protocol import Spawn

CALL_LIMIT_S: Final = 20.0  # the first call may have to start the portal
_PORTAL: Final = DBusAddress(
    "/org/freedesktop/portal/desktop",
    bus_name="org.freedesktop.portal.Desktop",
    interface="org.freedesktop.portal.Settings",
)
_NAMESPACE: Final = "org.freedesktop.appearance"
_SCHEME, _CONTRAST = "color-scheme", "contrast"
_ARE_DARK = {1: True, 2: False}  # every other number means that the user has no wish
_MORE_CONTRAST: Final = 1

log = logging.getLogger("heimdall.looks")


async def ask_portal(*, spawn: Spawn, bus_address: str = "SESSION") -> str:
    """Return which version of its settings the portal offers; on a line of its own.

    Raises:
        NotifierUnavailable: there is no session bus, or no portal on it.
    """
    portal = BusService(
        bus_address,
        _PORTAL,
        spawn=spawn,
        on_signal=lambda _member, _body: None,
        call_limit_s=CALL_LIMIT_S,
    )
    await portal.open()
    try:
        version = await portal.ask_property(_PORTAL.interface, "version")
    except NotifierUnavailable:
        raise NotifierUnavailable(Reason.NO_PORTAL) from None
    finally:
        await portal.aclose()
    return f"{_PORTAL.interface} {version}"


class DesktopAppearance(Struct, frozen=True):
    """What the user has told the desktop.

    Attributes:
        are_dark: None where they have no wish.
    """

    are_dark: bool | None = None
    have_high_contrast: bool = False


class DesktopPortal:
    """Listens on the session bus. Without one, or without a portal, it hears nothing: fine.

    Args:
        spawn: starts the task that reads the bus; it ends when that is cancelled.
        on_appearance: told of the looks when they are first known, and of each change.
        bus_address: where the bus is; the session's own by default.
    """

    def __init__(
        self,
        *,
        spawn: Spawn,
        on_appearance: Callable[[DesktopAppearance], None],
        bus_address: str = "SESSION",
        call_limit_s: float = CALL_LIMIT_S,
    ) -> None:
        self._portal = BusService(
            bus_address, _PORTAL, spawn=spawn, on_signal=self._hear, call_limit_s=call_limit_s
        )
        self._on_appearance = on_appearance
        self._appearance = DesktopAppearance()

    async def start(self) -> None:
        """Ask how the looks are, and hear of changes from now on."""
        try:
            await self._portal.open()
        except NotifierUnavailable:
            log.info("no session bus; using Qt's colours")
            return
        for key in (_SCHEME, _CONTRAST):
            self._take(key, await self._ask(key))

    async def _ask(self, key: str) -> object:
        for method in ("ReadOne", "Read"):  # the older one, which wraps its answer once more
            try:
                (value,) = await self._portal.call(method, "ss", _NAMESPACE, key)
            except (NotifierUnavailable, ValueError):
                continue
            return value
        return None

    def _hear(self, member: str, body: tuple[Any, ...]) -> None:
        match member, body:
            case "SettingChanged", (str(namespace), str(key), value) if namespace == _NAMESPACE:
                self._take(key, value)
            case _:
                pass  # of another namespace, or of a later version

    def _take(self, key: str, value: object) -> None:
        while isinstance(value, tuple) and len(value) == 2:  # a variant: its signature, its value
            value = value[1]
        if not isinstance(value, int):
            return
        appearance = self._appearance
        if key == _SCHEME:
            appearance = replace(appearance, are_dark=_ARE_DARK.get(value))
        elif key == _CONTRAST:
            appearance = replace(appearance, have_high_contrast=value == _MORE_CONTRAST)
        if appearance != self._appearance:
            self._appearance = appearance
            self._on_appearance(appearance)
