//! The browser's source of chance.

use crate::ports::Rng;

/// Chance from `crypto.getRandomValues`; from `Math.random` where a page has no crypto.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserRng;

impl Rng for BrowserRng {
    fn next_u64(&self) -> u64 {
        let mut bytes = [0; 8];
        let crypto = web_sys::window().and_then(|window| window.crypto().ok());
        match crypto.map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes)) {
            Some(Ok(_)) => u64::from_le_bytes(bytes),
            _ => half() << 32 | half(),
        }
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
