#!/usr/bin/env bash
# Test packages in bare Debian 12 and 13, as root; takes some ten minutes for each package.
#
#   packaging/matrix.sh [FILE...]      packages; default: all that packaging/dev.sh made in dist/
#
# For each package and each Debian, in a new root without Python and without a desktop: install it,
# run packaging/selftest.py with a display, then start it with Wayland only, without a display and
# with a dead one, and remove it again. Prints one line for each test; the last line counts them.
# MATRIX names the folder of the roots (default: build/matrix). It must not be below /tmp.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

roots=${MATRIX:-build/matrix}
mkdir -p "$roots"
roots=$(cd "$roots" && pwd)
# What a portable folder needs of the system, see its README.txt.
FOLDER_NEEDS=(libegl1 libgl1 libglib2.0-0 libx11-6 libxcb1 libx11-xcb1 libwayland-client0
  libwayland-cursor0 fonts-dejavu-core fontconfig-config xkb-data)
passed=0
failed=0

ok() {
  echo "ok   $*"
  passed=$((passed + 1))
}
no() {
  echo "FAIL $*"
  failed=$((failed + 1))
}

fresh() { # SUITE: make $root, a new copy of a bare root
  root=$roots/tested
  rm -rf "$root"
  cp -a "$roots/$1" "$root"
}

here() { packaging/debian_root.sh in "$root" "$@"; }

says_one_line() { # WHAT PATTERN COMMAND...: it must end with status 2 and one line like this
  local what=$1 pattern=$2 status=0 line
  shift 2
  line=$(here env -u DISPLAY -u WAYLAND_DISPLAY "$@" 2>&1 >/dev/null) || status=$?
  if [ "$status" = 2 ] && [ "$(wc -l <<<"$line")" = 1 ] && [[ $line =~ $pattern ]]; then
    ok "$what: $line"
  else
    no "$what: status $status, $line"
  fi
}

test_started() { # NAME PROGRAM: all tests of an installed program
  local name=$1 program=$2 line
  while read -r line; do
    case $line in
      ok*) ok "$name ${line#ok   }" ;;
      *) no "$name ${line#FAIL }" ;;
    esac
  done < <(packaging/desktop_session.sh python3 packaging/selftest.py \
    packaging/debian_root.sh in "$root" "$program" 2>&1)
  says_one_line "$name no display" "No display found" "$program"
  says_one_line "$name dead X display" ":77 can't be used" DISPLAY=:77 "$program"
  says_one_line "$name dead Wayland display" "wayland-77 can't be used" \
    WAYLAND_DISPLAY=wayland-77 XDG_RUNTIME_DIR=/tmp "$program"
  test_wayland "$name" "$program"
}

test_wayland() { # NAME PROGRAM: a window on a compositor without X
  if ! command -v weston >/dev/null; then
    echo "--   $1 Wayland only: not run, weston is not installed"
    return
  fi
  local folder status=0 compositor
  folder=$(mktemp -d)
  chmod 700 "$folder"
  XDG_RUNTIME_DIR=$folder weston --backend=headless --renderer=pixman --socket=matrix \
    --idle-time=0 >"$folder/weston.log" 2>&1 &
  compositor=$!
  for _ in $(seq 200); do if [ -S "$folder/matrix" ]; then break; fi; sleep 0.05; done
  mkdir "$folder/scanned"
  echo 'eval(input())' >"$folder/scanned/run.py"
  here env -u DISPLAY XDG_RUNTIME_DIR="$folder" WAYLAND_DISPLAY=matrix "$2" --temp-profile \
    --local "$folder/scanned" --quit-when-done --screenshot "$folder/window.png" \
    >"$folder/out" 2>"$folder/err" || status=$?
  if [ "$status" = 0 ] && [ -s "$folder/window.png" ] && [ ! -s "$folder/err" ]; then
    ok "$1 Wayland only: screenshot of $(stat --format %s "$folder/window.png") bytes"
  else
    no "$1 Wayland only: status $status, $(cat "$folder/err")"
  fi
  kill "$compositor"
  wait "$compositor" 2>/dev/null || true
  rm -rf "$folder"
}

files_of() { # a list of all files, without those that every apt-get changes
  (cd "$root" && find . -xdev \( -path ./var/cache -o -path ./var/lib/apt -o -path ./var/log \
    -o -path ./var/lib/dpkg -o -path ./tmp -o -path ./run -o -path ./proc -o -path ./dev \) \
    -prune -o ! -type d -print | LC_ALL=C sort)
}

test_deb() { # FILE SUITE
  local name="deb $2" started left
  fresh "$2"
  started=$SECONDS
  cp "$1" "$root/root/package.deb"
  here apt-get update --quiet=2 >"$roots/$2-deb.log" 2>&1
  if here apt-get install --quiet=2 --yes --no-install-recommends /root/package.deb \
    >>"$roots/$2-deb.log" 2>&1; then
    ok "$name install: $((SECONDS - started)) s, $(grep -c ^Unpacking "$roots/$2-deb.log") packages"
  else
    no "$name install: see $roots/$2-deb.log"
    return
  fi
  if here dpkg --verify heimdall-desktop | grep -v '/usr/share/\(doc\|man\|lintian\)' | grep .; then
    no "$name files differ from the package"
  fi
  test_started "$name" heimdall-desktop
  here env -u DISPLAY heimdall-desktop --demo --headless --quit-when-done --timeout 3 \
    >/dev/null 2>&1 || true # a run with the profile of the user
  here apt-get purge --quiet=2 --yes heimdall-desktop >>"$roots/$2-deb.log" 2>&1
  left=$(files_of | grep -i heimdall | grep -v '^\./root/' || true)
  if [ -z "$left" ] && [ -n "$(find "$root/root/.local" "$root/root/.config" -name '*heimdall*' 2>/dev/null)" ]; then
    ok "$name purge: only the user's data is left"
  else
    no "$name purge left: $left; the user's data: $(ls -A "$root/root")"
  fi
}

test_folder() { # FILE SUITE
  local name="folder $2" program
  fresh "$2"
  mkdir "$root/opt/unpacked"
  tar --extract --gzip --file "$1" --directory "$root/opt/unpacked"
  program=/opt/unpacked/$(ls "$root/opt/unpacked")/heimdall-desktop
  says_one_line "$name without libraries of Qt" "libegl1.*libgl1.*libglib2" DISPLAY=:77 "$program"
  here apt-get update --quiet=2 >"$roots/$2-folder.log" 2>&1
  here apt-get install --quiet=2 --yes --no-install-recommends "${FOLDER_NEEDS[@]}" \
    >>"$roots/$2-folder.log" 2>&1 || no "$name libraries: see $roots/$2-folder.log"
  test_started "$name" "$program"
  rm -rf "$root/opt/unpacked"
  if ! files_of | grep -v "^./root/" | grep -qi heimdall; then
    ok "$name deleted: nothing is left elsewhere"
  else
    no "$name deleted: left $(files_of | grep -i heimdall)"
  fi
}

[ "$(id -u)" = 0 ] || {
  echo "matrix.sh: run it as root" >&2
  exit 2
}
[ $# -gt 0 ] || set -- dist/*.deb dist/*-linux-x86_64.tar.gz
for suite in bookworm trixie; do
  packaging/debian_root.sh make "$suite" "$roots/$suite"
  for file in "$@"; do
    case $file in
      *.deb) test_deb "$file" "$suite" ;;
      *.tar.gz) test_folder "$file" "$suite" ;;
    esac
  done
done
rm -rf "$roots/tested"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
