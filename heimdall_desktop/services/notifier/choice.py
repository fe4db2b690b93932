"""Picks the way this system shows notifications."""

import logging
import sys

from heimdall_desktop.services.notifier.protocol import Activated, Notifier, Spawn

if sys.platform == "linux":
    from heimdall_desktop.services.notifier.freedesktop import FreedesktopNotifier as SystemNotifier
else:
    from heimdall_desktop.services.notifier.native import NativeNotifier as SystemNotifier

log = logging.getLogger("heimdall.notify")


async def start_system_notifier(*, spawn: Spawn, on_activated: Activated) -> Notifier:
    """Return this system's own notifier, started; its description says which one it is.

    Raises:
        NotifierUnavailable: this desktop shows no notifications. The fallbacks, a message at the
            tray icon and a strip in the window, belong to the window.
    """
    notifier = SystemNotifier(spawn=spawn, on_activated=on_activated)
    try:
        await notifier.start()
    except BaseException:
        await notifier.aclose()
        raise
    log.info("notifications go to %s", notifier.description)
    return notifier
