"""Snoozing in a window: by key, menus and palette, for one finding or all that are selected.

Nothing of it changes a server, so it is there in read-only windows too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.decision import snooze_value
from heimdall_desktop.domain.facts.finding import Finding, FindingId
from heimdall_desktop.domain.facts.snooze import SnoozeTime, snooze_times
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.snooze_text import (
    SNOOZE_KEY,
    TIMES,
    snooze_offers,
    unsnooze_text,
)
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.controls.action_bar import BarAction


class Snoozing:
    """Offers moments to choose.

    Args:
        store: The scans.
        now: The time of day.
        chosen: Tells which findings are meant.
        is_any_chosen: Whether there are any, without a look at all of them.
        snooze: Takes the value of a snooze for them, see `Field.SNOOZE`.
        open_menu: Opens a menu where these findings are.
        parent: Owns the menu.
    """

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        chosen: Callable[[], tuple[FindingId, ...]],
        is_any_chosen: Callable[[], bool],
        snooze: Callable[[str], object],
        open_menu: Callable[[QMenu], None],
        parent: QWidget,
    ) -> None:
        self._store, self._now, self._chosen, self._parent = store, now, chosen, parent
        self._is_any_chosen, self._snooze, self._open_menu = is_any_chosen, snooze, open_menu

    def obstacle(self) -> str:
        """Return why nothing can be snoozed now; "" where something can."""
        return "" if self._is_any_chosen() else tr("No finding is selected.")

    def commands(self) -> list[Command]:
        """Return what snoozes, by key or name."""
        row = partial(Command, group=Group.FINDINGS, obstacle=self.obstacle)
        offers = [
            row(
                f"snooze-{time.value}",
                tr("Snooze: {time}").format(time=tr(title)),
                partial(self._snooze_for, time),
            )
            for time, title in TIMES.items()
        ]
        return [
            row("snooze", tr("Snooze"), self.open, (SNOOZE_KEY,)),
            *offers,
            row("unsnooze", unsnooze_text(), self.end, obstacle=self._nothing_snoozed),
        ]

    @property
    def bar_action(self) -> BarAction:
        """What the bar of the selection offers."""
        return BarAction(tr("Snooze"), self.open, SNOOZE_KEY, has_menu=True)

    def add_to(self, menu: QMenu, findings: Sequence[Finding]) -> None:
        """Append the moments to a menu, and what ends a snooze of these findings."""
        for offer in snooze_offers(self._now()):
            action = menu.addAction(f"{offer.text}\t{offer.at_text}")
            action.triggered.connect(lambda _=False, value=offer.value: self._snooze(value))
        if _are_any_snoozed(findings):
            menu.addSeparator()
            menu.addAction(unsnooze_text()).triggered.connect(self.end)

    def open(self) -> None:
        """Open the menu of moments."""
        findings = self._findings()
        if findings:
            self._open_menu(self._menu(findings))

    def end(self) -> None:
        """Let what is chosen come back."""
        self._snooze(snooze_value(None))

    def _menu(self, findings: Sequence[Finding]) -> QMenu:
        menu = QMenu(self._parent)
        menu.setObjectName("snooze-menu")
        menu.setAccessibleName(tr("Snooze"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.add_to(menu, findings)
        return menu

    def _snooze_for(self, time: SnoozeTime) -> None:
        """Snooze; what is not offered today because it is tomorrow means tomorrow."""
        times = snooze_times(self._now())
        self._snooze(snooze_value(times.get(time, times[SnoozeTime.TOMORROW])))

    def _findings(self) -> list[Finding]:
        return list(filter(None, map(self._store.finding, self._chosen())))

    def _nothing_snoozed(self) -> str:
        if _are_any_snoozed(self._findings()):
            return ""
        return self.obstacle() or tr("No selected findings are snoozed.")


def _are_any_snoozed(findings: Sequence[Finding]) -> bool:
    return any(each.snoozed_until is not None for each in findings)
