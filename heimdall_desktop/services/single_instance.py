"""One window for each profile: a lock gives a process the profile, a socket receives later starts.

The lock ends with its process, however that ends. So a socket found by the lock's holder belongs to
a dead process and is removed without a check. The socket listens before Qt is loaded: starts that
come meanwhile wait in the system's queue, and none of them has to load Qt to hand over its request.

Python has no such sockets on Windows. A named pipe replaces them there: only its owner may write to
it. Its name cannot be guessed, and is written to a file once the window listens.

A message is one line of JSON each way. Loads no asyncio, which would take half of such a start.
"""

import asyncio
import contextlib
import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue

import msgspec
from msgspec import Struct

from heimdall_desktop.secrecy import is_sendable
from heimdall_desktop.services.regular_file import open_regular, replace_file

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

log = logging.getLogger("heimdall.instance")

VERSION = 1
LONGEST = 256 * 1024  # bytes of a message; 200 links take 25,000
QUEUE = 128  # starts that wait while the first one loads Qt
LONGEST_ADDRESS = 100  # bytes; macOS allows 103, Linux 107


class Handover(Struct, frozen=True, forbid_unknown_fields=True):
    """The request of a later start to the open program.

    Attributes:
        version: of the message.
        server: as given on the command line; None for none.
        allows_http: requests may be sent to it unencrypted.
        token: for that server; it is never written to a file.
        watch: ids and links.
        folders: absolute paths, as the system encodes them.
        is_demo: play the recorded scans.
        speed: the speed of the demo.
        theme: the requested one; None for any.
        is_read_only: nothing on a server may be changed.
        is_background: leave the window as it is.
        is_wallboard: show the scans on the full screen.
        activation: lets the window come to the front, as the desktop gave it to the start; "" for
            none.
    """

    version: int = VERSION
    server: str | None = None
    allows_http: bool = False
    token: str | None = None
    watch: tuple[str, ...] = ()
    folders: tuple[bytes, ...] = ()
    is_demo: bool = False
    speed: float = 1.0
    theme: str | None = None
    is_read_only: bool = False
    is_background: bool = False
    is_wallboard: bool = False
    activation: str = ""

    def __repr__(self) -> str:
        return f"Handover(version={self.version})"


class Answer(Struct, frozen=True):
    """The open program's answer to a handover.

    Attributes:
        version: of the messages it understands.
        is_taken: it carries out the request.
        why_not: one sentence; "" if it could not read the message.
    """

    version: int = VERSION
    is_taken: bool = False
    why_not: str = ""


class Claim:
    """The lock of a profile, until it is closed or the process ends.

    Attributes:
        listening: receives handovers of later starts; None if there is no such socket.
    """

    def __init__(
        self, lock: int | None = None, listening: socket.socket | None = None, place: str = ""
    ) -> None:
        self._lock, self.listening, self._place = lock, listening, place

    def announce(self, pipe: str) -> None:
        """Publish the pipe that receives handovers to later starts.

        Raises:
            OSError: its name cannot be written.
        """
        if self._place:
            replace_file(Path(self._place), pipe.encode())

    def stop_listening(self) -> None:
        """Stop receiving; new starts wait for the profile from now on."""
        if self.listening is not None:
            self.listening.close()
            self.listening = None
        if self._place:
            with contextlib.suppress(OSError):
                os.unlink(self._place)
            self._place = ""

    def close(self) -> None:
        """Release the profile."""
        self.stop_listening()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def claim(folder: Path, *, listens: bool = True) -> Claim | None:
    """Return the lock of a profile; None while another process has it.

    If no lock can be created, the claim has none.

    Args:
        folder: of its settings; created if necessary.
        listens: whether later starts may hand over their requests.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = open_regular(folder / "lock", os.O_RDWR | os.O_CREAT)
    except OSError:
        return Claim()
    try:
        if sys.platform == "win32":
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        os.close(lock)
        return None
    except OSError:  # a file system without locks
        pass
    if not listens:
        return Claim(lock)
    place = _socket_place(folder)
    try:  # in a folder that is private to this user, without an old socket
        place.parent.mkdir(mode=0o700, exist_ok=True)
        place.parent.chmod(0o700)
        place.unlink(missing_ok=True)
        listening = None if sys.platform == "win32" else _listening(folder)
    except OSError as error:  # a file system without sockets
        log.info("can't open a socket for later starts: %s", error.strerror)
        return Claim(lock)
    return Claim(lock, listening, str(place))


def hand_over(folder: Path, handover: Handover, answer_s: float) -> Answer | None:
    """Send a handover to a profile's open program; None if it no longer or not yet listens.

    Args:
        folder: of the settings.
        handover: the request.
        answer_s: how long to wait for the answer.

    Raises:
        ValueError: the message is too long.
        TimeoutError: there was no answer in time.
    """
    message = msgspec.json.encode(handover) + b"\n"
    if len(message) > LONGEST:
        raise ValueError
    try:
        answer = _ask(folder, message, answer_s)
        return msgspec.json.decode(answer, type=Answer)
    except TimeoutError:
        raise
    except (OSError, ValueError, msgspec.MsgspecError):
        return None


def _socket_place(folder: Path) -> Path:
    return folder / "instance" / "socket"


if sys.platform == "win32":

    def _ask(folder: Path, message: bytes, answer_s: float) -> bytes:
        """Return the answer; b"" for none.

        Raises:
            OSError: no request is possible, or others may have put the name there.
            TimeoutError: there was no answer in time.
        """
        if Path.home() not in folder.parents:
            raise PermissionError
        return ask_by_pipe(_socket_place(folder).read_text("ascii"), message, answer_s)

else:

    def _listening(folder: Path) -> socket.socket:
        """Return a socket that only this user can reach; call it under the lock."""
        listening = socket.socket(socket.AF_UNIX)
        try:
            with _addressed(folder) as address:
                listening.bind(address)
            _socket_place(folder).chmod(0o600)
            listening.listen(QUEUE)
        except OSError:
            listening.close()
            raise
        return listening

    def _ask(folder: Path, message: bytes, answer_s: float) -> bytes:
        """Return the answer; if the connection ends early, the received part.

        Raises:
            OSError: no request is possible, or others may have put the socket there.
            TimeoutError: there was no answer in time.
        """
        found = os.lstat(_socket_place(folder).parent)
        if found.st_uid != os.getuid() or found.st_mode & 0o077:
            raise PermissionError
        gives_up_at_s = time.monotonic() + answer_s
        line = bytearray()
        with _addressed(folder) as address, socket.socket(socket.AF_UNIX) as asking:
            asking.settimeout(answer_s)
            asking.connect(address)
            asking.sendall(message)
            while not line.endswith(b"\n") and len(line) < LONGEST:
                asking.settimeout(max(0.001, gives_up_at_s - time.monotonic()))
                part = asking.recv(4096)
                if not part:
                    break
                line += part
        return bytes(line)

    @contextlib.contextmanager
    def _addressed(folder: Path) -> Iterator[str]:
        """Yield the address of the socket: on Linux by its open folder if it is too long."""
        place, handle = _socket_place(folder), None
        try:
            if len(os.fsencode(place)) <= LONGEST_ADDRESS or sys.platform != "linux":
                yield str(place)
            else:
                handle = os.open(place.parent, os.O_PATH | os.O_DIRECTORY)
                yield f"/proc/self/fd/{handle}/{place.name}"
        finally:
            if handle is not None:
                os.close(handle)


def ask_by_pipe(name: str, message: bytes, answer_s: float) -> bytes:
    """Return the answer of a named pipe of Windows; b"" if it is missing or busy.

    In a thread, since nothing else can abandon a read from a pipe.

    Raises:
        TimeoutError: there was no answer in time.
    """
    answers = SimpleQueue[bytes]()

    def ask() -> None:
        try:
            with open(name, "r+b", buffering=0) as pipe:
                rest = message
                while rest:
                    rest = rest[pipe.write(rest) :]
                answers.put(pipe.readline(LONGEST))
        except OSError:
            answers.put(b"")

    threading.Thread(target=ask, daemon=True).start()
    try:
        return answers.get(timeout=answer_s)
    except Empty:
        raise TimeoutError from None


# Receives the handovers of later starts in the open window.
#
# Messages are untrusted, though only processes of the same user reach the socket. Their length and
# time are limited.


PIPES = r"\\.\pipe\heimdall-desktop-"
LONGEST_ACTIVATION = 512
MESSAGE_S = 5.0  # a start sends its message at once


class HandoverServer:
    """Receives handovers of later starts while the program is open.

    Args:
        claim: on the profile.
        take: carries out a request and returns "", or returns one sentence why not.
    """

    def __init__(self, claim: Claim, take: Callable[[Handover], str]) -> None:
        self._claim, self._take = claim, take
        self._close: Callable[[], None] = lambda: None
        self._is_closed = False

    async def start(self) -> None:
        """Start with the handovers that have waited."""
        if sys.platform == "win32":
            await self._serve_pipe()
        elif (listening := self._claim.listening) is not None:
            server = await asyncio.start_unix_server(self._handle, sock=listening, limit=LONGEST)
            self._close = server.close

    if sys.platform == "win32":

        async def _serve_pipe(self) -> None:
            """Listen at a new pipe; without one a later start reports that a window is open."""
            loop, name = asyncio.get_running_loop(), f"{PIPES}{os.urandom(16).hex()}"
            if not isinstance(loop, asyncio.ProactorEventLoop):
                return
            try:
                [server] = await loop.start_serving_pipe(
                    lambda: asyncio.StreamReaderProtocol(
                        asyncio.StreamReader(LONGEST), self._handle
                    ),
                    name,
                )
                self._close = server.close
                self._claim.announce(name)
            except OSError as error:
                log.warning("can't open a pipe for later starts: %s", error.strerror)

    def close(self) -> None:
        """Stop receiving; a start without an answer waits for the profile."""
        self._is_closed = True
        self._close()
        self._claim.stop_listening()

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
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
