"""Reports of bandit and detect-secrets, and the findings made of them."""

import json
from pathlib import Path

import pytest

from heimdall_desktop.local import scanner_findings
from heimdall_desktop.local.quoted_source import Fingerprints, QuotedSource
from heimdall_desktop.local.rows import NewFinding
from heimdall_desktop.local.source_tree import SourceFolder

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


def _read(*results: object, errors: object = ()) -> scanner_findings.BanditReport:
    reported = {"results": results, "errors": errors, "metrics": {"./src/run.py": {}}}
    return scanner_findings.read_bandit(json.dumps(reported).encode())


def test_bandit_results_come_in_order_of_place() -> None:
    errors = [{"filename": "./broken.py", "reason": "syntax error"}]
    report = _read(_RESULT, _RESULT | {"line_number": 2, "line_range": [2]}, errors=errors)
    assert [issue.line_start for issue in report.issues] == [2, 9]
    issue = report.issues[1]
    assert (issue.path, issue.line_end, issue.cwe) == ("src/run.py", 11, 78)
    assert (issue.severity, issue.confidence) == ("high", "high")
    assert report.gave_up == {"broken.py": "syntax error"}
    assert report.started == {"src/run.py"}


def test_a_result_without_weakness_or_help_is_read() -> None:
    result = _RESULT | {"issue_cwe": {}, "more_info": None, "line_range": None}
    [issue] = _read(result).issues
    assert (issue.cwe, issue.help_url, issue.line_end) == (None, None, 9)


def test_secrets_of_a_line_are_one_hit() -> None:
    results = {
        "./b.env": [{"type": "Secret Keyword", "line_number": 4}],
        "a.env": [
            {"type": "Secret Keyword", "line_number": 2},
            {"type": "Hex High Entropy String", "line_number": 2},
        ],
    }
    assert scanner_findings.read_secrets(json.dumps({"results": results}).encode()) == (
        scanner_findings.SecretHit("a.env", 2, ("Hex High Entropy String", "Secret Keyword")),
        scanner_findings.SecretHit("b.env", 4, ("Secret Keyword",)),
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
    with pytest.raises(scanner_findings.ReportUnreadable):
        scanner_findings.read_bandit(report)
    with pytest.raises(scanner_findings.ReportUnreadable):
        scanner_findings.read_secrets(report)


def test_files_on_which_a_test_of_bandit_broke_are_named() -> None:
    complaints = (
        b"[tester]\tERROR\tBandit internal error running: exec_used on file ././0003.py at line 1: "
        b"maximum recursion depth exceededTraceback (most recent call last):\n  ...\n"
        b"[manager]\tERROR\tException occurred when executing tests against ././0001.py.\n"
    )
    assert scanner_findings.files_of_broken_tests(complaints) == {"0003.py"}
    assert scanner_findings.files_of_broken_tests(
        b"\xff internal error running: x on file \xff at line"
    ) == {"\udcff"}
    assert scanner_findings.files_of_broken_tests(b"") == frozenset()


def _issue(
    test_id: str = "B324", severity: str = "high", **fields: object
) -> scanner_findings.Issue:
    values: dict[str, object] = {
        "test_id": test_id,
        "severity": severity,
        "confidence": "high",
        "text": "Use of weak MD5 hash for security.",
        "cwe": 327,
        "help_url": "https://bandit.example/b324",
        "path": "a.py",
        "line_start": 2,
        "line_end": 2,
    }
    return scanner_findings.Issue(**(values | fields))  # type: ignore[arg-type]


def _source(root: Path, text: str = "import hashlib\nhashlib.md5(b)\n") -> QuotedSource:
    (root / "a.py").write_text(text)
    return QuotedSource(SourceFolder(root))


def _static(root: Path, issue: scanner_findings.Issue, *text: str) -> NewFinding:
    return scanner_findings.static_finding(issue, _source(root, *text), Fingerprints())


def _secret(root: Path, line: int, text: str, *kinds: str) -> NewFinding:
    hit = scanner_findings.SecretHit("a.py", line, kinds or ("Secret Keyword",))
    return scanner_findings.secret_finding(hit, _source(root, text), Fingerprints())


def _flow(root: Path, text: str, test_id: str, line: int, severity: str) -> NewFinding:
    issue = scanner_findings.Issue(
        test_id, severity, "high", "Text of bandit.", 78, None, "a.py", line, line
    )
    return scanner_findings.taint_finding(issue, _source(root, text))


def test_a_result_becomes_a_finding_of_the_static_stage(tmp_path: Path) -> None:
    finding = _static(tmp_path, _issue())
    assert finding.title == "[CWE-327] Use of weak MD5 hash for security."
    assert (finding.source, finding.cwe_id, finding.file_path) == ("static", "CWE-327", "a.py")
    assert (finding.line_start, finding.line_end) == (2, 2)
    assert finding.code_snippet == "hashlib.md5(b)"
    assert finding.references_json == (
        "https://cwe.mitre.org/data/definitions/327.html",
        "https://bandit.example/b324",
    )
    assert finding.fix_type == "code_change"
    assert finding.fix_summary
    assert len(finding.fingerprint) == 64


@pytest.mark.parametrize(
    ("test_id", "severity", "meant"),
    [
        ("B605", "high", "critical"),
        ("B605", "low", "low"),
        ("B102", "medium", "high"),
        ("B324", "high", "high"),
        ("B101", "low", "low"),
        ("B999", "undefined", "low"),
    ],
)
def test_severities(tmp_path: Path, test_id: str, severity: str, meant: str) -> None:
    assert _static(tmp_path, _issue(test_id, severity)).severity == meant


def test_a_password_that_bandit_quotes_is_not_repeated(tmp_path: Path) -> None:
    source = _source(tmp_path, "\nopen_with = 'sesame'\n")
    source.note_secret("a.py", 2)
    issue = _issue("B105", text="Possible hardcoded password: 'sesame'")
    finding = scanner_findings.static_finding(issue, source, Fingerprints())
    assert "sesame" not in repr(finding)


def test_missing_fields_of_bandit_stay_empty(tmp_path: Path) -> None:
    issue = _issue("B999", cwe=None, help_url=None, confidence="undefined", path="odd\udcff.py")
    finding = _static(tmp_path, issue)
    assert finding.title.startswith("[B999] ")
    assert (finding.cwe_id, finding.references_json, finding.confidence) == (None, (), "medium")
    assert finding.file_path == "odd\\xff.py"
    assert finding.fix_type == "manual_review"


@pytest.mark.parametrize(
    ("comment", "is_silenced"),
    [
        ("# nosec", True),
        ("#nosec: reviewed", True),
        ("# nosec B324", True),
        ("# nosec B101, hashlib", True),
        ("# nosec B101", False),
        ("# no section", False),
        ("", False),
    ],
)
def test_a_nosec_comment_is_mentioned_and_hides_nothing(
    tmp_path: Path, comment: str, *, is_silenced: bool
) -> None:
    text = f"import hashlib\nhashlib.md5(b)  {comment}\n"
    reported = _static(tmp_path, _issue(test_name="hashlib"), text).description or ""
    assert ("Silenced in the code" in reported) is is_silenced


@pytest.mark.parametrize(
    ("lines", "source"),
    [
        (["x = request.args['q']", "y = 1", "eval(x)"], scanner_findings.Source("UserInput", 1)),
        (["def f(x):", "    eval(x)"], scanner_findings.Source("FunctionArgument", 1)),
        (
            ["x = request.args['q']", "def f(x):", "    eval(x)"],
            scanner_findings.Source("FunctionArgument", 2),
        ),
        (
            ["body = requests.get(url).text", "eval(body)"],
            scanner_findings.Source("NetworkInput", 1),
        ),
        (["name = os.environ['NAME']", "eval(name)"], scanner_findings.Source("Environment", 1)),
        (["text = path.read_text()", "eval(text)"], scanner_findings.Source("FileContent", 1)),
        (["eval(input())"], scanner_findings.Source("UserInput", 1)),
        (["x = 1", "eval(x)"], scanner_findings.Source("ModuleValue", 2)),
        ([], scanner_findings.Source("ModuleValue", 1)),
    ],
)
def test_the_nearest_read_in_the_same_function_is_the_source(
    lines: list[str], source: scanner_findings.Source
) -> None:
    assert scanner_findings.find_source(lines, max(1, len(lines))) == source


def test_a_flow_names_both_ends(tmp_path: Path) -> None:
    finding = _flow(tmp_path, "cmd = input()\nimport x\nrun(cmd, shell=True)\n", "B602", 3, "high")
    assert finding.title == "Taint flow: UserInput → Command in a.py"
    assert (finding.line_start, finding.line_end) == (1, 3)
    assert finding.fingerprint == "taint-a.py-1-3"
    assert (finding.severity, finding.confidence) == ("critical", "medium")
    assert finding.code_snippet == "cmd = input()\nimport x\nrun(cmd, shell=True)"


def test_distant_ends_are_quoted_apart(tmp_path: Path) -> None:
    lines = ["def f(cmd):", *["    pass"] * 20, "    run(cmd, shell=True)"]
    finding = _flow(tmp_path, "\n".join(lines), "B602", 22, "medium")
    assert finding.code_snippet
    assert finding.code_snippet.startswith("def f(cmd):\n…\n")
    assert finding.code_snippet.endswith("shell=True)")


@pytest.mark.parametrize(
    ("test_id", "severity", "line", "meant"),
    [
        ("B602", "high", "run(x, shell=True)", "critical"),
        ("B602", "low", "run('ls', shell=True)", "low"),
        ("B307", "medium", "eval(input())", "critical"),
        ("B307", "medium", "eval(x)", "medium"),
        ("B301", "medium", "loads(sock.recv(9))", "high"),
        ("B608", "medium", "execute(q)", "medium"),
        ("B506", "odd", "load(x)", "medium"),
    ],
)
def test_severities_of_flows(
    tmp_path: Path, test_id: str, severity: str, line: str, meant: str
) -> None:
    assert _flow(tmp_path, line, test_id, 1, severity).severity == meant


def test_the_static_stage_leaves_out_every_sink() -> None:
    assert set(scanner_findings.SINKS) == {"B301", "B307", "B506", "B602", "B608"}


def test_the_value_is_in_no_field(tmp_path: Path) -> None:
    finding = _secret(tmp_path, 3, "# database\nHOST=db\nDB_PASSWORD=hunter2x\nAFTER=1\n")
    assert finding.title == scanner_findings.SECRET_TITLE
    assert finding.code_snippet == "DB_PASSWORD=********"
    assert (finding.cwe_id, finding.confidence, finding.line_start) == ("CWE-798", "medium", 3)
    assert "hunter2x" not in repr(finding)


@pytest.mark.parametrize(
    ("kinds", "severity"),
    [
        (("Private Key",), "critical"),
        (("AWS Access Key", "Secret Keyword"), "high"),
        (("Basic Auth Credentials",), "medium"),
        (("Hex High Entropy String",), "low"),
    ],
)
def test_the_worst_kind_decides(tmp_path: Path, kinds: tuple[str, ...], severity: str) -> None:
    assert _secret(tmp_path, 1, "x", *kinds).severity == severity


@pytest.mark.parametrize(
    ("before", "line", "is_silenced"),
    [
        ("", "pin = 'x'  # pragma: allowlist secret", True),
        ("", "pin = 'x'  // pragma: whitelist secret", True),
        ("", "pin = 'x'  # pragma: no cover", False),
        ("# pragma: allowlist nextline secret", "pin = 'x'", True),
        ("# pragma: allowlist nextline secret\npin = 'x'", "pin = 'y'", False),
    ],
)
def test_an_allowlist_comment_is_mentioned_and_hides_nothing(
    tmp_path: Path, before: str, line: str, *, is_silenced: bool
) -> None:
    text = f"{before}\n{line}\n"
    reported = _secret(tmp_path, text.count("\n"), text).description or ""
    assert ("Silenced in the code" in reported) is is_silenced
