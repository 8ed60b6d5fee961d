//! What features declare of their pages and forms, as a browser finds it.

use app::{
    collections::types::CollectionForm,
    drops::types::DropForm,
    feature::Bytes,
    features::{self, function},
    pages::types::PageForm,
    ui::date::Zone,
};

use super::roles::{Things, as_routed};
use crate::support::{ADMIN, Browser, Goods, HOUR, TestShop, on_both_databases};

on_both_databases!(
    pages_that_are_the_same_for_everybody_are_kept_and_no_others,
    every_form_names_the_page_it_stands_on,
);

async fn pages_that_are_the_same_for_everybody_are_kept_and_no_others(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").category("Deck")).await;
    let admin = shop.admin().await;
    let ropes = PageForm {
        kind: "free".to_owned(),
        slug: "rope".to_owned(),
        title: "Ropes".to_owned(),
        body: "About ropes.".to_owned(),
        state: "published".to_owned(),
        ..PageForm::default()
    };
    shop.shop().page_admin.create(&admin, ropes).await.unwrap();
    let ropes = CollectionForm {
        name: "Ropes".to_owned(),
        slug: "rope".to_owned(),
        ..CollectionForm::default()
    };
    let collections = &shop.shop().collection_admin;
    collections.create(&admin, ropes).await.unwrap();
    let ropes = DropForm {
        title: "Rope".to_owned(),
        opens: Zone::named("UTC").minute(shop.now() + HOUR),
        ..DropForm::default()
    };
    let drops = &shop.shop().drop_admin;
    let drop = drops.create(&admin, ropes).await.unwrap();
    drops.add(&admin, &drop.id, &rope.id).await.unwrap();
    drops.plan(&admin, &drop.id).await.unwrap();
    let site = shop.open().await;
    let browser = site.browser();
    for page in features::pages() {
        let slug = match page.path.starts_with("/categories/") {
            true => "deck",
            false => "rope",
        };
        let path = page.path.replace(":slug", slug).replace(':', "");
        let answer = browser.page(&path).await;
        let is_kept = answer.header("cache-control") == "public, no-cache";
        assert_eq!(is_kept, page.bytes == Bytes::OfEverybody, "{path}");
        if is_kept {
            assert_eq!(answer.status, 200, "{path}");
        }
    }
}

async fn every_form_names_the_page_it_stands_on(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let things = Things::of(&shop).await;
    let site = shop.open().await;
    let guest = site.browser();
    let admin = site.browser();
    admin.sign_in(ADMIN).await.expect(200);
    let variant = things.put_into("$variant");
    for browser in [&guest, &admin] {
        browser.add(&variant, 1).await.expect(200);
    }
    let mut seen = Vec::new();
    for page in features::pages() {
        let path = things.path(&as_routed(page.path));
        for browser in [&guest, &admin] {
            seen.extend(forms_at(browser, &path).await);
        }
    }
    // On pages of all kinds.
    for action in [
        "/api/cart/add",
        "/api/cart/update",
        "/api/checkout/contact",
        "/api/orders/look-up",
        "/api/account/sign-in",
        "/api/account/rename",
        "/api/admin/sign-out",
        "/api/admin/products/update",
        "/api/admin/orders/note",
        "/api/admin/settings/save",
    ] {
        assert!(seen.iter().any(|a| a == action), "{action} in {seen:?}");
    }
}

/// What the forms of a page post to, each of which has to name the page.
async fn forms_at(browser: &Browser, path: &str) -> Vec<String> {
    let page = browser.page(path).await;
    // A step of the checkout has an address of its own.
    let (page, path) = match page.status {
        303 if page.location().starts_with(path) => {
            let path = page.location().to_owned();
            (browser.page(&path).await, path)
        }
        _ => (page, path.to_owned()),
    };
    let mut actions = Vec::new();
    for form in page.body.split("<form").skip(1) {
        let (tag, rest) = form.split_once('>').expect("the tag ends");
        let attribute = |name: &str| {
            let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
            Some(rest.split('"').next().unwrap_or_default().to_owned())
        };
        let action = attribute("action").unwrap_or_default();
        if attribute("method").as_deref() != Some("post") || function(&action).is_none() {
            continue;
        }
        let field = format!("name=\"page\" value=\"{path}\"");
        let inside = rest.split("</form>").next().unwrap_or_default();
        let outside = attribute("id").map(|id| format!("{field} form=\"{id}\""));
        // A card's form is refused on the page of its product, where all of it can be chosen.
        let is_card =
            action == "/api/cart/add" && inside.contains("name=\"page\" value=\"/products/");
        // What is wrong with a cart beside the page is told on the cart's own page.
        let is_drawer =
            action == "/api/checkout/validate" && inside.contains("name=\"page\" value=\"/cart\"");
        let is_named = is_card
            || is_drawer
            || inside.contains(&field)
            || outside.is_some_and(|field| page.body.contains(&field));
        assert!(is_named, "{action} at {path}: {inside}");
        actions.push(action);
    }
    actions
}
