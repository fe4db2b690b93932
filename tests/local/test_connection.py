"""Rows go into the database and come out the same."""

from pathlib import Path

import pytest

from heimdall_desktop.local.database import Database
from heimdall_desktop.local.rows import NewFinding, RepoRow, ScanId, StageRowId


def test_a_row_comes_back_as_it_went_in(database: Database) -> None:
    user = database.add_user("a@b", "hash", "Ä")
    repo = database.add_repo(user.id, "shop", "file:///shop", default_branch="main")
    assert database.repo(repo.id) == repo
    assert database.user_by_email("a@b") == user


def test_json_and_odd_text_survive(database: Database) -> None:
    repo = database.add_repo(database.add_user("a@b", "hash").id, "shop", None)
    scan = database.add_scan(repo.id)
    (finding_id,) = database.add_findings(
        scan.id,
        repo.id,
        [
            NewFinding(
                source="ai",
                severity="critical",
                confidence="high",
                title="line\u2028break \U0001f600 \udc80",
                fingerprint="f",
                file_path="",
                line_start=1,
                references_json=("https://example.test",),
                manifest_coordinates_json={"aliases": ["CVE-1"], "recommended_version": None},
            )
        ],
    )
    stored = database.finding(finding_id)
    assert stored is not None
    assert stored.title == "line\u2028break \U0001f600 ?"
    assert stored.references_json == ("https://example.test",)
    assert stored.manifest_coordinates_json == {"aliases": ["CVE-1"], "recommended_version": None}
    assert stored.poc_validated is False


def test_writing_to_what_is_gone_says_so(database: Database) -> None:
    from_nowhere = ScanId("nowhere")
    with pytest.raises(LookupError):
        database.set_scan_status(from_nowhere, "ingesting")
    with pytest.raises(LookupError):
        database.add_stage(from_nowhere, "ingest")
    with pytest.raises(LookupError):
        database.set_stage(StageRowId("nowhere"), "running")


def test_unknown_fields_are_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="colour"):
        database.update(RepoRow, "x", colour="red")


def test_a_transaction_is_all_or_nothing(database: Database) -> None:
    def half() -> None:
        with database.transaction():
            database.add_user("a@b", "hash")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert database.user_by_email("a@b") is None


def test_the_file_keeps_its_rows(tmp_path: Path) -> None:
    first = Database(tmp_path / "x.sqlite3")
    user = first.add_user("a@b", "hash")
    first.close()
    second = Database(tmp_path / "x.sqlite3")
    assert second.user_by_email("a@b") == user
    second.close()
