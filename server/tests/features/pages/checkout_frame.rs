//! What leads away from the checkout: the cart, help, and the owner's pages.

use app::{pages::types::PageForm, seller::Seller};

use super::{add, link, page, publish};
use crate::{
    opening::save_seller,
    support::{Goods, TestShop, on_both_databases},
};

on_both_databases!(
    the_checkout_leads_to_the_cart_to_help_and_to_the_pages_of_the_law,
    a_shop_without_a_contact_page_helps_by_e_mail_or_by_phone,
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

async fn a_shop_without_a_contact_page_helps_by_e_mail_or_by_phone(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let shop = shop.speaking("en,de");
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    let header = async |path: &str| {
        let shown = browser.page(path).await.expect(200).body;
        let (header, _) = shown.split_once("<main").expect("there is a main part");
        header.to_owned()
    };
    let checkout = "/checkout?step=contact";
    let nobody = header(checkout).await;
    assert!(!nobody.contains("Help"), "{nobody}");
    let by_phone = Seller {
        phone: "+49 40 1234".to_owned(),
        ..Seller::default()
    };
    save_seller(&shop, &admin, by_phone.clone()).await;
    let shown = header(checkout).await;
    assert!(shown.contains("href=\"tel:+49401234\""), "{shown}");
    assert!(shown.contains("Help: +49 40 1234"), "{shown}");
    let by_mail = Seller {
        email: "office@shop.test".to_owned(),
        ..by_phone
    };
    save_seller(&shop, &admin, by_mail).await;
    let shown = header("/de/checkout?step=contact").await;
    assert!(
        shown.contains("href=\"mailto:office@shop.test\""),
        "{shown}"
    );
    assert!(shown.contains("Hilfe: office@shop.test"), "{shown}");
    publish(&shop, &admin, of_kind("contact", "Write"))
        .await
        .unwrap();
    let shown = header(checkout).await;
    assert!(!shown.contains("mailto:") && shown.contains("href=\"/pages/write\""));
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
