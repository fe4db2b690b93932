"""Write the table of docs/modules.md: the purpose of each package and the modules to read first."""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "heimdall_desktop"
PAGE = ROOT / "docs" / "modules.md"
BEGIN, END = "<!-- packages: begin -->", "<!-- packages: end -->"

#: The modules to read first, by the path of their package; small packages need none.
READ_FIRST = {
    "": ("main.py", "cli.py", "runtime.py"),
    "application/base": ("store.py", "tasks.py"),
    "application/servers": ("server_session.py", "accounts.py"),
    "application/memory": ("history_loader.py", "history_writer.py", "preferences.py"),
    "application/watching": ("watch.py", "finding_sync.py", "completion.py"),
    "application/discovery": ("discovery.py", "scan_listing.py"),
    "application/requests": ("requests.py", "decisions.py", "read_back.py"),
    "application/output": ("alerting.py", "exporting.py"),
    "application/runs": ("controller.py", "core.py", "unattended.py"),
    "domain/alerts": ("rules.py", "policy.py", "notifications.py"),
    "domain/facts": ("observation.py", "scan.py", "known_scan.py", "change.py", "finding.py"),
    "domain/filters": ("filter.py", "filter_language.py"),
    "domain/stages": ("stage_display.py", "stage_times.py"),
    "domain/table": ("listing.py", "grouped_listing.py", "order.py"),
    "local": ("local_server.py", "scan_routes.py", "pipeline.py", "folder_plan.py"),
    "models": ("ticker.py", "findings_model.py", "rows_model.py"),
    "presentation": ("i18n.py", "labels.py", "error_text.py"),
    "presentation/alerts": ("event_text.py", "alert_text.py", "inbox.py"),
    "presentation/board": ("card.py", "problems.py"),
    "presentation/detail": ("finding_text.py", "finding_markdown.py"),
    "presentation/export": ("contents.py", "report.py"),
    "presentation/panel": ("timeline.py", "log_lines.py"),
    "presentation/window": ("command.py", "empty_table.py"),
    "services": ("api.py", "wire.py", "progress.py", "history.py"),
    "services/notifier": ("protocol.py", "choice.py"),
    "services/transport": ("clients.py", "event_stream.py", "limiter.py"),
    "widgets/adding": ("add_scans.py", "sign_in.py"),
    "widgets/board": ("board.py", "card_delegate.py"),
    "widgets/controls": ("buttons.py", "text_labels.py", "row_delegate.py"),
    "widgets/detail": ("detail_pane.py", "detail_tabs.py"),
    "widgets/export": ("pdf_report.py",),
    "widgets/filters": ("filter_bar.py",),
    "widgets/findings": ("findings_pane.py", "findings_table.py", "findings_delegate.py"),
    "widgets/look": ("theme.py", "tokens.py", "painting.py"),
    "widgets/palette": ("palette.py", "shortcut_sheet.py"),
    "widgets/panel": ("stages_panel.py", "log_page.py", "inbox_page.py"),
    "widgets/settings": ("settings_window.py", "setting_rows.py"),
    "widgets/triage": ("triage.py", "undo_history.py"),
    "widgets/window": ("main_window.py", "workspace.py", "window_commands.py"),
}


def purpose(module: Path) -> str:
    """Return the first line of a module's docstring."""
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return docstring.partition("\n")[0].replace("|", "\\|")


def table() -> str:
    """Return the table in Markdown.

    Raises:
        FileNotFoundError: a module of `READ_FIRST` no longer exists.
    """
    rows = ["| package | purpose | read first |", "|---|---|---|"]
    folders = {module.parent for module in PACKAGE.rglob("__init__.py")}
    for folder in sorted(folders):
        place = folder.relative_to(PACKAGE).as_posix().removeprefix(".")
        named = READ_FIRST.get(place, ())
        for name in named:
            (folder / name).stat()
        name = f"{PACKAGE.name}/{place}".rstrip("/")
        first = ", ".join(f"`{each}`" for each in named)
        rows.append(f"| `{name}` | {purpose(folder / '__init__.py')} | {first} |")
    return "\n".join(rows)


def with_table(page: str) -> str:
    """Return the page with the current table between its two marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main() -> None:
    """Write the table; with --check, only check whether it is up to date."""
    page = PAGE.read_text(encoding="utf-8")
    wanted = with_table(page)
    if page == wanted:
        return
    if "--check" in sys.argv[1:]:
        sys.exit("docs/modules.md: the table is out of date; run packaging/dev.sh format")
    PAGE.write_text(wanted, encoding="utf-8")


if __name__ == "__main__":
    main()
