//! What the audit log keeps of the doors to the staff's accounts.

use std::time::Duration;

use app::{
    account::types::MAX_PASSWORD,
    error::ErrorKind,
    identity::{Account, Role},
};
use desk::admin::audit_log::log::{LogEntry, LogFilter};
use server::ids::new_id;

use super::accounts::{sign_in, who};
use crate::support::{ADMIN, Goods, PASSWORD, STAFF, TestShop, cash, on_both_databases};

on_both_databases!(
    the_staffs_comings_and_goings_are_in_the_log,
    guesses_do_not_fill_the_log,
    changes_of_the_staffs_accounts_are_in_the_log,
    shoppers_are_in_no_log,
    an_admin_signs_a_customer_out,
);

const KIM: &str = "kim@example.com";
const NEW_PASSWORD: &str = "another long one";

/// What happened to an account, newest first; making it is left out.
async fn entries(shop: &TestShop, account: &Account) -> Vec<LogEntry> {
    let filter = LogFilter {
        subject: Some(account.id.clone()),
        ..LogFilter::default()
    };
    let page = shop.shop().audit_log.entries(&filter).await.unwrap();
    let entries = page.rows.into_iter();
    entries
        .filter(|entry| entry.action != "staff.create")
        .collect()
}

async fn actions(shop: &TestShop, account: &Account) -> Vec<String> {
    let entries = entries(shop, account).await.into_iter();
    entries.map(|entry| entry.action).collect()
}

/// Waits until there are this many entries: some are written after the answer.
async fn written(shop: &TestShop, account: &Account, expected: usize) {
    let written = async {
        while entries(shop, account).await.len() < expected {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let written = tokio::time::timeout(Duration::from_secs(60), written).await;
    written.expect("the entries are written");
}

async fn the_staffs_comings_and_goings_are_in_the_log(shop: TestShop) {
    let staff = shop.account(STAFF, Role::Staff).await;
    let accounts = &shop.shop().accounts;
    let wrong = accounts.sign_in(&new_id(), STAFF, "not this one").await;
    assert_eq!(wrong.unwrap_err().kind, ErrorKind::SignInFailed);
    written(&shop, &staff, 1).await;
    shop.clock.advance(1);
    let session = sign_in(&shop, STAFF).await;
    shop.clock.advance(1);
    accounts.sign_out(&session).await.unwrap();
    let log = entries(&shop, &staff).await;
    let told: Vec<_> = log
        .iter()
        .map(|entry| (entry.action.as_str(), entry.actor.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("account.sign_out", STAFF),
            ("account.sign_in", STAFF),
            ("account.sign_in_refused", "unknown"),
        ]
    );
    let page = format!("/admin/customers/{}", staff.id);
    assert_eq!(log[0].subject.href, Some(page));
    // A session that is over ends once.
    accounts.sign_out(&session).await.unwrap();
    assert_eq!(entries(&shop, &staff).await.len(), 3);
}

async fn guesses_do_not_fill_the_log(shop: TestShop) {
    let staff = shop.account(STAFF, Role::Staff).await;
    let accounts = &shop.shop().accounts;
    // Too long to be hashed: what is counted is the try.
    let wrong = "x".repeat(MAX_PASSWORD + 1);
    for n in 0..40 {
        let guess = accounts.sign_in(&format!("bot {n}"), STAFF, &wrong).await;
        assert!(guess.is_err());
    }
    written(&shop, &staff, 20).await;
    // One who knows the password is noted all the same.
    shop.clock.advance(1);
    sign_in(&shop, STAFF).await;
    let log = actions(&shop, &staff).await;
    assert_eq!(log[0], "account.sign_in");
    assert!(log.len() <= 25, "{}", log.len());
}

async fn changes_of_the_staffs_accounts_are_in_the_log(shop: TestShop) {
    let staff = shop.account(STAFF, Role::Staff).await;
    let (accounts, post) = (&shop.shop().accounts, shop.post());
    let own = &shop.shop().own_account;
    let first = sign_in(&shop, STAFF).await;
    let second = sign_in(&shop, STAFF).await;
    let sessions = own.sessions(&staff, &second).await.unwrap();
    let other = sessions.iter().find(|session| !session.is_this).unwrap();
    own.end_session(&staff, &other.id, PASSWORD).await.unwrap();
    assert_eq!(who(&shop, &first).await, None);
    // Nothing is left to end.
    own.end_other_sessions(&staff, &second, PASSWORD)
        .await
        .unwrap();
    own.change_password(&staff, PASSWORD, NEW_PASSWORD)
        .await
        .unwrap();
    post.deliver().await;
    own.ask_email(&staff, NEW_PASSWORD, "staff@other.test")
        .await
        .unwrap();
    let token = post.the_mail().await.link("/account/verify/");
    accounts.verify(&staff, &token).await.unwrap();
    post.deliver().await;
    accounts
        .ask_reset(&new_id(), "staff@other.test")
        .await
        .unwrap();
    let token = post.the_mail().await.link("/account/reset/");
    let reset = accounts.reset(&new_id(), &token, PASSWORD).await;
    reset.unwrap();
    let mut told = actions(&shop, &staff).await;
    told.sort();
    assert_eq!(
        told,
        [
            "account.email_change_asked",
            "account.email_changed",
            "account.password_changed",
            "account.reset_used",
            "account.session_ended",
            "account.sign_in",
            "account.sign_in",
        ]
    );
}

async fn shoppers_are_in_no_log(shop: TestShop) {
    let kim = shop.account(KIM, Role::Customer).await;
    let accounts = &shop.shop().accounts;
    let wrong = accounts.sign_in(&new_id(), KIM, "not this one").await;
    assert!(wrong.is_err());
    let session = sign_in(&shop, KIM).await;
    let own = &shop.shop().own_account;
    own.change_password(&kim, PASSWORD, NEW_PASSWORD)
        .await
        .unwrap();
    accounts.sign_out(&session).await.unwrap();
    own.close(&kim, NEW_PASSWORD).await.unwrap();
    let all = shop.number("SELECT COUNT(*) AS n FROM audit_entries").await;
    assert_eq!(all, 0);
}

async fn an_admin_signs_a_customer_out(shop: TestShop) {
    let (admin, kim) = (shop.admin().await, shop.account(KIM, Role::Customer).await);
    let lou = shop.account("lou@example.com", Role::Customer).await;
    let theirs = [sign_in(&shop, KIM).await, sign_in(&shop, KIM).await];
    let others = shop.session_of(&lou).await;
    let own = sign_in(&shop, ADMIN).await;
    let customers = &shop.shop().customers;
    let seen = customers.customer(&kim.id, None).await.unwrap();
    assert_eq!(seen.sessions, 2);
    customers.sign_out(&admin, &kim.id).await.unwrap();
    for session in theirs {
        assert_eq!(who(&shop, &session).await, None);
    }
    assert_eq!(who(&shop, &others).await, Some(Role::Customer));
    let log = entries(&shop, &kim).await;
    assert_eq!(log.len(), 1);
    assert_eq!(
        (log[0].action.as_str(), log[0].actor.as_str()),
        ("customer.sign_out", ADMIN)
    );
    // Nothing is left to end, and nothing is noted.
    customers.sign_out(&admin, &kim.id).await.unwrap();
    assert_eq!(entries(&shop, &kim).await.len(), 1);
    let seen = customers.customer(&kim.id, None).await.unwrap();
    assert_eq!(seen.sessions, 0);

    let refused = customers.sign_out(&admin, &admin.id).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    assert_eq!(who(&shop, &own).await, Some(Role::Admin));
    let rope = shop.stock(Goods::named("Rope")).await;
    let guest = shop.bought(&[(rope.variant(), 1)], cash()).await.id;
    for id in [guest.as_str(), "x", &new_id()] {
        let refused = customers.sign_out(&admin, id).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::NotFound, "{id}");
    }
}
