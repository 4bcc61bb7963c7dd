//! Text that fits: how wide words are drawn, about, and what of them has room.
//!
//! A drawing cannot ask how wide its words are before it is drawn. This is what they take at most in the
//! usual sans-serif faces, so that what has room by this count has room.

use super::{may_turn, push_isolated};

/// How wide a character is at most, in hundredths of the size of its type.
fn width_of(character: char) -> i32 {
    match character {
        '\u{300}'..='\u{36f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}' => 0,
        ' ' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' | 'i' | 'j' | 'l' => 31,
        'f' | 't' | 'r' | 'I' | '(' | ')' | '[' | ']' | '-' => 41,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' => 96,
        'A'..='Z' => 70,
        '0'..='9' => 64,
        character if (character as u32) < 0x700 => 60,
        _ => 125,
    }
}

/// How wide a text is at most, at a size of type.
#[must_use]
pub fn width(text: &str, size: i32) -> i32 {
    (text.chars().map(width_of).sum::<i32>() * size + 99) / 100
}

/// As much of a text as has room, with an ellipsis where something is left out. A text that may have a
/// direction of its own is isolated from the words around it.
#[must_use]
pub fn fit(text: &str, room: i32, size: i32) -> String {
    let mut fitted = String::with_capacity(text.len());
    if width(text, size) <= room {
        push_isolated(&mut fitted, text);
        return fitted;
    }
    let mut kept = String::new();
    let mut left = (room - width("…", size)) * 100;
    for character in text.chars() {
        left -= width_of(character) * size;
        if left < 0 {
            break;
        }
        kept.push(character);
    }
    let kept = kept.trim_end();
    if kept.chars().any(may_turn) {
        push_isolated(&mut fitted, kept);
    } else {
        fitted.push_str(kept);
    }
    fitted.push('…');
    fitted
}

/// A text in at most so many lines, broken between words; the last line ends with an ellipsis where
/// something is left out.
#[must_use]
pub fn wrap(text: &str, room: i32, size: i32, lines_max: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    let mut rest = text.trim();
    while !rest.is_empty() {
        if lines.len() + 1 == lines_max {
            lines.push(fit(rest, room, size));
            break;
        }
        let fits = |end: &usize| width(&rest[..*end], size) <= room;
        let ends = rest.match_indices(' ').map(|(at, _)| at).chain([rest.len()]);
        let Some(end) = ends.take_while(fits).last() else {
            lines.push(fit(rest, room, size));
            break;
        };
        lines.push(rest[..end].to_owned());
        rest = rest[end..].trim_start();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_room_stays_and_the_rest_is_left_out() {
        assert_eq!(fit("order 7f3a", 100, 12), "order 7f3a");
        assert_eq!(fit("order 7f3a and more", 70, 12), "order 7f3…");
        assert_eq!(fit("order", 0, 12), "…");
        for text in ["😀😀😀😀😀😀", "W".repeat(200).as_str(), "שלום שלום שלום שלום"]
        {
            assert!(width(&fit(text, 60, 12), 12) <= 60, "{text}");
        }
    }

    #[test]
    fn text_that_turns_is_isolated_and_the_ellipsis_is_not_in_it() {
        assert_eq!(fit("שלום", 100, 12), "\u{2068}שלום\u{2069}");
        assert!(fit("שלום שלום שלום", 50, 12).ends_with("\u{2069}…"));
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two three", 52, 12, 3), ["one two", "three"]);
        assert_eq!(wrap("one two three four", 52, 12, 2), ["one two", "three…"]);
        assert_eq!(wrap("incomprehensibilities", 52, 12, 3).len(), 1);
        assert_eq!(wrap("", 52, 12, 3), Vec::<String>::new());
    }
}
