"""What each field of the filter language is for, with an example: the sheet people are shown."""

from dataclasses import dataclass

from heimdall_desktop.domain.words.i18n import tr_noop


@dataclass(frozen=True, slots=True)
class FieldNote:
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
    FieldNote("is", tr_noop("State or verdict"), ("is:confirmed", "is:new", "is:proven")),
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
