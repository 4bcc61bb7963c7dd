//! The drawing: a list of shapes in the document, of which only what changed is touched.
//!
//! A view of Leptos whose types are erased sets every attribute anew whenever it is made again, and an
//! element that loses its `tabindex` for a moment loses the focus. The picture changes with every
//! moment: here an element that stays as it is is left alone.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, SvgElement};

use crate::app::Shape;

/// Elements of a drawing.
const SVG: &str = "http://www.w3.org/2000/svg";

/// The one attribute that is a rule of style.
const WAY: &str = "offset-path";

/// The shapes that are in the document, in order.
#[derive(Debug, Default)]
pub struct Drawing {
    shown: Vec<(Element, Shape)>,
}

impl Drawing {
    /// Shows these shapes in this element, and nothing else.
    pub fn show(&mut self, root: &Element, shapes: Vec<Shape>) {
        while self.shown.len() > shapes.len() {
            if let Some((element, _)) = self.shown.pop() {
                element.remove();
            }
        }
        for (index, shape) in shapes.into_iter().enumerate() {
            let known = self.shown.get_mut(index).filter(|(_, before)| before.tag == shape.tag);
            if let Some((element, before)) = known {
                change(element, before, &shape);
                *before = shape;
                continue;
            }
            let Some(element) = make(&shape) else { continue };
            match self.shown.get_mut(index) {
                Some((before, _)) => {
                    // It throws for what is in no document, and this one is in it.
                    let _ = before.replace_with_with_node_1(&element);
                    self.shown[index] = (element, shape);
                }
                None => {
                    let _ = root.append_child(&element);
                    self.shown.push((element, shape));
                }
            }
        }
    }
}

fn make(shape: &Shape) -> Option<Element> {
    let element = document().create_element_ns(Some(SVG), shape.tag).ok()?;
    change(&element, &Shape::default(), shape);
    Some(element)
}

/// Gives an element what a shape has that the one before had not.
fn change(element: &Element, before: &Shape, shape: &Shape) {
    for attribute in &shape.attributes {
        if !before.attributes.contains(attribute) {
            set(element, attribute.0, &attribute.1);
        }
    }
    for (name, _) in &before.attributes {
        if !shape.attributes.iter().any(|(known, _)| known == name) {
            set(element, name, "");
        }
    }
    if before.words != shape.words {
        element.set_text_content(Some(&shape.words));
    }
}

/// Sets an attribute; one without a value is taken away. None of this throws for valid names.
fn set(element: &Element, name: &str, value: &str) {
    if name == WAY {
        if let Some(element) = element.dyn_ref::<SvgElement>() {
            let _ = element.style().set_property(name, value);
        }
    } else if value.is_empty() {
        let _ = element.remove_attribute(name);
    } else {
        let _ = element.set_attribute(name, value);
    }
}
