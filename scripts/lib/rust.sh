# Sourced: a Rust that compiles for the host, and one that compiles for the browser.
# shellcheck shell=bash
#
# The browser's side is found in this order:
#   1. the compiler on PATH already has the library for wasm32;
#   2. rustup fetches it;
#   3. where rustup's servers are out of reach: Debian's own compiler, whose package of sources
#      lets the library be built here. It lives in .tools/rust; /usr is not touched.

wasm_target=wasm32-unknown-unknown
debian_rust="$tools/rust"

# What `wasm cargo …` sets. A target folder of its own keeps the two sides from waiting for each
# other's lock and from throwing away each other's work.
wasm_env=("CARGO_TARGET_DIR=$root/target/wasm")

# Runs a command for the browser's side: `wasm cargo build …`, `wasm trunk build …`.
wasm() { env "${wasm_env[@]}" "$@"; }

# Clippy finds its driver beside itself, so the right one has to be called by name.
wasm_clippy() {
  if [ -n "${wasm_clippy_path:-}" ]; then
    wasm "$wasm_clippy_path" clippy --target "$wasm_target" "$@"
  else
    wasm cargo clippy --target "$wasm_target" "$@"
  fi
}

need_host_rust() {
  step "Rust"
  have cargo && have rustc ||
    give_up "cargo and rustc are not on PATH." \
      "Install Rust from https://rustup.rs, open a new terminal, and run this again."
  local wanted version
  wanted=$(awk -F'"' '/^rust-version/ { print $2; exit }' Cargo.toml)
  version=$(rustc --version | awk '{ print $2 }')
  version_at_least "${version%%-*}" "$wanted" ||
    give_up "rustc $version is too old: at least $wanted is needed." \
      "Run: rustup update stable"
  tell "$version"
}

need_linters() {
  step "rustfmt and clippy"
  if cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1; then
    tell "ready"
    return
  fi
  tell "asking rustup for them"
  have rustup && bounded 180 rustup component add rustfmt clippy ||
    give_up "rustfmt or clippy is missing." "Run: rustup component add rustfmt clippy"
}

need_wasm_rust() {
  step "library for $wasm_target"
  if has_wasm_library rustc; then
    tell "ready"
  elif debian_rust_is_ready; then
    use_debian_rust
    tell "ready (Debian's compiler, .tools/rust)"
  elif add_target_by_rustup; then
    tell "installed by rustup"
  else
    need_debian_rust
  fi
}

has_wasm_library() {
  local folder
  folder=$("$1" --print target-libdir --target "$wasm_target" 2>/dev/null) || return 1
  compgen -G "$folder/libstd-*.rlib" >/dev/null
}

add_target_by_rustup() {
  have rustup || return 1
  tell "asking rustup for it"
  bounded 180 rustup target add "$wasm_target" && has_wasm_library rustc
}

# --- Debian's compiler -----------------------------------------------------------------------

need_debian_rust() {
  if ! has_debian_packages; then
    can_apt || give_up_on_wasm_rust
    tell "rustup cannot; installing Debian's compiler (115 MB, about 30 seconds)"
    install_debian_packages || give_up_on_wasm_rust
  fi
  tell "building it from Debian's sources (about 1 minute)"
  rm -rf "$debian_rust"
  build_wasm_library
  lay_out_debian_rust
  debian_rust_identity >"$debian_rust/built-from"
  use_debian_rust
  has_wasm_library "$debian_rust/bin/rustc" ||
    give_up "the library that was built for $wasm_target is not found by the compiler."
  tell "built"
}

give_up_on_wasm_rust() {
  give_up "there is no Rust here that compiles for $wasm_target, and none could be installed." \
    "With rustup:  rustup target add $wasm_target" \
    "On Debian:    sudo apt-get install --no-install-recommends \\" \
    "                rustc-web cargo-web rust-web-src rust-web-clippy lld   (the newest lld-NN)" \
    "Elsewhere:    the package of your system with Rust's standard library for $wasm_target" \
    "Then run this again."
}

has_debian_packages() {
  [ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] && [ -x /usr/bin/clippy-driver ] &&
    [ -d /usr/lib/rustlib/src/rust/library ] && [ -n "$(newest_lld)" ]
}

install_debian_packages() {
  apt_refresh || return 1
  local lld
  lld=$(apt-cache search --names-only '^lld-[0-9]+$' | awk '{ print $1 }' | sort -t- -k2,2n | tail -n 1)
  apt_install rustc-web cargo-web rust-web-src rust-web-clippy "${lld:-lld}" && has_debian_packages
}

newest_lld() {
  { compgen -G '/usr/bin/lld-*' || true; } | grep -E '/lld-[0-9]+$' | sort -t- -k2,2n | tail -n 1
}

# Packages are upgraded in place: another compiler or linker means building the library again.
debian_rust_identity() {
  /usr/bin/rustc -vV
  newest_lld
}

debian_rust_is_ready() {
  [ -f "$debian_rust/built-from" ] && has_debian_packages &&
    [ "$(debian_rust_identity)" = "$(cat "$debian_rust/built-from")" ]
}

# An empty crate is built together with the library; only the library's files are kept.
# `test` is for the tests in the browser, the bitcode for link-time optimisation of the page.
build_wasm_library() {
  local crate="$tools/rust-library"
  rm -rf "$crate"
  mkdir -p "$crate/src" "$debian_rust/lib/rustlib/$wasm_target/lib"
  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n' >"$crate/Cargo.toml"
  printf '#![no_std]\n' >"$crate/src/lib.rs"
  (
    cd "$crate"
    logged rust-library env -u SYSROOT -u RUSTC_WRAPPER -u RUSTUP_TOOLCHAIN \
      RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc RUSTFLAGS=-Cembed-bitcode=yes \
      /usr/bin/cargo build --release --target "$wasm_target" --target-dir "$crate/target" \
      -Zbuild-std=std,panic_abort,test
  ) || give_up "Rust's library could not be built from Debian's sources."
  rm -f "$crate/target/$wasm_target/release/deps/"libempty-*
  cp "$crate/target/$wasm_target/release/deps/"lib*.rlib "$debian_rust/lib/rustlib/$wasm_target/lib/"
  rm -rf "$crate"
}

# A compiler's folder made of links into /usr, plus our library and the linker.
# rustc is a small script, not a link, because it looks for its libraries where it really lies.
lay_out_debian_rust() {
  local host at="$debian_rust/lib/rustlib" program
  host=$(/usr/bin/rustc -vV | awk '/^host:/ { print $2 }')
  mkdir -p "$debian_rust/bin" "$at/$host/bin"
  for program in cargo cargo-clippy clippy-driver; do
    ln -sf "/usr/bin/$program" "$debian_rust/bin/$program"
  done
  printf '#!/bin/sh\nexec /usr/bin/rustc --sysroot "${0%%/bin/*}" "$@"\n' >"$debian_rust/bin/rustc"
  chmod +x "$debian_rust/bin/rustc"
  ln -sf "/usr/lib/rustlib/$host/lib" "$at/$host/lib"
  ln -sf "$(newest_lld)" "$at/$host/bin/rust-lld"
}

# SYSROOT is for clippy's driver, which is not called through our rustc.
use_debian_rust() {
  wasm_env=(
    "CARGO_TARGET_DIR=$root/target/wasm" "PATH=$debian_rust/bin:$PATH"
    "RUSTC=$debian_rust/bin/rustc" "SYSROOT=$debian_rust"
  )
  wasm_clippy_path="$debian_rust/bin/cargo-clippy"
}
