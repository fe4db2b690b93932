"""What each field of the filter language is for, with an example: the sheet people are shown."""

from dataclasses import dataclass

from heimdall_desktop.domain.words.wording import later


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
        later("A text in title, path, CWE, fingerprint or id"),
        ("sql", '"sql injection"', "-test"),
    ),
    FieldNote(
        "sev",
        later("Severity; withdrawn findings have none"),
        ("sev>=high", "sev:critical,low", "sev!=low"),
    ),
    FieldNote("status", later("Triage status"), ("status:open", "-status:dismissed")),
    FieldNote("is", later("State or verdict"), ("is:confirmed", "is:new", "is:proven")),
    FieldNote("has", later("What it comes with"), ("has:fix", "has:proof", "has:advisory")),
    FieldNote("file", later("Path, as a part or with wildcards"), ("file:*.py", "-file:tests/")),
    FieldNote("cwe", later("Kind of weakness"), ("cwe:89", "cwe:79,89")),
    FieldNote("title", later("A text in the title"), ("title:token", 'title:"path traversal"')),
    FieldNote("desc", later("A text in the description"), ("desc:password",)),
    FieldNote("source", later("Who found it"), ("source:ai", "-source:static")),
    FieldNote("stage", later("In which stage it was found"), ("stage:hunt", "stage:taint")),
    FieldNote("conf", later("Confidence"), ("conf>=medium", "conf:high")),
    FieldNote("scan", later("Name of the repository, or id of the scan"), ("scan:payments",)),
    FieldNote("new", later("First seen within a span of time"), ("new:10m", "new:2h", "new:1d")),
    FieldNote("since", later("First seen since then"), ("since:14:00", "since:yesterday")),
    FieldNote("line", later("Lines it touches"), ("line:88", "line:80-120", "line>=500")),
    FieldNote("fp", later("Beginning of the fingerprint"), ("fp:taint-",)),
    FieldNote("id", later("Beginning of the id"), ("id:0198",)),
    FieldNote("show", later("What is folded otherwise"), ("show:repeats",)),
)
RULES = (
    later("Terms stand side by side, and each must hold."),
    later("Commas mean or. A minus in front, or !=, means not."),
    later("Quotes keep blanks and commas: “sql injection”."),
    later("Severity, confidence and line also take >=, >, <= and <."),
    later("What a server does not tell hides nothing: findings known by the stream only pass."),
    later("Words may be cut short as long as they stay clear: sev:crit."),
)


def note_of(field: str) -> FieldNote | None:
    """Return the line of a field."""
    return next((note for note in FIELD_NOTES if note.field == field), None)
