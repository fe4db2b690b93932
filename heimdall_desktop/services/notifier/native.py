"""Shows notifications through Windows and macOS."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_notifier import DEFAULT_SOUND, Button, DesktopNotifier, Urgency
from desktop_notifier import Notification as NativeNotification

from heimdall_desktop.domain.facts.errors import NotifierUnavailable, Reason
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.services.notifier import protocol


class NativeNotifier:
    """A `Notifier` over the library desktop-notifier, which logs most errors and raises others."""

    description = "notifications of this system"

    def __init__(
        self, *, spawn: protocol.Spawn, on_activated: protocol.Activated, memory: Path | None = None
    ) -> None:
        del spawn, memory  # needs neither; every notifier is made with the same arguments
        self._on_activated = on_activated
        self._notifier: DesktopNotifier | None = None
        self._shown: set[str] = set()

    async def start(self) -> None:
        """Request permission to notify; macOS may show that request to the user.

        Raises:
            NotifierUnavailable: the system has no notifications for us, or refused the permission.
        """
        with _translated():
            notifier = DesktopNotifier(app_name="Heimdall", app_icon=None)
            # Outside an app bundle on macOS, a stand-in accepts every notification and shows none.
            if not await notifier.get_capabilities():
                raise NotifierUnavailable(Reason.NOTIFICATIONS_FORBIDDEN)
            notifier.on_clicked = lambda key: self._on_activated(key, protocol.DEFAULT_ACTION)
            notifier.on_button_pressed = self._on_activated
            notifier.on_dismissed = self._shown.discard
            await self._require_permission(notifier)
        self._notifier = notifier

    async def show(self, notification: protocol.Notification) -> bool:
        await self.withdraw(notification.key)
        with _translated():
            if self._notifier is None:
                raise NotifierUnavailable(Reason.NO_NOTIFIER)
            await self._require_permission(self._notifier)  # it may have been revoked since
            buttons = [
                Button(action.label, identifier=action.key)
                for action in notification.actions
                if action.key
                != protocol.DEFAULT_ACTION  # here that is the click itself, without a label
            ]
            await self._notifier.send_notification(
                NativeNotification(
                    notification.title,
                    notification.body,
                    urgency=Urgency.Critical if notification.is_urgent else Urgency.Normal,
                    buttons=tuple(buttons),
                    on_dispatched=lambda: self._shown.add(notification.key),
                    sound=DEFAULT_SOUND if notification.has_sound else None,
                    identifier=notification.key,
                )
            )
            if notification.key not in self._shown:  # the library only logs the reason
                raise NotifierUnavailable(Reason.NOTIFICATION_NOT_SHOWN)
        return True

    async def withdraw(self, key: str) -> None:
        if self._notifier is not None and key in self._shown:
            self._shown.discard(key)
            with _translated():
                await self._notifier.clear(key)

    def is_shown(self, key: str) -> bool:
        return key in self._shown

    async def aclose(self) -> None:
        """Do nothing: shown notifications stay."""

    async def _require_permission(self, notifier: DesktopNotifier) -> None:
        if not await notifier.request_authorisation():
            raise NotifierUnavailable(Reason.NOTIFICATIONS_FORBIDDEN)


@contextmanager
def _translated() -> Iterator[None]:
    """Convert every error of the library to NotifierUnavailable, so that the fallbacks are used."""
    try:
        yield
    except NotifierUnavailable:
        raise
    except Exception as error:  # noqa: BLE001 - of the Windows Runtime, Objective-C, an import
        problem = one_line(str(error))[:200] or type(error).__name__
        raise NotifierUnavailable(Reason.NOTIFIER_FAILED, problem=problem) from None
