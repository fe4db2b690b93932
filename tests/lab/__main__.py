"""Open the laboratory, in a checkout: `python -m tests.lab` and one of `COMMANDS`."""

import importlib
import sys
from collections.abc import Callable, Sequence

BAD_ARGUMENTS = 2
COMMANDS = ("gallery", "server", "review", "recordings")


def main(arguments: Sequence[str]) -> int:
    """Run a part of the laboratory and return its exit status; `--help` behind it tells more."""
    command, *rest = arguments or ("",)
    if command not in COMMANDS:
        sys.stderr.write(f"python -m tests.lab: one of {', '.join(COMMANDS)} is needed\n")
        return BAD_ARGUMENTS
    run: Callable[[Sequence[str]], int] = importlib.import_module(f"tests.lab.{command}").main
    return run(rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
