"""Keys that parts of the window have by themselves, for the shortcut sheet. Source: ux.md §2.7."""

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.presentation.window.command import Group, KeyNote


def reading_keys() -> tuple[KeyNote, ...]:
    """Return what no command stands for among findings: moving, opening, going back."""
    findings = Group.FINDINGS
    return (
        KeyNote(findings, tr("Next and previous finding"), ("Down", "Up")),
        KeyNote(findings, tr("First finding"), ("Home",)),
        KeyNote(findings, tr("Newest finding, and follow again"), ("End",)),
        KeyNote(findings, tr("Open the detail"), ("Return",)),
        KeyNote(findings, tr("Back to the list, then clear the filter, then close"), ("Esc",)),
        KeyNote(findings, tr("Copy the row"), ("Ctrl+C",)),
        KeyNote(findings, tr("Collapse or expand a group"), ("Left", "Right")),
        KeyNote(findings, tr("Collapse or expand all groups"), ("Ctrl+Left", "Ctrl+Right")),
        KeyNote(findings, tr("In the filter: take what is offered"), ("Tab",)),
        KeyNote(findings, tr("In the empty filter: recent filters"), ("Down",)),
        KeyNote(findings, tr("In the filter: the filter language"), ("F1",)),
        KeyNote(Group.GO_TO, tr("Next and previous control"), ("Tab", "Shift+Tab")),
    )


def board_keys() -> tuple[KeyNote, ...]:
    """Return how keys alone lead to the scans of the board, and what they do there."""
    go_to, scans = Group.GO_TO, Group.SCANS
    return (
        KeyNote(scans, tr("On the board: findings of a scan"), ("Space",)),
        KeyNote(scans, tr("On the board: stages of a scan"), ("Return",)),
        KeyNote(scans, tr("On the board: to one of its stages"), ("Left", "Right")),
        KeyNote(scans, tr("On the board: menu of a scan"), ("Menu",)),
        KeyNote(go_to, tr("All scans"), ("Alt+0",)),
        KeyNote(go_to, tr("Scan at that place of the board"), ("Alt+1…9",)),
    )
