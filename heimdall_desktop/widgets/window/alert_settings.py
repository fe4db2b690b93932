"""The Alerts page of the settings, as values: picture 16 from top to bottom.

Source: behaviour.md 2.5; look.md 10 ("Alerts").
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.application.base.tasks import Answer
from heimdall_desktop.domain.alerts.delivery import quiet_change
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.domain.facts.choices import (
    FIRST_EVENTS,
    REPO_MUTES,
    AlertChoices,
    EventChoice,
    QuietSpan,
)
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.server import Repo, SelfTestPart
from heimdall_desktop.models.filter_state import ViewsState
from heimdall_desktop.presentation.alerts import setting_text
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window import setting
from heimdall_desktop.widgets.controls.scan_marks import ScanMutes
from heimdall_desktop.widgets.window.workspace import Session

Subject = TypeVar("Subject", ScanId, Repo)


class AlertSettings(Struct, frozen=True):
    """Makes the rows from the preferences, which apply them.

    Attributes:
        session: the scans that may be muted, and the preferences.
        mutes: mutes the scans.
        refreshed: shows the settings as they are now.
        take_answer: receives the result of a self-test.
        privacy: the settings that the Privacy page shows too.
        views: the saved views, some of which notify.
    """

    session: Session
    mutes: ScanMutes
    refreshed: Callable[[], object]
    take_answer: Answer
    privacy: Sequence[setting.Setting]
    views: ViewsState

    def settings(self) -> list[setting.Setting]:
        return [
            *(self._event(each.event) for each in FIRST_EVENTS),
            *self._quiet_hours(),
            *self.privacy,
            *self._muted(),
            *self._delivery(),
        ]

    @property
    def _choices(self) -> AlertChoices:
        return self.session.requests.preferences.settings.alerts

    def _change(self, choices: AlertChoices) -> None:
        self.session.requests.preferences.change_setting("alerts", choices)
        self.refreshed()

    # -- events --

    def _event(self, event: str) -> setting.Setting:
        first = AlertChoices().of(event)

        def choice() -> EventChoice:
            return self._choices.of(event)

        def choose(changed: EventChoice) -> None:
            self._change(self._choices.with_event(changed))

        desktop = setting.Column(
            tr("Desktop"),
            tr("Shows a desktop notification."),
            setting.Switch(
                lambda: choice().on_desktop,
                lambda is_on: choose(replace(choice(), on_desktop=is_on)),
                default=first.on_desktop,
            ),
        )
        inbox = setting.Column(
            tr("Inbox"),
            tr("Marks the alert as unread in the inbox."),
            setting.Switch(
                lambda: choice().is_unread,
                lambda is_on: choose(replace(choice(), is_unread=is_on)),
                default=first.is_unread,
            ),
        )
        silent = tr("Sound requires a desktop notification.")
        sound = setting.Column(
            tr("Sound"),
            tr("The notification requests a sound."),
            setting.Switch(
                lambda: choice().has_sound and choice().on_desktop,
                lambda is_on: choose(replace(choice(), has_sound=is_on)),
                lambda: "" if choice().on_desktop else silent,
                default=first.has_sound,
            ),
        )
        notifying = [view.name for view in self.views.views if view.notifies]
        title, remark = setting_text.event_setting(Event(event), notifying)
        kind = setting.Columns(tr("Event"), (desktop, inbox, sound))
        return setting.Setting(f"event-{event}", setting.Page.ALERTS, title, remark, kind)

    # -- quiet hours --

    def _quiet_hours(self) -> list[setting.Setting]:
        spans = self._choices.quiet_hours
        return [
            setting.Setting(
                "quiet-hours",
                setting.Page.ALERTS,
                tr("Quiet hours"),
                self._quiet_text,
                setting.Switch(
                    lambda: self._choices.is_quiet,
                    lambda is_on: self._change(replace(self._choices, is_quiet=is_on)),
                ),
                continues=True,
                restore=self._quiet_reset,
            ),
            *(
                setting.Setting(
                    f"quiet-hours-{place}",
                    setting.Page.ALERTS,
                    tr("Quiet hours, line {number}").format(number=place + 1),
                    setting_text.span_words(span),
                    setting.Hours(
                        span,
                        setting_text.span_note(span),
                        partial(self._replace_span, place),
                        partial(self._replace_span, place),
                    ),
                    continues=True,
                )
                for place, span in enumerate(spans)
            ),
            setting.Setting(
                "add-quiet-hours",
                setting.Page.ALERTS,
                "",
                tr("Quiet hours for other days or times."),
                setting.Link(tr("Add hours"), partial(self._replace_span, len(spans), QuietSpan())),
            ),
        ]

    def _quiet_reset(self) -> setting.Reset | None:
        """Return what resets the switch and all lines."""
        first = AlertChoices()
        quiet = replace(self._choices, is_quiet=first.is_quiet, quiet_hours=first.quiet_hours)
        return None if quiet == self._choices else partial(self._change, quiet)

    def _replace_span(self, place: int, *by: QuietSpan) -> None:
        """Replace the hours in a line, without others remove them; add some after the last line."""
        spans = self._choices.quiet_hours
        self._change(replace(self._choices, quiet_hours=(*spans[:place], *by, *spans[place + 1 :])))

    def _quiet_text(self) -> str:
        now, choices = self.session.now(), self._choices
        is_quiet, change = quiet_change(choices.quiet_hours, now.astimezone())
        return setting_text.quiet_text(
            is_on=choices.is_quiet, is_quiet=is_quiet, change=change, now=now
        )

    # -- mutes --

    def _muted(self) -> list[setting.Setting]:
        now, choices = self.session.now(), self._choices
        ends: dict[ScanId, datetime | None] = dict.fromkeys(choices.muted_to_the_end)
        ends |= {m.scan_id: m.until for m in choices.muted if now < m.until}
        muted = [
            setting.Setting(
                f"muted {scan_id}",
                setting.Page.ALERTS,
                self.session.store.name_of(scan_id) or tr("A scan that isn't on the board"),
                setting_text.mute_text(until, now),
                setting.Link(
                    tr("Unmute"), partial(self._turn_mute, self.mutes.end, scan_id), "ui-mute"
                ),
            )
            for scan_id, until in ends.items()
        ]
        end_repo = partial(self._turn_mute, self.mutes.end_repo)
        muted += [
            setting.Setting(
                f"muted {each.server} {each.repo_id}",
                setting.Page.ALERTS,
                self._repo_title(each.repo),
                setting_text.mute_text(each.until, now),
                setting.Link(tr("Unmute"), partial(end_repo, each.repo), "ui-mute"),
            )
            for each in choices.muted_repos
            if now < each.until
        ]
        head = setting.Setting(
            "muted",
            setting.Page.ALERTS,
            tr("Muted"),
            tr(
                "Alerts are still counted and kept in the inbox. The card shows when the mute ends."
            ),
            setting.Menu(tr("Mute a scan"), "ui-mute", self._mute_entries),
            lambda: "" if self._mute_entries() else tr("There are no scans to mute."),
            continues=bool(muted),
        )
        return [head, *muted]

    def _mute_entries(self) -> list[tuple[str, Sequence[setting.Way]]]:
        store = self.session.store
        ways = (
            (tr("For 1 hour"), self.mutes.for_an_hour),
            (tr("Until it ends"), self.mutes.to_the_end),
        )
        scans: list[tuple[str, Sequence[setting.Way]]] = [
            (
                store.name_of(scan.id),
                [(word, partial(self._turn_mute, act, scan.id)) for word, act in ways],
            )
            for scan in store
            if not scan.is_settled and not self.mutes.text(scan.id)
        ]
        words = (tr("For 1 hour"), tr("For 1 day"), tr("For 1 week"))
        lengths = dict(zip(words, REPO_MUTES, strict=True))

        def mute(duration: timedelta, repo: Repo) -> None:
            self.mutes.mute_repo(repo, duration)

        repos: list[tuple[str, Sequence[setting.Way]]] = [
            (
                self._repo_title(repo),
                [
                    (word, partial(self._turn_mute, partial(mute, duration), repo))
                    for word, duration in lengths.items()
                ],
            )
            for repo in dict.fromkeys(scan.repo for scan in store)
            if repo is not None and not self.mutes.is_repo_muted(repo)
        ]
        return [*scans, *repos]

    def _repo_title(self, repo: Repo) -> str:
        scan = next((each for each in self.session.store if each.repo == repo), None)
        if scan is None:
            return tr("All scans of a repository that isn't on the board")
        return tr("All scans of {name}").format(name=scan.name)

    def _turn_mute(self, act: Callable[[Subject], None], subject: Subject) -> None:
        act(subject)
        self.refreshed()

    # -- delivery --

    def _delivery(self) -> list[setting.Setting]:
        test, part = self.session.requests.self_test, SelfTestPart.NOTIFICATIONS

        def says() -> str:
            if test.is_running:
                return tr("Waiting for the response.")
            return setting_text.delivery_text(
                test.shown_by(), test.answer_of(part), self.session.now()
            )

        return [
            setting.Setting(
                "delivery",
                setting.Page.ALERTS,
                tr("Delivery"),
                says,
                setting.Button(
                    tr("Run self-test"),
                    partial(test.request, self.take_answer, (part,)),
                    icon="ui-play",
                ),
            ),
            setting.Setting(
                "stays",
                setting.Page.ALERTS,
                tr("Keep on screen until closed"),
                tr("Notifications about critical findings don't disappear automatically."),
                setting.Switch(
                    lambda: self._choices.stays,
                    lambda is_on: self._change(replace(self._choices, stays=is_on)),
                    default=True,
                ),
            ),
        ]
