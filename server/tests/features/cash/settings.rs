//! What the owner sets of cash on delivery.

use app::{error::ErrorKind, identity::Role};
use desk::admin::cash::ports::{CashForm, ConfirmationRule};

use super::rope;
use crate::support::{ADMIN, STAFF, TestShop, cash, on_both_databases};

on_both_databases!(
    what_is_saved_counts_for_the_next_order,
    what_cannot_be_right_is_refused_and_comes_back,
    of_two_who_save_at_once_the_second_is_told,
    the_page_is_for_admins,
);

const SAVE: &str = "/api/admin/cash/save";

fn form(version: i64) -> CashForm {
    CashForm {
        version: version.to_string(),
        confirmation: "asked".to_owned(),
        minutes: "45".to_owned(),
        most_open: "5".to_owned(),
    }
}

async fn what_is_saved_counts_for_the_next_order(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let desk = &shop.shop().cash;
    let before = desk.settings().await.unwrap();
    assert_eq!(before.confirmation, ConfirmationRule::Off);
    desk.save(&admin, form(before.version)).await.unwrap();
    let after = desk.settings().await.unwrap();
    assert_eq!(after.confirmation, ConfirmationRule::Asked);
    assert_eq!((after.minutes, after.most_open), (45, Some(5)));
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    assert_eq!(order.confirm_by, Some(shop.now() + 45 * 60 * 1000));
    // Nothing typed is no limit.
    let open = CashForm {
        most_open: String::new(),
        ..form(after.version)
    };
    desk.save(&admin, open).await.unwrap();
    let last = desk.settings().await.unwrap();
    assert_eq!(last.most_open, None);
    let noted = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'cash.save'";
    assert_eq!(shop.number(noted).await, 2);
}

async fn what_cannot_be_right_is_refused_and_comes_back(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let typed = [
        ("version", "1"),
        ("confirmation", "perhaps"),
        ("minutes", "9"),
        ("most_open", "0"),
    ];
    let refused = browser.call(SAVE, &typed).await.expect(422);
    assert_eq!(refused.fields(), ["confirmation", "minutes", "most_open"]);
    let page = browser.submit(SAVE, &typed).await.refused().body;
    assert!(page.contains("value=\"9\""), "{page}");
    assert_eq!(page.matches("aria-invalid=\"true\"").count(), 3, "{page}");
    let kept = shop.shop().cash.settings().await.unwrap();
    assert_eq!((kept.version, kept.minutes), (1, 30));
}

async fn of_two_who_save_at_once_the_second_is_told(shop: TestShop) {
    let admin = shop.admin().await;
    let desk = &shop.shop().cash;
    let saved = desk.save(&admin, form(1)).await.unwrap();
    assert_eq!(saved.version, 2);
    let late = desk.save(&admin, form(1)).await.unwrap_err();
    assert_eq!(late.kind, ErrorKind::Conflict);
    // The same again is no change.
    assert_eq!(desk.save(&admin, form(2)).await.unwrap().version, 2);
}

async fn the_page_is_for_admins(shop: TestShop) {
    shop.admin().await;
    shop.account(STAFF, Role::Staff).await;
    let site = shop.open().await;
    let page = "/admin/settings/cash";
    let (admin, staff) = (site.browser(), site.browser());
    admin.sign_in(ADMIN).await.expect(200);
    staff.sign_in(STAFF).await.expect(200);
    staff.page(page).await.expect(404);
    let shown = admin.page(page).await.expect(200).body;
    assert!(shown.contains("name=\"minutes\""), "{shown}");
    let settings = admin.page("/admin/settings").await.expect(200).body;
    assert!(settings.contains(page), "{settings}");
}
