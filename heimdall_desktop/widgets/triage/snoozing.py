"""The menu of snoozes: until when findings can be hidden, and the end of that.

Snoozing changes no server, so it is available in read-only windows too.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtWidgets import QMenu

from heimdall_desktop.domain.facts.decision import snooze_value
from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.facts.snooze import SnoozeTime, snooze_times
from heimdall_desktop.presentation import decision_text
from heimdall_desktop.presentation.i18n import tr


def add_snoozes(
    menu: QMenu, findings: Sequence[Finding], now: datetime, choose: Callable[[str], object]
) -> None:
    """Append the snooze times to a menu, and the end of a snooze of some findings.

    Args:
        choose: Receives the value of the chosen one, see `Field.SNOOZE`.
    """

    def add(text: str, value: str) -> None:
        menu.addAction(text).triggered.connect(lambda _is_checked: choose(value))

    for offer in decision_text.snooze_offers(now):
        add(f"{offer.text}\t{offer.at_text}", offer.value)
    if are_any_snoozed(findings):
        menu.addSeparator()
        add(tr(decision_text.UNSNOOZE), snooze_value(None))


def are_any_snoozed(findings: Sequence[Finding]) -> bool:
    return any(each.snoozed_until is not None for each in findings)


def value_of(time: SnoozeTime, now: datetime) -> str:
    """Return the value of a time; one that is not offered today because it is tomorrow is that."""
    times = snooze_times(now)
    return snooze_value(times.get(time, times[SnoozeTime.TOMORROW]))
