//! A channel to the other tabs of the same page.

use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

/// Sends short texts to all other tabs that listen under the same name. Closed when dropped.
///
/// A hint, not a promise: a text may come late or, when a tab sleeps, never.
#[derive(Debug)]
pub struct TabChannel {
    channel: BroadcastChannel,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl TabChannel {
    /// Joins the channel of that name; none where the browser has no such channels.
    #[must_use]
    pub fn open(name: &str, mut on_message: impl FnMut(String) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let on_message = Closure::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                on_message(text);
            }
        });
        channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Some(Self { channel, _on_message: on_message })
    }

    /// Sends a text to all other tabs.
    pub fn post(&self, text: &str) {
        // The only failure is a channel that was closed, and that happens in `drop` only.
        let _ = self.channel.post_message(&text.into());
    }
}

impl Drop for TabChannel {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}
