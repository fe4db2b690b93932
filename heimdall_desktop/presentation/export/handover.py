"""The handover of a shift as a page: its sections, the same in Markdown and in HTML.

It has titles, places and states of findings, never their texts or code. What is left out of an
export is left out here: `Contents.leave_out`. Source: behaviour.md feature 45.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from heimdall_desktop.domain.facts.decision import Field
from heimdall_desktop.domain.facts.finding import Finding, ScanId, one_line
from heimdall_desktop.domain.facts.reason import Reason
from heimdall_desktop.domain.handover import Handover, Proposed
from heimdall_desktop.domain.histories import Decided, DecidedBy, DecisionChange
from heimdall_desktop.presentation import labels, time_text
from heimdall_desktop.presentation.detail.finding_markdown import escaped, escaped_line
from heimdall_desktop.presentation.disagreement_text import step_words
from heimdall_desktop.presentation.export.charts import safe
from heimdall_desktop.presentation.export.contents import BATCH, Contents, Format, Writer, without
from heimdall_desktop.presentation.export.report import Report, html_head, html_tail
from heimdall_desktop.presentation.i18n import both, grouped, tr, tr_noop

_BY = {
    DecidedBy.HERE: tr_noop("this program"),
    DecidedBy.OWN: tr_noop("this account, elsewhere"),
    DecidedBy.OTHER: tr_noop("another account"),
}


class Cell(NamedTuple):
    """A text, and the address it leads to; "" for none."""

    text: str
    link: str = ""


Row = tuple[Cell, ...]


class Section(NamedTuple):
    """A part of the page.

    Attributes:
        total: how many rows it has.
        notes: sentences above the table.
        nothing: the sentence in place of an empty table; "" if `notes` say it all.
    """

    title: str
    total: int
    heads: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]
    notes: tuple[str, ...] = ()
    nothing: str = ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is said before the rows."""
        return self.notes if self.total else (*self.notes, self.nothing)


class HandoverPage:
    """All texts of the page.

    Args:
        contents: with its handover.
    """

    def __init__(self, contents: Contents) -> None:
        if contents.handover is None:
            raise ValueError("there is no handover")
        self.contents, self.handover = contents, contents.handover
        self._report = Report(contents)
        self._has_scans = len(contents.scans) > 1

    @property
    def title(self) -> str:
        names = list(dict.fromkeys(self.contents.names.values()))
        scans = tr("%n scans", "", len(names), one="%n scan")
        return tr("Handover: {scans}").format(scans=names[0] if len(names) == 1 else scans)

    @property
    def lead(self) -> str:
        """Return since when it counts, and the account if it may be named."""
        handover, contents = self.handover, self.contents
        since = time_text.moment_text(handover.since, contents.exported_at)
        text = tr("Since {time}.").format(time=since)
        if handover.is_session:
            text = tr("Since the program was started, {time}.").format(time=since)
        if contents.names_account and handover.accounts and not contents.leaves_names_out:
            names = both([one_line(each) for each in handover.accounts])
            return text + " " + tr("Account: {names}.").format(names=names)
        return text

    @property
    def closing(self) -> tuple[str, str]:
        return self._report.origin, self._report.moments

    def sections(self) -> list[Section]:
        page, handover = self, self.handover
        place = (tr("Finding"), tr("Location"), *((tr("Scan"),) if self._has_scans else ()))
        before = (*place, tr("Proposed"), tr("Reason"), tr("Decided"))
        return [
            Section(
                tr("Decided"),
                len(handover.decided),
                (*place, tr("Decision"), tr("Reason"), tr("When"), tr("By")),
                lambda: map(page._decided, handover.decided),
                (known_text(handover),),
                tr("No decisions are known since then."),
            ),
            Section(
                tr("Snoozed"),
                len(handover.snoozed),
                (*place, tr("Until")),
                lambda: map(page._snoozed, handover.snoozed),
                nothing=tr("No snoozed findings."),
            ),
            Section(
                tr("Proposed and not reviewed"),
                len(handover.proposed),
                before,
                lambda: map(page._proposed, handover.proposed),
                nothing=tr("No proposals are waiting."),
            ),
            Section(
                tr("Doubtful matches"),
                len(handover.doubtful),
                before,
                lambda: map(page._proposed, handover.doubtful),
                nothing=tr("No doubtful matches are waiting."),
            ),
            Section(
                tr("Running scans"),
                len(handover.running),
                (tr("Scan"), tr("State"), tr("Findings so far")),
                page._running,
                nothing=tr("No scans are running."),
            ),
            Section(
                tr("Not reported by the server"),
                len(self.unreported),
                (),
                lambda: iter(()),
                self.unreported or (tr("Everything was reported."),),
            ),
        ]

    @property
    def unreported(self) -> tuple[str, ...]:
        """What is missing: files, findings, and who decided."""
        unread = self.handover.closed - self.handover.known
        text = tr(
            "%n decided findings have a history that was not read, or that shows no decision.",
            "",
            unread,
            one="%n decided finding has a history that was not read, or that shows no decision.",
        )
        return (*self.contents.shortfalls, *((text,) if unread else ()))

    # -- rows --

    def _finding(self, finding: Finding) -> Row:
        seen = without(finding, self.contents.leave_out)
        title = f"{labels.severity_word(seen)}: {labels.title_text(seen)}"
        place = self._report.place(seen)
        if seen.folder and not self.contents.leaves_names_out:
            place = f"{seen.folder}/{place}"
        scan = Cell(labels.scan_name(seen, self.contents.names))
        row = Cell(title, self.contents.link(finding)), Cell(place)
        return (*row, scan) if self._has_scans else row

    def _decided(self, decided: Decided) -> Row:
        finding, what = decided.finding, decided.what
        words = step_words(DecisionChange(what, decided.old, decided.new, decided.at, decided.by))
        if what.of(finding) != decided.new:  # changed since, by whom is not known
            now = (
                labels.status_word(finding)
                if what is Field.STATUS
                else labels.severity_word(finding)
            )
            words = tr("{step}, now {value}").format(step=words, value=now.lower())
        return (
            *self._finding(finding),
            Cell(words),
            Cell(self._reason(finding) if what is Field.STATUS else ""),
            Cell(self._moment(decided.at)),
            Cell(tr(_BY[decided.by])),
        )

    def _reason(self, finding: Finding) -> str:
        read = self.handover.reasons.of(finding)
        if read is None or read.given is None:
            return ""
        return self._reason_words(read.given.reason, read.given.text)

    def _reason_words(self, reason: Reason, text: str) -> str:
        word, more = labels.word_of(reason), one_line(text)
        return f"{word}: {more}" if more and not self.contents.leaves_names_out else word

    def _snoozed(self, finding: Finding) -> Row:
        until = finding.snoozed_until
        return *self._finding(finding), Cell("" if until is None else self._moment(until))

    def _proposed(self, proposed: Proposed) -> Row:
        finding, proposal = proposed
        words = [labels.word_of(each) for each in (proposal.status, proposal.severity) if each]
        if proposal.rule and not self.contents.leaves_names_out:
            words.append(tr("rule {name}").format(name=one_line(proposal.rule)))
        reason, earlier = proposal.reason, proposal.earlier
        at = None if earlier is None else earlier.at
        return (
            *self._finding(finding),
            Cell(", ".join(words)),
            Cell("" if reason is None else self._reason_words(reason, proposal.text)),
            Cell(tr(labels.UNKNOWN) if at is None else self._moment(at)),
        )

    def _running(self) -> Iterator[Row]:
        for scan in self.handover.running:
            yield Cell(self._name(scan.scan_id)), Cell(scan.state), Cell(grouped(scan.findings))

    def _name(self, scan_id: ScanId) -> str:
        return self.contents.names.get(scan_id, scan_id[:8])

    def _moment(self, at: datetime) -> str:
        return time_text.moment_text(at, self.contents.exported_at)


def known_text(handover: Handover) -> str:
    """Return for how many decided findings it is known when they were decided."""
    return tr(
        "When and by whom is known for {known} of %n decided findings: those decided here, and "
        "those whose history was read.",
        "",
        handover.closed,
        one="When and by whom is known for {known} of %n decided finding: if it was decided here, "
        "or its history was read.",
    ).format(known=grouped(handover.known))


def handover_words(handover: Handover) -> str:
    """Return what a handover has, in numbers: "12 decided, 3 snoozed, 61 proposed"."""
    counts = (
        tr("{count} decided").format(count=grouped(len(handover.decided))),
        tr("{count} snoozed").format(count=grouped(len(handover.snoozed))),
        tr("{count} proposed").format(count=grouped(len(handover.proposed))),
        tr("{count} doubtful").format(count=grouped(len(handover.doubtful))),
        tr("%n scans running", "", len(handover.running), one="%n scan running"),
    )
    return ", ".join(counts)


# -- the files --


def _batches(section: Section) -> Iterator[list[Row]]:
    rows = section.rows()
    while batch := list(islice(rows, BATCH)):
        yield batch


def _title(section: Section) -> str:
    return f"{section.title} ({grouped(section.total)})"


def markdown_handover(contents: Contents) -> Iterator[str]:
    """Yield the page as Markdown, its rows a batch at a time."""
    page = HandoverPage(contents)
    yield f"# {escaped(page.title)}\n\n{escaped_line(page.lead)}\n"
    for section in page.sections():
        yield f"\n## {escaped(_title(section))}\n"
        if not section.heads:
            yield "\n" + "".join(f"- {escaped_line(note)}\n" for note in section.notes)
            continue
        yield "".join(f"\n{escaped_line(note)}\n" for note in section.sentences)
        if section.total:
            heads = " | ".join(map(escaped, section.heads))
            yield f"\n| {heads} |\n|{' --- |' * len(section.heads)}\n"
        for batch in _batches(section):
            yield "".join(f"| {' | '.join(map(_markdown_cell, row))} |\n" for row in batch)
            contents.progress.done += len(batch)
    yield "\n---\n\n" + "".join(f"- {escaped(line)}\n" for line in page.closing)


def _markdown_cell(cell: Cell) -> str:
    words = escaped(cell.text)
    return f"[{words}](<{cell.link}>)" if cell.link else words


def html_handover(contents: Contents) -> Iterator[str]:
    """Yield the page as one HTML file, its rows a batch at a time."""
    page = HandoverPage(contents)
    yield html_head(page.title, page.lead)
    for section in page.sections():
        yield f'<h2 class="part">{safe(_title(section))}</h2>\n'
        if not section.heads:
            items = "".join(f"<li>{safe(note)}</li>" for note in section.notes)
            yield f'<ul class="said">{items}</ul>\n'
            continue
        yield "".join(f'<p class="said">{safe(note)}</p>\n' for note in section.sentences)
        if section.total:
            first, *others = (f' scope="col">{safe(head)}</th>' for head in section.heads)
            heads = f'<th class="what"{first}' + "".join(f"<th{each}" for each in others)
            yield f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
            for batch in _batches(section):
                yield "".join(map(_html_row, batch))
                contents.progress.done += len(batch)
            yield "</tbody>\n</table>\n"
    lines = "<br>".join(map(safe, page.closing))
    yield f'<p class="legend">{lines}</p>\n{html_tail()}'


def _html_row(row: Sequence[Cell]) -> str:
    return "<tr>" + "".join(f"<td>{_html_cell(cell)}</td>" for cell in row) + "</tr>\n"


def _html_cell(cell: Cell) -> str:
    words = safe(cell.text)
    return (
        f'<a href="{safe(cell.link)}" rel="noreferrer noopener">{words}</a>' if cell.link else words
    )


WRITERS: dict[Format, Writer] = {Format.HTML: html_handover, Format.MARKDOWN: markdown_handover}
"""The writer of each format of a handover."""
