//! The files that a sequence becomes: a picture that needs nothing beside it, and a source for Mermaid.

use super::draw::sequence_drawing;
use crate::app::{
    layout::Shape,
    texts::{Texts, short_id},
    views::{Fate, Happening, Message, Party, Sequence},
};

/// The light colours of the page: the file is read where its style sheets are not.
const STYLE: &str = "text{font:12px Inter,'Segoe UI',system-ui,sans-serif;fill:#22252a;\
stroke:#fff;stroke-width:3px;stroke-linejoin:round;paint-order:stroke}\
path{fill:none}\
.sequence__row{stroke:none}\
.sequence__name{font-size:13px;font-weight:600;stroke:none;text-anchor:middle}\
.sequence__time{font-size:11px;fill:#5f6369;text-anchor:end}\
.sequence__party{stroke-width:1.5}\
.sequence__party--saga{fill:#ece4fb;stroke:#6d48b8}\
.sequence__party--order{fill:#fbf0c6;stroke:#7d6000}\
.sequence__party--service{fill:#fbe0ec;stroke:#b5316f}\
.sequence__life{stroke:#cfc8b9}\
.sequence__life--dead{stroke-dasharray:2 5}\
.sequence__line{stroke:#2563c9;stroke-width:1.5}\
.sequence__line--answer{stroke-dasharray:6 4}\
.sequence__line--break{stroke-dasharray:1 5;stroke-linecap:round}\
.sequence__line--back{stroke:#6d48b8}\
.sequence__line--bad{stroke:#b32020}\
.sequence__words--back{fill:#6d48b8}\
.sequence__words--bad{fill:#b32020}";

/// The diagram as an SVG file that looks the same everywhere.
#[must_use]
pub fn sequence_svg(texts: Texts, sequence: &Sequence) -> String {
    let drawing = sequence_drawing(texts, sequence);
    let (width, height) = (drawing.width, drawing.head_height + drawing.height);
    let title = escaped(&title(texts, sequence));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n"
    );
    drawing.head.iter().for_each(|shape| push(&mut svg, shape));
    svg.push_str(&format!("<g transform=\"translate(0 {})\">\n", drawing.head_height));
    // What can be pressed in the page cannot be in a file.
    let is_seen = |shape: &&Shape| !shape.attributes.iter().any(|(name, _)| *name == "role");
    drawing.rows.iter().filter(is_seen).for_each(|shape| push(&mut svg, shape));
    svg.push_str("</g>\n</svg>\n");
    svg
}

fn title(texts: Texts, sequence: &Sequence) -> String {
    texts.fill("sagas.of_order", &[("order", short_id(&sequence.id))])
}

fn push(svg: &mut String, shape: &Shape) {
    svg.extend(["<", shape.tag]);
    for (name, value) in shape.attributes.iter().filter(|(_, value)| !value.is_empty()) {
        svg.push_str(&format!(" {name}=\"{}\"", escaped(value)));
    }
    svg.push_str(&format!(">{}</{}>\n", escaped(&shape.words), shape.tag));
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            other => safe.push(other),
        }
    }
    safe
}

/// The same as the source of a sequence diagram.
///
/// Source: Mermaid, syntax of sequence diagrams: `-x` is an arrow that ends nowhere, `#59;` a character
/// by its number.
#[must_use]
pub fn mermaid_source(texts: Texts, sequence: &Sequence) -> String {
    let mut source = "sequenceDiagram\n".to_owned();
    for party in Party::ALL {
        let name = for_mermaid(texts.party(party));
        source.push_str(&format!("    participant {} as {name}\n", letter(party)));
    }
    let title = for_mermaid(&title(texts, sequence));
    source.push_str(&format!("    Note over S,N: {title}\n"));
    for line in &sequence.lines {
        let said = for_mermaid(&texts.happening(&line.what));
        source.push_str(&match &line.what {
            Happening::Message(message) => format!("    {}: {said}\n", mermaid_way(message)),
            Happening::Killed(_) | Happening::Restarted(_) | Happening::Reloaded => {
                format!("    Note over S,N: {said}\n")
            }
            _ => format!("    Note over S: {said}\n"),
        });
    }
    source
}

/// From whom to whom. Dotted ones are answers, and a cross ends what is lost.
fn mermaid_way(message: &Message) -> String {
    let (saga, other) = (letter(Party::Saga), letter(message.party));
    let is_lost = message.fate == Fate::Lost;
    match message.answer {
        None => format!("{saga}{}{other}", if is_lost { "-x" } else { "->>" }),
        Some(_) => format!("{other}{}{saga}", if is_lost { "--x" } else { "-->>" }),
    }
}

fn letter(party: Party) -> &'static str {
    match party {
        Party::Saga => "S",
        Party::Order => "O",
        Party::Service(0) => "I",
        Party::Service(1) => "P",
        Party::Service(2) => "H",
        Party::Service(_) => "N",
    }
}

/// Words as they may stand in the source: what would end a line or begin something is a number.
fn for_mermaid(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '#' | ';' | '<' | '>' | '&' | '%' | '"' | '`' | '\\' | '{' | '}' => {
                safe.push_str(&format!("#{};", u32::from(letter)));
            }
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}
