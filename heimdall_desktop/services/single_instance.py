"""One window for each profile: a lock says whose the profile is, a socket takes later starts.

The lock goes with its process, however that ends, so a socket found under it is a dead one's and is
removed without asking. The socket listens before Qt is loaded: starts that come meanwhile wait in
the queue of the system, and none of them has to load Qt to hand over what it was asked for.

A message is one line of JSON each way. Loads no asyncio, which would take half of such a start.
"""

import contextlib
import logging
import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from heimdall_desktop.services.regular_file import open_regular

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

log = logging.getLogger("heimdall.instance")

VERSION = 1
LONGEST = 256 * 1024  # bytes of a message; 200 links take 25,000
QUEUE = 128  # starts that wait while the first one loads Qt
LONGEST_ADDRESS = 100  # bytes; macOS takes 103, Linux 107


class Handover(Struct, frozen=True, forbid_unknown_fields=True):
    """What a later start asks of the open program.

    Attributes:
        version: of the message.
        server: as given on the command line; None for none.
        allows_http: it may be asked without encryption.
        token: for that server; it is never written down.
        watch: ids and links.
        folders: absolute paths, as the system encodes them.
        is_demo: the recorded scans are to be played.
        speed: how fast.
        theme: the one that is asked for; None for any.
        is_read_only: nothing on a server may be changed.
        activation: lets the window come forward, as the desktop gave it to the start; "" for none.
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
    activation: str = ""

    def __repr__(self) -> str:
        return f"Handover(version={self.version})"


class Answer(Struct, frozen=True):
    """What the open program says to that.

    Attributes:
        version: of the messages it understands.
        is_taken: it does what it was asked for.
        why_not: one sentence; "" where the message could not be understood.
    """

    version: int = VERSION
    is_taken: bool = False
    why_not: str = ""


class Claim:
    """The hold on a profile, until it is closed or the process ends.

    Attributes:
        listening: takes what later starts hand over; None where there is no such socket.
    """

    def __init__(
        self, lock: int | None = None, listening: socket.socket | None = None, place: str = ""
    ) -> None:
        self._lock, self.listening, self._place = lock, listening, place

    def stop_listening(self) -> None:
        """Take nothing more; starts that come now wait for the profile."""
        if self.listening is not None:
            self.listening.close()
            self.listening = None
            with contextlib.suppress(OSError):
                os.unlink(self._place)

    def close(self) -> None:
        """Let the profile go."""
        self.stop_listening()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def claim(folder: Path, *, listens: bool = True) -> Claim | None:
    """Return the hold on a profile; None while another process has it.

    Where no lock can be made, there is none.

    Args:
        folder: of its settings; made if need be.
        listens: later starts may hand over what they are asked for.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = open_regular(folder / "lock", os.O_RDWR | os.O_CREAT)
    except OSError:
        return Claim()
    if not _locked(lock):
        os.close(lock)
        return None
    try:
        listening = _listening(folder) if listens else None
    except OSError as error:  # a file system without sockets
        log.info("no socket for later starts: %s", error.strerror)
        listening = None
    return Claim(lock, listening, str(_socket_place(folder)))


def hand_over(folder: Path, handover: Handover, answer_s: float) -> Answer | None:
    """Ask the open program of a profile; None where it listens no more, or not yet.

    Args:
        folder: of the settings.
        handover: what is asked for.
        answer_s: so long is waited for the answer.

    Raises:
        ValueError: the message is too long.
        TimeoutError: there was no answer in time.
    """
    message = msgspec.json.encode(handover) + b"\n"
    if len(message) > LONGEST:
        raise ValueError
    gives_up_at_s = time.monotonic() + answer_s
    try:
        _require_own(_socket_place(folder).parent)
        with _addressed(folder) as address, _new_socket() as asking:
            asking.settimeout(answer_s)
            asking.connect(address)
            asking.sendall(message)
            return msgspec.json.decode(_line(asking, gives_up_at_s), type=Answer)
    except TimeoutError:
        raise
    except (OSError, msgspec.MsgspecError):
        return None


def _locked(handle: int) -> bool:
    """Whether this process has a lock now, or there are none to be had."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # a file system without locks
        return True
    return True


def _socket_place(folder: Path) -> Path:
    return folder / "instance" / "socket"


def _require_own(folder: Path) -> None:
    """Raise OSError where others may have put the socket, since a token is sent to it."""
    found = os.lstat(folder)
    if sys.platform == "win32" or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise PermissionError


def _new_socket() -> socket.socket:
    """Raise OSError where the system has no such sockets, as Windows for Python."""
    if sys.platform == "win32":
        raise OSError
    return socket.socket(socket.AF_UNIX)


def _listening(folder: Path) -> socket.socket:
    """Return a socket that only this user reaches; to be called under the lock."""
    place = _socket_place(folder)
    place.parent.mkdir(mode=0o700, exist_ok=True)
    place.parent.chmod(0o700)
    place.unlink(missing_ok=True)
    listening = _new_socket()
    try:
        with _addressed(folder) as address:
            listening.bind(address)
        place.chmod(0o600)
        listening.listen(QUEUE)
    except OSError:
        listening.close()
        raise
    return listening


@contextlib.contextmanager
def _addressed(folder: Path) -> Iterator[str]:
    """Give the address of the socket; one that is too long is given by its open folder on Linux."""
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


def _line(asking: socket.socket, gives_up_at_s: float) -> bytes:
    """Return the answer; what there is of it where the connection ends before."""
    line = bytearray()
    while not line.endswith(b"\n") and len(line) < LONGEST:
        asking.settimeout(max(0.001, gives_up_at_s - time.monotonic()))
        part = asking.recv(4096)
        if not part:
            break
        line += part
    return bytes(line)
