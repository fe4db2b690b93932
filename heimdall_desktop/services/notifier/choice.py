"""Chooses how this system shows notifications."""

import logging
import sys
from pathlib import Path

from heimdall_desktop.domain.facts.errors import LogText
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.services.notifier.protocol import Activated, Notifier, Spawn

if sys.platform == "linux":
    from heimdall_desktop.services.notifier.freedesktop import FreedesktopNotifier as SystemNotifier
else:
    from heimdall_desktop.services.notifier.native import NativeNotifier as SystemNotifier

log = logging.getLogger("heimdall.notify")


async def start_system_notifier(
    *, spawn: Spawn, on_activated: Activated, memory: Path | None = None
) -> Notifier:
    """Return this system's own notifier, started; its description names it.

    Args:
        spawn: starts its tasks.
        on_activated: receives each click.
        memory: the file that records the shown notifications, so that the next session can
            withdraw them if this one is killed; None for no record.

    Raises:
        NotifierUnavailable: this desktop shows no notifications. The window has the fallbacks: a
            message at the tray icon and a strip in the window.
    """
    notifier = SystemNotifier(spawn=spawn, on_activated=on_activated, memory=memory)
    try:
        await notifier.start()
    except BaseException:
        await notifier.aclose()
        raise
    log.info("notifications go to %s", LogText(one_line(notifier.description)))
    return notifier
