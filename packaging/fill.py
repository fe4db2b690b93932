"""Fills the placeholders of a manifest, such as `@homepage@`.

    python packaging/fill.py TEMPLATE OUTPUT

Values come from packaging/identity.toml; `@version@` is the program's. A placeholder without a
value is an error (exit status 1), so that no manifest is ever built with one.
"""

import re
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
_PLACEHOLDER = re.compile(r"@([a-z_]+)@")


def values() -> dict[str, str]:
    """Return every placeholder's name with its value."""
    with (ROOT / "packaging" / "identity.toml").open("rb") as file:
        identity = tomllib.load(file)
    code = (ROOT / "heimdall_desktop" / "__init__.py").read_text(encoding="utf-8")
    version = re.findall(r'^__version__ = "(.+)"$', code, re.MULTILINE)[0]
    return {**identity, "version": version}


def filled(template: str, known: Mapping[str, str]) -> str:
    """Return the template with all its placeholders replaced.

    Raises:
        KeyError: a placeholder has no value.
    """
    return _PLACEHOLDER.sub(lambda found: known[found[1]], template)


def main() -> int:
    if len(sys.argv) != 3:
        sys.stderr.write("usage: fill.py TEMPLATE OUTPUT\n")
        return 2
    source, target = map(Path, sys.argv[1:])
    try:
        text = filled(source.read_text(encoding="utf-8"), values())
    except KeyError as error:
        sys.stderr.write(f"fill.py: {source} has the placeholder {error}, which has no value\n")
        return 1
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
