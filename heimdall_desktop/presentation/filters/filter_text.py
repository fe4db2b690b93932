"""The words of the filter language: what is wrong with a filter, and the sheet of its fields."""

from msgspec import Struct

from heimdall_desktop.domain.filters.filter_mistakes import FilterError, Mistake
from heimdall_desktop.presentation.i18n import either, tr, tr_noop

_TEXTS = {
    Mistake.VALUE_MISSING: tr_noop("A value is missing after {head}"),
    Mistake.NOT_ORDERED: tr_noop("{field} is not ordered. Write {example}"),
    Mistake.FIELD_UNKNOWN: tr_noop("{field} is not a field. Did you mean {guess}?"),
    Mistake.NO_PARENTHESES: tr_noop(
        'There are no parentheses. Put "{text}" in quotes to look for it as a text.'
    ),
    Mistake.NO_CONNECTIVE: tr_noop(
        "There is no {text} between terms: each must hold, commas mean or, a minus means not. "
        'Put "{text}" in quotes to look for it as a text.'
    ),
    Mistake.NO_LINE: tr_noop("{value} is no line. Write line:88, line:80-92 or line>=80."),
    Mistake.NO_CWE: tr_noop("{value} is no CWE number. Write cwe:89."),
    Mistake.NO_SPAN: tr_noop("{value} is no span of time. Write {example}."),
    Mistake.NO_MOMENT: tr_noop(
        "{value} is no moment. Write since:14:00, since:2026-07-04 or since:yesterday."
    ),
    Mistake.NOT_SHOWN: tr_noop("{value} cannot be shown. Did you mean {guess}?"),
    Mistake.STANDS_ALONE: tr_noop("{word} stands alone. Write {example}."),
    Mistake.ONE_VALUE: tr_noop("{operator} takes one {kind}. Write {example}."),
    Mistake.WORD_UNKNOWN: tr_noop("{value} is not a {kind}. Did you mean {guess}?"),
}
_KINDS = {
    "sev": tr_noop("severity"),
    "status": tr_noop("status"),
    "conf": tr_noop("confidence"),
    "source": tr_noop("source"),
    "is": tr_noop("verdict"),
    "stage": tr_noop("stage that finds anything"),
    "has": tr_noop("part of a finding"),
    "change": tr_noop("change that findings of a later scan have"),
}


def mistake_text(error: FilterError) -> str:
    """Return what is wrong with a filter and, where that can be guessed, what was meant."""
    text, facts = tr(_TEXTS[error.mistake]), dict(error.facts)
    match error.mistake:
        case Mistake.FIELD_UNKNOWN if not facts["guess"]:
            text = tr('{field} is not a field. Put "{text}" in quotes to look for it as a text.')
        case Mistake.NO_SPAN if not facts["example"]:
            text = tr("{value} is no span of time. Write new:10m, new:2h or new:1d.")
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
        meaning: what it asks for.
        examples: texts that can be taken over as they are.
    """

    field: str
    meaning: str
    examples: tuple[str, ...]


FIELD_NOTES = (
    FieldNote(
        "",
        tr_noop("A text in title, path, CWE, fingerprint or id"),
        ("sql", '"sql injection"', "-test"),
    ),
    FieldNote(
        "sev",
        tr_noop("Severity; withdrawn findings have none"),
        ("sev>=high", "sev:critical,low", "sev!=low"),
    ),
    FieldNote("status", tr_noop("Triage status"), ("status:open", "-status:dismissed")),
    FieldNote("is", tr_noop("State or verdict"), ("is:confirmed", "is:new", "is:snoozed")),
    FieldNote("has", tr_noop("What it comes with"), ("has:fix", "has:proof", "has:advisory")),
    FieldNote("file", tr_noop("Path, as a part or with wildcards"), ("file:*.py", "-file:tests/")),
    FieldNote("cwe", tr_noop("Kind of weakness"), ("cwe:89", "cwe:79,89")),
    FieldNote("title", tr_noop("A text in the title"), ("title:token", 'title:"path traversal"')),
    FieldNote("desc", tr_noop("A text in the description"), ("desc:password",)),
    FieldNote("source", tr_noop("Who found it"), ("source:ai", "-source:static")),
    FieldNote("stage", tr_noop("In which stage it was found"), ("stage:hunt", "stage:taint")),
    FieldNote("conf", tr_noop("Confidence"), ("conf>=medium", "conf:high")),
    FieldNote("scan", tr_noop("Name of the repository, or id of the scan"), ("scan:payments",)),
    FieldNote("new", tr_noop("First seen within a span of time"), ("new:10m", "new:2h", "new:1d")),
    FieldNote("since", tr_noop("First seen since then"), ("since:14:00", "since:yesterday")),
    FieldNote(
        "change",
        tr_noop("Since the earlier scan it is compared with"),
        ("change:new", "change:new,changed", "change:still"),
    ),
    FieldNote("line", tr_noop("Lines it touches"), ("line:88", "line:80-120", "line>=500")),
    FieldNote("fp", tr_noop("Beginning of the fingerprint"), ("fp:taint-",)),
    FieldNote("id", tr_noop("Beginning of the id"), ("id:0198",)),
    FieldNote("show", tr_noop("What is folded otherwise"), ("show:repeats",)),
)
RULES = (
    tr_noop("Terms stand side by side, and each must hold."),
    tr_noop("Commas mean or. A minus in front, or !=, means not."),
    tr_noop("Quotes keep blanks and commas: “sql injection”."),
    tr_noop("Severity, confidence and line also take >=, >, <= and <."),
    tr_noop("What a server does not tell hides nothing: findings known by the stream only pass."),
    tr_noop("Words may be cut short as long as they stay clear: sev:crit."),
)


def note_of(field: str) -> FieldNote | None:
    """Return the line of a field."""
    return next((note for note in FIELD_NOTES if note.field == field), None)
