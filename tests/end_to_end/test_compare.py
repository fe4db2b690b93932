"""Unattended comparisons of the program as a process, without Qt, on real scans."""

import json
from pathlib import Path
from typing import Any

from tests.end_to_end.conftest import Bench, Start
from tests.fakes.program import Ended
from tests.lab.scripting import ScriptedScan

PICKLE = "import pickle, sys\n\npickle.loads(sys.stdin.buffer.read())\n"
SHELL = "import subprocess, sys\n\nsubprocess.run(sys.argv[1], shell=True)\n"
ANCIENT = "import hashlib\n\nprint(hashlib.md5(b'x'))\n"


def reported(ended: Ended) -> dict[str, Any]:
    assert ended.out.count("\n") == 1, ended.err
    answer: dict[str, Any] = json.loads(ended.out)
    return answer


def counts(answer: dict[str, Any]) -> list[int]:
    """How many are new, fixed, changed and still there."""
    return [len(answer[kind]) for kind in ("new", "fixed", "changed", "still")]


def test_two_states_of_a_folder_with_one_file_changed_differ_by_just_that(
    start: Start, without_qt: dict[str, str], tmp_path: Path
) -> None:
    old, new = tmp_path / "shop-1.0", tmp_path / "shop-1.1"
    for folder in (old, new):
        folder.mkdir()
        (folder / "same.py").write_text(PICKLE)
        (folder / "Dockerfile").write_text("FROM python:latest\nRUN chmod 777 /srv\n")
    (old / "edited.py").write_text(PICKLE + ANCIENT)
    (new / "edited.py").write_text("# a line more\n" + PICKLE + SHELL)

    forth = start("--compare", "--local", old, new, environment=without_qt)
    back = start("--compare", "--local", new, old, environment=without_qt)
    itself = start("--compare", "--local", old, old, environment=without_qt)

    forth_ended = forth.ended()
    answer = reported(forth_ended)
    assert answer["new"], "shell=True"
    assert answer["fixed"], "md5"
    assert answer["changed"] == []
    is_severe = any(row["severity_after"] in ("critical", "high") for row in answer["new"])
    assert forth_ended.status == int(is_severe)
    assert any(row["moved"] for row in answer["still"]), "a line more makes nothing new"
    placed = [row["fingerprint"] for row in answer["still"] if row["paired_by"] == "place"]
    assert [name.partition(".py")[0] for name in placed] == ["taint-edited"], "has lines in it"
    found = answer["b"]["findings"]["total"]
    assert len(answer["new"]) + len(answer["still"]) == found

    turned = reported(back.ended())
    assert [row["fingerprint"] for row in turned["new"]] == [
        row["fingerprint"] for row in answer["fixed"]
    ]
    unchanged = itself.ended()
    assert (unchanged.status, unchanged.err) == (0, "")
    total = answer["a"]["findings"]["total"]
    assert counts(reported(unchanged)) == [0, 0, 0, total]


def completed(bench: Bench, repo: str, *severities: str, **fields: str) -> ScriptedScan:
    """Return a scan of a repository that ended long ago, with findings of these severities."""
    scan = bench.scan(repo)
    for number, severity in enumerate(severities):
        named = {"fingerprint": f"{number:064x}", "title": f"Finding {number}"}
        scan.add_findings(1, severity, **named, **fields)
    bench.server.age(scan.complete())
    return scan


def test_a_rise_ends_it_with_1_and_the_other_way_round_with_0(
    bench: Bench, without_qt: dict[str, str]
) -> None:
    before, after = completed(bench, "shop", "medium", "low"), completed(bench, "shop", "high")
    link = f"{bench.server.url}/findings/{after.finding_ids[0]}"
    forth = bench.start("--compare", before.id, link, environment=without_qt)
    back = bench.start("--compare", after.id, before.id, environment=without_qt)

    worse, better = forth.ended(), back.ended()
    assert worse.status == 1
    assert "1 finding is newly critical or high" in worse.line
    answer = reported(worse)
    assert counts(answer) == [0, 1, 1, 0]
    assert [answer["a"], answer["b"]] == bench.reported(before, after)
    [row] = answer["changed"]
    assert (row["severity_before"], row["severity_after"]) == ("medium", "high")
    assert (better.status, better.err) == (0, "")


def test_what_was_dismissed_and_reopened_is_no_change(
    bench: Bench, without_qt: dict[str, str]
) -> None:
    rule = {"source": "static", "confidence": "high", "agent_reasoning": "Matches a pattern."}
    before, after = (completed(bench, "shop", "high", "low", **rule) for _ in range(2))
    for status in ("dismissed", "open"):
        after.change_finding(after.finding_ids[0], status=status)

    ended = bench.start("--compare", before.id, after.id, environment=without_qt).ended()

    assert (ended.status, counts(reported(ended))) == (0, [0, 0, 0, 2])


def test_2_scans_of_two_repositories_are_not_compared(
    bench: Bench, without_qt: dict[str, str]
) -> None:
    one, other = (completed(bench, repo, "low") for repo in ("shop", "till"))
    ended = bench.start("--compare", one.id, other.id, environment=without_qt).ended()

    assert (ended.status, ended.out) == (2, "")
    assert "shop and till are different repositories." in ended.line
