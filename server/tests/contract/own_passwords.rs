//! Passwords of accounts: changed, reset by a mailed link, and guessed.

use std::time::Duration;

use app::{
    account::types::{MAX_PASSWORD, MailedLink},
    error::ErrorKind,
    identity::{Account, Role},
    visitor::Visitor,
};
use server::{account::store, db::Sql, ids::new_secret};

use super::{
    accounts::{sign_in, who},
    own_accounts::{KIM, LOU, NEW_PASSWORD, ask_reset, customer, is_not_found},
};
use crate::support::{HOUR, PASSWORD, TestShop, on_both_databases, opened};

on_both_databases!(
    a_sign_in_that_began_before_a_reset_does_not_outlast_it,
    a_session_opens_only_while_the_password_that_was_checked_stands,
    a_password_is_changed_only_while_the_one_that_was_checked_stands,
    who_guesses_from_everywhere_does_not_lock_the_owner_out,
    a_reset_link_works_once_and_ends_all_sessions,
    a_reset_link_is_good_for_an_hour_and_not_after_another_was_used,
    of_two_who_use_one_link_one_gets_through,
    a_changed_password_ends_what_began_with_the_old_one,
);

/// The old password is looked at before the reset and answered after it.
async fn a_sign_in_that_began_before_a_reset_does_not_outlast_it(shop: TestShop) {
    let kim = customer(&shop, KIM).await;
    let post = shop.post();
    let token = ask_reset(&shop, &post, KIM).await;
    let accounts = &shop.shop().accounts;
    let thieves = || {
        (0..4).map(|n| {
            let accounts = accounts.clone();
            tokio::spawn(
                async move { accounts.sign_in(&format!("thief {n}"), KIM, PASSWORD).await },
            )
        })
    };
    let mut tries: Vec<_> = thieves().collect();
    let reset = {
        let accounts = accounts.clone();
        tokio::spawn(async move { accounts.reset("client", &token, NEW_PASSWORD).await })
    };
    tries.extend(thieves());
    reset.await.unwrap().unwrap();
    for tried in tries {
        if let Ok(signed_in) = tried.await.unwrap() {
            let (session, _) = opened(signed_in);
            assert_eq!(who(&shop, &session).await, None);
        }
    }
    let left = own_sessions(&shop, &kim).await;
    assert_eq!(left, 0, "nobody is signed in with the old password");
}

async fn own_sessions(shop: &TestShop, account: &Account) -> usize {
    let sessions = shop.shop().own_account.sessions(account, "").await;
    sessions.unwrap().len()
}

async fn a_session_opens_only_while_the_password_that_was_checked_stands(shop: TestShop) {
    let kim = customer(&shop, KIM).await;
    let (_, hash) = store::by_email(shop.db(), KIM).await.unwrap().unwrap();
    // A reset that is under way, and not committed.
    let mut reset = shop.db().begin().await.unwrap();
    for change in [
        "UPDATE accounts SET password_hash = 'another' WHERE id = ",
        "DELETE FROM sessions WHERE account_id = ",
    ] {
        let mut sql = Sql::new(change);
        sql.text(&kim.id);
        sql.execute(&mut *reset).await.unwrap();
    }
    let node = shop.second_node();
    let (id, old) = (kim.id.clone(), hash.clone());
    let mut opening =
        tokio::spawn(async move { store::open_session(node.db(), node.now(), &id, &old).await });
    let early = tokio::time::timeout(Duration::from_millis(100), &mut opening).await;
    assert!(early.is_err(), "it waits for what becomes of the reset");
    reset.commit().await.unwrap();
    assert_eq!(opening.await.unwrap().unwrap(), None);
    assert_eq!(own_sessions(&shop, &kim).await, 0);
    let open = |hash: &'static str| store::open_session(shop.db(), shop.now(), &kim.id, hash);
    assert!(open("another").await.unwrap().is_some());
}

/// A thief of a session who knows the old password is not to undo the owner's reset.
async fn a_password_is_changed_only_while_the_one_that_was_checked_stands(shop: TestShop) {
    let kim = customer(&shop, KIM).await;
    let post = shop.post();
    let token = ask_reset(&shop, &post, KIM).await;
    let node = shop.second_node();
    let thief = |n: usize| {
        let (own, kim) = (node.shop().own_account.clone(), kim.clone());
        let new = format!("a thief's own {n}");
        tokio::spawn(async move { own.change_password(&kim, PASSWORD, &new).await })
    };
    let mut tries: Vec<_> = (0..2).map(thief).collect();
    let accounts = shop.shop().accounts.clone();
    let reset = tokio::spawn(async move { accounts.reset("client", &token, NEW_PASSWORD).await });
    tries.extend((2..6).map(thief));
    let reset = reset.await.unwrap();
    for tried in tries {
        tried.await.unwrap().ok();
    }
    // Whichever came first, the other was refused.
    let accounts = &shop.shop().accounts;
    let own = accounts.sign_in("home", KIM, NEW_PASSWORD).await;
    assert_eq!(own.is_ok(), reset.is_ok());
}

async fn who_guesses_from_everywhere_does_not_lock_the_owner_out(shop: TestShop) {
    let kim = customer(&shop, KIM).await;
    let (accounts, post) = (&shop.shop().accounts, shop.post());
    let at_home = Visitor {
        client: "home".to_owned(),
        ..Visitor::default()
    };
    let signed_in = accounts.sign_in("home", KIM, PASSWORD).await;
    let (session, _) = opened(signed_in.unwrap());
    accounts
        .complete_sign_in(&at_home, &session, &kim)
        .await
        .unwrap();
    // Too long to be hashed: what is counted is the try.
    let wrong = "x".repeat(MAX_PASSWORD + 1);
    for email in [KIM, LOU] {
        let mut refused = Vec::new();
        for n in 0..65 {
            let guess = accounts.sign_in(&format!("bot {n}"), email, &wrong).await;
            refused.push(guess.unwrap_err().kind);
        }
        assert_eq!(refused[10], ErrorKind::SignInFailed);
        assert_eq!(
            refused[64],
            ErrorKind::TooManyRequests,
            "with an account or without"
        );
    }
    accounts.sign_in("home", KIM, PASSWORD).await.unwrap();
    let abroad = accounts.sign_in("abroad", KIM, PASSWORD).await;
    assert_eq!(abroad.unwrap_err().kind, ErrorKind::TooManyRequests);
    let token = ask_reset(&shop, &post, KIM).await;
    accounts
        .reset("abroad", &token, NEW_PASSWORD)
        .await
        .unwrap();
    accounts.sign_in("abroad", KIM, NEW_PASSWORD).await.unwrap();
}

async fn a_reset_link_works_once_and_ends_all_sessions(shop: TestShop) {
    customer(&shop, KIM).await;
    let (accounts, post) = (&shop.shop().accounts, shop.post());
    let (here, there) = (sign_in(&shop, KIM).await, sign_in(&shop, KIM).await);
    let token = ask_reset(&shop, &post, KIM).await;
    assert_eq!(
        who(&shop, &here).await,
        Some(Role::Customer),
        "asking ends nothing"
    );
    let refused = accounts.reset("client", &token, "short").await.unwrap_err();
    assert_eq!(refused.fields[0].field, "password");
    accounts
        .reset("client", &token, NEW_PASSWORD)
        .await
        .unwrap();
    for session in [here, there] {
        assert_eq!(who(&shop, &session).await, None);
    }
    assert!(
        is_not_found(accounts.reset("client", &token, PASSWORD).await),
        "once"
    );
    accounts.sign_in("client", KIM, PASSWORD).await.unwrap_err();
    accounts.sign_in("client", KIM, NEW_PASSWORD).await.unwrap();
    let told = post.the_mail().await;
    assert!(told.body().contains("Your password was changed"));
    let forged = [String::new(), "x".to_owned(), new_secret()];
    for forged in forged {
        assert!(is_not_found(
            accounts.reset("client", &forged, NEW_PASSWORD).await
        ));
    }
}

async fn a_reset_link_is_good_for_an_hour_and_not_after_another_was_used(shop: TestShop) {
    customer(&shop, KIM).await;
    let (accounts, post) = (&shop.shop().accounts, shop.post());
    let old = ask_reset(&shop, &post, KIM).await;
    shop.clock.advance(HOUR - 1);
    accounts.mailed_to(MailedLink::Reset, &old).await.unwrap();
    shop.clock.advance(1);
    assert!(is_not_found(
        accounts.reset("client", &old, NEW_PASSWORD).await
    ));

    let one = ask_reset(&shop, &post, KIM).await;
    let two = ask_reset(&shop, &post, KIM).await;
    accounts.reset("client", &two, NEW_PASSWORD).await.unwrap();
    assert!(is_not_found(accounts.reset("client", &one, PASSWORD).await));
}

async fn of_two_who_use_one_link_one_gets_through(shop: TestShop) {
    customer(&shop, KIM).await;
    let post = shop.post();
    let token = ask_reset(&shop, &post, KIM).await;
    let nodes = [shop.clone(), shop.second_node(), shop.second_node()];
    let resets = nodes.map(|node| {
        let token = token.clone();
        tokio::spawn(async move {
            node.shop()
                .accounts
                .reset("client", &token, NEW_PASSWORD)
                .await
        })
    });
    let mut done = 0;
    for reset in resets {
        match reset.await.unwrap() {
            Ok(()) => done += 1,
            Err(refused) => assert_eq!(refused.kind, ErrorKind::NotFound),
        }
    }
    assert_eq!(done, 1);
}

async fn a_changed_password_ends_what_began_with_the_old_one(shop: TestShop) {
    let kim = customer(&shop, KIM).await;
    let (own, post) = (&shop.shop().own_account, shop.post());
    let old = sign_in(&shop, KIM).await;
    let token = ask_reset(&shop, &post, KIM).await;
    let wrong = own
        .change_password(&kim, "not this one", NEW_PASSWORD)
        .await;
    assert_eq!(wrong.unwrap_err().fields[0].field, "current_password");
    let short = own.change_password(&kim, PASSWORD, "short").await;
    assert_eq!(short.unwrap_err().fields[0].field, "new_password");
    let new = own
        .change_password(&kim, PASSWORD, NEW_PASSWORD)
        .await
        .unwrap();
    assert_eq!(who(&shop, &old).await, None);
    assert_eq!(who(&shop, &new).await, Some(Role::Customer));
    assert!(is_not_found(
        shop.shop().accounts.reset("client", &token, PASSWORD).await
    ));
    assert!(post.the_mail().await.body().contains("was changed"));
}
