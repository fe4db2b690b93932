#!/usr/bin/env bash
# A bare Debian in a folder, and a command in it (both need root):
#
#   packaging/debian_root.sh make SUITE FOLDER [PACKAGE...]   create it once, and install packages
#   packaging/debian_root.sh in FOLDER COMMAND...             run a command in it, with HOME=/root;
#                                                             it shares /tmp with this computer
#
# The mirror is the one in the APT sources of this computer, or $DEBIAN_MIRROR. Proxy, certificates
# and pip's settings are those of this computer too. Mounts end with the command.
set -euo pipefail

fail() {
  echo "debian_root.sh: $*" >&2
  exit 1
}

mirror_of() { # LABEL: the mirror of Debian that APT uses on this computer
  # shellcheck disable=SC2016 # apt's own variables
  apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(LABEL)' 'Created-By: Packages' |
    sed -n "s/ Debian $1\$//p" | head -n 1
}

inside() { # FOLDER COMMAND...
  local folder=$1
  shift
  # shellcheck disable=SC2016 # for the inner shell
  unshare --mount --propagation private bash -euc '
    folder=$1
    shift
    mount -t proc proc "$folder/proc"
    mount --rbind /dev "$folder/dev"
    mount -t tmpfs tmpfs "$folder/run"
    mount --bind /tmp "$folder/tmp"
    exec env --unset=PIP_FIND_LINKS --unset=PIP_CONSTRAINT --unset=PYTHONPATH --unset=VIRTUAL_ENV \
      HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
      LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive chroot "$folder" "$@"' - "$folder" "$@"
}

make() { # SUITE FOLDER [PACKAGE...]
  local suite=$1 folder=$2 mirror security
  shift 2
  [ "$(id -u)" = 0 ] || fail "run it as root"
  if [ ! -e "$folder/made" ]; then
    mirror=${DEBIAN_MIRROR:-$(mirror_of Debian)}
    [ -n "$mirror" ] || fail "no mirror of Debian in the APT sources; set DEBIAN_MIRROR"
    rm -rf "$folder"
    mkdir -p "$folder"
    debootstrap --variant=minbase "$suite" "$folder" "$mirror" >"$folder.log" 2>&1 ||
      fail "debootstrap failed, see $folder.log"
    security=$(mirror_of Debian-Security)
    if [ -n "$security" ]; then
      echo "deb $security $suite-security main" >>"$folder/etc/apt/sources.list"
    fi
    inside "$folder" apt-get update --quiet=2 >>"$folder.log" 2>&1
    inside "$folder" apt-get upgrade --quiet=2 --yes >>"$folder.log" 2>&1
    : >"$folder/made"
  fi
  cp -L /etc/resolv.conf "$folder/etc/resolv.conf"
  [ $# -gt 0 ] || return 0
  inside "$folder" apt-get install --quiet=2 --yes --no-install-recommends "$@" >>"$folder.log" 2>&1 ||
    fail "apt-get failed, see $folder.log"
  if [ -d "$folder/etc/ssl/certs" ] && [ -e /etc/ssl/certs/ca-certificates.crt ]; then
    cp -L /etc/ssl/certs/ca-certificates.crt "$folder/etc/ssl/certs/ca-certificates.crt"
  fi
  if [ -e /etc/pip.conf ]; then # files it names elsewhere on this computer are not there
    sed -E '/^ *(constraint|find-links)/d' /etc/pip.conf >"$folder/etc/pip.conf"
  fi
}

command=${1:-help}
shift || true
case $command in
  make) make "$@" ;;
  in) inside "$@" ;;
  *)
    sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p;}' "$0" >&2
    exit 2
    ;;
esac
