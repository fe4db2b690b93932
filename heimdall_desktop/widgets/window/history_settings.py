"""The settings of what is kept: scans, their findings, and decisions for later scans."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from heimdall_desktop.domain.facts.choices import HistoryChoices
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.presentation.i18n import decimal, grouped, tr
from heimdall_desktop.presentation.window.setting import Button, Page, Setting, Switch, choice_of
from heimdall_desktop.widgets.controls.dialog_frame import QuestionDialog
from heimdall_desktop.widgets.window.workspace import Workspace, open_dialog

KEEP_DAYS = (7, 30, 90, 365)
LIMITS_MIB = (256, 512, 1024, 2048)
OnAnswer = Callable[[HeimdallError | None], None]


class HistorySettings:
    """Makes the settings of the history.

    Args:
        refreshed: shows the current settings.
        take_answer: shows an error, and the current settings.
    """

    def __init__(
        self, window: Workspace, refreshed: Callable[[], None], take_answer: OnAnswer
    ) -> None:
        self._window, self._refreshed, self._take_answer = window, refreshed, take_answer

    def settings(self) -> list[Setting]:
        history = self._window.session.requests.history
        choices = history.choices

        def obstacle() -> str:
            return "" if history.is_kept else tr("This session keeps no history.")

        def keep(changed: HistoryChoices) -> None:
            history.choose(changed, self._take_answer)

        decision_days = {*KEEP_DAYS, choices.decision_days} - {0}
        sizes = sorted({*LIMITS_MIB, choices.limit_mib})
        return [
            Setting(
                "keep-days",
                Page.HISTORY,
                tr("Keep scans for"),
                tr(
                    "Scans that are no longer on the board are deleted from history after this "
                    "time."
                ),
                choice_of(
                    _day_texts({*KEEP_DAYS, choices.keep_days}),
                    lambda: history.choices.keep_days,
                    lambda number: keep(replace(history.choices, keep_days=number)),
                    HistoryChoices().keep_days,
                ),
                obstacle,
            ),
            Setting(
                "history-limit",
                Page.HISTORY,
                tr("Maximum size"),
                tr("When history reaches this size, nothing more is kept until some is deleted."),
                choice_of(
                    {size: tr("{number} MiB").format(number=grouped(size)) for size in sizes},
                    lambda: history.choices.limit_mib,
                    lambda size: keep(replace(history.choices, limit_mib=size)),
                    HistoryChoices().limit_mib,
                ),
                obstacle,
            ),
            Setting(
                "keep-decisions",
                Page.HISTORY,
                tr("Keep decisions for"),
                tr(
                    "Decisions are proposed again in later scans of a repository. Only hashes of "
                    "place and code are kept with them, never titles, paths or code."
                ),
                choice_of(
                    {0: tr("Keep none"), **_day_texts(decision_days)},
                    lambda: history.choices.decision_days,
                    lambda number: keep(replace(history.choices, decision_days=number)),
                    HistoryChoices().decision_days,
                ),
                obstacle,
            ),
            Setting(
                "delete-decisions",
                Page.HISTORY,
                tr("Decisions kept"),
                self._decisions_text,
                Button(tr("Delete"), self._ask_to_delete_decisions, is_destructive=True),
                obstacle,
            ),
            *self._folders(),
            Setting(
                "delete-history",
                Page.HISTORY,
                tr("Currently kept"),
                self._size_text,
                Button(tr("Delete"), self._ask_to_delete, is_destructive=True),
                obstacle,
            ),
        ]

    def _size_text(self) -> str:
        size = self._window.session.requests.history.size
        if size is None:
            return tr("Scans on the board aren't deleted.")
        text = tr("{scans} and {findings}, {size} MiB. Scans on the board aren't deleted.")
        return text.format(
            scans=tr("%n scans", "", size.scans, one="%n scan"),
            findings=tr("%n findings", "", size.findings, one="%n finding"),
            size=decimal(size.size_bytes / 2**20),
        )

    def _folders(self) -> list[Setting]:
        """Return a choice for each local folder that was asked about."""
        requests = self._window.session.requests
        proposals, mask = requests.proposals, self._window.session.store.mask

        def is_kept(folder: str) -> bool:
            return bool(requests.preferences.settings.history.keeps_folder(folder))

        def keep(folder: str, is_on: bool) -> None:
            proposals.answer_folder(Path(folder), is_kept=is_on)
            self._refreshed()

        return [
            Setting(
                f"keep-decisions {each.folder}",
                Page.HISTORY,
                mask.text(one_line(each.folder)),
                tr("Whether decisions on this local folder are kept for its later scans."),
                Switch(partial(is_kept, each.folder), partial(keep, each.folder)),
                section=tr("Local folders"),
            )
            for each in requests.preferences.settings.history.folders
        ]

    def _decisions_text(self) -> str:
        size = self._window.session.requests.history.size
        if size is None:
            return tr("Proposals come from these and from earlier scans.")
        text = tr("%n decisions of all repositories.", "", size.decisions, one="%n decision.")
        return " ".join((text, tr("Proposals come from these and from earlier scans.")))

    def _ask_to_delete_decisions(self) -> None:
        self._ask(
            tr("Delete all decisions kept for later scans?"),
            tr(
                "Rejected proposals may come back, and decisions of scans that no server lists any "
                "longer aren't proposed. Nothing changes on servers. This can't be undone."
            ),
            self._window.session.requests.history.request_decisions_deletion,
        )

    def _ask_to_delete(self) -> None:
        self._ask(
            tr("Delete the history of scans that aren't on the board?"),
            tr(
                "Deletes their findings and logs, the usual stage durations, and all kept "
                "decisions. This can't be undone."
            ),
            self._window.session.requests.history.request_deletion,
        )

    def _ask(self, question: str, consequence: str, delete: Callable[[OnAnswer], None]) -> None:
        owner = QApplication.activeWindow() or self._window
        asked = QuestionDialog(tr("Delete"), tr("Keep"), question, consequence, owner)
        asked.accepted.connect(lambda: delete(self._take_answer))
        open_dialog(asked)


def _day_texts(days: Iterable[int]) -> dict[int, str]:
    return {number: tr("%n days", "", number, one="%n day") for number in sorted(days)}
