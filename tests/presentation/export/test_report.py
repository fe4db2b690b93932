"""The report: its texts, that it loads nothing, and that its numbers match the rows."""

import base64
import hashlib
import re
import shutil
import subprocess
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from heimdall_desktop.domain.facts.finding import FindingStatus, ScanId, Severity, Source
from heimdall_desktop.presentation.export.charts import DARK_COLOURS, ICONS, LIGHT_COLOURS, Chart
from heimdall_desktop.presentation.export.contents import Contents, Format, LeaveOut, file_stem
from heimdall_desktop.presentation.export.report import Report
from heimdall_desktop.widgets.look.tokens import DARK, LIGHT, Tokens
from tests.fakes.exported import EXPORTED_AT, hostile_findings, make_contents, make_scan, written
from tests.fakes.findings import FOUND_AT, SCAN_ID, make_finding

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
RESOURCES = Path(__file__).parents[3] / "resources"
NOT_ENDED = "The scan of payments-api hadn't ended."


class Page(HTMLParser):
    """The content of the file as a browser reads it.

    Attributes:
        tags: each element with its attributes, in order.
        rows: the cells of each row of the table.
        policy: what it forbids itself.
        text: all words.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.text, self.style = "", ""
        self._in: list[str] = []
        self.feed(data.decode())

    @property
    def policy(self) -> str:
        """What the page forbids itself."""
        found = (each for name, each in self.tags if name == "meta" and "http-equiv" in each)
        return next(found)["content"] or ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        while self._in and self._in.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "style" in self._in:
            self.style += data
            return
        self.text += data
        if "td" in self._in or "th" in self._in:
            self.rows[-1][-1] += f"{data}\n"


def page(contents: Contents) -> Page:
    return Page(written(contents, Format.HTML))


def charts(contents: Contents) -> dict[str, Chart]:
    report = Report(contents)
    list(report.draw_charts())
    return {chart.title: chart for chart in report.charts}


def test_names_its_source_and_what_is_missing() -> None:
    scan = make_scan(shortfall=NOT_ENDED, ended_at=None, status="hunting")
    found = Report(
        make_contents(
            [make_finding()], scans={SCAN_ID: scan}, filter_text="sev>=medium", hidden=198
        )
    )
    assert found.title == "payments-api: 1 finding"
    assert found.lead.startswith("main at 4f2a91c, scan of 4 Jul 2026, started ")
    assert found.warning == NOT_ENDED
    assert found.omission == "Filter: sev>=medium. 198 of 199 findings aren't in this report."
    assert found.origin == f"Source: heimdall.corp.example, scan {SCAN_ID}"
    assert re.fullmatch(
        r"Data as of 4 Jul 2026, \d\d:15:10. Exported 4 Jul 2026, \d\d:16:10 by Heimdall Desktop "
        r"1\.2\.3. Times in .+\.",
        found.moments,
    )


def test_several_scans_are_counted_and_named() -> None:
    scans = {
        ScanId(f"{number}"): make_scan(id=f"{number}", name=f"repo {number}") for number in range(5)
    }
    found = Report(make_contents([], scans=scans))
    assert found.title == "5 scans: 0 findings"
    assert found.lead == "repo 0, repo 1, repo 2 and 2 more"
    assert charts(make_contents([], scans=scans)) == {}
    assert "No findings" not in page(make_contents([], scans=scans)).text


def test_each_chart_counts_every_row_once() -> None:
    rows = [
        make_finding(
            number,
            severity=(*Severity,)[number % 5],
            status=(*FindingStatus,)[number % 5],
            source=(*Source,)[number % 4],
            file_path=f"folder{number % 9}/x.py",
            created_at=FOUND_AT + timedelta(minutes=number),
        )
        for number in range(97)
    ]
    drawn = charts(make_contents(rows))
    assert list(drawn) == ["By severity", "By folder", "By time first seen", "By source"]
    for title, chart in drawn.items():
        numbers = [int(part.rpartition(" ")[2]) for part in chart.sentence.split(", ")]
        assert sum(numbers) == len(rows), title
    shown = re.findall(r'class="text strong">(\d+)<', drawn["By severity"].marks)
    assert sum(map(int, shown)) == len(rows)


def test_files_at_the_top_and_findings_without_one_are_distinguished() -> None:
    rows = [make_finding(1, file_path="a.py"), make_finding(2, file_path="")]
    rows.append(make_finding(3, file_path="x/a.py"))
    assert charts(make_contents(rows))["By folder"].sentence == "root folder 1, (no file) 1, x 1"


@pytest.mark.parametrize("span", [0, 1, 59, 3600, 86_399, 86_401, 40 * 86_400, 4000 * 86_400])
def test_time_is_divided_into_a_few_bars_within_the_chart(span: int) -> None:
    rows = [make_finding(1), make_finding(2, created_at=FOUND_AT + timedelta(seconds=span))]
    marks = charts(make_contents(rows))["By time first seen"].marks
    bars = re.findall(r'<rect class="\w+" x="([\d.-]+)" y="[\d.-]+" width="([\d.-]+)"', marks)
    assert 0 < len(bars) <= 3
    assert all(float(x) >= 0 and float(x) + float(width) <= 366.5 for x, width in bars)


def test_every_row_is_in_the_table_in_order() -> None:
    rows = [make_finding(number, title=f"no {number}") for number in (5, 2, 9)]
    rows.append(make_finding(1, title="gone", status=FindingStatus.DISMISSED))
    found = page(make_contents(rows, leave_out=LeaveOut.CODE)).rows
    body = [row for row in found if len(row) == 5][1:]
    assert [row[0].strip() for row in body] == ["1", "2", "3", "4"]
    assert [row[2].split("\n")[0] for row in body] == ["no 5", "no 2", "no 9", "gone"]
    assert body[0][1].split() == ["H", "High"]
    assert body[3][1].split() == ["was", "high"]
    assert body[0][3].split() == ["orders.py:88", "shop/api"]
    assert body[3][4].strip() == "Dismissed"
    assert Report(make_contents(rows)).order_text == "in the order shown in the window"


def test_findings_of_several_scans_name_their_scan_beside_the_folder() -> None:
    other = ScanId("other")
    scans = {SCAN_ID: make_scan(), other: make_scan(id="other", name="shop")}
    rows = [
        make_finding(1),
        make_finding(2, file_path="a.py"),
        make_finding(3, file_path="", scan_id=other),
    ]
    expected = ["shop/api, payments-api", "root folder, payments-api", "shop"]
    contents = make_contents(rows, scans=scans, leave_out=LeaveOut.CODE)
    assert [Report(contents).folder(row) for row in rows] == expected
    body = [row for row in page(contents).rows if len(row) == 5][1:]
    assert [row[3].split("\n")[1] for row in body] == expected
    names = Report(make_contents(rows, scans=scans, leave_out=LeaveOut.NAMES))
    assert {names.folder(row) for row in rows} == {""}


@pytest.mark.parametrize("form", [Format.HTML, Format.MARKDOWN])
def test_descriptions_and_advice_are_included_by_default_and_code_on_request(form: Format) -> None:
    row = make_finding(
        1,
        code_snippet="one()",
        suggested_patch="+two()",
        description="It is three.",
        fix_summary="Do four.",
    )

    def shown(leave_out: LeaveOut) -> set[str]:
        found = written(make_contents([row], leave_out=leave_out), form).decode()
        return {word for word in ("one()", "+two()", "It is three.", "Do four.") if word in found}

    assert Format.HTML.usually_left_out is LeaveOut.CODE
    assert shown(LeaveOut.CODE) == {"It is three.", "Do four."}
    assert shown(LeaveOut.NOTHING) == {"one()", "+two()", "It is three.", "Do four."}
    assert shown(LeaveOut.NAMES) == set()


def test_it_loads_nothing_and_runs_nothing() -> None:
    found = page(make_contents(hostile_findings()))
    digest = base64.b64encode(hashlib.sha256(found.style.encode()).digest()).decode()
    assert found.policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    names = {name for name, _ in found.tags}
    assert names.isdisjoint({"script", "img", "link", "iframe", "object", "embed", "base", "form"})
    assert "url(" not in found.style
    assert "@import" not in found.style
    for name, attributes in found.tags:
        assert not any(key.startswith("on") or key in ("src", "style") for key in attributes), name
        address = attributes.get("href") or attributes.get("xlink:href") or "#"
        allowed = "https://heimdall.corp.example/findings/" if name == "a" else "#"
        assert address.startswith(("#", allowed)), address


def test_hostile_texts_are_visible_and_inert() -> None:
    found = page(make_contents(hostile_findings()))
    assert '<script>alert("1")</script>' in found.text
    assert "a\ufffdgnp.exe" in found.text
    for hidden in "\u202e\x00\x1b\x07\ud800":
        assert hidden not in found.text
    assert "more characters" in found.text
    assert len(found.text) < 300_000


def test_its_colours_are_those_of_the_window() -> None:
    def wanted(tokens: Tokens) -> dict[str, str]:
        colours = {
            "page": tokens.surface,
            "box": tokens.alt,
            "line": tokens.hairline,
            "strong": tokens.hairline_strong,
            "control": tokens.control,
            "text": tokens.text,
            "muted": tokens.muted,
            "accent": tokens.accent,
            "done": tokens.stage_done,
            "code": tokens.code.ground,
        }
        for name in ("critical", "high", "medium", "low", "other"):
            kind = getattr(tokens.severity, name)
            colours |= {
                name: kind.fill,
                f"{name}-label": kind.label,
                f"{name}-edge": kind.border or kind.fill,
            }
        return {name: colour.name().upper() for name, colour in colours.items()}

    for found, tokens in ((LIGHT_COLOURS, LIGHT), (DARK_COLOURS, DARK)):
        assert dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6});", found)) == wanted(tokens)


def test_its_icons_are_those_of_the_window() -> None:
    for name, icon in ICONS.items():
        lines = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8").splitlines()
        assert "".join(map(str.strip, lines[1:-1])) == icon, name
    contents = make_contents([make_finding(1), make_finding(2, source=Source.OTHER)])
    marks = charts(contents)["By source"].marks
    assert re.findall(r'href="#([\w-]+)"', marks) == ["source-ai"]


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_a_browser_shows_the_numbers_and_requests_nothing(tmp_path: Path) -> None:
    """Chromium shows the file and requests nothing from the network."""
    rows = [*hostile_findings(), *(make_finding(number) for number in range(100, 150))]
    file, log = tmp_path / "report.html", tmp_path / "net.json"
    file.write_bytes(written(make_contents(rows), Format.HTML))
    done = subprocess.run(
        [
            str(CHROMIUM),
            *("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'u'}"),
            *("--disable-background-networking", "--disable-component-update", "--no-first-run"),
            *(f"--log-net-log={log}", "--dump-dom", file.as_uri()),
        ],
        capture_output=True,
        check=True,
        timeout=50,
    )
    dom = done.stdout.decode()
    assert "payments-api: 62 findings" in dom
    assert dom.count('class="number"') == len(rows) + 1
    assert re.findall(r'class="text strong">([^<]+)</text>', dom)[:2] == ["50", "12"], "high, other"
    assert not re.search(r"Page \d", dom), "a browser numbers pages by itself"
    asked = re.findall(r'"url":"((?:https?|wss?):[^"]+)"', log.read_text("utf-8"))
    assert [url for url in asked if "evil.test" in url or "corp.example" in url] == []


def test_a_file_is_named_for_any_file_system() -> None:
    assert file_stem(["payments-api"], EXPORTED_AT) == "payments-api 2026-07-04"
    assert file_stem(["a", "b"], EXPORTED_AT) == "findings 2026-07-04"
    assert file_stem(['../x\\y:*?"<>|\u202e'], EXPORTED_AT).startswith("_x_y")
    assert file_stem(["."], EXPORTED_AT) == "findings 2026-07-04"
