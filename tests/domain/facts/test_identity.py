"""Ids of one server or scan never stand for those of another."""

from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.server import Identities, ServerUrl, id_on_server, is_about

ONE, OTHER = ServerUrl("https://one.example"), ServerUrl("https://other.example")
SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
FINDING = FindingId("c5b6a0c2-7d2e-4c0b-8f1a-90d1e2f3a4b5")


def test_a_scan_is_called_as_its_server_calls_it() -> None:
    identities = Identities()
    assert identities.claim_scan(ONE, SCAN) == SCAN
    assert identities.claim_scan(ONE, SCAN) == SCAN
    assert id_on_server(SCAN) == SCAN


def test_the_second_server_with_an_id_gets_another_one() -> None:
    identities = Identities()
    identities.claim_scan(ONE, SCAN)
    second = identities.claim_scan(OTHER, SCAN)
    assert second != SCAN
    assert id_on_server(second) == SCAN
    assert identities.claim_scan(OTHER, second) == identities.scan_id(OTHER, SCAN) == second
    assert identities.scan_id(ONE, SCAN) == SCAN


def test_to_ask_what_a_scan_would_be_called_takes_nothing() -> None:
    identities = Identities()
    assert identities.scan_id(OTHER, SCAN) == SCAN
    assert identities.claim_scan(ONE, SCAN) == SCAN


def test_one_keeps_the_id_it_had_in_an_earlier_session() -> None:
    identities = Identities()
    identities.recall_scan(OTHER, ScanId(f"{SCAN}@{OTHER}"))
    assert identities.claim_scan(OTHER, SCAN) == f"{SCAN}@{OTHER}"
    assert identities.claim_scan(ONE, SCAN) == SCAN


def test_findings_of_two_scans_never_have_one_id() -> None:
    identities = Identities()
    first, second = ScanId("scan-1"), ScanId("scan-2")
    assert identities.claim_finding(first, FINDING) == FINDING
    other = identities.claim_finding(second, FINDING)
    assert other != FINDING
    assert id_on_server(other) == FINDING
    assert identities.claim_finding(second, FINDING) == other
    assert identities.claim_finding(first, FINDING) == FINDING


def test_a_finding_keeps_its_id_when_the_other_one_is_gone() -> None:
    identities = Identities()
    first, second = ScanId("scan-1"), ScanId("scan-2")
    identities.claim_finding(first, FINDING)
    other = identities.claim_finding(second, FINDING)
    identities.let_go(FINDING)
    assert identities.claim_finding(second, FINDING) == other
    assert identities.claim_finding(ScanId("scan-3"), FINDING) == FINDING


def test_nothing_is_gained_by_guessing_what_another_one_will_be_called() -> None:
    identities = Identities()
    guessing, guessed = ScanId("scan-b"), ScanId("scan-a")
    identities.claim_finding(guessing, FINDING)
    identities.claim_finding(guessing, FindingId(f"{FINDING}@{guessed}"))
    mine = identities.claim_finding(guessed, FINDING)
    assert id_on_server(mine) == FINDING
    assert identities.claim_finding(guessing, FINDING) == FINDING
    assert identities.claim_finding(guessed, FINDING) == mine


def test_an_answer_that_names_nothing_is_about_what_was_asked_for() -> None:
    known = f"{SCAN}@{OTHER}"
    assert is_about("", known)
    assert is_about(SCAN.upper(), known)
    assert not is_about(FINDING, known)
