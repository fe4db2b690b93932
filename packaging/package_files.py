"""Files around a bundle: menu entry, icons, MIME type, metainfo, manual page, completions.

    python packaging/package_files.py folder FOLDER            add them to a portable folder
    python packaging/package_files.py deb BUNDLE ROOT VERSION  make the tree of a Debian package
    python packaging/package_files.py metainfo ID              print the metainfo of a menu entry

Runs in the environment that the bundle was made from, which has the program, shtab and
argparse-manpage (not for `metainfo`); `deb` also needs rsvg-convert and dpkg-shlibdeps.
"""

# ruff: noqa: S603 - starts other programs of the system by name

import argparse
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import tomllib
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

from heimdall_desktop import __version__, cli, desktop_entry
from heimdall_desktop.services.autostart import NAME, TOKEN_FREE
from heimdall_desktop.services.recording import SUFFIX

HERE = Path(__file__).parent
ROOT = HERE.parent
IDENTITY = tomllib.loads((HERE / "identity.toml").read_text())
RECORDING_TYPE = "application/x-heimdall-recording"
ICON_SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
SUMMARY = "Watch Heimdall security scans live"
ABOUT = (
    "Heimdall Desktop shows the security scans of a Heimdall server while they run: their stages, "
    "and every finding as soon as the server has it.",
    "It notifies you of new critical findings, compares a scan with the previous one, exports "
    "reports, and scans local folders with an embedded server. A demo plays recorded scans without "
    "a server or an account.",
)
_WHEN = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), tz=UTC)


def menu_entry() -> str:
    """Return the entry of the program for a menu of all users; it handles heimdall:// links."""
    words = "Keywords=security;vulnerability;scan;findings;"
    return desktop_entry.entry([NAME], f"TryExec={NAME}", words)


def replay_entry() -> str:
    """Return the entry, shown in no menu, that opens recordings."""
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=Heimdall Desktop (recording)",
        "Comment=Play a recorded Heimdall scan",
        f"Exec={' '.join((*TOKEN_FREE, NAME))} --replay %f",
        f"TryExec={NAME}",
        f"Icon={NAME}",
        "Terminal=false",
        "NoDisplay=true",
        "Categories=Development;Qt;",
        f"MimeType={RECORDING_TYPE};",
        "",
    )
    return "\n".join(lines)


def mime_package() -> str:
    """Return the MIME type of recordings: only the whole suffix, never `.jsonl` alone."""
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{RECORDING_TYPE}">
    <comment>Heimdall recording</comment>
    <sub-class-of type="text/plain"/>
    <generic-icon name="text-x-generic"/>
    <glob pattern="*{SUFFIX}"/>
  </mime-type>
</mime-info>
"""


def metainfo(version: str, entry: str = NAME) -> str:
    """Return what a software centre shows. Source: freedesktop.org, AppStream 1.0.

    Args:
        entry: the name of the menu entry and of the icon.
    """
    paragraphs = "\n".join(f"    <p>{escape(text)}</p>" for text in ABOUT)
    homepage, author = escape(IDENTITY["homepage"]), escape(IDENTITY["author"])
    developer = IDENTITY["application_id"].rpartition(".")[0]
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>{IDENTITY["application_id"]}</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>MIT</project_license>
  <name>Heimdall Desktop</name>
  <summary>{escape(SUMMARY)}</summary>
  <developer id="{developer}">
    <name>{author}</name>
  </developer>
  <description>
{paragraphs}
  </description>
  <launchable type="desktop-id">{entry}.desktop</launchable>
  <icon type="stock">{entry}</icon>
  <categories>
    <category>Development</category>
  </categories>
  <url type="homepage">{homepage}</url>
  <update_contact>{IDENTITY["email"]}</update_contact>
  <provides>
    <binary>{NAME}</binary>
    <mediatype>{desktop_entry.SCHEME_TYPE}</mediatype>
    <mediatype>{RECORDING_TYPE}</mediatype>
  </provides>
  <screenshots>
    <screenshot type="default">
      <caption>Watched scans, the findings of one, and the detail of a finding</caption>
      <image>{homepage}/main-window.png</image>
    </screenshot>
  </screenshots>
  <content_rating type="oars-1.1"/>
  <requires>
    <display_length compare="ge">768</display_length>
  </requires>
  <supports>
    <control>keyboard</control>
    <control>pointing</control>
  </supports>
  <releases>
    <release version="{version}" date="{_WHEN:%Y-%m-%d}"/>
  </releases>
</component>
"""


def manual_page() -> str:
    """Return the manual page in section 1, made from the command line's own help."""
    from argparse_manpage.manpage import Manpage  # noqa: PLC0415 - only bundles have it

    parser = cli._parser()
    parser.epilog = None
    page = str(
        Manpage(
            parser,
            {
                "description": SUMMARY[:1].lower() + SUMMARY[1:],
                "project_name": "Heimdall Desktop",
                "version": __version__,
                "manual_title": "User commands",
                "date": f"{_WHEN:%Y-%m-%d}",
                "format": "single-commands-section",
            },
        )
    )
    epilog = cli._EPILOG.replace("\\", "\\e").replace("-", "\\-")
    about_token, _, statuses = epilog.partition("exit status:\n")
    return f"""{page.rstrip()}

.SH ENVIRONMENT
.TP
.B HEIMDALL_TOKEN
.nf
{about_token.strip()}
.fi

.SH EXIT STATUS
.nf
{statuses.rstrip()}
.fi

.SH FILES
.TP
.I ~/.config/heimdall\\-desktop/settings.toml
servers, watched scans and settings
.TP
.I ~/.local/share/heimdall\\-desktop/heimdall.sqlite3
what was seen of the watched scans, with code of the scanned repositories
.TP
.I ~/.local/state/heimdall\\-desktop/log/heimdall.log
the log

.SH EXAMPLES
.nf
heimdall\\-desktop \\-\\-demo \\-\\-speed 20
heimdall\\-desktop \\-\\-local ~/project \\-\\-quit\\-when\\-done \\-\\-temp\\-profile
.fi
"""


def completions() -> dict[str, str]:
    """Return the completions of the command line, by shell."""
    import shtab  # noqa: PLC0415 - only bundles have it

    parser = cli._parser()
    for action in parser._actions:
        names = action.metavar if isinstance(action.metavar, str) else ""
        if names == "FILE":
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # as shtab documents
        elif names in ("DIR", "FOLDER"):
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
    parser._actions = [each for each in parser._actions if each.help != argparse.SUPPRESS]
    return {shell: shtab.complete(parser, shell) for shell in ("bash", "zsh", "fish")}


def write_shared(share: Path, *, is_compressed: bool) -> None:
    """Write the manual page and the completions below a folder like /usr/share."""
    manual = share / "man" / "man1" / f"{NAME}.1"
    manual.parent.mkdir(parents=True)
    if is_compressed:
        manual = manual.with_name(f"{manual.name}.gz")
        manual.write_bytes(gzip.compress(manual_page().encode(), mtime=0))
    else:
        manual.write_text(manual_page())
    places = {
        "bash": f"bash-completion/completions/{NAME}",
        "zsh": f"zsh/vendor-completions/_{NAME}",
        "fish": f"fish/vendor_completions.d/{NAME}.fish",
    }
    for shell, text in completions().items():
        place = share / places[shell]
        place.parent.mkdir(parents=True)
        place.write_text(text)


def write_folder(folder: Path) -> None:
    """Add to a portable folder what a user needs to start it."""
    write_shared(folder / "share", is_compressed=False)
    (folder / "README.txt").write_text(f"""\
Heimdall Desktop {__version__}

Start:               ./{NAME}
Try it:              ./{NAME} --demo --speed 20
Add it to the menu:  ./{NAME} --install-desktop-entry
                     (after moving the folder: again; to undo it: --remove-desktop-entry)
Upgrade:             replace the folder
Uninstall:           ./{NAME} --remove-desktop-entry, then delete the folder

It runs on Debian 12 and newer and comparable systems for 64-bit PCs (glibc 2.36). Libraries that it
doesn't include must be installed: on Debian libegl1, libgl1, libglib2.0-0, libwayland-cursor0,
libx11-6, libx11-xcb1, libxcb1 and xkb-data; every desktop has them. The program names missing ones.
The manual page and completions are in share/. Licences are in licences/README.txt. The manual is
_internal/heimdall_desktop/resources/manual/html/index.html, or in the program Help > Manual.
""")


def write_deb(bundle: Path, root: Path, version: str) -> None:
    """Write the tree of a Debian package, with its control files.

    The bundle must contain no libraries of the system except Python's own, since the package
    depends on the others.
    """
    program = root / "usr" / "lib" / NAME
    share = root / "usr" / "share"
    program.parent.mkdir(parents=True)
    shutil.copytree(bundle, program, symlinks=True)
    (root / "usr" / "bin").mkdir()
    (root / "usr" / "bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    write_shared(share, is_compressed=True)
    for place, text in (
        (f"applications/{NAME}.desktop", menu_entry()),
        (f"applications/{NAME}-replay.desktop", replay_entry()),
        (f"mime/packages/{NAME}.xml", mime_package()),
        (f"metainfo/{IDENTITY['application_id']}.metainfo.xml", metainfo(version)),
        (f"lintian/overrides/{NAME}", overrides()),
        (f"doc-base/{NAME}.manual", registered_manual()),
    ):
        (share / place).parent.mkdir(parents=True, exist_ok=True)
        (share / place).write_text(text)
    _write_icons(share / "icons" / "hicolor")
    documents = share / "doc" / NAME
    documents.mkdir(parents=True)
    shutil.move(program / "licences", documents / "licences")
    pages = program / "_internal" / "heimdall_desktop" / "resources" / "manual" / "html"
    shutil.move(pages, documents / "html")
    pages.symlink_to(os.path.relpath(documents / "html", pages.parent))
    (documents / "copyright").write_text(copyright_file(documents / "licences" / "parts.json"))
    person = f"{IDENTITY['author']} <{IDENTITY['email']}>"
    changes = f"""\
{NAME} ({version}) stable; urgency=medium

  * Changes are described in changelog-of-program.gz.

 -- {person}  {format_datetime(_WHEN)}
"""
    (documents / "changelog.gz").write_bytes(gzip.compress(changes.encode(), mtime=0))
    changes = (ROOT / "CHANGELOG.md").read_text()
    (documents / "changelog-of-program.gz").write_bytes(gzip.compress(changes.encode(), mtime=0))
    for place in [root, *root.rglob("*")]:
        if not place.is_symlink():
            place.chmod(0o755 if place.is_dir() else 0o644)
    (program / NAME).chmod(0o755)

    installed_kb = sum(
        -(-each.lstat().st_size // 1024) for each in root.rglob("*") if not each.is_dir()
    )
    control = root / "DEBIAN"
    control.mkdir(mode=0o755)
    (control / "control").write_text(f"""\
Package: {NAME}
Version: {version}
Architecture: amd64
Maintainer: {person}
Installed-Size: {installed_kb}
Depends: {dependencies(program)}
Recommends: gnome-keyring | kwalletmanager | keepassxc, xdg-utils
Section: devel
Priority: optional
Homepage: {IDENTITY["homepage"]}
Description: {SUMMARY[:1].lower()}{SUMMARY[1:]}
 {_wrapped(ABOUT[0])}
 .
 {_wrapped(ABOUT[1])}
""")
    files = sorted(each.relative_to(root) for each in (root / "usr").rglob("*"))
    sums = "".join(
        f"{hashlib.md5((root / file).read_bytes(), usedforsecurity=False).hexdigest()}  {file}\n"
        for file in files
        if (root / file).is_file() and not (root / file).is_symlink()
    )
    (control / "md5sums").write_text(sums)


def _wrapped(text: str) -> str:
    return "\n ".join(textwrap.wrap(text, 77, break_on_hyphens=False))


def dependencies(program: Path) -> str:
    """Return Depends for all libraries that files of the package are linked with.

    The numbers are those of the build system. Names of Debian 12 exist on Debian 13 too, as
    "Provides" of packages that were renamed there.
    """
    files = [program / NAME, *(each for each in program.rglob("*.so*") if not each.is_symlink())]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "debian").mkdir()
        source = f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: amd64\n"
        (Path(folder) / "debian" / "control").write_text(source)
        own = {str(each.parent.resolve()) for each in files}
        command = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=1"]
        command += [f"-l{place}" for place in sorted(own)] + [
            f"-e{each.resolve()}" for each in files
        ]
        found = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, text=True, check=True)
    return found.stdout.strip().partition("shlibs:Depends=")[2]


def copyright_file(index: Path) -> str:
    """Return the copyright file of the package. Source: Debian, machine-readable copyright 1.0."""
    parts = json.loads(index.read_text())
    place = f"/usr/share/doc/{NAME}/licences"
    text = (ROOT / "LICENSE").read_text()
    owner = re.search(r"^Copyright (?:\(c\) )?(.+)$", text, re.MULTILINE)
    owner_line = owner[1] if owner else IDENTITY["author"]
    mit = "\n".join(f" {line}" if line.strip() else " ." for line in text.strip().splitlines()[2:])
    rows = "\n".join(
        f" {name} {part['version']}: {part['licence']}" for name, part in sorted(parts.items())
    )
    return f"""\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Heimdall Desktop
Upstream-Contact: {IDENTITY["author"]} <{IDENTITY["email"]}>
Source: {IDENTITY["homepage"]}
Comment:
 The program is built with the libraries it needs. Their licence texts and copyright
 notices, and where their sources are, are in {place};
 start with README.txt there. The parts are:
{rows}

Files: *
Copyright: {owner_line}
License: Expat
{mit.lstrip(chr(10))}

Files: usr/lib/{NAME}/_internal/PySide6/* usr/lib/{NAME}/_internal/shiboken6/*
Copyright: The Qt Company Ltd. and other contributors
License: LGPL-3
 Qt and PySide6 are used under the GNU Lesser General Public License, version 3.
 On Debian systems, its text is in /usr/share/common-licenses/LGPL-3, and that of the
 GNU General Public License, version 3, in /usr/share/common-licenses/GPL-3.
 Both are also in {place}.
"""


def registered_manual() -> str:
    """Return the entry of the manual for Debian's help systems. Source: doc-base's manual, 2.3."""
    pages = f"/usr/share/doc/{NAME}/html"
    return f"""\
Document: {NAME}-manual
Title: Heimdall Desktop Manual
Author: {IDENTITY["author"]}
Abstract: Installation, the first steps, every part of the window, filters, keys,
 alerts, errors and unattended runs.
Section: System/Security

Format: HTML
Index: {pages}/index.html
Files: {pages}/*.html
"""


def overrides() -> str:
    """Return the lines of lintian that are explained in docs/packages.md."""
    return "".join(
        f"{NAME}: {tag}\n"
        for tag in (
            "embedded-library *",
            "unstripped-binary-or-object *",
            "hardening-no-pie *",
            "hardening-no-bindnow *",
            "hardening-no-fortify-functions *",
            "shared-library-lacks-prerequisites *",
            "binary-has-unneeded-section *",
            "extra-license-file *",
            "desktop-command-not-in-package env *",
            "embedded-javascript-library *html/_static/*",
            "zero-byte-file-in-doc-directory *html/_static/*",
        )
    )


def _write_icons(folder: Path) -> None:
    drawings = ROOT / "resources" / "icons"
    for size in ICON_SIZES:
        drawing = drawings / ("app-icon-16.svg" if size < 24 else "app-icon.svg")
        place = folder / f"{size}x{size}" / "apps" / f"{NAME}.png"
        place.parent.mkdir(parents=True)
        command = ["rsvg-convert", "-w", str(size), "-h", str(size), "-o", str(place), str(drawing)]
        subprocess.run(command, check=True)
    place = folder / "scalable" / "apps" / f"{NAME}.svg"
    place.parent.mkdir(parents=True)
    shutil.copy(drawings / "app-icon.svg", place)


def _main() -> None:
    arguments = sys.argv[1:]
    if arguments[:1] == ["folder"]:
        write_folder(Path(arguments[1]))
    elif arguments[:1] == ["metainfo"]:
        sys.stdout.write(metainfo(__version__, arguments[1]))
    else:
        write_deb(Path(arguments[1]), Path(arguments[2]), arguments[3])


if __name__ == "__main__":
    _main()
