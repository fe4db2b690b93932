"""Flows from a source above to a sink that bandit named."""

from pathlib import Path

import pytest

from heimdall_desktop.local.quoted_source import QuotedSource
from heimdall_desktop.local.scanner_findings import SINKS, Issue, Source, find_source, taint_finding
from heimdall_desktop.local.source_tree import SourceFolder


def _issue(test_id: str, line: int, severity: str = "medium") -> Issue:
    return Issue(test_id, severity, "high", "Text of bandit.", 78, None, "run.py", line, line)


@pytest.mark.parametrize(
    ("lines", "source"),
    [
        (["x = request.args['q']", "y = 1", "eval(x)"], Source("UserInput", 1)),
        (["def f(x):", "    eval(x)"], Source("FunctionArgument", 1)),
        (["x = request.args['q']", "def f(x):", "    eval(x)"], Source("FunctionArgument", 2)),
        (["body = requests.get(url).text", "eval(body)"], Source("NetworkInput", 1)),
        (["name = os.environ['NAME']", "eval(name)"], Source("Environment", 1)),
        (["text = path.read_text()", "eval(text)"], Source("FileContent", 1)),
        (["eval(input())"], Source("UserInput", 1)),
        (["x = 1", "eval(x)"], Source("ModuleValue", 2)),
        ([], Source("ModuleValue", 1)),
    ],
)
def test_the_nearest_read_in_the_same_function_is_the_source(
    lines: list[str], source: Source
) -> None:
    assert find_source(lines, max(1, len(lines))) == source


def test_a_flow_names_both_ends(tmp_path: Path) -> None:
    (tmp_path / "run.py").write_text("cmd = input()\nimport x\nrun(cmd, shell=True)\n")
    finding = taint_finding(_issue("B602", 3, "high"), QuotedSource(SourceFolder(tmp_path)))
    assert finding.title == "Taint flow: UserInput → Command in run.py"
    assert (finding.line_start, finding.line_end) == (1, 3)
    assert finding.fingerprint == "taint-run.py-1-3"
    assert (finding.severity, finding.confidence) == ("critical", "medium")
    assert finding.code_snippet == "cmd = input()\nimport x\nrun(cmd, shell=True)"


def test_distant_ends_are_quoted_apart(tmp_path: Path) -> None:
    lines = ["def f(cmd):", *["    pass"] * 20, "    run(cmd, shell=True)"]
    (tmp_path / "run.py").write_text("\n".join(lines))
    finding = taint_finding(_issue("B602", 22), QuotedSource(SourceFolder(tmp_path)))
    assert finding.code_snippet
    assert finding.code_snippet.startswith("def f(cmd):\n…\n")
    assert finding.code_snippet.endswith("shell=True)")


@pytest.mark.parametrize(
    ("test_id", "said", "line", "meant"),
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
def test_severities(tmp_path: Path, test_id: str, said: str, line: str, meant: str) -> None:
    (tmp_path / "run.py").write_text(line)
    assert (
        taint_finding(_issue(test_id, 1, said), QuotedSource(SourceFolder(tmp_path))).severity
        == meant
    )


def test_every_sink_is_one_that_the_static_stage_leaves_out() -> None:
    assert set(SINKS) == {"B301", "B307", "B506", "B602", "B608"}
