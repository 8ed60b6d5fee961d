//! What shoppers of one moment do to carts of their own is done by one statement, and is for each as if it were alone.

use std::{collections::BTreeSet, pin::pin};

use app::{contact::Contact, error::ErrorKind};
use futures_util::future::join_all;
use server::{
    cart::token,
    db::{Dialect, Sql},
    ids::new_secret,
};

use super::{carts::add, placing_again::waiting};
use crate::support::{Goods, Kind, TestShop, cash, contact, counted, on_both_databases, run};

on_both_databases!(
    each_of_many_guests_has_a_cart_of_their_own,
    a_cart_that_cannot_be_made_fails_alone,
    what_many_tell_is_stored_with_the_cart_of_each,
    each_of_many_carts_gets_a_token_of_its_own_with_its_contact,
    a_cart_that_someone_has_locked_keeps_no_other_waiting,
);

const CARTS: &str = "SELECT COUNT(*) AS n FROM carts";

async fn tokens(shop: &TestShop, variant: &str, guests: i64) -> Vec<String> {
    let added = join_all((0..guests).map(|_| add(shop, None, variant, 1)));
    let tokens = added.await.into_iter().map(|added| added.unwrap().0);
    tokens.collect()
}

async fn each_of_many_guests_has_a_cart_of_their_own(shop: TestShop) {
    const GUESTS: i64 = 300;
    let rope = shop
        .stock(Goods::named("Rope").price(1000).units(500))
        .await;
    shop.execute("UPDATE shop_settings SET cart_days = 3").await;
    let adding = (1..=GUESTS).map(|guest| add(&shop, None, rope.variant(), guest % 7 + 1));

    let (added, ran) = counted(join_all(adding)).await;

    let is_write = |ran: &&String| !ran.starts_with("SELECT");
    let written: Vec<&String> = ran.iter().filter(is_write).collect();
    assert!(written.is_empty(), "no guest writes alone: {written:#?}");
    let read = ran.len() - written.len();
    assert!(
        read < 100,
        "nor does each look alone at what all want: {read}"
    );
    let mut tokens = BTreeSet::new();
    for (added, guest) in added.into_iter().zip(1..) {
        let (token, told) = added.unwrap();
        let kept = shop.shop().cart.view(Some(&token)).await.unwrap();
        assert_eq!((told.count, kept.count), (guest % 7 + 1, guest % 7 + 1));
        assert_eq!(told.lines, kept.lines, "{guest}");
        tokens.insert(token);
    }
    assert_eq!(tokens.len() as i64, GUESTS);
    let alike = "SELECT COUNT(*) AS n FROM carts WHERE lines_at = created_at AND is_copy = 0 \
         AND expires_at = created_at + 3 * 86400000 AND draft IS NULL";
    assert_eq!(shop.number(alike).await, GUESTS);
    assert_eq!(shop.number(CARTS).await, GUESTS);
}

async fn a_cart_that_cannot_be_made_fails_alone(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(500)).await;
    // Of two carts with the same in them, one cannot be made.
    shop.execute("CREATE UNIQUE INDEX no_two_alike ON carts (lines)")
        .await;
    let wanted = [1, 2, 3, 4, 4, 5, 6, 7, 8];

    let added = join_all(wanted.map(|units| add(&shop, None, rope.variant(), units))).await;

    let refused = wanted
        .iter()
        .zip(&added)
        .filter(|(_, added)| added.is_err());
    let refused: Vec<i64> = refused.map(|(units, _)| *units).collect();
    assert_eq!(refused, [4]);
    let made = added.iter().filter(|added| added.is_ok()).count();
    assert_eq!(shop.number(CARTS).await, made as i64);
    let refusals = added.into_iter().filter_map(Result::err);
    let kinds: Vec<ErrorKind> = refusals.map(|refusal| refusal.kind).collect();
    assert_eq!(kinds, [ErrorKind::Internal]);
}

async fn what_many_tell_is_stored_with_the_cart_of_each(shop: TestShop) {
    let rope = shop
        .stock(Goods::named("Rope").price(1000).units(500))
        .await;
    let tokens = tokens(&shop, rope.variant(), 40).await;
    let checkout = &shop.shop().checkout;
    let rate = |nth: usize| match nth % 2 {
        0 => "pickup",
        _ => "express",
    };
    let nobody = new_secret();
    let emptied = &add(&shop, None, rope.variant(), 1).await.unwrap().0;
    let cart = &shop.shop().cart;
    cart.remove(Some(emptied), rope.variant()).await.unwrap();

    let no_carts = [None, Some(nobody.as_str()), Some(emptied.as_str())];
    let no_carts = no_carts.map(|token| checkout.save_shipping(token, "pickup"));
    let all = tokens.iter().enumerate();
    let shipping = all.map(|(nth, token)| checkout.save_shipping(Some(token), rate(nth)));
    let (refused, kept) = tokio::join!(join_all(no_carts), join_all(shipping));
    for refused in refused {
        assert_eq!(refused.unwrap_err().kind, ErrorKind::EmptyCart);
    }
    for kept in kept {
        kept.unwrap();
    }

    // Each twice, as a form that is sent by two clicks.
    let payments = tokens.iter().chain(&tokens);
    let payments = payments.map(|token| checkout.save_payment(Some(token), cash()));
    for kept in join_all(payments).await {
        kept.unwrap();
    }
    for (nth, token) in tokens.iter().enumerate() {
        let draft = checkout.view(Some(token)).await.unwrap().draft;
        assert_eq!(draft.shipping.as_deref(), Some(rate(nth)), "{nth}");
        assert!(draft.payment.is_some(), "{nth}");
    }
    let keys = "SELECT COUNT(DISTINCT checkout_key) AS n FROM carts";
    assert_eq!(shop.number(keys).await, 40, "each order has its own");
}

async fn each_of_many_carts_gets_a_token_of_its_own_with_its_contact(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(500)).await;
    let old = tokens(&shop, rope.variant(), 40).await;
    let checkout = &shop.shop().checkout;
    let named = |nth: usize| Contact {
        name: format!("Kim Marten {nth}"),
        ..contact()
    };

    let saving = old.iter().enumerate();
    let saving = saving.map(|(nth, token)| checkout.save_contact(Some(token), named(nth)));
    let new: Vec<String> = join_all(saving)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();

    let all: BTreeSet<&String> = old.iter().chain(&new).collect();
    assert_eq!(all.len(), 80);
    assert_eq!(shop.number(CARTS).await, 80);
    let copies = "SELECT COUNT(*) AS n FROM carts WHERE is_copy = 1 AND email_key = ''";
    assert_eq!(shop.number(copies).await, 40);
    for (nth, (old, new)) in old.iter().zip(&new).enumerate() {
        let own = checkout.view(Some(new)).await.unwrap();
        assert_eq!(own.draft.contact, Some(named(nth)));
        let copy = checkout.view(Some(old)).await.unwrap();
        assert_eq!(copy.draft.contact, None, "{nth}");
        assert_eq!(copy.cart.lines, own.cart.lines, "{nth}");
    }
}

async fn a_cart_that_someone_has_locked_keeps_no_other_waiting(shop: TestShop) {
    let db = shop.db();
    if db.dialect() == Dialect::Sqlite {
        // Whoever writes is alone there.
        return;
    }
    let rope = shop
        .stock(Goods::named("Rope").price(1000).units(500))
        .await;
    let mut tokens = tokens(&shop, rope.variant(), 9).await;
    let own = tokens.pop().unwrap();
    let mut lock = Sql::new("SELECT id FROM carts WHERE token_hash = ");
    lock.text(token::key(&own)).push(" FOR UPDATE");
    let mut tx = db.begin().await.unwrap();
    lock.fetch_one(&mut *tx).await.unwrap();

    let checkout = &shop.shop().checkout;
    let mut waiting = pin!(checkout.save_shipping(Some(&own), "express"));
    let others = tokens
        .iter()
        .map(|token| checkout.save_shipping(Some(token), "pickup"));
    tokio::select! {
        biased;
        kept = &mut waiting => panic!("it is locked: {kept:?}"),
        others = join_all(others) => for kept in others {
            kept.unwrap();
        },
    }

    // Others say who they are, too.
    let saved = tokens
        .iter()
        .map(|token| checkout.save_contact(Some(token), contact()));
    for saved in join_all(saved).await {
        saved.unwrap();
    }
    tx.rollback().await.unwrap();
    waiting.await.unwrap();
    let draft = checkout.view(Some(&own)).await.unwrap().draft;
    assert_eq!(draft.shipping.as_deref(), Some("express"));
}

/// On SQLite a transaction that writes is alone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_told_of_a_locked_cart_comes_on_top_of_what_was_stored_meanwhile() {
    run(Kind::Postgres, |shop: TestShop| async move {
        let rope = shop.stock(Goods::named("Rope").price(1000).units(9)).await;
        let cart = tokens(&shop, rope.variant(), 1).await.remove(0);
        let checkout = &shop.shop().checkout;

        let shipping = checkout.save_shipping(Some(&cart), "express");
        while_it_is_locked(&shop, "first", shipping).await.unwrap();
        let payment = checkout.save_payment(Some(&cart), cash());
        while_it_is_locked(&shop, "second", payment).await.unwrap();
        let saved = checkout.save_contact(Some(&cart), contact());
        let own = while_it_is_locked(&shop, "third", saved).await.unwrap();

        assert_ne!(own, cart);
        let copies = "SELECT COUNT(*) AS n FROM carts WHERE is_copy = 1";
        assert_eq!(shop.number(copies).await, 1);
        let draft = checkout.view(Some(&own)).await.unwrap().draft;
        assert_eq!(draft.shipping.as_deref(), Some("express"));
        assert_eq!(draft.contact, Some(contact()));
        assert!(draft.payment.is_some());
    })
    .await;
}

/// Someone has locked the only cart while this is told of it, and gives it a key, which it keeps.
async fn while_it_is_locked<T>(shop: &TestShop, key: &str, told: impl Future<Output = T>) -> T {
    let mut tx = shop.db().begin().await.unwrap();
    let mut sql = Sql::new(
        "UPDATE carts SET draft = COALESCE(draft, '{}'), draft_at = COALESCE(draft_at, 0), \
         checkout_key = ",
    );
    sql.text(key);
    sql.execute(&mut *tx).await.unwrap();
    let let_go = async {
        waiting(shop, 1).await;
        tx.commit().await.unwrap();
    };
    let (told, ()) = tokio::join!(told, let_go);
    let kept =
        format!("SELECT COUNT(*) AS n FROM carts WHERE checkout_key = '{key}' AND is_copy = 0");
    assert_eq!(shop.number(&kept).await, 1, "{key}");
    told
}
