"""What testers send to the controls."""

from types import UnionType
from typing import Any

import pytest

from tests.lab.controls import Fields, objects


@pytest.mark.parametrize(
    ("value", "kind"),
    [(1, int), (1, float), (0.5, float), ("x", str), (True, bool), (None, int | None), ([], list)],
)
def test_values_of_the_right_kind(value: object, kind: "type | UnionType") -> None:
    assert Fields({"it": value}, it=kind).value("it") == value


@pytest.mark.parametrize(
    ("value", "kind"),
    [(True, int), (True, float), (0.5, int), (1, bool), (None, str), ("1", int), ({}, list)],
)
def test_values_of_the_wrong_kind(value: object, kind: "type | UnionType") -> None:
    with pytest.raises(ValueError, match="is of the wrong kind"):
        Fields({"it": value}, it=kind)


@pytest.mark.parametrize("value", [None, [], 7, "x"])
def test_only_objects_have_fields(value: object) -> None:
    with pytest.raises(ValueError, match="expected an object"):
        Fields(value)


def test_unknown_and_missing_keys_are_named() -> None:
    with pytest.raises(ValueError, match="unknown: colour"):
        Fields({"colour": 1}, email=str)
    fields = Fields({}, email=str, wait_s=float, is_silent=bool)
    with pytest.raises(ValueError, match="email is missing"):
        fields.text("email")
    assert fields.text("email", "none") == "none"
    assert fields.number("wait_s", 2) == 2.0
    assert fields.flag("is_silent") is False


@pytest.mark.parametrize(("value", "count"), [({}, 1), ([], 0), ([{}, {}], 2)])
def test_one_or_many(value: Any, count: int) -> None:
    assert len(objects(value)) == count


@pytest.mark.parametrize("value", [None, 7, [7], [{}, None]])
def test_what_is_neither(value: object) -> None:
    with pytest.raises(ValueError, match="list of objects"):
        objects(value)
