//! Carts that are looked at in the same moment, and what goes into them then: read together, each shopper sees their own,
//! and all that was committed before they asked.

use std::collections::BTreeSet;

use app::{
    cart::{ports::CartItem, types::CartView},
    error::{ErrorKind, ShopResult},
    locale::Locale,
};
use futures_util::future::join_all;
use server::ids::{new_id, new_secret};

use super::{carts::add, translations::translate};
use crate::support::{Goods, TestShop, contact, counted, on_both_databases};

on_both_databases!(
    each_of_many_shoppers_sees_their_own_cart,
    each_of_many_shoppers_is_at_their_own_checkout,
    what_was_committed_before_carts_are_looked_at_is_in_them,
    each_of_many_guests_gets_what_they_asked_for,
);

/// Carts with two lines, of which each is another guest's. All can be had.
async fn mixed(shop: &TestShop, variants: &[&str], guests: usize) -> Vec<String> {
    let nth = |n: usize| variants[n % variants.len()];
    let mut tokens = Vec::new();
    for (guest, units) in (0..guests).zip((1..=5).cycle()) {
        let (token, _) = add(shop, None, nth(guest), units).await.unwrap();
        shop.clock.advance(1);
        let second = nth(guest + 1 + guest % 2);
        add(shop, Some(&token), second, 1).await.unwrap();
        tokens.push(token);
    }
    tokens
}

async fn each_of_many_shoppers_sees_their_own_cart(shop: TestShop) {
    const GUESTS: usize = 60;
    let shop = shop.speaking("en,de");
    let rope = Goods::named("Rope").price(1000).units(500);
    let rope = shop.stock(rope).await;
    let lamp = Goods::named("Lamp").price(2500).units(500);
    let lamp = shop.stock(lamp).await;
    let colours = [(["Red"], 1500, 500), (["Blue"], 1700, 500)];
    let shirt = Goods::named("Shirt").options(["Colour"], &colours);
    let shirt = shop.stock(shirt).await;
    translate(&shop, &shirt, &[("title", "Hemd"), ("option1:Red", "Rot")]).await;
    let (red, blue) = (shirt.variants[0].as_str(), shirt.variants[1].as_str());
    let variants = [rope.variant(), red, lamp.variant(), blue];
    let tokens = mixed(&shop, &variants, GUESTS).await;
    let cart = &shop.shop().cart;
    let (emptied, _) = add(&shop, None, red, 1).await.unwrap();
    cart.remove(Some(&emptied), red).await.unwrap();
    let nobody = new_secret();
    let mut alone = Vec::new();
    for (guest, token) in tokens.iter().enumerate() {
        let view = cart.view(Some(token)).await.unwrap();
        let first = &view.lines[0];
        assert_eq!(first.variant_id, variants[guest % 4], "{guest}");
        assert_eq!(first.quantity, guest as i64 % 5 + 1, "{guest}");
        assert_eq!(view.lines.len(), 2);
        assert!(view.lines.iter().all(|line| line.problem.is_none()));
        alone.push(view);
    }

    // Each twice, as in two windows, with some that are no carts.
    let all = tokens.iter().chain([&emptied, &nobody]).chain(&tokens);
    let looking = all.map(|token| cart.view(Some(token)));
    let (seen, ran) = counted(join_all(looking)).await;

    assert!(ran.len() < GUESTS, "nobody reads alone: {}", ran.len());
    let mut seen: Vec<CartView> = seen.into_iter().map(Result::unwrap).collect();
    let again = seen.split_off(GUESTS + 2);
    let no_carts = seen.split_off(GUESTS);
    assert_eq!(seen, alone);
    assert_eq!(again, alone);
    assert!(no_carts.iter().all(|cart| cart.lines.is_empty()));

    let german = cart.in_language(Locale::De);
    let looking = tokens.iter().map(|token| german.view(Some(token)));
    for (view, alone) in join_all(looking).await.into_iter().zip(&alone) {
        for (line, english) in view.unwrap().lines.iter().zip(&alone.lines) {
            let name = match line.variant_id.as_str() {
                id if id == red => ("Hemd", "Rot"),
                id if id == blue => ("Hemd", "Blue"),
                _ => (english.title.as_str(), ""),
            };
            assert_eq!((line.title.as_str(), line.variant_title.as_str()), name);
            assert_eq!(line.variant_id, english.variant_id);
        }
    }
}

async fn each_of_many_shoppers_is_at_their_own_checkout(shop: TestShop) {
    let rope = Goods::named("Rope").price(1000).units(500);
    let rope = shop.stock(rope).await;
    let lamp = Goods::named("Lamp").price(2500).units(500);
    let lamp = shop.stock(lamp).await;
    let checkout = &shop.shop().checkout;
    let mut own = Vec::new();
    for token in mixed(&shop, &[rope.variant(), lamp.variant()], 20).await {
        let mut contact = contact();
        contact.name = format!("Kim Marten {}", own.len());
        own.push(checkout.save_contact(Some(&token), contact).await.unwrap());
    }

    let looking = own.iter().map(|token| checkout.view(Some(token)));
    let seen: Vec<_> = join_all(looking).await;
    let mut keys = BTreeSet::new();
    for (nth, view) in seen.into_iter().enumerate() {
        let view = view.unwrap();
        let name = view.draft.contact.map(|contact| contact.name);
        assert_eq!(name, Some(format!("Kim Marten {nth}")));
        let first = [&rope, &lamp][nth % 2];
        assert_eq!(view.cart.lines[0].variant_id, first.variant());
        keys.insert(view.checkout_key);
    }
    assert_eq!(keys.len(), 20);

    // A contact that is told again changes no other cart, and no token.
    let telling = own.iter().enumerate().map(|(nth, token)| {
        let mut contact = contact();
        contact.name = format!("Kim Marten {nth}");
        checkout.save_contact(Some(token), contact)
    });
    let told = join_all(telling).await.into_iter().map(Result::unwrap);
    assert_eq!(told.collect::<Vec<_>>(), own);
}

/// What is wrong with the one line of each cart.
fn problems(views: Vec<ShopResult<CartView>>) -> BTreeSet<(String, i64, i64)> {
    let views = views.into_iter().map(Result::unwrap);
    let problems = views.map(|view| {
        let problem = view.lines[0].problem.clone();
        let problem = problem.expect("what was changed is told");
        let kind = format!("{:?}", problem.kind);
        (kind, problem.available, problem.price_minor)
    });
    problems.collect()
}

async fn what_was_committed_before_carts_are_looked_at_is_in_them(shop: TestShop) {
    let rope = shop
        .stock(Goods::named("Rope").price(1000).units(500))
        .await;
    let mut tokens = Vec::new();
    for _ in 0..20 {
        tokens.push(shop.cart(&[(rope.variant(), 2)]).await);
    }
    let cart = &shop.shop().cart;
    let checkout = &shop.shop().checkout;
    let look = || join_all(tokens.iter().map(|token| cart.view(Some(token))));
    // Others look all the time, so there are reads on their way when the change is committed.
    let others = || async {
        for _ in 0..3 {
            for view in look().await {
                view.unwrap();
            }
        }
    };
    let told = |kind: ErrorKind, available: i64, price_minor: i64| {
        BTreeSet::from([(format!("{kind:?}"), available, price_minor)])
    };
    for price in 1001..=1008 {
        let changed = async {
            shop.set_price(&rope, price).await;
            problems(look().await)
        };
        let ((), seen) = tokio::join!(others(), changed);
        assert_eq!(seen, told(ErrorKind::PriceChanged, 500, price));
    }
    for units in [1, 0] {
        let changed = async {
            shop.set_units(&rope, units).await;
            problems(look().await)
        };
        let ((), seen) = tokio::join!(others(), changed);
        let kind = match units {
            0 => ErrorKind::SoldOut,
            _ => ErrorKind::Insufficient,
        };
        assert_eq!(seen, told(kind, units, 1008));
    }
    let changed = async {
        shop.set_active(&rope, false).await;
        let checked = tokens
            .iter()
            .map(|token| checkout.validate(Some(token), "203.0.113.7"));
        (problems(look().await), join_all(checked).await)
    };
    let ((), (seen, checked)) = tokio::join!(others(), changed);
    assert_eq!(seen, told(ErrorKind::Inactive, 0, 1000));
    for checked in checked {
        assert!(!checked.unwrap().ok);
    }
}

async fn each_of_many_guests_gets_what_they_asked_for(shop: TestShop) {
    let rope = shop
        .stock(Goods::named("Rope").price(1000).units(500))
        .await;
    let colours = [(["Red"], 1500, 500), (["Blue"], 1700, 500)];
    let shirt = Goods::named("Shirt").options(["Colour"], &colours);
    let shirt = shop.stock(shirt).await;
    let (red, blue) = (shirt.variants[0].as_str(), shirt.variants[1].as_str());
    let by_id = |id: &str| CartItem::Variant(id.to_owned());
    let by_options = |product_id: &str, value: &str| CartItem::Options {
        product_id: product_id.to_owned(),
        values: [value, "", ""].map(str::to_owned),
    };
    let wanted = [
        (by_id(rope.variant()), Some((rope.variant(), 1000))),
        (by_options(&shirt.id, "Red"), Some((red, 1500))),
        (by_options(&shirt.id, "Green"), None),
        (by_id(red), Some((red, 1500))),
        (by_options(&shirt.id, "Blue"), Some((blue, 1700))),
        (by_options(&rope.id, ""), Some((rope.variant(), 1000))),
        (by_options(&rope.id, "Red"), None),
        (by_options(&shirt.id, "Red\0"), None),
        (by_id("rope"), None),
        (by_id(&new_id()), None),
    ];
    let cart = &shop.shop().cart;
    let all = || wanted.iter().cycle().take(10 * wanted.len());

    let added = join_all(all().map(|(item, _)| cart.add(None, item.clone(), 1))).await;

    for (added, (item, expected)) in added.into_iter().zip(all()) {
        match expected {
            Some(expected) => {
                let (_, view) = added.unwrap();
                let line = &view.lines[0];
                assert_eq!((line.variant_id.as_str(), line.unit_price_minor), *expected);
            }
            None => {
                let refused = added.expect_err("there is no such variant");
                assert_eq!(refused.fields[0].field, "variant_id", "{item:?}");
            }
        }
    }
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM carts").await, 50);

    // Of a price that was committed before, nobody gets the old one.
    for price in 1001..=1004 {
        let others = join_all((0..20).map(|_| add(&shop, None, rope.variant(), 1)));
        let changed = async {
            shop.set_price(&rope, price).await;
            join_all((0..20).map(|_| add(&shop, None, rope.variant(), 1))).await
        };
        let (_, added) = tokio::join!(others, changed);
        for added in added {
            assert_eq!(added.unwrap().1.lines[0].unit_price_minor, price);
        }
    }
}
