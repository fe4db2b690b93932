"""A client of the X display that watches other programs' windows: their pixels, their pings.

It calls libX11, which Qt's own platform needs too, so nothing more must be installed. A window
manager asks a window whether it still responds by `_NET_WM_PING`; Qt answers from its event loop.
The time to the answer is therefore how long any other event, as a key, would have waited.
Source: freedesktop.org, Extended Window Manager Hints, "_NET_WM_PING".
"""

import ctypes
import select
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, byref, c_char_p, c_int, c_long, c_uint, c_ulong, c_void_p
from functools import cache
from typing import Any

PING_EVERY_S = 0.005
CLIENT_MESSAGE = 33
STRUCTURE_NOTIFY, SUBSTRUCTURE_NOTIFY = 1 << 17, 1 << 19  # Qt sends its answer to the former
Z_PIXMAP, ALL_PLANES = 2, 0xFFFFFFFF


class _Event(ctypes.Structure):
    """A client message; as large as any event."""

    _fields_ = (
        ("type", c_int),
        ("serial", c_ulong),
        ("send_event", c_int),
        ("display", c_void_p),
        ("window", c_ulong),
        ("message_type", c_ulong),
        ("format", c_int),
        ("values", c_long * 5),
        ("rest", c_long * 24),
    )


class _Image(ctypes.Structure):
    """The start of an XImage."""

    _fields_ = (
        ("size", c_int * 2),
        ("xoffset", c_int),
        ("format", c_int),
        ("data", c_void_p),
        ("orders", c_int * 4),
        ("depth", c_int),
        ("bytes_per_line", c_int),
    )


#: A window may vanish at any time; by default, an error ends the process.
_IGNORE = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)(lambda _display, _error: 0)


@cache
def _library() -> Any:
    library = ctypes.CDLL("libX11.so.6")
    library.XOpenDisplay.restype = c_void_p
    library.XDefaultRootWindow.restype = library.XInternAtom.restype = c_ulong
    library.XGetImage.restype = POINTER(_Image)
    library.XSetErrorHandler(_IGNORE)
    return library


class Screen:
    """A connection to a display; for one thread."""

    def __init__(self, name: str) -> None:
        self._x = _library()
        display = self._x.XOpenDisplay(name.encode())
        if not display:
            raise OSError(f"no X display {name}")
        self._display = c_void_p(display)
        self._root = c_ulong(self._x.XDefaultRootWindow(self._display))

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)

    @property
    def is_managed(self) -> bool:
        """Whether a window manager is running."""
        return bool(self._longs("_NET_SUPPORTING_WM_CHECK"))

    def windows(self) -> list[int]:
        """Return the windows that the window manager manages, the oldest first."""
        return self._longs("_NET_CLIENT_LIST")

    def frame(self, window: int) -> tuple[int, int, int, int]:
        """Return where a window is on the screen: x, y, width, height; zeros if it is gone."""
        root, child, x, y = c_ulong(), c_ulong(), c_int(), c_int()
        width, height, border, depth = c_uint(), c_uint(), c_uint(), c_uint()
        self._x.XGetGeometry(
            *(self._display, c_ulong(window), byref(root), byref(x), byref(y)),
            *(byref(width), byref(height), byref(border), byref(depth)),
        )
        self._x.XTranslateCoordinates(
            *(self._display, c_ulong(window), self._root, c_int(0), c_int(0)),
            *(byref(x), byref(y), byref(child)),
        )
        return x.value, y.value, width.value, height.value

    def pixels(self, x: int, y: int, width: int, height: int) -> bytes:
        """Return a part of the screen, four bytes for each pixel; nothing if it is outside."""
        image = self._x.XGetImage(
            *(self._display, self._root, c_int(x), c_int(y), c_uint(width), c_uint(height)),
            *(c_ulong(ALL_PLANES), c_int(Z_PIXMAP)),
        )
        if not image:
            return b""
        pixels = ctypes.string_at(image.contents.data, image.contents.bytes_per_line * height)
        self._x.XDestroyImage(image)
        return pixels

    def pings(self, window: int, stop: threading.Event) -> list[float]:
        """Ping a window every 5 ms until stopped, and return how long each answer took, in seconds.

        Pings without an answer by then count with their age.
        """
        protocols, ping = self._atom("WM_PROTOCOLS"), self._atom("_NET_WM_PING")
        self._x.XSelectInput(
            self._display, self._root, c_long(STRUCTURE_NOTIFY | SUBSTRUCTURE_NOTIFY)
        )
        message = _Event(
            type=CLIENT_MESSAGE, send_event=1, window=window, message_type=protocols, format=32
        )
        message.values[0], message.values[2] = ping, window
        readable = [self._x.XConnectionNumber(self._display)]
        sent: dict[int, float] = {}
        took: list[float] = []
        received, number, next_s = _Event(), 0, time.monotonic()
        while sent or not stop.is_set():
            now_s = time.monotonic()
            if stop.is_set():
                if now_s > next_s + 1.0:
                    break
            elif now_s >= next_s:
                number += 1
                message.values[1] = number
                sent[number] = now_s
                self._x.XSendEvent(self._display, c_ulong(window), 0, c_long(0), byref(message))
                self._x.XFlush(self._display)
                next_s = max(next_s + PING_EVERY_S, now_s)
            select.select(readable, [], [], max(0.0005, min(next_s - time.monotonic(), 0.005)))
            while self._x.XPending(self._display):
                self._x.XNextEvent(self._display, byref(received))
                if received.type == CLIENT_MESSAGE and received.values[0] == ping:
                    sent_s = sent.pop(received.values[1], None)
                    took += [] if sent_s is None else [time.monotonic() - sent_s]
        return took + [time.monotonic() - sent_s for sent_s in sent.values()]

    def _longs(self, name: str) -> list[int]:
        """Return a property of the root window."""
        kind, left, data = c_ulong(), c_ulong(), POINTER(c_ulong)()
        count, width = c_ulong(), c_int()
        found = self._x.XGetWindowProperty(
            *(self._display, self._root, c_ulong(self._atom(name)), c_long(0), c_long(64)),
            *(c_int(0), c_ulong(0), byref(kind), byref(width), byref(count), byref(left)),
            byref(data),
        )
        if found != 0 or not count.value:
            return []
        values = [data[number] for number in range(count.value)]
        self._x.XFree(data)
        return values

    @cache  # noqa: B019 - a screen lives as long as its process
    def _atom(self, name: str) -> int:
        return int(self._x.XInternAtom(self._display, c_char_p(name.encode()), 0))


class Pings:
    """Answers of a window while something else happens."""

    def __init__(self) -> None:
        self.took_s: list[float] = []


@contextmanager
def pinged(display: str, window: int) -> Iterator[Pings]:
    """Ping a window from a thread while the block runs."""
    stop, pings = threading.Event(), Pings()

    def ping() -> None:
        screen = Screen(display)
        pings.took_s = screen.pings(window, stop)
        screen.close()

    thread = threading.Thread(target=ping)
    thread.start()
    try:
        yield pings
    finally:
        stop.set()
        thread.join()
