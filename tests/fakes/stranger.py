"""Another program on this machine that asks a server, as another of the machine's users if told.

It is a process of its own, as only that can be of another user. It reads one line of JSON from
stdin, `{"uid": 65534, "port": 8080, "requests": {"name": "GET / …"}}`, and writes one to stdout:
`{"uid": 65534, "answers": {"name": "HTTP/1.1 401 …"}}`. Bytes are written as Latin-1.
"""

import json
import os
import re
import socket
import sys

from tests.fakes.waiting import WAIT_LIMIT_S

_STATUS = re.compile(r"HTTP/1\.1 (\d{3}) ")


def ask(port: int, request: str) -> str:
    """Send bytes to a server of this machine, and return all that it says until it hangs up."""
    reported = b""
    with socket.socket() as connection:  # not create_connection: another user may lack its modules
        connection.settimeout(WAIT_LIMIT_S)
        connection.connect(("127.0.0.1", port))
        connection.sendall(request.encode("latin-1"))
        while more := connection.recv(65_536):
            reported += more
    return reported.decode("latin-1")


def statuses(answer: str) -> list[int]:
    return [int(status) for status in _STATUS.findall(answer)]


def request(
    method: str, target: str, *headers: str, body: str = "", host: str = "127.0.0.1"
) -> str:
    """Return a request that asks for no more than one answer.

    Args:
        method: GET, POST…
        target: what stands behind it, as it is.
        headers: whole lines.
        body: JSON.
        host: with its port; "" for no such header.
    """
    lines = [f"{method} {target} HTTP/1.1", "connection: close"]
    lines += [f"host: {host}"] if host else []
    lines += ["content-type: application/json", f"content-length: {len(body)}"] if body else []
    return "\r\n".join([*lines, *headers, "", body])


def main() -> None:
    """Become that user, ask everything, and tell the answers."""
    order = json.loads(sys.stdin.readline())
    if order["uid"] != os.getuid():
        os.setgroups([])
        os.setresgid(order["uid"], order["uid"], order["uid"])
        os.setresuid(order["uid"], order["uid"], order["uid"])
    answers = {name: ask(order["port"], text) for name, text in order["requests"].items()}
    sys.stdout.write(json.dumps({"uid": os.getuid(), "answers": answers}))


if __name__ == "__main__":
    main()
