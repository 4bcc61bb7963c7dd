//! What a panic leads to: the cause in the console, and a banner that offers export and reload.
//!
//! After a trap the program must not be entered again, so the banner is plain JavaScript.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::app::texts::Texts;

#[wasm_bindgen(module = "/src/ui/shell/rescue.js")]
extern "C" {
    fn prepare();
    #[wasm_bindgen(js_name = label)]
    fn put_words(title: &str, text: &str, export: &str, reload: &str, nothing: &str);
    fn show();
    #[wasm_bindgen(js_name = wordless)]
    fn show_wordless();
}

/// Builds the banner, hidden, and lets a panic show it.
pub(super) fn install() {
    prepare();
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        show();
    }));
}

/// The words on the banner.
pub(super) fn label(texts: Texts) {
    put_words(
        texts.say("panic.title"),
        texts.say("panic.text"),
        texts.say("panic.export"),
        texts.say("panic.reload"),
        texts.say("panic.nothing"),
    );
}

/// Says in the waiting page that the words of the page could not be fetched.
pub(super) fn say_wordless() {
    show_wordless();
}
