"""One setting, defined once for its row in the settings window and for the search there.

Only what has an effect is a setting; a new one is one more value of the table in
`widgets/window/window_settings.py`. Source: behaviour.md 2.9; look.md 5 ("Settings"), 10
("Alerts").
"""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import partial
from typing import TypeVar

from msgspec import Struct

from heimdall_desktop.domain.facts.choices import QuietSpan
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.window.command import ranked

Value = TypeVar("Value")


class Page(Enum):
    """A page of settings, in the order of the list; the value is its icon, title and sentence."""

    ACCOUNT = (
        "conn-signed-out",
        tr_noop("Account"),
        tr_noop("Where you are signed in, for how long, and where tokens are kept."),
    )
    SERVERS = (
        "conn-live",
        tr_noop("Servers"),
        tr_noop("Where scans come from, and what may be changed there."),
    )
    ALERTS = (
        "ui-bell",
        tr_noop("Alerts"),
        tr_noop(
            "What may interrupt you. Every alert is kept in the inbox; \u201cInbox\u201d sets "
            "whether it counts as unread."
        ),
    )
    APPEARANCE = (
        "ui-sidebar",
        tr_noop("Appearance"),
        tr_noop("How windows look. Changes apply to all windows immediately."),
    )
    FINDINGS = (
        "ui-views",
        tr_noop("Findings"),
        tr_noop("What the findings table shows, and how findings are worked through."),
    )
    KEYBOARD = (
        "ui-keyboard",
        tr_noop("Keyboard"),
        tr_noop("What keys do. To change a shortcut, click its button, then press the new keys."),
    )
    PRIVACY = (
        "ui-hide",
        tr_noop("Privacy"),
        tr_noop("What others can see of scans and their findings."),
    )
    HISTORY = (
        "ui-log",
        tr_noop("History"),
        tr_noop(
            "What this computer keeps of scans and their findings, so that they are available "
            "after a restart."
        ),
    )
    START = (
        "ui-play",
        tr_noop("Startup"),
        tr_noop("How Heimdall starts, and what closing its window does."),
    )
    NETWORK = (
        "conn-reconnecting",
        tr_noop("Network"),
        tr_noop("How each server is reached, and a test that shows where a connection fails."),
    )
    SELF_TEST = (
        "ui-check",
        tr_noop("Self-test"),
        tr_noop("How the desktop and the server respond to a test."),
    )
    ABOUT = (
        "ui-info",
        tr_noop("About"),
        tr_noop("The version, its licences, and the folders in use."),
    )

    @property
    def icon(self) -> str:
        return self.value[0]

    @property
    def title(self) -> str:
        return tr(self.value[1])

    @property
    def sentence(self) -> str:
        return tr(self.value[2])


Reset = Callable[[], object]
"""Restores the default."""


class Switch(Struct, frozen=True):
    """An on/off switch.

    Attributes:
        obstacle: why this one of several cannot be switched now; "" if it can.
        default: its value before it was ever switched; None if there is none to return to.
    """

    is_on: Callable[[], bool]
    turn: Callable[[bool], object]
    obstacle: Callable[[], str] = str
    default: bool | None = None

    @property
    def reset(self) -> Reset | None:
        if self.default in (None, self.is_on()):
            return None
        return partial(self.turn, self.default)


class Column(Struct, frozen=True):
    """One of several switches in a row.

    Attributes:
        word: shown above it.
        says: what it does, in one sentence.
    """

    word: str
    says: str
    switch: Switch


class Columns(Struct, frozen=True):
    """Several switches of one thing, each below its word.

    Attributes:
        head: the word above the titles.
    """

    head: str
    columns: tuple[Column, ...]

    @property
    def reset(self) -> Reset | None:
        """Return what resets all of them; one that is masked by another has a default too."""
        switches = [column.switch for column in self.columns]
        if not any(switch.reset for switch in switches):
            return None

        def reset_all() -> None:
            for switch in switches:
                if switch.default is not None:
                    switch.turn(switch.default)

        return reset_all


class Hours(Struct, frozen=True):
    """Days and hours of a week.

    Attributes:
        note: a remark on the result, in a word; "" if the result is obvious.
    """

    span: QuietSpan
    note: str
    change: Callable[[QuietSpan], object]
    remove: Callable[[], object]


class Choice(Struct, frozen=True):
    """One of several words.

    Attributes:
        words: the available words.
        current: the index of the current word; -1 for none of them.
        choose: receives the index of another one.
        default: the index of the default; None if there is none to return to.
    """

    words: tuple[str, ...]
    current: Callable[[], int]
    choose: Callable[[int], object]
    default: int | None = None

    @property
    def reset(self) -> Reset | None:
        if self.default in (None, self.current()):
            return None
        return partial(self.choose, self.default)


class Button(Struct, frozen=True):
    """An action rather than a value.

    Attributes:
        is_destructive: it deletes something, and is confirmed first.
    """

    word: str
    act: Callable[[], object]
    is_destructive: bool = False
    icon: str = ""


Way = tuple[str, Callable[[], object]]
"""A word, and the action for it."""


class Menu(Struct, frozen=True):
    """Actions for one of several things, each with its own.

    Attributes:
        entries: the current things, and the actions of each.
    """

    word: str
    icon: str
    entries: Callable[[], Sequence[tuple[str, Sequence[Way]]]]


class Link(Struct, frozen=True):
    """An action on a line of a list; without a title the line is only the action."""

    word: str
    act: Callable[[], object]
    icon: str = ""


class Keys(Struct, frozen=True):
    """The keys of a command.

    Attributes:
        group: the subject of the command; the word above the first of its kind.
        keys: its current keys, in Qt's portable spelling.
        choose: receives other ones, "" for none; returns why they cannot be used, "" if they can.
        reset: restores the default keys; None while it has them.
    """

    group: str
    keys: tuple[str, ...]
    choose: Callable[[str], str]
    reset: Reset | None


class Fact(Struct, frozen=True):
    """A line that only shows something, and can be copied.

    Attributes:
        icon: before the title; "" for none.
        note: a figure at its end; "" for none.
        is_failure: it reports a failure.
    """

    icon: str = ""
    note: str = ""
    is_failure: bool = False


Kind = Switch | Columns | Hours | Choice | Button | Menu | Link | Keys | Fact


class Setting(Struct, frozen=True):
    """One row.

    Attributes:
        id: unique, in every language.
        says: what it does, in one sentence; a callable if that depends on the current state.
        kind: how it is set.
        obstacle: why it cannot be set now; "" if it can.
        also_on: another page that shows it.
        continues: the next one belongs to it, so no line separates them.
        restore: what restores the default where it concerns more than its control; it returns
            None while there is nothing to restore.
        section: the thing that it and its neighbours are about, as a heading above them; "" if
            the page is about one thing.
    """

    id: str
    page: Page
    title: str
    says: str | Callable[[], str]
    kind: Kind
    obstacle: Callable[[], str] = str
    continues: bool = False
    also_on: Page | None = None
    section: str = ""
    restore: Callable[[], Reset | None] | None = None

    @property
    def pages(self) -> tuple[Page | None, ...]:
        return (self.page, self.also_on)

    @property
    def sentence(self) -> str:
        says = self.says if isinstance(self.says, str) else self.says()
        return f"{says} {self.obstacle()}".strip()

    @property
    def reset(self) -> Reset | None:
        """What restores the default; None while it has it, cannot be set, or has none."""
        if self.restore is not None:
            return self.restore()
        match self.kind:
            case Switch() | Columns() | Choice() | Keys() if not self.obstacle():
                return self.kind.reset
            case _:
                return None

    @property
    def shape(self) -> tuple[str, ...]:
        match self.kind:
            case Choice(words):
                return (self.id, self.title, *words)
            case Button(word) | Menu(word) | Link(word):
                return (self.id, self.title, word)
            case Fact(icon=icon, is_failure=is_failure):
                return (self.id, self.title, icon, str(is_failure))
            case Switch() | Columns() | Hours() | Keys():
                return (self.id, self.title)

    @property
    def head(self) -> str:
        match self.kind:
            case Columns(head=word) | Keys(group=word):
                return word
            case _:
                return self.section

    @property
    def searched(self) -> str:
        words: tuple[str, ...] = ()
        match self.kind:
            case Choice(words=offered):
                words = offered
            case Keys(group=group, keys=keys):
                words = (group, *keys)
            case Columns(columns=columns):
                words = tuple(column.word for column in columns)
            case Button(word) | Menu(word) | Link(word):
                words = (word,)
            case _:
                pass
        return " ".join((self.title, self.sentence, self.section, self.page.title, *words))


def found(settings: Sequence[Setting], wanted: str) -> list[Setting]:
    """Return the settings in which each wanted word starts a word, in the order of the pages."""
    places = set(ranked(wanted, [setting.searched for setting in settings]))
    return [setting for place, setting in enumerate(settings) if place in places]


def choice_of(
    texts: Mapping[Value, str],
    current: Callable[[], Value],
    choose: Callable[[Value], object],
    default: Value,
) -> Choice:
    """Return a choice of one of several values by their texts; an unlisted one is none of them."""
    values = list(texts)

    def place() -> int:
        value = current()
        return values.index(value) if value in values else -1

    def choose_at(place: int) -> object:
        return choose(values[place])

    return Choice(tuple(texts.values()), place, choose_at, values.index(default))
