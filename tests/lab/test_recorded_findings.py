"""Findings made from the catalogue."""

from tests.lab.recorded_findings import read_cases, read_packages, recorded_findings, with_noun


def test_the_catalogue_makes_the_same_findings_every_time() -> None:
    assert recorded_findings() == recorded_findings()


def test_copies_and_packages_can_be_limited() -> None:
    few = recorded_findings(most_copies=1, most_packages=2)
    cases = sum(len(read_cases(name)) for name in ("ai", "static", "config"))
    assert len(few) == cases + 2


def test_other_nouns_make_another_repository_of_the_same_size() -> None:
    paths, others = (
        [one.finding.file_path for one in recorded_findings(most_copies=1, first_noun=first)]
        for first in (0, 4)
    )
    assert len(paths) == len(others)
    assert sum(map(str.__eq__, paths, others)) < len(paths) / 2


def test_the_words_of_a_case_are_those_of_the_contract() -> None:
    for recorded in recorded_findings():
        finding = recorded.finding
        assert finding.fix_type in {
            "code_change",
            "dependency_upgrade",
            "config_change",
            "manual_review",
        }
        assert finding.confidence in {"high", "medium", "low"}
        assert finding.references_json
        assert finding.description
        if finding.source == "dependencies":
            coordinates = finding.manifest_coordinates_json or {}
            assert str(coordinates["advisory_id"]) in finding.title
            assert bool(coordinates["fixed_versions"]) is (finding.fix_type != "manual_review")


def test_a_diff_starts_at_the_line_of_its_finding() -> None:
    recorded = next(one for one in recorded_findings() if one.diff and one.stage == "hunt")
    assert recorded.diff
    assert f"@@ -{recorded.finding.line_start}," in recorded.diff
    assert recorded.diff.startswith(f"--- a/{recorded.finding.file_path}\n+++ b/")
    assert recorded.diff.endswith("\n")


def test_nouns_are_put_in() -> None:
    assert with_noun("\n<<Noun>>s, <<nouns>>, <<noun>>\n", "order") == "Orders, orders, order"
    assert {package.ecosystem for package in read_packages()} == {"npm", "PyPI", "Go"}
