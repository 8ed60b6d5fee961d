//! The second factor: codes work once, no matter who asks and on whichever node, and nothing gets past it.

use app::{
    account::second_factor::ports::FactorState,
    error::ErrorKind,
    identity::{Account, Role},
    visitor::{Proof, Visitor},
};
use futures_util::future::join_all;
use server::{
    account::{second_factor::store as factors, store},
    ids::{new_id, new_secret},
};

use super::accounts::{sign_in, who};
use crate::support::{
    ADMIN, MINUTE, PASSWORD, STAFF, TestShop, code, on_both_databases, opened, pending,
};

on_both_databases!(
    a_code_switches_it_on_and_ends_other_sessions,
    the_right_password_alone_opens_nothing,
    a_code_works_once,
    a_code_works_once_on_two_nodes_at_once,
    an_older_code_is_void_after_a_newer_one,
    each_recovery_code_works_once_and_tells_how_many_are_left,
    new_recovery_codes_void_the_old,
    codes_cannot_be_guessed,
    a_sign_in_waits_ten_minutes_and_ends_with_what_it_began_with,
    a_code_is_asked_for_again_after_a_while,
);

pub const KIM: &str = "kim@example.com";

/// Signs in with a code, at a node of its own: limits are another matter, and each node counts by
/// itself.
pub async fn enter(shop: &TestShop, email: &str, code: &str) -> Result<String, ErrorKind> {
    let (node, client) = (shop.second_node(), new_id());
    let signed_in = node.shop().accounts.sign_in(&client, email, PASSWORD).await;
    let token = pending(signed_in.unwrap());
    let port = &node.shop().second_factors;
    match port.finish_sign_in(&client, &token, code).await {
        Ok((session, _)) => Ok(session),
        Err(error) => Err(error.kind),
    }
}

pub async fn proof(shop: &TestShop, session: &str) -> Proof {
    let found = store::session(shop.db(), shop.now(), session).await;
    found.unwrap().expect("the session is good").proof
}

fn visitor(account: &Account, session: &str, client: &str) -> Visitor {
    Visitor {
        account: Some(account.clone()),
        session: Some(session.to_owned()),
        client: client.to_owned(),
        ..Visitor::default()
    }
}

pub async fn entries(shop: &TestShop, action: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) AS n FROM audit_entries WHERE action = '{action}'");
    shop.number(&sql).await
}

async fn a_code_switches_it_on_and_ends_other_sessions(shop: TestShop) {
    let staff = shop.account(STAFF, Role::Staff).await;
    let (here, there) = (sign_in(&shop, STAFF).await, sign_in(&shop, STAFF).await);
    let port = &shop.shop().second_factors;
    assert_eq!(port.state(&staff).await.unwrap(), FactorState::Off);
    assert_eq!(proof(&shop, &here).await, Proof::Password);
    let early = port.switch_on(&staff, &here, PASSWORD, "no code").await;
    assert_eq!(
        early.unwrap_err().kind,
        ErrorKind::Conflict,
        "nothing was begun"
    );

    let first = port.begin(&staff).await.unwrap();
    let set_up = port.begin(&staff).await.unwrap();
    assert_ne!(first.secret, set_up.secret);
    assert_eq!(
        port.state(&staff).await.unwrap(),
        FactorState::Pending(set_up.clone())
    );
    opened(
        shop.shop()
            .accounts
            .sign_in("x", STAFF, PASSWORD)
            .await
            .unwrap(),
    );
    let right = code(&set_up.secret, shop.now());
    for (password, typed, field) in [
        ("not this one", right.as_str(), "factor_password"),
        (PASSWORD, "", "factor_code"),
        (PASSWORD, &code(&first.secret, shop.now()), "factor_code"),
        (
            PASSWORD,
            &code(&set_up.secret, shop.now() - 2 * MINUTE),
            "factor_code",
        ),
    ] {
        let refused = port.switch_on(&staff, &here, password, typed).await;
        assert_eq!(refused.unwrap_err().fields[0].field, field, "{typed}");
    }
    let made = port
        .switch_on(&staff, &here, PASSWORD, &right)
        .await
        .unwrap();
    assert_eq!(made.codes.len(), 10);
    let on = FactorState::On {
        since: shop.now(),
        codes_left: 10,
    };
    assert_eq!(port.state(&staff).await.unwrap(), on);
    assert_eq!(proof(&shop, &here).await, Proof::FreshCode);
    assert_eq!(
        who(&shop, &there).await,
        None,
        "it was opened without a code"
    );
    let again = port.begin(&staff).await.unwrap_err();
    assert_eq!(again.kind, ErrorKind::Conflict);
    assert_eq!(entries(&shop, "factor.on").await, 1);
    let told = shop.post().the_mail().await;
    assert_eq!(told.header("To"), STAFF);
    assert!(told.body().contains("Your second factor is on"));
    // The code that has switched it on is used.
    assert_eq!(enter(&shop, STAFF, &right).await, Err(ErrorKind::Invalid));
}

async fn the_right_password_alone_opens_nothing(shop: TestShop) {
    let kim = shop.account(KIM, Role::Customer).await;
    let session = shop.session_of(&kim).await;
    let (secret, _) = shop.switch_on(&kim, &session).await;
    let accounts = &shop.shop().accounts;
    let token = pending(accounts.sign_in("home", KIM, PASSWORD).await.unwrap());
    assert_eq!(who(&shop, &token).await, None, "it is no session");
    let port = &shop.shop().second_factors;
    assert!(port.is_pending(&token).await.unwrap());
    for forged in ["", "x", &new_secret(), &session] {
        assert!(!port.is_pending(forged).await.unwrap());
        let refused = port.finish_sign_in("home", forged, "no code").await;
        assert_eq!(refused.unwrap_err().kind, ErrorKind::SignInFailed);
    }
    let next = shop.next_code(&secret);
    let (new, account) = port.finish_sign_in("home", &token, &next).await.unwrap();
    assert_eq!(account, kim);
    assert_eq!(who(&shop, &new).await, Some(Role::Customer));
    assert_eq!(proof(&shop, &new).await, Proof::FreshCode);
    assert!(!port.is_pending(&token).await.unwrap(), "once");
    // Whether there is one is told only to who knows the password.
    let wrong = accounts.sign_in("home", KIM, "not this one").await;
    let nobody = accounts
        .sign_in("home", "nobody@example.com", PASSWORD)
        .await;
    assert_eq!(wrong.unwrap_err(), nobody.unwrap_err());
    assert_eq!(
        entries(&shop, "factor.on").await,
        0,
        "the log is the staff's"
    );
}

async fn a_code_works_once(shop: TestShop) {
    let kim = shop.account(KIM, Role::Customer).await;
    let session = shop.session_of(&kim).await;
    let (secret, _) = shop.switch_on(&kim, &session).await;
    let next = shop.next_code(&secret);
    enter(&shop, KIM, &next).await.unwrap();
    assert_eq!(enter(&shop, KIM, &next).await, Err(ErrorKind::Invalid));
    // Nor does it confirm anything.
    let confirmed = shop
        .second_node()
        .shop()
        .second_factors
        .confirm(&visitor(&kim, &session, "home"), &next)
        .await;
    assert_eq!(confirmed.unwrap_err().fields[0].field, "confirm_code");
    enter(&shop, KIM, &shop.next_code(&secret)).await.unwrap();
}

async fn a_code_works_once_on_two_nodes_at_once(shop: TestShop) {
    let kim = shop.account(KIM, Role::Customer).await;
    let session = shop.session_of(&kim).await;
    let (secret, made) = shop.switch_on(&kim, &session).await;
    // One of the app, then one of the recovery codes.
    for code in [shop.next_code(&secret), made.codes[0].clone()] {
        let mut tries = Vec::new();
        for n in 0..4 {
            let node = shop.second_node();
            let client = format!("node {n} {code}");
            let accounts = &node.shop().accounts;
            let token = pending(accounts.sign_in(&client, KIM, PASSWORD).await.unwrap());
            let (port, code) = (node.shop().second_factors.clone(), code.clone());
            tries.push(tokio::spawn(async move {
                port.finish_sign_in(&client, &token, &code).await
            }));
        }
        let tried = join_all(tries).await;
        let kinds: Vec<_> = tried
            .into_iter()
            .filter_map(|tried| tried.unwrap().err())
            .map(|error| error.kind)
            .collect();
        assert_eq!(kinds, [ErrorKind::Invalid; 3], "one of four gets in");
    }
    // The same with both transactions open.
    let next = shop.next_code(&secret);
    let (db, now, id) = (shop.db().clone(), shop.now(), kim.id.clone());
    let mut first = db.begin().await.unwrap();
    let taken = factors::take(&mut first, now, &id, &next).await.unwrap();
    assert_eq!(taken, Some(factors::CodeUsed::OfApp));
    let second = tokio::spawn(async move {
        let mut tx = db.begin().await.unwrap();
        factors::take(&mut tx, now, &id, &next).await.unwrap()
    });
    first.commit().await.unwrap();
    assert_eq!(second.await.unwrap(), None);
}

async fn an_older_code_is_void_after_a_newer_one(shop: TestShop) {
    let kim = shop.account(KIM, Role::Customer).await;
    let session = shop.session_of(&kim).await;
    let (secret, _) = shop.switch_on(&kim, &session).await;
    shop.clock.advance(2 * MINUTE);
    let steps = [-60_000, -30_000, 0, 30_000, 60_000];
    let [before_last, last, present, next, after_next] =
        steps.map(|by| code(&secret, shop.now() + by));
    for far in [before_last, after_next] {
        assert_eq!(enter(&shop, KIM, &far).await, Err(ErrorKind::Invalid));
    }
    // Clocks may differ by a step to either side.
    enter(&shop, KIM, &last).await.unwrap();
    enter(&shop, KIM, &next).await.unwrap();
    assert_eq!(enter(&shop, KIM, &present).await, Err(ErrorKind::Invalid));
}

async fn each_recovery_code_works_once_and_tells_how_many_are_left(shop: TestShop) {
    let staff = shop.account(STAFF, Role::Staff).await;
    let session = shop.session_of(&staff).await;
    let (_, made) = shop.switch_on(&staff, &session).await;
    let post = shop.post();
    post.deliver().await;
    for (n, code) in made.codes.iter().enumerate() {
        // As people type it.
        let typed = code.to_lowercase().replace('-', " ");
        enter(&shop, STAFF, &typed).await.unwrap();
        assert_eq!(enter(&shop, STAFF, code).await, Err(ErrorKind::Invalid));
        let told = post.the_mail().await;
        assert!(told.body().contains("A recovery code was used"));
        let left = match 9 - n {
            0 => "It was the last one.".to_owned(),
            1 => "One is left.".to_owned(),
            left => format!("{left} are left."),
        };
        assert!(told.body().contains(&left), "{}", told.body());
    }
    assert_eq!(entries(&shop, "factor.recovery").await, 10);
    let other = shop.account(KIM, Role::Customer).await;
    let theirs = shop.session_of(&other).await;
    let (_, codes) = shop.switch_on(&other, &theirs).await;
    assert_eq!(
        enter(&shop, STAFF, &codes.codes[0]).await,
        Err(ErrorKind::Invalid),
        "another account's"
    );
}

async fn new_recovery_codes_void_the_old(shop: TestShop) {
    let kim = shop.account(KIM, Role::Customer).await;
    let port = &shop.shop().second_factors;
    let none = port.new_codes(&kim).await.unwrap_err();
    assert_eq!(none.kind, ErrorKind::Conflict);
    let session = shop.session_of(&kim).await;
    let (_, old) = shop.switch_on(&kim, &session).await;
    let new = port.new_codes(&kim).await.unwrap();
    assert_eq!(new.codes.len(), 10);
    assert_eq!(
        enter(&shop, KIM, &old.codes[0]).await,
        Err(ErrorKind::Invalid)
    );
    enter(&shop, KIM, &new.codes[0]).await.unwrap();
    let told = shop.post().deliver().await;
    let about = |words: &str| {
        told.iter()
            .filter(|mail| mail.body().contains(words))
            .count()
    };
    assert_eq!(about("You have new recovery codes"), 1);
}

async fn codes_cannot_be_guessed(shop: TestShop) {
    let kim = shop.account(KIM, Role::Customer).await;
    let session = shop.session_of(&kim).await;
    let (secret, _) = shop.switch_on(&kim, &session).await;
    let (accounts, port) = (&shop.shop().accounts, &shop.shop().second_factors);
    let home = Visitor {
        client: "home".to_owned(),
        ..Visitor::default()
    };
    accounts
        .complete_sign_in(&home, &session, &kim)
        .await
        .unwrap();
    let token = pending(accounts.sign_in("thief", KIM, PASSWORD).await.unwrap());
    let mut kinds = Vec::new();
    for n in 0..12 {
        let guess = port
            .finish_sign_in("thief", &token, &format!("guess {n}"))
            .await;
        kinds.push(guess.unwrap_err().kind);
    }
    assert_eq!(kinds[..10], [ErrorKind::Invalid; 10]);
    assert_eq!(kinds[10..], [ErrorKind::TooManyRequests; 2]);
    // From everywhere else, too: the thief has many networks.
    let right = shop.next_code(&secret);
    let token = pending(accounts.sign_in("other", KIM, PASSWORD).await.unwrap());
    let late = port.finish_sign_in("other", &token, &right).await;
    assert_eq!(late.unwrap_err().kind, ErrorKind::TooManyRequests);
    // The owner at home is not locked out.
    let token = pending(accounts.sign_in("home", KIM, PASSWORD).await.unwrap());
    port.finish_sign_in("home", &token, &right).await.unwrap();
    // Who took over a session guesses no better.
    let mut kinds = Vec::new();
    for n in 0..11 {
        let thief = visitor(&kim, &session, "session thief");
        let guess = port.confirm(&thief, &format!("guess {n}")).await;
        kinds.push(guess.unwrap_err().kind);
    }
    assert_eq!(kinds[9], ErrorKind::Invalid);
    assert_eq!(kinds[10], ErrorKind::TooManyRequests);
}

async fn a_sign_in_waits_ten_minutes_and_ends_with_what_it_began_with(shop: TestShop) {
    let kim = shop.account(KIM, Role::Customer).await;
    let session = shop.session_of(&kim).await;
    let (secret, _) = shop.switch_on(&kim, &session).await;
    let (accounts, port) = (&shop.shop().accounts, &shop.shop().second_factors);
    let begin =
        async |client: &str| pending(accounts.sign_in(client, KIM, PASSWORD).await.unwrap());
    let late = begin("a").await;
    shop.clock.advance(10 * MINUTE);
    assert!(!port.is_pending(&late).await.unwrap());
    let code = shop.next_code(&secret);
    let refused = port.finish_sign_in("a", &late, &code).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::SignInFailed);
    shop.services.run_maintenance().await;
    let waiting = "SELECT COUNT(*) AS n FROM pending_sign_ins";
    assert_eq!(shop.number(waiting).await, 0);

    // A changed password voids what the old one began.
    let void = begin("b").await;
    let own = &shop.shop().own_account;
    let new = "seven lanterns in the harbour";
    own.change_password(&kim, PASSWORD, new).await.unwrap();
    let refused = port.finish_sign_in("b", &void, &code).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::SignInFailed);
    let token = pending(accounts.sign_in("b", KIM, new).await.unwrap());
    port.finish_sign_in("b", &token, &code).await.unwrap();
}

async fn a_code_is_asked_for_again_after_a_while(shop: TestShop) {
    let admin = shop.admin().await;
    let session = shop.session_of(&admin).await;
    let (secret, made) = shop.switch_on(&admin, &session).await;
    shop.clock.advance(15 * MINUTE - 1);
    assert_eq!(proof(&shop, &session).await, Proof::FreshCode);
    shop.clock.advance(1);
    assert_eq!(proof(&shop, &session).await, Proof::Code);
    let port = &shop.shop().second_factors;
    let who = visitor(&admin, &session, "desk");
    let wrong = port.confirm(&who, "no code").await.unwrap_err();
    assert_eq!(wrong.fields[0].field, "confirm_code");
    assert_eq!(proof(&shop, &session).await, Proof::Code);
    port.confirm(&who, &shop.next_code(&secret)).await.unwrap();
    assert_eq!(proof(&shop, &session).await, Proof::FreshCode);
    shop.clock.advance(20 * MINUTE);
    let other = enter(&shop, ADMIN, &shop.next_code(&secret)).await.unwrap();
    assert_eq!(proof(&shop, &other).await, Proof::FreshCode);
    assert_eq!(proof(&shop, &session).await, Proof::Code, "each for itself");
    port.confirm(&who, &made.codes[0]).await.unwrap();
    assert_eq!(proof(&shop, &session).await, Proof::FreshCode);
}
