"""Prints the notes of a release: the section of its version in CHANGELOG.md.

    python packaging/release_notes.py [TAG]

Without a tag, it uses the version in `heimdall_desktop/__init__.py`. The exit status is 1, with a
line on standard error, if the tag isn't `v` and that version, if the changelog has no section for
it, or if changes are listed under "Unreleased".
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def notes(tag: str, version: str, changelog: str) -> str:
    """Return the notes of a tag, without the heading and with a final newline.

    Raises:
        ValueError: the tag, the version and the changelog don't fit together.
    """
    if tag != f"v{version}":
        raise ValueError(f"the tag is {tag}, but the version is {version}")
    parts = re.split(r"^## (.+)\n", changelog, flags=re.MULTILINE)
    sections = {
        title.strip(): text.strip() for title, text in zip(parts[1::2], parts[2::2], strict=True)
    }
    if sections.get("Unreleased"):
        raise ValueError('CHANGELOG.md lists changes under "Unreleased"')
    if not sections.get(version):
        raise ValueError(f"CHANGELOG.md has no section for {version}")
    return sections[version] + "\n"


def main() -> int:
    code = (ROOT / "heimdall_desktop" / "__init__.py").read_text(encoding="utf-8")
    version = re.findall(r'^__version__ = "(.+)"$', code, re.MULTILINE)[0]
    tag = sys.argv[1] if len(sys.argv) > 1 else f"v{version}"
    try:
        text = notes(tag, version, (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    except ValueError as error:
        sys.stderr.write(f"release_notes.py: {error}\n")
        return 1
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
