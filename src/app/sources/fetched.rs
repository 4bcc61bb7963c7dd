//! Sources from beside the page, each file fetched when it is first asked for.

use std::cell::RefCell;

use super::SourcePlace;
use crate::{
    adapters::fetch_text,
    app::views::{Excerpt, NoSource},
};

thread_local! {
    /// The files that were fetched, by their paths.
    static FETCHED: RefCell<Vec<(&'static str, String)>> = const { RefCell::new(vec![]) };
}

/// The lines of these places.
///
/// # Errors
/// When a file cannot be fetched, or is not the one that was compiled.
pub async fn fetch_sources(places: Vec<SourcePlace>) -> Result<Vec<Excerpt>, NoSource> {
    let mut excerpts = vec![];
    for place in places {
        let excerpt = match kept(&place) {
            Some(excerpt) => excerpt,
            None => fetched(&place).await?,
        };
        excerpts.push(excerpt);
    }
    Ok(excerpts)
}

fn kept(place: &SourcePlace) -> Option<Excerpt> {
    FETCHED.with_borrow(|files| {
        let (_, text) = files.iter().find(|(path, _)| *path == place.path())?;
        place.cut(text)
    })
}

async fn fetched(place: &SourcePlace) -> Result<Excerpt, NoSource> {
    let text =
        fetch_text(&place.address()).await.map_err(|cause| NoSource::Unreachable { cause })?;
    let excerpt = place.cut(&text).ok_or(NoSource::Other { path: place.path() })?;
    FETCHED.with_borrow_mut(|files| files.push((place.path(), text)));
    Ok(excerpt)
}
