"""The command heimdall-desktop and `python -m heimdall_desktop`: reads arguments, then loads Qt."""

import sys
from collections.abc import Sequence

from heimdall_desktop import cli, system_libraries


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status; one line says so where Qt cannot be loaded."""
    options = cli.options(arguments)
    try:
        from heimdall_desktop.main import main as run  # noqa: PLC0415 - loads Qt
    except ImportError as error:
        line = system_libraries.why_no_import(error)
        if line is None:
            raise
        cli.complain(line)
        return cli.BAD_ARGUMENTS
    return run(options)


if __name__ == "__main__":
    sys.exit(main())
