"""Which ink stands on which ground anywhere in the window, by the names of the tokens.

A text or a mark that is painted on another ground than before gets its line here.
"""

from operator import attrgetter

from PySide6.QtGui import QColor

from heimdall_desktop.widgets.look.tokens import Tokens

_REGIONS = "window surface alt raised"
_ROWS = "hover selection selection_inactive"
_CODE = "code.ground code.marked code.added code.removed"

#: Texts, which reach 4.5:1 (WCAG 2.2, 1.4.3).
TEXTS = {
    "text": f"{_REGIONS} {_ROWS} field track pressed accent_soft {_CODE}"
    " code.added_word code.removed_word",
    "muted": f"{_REGIONS} {_ROWS} field track pressed",
    "faint": f"{_REGIONS} {_ROWS} field",
    "accent": f"{_REGIONS} {_ROWS} field accent_soft",
    "accent_hover": f"{_REGIONS} {_ROWS}",
    "on_accent": "accent accent_hover",
    "failed": f"{_REGIONS} {_ROWS} pressed field failed_ground",
    "warning": f"{_REGIONS} {_ROWS} warning_ground",
    "inverse_text": "inverse",
    "code.line_number": _CODE,
    "code.keyword": f"{_CODE} code.added_word code.removed_word",
    "code.string": f"{_CODE} code.added_word code.removed_word",
    "code.number": f"{_CODE} code.added_word code.removed_word",
    "code.name": f"{_CODE} code.added_word code.removed_word",
    "code.comment": _CODE,
    "code.added_bar": "code.added",  # the signs + and - have the colours of their bars
    "code.removed_bar": "code.removed",
    **{
        f"severity.{kind}.label": f"severity.{kind}.fill"
        for kind in ("critical", "high", "medium", "low", "other")
    },
}

#: Marks, edges of controls and bars, which reach 3:1 (WCAG 2.2, 1.4.11).
MARKS = {
    "control": "window surface raised field",
    "accent": f"{_REGIONS} {_ROWS} code.ground",  # the ring of the keyboard, bars, running stages
    "failed": f"{_REGIONS} {_ROWS}",
    "stage_done": f"window surface {_ROWS}",
    "stage_pending": f"window surface {_ROWS}",
    "on_accent": "accent",
    "inverse": "window surface raised",
    "code.marked_bar": "code.marked",
    "code.added_bar": "code.added",
    "code.removed_bar": "code.removed",
}

#: Shapes of severities, by their border where the fill is pale.
SHAPE_GROUNDS = f"{_REGIONS} {_ROWS}".split()

#: Lines that only part, shadows, and what WCAG exempts.
DECORATION = {"hairline", "hairline_strong", "warning_hairline", "scrim", "shadow", "disabled"}


def colour(tokens: Tokens, name: str) -> QColor:
    """Return the colour of a token by its name, such as "code.keyword"."""
    found: QColor = attrgetter(name)(tokens)
    return found


def pairs(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(ink, ground) for ink, grounds in table.items() for ground in grounds.split()]
