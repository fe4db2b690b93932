"""The report as one HTML file: it loads nothing, runs nothing, and prints as pages.

It is light on paper and follows the reader's theme on screen. Every text of a server is escaped,
and characters that would hide or reorder it are made visible. Source: design.md §10, pictures 13b.
"""

import base64
import hashlib
from collections.abc import Iterator
from html import escape

from heimdall_desktop.domain.facts.finding import Finding, Severity, Verdict, one_line
from heimdall_desktop.presentation.export.charts import (
    CHART_WIDTH,
    ICONS,
    Badge,
    Bar,
    Chart,
    Icon,
    Ink,
    Mark,
    Words,
)
from heimdall_desktop.presentation.export.contents import Contents
from heimdall_desktop.presentation.export.report import TEXT_LIMIT, Report, rest_text
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import (
    harmless,
    severity_letter,
    shown_text,
    status_word,
    title_text,
)

_SHAPES = {
    Severity.CRITICAL: '<path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z"/>',
    Severity.HIGH: '<path d="M8 1.2L15.4 14.4H.6z"/>',
    Severity.MEDIUM: '<path d="M8 .6L15.4 8 8 15.4.6 8z"/>',
    Severity.LOW: '<circle cx="8" cy="8" r="6.4"/>',
    Severity.OTHER: '<rect x="1.5" y="1.5" width="13" height="13" rx="2.5"/>',
}
_LETTER_AT = {Severity.HIGH: 12.6}  # where its baseline looks centred; the middle in other shapes

_LIGHT = """
--page: #FFFFFF; --box: #F3F5F7; --line: #E1E6EA; --strong: #CDD5DC; --control: #868F99;
--text: #1B1F24; --muted: #57606A; --accent: #0A6C6C; --done: #66717C; --code: #F8FAFB;
--critical: #6E0B3F; --critical-label: #FFFFFF; --critical-edge: #6E0B3F;
--high: #B93A08; --high-label: #FFFFFF; --high-edge: #B93A08;
--medium: #F0AE0C; --medium-label: #1B1F24; --medium-edge: #8A6200;
--low: #E1EDF9; --low-label: #0B4A80; --low-edge: #2F74B5;
--other: #E6EAEE; --other-label: #3A424B; --other-edge: #656D76;
"""
_DARK = """
--page: #1B222A; --box: #202831; --line: #2A333D; --strong: #3A4652; --control: #6B7886;
--text: #E6EAEF; --muted: #9AA7B4; --accent: #4FD1C5; --done: #8A96A3; --code: #161C23;
--critical: #D1127E; --critical-label: #FFFFFF; --critical-edge: #FF8CC6;
--high: #F58B55; --high-label: #14191F; --high-edge: #F58B55;
--medium: #FCE35A; --medium-label: #14191F; --medium-edge: #FCE35A;
--low: #1F3144; --low-label: #A9D2FA; --low-edge: #6FB1F0;
--other: #2E3843; --other-label: #C3CCD5; --other-edge: #8B98A5;
"""
_INKS = "\n".join(
    f".{ink.value} {{ fill: var(--{ink.value}); stroke: var(--{ink.value}-edge); }}"
    f" .{ink.value}-label {{ fill: var(--{ink.value}-label); }}"
    for ink in map(Ink.of, Severity)
)
STYLE = f"""
:root {{ color-scheme: light dark; {_LIGHT} }}
@media screen and (prefers-color-scheme: dark) {{ :root {{ {_DARK} }} }}
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
.icon {{ fill: none; stroke: var(--muted); color: var(--muted); stroke-width: 1.5;
  stroke-linecap: round; stroke-linejoin: round; }}
.caution {{ background: var(--box); border-radius: 6px; padding: 8px 12px 8px 36px;
  margin: 20px 0 0; position: relative; overflow-wrap: anywhere; print-color-adjust: exact; }}
.caution svg {{ position: absolute; left: 12px; top: 9px; width: 16px; height: 16px; }}
.charts {{ display: grid; grid-template-columns: 1fr 1fr; gap: 24px 40px; margin: 24px 0 28px; }}
figure {{ margin: 0; break-inside: avoid; min-width: 0; }}
figcaption, h2 {{ font-size: 13px; font-weight: 600; margin: 0 0 6px; padding-bottom: 6px;
  border-bottom: 1px solid var(--strong); }}
.note {{ margin-left: 8px; }}
svg text {{ fill: var(--text); stroke: none; }}
svg text.muted {{ fill: var(--muted); }} svg text.strong {{ font-weight: 600; }}
svg text.letter {{ font-weight: 700; font-size: 9px; text-anchor: middle; }}
figure svg {{ width: 100%; height: auto; display: block; print-color-adjust: exact; }}
{_INKS}
.done {{ fill: var(--done); stroke: none; }} .line {{ fill: var(--strong); stroke: none; }}
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
_ICON = """<svg viewBox="0 0 64 64" aria-hidden="true">
<rect x="2" y="2" width="60" height="60" rx="14" fill="#1F2328" stroke="#FFFFFF"
 stroke-opacity=".12"/>
<path d="M17.5 47V17M46.5 47V17" fill="none" stroke="#F2F7F7" stroke-width="7"
 stroke-linecap="round"/>
<path d="M22.5 43a9.5 9.5 0 0 1 19 0" fill="none" stroke="#6FE3D8" stroke-width="3"/>
<path d="M25.5 43a6.5 6.5 0 0 1 13 0" fill="none" stroke="#12A5A5" stroke-width="3"/>
<circle cx="32" cy="21" r="5" fill="#6FE3D8"/></svg>"""
_SIGN = '<svg aria-hidden="true"><use href="#ui-warning" class="icon"/></svg>'


def html_pieces(contents: Contents) -> Iterator[str]:
    """Yield the file, its findings a batch at a time."""
    report = Report(contents)
    yield _head(report)
    for _ in report.draw():
        yield ""
    yield f'<div class="charts">{"".join(map(_figure, report.charts))}</div>\n'
    yield _table_head(report)
    for start, findings in contents.batches():
        rows = enumerate(findings, start + 1)
        yield "".join(_row(report, number, finding) for number, finding in rows)
    yield _end()


def _head(report: Report) -> str:
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    cautions = ""
    if report.caution:
        warning = f"<strong>{_safe(report.warning)}</strong> " if report.warning else ""
        cautions = f'<p class="caution">{_SIGN}{warning}{_safe(report.omission)}</p>\n'
    shapes = "".join(
        f'<symbol id="{kind.value}" viewBox="0 0 16 16">{shape}</symbol>'
        for kind, shape in _SHAPES.items()
    ) + "".join(
        f'<symbol id="{name}" viewBox="0 0 16 16">{icon}</symbol>' for name, icon in ICONS.items()
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_safe(report.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<svg width="0" height="0" aria-hidden="true" class="shapes"><defs>{shapes}</defs></svg>\n'
        f"<main>\n<header>{_ICON}<div><h1>{_safe(report.title)}</h1>"
        f"<p>{_safe(report.lead)}</p></div></header>\n{cautions}"
    )


def _figure(chart: Chart) -> str:
    marks = "".join(map(_mark, chart.marks))
    note = f'<span class="note">{_safe(chart.note)}</span>' if chart.note else ""
    return (
        f"<figure><figcaption>{_safe(chart.title)}{note}</figcaption>"
        f'<svg viewBox="0 0 {CHART_WIDTH} {chart.height:g}" role="img" '
        f'aria-label="{_safe(chart.sentence)}">{marks}</svg></figure>\n'
    )


def _mark(mark: Mark) -> str:
    match mark:
        case Icon(x, y, name, size):
            place = f'x="{x:g}" y="{y:g}" width="{size:g}" height="{size:g}"'
            return f'<use href="#{name}" {place} class="icon"/>'
        case Badge(x, y, severity):
            return f'<g transform="translate({x:g} {y:g})">{_badge(severity)}</g>'
        case Words():
            strong = " strong" if mark.is_strong else ""
            return (
                f'<text x="{mark.x:.1f}" y="{mark.y:.1f}" font-size="{mark.size:g}" '
                f'text-anchor="{mark.anchor}" class="{mark.ink.value}{strong}">'
                f"{_safe(mark.text)}</text>"
            )
        case Bar(x, y, width, height, ink, letter):
            text = ""
            if letter:
                text = (
                    f'<text class="letter {ink.value}-label" x="{x + width / 2:.1f}" '
                    f'y="{y + height / 2 + 3.3:.1f}">{_safe(letter)}</text>'
                )
            return (
                f'<rect class="{ink.value}" x="{x:.1f}" y="{y:.1f}" '
                f'width="{width:.1f}" height="{height:.1f}"/>{text}'
            )


def _badge(severity: Severity) -> str:
    kind, y = severity.value, _LETTER_AT.get(severity, 11.2)
    return (
        f'<use href="#{kind}" width="16" height="16" class="{kind}"/>'
        f'<text class="letter {kind}-label" x="8" y="{y}">{_safe(severity_letter(severity))}</text>'
    )


def _table_head(report: Report) -> str:
    names = (
        ("number", tr("#")),
        ("severity", tr("Severity")),
        ("finding", tr("Finding")),
        ("place", tr("Location")),
        ("status", tr("Status")),
    )
    heads = "".join(f'<th class="{kind}" scope="col">{_safe(name)}</th>' for kind, name in names)
    foot = f"{_safe(report.origin)}<br>{_safe(report.moments)}"
    return (
        f'<h2>{_safe(tr("Findings"))}<span class="note">{_safe(report.order_text)}</span></h2>\n'
        f"<table>\n<thead><tr>{heads}</tr></thead>\n"
        f'<tfoot><tr><td colspan="5">{foot}</td></tr></tfoot>\n<tbody>\n'
    )


def _row(report: Report, number: int, finding: Finding) -> str:
    verdict = finding.verdict
    letter = "" if verdict is Verdict.WITHDRAWN else _badge(finding.severity)
    shape = letter or f'<use href="#{finding.severity.value}" width="16" height="16"/>'
    capsule = (
        f'<span class="capsule {verdict.value}"><svg viewBox="0 0 16 16" aria-hidden="true">'
        f"{shape}</svg>{_safe(report.severity_text(finding))}</span>"
    )
    title = f"<strong>{_safe(title_text(finding))}</strong>"
    if link := report.contents.link(finding):
        title = f'<a href="{_safe(link)}" rel="noreferrer noopener">{title}</a>'
    gone = ' class="gone"' if verdict is Verdict.WITHDRAWN else ""
    return (
        f'<tr{gone}><td class="number">{number}</td><td>{capsule}</td>'
        f"<td>{title}<small>{_safe(report.facts_line(finding))}</small></td>"
        f"<td><code>{_safe(report.place(finding))}</code>"
        f"<small>{_safe(report.folder(finding))}</small></td>"
        f"<td>{_safe(status_word(finding))}</td></tr>\n{_details(report, finding)}"
    )


def _details(report: Report, finding: Finding) -> str:
    """Return the details of a finding below its row."""
    parts = [
        f"<small>{_safe(title)}</small><pre>{_long(text)}</pre>"
        if title
        else f"<p>{_long(text)}</p>"
        for title, text, _ in report.passages(finding)
    ]
    if cut := report.cut_text(finding):
        parts.append(f"<small>{_safe(cut)}</small>")
    if not parts:
        return ""
    return f'<tr class="more"><td></td><td colspan="4">{"".join(parts)}</td></tr>\n'


def _end() -> str:
    confirmed, unverified = tr("solid outline: confirmed"), tr("dashed outline: unverified")
    return (
        '</tbody>\n</table>\n<p class="legend"><span class="capsule confirmed"></span>'
        f'{_safe(confirmed)} <span class="capsule"></span>{_safe(unverified)}</p>\n'
        "</main>\n</body>\n</html>\n"
    )


def _long(text: str) -> str:
    shown, rest = shown_text(text, TEXT_LIMIT)
    if rest:
        shown += f"\n{rest_text(rest)}"
    return _clean(shown)


def _safe(text: str) -> str:
    """Return a line as HTML that shows every character of it."""
    return _clean(one_line(text))


def _clean(text: str) -> str:
    return escape(harmless(text), quote=True)
