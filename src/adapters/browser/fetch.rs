//! Fetching a file that lies beside the page.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = fetch)]
    fn fetch(address: &str) -> js_sys::Promise;

    /// What index.html defines: the texts of its own language are under way before the program runs.
    #[wasm_bindgen(js_name = textsIn)]
    fn texts_in(language: &str) -> js_sys::Promise;

    type Response;

    #[wasm_bindgen(method, getter)]
    fn ok(this: &Response) -> bool;
    #[wasm_bindgen(method)]
    fn text(this: &Response) -> js_sys::Promise;
}

/// The text of a file of the page's own folder.
///
/// # Errors
/// In the words of the browser, when there is no such file or the network is down and nothing kept it.
pub async fn fetch_text(address: &str) -> Result<String, String> {
    let told = |thrown: JsValue| {
        let message = Reflect::get(&thrown, &"message".into()).ok();
        message.and_then(|message| message.as_string()).unwrap_or_default()
    };
    let response: Response = JsFuture::from(fetch(address)).await.map_err(told)?.unchecked_into();
    if !response.ok() {
        return Err(format!("{address} is not there"));
    }
    let text = JsFuture::from(response.text()).await.map_err(told)?;
    Ok(text.as_string().unwrap_or_default())
}

/// The texts in a language, as a JSON table; none when they cannot be fetched.
pub async fn fetch_texts(language: &str) -> Option<String> {
    JsFuture::from(texts_in(language)).await.ok()?.as_string()
}
