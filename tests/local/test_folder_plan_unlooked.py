"""Naming the files that were not scanned: all of a few, the first of many."""

from heimdall_desktop.local.folder_plan import LINES_AT_MOST, NAMES_IN_LINE, not_scanned_lines


def _details(missed: dict[str, str]) -> list[str]:
    return [line.detail or "" for line in not_scanned_lines(missed)]


def test_nothing_is_said_where_all_was_looked_at() -> None:
    assert _details({}) == []


def test_few_files_have_a_line_each_behind_their_number() -> None:
    assert _details({"a.py": "broken"}) == ["1 file was not scanned.", "broken: a.py"]
    assert _details({"a.py": "broken", "b": "gone", "c.py": "broken"}) == [
        "3 files were not scanned.",
        "broken: a.py",
        "broken: c.py",
        "gone: b",
    ]


def test_many_files_share_lines_and_all_are_named() -> None:
    names = [f"{number}.py" for number in range(LINES_AT_MOST * NAMES_IN_LINE)]
    lines = list(not_scanned_lines(dict.fromkeys(names, "dead")))
    assert len(lines) == LINES_AT_MOST + 1
    assert len({line.task_key for line in lines}) == len(lines)
    named = [name for line in lines[1:] for name in (line.detail or "")[6:].split(", ")]
    assert named == names


def test_what_is_not_named_is_counted() -> None:
    count = LINES_AT_MOST * NAMES_IN_LINE + 7
    details = _details(dict.fromkeys(map(str, range(count)), "dead"))
    assert details[-1] == "7 more, which are not named here."
    each_its_own = _details({str(number): f"reason {number}" for number in range(100)})
    assert len(each_its_own) == LINES_AT_MOST + 2
    assert each_its_own[-1] == "60 more, which are not named here."


def test_endless_names_are_cut() -> None:
    details = _details({f"{number}" + "x" * 5000: "dead" for number in range(2000)})
    assert max(map(len, details)) < 5000
    named = sum(detail.count("…") for detail in details)
    assert details[-1] == f"{2000 - named:,} more, which are not named here."
