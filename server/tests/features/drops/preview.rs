//! What admins see of a drop at another time, and nobody else.

use app::{
    catalog::types::Availability,
    drops::{
        previewed::{Previewed, WhyHidden},
        types::DropPhase,
    },
};

use super::{Line, OPENS, Times, draft, planned};
use crate::support::{ADMIN, Goods, HOUR, MINUTE, STAFF, TestShop, on_both_databases};

on_both_databases!(
    a_draft_is_seen_as_if_it_were_planned,
    what_a_draft_is_to_set_aside_has_left_the_shelf,
    a_time_that_is_past_is_seen_as_it_was,
    what_is_not_on_sale_is_named_with_the_reason,
    a_preview_is_a_page_for_admins_that_shows_nothing_to_others,
);

async fn at(shop: &TestShop, id: &str, at: i64) -> Previewed {
    shop.shop().drop_desk.preview(id, Some(at)).await.unwrap()
}

fn titles(previewed: &Previewed) -> Vec<&str> {
    let cards = previewed.drop.products.iter();
    cards.map(|card| card.title.as_str()).collect()
}

async fn a_draft_is_seen_as_if_it_were_planned(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let saved = draft(&shop, &actor, "Summer", Times::NEW, &[&rope]).await;
    let desk = &shop.shop().drop_admin;
    desk.set_line(&actor, &saved.id, Line::of(rope.variant(), 5).form())
        .await
        .unwrap();
    let reveal = OPENS - 10 * MINUTE;

    let secret = at(&shop, &saved.id, reveal - 1).await;
    assert_eq!(secret.drop.phase, DropPhase::Before);
    assert!(titles(&secret).is_empty(), "{secret:?}");
    assert_eq!(secret.hidden[0].why, WhyHidden::SecretUntil(reveal));

    let shown = at(&shop, &saved.id, reveal).await;
    assert_eq!(titles(&shown), ["Rope"]);
    let card = &shown.drop.products[0];
    assert_eq!((card.price_min_minor, card.sold_from), (2000, Some(OPENS)));

    let open = at(&shop, &saved.id, OPENS).await;
    assert_eq!(open.drop.phase, DropPhase::Open);
    assert_eq!(open.drop.products[0].sold_from, None);
    let start = shop.shop().drop_desk.preview(&saved.id, None).await;
    assert_eq!(start.unwrap(), open, "without a time it is the start");

    let over = at(&shop, &saved.id, OPENS + HOUR).await;
    assert_eq!(over.drop.phase, DropPhase::Over);

    // Nothing was changed by looking.
    assert_eq!(shop.units(rope.variant()).await, 10);
    let catalog = &shop.shop().catalog;
    assert!(catalog.product(&rope.slug).await.is_err(), "still a secret");
    assert!(shop.shop().drops.of_slug(&saved.slug).await.is_err());
}

async fn what_a_draft_is_to_set_aside_has_left_the_shelf(shop: TestShop) {
    let actor = shop.admin().await;
    let goods = ["Rope", "Lamp"].map(|title| Goods::named(title).units(5));
    let goods = shop.stock_all(goods.to_vec()).await;
    let both: Vec<_> = goods.iter().collect();
    let saved = draft(&shop, &actor, "Summer", Times::SOLD, &both).await;
    let desk = &shop.shop().drop_admin;
    // Of the rope all five; of the lamp one stays.
    let rope = Line::of(goods[0].variant(), 5);
    let lamp = Line::of(goods[1].variant(), 4);
    for line in [rope, lamp] {
        desk.set_line(&actor, &saved.id, line.form()).await.unwrap();
    }
    let there = async |moment: i64| {
        let previewed = at(&shop, &saved.id, moment).await;
        let cards = previewed.drop.products.into_iter();
        let there = cards.map(|card| (card.title, card.availability));
        there.collect::<Vec<_>>()
    };
    let moments = [OPENS - 1, OPENS, OPENS + HOUR];
    let mut supposed = Vec::new();
    for moment in moments {
        supposed.push(there(moment).await);
    }
    let sold_out = |at: usize| -> Vec<bool> {
        let cards = supposed[at].iter();
        let sold_out = cards.map(|(_, there)| *there == Availability::SoldOut);
        sold_out.collect()
    };
    assert_eq!(sold_out(0), [true, false], "sold as ever until the start");
    assert_eq!(sold_out(1), [false, false], "from then on by the drop");
    desk.plan(&actor, &saved.id).await.unwrap();
    for (moment, supposed) in moments.into_iter().zip(supposed) {
        assert_eq!(there(moment).await, supposed, "once it is planned");
    }
}

async fn a_time_that_is_past_is_seen_as_it_was(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let goods = (&rope, Line::of(rope.variant(), 5));
    let saved = planned(&shop, &actor, "Summer", Times::NEW, goods).await;
    shop.clock.set(OPENS + MINUTE);
    shop.bought(&[(rope.variant(), 1)], crate::support::cash())
        .await;
    let before = at(&shop, &saved.id, OPENS - 1).await;
    assert_eq!(before.drop.phase, DropPhase::Before);
    assert_eq!(before.drop.products[0].sold_from, Some(OPENS));
    shop.shop()
        .drop_admin
        .call_off(&actor, &saved.id)
        .await
        .unwrap();
    let then = at(&shop, &saved.id, OPENS + MINUTE - 1).await;
    assert_eq!(then.drop.phase, DropPhase::Open);
    let now = at(&shop, &saved.id, OPENS + MINUTE).await;
    assert_eq!(now.drop.phase, DropPhase::CalledOff);
}

async fn what_is_not_on_sale_is_named_with_the_reason(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").inactive()).await;
    let lamp = shop.stock(Goods::named("Lamp")).await;
    let saved = draft(&shop, &actor, "Summer", Times::SOLD, &[&rope, &lamp]).await;
    let open = at(&shop, &saved.id, OPENS).await;
    assert_eq!(titles(&open), ["Lamp"]);
    assert_eq!(open.hidden[0].title, "Rope");
    assert_eq!(open.hidden[0].why, WhyHidden::NotOnSale);
}

async fn a_preview_is_a_page_for_admins_that_shows_nothing_to_others(shop: TestShop) {
    let actor = shop.admin().await;
    shop.account(STAFF, app::identity::Role::Staff).await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let saved = draft(&shop, &actor, "Summer", Times::NEW, &[&rope]).await;
    let site = shop.open().await;
    let preview = |at: i64| format!("/admin/drops/{}/preview?at={}", saved.id, super::typed(at));
    let (guest, staff, admin) = (site.browser(), site.browser(), site.browser());
    staff.sign_in(STAFF).await.expect(200);
    admin.sign_in(ADMIN).await.expect(200);

    let open = admin.page(&preview(OPENS)).await.expect(200);
    assert_eq!(open.header("cache-control"), "no-store");
    for words in [">Rope<", "On sale now", "noindex", "Back to the drop"] {
        assert!(open.body.contains(words), "{words} in {}", open.body);
    }
    let before = admin.page(&preview(OPENS - MINUTE)).await.expect(200).body;
    assert!(before.contains("On sale from") && before.contains("E-mail me a link"));
    for sent in [
        "/api/drops/remind",
        "http-equiv=\"refresh\"",
        "<leptos-island",
    ] {
        let main = before.split("id=\"remind-me\"").next().unwrap();
        let own = main.rsplit("banner-warn").next().unwrap();
        assert!(!own.contains(sent), "{sent} in {own}");
    }
    let german = shop.speaking("de").open().await;
    let browser = german.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let words = browser.page(&preview(OPENS)).await.expect(200).body;
    assert!(
        words.contains("Vorschau") && words.contains("Jetzt im Verkauf"),
        "{words}"
    );

    let unread = format!("/admin/drops/{}/preview?at=soon", saved.id);
    let unread = admin.page(&unread).await.expect(200).body;
    assert!(unread.contains("Enter a date and a time") && unread.contains("value=\"soon\""));

    // An admin has looked: nobody else finds anything.
    for browser in [&guest, &staff] {
        browser.page(&preview(OPENS)).await.expect(404);
        for path in ["/drops/summer", "/drops/summer?at=2030-01-01T00:00"] {
            browser.page(path).await.expect(404);
        }
    }
    let product = format!("/products/{}", rope.slug);
    guest.page(&product).await.expect(404);
    for path in ["/products", "/api/products"] {
        let listed = guest.page(path).await.expect(200).body;
        assert!(!listed.contains("Rope"), "{path}: {listed}");
    }
}
