//! The way in: the page in a browser; on the host, a word about where the page is.

#[cfg(target_arch = "wasm32")]
fn main() {
    hindsight::ui::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("Hindsight is a page: `scripts/serve` builds it and serves it.");
}
