//! Drawing an SVG: looked at as a tree of elements before anything is drawn, and drawn on a small
//! canvas.
//!
//! `resvg` is built without fonts and pictures, so it has no way to a file or an address. What could
//! lead there is refused all the same, so that nothing is left out of a logo unsaid. What is left are
//! shapes; elements that refer to each other can multiply, so they are counted as often as they
//! would be drawn.

mod cost;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use cost::{LAYERS, MAX_DEPTH, Weights};
use desk::admin::look::faults::LookFault;
use image::RgbaImage;
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{
        Options, Tree,
        roxmltree::{Document, Error as XmlError, Node, ParsingOptions},
    },
};

/// Largest file, in bytes: a logo has a few kilobytes.
pub const MAX_SVG_BYTES: usize = 256 * 1024;
/// Most elements and texts in a file.
const MAX_NODES: u32 = 10_000;

/// Elements that are drawn, or say how.
const KNOWN: [&str; 23] = [
    "a",
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "g",
    "line",
    "linearGradient",
    "mask",
    "metadata",
    "path",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "title",
    "use",
];
const ACTIVE: [&str; 8] = [
    "script",
    "foreignObject",
    "iframe",
    "object",
    "embed",
    "handler",
    "listener",
    "set",
];
const TEXTS: [&str; 4] = ["text", "tspan", "textPath", "tref"];
/// Properties that are refused, as attributes and in styles: their cost does not show in the file.
const COSTLY: [&str; 6] = [
    "filter",
    "stroke-dasharray",
    "marker",
    "marker-start",
    "marker-mid",
    "marker-end",
];

const SVG: &str = "http://www.w3.org/2000/svg";

/// Whether a file begins as an XML document does. All that is wrong with one is said later.
pub fn looks_like_one(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"<")
}

/// The picture, as large as it fits into `most` pixels, wide and high. Takes its time.
pub fn draw(bytes: &[u8], most: (u32, u32)) -> Result<RgbaImage, LookFault> {
    if bytes.len() > MAX_SVG_BYTES {
        return Err(LookFault::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| LookFault::Damaged)?;
    let text = without_standard_doctype(text);
    // Without a DTD there are no entities but XML's own five.
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(&text, options).map_err(|error| match error {
        XmlError::DtdDetected => LookFault::Entities,
        XmlError::NodesLimitReached => LookFault::Complex,
        _ => LookFault::Damaged,
    })?;
    if document.root_element().tag_name().name() != "svg" {
        return Err(LookFault::Kind);
    }
    check(&document)?;
    drawn(&document, most)
}

/// The text without the line that drawing programs begin with, which declares nothing. Any other
/// document type stays, to be refused.
fn without_standard_doctype(text: &str) -> Cow<'_, str> {
    let standard = text.split_once("<!DOCTYPE").and_then(|(before, rest)| {
        let (doctype, behind) = rest.split_once('>')?;
        let is_standard = doctype.contains("\"-//W3C//DTD SVG ") && !doctype.contains('[');
        is_standard.then(|| [before, behind].concat())
    });
    standard.map_or(Cow::Borrowed(text), Cow::Owned)
}

fn drawn(document: &Document<'_>, (width, height): (u32, u32)) -> Result<RgbaImage, LookFault> {
    let tree = Tree::from_xmltree(document, &Options::default()).map_err(|_| LookFault::Empty)?;
    let size = tree.size();
    let scale = (width as f32 / size.width()).min(height as f32 / size.height());
    // What is one pixel wide after all is still a picture.
    let pixels = |side: f32, most: u32| ((side * scale).round() as u32).clamp(1, most);
    let (width, height) = (pixels(size.width(), width), pixels(size.height(), height));
    let mut pixmap = Pixmap::new(width, height).ok_or(LookFault::Empty)?;
    let transform = Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    if pixmap.pixels().iter().all(|pixel| pixel.alpha() == 0) {
        return Err(LookFault::Empty);
    }
    RgbaImage::from_raw(width, height, pixmap.take_demultiplied()).ok_or(LookFault::Empty)
}

/// Refuses what is not drawn here, and what would take too much.
fn check(document: &Document<'_>) -> Result<(), LookFault> {
    let mut weights = Weights::default();
    for node in document.descendants() {
        // An instruction may name a style sheet.
        if node.is_pi() {
            return Err(LookFault::Outside);
        }
        if !node.is_element() {
            continue;
        }
        if node.ancestors().take(MAX_DEPTH as usize + 2).count() > MAX_DEPTH as usize + 1 {
            return Err(LookFault::Complex);
        }
        element(node)?;
        if node.tag_name().name() == "style" {
            let texts = node.children().filter_map(|child| child.text());
            let css: String = texts.collect();
            weights.layers_by_style |= LAYERS.iter().any(|name| css.contains(name));
            style_sheet(&css, document)?;
        }
        if let Some(id) = node.attribute("id") {
            weights.targets.entry(id).or_insert(node);
        }
    }
    weights.of(document.root_element(), 0).map(drop)
}

/// Whether an element is one that is drawn here.
fn element(node: Node<'_, '_>) -> Result<(), LookFault> {
    let name = node.tag_name().name();
    let is = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    if is(&ACTIVE) || name.to_ascii_lowercase().starts_with("animate") {
        return Err(LookFault::Active);
    }
    if is(&["image", "feImage"]) {
        return Err(LookFault::Outside);
    }
    if is(&TEXTS) {
        return Err(LookFault::Text);
    }
    // Notes of drawing programs have a namespace of their own and are passed over.
    let is_ours = node.tag_name().namespace().is_none_or(|space| space == SVG);
    if is_ours && !KNOWN.contains(&name) {
        return Err(LookFault::Element(name.to_owned()));
    }
    for attribute in node.attributes() {
        let (name, value) = (attribute.name(), attribute.value());
        let lower = name.to_ascii_lowercase();
        if lower.starts_with("on") {
            return Err(LookFault::Active);
        }
        let is_link = lower == "href" || lower == "src" || lower == "base";
        if is_link && !value.trim_start().starts_with('#') {
            return Err(LookFault::Outside);
        }
        if COSTLY.contains(&lower.as_str()) && value.trim() != "none" {
            return Err(LookFault::Element(name.to_owned()));
        }
        if lower == "style" {
            style(value)?;
        }
        references(value)?;
    }
    Ok(())
}

/// What may be said in a style, wherever it is.
fn style(css: &str) -> Result<(), LookFault> {
    // An escape could spell what is refused below.
    if css.contains('\\') || css.contains('@') {
        return Err(LookFault::Outside);
    }
    let lower = css.to_ascii_lowercase();
    for property in COSTLY {
        let said = lower.split(property).skip(1);
        let mut values = said.filter_map(|rest| rest.trim_start().strip_prefix(':'));
        if values.any(|value| !value.trim_start().starts_with("none")) {
            return Err(LookFault::Element(property.to_owned()));
        }
    }
    references(css).map(drop)
}

/// A sheet may colour by gradients. What else it refers to could be meant for any element, so nobody
/// could count it.
fn style_sheet(css: &str, document: &Document<'_>) -> Result<(), LookFault> {
    style(css)?;
    for id in references(css)? {
        let target = document
            .descendants()
            .find(|node| node.attribute("id") == Some(id));
        let is_gradient = target.is_none_or(|node| {
            ["linearGradient", "radialGradient"].contains(&node.tag_name().name())
        });
        if !is_gradient {
            return Err(LookFault::StyleSheet);
        }
    }
    Ok(())
}

/// The ids in `url(#…)`; another address is refused.
fn references(value: &str) -> Result<Vec<&str>, LookFault> {
    let lower = value.to_ascii_lowercase();
    let mut ids = Vec::new();
    for (at, found) in lower.match_indices("url(") {
        let rest = value.get(at + found.len()..).unwrap_or_default();
        let (inside, _) = rest.split_once(')').unwrap_or((rest, ""));
        let inside = inside.trim().trim_matches(['"', '\'']).trim();
        ids.push(inside.strip_prefix('#').ok_or(LookFault::Outside)?);
    }
    Ok(ids)
}
