//! The seller's data: kept as typed, and said where it belongs.

use app::{error::ErrorKind, seller::Seller};

use super::{invoice, save_seller, seller};
use crate::support::{ADMIN, Goods, TestShop, cash, on_both_databases};

on_both_databases!(
    mails_and_invoices_end_with_who_sells,
    templates_are_filled_with_what_is_known,
    what_cannot_be_right_is_refused_and_comes_back,
    of_two_who_save_at_once_the_second_is_told,
    markup_stays_text,
);

async fn mails_and_invoices_end_with_who_sells(shop: TestShop) {
    let admin = shop.admin().await;
    save_seller(&shop, &admin, seller("DE")).await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    placed.unwrap();
    let [text, html] = shop.post().the_mail().await.parts();
    for known in ["Quay 1, 20457 Hamburg, Germany", "VAT ID: DE000000000"] {
        assert!(text.contains(known), "{text}");
        assert!(html.contains(known), "{html}");
    }
    assert!(text.contains("Ropery & Co"));
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let sheet = browser.page(&invoice(&shop).await).await;
    let sheet = sheet.expect(200).body;
    assert!(sheet.contains("Quay 1, 20457 Hamburg"), "{sheet}");
}

async fn templates_are_filled_with_what_is_known(shop: TestShop) {
    let admin = shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let new = "/admin/pages/new?template=imprint-de";
    let page = browser.page(new).await.expect(200);
    assert!(page.body.contains("[[Straße und Hausnummer]]"));
    save_seller(&shop, &admin, seller("DE")).await;
    let page = browser.page(new).await.expect(200);
    assert!(!page.body.contains("[[Straße und Hausnummer]]"));
    assert!(page.body.contains("20457 Hamburg, Deutschland"));
    // What is not known is still asked for.
    assert!(page.body.contains("[[Telefonnummer]]"));
}

async fn what_cannot_be_right_is_refused_and_comes_back(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let long = "x".repeat(200);
    let form = [
        ("version", "0"),
        ("name", long.as_str()),
        ("street", "Quay 1"),
        ("country", "ZZ"),
        ("email", "nobody"),
    ];
    let refused = browser.call("/api/admin/seller/save", &form).await;
    let refused = refused.expect(422);
    assert_eq!(refused.fields(), ["name", "country", "email"]);
    let page = browser.submit("/api/admin/seller/save", &form).await;
    let page = page.refused().body;
    assert!(page.contains("value=\"Quay 1\""));
    assert_eq!(page.matches("aria-invalid=\"true\"").count(), 3);
    let kept = shop.shop().seller.seller().await.unwrap();
    assert_eq!((kept.seller, kept.version), (Seller::default(), 0));
}

async fn of_two_who_save_at_once_the_second_is_told(shop: TestShop) {
    let admin = shop.admin().await;
    let desk = &shop.shop().seller;
    let saved = desk.save(&admin, "0", seller("DE")).await.unwrap();
    assert_eq!(saved.version, 1);
    let late = desk.save(&admin, "0", seller("AT")).await.unwrap_err();
    assert_eq!(late.kind, ErrorKind::Conflict);
    // The same again is no change.
    let same = desk.save(&admin, "1", seller("DE")).await.unwrap();
    assert_eq!(same.version, 1);
    let noted = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'seller.save'";
    assert_eq!(shop.number(noted).await, 1);
}

async fn markup_stays_text(shop: TestShop) {
    let admin = shop.admin().await;
    let evil = "<script>alert(1)</script>".to_owned();
    let seller = Seller {
        name: evil.clone(),
        street: evil.clone(),
        register: evil,
        ..seller("DE")
    };
    save_seller(&shop, &admin, seller).await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    placed.unwrap();
    let [_, html] = shop.post().the_mail().await.parts();
    assert!(!html.contains("<script>alert"), "{html}");
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let invoice = invoice(&shop).await;
    for path in [
        "/admin/seller",
        "/admin/pages/new?template=imprint-en",
        &invoice,
    ] {
        let page = browser.page(path).await.expect(200).body;
        assert!(!page.contains("<script>alert"), "{path}");
    }
}
