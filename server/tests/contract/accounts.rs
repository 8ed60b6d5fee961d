//! Accounts, sessions and the first admin.

use app::{error::ErrorKind, identity::Role};
use futures_util::future::join_all;
use server::{
    account::{self, store},
    ids::new_secret,
};

use crate::support::{ADMIN, DAY, PASSWORD, STAFF, TestShop, on_both_databases, opened};

on_both_databases!(
    the_right_password_opens_a_session,
    wrong_passwords_are_refused_alike,
    wrong_passwords_are_limited_by_client_and_account,
    an_address_has_one_account,
    a_new_account_needs_an_address_and_a_long_password,
    a_setup_token_makes_one_admin,
    a_newer_setup_token_ends_the_older,
    secrets_are_stored_as_hashes_only,
);

pub async fn who(shop: &TestShop, session: &str) -> Option<Role> {
    let found = store::session(shop.db(), shop.now(), session).await;
    found.unwrap().map(|session| session.account.role)
}

pub async fn sign_in(shop: &TestShop, email: &str) -> String {
    let accounts = &shop.shop().accounts;
    let signed_in = accounts.sign_in("client", email, PASSWORD).await;
    opened(signed_in.unwrap()).0
}

async fn the_right_password_opens_a_session(shop: TestShop) {
    let admin = shop.admin().await;
    shop.account(STAFF, Role::Staff).await;
    let accounts = &shop.shop().accounts;
    let signed_in = accounts
        .sign_in("client", " Admin@Shop.Test ", PASSWORD)
        .await;
    let (one, account) = opened(signed_in.unwrap());
    assert_eq!(account, admin);
    let two = sign_in(&shop, ADMIN).await;
    assert_ne!(one, two);
    let staff = sign_in(&shop, STAFF).await;
    assert_eq!(who(&shop, &one).await, Some(Role::Admin));
    assert_eq!(who(&shop.second_node(), &two).await, Some(Role::Admin));
    assert_eq!(who(&shop, &staff).await, Some(Role::Staff));
    for nobody in ["", "x", &new_secret()] {
        assert_eq!(who(&shop, nobody).await, None);
    }
}

async fn wrong_passwords_are_refused_alike(shop: TestShop) {
    shop.admin().await;
    let accounts = &shop.shop().accounts;
    let mut refusals = Vec::new();
    for (email, password) in [
        (ADMIN, "not the password"),
        (ADMIN, ""),
        (ADMIN, &PASSWORD.to_uppercase()),
        (ADMIN, &format!("{PASSWORD} ")),
        (ADMIN, &"x".repeat(100_000)),
        ("nobody@shop.test", PASSWORD),
        ("", PASSWORD),
        ("' OR 1=1 --", PASSWORD),
        (&"x".repeat(100_000), PASSWORD),
    ] {
        refusals.push(
            accounts
                .sign_in("client", email, password)
                .await
                .unwrap_err(),
        );
    }
    assert_eq!(refusals[0].kind, ErrorKind::SignInFailed);
    refusals.dedup();
    assert_eq!(refusals.len(), 1, "{refusals:?}");
    let sessions = shop.number("SELECT COUNT(*) AS n FROM sessions").await;
    assert_eq!(sessions, 0);
}

async fn wrong_passwords_are_limited_by_client_and_account(shop: TestShop) {
    shop.admin().await;
    shop.account(STAFF, Role::Staff).await;
    // All begin, in this order, before any goes on: no try becomes free again while the ones
    // before it take their time.
    let tries: Vec<_> = [vec!["wrong"; 10], vec![PASSWORD]]
        .concat()
        .into_iter()
        .map(|password| {
            let accounts = shop.shop().accounts.clone();
            async move { accounts.sign_in("thief", ADMIN, password).await }
        })
        .collect();
    let refused = join_all(tries).await.into_iter();
    let mut kinds: Vec<_> = refused.map(|tried| tried.unwrap_err().kind).collect();
    assert_eq!(
        kinds.pop(),
        Some(ErrorKind::TooManyRequests),
        "right or not"
    );
    assert_eq!(kinds, [ErrorKind::SignInFailed; 10]);
    let accounts = &shop.shop().accounts;
    let owner = accounts.sign_in("owner", ADMIN, PASSWORD).await;
    owner.expect("nobody locks the owner out");
    let other = accounts.sign_in("thief", STAFF, PASSWORD).await;
    other.expect("another account");
}

async fn an_address_has_one_account(shop: TestShop) {
    shop.admin().await;
    let again = account::create(
        shop.db(),
        &*shop.clock,
        "Holdfast",
        "ADMIN@shop.test",
        PASSWORD,
        Role::Staff,
    )
    .await;
    assert_eq!(again.unwrap_err().fields[0].field, "email");
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM accounts").await, 1);
}

async fn a_new_account_needs_an_address_and_a_long_password(shop: TestShop) {
    for (email, password, wrong) in [
        ("nobody", PASSWORD, &["email"][..]),
        (ADMIN, "nine char", &["password"]),
        (ADMIN, &"x".repeat(257), &["password"]),
        ("", "", &["email", "password"]),
    ] {
        let (clock, role) = (&*shop.clock, Role::Admin);
        let refused = account::create(shop.db(), clock, "Holdfast", email, password, role).await;
        let refused = refused.unwrap_err();
        let fields: Vec<_> = refused
            .fields
            .iter()
            .map(|field| field.field.as_str())
            .collect();
        assert_eq!(fields, wrong, "{email} {password:.20}");
    }
    let ten = "Tq7 vex!om";
    let (clock, role) = (&*shop.clock, Role::Admin);
    account::create(shop.db(), clock, "Holdfast", ADMIN, ten, role)
        .await
        .unwrap();
    shop.shop()
        .accounts
        .sign_in("client", ADMIN, ten)
        .await
        .unwrap();
}

async fn a_setup_token_makes_one_admin(shop: TestShop) {
    let token = store::new_setup_token(shop.db(), shop.now()).await.unwrap();
    let accounts = &shop.shop().accounts;
    assert!(!store::has_admin(shop.db()).await.unwrap());
    assert!(accounts.setup_is_open(&token).await.unwrap());
    for wrong in ["", "x", &new_secret()] {
        assert!(!accounts.setup_is_open(wrong).await.unwrap());
        let refused = accounts.set_up(wrong, ADMIN, PASSWORD).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::NotFound);
    }
    let refused = accounts.set_up(&token, ADMIN, "short").await.unwrap_err();
    assert_eq!(refused.fields[0].field, "password");
    assert!(
        accounts.setup_is_open(&token).await.unwrap(),
        "a refusal does not use it up"
    );

    let both = [
        ("one@shop.test", shop.clone()),
        ("two@shop.test", shop.second_node()),
    ];
    let setting_up = both.map(|(email, node)| {
        let token = token.clone();
        tokio::spawn(async move { node.shop().accounts.set_up(&token, email, PASSWORD).await })
    });
    let mut made = Vec::new();
    for outcome in setting_up {
        match outcome.await.unwrap() {
            Ok((session, account)) => made.push((session, account)),
            Err(refused) => assert_eq!(refused.kind, ErrorKind::NotFound),
        }
    }
    let [(session, account)] = made.as_slice() else {
        panic!("{made:?}")
    };
    assert_eq!(account.role, Role::Admin);
    assert_eq!(who(&shop, session).await, Some(Role::Admin));
    assert!(store::has_admin(shop.db()).await.unwrap());
    assert!(!accounts.setup_is_open(&token).await.unwrap());
}

async fn a_newer_setup_token_ends_the_older(shop: TestShop) {
    let old = store::new_setup_token(shop.db(), shop.now()).await.unwrap();
    let new = store::new_setup_token(shop.db(), shop.now()).await.unwrap();
    let accounts = &shop.shop().accounts;
    assert!(!accounts.setup_is_open(&old).await.unwrap());
    assert!(accounts.setup_is_open(&new).await.unwrap());
    shop.clock.advance(DAY);
    assert!(!accounts.setup_is_open(&new).await.unwrap());
    let refused = accounts.set_up(&new, ADMIN, PASSWORD).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::NotFound);
}

async fn secrets_are_stored_as_hashes_only(shop: TestShop) {
    shop.admin().await;
    let session = sign_in(&shop, ADMIN).await;
    let token = store::new_setup_token(shop.db(), shop.now()).await.unwrap();
    for (table, column, secret) in [
        ("sessions", "token_hash", session.as_str()),
        ("setup_tokens", "token_hash", &token),
        ("accounts", "password_hash", PASSWORD),
    ] {
        let sql = format!("SELECT COUNT(*) AS n FROM {table} WHERE {column} LIKE '%{secret}%'");
        assert_eq!(shop.number(&sql).await, 0, "{table}");
    }
    let argon = shop
        .number("SELECT COUNT(*) AS n FROM accounts WHERE password_hash LIKE '$argon2id$%'")
        .await;
    assert_eq!(argon, 1);
}
