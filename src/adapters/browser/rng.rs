//! The browser's source of chance.

use std::cell::RefCell;

use crate::ports::Rng;

/// Bytes that are fetched at once: a call out of the program costs more than they do.
const FETCHED: usize = 512;

/// Chance from `crypto.getRandomValues`; from `Math.random` where a page has no crypto.
#[derive(Debug, Default)]
pub struct BrowserRng {
    /// What was fetched and not given out yet; nothing is given out twice.
    ready: RefCell<Vec<u64>>,
}

impl Rng for BrowserRng {
    fn next_u64(&self) -> u64 {
        let mut ready = self.ready.borrow_mut();
        ready.pop().unwrap_or_else(|| {
            *ready = fetch();
            ready.pop().unwrap_or_else(|| half() << 32 | half())
        })
    }
}

/// Numbers of the best quality; none where a page has no crypto.
fn fetch() -> Vec<u64> {
    let mut bytes = [0; FETCHED];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    match crypto.map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes)) {
        Some(Ok(_)) => bytes.as_chunks().0.iter().map(|chunk| u64::from_le_bytes(*chunk)).collect(),
        _ => Vec::new(),
    }
}

/// 32 random bits of lesser quality.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number lies between 0 and 2^32"
)]
fn half() -> u64 {
    (js_sys::Math::random() * 4_294_967_296.0) as u64
}
