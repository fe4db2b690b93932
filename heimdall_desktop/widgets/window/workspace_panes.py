"""What every window reads findings with: table, strip of troubles, detail, panel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from heimdall_desktop.application.requests import Requests
from heimdall_desktop.application.store import Store
from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.widgets.detail.detail_pane import DetailPane
from heimdall_desktop.widgets.findings.findings_pane import FindingsPane
from heimdall_desktop.widgets.findings.scan_problem_strip import ScanProblemStrip
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel.stages_panel import StagesPanel
from heimdall_desktop.widgets.panel.threat_pane import ThreatPane
from heimdall_desktop.widgets.window.problem_bar import ProblemBar

THREATS_KEYS = "Ctrl+Shift+T"


class WorkspacePanes:
    """Makes them; a frame places them, and lets them live as long as the window.

    Args:
        theme: The look.
        store: The scans they show.
        ticker: Hands out changes of that store.
        requests: Who does what is asked for.
        clock: Our monotonic clock.
        now: The time of day.
        table_memory: How the table looks.
        detail_memory: How the detail looks; None for one that nobody keeps.

    Attributes:
        findings: the table with its filter.
        strip: troubles of scans.
        detail: one finding.
        panel: stages and log.
        problems: troubles of the whole window.
    """

    def __init__(
        self,
        theme: Theme,
        store: Store,
        ticker: Ticker,
        requests: Requests,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        *,
        table_memory: WindowMemory,
        detail_memory: WindowMemory | None = None,
    ) -> None:
        self.findings = FindingsPane(theme, store, ticker, clock, now=now, memory=table_memory)
        self.strip = ScanProblemStrip(theme, store, ticker, requests, clock, now)
        self.detail = DetailPane(theme, store, ticker, requests, detail_memory)
        self.panel = StagesPanel(theme, store, ticker, clock, now)
        self.problems = ProblemBar(theme)
        self._make_threats = partial(ThreatPane, theme, store, ticker, requests)

    def add_threats(self) -> int:
        """Add the threat model to the panel, and return the index of its tab."""
        panel, filter_state, threats = self.panel, self.findings.filter_state, self._make_threats()
        name, icon = tr("Threat model"), "ui-branch"
        tab = panel.add_page(name, icon, threats, threats.take_keyboard)
        panel.side_shared.connect(threats.set_side_width)
        panel.scan_shown.connect(lambda scan_id: threats.show_scan(ScanId(scan_id)))
        threats.show_scan(panel.shown_scan_id)
        threats.counted.connect(lambda count: panel.show_count(tab, count))
        threats.file_wanted.connect(filter_state.set_file)
        filter_state.changed.connect(threats.forget_choice)
        return tab

    def show_error(self, error: HeimdallError) -> None:
        """Tell of trouble that belongs to no request."""
        self.problems.show_error(type(error).__name__, error)
