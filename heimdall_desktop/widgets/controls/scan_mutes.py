"""Mutes scans: what does it, as rows of a menu and as commands.

A muted scan is counted and kept in the inbox as before; only the desktop hears nothing of it.
Source: ux.md 1 (21), 2.2, 2.7.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu

from heimdall_desktop.application.preferences import Preferences
from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.choices import MUTE_FOR
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.models.scan_facts import Now
from heimdall_desktop.presentation.board.tag import mute_texts
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.controls.key_names import IS_MAC, command_key_text
from heimdall_desktop.widgets.look.app_style import theme_of

MUTE_KEYS = "Ctrl+Shift+M" if IS_MAC else "Ctrl+M"  # on a Mac, Command+M minimises the window
ICON = "ui-mute"


class ScanMutes:
    """Reads the mutes from what the user chose, and changes them there.

    Args:
        store: The scans of the board.
        preferences: What the user chose.
        now: The clock on the wall, in UTC.
    """

    def __init__(self, store: Store, preferences: Preferences, now: Now) -> None:
        self._store, self._preferences, self._now = store, preferences, now

    def text(self, scan_id: ScanId) -> str:
        """Return "Muted until 16:00" of a muted scan, "" of another one."""
        scan = self._store.scan(scan_id)
        alerts = self._preferences.settings.alerts
        texts = () if scan is None else mute_texts(alerts, scan, self._now())
        return texts[0] if texts else ""

    def obstacle(self, scan_id: ScanId | None, *, to_the_end: bool = False) -> str:
        """Return why a scan cannot be muted; "" if it can."""
        scan = None if scan_id is None else self._store.scan(scan_id)
        if scan is None:
            return tr("No scan is selected.") if scan_id is None else tr("The scan isn't watched.")
        return tr("The scan has ended.") if to_the_end and scan.is_settled else ""

    def for_an_hour(self, scan_id: ScanId) -> None:
        """Raise no notification of a scan for an hour from now."""
        alerts = self._preferences.settings.alerts
        self._preferences.change_alerts(alerts.with_mute(scan_id, self._now() + MUTE_FOR))

    def to_the_end(self, scan_id: ScanId) -> None:
        """Raise no notification of a scan until it has ended."""
        alerts = self._preferences.settings.alerts
        self._preferences.change_alerts(alerts.with_mute_to_the_end(scan_id))

    def end(self, scan_id: ScanId) -> None:
        """Raise notifications of a scan again."""
        alerts = self._preferences.settings.alerts
        self._preferences.change_alerts(alerts.without_mute(scan_id))

    def turn(self, scan_id: ScanId) -> None:
        """Mute a scan for an hour; end its mute, if it is muted."""
        act = self.end if self.text(scan_id) else self.for_an_hour
        act(scan_id)

    def commands(self, meant: Callable[[], ScanId | None]) -> list[Command]:
        """Return what is done to the scan that is meant: muted for an hour first."""
        row = partial(Command, group=Group.SCANS)
        return [
            row(
                "mute-scan",
                tr("Mute this scan for 1 h"),
                partial(self._act, self.for_an_hour, meant),
                (MUTE_KEYS,),
                ICON,
                obstacle=lambda: self.obstacle(meant()),
            ),
            row(
                "mute-scan-to-the-end",
                tr("Mute this scan until it ends"),
                partial(self._act, self.to_the_end, meant),
                icon=ICON,
                obstacle=lambda: self.obstacle(meant(), to_the_end=True),
            ),
            row(
                "end-mute",
                tr("Unmute this scan"),
                partial(self._act, self.end, meant),
                icon=ICON,
                obstacle=lambda: self._no_mute(meant()),
            ),
        ]

    def _act(self, act: Callable[[ScanId], None], meant: Callable[[], ScanId | None]) -> None:
        scan_id = meant()
        if scan_id is not None:
            act(scan_id)

    def add_to(self, menu: QMenu, scan_id: ScanId) -> None:
        """Add the rows that mute a scan, or end its mute, to a menu."""
        icon, muted = theme_of(menu).icon(ICON), self.text(scan_id)
        rows = [
            (
                f"{tr('Mute this scan for 1 h')}\t{command_key_text(MUTE_KEYS)}",
                self.for_an_hour,
                self.obstacle(scan_id),
            ),
            (
                tr("Mute until it ends"),
                self.to_the_end,
                self.obstacle(scan_id, to_the_end=True),
            ),
        ]
        if muted:
            rows.append((tr("Unmute"), self.end, ""))
        for text, act, obstacle in rows:
            action = menu.addAction(icon, text)
            action.triggered.connect(lambda _is_checked, act=act: act(scan_id))
            action.setEnabled(not obstacle)

    def _no_mute(self, scan_id: ScanId | None) -> str:
        """Return why the mute of a scan cannot be ended; "" if it can."""
        if scan_id is not None and self.text(scan_id):
            return ""
        return self.obstacle(scan_id) or tr("The scan isn't muted.")
