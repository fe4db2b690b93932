"""What a pasted or dropped text leads to: checked at once, looked up once typing pauses."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.discovery.discovery import NAMED_LIMIT, Named
from heimdall_desktop.domain.facts.errors import Reason, ServerUnreachable
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan_link import ScanLink
from heimdall_desktop.widgets.adding import link_lookup
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.discovery import RecordedDiscovery, found_scan
from tests.fakes.hands import part, press_key, type_text

ONE = "8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"


TWO = "https://heimdall.example.org/scans/2b9b8f7e-0c55-4f0f-8a52-1f6f0f2f9d10"


FINDING = "https://heimdall.example.org/findings/c5b6a0c2-7d2e-4c0b-8f1a-90d1e2f3a4b5"


@pytest.fixture
def discovery() -> RecordedDiscovery:
    return RecordedDiscovery()


@pytest.fixture
def watched() -> set[ScanId]:
    return set()


@pytest.fixture
def lookup(
    theme: Theme, discovery: RecordedDiscovery, watched: set[ScanId], qtbot: QtBot
) -> link_lookup.LinkLookup:
    lookup = link_lookup.LinkLookup(discovery, lambda _server, scan_id: scan_id in watched)
    qtbot.addWidget(lookup)
    lookup.show()
    return lookup


def field(lookup: link_lookup.LinkLookup) -> QPlainTextEdit:
    return part(lookup, QPlainTextEdit, "add-text")


def verdict(lookup: link_lookup.LinkLookup) -> str:
    return part(lookup, QLabel, "add-verdict").text()


def rest(discovery: RecordedDiscovery, qtbot: QtBot) -> None:
    """Let typing rest until the server is asked."""
    before = len(discovery.asked)
    qtbot.waitUntil(lambda: len(discovery.asked) > before)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (ONE, "1 scan found"),
        (f"{ONE} {TWO}", "2 scans found"),
        (f"{ONE}, {ONE}", "1 scan found"),
        (FINDING, "Found the scan of 1 finding"),
        (f"{ONE} {FINDING}", "Found 1 scan and the scan of 1 finding"),
    ],
)
def test_named_scans_are_counted_at_once(
    lookup: link_lookup.LinkLookup, typed: str, found: str
) -> None:
    type_text(field(lookup), typed)
    assert verdict(lookup) == found


def test_nothing_typed_is_no_mistake(
    lookup: link_lookup.LinkLookup, discovery: RecordedDiscovery
) -> None:
    assert (verdict(lookup), lookup.links, discovery.asked) == ("", (), [])


def test_a_mistake_is_shown_at_once_with_its_word(
    lookup: link_lookup.LinkLookup, discovery: RecordedDiscovery
) -> None:
    type_text(field(lookup), f"{ONE} <b>x</b>")
    shown = "1 scan found. No scan ID found in '<b>x</b>'."
    assert verdict(lookup) == shown
    assert part(lookup, QLabel, "add-verdict").textFormat() is Qt.TextFormat.PlainText
    assert [link.scan_id for link in lookup.links] == [ONE]


def test_of_several_mistakes_the_first_is_shown_with_the_number_of_others(
    lookup: link_lookup.LinkLookup,
) -> None:
    type_text(field(lookup), "good morning https://other.test/scans/" + ONE)
    assert verdict(lookup) == "No scan ID found in 'good'. And 2 more."
    assert lookup.links == ()


def test_a_link_to_another_server_is_shown_at_once_and_not_counted(
    lookup: link_lookup.LinkLookup,
) -> None:
    type_text(field(lookup), f"{TWO} https://other.test/scans/{ONE}")
    assert len(lookup.new_scans) == 1
    assert "This link points to another server, other.test." in verdict(lookup)


def test_links_are_looked_up_once_typing_pauses(
    lookup: link_lookup.LinkLookup, discovery: RecordedDiscovery, qtbot: QtBot
) -> None:
    type_text(field(lookup), ONE)
    rest(discovery, qtbot)
    assert discovery.asked == [("named", ScanLink(None, ScanId(ONE)))]
    discovery.report_named(found_scan("pricing-engine", "Config scan 0:31"))
    assert verdict(lookup) == "1 scan found: pricing-engine, Config scan 0:31, 41 findings"


def test_an_answer_to_another_text_is_called_off(
    lookup: link_lookup.LinkLookup, discovery: RecordedDiscovery, qtbot: QtBot
) -> None:
    type_text(field(lookup), ONE)
    rest(discovery, qtbot)
    type_text(field(lookup), " ")
    assert not discovery.is_waited_for("named")


def test_a_watched_scan_is_shown_as_such(
    lookup: link_lookup.LinkLookup, discovery: RecordedDiscovery, watched: set[ScanId], qtbot: QtBot
) -> None:
    scan = found_scan("shop")
    watched.add(scan.scan_id)
    type_text(field(lookup), ONE)
    rest(discovery, qtbot)
    assert len(lookup.new_scans) == 1
    discovery.report_named(scan)
    assert verdict(lookup) == "1 scan found: shop, already watched"
    assert (len(lookup.links), lookup.new_scans) == (1, frozenset())


def test_of_many_some_are_named(
    lookup: link_lookup.LinkLookup, discovery: RecordedDiscovery, qtbot: QtBot
) -> None:
    lookup.suggest(" ".join(f"{number:08x}{ONE[8:]}" for number in range(NAMED_LIMIT + 1)))
    rest(discovery, qtbot)
    links = lookup.links
    discovery.report(
        "named", Named({links[0]: found_scan("shop"), links[1]: found_scan("web", number=2)}, {})
    )
    assert verdict(lookup) == "9 scans found: shop, web and others"


def test_a_link_that_leads_nowhere_is_a_mistake_and_counts_no_more(
    lookup: link_lookup.LinkLookup, discovery: RecordedDiscovery, qtbot: QtBot
) -> None:
    type_text(field(lookup), f"{TWO} {ONE}")
    rest(discovery, qtbot)
    assert len(lookup.new_scans) == 2
    with qtbot.waitSignal(lookup.changed):
        discovery.report_named(found_scan("shop"))
    assert (
        verdict(lookup) == "1 scan found: shop, Hunt 6:02, 41 findings. "
        f"{ONE}: It doesn't exist or belongs to another account."
    )
    assert len(lookup.new_scans) == 1
    type_text(field(lookup), " ")
    assert len(lookup.new_scans) == 2  # it is asked for again


def test_one_that_leads_nowhere_is_named_too(
    lookup: link_lookup.LinkLookup, discovery: RecordedDiscovery, qtbot: QtBot
) -> None:
    type_text(field(lookup), ONE)
    rest(discovery, qtbot)
    discovery.report_named()
    assert verdict(lookup) == f"{ONE}: It doesn't exist or belongs to another account."


def test_two_links_to_one_scan_count_once_that_is_known(
    lookup: link_lookup.LinkLookup, discovery: RecordedDiscovery, qtbot: QtBot
) -> None:
    type_text(field(lookup), f"{ONE} {FINDING}")
    rest(discovery, qtbot)
    assert len(lookup.new_scans) == 2
    discovery.report_named(found_scan("shop"), found_scan("shop"))
    assert len(lookup.new_scans) == 1


def test_a_failed_lookup_is_shown_without_blame(
    lookup: link_lookup.LinkLookup, discovery: RecordedDiscovery, qtbot: QtBot
) -> None:
    type_text(field(lookup), ONE)
    rest(discovery, qtbot)
    discovery.report("named", ServerUnreachable(Reason.NOT_REACHABLE, host="h.test"))
    assert verdict(lookup) == "1 scan found, but loading failed: Can't reach h.test."
    assert len(lookup.links) == 1


def test_shift_return_starts_a_line_and_return_submits(
    lookup: link_lookup.LinkLookup, qtbot: QtBot
) -> None:
    type_text(field(lookup), ONE)
    [frame] = lookup.findChildren(link_lookup.LinksField)
    height = frame.sizeHint().height()
    press_key(field(lookup), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    type_text(field(lookup), TWO)
    assert verdict(lookup) == "2 scans found"
    assert frame.sizeHint().height() > height
    with qtbot.waitSignal(lookup.field.submitted):
        press_key(field(lookup), Qt.Key.Key_Return)


def test_a_book_is_no_list_of_links(lookup: link_lookup.LinkLookup) -> None:
    lookup.suggest("x" * (link_lookup.TEXT_LIMIT + 1))
    assert verdict(lookup).startswith("This text is too long to be a list of links.")


@pytest.fixture
def links_field(theme: Theme, qtbot: QtBot) -> link_lookup.LinksField:
    links_field = link_lookup.LinksField("Links", "Paste one")
    qtbot.addWidget(links_field)
    links_field.resize(300, links_field.sizeHint().height())
    return links_field


def test_return_submits_and_writes_nothing(
    links_field: link_lookup.LinksField, qtbot: QtBot
) -> None:
    type_text(links_field.edit, "a")
    with qtbot.waitSignal(links_field.submitted):
        press_key(links_field.edit, Qt.Key.Key_Return)
    assert links_field.edit.toPlainText() == "a"


def test_shift_return_starts_a_line(links_field: link_lookup.LinksField, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(links_field.submitted):
        type_text(links_field.edit, "a")
        press_key(links_field.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        type_text(links_field.edit, "b")
    assert links_field.edit.toPlainText() == "a\nb"


def test_it_grows_with_its_lines_up_to_a_limit(links_field: link_lookup.LinksField) -> None:
    heights = []
    for lines in (1, 2, link_lookup.MAX_LINES, link_lookup.MAX_LINES + 10):
        links_field.edit.setPlainText("\n".join("x" * lines))
        heights.append(links_field.sizeHint().height())
    assert heights[0] < heights[1] < heights[2] == heights[3]


@pytest.mark.parametrize("lines", [1, 2, link_lookup.MAX_LINES, link_lookup.MAX_LINES + 3])
def test_whole_lines_are_in_sight_and_a_bar_only_beside_more(
    theme: Theme, qtbot: QtBot, lines: int
) -> None:
    form = QWidget()
    qtbot.addWidget(form)
    links_field = link_lookup.LinksField("Links", "Paste one", form)
    links_field.edit.setPlainText("\n".join("x" * lines))
    links_field.resize(300, links_field.sizeHint().height())
    form.show()
    for _ in range(3):
        QApplication.processEvents()
    line = links_field.edit.cursorRect().height()
    room = links_field.edit.viewport().height() - min(lines, link_lookup.MAX_LINES) * line
    assert 0 < room < line / 4
    assert links_field.edit.verticalScrollBar().isVisible() == (lines > link_lookup.MAX_LINES)


def test_addresses_are_read_from_the_left(theme: Theme, qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    links_field = link_lookup.LinksField("Links", "https://example.org/", around)
    around.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    type_text(links_field.edit, "https://example.org/-")
    assert links_field.edit.cursorRect().left() > 40


def test_there_is_a_scroll_bar_only_for_more_lines_than_are_in_sight(
    links_field: link_lookup.LinksField,
) -> None:
    links_field.show()
    bar = links_field.edit.verticalScrollBar()
    for lines, is_needed in (
        (1, False),
        (link_lookup.MAX_LINES, False),
        (link_lookup.MAX_LINES + 1, True),
        (1, False),
    ):
        links_field.edit.setPlainText("\n".join("x" * lines))
        links_field.resize(
            300, links_field.sizeHint().height() - 2
        )  # as fonts with odd measures leave it
        QApplication.processEvents()
        assert bar.isVisible() is is_needed, lines


def mime(*urls: str | Path) -> QMimeData:
    data = QMimeData()
    data.setUrls(
        [QUrl.fromLocalFile(str(url)) if isinstance(url, Path) else QUrl(url) for url in urls]
    )
    return data


def test_links_and_folders_are_separated(tmp_path: Path) -> None:
    link = "https://heimdall.example.org/scans/8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"
    dropped = link_lookup.read_drop(mime(link, tmp_path, "http://localhost:8080/"))
    assert dropped.links.splitlines() == [link, "http://localhost:8080/"]
    assert dropped.folders == (tmp_path,)


def test_recordings_are_known_by_their_name(tmp_path: Path) -> None:
    file = tmp_path / "shop.heimdall.jsonl"
    assert not link_lookup.read_drop(mime(file))
    file.touch()
    assert link_lookup.read_drop(mime(file)).recordings == (file,)


def test_files_and_other_addresses_are_left(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.touch()
    assert not link_lookup.read_drop(
        mime(file, tmp_path / "gone", "javascript:alert(1)", "ftp://a.example")
    )
    assert not link_lookup.read_drop(QMimeData())
