"""The report: its texts, the same for Markdown, HTML and PDF, and the report as one HTML file.

The HTML file loads nothing, runs nothing, and prints as pages. It is light on paper and follows the
reader's theme on screen. Every text of a server is escaped, and characters that would hide or
reorder it are made visible. Source: look.md 10, pictures 13b.
"""

import base64
import hashlib
from collections.abc import Iterator
from functools import cached_property
from html import escape
from typing import NamedTuple

from heimdall_desktop.domain.facts.finding import Finding, Verdict, has_text, one_line
from heimdall_desktop.domain.facts.reason import Reason
from heimdall_desktop.presentation import labels, time_text
from heimdall_desktop.presentation.decision_text import reasons_known_text
from heimdall_desktop.presentation.export.charts import (
    CHART_STYLE,
    CHART_WIDTH,
    DARK_COLOURS,
    LIGHT_COLOURS,
    SYMBOLS,
    Chart,
    badge,
    charts_of,
    safe,
)
from heimdall_desktop.presentation.export.contents import Contents, LeaveOut
from heimdall_desktop.presentation.i18n import both, filled, grouped, tr

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

    Attributes:
        charts: the drawings that have something to show, once they are drawn.
    """

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self._scans = list(contents.scans.values())
        self.charts: list[Chart] = []

    def draw_charts(self) -> Iterator[None]:
        """Draw the charts, a slice with each step: those of 100,000 findings take a moment."""
        contents = self.contents
        has_folders = not contents.leaves_names_out
        self.charts = yield from charts_of(contents.findings, has_folders=has_folders)

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
        if len(self._scans) == 1:
            scan = self._scans[0]
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
                day="" if begin is None else time_text.dated_words(begin),
                begin="" if begin is None else time_text.minute_text(begin),
                end="" if begin is None or end is None else time_text.moment_text(end, begin),
                id=one_line(scan.id),
            )
        names = list(self.contents.names.values())
        more = len(names) - SCANS_NAMED
        if more > 0:
            names = [*names[:SCANS_NAMED], tr("%n more", "", more)]
        return both(names)

    @cached_property
    def head(self) -> str:
        """The line under the title: the scans, and for how many findings a reason is known."""
        reasons = reasons_known_text(self.contents.reason_counts())
        return f"{self.lead}. {reasons}" if reasons else self.lead

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
        return " ".join(filter(None, (self.warning, self.omission)))

    @property
    def origin(self) -> str:
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
            as_of=""
            if as_of is None
            else f"{time_text.dated_words(as_of)}, {time_text.second_text(as_of)}",
            exported=f"{time_text.dated_words(at)}, {time_text.second_text(at)}",
            program=contents.maker,
            zone=time_text.zone_text(at),
        )

    def facts_line(self, finding: Finding) -> str:
        at = time_text.moment_text(finding.created_at, self.contents.exported_at)
        if finding.is_announced:
            return tr("announced {time}, nothing else is known").format(time=at)
        reason = self.contents.reasons.word(finding)
        if isinstance(reason, Reason):
            at = tr("{time}, reason: {reason}").format(time=at, reason=labels.word_of(reason))
        return filled(
            tr("{source}, {cwe}, confidence {confidence}, first seen {time}"),
            tr("{source}, confidence {confidence}, first seen {time}"),
            source=labels.source_word(finding),
            cwe=finding.cwe,
            confidence=labels.confidence_word(finding).lower(),
            time=at,
        )

    @property
    def order_text(self) -> str:
        if self.contents.is_by_severity:
            return tr("by severity, then first seen")
        return tr("in the order shown in the window")

    def place(self, finding: Finding) -> str:
        if self.contents.leaves_names_out and not finding.is_announced:
            return one_line(finding.file_path)
        return labels.file_line_text(finding)

    def folder(self, finding: Finding) -> str:
        """Return the line under its place: its folder, and its scan if there are several."""
        contents = self.contents
        if contents.leaves_names_out and not finding.is_announced:
            return ""
        names = [finding.folder or tr("root folder")] if finding.file_name else []
        if contents.scans.keys() - {finding.scan_id}:
            names.append(labels.scan_name(finding, contents.names))
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
        word = labels.severity_word(finding)
        if finding.verdict is Verdict.WITHDRAWN:
            return tr("was {severity}").format(severity=word.lower())
        return word


def rest_text(rest: int) -> str:
    return tr("… (%n more characters)", "", rest)


# -- the HTML file --

_STYLE = f"""
:root {{ color-scheme: light dark; {LIGHT_COLOURS} }}
@media screen and (prefers-color-scheme: dark) {{ :root {{ {DARK_COLOURS} }} }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; background: var(--page); color: var(--text);
  font: 13px/1.4 Inter, "Segoe UI", system-ui, -apple-system, "DejaVu Sans", sans-serif;
  font-variant-numeric: tabular-nums; }}
main {{ max-width: 900px; margin: 0 auto; padding: 56px 64px; }}
header {{ display: flex; gap: 12px; align-items: center; }}
header svg {{ width: 32px; height: 32px; flex: none; }}
h1 {{ font-size: 20px; line-height: 1.25; font-weight: 600; margin: 0; overflow-wrap: anywhere; }}
header p, .note, small {{ color: var(--muted); font-size: 12px; margin: 0; font-weight: 400; }}
.shapes {{ position: absolute; }}
.caution {{ background: var(--box); border-radius: 6px; padding: 8px 12px 8px 36px;
  margin: 20px 0 0; position: relative; overflow-wrap: anywhere; print-color-adjust: exact; }}
.caution svg {{ position: absolute; left: 12px; top: 9px; width: 16px; height: 16px; }}
.charts {{ display: grid; grid-template-columns: 1fr 1fr; gap: 24px 40px; margin: 24px 0 28px; }}
figure {{ margin: 0; break-inside: avoid; min-width: 0; }}
figcaption, h2 {{ font-size: 13px; font-weight: 600; margin: 0 0 6px; padding-bottom: 6px;
  border-bottom: 1px solid var(--strong); }}
.note {{ margin-left: 8px; }}
.part {{ margin-top: 24px; }} .said {{ margin: 6px 0; }} .what {{ width: 27%; }}
figure svg {{ width: 100%; height: auto; display: block; print-color-adjust: exact; }}
{CHART_STYLE}\
table {{ width: 100%; border-collapse: collapse; table-layout: fixed; }}
th, td {{ text-align: left; vertical-align: middle; padding: 5px 8px 5px 0;
  border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }}
th {{ color: var(--muted); font-size: 12px; font-weight: 600; border-color: var(--strong); }}
tr {{ break-inside: avoid; }} thead {{ display: table-header-group; }}
tfoot {{ display: table-footer-group; }}
tfoot td {{ border: 0; padding: 16px 0 0; color: var(--muted); font-size: 12px; }}
.number {{ width: 36px; color: var(--muted); }} .severity {{ width: 120px; }}
.place {{ width: 190px; }} .status {{ width: 92px; }}
td strong {{ display: block; font-weight: 600; }}
td a {{ color: inherit; text-decoration: none; }}
td a:hover, td a:focus {{ text-decoration: underline; text-decoration-color: var(--accent); }}
code, pre {{ font: 12px/1.45 "JetBrains Mono", Consolas, Menlo, "DejaVu Sans Mono", monospace; }}
td code {{ display: block; }}
.capsule {{ display: inline-flex; align-items: center; gap: 5px; height: 22px; white-space: nowrap;
  max-width: 118px; overflow: hidden; padding: 0 8px 0 3px; border-radius: 11px;
  border: 1px dashed var(--control); print-color-adjust: exact; }}
.capsule.confirmed {{ border: 1.25px solid var(--muted); }}
.capsule.withdrawn {{ border: 0; color: var(--muted); }}
.capsule svg {{ width: 16px; height: 16px; flex: none; }}
.gone strong {{ text-decoration: line-through; color: var(--muted); }}
.withdrawn use {{ fill: none; stroke: var(--control); }}
.more td {{ border: 0; padding-bottom: 12px; vertical-align: top; }}
pre {{ background: var(--code); border: 1px solid var(--line); border-radius: 4px; padding: 8px;
  margin: 6px 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }}
.more p {{ white-space: pre-wrap; margin: 0; }}
.legend {{ color: var(--muted); font-size: 12px; margin: 12px 0 0; display: flex; gap: 12px; }}
.legend .capsule {{ width: 28px; height: 14px; }}
@page {{ size: A4; margin: 14mm 15mm; }}
@media print {{ main {{ padding: 0; max-width: none; }} tr.more {{ break-inside: auto; }}
  body {{ font-size: 11.5px; }} td code, pre, small, .note, header p {{ font-size: 10.5px; }}
  .severity {{ width: 108px; }} .place {{ width: 156px; }} .status {{ width: 78px; }} }}
"""
APP_ICON = """<svg viewBox="0 0 64 64" aria-hidden="true">
<rect x="2" y="2" width="60" height="60" rx="14" fill="#1F2328" stroke="#FFFFFF"
 stroke-opacity=".12"/>
<path d="M17.5 47V17M46.5 47V17" fill="none" stroke="#F2F7F7" stroke-width="7"
 stroke-linecap="round"/>
<path d="M22.5 43a9.5 9.5 0 0 1 19 0" fill="none" stroke="#6FE3D8" stroke-width="3"/>
<path d="M25.5 43a6.5 6.5 0 0 1 13 0" fill="none" stroke="#12A5A5" stroke-width="3"/>
<circle cx="32" cy="21" r="5" fill="#6FE3D8"/></svg>"""


def html_head(title: str, lead: str, cautions: str = "") -> str:
    """Return a page up to its first section; it loads nothing and runs nothing.

    `cautions` is markup.
    """
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{safe(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<svg "
        f'width="0" height="0" aria-hidden="true" class="shapes"><defs>{SYMBOLS}</defs></svg>\n'
        f"<main>\n<header>{APP_ICON}<div><h1>{safe(title)}</h1><p>{safe(lead)}</p></div></header>"
        f"\n{cautions}"
    )


def html_tail() -> str:
    return "</main>\n</body>\n</html>\n"


def html_pieces(contents: Contents) -> Iterator[str]:
    """Yield the file, its findings a batch at a time."""
    report, cautions = Report(contents), ""
    if report.caution:
        warning = f"<strong>{safe(report.warning)}</strong> " if report.warning else ""
        sign = '<svg aria-hidden="true"><use href="#ui-warning" class="icon"/></svg>'
        cautions = f'<p class="caution">{sign}{warning}{safe(report.omission)}</p>\n'
    yield html_head(report.title, report.head, cautions)
    for _ in report.draw_charts():
        yield ""
    charts = "".join(
        f"<figure><figcaption>{safe(chart.title)}{_note(chart.note)}</figcaption>"
        f'<svg viewBox="0 0 {CHART_WIDTH} {chart.height:g}" role="img" '
        f'aria-label="{safe(chart.sentence)}">{chart.marks}</svg></figure>\n'
        for chart in report.charts
    )
    yield f'<div class="charts">{charts}</div>\n{_table_head(report)}'
    for start, findings in contents.batches():
        rows = enumerate(findings, start + 1)
        yield "".join(_row(report, number, finding) for number, finding in rows)
    confirmed, unverified = tr("solid outline: confirmed"), tr("dashed outline: unverified")
    yield (
        '</tbody>\n</table>\n<p class="legend"><span class="capsule confirmed"></span>'
        f'{safe(confirmed)} <span class="capsule"></span>{safe(unverified)}</p>\n{html_tail()}'
    )


def _note(text: str) -> str:
    return f'<span class="note">{safe(text)}</span>' if text else ""


def _table_head(report: Report) -> str:
    names = (
        ("number", tr("#")),
        ("severity", tr("Severity")),
        ("finding", tr("Finding")),
        ("place", tr("Location")),
        ("status", tr("Status")),
    )
    heads = "".join(f'<th class="{kind}" scope="col">{safe(name)}</th>' for kind, name in names)
    foot = f"{safe(report.origin)}<br>{safe(report.moments)}"
    return (
        f"<h2>{safe(tr('Findings'))}{_note(report.order_text)}</h2>\n"
        f"<table>\n<thead><tr>{heads}</tr></thead>\n"
        f'<tfoot><tr><td colspan="5">{foot}</td></tr></tfoot>\n<tbody>\n'
    )


def _row(report: Report, number: int, finding: Finding) -> str:
    verdict, severity = finding.verdict, finding.severity
    is_gone = verdict is Verdict.WITHDRAWN
    hollow = f'<use href="#{severity.value}" width="16" height="16"/>'
    shape = hollow if is_gone else badge(severity)
    capsule = (
        f'<span class="capsule {verdict.value}"><svg viewBox="0 0 16 16" aria-hidden="true">'
        f"{shape}</svg>{safe(report.severity_text(finding))}</span>"
    )
    title = f"<strong>{safe(labels.title_text(finding))}</strong>"
    if link := report.contents.link(finding):
        title = f'<a href="{safe(link)}" rel="noreferrer noopener">{title}</a>'
    details = "".join(
        f"<small>{safe(title)}</small><pre>{_long(text)}</pre>"
        if title
        else f"<p>{_long(text)}</p>"
        for title, text, _ in report.passages(finding)
    )
    if cut := report.cut_text(finding):
        details += f"<small>{safe(cut)}</small>"
    gone = ' class="gone"' if is_gone else ""
    if details:
        details = f'<tr class="more"><td></td><td colspan="4">{details}</td></tr>\n'
    return (
        f'<tr{gone}><td class="number">{number}</td>'
        f"<td>{capsule}</td><td>{title}<small>{safe(report.facts_line(finding))}</small></td>"
        f"<td><code>{safe(report.place(finding))}</code>"
        f"<small>{safe(report.folder(finding))}</small></td>"
        f"<td>{safe(labels.status_word(finding))}</td></tr>\n{details}"
    )


def _long(text: str) -> str:
    shown, rest = labels.shown_text(text, TEXT_LIMIT)
    return escape(labels.harmless(f"{shown}\n{rest_text(rest)}" if rest else shown), quote=True)
