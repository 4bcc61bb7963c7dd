//! Colours only by token: no style sheet but the one with the tokens names a colour, and no markup.

use super::{
    rooms::COLOUR_TOKENS,
    source::{Breach, Kind, Rule, Source},
};

/// Every literal colour in a declaration of a style sheet.
pub(crate) fn check(path: &str, text: &str) -> Vec<Breach> {
    if path == COLOUR_TOKENS {
        return vec![];
    }
    declarations(text)
        .into_iter()
        .filter_map(|(line, property, value)| Some((line, colour(&property, &value)?.to_owned())))
        .map(|(line, colour)| Breach {
            rule: Rule::Colours,
            file: path.to_owned(),
            line,
            what: format!("{colour}: a colour has its place in {COLOUR_TOKENS}"),
        })
        .collect()
}

/// Every literal colour and every inline style in markup.
pub(crate) fn check_markup(source: &Source) -> Vec<Breach> {
    let literal = |at: usize| source.tokens.get(at).filter(|token| token.kind == Kind::Literal);
    let inline = source.tokens.windows(3).filter(|run| {
        run[0].is_word("style") && run[1].is_sign("=") && run[2].kind == Kind::Literal
    });
    let inline = inline.map(|run| (run[0].line, "style=\"…\": a class has its rules in style/"));
    let colours = (0..source.tokens.len())
        .filter_map(literal)
        .filter(|token| literal_colour(token.text.trim_matches('"')).is_some())
        .map(|token| (token.line, "a literal colour: colours only by token"));
    inline.chain(colours).map(|(line, what)| source.breach(Rule::Colours, line, what)).collect()
}

/// The declarations of a style sheet: line, property and value, without comments and strings.
fn declarations(text: &str) -> Vec<(usize, String, String)> {
    let text = without_comments_and_strings(text);
    let mut found = vec![];
    let mut line = 1;
    let mut start = 0;
    for (at, letter) in text.char_indices() {
        if matches!(letter, '{' | '}' | ';') {
            let statement = &text[start..at];
            let first = line + leading_lines(statement);
            if letter != '{'
                && let Some((property, value)) = statement.split_once(':')
            {
                found.push((first, property.trim().to_owned(), value.to_owned()));
            }
            line += statement.matches('\n').count();
            start = at + 1;
        }
    }
    found
}

fn leading_lines(statement: &str) -> usize {
    statement.chars().take_while(|letter| letter.is_whitespace()).filter(|l| *l == '\n').count()
}

/// The same text with its line breaks, and blanks for what is in comments, strings and `url(…)`.
fn without_comments_and_strings(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some(letter) = rest.chars().next() {
        let end = match letter {
            '/' if rest.starts_with("/*") => rest.find("*/").map(|at| at + 2),
            '"' | '\'' => rest[1..].find(letter).map(|at| at + 2),
            'u' if rest.starts_with("url(") => rest.find(')').map(|at| at + 1),
            _ => None,
        };
        let end = end.unwrap_or(letter.len_utf8());
        let (piece, after) = rest.split_at(end);
        if piece.len() == letter.len_utf8() {
            kept.push(letter);
        } else {
            kept.extend(piece.chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }));
        }
        rest = after;
    }
    kept
}

/// The literal colour in a value, if there is one.
fn colour<'a>(property: &str, value: &'a str) -> Option<&'a str> {
    let has_name = |word: &&str| NAMES.contains(&word.to_ascii_lowercase().as_str());
    literal_colour(value)
        .or_else(|| takes_colour(property).then(|| words(value).find(has_name)).flatten())
}

/// A colour that is one in any property: `#hex`, or a function that makes one.
fn literal_colour(value: &str) -> Option<&str> {
    let is_hex = |word: &&str| {
        word.strip_prefix('#').is_some_and(|digits| {
            matches!(digits.len(), 3 | 4 | 6 | 8)
                && digits.chars().all(|digit| digit.is_ascii_hexdigit())
        })
    };
    let calls = |word: &&str| {
        let after = word.as_ptr() as usize - value.as_ptr() as usize + word.len();
        FUNCTIONS.contains(word) && value[after..].starts_with('(')
    };
    words(value).find(|word| is_hex(word) || calls(word))
}

fn words(value: &str) -> impl Iterator<Item = &str> {
    value
        .split(|letter: char| !(letter.is_alphanumeric() || "#-_".contains(letter)))
        .filter(|word| !word.is_empty())
}

/// Whether a name in the property's value can be a colour.
fn takes_colour(property: &str) -> bool {
    const WITH_COLOUR: &[&str] = &["background", "border", "outline", "fill", "stroke", "shadow"];
    property.starts_with("--")
        || property.contains("color")
        || property == "text-decoration"
        || WITH_COLOUR.iter().any(|part| property.contains(part))
}

const FUNCTIONS: &[&str] =
    &["rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "device-cmyk"];

/// The named colours of CSS Color Module Level 4, section 6.1.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "aliceblue", "antiquewhite", "aqua", "aquamarine", "azure", "beige", "bisque", "black",
    "blanchedalmond", "blue", "blueviolet", "brown", "burlywood", "cadetblue", "chartreuse",
    "chocolate", "coral", "cornflowerblue", "cornsilk", "crimson", "cyan", "darkblue", "darkcyan",
    "darkgoldenrod", "darkgray", "darkgreen", "darkgrey", "darkkhaki", "darkmagenta",
    "darkolivegreen", "darkorange", "darkorchid", "darkred", "darksalmon", "darkseagreen",
    "darkslateblue", "darkslategray", "darkslategrey", "darkturquoise", "darkviolet", "deeppink",
    "deepskyblue", "dimgray", "dimgrey", "dodgerblue", "firebrick", "floralwhite", "forestgreen",
    "fuchsia", "gainsboro", "ghostwhite", "gold", "goldenrod", "gray", "green", "greenyellow",
    "grey", "honeydew", "hotpink", "indianred", "indigo", "ivory", "khaki", "lavender",
    "lavenderblush", "lawngreen", "lemonchiffon", "lightblue", "lightcoral", "lightcyan",
    "lightgoldenrodyellow", "lightgray", "lightgreen", "lightgrey", "lightpink", "lightsalmon",
    "lightseagreen", "lightskyblue", "lightslategray", "lightslategrey", "lightsteelblue",
    "lightyellow", "lime", "limegreen", "linen", "magenta", "maroon", "mediumaquamarine",
    "mediumblue", "mediumorchid", "mediumpurple", "mediumseagreen", "mediumslateblue",
    "mediumspringgreen", "mediumturquoise", "mediumvioletred", "midnightblue", "mintcream",
    "mistyrose", "moccasin", "navajowhite", "navy", "oldlace", "olive", "olivedrab", "orange",
    "orangered", "orchid", "palegoldenrod", "palegreen", "paleturquoise", "palevioletred",
    "papayawhip", "peachpuff", "peru", "pink", "plum", "powderblue", "purple", "rebeccapurple",
    "red", "rosybrown", "royalblue", "saddlebrown", "salmon", "sandybrown", "seagreen", "seashell",
    "sienna", "silver", "skyblue", "slateblue", "slategray", "slategrey", "snow", "springgreen",
    "steelblue", "tan", "teal", "thistle", "tomato", "turquoise", "violet", "wheat", "white",
    "whitesmoke", "yellow", "yellowgreen",
];
