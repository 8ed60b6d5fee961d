//! The account that the owner sets up.

use app::{error::ErrorKind, identity::Role};

use super::{form, set_up};
use crate::support::{ADMIN, STAFF, TestShop, on_both_databases};

on_both_databases!(
    what_cannot_be_right_is_refused_and_comes_back,
    of_two_who_save_at_once_the_second_is_told,
    the_page_is_for_admins,
);

const SAVE: &str = "/api/admin/bank/save";

async fn what_cannot_be_right_is_refused_and_comes_back(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let typed = [
        ("version", "1"),
        ("holder", ""),
        ("iban", "DE98 3704 0044 0532 0130 00"),
        ("bic", "COBA"),
        ("bank", ""),
        ("days", "31"),
    ];
    let refused = browser.call(SAVE, &typed).await.expect(422);
    assert_eq!(refused.fields(), ["days", "holder", "iban", "bic"]);
    let page = browser.submit(SAVE, &typed).await.refused().body;
    assert!(page.contains("DE98 3704"), "{page}");
    assert_eq!(page.matches("aria-invalid=\"true\"").count(), 4, "{page}");
    assert_eq!(shop.shop().bank.settings().await.unwrap().version, 1);
}

async fn of_two_who_save_at_once_the_second_is_told(shop: TestShop) {
    let admin = set_up(&shop).await;
    let desk = &shop.shop().bank;
    let late = desk.save(&admin, form(1)).await.unwrap_err();
    assert_eq!(late.kind, ErrorKind::Conflict);
    // The same again is no change.
    assert_eq!(desk.save(&admin, form(2)).await.unwrap().version, 2);
}

async fn the_page_is_for_admins(shop: TestShop) {
    shop.admin().await;
    shop.account(STAFF, Role::Staff).await;
    let site = shop.open().await;
    let page = "/admin/settings/bank";
    let (admin, staff) = (site.browser(), site.browser());
    admin.sign_in(ADMIN).await.expect(200);
    staff.sign_in(STAFF).await.expect(200);
    staff.page(page).await.expect(404);
    let shown = admin.page(page).await.expect(200).body;
    assert!(shown.contains("name=\"iban\""), "{shown}");
    let settings = admin.page("/admin/settings").await.expect(200).body;
    assert!(settings.contains(page), "{settings}");
}
