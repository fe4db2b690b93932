"""Snoozing in a window: by key, menus and palette, for one finding or all selected ones.

Snoozing changes no server, so it is available in read-only windows too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.decision import snooze_value
from heimdall_desktop.domain.facts.finding import Finding, FindingId
from heimdall_desktop.domain.facts.snooze import SnoozeTime, snooze_times
from heimdall_desktop.presentation import decision_text
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.controls.action_bar import BarAction

View = QWidget | None


class Snoozing:
    """Offers snooze times.

    Args:
        store: The scans.
        now: The time of day.
        target: Returns the findings that a command acts on in a view; None for the focused view.
        obstacle: Returns why there are none; "" if there are some.
        snooze: Receives the value of a snooze (see `Field.SNOOZE`), the view, and the findings that
            a menu was opened for; None for those that the command acts on.
        open_menu: Opens a menu at these findings.
        parent: Owns the menu.
    """

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        target: Callable[[View], tuple[FindingId, ...]],
        obstacle: Callable[[], str],
        snooze: Callable[[str, View, Sequence[FindingId] | None], object],
        open_menu: Callable[[QMenu, View], None],
        parent: QWidget,
    ) -> None:
        self._store, self._now, self._target, self._parent = store, now, target, parent
        self._obstacle, self._snooze, self._open_menu = obstacle, snooze, open_menu

    def commands(self) -> list[Command]:
        row = partial(Command, group=Group.FINDINGS, obstacle=self._obstacle)
        offers = [
            row(
                f"snooze-{time.value}",
                tr("Snooze: {time}").format(time=tr(title)),
                partial(self._snooze_for, time),
            )
            for time, title in decision_text.TIMES.items()
        ]
        return [
            row("snooze", tr("Snooze"), self.open, (decision_text.SNOOZE_KEY,)),
            *offers,
            row(
                "unsnooze", decision_text.unsnooze_text(), self.end, obstacle=self._nothing_snoozed
            ),
        ]

    def bar_action(self, view: QWidget) -> BarAction:
        return BarAction(
            tr("Snooze"), partial(self.open, view), decision_text.SNOOZE_KEY, has_menu=True
        )

    def add_to(self, menu: QMenu, findings: Sequence[Finding], view: View = None) -> None:
        """Append the snooze times to a menu, and the end of a snooze of a view's findings."""
        ids = [each.id for each in findings]

        def add(text: str, value: str) -> None:
            menu.addAction(text).triggered.connect(lambda _=False: self._snooze(value, view, ids))

        for offer in decision_text.snooze_offers(self._now()):
            add(f"{offer.text}\t{offer.at_text}", offer.value)
        if _are_any_snoozed(findings):
            menu.addSeparator()
            add(decision_text.unsnooze_text(), snooze_value(None))

    def open(self, view: View = None) -> None:
        findings = self._findings(view)
        if findings:
            menu = QMenu(self._parent)
            menu.setObjectName("snooze-menu")
            menu.setAccessibleName(tr("Snooze"))
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.add_to(menu, findings, view)
            self._open_menu(menu, view)

    def end(self) -> None:
        self._snooze(snooze_value(None), None, None)

    def _snooze_for(self, time: SnoozeTime) -> None:
        """Snooze; a time that is not offered today because it is tomorrow means tomorrow."""
        times = snooze_times(self._now())
        self._snooze(snooze_value(times.get(time, times[SnoozeTime.TOMORROW])), None, None)

    def _findings(self, view: View = None) -> list[Finding]:
        return list(filter(None, map(self._store.finding, self._target(view))))

    def _nothing_snoozed(self) -> str:
        if _are_any_snoozed(self._findings()):
            return ""
        return self._obstacle() or tr("No selected findings are snoozed.")


def _are_any_snoozed(findings: Sequence[Finding]) -> bool:
    return any(each.snoozed_until is not None for each in findings)
