//! Cards that are tried until one is taken.

use app::brakes::{Brake, CountedBy};
use server::{brakes::CardStanding, http::Network};
use tokio::task::JoinSet;

use super::{WAIT, place, says, set, too_fast};
use crate::support::{APPROVES, DECLINES, Goods, TestShop, on_both_databases};

on_both_databases!(
    declined_cards_stop_a_cart_in_the_same_words_however_it_would_pay,
    a_changed_contact_leaves_a_cart_as_fast_as_it_was,
    a_card_is_counted_wherever_it_is_tried,
    cards_that_are_tried_at_once_are_made_up_for,
);

async fn declined_cards_stop_a_cart_in_the_same_words_however_it_would_pay(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let admin = shop.admin().await;
    set(&shop, &admin, &[(Brake::Declines, CountedBy::Cart, "3")]).await;
    let site = shop.open().await;
    let tries_cards = site.browser();
    tries_cards.add(rope.variant(), 1).await.expect(200);
    for _ in 0..3 {
        place(&tries_cards, "test_card", DECLINES).await.expect(402);
    }
    let mut words = Vec::new();
    for (payment, card) in [
        ("test_card", DECLINES),
        ("test_card", APPROVES),
        ("cash_on_delivery", ""),
    ] {
        let answer = too_fast(place(&tries_cards, payment, card).await);
        words.push(answer.json()["error"]["message"].clone());
    }
    words.dedup();
    assert_eq!(words.len(), 1, "{words:?}");
    assert!(words[0].as_str().unwrap().starts_with(WAIT));
    assert_eq!(shop.units(rope.variant()).await, 10);
    let somebody_else = site.browser();
    somebody_else.add(rope.variant(), 1).await.expect(200);
    place(&somebody_else, "test_card", APPROVES)
        .await
        .expect(200);
}

async fn a_changed_contact_leaves_a_cart_as_fast_as_it_was(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let admin = shop.admin().await;
    set(&shop, &admin, &[(Brake::Declines, CountedBy::Cart, "2")]).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    for name in ["Kim Marten", "Lou Marten"] {
        says(&browser, name).await.expect(200);
        place(&browser, "test_card", DECLINES).await.expect(402);
    }
    for name in ["Sam Marten", "Kim Marten"] {
        says(&browser, name).await.expect(200);
        too_fast(place(&browser, "test_card", APPROVES).await);
    }
    assert_eq!(shop.orders().await, 2, "the declined ones");
}

async fn a_card_is_counted_wherever_it_is_tried(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let admin = shop.admin().await;
    set(&shop, &admin, &[(Brake::Declines, CountedBy::Card, "2")]).await;
    let brakes = &shop.services.brakes;
    let (tried, other) = (DECLINES.replace(' ', ""), APPROVES.replace(' ', ""));
    let site = shop.open_as(Network::BehindProxy, None).await;
    let mut words = Vec::new();
    for _ in 0..4 {
        let browser = site.browser();
        browser.add(rope.variant(), 1).await.expect(200);
        let answer = place(&browser, "test_card", DECLINES).await.expect(402);
        words.push(answer.json()["error"]["message"].clone());
    }
    words.dedup();
    assert_eq!(words.len(), 1, "nobody is told: {words:?}");
    assert_eq!(brakes.standing_of_card(&tried).await, CardStanding::Braked);
    assert_eq!(brakes.standing_of_card(&other).await, CardStanding::Free);
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    place(&browser, "test_card", APPROVES).await.expect(200);
    // Nodes know cards by the same name.
    let second = shop.second_node();
    let key = "SELECT COUNT(*) AS n FROM shop_facts WHERE name = 'braked_card_key'";
    second.services.brakes.card_declined(&tried).await;
    assert_eq!(shop.number(key).await, 1);
    assert_eq!(shop.units(rope.variant()).await, 9);
}

async fn cards_that_are_tried_at_once_are_made_up_for(shop: TestShop) {
    const TRIES: usize = 20;
    let rope = shop.stock(Goods::named("Rope").units(100)).await;
    let admin = shop.admin().await;
    set(&shop, &admin, &[(Brake::Declines, CountedBy::Network, "6")]).await;
    let site = shop.open().await;
    let mut carts = Vec::new();
    for _ in 0..TRIES {
        let browser = site.browser();
        browser.add(rope.variant(), 1).await.expect(200);
        carts.push(browser);
    }
    let mut tries = JoinSet::new();
    for browser in carts {
        tries.spawn(async move { place(&browser, "test_card", DECLINES).await });
    }
    let answers = tries.join_all().await;
    let declined = answers.iter().filter(|answer| answer.status == 402).count();
    assert!(declined >= 6, "{declined}");
    // One each ten minutes, and those that were too many have to come back first.
    let honest = site.browser();
    honest.add(rope.variant(), 1).await.expect(200);
    let late = place(&honest, "test_card", APPROVES).await.expect(429);
    let seconds: usize = late.header("retry-after").parse().unwrap();
    let owed = (declined - 6) * 600;
    assert!(
        (owed + 1..=owed + 600).contains(&seconds),
        "{declined}: {seconds}"
    );
}
