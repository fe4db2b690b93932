#!/usr/bin/env bash
# Run a command on a private desktop, on any computer, and leave nothing behind.
#
#   packaging/desktop_session.sh COMMAND [ARGUMENT...]
#
# The command gets an X display (Xvfb) with a window manager (openbox), a D-Bus session that starts
# nothing automatically, the accessibility bus, an unlocked keyring (gnome-keyring) and a
# notification daemon (dunst), with a HOME and an XDG_RUNTIME_DIR that are new and empty.
# HEIMDALL_PRIVATE_DESKTOP shows tests that the keyring is not real and that no one is watching.
# The exit status is the command's, or 127 if a part of the desktop doesn't start.
set -euo pipefail

[ $# -gt 0 ] || { sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 2; }

folder=$(mktemp -d)
daemons=()
command_group=

close_desktop() {
  trap - EXIT INT TERM HUP
  if [ -n "$command_group" ]; then kill -- "-$command_group" 2>/dev/null || true; fi
  # Stop in reverse order, so that the display and the bus outlive the programs that use them.
  for ((i = ${#daemons[@]} - 1; i >= 0; i--)); do
    kill "${daemons[i]}" 2>/dev/null || true
    wait "${daemons[i]}" 2>/dev/null || true
  done
  rm -rf "$folder"
}
trap close_desktop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

fail() {
  echo "desktop_session.sh: $1" >&2
  cat "$folder"/*.log >&2 2>/dev/null || true
  exit 127
}

start() { # PROGRAM [ARGUMENT...]: start it with its output in a log; passes standard input on
  command -v "$1" >/dev/null || fail "$1 is not installed"
  env --unset=HEIMDALL_TOKEN "$@" <&0 >"$folder/$(basename "$1").log" 2>&1 &
  daemons+=($!)
}

until_true() { # DESCRIPTION TEST...: wait up to a minute, because the computer may be busy
  local what=$1
  shift
  for ((i = 0; i < 1200; i++)); do
    if "$@"; then return; fi
    sleep 0.05
  done
  fail "$what did not start"
}

is_managed() { # the window manager publishes which desktop is shown
  xdotool get_desktop >/dev/null 2>&1
}

has_owner() { # BUS_NAME
  dbus-send --session --print-reply --dest=org.freedesktop.DBus / \
    org.freedesktop.DBus.NameHasOwner "string:$1" 2>/dev/null | grep -q 'boolean true'
}

export HOME="$folder/home" XDG_RUNTIME_DIR="$folder/runtime" HEIMDALL_PRIVATE_DESKTOP=1
mkdir -m 700 "$HOME" "$XDG_RUNTIME_DIR"
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME XDG_STATE_HOME WAYLAND_DISPLAY XAUTHORITY

# The display: Xvfb picks a free number and writes it to its standard output.
start Xvfb -displayfd 1 -screen 0 1440x900x24 -noreset -nolisten tcp </dev/null
until_true "the display" grep -qs '^[0-9]' "$folder/Xvfb.log"
DISPLAY=":$(grep -m1 '^[0-9]' "$folder/Xvfb.log")"
export DISPLAY

# The bus has no service folders, so a part that is not started here is really absent.
cat >"$folder/bus.conf" <<CONFIGURATION
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=$folder</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
CONFIGURATION
start dbus-daemon --config-file="$folder/bus.conf" --nofork --print-address=1 </dev/null
until_true "the session bus" grep -qs '^unix:' "$folder/dbus-daemon.log"
DBUS_SESSION_BUS_ADDRESS=$(grep -m1 '^unix:' "$folder/dbus-daemon.log")
export DBUS_SESSION_BUS_ADDRESS

start openbox </dev/null
start /usr/libexec/at-spi-bus-launcher --launch-immediately </dev/null
start dunst </dev/null
start gnome-keyring-daemon --foreground --unlock --components=secrets < <(printf 'test-session')
until_true "the window manager" is_managed
until_true "the accessibility bus" has_owner org.a11y.Bus
until_true "the notification daemon" has_owner org.freedesktop.Notifications
until_true "the keyring" has_owner org.freedesktop.secrets

# Run in the background, so that a signal is handled at once, and in a separate process group, so
# that the whole group can be stopped.
set -m
"$@" <&0 &
command_group=$!
set +m
status=0
wait "$command_group" || status=$?
exit "$status"
