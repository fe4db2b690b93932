"""Shows notifications through Windows and macOS."""

from pathlib import Path

from desktop_notifier import DEFAULT_SOUND, Button, DesktopNotifier, Urgency
from desktop_notifier import Notification as NativeNotification

from heimdall_desktop.domain.facts.errors import NotifierUnavailable, Reason
from heimdall_desktop.services.notifier.protocol import (
    DEFAULT_ACTION,
    Activated,
    Notification,
    Spawn,
)


class NativeNotifier:
    """A `Notifier` over the library desktop-notifier, which logs errors instead of raising them."""

    description = "notifications of this system"

    def __init__(
        self, *, spawn: Spawn, on_activated: Activated, memory: Path | None = None
    ) -> None:
        del spawn, memory  # needs neither; every notifier is made with the same arguments
        self._notifier = DesktopNotifier(app_name="Heimdall", app_icon=None)
        self._shown: set[str] = set()
        self._notifier.on_clicked = lambda key: on_activated(key, DEFAULT_ACTION)
        self._notifier.on_button_pressed = on_activated
        self._notifier.on_dismissed = self._shown.discard

    async def start(self) -> None:
        """Ask for the permission to notify; macOS may put that question to the person.

        Raises:
            NotifierUnavailable: the permission was refused.
        """
        if not await self._notifier.request_authorisation():
            raise NotifierUnavailable(Reason.NOTIFICATIONS_FORBIDDEN)

    async def show(self, notification: Notification) -> bool:
        """Show a notification in place of the one of the same key.

        Returns:
            True: this system does not tell whether it keeps it back.
        """
        await self.withdraw(notification.key)
        buttons = [
            Button(action.label, identifier=action.key)
            for action in notification.actions
            if action.key != DEFAULT_ACTION  # here that is the click itself, without a label
        ]
        await self._notifier.send_notification(
            NativeNotification(
                notification.title,
                notification.body,
                urgency=Urgency.Critical if notification.is_urgent else Urgency.Normal,
                buttons=tuple(buttons),
                sound=DEFAULT_SOUND if notification.has_sound else None,
                identifier=notification.key,
            )
        )
        self._shown.add(notification.key)
        return True

    async def withdraw(self, key: str) -> None:
        """Take a notification back; one that is gone already is fine."""
        if key in self._shown:  # the library may fail over one it doesn't know
            self._shown.discard(key)
            await self._notifier.clear(key)

    def is_shown(self, key: str) -> bool:
        """Whether it was shown and not taken back or dismissed."""
        return key in self._shown

    async def aclose(self) -> None:
        """Do nothing: what is shown stays."""
