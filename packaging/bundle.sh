#!/usr/bin/env bash
# Make the packages with the libraries of this system: `packaging/dev.sh folder` and `deb` call it
# inside a Debian 12, so that the result runs there and on newer systems.
#
#   packaging/bundle.sh folder|deb OUTPUT
#
# The system packages of BUILD_PACKAGES in packaging/dev.sh must be installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

kind=$1
output=$2
work=build/bundle
venv=build/bundle-venv
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(stat --format %Y CHANGELOG.md)} PYTHONHASHSEED=0

say() { echo "bundle.sh: $*" >&2; }

state=$(cat packaging/requirements.lock packaging/bundle.lock | sha256sum)
if [ "$(cat "$venv/state" 2>/dev/null)" != "$state" ]; then
  say "installing the locked versions"
  python3 -m venv --clear "$venv"
  for file in requirements bundle; do
    "$venv/bin/pip" install --quiet --disable-pip-version-check --no-input --require-hashes \
      --requirement "packaging/$file.lock"
  done
  echo "$state" >"$venv/state"
fi
"$venv/bin/pip" install --quiet --disable-pip-version-check --no-input --no-deps \
  --no-build-isolation --force-reinstall .
version=$("$venv/bin/python" -Pc 'from importlib.metadata import version; print(version("heimdall-desktop"))')
HEIMDALL_PACKAGE=$("$venv/bin/python" -Pc 'import heimdall_desktop; print(heimdall_desktop.__path__[0])')
export HEIMDALL_PACKAGE

say "building the manual"
QT_QPA_PLATFORM=offscreen PYTHONPATH=$PWD "$venv/bin/python" packaging/manual.py build/manual

say "collecting"
rm -rf "$work"
mkdir -p "$work"
"$venv/bin/pyinstaller" --noconfirm --log-level ERROR --distpath "$work" --workpath "$work/parts" \
  packaging/bundle.spec
bundle=$work/heimdall-desktop
find "$bundle/_internal" -type f -exec chmod 644 {} +
if [ "$kind" = deb ]; then
  "$venv/bin/python" packaging/licences.py leave-out "$work/listing.json" "$bundle"
fi
"$venv/bin/python" packaging/licences.py write "$work/listing.json" "$bundle/licences"
"$venv/bin/python" packaging/licences.py check "$bundle"

mkdir -p "$output"
case $kind in
  folder)
    name=heimdall-desktop-$version-linux-x86_64
    mv "$bundle" "$work/$name"
    "$venv/bin/python" packaging/package_files.py folder "$work/$name"
    tar --create --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
      --directory "$work" "$name" | gzip -9n >"$output/$name.tar.gz"
    say "$output/$name.tar.gz"
    ;;
  deb)
    "$venv/bin/python" packaging/package_files.py deb "$bundle" "$work/deb" "$version"
    file=$output/heimdall-desktop_${version}_amd64.deb
    dpkg-deb --root-owner-group -Zxz -z6 --build "$work/deb" "$file" >&2
    say "$file"
    ;;
esac
