//! Where the tables of texts come from: on the host they are compiled in, the page fetches those that
//! it speaks.

use std::sync::OnceLock;
#[cfg(target_arch = "wasm32")]
use std::sync::atomic::{AtomicBool, Ordering};

use nojson::RawJson;

#[cfg(target_arch = "wasm32")]
use crate::adapters::fetch_texts;
use crate::kernel::JsonError;

use super::{Language, Table};

static TABLES: [OnceLock<Table>; 2] = [OnceLock::new(), OnceLock::new()];

/// The table of a language.
#[cfg(target_arch = "wasm32")]
pub(super) fn of(language: Language) -> &'static Table {
    TABLES[language as usize].get().expect("a language is loaded before it is spoken")
}

/// The texts of what comes later: of the parts of the program (src/ui/late.rs) and of the code that fulfils
/// orders.
#[cfg(target_arch = "wasm32")]
static LATER: [OnceLock<Table>; 2] = [OnceLock::new(), OnceLock::new()];
#[cfg(target_arch = "wasm32")]
static WANTS_LATER: AtomicBool = AtomicBool::new(false);

/// A text that came later.
#[cfg(target_arch = "wasm32")]
pub(super) fn later(language: Language, key: &str) -> Option<&'static String> {
    LATER[language as usize].get()?.get(key)
}

/// A text that came later: on the host there are none.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn later(_: Language, _: &str) -> Option<&'static String> {
    None
}

/// Fetches the texts of a language, unless they are here. Whether they are here now.
#[cfg(target_arch = "wasm32")]
pub async fn load(language: Language) -> bool {
    let tag = language.tag();
    load_into(&TABLES[language as usize], tag.to_owned()).await
        && (!WANTS_LATER.load(Ordering::Relaxed)
            || load_into(&LATER[language as usize], format!("of_later.{tag}")).await)
}

/// Fetches what comes later in every language that is here, and from now on in others too. Whether it is
/// here now.
#[cfg(target_arch = "wasm32")]
pub async fn load_later() -> bool {
    WANTS_LATER.store(true, Ordering::Relaxed);
    for language in Language::ALL {
        if TABLES[language as usize].get().is_some() && !load(language).await {
            return false;
        }
    }
    true
}

#[cfg(target_arch = "wasm32")]
async fn load_into(slot: &OnceLock<Table>, name: String) -> bool {
    if slot.get().is_none() {
        let Some(data) = fetch_texts(&name).await else { return false };
        let mut table = Table::new();
        if read_into(&mut table, &data).is_err() {
            return false;
        }
        // Who asked at the same time put the same there.
        drop(slot.set(table));
    }
    true
}

/// The table of a language: the texts of the page, and those that it fetches later or with scenarios.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn of(language: Language) -> &'static Table {
    let files = match language {
        Language::En => [
            include_str!("en.json"),
            include_str!("of_later.en.json"),
            include_str!("of_scenarios.en.json"),
        ],
        Language::Es => [
            include_str!("es.json"),
            include_str!("of_later.es.json"),
            include_str!("of_scenarios.es.json"),
        ],
    };
    TABLES[language as usize].get_or_init(|| {
        let mut table = Table::new();
        for file in files {
            read_into(&mut table, file).expect("texts are JSON tables");
        }
        table
    })
}

fn read_into(table: &mut Table, data: &str) -> Result<(), JsonError> {
    for (key, text) in RawJson::parse(data)?.value().to_object()? {
        table.insert(key.try_into()?, text.try_into()?);
    }
    Ok(())
}
