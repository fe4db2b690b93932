"""Fingerprints are shared, or somebody is alone with one."""

from collections.abc import Sequence

from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.table.fingerprints import Fingerprints
from heimdall_desktop.domain.table.together import Together
from tests.fakes.findings import finding_id, make_finding


def put_together(prints: Fingerprints, rows: Sequence[Finding]) -> Together:
    work = prints.put_together(rows)
    while True:
        try:
            next(work)
        except StopIteration as end:
            together: Together = end.value
            return together


def test_only_what_several_have_is_a_key() -> None:
    prints = Fingerprints()
    one, two, other = (make_finding(n, fingerprint="ab"[n // 2]) for n in range(3))
    none = make_finding(9, fingerprint="")
    found = put_together(prints, [one, two, other, none])
    assert list(found.items()) == [("a", [one, two]), (None, [other]), ("", [none])]
    assert [prints.key(finding) for finding in (one, other, none)] == ["a", None, ""]
    assert (prints.alone("b"), prints.alone("a"), prints.alone("")) == (finding_id(2), None, None)


def test_whoever_is_alone_stands_together() -> None:
    one, two = (make_finding(n, fingerprint="ab"[n]) for n in range(2))
    assert put_together(Fingerprints(), [two, one]) == {None: [two, one]}
    assert put_together(Fingerprints(), []) == {}


def test_who_is_left_is_alone_again() -> None:
    prints = Fingerprints()
    finding = make_finding(1, fingerprint="a")
    prints.be_alone(finding)
    prints.share("a")
    assert (prints.key(finding), prints.alone("a")) == ("a", None)
    prints.be_alone(finding)
    assert (prints.key(finding), prints.alone("a")) == (None, finding.id)
    prints.leave(finding)
    assert prints.alone("a") is None
