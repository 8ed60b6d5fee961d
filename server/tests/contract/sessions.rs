//! How long a sign-in lasts.

use app::identity::Role;
use server::{account::store, db::Sql};

use super::accounts::{sign_in, who};
use crate::support::{ADMIN, DAY, HOUR, MINUTE, TestShop, on_both_databases};

on_both_databases!(
    a_session_ends_when_it_is_idle,
    a_session_ends_after_two_weeks_whatever_happens,
    reading_does_not_write_the_session_each_time,
    a_page_is_read_although_its_use_cannot_be_noted,
    signing_out_ends_this_session_and_no_other,
    expired_sessions_and_tokens_are_dropped,
);

async fn a_session_ends_when_it_is_idle(shop: TestShop) {
    shop.admin().await;
    let session = sign_in(&shop, ADMIN).await;
    for _ in 0..3 {
        shop.clock.advance(23 * HOUR);
        assert_eq!(who(&shop, &session).await, Some(Role::Admin));
        shop.use_is_noted().await;
    }
    shop.clock.advance(24 * HOUR);
    assert_eq!(who(&shop, &session).await, None);
    shop.clock.advance(-HOUR);
    assert_eq!(
        who(&shop, &session).await,
        Some(Role::Admin),
        "a refused look is no use"
    );
}

async fn a_session_ends_after_two_weeks_whatever_happens(shop: TestShop) {
    shop.admin().await;
    let session = sign_in(&shop, ADMIN).await;
    for _ in 0..27 {
        shop.clock.advance(12 * HOUR);
        assert_eq!(who(&shop, &session).await, Some(Role::Admin));
        shop.use_is_noted().await;
    }
    shop.clock.advance(12 * HOUR);
    assert_eq!(who(&shop, &session).await, None);
}

async fn reading_does_not_write_the_session_each_time(shop: TestShop) {
    shop.admin().await;
    let session = sign_in(&shop, ADMIN).await;
    let seen = || shop.number("SELECT last_seen_at AS n FROM sessions");
    let opened = seen().await;
    shop.clock.advance(9 * MINUTE);
    who(&shop, &session).await;
    assert_eq!(seen().await, opened);
    shop.clock.advance(2 * MINUTE);
    who(&shop, &session).await;
    shop.use_is_noted().await;
    assert_eq!(seen().await, opened + 11 * MINUTE);
}

async fn a_page_is_read_although_its_use_cannot_be_noted(shop: TestShop) {
    shop.admin().await;
    let session = sign_in(&shop, ADMIN).await;
    shop.clock.advance(11 * MINUTE);
    // Someone writes, and goes on writing.
    let mut busy = shop.db().begin().await.unwrap();
    Sql::new("UPDATE sessions SET device = 'busy'")
        .execute(&mut *busy)
        .await
        .unwrap();
    assert_eq!(who(&shop, &session).await, Some(Role::Admin));
    busy.rollback().await.unwrap();
}

async fn signing_out_ends_this_session_and_no_other(shop: TestShop) {
    shop.admin().await;
    let (here, there) = (sign_in(&shop, ADMIN).await, sign_in(&shop, ADMIN).await);
    let accounts = &shop.shop().accounts;
    for _ in 0..2 {
        accounts.sign_out(&here).await.unwrap();
    }
    accounts.sign_out("rubbish").await.unwrap();
    assert_eq!(who(&shop, &here).await, None);
    assert_eq!(who(&shop, &there).await, Some(Role::Admin));
}

async fn expired_sessions_and_tokens_are_dropped(shop: TestShop) {
    shop.admin().await;
    sign_in(&shop, ADMIN).await;
    store::new_setup_token(shop.db(), shop.now()).await.unwrap();
    let left = || async {
        store::drop_expired(shop.db(), shop.now()).await.unwrap();
        (
            shop.number("SELECT COUNT(*) AS n FROM sessions").await,
            shop.number("SELECT COUNT(*) AS n FROM setup_tokens").await,
        )
    };
    shop.clock.advance(DAY - 1);
    assert_eq!(left().await, (1, 1));
    shop.clock.advance(1);
    assert_eq!(left().await, (0, 0));
}
