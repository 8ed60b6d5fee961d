//! What is to be done, and opening when it is done.

use app::{error::ErrorKind, shop::Opening};
use desk::admin::opening::ports::{Item, LegalPage, Paying, TestMail};
use server::{
    db::{Dialect, Get, Sql},
    outbox::LAST_TEST,
};

use super::{checklist, confirm, do_it, prepare, publish, save_seller, seller};
use crate::support::{ADMIN, TestShop, on_both_databases};

on_both_databases!(
    each_item_is_done_by_doing_it_and_the_last_one_opens_the_shop,
    a_seller_outside_the_union_opens_with_no_more_than_the_country,
    legal_pages_count_once_shoppers_see_them,
    emails_count_as_arriving_only_after_a_test_was_sent,
    one_test_is_on_its_way_at_a_time,
    payment_is_done_by_what_brings_money,
    only_what_a_person_can_tell_is_confirmed,
    an_open_shop_stays_open_and_is_warned,
    what_others_have_changed_since_is_not_confirmed,
    the_last_test_is_found_without_reading_all_mails,
);

async fn each_item_is_done_by_doing_it_and_the_last_one_opens_the_shop(shop: TestShop) {
    prepare(&shop).await;
    let admin = shop.admin().await;
    let mut done = Vec::new();
    for item in Item::ALL {
        assert_eq!(checklist(&shop).await.done, done, "before {item:?}");
        let refused = shop.shop().opening.open(&admin).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Conflict, "before {item:?}");
        do_it(&shop, &admin, item).await;
        done.push(item);
    }
    assert!(checklist(&shop).await.is_complete());
    // Nothing opens by itself.
    assert_eq!(checklist(&shop).await.opening, Opening::Preparing);
    let other = shop.second_node();
    shop.shop().opening.open(&admin).await.unwrap();
    for node in [&shop, &other] {
        let settings = node.services.settings.now().await.unwrap();
        assert_eq!(settings.opening, Opening::Open);
    }
    let again = shop.shop().opening.open(&admin).await.unwrap_err();
    assert_eq!(again.kind, ErrorKind::Conflict);
    let noted = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'opening.change'";
    assert_eq!(shop.number(noted).await, 1);
}

async fn a_seller_outside_the_union_opens_with_no_more_than_the_country(shop: TestShop) {
    prepare(&shop).await;
    let admin = shop.admin().await;
    save_seller(&shop, &admin, seller("DE")).await;
    assert!(!checklist(&shop).await.may_open());
    save_seller(&shop, &admin, seller("CH")).await;
    shop.shop().opening.open(&admin).await.unwrap();
    assert_eq!(checklist(&shop).await.opening, Opening::Open);
}

async fn legal_pages_count_once_shoppers_see_them(shop: TestShop) {
    prepare(&shop).await;
    let admin = shop.admin().await;
    publish(&shop, &admin, LegalPage::Imprint).await;
    let left = [LegalPage::Privacy, LegalPage::Terms, LegalPage::Withdrawal];
    assert_eq!(checklist(&shop).await.missing_pages, left);
    // One that is still to be seen, and a draft.
    for page in [LegalPage::Privacy, LegalPage::Terms, LegalPage::Withdrawal] {
        publish(&shop, &admin, page).await;
    }
    assert!(checklist(&shop).await.missing_pages.is_empty());
    let later = shop.now() + 1000;
    shop.execute(&format!(
        "UPDATE pages SET publish_at = {later} WHERE kind = 'privacy'"
    ))
    .await;
    shop.execute("UPDATE pages SET state = 'draft', publish_at = NULL WHERE kind = 'terms'")
        .await;
    // Examples of a demonstration are nobody's.
    shop.execute("UPDATE pages SET is_demo = 1 WHERE kind = 'withdrawal'")
        .await;
    assert_eq!(checklist(&shop).await.missing_pages, left);
    // So are those that an earlier version took for the owner's, as someone had changed a word.
    shop.execute(
        "UPDATE pages SET is_demo = 0, body = 'E-mail: *E-mail address*' WHERE kind = 'withdrawal'",
    )
    .await;
    assert_eq!(checklist(&shop).await.missing_pages, left);
    shop.clock.advance(1000);
    let left = [LegalPage::Terms, LegalPage::Withdrawal];
    assert_eq!(checklist(&shop).await.missing_pages, left);
}

async fn emails_count_as_arriving_only_after_a_test_was_sent(shop: TestShop) {
    let admin = shop.admin().await;
    let opening = &shop.shop().opening;
    assert_eq!(checklist(&shop).await.test_mail, TestMail::Unsent);
    let refused = confirm(&shop, &admin, "mail").await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    opening.send_test_mail(&admin).await.unwrap();
    assert_eq!(checklist(&shop).await.test_mail, TestMail::Waiting);
    confirm(&shop, &admin, "mail").await.unwrap_err();
    let mail = shop.post().the_mail().await;
    assert_eq!(mail.header("To"), admin.email);
    assert!(mail.body().contains("http://shop.test/admin#opening"));
    assert_eq!(checklist(&shop).await.test_mail, TestMail::Sent);
    assert!(!checklist(&shop).await.is_done(Item::Mail));
    confirm(&shop, &admin, "mail").await.unwrap();
    assert!(checklist(&shop).await.is_done(Item::Mail));
}

async fn one_test_is_on_its_way_at_a_time(shop: TestShop) {
    let admin = shop.admin().await;
    let opening = &shop.shop().opening;
    opening.send_test_mail(&admin).await.unwrap();
    let refused = opening.send_test_mail(&admin).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    let mails = "SELECT COUNT(*) AS n FROM mails";
    assert_eq!(shop.number(mails).await, 1);
    // One that failed is told of, and another may be sent.
    shop.execute("UPDATE mails SET error = 'no answer', tries = 1")
        .await;
    assert_eq!(checklist(&shop).await.test_mail, TestMail::Failed);
    opening.send_test_mail(&admin).await.unwrap();
    assert_eq!(shop.number(mails).await, 2);
}

async fn payment_is_done_by_what_brings_money(shop: TestShop) {
    let list = checklist(&shop).await;
    assert_eq!(list.paying, Paying::TestCard);
    assert!(!list.is_done(Item::Payment));
    // Where test cards do not buy, there is nothing to turn off.
    let real = shop.for_real();
    let list = checklist(&real).await;
    assert_eq!(list.paying, Paying::Cash);
    assert!(list.is_done(Item::Payment));
    real.execute("UPDATE payment_methods SET is_on = 0 WHERE method = 'cash_on_delivery'")
        .await;
    let list = checklist(&real).await;
    assert_eq!(list.paying, Paying::Nothing);
    assert!(!list.is_done(Item::Payment));
}

async fn only_what_a_person_can_tell_is_confirmed(shop: TestShop) {
    let admin = shop.admin().await;
    for item in ["seller", "pages", "payment", "product", "", "shop"] {
        let confirmed = confirm(&shop, &admin, item).await;
        assert_eq!(confirmed.unwrap_err().kind, ErrorKind::Invalid, "{item}");
    }
    let checks = "SELECT COUNT(*) AS n FROM opening_checks";
    assert_eq!(shop.number(checks).await, 0);
}

async fn an_open_shop_stays_open_and_is_warned(shop: TestShop) {
    shop.admin().await;
    let list = checklist(&shop).await;
    assert_eq!((list.opening, list.is_complete()), (Opening::Open, false));
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let page = browser.page("/admin").await.expect(200);
    assert!(page.body.contains("Still missing"));
    assert!(page.body.contains("href=\"/admin/seller\""));
    assert!(!page.body.contains("/api/admin/opening/open"));
}

async fn what_others_have_changed_since_is_not_confirmed(shop: TestShop) {
    prepare(&shop).await;
    let admin = shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let seen = checklist(&shop).await.settings_version;
    let page = browser.page("/admin").await.expect(200);
    let field = format!("name=\"version\" value=\"{seen}\"");
    assert!(page.body.contains(&field), "the form says what it shows");
    // As saving the settings does.
    shop.execute("UPDATE shop_settings SET tax_basis_points = 700, version = version + 1")
        .await;
    let seen = seen.to_string();
    for item in ["tax", "delivery"] {
        for version in [seen.as_str(), "", "x", "99"] {
            let confirmed = shop.shop().opening.confirm(&admin, item, version).await;
            let refused = confirmed.unwrap_err();
            assert_eq!(refused.kind, ErrorKind::Conflict, "{item} {version}");
        }
        let form = [("item", item), ("version", seen.as_str())];
        let answer = browser.call("/api/admin/opening/confirm", &form).await;
        assert_eq!(answer.expect(409).kind(), "conflict");
    }
    let written = "SELECT COUNT(*) AS n FROM opening_checks";
    assert_eq!(shop.number(written).await, 0);
    let noted = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'opening.confirm'";
    assert_eq!(shop.number(noted).await, 0);
    confirm(&shop, &admin, "tax").await.unwrap();
    assert!(checklist(&shop).await.is_done(Item::Tax));
    assert_eq!(shop.number(noted).await, 1);
}

async fn the_last_test_is_found_without_reading_all_mails(shop: TestShop) {
    let mut tx = shop.db().begin().await.unwrap();
    let (explain, column) = match shop.db().dialect() {
        Dialect::Sqlite => ("EXPLAIN QUERY PLAN", "detail"),
        Dialect::Postgres => {
            // An empty table is read whole otherwise.
            let plan_as_if_full = Sql::new("SET LOCAL enable_seqscan = off");
            plan_as_if_full.execute(&mut *tx).await.unwrap();
            ("EXPLAIN", "QUERY PLAN")
        }
    };
    let mut sql = Sql::new(explain);
    sql.push(" ").push(LAST_TEST);
    let rows = sql.fetch_all(&mut *tx).await.unwrap();
    let lines = rows.iter().map(|row| row.text(column).unwrap());
    let plan = lines.collect::<Vec<_>>().join("\n");
    assert!(plan.contains("mails_test"), "{plan}");
    assert!(
        !plan.contains("Sort") && !plan.contains("TEMP B-TREE"),
        "{plan}"
    );
}
