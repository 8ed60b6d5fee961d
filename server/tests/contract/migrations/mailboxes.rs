//! Accounts, links and invitations from before an address had one spelling.

use app::identity::Role;
use server::{
    account::{second_factor::reset_by_command, store},
    ids::{hash_secret, new_secret},
};

use super::{id, write};
use crate::support::{ADMIN, HOUR, PASSWORD, START, TestShop, opened};

on_both_old_databases!(12:
    two_accounts_of_one_mailbox_are_each_reached_by_their_own_spelling,
    an_account_that_kept_its_spelling_is_erased_by_its_address,
    what_was_mailed_before_makes_accounts_in_the_one_spelling,
    of_two_invitations_of_one_mailbox_the_newer_one_is_good,
);

const OLD: &str = "kim@xn--exmple-cua.de";
const NEW: &str = "kim@exämple.de";

fn account(n: usize, email: &str, role: Role) -> String {
    format!(
        "INSERT INTO accounts (id, email, password_hash, role, created_at) \
         VALUES ('{}', '{email}', 'x', '{}', {START})",
        id(n),
        role.as_str()
    )
}

/// Brings the shop up to date with these rows in it.
async fn upgraded(shop: &TestShop, old: &[String]) {
    write(shop.db(), old).await;
    let migrated = shop.db().migrate().await;
    migrated.expect("the database is brought up to date");
}

async fn two_of_one_mailbox(shop: &TestShop) {
    let accounts = [
        account(2, OLD, Role::Customer),
        account(3, NEW, Role::Customer),
    ];
    upgraded(shop, &accounts).await;
    // Both with the password that all accounts of tests have.
    let admin = shop.admin().await;
    shop.execute(&format!(
        "UPDATE accounts SET password_hash = (SELECT a.password_hash FROM accounts a \
         WHERE a.id = '{}')",
        admin.id
    ))
    .await;
}

async fn two_accounts_of_one_mailbox_are_each_reached_by_their_own_spelling(shop: TestShop) {
    two_of_one_mailbox(&shop).await;
    let (accounts, post) = (&shop.shop().accounts, shop.post());
    for (client, typed, n) in [
        ("a", " Kim@XN--exmple-cua.de ", 2),
        ("b", NEW, 3),
        ("c", "KIM@EXÄMPLE.DE", 3),
        ("d", "kim@exa\u{308}mple.de", 3),
    ] {
        let signed_in = accounts.sign_in(client, typed, PASSWORD).await;
        assert_eq!(opened(signed_in.unwrap()).1.id, id(n), "{typed}");
    }

    let words = "seven lanterns in the harbour";
    accounts.ask_reset("a", OLD).await.unwrap();
    let link = post.the_mail().await.link("/account/reset/");
    accounts.reset("a", &link, words).await.unwrap();
    post.deliver().await;
    accounts.sign_in("b", OLD, PASSWORD).await.unwrap_err();
    let signed_in = accounts.sign_in("c", NEW, PASSWORD).await;
    assert_eq!(opened(signed_in.unwrap()).1.id, id(3), "it is as it was");

    let admin = store::by_email(shop.db(), ADMIN).await;
    let (admin, _) = admin.unwrap().unwrap();
    let staff = &shop.shop().staff;
    staff.invite(&admin, OLD, Role::Staff).await.unwrap();
    let link = post.the_mail().await.link("/admin/invitation/");
    assert!(staff.offer(&link).await.unwrap().has_account);
    let joined = opened(staff.accept(&link, "", words).await.unwrap()).1;
    assert_eq!((joined.id, joined.role), (id(2), Role::Staff));

    let other = store::by_id(shop.db(), &id(3)).await.unwrap().unwrap();
    let session = shop.session_of(&other).await;
    shop.switch_on(&other, &session).await;
    let reset = async |email| reset_by_command(shop.db(), &*shop.clock, email).await;
    reset(OLD).await.expect_err("it has no second factor");
    assert_eq!(reset(NEW).await.unwrap().id, id(3));
}

async fn an_account_that_kept_its_spelling_is_erased_by_its_address(shop: TestShop) {
    two_of_one_mailbox(&shop).await;
    let admin = store::by_email(shop.db(), ADMIN).await;
    let (admin, _) = admin.unwrap().unwrap();
    let customers = &shop.shop().customers;
    customers.erase(&admin, &id(2), NEW).await.unwrap();
    let left = store::by_email(shop.db(), OLD).await.unwrap();
    assert_eq!(
        left.unwrap().0.id,
        id(3),
        "by any spelling, as there is one"
    );
}

fn link(token: &str, purpose: &str, email: &str, account: Option<usize>) -> String {
    let account = account.map_or("NULL".to_owned(), |n| format!("'{}'", id(n)));
    format!(
        "INSERT INTO mail_links (token_hash, mail_id, purpose, email, account_id, expires_at) \
         VALUES ('{hash}', '{hash}', '{purpose}', '{email}', {account}, {START} + {HOUR})",
        hash = hash_secret(token)
    )
}

/// By the account 1, so many milliseconds after the start.
fn invitation(token: &str, email: &str, after: i64) -> String {
    format!(
        "INSERT INTO staff_invitations (id, email, role, invited_by, token_hash, created_at, \
         expires_at) VALUES ('{}', '{email}', 'staff', '{}', '{}', {START} + {after}, \
         {START} + {HOUR})",
        id(usize::try_from(after).unwrap()),
        id(1),
        hash_secret(token)
    )
}

async fn what_was_mailed_before_makes_accounts_in_the_one_spelling(shop: TestShop) {
    let tokens: Vec<String> = (0..5).map(|_| new_secret()).collect();
    let [sign_up, late, verify, invited, erased] = tokens.as_slice() else {
        unreachable!("there are five")
    };
    let old = [
        account(1, ADMIN, Role::Admin),
        account(2, "kim@example.com", Role::Customer),
        account(3, "ann@xn--exmple-cua.de", Role::Customer),
        link(sign_up, "sign_up", "lou@xn--exmple-cua.de", None),
        link(verify, "verify", OLD, Some(2)),
        link(erased, "sign_up", "ann@xn--exmple-cua.de", None),
        invitation(invited, "max@xn--exmple-cua.de", 1),
    ];
    upgraded(&shop, &old).await;
    // By a node of the version before that is still running.
    let of_old_node = link(late, "sign_up", "eve@xn--exmple-cua.de", None);
    write(shop.db(), &[of_old_node]).await;

    let ports = shop.shop();
    for (token, email) in [(sign_up, "lou@exämple.de"), (late, "eve@exämple.de")] {
        let made = ports.accounts.sign_up(token, "Lou", PASSWORD).await;
        assert_eq!(made.unwrap().1.email, email);
    }
    let kim = store::by_id(shop.db(), &id(2)).await.unwrap().unwrap();
    ports.accounts.verify(&kim, verify).await.unwrap();
    let kim = store::by_id(shop.db(), &id(2)).await.unwrap().unwrap();
    assert_eq!(kim.email, NEW);
    let joined = ports.staff.accept(invited, "Max", PASSWORD).await;
    assert_eq!(opened(joined.unwrap()).1.email, "max@exämple.de");

    let admin = store::by_id(shop.db(), &id(1)).await.unwrap().unwrap();
    let customers = &ports.customers;
    customers
        .erase(&admin, &id(3), "ann@exämple.de")
        .await
        .unwrap();
    for table in ["mail_links", "staff_invitations"] {
        let left = format!("SELECT COUNT(*) AS n FROM {table}");
        assert_eq!(shop.number(&left).await, 0, "{table}");
    }
}

async fn of_two_invitations_of_one_mailbox_the_newer_one_is_good(shop: TestShop) {
    let (first, second) = (new_secret(), new_secret());
    let old = [
        account(1, ADMIN, Role::Admin),
        invitation(&first, NEW, 1),
        invitation(&second, OLD, 2),
    ];
    upgraded(&shop, &old).await;
    let staff = &shop.shop().staff;
    staff.offer(&first).await.unwrap_err();
    assert_eq!(staff.offer(&second).await.unwrap().email, NEW);
}
