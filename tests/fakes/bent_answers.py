"""Answers of a server, bent: bytes flipped, cut, doubled and put in, values put in place of others.

Random bytes hardly ever get past the first brace. What begins as a sound answer does.
"""

import copy
import json
from typing import Any

from hypothesis import strategies as st

_TOKENS = [
    b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"null", b"true", b"NaN", b"-Infinity",
    b"1e999", b"-0", b"9" * 400, b"\\ud800", b"\\u0000", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf",
    b"[" * 3000, b'{"a":' * 3000,
]  # fmt: skip

#: Values that a row should not have.
odd_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.sampled_from(["", "2026-13-40T99:99:99Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59"
                     "-23:59", "2026-07-04T08:00:00.123456789012Z", -1, 2**31, 2**64, 10**400]),
    st.lists(st.none() | st.integers() | st.text(max_size=3), max_size=3),
    st.dictionaries(st.text(max_size=3), st.none() | st.text(max_size=3), max_size=3),
)  # fmt: skip


@st.composite
def bent_bytes(draw: st.DrawFn, body: bytes) -> bytes:
    """A body with a few of its bytes changed."""
    bent = bytearray(body)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(bent)))
        match draw(st.integers(0, 3)):
            case 0:
                bent[place:place] = draw(st.sampled_from(_TOKENS))
            case 1:
                del bent[place : place + draw(st.integers(1, 40))]
            case 2:
                bent[place : place + 1] = draw(st.binary(min_size=1, max_size=2))
            case _:
                end = place + draw(st.integers(1, 60))
                bent[place:place] = bent[place:end]
    return bytes(bent)


@st.composite
def bent_values(draw: st.DrawFn, told: Any) -> bytes:
    """The JSON of a value in which a few parts are others, or missing."""
    bent = {"data": copy.deepcopy(told)}
    for _ in range(draw(st.integers(1, 3))):
        holder: Any = bent
        key: Any = "data"
        while isinstance(holder[key], dict | list) and holder[key] and draw(st.integers(0, 3)):
            holder, places = holder[key], holder[key]
            keys = list(places) if isinstance(places, dict) else range(len(places))
            key = draw(st.sampled_from(keys))
        if draw(st.integers(0, 4)):
            holder[key] = draw(odd_values)
        elif isinstance(holder, dict) and holder is not bent:
            holder[draw(st.text(max_size=4))] = holder.pop(key)
    return json.dumps(bent["data"] if bent.keys() != {"data"} else bent).encode()


def bent(told: Any) -> st.SearchStrategy[bytes]:
    """A bent answer of either kind."""
    whole = json.dumps({"success": True, "data": told}).encode()
    return bent_bytes(whole) | bent_values(told)
