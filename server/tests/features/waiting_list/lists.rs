//! Getting on the list: by a link, once, at its end; and who wanted to be told is told once.

use super::{CLIENT, ask, email, held, list, numbers, open, units};
use crate::{
    drops::kind,
    support::{DAY, Goods, Stocked, TestShop, on_both_databases},
};
use app::{
    catalog::types::Availability,
    error::ErrorKind,
    locale::Locale,
    waiting_list::{
        ports::Asking,
        types::{WaitKind, WaitStep},
    },
};

on_both_databases!(
    who_wants_to_know_confirms_and_is_told_once,
    who_has_not_confirmed_is_told_nothing_and_forgotten,
    places_count_from_when_they_are_confirmed,
    what_can_be_had_is_not_waited_for,
    who_confirms_when_there_is_some_again_is_offered_it,
    asking_again_sends_few_links,
    one_network_cannot_have_any_number_of_mails_sent,
    what_is_being_paid_for_is_told,
    a_product_that_is_not_shown_any_more_is_not_named_and_can_be_left,
);

async fn sold_out(shop: &TestShop) -> Stocked {
    shop.stock(Goods::named("Lamp").units(0)).await
}

async fn who_wants_to_know_confirms_and_is_told_once(shop: TestShop) {
    let lamp = sold_out(&shop).await;
    let post = shop.post();
    ask(&shop, &lamp, "kim@example.com").await.unwrap();
    let mail = post.the_mail().await;
    assert_eq!(mail.header("To"), "kim@example.com");
    let token = mail.link("/waiting-list/");
    let wish = list(&shop).of_token(&token).await.unwrap();
    assert_eq!((wish.kind, wish.step), (WaitKind::Notice, WaitStep::Asked));
    list(&shop).confirm(&token).await.unwrap();
    shop.services.run_maintenance().await;
    assert!(post.deliver().await.is_empty(), "there is none yet");
    shop.set_units(&lamp, 3).await;
    let other = shop.second_node();
    tokio::join!(
        shop.services.run_maintenance(),
        other.services.run_maintenance()
    );
    shop.services.run_maintenance().await;
    let mail = post.the_mail().await;
    assert!(mail.subject.contains("Lamp is available again"), "{mail:?}");
    assert!(mail.body().contains("/products/lamp"));
    shop.set_units(&lamp, 0).await;
    shop.set_units(&lamp, 3).await;
    shop.services.run_maintenance().await;
    assert!(post.deliver().await.is_empty(), "once");
}

async fn who_has_not_confirmed_is_told_nothing_and_forgotten(shop: TestShop) {
    let lamp = sold_out(&shop).await;
    let post = shop.post();
    ask(&shop, &lamp, "kim@example.com").await.unwrap();
    post.the_mail().await;
    shop.set_units(&lamp, 3).await;
    shop.services.run_maintenance().await;
    assert!(post.deliver().await.is_empty());
    shop.clock.advance(3 * DAY);
    shop.services.run_maintenance().await;
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM waits").await, 0);
}

async fn places_count_from_when_they_are_confirmed(shop: TestShop) {
    let (_, rope) = open(&shop, 1, "").await;
    held(&shop, &rope, 0).await;
    let post = shop.post();
    let mut tokens = Vec::new();
    for n in 1..=3 {
        ask(&shop, &rope, &email(n)).await.unwrap();
        tokens.push(post.the_mail().await.link("/waiting-list/"));
    }
    for token in tokens.iter().rev() {
        list(&shop).confirm(token).await.unwrap();
        // A second press changes nothing.
        list(&shop).confirm(token).await.unwrap();
    }
    assert_eq!(numbers(&shop, "waiting").await, [1, 2, 3]);
    let wish = list(&shop).of_token(&tokens[0]).await.unwrap();
    assert_eq!(
        (wish.kind, wish.step),
        (WaitKind::InTurn, WaitStep::Waiting { ahead: 2 })
    );
}

async fn what_can_be_had_is_not_waited_for(shop: TestShop) {
    let lamp = shop.stock(Goods::named("Lamp")).await;
    let asked = ask(&shop, &lamp, "kim@example.com").await;
    assert_eq!(kind(asked), ErrorKind::Conflict);
    let asking = Asking {
        client: CLIENT,
        locale: Locale::En,
        variant_id: "x",
        email: "kim@example.com",
    };
    let refused = list(&shop).ask(asking).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "variant_id");
    shop.set_units(&lamp, 0).await;
    let refused = ask(&shop, &lamp, "kim").await.unwrap_err();
    assert_eq!(refused.fields[0].field, "email");
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM waits").await, 0);
}

async fn who_confirms_when_there_is_some_again_is_offered_it(shop: TestShop) {
    let (_, rope) = open(&shop, 1, "").await;
    let order_id = held(&shop, &rope, 0).await;
    ask(&shop, &rope, &email(1)).await.unwrap();
    let token = shop.post().the_mail().await.link("/waiting-list/");
    let ended = shop.cancellations().cancel_by_shopper(&order_id).await;
    assert!(ended.unwrap());
    assert_eq!(units(&shop).await, (1, 0), "nobody has confirmed");
    let shown = async || {
        let product = shop.shop().catalog.product(&rope.slug).await.unwrap();
        product.availability()
    };
    assert_ne!(shown().await, Availability::SoldOut);
    list(&shop).confirm(&token).await.unwrap();
    assert_eq!(shown().await, Availability::SoldOut, "to all others");
    assert_eq!(units(&shop).await, (0, 1));
    let wish = list(&shop).of_token(&token).await.unwrap();
    assert!(matches!(wish.step, WaitStep::Offered { .. }));
}

async fn asking_again_sends_few_links(shop: TestShop) {
    let lamp = sold_out(&shop).await;
    for _ in 0..5 {
        // Other spellings of it are the same mailbox.
        for email in ["kim@example.com", "kim+x@example.com"] {
            // It may be refused for being asked too often.
            let _ = ask(&shop, &lamp, email).await;
        }
    }
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM waits").await, 1);
    let links = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'wait_to_confirm'";
    assert_eq!(shop.number(links).await, 3);
}

async fn one_network_cannot_have_any_number_of_mails_sent(shop: TestShop) {
    let lamp = sold_out(&shop).await;
    let mut refused = 0;
    for n in 0..60 {
        let asked = ask(&shop, &lamp, &email(n)).await;
        refused += usize::from(asked.is_err_and(|error| error.kind == ErrorKind::TooManyRequests));
    }
    assert!((25..=30).contains(&refused), "{refused} of 60");
}

async fn a_product_that_is_not_shown_any_more_is_not_named_and_can_be_left(shop: TestShop) {
    let lamp = sold_out(&shop).await;
    let post = shop.post();
    ask(&shop, &lamp, "kim@example.com").await.unwrap();
    let token = post.the_mail().await.link("/waiting-list/");
    list(&shop).confirm(&token).await.unwrap();
    shop.set_active(&lamp, false).await;
    shop.set_units(&lamp, 3).await;
    shop.services.run_maintenance().await;
    assert!(post.deliver().await.is_empty(), "it cannot be bought");
    let wish = list(&shop).of_token(&token).await.unwrap();
    assert!(!wish.is_shown() && wish.slug.is_empty(), "{wish:?}");
    let site = shop.open().await;
    let path = format!("/waiting-list/{token}");
    let page = site.browser().page(&path).await.expect(200).body;
    assert!(!page.contains("Lamp"), "{page}");
    list(&shop).leave(&token).await.unwrap();
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM waits").await, 0);
}

async fn what_is_being_paid_for_is_told(shop: TestShop) {
    let (_, rope) = open(&shop, 2, "").await;
    for n in 0..2 {
        held(&shop, &rope, n).await;
    }
    let taken = list(&shop).all_taken("summer").await.unwrap();
    assert_eq!((taken.all, taken.paying), (true, 2));
    let product = list(&shop).of_product(&rope.id).await.unwrap();
    let variant = &product.variants[0];
    assert_eq!(
        (variant.kind, variant.paying, variant.minutes),
        (WaitKind::InTurn, 2, Some(31)),
        "half an hour, and a minute to find them"
    );
}
