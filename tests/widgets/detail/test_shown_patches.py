"""Which patches of a finding are known, when the server is asked for more, what stays in view."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.facts.errors import NotVisible, Reason, ServerUnreachable
from heimdall_desktop.widgets.detail.shown_patches import AGAIN_MS, REST_MS, ShownPatches
from tests.fakes.findings import SCAN_ID, make_finding, make_patch
from tests.fakes.requests import RecordedRequests

DIFF, OTHER = "@@ -1 +1 @@\n-a\n+b\n", "@@ -1 +1 @@\n-a\n+c\n"


@pytest.fixture
def requests() -> RecordedRequests:
    return RecordedRequests()


@pytest.fixture
def patches(requests: RecordedRequests, qapp: QApplication) -> ShownPatches:
    return ShownPatches(requests, WindowMemory(), qapp)


def is_about_to_ask(patches: ShownPatches) -> bool:
    (rest,) = patches.findChildren(QTimer)
    return rest.isActive()


def ask(patches: ShownPatches) -> None:
    """Let the rest be over."""
    (rest,) = patches.findChildren(QTimer)
    rest.timeout.emit()


def test_the_list_of_a_scan_is_asked_for_once(
    patches: ShownPatches, requests: RecordedRequests, qtbot: QtBot
) -> None:
    patches.show_finding(make_finding(2, suggested_patch=OTHER))
    patches.show_finding(make_finding(1, suggested_patch=DIFF))
    qtbot.waitUntil(lambda: bool(requests.waiting))
    assert requests.asked == [("patches", SCAN_ID)]
    listed = (make_patch(1, DIFF), make_patch(2, OTHER, finding_id=make_finding(2).id))
    requests.answer(listed)
    for number, patch in ((2, OTHER), (1, DIFF)):
        patches.show_finding(make_finding(number, suggested_patch=patch))
        assert not is_about_to_ask(patches)


def test_advice_in_words_is_nothing_to_ask_for(patches: ShownPatches) -> None:
    patches.show_finding(make_finding(1, suggested_patch="Bind it."))
    assert not is_about_to_ask(patches)
    assert patches.count == 1
    patches.show_finding(make_finding(1, suggested_patch=None))
    assert (patches.count, patches.current) == (0, None)


def test_a_diff_the_list_does_not_have_is_asked_for_once(
    patches: ShownPatches, requests: RecordedRequests
) -> None:
    patches.show_finding(make_finding(1, suggested_patch=DIFF))
    ask(patches)
    requests.answer(())
    patches.show_finding(make_finding(1, suggested_patch=DIFF, title="Other words"))
    assert not is_about_to_ask(patches)
    patches.show_finding(make_finding(1, suggested_patch=OTHER))
    assert is_about_to_ask(patches)


def test_the_newest_is_looked_at_until_people_choose(
    patches: ShownPatches, requests: RecordedRequests
) -> None:
    patches.show_finding(make_finding(1, suggested_patch=DIFF))
    ask(patches)
    requests.answer((make_patch(1, OTHER), make_patch(2, DIFF)))
    assert patches.current is not None
    assert (patches.place, patches.count, patches.current.diff) == (0, 2, OTHER)
    patches.look_at(1)
    patches.show_finding(make_finding(1, suggested_patch=DIFF, title="Other words"))
    assert (patches.place, patches.current.diff) == (1, DIFF)
    patches.show_finding(make_finding(2, suggested_patch=OTHER))
    assert (patches.place, patches.count) == (0, 1)


def test_without_an_answer_the_rows_own_patch_stands(
    patches: ShownPatches, requests: RecordedRequests
) -> None:
    patches.show_finding(make_finding(1, suggested_patch=DIFF))
    ask(patches)
    requests.answer(ServerUnreachable(Reason.NOT_REACHABLE, host="h.test"))
    assert patches.current is not None
    assert patches.current.diff == DIFF


def test_t56_a_list_that_could_not_be_read_is_asked_for_again_later(
    patches: ShownPatches, requests: RecordedRequests
) -> None:
    patches.show_finding(make_finding(1, suggested_patch=DIFF))
    ask(patches)
    requests.answer(ServerUnreachable(Reason.NOT_REACHABLE, host="h.test"))
    (rest,) = patches.findChildren(QTimer)
    assert (rest.isActive(), rest.interval()) == (True, AGAIN_MS)
    ask(patches)
    assert len(requests.asked) == 2
    requests.answer(NotVisible(Reason.NOT_FOUND))
    rest.stop()
    patches.show_finding(make_finding(1, suggested_patch=DIFF, title="Other words"))
    assert (rest.isActive(), rest.interval()) == (True, REST_MS)
    rest.stop()
