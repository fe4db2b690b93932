"""Real scans of small folders through the pipeline, hazards included."""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from heimdall_desktop.local import folder_plan
from heimdall_desktop.local.rows import STAGES, ActivityRow, FilesSeenRow, FindingRow, ScanRow
from heimdall_desktop.local.scan_routes import live_answer
from heimdall_desktop.local.scanners import BANDIT, DETECT_SECRETS, Scanners
from heimdall_desktop.local.steps import ReplayClock
from heimdall_desktop.local.worker import Worker
from tests.fakes.scanners import BABBLING, CRASHING, HANGING, picky_scanner
from tests.fakes.scans import KeepingBroadcaster, WatchedDatabase, queue_scan, scan_row

NEVER_S = 3600.0
SECRET = "hunter2" + "S3cretValue"
SOURCES = {
    "shop/run.py": f"""import subprocess
import sys

db_password = "{SECRET}"


def run() -> None:
    command = sys.argv[1]
    subprocess.run(command, shell=True)
    assert command
""",
    "shop/settings.py": f"DEBUG = True\nSECRET_KEY = '{SECRET}'\n",
    "Dockerfile": "FROM python:latest\nRUN chmod 777 /srv\n",
    ".env": f"API_TOKEN={SECRET}\nAPP_DEBUG=true\n",
    "key.pem": "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7d0aFZyq0gQ2mS7e9xkq1h3n\n",
    "README.md": "Shop.\n",
}


class Scene:
    """A database, a folder, and a worker that scans it."""

    def __init__(self, root: Path, scanners: Scanners | None = None) -> None:
        self.root = root / "source"
        self.root.mkdir()
        self.database = WatchedDatabase(root / "heimdall.db")
        self.broadcaster = KeepingBroadcaster()
        self.worker = Worker(
            self.database,
            self.broadcaster,
            lambda _: folder_plan.FolderPlan(self.root, scanners),
            pace=ReplayClock(0),
        )

    def write(self, sources: dict[str, str]) -> None:
        for name, text in sources.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def stored_bytes(self) -> bytes:
        files = self.root.parent.glob("heimdall.db*")
        return b"".join(path.read_bytes() for path in files)

    def start(self) -> ScanRow:
        scan = queue_scan(self.database)
        self.worker.enqueue(scan.id)
        return scan

    async def scan(self) -> ScanRow:
        scan = self.start()
        await self.worker.idle()
        return scan_row(self.database, scan.id)

    def findings(self, scan: ScanRow) -> list[FindingRow]:
        return self.database.findings_of(scan.id)

    def notes(self, scan: ScanRow, task_key: str) -> list[ActivityRow]:
        rows = self.database.newest_activity(scan.id, 10_000)
        return [row for row in reversed(rows) if row.task_key == task_key]

    def not_scanned(self, scan: ScanRow) -> list[str]:
        rows = self.database.newest_activity(scan.id, 10_000)
        lines = [row.detail or "" for row in rows if row.task_key.startswith("unlooked-")]
        return sorted(line.rpartition(": ")[2] for line in lines)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(tmp_path)
    yield scene
    scene.database.close()


def _scene_with(tmp_path: Path, **scanners: object) -> Scene:
    return Scene(tmp_path, replace(Scanners(), **scanners))  # type: ignore[arg-type]


async def test_a_real_folder_is_really_scanned(scene: Scene) -> None:
    scene.write(SOURCES)
    scan = await scene.scan()
    assert scan.status == "completed"
    findings = scene.findings(scan)
    titles = {(finding.file_path, finding.title) for finding in findings}
    assert ("shop/run.py", "Taint flow: UserInput → Command in shop/run.py") in titles
    assert ("shop/settings.py", "[CWE-489] Django shows its debugging pages") in titles
    assert ("Dockerfile", "[CWE-1104] The base image has no fixed version") in titles
    assert ("key.pem", "[CWE-798] Secret-like value in source text") in titles
    assert {finding.source for finding in findings} == {"static", "config"}
    assert scan.finding_count == len(findings)
    assert scan.critical_count == sum(finding.severity == "critical" for finding in findings) >= 2
    flow = next(finding for finding in findings if finding.title.startswith("Taint"))
    assert (flow.line_start, flow.line_end) == (8, 9)
    assert flow.code_snippet
    assert "shell=True" in flow.code_snippet


async def test_no_secret_is_stored_unmasked(scene: Scene) -> None:
    scene.write(SOURCES)
    await scene.scan()
    stored = scene.stored_bytes()
    assert b"shop/run.py" in stored
    assert SECRET.encode() not in stored
    assert b"MIIEpAIBAAKCAQEA7d0aFZyq0gQ2mS7e9xkq1h3n" not in stored


async def test_fingerprints_are_the_same_in_the_next_scan(scene: Scene) -> None:
    scene.write(SOURCES)
    first = scene.findings(await scene.scan())
    scene.write({"another.py": "import pickle\n"})
    second = scene.findings(await scene.scan())
    known = {finding.fingerprint for finding in first}
    assert len(known) == len(first)
    assert known < {finding.fingerprint for finding in second}
    assert not known & {f.fingerprint for f in second if f.file_path == "another.py"}


async def test_stages_without_a_provider_are_skipped_with_a_reason(scene: Scene) -> None:
    scene.write(SOURCES)
    scan = await scene.scan()
    stages = scene.database.latest_stages(scan.id)
    skipped = {stage for stage in STAGES if stages[stage].status == "skipped"}
    assert skipped == {"tyr", "hunt", "vidarr", "garmr"}
    for stage in skipped:
        notes = scene.notes(scan, f"stage-{stage}")
        assert notes[-1].status == "skipped"
        assert "AI provider" in (notes[-1].detail or "")


async def test_progress_is_real(scene: Scene) -> None:
    scene.write({f"f{n}.py": "assert x\n" for n in range(450)})
    scan = await scene.scan()
    for key in ("pattern-scan", "secret-scan"):
        notes = scene.notes(scan, key)
        percentages = [note.progress_pct for note in notes if note.progress_pct is not None]
        assert percentages == sorted(percentages)
        assert len(percentages) >= 4
        assert (notes[0].progress_pct, notes[-1].progress_pct) == (0, 100)
        assert notes[-1].status == "completed"
    assert "Python 450" in (scene.notes(scan, "index-build")[-1].detail or "")


async def test_the_commit_is_noted(scene: Scene) -> None:
    scene.write({"a.py": "x", ".git/HEAD": "4f" * 20})
    scan = await scene.scan()
    assert scan.commit_sha == "4f" * 20
    assert len(scene.findings(scan)) == 0


async def test_missing_empty_and_wrong_folders_fail_with_a_reason(scene: Scene) -> None:
    scan = await scene.scan()
    assert (scan.status, scan.error_message) == (
        "failed",
        f"{scene.root} contains no files to scan.",
    )
    (scene.root / "only").mkdir()
    assert (await scene.scan()).error_message == f"{scene.root} contains no files to scan."
    (scene.root / "only").rmdir()
    scene.root.rmdir()
    assert (await scene.scan()).error_message == f"{scene.root} does not exist."
    scene.root.write_text("x")
    assert (await scene.scan()).error_message == f"{scene.root} is not a folder."
    scene.root = Path("/nul\0byte")
    assert "cannot be read" in ((await scene.scan()).error_message or "")


async def test_a_crashing_scanner_gives_a_partial_scan(tmp_path: Path) -> None:
    scene = _scene_with(tmp_path, bandit=CRASHING)
    scene.write(SOURCES)
    scan = await scene.scan()
    assert scan.status == "completed"
    notes = scene.notes(scan, "pattern-scan")
    assert notes[-1].status == "completed_with_errors"
    assert "not scanned: 2" in (notes[-1].detail or "")
    assert "ended with code 7; not scanned: shop/" in (notes[1].detail or "")
    assert any("Secret-like" in finding.title for finding in scene.findings(scan))
    scene.database.close()


@pytest.mark.parametrize("scanner", [HANGING, BABBLING], ids=["hanging", "babbling"])
async def test_hanging_and_babbling_scanners_give_a_partial_scan(
    tmp_path: Path, scanner: object
) -> None:
    scene = _scene_with(tmp_path, secrets=scanner)
    scene.write(SOURCES)
    scan = await scene.scan()
    assert scan.status == "completed"
    assert scene.notes(scan, "secret-scan")[-1].status == "completed_with_errors"
    assert any(finding.title.startswith("Taint") for finding in scene.findings(scan))
    scene.database.close()


async def test_findings_are_there_while_the_scan_works(tmp_path: Path) -> None:
    scene = _scene_with(tmp_path, bandit=replace(HANGING, time_limit_s=60))
    scene.write(SOURCES)
    scan = scene.start()
    await scene.database.until_noted("pattern-scan")
    assert scene.findings(scan)
    assert "finding_added" not in scene.broadcaster.names
    stored = scan_row(scene.database, scan.id)
    assert (stored.status, stored.finding_count) == ("static_analysis", 0)
    await scene.worker.aclose()
    scene.database.close()


async def test_a_cancel_in_the_middle_is_quick_and_final(tmp_path: Path) -> None:
    scene = _scene_with(tmp_path, bandit=replace(HANGING, time_limit_s=NEVER_S))
    scene.write(SOURCES)
    scan = scene.start()
    await scene.database.until_noted("pattern-scan")
    scene.database.set_scan_status(scan.id, "cancelled", "Cancelled by mira.")
    scene.worker.cancel(scan.id)
    await scene.worker.idle()  # which only the cancel can bring about
    stored = scan_row(scene.database, scan.id)
    assert stored.status == "cancelled"
    assert scene.broadcaster.names[-2:] == ["stage_update static_analysis cancelled", "error"]
    scene.database.close()


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX file names")
async def test_odd_names_and_special_files_do_no_harm(scene: Scene) -> None:
    scene.write({"-rf.py": "eval(x)\n", "new\nline.py": "eval(x)\n", "ünï<b>.py": "eval(x)\n"})
    (scene.root / os.fsdecode(b"odd\xff.py")).write_text("import os\nos.system(x)\n")
    (scene.root / "loop").symlink_to(scene.root)
    os.mkfifo(scene.root / "pipe.py")
    scan = await scene.scan()
    assert scan.status == "completed"
    paths = {finding.file_path for finding in scene.findings(scan)}
    assert paths == {"-rf.py", "new\nline.py", "ünï<b>.py", "odd\\xff.py"}
    assert "links 1, special files 1" in (scene.notes(scan, "index-links")[0].detail or "")


async def test_huge_binary_and_broken_files_do_no_harm(scene: Scene) -> None:
    scene.write({"broken.py": "def (", "deep.py": "(" * 5000 + ")" * 5000, "empty.py": ""})
    (scene.root / "nul.py").write_bytes(b"x = 1\0\n")
    (scene.root / "data.bin").write_bytes(bytes(range(256)) * 100)
    with (scene.root / "dump.sql").open("wb") as file:
        file.truncate(100_000_000)
    scan = await scene.scan()
    assert scan.status == "completed"
    assert scene.not_scanned(scan) == ["broken.py", "deep.py", "nul.py"]
    assert scene.database.files_seen(scan.id) == FilesSeenRow(scan.id, 3, 2)


async def test_files_hidden_from_the_scanners_are_named(scene: Scene) -> None:
    """Each holds `exec(input())`, hidden in another way."""
    code = "exec(input())\n"
    scene.write(
        {
            "silenced.py": code.replace("\n", "  # nosec\n"),
            "broken.py": f"{code}def (\n",
            "large.py": code + "#" * 2_000_000,
            "settings.py": f"{code}x = '{'y' * 2000}'  # DEBUG\n",
        }
    )
    os.mkfifo(scene.root / "pipe.py")
    scan = await scene.scan()
    assert scan.status == "completed"
    assert scene.not_scanned(scan) == ["broken.py", "large.py", "pipe.py", "settings.py"]
    assert scene.database.files_seen(scan.id) == FilesSeenRow(scan.id, 4, 0)
    warned = [row.stage for row in scene.notes(scan, "unlooked")]
    assert warned == ["ingest", "static_analysis", "config_scan"]
    silenced = [f for f in scene.findings(scan) if f.file_path == "silenced.py"]
    assert ["Silenced in the code" in (f.description or "") for f in silenced] == [True]


async def test_binary_files_are_counted_without_a_warning(scene: Scene) -> None:
    scene.write({"a.py": "x = 1\n", "poetry.lock": "x"})
    (scene.root / "data.png").write_bytes(b"\x89PNG\0")
    (scene.root / "link.py").symlink_to(scene.root / "a.py")
    scan = await scene.scan()
    assert scene.database.files_seen(scan.id) == FilesSeenRow(scan.id, 0, 2)
    rows = scene.database.newest_activity(scan.id, 1000)
    assert {row.status for row in rows} == {"running", "completed", "skipped"}
    reported = await live_answer(scene.database, scan)
    assert reported["files"] == {"unlooked": 0, "not_taken": 2}


async def test_bandit_does_not_run_without_python_files(scene: Scene) -> None:
    scene.write({"README.md": "Nothing.\n"})
    scan = await scene.scan()
    assert scan.status == "completed"
    assert scene.notes(scan, "pattern-scan")[-1].status == "skipped"


def test_the_real_scanners_are_the_default() -> None:
    assert Scanners() == Scanners(BANDIT, DETECT_SECRETS)
    assert picky_scanner() != BANDIT


def _details(missed: dict[str, str]) -> list[str]:
    return [line.detail or "" for line in folder_plan.not_scanned_lines(missed)]


def test_no_line_if_all_files_were_scanned() -> None:
    assert _details({}) == []


def test_few_files_get_a_line_each_after_their_count() -> None:
    assert _details({"a.py": "broken"}) == ["1 file was not scanned.", "broken: a.py"]
    assert _details({"a.py": "broken", "b": "gone", "c.py": "broken"}) == [
        "3 files were not scanned.",
        "broken: a.py",
        "broken: c.py",
        "gone: b",
    ]


def test_many_files_share_lines_and_all_are_named() -> None:
    names = [
        f"{number}.py" for number in range(folder_plan.LINES_AT_MOST * folder_plan.NAMES_IN_LINE)
    ]
    lines = list(folder_plan.not_scanned_lines(dict.fromkeys(names, "dead")))
    assert len(lines) == folder_plan.LINES_AT_MOST + 1
    assert len({line.task_key for line in lines}) == len(lines)
    named = [name for line in lines[1:] for name in (line.detail or "")[6:].split(", ")]
    assert named == names


def test_unnamed_files_are_counted() -> None:
    count = folder_plan.LINES_AT_MOST * folder_plan.NAMES_IN_LINE + 7
    details = _details(dict.fromkeys(map(str, range(count)), "dead"))
    assert details[-1] == "7 more, which are not named here."
    each_its_own = _details({str(number): f"reason {number}" for number in range(100)})
    assert len(each_its_own) == folder_plan.LINES_AT_MOST + 2
    assert each_its_own[-1] == "60 more, which are not named here."


def test_long_names_are_cut() -> None:
    details = _details({f"{number}" + "x" * 5000: "dead" for number in range(2000)})
    assert max(map(len, details)) < 5000
    named = sum(detail.count("…") for detail in details)
    assert details[-1] == f"{2000 - named:,} more, which are not named here."
