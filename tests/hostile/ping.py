"""Asks a program's window from outside whether it is alive, as a window manager does.

Source: Extended Window Manager Hints, _NET_WM_PING: the window sends the message back to the root
window once its event loop gets to it.
"""

import ctypes
import ctypes.util
import select
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

PING_S = 0.02
PATIENCE_S = 120.0
_CLIENT_MESSAGE = 33
_NOTIFY = 1 << 17 | 1 << 19  # StructureNotifyMask, to which Qt answers, SubstructureNotifyMask


_HANDLER = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_ignore_error = _HANDLER(lambda _display, _error: 0)  # Xlib would end us when the window has gone


class _Message(ctypes.Structure):
    """XClientMessageEvent of Xlib, padded to the size of an XEvent."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("padding", ctypes.c_long * 24),
    )


class Pinged:
    """One window that is asked again and again; use `pinged` to make it."""

    def __init__(self, xlib: ctypes.CDLL, display: ctypes.c_void_p, window: int) -> None:
        self._x, self._display, self._window = xlib, display, window
        self._root = ctypes.c_ulong(xlib.XDefaultRootWindow(display))
        self._protocols = xlib.XInternAtom(display, b"WM_PROTOCOLS", 0)
        self._ping = xlib.XInternAtom(display, b"_NET_WM_PING", 0)
        self._number = 0
        xlib.XSelectInput(display, self._root, ctypes.c_long(_NOTIFY))

    def latency_s(self) -> float:
        """How long the window took to answer; `PATIENCE_S` if it has not by then."""
        self._number += 1
        asked = _Message(type=_CLIENT_MESSAGE, window=self._window, format=32)
        asked.message_type = self._protocols
        asked.data[0], asked.data[1], asked.data[2] = self._ping, self._number, self._window
        began_s = time.monotonic()
        self._x.XSendEvent(
            self._display, ctypes.c_ulong(self._window), 0, ctypes.c_long(0), ctypes.byref(asked)
        )
        self._x.XFlush(self._display)
        while (left_s := began_s + PATIENCE_S - time.monotonic()) > 0:
            while self._x.XPending(self._display):
                reported = _Message()
                self._x.XNextEvent(self._display, ctypes.byref(reported))
                if reported.type == _CLIENT_MESSAGE and reported.data[1] == self._number:
                    return time.monotonic() - began_s
            select.select([self._x.XConnectionNumber(self._display)], [], [], left_s)
        return PATIENCE_S


@contextmanager
def pinged(pid: int, desktop: Mapping[str, str]) -> Iterator[Pinged]:
    """Find the window of a program, once it shows one.

    Raises:
        subprocess.CalledProcessError: it shows none.
    """
    command = ["xdotool", "search", "--sync", "--onlyvisible", "--pid", str(pid)]
    found = subprocess.run(
        command, capture_output=True, text=True, check=True, env=dict(desktop), timeout=PATIENCE_S
    )
    xlib = ctypes.CDLL(ctypes.util.find_library("X11"))
    xlib.XSetErrorHandler(_ignore_error)
    xlib.XOpenDisplay.restype = ctypes.c_void_p
    for name in ("XDefaultRootWindow", "XInternAtom"):
        getattr(xlib, name).restype = ctypes.c_ulong
    display = ctypes.c_void_p(xlib.XOpenDisplay(desktop["DISPLAY"].encode()))
    try:
        yield Pinged(xlib, display, int(found.stdout.split()[0]))
    finally:
        xlib.XCloseDisplay(display)
