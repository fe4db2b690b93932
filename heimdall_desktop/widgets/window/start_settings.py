"""The page Start of the settings, as values: the start with the session, and what closing does.

Source: ux.md §1 (34).
"""

from __future__ import annotations

from msgspec import Struct

from heimdall_desktop.application.request_tasks import Answer
from heimdall_desktop.application.requests import Requests
from heimdall_desktop.domain.facts.choices import StartChoices
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.background import ON_CLOSE_WORDS
from heimdall_desktop.presentation.window.setting import Choice, Page, Setting, Switch


class StartSettings(Struct, frozen=True):
    """Makes the rows from the preferences, and from what writes the entry of the session.

    Attributes:
        requests: both of them.
        take_answer: told what came of writing the entry.
    """

    requests: Requests
    take_answer: Answer

    def settings(self) -> list[Setting]:
        """Return all of them, in the order in which they are shown."""
        return [*(self._at_login() if self.requests.at_login.is_offered else []), self._closing()]

    @property
    def _choices(self) -> StartChoices:
        return self.requests.preferences.settings.start

    def _at_login(self) -> list[Setting]:
        return [
            Setting(
                "at-login",
                Page.START,
                tr("Start at login"),
                tr("Heimdall starts when you log in to the desktop."),
                Switch(
                    lambda: self._choices.is_at_login,
                    lambda is_on: self._start(is_on=is_on, is_hidden=self._choices.is_hidden),
                ),
            ),
            Setting(
                "start-hidden",
                Page.START,
                tr("Start hidden"),
                tr("At login, Heimdall starts in the tray, or minimised if there is no tray."),
                Switch(
                    lambda: self._choices.is_hidden,
                    lambda is_on: self._start(is_on=self._choices.is_at_login, is_hidden=is_on),
                ),
                lambda: "" if self._choices.is_at_login else tr("“Start at login” is off."),
            ),
        ]

    def _start(self, *, is_on: bool, is_hidden: bool) -> None:
        self.requests.at_login.choose(self.take_answer, is_on=is_on, is_hidden=is_hidden)

    def _closing(self) -> Setting:
        ways, choose = tuple(ON_CLOSE_WORDS), self.requests.preferences.choose_closing
        return Setting(
            "on-close",
            Page.START,
            tr("Closing the window"),
            lambda: tr(ON_CLOSE_WORDS[self._choices.on_close][1]),
            Choice(
                tuple(tr(word) for word, _ in ON_CLOSE_WORDS.values()),
                lambda: ways.index(self._choices.on_close),
                lambda place: choose(ways[place]),
            ),
        )
