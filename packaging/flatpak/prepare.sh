#!/usr/bin/env bash
# Untested as part of a build; run alone, it collects everything that the manifest names:
#
#   packaging/flatpak/prepare.sh FOLDER
#
# It fills FOLDER with the manifest, the menu entry, the wheels of packaging/requirements.lock (for
# Python 3.13 on amd64, with checked hashes), our own wheel, and libxcb-cursor, which the runtime may
# lack; also with the metainfo and the licences of these wheels. Needs an environment of Python 3.13
# with the lock file's packages, and libxcb-cursor0.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

[ $# = 1 ] || { sed -n '4s/^# *//p' "packaging/flatpak/prepare.sh" >&2; exit 2; }
folder=$1
id=$(python -c 'import tomllib; print(tomllib.load(open("packaging/identity.toml", "rb"))["application_id"])')

rm -rf "$folder/wheels"
mkdir -p "$folder/wheels"
python -m pip download --quiet --no-deps --only-binary :all: --require-hashes \
  --requirement packaging/requirements.lock --dest "$folder/wheels"
python -m hatchling build --target wheel --directory "$folder/wheels" >&2
python packaging/fill.py packaging/flatpak/manifest.in.yml "$folder/$id.yml"
python - "$id" >"$folder/heimdall-desktop.desktop" <<'PROGRAM'
import sys
from heimdall_desktop import desktop_entry
sys.stdout.write(desktop_entry.entry(["heimdall-desktop"]).replace("Icon=heimdall-desktop", f"Icon={sys.argv[1]}"))
PROGRAM
rm -rf "$folder/environment" # what the manifest installs, to read the licences from
python -m venv "$folder/environment"
"$folder/environment/bin/python" -m pip install --quiet --no-index --find-links "$folder/wheels" \
  "$(ls "$folder"/wheels/heimdall_desktop-*.whl)[local]" packaging
"$folder/environment/bin/python" packaging/licences.py write-wheels "$folder/licences"
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(stat --format %Y CHANGELOG.md)} \
  "$folder/environment/bin/python" packaging/package_files.py metainfo "$id" \
  >"$folder/heimdall-desktop.metainfo.xml"
cp resources/icons/app-icon.svg "$folder/"
cp --dereference /usr/lib/x86_64-linux-gnu/libxcb-cursor.so.0 "$folder/"
echo "$folder/$id.yml"
