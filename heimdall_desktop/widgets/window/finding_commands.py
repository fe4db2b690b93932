"""Finding actions as commands for keys, menu, palette and sheet of every window."""

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding_action import FindingAction
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import COLUMNS
from heimdall_desktop.domain.table.table_layout import Density
from heimdall_desktop.presentation.action_text import action_title
from heimdall_desktop.presentation.detail.finding_text import flow_steps
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.table_text import DENSITY_COMMANDS, GROUP_TITLES, column_title
from heimdall_desktop.presentation.window.command import Command, Group, KeyNote
from heimdall_desktop.widgets.detail.detail_pane import FINDING_ACTIONS
from heimdall_desktop.widgets.findings.findings_pane import FindingsPane
from heimdall_desktop.widgets.findings.row_selection import TOGGLE_KEYS
from heimdall_desktop.widgets.window.workspace import Workspace

COPY_KEYS = ("Ctrl+C", "Ctrl+Ins")
UP, DOWN = "ui-arrow-up", "ui-arrow-down"


def bind_finding_commands(window: Workspace) -> None:
    """Register them all: those whose keys act among findings only, and those without keys."""
    findings, detail = window.findings, window.detail
    window.commands.add_inside((findings, detail), *moving(findings))
    window.commands.add_inside((findings,), *selecting(findings))
    window.commands.add_inside((findings.table,), *_copying(window))
    window.commands.add_hidden(*arranging(findings))
    window.commands.add_hidden(*_asking(window))
    views = (findings, detail, window.comparison)
    decisions = (*window.triage.commands(), *window.review.commands())
    window.commands.add_inside(views, *_reading(window), *decisions)
    window.commands.add_hidden(*window.review.further_commands())
    window.commands.add_hidden(*window.triage.undoing(), window.unread_reasons.command())


def moving(pane: FindingsPane) -> list[Command]:
    """Return the single-letter commands of table and detail. Source: behaviour.md 2.7."""
    row, table, model = partial(Command, group=Group.FINDINGS), pane.table, pane.model
    step = partial(table.step, begins_in_sight=True)
    no_rows = partial(_nothing_shown, pane)
    return [
        row("filter", tr("Filter"), pane.filter_field.focus, ("/",)),
        row("next-finding", tr("Next finding"), partial(step, 1), ("J",), DOWN, obstacle=no_rows),
        row(
            "previous-finding",
            tr("Previous finding"),
            partial(step, -1),
            ("K",),
            UP,
            obstacle=no_rows,
        ),
        row(
            "next-new-finding",
            tr("Next new or changed finding"),
            partial(table.step_to_news, 1),
            ("N",),
            DOWN,
            obstacle=partial(_no_further_news, pane, 1),
        ),
        row(
            "previous-new-finding",
            tr("Previous new or changed finding"),
            partial(table.step_to_news, -1),
            ("Shift+N",),
            UP,
            obstacle=partial(_no_further_news, pane, -1),
        ),
        row(
            "freeze",
            tr("Freeze"),
            pane.toggle_freeze,
            ("P",),
            "ui-freeze",
            is_on=lambda: model.frozen_at is not None,
        ),
    ]


def selecting(pane: FindingsPane) -> list[Command]:
    """Return the commands that select all findings or a single one again."""
    row, table = partial(Command, group=Group.FINDINGS), pane.table
    return [
        row(
            "select-all",
            tr("Select all shown"),
            table.selectAll,
            ("Ctrl+A",),
            obstacle=partial(_nothing_shown, pane),
        ),
        row(
            "clear-selection",
            tr("Clear selection"),
            table.selection.clear,
            obstacle=lambda: (
                "" if table.selection.is_many else tr("Fewer than two findings are selected.")
            ),
        ),
    ]


def _reading(window: Workspace) -> list[Command]:
    """Return the read-only commands for a single finding."""
    triage, detail, copies = window.triage, window.detail, window.findings.copies
    row = partial(Command, group=Group.FINDINGS)

    def step_flow(steps: int) -> None:
        window.open_target()
        detail.step_flow(steps)

    def open_page() -> None:
        window.open_target()
        detail.open_page()

    def copy_link() -> None:
        if finding := triage.finding():
            detail.copy_link(finding)

    def no_flow() -> str:
        finding = triage.finding()
        if finding is None or flow_steps(finding):
            return triage.not_single()
        if finding.is_announced:
            return tr("This server announces findings but doesn't list them.")
        return triage.not_single() or tr("This finding has no flow.")

    def no_page() -> str:
        finding = triage.finding()
        return triage.not_single() or ("" if finding is None else copies.why_no_page(finding))

    ahead, back = partial(step_flow, 1), partial(step_flow, -1)
    opening, *folders = window.source_editor.commands(triage.finding, triage.not_single)
    window.commands.add_hidden(*folders)
    link, *others = copies.commands(triage.finding, triage.not_single)
    return [
        row("next-flow-step", tr("Next flow step"), ahead, ("Alt+Down",), DOWN, obstacle=no_flow),
        row(
            "previous-flow-step", tr("Previous flow step"), back, ("Alt+Up",), UP, obstacle=no_flow
        ),
        row(
            "open-in-browser", tr("Open in browser"), open_page, ("B",), "ui-open", obstacle=no_page
        ),
        opening,
        replace(link, act=copy_link, keys=("Ctrl+Shift+C",)),
        *(replace(command, icon="ui-copy") for command in others),
    ]


def _asking(window: Workspace) -> list[Command]:
    """Return the server requests about a single finding, and about all of the scan in view."""
    triage, detail = window.triage, window.detail
    findings, issues, only = window.findings, window.issues, window.scan_id

    def ask(action: FindingAction) -> None:
        detail.request_action(action, triage.finding())

    def obstacle(action: FindingAction) -> str:
        return triage.not_single() or detail.action_obstacle(action, triage.finding())

    return [
        *(
            Command(
                command_id,
                action_title(action),
                partial(ask, action),
                icon=icon,
                group=Group.FINDINGS,
                obstacle=partial(obstacle, action),
                writes=True,
            )
            for action, (command_id, icon) in FINDING_ACTIONS.items()
        ),
        Command(
            "create-issues",
            action_title(FindingAction.ALL_ISSUES),
            lambda: issues.ask(only or findings.scope),
            icon="ui-plus",
            group=Group.SCANS,
            obstacle=lambda: issues.obstacle(only or findings.scope),
            writes=True,
        ),
    ]


def _copying(window: Workspace) -> list[Command]:
    """Return the commands that copy the selected findings to the clipboard."""
    pane, exporter = window.findings, window.exporter

    def nothing_selected() -> str:
        is_any = pane.model.grouped.first_passing(pane.table.selection.ids) is not None
        return pane.model.mask.obstacle if is_any else tr("Select a finding first.")

    row = partial(Command, group=Group.FINDINGS, icon="ui-copy", obstacle=nothing_selected)
    as_csv, as_markdown = lambda: exporter().copy_csv(), lambda: exporter().copy_markdown()
    return [
        row("copy-text", tr("Copy selection as text"), pane.table.menu.copy, COPY_KEYS),
        row("copy-csv", tr("Copy selection as CSV"), as_csv),
        row("copy-markdown", tr("Copy selection as Markdown table"), as_markdown),
    ]


def arranging(pane: FindingsPane) -> list[Command]:
    """Return the commands that mark all findings and arrange the table; none has its own keys."""
    model, table, state, tools = pane.model, pane.table, pane.table_state, pane.tools
    row, no_news = partial(Command, group=Group.VIEW), partial(_no_news, pane)

    def is_so(current: Callable[[], object], value: object) -> bool:
        return current() is value

    return [
        Command(
            "mark-all-seen",
            tr("Mark all as seen"),
            model.see_all,
            icon="ui-check",
            group=Group.FINDINGS,
            obstacle=no_news,
        ),
        row("columns", tr("Columns"), tools.open_columns, icon="ui-columns"),
        row("group-rows", tr("Group rows"), tools.open_groups, icon="ui-group"),
        *(
            row(
                f"row height {density.name.lower()}",
                tr(DENSITY_COMMANDS[density]),
                partial(state.change, partial(replace, density=density)),
                is_on=partial(is_so, lambda: state.table_layout.density, density),
            )
            for density in Density
        ),
        *(
            row(
                f"sort by {column.name.lower()}",
                tr("Sort by: {name}").format(name=column_title(column)),
                partial(table.sort_by, column),
                is_on=partial(is_so, lambda: model.order.keys[0].column, column),
            )
            for column in COLUMNS
            if column.spec.is_sorted
        ),
        *(
            row(
                f"group by {by.name.lower() if by else 'nothing'}",
                tr("Group by: {name}").format(name=tr(GROUP_TITLES[by]) if by else tr("none")),
                partial(model.group_by, by),
                is_on=partial(is_so, lambda: model.grouped_by, by),
            )
            for by in (None, *GroupBy)
        ),
    ]


def finding_keys() -> tuple[KeyNote, ...]:
    """Return the keys among findings that have no command: moving, opening, going back."""
    findings = Group.FINDINGS
    return (
        KeyNote(findings, tr("Next and previous finding"), ("Down", "Up")),
        KeyNote(findings, tr("First finding"), ("Home",)),
        KeyNote(findings, tr("Newest finding, resume following"), ("End",)),
        KeyNote(findings, tr("Extend selection"), ("Shift+Down", "Shift+Up")),
        KeyNote(findings, tr("Select or deselect this finding"), (TOGGLE_KEYS,)),
        KeyNote(findings, tr("Open detail"), ("Return",)),
        KeyNote(findings, tr("Clear selection, then go back step by step"), ("Esc",)),
        KeyNote(findings, tr("Collapse or expand a group"), ("Left", "Right")),
        KeyNote(findings, tr("Collapse or expand all groups"), ("Ctrl+Left", "Ctrl+Right")),
        KeyNote(findings, tr("In the filter: accept the suggestion"), ("Tab",)),
        KeyNote(findings, tr("In an empty filter: show recent filters"), ("Down",)),
        KeyNote(findings, tr("In the filter: show filter syntax"), ("F1",)),
        KeyNote(Group.GO_TO, tr("Next and previous control"), ("Tab", "Shift+Tab")),
    )


def _nothing_shown(pane: FindingsPane) -> str:
    return "" if pane.model.shown else tr("No findings are shown.")


def _no_news(pane: FindingsPane) -> str:
    return "" if pane.model.shows_news else tr("Nothing is new or has changed since you looked.")


def _no_further_news(pane: FindingsPane, step: int) -> str:
    """Return why there is no next new or changed finding, and how many the filter hides."""
    if pane.table.next_news(step) is not None:
        return ""
    shown, count = pane.model.news_shown(), pane.model.seen.count
    hidden = sum(map(count, pane.scan_ids)) - shown
    ended = tr("No other finding is new or has changed.")
    left = tr("The filter hides %n of them.", "", hidden) if hidden > 0 else ""
    return " ".join(filter(None, (ended if shown else _no_news(pane), left)))
