# Sourced: a Chromium and its WebDriver for the tests. A browser is never downloaded by npm.
# shellcheck shell=bash

# Sets and exports CHROME and CHROMEDRIVER, and writes what the runner of browser tests reads.
need_browser() {
  step "Chromium"
  find_chromium && find_chromedriver || install_chromium
  find_chromium || give_up "no Chromium or Chrome was found." \
    "Install one and its chromedriver, or set CHROME=/path/to/it. On Debian: apt-get install chromium chromium-driver"
  find_chromedriver || give_up "no chromedriver was found for $CHROME." \
    "Debian: apt-get install chromium-driver.  macOS: brew install --cask chromedriver." \
    "Or set CHROMEDRIVER=/path/to/it; its version must be the browser's."
  [ "$(major "$CHROME")" = "$(major "$CHROMEDRIVER")" ] ||
    give_up "$CHROME is version $(major "$CHROME"), but $CHROMEDRIVER is for $(major "$CHROMEDRIVER")." \
      "Install the chromedriver of the same version, or set CHROMEDRIVER=/path/to/it."
  write_webdriver_settings
  tell "$(major "$CHROME") ($CHROME)"
}

find_chromium() {
  local candidate
  for candidate in "${CHROME:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
    "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
    if [ -n "$candidate" ] && have "$candidate"; then
      CHROME=$(command -v "$candidate")
      export CHROME
      return 0
    fi
  done
  return 1
}

find_chromedriver() {
  local candidate
  for candidate in "${CHROMEDRIVER:-}" chromedriver "${CHROMEWEBDRIVER:-/none}/chromedriver"; do
    if [ -n "$candidate" ] && have "$candidate"; then
      CHROMEDRIVER=$(command -v "$candidate")
      export CHROMEDRIVER
      return 0
    fi
  done
  return 1
}

install_chromium() {
  can_apt || return 0
  tell "installing with apt-get (about 30 seconds)"
  apt_refresh && apt_install chromium chromium-driver || true
}

# "Chromium 156.0.8078.79 built on …" and "ChromeDriver 156.0.8078.79 (…)" both give 156.
major() { "$1" --version 2>/dev/null | grep -oE '[0-9]+(\.[0-9]+)+' | head -n 1 | cut -d. -f1; }

# Chromium's sandbox does not work for root; everybody else keeps it.
chromium_flags() {
  if [ "$(id -u)" = 0 ]; then echo --no-sandbox; fi
  printf '%s\n' --headless --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync
}

# wasm-bindgen-test-runner reads the browser's path and flags from this file.
write_webdriver_settings() {
  export WASM_BINDGEN_TEST_WEBDRIVER_JSON="$tools/webdriver.json"
  local flags
  flags=$(chromium_flags | sed 's/.*/"&"/' | paste -sd, -)
  printf '{ "goog:chromeOptions": { "binary": "%s", "args": [%s] } }\n' "$CHROME" "$flags" \
    >"$WASM_BINDGEN_TEST_WEBDRIVER_JSON"
}
