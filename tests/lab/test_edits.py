"""The edit between two scans: its truth, its fingerprints, and what people decided before."""

from collections import Counter

import httpx
import pytest
from unidiff.patch import PatchSet

from heimdall_desktop.domain.facts.reason import Reason, comment_of
from heimdall_desktop.local.rows import NewFinding
from heimdall_desktop.local.steps import recording
from tests.lab.decided_findings import decisions
from tests.lab.edits import Edit, Later, edited
from tests.lab.recorded_findings import fingerprint_of, recorded_findings
from tests.lab.recorded_stages import RecordedRun
from tests.lab.recordings import market
from tests.lab.review import EMAIL, PASSWORD, review_repository
from tests.lab.server import LabServer

MARKET = market()
BEFORE = {one.finding.fingerprint: one.finding for one in MARKET.findings}


def pairs(*edits: Edit) -> list[tuple[NewFinding, NewFinding]]:
    return [
        (BEFORE[each.origin], each.recorded.finding)
        for each in MARKET.later
        if each.origin and MARKET.edits[each.origin] in edits
    ]


def solid(finding: NewFinding) -> str:
    return "".join((finding.code_snippet or "").split())


def place(finding: NewFinding) -> tuple[str, str, str | None, str]:
    return finding.source, finding.file_path, finding.cwe_id, finding.title


def test_each_finding_of_the_earlier_scan_is_once_in_the_later_one_or_gone() -> None:
    origins = Counter(each.origin for each in MARKET.later if each.origin)
    gone = {fingerprint for fingerprint, edit in MARKET.edits.items() if edit is Edit.GONE}
    assert set(origins.values()) == {1}
    assert gone == BEFORE.keys() - origins.keys()
    assert set(MARKET.edits.values()) == set(Edit)
    assert len(MARKET.later) == 305


def test_fingerprints_follow_the_lines_and_some_belong_to_a_neighbour() -> None:
    later = {each.recorded.finding.fingerprint: each for each in MARKET.later}
    assert len(later) == len(MARKET.later)
    for each in MARKET.later:
        assert each.recorded.finding.fingerprint == _by_the_formula(each)
    common = later.keys() & BEFORE.keys()
    lying = [fingerprint for fingerprint in common if later[fingerprint].origin != fingerprint]
    assert len(lying) == 4
    assert len(later) - len(common) > 100, "lines were inserted or deleted above them"


def _by_the_formula(each: Later) -> str:
    finding = each.recorded.finding
    if finding.source == "dependencies":
        known = finding.manifest_coordinates_json or {}
        words = (known["ecosystem"], known["name"], known["advisory_id"], finding.file_path)
        return f"deps-{'-'.join(map(str, words))}".lower()
    rule = finding.title if finding.source == "ai" else each.recorded.task
    span = finding.line_start, finding.line_end
    return fingerprint_of(each.recorded.stage, rule, finding.file_path, *span)


def test_each_kind_of_edit_is_what_it_says() -> None:
    for old, new in pairs(Edit.NONE, Edit.RAISED, Edit.PROVEN, Edit.DUPLICATED, Edit.COPIED_ABOVE):
        assert (place(new), new.code_snippet) == (place(old), old.code_snippet)
    for old, new in pairs(Edit.REFORMATTED):
        assert new.code_snippet != old.code_snippet
        assert (place(new), solid(new)) == (place(old), solid(old))
    for old, new in pairs(Edit.CODE_CHANGED):
        assert place(new) == place(old)
        assert solid(new) != solid(old)
    for old, new in pairs(Edit.FILE_MOVED):
        assert new.file_path != old.file_path
        assert (new.cwe_id, new.title, solid(new)) == (old.cwe_id, old.title, solid(old))
    for old, new in pairs(Edit.OTHER_VERSION):
        versions = [dict(each.manifest_coordinates_json or {}) for each in (old, new)]
        assert len({each["installed_version"] for each in versions}) == 2
        assert new.fingerprint == old.fingerprint
        assert new.title != old.title
    for old, new in pairs(Edit.RAISED):
        assert old.severity != new.severity
    copies = [each for each in MARKET.later if not each.origin]
    doubled = {place(new): solid(new) for _, new in pairs(Edit.DUPLICATED, Edit.COPIED_ABOVE)}
    same = [
        solid(each.recorded.finding) == doubled.get(place(each.recorded.finding)) for each in copies
    ]
    assert Counter(same) == {True: 4, False: 22}, "4 copies above have other code, 18 are new"


def test_patches_that_are_left_fit_their_file_and_line() -> None:
    patches = [each.recorded for each in MARKET.later if each.recorded.diff]
    assert len(patches) > 100
    for recorded in patches:
        ((hunk,),) = (file,) = PatchSet(recorded.diff or "")
        ends = (recorded.finding.line_start, recorded.finding.line_end or 10_000)
        assert file.path == recorded.finding.file_path
        assert hunk.source_start == hunk.target_start == min(ends)


def test_some_are_proven_since_and_vidarr_stays_behind_people() -> None:
    decided = {each.fingerprint for each in recording("edited").decided}
    run = MARKET.run(1, "x", decided, commit="c")
    proven = {e.recorded.finding.fingerprint for e in run.exploits if e.is_confirmed}
    now = {each.recorded.finding.fingerprint: each.origin for each in MARKET.later}
    for _, new in pairs(Edit.PROVEN):
        assert new.fingerprint in proven
    before = {e.recorded.finding.fingerprint for e in MARKET.before.exploits if e.is_confirmed}
    assert {now[each] for each in proven if now[each]} - before == {
        fingerprint for fingerprint, edit in MARKET.edits.items() if edit is Edit.PROVEN
    }
    withdrawn = {
        now[fate.recorded.finding.fingerprint] for fate in run.fates if "status" in fate.changes
    }
    assert not withdrawn & decided & MARKET.withdrawn
    assert withdrawn & decided, "it withdraws some of what people decided"
    assert MARKET.withdrawn - withdrawn - decided, "of what it withdrew before, some is open"


def test_decisions_are_in_order_and_have_comments_that_must_not_count() -> None:
    decided = recording("edited").decided
    assert [each.after_s for each in decided] == sorted(each.after_s for each in decided)
    assert len({each.fingerprint for each in decided}) == 60
    comments = [each for each in decided if each.kind == "comment"]
    forms = tuple(comment_of(reason) for reason in Reason)
    in_form = [each for each in comments if each.text.startswith(forms)]
    assert Counter(each.is_own for each in in_form) == {True: 23, False: 6}
    assert any("[reason: because]" in each.text for each in comments)
    assert {Reason(each.text[9:].split("]")[0]) for each in in_form} == set(Reason)


@pytest.mark.parametrize("seed", ["a", "b"])
def test_another_repository_can_be_edited_and_decided(seed: str) -> None:
    before = RecordedRun(recorded_findings(most_copies=2), 1, seed)
    first, again = (edited(before, seed) for _ in range(2))
    assert first == again
    assert edited(before, f"{seed}?").later != first.later
    assert len({each.fingerprint for each in decisions(first, 90, seed)}) == 90
    with pytest.raises(ValueError, match="can be decided"):
        decisions(first, 1000, seed)


def test_a_repository_with_200_findings_150_decided_is_there_to_review() -> None:
    with LabServer() as server:
        server.add_account(EMAIL, PASSWORD)
        review = review_repository(server, EMAIL)
        headers = {"authorization": f"Bearer {server.new_session(EMAIL)}"}
        with httpx.Client(base_url=server.url, headers=headers, trust_env=False) as client:
            earlier, later = (
                client.get(f"/api/scans/{each}").json()["data"]
                for each in (review.earlier, review.later)
            )
            page = client.get(f"/repos/{review.repo_id}").text
        rows = server.database.findings_of(review.earlier)
        fingerprints = {each.fingerprint for each in review.decided}
        decided = {row.fingerprint for row in rows if server.database.finding_events(row.id)}
    assert (earlier["status"], earlier["finding_count"]) == ("completed", 200)
    assert (later["status"], later["finding_count"]) == ("completed", len(review.scans.later))
    assert page.index(review.later) < page.index(review.earlier)
    assert earlier["completed_at"] < later["created_at"]
    assert len(decided) == 150
    assert decided == fingerprints
