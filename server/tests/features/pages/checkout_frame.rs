//! What leads away from the checkout: the cart, help, and the owner's pages.

use app::pages::types::PageForm;

use super::{add, link, page, publish};
use crate::support::{Goods, TestShop, on_both_databases};

on_both_databases!(
    the_checkout_leads_to_the_cart_to_help_and_to_the_pages_of_the_law,
    a_page_is_in_the_footer_of_the_checkout_from_its_minute_on,
);

fn of_kind(kind: &str, title: &str) -> PageForm {
    let contact_email = match kind {
        "contact" => "office@shop.test",
        _ => "",
    };
    PageForm {
        kind: kind.to_owned(),
        contact_email: contact_email.to_owned(),
        ..page(title)
    }
}

async fn the_checkout_leads_to_the_cart_to_help_and_to_the_pages_of_the_law(shop: TestShop) {
    let admin = shop.admin().await;
    add(&shop, &admin, link("header", "Everything", "/products"))
        .await
        .unwrap();
    let free = page("Our story");
    for form in [
        of_kind("contact", "Write"),
        of_kind("imprint", "Who we are"),
        free,
    ] {
        publish(&shop, &admin, form).await.unwrap();
    }
    let draft = PageForm {
        state: "draft".to_owned(),
        ..of_kind("terms", "Our terms")
    };
    publish(&shop, &admin, draft).await.unwrap();
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    let shown = browser
        .page("/checkout?step=contact")
        .await
        .expect(200)
        .body;
    let (header, rest) = shown.split_once("<main").expect("there is a main part");
    let (_, footer) = rest.split_once("<footer").expect("there is a footer");
    for part in [
        "href=\"/\"",
        "href=\"/cart\"",
        "href=\"/pages/write\"",
        "Help",
    ] {
        assert!(header.contains(part), "{part} in {header}");
    }
    for part in [
        "href=\"/pages/write\"",
        "href=\"/pages/who-we-are\"",
        "Who we are",
    ] {
        assert!(footer.contains(part), "{part} in {footer}");
    }
    for part in [
        "Everything",
        "role=\"search\"",
        "<leptos-island",
        "cart-drawer",
    ] {
        assert!(!shown.contains(part), "{part} in {shown}");
    }
    for part in ["Our terms", "Our story"] {
        assert!(!footer.contains(part), "{part} in {footer}");
    }
    let cart = browser.page("/cart").await.expect(200).body;
    assert!(
        cart.contains("Everything") && cart.contains("role=\"search\""),
        "{cart}"
    );
}

async fn a_page_is_in_the_footer_of_the_checkout_from_its_minute_on(shop: TestShop) {
    let admin = shop.admin().await;
    let form = PageForm {
        publish_at: "2025-10-09T10:00".to_owned(),
        ..of_kind("privacy", "What we keep")
    };
    let from = publish(&shop, &admin, form)
        .await
        .unwrap()
        .publish_at
        .unwrap();
    let pages = &shop.shop().pages;
    let titles = async || {
        let standard = pages.standard_pages().await.unwrap();
        let links = standard.links.iter().map(|link| link.title.clone());
        (links.collect::<Vec<_>>(), standard.ends)
    };
    assert_eq!(titles().await, (Vec::new(), Some(from)));
    shop.clock.set(from);
    assert_eq!(titles().await, (vec!["What we keep".to_owned()], None));
}
