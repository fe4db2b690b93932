"""Patches out of JSON."""

import json

import pytest

from heimdall_desktop.domain.facts.errors import WireError
from heimdall_desktop.services.finding_rows import patches
from tests.fakes.slices import at_once

ROW = {
    "id": "p",
    "finding_id": "f",
    "file_path": "x.py",
    "diff_content": "@@ -1 +1 @@",
    "applied": True,
    "created_at": "2026-07-04T09:02:11.310020Z",
}


def body(rows: object) -> bytes:
    return json.dumps({"success": True, "data": rows}).encode()


def test_a_row_is_read_and_odd_ones_are_left_out() -> None:
    (patch,) = at_once(
        patches(body([ROW, ROW | {"id": 7}, {}, None, ROW | {"created_at": "soon"}]))
    )
    assert (patch.id, patch.finding_id, patch.diff, patch.is_applied) == (
        "p",
        "f",
        "@@ -1 +1 @@",
        True,
    )
    assert patch.created_at is not None


def test_what_is_no_list_is_told() -> None:
    with pytest.raises(WireError):
        at_once(patches(body({})))
