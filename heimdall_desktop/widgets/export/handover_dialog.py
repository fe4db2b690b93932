"""The dialog of a shift handover: the export dialog with a choice of the time it covers."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from msgspec.structs import replace
from PySide6 import QtWidgets

from heimdall_desktop.domain.filters.filter_terms import begin_of, is_moment, is_span
from heimdall_desktop.presentation.export.contents import Contents, Format, file_stem
from heimdall_desktop.presentation.export.handover import WRITERS, handover_words
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.time_text import moment_text
from heimdall_desktop.widgets.controls.fields import TextField
from heimdall_desktop.widgets.controls.pane import named
from heimdall_desktop.widgets.controls.toggles import CheckBox
from heimdall_desktop.widgets.export.export_dialog import ExportDialog, Offer

SHIFTS_H = (8, 24)


class HandoverDialog(ExportDialog):
    """Offers the decisions since the start, of the last hours, or since a typed moment.

    Args:
        make: collects what is handed over, with decisions since a moment.
        started_at: when the program was started.
        now: the wall clock as the dialog opens.
        form: the last chosen format.
    """

    def __init__(
        self,
        make: Callable[[datetime], Contents],
        started_at: datetime,
        now: datetime,
        folder: Path,
        form: Format,
        parent: QtWidgets.QWidget | None = None,
    ) -> None:
        self._make, self._now = make, now
        moments = [(tr("Since the start"), started_at)]
        moments += [
            (tr("Last {hours} h").format(hours=hours), now - timedelta(hours=hours))
            for hours in SHIFTS_H
        ]
        offers = [Offer(name, moment_text(at, now), make(at)) for name, at in moments]
        first = offers[0].contents  # until a moment is typed
        offers.append(Offer(tr("Since a time"), tr("type it below"), first))
        self._is_typed_right = False
        super().__init__(offers, WRITERS, folder, form, parent)
        self.setObjectName("handover")

    def _add_more_choices(self) -> None:
        self._since = TextField(
            tr("Since"), icon="ui-snooze", placeholder=tr("14:00, yesterday, 2026-07-04 or 3h")
        )
        self._since.edit.setObjectName("handover-since")
        self._since.edit.textEdited.connect(self._use_typed)
        self._account = named(CheckBox(tr("Name the account")), "handover-account")
        self._account.toggled.connect(self._show_state)
        row = QtWidgets.QHBoxLayout()
        row.setSpacing(self._theme.scale(12))
        row.addWidget(self._since, 1)
        row.addWidget(self._account)
        self.column.addSpacing(self._theme.scale(8))
        self.column.addLayout(row)

    def _use_typed(self, text: str) -> None:
        """Count decisions since the typed moment, and choose that box."""
        typed, box = text.strip(), self._boxes[-1]
        self._is_typed_right = is_span(typed) or is_moment(typed)
        if self._is_typed_right:
            contents = self._make(begin_of(typed, self._now))
            self._offers = [*self._offers[:-1], replace(self._offers[-1], contents=contents)]
            box.show_count(self._offers[-1].count)
        box.setChecked(True)
        self._use_offer(len(self._offers) - 1, True)

    def _use_offer(self, number: int, is_on: bool) -> None:
        super()._use_offer(number, is_on)
        is_wrong = not self._has_something() and self._since.edit.text().strip() != ""
        self._since.set_mistake(is_on and is_wrong)

    def _chosen_contents(self) -> Contents:
        return replace(super()._chosen_contents(), names_account=self._account.isChecked())

    def _has_something(self) -> bool:
        return self._offer is not self._offers[-1] or self._is_typed_right

    def _stem(self, contents: Contents) -> str:
        names = file_stem(contents.names.values(), contents.exported_at)
        return tr("handover {name}").format(name=names)

    def _summary(self, contents: Contents) -> str:
        return "" if contents.handover is None else handover_words(contents.handover)
