//! What a form was made from is found again when someone else has saved since.

use desk::admin::products::{ports::ProductAdmin, types::ProductChange};

use crate::support::{Goods, TestShop, on_both_databases};

on_both_databases!(the_trail_knows_a_product_as_it_was_and_who_changed_it);

async fn the_trail_knows_a_product_as_it_was_and_who_changed_it(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let actor = shop.admin().await;
    let other = super::an_admin();
    let admin = &shop.services.admin;
    let rename = |title: &str| ProductChange {
        title: Some(title.to_owned()),
        ..ProductChange::default()
    };
    for (who, title) in [(&actor, "Cord"), (&other, "Line"), (&actor, "Hawser")] {
        shop.clock.advance(1);
        admin
            .update_product(who, &rope.id, rename(title))
            .await
            .unwrap();
    }
    let (was, who) = admin.product_as_of(&rope.id, 2).await.unwrap();
    let was = was.unwrap();
    assert_eq!((was.title.as_str(), was.version), ("Cord", 2));
    assert_eq!(was.variants[0].price_minor, 4900);
    assert_eq!(who, [actor.email.clone(), other.email]);
    let (was, who) = admin.product_as_of(&rope.id, 4).await.unwrap();
    assert_eq!((was, who.len()), (None, 0), "nobody has changed it since");
    let (was, _) = admin.product_as_of(&rope.id, -7).await.unwrap();
    assert_eq!(was, None);
}
