//! What is drawn, and what is refused.

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
    let mut clips = String::from("<clipPath id=\"c0\"><rect width=\"9\" height=\"9\"/></clipPath>");
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
