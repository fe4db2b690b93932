"""Runs one target under atheris, which needs Python 3.12 or 3.13 and is installed by hand.

Source of its options: libFuzzer, "-max_total_time", "-max_len".
"""

import importlib
import sys
import tempfile
from pathlib import Path
from typing import Any


def main() -> None:
    """Fuzz the target named first; what follows goes to libFuzzer."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["heimdall_desktop", "tests.fuzz", "httpx_sse"]):
        targets = importlib.import_module("tests.fuzz.targets")
    name = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="heimdall-fuzz-") as corpus:
        for number, seed in enumerate(targets.SEEDS[name]):
            Path(corpus, f"seed-{number}").write_bytes(seed)
        atheris.Setup([sys.argv[0], corpus, *sys.argv[2:]], targets.TARGETS[name])
        atheris.Fuzz()


main()
