"""Nothing that a server sends is read as markup, and no token or password is shown."""

import asyncio
import html
import json
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from msgspec.structs import replace
from PySide6 import QtWidgets
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.application.runs.core import Core, Kept
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.observation import FindingsListed, RepoRead
from heimdall_desktop.domain.facts.scan_link import ScanLink
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.models.panel_models import TimelineModel
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.export.contents import Format
from heimdall_desktop.services.credentials import MemoryStore
from heimdall_desktop.services.log import Redaction, logging_to
from heimdall_desktop.widgets.controls.buttons import CopyWordButton
from heimdall_desktop.widgets.controls.toggles import SegmentedControl
from heimdall_desktop.widgets.detail.detail_head import DetailHead
from heimdall_desktop.widgets.export.export_dialog import ExportDialog
from heimdall_desktop.widgets.findings.scan_problem_strip import ScanProblemStrip
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel.inbox_page import InboxList
from heimdall_desktop.widgets.panel.log_page import LogView
from heimdall_desktop.widgets.panel.stages_list import StagesList
from heimdall_desktop.widgets.panel.threat_pane import ThreatPane
from heimdall_desktop.widgets.window.main_window import MainWindow
from heimdall_desktop.widgets.window.scan_window import ScanWindow
from heimdall_desktop.widgets.window.workspace import shown_dialog
from tests.fakes.board_scans import SERVER
from tests.fakes.hands import click, part
from tests.fakes.inbox_lines import make_line
from tests.fakes.raw_server import STREAM_HEAD, Asked, answer, raw_server
from tests.fakes.shown_window import ShownWindow, export_outcome
from tests.fakes.waiting import until

MARK = "zqx"
HOSTILE = f"<b>{MARK}</b> &File[*] <img src='file:///etc/hostname'>\t\u202egpj.\x1b[31m\x07"
HIDDEN = "\t\u202e\x1b\x07"
TIP = int(Qt.ItemDataRole.ToolTipRole)


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow().watch_twelve().show()
    for name in tuple(shown.stories):
        shown.store.observe(RepoRead(shown.id(name), HOSTILE, HOSTILE))
    found = shown.read("payments-api")
    hostile = [
        replace(each, title=HOSTILE, file_path=HOSTILE, description=HOSTILE) for each in found
    ]
    story = shown.stories["payments-api"]
    shown.store.observe(FindingsListed(story.scan.id, story.asked_s() + 1, tuple(hostile)))
    shown.inbox.put(replace(make_line(1), title=HOSTILE, body=HOSTILE))
    shown.window.show_inbox()
    shown.window.show_account(ServerUrl(SERVER), HOSTILE)
    shown.window.show_notice("alert-1", HOSTILE, HOSTILE, lambda: None)
    shown.ticker.flush()
    shown.window.open_finding(found[0].id)
    yield shown
    shown.close()


def test_no_part_of_the_window_guesses_at_markup(shown: ShownWindow) -> None:
    QtWidgets.QApplication.processEvents()
    seen = 0
    for widget in (shown.window, *shown.window.findChildren(QtWidgets.QWidget)):
        texts = [widget.toolTip(), *_tips(widget)]
        if isinstance(widget, QtWidgets.QLabel) and MARK in widget.text():
            assert widget.textFormat() is Qt.TextFormat.PlainText, widget.objectName()
        for tip in texts:
            assert MARK not in tip or tip.startswith("<qt>"), tip
            assert "<b" not in tip.replace("<br>", ""), tip
            assert "<img" not in tip, tip
            assert not set(tip) & set(HIDDEN) - {"\t"}, tip  # which is a blank in rich text
        seen += sum(MARK in text for text in texts)
        if isinstance(widget, QtWidgets.QTabBar):
            for index in range(widget.count()):
                assert "&F" not in widget.tabText(index).replace("&&", "")
        if isinstance(widget, QtWidgets.QAbstractButton) and MARK in widget.text():
            assert "&F" not in widget.text().replace("&&", "")
    assert seen > 10  # it did look at tips that tell these names


def test_no_menu_takes_a_name_for_a_key(shown: ShownWindow) -> None:
    assert shown.window.findChild(QtWidgets.QAbstractButton, "account") is not None
    menus = [
        shown.board.scans.make_menu(shown.id("payments-api")),
        *shown.window.findChildren(QtWidgets.QMenu),
    ]
    lines = [action.text() for menu in menus for action in menu.actions()]
    lines += [action.text() for action in shown.window.findChildren(QAction)]
    reported = [line for line in lines if MARK in line]
    assert reported
    for line in reported:
        assert "&F" not in line.replace("&&", "")
        assert not set(line) & set(HIDDEN), line


def test_a_window_is_called_what_its_scan_is_called(shown: ShownWindow) -> None:
    shown.window.scan_windows.tear_off(shown.id("payments-api"))
    [window] = [
        each for each in QtWidgets.QApplication.topLevelWidgets() if isinstance(each, ScanWindow)
    ]
    shown_title = window.windowHandle().title()
    assert f"<b>{MARK}</b> &File[*] <img" in shown_title
    assert not set(shown_title) & set(HIDDEN)


def _tips(widget: QtWidgets.QWidget) -> Iterator[str]:
    if isinstance(widget, QtWidgets.QAbstractItemView) and (model := widget.model()) is not None:
        yield from _cell_tips(model, QModelIndex())


def _cell_tips(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(model.rowCount(parent)):
        for column in range(columns):
            yield model.index(row, column, parent).data(TIP) or ""


TOKEN = "canary-t0ken_of<this>&run/+=#"  # noqa: S105 - of a server of this test
PASSWORD = "canary password, *long* & <odd>"  # noqa: S105 - the same
BEFORE = "is repeated"  # so that a text is known to have come
TOLD = f"{BEFORE} {TOKEN} and {PASSWORD}, `{TOKEN}`\n\n- {PASSWORD}"
SCAN_ID = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
IDS = [FindingId(f"8c0e6f52-0000-4a0c-9a77-6a3c1b0d4e2{number}") for number in range(2)]
AT = "2026-07-04T08:00:09.551020Z"
PATCH = f"--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,2 @@\n-{TOLD[:60]}\n+{PASSWORD}\n same\n"
SPELLINGS = [
    spelling
    for secret in (TOKEN, PASSWORD)
    for spelling in (
        secret,
        secret[:16],
        secret[-12:],
        html.escape(secret),
        quote(secret, safe=""),
        json.dumps(secret)[1:-1],
    )
]


def reported(target: str) -> object:
    """What the server answers, with both secrets in every text."""
    path = target.partition("?")[0]
    stamps = dict.fromkeys(("created_at", "updated_at", "started_at", "completed_at"), AT)
    rows = [
        {
            **dict.fromkeys(("title", "description", "code_snippet", "fix_summary"), TOLD),
            **dict.fromkeys(("cwe_id", "cve_id", "file_path", "agent_reasoning"), TOLD),
            **dict.fromkeys(("fingerprint", "fix_type"), TOLD[:150]),
            **stamps,
            "id": each,
            "scan_id": SCAN_ID,
            "severity": "critical",
            "status": "open",
            "source": "ai",
            "confidence": "high",
            "line_start": 1,
            "suggested_patch": PATCH,
            "references_json": [TOLD, f"https://a.test/{quote(TOKEN)}"],
            "manifest_coordinates_json": {"name": TOLD, "aliases": TOLD},
            "poc_exploit_json": dict.fromkeys(("script", "stdout", "stderr", "llm_analysis"), TOLD),
        }
        for each in IDS
    ]
    line = {"key": "1", "timestamp": AT, "stage": "hunt", "title": TOLD, "detail": TOLD}
    stage = {"stage": "hunt", "status": "failed", "error": TOLD, "timestamp": AT}
    answers: dict[str, object] = {
        "/health": {"status": "ok", "version": TOLD},
        "/api/auth/login": {"token": TOKEN, "user": {"email": "ann@corp.example", "id": "u"}},
        "/api/auth/me": {"email": "ann@corp.example", "id": TOLD[:100]},
        f"/api/scans/{SCAN_ID}": {
            "id": SCAN_ID,
            "repo_id": "r",
            "status": "failed",
            **stamps,
            "commit_sha": TOLD,
            "error_message": TOLD,
        },
        "/api/repos/r": {"id": "r", "name": TOLD, "default_branch": TOLD},
        f"/api/scans/{SCAN_ID}/live": {
            "scan": {"status": "failed", "updated_at": AT, "error_message": TOLD},
            "counts": {"total": 2, "critical": 2},
            "stages": [stage],
            "activity": [line],
        },
        f"/api/scans/{SCAN_ID}/findings": {"items": rows, "total": 2, "page": 1, "per_page": 100},
        f"/api/scans/{SCAN_ID}/patches": [
            {"id": "p", "finding_id": each, "created_at": AT, "diff_content": PATCH} for each in IDS
        ],
        f"/api/scans/{SCAN_ID}/threat-model": {
            "summary": TOLD,
            "surfaces_json": [{"name": TOLD, "description": TOLD, "endpoint": TOLD}],
        },
    }
    for row in rows:
        answers[f"/api/findings/{row['id']}"] = row
        event = {"id": "e", "created_at": AT, "event_type": "comment", "comment": TOLD}
        answers[f"/api/findings/{row['id']}/events"] = [event]
    return answers.get(path)


async def repeat(asked: Asked, writer: asyncio.StreamWriter) -> None:
    if asked.target.endswith("/stream"):
        event = json.dumps({"stage": "hunt", "status": "failed", "error": TOLD, "timestamp": AT})
        writer.write(STREAM_HEAD + f"event: stage_update\ndata: {event}\n\n".encode())
    elif (data := reported(asked.target)) is None:
        error = json.dumps({"success": False, "error": {"code": 404, "message": TOLD}})
        writer.write(answer(404, "application/json", error, {"Location": f"/{quote(TOKEN)}"}))
    else:
        body = json.dumps({"success": True, "data": data})
        writer.write(answer(200, "application/json", body))


@asynccontextmanager
async def watching(
    folder: Path, window_of: Callable[[Core], MainWindow]
) -> AsyncIterator[tuple[Core, MainWindow]]:
    """The program with a window, signed in to a server that repeats all it was sent."""
    redaction = Redaction()
    with logging_to(folder / "log", redaction):
        core = Core(Kept(folder / "settings", folder / "history", MemoryStore()), redaction)
        window = window_of(core)
        try:
            await core.bring_back()
            await core.begin()
            async with raw_server(repeat) as server:
                link = await core.accounts.sign_in(
                    server.url, "ann@corp.example", PASSWORD, is_kept=False
                )
                await core.controller.watch_links(link, [ScanLink(None, SCAN_ID)])
                yield core, window
        finally:
            await core.aclose()
            window.close()


def triggered(menu: QtWidgets.QMenu) -> None:
    """Choose every copy of a menu."""
    for action in menu.actions():
        if action.text().startswith("Copy") and action.isEnabled():
            action.trigger()
    menu.close()


def copy_everything(window: MainWindow) -> None:
    """Use each way to copy that the window has for what it shows."""
    window.findings.table.selectAll()
    for finding_id in IDS:
        window.open_finding(finding_id)
        for copy in window.findChildren(CopyWordButton):
            copy.click()
        triggered(window.findings.table.menu.make())
        for head in window.findChildren(DetailHead):
            triggered(head.make_menu())
    for command in window.commands.commands():
        if "copy" in command.id and not command.obstacle():
            command.act()
    for stages in window.findChildren(StagesList):
        model = stages.model()
        assert isinstance(model, TimelineModel)
        for number in range(model.rowCount()):
            if (row := model.row(number)) is not None:
                triggered(stages.make_menu(row))
    for log in window.findChildren(LogView):
        log.copy_all()
    for threats in window.findChildren(ThreatPane):
        threats.copy_all()
    for inbox in window.findChildren(InboxList):
        for number in range(inbox.model().rowCount()):
            inbox.setCurrentIndex(inbox.model().index(number, 0))
            QTest.keyClick(inbox, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    for strip in window.findChildren(ScanProblemStrip):
        for button in strip.findChildren(QtWidgets.QPushButton):
            if button.accessibleName().startswith("Copy"):
                button.click()


async def export_everything(window: MainWindow, folder: Path) -> None:
    for form in Format:
        window.exporter().ask()
        dialog = shown_dialog(window, ExportDialog)
        assert dialog is not None
        part(dialog, QtWidgets.QRadioButton, f"export-form-{form.name.lower()}").click()
        part(dialog, SegmentedControl, "export-leave-out").set_current(0)
        part(dialog, QtWidgets.QLineEdit, "export-place").setText(str(folder / f"all{form.value}"))
        click(part(dialog, QtWidgets.QPushButton, "export-do"))
        (await export_outcome(window)).reject()


def leaks(text: str) -> list[str]:
    """The spellings in a text, also where lines were broken or a page was laid out."""
    close = "".join(text.split())
    return [each for each in SPELLINGS if each in text or "".join(each.split()) in close]


def require_clean_files(folder: Path) -> None:
    """All files have what the server sent, and none of its secrets."""
    texts = {
        file: file.read_bytes().decode("utf-8", "replace")
        for file in folder.rglob("*")
        if file.is_file()
    }
    for file in [file for file in texts if file.suffix == Format.PDF.value]:
        command = ("pdftotext", file, "-")
        pages = subprocess.run(command, capture_output=True, check=True, text=True)
        texts[file] = pages.stdout
    exports = {file.suffix for file, text in texts.items() if BEFORE in text}
    assert exports >= {each.value for each in Format} | {".sqlite3", ".recording"}
    assert any(file.suffix == ".log" for file in texts)
    assert {file.name: found for file, text in texts.items() if (found := leaks(text))} == {}


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext here")
async def test_what_a_server_repeats_is_in_no_copy_export_report_recording_history_or_log(
    theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'no-bus'}")
    clipboard, copies = QGuiApplication.clipboard(), list[str]()

    def note() -> None:
        copies.append(clipboard.text())

    clipboard.dataChanged.connect(note)
    profile, files = tmp_path / "profile", tmp_path / "files"
    files.mkdir()
    tickers: list[Ticker] = []

    def window_of(core: Core) -> MainWindow:
        ticker = Ticker(core.store)
        tickers.append(ticker)
        core.flush = ticker.flush
        ticker.changed.connect(core.take)
        memory = WindowMemory()
        window = MainWindow(
            *(core.store, ticker, core.controller, core.inbox, memory),
            clock=core.clock,
            now=core.now,
            version="1.0.0",
        )
        window.resize(1440, 900)
        window.show()
        return window

    async with watching(profile, window_of) as (core, window):
        await core.controller.recordings.start(SCAN_ID, files / "scan.recording")
        scan = core.store.scan(SCAN_ID)
        assert scan is not None
        await until(lambda: scan.is_settled and len(scan.findings) == len(IDS))
        tickers[0].flush()
        for page in (window.panel.open_stages, window.panel.open_log):
            page()
            await asyncio.sleep(0)
            copy_everything(window)
        await export_everything(window, files)

    clipboard.dataChanged.disconnect(note)
    assert len([text for text in copies if BEFORE in text]) > 10
    assert [leaks(text) for text in copies if leaks(text)] == []
    require_clean_files(tmp_path)
