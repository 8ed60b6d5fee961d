//! Drawing an SVG: looked at as a tree of elements before anything is drawn, and drawn on a small
//! canvas.
//!
//! `resvg` is built without fonts and pictures, so it has no way to a file or an address. What could
//! lead there is refused all the same, so that nothing is left out of a logo unsaid. What is left are
//! shapes; elements that refer to each other can multiply, so they are counted as often as they
//! would be drawn.

use std::{borrow::Cow, collections::HashMap};

use app::admin::look::faults::LookFault;
use image::RgbaImage;
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{
        Options, Tree,
        roxmltree::{Document, Error as XmlError, Node, NodeId, ParsingOptions},
    },
};

/// Largest file, in bytes: a logo has a few kilobytes.
pub const MAX_SVG_BYTES: usize = 256 * 1024;
/// Most elements and texts in a file.
const MAX_NODES: u32 = 10_000;
/// How deep elements may be in each other, references included: each may need a canvas of its own.
const MAX_DEPTH: u32 = 24;
/// What drawing may cost, in the units of [`Weights::own`].
const MAX_COST: u64 = 20_000;
/// Of an element that may need a canvas of its own. It can be 25 times as large as the picture.
const LAYER: u64 = 50;
/// Bytes of attributes that cost one unit: paths are as long as their points.
const BYTES_PER_UNIT: u64 = 128;

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
/// What opens a canvas of its own.
const LAYERS: [&str; 5] = [
    "opacity",
    "clip-path",
    "mask",
    "mix-blend-mode",
    "isolation",
];
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

/// What drawing costs.
#[derive(Default)]
struct Weights<'a, 'input> {
    /// Whether a style sheet may give any element a canvas of its own.
    layers_by_style: bool,
    targets: HashMap<&'a str, Node<'a, 'input>>,
    /// Cost and height of what was referred to; nothing of what is being weighed.
    weighed: HashMap<NodeId, Option<(u64, u32)>>,
}

impl<'a, 'input> Weights<'a, 'input> {
    /// The cost of an element with all that is in it and all that it refers to, and how deep that
    /// goes. It has `depth` elements around it.
    fn of(&mut self, node: Node<'a, 'input>, depth: u32) -> Result<(u64, u32), LookFault> {
        if depth > MAX_DEPTH {
            return Err(LookFault::Complex);
        }
        let (mut cost, mut height) = (self.own(node), 0);
        let mut targets = Vec::new();
        for attribute in node.attributes() {
            if attribute.name() == "href" {
                targets.extend(attribute.value().trim().strip_prefix('#'));
            }
            targets.extend(references(attribute.value())?);
        }
        for part in node.children().filter(Node::is_element) {
            let (more, deep) = self.of(part, depth + 1)?;
            (cost, height) = (cost + more, height.max(deep + 1));
            limited(cost)?;
        }
        for id in targets {
            let (more, deep) = self.of_target(id, depth + 1)?;
            (cost, height) = (cost + more, height.max(deep + 1));
            limited(cost)?;
        }
        match depth + height > MAX_DEPTH {
            true => Err(LookFault::Complex),
            false => Ok((cost, height)),
        }
    }

    fn of_target(&mut self, id: &str, depth: u32) -> Result<(u64, u32), LookFault> {
        // What is not there is not drawn.
        let Some(node) = self.targets.get(id).copied() else {
            return Ok((0, 0));
        };
        match self.weighed.get(&node.id()) {
            Some(Some(known)) => return Ok(*known),
            // It refers to itself.
            Some(None) => return Err(LookFault::Complex),
            None => {}
        }
        self.weighed.insert(node.id(), None);
        let weight = self.of(node, depth)?;
        self.weighed.insert(node.id(), Some(weight));
        Ok(weight)
    }

    /// The cost of an element by itself.
    fn own(&self, node: Node<'_, '_>) -> u64 {
        let bytes: usize = node.attributes().map(|one| one.value().len()).sum();
        let opens = |text: &str| LAYERS.iter().any(|name| text.contains(name));
        let is_layer = self.layers_by_style
            || node
                .attributes()
                .any(|one| opens(one.name()) || (one.name() == "style" && opens(one.value())));
        let layer = if is_layer { LAYER } else { 0 };
        1 + layer + bytes as u64 / BYTES_PER_UNIT
    }
}

fn limited(cost: u64) -> Result<(), LookFault> {
    match cost > MAX_COST {
        true => Err(LookFault::Complex),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: (u32, u32) = (640, 160);

    fn svg(inside: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" \
             xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 200 50\">{inside}</svg>"
        )
    }

    fn fault(text: &str) -> LookFault {
        draw(text.as_bytes(), BOX).expect_err(text)
    }

    #[test]
    fn a_logo_is_drawn_as_large_as_it_fits() {
        let logo = svg(
            "<defs><linearGradient id=\"g\"><stop stop-color=\"#f00\"/></linearGradient>\
             <clipPath id=\"c\"><rect width=\"200\" height=\"50\"/></clipPath></defs>\
             <style>.a{fill:url(#g)}</style>\
             <g clip-path=\"url(#c)\"><rect class=\"a\" width=\"100\" height=\"50\"/></g>\
             <use xlink:href=\"#s\" x=\"100\"/><symbol id=\"s\"><circle r=\"9\"/></symbol>",
        );
        let drawn = draw(logo.as_bytes(), BOX).expect("it is drawn");
        assert_eq!((drawn.width(), drawn.height()), (640, 160));
        assert_eq!(drawn.get_pixel(20, 80).0, [255, 0, 0, 255]);
        assert_eq!(drawn.get_pixel(630, 10).0[3], 0);
        let tall = svg("<path d=\"M0 0h9v9z\"/>").replace("0 0 200 50", "0 0 10 100");
        let drawn = draw(tall.as_bytes(), BOX).expect("it is drawn");
        assert_eq!((drawn.width(), drawn.height()), (16, 160));
    }

    #[test]
    fn notes_of_drawing_programs_are_passed_over() {
        let text =
            svg("<i:pgf xmlns:i=\"urn:x\" i:href=\"#a\">x</i:pgf><rect width=\"9\" height=\"9\"/>");
        assert!(draw(text.as_bytes(), BOX).is_ok());
        let text = format!(
            "\u{feff}<?xml version=\"1.0\"?>\n<!-- x -->{}",
            svg("<circle r=\"9\"/>")
        );
        assert!(looks_like_one(text.as_bytes()));
        assert!(draw(text.as_bytes(), BOX).is_ok());
    }

    #[test]
    fn nothing_outside_of_the_file_is_referred_to() {
        for inside in [
            "<image href=\"https://evil.example/x.png\" width=\"9\" height=\"9\"/>",
            "<image xlink:href=\"file:///etc/passwd\" width=\"9\" height=\"9\"/>",
            "<image href=\"data:image/png;base64,AAAA\" width=\"9\" height=\"9\"/>",
            "<use href=\"https://evil.example/x.svg#a\"/>",
            "<use xlink:href=\"other.svg#a\"/>",
            "<a href=\"javascript:alert(1)\"><circle r=\"9\"/></a>",
            "<rect fill=\"url(https://evil.example/x.svg#a)\" width=\"9\" height=\"9\"/>",
            "<rect fill=\"URL( 'x.svg#a' )\" width=\"9\" height=\"9\"/>",
            "<rect style=\"fill:url(//evil.example/#a)\" width=\"9\" height=\"9\"/>",
            "<rect style=\"fill:u\\72l(//evil.example/#a)\" width=\"9\" height=\"9\"/>",
            "<style>@import url(https://evil.example/x.css);</style>",
            "<style>@import 'https://evil.example/x.css';</style>",
            "<style>@font-face{font-family:x;src:url(x.woff2)}</style>",
            "<style>rect{fill:url(https://evil.example/x)}</style>",
        ] {
            assert_eq!(fault(&svg(inside)), LookFault::Outside, "{inside}");
        }
        let sheet = format!(
            "<?xml-stylesheet href=\"x.css\"?>{}",
            svg("<circle r=\"9\"/>")
        );
        assert_eq!(fault(&sheet), LookFault::Outside);
    }

    #[test]
    fn scripts_are_refused() {
        for inside in [
            "<script>alert(1)</script>",
            "<SCRIPT>alert(1)</SCRIPT>",
            "<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">alert(1)</x:script>",
            "<rect onload=\"alert(1)\" width=\"9\" height=\"9\"/>",
            "<g ONCLICK=\"alert(1)\"/>",
            "<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">x</p></foreignObject>",
            "<set attributeName=\"href\" to=\"javascript:alert(1)\"/>",
            "<animate attributeName=\"x\" values=\"1;2\"/>",
        ] {
            assert_eq!(fault(&svg(inside)), LookFault::Active, "{inside}");
        }
    }

    #[test]
    fn entities_are_refused_before_they_are_read() {
        let mut laughs = String::from("<!DOCTYPE svg [<!ENTITY a0 \"ha\">");
        for at in 1..10 {
            laughs += &format!(
                "<!ENTITY a{at} \"{}\">",
                format!("&a{};", at - 1).repeat(10)
            );
        }
        let laughs = format!("{laughs}]>{}", svg("<desc>&a9;</desc><circle r=\"9\"/>"));
        assert_eq!(fault(&laughs), LookFault::Entities);
        let file = format!(
            "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>{}",
            svg("<desc>&x;</desc>")
        );
        assert_eq!(fault(&file), LookFault::Entities);
        let dtd = format!(
            "<!DOCTYPE svg SYSTEM \"https://evil.example/x.dtd\">{}",
            svg("<circle r=\"9\"/>")
        );
        assert_eq!(fault(&dtd), LookFault::Entities);
        let standard = format!(
            "<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \
             \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n{}",
            svg("<circle r=\"9\"/>")
        );
        assert!(draw(standard.as_bytes(), BOX).is_ok());
        let with_subset = standard.replace("svg11.dtd\">", "svg11.dtd\" [<!ENTITY x \"y\">]>");
        assert_eq!(fault(&with_subset), LookFault::Entities);
    }

    #[test]
    fn what_multiplies_is_counted_and_not_drawn() {
        // Ten of ten of ten: a billion circles.
        let mut laughs = String::from("<defs><circle id=\"a0\" r=\"9\"/>");
        for at in 1..10 {
            let uses = format!("<use href=\"#a{}\"/>", at - 1).repeat(10);
            laughs += &format!("<g id=\"a{at}\">{uses}</g>");
        }
        assert_eq!(
            fault(&svg(&format!("{laughs}</defs><use href=\"#a9\"/>"))),
            LookFault::Complex
        );
        let mut clips =
            String::from("<clipPath id=\"c0\"><rect width=\"9\" height=\"9\"/></clipPath>");
        for at in 1..10 {
            let part = format!(
                "<rect width=\"9\" height=\"9\" clip-path=\"url(#c{})\"/>",
                at - 1
            );
            clips += &format!("<clipPath id=\"c{at}\">{}</clipPath>", part.repeat(10));
        }
        let text = svg(&format!(
            "{clips}<rect width=\"9\" height=\"9\" clip-path=\"url(#c9)\"/>"
        ));
        assert_eq!(fault(&text), LookFault::Complex);
        let itself = svg("<g id=\"a\"><use href=\"#a\"/></g>");
        assert_eq!(fault(&itself), LookFault::Complex);
        let round = svg(
            "<mask id=\"a\" mask=\"url(#b)\"/><mask id=\"b\" mask=\"url(#a)\"/>\
             <rect mask=\"url(#a)\" width=\"9\" height=\"9\"/>",
        );
        assert_eq!(fault(&round), LookFault::Complex);
        let deep = format!("{}{}", "<g opacity=\".9\">".repeat(500), "</g>".repeat(500));
        assert_eq!(fault(&svg(&deep)), LookFault::Complex);
        let layers = "<g opacity=\".5\"><circle r=\"9\"/></g>".repeat(2000);
        assert_eq!(fault(&svg(&layers)), LookFault::Complex);
        let by_style = format!(
            "<style>g{{opacity:.5}}</style>{}",
            "<g><circle r=\"9\"/></g>".repeat(2000)
        );
        assert_eq!(fault(&svg(&by_style)), LookFault::Complex);
        let many = "<circle r=\"9\"/>".repeat(11_000);
        assert_eq!(fault(&svg(&many)), LookFault::Complex);
    }

    #[test]
    fn what_is_not_drawn_here_is_named() {
        for (inside, name) in [
            (
                "<filter id=\"f\"><feGaussianBlur stdDeviation=\"9e9\"/></filter>",
                "filter",
            ),
            ("<pattern id=\"p\"/>", "pattern"),
            ("<marker id=\"m\"/>", "marker"),
            ("<g filter=\"blur(9e9px)\"/>", "filter"),
            ("<g style=\"filter: blur(9px)\"/>", "filter"),
            (
                "<path d=\"M0 0h9\" stroke-dasharray=\".0001\"/>",
                "stroke-dasharray",
            ),
            (
                "<style>path{stroke-dasharray:.0001}</style>",
                "stroke-dasharray",
            ),
        ] {
            let fault = fault(&svg(inside));
            assert_eq!(fault, LookFault::Element(name.to_owned()), "{inside}");
        }
        assert_eq!(fault(&svg("<text>Rope</text>")), LookFault::Text);
        let clip = "<style>g{clip-path:url(#c)}</style><clipPath id=\"c\"/>";
        assert_eq!(fault(&svg(clip)), LookFault::StyleSheet);
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for text in [
            "<svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><g></svg>",
            "<",
        ] {
            assert_eq!(fault(text), LookFault::Damaged, "{text}");
        }
        assert_eq!(fault("<html><body>x</body></html>"), LookFault::Kind);
        for text in [svg(""), svg("<g/>"), svg("<circle r=\"0\"/>")] {
            assert_eq!(fault(&text), LookFault::Empty, "{text}");
        }
        assert_eq!(fault(&" ".repeat(MAX_SVG_BYTES + 1)), LookFault::TooLarge);
        assert_eq!(draw(b"<svg>\xff</svg>", BOX), Err(LookFault::Damaged));
    }
}
