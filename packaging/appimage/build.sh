#!/usr/bin/env bash
# Untested: the folder for the AppImage was made and started here, appimagetool has never been run.
#
#   APPIMAGETOOL=PROGRAM RUNTIME=FILE packaging/appimage/build.sh ARCHIVE OUTPUT
#
# ARCHIVE is the tar.gz of `packaging/dev.sh folder`. Needs an environment of Python with the lock
# file's packages, for the menu entry. appimagetool and the runtime, the small program at the start
# of every AppImage, are of the AppImage project; download both yourself and compare their checksums.
# Without APPIMAGETOOL, only the folder OUTPUT.AppDir is made.
set -euo pipefail

[ $# = 2 ] || { sed -n '4s/^# *//p' "${BASH_SOURCE[0]}" >&2; exit 2; }
archive=$(realpath "$1")
output=$(realpath "$2")
tool=${APPIMAGETOOL:+$(realpath "$APPIMAGETOOL")}
tool_runtime=${RUNTIME:+$(realpath "$RUNTIME")}
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
folder=$output.AppDir

rm -rf "$folder"
mkdir -p "$folder/usr/lib/heimdall-desktop"
tar --extract --file "$archive" --strip-components 1 --directory "$folder/usr/lib/heimdall-desktop"
id=$(python -c 'import tomllib; print(tomllib.load(open("packaging/identity.toml", "rb"))["application_id"])')
python - "$id" >"$folder/$id.desktop" <<'PROGRAM'
import sys
from heimdall_desktop import desktop_entry
sys.stdout.write(desktop_entry.entry(["heimdall-desktop"]).replace("Icon=heimdall-desktop", f"Icon={sys.argv[1]}"))
PROGRAM
cp resources/icons/app-icon.svg "$folder/$id.svg"
ln -s "$id.svg" "$folder/.DirIcon"
cat >"$folder/AppRun" <<'PROGRAM'
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/usr/lib/heimdall-desktop/heimdall-desktop" "$@"
PROGRAM
chmod 755 "$folder/AppRun"

[ -n "$tool" ] || exit 0
ARCH=x86_64 "$tool" --no-appstream --runtime-file "$tool_runtime" "$folder" "$output"
