//! Orders of the account that is signed in, and the cart that is theirs on every device.

use app::{
    account::types::MergedCart,
    cart::{
        ports::CartItem,
        types::{CartView, MAX_LINES},
    },
    error::ErrorKind,
    identity::{Account, Role},
    orders::types::OrderStatus,
    visitor::Visitor,
};
use server::{cart::token::of_account, ids::new_id};

use crate::support::{
    APPROVES, Goods, PASSWORD, Stocked, TestShop, cash, on_both_databases, opened, order, test_card,
};

on_both_databases!(
    what_is_ordered_while_signed_in_is_in_the_history,
    guest_orders_appear_once_the_address_is_proven,
    orders_stay_with_an_account_that_moves,
    other_peoples_orders_are_not_there,
    an_order_is_cancelled_by_its_owner_until_it_is_packed,
    what_is_still_sold_is_ordered_again,
    a_guests_cart_goes_into_the_accounts,
    lines_are_added_up_to_what_can_be_ordered,
    a_cart_that_is_full_says_so,
    nobody_gets_another_accounts_cart,
    what_was_typed_at_the_checkout_goes_along,
);

const KIM: &str = "kim@example.com";

async fn customer(shop: &TestShop, email: &str) -> Account {
    shop.account(email, Role::Customer).await
}

async fn put(shop: &TestShop, cart: &str, variant: &str, units: i64) {
    let item = CartItem::Variant(variant.to_owned());
    shop.shop().cart.add(Some(cart), item, units).await.unwrap();
}

/// Buys one unit while signed in; the order's id.
async fn buy(shop: &TestShop, account: &Account, goods: &Stocked) -> String {
    let cart = of_account(&account.id);
    put(shop, &cart, goods.variant(), 1).await;
    let total = shop.subtotal(&cart).await;
    let placed = shop.place(&cart, order(cash(), total)).await.unwrap();
    shop.order(&placed).await.id
}

/// Signs in with this guest's cart.
async fn complete_sign_in(shop: &TestShop, account: &Account, cart: Option<&str>) -> MergedCart {
    let accounts = &shop.shop().accounts;
    let signed_in = accounts.sign_in(&new_id(), &account.email, PASSWORD).await;
    let (session, account) = opened(signed_in.unwrap());
    let visitor = Visitor {
        cart: cart.map(str::to_owned),
        ..Visitor::default()
    };
    accounts
        .complete_sign_in(&visitor, &session, &account)
        .await
        .unwrap()
}

async fn cart_of(shop: &TestShop, account: &Account) -> CartView {
    let token = of_account(&account.id);
    shop.shop().cart.view(Some(&token)).await.unwrap()
}

fn quantities(cart: &CartView) -> Vec<(&str, i64)> {
    let mut lines: Vec<_> = cart
        .lines
        .iter()
        .map(|line| (line.title.as_str(), line.quantity))
        .collect();
    lines.sort_unstable();
    lines
}

async fn prove(shop: &TestShop, account: &Account) {
    shop.shop().own_account.ask_verify(account).await.unwrap();
    let sent = shop.post().deliver().await;
    let mail = sent
        .iter()
        .find(|mail| mail.body().contains("/account/verify/"));
    let token = mail.unwrap().link("/account/verify/");
    shop.shop().accounts.verify(account, &token).await.unwrap();
}

async fn what_is_ordered_while_signed_in_is_in_the_history(shop: TestShop) {
    let lou = customer(&shop, "lou@example.com").await;
    let rope = shop.stock(Goods::named("Rope").units(50)).await;
    let mut ids = Vec::new();
    for _ in 0..12 {
        shop.clock.advance(1);
        ids.insert(0, buy(&shop, &lou, &rope).await);
    }
    let own = &shop.shop().own_orders;
    let first = own.list(&lou, 1).await.unwrap();
    assert_eq!((first.total, first.pages, first.rows.len()), (12, 2, 10));
    let shown: Vec<_> = first.rows.iter().map(|row| row.id.clone()).collect();
    assert_eq!(shown, ids[..10], "newest first");
    let row = &first.rows[0];
    assert_eq!((row.units, row.status), (1, OrderStatus::Paid));
    assert_eq!(row.titles, ["Rope"]);
    for (page, rows) in [(2, 2), (99, 2), (-1, 10)] {
        assert_eq!(own.list(&lou, page).await.unwrap().rows.len(), rows);
    }
    assert_eq!(own.order(&lou, &ids[0]).await.unwrap().id, ids[0]);
}

async fn guest_orders_appear_once_the_address_is_proven(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    let id = shop.order(&placed.unwrap()).await.id;
    let kim = customer(&shop, KIM).await;
    let own = &shop.shop().own_orders;
    assert_eq!(own.list(&kim, 1).await.unwrap().total, 0);
    let refused = own.order(&kim, &id).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::NotFound);
    prove(&shop, &kim).await;
    assert_eq!(own.list(&kim, 1).await.unwrap().rows[0].id, id);
    own.order(&kim, &id).await.unwrap();
    // Also what is ordered as a guest from now on.
    shop.buy(&[(rope.variant(), 1)], cash()).await.1.unwrap();
    assert_eq!(own.list(&kim, 1).await.unwrap().total, 2);
}

async fn orders_stay_with_an_account_that_moves(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let kim = customer(&shop, KIM).await;
    prove(&shop, &kim).await;
    shop.buy(&[(rope.variant(), 1)], cash()).await.1.unwrap();
    let new = "kim@new.example";
    let own = &shop.shop().own_account;
    own.ask_email(&kim, PASSWORD, new).await.unwrap();
    let sent = shop.post().deliver().await;
    let mail = sent.iter().find(|mail| mail.header("To") == new).unwrap();
    let token = mail.link("/account/verify/");
    shop.shop().accounts.verify(&kim, &token).await.unwrap();
    let orders = shop.shop().own_orders.list(&kim, 1).await.unwrap();
    assert_eq!(orders.total, 1);
}

async fn other_peoples_orders_are_not_there(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let (kim, lou) = (
        customer(&shop, KIM).await,
        customer(&shop, "lou@example.com").await,
    );
    prove(&shop, &kim).await;
    // Lou orders with Kim's address: it is Lou's order all the same.
    let id = buy(&shop, &lou, &rope).await;
    let own = &shop.shop().own_orders;
    assert_eq!(own.list(&kim, 1).await.unwrap().total, 0);
    let not_found = [
        own.order(&kim, &id).await.unwrap_err(),
        own.cancel(&kim, &id).await.unwrap_err(),
        own.again(&kim, None, &id).await.unwrap_err(),
        own.order(&lou, &new_id()).await.unwrap_err(),
        own.order(&lou, "' OR 1=1 --").await.unwrap_err(),
    ];
    for refused in not_found {
        assert_eq!(refused.kind, ErrorKind::NotFound);
    }
    assert_eq!(
        own.order(&lou, &id).await.unwrap().status,
        OrderStatus::Paid
    );
}

async fn an_order_is_cancelled_by_its_owner_until_it_is_packed(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").units(5)).await;
    let kim = customer(&shop, KIM).await;
    let own = &shop.shop().own_orders;
    let cart = of_account(&kim.id);
    put(&shop, &cart, rope.variant(), 2).await;
    let total = shop.subtotal(&cart).await;
    let placed = shop
        .place(&cart, order(test_card(APPROVES), total))
        .await
        .unwrap();
    let id = shop.order(&placed).await.id;
    assert_eq!(shop.units(rope.variant()).await, 3);
    let cancelled = own.cancel(&kim, &id).await.unwrap();
    assert_eq!(cancelled.status, OrderStatus::Cancelled);
    assert_eq!(cancelled.payment_status.as_str(), "refunded");
    assert_eq!(shop.units(rope.variant()).await, 5);
    let again = own.cancel(&kim, &id).await.unwrap_err();
    assert_eq!(again.kind, ErrorKind::Conflict);

    let id = buy(&shop, &kim, &rope).await;
    shop.shop().order_desk.pack(&admin, &id).await.unwrap();
    let refused = own.cancel(&kim, &id).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    assert_eq!(shop.units(rope.variant()).await, 4);
}

async fn what_is_still_sold_is_ordered_again(shop: TestShop) {
    let kim = customer(&shop, KIM).await;
    let goods = ["Rope", "Hook", "Buoy"].map(|title| Goods::named(title).units(9));
    let goods = shop.stock_all(goods.to_vec()).await;
    let cart = of_account(&kim.id);
    for goods in &goods {
        put(&shop, &cart, goods.variant(), 3).await;
    }
    let total = shop.subtotal(&cart).await;
    let placed = shop.place(&cart, order(cash(), total)).await.unwrap();
    let id = shop.order(&placed).await.id;
    let own = &shop.shop().own_orders;

    shop.set_units(&goods[1], 1).await;
    shop.set_active(&goods[2], false).await;
    let outcome = own.again(&kim, Some(&cart), &id).await.unwrap().outcome;
    assert_eq!(outcome.added, 4);
    let short: Vec<_> = outcome
        .short
        .iter()
        .map(|short| (short.title.as_str(), short.wanted, short.in_cart))
        .collect();
    assert_eq!(short, [("Hook", 3, 1), ("Buoy", 3, 0)]);
    let cart = cart_of(&shop, &kim).await;
    assert_eq!(quantities(&cart), [("Hook", 1), ("Rope", 3)]);
    assert!(cart.problems().is_empty());
}

async fn a_guests_cart_goes_into_the_accounts(shop: TestShop) {
    let kim = customer(&shop, KIM).await;
    let goods = ["Rope", "Hook"].map(Goods::named);
    let goods = shop.stock_all(goods.to_vec()).await;
    let guest = shop.cart(&[(goods[0].variant(), 2)]).await;
    let merged = complete_sign_in(&shop, &kim, Some(&guest)).await;
    assert_eq!((merged.count, merged.from_both), (2, false));
    let empty = shop.shop().cart.view(Some(&guest)).await.unwrap();
    assert!(empty.lines.is_empty(), "the guest's cart is over");

    // On another device.
    let guest = shop
        .cart(&[(goods[0].variant(), 1), (goods[1].variant(), 4)])
        .await;
    let merged = complete_sign_in(&shop, &kim, Some(&guest)).await;
    assert_eq!((merged.count, merged.from_both), (7, true));
    assert!(merged.lowered.is_empty());
    let cart = cart_of(&shop, &kim).await;
    assert_eq!(quantities(&cart), [("Hook", 4), ("Rope", 3)]);
    let merged = complete_sign_in(&shop, &kim, None).await;
    assert_eq!((merged.count, merged.from_both), (7, false));
}

async fn lines_are_added_up_to_what_can_be_ordered(shop: TestShop) {
    let kim = customer(&shop, KIM).await;
    let goods = vec![
        Goods::named("Rope").units(4),
        Goods::named("Hook").units(500),
        Goods::named("Buoy").units(5),
    ];
    let goods = shop.stock_all(goods).await;
    let lines: Vec<_> = goods
        .iter()
        .map(|goods| goods.variant())
        .zip([3, 60, 2])
        .collect();
    let guest = shop.cart(&lines).await;
    complete_sign_in(&shop, &kim, Some(&guest)).await;
    let guest = shop.cart(&lines).await;
    shop.set_active(&goods[2], false).await;
    let merged = complete_sign_in(&shop, &kim, Some(&guest)).await;
    assert!(merged.from_both);
    assert_eq!(merged.lowered.len(), 3);
    let cart = cart_of(&shop, &kim).await;
    assert_eq!(quantities(&cart), [("Buoy", 2), ("Hook", 99), ("Rope", 4)]);
    assert_eq!(
        cart.problems().len(),
        1,
        "what is not sold is said, not dropped"
    );
    assert_eq!(merged.count, cart.count);
}

async fn a_cart_that_is_full_says_so(shop: TestShop) {
    let kim = customer(&shop, KIM).await;
    let goods = (0..MAX_LINES + 2).map(|n| Goods::named(&format!("Knot {n}")));
    let goods = shop.stock_all(goods.collect()).await;
    let lines: Vec<_> = goods.iter().map(|goods| (goods.variant(), 1)).collect();
    let first = shop.cart(&lines[..MAX_LINES]).await;
    complete_sign_in(&shop, &kim, Some(&first)).await;
    let second = shop.cart(&lines[MAX_LINES - 1..]).await;
    let merged = complete_sign_in(&shop, &kim, Some(&second)).await;
    assert_eq!(merged.left_out, 2);
    assert_eq!(merged.count, MAX_LINES as i64 + 1);
    assert_eq!(cart_of(&shop, &kim).await.lines.len(), MAX_LINES);
}

async fn nobody_gets_another_accounts_cart(shop: TestShop) {
    let (kim, lou) = (
        customer(&shop, KIM).await,
        customer(&shop, "lou@example.com").await,
    );
    let rope = shop.stock(Goods::named("Rope")).await;
    put(&shop, &of_account(&kim.id), rope.variant(), 2).await;
    // Lou signs in where Kim still is.
    let merged = complete_sign_in(&shop, &lou, Some(&of_account(&kim.id))).await;
    assert_eq!(merged, MergedCart::default());
    assert_eq!(cart_of(&shop, &kim).await.count, 2);
    assert_eq!(cart_of(&shop, &lou).await.count, 0);
}

async fn what_was_typed_at_the_checkout_goes_along(shop: TestShop) {
    let kim = customer(&shop, KIM).await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let guest = shop.cart(&[(rope.variant(), 1)]).await;
    let checkout = &shop.shop().checkout;
    let contact = crate::support::contact();
    let guest = checkout
        .save_contact(Some(&guest), contact.clone())
        .await
        .unwrap();
    complete_sign_in(&shop, &kim, Some(&guest)).await;
    let view = checkout.view(Some(&of_account(&kim.id))).await.unwrap();
    assert_eq!(view.draft.contact, Some(contact));
}
