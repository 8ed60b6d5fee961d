//! What the checkout remembers between its steps, and what it comes to.

use app::{
    checkout::types::CheckoutView,
    contact::Contact,
    error::{ErrorKind, ShopError},
};

use crate::support::{APPROVES, Goods, TestShop, cash, contact, on_both_databases, test_card};

on_both_databases!(
    each_step_is_remembered,
    the_key_stays_until_the_order_is_placed,
    a_wrong_step_changes_nothing,
    delivery_is_added_and_tax_is_contained,
    only_the_providers_token_of_a_card_is_kept,
    an_empty_cart_has_no_checkout,
    validation_names_every_problem,
    drafts_belong_to_their_cart,
);

async fn view(shop: &TestShop, cart: &str) -> CheckoutView {
    shop.shop().checkout.view(Some(cart)).await.unwrap()
}

fn fields(error: &ShopError) -> Vec<&str> {
    error
        .fields
        .iter()
        .map(|field| field.field.as_str())
        .collect()
}

async fn each_step_is_remembered(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let checkout = &shop.shop().checkout;
    let typed = Contact {
        name: "  Kim Marten ".to_owned(),
        country: "de".to_owned(),
        ..contact()
    };
    let cart = checkout.save_contact(Some(&cart), typed).await.unwrap();
    checkout
        .save_shipping(Some(&cart), "express")
        .await
        .unwrap();
    checkout.save_payment(Some(&cart), cash()).await.unwrap();
    let draft = view(&shop.second_node(), &cart).await.draft;
    assert_eq!(draft.contact, Some(contact()), "trimmed and in normal form");
    assert_eq!(draft.shipping.as_deref(), Some("express"));
    assert_eq!(draft.payment.unwrap().method, "cash_on_delivery");
    checkout.save_shipping(Some(&cart), "pickup").await.unwrap();
    let draft = view(&shop, &cart).await.draft;
    assert_eq!(draft.shipping.as_deref(), Some("pickup"));
    assert_eq!(draft.contact, Some(contact()), "the other steps stay");
}

async fn the_key_stays_until_the_order_is_placed(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let first = view(&shop, &cart).await.checkout_key;
    assert_eq!(first.len(), 43);
    assert_eq!(view(&shop, &cart).await.checkout_key, first);
    assert_eq!(view(&shop.second_node(), &cart).await.checkout_key, first);
    let placed = crate::support::order(cash(), 4900);
    let placed = app::checkout::types::PlaceOrder {
        checkout_key: first.clone(),
        ..placed
    };
    shop.place(&cart, placed).await.unwrap();
    let item = app::cart::ports::CartItem::Variant(rope.variant().to_owned());
    shop.shop().cart.add(Some(&cart), item, 1).await.unwrap();
    assert_ne!(
        view(&shop, &cart).await.checkout_key,
        first,
        "the next order has its own"
    );
}

async fn a_wrong_step_changes_nothing(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let checkout = &shop.shop().checkout;
    let cart = checkout.save_contact(Some(&cart), contact()).await.unwrap();
    let wrong = Contact {
        email: "nobody".to_owned(),
        city: "x".repeat(81),
        ..contact()
    };
    let refused = checkout.save_contact(Some(&cart), wrong).await.unwrap_err();
    assert_eq!(fields(&refused), ["email", "city"]);
    let refused = checkout
        .save_shipping(Some(&cart), "by-whale")
        .await
        .unwrap_err();
    assert_eq!(fields(&refused), ["shipping"]);
    let mut payment = cash();
    "shells".clone_into(&mut payment.method);
    let refused = checkout
        .save_payment(Some(&cart), payment)
        .await
        .unwrap_err();
    assert_eq!(fields(&refused), ["payment"]);
    for number in ["", "4111 1111 1111 1111", "abc", &"4".repeat(500)] {
        let refused = checkout.save_payment(Some(&cart), test_card(number)).await;
        assert_eq!(fields(&refused.unwrap_err()), ["card_number"], "{number}");
    }
    let draft = view(&shop, &cart).await.draft;
    assert_eq!(
        (draft.contact, draft.shipping, draft.payment),
        (Some(contact()), None, None)
    );
}

async fn delivery_is_added_and_tax_is_contained(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(2500).units(50)).await;
    for (quantity, rate, shipping, total, tax) in [
        (1, "standard", 490, 2990, 477),
        (1, "express", 1290, 3790, 605),
        (1, "pickup", 0, 2500, 399),
        (2, "standard", 490, 5490, 877),
        (3, "standard", 0, 7500, 1197),
        (3, "express", 1290, 8790, 1403),
    ] {
        let cart = shop.cart(&[(rope.variant(), quantity)]).await;
        shop.shop()
            .checkout
            .save_shipping(Some(&cart), rate)
            .await
            .unwrap();
        let shown = view(&shop, &cart).await;
        let totals = &shown.totals;
        assert_eq!(totals.subtotal_minor, 2500 * quantity);
        assert_eq!(totals.shipping_minor, shipping, "{quantity} {rate}");
        assert_eq!(totals.total_minor, total, "{quantity} {rate}");
        assert_eq!(totals.tax_minor, tax, "{quantity} {rate}");
        assert_eq!(
            (totals.tax_basis_points, totals.currency.as_str()),
            (1900, "EUR")
        );
        let offered: Vec<_> = shown.rates.iter().map(|rate| rate.id.as_str()).collect();
        assert_eq!(offered, ["standard", "express", "pickup"]);
        let mut order = crate::support::order(cash(), total);
        rate.clone_into(&mut order.shipping);
        let placed = shop.place(&cart, order).await.unwrap();
        let order = shop.order(&placed).await;
        assert_eq!(
            (order.shipping_minor, order.total_minor, order.tax_minor),
            (shipping, total, tax),
            "what was shown is what was sold"
        );
    }
}

async fn only_the_providers_token_of_a_card_is_kept(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let checkout = &shop.shop().checkout;
    checkout
        .save_payment(Some(&cart), test_card(APPROVES))
        .await
        .unwrap();
    let choice = view(&shop, &cart).await.draft.payment.unwrap();
    assert_eq!(choice.label, "Test card ending 4242");
    assert!(!choice.token.contains("4242"));
    checkout
        .save_payment(Some(&cart), test_card(""))
        .await
        .unwrap();
    let kept = view(&shop, &cart).await.draft.payment.unwrap();
    assert_eq!(kept, choice, "an empty field keeps the card");
    checkout.save_payment(Some(&cart), cash()).await.unwrap();
    let refused = checkout
        .save_payment(Some(&cart), test_card(""))
        .await
        .unwrap_err();
    assert_eq!(
        fields(&refused),
        ["card_number"],
        "a card given up is not kept"
    );
}

async fn an_empty_cart_has_no_checkout(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let emptied = shop.cart(&[(rope.variant(), 1)]).await;
    shop.shop()
        .cart
        .remove(Some(&emptied), rope.variant())
        .await
        .unwrap();
    let checkout = &shop.shop().checkout;
    let unknown = server::ids::new_secret();
    for cart in [None, Some(emptied.as_str()), Some(&unknown), Some("x")] {
        for error in [
            checkout.view(cart).await.err(),
            checkout.validate(cart, "").await.err(),
            checkout.save_contact(cart, contact()).await.err(),
            checkout.save_shipping(cart, "pickup").await.err(),
            checkout.save_payment(cart, cash()).await.err(),
            checkout
                .place(cart, crate::support::order(cash(), 0))
                .await
                .err(),
        ] {
            assert_eq!(error.unwrap().kind, ErrorKind::EmptyCart, "{cart:?}");
        }
    }
    assert_eq!(shop.orders().await, 0);
}

async fn validation_names_every_problem(shop: TestShop) {
    let goods = ["One", "Two", "Three"].map(Goods::named).to_vec();
    let goods = shop.stock_all(goods).await;
    let lines: Vec<_> = goods.iter().map(|product| (product.variant(), 2)).collect();
    let cart = shop.cart(&lines).await;
    let validate = || async {
        shop.shop()
            .checkout
            .validate(Some(&cart), "")
            .await
            .unwrap()
    };
    assert!(validate().await.ok);
    shop.set_units(&goods[0], 1).await;
    shop.set_price(&goods[2], 100).await;
    let found = validate().await;
    assert!(!found.ok);
    let mut problems: Vec<_> = found
        .problems
        .iter()
        .map(|problem| {
            (
                problem.title.as_str(),
                problem.kind,
                problem.available,
                problem.price_minor,
            )
        })
        .collect();
    problems.sort_by_key(|(title, ..)| *title);
    assert_eq!(
        problems,
        [
            ("One", ErrorKind::Insufficient, 1, 4900),
            ("Three", ErrorKind::PriceChanged, 10, 100),
        ]
    );
}

async fn drafts_belong_to_their_cart(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let one = shop.cart(&[(rope.variant(), 1)]).await;
    let other = shop.cart(&[(rope.variant(), 1)]).await;
    let checkout = &shop.shop().checkout;
    let one = checkout.save_contact(Some(&one), contact()).await.unwrap();
    let seen = view(&shop, &other).await;
    assert_eq!(seen.draft.contact, None);
    assert_ne!(seen.checkout_key, view(&shop, &one).await.checkout_key);
}
