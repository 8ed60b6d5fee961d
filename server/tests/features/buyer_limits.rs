//! One buyer, one share: no matter who they say they are, and however often at once.

mod page;
mod refunds;

use app::{
    cart::{
        ports::CartItem,
        types::{ACCOUNT_CART, CartView},
    },
    checkout::types::{PlaceOrder, Placed},
    contact::Contact,
    error::{BuyerLimit, ErrorKind, ShopError, ShopResult},
    identity::{Account, Role},
    orders::types::{CancelReason, OrderStatus},
};
use desk::admin::limits::{ports::LimitAdmin, types::LimitForm};
use futures_util::future::join_all;
use server::{
    admin::limits::LimitService,
    db::Get,
    feature::{self, Parts, Person},
    orders::cancel::{Restore, cancel_unpaid},
    store::ChangeSet,
};

use crate::support::{
    APPROVES, DECLINES, Goods, Stocked, TestShop, cash, contact, on_both_databases, order,
    test_card,
};

on_both_databases!(
    a_buyer_gets_no_more_in_whichever_spelling,
    orders_of_one_buyer_at_once_see_each_other,
    two_nodes_give_a_buyer_one_share,
    limits_of_variant_product_and_shop_hold_together,
    a_cancelled_order_gives_its_share_back_once,
    a_declined_order_gives_its_share_back,
    orders_from_before_a_limit_count_in_its_window,
    another_number_of_units_counts_on,
    a_window_moves_on,
    who_is_signed_in_is_told_what_they_ordered,
    a_stranger_is_told_the_limit_alone,
    nothing_typed_is_kept_and_all_goes_with_the_customer,
    a_limit_that_is_taken_away_counts_for_nothing,
);

const DAY: i64 = 24 * 60 * 60 * 1000;

fn desk(shop: &TestShop) -> LimitService {
    LimitService::new(shop.db().clone(), shop.clock.clone())
}

fn form(variant: &str, units: i64, days: i64) -> LimitForm {
    LimitForm {
        variant: variant.to_owned(),
        units: match units {
            0 => String::new(),
            units => units.to_string(),
        },
        days: days.to_string(),
    }
}

/// Sets limits of a product, or of the shop, whatever is set.
async fn set(shop: &TestShop, admin: &Account, product: Option<&str>, forms: Vec<LimitForm>) {
    let desk = desk(shop);
    let version = desk.limits(product).await.unwrap().version;
    desk.save(admin, product, &version, forms).await.unwrap();
}

/// A shop with ropes, of which one customer gets so many.
async fn ropes(shop: &TestShop, units: i64) -> (Stocked, Account) {
    let rope = shop.stock(Goods::named("Rope").price(1000).units(90)).await;
    let admin = shop.admin().await;
    set(shop, &admin, Some(&rope.id), vec![form("", units, 0)]).await;
    (rope, admin)
}

fn by(contact: Contact, total_minor: i64) -> PlaceOrder {
    PlaceOrder {
        contact,
        ..order(cash(), total_minor)
    }
}

/// Buys units of a variant at 10.00.
async fn buy(shop: &TestShop, variant: &str, units: i64, contact: Contact) -> ShopResult<Placed> {
    let cart = shop.cart(&[(variant, units)]).await;
    shop.place(&cart, by(contact, units * 1000)).await
}

fn named(email: &str, address_line1: &str) -> Contact {
    Contact {
        email: email.to_owned(),
        address_line1: address_line1.to_owned(),
        ..contact()
    }
}

/// Someone else each time, somewhere else.
fn someone(number: usize) -> Contact {
    named(
        &format!("someone{number}@example.com"),
        &format!("Pier {number}"),
    )
}

#[track_caller]
fn is_limit(refused: &ShopError, available: i64, units: i64, ordered: Option<i64>) {
    assert_eq!(refused.kind, ErrorKind::LimitReached, "{refused:?}");
    let line = &refused.lines[0];
    assert_eq!(line.limit, Some(BuyerLimit { units, ordered }));
    assert_eq!(line.available, available);
}

async fn uses(shop: &TestShop) -> i64 {
    shop.number("SELECT COUNT(*) AS n FROM buyer_limit_uses")
        .await
}

async fn a_buyer_gets_no_more_in_whichever_spelling(shop: TestShop) {
    let (rope, _) = ropes(&shop, 2).await;
    let kim = |email, street| named(email, street);
    let first = kim("kim.marten@gmail.com", "Lange Straße 5a");
    buy(&shop, rope.variant(), 1, first).await.unwrap();
    let second = kim("Kim.Marten+rope@GMAIL.com", "Elsewhere 1");
    buy(&shop, rope.variant(), 1, second).await.unwrap();
    let units = shop.units(rope.variant()).await;
    for spelled in [
        kim("kimmarten@googlemail.com", "Pier 1"),
        kim("k.i.m.marten+2@gmail.com", "Pier 2"),
        kim(" KIMMARTEN@gmail.com ", "Pier 3"),
    ] {
        let refused = buy(&shop, rope.variant(), 1, spelled).await.unwrap_err();
        is_limit(&refused, 0, 2, None);
    }
    // One was ordered to this address.
    for street in ["LANGE STR. 5 A", "Lange-Strasse 5a", "Langestraße 5a."] {
        let refused = buy(&shop, rope.variant(), 2, kim("other@example.com", street)).await;
        is_limit(&refused.unwrap_err(), 0, 2, None);
    }
    assert_eq!(shop.units(rope.variant()).await, units);
    buy(&shop, rope.variant(), 2, someone(1)).await.unwrap();
    let too_many = buy(&shop, rope.variant(), 3, someone(2)).await.unwrap_err();
    is_limit(&too_many, 2, 2, None);
}

async fn orders_of_one_buyer_at_once_see_each_other(shop: TestShop) {
    let (rope, _) = ropes(&shop, 3).await;
    let buying = (0..12).map(|_| buy(&shop, rope.variant(), 1, contact()));
    let placed = join_all(buying).await;
    assert_eq!(placed.iter().filter(|placed| placed.is_ok()).count(), 3);
    for refused in placed.into_iter().filter_map(Result::err) {
        is_limit(&refused, 0, 3, None);
    }
    assert_eq!(shop.units(rope.variant()).await, 87);
}

async fn two_nodes_give_a_buyer_one_share(shop: TestShop) {
    // Different variants, so that only the limit is in the way.
    let mut variants = Vec::new();
    for name in ["Rope", "Lamp", "Tent", "Mast"] {
        variants.push(shop.stock(Goods::named(name).price(1000).units(9)).await);
    }
    let admin = shop.admin().await;
    set(&shop, &admin, None, vec![form("", 5, 0)]).await;
    let nodes = [shop.clone(), shop.second_node()];
    let buying = (0..24).map(|n: usize| {
        let (node, product) = (&nodes[n % 2], &variants[n % 4]);
        buy(node, product.variant(), 1, contact())
    });
    let placed = join_all(buying).await;
    assert_eq!(placed.iter().filter(|placed| placed.is_ok()).count(), 5);
}

async fn limits_of_variant_product_and_shop_hold_together(shop: TestShop) {
    let jacket = Goods::named("Jacket").options(["Size"], &[(["M"], 1000, 50), (["L"], 1000, 50)]);
    let jacket = shop.stock(jacket).await;
    let rope = shop.stock(Goods::named("Rope").price(1000).units(50)).await;
    let admin = shop.admin().await;
    let (medium, large) = (jacket.variants[0].as_str(), jacket.variants[1].as_str());
    let of_jacket = vec![form("", 3, 0), form(medium, 1, 0)];
    set(&shop, &admin, Some(&jacket.id), of_jacket).await;
    set(&shop, &admin, None, vec![form("", 4, 0)]).await;

    let refused = buy(&shop, medium, 2, contact()).await.unwrap_err();
    is_limit(&refused, 1, 1, None);
    buy(&shop, medium, 1, contact()).await.unwrap();
    let refused = buy(&shop, large, 3, contact()).await.unwrap_err();
    is_limit(&refused, 0, 3, None);
    buy(&shop, large, 2, contact()).await.unwrap();
    let refused = buy(&shop, rope.variant(), 2, contact()).await.unwrap_err();
    is_limit(&refused, 0, 4, None);
    buy(&shop, rope.variant(), 1, contact()).await.unwrap();
    let refused = buy(&shop, rope.variant(), 1, contact()).await.unwrap_err();
    is_limit(&refused, 0, 4, None);
}

async fn a_cancelled_order_gives_its_share_back_once(shop: TestShop) {
    let (rope, admin) = ropes(&shop, 2).await;
    let placed = buy(&shop, rope.variant(), 2, contact()).await.unwrap();
    let id = shop.order(&placed).await.id;
    buy(&shop, rope.variant(), 1, contact()).await.unwrap_err();
    shop.shop().orders.cancel(&admin, &id).await.unwrap();
    assert_eq!(uses(&shop).await, 0);
    buy(&shop, rope.variant(), 2, contact()).await.unwrap();
    shop.shop().orders.cancel(&admin, &id).await.unwrap_err();
    buy(&shop, rope.variant(), 1, contact()).await.unwrap_err();
}

async fn a_declined_order_gives_its_share_back(shop: TestShop) {
    let (rope, _) = ropes(&shop, 1).await;
    let card = |number: &str| order(test_card(number), 1000);
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let declined = shop.place(&cart, card(DECLINES)).await.unwrap_err();
    assert_eq!(declined.kind, ErrorKind::PaymentDeclined);
    assert_eq!(uses(&shop).await, 0);
    let placed = shop.place(&cart, card(APPROVES)).await.unwrap();
    assert_eq!(placed.status, OrderStatus::Paid);
    // What is paid is not ended with what was not paid.
    let id = shop.order(&placed).await.id;
    let now = shop.now();
    let ended = cancel_unpaid(shop.db(), now, &id, CancelReason::Expired, Restore::Nothing).await;
    assert!(ended.unwrap().is_none());
    buy(&shop, rope.variant(), 1, contact()).await.unwrap_err();
}

async fn orders_from_before_a_limit_count_in_its_window(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000).units(90)).await;
    let admin = shop.admin().await;
    buy(&shop, rope.variant(), 5, contact()).await.unwrap();
    shop.clock.advance(10 * DAY);
    buy(&shop, rope.variant(), 2, contact()).await.unwrap();
    let gone = buy(&shop, rope.variant(), 4, contact()).await.unwrap();
    let gone = shop.order(&gone).await.id;
    shop.shop().orders.cancel(&admin, &gone).await.unwrap();

    set(&shop, &admin, Some(&rope.id), vec![form("", 3, 7)]).await;
    let refused = buy(&shop, rope.variant(), 2, contact()).await.unwrap_err();
    is_limit(&refused, 0, 3, None);
    buy(&shop, rope.variant(), 1, contact()).await.unwrap();
    // Another window is counted from the orders again.
    set(&shop, &admin, Some(&rope.id), vec![form("", 9, 0)]).await;
    buy(&shop, rope.variant(), 2, contact()).await.unwrap_err();
    buy(&shop, rope.variant(), 1, contact()).await.unwrap();
}

async fn another_number_of_units_counts_on(shop: TestShop) {
    let (rope, admin) = ropes(&shop, 1).await;
    buy(&shop, rope.variant(), 1, contact()).await.unwrap();
    set(&shop, &admin, Some(&rope.id), vec![form("", 2, 0)]).await;
    buy(&shop, rope.variant(), 2, contact()).await.unwrap_err();
    buy(&shop, rope.variant(), 1, contact()).await.unwrap();
    set(&shop, &admin, Some(&rope.id), vec![form("", 1, 0)]).await;
    buy(&shop, rope.variant(), 1, contact()).await.unwrap_err();
    assert_eq!(shop.units(rope.variant()).await, 88);
}

async fn a_window_moves_on(shop: TestShop) {
    let (rope, admin) = ropes(&shop, 1).await;
    set(&shop, &admin, Some(&rope.id), vec![form("", 2, 7)]).await;
    buy(&shop, rope.variant(), 1, contact()).await.unwrap();
    shop.clock.advance(4 * DAY);
    buy(&shop, rope.variant(), 1, contact()).await.unwrap();
    buy(&shop, rope.variant(), 1, contact()).await.unwrap_err();
    shop.clock.advance(3 * DAY);
    buy(&shop, rope.variant(), 2, contact()).await.unwrap_err();
    buy(&shop, rope.variant(), 1, contact()).await.unwrap();
    // What counts no more is cleared, and nothing else.
    clear(&shop).await;
    assert_eq!(uses(&shop).await, 2 * 2);
    buy(&shop, rope.variant(), 1, contact()).await.unwrap_err();
    let turns = "SELECT COUNT(*) AS n FROM buyer_limit_turns";
    shop.clock.advance(DAY);
    clear(&shop).await;
    assert_eq!(shop.number(turns).await, 0);
}

async fn clear(shop: &TestShop) {
    let parts = Parts {
        db: shop.db().clone(),
        clock: shop.clock.clone(),
        settings: shop.services.settings.clone(),
    };
    let limits = feature::all().find(|feature| feature.name() == "buyer_limits");
    limits.unwrap().run_maintenance(&parts).await.unwrap();
}

/// Puts units of a variant into someone's cart.
async fn add(shop: &TestShop, cart: &str, product: &Stocked, units: i64) -> CartView {
    let item = CartItem::Variant(product.variant().to_owned());
    let added = shop.shop().cart.add(Some(cart), item, units).await;
    added.unwrap().1
}

async fn who_is_signed_in_is_told_what_they_ordered(shop: TestShop) {
    let (rope, _) = ropes(&shop, 3).await;
    let kim = shop.account("kim@example.com", Role::Customer).await;
    let cart = format!("{ACCOUNT_CART}{}", kim.id);
    assert!(add(&shop, &cart, &rope, 2).await.problems().is_empty());
    shop.place(&cart, by(contact(), 2000)).await.unwrap();
    let filled = add(&shop, &cart, &rope, 2).await;
    let problem = filled.lines[0].problem.clone().unwrap();
    assert_eq!(problem.kind, ErrorKind::LimitReached);
    let told = BuyerLimit {
        units: 3,
        ordered: Some(2),
    };
    assert_eq!((problem.limit, problem.available), (Some(told), 1));
    // Wherever they say that they live.
    let refused = shop.place(&cart, by(someone(1), 2000)).await.unwrap_err();
    is_limit(&refused, 1, 3, Some(2));
    let view = shop.shop().cart.update(Some(&cart), rope.variant(), 1);
    assert!(view.await.unwrap().problems().is_empty());
    shop.place(&cart, by(someone(2), 1000)).await.unwrap();
    let gone = add(&shop, &cart, &rope, 1).await.lines[0]
        .problem
        .clone()
        .unwrap();
    assert!(gone.is_gone());
    // As a guest with the address that was typed first.
    let refused = buy(&shop, rope.variant(), 2, contact()).await.unwrap_err();
    is_limit(&refused, 0, 3, None);
}

async fn a_stranger_is_told_the_limit_alone(shop: TestShop) {
    let (rope, _) = ropes(&shop, 3).await;
    buy(&shop, rope.variant(), 2, contact()).await.unwrap();
    let cart = shop.cart(&[(rope.variant(), 2)]).await;
    let view = shop.shop().cart.view(Some(&cart)).await.unwrap();
    assert!(
        view.problems().is_empty(),
        "a cart does not know who it is of"
    );
    let refused = shop.place(&cart, by(contact(), 2000)).await.unwrap_err();
    is_limit(&refused, 0, 3, None);
    assert_eq!(refused.message, "Rope: limit 3 per customer.");
    // Someone who is signed in is one to others.
    let other = shop.account("other@example.com", Role::Customer).await;
    let cart = format!("{ACCOUNT_CART}{}", other.id);
    add(&shop, &cart, &rope, 2).await;
    let refused = shop.place(&cart, by(contact(), 2000)).await.unwrap_err();
    is_limit(&refused, 0, 3, None);
    let too_many = shop.cart(&[(rope.variant(), 4)]).await;
    let view = shop.shop().cart.view(Some(&too_many)).await.unwrap();
    assert_eq!(view.problems()[0].kind, ErrorKind::LimitReached);
    assert_eq!(view.problems()[0].available, 3);
}

async fn nothing_typed_is_kept_and_all_goes_with_the_customer(shop: TestShop) {
    let (rope, _) = ropes(&shop, 3).await;
    let placed = buy(&shop, rope.variant(), 2, contact()).await.unwrap();
    let others = buy(&shop, rope.variant(), 1, someone(1)).await.unwrap();
    let id = shop.order(&placed).await.id;
    let rows = sqlx::query("SELECT buyer FROM buyer_limit_uses").fetch_all(shop.db().reader());
    for row in rows.await.unwrap() {
        let buyer = row.text("buyer").unwrap();
        assert!(buyer.len() == 32 && buyer.bytes().all(|b| b.is_ascii_hexdigit()));
    }
    assert_eq!(uses(&shop).await, 4);
    let person = Person {
        account_id: None,
        guest_email: Some("kim@example.com"),
        orders: &[id],
    };
    let (mut tx, mut changes) = (shop.db().begin().await.unwrap(), ChangeSet::default());
    feature::forget(&mut tx, shop.db(), &person, &mut changes)
        .await
        .unwrap();
    changes.commit(tx, shop.db()).await.unwrap();
    let left = format!(
        "SELECT COUNT(*) AS n FROM buyer_limit_uses WHERE order_id = '{}'",
        shop.order(&others).await.id
    );
    assert_eq!((uses(&shop).await, shop.number(&left).await), (2, 2));
}

async fn a_limit_that_is_taken_away_counts_for_nothing(shop: TestShop) {
    let (rope, admin) = ropes(&shop, 1).await;
    buy(&shop, rope.variant(), 1, contact()).await.unwrap();
    set(&shop, &admin, Some(&rope.id), vec![form("", 0, 0)]).await;
    assert_eq!(uses(&shop).await, 0);
    buy(&shop, rope.variant(), 5, contact()).await.unwrap();
    assert_eq!(uses(&shop).await, 0);
    let entries = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'limits.save'";
    assert_eq!(shop.number(entries).await, 2);
}
