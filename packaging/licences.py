"""Licences of everything in a bundle: written from the bundle's parts, and compared with it.

    python packaging/licences.py write LISTING FOLDER   the folder of licences, for these files
    python packaging/licences.py write-wheels FOLDER    the same for all libraries as wheels install
                                                        them, without Python and files of the system
    python packaging/licences.py leave-out LISTING BUNDLE   remove the system's libraries, except
                                                        Python's, from a bundle and its listing
    python packaging/licences.py check BUNDLE           compare a bundle with its folder of licences

`write` runs in the environment that the bundle was made from: the licences of Python packages come
from their metadata, their versions are compared with packaging/requirements.lock. Files from the
system are traced to their Debian packages. A file or module of unknown origin is an error.
On Windows and macOS this is untested.
"""

# ruff: noqa: S603, T201 - a command that starts other programs of the system

import argparse
import json
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
TEXTS = HERE / "licences"
OWN = "heimdall-desktop"
MANUAL = HERE.parent / "build" / "manual"
INDEX = "parts.json"
"""Names the parts of a bundle with their versions, licences and files."""

QT_ALLOWED = frozenset(
    {"Core", "Gui", "Widgets", "Network", "DBus", "Svg", "SvgWidgets", "PrintSupport", "XcbQpa"}
    | {"WaylandClient", "WaylandEglClientHwIntegration", "OpenGL", "Concurrent", "Xml"}
    | {"WlShellIntegration"}
)
"""Modules of Qt that may be used under LGPL-3 and are in a bundle."""

QT_GPL_ONLY = frozenset(
    {"VirtualKeyboard", "Charts", "DataVisualization", "Graphs", "Lottie", "NetworkAuth"}
    | {"QuickTimeline", "Quick3D", "ShaderTools", "HttpServer", "Mqtt", "Coap", "WaylandCompositor"}
    | {"LottieVectorImageGenerator", "LottieVectorImageHelpers", "QuickTimelineBlendTrees"}
    | {"VirtualKeyboardSettings", "CanvasPainter", "QmlCompiler", "Grpc"}
)
"""Modules of Qt that are offered under GPL-3 or a paid licence. Source: doc.qt.io, Licensing."""

MANUAL_PARTS = ("sphinx", "sphinx-basic-ng", "furo", "snowballstemmer")
"""The packages whose scripts and styles are in the pages of the manual."""

_LIBRARY = re.compile(r"\.(so(\.[\d.]+)?|dylib|dll|pyd)$|^Qt\w+$")  # macOS: QtCore in its framework
_QT_MODULE = re.compile(r"^(?:lib)?Qt6?(\w+?)(?:\.(?:so|dylib|dll)|$)")
_GPL_LIBRARY = re.compile(r"^(lib)?(readline|history|gdbm)\b")
_QT_PLUGIN = re.compile(r"virtualkeyboard", re.IGNORECASE)
_TEXT = re.compile(r"(licen[cs]e|copying|notice|authors|copyright)", re.IGNORECASE)
_LOCKED = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)
_SPELT = {"detect-secrets": "Apache-2.0", "backports-tarfile": "MIT", "jaraco-classes": "MIT"}
_SPELT |= {"markdown-it-py": "MIT", "mdurl": "MIT", "tomli-w": "MIT"}
_SPELT |= {"furo": "MIT", "sphinx-basic-ng": "MIT"}
_NO_TEXT = frozenset({"pyside6-essentials", "shiboken6"})
"""Their licences are the LGPL-3 and the GPL-3, which are in the folder as well."""


class Part(NamedTuple):
    """A part of a bundle.

    Attributes:
        licence: an SPDX expression where the part states one.
        texts: contents of its licence files, by name.
    """

    name: str
    version: str
    licence: str
    texts: Mapping[str, str]


Index = dict[str, dict[str, Any]]
"""The version, licence and files of each part, by its name."""

QT_PLACES = {
    "linux": """\
  Qt's libraries   _internal/PySide6/Qt/lib
  Qt's plugins     _internal/PySide6/Qt/plugins
  PySide6          _internal/PySide6 and _internal/shiboken6
The folder _internal is beside the program, or for the .deb in /usr/lib/heimdall-desktop.""",
    "win32": """\
  Qt's libraries   _internal\\PySide6
  Qt's plugins     _internal\\PySide6\\plugins
  PySide6          _internal\\PySide6 and _internal\\shiboken6""",
    "darwin": """\
  Qt's libraries   Contents/Frameworks/PySide6/Qt/lib
  Qt's plugins     Contents/Frameworks/PySide6/Qt/plugins
  PySide6          Contents/Frameworks/PySide6 and Contents/Frameworks/shiboken6
After that, sign the app again: codesign --force --deep --sign - "Heimdall Desktop.app".""",
}
QT_IN_WHEELS = """\
  in PySide6 and shiboken6, in the folder of Python's packages"""

COPIED = """\
Python: python.txt. Its standard library is part of this package.
OpenSSL: a copy is inside the package cryptography (Apache-2.0, the text is in python-packages.txt),
and Python's or the system's may be among the following.
Libraries of the system that this package was built on: system-libraries.txt. Their sources are
those of the Debian packages named there, in exactly these versions.
PyInstaller's starter: pyinstaller.txt, with its exception for programs that it starts.
"""


class Unlicensed(Exception):
    """A file or module of a bundle belongs to no part with a known licence."""


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def runtime_parts(more: Iterable[str] = ()) -> list[Part]:
    """Return the Python packages that the program with its embedded server needs, by name.

    Args:
        more: further packages, without what they need.

    Raises:
        Unlicensed: a package has no licence text, or another version than the lock file names.
    """
    from packaging.requirements import Requirement  # noqa: PLC0415 - `check` runs without it

    found: dict[str, metadata.Distribution] = {}
    wanted: list[tuple[str, tuple[str, ...]]] = [(OWN, ("", "local"))]
    while wanted:
        name, extras = wanted.pop()
        if canonical(name) in found:
            continue
        package = found[canonical(name)] = metadata.distribution(name)
        for line in package.requires or ():
            required = Requirement(line)
            is_needed = required.marker is None or any(
                required.marker.evaluate({"extra": extra}) for extra in extras
            )
            if is_needed:
                wanted.append((required.name, ("", *required.extras)))
    del found[OWN]
    found |= {name: metadata.distribution(name) for name in more}
    locked: dict[str, set[str]] = {}
    for name, version in _LOCKED.findall((HERE / "requirements.lock").read_text()):
        locked.setdefault(canonical(name), set()).add(version)
    parts = []
    for name, package in sorted(found.items()):
        if package.version not in locked.get(name, ()):
            raise Unlicensed(f"{name} {package.version} isn't in packaging/requirements.lock")
        texts = {
            file.name: Path(str(file.locate())).read_text(errors="replace")
            for file in package.files or ()
            if _TEXT.match(file.name) and file.suffix not in (".py", ".pyc")
        }
        for file in package.files or ():
            if "sboms" in file.parts and file.suffix == ".json":
                inside = json.loads(Path(str(file.locate())).read_text()).get("components")
                if inside:
                    texts[f"libraries inside, from {file.name}"] = _library_lines(inside)
        if not texts and name not in _NO_TEXT:
            raise Unlicensed(f"{name} {package.version} includes no licence text")
        fields = package.metadata
        stated = next((fields[n] for n in ("License-Expression", "License") if n in fields), "")
        parts.append(
            Part(name, package.version, _SPELT.get(name, stated.partition("\n")[0]), texts)
        )
    return parts


def _library_lines(components: Iterable[Mapping[str, Any]]) -> str:
    """Return a line for each component of a CycloneDX list; compiled packages include them."""
    lines = []
    for each in components:
        stated: list[dict[str, Any]] = each.get("licenses") or [{"expression": "see README.txt"}]
        names = [one.get("expression") or (one.get("license") or {}).get("id") for one in stated]
        lines.append(f"{each['name']} {each['version']}: {', '.join(filter(None, names))}")
    return "\n".join(lines)


def write(listing: Path, folder: Path) -> None:
    """Write the licences of all parts of a bundle, and which files belong to which part.

    Args:
        listing: what packaging/bundle.spec wrote: places in the bundle with their sources.
        folder: where to write; replaced if it exists.

    Raises:
        Unlicensed: something in the bundle belongs to no part.
    """
    listed = json.loads(listing.read_text())
    has_manual = any(_is_below(source, MANUAL) for _, source in listed["files"])
    parts = {part.name: part for part in runtime_parts(MANUAL_PARTS if has_manual else ())}
    own_version = metadata.version(OWN)
    origins = _origins([*parts, OWN, "pyinstaller"])
    files: dict[str, list[str]] = {}
    system: set[str] = set()
    unknown = []
    for place, source in [*listed["files"], *listed["modules"]]:
        origin = origins.get(str(Path(source).resolve())) or _origin_by_place(source)
        if origin is None:
            origin = _debian_package(source)
            if origin is None:
                unknown.append(f"{place} (from {source})")
                continue
            system.add(origin)
        if _LIBRARY.search(Path(place).name):
            files.setdefault(origin, []).append(place)
        else:
            files.setdefault(origin, [])
    if has_manual:
        files |= {name: files.get(name, []) for name in MANUAL_PARTS}
    if unknown:
        raise Unlicensed(f"unknown origin: {', '.join(sorted(unknown))}")

    _copy_texts(folder)
    index: Index = {OWN: {"version": own_version, "licence": "MIT", "files": files.get(OWN, [])}}
    used = [part for name, part in parts.items() if name in files]
    _write_notices(folder / "python-packages.txt", used)
    for part in used:
        index[part.name] = {
            "version": part.version, "licence": part.licence, "files": files[part.name]
        }  # fmt: skip
    version = "{}.{}.{}".format(*sys.version_info)
    index["python"] = {"version": version, "licence": "PSF-2.0", "files": files.get("python", [])}
    index["pyinstaller"] = {
        "version": metadata.version("pyinstaller"),
        "licence": "GPL-2.0-or-later WITH Bootloader-exception",
        "files": files.get("pyinstaller", []),
    }
    linked = _openssl_of_cryptography()
    if linked:
        index["openssl (in cryptography)"] = {
            "version": linked, "licence": "Apache-2.0", "files": []
        }  # fmt: skip
    texts = []
    for package in sorted(system):
        name = package.partition(":")[0]
        index[package] = {
            "version": _debian_version(package), "licence": "see system-libraries.txt",
            "files": files[package],
        }  # fmt: skip
        copyright_file = Path("/usr/share/doc", name, "copyright")
        if not copyright_file.exists():
            raise Unlicensed(f"{package} includes no copyright file")
        heading = f"{'=' * 78}\n{name} {_debian_version(package)}\n"
        places = "\n".join(files[package])
        texts.append(f"{heading}{places}\n\n{copyright_file.read_text(errors='replace')}")
    none = "None: the system's own libraries are used, from other packages.\n"
    (folder / "system-libraries.txt").write_text("\n".join(texts) or none)
    candidates = (
        Path(f"/usr/share/doc/python{version.rpartition('.')[0]}/copyright"),
        Path(sysconfig.get_path("stdlib"), "LICENSE.txt"),
        Path(sys.base_prefix, "LICENSE.txt"),
    )
    python_text = next((each for each in candidates if each.exists()), None)
    if python_text is None:
        raise Unlicensed("Python's own licence was not found")
    (folder / "python.txt").write_text(python_text.read_text(errors="replace"))
    installer = metadata.distribution("pyinstaller").files or ()
    copying = next(file for file in installer if file.name.startswith("COPYING"))
    shutil.copy(str(copying.locate()), folder / "pyinstaller.txt")
    _write_index(folder, index)


def write_wheels(folder: Path) -> None:
    """Write the licences of all libraries as wheels install them, where nothing else is copied.

    Raises:
        Unlicensed: a package has no licence text, or another version than the lock file names.
    """
    parts = runtime_parts()
    _copy_texts(folder)
    _write_notices(folder / "python-packages.txt", parts)
    index: Index = {OWN: {"version": metadata.version(OWN), "licence": "MIT", "files": []}}
    for part in parts:
        index[part.name] = {"version": part.version, "licence": part.licence, "files": []}
    _write_index(folder, index)


def _copy_texts(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("LGPL-3.0.txt", "GPL-3.0.txt", "qt-third-party.txt"):
        shutil.copy(TEXTS / name, folder)


def _write_index(folder: Path, index: "Index") -> None:
    shutil.copy(HERE.parent / "LICENSE", folder / "heimdall-desktop.txt")
    (folder / INDEX).write_text(json.dumps(index, indent=1) + "\n")
    (folder / "README.txt").write_text(_statement(index))


def leave_out(listing: Path, bundle: Path) -> None:
    """Remove the system's libraries, except Python's, from a bundle and from its listing.

    Those of a Debian package come from other packages, which receive security updates.
    """
    listed = json.loads(listing.read_text())
    kept = []
    for place, source in listed["files"]:
        is_of_system = source.startswith(("/lib/", "/usr/lib/")) and _LIBRARY.search(place)
        if is_of_system and _origin_by_place(source) is None:
            (bundle / "_internal" / place).unlink()
        else:
            kept.append((place, source))
    listing.write_text(json.dumps({**listed, "files": kept}, indent=1))


def _origins(packages: Iterable[str]) -> dict[str, str]:
    """Return the package of each installed file."""
    return {
        str(Path(str(file.locate())).resolve()): name
        for name in packages
        for file in metadata.distribution(name).files or ()
    }


def _origin_by_place(source: str) -> str | None:
    """Return the part of a file that is in no package's list: Python's, PyInstaller's or ours."""
    if source in ("", "-"):
        return "pyinstaller"  # names of packages without a file
    path = Path(source).resolve()
    if path.is_relative_to(HERE) or _is_below(source, MANUAL):
        return OWN
    if path.name == "base_library.zip":  # PyInstaller makes it
        return "python"
    places = [Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "platstdlib")]
    is_standard = any(path.is_relative_to(place) for place in places)
    if sys.platform != "linux":  # its DLLs and the libraries of its framework
        is_standard = is_standard or path.is_relative_to(Path(sys.base_prefix).resolve())
    if is_standard and not {"site-packages", "dist-packages"} & set(path.parts):
        return "python"
    is_pythons = re.search(r"/libpython3[\d.]*\.so|^/etc/python3", str(path))
    return "python" if is_pythons else None


def _is_below(source: str, folder: Path) -> bool:
    return source not in ("", "-") and Path(source).resolve().is_relative_to(folder)


def _debian_package(source: str) -> str | None:
    if sys.platform != "linux":
        return None
    path = Path(source).resolve()
    for form in (str(path), str(path).removeprefix("/usr"), source):
        found = subprocess.run(
            ["/usr/bin/dpkg", "-S", form], capture_output=True, text=True, check=False
        )
        if found.returncode == 0:
            return found.stdout.partition(": ")[0].partition(",")[0]
    return None


def _debian_version(package: str) -> str:
    command = ["/usr/bin/dpkg-query", "-W", "-f", "${Version}", package]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _openssl_of_cryptography() -> str:
    try:
        from cryptography.hazmat.backends.openssl import backend  # noqa: PLC0415 - Linux only
    except ImportError:
        return ""
    return backend.openssl_version_text()


def _write_notices(file: Path, parts: Iterable[Part]) -> None:
    blocks = []
    for part in parts:
        block = f"{'=' * 78}\n{part.name} {part.version}\nLicence: {part.licence}\n"
        for name, text in sorted(part.texts.items()):
            block += f"\n--- {name} ---\n\n{text.strip()}\n"
        if not part.texts:
            block += "\nThe texts are in LGPL-3.0.txt and GPL-3.0.txt.\n"
        blocks.append(block)
    file.write_text("\n".join(blocks))


def _statement(index: "Index") -> str:
    qt = str(index["pyside6-essentials"]["version"])
    series = ".".join(qt.split(".")[:2])
    rows = "\n".join(
        f"  {name} {part['version']}: {part['licence']}" for name, part in index.items()
    )
    copied = COPIED if "python" in index else ""
    qt_places = QT_PLACES.get(sys.platform, "") if copied else QT_IN_WHEELS
    return f"""\
Licences of Heimdall Desktop and of the software in this package

Heimdall Desktop is under the MIT licence (heimdall-desktop.txt).

Qt {qt} and PySide6 {qt} (with Shiboken6) are used under the GNU Lesser General Public License,
version 3: LGPL-3.0.txt, which builds on GPL-3.0.txt. They are unmodified. Qt contains third-party
code: qt-third-party.txt.

You may replace them. Qt's libraries are ordinary shared libraries:
{qt_places}
Put files of another build of the same or a compatible version in their place; nothing checks them.
You may also debug and reverse-engineer the program for this purpose.

The sources of exactly these versions are published by their makers:
  Qt {qt}: https://download.qt.io/official_releases/qt/, folder {series}/{qt}/single
  PySide6 and Shiboken6 {qt}: https://download.qt.io/official_releases/QtForPython/pyside6/,
    folder PySide6-{qt}-src

Python packages: python-packages.txt. certifi is under the MPL-2.0 and unmodified; its source is at
https://github.com/certifi/python-certifi, in the version named below.
{copied}
All parts:
{rows}
"""


def check(bundle: Path) -> list[str]:
    """Return what is wrong with a bundle: one line for each problem.

    Args:
        bundle: has the folder `_internal`, and in one of both the folder `licences`.
    """
    content = bundle / "_internal"
    licences = next(filter(Path.is_dir, (bundle / "licences", content / "licences")), bundle)
    try:
        index = json.loads((licences / INDEX).read_text())
    except OSError:
        return [f"no {licences / INDEX}"]
    texts = ("README", "LGPL-3.0", "GPL-3.0", "qt-third-party", "python-packages", "python")
    problems = [
        f"no licences/{name}.txt"
        for name in (*texts, "system-libraries", "pyinstaller", OWN)
        if not (licences / f"{name}.txt").is_file()
    ]
    named = {file for part in index.values() for file in part["files"]}
    present = {
        str(file.relative_to(content))
        for file in content.rglob("*")
        if _LIBRARY.search(file.name) and file.is_file() and not file.is_symlink()
    }
    linked = {str(file.relative_to(content)) for file in content.rglob("*") if file.is_symlink()}
    problems += [f"{file} is in the bundle without a licence" for file in sorted(present - named)]
    problems += [f"{file} has a licence but is missing" for file in named - present - linked]
    problems += [f"{name} has no stated licence" for name, part in index.items()
                 if not part["licence"]]  # fmt: skip
    for folder in content.glob("*.dist-info"):
        name, _, version = folder.name.removesuffix(".dist-info").rpartition("-")
        if index.get(canonical(name), {}).get("version") != version:
            problems.append(f"{canonical(name)} {version} is in the bundle without a licence")
    for file in sorted(present | linked):
        if _GPL_LIBRARY.match(Path(file).name):
            problems.append(f"{file} is under the GPL alone")
        module = _QT_MODULE.match(Path(file).name)
        if (module and module[1] in QT_GPL_ONLY) or _QT_PLUGIN.search(Path(file).name):
            problems.append(f"{file} belongs to a part of Qt under the GPL alone")
        elif module and module[1] not in QT_ALLOWED:
            problems.append(f"{file} belongs to a part of Qt that isn't known to be LGPL")
    return problems


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    leaving_out = commands.add_parser("leave-out")
    leaving_out.add_argument("listing", type=Path)
    leaving_out.add_argument("bundle", type=Path)
    commands.add_parser("write-wheels").add_argument("folder", type=Path)
    writing = commands.add_parser("write")
    writing.add_argument("listing", type=Path)
    writing.add_argument("folder", type=Path)
    checking = commands.add_parser("check")
    checking.add_argument("bundle", type=Path)
    given = parser.parse_args()
    if given.command == "write":
        write(given.listing, given.folder)
        return 0
    if given.command == "write-wheels":
        write_wheels(given.folder)
        return 0
    if given.command == "leave-out":
        leave_out(given.listing, given.bundle)
        return 0
    problems = check(given.bundle)
    for problem in problems:
        print(f"licences: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(_main())
