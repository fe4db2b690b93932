"""The command heimdall-desktop and `python -m heimdall_desktop`: reads arguments, then loads Qt."""

import sys
from collections.abc import Sequence

from heimdall_desktop import secrecy


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status; one line says so where Qt cannot be loaded.

    Args:
        arguments: None for those of the process, which may have to begin again (`secrecy`).
    """
    secrecy.forbid_core_dumps()
    token = secrecy.token_of_own_start() if arguments is None else None
    from heimdall_desktop import cli, system_libraries  # noqa: PLC0415 - of use only from here on

    options = cli.options(arguments, token)
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
