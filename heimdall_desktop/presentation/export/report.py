"""The report: the texts above, below and about the findings, the same for HTML and PDF.

Source: design.md §10, pictures 13b.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from heimdall_desktop.domain.facts.finding import Finding, Verdict, has_text, one_line
from heimdall_desktop.presentation.export.charts import Chart, charts_of
from heimdall_desktop.presentation.export.contents import Contents, LeaveOut, ScanFacts
from heimdall_desktop.presentation.i18n import both, filled, grouped, tr
from heimdall_desktop.presentation.labels import (
    confidence_word,
    file_line_text,
    scan_name,
    severity_word,
    source_word,
)
from heimdall_desktop.presentation.time_text import (
    dated_words,
    minute_text,
    moment_text,
    second_text,
    zone_text,
)

SCANS_NAMED = 3
TEXT_LIMIT = 20_000  # characters of a text in the report; the data formats have all


class Passage(NamedTuple):
    """A long text of a finding; its description has no title."""

    title: str
    text: str
    is_code: bool = False


class Report:
    """All texts of a report.

    Args:
        contents: the exported content.
    """

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self._scans = list(contents.scans.values())
        self._charts: Sequence[Chart] | None = None

    @property
    def title(self) -> str:
        """The title: "payments-api: 214 findings"."""
        count = tr("%n findings", "", len(self.contents.findings), one="%n finding")
        names = list(dict.fromkeys(self.contents.names.values()))
        if len(names) == 1:
            return tr("{scan}: {findings}").format(scan=names[0], findings=count)
        scans = tr("%n scans", "", len(self._scans), one="%n scan")
        return tr("{scans}: {findings}").format(scans=scans, findings=count)

    @property
    def lead(self) -> str:
        """Return which scans these are."""
        if len(self._scans) == 1:
            return self._scan(self._scans[0])
        names = list(self.contents.names.values())
        more = len(names) - SCANS_NAMED
        if more > 0:
            names = [*names[:SCANS_NAMED], tr("%n more", "", more)]
        return both(names)

    @property
    def warning(self) -> str:
        """Return why the findings may be incomplete; "" if they are complete."""
        return " ".join(self.contents.shortfalls)

    @property
    def omission(self) -> str:
        """Return which findings are missing; "" if none are."""
        contents = self.contents
        total = len(contents.findings) + contents.hidden
        text = []
        if contents.shown_filter:
            text.append(tr("Filter: {filter}.").format(filter=one_line(contents.shown_filter)))
        if contents.is_selection:
            text.append(tr("These findings were selected manually."))
        if contents.hidden:
            form = tr("{hidden} of {total} findings aren't in this report.")
            text.append(form.format(hidden=grouped(contents.hidden), total=grouped(total)))
        return " ".join(text)

    @property
    def caution(self) -> str:
        """Both in one line."""
        return " ".join(filter(None, (self.warning, self.omission)))

    @property
    def origin(self) -> str:
        """Return where the data is from."""
        servers = both(self.contents.servers()) or tr("not named")
        if len(self._scans) == 1:
            text = tr("Source: {server}, scan {scan}")
            return text.format(server=servers, scan=one_line(self._scans[0].id))
        return tr("Source: {server}").format(server=servers)

    @property
    def moments(self) -> str:
        """Return the age of the data, when it was exported, and the zone of the times."""
        contents = self.contents
        as_of, at = contents.as_of, contents.exported_at
        return filled(
            tr("Data as of {as_of}. Exported {exported} by {program}. Times in {zone}."),
            tr("Exported {exported} by {program}. Times in {zone}."),
            as_of="" if as_of is None else f"{dated_words(as_of)}, {second_text(as_of)}",
            exported=f"{dated_words(at)}, {second_text(at)}",
            program=contents.maker,
            zone=zone_text(at),
        )

    @property
    def charts(self) -> Sequence[Chart]:
        """The drawings that have something to show."""
        if self._charts is None:
            self._charts = list(filter(None, self._draw()))
        return self._charts

    def draw(self) -> Iterator[None]:
        """Make the charts, a slice with each step: those of 100,000 findings take a moment."""
        charts = []
        for chart in self._draw():
            if chart is not None:
                charts.append(chart)
            yield
        self._charts = charts

    def _draw(self) -> Iterator[Chart | None]:
        has_folders = not self.contents.leaves_names_out
        return charts_of(self.contents.findings, has_folders=has_folders)

    def facts_line(self, finding: Finding) -> str:
        """Return the line under the title of a finding."""
        at = moment_text(finding.created_at, self.contents.exported_at)
        if finding.is_announced:
            return tr("announced {time}, nothing else is known").format(time=at)
        return filled(
            tr("{source}, {cwe}, confidence {confidence}, first seen {time}"),
            tr("{source}, confidence {confidence}, first seen {time}"),
            source=source_word(finding),
            cwe=finding.cwe,
            confidence=confidence_word(finding).lower(),
            time=at,
        )

    @property
    def order_text(self) -> str:
        """Return the order of the findings."""
        if self.contents.is_by_severity:
            return tr("by severity, then first seen")
        return tr("in the order shown in the window")

    def place(self, finding: Finding) -> str:
        """Return the file and line of a finding, or the text in place of it."""
        if self.contents.leaves_names_out and not finding.is_announced:
            return one_line(finding.file_path)
        return file_line_text(finding)

    def folder(self, finding: Finding) -> str:
        """Return the line under its place: its folder, and its scan if there are several."""
        contents = self.contents
        if contents.leaves_names_out and not finding.is_announced:
            return ""
        names = [finding.folder or tr("root folder")] if finding.file_name else []
        if contents.scans.keys() - {finding.scan_id}:
            names.append(scan_name(finding, contents.names))
        return ", ".join(names)

    def passages(self, finding: Finding) -> list[Passage]:
        """Return the long texts that are shown under its row: code is optional, advice is not."""
        if self.contents.leaves_names_out or finding.is_cut:
            return []
        has_code = self.contents.leave_out is LeaveOut.NOTHING
        every = (
            Passage("", finding.description or ""),
            Passage(tr("Code"), finding.code_snippet or "", is_code=True),
            Passage(tr("Suggested fix"), finding.fix_summary or ""),
            Passage(tr("Suggested patch"), finding.suggested_patch or "", is_code=True),
        )
        wanted = (passage for passage in every if has_code or not passage.is_code)
        return [passage for passage in wanted if has_text(passage.text)]

    def cut_text(self, finding: Finding) -> str:
        """State that its long texts exist but were not kept; "" if none is missing."""
        if self.contents.leaves_names_out or not finding.is_cut:
            return ""
        return tr(
            "The text of this finding is too long to keep in full. See the finding's page on the "
            "server."
        )

    def severity_text(self, finding: Finding) -> str:
        """Return the word in the capsule; for a withdrawn finding, its former severity."""
        word = severity_word(finding)
        if finding.verdict is Verdict.WITHDRAWN:
            return tr("was {severity}").format(severity=word.lower())
        return word

    def _scan(self, scan: ScanFacts) -> str:
        begin, end = scan.started_at, scan.ended_at
        hides = self.contents.leaves_names_out
        return filled(
            tr("{branch} at {commit}, scan of {day}, {begin} to {end}"),
            tr("{branch} at {commit}, scan of {day}, started {begin}"),
            tr("{branch}, scan of {day}, {begin} to {end}"),
            tr("{branch}, scan of {day}, started {begin}"),
            tr("Scan of {day}, {begin} to {end}"),
            tr("Scan of {day}, started {begin}"),
            tr("Scan {id}"),
            branch="" if hides else one_line(scan.branch),
            commit="" if hides else one_line(scan.commit)[:7],
            day="" if begin is None else dated_words(begin),
            begin="" if begin is None else minute_text(begin),
            end="" if begin is None or end is None else moment_text(end, begin),
            id=one_line(scan.id),
        )


def rest_text(rest: int) -> str:
    """Return how many characters of a passage are not shown."""
    return tr("… (%n more characters)", "", rest)
