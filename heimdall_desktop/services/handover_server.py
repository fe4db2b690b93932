"""Takes what later starts hand over to the open window.

Messages are untrusted, though only processes of the same user reach the socket, and bounded in
length and time.
"""

import asyncio
import logging
import os
import secrets
import sys
from collections.abc import Callable

import msgspec

from heimdall_desktop.secrecy import is_sendable
from heimdall_desktop.services.single_instance import LONGEST, VERSION, Answer, Claim, Handover

log = logging.getLogger("heimdall.instance")

PIPES = r"\\.\pipe\heimdall-desktop-"
LONGEST_ACTIVATION = 512
MESSAGE_S = 5.0  # a start sends its message at once


class HandoverServer:
    """Takes what later starts hand over, for as long as the program is open.

    Args:
        claim: on the profile.
        take: does what is asked for, or returns in one sentence why not; "" where it does.
    """

    def __init__(self, claim: Claim, take: Callable[[Handover], str]) -> None:
        self._claim, self._take = claim, take
        self._close: Callable[[], None] = lambda: None
        self._is_closed = False

    async def start(self) -> None:
        """Begin with those that have waited."""
        if sys.platform == "win32":
            await self._serve_pipe()
        elif (listening := self._claim.listening) is not None:
            server = await asyncio.start_unix_server(self._meet, sock=listening, limit=LONGEST)
            self._close = server.close

    if sys.platform == "win32":

        async def _serve_pipe(self) -> None:
            """Listen at a new pipe; without one a later start says that a window is open."""
            loop, name = asyncio.get_running_loop(), f"{PIPES}{secrets.token_hex(16)}"
            if not isinstance(loop, asyncio.ProactorEventLoop):
                return
            try:
                [server] = await loop.start_serving_pipe(self._protocol, name)
                self._close = server.close
                self._claim.announce(name)
            except OSError as error:
                log.warning("can't open a pipe for later starts: %s", error.strerror)

        def _protocol(self) -> asyncio.StreamReaderProtocol:
            return asyncio.StreamReaderProtocol(asyncio.StreamReader(LONGEST), self._meet)

    def close(self) -> None:
        """Take nothing more; a start that gets no answer waits for the profile."""
        self._is_closed = True
        self._close()
        self._claim.stop_listening()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(MESSAGE_S):
                message = await reader.readuntil(b"\n")
                if not self._is_closed:
                    writer.write(msgspec.json.encode(self._answer(message)) + b"\n")
                    await writer.drain()
        except (OSError, EOFError, asyncio.LimitOverrunError):
            log.warning("couldn't parse a handover")
        finally:
            writer.close()

    def _answer(self, message: bytes) -> Answer:
        try:
            handover = msgspec.json.decode(message, type=Handover)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return Answer()
        activation = handover.activation
        if handover.version != VERSION or len(activation) > LONGEST_ACTIVATION:
            return Answer()
        if not (activation.isascii() and activation.isprintable()):
            return Answer()
        if handover.token is not None and not is_sendable(handover.token):
            return Answer()
        if not all(map(os.path.isabs, handover.folders)):  # relative to the folder of the sender
            return Answer()
        why_not = self._take(handover)
        return Answer(is_taken=not why_not, why_not=why_not)
