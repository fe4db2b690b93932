"""Opening a finding's file in the user's editor: commands, messages and settings.

Source: behaviour.md 2.2, 2.7, 2.9.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.requests.editing import Editing
from heimdall_desktop.domain.facts.choices import OWN_COMMAND, SourceFolder
from heimdall_desktop.domain.facts.errors import HeimdallError, SourceError
from heimdall_desktop.domain.facts.finding import Finding, one_line
from heimdall_desktop.presentation.board.scan_status import Mood
from heimdall_desktop.presentation.error_text import cause, manual_entry, remedy
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.presentation.window.setting import Button, Choice, Link, Page, Setting
from heimdall_desktop.widgets.controls.buttons import DIALOG_PX, OutlineButton, PrimaryButton
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame, file_dialog
from heimdall_desktop.widgets.controls.fields import ErrorLine, TextField
from heimdall_desktop.widgets.controls.pane import named
from heimdall_desktop.widgets.controls.problem_strip import StripText
from heimdall_desktop.widgets.controls.text_labels import Paragraph
from heimdall_desktop.widgets.look.theme import Role
from heimdall_desktop.widgets.look.tokens import Tone
from heimdall_desktop.widgets.window.problem_bar import ProblemBar, say

ICON, KEYS = "ui-editor", ("E",)
CHOOSE = tr_noop("Choose folder")
DIALOG_WIDTH_PX = 520
LONGEST_COMMAND = 2000  # characters
_PROBLEM = "open-in-editor"


class SourceEditor:
    """Asks once for the folder of a repository, and opens files from there.

    Nothing is opened while presenting: the editor would show what the window hides.

    Args:
        window: Owns the dialogs.
        store: What windows may show of scans.
        problems: Shows why a file was not opened.
    """

    def __init__(
        self, window: QWidget, store: Store, editing: Editing, problems: ProblemBar
    ) -> None:
        self._window, self._store = window, store
        self._editing, self._problems = editing, problems

    def obstacle(self, finding: Finding | None) -> str:
        """Return why a finding's file can't be opened; "" if that can be tried."""
        if finding is None:
            return tr("Select a finding first.")
        if finding.is_announced:
            return tr("This finding hasn't been loaded yet.")
        if not finding.file_path.strip():
            return tr("This finding names no file.")
        return self._folder_obstacle(finding)

    def open(self, finding: Finding) -> None:
        """Open the file at its line; ask for the folder of its repository first, once."""
        self._problems.clear(_PROBLEM)
        if self.obstacle(finding):
            return
        if self._editing.folder_of(finding):
            self._editing.request_open(finding, partial(self._take, finding))
        else:
            self.choose_folder(finding, partial(self.open, finding))

    def choose_folder(self, finding: Finding, then: Callable[[], object] = str) -> None:
        """Let the user choose the source folder of a finding's repository, and continue."""

        def use(folder: str) -> None:
            self._editing.choose_folder(finding, folder)
            then()

        title = tr("Source folder of {name}").format(name=self._store.name_of(finding.scan_id))
        current = self._editing.folder_of(finding) or str(Path.home())
        dialog = file_dialog(self._window, "source-folder", title, use, folder=current)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, tr("Choose"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.open()

    def commands(
        self, finding: Callable[[], Finding | None], obstacle: Callable[[], str] = str
    ) -> list[Command]:
        """Return the commands for a finding: opening its file first.

        Args:
            finding: Returns the finding; None if there is none now.
            obstacle: Returns why there is no finding to act on; "" if there is one.
        """

        def act(how: Callable[[Finding], object]) -> None:
            if found := finding():
                how(found)

        def no_folder() -> str:
            found = finding()
            why = obstacle() or self._folder_obstacle(found)
            is_chosen = found is not None and self._editing.has_chosen(found)
            return why if why or is_chosen else tr("No source folder was chosen.")

        def forget(found: Finding) -> None:
            self._editing.choose_folder(found, "")

        row = partial(Command, group=Group.FINDINGS)
        return [
            row(
                "open-in-editor",
                tr("Open in editor"),
                partial(act, self.open),
                KEYS,
                ICON,
                obstacle=lambda: obstacle() or self.obstacle(finding()),
            ),
            row(
                "choose-source-folder",
                tr("Choose source folder\u2026"),
                partial(act, self.choose_folder),
                icon="ui-folder",
                obstacle=lambda: obstacle() or self._folder_obstacle(finding()),
            ),
            row(
                "forget-source-folder",
                tr("Forget source folder"),
                partial(act, forget),
                icon="ui-folder",
                obstacle=no_folder,
            ),
        ]

    def _folder_obstacle(self, finding: Finding | None) -> str:
        if finding is None or self._editing.repo_of(finding) is None:
            return tr("The repository of this finding is unknown.")
        return self._store.mask.obstacle

    def _take(self, finding: Finding, answer: str | HeimdallError) -> None:
        mask = self._store.mask
        file = mask.text(one_line(finding.file_path))
        if isinstance(answer, str):
            say(self._window, tr("Opened {file} in {editor}.").format(file=file, editor=answer))
            return
        actions = tuple[str, ...]()
        if isinstance(answer, SourceError):
            answer = answer.named(file, mask.text(one_line(self._editing.folder_of(finding))))
            actions = (CHOOSE,)
        words = cause(answer), remedy(answer)
        entry = manual_entry(answer)
        problem = StripText(Mood.ATTENTION, "ui-warning", *words, actions, help=entry)

        def choose(_action: str) -> None:
            self._problems.clear(_PROBLEM)
            self.choose_folder(finding, partial(self.open, finding))

        self._problems.show_problem(_PROBLEM, problem, choose)


class CommandDialog(DialogFrame):
    """Asks for the user's own editor command, and keeps it if it can be used."""

    def __init__(self, editing: Editing, parent: QWidget) -> None:
        super().__init__(tr("Own editor command"), DIALOG_WIDTH_PX, parent)
        self.setObjectName("editor-command")
        says = tr(
            "The program and its arguments. {file} and {line} are replaced with the file and the "
            "line of the finding. No shell is involved."
        )
        example = "emacsclient --no-wait +{line} {file}"
        self.column.addWidget(Paragraph(says, Role.SMALL, tone=Tone.MUTED))
        self.field = TextField(tr("Command"), placeholder=example)
        self.field.edit.setObjectName("editor-command-text")
        self.field.edit.setMaxLength(LONGEST_COMMAND)
        self.field.edit.setText(editing.command_text)
        self.field.edit.textChanged.connect(self._clear)
        self._error = ErrorLine()
        self.column.addWidget(self.field)
        self.column.addWidget(self._error)
        cancel = OutlineButton(tr("Cancel"), height_px=DIALOG_PX)
        cancel.clicked.connect(self.reject)
        save = named(PrimaryButton(tr("Save")), "editor-command-save")
        save.setDefault(True)
        save.clicked.connect(
            lambda: editing.request_command(self.field.edit.text(), self._take_answer)
        )
        self.add_buttons(None, cancel, save).setSpacing(self._theme.scale(8))
        self.field.setFocus()

    def _take_answer(self, error: HeimdallError | None) -> None:
        if error is None:
            self.accept()
        else:
            self.field.set_mistake(True)
            self._error.show_error(error)

    def _clear(self) -> None:
        self.field.set_mistake(False)
        self._error.clear()


def editor_settings(
    window: QWidget, store: Store, editing: Editing, refreshed: Callable[[], object], page: Page
) -> list[Setting]:
    """Return the rows about the editor: which one, the user's own, and each source folder."""
    choices, mask = editing.choices, store.mask

    def edit_command() -> None:
        dialog = CommandDialog(editing, QApplication.activeWindow() or window)
        dialog.accepted.connect(refreshed)
        dialog.open()

    def choose(place: int) -> None:
        if names[place] == OWN_COMMAND and not editing.choices.command:
            edit_command()
        else:
            editing.choose_editor(names[place])
        refreshed()

    def remove_command() -> None:
        editing.remove_command()
        refreshed()

    def forget(folder: SourceFolder) -> None:
        editing.forget_folder(folder.repo)
        refreshed()

    first = next(iter(editing.found.values()), "")
    names = ["", *dict.fromkeys((*editing.found, *filter(None, [choices.name]), OWN_COMMAND))]
    titles = {
        "": tr("Automatic ({name})").format(name=first) if first else tr("Automatic"),
        OWN_COMMAND: tr("Own command"),
    }
    words = tuple(titles.get(name) or editing.title_of(name) for name in names)
    says = tr("The file of a finding opens at its line in this program.")
    own = tr("For other editors. Not set.")
    if choices.command:
        own = mask.text(one_line(editing.command_text))
    section = tr("Open in editor")
    return [
        Setting(
            "editor",
            page,
            tr("Editor"),
            says,
            Choice(words, lambda: names.index(editing.choices.name), choose, default=0),
            continues=True,
            section=section,
        ),
        Setting(
            "editor-command",
            page,
            tr("Own editor command"),
            own,
            Button(tr("Edit"), edit_command),
            lambda: mask.obstacle,
            continues=bool(choices.folders),
            section=section,
            restore=lambda: remove_command if editing.choices.command else None,
        ),
        *(
            Setting(
                f"source-folder {each.server} {each.repo_id}",
                page,
                _folder_title(store, each),
                mask.text(one_line(each.folder)),
                Link(tr("Forget"), partial(forget, each), "ui-folder"),
                continues=each is not choices.folders[-1],
                section=section,
            )
            for each in choices.folders
        ),
    ]


def _folder_title(store: Store, folder: SourceFolder) -> str:
    scan = next((each for each in store if each.repo == folder.repo), None)
    if scan is None:
        return tr("Source folder of a repository that isn't on the board")
    return tr("Source folder of {name}").format(name=scan.name)
