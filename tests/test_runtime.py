"""The Qt application and its loop, each in a process of its own: there is only one of them."""

import os
import subprocess
import sys

import pytest
from jeepney import MatchRule, message_bus
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg

BEGIN = """
import asyncio, gc, logging, os, signal, sys
from heimdall_desktop import runtime, start
application = runtime.make_application("1.2.3")
"""


def ran(script: str, platform: str = "offscreen") -> subprocess.CompletedProcess[str]:
    """Run a script, without a screen by default."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", BEGIN + script],
        env={**os.environ, "QT_QPA_PLATFORM": platform, "QT_API": "pyqt5"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def printed(script: str) -> str:
    """Return what a script prints, with nothing on standard error."""
    done = ran(script)
    assert done.stderr == ""
    return done.stdout


def test_the_main_coroutine_runs_on_the_loop_of_the_application_and_is_answered() -> None:
    script = """
from PySide6.QtCore import QTimer
async def main():
    fired = asyncio.Event()
    QTimer.singleShot(0, fired.set)
    await fired.wait()
    thread = await asyncio.to_thread(lambda: __import__("threading").current_thread().name)
    return application.applicationVersion(), thread
print(runtime.run(main, application))
"""
    assert printed(script) == "('1.2.3', 'work_0')\n"


def test_an_error_of_the_main_coroutine_leaves_it() -> None:
    script = """
async def main():
    raise LookupError("nothing there")
try:
    runtime.run(main, application)
except LookupError as error:
    print(error)
"""
    assert printed(script) == "nothing there\n"


def test_no_step_of_a_task_is_taken_once_the_loop_has_ended() -> None:
    script = """
loops, begun = [], []
async def look():
    while True:
        loops.append(asyncio._get_running_loop())
        await asyncio.sleep(0)
async def main():
    loop = asyncio.get_running_loop()
    ending = asyncio.current_task()
    ending.add_done_callback(lambda _: begun.append(loop.create_task(look())))
runtime.run(main, application)
print(begun[0].cancelled(), None in loops)
"""
    assert printed(script) == "True False\n"


def test_no_step_of_a_task_is_taken_by_events_that_are_handled_outside_the_loop() -> None:
    script = """
loops = []
async def look():
    while True:
        loops.append(asyncio._get_running_loop())
        await asyncio.sleep(0)
async def begin():
    return asyncio.create_task(look())
loop = runtime.Loop(application)
task = loop.run_until_complete(begin())
for _ in range(5):
    application.processEvents()
loop.run_until_complete(asyncio.sleep(0.01))
print(task.done(), None in loops, len(loops) > 2)
task.cancel()
loop.run_until_complete(asyncio.sleep(0.01))
loop.close()
"""
    assert printed(script) == "False False True\n"


def test_unfinished_generators_are_closed_on_the_loop() -> None:
    script = """
closed = []
async def numbers():
    try:
        while True:
            yield 1
    finally:
        await asyncio.sleep(0)
        closed.append(True)
async def read():
    async for _ in numbers():
        await asyncio.Event().wait()
async def main():
    hooks = sys.get_asyncgen_hooks()
    tasks = [asyncio.ensure_future(read()) for _ in range(50)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    tasks.clear()
    gc.collect()
    while len(closed) < 50:
        await asyncio.sleep(0)
    return len(closed)
before = sys.get_asyncgen_hooks()
print(runtime.run(main, application), sys.get_asyncgen_hooks() == before)
"""
    assert printed(script) == "50 True\n"


def quitting(how: str) -> str:
    """Have the system end a main coroutine that puts things in order then."""
    return printed(f"""
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget
async def main():
    ended, by = asyncio.Event(), []
    def end(name=""):
        by.append(name)
        ended.set()
    start.end_by_signal(end)
    application.on_quit = end
    window = QWidget()
    window.show()
    {how}
    async with asyncio.timeout(10):
        await ended.wait()
    await asyncio.sleep(0)
    return "ended in order", by
print(runtime.run(main, application))
""")


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_request_to_end_is_handled(name: str) -> None:
    reported = quitting(f"os.kill(os.getpid(), signal.{name})")
    assert reported == f"('ended in order', ['{name}'])\n"


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signals")
def test_a_closing_terminal_does_not_end_a_program_that_ignores_it() -> None:
    script = """
signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
async def main():
    ended = asyncio.Event()
    def end(name):
        print(name)
        ended.set()
    start.end_by_signal(end)
    os.kill(os.getpid(), signal.SIGHUP)
    os.kill(os.getpid(), signal.SIGTERM)
    await ended.wait()
runtime.run(main, application)
"""
    assert printed(script) == "SIGTERM\n"


@pytest.mark.parametrize(
    "how", ["application.quit()", "application.sendEvent(application, QEvent(QEvent.Type.Quit))"]
)
def test_a_quit_from_the_system_lets_the_main_coroutine_end_in_order(how: str) -> None:
    assert quitting(how) == "('ended in order', [''])\n"


def test_what_qt_says_goes_into_the_log() -> None:
    script = """
from PySide6.QtCore import qWarning
heard = []
class Ear(logging.Handler):
    def emit(self, record):
        heard.append((record.name, record.levelname, record.getMessage()))
logging.getLogger("heimdall.qt").addHandler(Ear())
qWarning("a font is missing")
print(heard)
"""
    assert printed(script) == "[('heimdall.qt', 'WARNING', 'a font is missing')]\n"


def test_the_application_stays_when_its_last_window_is_closed() -> None:
    script = "print(application.quitOnLastWindowClosed(), application.applicationName())"
    assert printed(script) == "False heimdall-desktop\n"


def test_windows_belong_to_the_entry_of_the_sandbox_or_to_the_usual_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On Wayland this is the id of the windows, by which desktops find name and icon."""
    script = "print(application.desktopFileName())"
    assert printed(script) == "heimdall-desktop\n"
    monkeypatch.setenv("FLATPAK_ID", "org.example.Heimdall")
    assert printed(script) == "org.example.Heimdall\n"


def test_docks_receive_the_number_for_the_icon(real_window: dict[str, str]) -> None:
    """Source: Unity Launcher API, com.canonical.Unity.LauncherEntry."""
    rule = MatchRule(type="signal", interface="com.canonical.Unity.LauncherEntry", member="Update")
    address = real_window["DBUS_SESSION_BUS_ADDRESS"]
    with open_dbus_connection(address) as bus, bus.filter(rule) as signals:
        unwrap_msg(bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=10))
        done = ran(
            """
application.show_badge(999)
application.show_badge(0)
print(application.applicationName())
""",
            platform="xcb",
        )
        assert (done.stdout, done.stderr) == ("heimdall-desktop\n", "")
        reported = [bus.recv_until_filtered(signals, timeout=20).body for _ in range(2)]
    entry = "application://heimdall-desktop.desktop"
    shown = {"count": ("x", 999), "count-visible": ("b", True)}
    assert reported == [(entry, shown), (entry, {"count-visible": ("b", False)})]


def test_garbage_is_collected_on_the_thread_of_the_window_only() -> None:
    script = """
import threading, weakref
runtime.COLLECT_MS = 1
class Knot:
    def __init__(self): self.self = self
async def main():
    went, here = asyncio.Event(), threading.current_thread()
    gone = []
    def leave(): gone.append(threading.current_thread() is here); went.set()
    weakref.finalize(Knot(), leave)
    def allocate(): return [[] for _ in range(100_000)]
    await asyncio.to_thread(allocate)
    kept = allocate()
    await went.wait()
    print(gc.isenabled(), gone)
runtime.run(main, application)
print(gc.isenabled())
"""
    assert printed(script) == "False [True]\nTrue\n"


def test_survivors_are_checked_again_after_a_while() -> None:
    script = """
runtime.LONG_COLLECTION_S = 0.0
async def main():
    gc.collect()
    print(gc.get_freeze_count() > 0)
    runtime.LONG_COLLECTION_S, runtime.SPARED_S = 1e9, 0.0
    gc.collect()
    print(gc.get_freeze_count())
runtime.run(main, application)
"""
    assert printed(script) == "True\n0\n"


def test_young_objects_are_spared_after_one_check() -> None:
    script = """
runtime.LONG_COLLECTION_S = 0.0
async def main():
    kept = [[] for _ in range(100_000)]
    gc.collect(0)
    print(gc.get_freeze_count() > len(kept))
    runtime.survivors.release()
    gc.collect(0)
    print(gc.get_freeze_count())
    gc.collect()
    print(gc.get_freeze_count() > len(kept))
runtime.run(main, application)
"""
    assert printed(script) == "True\n0\nTrue\n"


def test_survivors_of_a_long_collection_are_not_checked_again() -> None:
    script = """
runtime.LONG_COLLECTION_S = 0.0
async def main():
    kept = [[] for _ in range(100_000)]
    gc.collect()
    print(gc.get_freeze_count() > len(kept), len(gc.get_objects()) < len(kept))
runtime.run(main, application)
print(gc.get_freeze_count())
"""
    assert printed(script) == "True True\n0\n"


def printed_after_qt(script: str) -> str:
    """Return what a script prints once Qt is loaded as the program loads it."""
    loading = "from heimdall_desktop.__main__ import load_qt\nload_qt()\n"
    command = (sys.executable, "-c", loading + script)
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_sources_of_modules_loaded_after_qt_are_not_read() -> None:
    script = """
import linecache
from heimdall_desktop.widgets.look import theme
print(theme.__name__, *linecache.cache)
"""
    read = printed_after_qt(script)
    assert read.startswith("heimdall_desktop.widgets.look.theme")
    assert "tokens.py" not in read  # which it imports


def test_imports_after_qt_take_no_step_in_python() -> None:
    script = """
import sys
called = []
sys.setprofile(lambda frame, event, _: event == 'call' and called.append(frame.f_code))
import sys
sys.setprofile(None)
print([code.co_name for code in called])
"""
    assert printed_after_qt(script) == "[]\n"


def test_qt_still_names_the_right_arguments_of_a_wrong_call() -> None:
    script = """
from PySide6.QtCore import QSize
try: QSize(1, 2).setWidth('wide')
except TypeError as error: print(error)
"""
    assert "PySide6.QtCore.QSize.setWidth(w: int, /)" in printed_after_qt(script)


def test_callbacks_run_in_order_and_those_of_a_time_not_before_it() -> None:
    script = """
async def main():
    loop, done, began_s = asyncio.get_running_loop(), [], asyncio.get_running_loop().time()
    for wait_s in (0.03, 0.01, 0.02, 0.0):
        loop.call_later(wait_s, lambda wait_s=wait_s: done.append((wait_s, loop.time() - began_s)))
    soon = []
    loop.call_soon(soon.append, 1)
    loop.call_soon(lambda: (soon.append(2), loop.call_soon(soon.append, 4)))
    loop.call_soon(soon.append, 3)
    while len(done) < 4:
        await asyncio.sleep(0.001)
    assert all(at_s >= wait_s for wait_s, at_s in done), done
    return soon, [wait_s for wait_s, _ in done]
print(runtime.run(main, application))
"""
    assert printed(script) == "([1, 2, 3, 4], [0.0, 0.01, 0.02, 0.03])\n"


def test_cancelled_timeouts_leave_nothing_behind() -> None:
    script = """
from PySide6.QtCore import QAbstractEventDispatcher
async def main():
    loop = asyncio.get_running_loop()
    for _ in range(1000):
        async with asyncio.timeout(60):
            await asyncio.sleep(0)
    late = loop.call_later(30, print, "too late")
    async with asyncio.timeout(60):
        await asyncio.sleep(0.001)
    late.cancel()
    await asyncio.sleep(0.001)
    timers = QAbstractEventDispatcher.instance().registeredTimers(loop._turns)
    return len(loop._scheduled), len(timers)
print(runtime.run(main, application))
"""
    left, timers = eval(printed(script))  # noqa: S307 - what the script has just printed
    assert left <= 2
    assert timers <= 1


def test_callbacks_run_in_a_loop_inside_the_loop() -> None:
    script = """
from PySide6.QtCore import QEventLoop, QTimer
async def main():
    loop, seen = asyncio.get_running_loop(), []
    def nest():
        inner = QEventLoop()
        loop.call_soon(seen.append, "soon")
        loop.call_later(0.005, lambda: (seen.append("later"), inner.quit()))
        inner.exec()
        seen.append("back")
    loop.call_soon(nest)
    loop.call_soon(seen.append, "after")
    QTimer.singleShot(5000, application.exit)
    while len(seen) < 4:
        await asyncio.sleep(0.001)
    return seen
print(runtime.run(main, application))
"""
    assert printed(script) == "['after', 'soon', 'later', 'back']\n"


def test_an_error_of_a_callback_stops_no_other() -> None:
    script = """
async def main():
    loop, seen = asyncio.get_running_loop(), []
    loop.set_exception_handler(lambda _, context: seen.append(str(context["exception"])))
    def fail():
        raise LookupError("one")
    loop.call_soon(fail)
    loop.call_soon(seen.append, "two")
    await asyncio.sleep(0.001)
    return seen
print(runtime.run(main, application))
"""
    assert printed(script) == "['one', 'two']\n"
