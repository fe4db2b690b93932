"""The embedded Heimdall as a process: `python -m heimdall_desktop.local`.

It reads one line of JSON from stdin, `{"email": "…", "password": "…", "secret": "…", "recordings":
["ordinary"]}`, makes that account and a repository for each recording, and writes one line of JSON
to stdout, `{"url": "…", "recordings": [{"name": "…", "repo_id": "…"}]}`. Requests must carry the
secret (`server` says how), and no other account can be made. Neither it nor the password is in any
argument, variable, file or log.

Each line that follows announces a folder that may be scanned, `{"number": 1, "folder": "file:///…"}`
and is answered by `{"number": 1, "address": "file:///…"}` with the address to make its repository
with, or by `{"number": 1, "problem": "…"}`. It ends when stdin does, so that it never outlives the
process that started it, or on SIGTERM.

With `--laboratory` there is no secret, and any local user may make accounts and scan any folder.
With `--test-controls`, a laboratory too, it reads nothing, writes `{"url": "…", "recordings": []}`,
and ends on SIGTERM or SIGINT; accounts and scans are made over HTTP, see `test_controls`.
"""

import argparse
import json
import logging
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import NoReturn

from heimdall_desktop.local.gate import SECRET_MIN_CHARS
from heimdall_desktop.local.generations import GENERATIONS, PRESENT
from heimdall_desktop.local.private_memory import hide_memory
from heimdall_desktop.local.server import EmbeddedServer, Front
from heimdall_desktop.local.test_controls import Controls

EXIT_BAD_INPUT = 2
A_WHILE_S = 3600.0
"""Signals interrupt a sleep, however long."""

_log = logging.getLogger("heimdall.local.main")

BY_HAND = """\
by hand, to be ended by Ctrl-C or SIGTERM; the manual of the controls is at /test:
  python -m heimdall_desktop.local --test-controls --port 8080
  curl -d '{"email": "me@example.test", "password": "long enough"}' http://127.0.0.1:8080/test/accounts
  curl -d '{"steps": [{"do": "run_until", "stage": "hunt"}]}' http://127.0.0.1:8080/test/scans
  curl http://127.0.0.1:8080/test
by hand, without controls, to be ended by Ctrl-D:
  python -m heimdall_desktop.local --laboratory --port 8080
  {"email": "me@example.test", "password": "long enough", "recordings": ["ordinary"]}
by hand, as the program starts it; each request needs the secret in X-Heimdall-Run-Secret:
  python -m heimdall_desktop.local --port 8080
  {"email": "me@a.test", "password": "long enough", "secret": "any 32 characters of ASCII or more"}
  {"number": 1, "folder": "file:///the/folder/to/scan"}
"""


@dataclass(frozen=True, slots=True)
class Order:
    """What the first line of stdin asks for."""

    email: str
    password: str = field(repr=False)
    recordings: tuple[str, ...]
    secret: str | None = field(repr=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the server until stdin ends, and return the exit code."""
    options = _options(arguments)
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    logging.basicConfig(level=logging.ERROR, format="heimdall: %(name)s: %(message)s")
    if options.test_controls:
        return _serve_tester(options)
    try:
        order = _order(sys.stdin.buffer.readline(), needs_secret=not options.laboratory)
    except ValueError as error:
        print(f"heimdall: {error}", file=sys.stderr)  # noqa: T201
        return EXIT_BAD_INPUT
    with _server(options, secret=order.secret) as server:
        _say(_set_up(server, order))
        while line := sys.stdin.buffer.readline():
            _take_announcement(server, line)
    return 0


def _serve_tester(options: argparse.Namespace) -> NoReturn:
    """Run the server until a signal ends it."""
    with _server(options, Controls) as server:
        _say({"url": server.url, "recordings": []})
        while True:
            time.sleep(A_WHILE_S)


def _say(told: object) -> None:
    print(json.dumps(told), flush=True)  # noqa: T201 - the process speaks by its pipes


def _server(
    options: argparse.Namespace, front: Front | None = None, secret: str | None = None
) -> EmbeddedServer:
    return EmbeddedServer(
        options.folder,
        port=options.port,
        speed=options.speed,
        generation=options.generation,
        revives_cancelled=options.revive_cancelled,
        front=front,
        secret=secret,
    )


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m heimdall_desktop.local",
        description="The embedded Heimdall server.",
        epilog=BY_HAND,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--folder", type=Path, help="where the database stands; a temporary folder if left out"
    )
    parser.add_argument("--speed", type=float, default=1.0, help="pace of replayed recordings")
    parser.add_argument("--port", type=int, default=0, help="0 for any free one")
    parser.add_argument(
        "--generation", choices=GENERATIONS, default=PRESENT, help="which of the servers it is"
    )
    parser.add_argument(
        "--revive-cancelled",
        action="store_true",
        help="let a cancelled scan start again, up to three attempts in all",
    )
    parser.add_argument(
        "--laboratory",
        action="store_true",
        help="need no secret: any local user may make accounts and scan any folder",
    )
    parser.add_argument(
        "--test-controls",
        action="store_true",
        help="a laboratory that any local user can script under /test",
    )
    return parser.parse_args(arguments)


def _order(line: bytes, *, needs_secret: bool) -> Order:
    """Read the first line; a laboratory uses no secret.

    Raises:
        ValueError: it is not what it must be; the message does not repeat it.
    """
    try:
        given = json.loads(line)
        email, password, recordings = given["email"], given["password"], given.get("recordings", [])
        secret = given["secret"] if needs_secret else ""
    except (ValueError, TypeError, KeyError, AttributeError):
        needed = "email, password and secret" if needs_secret else "email and password"
        raise ValueError(f"the first line of stdin must be JSON with {needed}") from None
    if not all(isinstance(text, str) for text in (email, password, secret, *recordings)):
        raise ValueError("email, password, secret and recordings must be strings")
    if needs_secret and not (secret.isascii() and len(secret) >= SECRET_MIN_CHARS):
        raise ValueError(f"secret must be ASCII, {SECRET_MIN_CHARS} characters or more")
    return Order(email, password, tuple(recordings), secret or None)


def _take_announcement(server: EmbeddedServer, line: bytes) -> None:
    try:
        given = json.loads(line)
        number, folder = given["number"], given["folder"]
    except (ValueError, TypeError, KeyError):
        _log.error("a line of stdin announces no folder")
        return
    try:
        _say({"number": number, "address": server.announce_folder(folder)})
    except (ValueError, TypeError, AttributeError) as error:
        _say({"number": number, "problem": str(error)})


def _set_up(server: EmbeddedServer, order: Order) -> dict[str, object]:
    server.add_account(order.email, order.password)
    recordings = [
        {"name": name, "repo_id": server.add_recording_repo(name, order.email)}
        for name in order.recordings
    ]
    return {"url": server.url, "recordings": recordings}


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """End as when stdin ends: everything is closed and removed on the way out, undisturbed."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise SystemExit(0)


if __name__ == "__main__":
    hide_memory()
    sys.exit(main())
