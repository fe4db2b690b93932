"""The values of the findings table for Qt's roles: texts, tips, sentences, headings."""

from collections.abc import Callable, Set
from datetime import datetime
from typing import Any, NamedTuple

from heimdall_desktop.domain.disagreements import KnownDisagreements
from heimdall_desktop.domain.facts.decision import WriteNote
from heimdall_desktop.domain.facts.finding import Finding, FindingId
from heimdall_desktop.domain.facts.reason import KnownReasons
from heimdall_desktop.domain.facts.seen import SeenFindings
from heimdall_desktop.domain.proposals import KnownProposals, Proposal
from heimdall_desktop.domain.table.group import Group, GroupBy, GroupKey
from heimdall_desktop.domain.table.order import COLUMNS, USUAL_COLUMNS, Column, ScanNames
from heimdall_desktop.domain.table.ordered_rows import Entry, GapRow
from heimdall_desktop.models.rows_model import ACCESSIBLE_ROLE, DISPLAY_ROLE, ROW_ROLE, TIP_ROLE
from heimdall_desktop.presentation import (
    decision_text,
    disagreement_text,
    proposal_text,
    table_text,
)
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import safe_tip
from heimdall_desktop.presentation.mask import Mask
from heimdall_desktop.presentation.seen_text import news_text
from heimdall_desktop.presentation.time_text import full_words

FINDING_ROLE = ROW_ROLE
GROUP_ROLE = FINDING_ROLE + 1
GAP_ROLE = FINDING_ROLE + 2
NOTE_ROLE = FINDING_ROLE + 3
NEWS_ROLE = FINDING_ROLE + 4
REPEAT_WORDS = tr_noop("A repeat: the scan has found it again since.")


class RowNote(NamedTuple):
    """What a row says in place of status and moment, besides decisions on their way.

    Attributes:
        texts: the same in shorter and shorter forms.
    """

    icon: str
    texts: tuple[str, ...]


class CellText:
    """The values of one table.

    Args:
        names: The names of the scans; may change afterwards.
        has_many_scans: Whether rows of more than one scan may be side by side.
        seen: What is news of a finding.

    Attributes:
        note_of: the note beside a row with a decision.
        proposals: returns the open proposals of all scans.
        reasons: returns the reasons that are known now.
        disagreements: returns what is known of judgements that differ.
        selected: the selected findings, if there are several; only then it is announced.
    """

    def __init__(
        self,
        names: ScanNames,
        now: Callable[[], datetime],
        has_many_scans: Callable[[], bool],
        mask: Mask,
        seen: SeenFindings,
    ) -> None:
        self._seen = seen
        self._names, self._now, self._has_many_scans = names, now, has_many_scans
        self._mask = mask
        self.note_of: Callable[[FindingId], WriteNote | None] = lambda _finding_id: None
        self.proposals: Callable[[], KnownProposals] = lambda: KnownProposals({})
        self.reasons: Callable[[], KnownReasons] = lambda: KnownReasons({})
        self.disagreements: Callable[[], KnownDisagreements] = lambda: KnownDisagreements({})
        self.selected: Set[FindingId] = frozenset()
        self._proposed_in: dict[tuple[GroupBy, GroupKey], tuple[KnownProposals, int, str]] = {}

    def answer(self, entry: Entry, column: Column, role: int) -> Any:
        """Return the value of a cell for a role of Qt; None for nothing."""
        if isinstance(entry, Group):
            return self._of_group(self._mask.group(entry), column, role)
        if isinstance(entry, GapRow):
            return self._of_gap(entry, column, role)
        real, entry = entry, self._mask.finding(entry)
        if column is Column.DISAGREEMENT and role in (DISPLAY_ROLE, TIP_ROLE):
            found = self.disagreements().of(real)  # the mask hides what it follows from
            if role == DISPLAY_ROLE:
                return disagreement_text.short_text(real, found)
            return safe_tip(*disagreement_text.sentences(real, found)) if found else None
        if role == FINDING_ROLE:
            return entry
        if role == DISPLAY_ROLE:
            return self._text(column, entry)
        if role == ACCESSIBLE_ROLE and column is COLUMNS[0]:
            note = self.note_of(entry.id)
            parts = (
                table_text.row_sentence(entry, self._names),
                "" if note is None else f"{decision_text.note_words(note).sentence}.",
                decision_text.reason_sentence(entry, self.reasons()),
                tr(REPEAT_WORDS) if entry.is_repeat else "",
                self._snooze(entry),
                self._news(real),
                self._proposed(entry),
                *disagreement_text.sentences(real, self.disagreements().of(real)),
                tr("Selected.") if entry.id in self.selected else "",
            )
            return " ".join(filter(None, parts))
        if role == TIP_ROLE:
            if column is Column.FIRST_SEEN:
                return full_words(entry.created_at)
            if column in (Column.FINDING, Column.LOCATION):
                repeat = tr(REPEAT_WORDS) if entry.is_repeat else ""
                further = (repeat or self._snooze(entry), self._proposed(entry), self._news(real))
                return safe_tip(self._text(column, entry), *filter(None, further))
            if column is Column.STATUS and self.has_row_note(entry):
                return safe_tip(self._snooze(entry) or self._proposed(entry))
            return None
        if role == NEWS_ROLE:
            return news_text(self._seen, real, self._now(), self._mask)
        return self._row_note(entry) if role == NOTE_ROLE else None

    def proposal(self, finding: Finding) -> Proposal | None:
        """Return the open proposal for a finding as it may be shown; None for none."""
        found = self.proposals().of(finding)
        return None if found is None else self._mask.proposal(found)

    def has_row_note(self, finding: Finding) -> bool:
        """Return whether a row has a `RowNote`, which is faster than making one."""
        return finding.snoozed_until is not None or self.proposals().of(finding) is not None

    def _row_note(self, finding: Finding) -> RowNote | None:
        if finding.snoozed_until is not None:
            until = decision_text.until_texts(finding.snoozed_until, self._now())
            return RowNote("ui-snooze", until)
        found = self.proposal(finding)
        if found is None:
            return None
        texts = proposal_text.row_texts(found, self._now())
        return RowNote(proposal_text.ICONS[found.certainty], texts)

    def _proposed(self, finding: Finding) -> str:
        """Return the proposal for a finding as a sentence."""
        found = self.proposal(finding)
        return "" if found is None else proposal_text.sentence(found, self._now())

    def proposed_in(self, group: Group) -> str:
        """Return how many findings of a group have a proposal; "" for none."""
        known, place = self.proposals(), (group.by, group.key)
        found = self._proposed_in.get(place)
        if found is None or found[0] is not known or found[1] != len(group.rows):
            count = sum(known.of(row) is not None for row in group.rows)
            found = (known, len(group.rows), proposal_text.count_words(count))
            self._proposed_in[place] = found  # each cell of its head wants it
        return found[2]

    def row_text(self, entry: Entry) -> str:
        """Return the cells of a row separated by tabs, as it is copied."""
        if isinstance(entry, GapRow):
            return ""
        if isinstance(entry, Group):
            title = table_text.group_title(entry, self._names)
            note = table_text.group_note(entry, self._names, has_many_scans=self._has_many_scans())
            return "\t".join((title, note, table_text.count_text(entry)))
        return "\t".join(self._text(column, entry) for column in USUAL_COLUMNS)

    def _of_gap(self, row: GapRow, column: Column, role: int) -> Any:
        fact = table_text.gap_text(
            row, self._names, self._now(), has_many_scans=self._has_many_scans()
        )
        if role == GAP_ROLE:
            return (fact, table_text.gap_consequence(row))
        if role == DISPLAY_ROLE:
            return fact if column is Column.FINDING else ""
        if role == ACCESSIBLE_ROLE and column is COLUMNS[0]:
            return f"{fact} {table_text.gap_consequence(row)}"
        return None

    def _of_group(self, group: Group, column: Column, role: int) -> Any:
        if role == GROUP_ROLE:
            return group
        if role == DISPLAY_ROLE:
            return table_text.group_title(group, self._names) if column is Column.FINDING else ""
        if role == ACCESSIBLE_ROLE and column is COLUMNS[0]:
            sentence = table_text.group_sentence(
                group, self._names, has_many_scans=self._has_many_scans()
            )
            proposed = self.proposed_in(group)
            sentence = f"{sentence} {proposed}." if proposed else sentence
            selected = sum([row.id in self.selected for row in group.rows])
            return f"{sentence} " + tr("%n selected.", "", selected) if selected else sentence
        return None

    def _text(self, column: Column, finding: Finding) -> str:
        if column is Column.STATUS:
            note = self.note_of(finding.id)
            if note is not None:
                return decision_text.note_words(note).sentence
        if column is Column.REASON and not finding.is_announced:
            return decision_text.reason_text(finding, self.reasons())
        return table_text.COLUMN_SPECS[column].cell(finding, self._names, self._now())

    def _news(self, finding: Finding) -> str:
        news = news_text(self._seen, finding, self._now(), self._mask)
        return "" if news is None else f"{news.sentence} {news.more}".rstrip()

    def _snooze(self, finding: Finding) -> str:
        if finding.snoozed_until is not None:
            return decision_text.snoozed_text(finding.snoozed_until, self._now())
        return tr(decision_text.BACK_WORDS) if finding.is_back else ""
