//! The rules that one Rust file keeps or breaks by itself.

use super::{
    colours,
    paths::{Path, paths},
    rooms::{
        Ban, COMPONENT_LINES_MAX, FILE_LINES_MAX, FUNCTION_LINES_MAX, GLOB, NO_LINE_SAYS, NOWHERE,
        ROOMS, ROOT_MAY_NAME, Room, TESTS_ONLY,
    },
    source::{Breach, Kind, Rule, Source, Token},
};

/// Every breach in a file.
pub(crate) fn check(source: &Source) -> Vec<Breach> {
    if let Some(reason) = &source.unreadable {
        return vec![source.breach(Rule::Readable, 1, reason)];
    }
    let mut breaches: Vec<_> = opening(source).into_iter().chain(file_length(source)).collect();
    breaches.extend(NOWHERE.iter().flat_map(|ban| banned(source, ban, true)));
    if source.is_program() {
        breaches.extend(program(source));
    }
    breaches
}

/// What is asked of the program and not of its tests.
fn program(source: &Source) -> Vec<Breach> {
    let paths = paths(source);
    let mut breaches = vec![];
    breaches.extend(paths.iter().filter_map(|path| names(source, path)));
    breaches.extend(paths.iter().filter_map(|path| glob(source, path)));
    breaches.extend(public_modules(source));
    breaches.extend(function_lengths(source));
    breaches.extend(lines_that_say(source));
    let room = room_of(source);
    let bans = TESTS_ONLY.iter().chain(room.map_or(&[][..], |room| room.never));
    breaches.extend(bans.flat_map(|ban| banned(source, ban, false)));
    if source.room() == Some("ui") {
        breaches.extend(colours::check_markup(source));
    }
    breaches
}

fn room_of(source: &Source) -> Option<&'static Room> {
    ROOMS.iter().find(|room| Some(room.name) == source.room())
}

/// The file's first paragraph is a sentence.
fn opening(source: &Source) -> Option<Breach> {
    let paragraph: Vec<&str> = source
        .text
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .take_while(|line| !line.trim().is_empty())
        .collect();
    let last = paragraph.last().map_or("", |line| line.trim_end());
    let what = "opens with no `//!` sentence that says what it is for";
    (!last.ends_with(['.', '?', '!', ':'])).then(|| source.breach(Rule::Opening, 1, what))
}

fn file_length(source: &Source) -> Option<Breach> {
    let lines = source.text.lines().count();
    let what = format!("{lines} lines, at most {FILE_LINES_MAX}");
    (lines > FILE_LINES_MAX).then(|| source.breach(Rule::Length, lines, what))
}

fn lines_that_say(source: &Source) -> Vec<Breach> {
    let says = |line: &str| NO_LINE_SAYS.iter().find(|word| line.contains(**word));
    (1..)
        .zip(source.text.lines())
        .filter_map(|(number, line)| Some((number, says(line)?)))
        .map(|(number, word)| source.breach(Rule::Words, number, format!("{word}: finish it")))
        .collect()
}

/// A path that leads into another room: may it, and does it stop at the façade?
fn names(source: &Source, path: &Path) -> Option<Breach> {
    let target = path.in_crate.as_ref()?;
    let (first, rest) = target.split_first()?;
    let own = source.room();
    let written = path.segments.join("::");
    if own == Some(first) {
        return other_context(source, path, rest);
    }
    let Some(room) = ROOMS.iter().find(|room| room.name == first) else {
        let what = format!("{written}: `{first}` is not a room");
        return (own.is_some() || rest.len() > 1)
            .then(|| source.breach(Rule::Rooms, path.line, what));
    };
    let may_name = room_of(source).map_or(ROOT_MAY_NAME, |room| room.may_name);
    if !may_name.contains(&first.as_str()) {
        let own = own.unwrap_or("the root");
        let what = format!("{written}: {own} may not name {first}");
        return Some(source.breach(Rule::Rooms, path.line, what));
    }
    let what = format!("{written}: deeper than the façade of {first}");
    is_deeper(room, rest).then(|| source.breach(Rule::Facade, path.line, what))
}

/// One bounded context does not name another.
fn other_context(source: &Source, path: &Path, rest: &[String]) -> Option<Breach> {
    let own = source.module();
    let (Some("domain"), Some(context), Some(named)) = (source.room(), own.get(1), rest.first())
    else {
        return None;
    };
    let what = format!("{}: {context} may not name {named}", path.segments.join("::"));
    (context != named).then(|| source.breach(Rule::Rooms, path.line, what))
}

/// Whether a path within a room goes through a module that is not public.
fn is_deeper(room: &Room, rest: &[String]) -> bool {
    let public = rest.first().is_some_and(|first| room.public_modules.contains(&first.as_str()));
    match &rest[usize::from(public)..] {
        [first, _, ..] => first.starts_with(|letter: char| letter.is_lowercase()),
        _ => false,
    }
}

/// A façade shows only the modules that the table lists.
fn public_modules(source: &Source) -> Vec<Breach> {
    let Some(room) = room_of(source).filter(|room| source.module() == [room.name]) else {
        return vec![];
    };
    let tokens = &source.tokens;
    (2..tokens.len())
        .filter(|at| tokens[at - 1].is_word("mod") && tokens[at - 2].is_word("pub"))
        .map(|at| &tokens[at])
        .filter(|name| !room.public_modules.contains(&name.text.as_str()))
        .map(|name| {
            let what = format!("pub mod {}: the façade of {} hides it", name.text, room.name);
            source.breach(Rule::Facade, name.line, what)
        })
        .collect()
}

fn glob(source: &Source, path: &Path) -> Option<Breach> {
    let in_test = path.in_test || source.is_test();
    let is_glob = path.segments.last().is_some_and(|last| last == "*");
    let allowed = path.segments == GLOB || (in_test && path.segments == ["super", "*"]);
    let what = format!("{}: say which names", path.segments.join("::"));
    (is_glob && !allowed).then(|| source.breach(Rule::Globs, path.line, what))
}

/// Where the words of a ban stand.
fn banned(source: &Source, ban: &Ban, also_in_tests: bool) -> Vec<Breach> {
    let counts = |in_test: bool| also_in_tests || !(in_test || source.is_test());
    let mut breaches = vec![];
    for word in ban.words {
        let what = || format!("{word}: {}", ban.reason);
        let lines = if word.contains("::") && !word.contains(' ') {
            lines_of_path(source, word, counts)
        } else {
            lines_of_tokens(source, word, counts)
        };
        breaches.extend(lines.iter().map(|line| source.breach(Rule::Words, *line, what())));
    }
    breaches
}

fn lines_of_path(source: &Source, word: &str, counts: impl Fn(bool) -> bool) -> Vec<usize> {
    let wanted: Vec<&str> = word.split("::").collect();
    paths(source)
        .iter()
        .filter(|path| counts(path.in_test))
        .filter(|path| {
            path.segments.iter().zip(&wanted).filter(|(a, b)| a == b).count() == wanted.len()
        })
        .map(|path| path.line)
        .collect()
}

fn lines_of_tokens(source: &Source, word: &str, counts: impl Fn(bool) -> bool) -> Vec<usize> {
    let wanted = split(word);
    source
        .tokens
        .windows(wanted.len())
        .filter(|window| counts(window[0].in_test))
        .filter(|window| window.iter().zip(&wanted).all(|(token, text)| says(token, text)))
        .map(|window| window[0].line)
        .collect()
}

fn says(token: &Token, text: &str) -> bool {
    token.kind != Kind::Literal && token.text == text
}

/// A banned word as the tokens that it is made of.
fn split(word: &str) -> Vec<String> {
    let mut tokens: Vec<String> = vec![];
    let mut in_name = false;
    for letter in word.chars() {
        let is_name = letter.is_alphanumeric() || letter == '_';
        match tokens.last_mut() {
            Some(last) if is_name && in_name => last.push(letter),
            Some(last) if letter == ':' && last == ":" => last.push(letter),
            _ if letter == ' ' => {}
            _ => tokens.push(letter.to_string()),
        }
        in_name = is_name;
    }
    tokens
}

fn function_lengths(source: &Source) -> Vec<Breach> {
    let tokens = &source.tokens;
    (1..tokens.len())
        .filter(|at| tokens[at - 1].is_word("fn") && tokens[*at].kind == Kind::Word)
        .filter_map(|at| {
            let first = tokens[at - 1].line;
            let lines = body_end(&tokens[at..])? - first + 1;
            let component = is_component(&tokens[..at - 1]);
            let max = if component { COMPONENT_LINES_MAX } else { FUNCTION_LINES_MAX };
            let what = format!("fn {}: {lines} lines, at most {max}", tokens[at].text);
            (lines > max).then(|| source.breach(Rule::Length, first, what))
        })
        .collect()
}

/// The line of the brace that closes a function's body; none for one without a body.
fn body_end(tokens: &[Token]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut in_body = false;
    for token in tokens.iter().filter(|token| token.kind == Kind::Sign) {
        match token.text.as_str() {
            ";" if depth == 0 => return None,
            "{" if depth == 0 => {
                in_body = true;
                depth += 1;
            }
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if in_body && depth == 0 {
            return Some(token.line);
        }
    }
    None
}

/// Whether the attributes right before a function say `#[component]`.
fn is_component(before: &[Token]) -> bool {
    let ends_item = |token: &&Token| [";", "{", "}"].iter().any(|sign| token.is_sign(sign));
    let head: Vec<_> = before.iter().rev().take_while(|token| !ends_item(token)).collect();
    head.windows(2).any(|pair| pair[0].is_word("component") && pair[1].is_sign("["))
}
