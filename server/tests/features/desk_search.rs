//! What the search of the back office finds, and for whom.

use app::{feature::Access, features, identity::Role};
use serde_json::Value;

use super::pages::{page, publish};
use crate::support::{
    ADMIN, Browser, Goods, MINUTE, STAFF, Site, TestShop, cash, on_both_databases,
};

on_both_databases!(
    whole_numbers_and_addresses_are_found_and_parts_among_the_newest,
    products_lead_where_the_role_may_go,
    every_page_of_the_back_office_is_among_the_places,
    admins_find_what_they_made_by_its_name,
    a_barcode_finds_its_variant_everywhere,
    what_is_too_short_or_strange_finds_nothing,
    the_page_finds_the_same_without_script,
    strangers_and_customers_find_no_such_page,
);

const SEARCH: &str = "/api/admin/search";

async fn signed_in(site: &Site, email: &str) -> Browser {
    let browser = site.browser();
    browser.sign_in(email).await.expect(200);
    browser
}

/// Titles and addresses of what is found, by kind.
async fn found(browser: &Browser, typed: &str) -> Vec<(String, Vec<(String, String)>)> {
    let query = typed.replace(' ', "+").replace('#', "%23");
    let answer = browser.read(&format!("{SEARCH}?q={query}")).await;
    let answer = answer.expect(200).json();
    let text = |value: &Value, key: &str| value[key].as_str().unwrap().to_owned();
    let groups = answer["groups"].as_array().unwrap().iter();
    groups
        .map(|group| {
            let hits = group["hits"].as_array().unwrap().iter();
            let hits = hits.map(|hit| (text(hit, "title"), text(hit, "href")));
            (text(group, "kind"), hits.collect())
        })
        .collect()
}

/// What is found of a kind.
async fn of(browser: &Browser, kind: &str, typed: &str) -> Vec<(String, String)> {
    let groups = found(browser, typed).await;
    let group = groups.into_iter().find(|(known, _)| known == kind);
    group.map(|(_, hits)| hits).unwrap_or_default()
}

async fn whole_numbers_and_addresses_are_found_and_parts_among_the_newest(shop: TestShop) {
    shop.account(STAFF, Role::Staff).await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let first = shop.bought(&[(rope.variant(), 1)], cash()).await;
    shop.clock.advance(MINUTE);
    let second = shop.bought(&[(rope.variant(), 1)], cash()).await;
    shop.services.run_maintenance().await;
    let site = shop.open().await;
    let staff = signed_in(&site, STAFF).await;
    let page = |id: &str| format!("/admin/orders/{id}");
    for typed in [
        "#1001",
        first.number.as_str(),
        &first.number.to_lowercase().replace('-', " "),
    ] {
        let hits = of(&staff, "orders", typed).await;
        let title = format!("#1001 {}", first.number);
        assert_eq!(hits, [(title, page(&first.id))], "{typed}");
    }
    let email = first.contact.email.clone();
    for typed in [email.as_str(), &email[..4]] {
        let hits = of(&staff, "orders", typed).await;
        let pages: Vec<_> = hits.into_iter().map(|(_, href)| href).collect();
        assert_eq!(pages, [page(&second.id), page(&first.id)], "{typed}");
        // One guest, however often they ordered.
        let customers = of(&staff, "customers", typed).await;
        let guest = format!("/admin/customers/{}", second.id);
        assert_eq!(customers, [(first.contact.name.clone(), guest)], "{typed}");
    }
}

async fn products_lead_where_the_role_may_go(shop: TestShop) {
    shop.admin().await;
    shop.account(STAFF, Role::Staff).await;
    let rope = shop.stock(Goods::named("Hemp rope")).await;
    shop.stock(Goods::named("Lamp")).await;
    let site = shop.open().await;
    let admin = signed_in(&site, ADMIN).await;
    let editor = format!("/admin/products/{}", rope.id);
    let title = || "Hemp rope".to_owned();
    assert_eq!(of(&admin, "products", "hem").await, [(title(), editor)]);
    let staff = signed_in(&site, STAFF).await;
    let stock = "/admin/stock?q=Hemp+rope".to_owned();
    assert_eq!(of(&staff, "products", "hem").await, [(title(), stock)]);
    // Of pages each finds those of their own menu.
    let settings = ("Settings".to_owned(), "/admin/settings".to_owned());
    assert_eq!(of(&admin, "places", "setti").await, [settings]);
    assert!(of(&staff, "places", "setti").await.is_empty());
}

/// Address and words of what Ctrl+K offers.
async fn places(browser: &Browser) -> Vec<(String, String)> {
    let page = browser.page("/admin").await.expect(200).body;
    let (_, places) = page.split_once("data-places=\"").expect("it has them");
    let (places, _) = places.split_once('"').unwrap();
    let places = places.replace("&quot;", "\"").replace("&amp;", "&");
    serde_json::from_str(&places).unwrap()
}

async fn every_page_of_the_back_office_is_among_the_places(shop: TestShop) {
    /// Those that are reached from what they are about alone.
    const OTHERS: [&str; 1] = ["/admin/preview/home"];
    let shop = shop.speaking("en,de");
    shop.admin().await;
    shop.account(STAFF, Role::Staff).await;
    let site = shop.open().await;
    for (email, role) in [(ADMIN, Role::Admin), (STAFF, Role::Staff)] {
        let browser = signed_in(&site, email).await;
        let places = places(&browser).await;
        for page in features::pages() {
            let is_of_the_desk = page.path.starts_with("/admin") && !page.path.contains(':');
            // The door is for those who are not signed in.
            let is_door = page.access == Access::Anybody;
            if !is_of_the_desk || is_door || OTHERS.contains(&page.path) {
                continue;
            }
            let may = page.access == Access::Staff || role == Role::Admin;
            let is_offered = places.iter().any(|(href, _)| href == page.path);
            assert_eq!(is_offered, may, "{} for {role:?}", page.path);
        }
        for (href, words) in &places {
            browser.page(href).await.expect(200);
            let same = places.iter().filter(|(other, _)| other == href);
            assert_eq!(same.count(), 1, "{href} is offered once");
            assert!(!words.is_empty(), "{href} has words");
        }
        let german = places
            .iter()
            .filter(|(_, words)| words.ends_with(" in Deutsch"));
        assert_eq!(german.count() > 0, role == Role::Admin);
    }
    let admin = signed_in(&site, ADMIN).await;
    let methods = (
        "Payment methods".to_owned(),
        "/admin/settings/methods".to_owned(),
    );
    assert!(of(&admin, "places", "payment m").await.contains(&methods));
}

async fn admins_find_what_they_made_by_its_name(shop: TestShop) {
    let actor = shop.admin().await;
    shop.account(STAFF, Role::Staff).await;
    let site = shop.open().await;
    let admin = signed_in(&site, ADMIN).await;
    let staff = signed_in(&site, STAFF).await;
    for kind in ["categories", "collections"] {
        let create = format!("/api/admin/{kind}/create");
        let made = admin.submit(&create, &[("name", "Écluse")]).await;
        let editor = made.expect(303).location().to_owned();
        let (editor, _) = editor.split_once('?').expect("it says what was done");
        let hit = ("Écluse".to_owned(), editor.to_owned());
        // Case and accents make no difference.
        assert_eq!(of(&admin, kind, "ECLU").await, [hit]);
        assert!(of(&staff, kind, "eclu").await.is_empty());
    }
    let saved = publish(&shop, &actor, page("Écluse and locks"))
        .await
        .unwrap();
    let hit = (
        "Écluse and locks".to_owned(),
        format!("/admin/pages/{}", saved.id),
    );
    assert_eq!(of(&admin, "pages", "locks").await, [hit]);
    assert!(of(&staff, "pages", "locks").await.is_empty());
}

async fn a_barcode_finds_its_variant_everywhere(shop: TestShop) {
    shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    // A shop that has none of the first, and calls the other by the digits.
    let lamp = Goods::named("Lamp").sku("96385074");
    shop.stock(lamp).await;
    shop.execute(&format!(
        "UPDATE variants SET barcode = '036000291452' WHERE id = '{}'",
        rope.variant()
    ))
    .await;
    let site = shop.open().await;
    let admin = signed_in(&site, ADMIN).await;
    for (typed, wanted, other) in [
        ("036000291452", "Rope", "Lamp"),
        // As scanners read it, and as people type it.
        ("0036000291452", "Rope", "Lamp"),
        ("0360-00291452", "Rope", "Lamp"),
        ("96385074", "Lamp", "Rope"),
    ] {
        let titles: Vec<_> = of(&admin, "products", typed).await;
        let titles: Vec<_> = titles.iter().map(|(title, _)| title.as_str()).collect();
        assert_eq!(titles, [wanted], "{typed}");
        for list in ["/admin/products", "/admin/stock"] {
            let page = admin.page(&format!("{list}?q={typed}")).await;
            let page = page.expect(200).body;
            let (_, table) = page.split_once("<tbody>").expect("it has rows");
            assert!(table.contains(wanted), "{list} {typed}");
            assert!(!table.contains(other), "{list} {typed}");
        }
    }
    // One that nothing has.
    assert!(of(&admin, "products", "4006381333931").await.is_empty());
    for list in ["/admin/products", "/admin/stock"] {
        let page = admin.page(&format!("{list}?q=4006381333931")).await;
        let page = page.expect(200).body;
        assert!(!page.contains("Rope") && !page.contains("Lamp"), "{list}");
    }
}

async fn what_is_too_short_or_strange_finds_nothing(shop: TestShop) {
    shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    let site = shop.open().await;
    let admin = signed_in(&site, ADMIN).await;
    let long = "x".repeat(5000);
    for typed in ["", " ", "r", "%25%25", "__", "%00%00", &long] {
        assert!(found(&admin, typed).await.is_empty(), "{typed:?}");
    }
}

async fn the_page_finds_the_same_without_script(shop: TestShop) {
    shop.account(STAFF, Role::Staff).await;
    let rope = shop.stock(Goods::named("Rope & <Line>")).await;
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    let site = shop.open().await;
    let staff = signed_in(&site, STAFF).await;
    let page = staff.page("/admin/search?q=rope").await.expect(200).body;
    assert!(page.contains("Rope &amp; &lt;Line&gt;"));
    let path = format!("/admin/search?q={}", order.number);
    let page = staff.page(&path).await.expect(200).body;
    assert!(page.contains(&format!("/admin/orders/{}", order.id)));
    let page = staff.page("/admin/search?q=nothing+of+it").await;
    assert!(page.expect(200).body.contains("Nothing found."));
    let page = staff.page("/admin/search").await.expect(200).body;
    assert!(page.contains("Enter at least two characters"));
}

async fn strangers_and_customers_find_no_such_page(shop: TestShop) {
    let customer = "customer@shop.test";
    shop.account(customer, Role::Customer).await;
    let site = shop.open().await;
    for browser in [site.browser(), signed_in(&site, customer).await] {
        browser.page("/admin/search?q=rope").await.expect(404);
        browser.read(&format!("{SEARCH}?q=rope")).await.expect(404);
    }
}
