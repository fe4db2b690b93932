"""The Qt application and the asyncio loop on it; the only importer of qasync.

Source of the rules: architecture.md "Quitting", "Async generators", architecture.md "qasync" (the
binding qasync picks, its executor).
"""

import asyncio
import gc
import heapq
import logging
import math
import os
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import Context
from pathlib import Path
from typing import Any, TypeVar

from PySide6 import QtCore
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from heimdall_desktop import system_libraries
from heimdall_desktop.services.autostart import DESKTOP_ID, NAME

os.environ["QT_API"] = "pyside6"  # or qasync would follow the user's own variable

import qasync

T = TypeVar("T")

FULL = 2  # the generation of garbage collections that scan everything
LONG_COLLECTION_S = 0.002
COLLECT_MS, REST_MS = 250, 8000  # between collections, and while nothing is due
SPARED_S = 3600.0
WITHOUT_DISPLAY_S = 20.0
M_MMAP_THRESHOLD = -3  # of malloc.h
LARGE_BYTES = 256 << 10  # blocks of memory that go back to the system as soon as they are free

log = logging.getLogger("heimdall.qt")

_LEVELS = {
    QtCore.QtMsgType.QtDebugMsg: logging.DEBUG,
    QtCore.QtMsgType.QtInfoMsg: logging.INFO,
    QtCore.QtMsgType.QtWarningMsg: logging.WARNING,
}


class Application(QApplication):
    """The Qt application; when the system quits it, it reports this and continues.

    Qt would close the windows and stop the loop before everything is saved.

    Attributes:
        on_quit: called when the system wants it to end.
    """

    on_quit: Callable[[], None] = staticmethod(lambda: None)

    def event(self, event: QtCore.QEvent) -> bool:
        if event.type() is not QtCore.QEvent.Type.Quit:
            return super().event(event)
        self.on_quit()  # leaves the end to the main coroutine
        return True

    def show_badge(self, number: int) -> None:
        """Show a number at the icon of the program in dock and taskbar; 0 for none.

        WORKAROUND: Qt 6.11 makes an object path of the name of the application and sends nothing
        if it contains a "-", which no path may have; remove when it does not.
        """
        name = self.applicationName()
        self.blockSignals(True)
        self.setApplicationName(name.replace("-", "_"))
        self.setBadgeNumber(number)
        self.setApplicationName(name)
        self.blockSignals(False)


def make_application(
    version: str, on_no_window: Callable[[str], None] | None = None
) -> Application:
    """Return the Qt application; it never quits automatically, the main coroutine does.

    Qt's messages go into our log: standard error is for the output the user requested.
    `on_no_window` receives the reason why Qt can open no window here; Qt aborts the process when
    it returns.
    """

    def handle_message(
        kind: QtCore.QtMsgType, context: QtCore.QMessageLogContext, text: str
    ) -> None:
        _log_message(kind, context, text)
        if kind == QtCore.QtMsgType.QtFatalMsg and on_no_window is not None:
            plugins = QtCore.QLibraryInfo.path(QtCore.QLibraryInfo.LibraryPath.PluginsPath)
            on_no_window(system_libraries.why_no_window(Path(plugins) / "platforms"))

    QtCore.qInstallMessageHandler(handle_message)
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        QtCore.Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    is_chosen = any(map(os.environ.get, ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR")))
    # Where there is no Wayland, its library would write to standard error.
    platform = [] if is_chosen or sys.platform != "linux" else ["-platform", "xcb"]
    application = Application([*sys.argv[:1], *platform])
    QtCore.qInstallMessageHandler(_log_message)
    application.setApplicationName(NAME)
    application.setApplicationVersion(version)
    application.setDesktopFileName(DESKTOP_ID)  # on Wayland, the id of all windows
    if sys.platform == "win32":  # else the taskbar counts us among the windows of Python
        import ctypes  # noqa: PLC0415 - nothing else needs it here

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(NAME)
    application.setQuitOnLastWindowClosed(False)
    return application


def _log_message(kind: QtCore.QtMsgType, _context: QtCore.QMessageLogContext, text: str) -> None:
    log.log(_LEVELS.get(kind, logging.ERROR), "%s", text)


def run(main: Callable[[], Coroutine[Any, Any, T]], application: QApplication) -> T:
    """Run the main coroutine on the loop of the Qt application and return its result."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - only a window holds so much

        # Else glibc raises this limit by itself, and keeps the holes that growing tables leave:
        # 12 MiB after 100,000 findings.
        with suppress(AttributeError):  # another C library, as of Alpine
            ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
    with ThreadPoolExecutor(4, thread_name_prefix="work") as executor:

        async def prepared() -> T:
            loop = asyncio.get_running_loop()
            loop.set_default_executor(executor)
            close_generators_on_the_loop(loop)
            return await main()

        hooks = sys.get_asyncgen_hooks()
        try:
            with (
                collecting_here(),
                sparing_survivors(),
                asyncio.Runner(loop_factory=lambda: Loop(application)) as runner,
            ):
                return runner.run(prepared())
        finally:
            sys.set_asyncgen_hooks(*hooks)


class Loop(qasync.QEventLoop):  # type: ignore[misc]  # qasync has no types
    """The loop of the window: asyncio's own lists of callbacks, run by one Qt timer.

    It continues without a display until everything is saved: Qt stops it when the display
    disappears, as when a session ends, and then again at each iteration.

    WORKAROUND: qasync 0.28.0 makes a Qt timer for each callback, and keeps that of a cancelled one
    until it is due; and it handles events once more after it has marked the loop as not running,
    so a step of a task there fails with "no running event loop"; remove when it does neither.
    """

    _timer_cancelled_count: int  # of asyncio's own loop, as are `_ready` and `_scheduled`

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._is_turn_due = False
        self._turns = QtCore.QTimer()
        self._turns.setSingleShot(True)
        self._turns.setTimerType(QtCore.Qt.TimerType.PreciseTimer)
        self._turns.timeout.connect(self._turn)

    def call_soon(
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        handle = asyncio.BaseEventLoop.call_soon(self, callback, *args, context=context)
        if not self._is_turn_due:
            self._is_turn_due = True
            self._turns.start(0)
        return handle

    call_later = asyncio.BaseEventLoop.call_later  # which calls `call_at`

    def call_at(
        self,
        when: float,
        callback: Callable[..., object],
        *args: Any,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        handle = asyncio.BaseEventLoop.call_at(self, when, callback, *args, context=context)
        if self._scheduled[0] is handle:
            self._wait()
        return handle

    def _turn(self) -> None:
        """Run the callbacks that are due now; those they add wait for the next turn."""
        if asyncio._get_running_loop() is None:  # qasync handles events after the loop has stopped
            self._turns.start(0)
            return
        self._is_turn_due = False
        waiting, ready = self._scheduled, self._ready
        if 2 * self._timer_cancelled_count > len(waiting):
            waiting[:] = [each for each in waiting if not each.cancelled()]
            heapq.heapify(waiting)
            self._timer_cancelled_count = 0
        now_s = self.time()
        while waiting and waiting[0].when() <= now_s:
            due = heapq.heappop(waiting)
            due._scheduled = False
            self._timer_cancelled_count -= due.cancelled()
            ready.append(due)
        try:
            for _ in range(len(ready)):
                if not ready:  # a nested loop has run them
                    break
                handle = ready.popleft()
                if not handle.cancelled():
                    handle._run()
        finally:
            if ready and not self._is_turn_due:
                self._is_turn_due = True
                self._turns.start(0)
            self._wait()

    def _wait(self) -> None:
        """Let the timer run until the earliest time of a callback, if no turn is due before."""
        if self._scheduled and not self._is_turn_due:
            wait_s = self._scheduled[0].when() - self.time()
            self._turns.start(max(math.ceil(wait_s * 1000), 0))

    def close(self) -> None:
        super().close()
        self._turns.stop()

    def run_until_complete(self, future: Awaitable[T]) -> T:
        """Run until the future is complete and return its result; run no task step after that."""
        gives_up_at_s: float | None = None
        while True:
            try:
                return asyncio.BaseEventLoop.run_until_complete(self, future)
            except RuntimeError:
                now_s = time.monotonic()
                gives_up_at_s = gives_up_at_s or now_s + WITHOUT_DISPLAY_S
                is_by_qt = isinstance(future, asyncio.Future) and not future.done()
                if not is_by_qt or now_s > gives_up_at_s:
                    raise
                if isinstance(self._application, Application):
                    self._application.on_quit()


@contextmanager
def collecting_here() -> Iterator[None]:
    """Collect garbage on this thread only, a few times a second.

    Python collects on whichever thread happens to allocate. A widget in a reference cycle would be
    destroyed there, which Qt forbids: it warns that timers cannot be stopped, and may crash.
    """
    timer = QtCore.QTimer()
    timer.setInterval(COLLECT_MS)

    def collect() -> None:
        has_collected = collect_what_is_due()
        interval_ms = COLLECT_MS if has_collected else min(2 * timer.interval(), REST_MS)
        if interval_ms != timer.interval():
            timer.setInterval(interval_ms)

    timer.timeout.connect(collect)
    was_enabled = gc.isenabled()
    gc.disable()
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        if was_enabled:
            gc.enable()


def collect_what_is_due() -> bool:
    """Collect the oldest generation that is due by Python's own thresholds; return whether any."""
    for generation in (FULL, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return True
    return False


class Survivors:
    """The objects that are exempt from garbage collection.

    Attributes:
        are_spared: Whether there are any; Python counts them one by one.
    """

    are_spared = False

    def spare(self) -> None:
        """Exempt all objects there are now."""
        gc.freeze()
        self.are_spared = True

    def release(self) -> None:
        """Let the next full collection scan everything."""
        gc.unfreeze()
        self.are_spared = False


survivors = Survivors()


@contextmanager
def sparing_survivors() -> Iterator[None]:
    """Exempt objects from garbage collection that exist at the start or survive a long collection.

    100,000 findings block the window for 100 ms each time Python scans all of them for reference
    cycles. They are never part of one, and are still freed when no reference is left. Objects that
    a cycle refers to are not, so from time to time all are scanned again. Collections of young
    objects count too: while findings pour in, ten of them would leave 80 ms of work to the next.
    """
    began_s = 0.0
    spared_from_s = time.perf_counter()

    def look(phase: str, info: dict[str, int]) -> None:
        nonlocal began_s, spared_from_s
        now_s = time.perf_counter()
        if phase == "start":
            began_s = now_s
        elif now_s - spared_from_s > SPARED_S:
            survivors.release()
            spared_from_s = now_s
        elif now_s - began_s > LONG_COLLECTION_S and (
            info["generation"] == FULL or survivors.are_spared  # else all are due for a scan
        ):
            survivors.spare()

    survivors.spare()
    gc.callbacks.append(look)
    try:
        yield
    finally:
        gc.callbacks.remove(look)
        survivors.release()


def close_generators_on_the_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Close async generators that were not finished; qasync 0.28 leaves that undone.

    WORKAROUND: qasync 0.28.0 installs no async-generator hooks, so each stream that is cancelled
    prints "async generator ignored GeneratorExit"; remove when it does.
    """
    closing: set[asyncio.Task[None]] = set()

    def close_soon(generator: AsyncGenerator[object, object]) -> None:
        task = loop.create_task(generator.aclose(), name="close a generator")
        closing.add(task)
        task.add_done_callback(closing.discard)

    def finalize(generator: AsyncGenerator[object, object]) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(close_soon, generator)

    sys.set_asyncgen_hooks(finalizer=finalize)
