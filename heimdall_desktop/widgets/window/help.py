"""The help of a window: its commands, the report of a problem, and the page About.

Source: look.md 10, picture 16.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QLocale, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from shiboken6 import isValid

from heimdall_desktop import __version__
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.server import SelfTestPart
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.presentation.window.help_text import Folder, licence_note, licence_text
from heimdall_desktop.presentation.window.setting import Button, Choice, Fact, Page, Setting
from heimdall_desktop.widgets.controls.buttons import DIALOG_PX, OutlineButton, PrimaryButton
from heimdall_desktop.widgets.controls.dialog_frame import (
    DialogFrame,
    LinkPrompt,
    ask_to_open,
    save_dialog,
)
from heimdall_desktop.widgets.controls.fields import ErrorLine
from heimdall_desktop.widgets.controls.key_names import copy_text
from heimdall_desktop.widgets.controls.pane import named
from heimdall_desktop.widgets.controls.text_labels import Paragraph
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role
from heimdall_desktop.widgets.look.tokens import Tone
from heimdall_desktop.widgets.settings.setting_rows import ChoiceButton
from heimdall_desktop.widgets.window.problem_bar import say
from heimdall_desktop.widgets.window.workspace import Workspace, open_dialog, shown_dialog

WIDTH_PX, TEXT_PX = 720, 420
REPORT_FILE = Path("heimdall-report.txt")
REPORT_PAGE = "issues", "issue tracker", "bug tracker", "tracker"  # labels, by packaging.python.org
MANUAL_PAGE = "documentation", "docs"
WITHOUT_ASKING = frozenset(SelfTestPart) - {SelfTestPart.NOTIFICATIONS}  # which would pop up


class TextDialog(DialogFrame):
    """Shows a long text to read, copy and save.

    Args:
        title: Heading.
        explanation: What the text is for.
        file: The proposed name of its file.
        window: The window whose requests save it.
    """

    def __init__(self, title: str, explanation: str, file: Path, window: Workspace) -> None:
        super().__init__(title, WIDTH_PX, window)
        self.setObjectName("text-dialog")
        self._file, self._requests = file, window.session.requests
        self.column.addWidget(Paragraph(explanation, Role.SMALL, tone=Tone.MUTED))
        self.text = named(QPlainTextEdit(tr("Collecting\u2026")), "dialog-text")
        self.text.setAccessibleName(title)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(self._theme.font(Role.MONO))
        self.text.setMinimumHeight(self._theme.scale(TEXT_PX))
        self.column.addWidget(self.text, 1)
        self.error = ErrorLine()
        self.column.addWidget(self.error)
        self._saved = Paragraph("", Role.SMALL, tone=Tone.MUTED)
        self._saved.hide()
        self.column.addWidget(self._saved)
        self._copy = named(OutlineButton(tr("Copy"), height_px=DIALOG_PX), "text-copy")
        self._copy.clicked.connect(self._copy_text)
        self._save = named(OutlineButton(tr("Save\u2026"), height_px=DIALOG_PX), "text-save")
        self._save.clicked.connect(self._choose_place)
        done = named(PrimaryButton(tr("Done")), "text-done")
        done.clicked.connect(self.accept)
        self._row = self.add_buttons(self._copy, self._save, None, done)
        self._offer(is_ready=False)

    def show_text(self, text: str) -> None:
        """Show the text; an open place in it stays."""
        place = self.text.verticalScrollBar().value()
        if text != self.text.toPlainText():
            self.text.setPlainText(text)
        self.text.verticalScrollBar().setValue(place)
        self._offer(is_ready=True)

    def take(self, answer: str | HeimdallError) -> None:
        """Show the requested text, or why there is none."""
        if not isValid(self):  # closed meanwhile
            return
        if isinstance(answer, HeimdallError):
            self.text.clear()
            self.error.show_error(answer)
        else:
            self.show_text(answer)

    def offer_page(self, word: str, address: str) -> None:
        """Offer a web page beside the other buttons; its host is shown before it opens."""
        page = named(OutlineButton(word, height_px=DIALOG_PX), "text-page")
        page.clicked.connect(lambda: ask_to_open(page, address))
        self._row.insertWidget(2, page)
        self.add_wide(LinkPrompt())

    def _offer(self, *, is_ready: bool) -> None:
        self._copy.setEnabled(is_ready)
        self._save.setEnabled(is_ready)

    def _copy_text(self) -> None:
        copy_text(self.text.toPlainText())
        self._say(tr("Copied."))

    def _choose_place(self) -> None:
        save_dialog(self, "save-text", tr("Save"), self._file, self._save_to).open()

    def _save_to(self, path: str) -> None:
        def take_answer(error: HeimdallError | None) -> None:
            if not isValid(self):
                return
            if error is not None:
                self.error.show_error(error)
            else:
                self._say(tr("Saved to {file}.").format(file=path))

        self.error.clear()
        self._requests.request_save(Path(path), self.text.toPlainText(), take_answer)

    def _say(self, text: str) -> None:
        self._saved.setText(text)
        self._saved.show()
        say(self, text)


def report_problem(window: Workspace) -> None:
    """Open the report of a problem, or raise the open one, with a self-test that shows nothing."""
    requests, known = window.session.requests, shown_dialog(window, TextDialog)
    if known is not None:
        open_dialog(known)
        return
    where = requests.diagnostics.address(*REPORT_PAGE)
    explanation = tr(
        "Read this text, then send it to whoever provides Heimdall Desktop to you. It contains no "
        "names, addresses, findings, folders or tokens."
    )
    if where:
        explanation = tr(
            "Read this text, then add it to your report. It contains no names, addresses, "
            "findings, folders or tokens."
        )
    dialog = TextDialog(tr("Report a problem"), explanation, REPORT_FILE, window)
    if where:
        dialog.offer_page(tr("Open report page\u2026"), where)

    def ask(_error: HeimdallError | None = None) -> None:
        if isValid(dialog):
            requests.diagnostics.request_report(looks(window), dialog.take)

    open_dialog(dialog)
    ask()
    tested = {answer.part for answer in requests.self_test.answers}
    if missing := WITHOUT_ASKING - tested:
        requests.self_test.request(ask, missing)


def looks(window: QWidget) -> tuple[str, ...]:
    """Return what Qt knows of the screen and of the window, one fact a line; not translated."""
    theme = theme_of(window)
    screens = (
        f"screen: {each.size().width()}x{each.size().height()}, "
        f"scale {each.devicePixelRatio():g}, {each.logicalDotsPerInch():.0f} dpi"
        for each in QGuiApplication.screens()
    )
    return (
        f"Qt: {qVersion()}, platform {QGuiApplication.platformName()}",
        f"language: {QLocale().name()}",
        f"window: {window.width()}x{window.height()}, theme {theme.mode.value}",
        *screens,
    )


def show_licences(window: Workspace) -> None:
    """Open the licences of all parts, and the texts of licences that the package ships."""
    diagnostics = window.session.requests.diagnostics
    texts, place = diagnostics.licences, 0
    explanation = tr("The licences of Heimdall Desktop and of the libraries in use.")
    if texts:
        folder = window.session.store.mask.text(str(texts[0].parent))
        explanation = licence_note(folder)
    dialog = TextDialog(tr("Licences"), explanation, Path("heimdall-licences.txt"), window)

    def take(answer: tuple[tuple[str, str, str], ...] | HeimdallError) -> None:
        if not place:
            dialog.take(licence_text(__version__, answer) if isinstance(answer, tuple) else answer)

    def take_text(of: int, answer: str | HeimdallError) -> None:
        if of == place:
            dialog.take(answer)

    def show(chosen: int) -> None:
        nonlocal place
        place = chosen
        if chosen:
            diagnostics.request_licence(texts[chosen - 1], partial(take_text, chosen))
        else:
            diagnostics.request_parts(take)
        if texts:
            button.show_choice(choice)

    words = (tr("Overview"), *(text.stem for text in texts))
    choice = Choice(words, lambda: place, show)
    if texts:
        button = named(ChoiceButton(choice, tr("Text")), "licence-choice")
        button.chosen.connect(show)
        dialog.add_to_heading(button)
    open_dialog(dialog)
    show(0)


def open_place(window: Workspace, path: Path) -> None:
    """Show a folder or a file in the desktop's program for it; if that fails, copy its path."""
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        return
    copy_text(str(path))
    shown = window.session.store.mask.text(str(path))
    fact = tr("Couldn't open {folder}. Its path was copied.").format(folder=shown)
    window.problems.show_notice(fact, "", partial(copy_text, str(path)), tr("Copy"), "ui-folder")


def open_manual(window: Workspace, entry: str = "") -> None:
    """Open the manual of this computer, which is that of this version, or else its web page.

    Args:
        entry: an error's anchor. A page of the manual leads there: what follows a "#" in the path
            of a file is lost on the way to the browser.
    """
    diagnostics = window.session.requests.diagnostics
    place, web = QUrl(diagnostics.manual), diagnostics.address(*MANUAL_PAGE)
    if entry:
        page = f"errors/{entry}.html"
        beside = place.resolved(QUrl(page))
        if Path(beside.toLocalFile()).is_file():
            place = beside
        elif web:
            place, web = QUrl(), f"{web}/{page}"
    if place.isEmpty():
        QDesktopServices.openUrl(QUrl(web))
    else:
        open_place(window, Path(place.toLocalFile()))


def why_no_manual(window: Workspace) -> str:
    """Return why the manual can't be opened; "" if it can."""
    diagnostics = window.session.requests.diagnostics
    has_one = diagnostics.manual or diagnostics.address(*MANUAL_PAGE)
    return "" if has_one else tr("This build has no manual.")


class HelpCommands(Struct, frozen=True):
    """Makes the commands of the Help menu.

    Attributes:
        open_settings: shows a page of the settings.
    """

    window: Workspace
    open_settings: Callable[[Page], None]

    def commands(self) -> list[Command]:
        window, row = self.window, partial(Command, group=Group.HELP)
        sheet = window.findings.filter_field.completer.open_sheet
        return [
            row(
                "manual",
                tr("Manual"),
                partial(open_manual, window),
                (),
                "ui-help",
                obstacle=partial(why_no_manual, window),
                words=tr("help documentation handbook guide"),
            ),
            row(
                "shortcuts",
                tr("Keyboard shortcuts"),
                window.show_shortcuts,
                ("F1",),
                "ui-keyboard",
                words=tr("help keys hotkeys"),
            ),
            row(
                "filter-syntax",
                tr("Filter syntax"),
                sheet,
                (),
                "ui-search",
                words=tr("help query language fields"),
            ),
            row(
                "self-test",
                tr("Self-test"),
                self._test,
                (),
                "ui-check",
                words=tr("help diagnostics check notifications keyring"),
            ),
            row(
                "open-log-folder",
                tr("Open log folder"),
                self._open_log,
                (),
                "ui-folder",
                obstacle=self._why_no_log,
                words=tr("help log file logs directory diagnostics"),
            ),
            row(
                "report-problem",
                tr("Report a problem"),
                partial(report_problem, window),
                (),
                "ui-warning",
                words=tr("help bug issue diagnostics support error feedback"),
            ),
            row(
                "about",
                tr("About Heimdall Desktop"),
                partial(self.open_settings, Page.ABOUT),
                (),
                "ui-info",
                begins_group=True,
                words=tr("help version licence license folders"),
            ),
        ]

    def _test(self) -> None:
        self.open_settings(Page.SELF_TEST)
        self.window.session.requests.self_test.request(
            lambda error: None if error is None else self.window.show_error(error)
        )

    def _why_no_log(self) -> str:
        is_kept = self.window.session.requests.diagnostics.folders.get(Folder.LOG)
        return "" if is_kept else tr("This session keeps no log.")

    def _open_log(self) -> None:
        folder = self.window.session.requests.diagnostics.folders.get(Folder.LOG)
        if folder is not None:
            open_place(self.window, folder)


class AboutSettings(Struct, frozen=True):
    """Makes the page About."""

    window: Workspace

    def settings(self) -> list[Setting]:
        row = partial(Setting, page=Page.ABOUT)
        diagnostics = self.window.session.requests.diagnostics
        version = tr("Version {version}, with Qt {qt}.").format(version=__version__, qt=qVersion())
        own = f"heimdall-desktop {__version__}, Qt {qVersion()}"
        return [
            row(
                id="version",
                title="Heimdall Desktop",
                says=version,
                kind=Button(tr("Copy"), partial(copy_text, own)),
            ),
            row(
                id="manual",
                title=tr("Manual"),
                says=tr("What Heimdall Desktop does, its options, and what it keeps."),
                kind=Button(tr("Open", "verb"), partial(open_manual, self.window)),
                obstacle=partial(why_no_manual, self.window),
            ),
            row(
                id="licences",
                title=tr("Licences"),
                says=tr("MIT licence. Qt and PySide6 are used under the LGPL, version 3."),
                kind=Button(tr("Show all"), partial(show_licences, self.window)),
            ),
            row(
                id="translation",
                title=tr("Translation"),
                says=tr("The German texts were made by the developers of Heimdall Desktop."),
                kind=Fact(),
            ),
            row(
                id="report-problem",
                title=tr("Report a problem"),
                says=tr("Describes the program and this computer, without names and findings."),
                kind=Button(tr("Show report"), partial(report_problem, self.window)),
            ),
            *(self._folder(folder, path) for folder, path in diagnostics.folders.items()),
        ]

    def _folder(self, folder: Folder, path: Path | None) -> Setting:
        name, content = map(tr, folder.value)
        shown = "" if path is None else self.window.session.store.mask.text(str(path))
        return Setting(
            f"folder {folder.name.lower()}",
            Page.ABOUT,
            name,
            content.format(path=shown) if shown else "",
            Button(tr("Open", "verb"), partial(open_place, self.window, path or Path())),
            lambda: "" if path is not None else tr("This session keeps none."),
        )
