//! The look's page and what shoppers see of it, without script.

use app::{identity::Role, look::fonts};
use reqwest::Method;

use crate::support::{ADMIN, Browser, Goods, STAFF, Site, TestShop, on_both_databases};

on_both_databases!(
    the_look_is_for_admins,
    a_shop_that_chose_nothing_has_no_sheet_of_its_own,
    kept_pages_of_all_nodes_have_the_new_sheet_at_the_reply,
    a_preview_changes_nothing,
    a_refused_form_keeps_what_was_typed_and_marks_the_field,
    whoever_saves_over_another_look_is_told,
    sheets_and_fonts_are_kept_for_ever,
    what_is_no_file_of_a_look_is_not_there,
);

pub const SAVE: &str = "/api/admin/look/save";
pub const HERE: &str = "/admin/look";

/// A form that is right, with other values for some fields.
fn form<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("version", "0"),
        ("accent", "standard"),
        ("hue", ""),
        ("corners", "rounded"),
        ("font", "system"),
    ];
    for (name, value) in changes {
        match fields.iter_mut().find(|field| field.0 == *name) {
            Some(field) => field.1 = value,
            None => fields.push((name, value)),
        }
    }
    fields
}

pub async fn signed_in(shop: &TestShop, site: &Site) -> Browser {
    shop.admin().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    browser
}

/// The addresses of a page that begin with `/look/`.
fn addresses(page: &str) -> Vec<&str> {
    let found = page
        .match_indices("\"/look/")
        .map(|(at, _)| &page[at + 1..]);
    found.filter_map(|rest| rest.split('"').next()).collect()
}

async fn the_look_is_for_admins(shop: TestShop) {
    shop.admin().await;
    shop.account(STAFF, Role::Staff).await;
    let site = shop.open().await;
    for (who, status) in [(None, 404), (Some(STAFF), 404), (Some(ADMIN), 200)] {
        let browser = site.browser();
        if let Some(email) = who {
            browser.sign_in(email).await.expect(200);
        }
        assert_eq!(browser.page(HERE).await.status, status, "{who:?}");
        let round = form(&[("corners", "round")]);
        let saved = browser.call(SAVE, &round).await;
        assert_eq!(saved.status, status, "{who:?}");
    }
}

async fn a_shop_that_chose_nothing_has_no_sheet_of_its_own(shop: TestShop) {
    let site = shop.open().await;
    for path in ["/", "/products", "/cart", "/admin/sign-in", "/nowhere"] {
        let page = site.browser().page(path).await;
        assert_eq!(addresses(&page.body), Vec::<&str>::new(), "{path}");
        assert!(page.body.contains("href=\"/favicon.svg\""), "{path}");
        assert!(page.body.contains("class=\"brand-mark\""), "{path}");
    }
}

async fn kept_pages_of_all_nodes_have_the_new_sheet_at_the_reply(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let sites = [
        shop.open().await,
        shop.second_node().open().await,
        shop.second_node().open().await,
    ];
    let browser = signed_in(&shop, &sites[0]).await;
    let product = format!("/products/{}", rope.slug);
    let pages = ["/", "/products", &product, "/cart", "/nowhere"];
    for site in sites.iter().chain(&sites) {
        for path in pages {
            site.browser().page(path).await;
        }
    }
    for (version, hue) in [("0", "20"), ("1", "200")] {
        let chosen = form(&[
            ("version", version),
            ("accent", "hue"),
            ("hue", hue),
            ("font", "fraunces"),
        ]);
        browser.call(SAVE, &chosen).await.expect(200);
        let begin = format!("/look/{hue}.rounded.fraunces.");
        for site in &sites {
            for path in &pages[..4] {
                let page = site.browser().page(path).await.expect(200);
                let found = addresses(&page.body);
                let sheet = found.iter().find(|address| address.ends_with(".css"));
                let sheet = sheet.unwrap_or_else(|| panic!("{path} has a sheet: {found:?}"));
                assert!(sheet.starts_with(&begin), "{path}: {sheet}");
                let font = &fonts::face(app::look::types::Font::Fraunces).unwrap().latin;
                assert!(found.contains(&font.src().as_str()), "{path} preloads it");
                let css = site.browser().read(sheet).await.expect(200);
                assert!(css.body.contains("--accent: #"), "{}", css.body);
                assert!(css.body.contains(&font.src()), "{}", css.body);
            }
        }
    }
}

async fn a_preview_changes_nothing(shop: TestShop) {
    let site = shop.open().await;
    let browser = signed_in(&shop, &site).await;
    let query = "?version=0&accent=hue&hue=310&corners=square&font=outfit&page=x";
    let page = browser.page(&format!("{HERE}{query}")).await.expect(200);
    for shown in [
        "/look/preview.310.square.outfit.css",
        "value=\"310\"",
        "value=\"square\" selected",
        "value=\"outfit\" selected",
        "This is a preview.",
    ] {
        assert!(page.body.contains(shown), "{shown}");
    }
    let css = browser.read("/look/preview.310.square.outfit.css").await;
    assert_eq!(css.header("cache-control"), "no-cache");
    for part in [".look-light {", ".look-dark {", "--radius-m: 0;", "Outfit"] {
        assert!(css.body.contains(part), "{part}");
    }
    let home = site.browser().page("/").await.expect(200);
    assert_eq!(addresses(&home.body), Vec::<&str>::new());
    // What makes no sense is shown as it is now, and nothing of it gets into an address.
    let query = "?accent=hue&hue=%22%3E%3Cscript%3E&corners=x&font=%3C%2Fstyle%3E&logo=../../x";
    let page = browser.page(&format!("{HERE}{query}")).await.expect(200);
    assert!(
        page.body
            .contains("/look/preview.standard.rounded.system.css")
    );
    assert!(!page.body.contains("\"><script>"), "{}", page.body);
    let page = browser.page(HERE).await.expect(200);
    assert!(!page.body.contains("This is a preview."));
}

async fn a_refused_form_keeps_what_was_typed_and_marks_the_field(shop: TestShop) {
    let site = shop.open().await;
    let browser = signed_in(&shop, &site).await;
    let typed = form(&[("accent", "hue"), ("hue", "400"), ("font", "inter")]);
    let page = browser.submit(SAVE, &typed).await.refused();
    for kept in [
        "value=\"400\"",
        "id=\"hue-error\"",
        "Enter a number from 0 to 359.",
        "value=\"inter\" selected",
    ] {
        assert!(page.body.contains(kept), "{kept}");
    }
    let saved = browser.submit(SAVE, &form(&[("font", "inter")])).await;
    assert_eq!(saved.expect(303).location(), "/admin/look?saved=1");
    let page = browser.page("/admin/look?saved=1").await.expect(200);
    assert!(page.body.contains("Look saved.") && page.body.contains(ADMIN));
}

async fn whoever_saves_over_another_look_is_told(shop: TestShop) {
    let site = shop.open().await;
    let browser = signed_in(&shop, &site).await;
    let round = form(&[("corners", "round")]);
    browser.submit(SAVE, &round).await.expect(303);
    let square = form(&[("corners", "square")]);
    let page = browser.submit(SAVE, &square).await.refused();
    assert!(
        page.body
            .contains("The look was changed while you were editing.")
    );
    assert!(page.body.contains("value=\"square\" selected"));
    // Saving again replaces it.
    assert!(page.body.contains("name=\"version\" value=\"1\""));
}

async fn sheets_and_fonts_are_kept_for_ever(shop: TestShop) {
    let site = shop.open().await;
    let browser = signed_in(&shop, &site).await;
    let chosen = form(&[("corners", "slight"), ("font", "literata")]);
    browser.call(SAVE, &chosen).await.expect(200);
    let home = browser.page("/").await.expect(200);
    let policy = home.header("content-security-policy").to_owned();
    assert!(policy.contains("style-src 'self'") && policy.contains("default-src 'self'"));
    let found = addresses(&home.body);
    assert_eq!(found.len(), 2, "a font and a sheet: {found:?}");
    for address in found {
        let file = browser.request(Method::GET, address).send().await.unwrap();
        assert_eq!(file.status(), 200, "{address}");
        let header = |name: &str| file.headers()[name].to_str().unwrap().to_owned();
        assert!(header("cache-control").contains("immutable"), "{address}");
        let kind = match address.ends_with(".css") {
            true => "text/css; charset=utf-8",
            false => "font/woff2",
        };
        assert_eq!(header("content-type"), kind);
        assert!(!file.headers().contains_key("set-cookie"), "{address}");
    }
    // A page from before a deployment stays usable.
    let former = "/look/standard.slight.literata.0123456789abcdef.css";
    let sheet = browser.read(former).await.expect(200);
    assert_eq!(sheet.header("cache-control"), "no-cache");
}

async fn what_is_no_file_of_a_look_is_not_there(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    for name in [
        "x",
        "x.css",
        "400.round.inter.0.css",
        "inter-latin.woff2",
        "00000000000000000000000000000000.webp",
        "00000000000000000000000000000000.svg",
        "0000000000000000000000000000000g.png",
    ] {
        let answer = browser.read(&format!("/look/{name}")).await;
        assert_eq!(answer.status, 404, "{name}");
    }
}
