"""Reading what the scanners write."""

import json

import pytest

from heimdall_desktop.local.scanner_findings import (
    BanditReport,
    ReportUnreadable,
    SecretHit,
    files_of_broken_tests,
    read_bandit,
    read_secrets,
)

_RESULT = {
    "filename": "././src/run.py",
    "issue_confidence": "HIGH",
    "issue_cwe": {"id": 78, "link": "https://cwe.mitre.org/data/definitions/78.html"},
    "issue_severity": "HIGH",
    "issue_text": "subprocess call with shell=True identified, security issue.",
    "line_number": 9,
    "line_range": [9, 10, 11],
    "more_info": "https://bandit.example/b602",
    "test_id": "B602",
}


def _read(results: list[object], errors: list[object]) -> BanditReport:
    metrics: dict[str, object] = {"./src/run.py": {}}
    told = {"results": results, "errors": errors, "metrics": metrics}
    return read_bandit(json.dumps(told).encode())


def test_bandit_results_come_in_order_of_place() -> None:
    results: list[object] = [_RESULT, _RESULT | {"line_number": 2, "line_range": [2]}]
    errors: list[object] = [{"filename": "./broken.py", "reason": "syntax error"}]
    report = read_bandit(
        json.dumps({"results": results, "errors": errors, "metrics": {"./src/run.py": {}}}).encode()
    )
    assert [issue.line_start for issue in report.issues] == [2, 9]
    issue = report.issues[1]
    assert (issue.path, issue.line_end, issue.cwe) == ("src/run.py", 11, 78)
    assert (issue.severity, issue.confidence) == ("high", "high")
    assert report.gave_up == {"broken.py": "syntax error"}
    assert report.started == {"src/run.py"}


def test_a_result_without_weakness_or_help_is_read() -> None:
    result = _RESULT | {"issue_cwe": {}, "more_info": None, "line_range": None}
    issue = read_bandit(
        json.dumps({"results": [result], "errors": [], "metrics": {}}).encode()
    ).issues[0]
    assert (issue.cwe, issue.help_url, issue.line_end) == (None, None, 9)


def test_secrets_of_a_line_are_one_hit() -> None:
    results = {
        "./b.env": [{"type": "Secret Keyword", "line_number": 4}],
        "a.env": [
            {"type": "Secret Keyword", "line_number": 2},
            {"type": "Hex High Entropy String", "line_number": 2},
        ],
    }
    assert read_secrets(json.dumps({"results": results}).encode()) == (
        SecretHit("a.env", 2, ("Hex High Entropy String", "Secret Keyword")),
        SecretHit("b.env", 4, ("Secret Keyword",)),
    )


@pytest.mark.parametrize(
    "report",
    [
        b"",
        b"Traceback",
        b"[]",
        b"{}",
        b'{"results": 3, "errors": []}',
        b'{"results": [1]}',
        b"\xff",
    ],
)
def test_anything_else_is_refused(report: bytes) -> None:
    with pytest.raises(ReportUnreadable):
        read_bandit(report)
    with pytest.raises(ReportUnreadable):
        read_secrets(report)


def test_files_on_which_a_test_of_bandit_broke_are_named() -> None:
    complaints = (
        b"[tester]\tERROR\tBandit internal error running: exec_used on file ././0003.py at line 1: "
        b"maximum recursion depth exceededTraceback (most recent call last):\n  ...\n"
        b"[manager]\tERROR\tException occurred when executing tests against ././0001.py.\n"
    )
    assert files_of_broken_tests(complaints) == {"0003.py"}
    assert files_of_broken_tests(b"\xff internal error running: x on file \xff at line") == {
        "\udcff"
    }
    assert files_of_broken_tests(b"") == frozenset()
