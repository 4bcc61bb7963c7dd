//! Where in the page somebody is, and the address that says so: the part behind `#`.

use super::texts::Language;

/// A view of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// What this is, and three doors.
    Home,
    /// The list of scenarios.
    Scenarios,
    /// The lab with a scenario in it.
    Scenario {
        /// Its number.
        id: u16,
        /// Whether it plays to its end by itself; else it pauses where there is something to see.
        plays: bool,
    },
    /// The lab, perhaps with a selected order.
    Lab {
        /// The id of the selected order, as the address has it: perhaps there is no such order.
        order: Option<String>,
    },
    /// The lab, empty: the way there, since what is in it has the address of the lab.
    EmptyLab,
    /// No view of this page.
    Unknown {
        /// What the address says, without `#`.
        address: String,
    },
}

/// A whole address: a view, perhaps in a given language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Which view.
    pub route: Route,
    /// In which language; none for the person's own choice.
    pub language: Option<Language>,
}

impl Address {
    /// Reads an address, with or without its `#`. An empty one is home.
    #[must_use]
    pub fn parse(hash: &str) -> Self {
        let address = hash.strip_prefix('#').unwrap_or(hash);
        parse_known(address).unwrap_or_else(|| Self {
            route: Route::Unknown { address: address.to_owned() },
            language: None,
        })
    }

    /// The address as text, with its `#`.
    #[must_use]
    pub fn format(&self) -> String {
        let path = match &self.route {
            Route::Home => "/".to_owned(),
            Route::Scenarios => "/scenarios".to_owned(),
            Route::Scenario { id, plays: false } => format!("/s/{id}"),
            Route::Scenario { id, plays: true } => format!("/s/{id}?play"),
            Route::Lab { order: None } => "/lab".to_owned(),
            Route::EmptyLab => "/lab/new".to_owned(),
            Route::Lab { order: Some(order) } => format!("/lab/order/{}", escaped(order)),
            Route::Unknown { address } => return format!("#{address}"),
        };
        match self.language {
            Some(language) => {
                let sign = if path.ends_with("?play") { '&' } else { '?' };
                format!("#{path}{sign}lang={}", language.tag())
            }
            None => format!("#{path}"),
        }
    }
}

fn parse_known(address: &str) -> Option<Address> {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let (plays, query) = match query.strip_prefix("play") {
        Some("") => (true, ""),
        Some(rest) => (true, rest.strip_prefix('&')?),
        None => (false, query),
    };
    let language = match query {
        "" => None,
        query => Some(Language::of_tag(query.strip_prefix("lang=")?)?),
    };
    let route = match path {
        "" | "/" => Route::Home,
        "/lab" | "/lab/" => Route::Lab { order: None },
        "/lab/new" => Route::EmptyLab,
        "/scenarios" | "/scenarios/" => Route::Scenarios,
        path => parse_named(path, plays)?,
    };
    let is_right = !plays || matches!(route, Route::Scenario { .. });
    is_right.then_some(Address { route, language })
}

/// A view that names what it shows.
fn parse_named(path: &str, plays: bool) -> Option<Route> {
    if let Some(id) = path.strip_prefix("/s/") {
        let is_plain = id == "0" || !id.starts_with(['0', '+']);
        return Some(Route::Scenario { id: id.parse().ok().filter(|_| is_plain)?, plays });
    }
    let order = Some(unescaped(path.strip_prefix("/lab/order/")?)?).filter(|id| !id.is_empty());
    Some(Route::Lab { order })
}

/// Percent-encodes every byte that has no fixed meaning in an address (RFC 3986, section 2.3).
fn escaped(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut escaped, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
        escaped
    })
}

/// The text that was percent-encoded; none when it never was text.
fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => hex(rest.next()?)? * 16 + hex(rest.next()?)?,
            plain => plain,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::{prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn every_view_has_an_address() {
        let views: [(&[&str], Route); 6] = [
            (&["", "#", "#/"], Route::Home),
            (&["#/lab", "#/lab/", "#/lab/order/"], Route::Lab { order: None }),
            (&["#/lab/new"], Route::EmptyLab),
            (&["#/scenarios", "#/scenarios/"], Route::Scenarios),
            (&["#/s/12"], Route::Scenario { id: 12, plays: false }),
            (&["#/s/1?play", "#/s/1?play&"], Route::Scenario { id: 1, plays: true }),
        ];
        for (addresses, route) in views {
            for address in addresses {
                let expected = Address { route: route.clone(), language: None };
                assert_eq!(Address::parse(address), expected, "{address}");
            }
        }
    }

    #[test]
    fn an_order_and_a_language_are_read() {
        let address = Address::parse("#/lab/order/7f3a-1?lang=es");
        assert_eq!(address.route, Route::Lab { order: Some("7f3a-1".to_owned()) });
        assert_eq!(address.language, Some(Language::Es));
    }

    #[test]
    fn what_leads_nowhere_is_kept_to_be_named() {
        for address in [
            "/lap",
            "/s/",
            "/s/x",
            "/s/012",
            "/s/70000",
            "/lab/orders",
            "/lab?lang=fr",
            "/lab?x",
            "/lab?play",
            "/s/1?plays",
            "/s/1?lang=es&play",
            "/lab/order/%F",
            "lab",
        ] {
            let route = Route::Unknown { address: address.to_owned() };
            assert_eq!(Address::parse(address), Address { route, language: None });
        }
    }

    proptest! {
        #[test]
        fn every_known_address_comes_back(
            order in proptest::option::of(".+"),
            id: u16,
            plays: bool,
            language in 0..3_usize,
        ) {
            let language = Language::ALL.get(language).copied();
            let lab = [Route::Lab { order }, Route::EmptyLab];
            let others = [Route::Home, Route::Scenarios, Route::Scenario { id, plays }];
            for route in lab.into_iter().chain(others) {
                let address = Address { route, language };
                prop_assert_eq!(Address::parse(&address.format()), address);
            }
        }

        #[test]
        fn every_text_is_an_address_that_means_the_same_when_written_again(text in ".*") {
            let address = Address::parse(&text);
            prop_assert_eq!(Address::parse(&address.format()), address);
        }
    }
}
