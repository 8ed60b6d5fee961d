//! Accounts, links and invitations from before an address had one spelling.

use app::account::types::Role;
use server::account::{second_factor::reset_by_command, store};

use super::{id, write};
use crate::support::{ADMIN, PASSWORD, START, TestShop, opened};

on_both_old_databases!(12:
    two_accounts_of_one_mailbox_are_each_reached_by_their_own_spelling,
    an_account_that_kept_its_spelling_is_erased_by_its_address,
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
