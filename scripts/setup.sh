#!/usr/bin/env bash
# Brings in what the full check needs beside Go: Chromium with fonts,
# PostgreSQL and xmllint from Debian, axe-core from npm. Quick when all is
# there. What cannot be brought in is said in one line; the check then names
# the tests that miss it.
set -euo pipefail
cd "$(dirname "$0")/.."

axe_version=4.14.1

install_packages() {
  local missing=()
  command -v chromium >/dev/null || missing+=(chromium)
  command -v xmllint >/dev/null || missing+=(libxml2-utils)
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
  compgen -G '/usr/share/fonts/truetype/noto/NotoSans-Regular.*' >/dev/null || missing+=(fonts-noto-core)
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "setup: skipped ${missing[*]} (needs root and apt-get)" >&2
    return
  fi
  local apt=(apt-get -qq -o DPkg::Lock::Timeout=300)
  export DEBIAN_FRONTEND=noninteractive
  if ! { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "${missing[@]}"; } >/dev/null; then
    echo "setup: skipped ${missing[*]} (apt-get could not install them)" >&2
  fi
}

# Most browser tests are a third of the work in Chromium without its window. Not everybody packages it.
install_windowless() {
  command -v chromium-headless-shell >/dev/null && return
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || return 0
  DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends chromium-headless-shell >/dev/null 2>&1 ||
    echo "setup: no chromium-headless-shell here: the browser tests take longer" >&2
}

# npm pack takes the package alone: no dependencies, no install scripts.
fetch_axe() {
  local dir=.cache/axe
  [ "$(cat "$dir/version" 2>/dev/null)" = "$axe_version" ] && [ -s "$dir/axe.min.js" ] && return
  if ! command -v npm >/dev/null; then
    echo "setup: skipped axe-core (needs npm)" >&2
    return
  fi
  mkdir -p "$dir"
  if ! npm pack --silent --pack-destination "$dir" "axe-core@$axe_version" >/dev/null; then
    echo "setup: skipped axe-core (npm could not fetch it)" >&2
    return
  fi
  tar -xzf "$dir/axe-core-$axe_version.tgz" -C "$dir" --strip-components=1 package/axe.min.js package/LICENSE
  rm "$dir/axe-core-$axe_version.tgz"
  echo "$axe_version" >"$dir/version"
}

install_packages
install_windowless
fetch_axe
