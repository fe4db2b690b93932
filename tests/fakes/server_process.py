"""The embedded server as a process that is killed and started again at the same place."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Self
from urllib.request import Request, urlopen

EMAIL = "analyst@example.test"
PASSWORD = "long enough, and nowhere else"  # noqa: S105 - of an account that lives for one test
ANSWER_LIMIT_S = 30.0


class ServerProcess:
    """Replays a recording, used as a context manager.

    Args:
        folder: its database outlives it there.
        recording: what its repository replays.
        speed: how much faster than recorded, until it is started again.

    Attributes:
        url: where it listens, before and after.
        token: of a session that outlives it too.
    """

    def __init__(self, folder: Path, recording: str, speed: float) -> None:
        self._arguments = ["--folder", str(folder)]
        self.url = self._start(port=0, speed=speed)
        self.token = ""
        account = {"email": EMAIL, "password": PASSWORD}
        self.token = self._answer("POST", "/test/accounts", account)["token"]
        repo = {"name": recording, "owner": EMAIL}
        self._repo_id = self._answer("POST", "/test/recordings", repo)["repo_id"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end(signal.SIGTERM)

    def scan(self) -> str:
        """Start a scan and return its id."""
        return str(self.ask("POST", f"/api/repos/{self._repo_id}/scan")["id"])

    def kill(self) -> None:
        """End it as a machine does that loses its power."""
        self._end(signal.SIGKILL)

    def restart(self, speed: float) -> None:
        """Start it again where it was."""
        assert self._start(int(self.url.rpartition(":")[2]), speed) == self.url

    def status(self, scan_id: str) -> str:
        """The status of a scan."""
        return str(self.ask("GET", f"/api/scans/{scan_id}")["status"])

    def severities(self, scan_id: str) -> dict[str, str]:
        """Severity by id of all findings of a scan that is over."""
        found: dict[str, str] = {}
        page, pages = 0, 1
        while page < pages:
            page += 1
            path = f"/api/scans/{scan_id}/findings?per_page=100&page={page}"
            listed = self.ask("GET", path)
            pages = listed["total_pages"]
            found |= {row["id"]: row["severity"] for row in listed["items"]}
        return found

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """Return the data of an answer."""
        return self._answer(method, path, body)["data"]

    def _answer(self, method: str, path: str, body: object = None) -> Any:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        asked = Request(f"{self.url}{path}", data, headers, method=method)  # noqa: S310 - our own
        with urlopen(asked, timeout=ANSWER_LIMIT_S) as answer:  # noqa: S310
            return json.load(answer)

    def _start(self, port: int, speed: float) -> str:
        place = (*self._arguments, "--port", str(port), "--speed", str(speed))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.lab", "server", *place],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        return str(json.loads(self._process.stdout.readline())["url"])

    def _end(self, number: signal.Signals) -> None:
        self._process.send_signal(number)
        self._process.communicate()
