"""The report of a problem and the log behind it: useful, and without anything private."""

import asyncio
import getpass
import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import pytest
from msgspec import Struct

from heimdall_desktop.application.base.tasks import RequestTasks
from heimdall_desktop.application.runs.core import Core, Kept
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.choices import KeyChoice
from heimdall_desktop.domain.facts.server import SelfTestPart
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.help_text import Section, licence_text
from heimdall_desktop.services import diagnostics
from heimdall_desktop.services.credentials import MemoryStore
from heimdall_desktop.services.log import LOG_NAME, Redaction, logging_to
from tests.fakes.hand_server import AT, SCAN_ID, HandServer, hand_server
from tests.fakes.raw_server import answer
from tests.fakes.waiting import until

CANARY = "canary-7f3e"
TOKEN = f"{CANARY}-token-" + "a1" * 26
COLLEAGUE = f"{CANARY}.ann@corp.example"
FINDING = "0b1c2d3e-0000-4a0c-9a77-6a3c1b0d4e21"
FIELDS = ("title", "description", "file_path", "code_snippet", "poc_exploit", "fix_diff", "cwe_id",
          "category", "source", "reasoning", "agent_reasoning", "fingerprint", "commit_sha",
          "language", "rule_id")  # fmt: skip
SAID = answer(500, "application/json", json.dumps(
    {"success": False, "error": {"code": 500, "message": f"{CANARY} said {TOKEN}"}}
))  # fmt: skip


class Lines(logging.Handler):
    """Notices each line of the log, once it is written."""

    def __init__(self) -> None:
        super().__init__()
        self.news = asyncio.Event()

    def emit(self, _record: logging.LogRecord) -> None:
        self.news.set()


class Desk(Struct):
    """A run whose server, names and folders all hold a canary.

    Attributes:
        logs: the folder of its log.
        lines: notices what is logged.
    """

    core: Core
    hand: HandServer
    logs: Path
    lines: Lines

    @property
    def log(self) -> str:
        return (self.logs / LOG_NAME).read_text(encoding="utf-8")

    async def until(self, text: str) -> None:
        """Wait until the log says something."""
        await until(lambda: text in self.log, news=self.lines.news)

    async def report(self) -> str:
        answers: asyncio.Queue[str | errors.HeimdallError] = asyncio.Queue()
        self.core.controller.diagnostics.request_report(("Qt: 6",), answers.put_nowait)
        report = await answers.get()
        assert isinstance(report, str)
        return report


@pytest.fixture(autouse=True)
def root_level() -> Iterator[None]:
    level = logging.getLogger().level
    yield
    logging.getLogger().setLevel(level)


@asynccontextmanager
async def desk(folder: Path) -> AsyncIterator[Desk]:
    """Watch a scan of a server that puts a canary into everything it can."""
    profile, redaction = folder / f"{CANARY}-profile", Redaction()
    logs = profile / "logs"
    text = f"before {CANARY} after"
    async with hand_server() as hand:
        hand.add_rows(FINDING, **dict.fromkeys(FIELDS, text))
        hand.reason = text
        hand.activity = [
            {"id": "1", "message": f"{text} {COLLEAGUE}", "stage": "hunt", "timestamp": AT}
        ]
        with logging_to(logs, redaction):
            kept = Kept(profile, None, MemoryStore(), logs=logs)
            core = Core(kept, redaction, random=Random(1))
            core.tasks.spawn(core.follow(), name="take in what changes")
            await core.bring_back()
            core.accounts.use_memory_token(hand.url, TOKEN).account = COLLEAGUE
            core.controller.polls.start()
            asked = asyncio.Event()
            core.controller.request_watch(SCAN_ID, lambda _error: asked.set())
            await asked.wait()
            made = Desk(core, hand, logs, Lines())
            logging.getLogger().addHandler(made.lines)
            try:
                await made.until("complete: 1 of 1 rows")
                yield made
            finally:
                await core.aclose()
                logging.getLogger().removeHandler(made.lines)


async def test_a_report_names_nothing_private_whatever_went_wrong(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        core, hand = made.core, made.hand
        requests = RequestTasks(core.tasks)

        async def fail() -> None:
            raise ValueError(f"{CANARY} and {TOKEN}")

        async def lose_folder() -> None:
            raise errors.LocalServerError(errors.Reason.FOLDER_REFUSED, problem=f"/{CANARY}/shop")

        scan = core.store.scan(SCAN_ID)
        assert scan is not None
        repository = scan.repo_name
        assert repository
        core.controller.preferences.change_setting("keys", (KeyChoice(f"scan {CANARY}", ("F9",)),))
        requests.start(fail, lambda _answer: None, name="fail")
        requests.start(lose_folder, lambda _answer: None, name="scan a folder")
        core.controller.request_save(tmp_path / CANARY / "x", TOKEN, lambda _error: None)
        core.report(errors.SettingsError(errors.Reason.SETTINGS_UNWRITABLE, path=f"/{CANARY}"))
        logging.getLogger("httpx").warning("odd %s\n2026-01-01 00:00:00,000 INFO heimdall.x: %s",
                                           CANARY, CANARY)  # fmt: skip
        logging.getLogger("heimdall.qt").warning("%s", f"can't load /{CANARY}.png")
        hand.refusals = dict.fromkeys(("live", "scan", "findings", "finding", "stream"), SAID)
        hand.end_streams()
        core.controller.request_refresh(None)
        await made.until("SERVER_FAILED status=500")
        await made.until("save a file: ")
        await made.until("task fail failed")
        done = asyncio.Event()
        parts = frozenset(SelfTestPart) - {SelfTestPart.NOTIFICATIONS}
        core.controller.self_test.request(lambda _error: done.set(), parts)
        await done.wait()
        saved, file = asyncio.Event(), tmp_path / "report.txt"
        text = await made.report()
        core.controller.request_save(file, text, lambda _error: saved.set())
        await saved.wait()
        report = file.read_text(encoding="utf-8")

        assert report == text
        secrets = {CANARY, TOKEN, COLLEAGUE, repository, "corp.example", "127.0.0.1", hand.url}
        home = {str(Path.home()), str(tmp_path), getpass.getuser()} - {"root", "/root"}
        for text in (report, made.log.partition("httpx")[0]):
            assert not [secret for secret in secrets | home if secret in text]
        assert "ValueError" in report
        assert "test_diagnostics.py" in report
        assert "LocalServerError FOLDER_REFUSED" in report
        assert "SettingsError SETTINGS_UNWRITABLE" in report
        assert "WARNING httpx: [text]" in report
        assert "WARNING heimdall.qt: [text]" in report
        assert "INFO heimdall.x" not in report


async def test_a_report_says_what_is_needed(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        report = await made.report()

    for section in Section:
        assert f"== {tr(section.value)}" in report
    assert "PySide6_Essentials 6." in report
    assert "Qt: 6" in report
    assert "theme: system" in report
    assert "server 1: signed_in=True, in_use=True" in report
    assert f"{SCAN_ID}: server=1, status=hunting" in report
    assert "findings=1, listed=1, total=1" in report


async def test_the_log_has_what_happened_to_a_scan(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        made.hand.end_streams()
        await made.until(f"stream of scan {SCAN_ID} lost: ServerError STREAM_CLOSED; retrying in")
        log = made.log

    assert "server 1 is used with a token of this session" in log
    assert f"scan {SCAN_ID} is watched on server 1" in log
    assert f"stream of scan {SCAN_ID} is open" in log
    assert f"listing of scan {SCAN_ID} started" in log
    assert "1 of 1 rows, 0 unreadable" in log
    assert f"scan {SCAN_ID}: live, no error" in log


async def test_unchanged_listings_are_logged_once(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        for _ in range(3):
            asked = made.hand.asked.count("findings")
            made.core.controller.request_refresh(SCAN_ID)
            async with asyncio.timeout(30):
                while made.hand.asked.count("findings") == asked:
                    await made.hand.until_asked(len(made.hand.asked) + 1)
        assert made.log.count(f"listing of scan {SCAN_ID} complete") == 1


async def test_a_licence_is_read_even_if_a_name_in_it_is_not_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "system-libraries.txt"
    file.write_bytes(b"zlib1g\nJ\xf6rg")
    answers: asyncio.Queue[str | errors.HeimdallError] = asyncio.Queue()
    async with desk(tmp_path) as made:
        made.core.controller.diagnostics.request_licence(file, answers.put_nowait)
        assert await answers.get() == "zlib1g\nJ\N{REPLACEMENT CHARACTER}rg"


def test_parts_and_licences_are_those_that_are_installed() -> None:
    parts = diagnostics.parts()
    names = [name for name, _, _ in parts]
    assert {"httpx", "qasync", "PySide6_Essentials", "keyring"} <= set(names)
    assert names == sorted(set(names), key=str.lower)
    assert "pytest" not in names
    text = licence_text("1.0", parts)
    assert "GNU Lesser General Public License" in text
    assert all(f"{name} {version}: " in text for name, version, _ in parts)
    assert {name for name, _, licence in parts if licence == "UNKNOWN"} == set()
    assert "doesn't list" in licence_text("1.0", ())


def test_a_report_without_a_log_has_none(tmp_path: Path) -> None:
    assert diagnostics.log_tail(None) == diagnostics.log_tail(tmp_path) == ()
