"""Writes the README's table of modules from the first lines of their docstrings."""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "heimdall_desktop"
README = ROOT / "README.md"
BEGIN, END = "<!-- module table: begin -->", "<!-- module table: end -->"


def job(module: Path) -> str:
    """Return the first line of a module's docstring."""
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return docstring.partition("\n")[0].replace("|", "\\|")


def table() -> str:
    """Return the table in Markdown, folder by folder."""
    modules = sorted(
        PACKAGE.rglob("*.py"), key=lambda path: (path.parent, path.name != "__init__.py", path.name)
    )
    rows = ["| module | its job |", "|---|---|"]
    for module in modules:
        if module.name == "__init__.py":
            folder = module.parent.relative_to(ROOT)
            rows.append(f"| **{folder}/** | **{job(module)}** |")
        else:
            rows.append(f"| {module.name} | {job(module)} |")
    return "\n".join(rows)


def with_table(readme: str) -> str:
    """Return the README with the table of today between its two marks."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main() -> None:
    """Write the table; with --check only say whether it is the one of today."""
    readme = README.read_text(encoding="utf-8")
    wanted = with_table(readme)
    if readme == wanted:
        return
    if "--check" in sys.argv[1:]:
        sys.exit("README.md: the module table is out of date; run packaging/dev.sh format")
    README.write_text(wanted, encoding="utf-8")


if __name__ == "__main__":
    main()
