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
from tests.widgets.conftest import Owned

ONE = "8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"
TWO = "https://heimdall.example.org/scans/2b9b8f7e-0c55-4f0f-8a52-1f6f0f2f9d10"
FINDING = "https://heimdall.example.org/findings/c5b6a0c2-7d2e-4c0b-8f1a-90d1e2f3a4b5"


class Form:
    """The field, and a server that answers what a test has it answer."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot, self.discovery, self.watched = qtbot, RecordedDiscovery(), set[ScanId]()
        self.lookup = link_lookup.LinkLookup(
            self.discovery, lambda _server, scan_id: scan_id in self.watched
        )
        qtbot.addWidget(self.lookup)
        self.lookup.show()
        self.field = part(self.lookup, QPlainTextEdit, "add-text")

    def type(self, text: str) -> None:
        type_text(self.field, text)

    def verdict(self) -> str:
        return part(self.lookup, QLabel, "add-verdict").text()

    def rest(self) -> None:
        """Let typing rest until the server is asked."""
        before = len(self.discovery.asked)
        self._qtbot.waitUntil(lambda: len(self.discovery.asked) > before)


@pytest.fixture
def form(theme: Theme, qtbot: QtBot) -> Form:
    return Form(qtbot)


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
def test_named_scans_are_counted_at_once(form: Form, typed: str, found: str) -> None:
    form.type(typed)
    assert form.verdict() == found


def test_nothing_typed_is_no_mistake(form: Form) -> None:
    assert (form.verdict(), form.lookup.links, form.discovery.asked) == ("", (), [])


def test_a_mistake_is_shown_at_once_with_its_word(form: Form) -> None:
    form.type(f"{ONE} <b>x</b>")
    assert form.verdict() == "1 scan found. No scan ID found in '<b>x</b>'."
    assert part(form.lookup, QLabel, "add-verdict").textFormat() is Qt.TextFormat.PlainText
    assert [link.scan_id for link in form.lookup.links] == [ONE]


def test_of_several_mistakes_the_first_is_shown_with_the_number_of_others(form: Form) -> None:
    form.type("good morning https://other.test/scans/" + ONE)
    assert form.verdict() == "No scan ID found in 'good'. And 2 more."
    assert form.lookup.links == ()


def test_a_link_to_another_server_is_shown_at_once_and_not_counted(form: Form) -> None:
    form.type(f"{TWO} https://other.test/scans/{ONE}")
    assert len(form.lookup.new_scans) == 1
    assert "This link points to another server, other.test." in form.verdict()


def test_links_are_looked_up_once_typing_pauses(form: Form) -> None:
    form.type(ONE)
    form.rest()
    assert form.discovery.asked == [("named", ScanLink(None, ScanId(ONE)))]
    form.discovery.report_named(found_scan("pricing-engine", "Config scan 0:31"))
    assert form.verdict() == "1 scan found: pricing-engine, Config scan 0:31, 41 findings"


def test_an_answer_to_another_text_is_called_off(form: Form) -> None:
    form.type(ONE)
    form.rest()
    form.type(" ")
    assert not form.discovery.is_waited_for("named")


def test_a_watched_scan_is_shown_as_such(form: Form) -> None:
    scan = found_scan("shop")
    form.watched.add(scan.scan_id)
    form.type(ONE)
    form.rest()
    assert len(form.lookup.new_scans) == 1
    form.discovery.report_named(scan)
    assert form.verdict() == "1 scan found: shop, already watched"
    assert (len(form.lookup.links), form.lookup.new_scans) == (1, frozenset())


def test_of_many_some_are_named(form: Form) -> None:
    form.lookup.suggest(" ".join(f"{number:08x}{ONE[8:]}" for number in range(NAMED_LIMIT + 1)))
    form.rest()
    links = form.lookup.links
    form.discovery.report(
        "named", Named({links[0]: found_scan("shop"), links[1]: found_scan("web", number=2)}, {})
    )
    assert form.verdict() == "9 scans found: shop, web and others"


def test_a_link_that_leads_nowhere_is_an_uncounted_mistake(form: Form, qtbot: QtBot) -> None:
    form.type(f"{TWO} {ONE}")
    form.rest()
    assert len(form.lookup.new_scans) == 2
    with qtbot.waitSignal(form.lookup.changed):
        form.discovery.report_named(found_scan("shop"))
    assert (
        form.verdict() == "1 scan found: shop, Hunt 6:02, 41 findings. "
        f"{ONE}: It doesn't exist or belongs to another account."
    )
    assert len(form.lookup.new_scans) == 1
    form.type(" ")
    assert len(form.lookup.new_scans) == 2  # it is asked for again


def test_one_that_leads_nowhere_is_named_too(form: Form) -> None:
    form.type(ONE)
    form.rest()
    form.discovery.report_named()
    assert form.verdict() == f"{ONE}: It doesn't exist or belongs to another account."


def test_two_links_to_one_scan_count_once_that_is_known(form: Form) -> None:
    form.type(f"{ONE} {FINDING}")
    form.rest()
    assert len(form.lookup.new_scans) == 2
    form.discovery.report_named(found_scan("shop"), found_scan("shop"))
    assert len(form.lookup.new_scans) == 1


def test_a_failed_lookup_is_shown_without_blame(form: Form) -> None:
    form.type(ONE)
    form.rest()
    form.discovery.report("named", ServerUnreachable(Reason.NOT_REACHABLE, host="h.test"))
    assert form.verdict() == "1 scan found, but loading failed: Can't reach h.test."
    assert len(form.lookup.links) == 1


def test_shift_return_starts_a_line_and_return_submits(form: Form, qtbot: QtBot) -> None:
    form.type(ONE)
    frame = form.lookup.field
    height = frame.sizeHint().height()
    with qtbot.assertNotEmitted(frame.submitted):
        press_key(form.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    form.type(TWO)
    assert form.verdict() == "2 scans found"
    assert frame.sizeHint().height() > height
    with qtbot.waitSignal(frame.submitted):
        press_key(form.field, Qt.Key.Key_Return)
    assert form.field.toPlainText() == f"{ONE}\n{TWO}"


def test_a_book_is_no_list_of_links(form: Form) -> None:
    form.lookup.suggest("x" * (link_lookup.TEXT_LIMIT + 1))
    assert form.verdict().startswith("This text is too long to be a list of links.")


@pytest.mark.parametrize("lines", [1, 2, link_lookup.MAX_LINES, link_lookup.MAX_LINES + 3])
def test_whole_lines_are_in_sight_and_a_bar_only_beside_more(owned: Owned, lines: int) -> None:
    around = owned(QWidget())
    links_field = link_lookup.LinksField("Links", "Paste one", around)
    links_field.edit.setPlainText("\n".join("x" * lines))
    links_field.resize(300, links_field.sizeHint().height())
    around.show()
    for _ in range(3):
        QApplication.processEvents()
    line = links_field.edit.cursorRect().height()
    room = links_field.edit.viewport().height() - min(lines, link_lookup.MAX_LINES) * line
    assert 0 < room < line / 4
    assert links_field.edit.verticalScrollBar().isVisible() == (lines > link_lookup.MAX_LINES)


def test_addresses_are_read_from_the_left(owned: Owned) -> None:
    around = owned(QWidget())
    links_field = link_lookup.LinksField("Links", "https://example.org/", around)
    around.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    type_text(links_field.edit, "https://example.org/-")
    assert links_field.edit.cursorRect().left() > 40


def test_there_is_a_scroll_bar_only_for_more_lines_than_are_in_sight(owned: Owned) -> None:
    field, most = owned(link_lookup.LinksField("Links", "Paste one")), link_lookup.MAX_LINES
    field.show()
    for lines in (1, most, most + 1, 1):
        field.edit.setPlainText("\n".join("x" * lines))
        field.resize(300, field.sizeHint().height() - 2)  # as fonts with odd measures leave it
        QApplication.processEvents()
        assert field.edit.verticalScrollBar().isVisible() is (lines > most), lines


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
