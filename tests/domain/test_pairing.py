"""Findings of two scans are paired by code and place, whatever lines, fingerprints and order."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any

import pytest

from heimdall_desktop.domain.facts.finding import (
    NO_CODE,
    Finding,
    FindingId,
    FindingStatus,
    Severity,
    Source,
    code_mark,
    without_long_texts,
)
from heimdall_desktop.domain.facts.reason import Reason
from heimdall_desktop.domain.pairing import (
    Hasher,
    KeptDecision,
    Owner,
    Trace,
    pair_kept,
    pair_rows,
    scan_rows,
)
from heimdall_desktop.local.quoted_source import Fingerprints
from tests.fakes.findings import FOUND_AT, make_finding

NUMBERS = count(1)
KEY = bytes(range(32))
OWNER = Owner("https://heimdall.example", "account", "repo")
HASHER = Hasher(KEY)


def row(path: str = "a.py", code: str | None = "eval(x)", line: int = 1, **fields: Any) -> Finding:
    given = {"source": Source.STATIC, "title": "eval", "cwe_text": "CWE-95"} | fields
    return make_finding(
        next(NUMBERS), file_path=path, code_snippet=code, line_start=line, line_end=line, **given
    )


def paired(
    earlier: list[Finding], later: list[Finding], *, are_whole: bool = True
) -> list[tuple[int | None, bool]]:
    """The number of the earlier row of each later one, and whether that is exact."""
    pairs = pair_rows(scan_rows(earlier), scan_rows(later, is_whole=are_whole))
    numbers = {each.id: number for number, each in enumerate(earlier)}
    return [
        (numbers[pairs[each.id][0].id], pairs[each.id][1]) if each.id in pairs else (None, False)
        for each in later
    ]


def test_the_same_code_in_one_place_is_exact_whatever_line_blanks_and_fingerprint() -> None:
    earlier = [row(line=1, fingerprint="one"), row(code="eval(y)", line=2, fingerprint="two")]
    later = [row(code=" eval( x )\n", line=2, fingerprint="two"), row(code="eval(y)", line=3)]
    assert paired(earlier, later) == [(0, True), (1, True)]
    assert paired(earlier, later, are_whole=False) == [(0, False), (1, False)]


@pytest.mark.parametrize(
    "change", [{"code": "eval(z)"}, {"path": "b.py"}, {"source": Source.CONFIG}], ids=str
)
def test_other_code_or_another_path_or_source_is_not_exact(change: dict[str, Any]) -> None:
    assert paired([row()], [row(**change)]) == [(0, False)]


@pytest.mark.parametrize("change", [{"title": "exec"}, {"cwe_text": "CWE-94"}], ids=str)
def test_another_rule_is_no_pair(change: dict[str, Any]) -> None:
    assert paired([row()], [row(**change)]) == [(None, False)]


def test_repeated_code_is_never_exact() -> None:
    one, two = [row()], [row(line=5), row(line=9)]
    assert paired(one, two) == [(0, False), (None, False)]
    assert paired(two, one) == [(0, False)]
    assert paired(two, [row(line=9), row(line=5)]) == [(1, False), (0, False)], "by line first"


def test_without_code_no_pair_is_exact() -> None:
    for code in (None, "", " \n"):
        assert code_mark(row(code=code)) == NO_CODE
        assert paired([row(code=code)], [row(code=code)]) == [(0, False)]


def test_the_code_of_a_cut_row_is_still_known_by_its_mark() -> None:
    cut = without_long_texts(row(code="eval( x )"))
    assert cut.code_snippet is None
    assert paired([cut], [row()]) == [(0, True)]
    assert paired([cut], [without_long_texts(cut)]) == [(0, True)]
    unknown = row(code=None, is_cut=True)
    assert paired([cut, unknown], [row()]) == [(0, False)], "it may have the same code"


def test_of_dependencies_the_installed_version_counts_too() -> None:
    def dependency(version: str) -> Finding:
        return row(source=Source.DEPENDENCIES, manifest={"installed_version": version})

    assert paired([dependency("1.0")], [dependency("1.0")]) == [(0, True)]
    assert paired([dependency("1.0")], [dependency("1.1")]) == [(0, False)]


def test_the_code_under_another_path_comes_before_other_code_in_its_place() -> None:
    earlier = [row("old.py", "eval(moved)")]
    later = [row("old.py", "eval(new)"), row("new.py", "eval(moved)")]
    assert paired(earlier, later) == [(None, False), (0, False)]


def test_a_title_may_name_the_path() -> None:
    earlier, later = row("a.py", title="flow in a.py"), row("b.py", title="flow in b.py")
    assert paired([earlier], [later]) == [(0, False)]
    assert traces_of([earlier])[earlier.id].code == traces_of([later])[later.id].code


def test_an_undecided_row_takes_its_own_place() -> None:
    earlier = [row(code="eval(a)", status=FindingStatus.DISMISSED), row(code="eval(b)")]
    assert paired(earlier, [row(code="eval(b)")]) == [(1, True)]


# -- edited source trees --

RULES = ("eval", "exec")


@dataclass(frozen=True)
class Line:
    """A line with a finding; `identity` is the line that it descends from."""

    text: str
    rule: str
    identity: int


@dataclass
class Tree:
    """Files with lines, in which a random edit can be made."""

    files: dict[str, list[Line | None]]  # None: a line without a finding
    random: Random

    @classmethod
    def new(cls, seed: int) -> "Tree":
        tree = cls({}, Random(seed))
        for name in range(4):
            tree.files[f"src/m{name}.py"] = [
                tree.line() if tree.random.random() < 0.6 else None for _ in range(12)
            ]
        return tree

    def line(self) -> Line:
        """A new line; some look alike but for a name."""
        number = next(NUMBERS)
        text = f"eval(source[{number}])" if self.random.random() < 0.5 else f"exec(q{number})"
        return Line(text, self.random.choice(RULES), number)

    def edited(self, edits: int) -> "Tree":
        tree = Tree({path: [*lines] for path, lines in self.files.items()}, self.random)
        for _ in range(edits):
            edit = self.random.choice(
                (
                    *(tree.insert, tree.delete, tree.swap, tree.duplicate),
                    *(tree.move, tree.reindent, tree.change, tree.rename),
                )
            )
            edit()
        return tree

    def _place(self) -> tuple[str, int]:
        path = self.random.choice([p for p, lines in self.files.items() if lines])
        return path, self.random.randrange(len(self.files[path]))

    def insert(self) -> None:
        path, at = self._place()
        self.files[path].insert(at, self.random.choice((None, self.line())))

    def delete(self) -> None:
        path, at = self._place()
        if len(self.files[path]) > 1:
            del self.files[path][at]

    def swap(self) -> None:
        path, at = self._place()
        lines, other = self.files[path], self.random.randrange(len(self.files[path]))
        lines[at], lines[other] = lines[other], lines[at]

    def duplicate(self) -> None:
        path, at = self._place()
        lines = self.files[path]
        lines.insert(self.random.randrange(len(lines) + 1), lines[at])

    def move(self) -> None:
        path, at = self._place()
        if len(self.files[path]) > 1:
            line = self.files[path].pop(at)
            to, place = self._place()
            self.files[to].insert(place, line)

    def reindent(self) -> None:
        self._replace(lambda line: replace(line, text=f"    {line.text}"))

    def change(self) -> None:
        self._replace(lambda line: replace(line, text=f"{line.text}  # {next(NUMBERS)}"))

    def _replace(self, change: Callable[[Line], Line]) -> None:
        path, at = self._place()
        line = self.files[path][at]
        self.files[path][at] = None if line is None else change(line)

    def rename(self) -> None:
        path, _ = self._place()
        self.files[f"src/n{next(NUMBERS)}.py"] = self.files.pop(path)

    def scan(self, formula: str) -> tuple[list[Finding], dict[FindingId, int]]:
        """Return the findings of the tree, and which line each descends from."""
        found, identities, fingerprints = [], {}, Fingerprints()
        for path, lines in sorted(self.files.items()):
            for number, line in enumerate(lines, 1):
                if line is None:
                    continue
                if formula == "server":  # rule, path and line number: nothing of the code
                    text = f"{line.rule}|{path}|{number}"
                    fingerprint = hashlib.sha256(text.encode()).hexdigest()
                else:
                    fingerprint = fingerprints.of(line.rule, path, line.text)
                made = row(path, line.text, number, title=line.rule, fingerprint=fingerprint)
                found.append(made)
                identities[made.id] = line.identity
        return found, identities


@pytest.mark.parametrize("formula", ["server", "embedded"])
def test_no_exact_pair_of_edited_trees_is_wrong(formula: str) -> None:
    counts: Counter[str] = Counter()
    for seed in range(150):
        tree = Tree.new(seed)
        earlier, was = tree.scan(formula)
        later, now = tree.edited(1 + seed % 25).scan(formula)
        Random(seed).shuffle(later)
        pairs = pair_rows(scan_rows(earlier), scan_rows(later))
        counts["there before"] += (Counter(was.values()) & Counter(now.values())).total()
        by_print = {each.fingerprint: each for each in earlier}
        for each in later:
            pair = pairs.get(each.id)
            is_true = pair is not None and was[pair[0].id] == now[each.id]
            counts["exact"] += pair is not None and pair[1]
            counts["exact, wrong"] += pair is not None and pair[1] and not is_true
            counts["others"] += pair is not None and not pair[1]
            counts["others, right"] += pair is not None and not pair[1] and is_true
            same_print = by_print.get(each.fingerprint)
            if same_print is not None:
                counts["fingerprint, wrong"] += was[same_print.id] != now[each.id]
    found = counts["exact"] + counts["others, right"]
    there, wrong = counts["there before"], counts["others"] - counts["others, right"]
    shares = f"{counts['exact'] / there:.1%} are certain, {found / there:.1%} are found"
    print(f"\n{formula}: of {there} true pairs {shares}; {wrong} probable ones are wrong")  # noqa: T201
    assert counts["exact, wrong"] == 0
    assert counts["exact"] > 0.5 * there
    assert found > 0.9 * there
    if formula == "server":
        assert counts["fingerprint, wrong"] > 100, "the cases are hard for fingerprints"


# -- kept decisions --


def traces_of(rows: Iterable[Finding]) -> dict[FindingId, Trace]:
    return HASHER.traces(scan_rows(rows))


def kept(of: Finding, among: Iterable[Finding] = (), **fields: Any) -> KeptDecision:
    trace = traces_of([of, *among])[of.id]
    given: dict[str, Any] = {
        "owner": OWNER,
        "finding": HASHER.of("finding", of.id),
        "trace": trace,
        "status": FindingStatus.DISMISSED,
        "severity": None,
        "reason": Reason.TEST_CODE,
        "was": Severity.HIGH,
        "was_proven": False,
        "at": FOUND_AT,
        "scan_at": FOUND_AT,
    }
    return KeptDecision(**given | fields)


def test_hashes_say_nothing_without_the_key_and_are_the_same_with_it() -> None:
    one = HASHER.trace(row(), is_unique=True)
    same = Hasher(KEY).trace(row(line=7), is_unique=True)
    other = Hasher(bytes(32)).trace(row(), is_unique=True)
    assert one == same
    assert {one.place, one.code}.isdisjoint({other.place, other.code})
    assert HASHER.of("a", "bc") != HASHER.of("ab", "c"), "parts do not run together"


def test_kept_decisions_are_paired_like_rows() -> None:
    former = row()
    decision = kept(former)
    rows = [row(line=4), row("b.py", "eval(y)")]
    traces = traces_of(rows)
    assert pair_kept([decision], traces) == {rows[0].id: (decision, True)}
    for later in ([row("moved.py")], [row(code="eval(edited)")]):
        assert pair_kept([decision], traces_of(later)) == {later[0].id: (decision, False)}
    repeated = [row(), row(line=9)]
    assert set(pair_kept([decision], traces_of(repeated)).values()) == {(decision, False)}
    assert kept(former, [row(line=9)]).trace.is_unique is False


def test_of_several_kept_decisions_the_newest_counts() -> None:
    former = row()
    older, newer = kept(former), kept(row(), at=FOUND_AT + timedelta(days=1))
    later = row()
    assert pair_kept([newer, older], traces_of([later])) == {later.id: (newer, True)}


def test_an_ambiguous_kept_decision_is_about_no_row() -> None:
    decision = kept(row(code="eval(gone)"))
    rows = [row(code="eval(a)"), row(code="eval(b)")]
    assert pair_kept([decision], traces_of(rows)) == {}
    confirmed = kept(row(code="eval(gone too)"), status=FindingStatus.CONFIRMED)
    assert pair_kept([decision, confirmed], traces_of(rows)) == {}, "they disagree"
    agreeing = kept(row(code="eval(gone too)"))
    assert len(pair_kept([decision, agreeing], traces_of(rows))) == 2


def test_rows_of_a_scan_that_was_not_read_to_the_end_are_not_known_to_be_unique() -> None:
    [trace] = HASHER.traces(scan_rows([row()], is_whole=False)).values()
    assert trace == Trace(trace.place, trace.code, is_unique=False)
