#!/usr/bin/env bash
# Test packages, and what the manual says about installing, in bare Debian 12 and 13, as root; takes
# some ten minutes for each package and half an hour for the manual.
#
#   packaging/matrix.sh [PART...]
#
# A part is a package (FILE.deb, FILE.tar.gz) or `manual`; default: all packages in dist/, and manual.
#
# For each package and each Debian, in a new root without Python and without a desktop: install it,
# run packaging/selftest.py with a display, then start it with Wayland only, without a display and
# with a dead one, and remove it again. `manual` runs the commands of docs/manual that need a network
# or root: it installs this checkout with pip, pipx and uv, each without the libraries of Qt, without
# libxcb-cursor and with them, tests it in the same way, and removes it.
#
# Prints one line for each test; the last line counts them. MATRIX names the folder of the roots
# (default: build/matrix). SUITES selects systems (default: "bookworm trixie").
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

unset PYTHONDONTWRITEBYTECODE PYTHONPATH
roots=${MATRIX:-build/matrix}
mkdir -p "$roots"
roots=$(cd "$roots" && pwd)
# What a portable folder needs of the system, see its README.txt.
FOLDER_NEEDS=(libegl1 libgl1 libglib2.0-0 libx11-6 libxcb1 libx11-xcb1 libwayland-client0
  libwayland-cursor0 fonts-dejavu-core fontconfig-config xkb-data)
# What Qt needs of the system, as in packaging/dev.sh.
mapfile -t QT_PACKAGES < <(sed -n '/^QT_PACKAGES=(/,/)$/p' packaging/dev.sh | grep -oE '\b(lib|fonts)[a-z0-9.-]+')
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
  mkdir "$root"
  cp -a "$roots/$1/." "$root"
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

as_in_manual() { # NAME: run commands of the manual, one a line, in a copy of the source
  local name=$1 command started
  while IFS= read -r command <&3; do
    started=$SECONDS
    # pipx and uv put commands of one name into different folders.
    # shellcheck disable=SC2016 # for the inner shell
    if here env HEIMDALL_DESKTOP="heimdall-desktop[local] @ file:///root/source/$wheel" \
      PIPX_BIN_DIR=/root/with-pipx UV_TOOL_BIN_DIR=/root/with-uv \
      bash -c 'cd ~/source && . ~/environment/bin/activate && exec bash -euc "$1"' - "$command" \
      </dev/null >>"$log" 2>&1; then
      ok "$name: $command ($((SECONDS - started)) s)"
    else
      no "$name: $command; see $log"
    fi
  done 3<&0
}

test_manual() { # SUITE
  local suite=$1 how file left display display_server log=$roots/$1-manual.log wheel=
  local name="manual $suite"
  declare -A programs=([pip]=/root/heimdall/bin [pipx]=/root/with-pipx [uv]=/root/with-uv)
  fresh "$suite"
  : >"$log"
  packaging/debian_root.sh make "$suite" "$root" ca-certificates openssl sudo python3 python3-venv pipx
  echo 'APT::Get::Assume-Yes "true";' >"$root/etc/apt/apt.conf.d/assume-yes"
  mkdir "$root/root/source"
  git ls-files -z --cached --others --exclude-standard |
    tar --create --null --ignore-failed-read --files-from - | tar --extract --directory "$root/root/source"
  # The environment of a CI job, in which `pip install` works.
  here bash -euc 'python3 -m venv ~/environment; python3 -m venv /opt/uv; /opt/uv/bin/pip install uv
    ln -s /opt/uv/bin/uv /usr/local/bin/' >>"$log" 2>&1
  as_in_manual "$name" <<'COMMANDS'
python3 -m venv ~/heimdall
~/heimdall/bin/pip install '.[local]'
~/heimdall/bin/heimdall-desktop --version
python3 -m pip wheel --no-deps --wheel-dir dist .
pipx install "$(ls dist/heimdall_desktop-*.whl)[local]"
UV_COMPILE_BYTECODE=1 uv tool install "$(ls dist/heimdall_desktop-*.whl)[local]"
COMMANDS
  wheel=dist/$(ls "$root/root/source/dist")
  ok "$name Python: $(here python3 --version), PySide6: $(here sh -c 'ls -d ~/heimdall/lib/python3*/site-packages/pyside6_ess*' | sed 's/.*essentials-//; s/.dist-info//')"
  start_display
  for how in pip pipx uv; do
    says_one_line "$how $suite without libraries of Qt" "libegl1.*libgl1.*libglib2" \
      DISPLAY="$display" "${programs[$how]}/heimdall-desktop"
  done
  here apt-get update --quiet=2 >>"$log" 2>&1
  here apt-get install --quiet=2 --yes --no-install-recommends "${QT_PACKAGES[@]/libxcb-cursor0/libxcb1}" \
    >>"$log" 2>&1 || no "$name libraries: see $log"
  for how in pip pipx uv; do
    says_one_line "$how $suite without xcb-cursor" "libxcb-cursor0" \
      DISPLAY="$display" "${programs[$how]}/heimdall-desktop"
  done
  kill "$display_server"
  as_in_manual "$name" <<'COMMANDS'
sudo apt install libxcb-cursor0
COMMANDS
  for how in pip pipx uv; do
    test_started "$how $suite" "${programs[$how]}/heimdall-desktop"
    here env -u DISPLAY "${programs[$how]}/heimdall-desktop" --demo --headless --quit-when-done \
      --timeout 3 >/dev/null 2>&1 || true # a run with the profile of the user
  done
  as_in_manual "$name" <<'COMMANDS'
pipx uninstall heimdall-desktop
uv tool uninstall heimdall-desktop
COMMANDS
  rm -rf "$root/root/heimdall"
  left=$(cd "$root" && find root usr opt etc -iname '*heimdall*' -not -path 'root/source/*' \
    -not -path 'root/.cache/*' | LC_ALL=C sort | xargs)
  if [ "$left" = "root/.config/heimdall-desktop root/.local/share/heimdall-desktop root/.local/share/heimdall-desktop/heimdall.sqlite3 root/.local/state/heimdall-desktop root/.local/state/heimdall-desktop/log/heimdall.log" ]; then
    ok "$name removed: only the user's data is left"
  else
    no "$name removed: left $left"
  fi
  as_in_manual "$name" <<'COMMANDS'
pipx install "$HEIMDALL_DESKTOP"
pip install "$HEIMDALL_DESKTOP"
heimdall-desktop --version
COMMANDS
  here openssl req -x509 -newkey rsa:2048 -nodes -keyout /root/key -out /root/source/company-ca.crt \
    -subj /CN=company -days 2 >>"$log" 2>&1
  as_in_manual "$name" <<'COMMANDS'
sudo cp company-ca.crt /usr/local/share/ca-certificates/
sudo update-ca-certificates
openssl verify company-ca.crt
COMMANDS
  file=$(find dist -name 'heimdall-desktop_*_amd64.deb' | head -n 1)
  if [ -z "$file" ]; then
    echo "--   $name .deb: not run, dist/ has none"
    return
  fi
  mkdir -p "$root/root/source/dist"
  cp "$file" "$root/root/source/dist/"
  as_in_manual "$name" <<'COMMANDS'
sudo apt install ./dist/heimdall-desktop_0.2.0_amd64.deb
/usr/bin/heimdall-desktop --version
sudo apt purge heimdall-desktop
COMMANDS
}

start_display() { # an X display without anything on it: sets $display and $display_server
  local file
  file=$(mktemp)
  Xvfb -displayfd 1 -screen 0 1280x800x24 -nolisten tcp >"$file" 2>/dev/null &
  display_server=$!
  for _ in $(seq 200); do if [ -s "$file" ]; then break; fi; sleep 0.05; done
  display=:$(cat "$file")
  rm -f "$file"
}

[ "$(id -u)" = 0 ] || {
  echo "matrix.sh: run it as root" >&2
  exit 2
}
[ $# -gt 0 ] || set -- dist/*.deb dist/*-linux-x86_64.tar.gz manual
for suite in ${SUITES:-bookworm trixie}; do
  packaging/debian_root.sh make "$suite" "$roots/$suite"
  for part in "$@"; do
    case $part in
      *.deb) test_deb "$part" "$suite" ;;
      *.tar.gz) test_folder "$part" "$suite" ;;
      manual) test_manual "$suite" ;;
      *) no "$part is no package" ;;
    esac
  done
done
rm -rf "$roots/tested"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
