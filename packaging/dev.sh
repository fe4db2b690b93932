#!/usr/bin/env bash
# Every task of contributors and CI. From a fresh clone:
#
#   packaging/dev.sh run [ARGUMENT...]   start the app; without arguments, with the embedded server
#                                        scanning the packages of its own environment. Without a
#                                        display, use a private one until the scans have settled,
#                                        and save a picture as screenshots/heimdall.png. Incomplete
#                                        results (status 6) are reported and not a failure here
#   packaging/dev.sh packages            install the system packages that run and test need (as root)
#   packaging/dev.sh test [ARGUMENT...]  check, then run the whole suite on a private desktop; with
#                                        arguments, run only pytest with these arguments
#   packaging/dev.sh check               check format, lint, types, layers, docs/modules.md, texts
#   packaging/dev.sh format              fix format, simple lint, docs/modules.md and catalogues
#   packaging/dev.sh bench [ARGUMENT...] measure the whole app from outside, beside bare programs:
#                                        the main rows in some ten minutes, with --all every row,
#                                        with --parts parts of the app in one process. See --help
#   packaging/dev.sh translations        update the catalogues of texts, and compile them
#   packaging/dev.sh manual [FOLDER]     build the manual as HTML (default: build/manual), with pictures
#                                        from the gallery. It works opened as files; so does its search
#   packaging/dev.sh lock                update packaging/requirements.lock and bundle.lock (needs uv)
#   packaging/dev.sh deb                 make dist/heimdall-desktop_VERSION_amd64.deb (as root), and
#                                        check it; packaging/matrix.sh then tests it in bare systems
#   packaging/dev.sh folder              make dist/heimdall-desktop-VERSION-linux-x86_64.tar.gz, a
#                                        folder that runs from anywhere (as root)
#
# PYTHON selects the interpreter (default: python3); if set, the environment is separate. Missing
# parts are installed first: system packages (on Debian and similar systems, as root), then .venv.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# libglib2.0-bin depends on the library, whose package has another name from Debian 13 on.
QT_PACKAGES=(libegl1 libgl1 libglib2.0-bin libdbus-1-3 libfontconfig1 libgssapi-krb5-2
  libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1
  libwayland-cursor0 fonts-dejavu-core)
DESKTOP_PACKAGES=(xvfb openbox dbus-daemon dbus-bin at-spi2-core gnome-keyring libsecret-tools dunst
  xdotool python3-gi gir1.2-atspi-2.0)
TEST_PACKAGES=(xdg-desktop-portal git patch poppler-utils)
BUILD_PACKAGES=(ca-certificates python3 python3-venv libpython3.11 binutils dpkg-dev librsvg2-bin)
CHECK_PACKAGES=(lintian appstream desktop-file-utils man-db)

python=${PYTHON:-python3}
venv=.venv

say() { echo "dev.sh: $*" >&2; }
fail() {
  say "$@"
  exit 1
}

install_packages() { # PACKAGE...: install those that are missing
  command -v dpkg-query >/dev/null || return 0 # another system: reported later
  local missing
  missing=$(comm -23 <(printf '%s\n' "$@" | sort) \
    <(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
      sed -n 's/^installed //p' | sort -u))
  [ -n "$missing" ] || return 0
  # shellcheck disable=SC2086 # one word for each package
  set -- $missing
  [ "$(id -u)" = 0 ] || fail "missing system packages; run: sudo apt-get install $*"
  say "installing $*"
  apt-get update --quiet=2 >&2
  DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes --no-install-recommends "$@" >&2
}

prepare_python() {
  if ! command -v "$python" >/dev/null; then install_packages python3 python3-venv; fi
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "$python is older than 3.11; set PYTHON to another interpreter"
  if ! "$python" -c 'import ensurepip' 2>/dev/null; then install_packages python3-venv; fi
  if [ -n "${PYTHON:-}" ]; then
    venv=.venv-$("$python" -c 'import sys; print("{}.{}".format(*sys.version_info))')
  fi
}

wanted_state() { # hash of everything the environment depends on; a change rebuilds it
  "$python" - <<'PROGRAM'
import hashlib, os, sys
made_from = hashlib.sha256(f"{sys.version} {os.getcwd()}".encode())
for name in ("pyproject.toml", "packaging/requirements.lock"):
    with open(name, "rb") as file:
        made_from.update(file.read())
print(made_from.hexdigest())
PROGRAM
}

prepare_environment() {
  prepare_python
  local state
  state=$(wanted_state)
  if [ "$(cat "$venv/state" 2>/dev/null)" != "$state" ]; then
    say "installing into $venv"
    [ -x "$venv/bin/pip" ] || "$python" -m venv --clear "$venv" >&2
    local pip=("$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input)
    "${pip[@]}" --require-hashes --requirement packaging/requirements.lock >&2
    "${pip[@]}" --no-deps --no-build-isolation --editable . >&2
    "$venv/bin/python" -m compileall -qq "$venv/lib" heimdall_desktop >&2 || true
    echo "$state" >"$venv/state"
  fi
  export PATH="$PWD/$venv/bin:$PATH"
}

run() {
  install_packages "${QT_PACKAGES[@]}"
  prepare_environment
  [ $# -gt 0 ] || set -- --local "$(python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
  if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then exec heimdall-desktop "$@"; fi

  install_packages "${DESKTOP_PACKAGES[@]}"
  local picture=screenshots/heimdall.png status=0
  mkdir -p screenshots
  rm -f "$picture"
  [[ " $* " == *" --profile-dir"* ]] || set -- --temp-profile "$@"
  say "no display found; using a private one until the scans have settled"
  packaging/desktop_session.sh \
    heimdall-desktop --quit-when-done --screenshot "$picture" "$@" || status=$?
  if [ -e "$picture" ]; then say "screenshot saved as $PWD/$picture"; fi
  if [ "$status" = 6 ]; then
    say "the results are incomplete, see above (status 6); the program itself ran correctly"
    status=0
  fi
  return "$status"
}

check() {
  prepare_environment
  ruff format --check .
  ruff check .
  mypy
  mypy packaging/{module_table,manual,licences,selftest,release_notes,fill}.py
  lint-imports
  python packaging/module_table.py --check
  translations --check
}

WAITING_PARTS=("tests/end_to_end/test_[a-d]*.py" "tests/end_to_end/test_[e-z]*.py"
  "tests/hostile tests/state_machine" "tests/traps tests/application")
WORKING_PARTS=("tests/widgets/[abdef]* tests/widgets/controls" "tests/widgets/[l-w]*"
  "tests/local tests/services tests/reference_pictures")
# The main run takes everything that is in no part. The longest part decides how long all take.

run_tests() {
  prepare_python # first, because it may install packages too
  install_packages "${QT_PACKAGES[@]}" "${DESKTOP_PACKAGES[@]}" "${TEST_PACKAGES[@]}" &
  local packages=$!
  prepare_environment
  wait "$packages"
  if [ $# -gt 0 ]; then
    packaging/desktop_session.sh python -m pytest "$@"
    return
  fi
  run_suite
}

run_suite() { # run checks and parts in parallel; parts that mostly wait have priority
  local logs part running=() status=0
  logs=$(mktemp -d)
  # Scanners of the embedded server have a niceness of 10: a much lower one here would starve them.
  renice -n 8 $$ >/dev/null
  for part in "${WAITING_PARTS[@]}"; do
    # shellcheck disable=SC2086 # a part may be several folders or files
    start_part 0 "$logs" "${part//[\/ ]/_}" $part
    running+=($!)
  done
  check >"$logs/check" 2>&1 & # no "||" here: with it, bash would continue after a failure
  running+=($!)
  for part in "${WORKING_PARTS[@]}"; do
    # shellcheck disable=SC2086
    start_part 2 "$logs" "${part//[\/ ]/_}" $part
    running+=($!)
  done
  # shellcheck disable=SC2206
  local elsewhere=(${WAITING_PARTS[*]} ${WORKING_PARTS[*]})
  nice -n 2 packaging/desktop_session.sh python -m pytest "${elsewhere[@]/#/--ignore=}" |
    tee "$logs/others" || status=$?
  for part in "${running[@]}"; do
    wait "$part" || status=$?
  done
  find "$logs" -type f ! -name others -exec cat {} +
  # Last, because only the end of a long output may be kept.
  if [ "$status" != 0 ]; then
    say "failed (status $status); what went wrong, by part:"
    for part in "$logs"/*; do
      echo "== ${part##*/}: $(tail -n 1 "$part")"
      { grep -E '^(E  |FAILED |ERROR )' "$part" || true; } | cut -c 1-300 | tail -n 40
    done
  fi
  rm -rf "$logs"
  return "$status"
}

start_part() { # NICENESS LOGS NAME ARGUMENT...: start tests on a private desktop
  nice -n "$1" packaging/desktop_session.sh python -m pytest -o cache_dir=".pytest_cache/$3" \
    "${@:4}" >"$2/$3" 2>&1 &
}

fix_format() {
  prepare_environment
  ruff check --fix .
  ruff format .
  python packaging/module_table.py
  translations
}

bench() {
  install_packages "${QT_PACKAGES[@]}" "${DESKTOP_PACKAGES[@]}"
  prepare_environment
  if [ "${1:-}" = --parts ]; then
    shift
    [ $# -gt 0 ] || set -- tests/benchmarks
    python -m pytest --capture=no --timeout=0 "$@"
  else
    packaging/desktop_session.sh python -m tests.benchmarks.outside "$@"
  fi
}

catalogue() { # FILE...: update catalogues with the texts in the source
  find heimdall_desktop -name '*.py' -not -path 'heimdall_desktop/local/*' >"$venv/texts"
  pyside6-lupdate -silent -tr-function-alias QT_TR_NOOP=tr_noop -locations none -no-obsolete \
    -sort-messages "@$venv/texts" -ts "$@"
}

translations() { # English is the source: translators start with its catalogue
  prepare_environment
  local files=(resources/translations/*.ts) file
  if [ "${1:-}" = --check ]; then
    cp "${files[@]}" "$venv"
    catalogue "${files[@]/#resources\/translations/$venv}"
    for file in "${files[@]}"; do
      diff "$file" "$venv/${file##*/}" >&2 ||
        fail "a catalogue is out of date; run: packaging/dev.sh translations"
    done
    return
  fi
  catalogue "${files[@]}"
  for file in "${files[@]}"; do
    [ "$file" = resources/translations/heimdall_en.ts ] || pyside6-lrelease -silent "$file"
  done
}

manual() {
  local folder=${1:-build/manual}
  install_packages "${QT_PACKAGES[@]}"
  prepare_environment
  PYTHONPATH=$PWD QT_QPA_PLATFORM=offscreen python packaging/manual.py "$folder"
  say "manual built: $(realpath "$folder")/index.html"
}

lock() {
  command -v uv >/dev/null || fail "uv is missing; run: pip install uv"
  uv pip compile --quiet --universal --python-version 3.11 --all-extras --group dev \
    --generate-hashes --no-header --no-annotate --no-emit-index-url \
    --output-file packaging/requirements.lock pyproject.toml
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
    --no-annotate --no-emit-index-url --constraint packaging/requirements.lock \
    --output-file packaging/bundle.lock packaging/bundle.in
}

make_package() { # deb|folder: make it in a Debian 12, so that it runs on newer systems too
  local root=build/debian-12 target
  if [ "$1" = deb ]; then rm -f dist/heimdall-desktop_*_amd64.deb; fi
  # shellcheck disable=SC1091
  if [ "$(. /etc/os-release && echo "$ID-${VERSION_ID:-}")" = debian-12 ]; then
    install_packages "${QT_PACKAGES[@]}" "${BUILD_PACKAGES[@]}"
    packaging/bundle.sh "$1" dist
  else
    [ "$(id -u)" = 0 ] || fail "run it as root: it makes a Debian 12 in $root"
    install_packages debootstrap
    say "making a Debian 12 in $root"
    packaging/debian_root.sh make bookworm "$root" "${QT_PACKAGES[@]}" "${BUILD_PACKAGES[@]}"
    target=$root/src
    mkdir -p "$target"
    find "$target" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
    git ls-files -z --cached --others --exclude-standard |
      tar --create --null --ignore-failed-read --files-from - | tar --extract --directory "$target"
    packaging/debian_root.sh in "$root" /src/packaging/bundle.sh "$1" /src/dist
    mkdir -p dist
    cp "$target"/dist/* dist/
  fi
  if [ "$1" = deb ]; then check_deb dist/heimdall-desktop_*_amd64.deb; fi
}

check_deb() { # FILE: complain about everything that is neither right nor explained
  install_packages "${CHECK_PACKAGES[@]}"
  local content
  content=$(mktemp -d)
  dpkg-deb --extract "$1" "$content"
  desktop-file-validate "$content"/usr/share/applications/*.desktop
  appstreamcli validate-tree --no-net --no-color "$content" >&2
  man --warnings --local-file "$content/usr/share/man/man1/heimdall-desktop.1.gz" >/dev/null
  lintian --allow-root --fail-on error,warning --display-info "$1" >&2
  [ "$(stat --format %s "$1")" -le 75000000 ] || fail "$1 is larger than 75 MB"
  rm -rf "$content"
}

command=${1:-help}
shift || true
case $command in
  run) run "$@" ;;
  packages) install_packages "${QT_PACKAGES[@]}" "${DESKTOP_PACKAGES[@]}" "${TEST_PACKAGES[@]}" ;;
  test) run_tests "$@" ;;
  check) check ;;
  format) fix_format ;;
  bench) bench "$@" ;;
  translations) translations "$@" ;;
  manual) manual "$@" ;;
  lock) lock ;;
  deb | folder) make_package "$command" ;;
  *)
    sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p;}' "$0" >&2
    exit 2
    ;;
esac
