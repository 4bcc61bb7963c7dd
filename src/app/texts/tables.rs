//! Where the tables of texts come from: on the host they are compiled in, the page fetches those that
//! it speaks.

use std::sync::OnceLock;

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

/// Fetches the texts of a language, unless they are here. Whether they are here now.
#[cfg(target_arch = "wasm32")]
pub async fn load(language: Language) -> bool {
    let slot = &TABLES[language as usize];
    if slot.get().is_none() {
        let Some(data) = fetch_texts(language.tag()).await else { return false };
        let mut table = Table::new();
        if read_into(&mut table, &data).is_err() {
            return false;
        }
        // Who asked at the same time put the same there.
        drop(slot.set(table));
    }
    true
}

/// The table of a language: the texts of the page, and those that it fetches with scenarios.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn of(language: Language) -> &'static Table {
    let files = match language {
        Language::En => [include_str!("en.json"), include_str!("of_scenarios.en.json")],
        Language::Es => [include_str!("es.json"), include_str!("of_scenarios.es.json")],
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
