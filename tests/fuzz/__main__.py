"""Runs one target, guided by coverage where atheris can be had, else by chance alone.

`python -m tests.fuzz TARGET --minutes 10`. Atheris is installed by hand (`pip install atheris`).
Without it sound inputs are bent at random. An input that breaks the target, or takes longer than it
should, is printed and kept. Source of the options given to atheris: libFuzzer.
"""

import argparse
import importlib
import importlib.util
import sys
import tempfile
import time
import traceback
from pathlib import Path
from random import Random
from typing import Any

SLOW_S = 2.0
HANGING_S = 20
LARGEST_BYTES = 50_000
_TOKENS = (
    b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"\n", b"\r", b"\0", b"|", b"-", b"+", b"@@",
    b"*", b"`", b"```", b">", b"<", b"![", b"](", b"#", b"    ", b"null", b"NaN", b"1e999", b"-1",
    b"9" * 400, b"\\ud800", b"\\u0000", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xe2\x80\xae",
)  # fmt: skip


def main() -> int:
    """Fuzz the target named."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=None, help="of chance, to see it again")
    given = parser.parse_args()
    if importlib.util.find_spec("atheris") is not None:
        return _guided(given.target, given.minutes)
    return _by_chance(given.target, given.minutes, given.seed)


def _guided(name: str, minutes: float) -> int:
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["heimdall_desktop", "tests.fuzz", "httpx_sse"]):
        targets = importlib.import_module("tests.fuzz.targets")
    with tempfile.TemporaryDirectory(prefix="heimdall-fuzz-") as corpus:
        for number, seed in enumerate(targets.SEEDS[name]):
            Path(corpus, f"seed-{number}").write_bytes(seed)
        options = [
            f"-max_total_time={minutes * 60:.0f}",
            f"-timeout={HANGING_S}",
            f"-artifact_prefix={_kept(name)}-",
            "-print_final_stats=1",
        ]
        atheris.Setup([sys.argv[0], corpus, *options], targets.TARGETS[name])
        atheris.Fuzz()
    return 0


def _by_chance(name: str, minutes: float, seed: int | None) -> int:
    targets = importlib.import_module("tests.fuzz.targets")
    target, corpus = targets.TARGETS[name], list(targets.SEEDS[name])
    seed = Random().randrange(1 << 32) if seed is None else seed
    chance = Random(seed)
    _say(f"{name}: seed {seed}, without atheris")
    until_s, tried = time.monotonic() + minutes * 60, 0
    while time.monotonic() < until_s:
        data = _bent(chance, corpus)
        began_s = time.monotonic()
        try:
            target(data)
        except Exception:  # noqa: BLE001 - that is what is looked for
            return _found(name, data, traceback.format_exc())
        tried += 1
        if time.monotonic() - began_s > SLOW_S:
            return _found(name, data, f"took {time.monotonic() - began_s:.1f} s")
    _say(f"{name}: {tried} inputs")
    return 0


def _bent(chance: Random, corpus: list[bytes]) -> bytes:
    """A sound input with some of its bytes others, gone, doubled, or from another input."""
    data = bytearray(chance.choice(corpus))
    for _ in range(chance.choice((1, 1, 2, 3, 8, 30))):
        place = chance.randrange(len(data) + 1)
        end = place + chance.choice((1, 2, 8, 40, 400))
        match chance.randrange(6):
            case 0:
                data[place:place] = chance.choice(_TOKENS)
            case 1:
                del data[place:end]
            case 2:
                data[place : place + 1] = chance.randbytes(chance.randrange(1, 3))
            case 3:
                data[place:place] = data[place:end] * chance.choice((1, 2, 20, 200))
            case 4:
                other = chance.choice(corpus)
                begin = chance.randrange(len(other) + 1)
                data[place:end] = other[begin : begin + end - place]
            case _:
                data[place:place] = chance.choice(_TOKENS) * chance.choice((2, 50, 2_000))
    return bytes(data[:LARGEST_BYTES])


def _found(name: str, data: bytes, what: str) -> int:
    place = _kept(name)
    place.write_bytes(data)
    _say(f"{what}\n{name}: {len(data)} bytes, kept as {place}: {data[:400]!r}")
    return 1


def _kept(name: str) -> Path:
    """Where an input that breaks the target is kept; with atheris its own words follow."""
    return Path(tempfile.gettempdir(), f"heimdall-fuzz-{name}")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - what it is run for


if __name__ == "__main__":
    sys.exit(main())
