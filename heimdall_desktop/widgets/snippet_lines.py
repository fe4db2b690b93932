"""Which line of its file a snippet begins at, as far as that can be told.

The server gives the first and last line of a finding and a piece of code that may hold lines around
it, but never says how many. Scanners that print numbers before their lines give it away.
"""

import re

from heimdall_desktop.domain.finding import Finding

NAME_LIMIT = 200  # characters of a path's end that tell its language; a hostile path has any length
_NUMBERED = re.compile(r"^\s*(\d{1,7})(?:[ \t:|]|$)(.*)$")


def language_name(finding: Finding) -> str:
    """Return the end of the finding's path, by which the language of its code is known."""
    return finding.file_path[-NAME_LIMIT:]


def numbered_snippet(finding: Finding) -> tuple[str, int]:
    """Return the snippet without numbers of its own, and the number of its first line."""
    code = finding.code_snippet or ""
    lines = code.rstrip("\n").split("\n")
    found = [_NUMBERED.match(line) for line in lines]
    numbers = [int(match[1]) for match in found if match]
    first, last = finding.lines
    runs_on = numbers == list(range(numbers[0], numbers[0] + len(lines))) if numbers else False
    if runs_on and numbers[0] <= first and last <= numbers[-1]:
        return "\n".join(match[2] for match in found if match), numbers[0]
    return code, max(1, first)
