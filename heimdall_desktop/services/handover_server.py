"""Takes what later starts hand over to the open window.

Messages are untrusted, though only processes of the same user reach the socket, and bounded in
length and time.
"""

import asyncio
import logging
import sys
from collections.abc import Callable

import msgspec

from heimdall_desktop.services.single_instance import LONGEST, VERSION, Answer, Claim, Handover

log = logging.getLogger("heimdall.instance")

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
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Begin with those that have waited."""
        listening = self._claim.listening
        if sys.platform != "win32" and listening is not None:
            self._server = await asyncio.start_unix_server(
                self._meet, sock=listening, limit=LONGEST
            )

    def close(self) -> None:
        """Take nothing more."""
        if self._server is not None:
            self._server.close()
        self._claim.stop_listening()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(MESSAGE_S):
                answer = self._answer(await reader.readuntil(b"\n"))
                writer.write(msgspec.json.encode(answer) + b"\n")
                await writer.drain()
        except (OSError, EOFError, asyncio.LimitOverrunError):
            log.warning("a start handed over nothing that could be read")
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
        why_not = self._take(handover)
        return Answer(is_taken=not why_not, why_not=why_not)
