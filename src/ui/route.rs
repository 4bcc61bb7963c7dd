//! The address bar: where the page learns where somebody is, and says where they go.

use leptos::prelude::*;

use super::{shell::speak, state::Shell};
use crate::app::{
    route::{Address, Route},
    texts::Language,
};

/// The address of now.
pub fn current() -> Address {
    Address::parse(&window().location().hash().unwrap_or_default())
}

/// Follows the address for as long as the page lives. Returns what stops it.
pub fn follow(shell: Shell) -> WindowListenerHandle {
    window_event_listener(leptos::ev::hashchange, move |_| {
        let address = current();
        if let Some(language) = address.language {
            speak(shell, language, || ());
        }
        if shell.address.get_untracked() != address {
            shell.address.set(address);
        }
    })
}

/// Goes to a view; a language in the address stays in it.
pub fn go(shell: Shell, route: Route) {
    let language = shell.address.get_untracked().language;
    let address = Address { route, language };
    if shell.address.get_untracked() == address {
        return;
    }
    // Only a sandbox without navigation refuses; then the page still shows the view.
    let _ = window().location().set_hash(&address.format());
    shell.address.set(address);
}

/// Goes to a view in the place of the one of now: no way leads back to that.
pub fn go_instead(shell: Shell, route: Route) {
    replace(shell, Address { route, ..shell.address.get_untracked() });
}

fn replace(shell: Shell, address: Address) {
    // As above: the page goes on without the address.
    let _ = window().location().replace(&address.format());
    shell.address.set(address);
}

/// Puts another language into the address, if it names one.
pub fn name_language(shell: Shell, language: Language) {
    let mut address = shell.address.get_untracked();
    if address.language.is_none_or(|named| named == language) {
        return;
    }
    address.language = Some(language);
    replace(shell, address);
}
