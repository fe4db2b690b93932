"""Both commands, and `python -m heimdall_desktop`: reads arguments, loads the rest."""

import builtins
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from heimdall_desktop import secrecy

if TYPE_CHECKING:
    from heimdall_desktop.cli import Options
    from heimdall_desktop.services.single_instance import Claim


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status; print one line if Qt cannot be loaded.

    Args:
        arguments: None for those of the process, which may have to restart (`secrecy`).
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # as of heimdall-desktop-gui on Windows, without a console
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - to the end
    gc.disable()  # nothing loaded is garbage, and the search takes an eighth of the load time
    secrecy.forbid_core_dumps()
    token = secrecy.token_of_own_start() if arguments is None else None
    from heimdall_desktop import cli  # noqa: PLC0415 - needed only from here on

    options = cli.options(arguments, token)
    if options.desktop_entry is not None:
        from heimdall_desktop import desktop_entry  # noqa: PLC0415 - no window needs it

        return desktop_entry.main(is_wanted=options.desktop_entry)
    if options.quits_when_done:
        return _run(options)
    from heimdall_desktop import instance  # noqa: PLC0415 - no --help waits for it

    try:
        claim = instance.claimed(options)
    except instance.NotStarted as refused:
        cli.complain(str(refused))
        if isinstance(refused, instance.ProfileUnusable) and _is_seen(options):
            load_qt()
            from heimdall_desktop import main as window  # noqa: PLC0415 - loads Qt

            window.show_refusal(options, str(refused))
        return cli.BAD_ARGUMENTS
    if claim is None:
        return 0
    with closing(claim):
        return _run(options, claim)


def _is_seen(options: "Options") -> bool:
    """Return whether a person may see the screen: a script or a run that ends itself is alone."""
    from heimdall_desktop import system_libraries  # noqa: PLC0415 - as in main

    is_alone = options.timeout_s is not None or options.screenshot is not None
    is_invisible = os.environ.get("QT_QPA_PLATFORM", "") in ("offscreen", "minimal")
    return system_libraries.has_display() and not (is_alone or is_invisible)


def _run(options: "Options", claim: "Claim | None" = None) -> int:
    """Load what the run needs, and run it; print one line if Qt cannot be loaded."""
    from heimdall_desktop import cli, system_libraries  # noqa: PLC0415 - as in main

    shows_nothing = options.quits_when_done and options.screenshot is None
    shows_nothing = shows_nothing and not options.writes_pdf
    try:
        if options.is_headless or (shows_nothing and not system_libraries.has_display()):
            options = options._replace(is_headless=True)
            from heimdall_desktop import start  # noqa: PLC0415 - loads no Qt

            run = start.run_without_window
        else:
            is_only_pdf = options.writes_pdf and options.screenshot is None
            if is_only_pdf and not system_libraries.has_display():
                os.environ["QT_QPA_PLATFORM"] = "offscreen"  # pages need no screen
            load_qt()
            from heimdall_desktop import main as window  # noqa: PLC0415 - loads Qt

            run = partial(window.main, claim=claim)
    except ImportError as error:
        line = system_libraries.why_no_import(error)
        if line is None:
            raise
        cli.complain(line)
        return cli.BAD_ARGUMENTS
    gc.freeze()
    if options.is_headless:
        gc.enable()  # a window collects garbage itself, see `runtime.collecting_here`
    return run(options)


def load_qt() -> None:
    """Load PySide, and keep it out of later imports.

    WORKAROUND: on behalf of `from __feature__ import`, PySide 6.11 takes part in each import
    statement, and searches the source of every module for its name; Python keeps what was read:
    14 MB, and a sixth of the time of all later imports. No module here switches such a feature on.
    Remove when PySide takes part only once one does.

    Raises:
        ImportError: Qt cannot be loaded; see `system_libraries.why_no_import`.
    """
    import PySide6.QtCore  # noqa: F401, PLC0415 - needed only by runs with a window

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


if __name__ == "__main__":
    sys.exit(main())
