"""One setting, told once: its row in the settings window and its being found there come from it.

Only what has an effect is a setting; a new one is one more value of the table in
`widgets/window/window_settings.py`. Source: ux.md §2.9; design.md §5 ("Settings"), §10 ("Alerts").
"""

from collections.abc import Callable, Sequence
from enum import Enum

from msgspec import Struct

from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.window.command_search import ranked


class Page(Enum):
    """A page of settings, in the order of the list; the value is its icon, title and sentence."""

    SERVERS = (
        "conn-live",
        tr_noop("Servers"),
        tr_noop("Where scans come from, and what may be changed there."),
    )
    APPEARANCE = (
        "ui-sidebar",
        tr_noop("Appearance"),
        tr_noop("How the windows look. Each change holds at once, in all of them."),
    )
    KEYBOARD = (
        "ui-keyboard",
        tr_noop("Keyboard"),
        tr_noop("What keys do."),
    )
    HISTORY = (
        "ui-log",
        tr_noop("History"),
        tr_noop("What this computer keeps of scans and their findings, so that they come back."),
    )
    SELF_TEST = (
        "ui-check",
        tr_noop("Self-test"),
        tr_noop("What the desktop and the server answer when they are asked."),
    )

    @property
    def icon(self) -> str:
        """Its icon."""
        return self.value[0]

    @property
    def title(self) -> str:
        """What it is called."""
        return tr(self.value[1])

    @property
    def sentence(self) -> str:
        """What it is about."""
        return tr(self.value[2])


class Switch(Struct, frozen=True):
    """What is on or off."""

    is_on: Callable[[], bool]
    turn: Callable[[bool], object]


class Choice(Struct, frozen=True):
    """One of several words.

    Attributes:
        words: what may be chosen.
        current: the place of the word that holds now; -1 for none of them.
        choose: takes the place of another one.
    """

    words: tuple[str, ...]
    current: Callable[[], int]
    choose: Callable[[int], object]


class Button(Struct, frozen=True):
    """What is done, rather than set.

    Attributes:
        is_destructive: it takes something away; whoever carries it out asks first.
    """

    word: str
    act: Callable[[], object]
    is_destructive: bool = False


def _no_obstacle() -> str:
    return ""


class Setting(Struct, frozen=True):
    """One row.

    Attributes:
        id: tells it from others, in every language.
        says: what it does, in one sentence; a callable where that tells how it stands.
        kind: how it is set.
        obstacle: why it cannot be set now; "" when it can.
    """

    id: str
    page: Page
    title: str
    says: str | Callable[[], str]
    kind: Switch | Choice | Button
    obstacle: Callable[[], str] = _no_obstacle

    @property
    def sentence(self) -> str:
        """What it does, and why it cannot be set now."""
        says = self.says if isinstance(self.says, str) else self.says()
        return f"{says} {self.obstacle()}".strip()

    @property
    def shape(self) -> tuple[str, ...]:
        """What a row is made for: the setting, and what it offers."""
        match self.kind:
            case Choice(words):
                return (self.id, self.title, *words)
            case Button(word):
                return (self.id, self.title, word)
            case Switch():
                return (self.id, self.title)

    @property
    def searched(self) -> str:
        """All its words."""
        words = self.kind.words if isinstance(self.kind, Choice) else ()
        return " ".join((self.title, self.sentence, self.page.title, *words))


def found(settings: Sequence[Setting], wanted: str) -> list[Setting]:
    """Return the settings in which each wanted word begins a word, in the order of the pages."""
    places = set(ranked(wanted, [setting.searched for setting in settings]))
    return [setting for place, setting in enumerate(settings) if place in places]
