"""The texts of the help: the report of a problem, the licences, and the folders in use."""

from collections.abc import Mapping, Sequence
from enum import Enum

from heimdall_desktop.presentation.i18n import tr, tr_noop


class Section(Enum):
    """A part of a report, in this order; the value is its heading."""

    VERSIONS = tr_noop("Versions")
    SYSTEM = tr_noop("System")
    SETTINGS = tr_noop("Settings")
    SELF_TEST = tr_noop("Self-test")
    SERVERS = tr_noop("Servers")
    SCANS = tr_noop("Scans")
    LOG = tr_noop("Last lines of the log")


class Folder(Enum):
    """A folder in use; the value is its name and its content."""

    SETTINGS = (tr_noop("Settings folder"), tr_noop("{path}: settings, and the layout of windows."))
    HISTORY = (tr_noop("Data folder"), tr_noop("{path}: the history of scans and their findings."))
    LOG = (tr_noop("Log folder"), tr_noop("{path}: the log, with details of errors."))


def report_text(sections: Mapping[Section, Sequence[str]]) -> str:
    """Return the report: lines of facts, which are not translated, below headings.

    Args:
        sections: their lines; a section without lines says so.
    """
    blocks = [
        tr("Heimdall Desktop: report of a problem"),
        tr(
            "Servers are numbered and scans have their IDs. Names, addresses, findings, folders "
            "and tokens are left out."
        ),
    ]
    for section in Section:
        lines = sections.get(section) or (tr("none"),)
        blocks.append("\n".join([f"== {tr(section.value)}", *lines]))
    return "\n\n".join(blocks) + "\n"


def licence_note(folder: str) -> str:
    """Return what the licences of a package say of themselves; `folder` has their texts."""
    return tr(
        "The licences of Heimdall Desktop and of the libraries in use. Choose a text above: README "
        "says how to replace Qt and where the sources are. The texts are in {folder}."
    ).format(folder=folder)


def licence_text(own: str, parts: Sequence[tuple[str, str, str]]) -> str:
    """Return the licences of the program and of its parts.

    Args:
        own: the version of the program.
        parts: name, version and licence of each library; a licence may be "".
    """
    lines = [
        tr("Heimdall Desktop {version}: MIT licence.").format(version=own),
        "",
        tr(
            "Qt and PySide6 are used under the GNU Lesser General Public License, version 3. You "
            "may replace them with other versions."
        ),
        "",
    ]
    text = tr("{part} {version}: {licence}")
    lines += [
        text.format(part=name, version=version, licence=licence or tr("licence not stated"))
        for name, version, licence in parts
    ]
    if not parts:
        lines.append(tr("This build doesn't list its other parts."))
    return "\n".join(lines)
