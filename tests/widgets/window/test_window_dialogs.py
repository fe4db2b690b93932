"""Each dialog exists once, starts with known values, and its result is shown."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6 import QtWidgets
from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts import errors, finding_action
from heimdall_desktop.domain.facts.change import ActionMoved
from heimdall_desktop.domain.facts.server import SelfTestPart, ServerUrl, TokenStanding
from heimdall_desktop.presentation.board.found_scans import Finds
from heimdall_desktop.presentation.window.command import Command
from heimdall_desktop.widgets.adding.add_scans import AddScans
from heimdall_desktop.widgets.adding.first_start import ActionRow, FirstStart
from heimdall_desktop.widgets.adding.sign_in import SignInDialog
from heimdall_desktop.widgets.controls.buttons import HelpLink
from heimdall_desktop.widgets.controls.dialog_frame import ChoiceDialog, QuestionDialog
from heimdall_desktop.widgets.controls.fields import ErrorLine
from heimdall_desktop.widgets.controls.problem_strip import ProblemStrip, StripText
from heimdall_desktop.widgets.controls.toggles import RadioRow
from heimdall_desktop.widgets.filters.filter_completer import FilterSheet
from heimdall_desktop.widgets.findings.scan_problem_strip import ScanProblemStrip
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.settings.settings_window import SettingsWindow
from heimdall_desktop.widgets.window.help import TextDialog
from heimdall_desktop.widgets.window.status_bar import AccountButton
from tests.fakes.board_scans import SERVER
from tests.fakes.hands import click, part, press, press_key, type_text
from tests.fakes.shown_window import ShownWindow

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


class Opened(QObject):
    """Receives the addresses that would be opened outside the program."""

    def __init__(self, take: Callable[[str], object]) -> None:
        super().__init__()
        self._take = take

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self._take(url.toLocalFile() or url.toString())


@contextmanager
def opened_by(take: Callable[[str], object], *schemes: str) -> Iterator[None]:
    outside = Opened(take)
    for scheme in schemes:
        QDesktopServices.setUrlHandler(scheme, outside, "open")  # type: ignore[arg-type] # it takes no bytes
    try:
        yield
    finally:
        for scheme in schemes:
            QDesktopServices.unsetUrlHandler(scheme)


def reason(dialog: SignInDialog) -> str:
    return part(dialog, QtWidgets.QLabel, "sign-in-reason").text()


def add_text(parent: QtWidgets.QWidget) -> QtWidgets.QPlainTextEdit:
    return part(parent, QtWidgets.QPlainTextEdit, "add-text")


def test_there_is_one_dialog_for_links(shown: ShownWindow) -> None:
    shown.press(KEY.Key_N, CONTROL)
    click(part(shown.window, QtWidgets.QPushButton, "board_add"))
    assert len(shown.window.findChildren(AddScans)) == 1


@pytest.mark.parametrize(
    "close", [QtWidgets.QDialog.close, QtWidgets.QDialog.reject, QtWidgets.QDialog.accept]
)
def test_a_dialog_for_links_that_was_closed_opens_again(
    shown: ShownWindow, qtbot: QtBot, close: Callable[[QtWidgets.QDialog], object]
) -> None:
    click(part(shown.window, QtWidgets.QPushButton, "board_add"))
    (dialog,) = shown.window.findChildren(AddScans)
    close(dialog)
    qtbot.waitUntil(lambda: not shown.window.findChildren(AddScans))
    shown.requests.preferences.change_setting("watches_new", True)
    click(part(shown.window, QtWidgets.QPushButton, "board_add"))
    (dialog,) = shown.window.findChildren(AddScans)
    assert dialog.isVisible()


def test_a_session_that_ended_leads_to_one_prompt_with_the_reason(shown: ShownWindow) -> None:
    shown.window.show_account(ServerUrl(SERVER), "ann@corp.example")
    for _ in range(2):
        press(part(shown.window, ScanProblemStrip, "scan_problem"), "Sign in")
    [dialog] = shown.window.findChildren(SignInDialog)
    assert reason(dialog).startswith("Your session on heimdall.corp.example ended.")
    assert part(dialog, QtWidgets.QLineEdit, "sign-in-server").text() == SERVER
    assert part(dialog, QtWidgets.QLineEdit, "sign-in-email").text() == "ann@corp.example"
    assert dialog.focusWidget() is part(dialog, QtWidgets.QLineEdit, "sign-in-password")


def test_signing_out_shows_the_result(shown: ShownWindow) -> None:
    shown.window.show_account(ServerUrl(SERVER), "ann@corp.example")
    sign_out = part(shown.window, AccountButton, "account").sign_out
    sign_out.trigger()
    shown.requests.answer()
    assert shown.strips()[0] == "Signed out of heimdall.corp.example."
    sign_out.trigger()
    shown.requests.answer(errors.ServerUnreachable(errors.Reason.ANSWER_TIMED_OUT, host="h.test"))
    fact, consequence = shown.strips()[:2]
    assert fact == "Signed out here, but heimdall.corp.example couldn't be notified."
    assert consequence.startswith("h.test didn't respond in time.")
    shown.window.show_account(ServerUrl(SERVER), "ann@corp.example")
    assert shown.strips() == []


def test_an_uncheckable_token_is_mentioned_until_a_response_proves_it(shown: ShownWindow) -> None:
    show, server = shown.window.show_account, ServerUrl(SERVER)
    show(server, "", token=TokenStanding.UNCHECKABLE)
    sentence = (
        "heimdall.corp.example can't check tokens. The first response about a scan will "
        "show whether it accepts this one."
    )
    assert shown.strips()[0] == sentence
    show(server, "", token=TokenStanding.GOOD)
    accepted = "heimdall.corp.example accepts the token: it responded to a request about a scan."
    assert shown.strips()[0] == accepted
    show(server, "", token=TokenStanding.GOOD)
    assert shown.strips()[0] == accepted
    show(server, "", token=TokenStanding.UNCHECKABLE)
    press(part(shown.window, ProblemStrip, "problem-strip"), "Dismiss")
    show(server, "", token=TokenStanding.GOOD)
    assert shown.strips() == []


def test_a_refused_token_is_not_an_ended_session(shown: ShownWindow) -> None:
    show, server = shown.window.show_account, ServerUrl(SERVER)
    show(server, "", token=TokenStanding.UNCHECKABLE)
    show(server, "", is_signed_in=False, token=TokenStanding.REFUSED)
    refused = "heimdall.corp.example doesn't accept the token."
    assert shown.strips()[:2] == [refused, "Watching is paused until you sign in."]
    press(part(shown.window, ProblemStrip, "problem-strip"), "Sign in")
    press(part(shown.window, ScanProblemStrip, "scan_problem"), "Sign in")
    [dialog] = shown.window.findChildren(SignInDialog)
    assert reason(dialog) == f"{refused} Watching is paused until you sign in."
    show(server, "", is_signed_in=False, token=None)
    assert shown.strips() == []


LINK = "heimdall://new.example/scan/8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"
OTHER_LINK = LINK.replace("new.example", "other.example")


def unknown(host: str) -> errors.SignInNeeded:
    return errors.SignInNeeded(errors.Reason.OTHER_SERVER, server=f"https://{host}", host=host)


def test_a_link_to_an_unknown_server_asks_before_and_is_kept(shown: ShownWindow) -> None:
    for link in (LINK, OTHER_LINK):
        shown.window.dialogs.open_link(link)
    assert shown.requests.asked == [("watch", LINK), ("watch", OTHER_LINK)]
    shown.requests.answer(unknown("new.example"))
    shown.requests.answer(unknown("other.example"))
    [dialog] = shown.window.findChildren(SignInDialog)
    assert part(dialog, QtWidgets.QLineEdit, "sign-in-server").text() == "https://new.example"
    asked = reason(dialog)
    assert asked.startswith("A link points to new.example, where you're not signed in.")
    assert "or close this form if you don't know that server." in asked
    shown.requests.discovery.known = ("https://new.example",)
    dialog.accept()
    assert add_text(shown.window).toPlainText() == f"{LINK}\n{OTHER_LINK}"
    assert shown.requests.asked[2:] == [("watch", f"{LINK}\n{OTHER_LINK}")]


@pytest.mark.parametrize("is_available", [True, False])
def test_a_form_for_a_link_offers_the_keyring_too(theme: Theme, is_available: bool) -> None:
    shown = ShownWindow().show()  # the keyring responds after a link of a cold start
    shown.window.dialogs.open_link(LINK)
    shown.requests.answer(unknown("new.example"))
    shown.window.show_keyring("Secret Service", is_available=is_available)
    [dialog] = shown.window.findChildren(SignInDialog)
    dialog.reject()
    later = shown.window.dialogs.open_sign_in(None)
    assert later is not dialog
    for form in (dialog, later, part(shown.window, FirstStart, "")):
        keep = part(form, RadioRow, "sign-in-keep")
        assert (keep.isEnabled(), keep.isChecked()) == (is_available, is_available)
        assert keep.accessibleDescription() == "Secret Service"
    later.reject()
    shown.close()


def test_a_link_is_forgotten_if_sign_in_is_closed(shown: ShownWindow) -> None:
    shown.window.dialogs.open_link(LINK)
    shown.requests.answer(unknown("new.example"))
    [dialog] = shown.window.findChildren(SignInDialog)
    dialog.reject()
    shown.press(KEY.Key_N, CONTROL)
    assert add_text(shown.window).toPlainText() == ""


def test_of_several_servers_one_is_chosen(shown: ShownWindow) -> None:
    shown.window.dialogs.open_link(LINK)
    links = {f"https://new.example/{each}": f"https://new.example/{each}/scans/1" for each in "ab"}
    shown.requests.answer(
        errors.SeveralServers(errors.Reason.SEVERAL_SERVERS, servers="a", web_links=links)
    )
    [dialog] = shown.window.findChildren(ChoiceDialog)
    press(dialog, "https://new.example/b")
    assert not dialog.isVisible()
    assert shown.requests.asked[1:] == [("watch", "https://new.example/b/scans/1")]


def test_the_reason_a_link_failed_is_shown_until_the_next_link(shown: ShownWindow) -> None:
    shown.window.dialogs.open_link(LINK)
    shown.requests.answer(errors.LinkError(errors.Reason.LINK_TO_THIS_MACHINE, host="localhost:1"))
    assert "localhost:1 on this computer" in shown.strips()[0]
    shown.window.dialogs.open_link(LINK)
    assert shown.strips() == []


def test_signing_in_to_add_scans_comes_back_to_what_was_typed(shown: ShownWindow) -> None:
    shown.window.show_account(ServerUrl(SERVER), "ann@corp.example")
    shown.press(KEY.Key_N, CONTROL)
    adding = part(shown.window, AddScans, "")
    type_text(add_text(adding), "8c0e6f52")
    error = errors.SignedOut(errors.Reason.TOKEN_REFUSED, host="h.test")
    shown.requests.discovery.report("newest", Finds(is_done=True, error=error))
    press(adding, "Sign in")
    assert not adding.isVisible()
    [signing_in] = shown.window.findChildren(SignInDialog)
    signing_in.accept()
    again = next(each for each in shown.window.findChildren(AddScans) if each.isVisible())
    assert part(again, QtWidgets.QPlainTextEdit, "add-text").toPlainText() == "8c0e6f52"


def test_a_link_pasted_before_a_sign_in_is_watched_after_it(theme: Theme) -> None:
    link = f"{SERVER}/scans/8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"
    shown = ShownWindow().show()
    shown.requests.discovery.known = ()
    click(part(shown.window, ActionRow, "start-link"))
    type_text(add_text(shown.window), link)
    press(part(shown.window, AddScans, ""), "Sign in")

    [signing_in] = shown.window.findChildren(SignInDialog)
    assert part(signing_in, QtWidgets.QLineEdit, "sign-in-server").text() == SERVER
    assert signing_in.focusWidget() is part(signing_in, QtWidgets.QLineEdit, "sign-in-email")
    signing_in.reject()
    shown.requests.discovery.known = (SERVER,)
    part(shown.window, FirstStart, "").sign_in.signed_in.emit()

    adding = next(each for each in shown.window.findChildren(AddScans) if each.isVisible())
    assert add_text(adding).toPlainText() == link
    assert shown.asked("watch") == [(link,)]
    shown.requests.answer()
    assert not adding.isVisible()
    shown.close()


def test_both_switches_for_new_scans_show_the_same(shown: ShownWindow) -> None:
    shown.window.show_account(ServerUrl(SERVER), "ann@corp.example")
    foot = part(shown.board, QtWidgets.QCheckBox, "watch-new-scans")
    click(foot)
    assert shown.requests.preferences.settings.watches_new
    shown.press(KEY.Key_N, CONTROL)
    in_dialog = part(part(shown.window, AddScans, ""), QtWidgets.QCheckBox, "watch-new-scans")
    assert in_dialog.isChecked()
    click(in_dialog)
    assert not foot.isChecked()
    assert not shown.requests.preferences.settings.watches_new


def test_a_dead_embedded_server_is_forgotten_for_another_one(shown: ShownWindow) -> None:
    shown.window.show_error(errors.LocalServerError(errors.Reason.LOCAL_ENDED, code=-9))
    assert shown.strips()[0] == "The embedded server stopped (-9)."
    part(shown.window, QtWidgets.QPushButton, "palette-button").click()
    field = part(shown.window, QtWidgets.QLineEdit, "palette-input")
    type_text(field, "play the demo")
    press_key(field, KEY.Key_Return)
    shown.requests.answer()
    assert "The embedded server stopped (-9)." not in shown.strips()


ALL = finding_action.FindingAction.ALL_ISSUES


@pytest.fixture
def web_shop(theme: Theme) -> Iterator[ShownWindow]:
    web_shop = ShownWindow(1366, 768)
    web_shop.watch("web-shop")
    web_shop.show()
    web_shop.read("web-shop", 5)
    yield web_shop
    web_shop.close()


def strip_in(web_shop: ShownWindow, phase: finding_action.Phase, **fields: object) -> StripText:
    """Show this state, and return the text of the bar."""
    scan_id = web_shop.id("web-shop")
    state = finding_action.ActionState(scan_id, ALL, phase, 1.0, web_shop.time.now(), **fields)  # type: ignore[arg-type]
    web_shop.requests.actions.known = [state]
    web_shop.store.note([ActionMoved(scan_id, scan_id)])
    web_shop.ticker.flush()
    reported = part(web_shop.window, ProblemStrip, "problem-strip").problem
    assert reported is not None
    return reported


def answer(web_shop: ShownWindow, name: str = "question-do") -> None:
    """Answer the visible question."""
    [asked] = [d for d in web_shop.window.findChildren(QuestionDialog) if d.isVisible()]
    keep, do = (
        part(asked, QtWidgets.QPushButton, each) for each in ("question-keep", "question-do")
    )
    assert keep.x() < do.x(), "nothing is lost, so this isn't the button of a deletion"
    click(part(asked, QtWidgets.QPushButton, name))


def trigger(menu: QtWidgets.QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_from_the_menu_of_the_scan_it_asks_first(web_shop: ShownWindow) -> None:
    scan_id = web_shop.id("web-shop")
    for name, asked in (("question-keep", []), ("question-do", [(scan_id, ALL)])):
        trigger(web_shop.board.scans.make_menu(scan_id), "Create issues…")
        answer(web_shop, name)
        assert web_shop.asked("action") == asked
    web_shop.requests.actions.obstacles[ALL] = "This server doesn't support creating issues."
    menu = web_shop.board.scans.make_menu(scan_id)
    assert not next(a for a in menu.actions() if a.text() == "Create issues…").isEnabled()


def test_the_command_is_about_the_scan_in_scope(web_shop: ShownWindow) -> None:
    command = command_of(web_shop, "create-issues")
    assert command.obstacle() == "Select a scan."
    web_shop.board.view.scan_scoped.emit(web_shop.id("web-shop"))
    assert command.obstacle() == ""
    command.act()
    answer(web_shop)
    assert web_shop.asked("action") == [(web_shop.id("web-shop"), ALL)]


def test_progress_is_shown_and_no_issue_is_added_to_findings(web_shop: ShownWindow) -> None:
    tick = part(web_shop.window, QTimer, "all-issues-tick")
    reported = strip_in(web_shop, finding_action.Phase.WAITING)
    assert reported.fact == "web-shop: Creating issues, 0:11."
    assert reported.actions == ("Stop waiting",)
    assert tick.isActive()
    sums = finding_action.IssueSums(created=4, linked=1, failed=2, covered=20, findings=22)
    reported = strip_in(web_shop, finding_action.Phase.DONE, made=sums)
    assert reported.fact == "web-shop: 4 issues created, 1 linked, for 20 of 22 findings."
    assert reported.consequence == "Failed for 2 findings."
    assert not tick.isActive()
    lost = errors.OutcomeUnknown(errors.Reason.ANSWER_LOST, host="h.test")
    reported = strip_in(
        web_shop,
        finding_action.Phase.UNKNOWN,
        error=errors.OutcomeUnknown(errors.Reason.ISSUES_UNSURE, error=lost),
    )
    assert reported.fact == "web-shop: Issues: result unknown."
    assert "Issues may have been created." in reported.consequence
    press(part(web_shop.window, ProblemStrip, "problem-strip"), "Close")
    assert web_shop.asked("leave") == [(web_shop.id("web-shop"), ALL)]


def test_finding_actions_are_in_the_palette(web_shop: ShownWindow) -> None:
    explain = command_of(web_shop, "explain-finding")
    assert explain.obstacle() == "Select a finding first."
    found = web_shop.read("web-shop", 5)[0]
    web_shop.window.reveal(found.id)
    assert explain.obstacle() == ""
    explain.act()
    assert web_shop.asked("action") == [(found.id, finding_action.FindingAction.EXPLAIN)]
    web_shop.requests.actions.obstacles[finding_action.FindingAction.EXPLAIN] = (
        "The server is already working on this."
    )
    assert explain.obstacle() == "The server is already working on this."


def test_an_issue_of_one_finding_is_in_the_menu_of_its_row(web_shop: ShownWindow) -> None:
    found = web_shop.read("web-shop", 5)[0]
    web_shop.window.reveal(found.id)
    trigger(web_shop.findings.table.menu.make(), "Create issue…")
    answer(web_shop)
    assert web_shop.asked("action") == [(found.id, finding_action.FindingAction.ISSUE)]


def command_of(web_shop: ShownWindow, command_id: str) -> Command:
    return next(each for each in web_shop.window.commands.commands() if each.id == command_id)


# The help: the report of a problem, the licences and the folders.


REPORT = "scans: none\nlog: none"


def text_dialog(shown: ShownWindow) -> TextDialog:
    [dialog] = (each for each in shown.window.findChildren(TextDialog) if each.isVisible())
    return dialog


def command(shown: ShownWindow, command_id: str) -> Command:
    return next(each for each in shown.window.commands.commands() if each.id == command_id)


def from_help_menu(shown: ShownWindow, text: str) -> None:
    """Choose an entry of the Help menu by mouse."""
    click(part(shown.window, QtWidgets.QAbstractButton, "help-button"))
    menu = QtWidgets.QApplication.activePopupWidget()
    assert isinstance(menu, QtWidgets.QMenu)
    action = next(each for each in menu.actions() if each.text() == text)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def test_a_report_is_shown_before_it_is_copied_or_saved(shown: ShownWindow) -> None:
    from_help_menu(shown, "Report a problem")
    dialog = text_dialog(shown)
    copy, save = (part(dialog, QtWidgets.QPushButton, f"text-{each}") for each in ("copy", "save"))
    assert not copy.isEnabled()
    assert not save.isEnabled()
    (parts,) = shown.asked("self_test")
    assert SelfTestPart.NOTIFICATIONS not in parts, "which would pop up"
    shown.requests.waiting[-2](REPORT)
    assert dialog.text.toPlainText() == REPORT
    assert dialog.text.isReadOnly()
    click(copy)
    assert QtWidgets.QApplication.clipboard().text() == REPORT
    click(save)
    place = part(dialog, QtWidgets.QFileDialog, "save-text")
    assert place.selectedFiles()[0].endswith("heimdall-report.txt")
    place.fileSelected.emit("/tmp/heimdall-report.txt")  # noqa: S108 - nothing is written
    ((path, text),) = shown.asked("save")
    assert (str(path), text) == ("/tmp/heimdall-report.txt", REPORT)  # noqa: S108
    shown.requests.waiting[-1](errors.FileNotWritten(
        errors.Reason.FILE_NOT_WRITTEN, file="heimdall-report.txt", problem="No such file"
    ))  # fmt: skip
    assert dialog.error.accessibleName().startswith("Couldn't")
    place.close()


def test_a_report_has_the_self_test_once_it_is_there(shown: ShownWindow) -> None:
    command(shown, "report-problem").act()
    first = text_dialog(shown)
    command(shown, "report-problem").act()
    assert text_dialog(shown) is first
    _, tested = shown.requests.waiting
    tested(None)
    assert len(shown.asked("report")) == 2
    first.accept()
    shown.requests.waiting[-1](REPORT)  # too late


def test_a_report_page_is_offered_where_the_package_names_one(shown: ShownWindow) -> None:
    address = "https://code.example.org/issues"
    shown.requests.diagnostics.addresses["issues"] = address
    command(shown, "report-problem").act()
    dialog = text_dialog(shown)
    click(part(dialog, QtWidgets.QPushButton, "text-page"))
    assert part(dialog, QtWidgets.QLabel, "link-address").text() == address


def test_the_other_help_opens_what_it_names(shown: ShownWindow) -> None:
    from_help_menu(shown, "Filter syntax")
    [sheet] = shown.window.findChildren(FilterSheet)
    assert sheet.isVisible()
    sheet.close()
    from_help_menu(shown, "Self-test")
    assert shown.asked("self_test") == [()]
    settings = part(shown.window, SettingsWindow, "settings-window")
    assert "Self-test" in shown.texts(settings)
    settings.close()
    opened: list[str] = []
    with opened_by(opened.append, "file"):
        from_help_menu(shown, "Open log folder")
        from_help_menu(shown, "Manual")
    assert opened == ["/home/ann/.local/state/heimdall-desktop/log", "/usr/share/README.md"]


def test_without_a_manual_on_this_computer_its_web_page_opens(shown: ShownWindow) -> None:
    shown.requests.diagnostics.manual = ""
    manual = command(shown, "manual")
    assert manual.obstacle() == "This build has no manual."
    shown.requests.diagnostics.addresses["docs"] = "file:///web/page"
    assert manual.obstacle() == ""
    opened: list[str] = []
    with opened_by(opened.append, "file"):
        manual.act()
    assert opened == ["/web/page"]


def test_without_a_log_the_command_says_so(shown: ShownWindow) -> None:
    shown.requests.diagnostics.folders = {}
    assert command(shown, "open-log-folder").obstacle() == "This session keeps no log."


def test_help_on_an_error_opens_its_entry_in_the_manual_of_this_computer(
    shown: ShownWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    entry = tmp_path / "errors" / "keyring-locked.html"
    entry.parent.mkdir()
    entry.touch()
    shown.requests.diagnostics.manual = (tmp_path / "index.html").as_uri()
    shown.requests.diagnostics.addresses = {"documentation": "https://h.test/manual"}
    shown.window.show_error(errors.KeyringLocked(errors.Reason.KEYRING_LOCKED))
    opened: list[str] = []
    with opened_by(opened.append, "file", "https"):
        click(help_link(shown.window.problems))
        qtbot.waitUntil(lambda: opened == [str(entry)])


def test_help_on_an_error_opens_the_web_page_without_a_manual_here(
    shown: ShownWindow, qtbot: QtBot
) -> None:
    shown.requests.diagnostics.addresses = {"documentation": "https://h.test/manual"}
    dialog = shown.window.dialogs.open_sign_in(ServerUrl(SERVER))
    [line] = dialog.findChildren(ErrorLine)
    line.show_error(errors.ServerError(errors.Reason.LOGIN_REFUSED, host="h.test"))
    opened: list[str] = []
    with opened_by(opened.append, "file", "https"):
        click(help_link(line))
        qtbot.waitUntil(lambda: opened == ["https://h.test/manual/errors/login-refused.html"])
        shown.requests.diagnostics.addresses = {}
        click(help_link(line))
        qtbot.waitUntil(lambda: opened[1:] == ["/usr/share/README.md"])
        shown.requests.diagnostics.manual = ""
        click(help_link(line))
    assert "This build has no manual." in shown.texts(shown.window.problems)


def test_what_has_no_entry_in_the_manual_offers_no_help(shown: ShownWindow) -> None:
    shown.window.show_error(errors.KeyringLocked(errors.Reason.KEYRING_LOCKED))
    shown.window.problems.clear(errors.KeyringLocked.__name__)
    shown.window.explain("Nothing is selected.")
    assert help_link(shown.window.problems).isHidden()


def help_link(parent: QtWidgets.QWidget) -> HelpLink:
    return part(parent, HelpLink, "help-link")
