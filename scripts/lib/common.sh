# Sourced by every script: where things are, how progress is told, how a script gives up.
# shellcheck shell=bash
# Written for bash 3.2 (macOS) as well: no associative arrays, no mapfile.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tools="$root/.tools" # everything that the scripts install; git ignores it
cd "$root"
mkdir -p "$tools/log"
export PATH="$tools/bin:$tools/node/node_modules/.bin:$PATH"

step_total=0
step_now=0
step_name=""

# steps N: how many steps follow.  step NAME: the next one begins.  tell TEXT: where it stands.
steps() { step_total=$1 step_now=0; }
step() { step_now=$((step_now + 1)) step_name=$1; }
tell() { printf '[%d/%d] %s: %s\n' "$step_now" "$step_total" "$step_name" "$*"; }

have() { command -v "$1" >/dev/null 2>&1; }

# Ends the script: what is wrong, then what to do by hand, a line each.
give_up() {
  printf '\nerror: %s\n' "$1" >&2
  shift
  if [ $# -gt 0 ]; then printf '  %s\n' "$@" >&2; fi
  exit 1
}

# Ends a command that waits for a network that is not there. macOS has perl, but no `timeout`.
bounded() {
  local seconds=$1
  shift
  if have timeout; then
    timeout "$seconds" "$@"
  else
    perl -e 'alarm shift; exec @ARGV or exit 127' "$seconds" "$@"
  fi
}

# Runs a command with its output in a log, and shows the end of the log if it fails.
logged() {
  local log="$tools/log/$1.log"
  shift
  if "$@" >"$log" 2>&1; then return 0; fi
  tail -n 30 "$log" >&2
  printf '(the whole log: %s)\n' "$log" >&2
  return 1
}

# The version that Cargo.lock fixes for a crate, so that no script repeats it.
locked_version() {
  awk -v crate="$1" '
    $0 == "name = \"" crate "\"" { getline; gsub(/version = |"/, ""); print; exit }
  ' Cargo.lock
}

# version_at_least 1.96.0 1.95
version_at_least() {
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -t. -k1,1n -k2,2n -k3,3n | head -n 1)" = "$2" ]
}

# Debian's package manager, when this user may use it without being asked for a password.
can_apt() {
  have apt-get && { [ "$(id -u)" = 0 ] || { have sudo && sudo -n true 2>/dev/null; }; }
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

apt_refresh() { logged apt-update as_root apt-get update; }

apt_install() {
  logged apt-install as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends "$@"
}
