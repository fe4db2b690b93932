"""The embedded Heimdall as a process: `python -m heimdall_desktop.local`.

It reads one line of JSON from stdin, `{"email": "…", "password": "…", "recordings": ["ordinary"]}`,
makes that account and a repository for each recording, and writes one line of JSON to stdout,
`{"url": "…", "recordings": [{"name": "…", "repo_id": "…"}]}`. It ends when stdin does, so that it
never outlives the process that started it, or on SIGTERM. The password is in no argument or log.

With `--test-controls` it reads nothing, writes `{"url": "…", "recordings": []}`, and ends on
SIGTERM or SIGINT; accounts and scans are made over HTTP, see `test_controls`.
"""

import argparse
import json
import logging
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

from heimdall_desktop.local.generations import GENERATIONS, PRESENT
from heimdall_desktop.local.server import EmbeddedServer, Front
from heimdall_desktop.local.test_controls import Controls

EXIT_BAD_INPUT = 2
A_WHILE_S = 3600.0
"""Signals interrupt a sleep, however long."""

BY_HAND = """\
by hand, to be ended by Ctrl-C or SIGTERM; the manual of the controls is at /test:
  python -m heimdall_desktop.local --test-controls --port 8080
  curl -d '{"email": "me@example.test", "password": "long enough"}' http://127.0.0.1:8080/test/accounts
  curl -d '{"steps": [{"do": "run_until", "stage": "hunt"}]}' http://127.0.0.1:8080/test/scans
  curl http://127.0.0.1:8080/test
by hand, without controls, to be ended by Ctrl-D:
  python -m heimdall_desktop.local --port 8080
  {"email": "me@example.test", "password": "long enough", "recordings": ["ordinary"]}
"""


@dataclass(frozen=True, slots=True)
class Order:
    """What the first line of stdin asks for."""

    email: str
    password: str
    recordings: tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the server until stdin ends, and return the exit code."""
    options = _options(arguments)
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    logging.basicConfig(level=logging.ERROR, format="heimdall: %(name)s: %(message)s")
    if options.test_controls:
        return _serve_tester(options)
    try:
        order = _order(sys.stdin.buffer.readline())
    except ValueError as error:
        print(f"heimdall: {error}", file=sys.stderr)  # noqa: T201 - the process speaks by its pipes
        return EXIT_BAD_INPUT
    with _server(options) as server:
        print(json.dumps(_set_up(server, order)), flush=True)  # noqa: T201
        while sys.stdin.buffer.readline():
            pass
    return 0


def _serve_tester(options: argparse.Namespace) -> NoReturn:
    """Run the server until a signal ends it."""
    with _server(options, Controls) as server:
        print(json.dumps({"url": server.url, "recordings": []}), flush=True)  # noqa: T201
        while True:
            time.sleep(A_WHILE_S)


def _server(options: argparse.Namespace, front: Front | None = None) -> EmbeddedServer:
    return EmbeddedServer(
        options.folder,
        port=options.port,
        speed=options.speed,
        generation=options.generation,
        revives_cancelled=options.revive_cancelled,
        front=front,
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
        "--test-controls",
        action="store_true",
        help="let anybody on this machine script it under /test",
    )
    return parser.parse_args(arguments)


def _order(line: bytes) -> Order:
    """Read the first line.

    Raises:
        ValueError: it is not what it must be; the message does not repeat it.
    """
    try:
        given = json.loads(line)
        email, password, recordings = given["email"], given["password"], given.get("recordings", [])
    except (ValueError, TypeError, KeyError, AttributeError):
        raise ValueError("the first line of stdin must be JSON with email and password") from None
    if not all(isinstance(text, str) for text in (email, password, *recordings)):
        raise ValueError("email, password and recordings must be strings")
    return Order(email, password, tuple(recordings))


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
    sys.exit(main())
