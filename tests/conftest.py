"""Settings and fixtures for every test: which loop, which screen, which desktop."""

import asyncio
import gc
import os
import signal
import sys
import time

os.environ["QT_API"] = "pyside6"  # qasync asks for other bindings first
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QTranslator
from PySide6.QtGui import QAccessibleInterface
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import TimeoutError as QtTimeoutError
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from heimdall_desktop import paths, runtime
from heimdall_desktop.models.translation import use_language
from heimdall_desktop.presentation.i18n import translate_with
from tests.fakes.waiting import WAIT_LIMIT_S, what_was_awaited

if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    # What nohup ignores, programs under test would ignore too; a handler is not inherited.
    signal.signal(signal.SIGHUP, lambda *_: None)

gc.disable()  # what is garbage of the window must not be destroyed on the threads of servers

#: A machine with much else to do is no reason to fail, and each run looks at the same examples.
settings.register_profile(
    "suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")

TESTS = Path(__file__).parent
WAIT_LIMIT_MS = int(WAIT_LIMIT_S * 1000)
#: Tests of these folders run on the loop of the window, all others on plain asyncio.
FOLDERS_WITH_QT = {"models", "widgets", "end_to_end"}


def pytest_asyncio_loop_factories(
    item: pytest.Item,
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    if item.path.relative_to(TESTS).parts[0] in FOLDERS_WITH_QT:
        return {"qasync": _qt_loop}
    return {"asyncio": asyncio.new_event_loop}


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()  # modules and tests stay to the end: no collection need look at them


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Leave no widget to the next test: a look that is applied reaches all there are.

    They are closed first. A window that is destroyed while it is seen still asks its parts for
    things while these vanish, and the errors of that take the whole process with them.

    What a test has seen by assistive technology's interfaces vanishes with the widgets, of which
    nobody tells Python. One that is kept anywhere would be taken for the next thing of its address.
    """
    if QApplication.instance() is None:
        runtime.collect_what_is_due()
        return
    for seen in Shiboken.getAllValidWrappers():
        if isinstance(seen, QAccessibleInterface):
            Shiboken.invalidate(seen)
    for left in QApplication.topLevelWidgets():
        left.close()
        left.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    runtime.collect_what_is_due()


def _qt_loop() -> asyncio.AbstractEventLoop:
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    return runtime.Loop(application)


@pytest.fixture(scope="session")
def private_desktop() -> None:
    """The desktop of packaging/desktop_session.sh; never the bus and the keyring of a person."""
    if "HEIMDALL_PRIVATE_DESKTOP" not in os.environ:
        pytest.skip("needs packaging/desktop_session.sh, as packaging/dev.sh test starts it")


@pytest.fixture
def real_window(private_desktop: None) -> dict[str, str]:
    """The environment for a program that is to show a real window other programs can read."""
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",  # without it the window stays unseen; only on xcb
    }


class PatientQtBot(QtBot):
    """Waits with the limit of all tests, and says what it waited for."""

    def waitSignal(  # noqa: N802
        self, *args: Any, timeout: int = WAIT_LIMIT_MS, **kwargs: Any
    ) -> Any:
        return super().waitSignal(*args, timeout=timeout, **kwargs)

    def waitSignals(  # noqa: N802
        self, *args: Any, timeout: int = WAIT_LIMIT_MS, **kwargs: Any
    ) -> Any:
        return super().waitSignals(*args, timeout=timeout, **kwargs)

    def waitUntil(self, callback: Callable[[], Any], *, timeout: int = WAIT_LIMIT_MS) -> None:  # noqa: N802
        try:
            super().waitUntil(callback, timeout=timeout)
        except QtTimeoutError as error:
            raise AssertionError(what_was_awaited(callback)) from error


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientQtBot(request)


@pytest.fixture
def german(qapp: QApplication) -> Iterator[QApplication]:
    """Translate texts; a window must be made after this."""
    assert use_language(QLocale("de_AT"), paths.resources() / "translations", qapp)
    yield qapp
    translate_with(None)
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The local time of Berlin, whose clocks are set twice a year."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
