"""A server that breaks in every way it can think of, and repeats the token each time."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count


class _Echo(BaseHTTPRequestHandler):
    """Answers each request with the next kind of trouble."""

    _numbers = count()

    def do_GET(self) -> None:
        token = self.headers.get("Authorization", "")
        message = f"Cannot serve {token}"
        envelope = json.dumps({"success": False, "error": {"code": 500, "message": message}})
        kinds = (
            (500, "application/json", envelope),
            (502, "text/html", f"<html>{token}</html>"),
            (400, "text/plain", message),
            (302, "text/plain", ""),
            (200, "application/json", f'{{"success": true, "data": "{token}'),
            (200, "application/json", json.dumps({"success": True, "data": {token: token}})),
            (200, "text/event-stream", f"event: error\ndata: {token}\n\n"),
        )
        status, content_type, body = kinds[next(self._numbers) % len(kinds)]
        self.send_response(status, message)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Location", f"/login?next={token.replace(' ', '+')}")
        self.send_header("Set-Cookie", f"heimdall_session={token[7:]}; Path=/")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def echoing_server() -> Iterator[str]:
    """Run one; yields its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Echo) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
