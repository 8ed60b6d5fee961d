//! Logos and icons: drawn by the shop, and nothing served as it was sent.

use reqwest::{
    Method,
    header::ACCEPT,
    multipart::{Form, Part},
};

use super::pages::{HERE, SAVE, signed_in};
use crate::support::{Answer, Browser, TestShop, on_both_databases, rows_but_log};

on_both_databases!(
    a_logo_and_an_icon_are_drawn_previewed_and_shown,
    no_svg_that_could_do_harm_is_drawn,
    a_refused_picture_is_told_at_its_place_and_the_draft_stays,
    strangers_upload_nothing,
);

const UPLOAD: &str = "/api/admin/look/pictures";
const HTML: &str = "text/html";
const JSON: &str = "application/json";

fn svg(inside: &str) -> Vec<u8> {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" \
         xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 40 10\">{inside}</svg>"
    )
    .into_bytes()
}

fn logo(colour: &str) -> Vec<u8> {
    svg(&format!(
        "<!-- sent --><path d=\"M0 0h40v10H0z\" fill=\"{colour}\"/>"
    ))
}

async fn upload(
    browser: &Browser,
    accept: &str,
    place: &str,
    file: Vec<u8>,
    draft: &[(&'static str, &'static str)],
) -> Answer {
    let mut form = Form::new().text("place", place.to_owned());
    for (name, value) in draft {
        form = form.text(*name, *value);
    }
    let form = form.part("file", Part::bytes(file).file_name("../../x.svg"));
    let request = browser.request(Method::POST, UPLOAD).header(ACCEPT, accept);
    browser.send(request.multipart(form)).await
}

async fn a_logo_and_an_icon_are_drawn_previewed_and_shown(shop: TestShop) {
    let (site, other) = (shop.open().await, shop.second_node().open().await);
    let browser = signed_in(&shop, &site).await;
    let draft = [("version", "0"), ("accent", "hue"), ("hue", "30")];
    let draft = [&draft[..], &[("corners", "round"), ("font", "system")]].concat();
    let answer = upload(&browser, HTML, "logo", logo("#111"), &draft).await;
    let drafted = answer.expect(303).location().to_owned();
    assert!(
        drafted.starts_with(HERE) && drafted.contains("hue=30"),
        "{drafted}"
    );
    let page = browser.page(&drafted).await.expect(200);
    let id = drafted
        .split("logo=")
        .nth(1)
        .and_then(|rest| rest.split('&').next());
    let id = id.expect("the page is told of the picture").to_owned();
    let src = format!("/look/{id}.webp");
    assert!(page.body.contains(&src) && page.body.contains("preview.30.round.system"));
    assert!(page.body.contains(&format!("name=\"logo\" value=\"{id}\"")));
    assert!(
        !other
            .browser()
            .page("/")
            .await
            .expect(200)
            .body
            .contains(&src)
    );
    let dark = upload(&browser, JSON, "logo_dark", logo("#eee"), &[]).await;
    let dark = dark.expect(200).json();
    assert_eq!(dark["width"].as_u64(), Some(640));
    assert_eq!(dark["height"].as_u64(), Some(160));
    let dark = dark["id"].as_str().unwrap().to_owned();
    let icon = upload(&browser, JSON, "icon", logo("#a00"), &[]).await;
    let icon = icon.expect(200).json()["id"].as_str().unwrap().to_owned();
    let chosen = [
        ("version", "0"),
        ("accent", "standard"),
        ("corners", "rounded"),
        ("font", "system"),
        ("logo", id.as_str()),
        ("logo_dark", dark.as_str()),
        ("icon", icon.as_str()),
    ];
    browser.call(SAVE, &chosen).await.expect(200);
    let page = other.browser().page("/").await.expect(200).body;
    for shown in [
        src.clone(),
        format!("/look/{dark}.webp"),
        format!("/look/{icon}.png"),
        format!("/look/{icon}.touch.png"),
        "media=\"(prefers-color-scheme: dark)\"".to_owned(),
    ] {
        assert!(page.contains(&shown), "{shown}");
    }
    assert!(!page.contains("/favicon.svg") && !page.contains("brand-mark"));
    for (address, kind, begin) in [
        (src, "image/webp", &b"RIFF"[..]),
        (format!("/look/{icon}.png"), "image/png", b"\x89PNG"),
        (format!("/look/{icon}.touch.png"), "image/png", b"\x89PNG"),
    ] {
        let request = other.browser().request(Method::GET, &address);
        let file = request.send().await.unwrap();
        assert_eq!(file.status(), 200, "{address}");
        assert_eq!(file.headers()["content-type"], kind);
        assert_eq!(file.headers()["x-content-type-options"], "nosniff");
        let kept = file.headers()["cache-control"].to_str().unwrap();
        assert!(kept.contains("immutable"), "{address}");
        let bytes = file.bytes().await.unwrap();
        assert!(bytes.starts_with(begin), "{address}");
        let has = |text: &[u8]| bytes.windows(text.len()).any(|part| part == text);
        assert!(!has(b"sent") && !has(b"<svg"), "{address}");
    }
    // Those who read no page before get it as well.
    let manifest = other.browser().read("/site.webmanifest").await.expect(200);
    let manifest: serde_json::Value = serde_json::from_str(&manifest.body).unwrap();
    let icons = manifest["icons"].as_array().unwrap();
    let mut sizes = Vec::new();
    for told in icons {
        let request = other
            .browser()
            .request(Method::GET, told["src"].as_str().unwrap());
        let file = request.send().await.unwrap().bytes().await.unwrap();
        let drawn = image::load_from_memory(&file).unwrap();
        let size = format!("{}x{}", drawn.width(), drawn.height());
        assert_eq!(told["sizes"], size.as_str(), "{told}");
        sizes.push(size);
    }
    assert_eq!(sizes, ["512x512", "192x192", "180x180"]);
    assert_eq!(icons[1]["src"], format!("/look/{icon}.png").as_str());
    for address in ["/favicon.ico", "/apple-touch-icon.png"] {
        let own = other.browser().request(Method::GET, address);
        let own = own.send().await.unwrap();
        assert_eq!(own.headers()["content-type"], "image/png", "{address}");
    }
    // A picture has the files of its shape alone.
    for address in [format!("/look/{icon}.webp"), format!("/look/{id}.png")] {
        assert_eq!(
            other.browser().read(&address).await.status,
            404,
            "{address}"
        );
    }
}

async fn no_svg_that_could_do_harm_is_drawn(shop: TestShop) {
    let site = shop.open().await;
    let browser = signed_in(&shop, &site).await;
    let mut laughs = String::from("<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a \"ha\">");
    let mut uses = String::from("<defs><circle id=\"u0\" r=\"9\"/>");
    for at in 1..10 {
        let before = at - 1;
        let name = |at: i32| {
            if at == 0 {
                "a".to_owned()
            } else {
                format!("a{at}")
            }
        };
        laughs += &format!(
            "<!ENTITY {} \"{}\">",
            name(at),
            format!("&{};", name(before)).repeat(10)
        );
        uses += &format!(
            "<g id=\"u{at}\">{}</g>",
            format!("<use href=\"#u{before}\"/>").repeat(10)
        );
    }
    let laughs =
        format!("{laughs}]><svg xmlns=\"http://www.w3.org/2000/svg\"><desc>&a9;</desc></svg>");
    let before = rows_but_log(shop.db()).await;
    for file in [
        laughs.into_bytes(),
        b"<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg>&x;</svg>".to_vec(),
        svg(&format!("{uses}</defs><use href=\"#u9\"/>")),
        svg("<script>alert(1)</script><circle r=\"9\"/>"),
        svg("<circle r=\"9\" onload=\"alert(1)\"/>"),
        svg("<a xlink:href=\"javascript:alert(1)\"><circle r=\"9\"/></a>"),
        svg("<foreignObject><iframe xmlns=\"http://www.w3.org/1999/xhtml\"/></foreignObject>"),
        svg("<image xlink:href=\"file:///etc/passwd\" width=\"9\" height=\"9\"/>"),
        svg("<image href=\"http://169.254.169.254/\" width=\"9\" height=\"9\"/>"),
        svg("<image href=\"data:image/svg+xml;base64,PHN2Zy8+\" width=\"9\" height=\"9\"/>"),
        svg("<use xlink:href=\"http://evil.example/x.svg#a\"/><circle r=\"9\"/>"),
        svg("<style>@import url(http://evil.example/x.css);</style><circle r=\"9\"/>"),
        svg("<circle r=\"9\" fill=\"url(http://evil.example/x.svg#a)\"/>"),
        svg("<g id=\"a\"><use href=\"#a\"/></g>"),
        svg("<filter id=\"f\"><feTurbulence numOctaves=\"999999\"/></filter>"),
        svg(&"<g opacity=\".5\">".repeat(2000)),
        svg("<text>Rope</text>"),
        b"<html><script>alert(1)</script></html>".to_vec(),
        b"\x1f\x8b\x08\0\0\0\0\0".to_vec(),
        vec![b' '; 300 * 1024],
        Vec::new(),
    ] {
        let shown = String::from_utf8_lossy(&file[..file.len().min(120)]).into_owned();
        let answer = upload(&browser, JSON, "logo", file, &[]).await;
        assert_eq!(answer.status, 422, "{shown}: {}", answer.body);
        assert_eq!(answer.fields(), ["logo"], "{shown}");
    }
    assert_eq!(rows_but_log(shop.db()).await, before);
}

async fn a_refused_picture_is_told_at_its_place_and_the_draft_stays(shop: TestShop) {
    let site = shop.open().await;
    let browser = signed_in(&shop, &site).await;
    let draft = [
        ("version", "0"),
        ("accent", "hue"),
        ("hue", "77"),
        ("corners", "square"),
        ("font", "inter"),
    ];
    let text = svg("<text>Rope</text>");
    let page = upload(&browser, HTML, "icon", text, &draft).await.refused();
    for shown in [
        "id=\"icon-error\"",
        "Convert the text to paths",
        "preview.77.square.inter",
        "value=\"77\"",
    ] {
        assert!(page.body.contains(shown), "{shown}");
    }
    let none = upload(&browser, JSON, "icon", Vec::new(), &[])
        .await
        .expect(422);
    assert_eq!(none.fields(), ["icon"]);
    let nowhere = upload(&browser, JSON, "header", logo("#000"), &[]).await;
    assert_eq!(nowhere.expect(422).kind(), "invalid");
    let no_form = browser.call(UPLOAD, &[("place", "logo")]).await;
    assert_eq!(no_form.expect(422).kind(), "invalid");
}

async fn strangers_upload_nothing(shop: TestShop) {
    let site = shop.open().await;
    for accept in [JSON, HTML] {
        let answer = upload(&site.browser(), accept, "logo", logo("#000"), &[]).await;
        assert_eq!(answer.status, 404, "{accept}");
    }
    let kept = "SELECT COUNT(*) AS n FROM look_pictures";
    assert_eq!(shop.number(kept).await, 0);
}
