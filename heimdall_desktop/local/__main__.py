"""The embedded Heimdall as a process: `python -m heimdall_desktop.local`.

It reads one line of JSON from stdin, `{"email": "…", "password": "…", "secret": "…", "recordings":
["ordinary"]}`, creates that account and a repository for each recording, and writes one line of
JSON to stdout, `{"url": "…", "recordings": [{"name": "…", "repo_id": "…"}]}`. A recording that
another one of the list follows also has `scan_id`: that scan has ended, and is an earlier one of
the other's repository. Requests must carry the secret (see `local_server`), and no other account
can be created. Neither it nor the password is in any argument, variable, file or log.

Each following line announces a folder that may be scanned, `{"number": 1, "folder": "file:///…"}`.
The answer is `{"number": 1, "address": "file:///…"}` with the address for creating its repository,
or `{"number": 1, "problem": "…"}`. The process ends when stdin does, so that it never outlives the
process that started it, or on SIGTERM.
"""

import argparse
import json
import logging
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

from heimdall_desktop.local.auth import SECRET_MIN_CHARS
from heimdall_desktop.local.contained import hide_memory
from heimdall_desktop.local.local_server import EmbeddedServer

EXIT_BAD_INPUT = 2

_log = logging.getLogger("heimdall.local.main")

BY_HAND = """\
by hand, to be ended by Ctrl-D; each request needs the secret in X-Heimdall-Run-Secret:
  python -m heimdall_desktop.local --port 8080
  {"email": "me@a.test", "password": "long enough", "secret": "any 32 characters of ASCII or more"}
  {"number": 1, "folder": "file:///the/folder/to/scan"}
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the server until stdin ends, and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m heimdall_desktop.local",
        description="The embedded Heimdall server.",
        epilog=BY_HAND,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--folder", type=Path, help="where the database is; a temporary folder if left out")
    add("--speed", type=float, default=1.0, help="pace of replayed recordings")
    add("--port", type=int, default=0, help="0 for any free one")
    for moved in ("--laboratory", "--test-controls", "--revive-cancelled", "--generation"):
        add(moved, nargs="?", action=_Moved, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    logging.basicConfig(level=logging.ERROR, format="heimdall: %(name)s: %(message)s")
    try:
        email, password, secret, recordings = _order(sys.stdin.buffer.readline())
    except ValueError as error:
        print(f"heimdall: {error}", file=sys.stderr)  # noqa: T201
        return EXIT_BAD_INPUT
    with EmbeddedServer(
        options.folder, port=options.port, speed=options.speed, secret=secret
    ) as server:
        server.add_account(email, password)
        _report({"url": server.url, "recordings": server.add_recordings(recordings, email)})
        while line := sys.stdin.buffer.readline():
            _announce_folder(server, line)
    return 0


class _Moved(argparse.Action):
    """Reports the new place of a moved option."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        message = f"{self.option_strings[0]} is now of the laboratory, in a checkout:"
        parser.exit(EXIT_BAD_INPUT, f"heimdall: {message} python -m tests.lab server\n")


def _order(line: bytes) -> tuple[str, str, str, list[str]]:
    """Read the first line: the account, the secret, the recordings.

    Raises:
        ValueError: it is invalid; the message does not repeat it.
    """
    try:
        given = json.loads(line)
        email, password, recordings = given["email"], given["password"], given.get("recordings", [])
        secret = given["secret"]
    except (ValueError, TypeError, KeyError, AttributeError):
        needed = "email, password and secret"
        raise ValueError(f"the first line of stdin must be JSON with {needed}") from None
    if not all(isinstance(text, str) for text in (email, password, secret, *recordings)):
        raise ValueError("email, password, secret and recordings must be strings")
    if not (secret.isascii() and len(secret) >= SECRET_MIN_CHARS):
        raise ValueError(f"secret must be ASCII, {SECRET_MIN_CHARS} characters or more")
    return email, password, secret, list(recordings)


def _announce_folder(server: EmbeddedServer, line: bytes) -> None:
    try:
        given = json.loads(line)
        number, folder = given["number"], given["folder"]
    except (ValueError, TypeError, KeyError):
        _log.error("a line of stdin doesn't announce a folder")
        return
    try:
        _report({"number": number, "address": server.announce_folder(folder)})
    except (ValueError, TypeError, AttributeError) as error:
        _report({"number": number, "problem": str(error)})


def _report(answer: object) -> None:
    print(json.dumps(answer), flush=True)  # noqa: T201 - the process communicates through its pipes


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """Exit as when stdin ends: everything is closed and removed on the way out, undisturbed."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise SystemExit(0)


if __name__ == "__main__":
    hide_memory()
    sys.exit(main())
