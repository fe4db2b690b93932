"""The words of the filter language: the mistakes in a filter, and the sheet of its fields."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.filters import filter_terms
from heimdall_desktop.domain.filters.filter_language import (
    FIELDS,
    NEWS,
    FilterError,
    Mistake,
    words_of,
)
from heimdall_desktop.domain.filters.filter_writing import quoted
from heimdall_desktop.presentation.i18n import either, tr, tr_noop

_TEXTS = {
    Mistake.VALUE_MISSING: tr_noop("A value is missing after {head}"),
    Mistake.NOT_ORDERED: tr_noop("{field} doesn't support < or >. Write {example}"),
    Mistake.FIELD_UNKNOWN: tr_noop("{field} isn't a field. Did you mean {guess}?"),
    Mistake.NO_PARENTHESES: tr_noop(
        'Parentheses aren\'t supported. To search for this text, put "{text}" in quotes.'
    ),
    Mistake.NO_CONNECTIVE: tr_noop(
        "{text} isn't supported between terms. All terms must match; commas mean \u201cor\u201d, "
        'a minus means \u201cnot\u201d. To search for this text, put "{text}" in quotes.'
    ),
    Mistake.NO_LINE: tr_noop("{value} isn't a line number. Write line:88, line:80-92 or line>=80."),
    Mistake.NO_CWE: tr_noop("{value} isn't a CWE number. Write cwe:89."),
    Mistake.NO_SPAN: tr_noop("{value} isn't a time span. Write {example}."),
    Mistake.NO_MOMENT: tr_noop(
        "{value} isn't a time. Write since:14:00, since:2026-07-04 or since:yesterday."
    ),
    Mistake.NOT_SHOWN: tr_noop("{value} can't be shown. Did you mean {guess}?"),
    Mistake.STANDS_ALONE: tr_noop("{word} can't be combined with other values. Write {example}."),
    Mistake.ONE_VALUE: tr_noop("{operator} takes one {kind}. Write {example}."),
    Mistake.WORD_UNKNOWN: tr_noop("{value} isn't a {kind}. Did you mean {guess}?"),
}
_KINDS = {
    "sev": tr_noop("severity"),
    "status": tr_noop("status"),
    "conf": tr_noop("confidence"),
    "source": tr_noop("source"),
    "is": tr_noop("verdict"),
    "stage": tr_noop("stage that produces findings"),
    "has": tr_noop("part of a finding"),
    "change": tr_noop("kind of change between scans"),
    "proposed": tr_noop("kind of proposal"),
    "reason": tr_noop("reason"),
    "disagrees": tr_noop("kind of disagreement"),
}


def mistake_text(error: FilterError) -> str:
    """Return the mistake in a filter and, if it can be guessed, the intended filter."""
    text, facts = tr(_TEXTS[error.mistake]), dict(error.facts)
    match error.mistake:
        case Mistake.FIELD_UNKNOWN if not facts["guess"]:
            text = tr('{field} isn\'t a field. To search for this text, put "{text}" in quotes.')
        case Mistake.NO_SPAN if not facts["example"]:
            text = tr("{value} isn't a time span. Write new:10m, new:2h or new:1d.")
        case Mistake.ONE_VALUE:
            facts["kind"] = tr(_KINDS[str(facts["field"])])
        case Mistake.WORD_UNKNOWN:
            facts["kind"] = tr(_KINDS[str(facts["field"])])
            facts["guess"] = either(list(facts["guesses"]))
        case _:
            pass
    return text.format(**facts)


# -- the sheet of the filter language --


class FieldNote(Struct, frozen=True):
    """One line of the sheet.

    Attributes:
        field: its name; "" for a text without a field.
        meaning: what it searches for.
        examples: texts that can be used as they are.
    """

    field: str
    meaning: str
    examples: tuple[str, ...]


FIELD_NOTES = (
    FieldNote(
        "",
        tr_noop("Text in title, path, CWE, fingerprint or ID"),
        ("sql", '"sql injection"', "-test"),
    ),
    FieldNote(
        "sev",
        tr_noop("Severity; withdrawn and fixed findings have none"),
        ("sev>=high", "sev:critical,low", "sev!=low"),
    ),
    FieldNote("status", tr_noop("Triage status"), ("status:open", "-status:dismissed")),
    FieldNote(
        "is", tr_noop("State or verdict"), ("is:confirmed", "is:new", "is:changed", "is:snoozed")
    ),
    FieldNote("has", tr_noop("What it includes"), ("has:fix", "has:proof", "has:advisory")),
    FieldNote(
        "file", tr_noop("Part of the path, wildcards allowed"), ("file:*.py", "-file:tests/")
    ),
    FieldNote("cwe", tr_noop("Weakness type"), ("cwe:89", "cwe:79,89")),
    FieldNote("title", tr_noop("Text in the title"), ("title:token", 'title:"path traversal"')),
    FieldNote("desc", tr_noop("Text in the description"), ("desc:password",)),
    FieldNote("source", tr_noop("Who found it"), ("source:ai", "-source:static")),
    FieldNote("stage", tr_noop("Stage that found it"), ("stage:hunt", "stage:taint")),
    FieldNote("conf", tr_noop("Confidence"), ("conf>=medium", "conf:high")),
    FieldNote("scan", tr_noop("Repository name or scan ID"), ("scan:payments",)),
    FieldNote("new", tr_noop("First seen within a time span"), ("new:10m", "new:2h", "new:1d")),
    FieldNote(
        "since", tr_noop("First seen since a given time"), ("since:14:00", "since:yesterday")
    ),
    FieldNote(
        "change",
        tr_noop("Change since the earlier scan"),
        ("change:new", "change:new,changed", "change:still"),
    ),
    FieldNote(
        "proposed",
        tr_noop("Decided in an earlier scan, not reviewed here yet"),
        ("proposed:certain", "proposed:probable", "proposed:any"),
    ),
    FieldNote(
        "reason",
        tr_noop("Why it was dismissed or is a false positive, once loaded"),
        ("reason:test-code", "reason:none", "reason:unknown"),
    ),
    FieldNote(
        "disagrees",
        tr_noop(
            "Judgements that differ; those about V\u00ed\u00f0arr only where the history was read"
        ),
        ("disagrees:any", "disagrees:proof,unproven", "disagrees:overlap"),
    ),
    FieldNote("line", tr_noop("Lines it covers"), ("line:88", "line:80-120", "line>=500")),
    FieldNote("fp", tr_noop("Fingerprint prefix"), ("fp:taint-",)),
    FieldNote("id", tr_noop("ID prefix"), ("id:0198",)),
    FieldNote("show", tr_noop("Rows that are normally collapsed"), ("show:repeats",)),
)
RULES = (
    tr_noop("Separate terms with spaces. A finding must match all of them."),
    tr_noop("Commas mean \u201cor\u201d. A leading minus or != means \u201cnot\u201d."),
    tr_noop("Put text with spaces or commas in quotes: \u201csql injection\u201d."),
    tr_noop("Severity, confidence and line also accept >=, >, <= and <."),
    tr_noop("A filter never hides stream-only findings for values that the server doesn't report."),
    tr_noop("You can shorten words as long as they stay unambiguous: sev:crit."),
)


_MEANINGS = {note.field: note.meaning for note in FIELD_NOTES}


# Completions for a filter that is being typed: fields, words, and values of the rows.
#
# Only the term at the cursor is used, and of its values the one the cursor is in.


OFFERS_LIMIT = 12
_VALUE = re.compile(r"[^,]*\Z")
_WORDS = {
    "is": (*filter_terms.STATES, *NEWS, filter_terms.REPEAT, filter_terms.SNOOZED),
    "has": tuple(filter_terms.PARTS),
    "change": tuple(filter_terms.CHANGES),
    "proposed": tuple(filter_terms.PROPOSED),
    "reason": tuple(filter_terms.REASONS),
    "disagrees": filter_terms.DISAGREEMENTS,
    "show": (f"{filter_terms.REPEAT}s",),
    "new": ("10m", "1h", "8h", "1d", "7d"),
    "since": ("today", "yesterday"),
}
"""The words offered for fields that aren't completed with values of findings."""

ValueCounts = Mapping[str, Counter[str]]
"""How many findings have each value, by field."""


class Offer(Struct, frozen=True):
    """One completion.

    Attributes:
        text: the text to insert.
        shown: the same as one harmless line.
        note: its meaning, "" if it is obvious.
        count: how many findings have it; None if that is not counted.
    """

    text: str
    shown: str
    note: str = ""
    count: int | None = None


class Completion(Struct, frozen=True):
    """The completions at a position of the text, the likeliest first."""

    start: int = 0
    end: int = 0
    offers: tuple[Offer, ...] = ()

    def applied(self, text: str, offer: Offer) -> tuple[str, int]:
        """Return the text with an offer inserted, and the cursor position after it."""
        put = offer.text
        is_open = put.endswith((":", ">=")) or text[self.end : self.end + 1] in (" ", ",")
        put = put if is_open else f"{put} "
        return text[: self.start] + put + text[self.end :], self.start + len(put)


def complete(text: str, cursor: int, counts: ValueCounts) -> Completion:
    term = next(
        (t for t in filter_terms.terms_of(text) if t.position < cursor <= t.position + len(t.text)),
        None,
    )
    if term is None:
        return Completion(cursor, cursor, tuple(_fields("")))
    if term.field and cursor >= term.value_position:
        before = text[term.value_position : cursor]
        if before.count('"') % 2:
            typed = before[before.rindex('"') + 1 :]
            start = term.value_position + before.rindex('"')
        else:
            found = _VALUE.search(before)
            typed = found[0] if found else ""
            start = cursor - len(typed)
        taken = {value.text.casefold() for value in term.values if value.position < start}
        offers = _offers(term.known_field, typed.casefold(), taken, counts)
        chosen = tuple(offer for offer in offers if offer.shown.casefold() != typed.casefold())
        return Completion(start, cursor, chosen)
    start = term.position + term.has_minus
    if term.field or text[start : start + 1] == '"':
        return Completion()
    return Completion(start, cursor, tuple(_fields(text[start:cursor])))


def recent_offers(texts: Iterable[str]) -> Completion:
    return Completion(0, 0, tuple(Offer(text, one_line(text)) for text in texts))


def _fields(typed: str) -> Iterator[Offer]:
    wanted = typed.casefold()
    for field in FIELDS:
        names = [field, *(name for name, short in filter_terms.SYNONYMS.items() if short == field)]
        if any(name.startswith(wanted) for name in names):
            head = f"{field}>=" if field == "sev" else f"{field}:"
            yield Offer(head, head, tr(_MEANINGS[field]))


def _offers(field: str, typed: str, taken: set[str], counts: ValueCounts) -> list[Offer]:
    counted = counts.get(field, Counter())
    offered = _WORDS.get(field) or [str(word.value) for word in words_of(field)]
    words = [word for word in offered if word not in taken]
    if words:
        fitting = [word for word in words if word.startswith(typed)]
        others = [word for word in words if typed in word and word not in fitting]
        return [
            Offer(word, word, count=counted[word] if field in counts else None)
            for word in (*fitting, *others)
        ]
    fitting_values = (pair for pair in counted.items() if typed in pair[0].casefold())
    best = nsmallest(
        OFFERS_LIMIT,
        fitting_values,
        key=lambda pair: (not pair[0].casefold().startswith(typed), -pair[1], pair[0]),
    )
    return [
        Offer(quoted(value.replace('"', "")), one_line(value), count=count)
        for value, count in best
        if value.casefold() not in taken
    ]
