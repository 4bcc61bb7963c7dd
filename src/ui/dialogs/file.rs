//! A file that is put together piece by piece and then given to the person.

use std::{cell::RefCell, rc::Rc};

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// The pieces so far. A cheap handle.
#[derive(Clone, Default)]
pub struct Collected(Rc<RefCell<Vec<Blob>>>);

impl Collected {
    /// Takes pieces in. Each leaves this program's memory at once.
    pub fn taker(&self) -> impl FnMut(String) + 'static {
        let pieces = self.0.clone();
        move |piece| {
            if let Ok(blob) = Blob::new_with_str_sequence(&Array::of1(&JsValue::from_str(&piece))) {
                pieces.borrow_mut().push(blob);
            }
        }
    }

    /// Lets the browser save everything under a name.
    pub fn download(&self, name: &str) {
        self.download_as(name, "application/jsonl");
    }

    /// The same, of some other type.
    pub fn download_as(&self, name: &str, kind: &str) {
        // Without a place to save to, the browser says so itself.
        let _ = self.try_download(name, kind);
    }

    fn try_download(&self, name: &str, mime: &str) -> Result<(), JsValue> {
        let pieces: Array = self.0.borrow().iter().map(JsValue::from).collect();
        let kind = BlobPropertyBag::new();
        kind.set_type(mime);
        let file = Blob::new_with_blob_sequence_and_options(&pieces, &kind)?;
        let address = Url::create_object_url_with_blob(&file)?;
        let link = leptos::prelude::document().create_element("a")?;
        let link = link.dyn_into::<HtmlAnchorElement>()?;
        link.set_href(&address);
        link.set_download(name);
        link.click();
        let revoke = move || drop(Url::revoke_object_url(&address));
        leptos::prelude::set_timeout(revoke, std::time::Duration::from_secs(60));
        Ok(())
    }
}
