# Sourced: the programs that turn compiled Rust into a page, and the Node packages.
# shellcheck shell=bash

trunk_version=0.21.14 # 0.22 asks for a newer compiler than many have
split_version=0.2.4   # reads what wasm_split_helpers 0.2 marks (Cargo.toml)

# Built as fast as possible instead of as fast to run: two minutes instead of ten.
quick_install() {
  env CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off \
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_TARGET_DIR="$tools/build" \
    CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS=fallback \
    cargo install --root "$tools" "$@"
}

# Some programs tell their version; of others cargo's list in .tools knows it.
is_installed() {
  local name=$1 version=$2 package=$3
  [ "$("$name" --version 2>/dev/null | awk '{ print $2; exit }')" = "$version" ] ||
    { [ -x "$tools/bin/$name" ] && grep -qsF "\"$package $version " "$tools/.crates.toml"; }
}

# need_program NAME VERSION MINUTES PACKAGE CARGO-INSTALL-ARGUMENTS…
need_program() {
  local name=$1 version=$2 time=$3
  shift 3
  step "$name $version"
  if is_installed "$name" "$version" "$1"; then
    tell "ready"
    return
  fi
  tell "building (about $time)"
  logged "$name" quick_install --force "$@" ||
    give_up "$name $version could not be built." "By hand: cargo install $*"
  rm -rf "$tools/build"
  tell "built"
}

# Tool and library speak a private format: the version must be the one in Cargo.lock.
# Not --locked: the lock file of that package names a version that can no longer be had.
need_wasm_bindgen() {
  local version
  version=$(locked_version wasm-bindgen)
  need_program wasm-bindgen "$version" "1 minute" wasm-bindgen-cli --version "$version"
}

need_trunk() {
  need_program trunk "$trunk_version" "2 minutes" trunk --version "$trunk_version" --locked
}

# It takes the compiled program apart into what the page begins with and what comes later.
need_wasm_split() {
  need_program wasm-split-cli "$split_version" "1 minute" wasm_split_cli_support \
    --version "$split_version" --features build-binary --locked
}

need_node() {
  step "Node packages"
  have node && have npm && version_at_least "$(node --version | tr -d v)" 20 ||
    give_up "Node 20 or newer with npm is needed." "Install it from https://nodejs.org or with your package manager."
  if cmp -s scripts/node/package-lock.json "$tools/node/installed.json"; then
    tell "ready"
    return
  fi
  tell "installing (about 15 seconds)"
  mkdir -p "$tools/node"
  cp scripts/node/package.json scripts/node/package-lock.json "$tools/node/"
  # --ignore-scripts: no package here needs one, and none may download a browser.
  (cd "$tools/node" && logged npm npm ci --ignore-scripts --no-audit --no-fund) ||
    give_up "the Node packages could not be installed." "By hand: cd .tools/node && npm ci"
  cp scripts/node/package-lock.json "$tools/node/installed.json"
  tell "installed"
}
