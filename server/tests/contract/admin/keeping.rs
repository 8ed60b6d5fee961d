//! What stays when things change: orders, ids, the record.

use app::error::ErrorKind;
use desk::admin::{
    products::{
        ports::ProductAdmin,
        types::{PictureForm, ProductChange, VariantForm},
    },
    stock::ports::StockAdmin,
};

use super::{product, update};
use crate::support::{Goods, TestShop, cash, contact, on_both_databases};

on_both_databases!(
    deleting_keeps_old_orders_and_carts_say_so,
    pictures_keep_their_ids,
    every_change_is_on_record,
);

async fn deleting_keeps_old_orders_and_carts_say_so(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let actor = shop.admin().await;
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    let placed = placed.unwrap();
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    assert_eq!(product(&shop, &rope).await.in_carts, 1);
    let checkout = &shop.shop().checkout;
    let typed = checkout.save_contact(Some(&cart), contact()).await;
    let cart = typed.unwrap();
    assert_eq!(product(&shop, &rope).await.in_carts, 1, "its copy is none");
    let admin = &shop.services.admin;
    admin.delete_product(&actor, &rope.id).await.unwrap();
    assert_eq!(
        admin
            .delete_product(&actor, &rope.id)
            .await
            .unwrap_err()
            .kind,
        ErrorKind::NotFound
    );
    assert_eq!(shop.order(&placed).await.lines[0].title, "Rope");
    let view = shop.shop().cart.view(Some(&cart)).await.unwrap();
    assert_eq!(view.lines[0].title, "Rope");
    assert_eq!(
        view.lines[0].problem.as_ref().unwrap().kind,
        ErrorKind::Inactive
    );
    shop.stock(Goods::named("Rope")).await;
}

async fn pictures_keep_their_ids(shop: TestShop) {
    let rope = shop
        .stock(Goods::named("Rope").pictured(&["/media/a.png", "/media/b.png"]))
        .await;
    let actor = shop.admin().await;
    let before = product(&shop, &rope).await.pictures;
    let form = |picture: usize, alt: &str, position: &str| PictureForm {
        id: before[picture].id.clone(),
        alt: alt.to_owned(),
        position: position.to_owned(),
    };
    let change = ProductChange {
        pictures: Some(vec![form(0, "Second", "2"), form(1, "First", "1")]),
        ..ProductChange::default()
    };
    update(&shop, &actor, &rope, change).await.unwrap();
    let after = product(&shop, &rope).await.pictures;
    let seen: Vec<_> = after
        .iter()
        .map(|p| (p.id.as_str(), p.alt.as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            (before[1].id.as_str(), "First"),
            (before[0].id.as_str(), "Second")
        ]
    );
    shop.services
        .admin
        .add_pictures(&actor, &rope.id, &["/media/c.png".to_owned()])
        .await
        .unwrap();
    let more = product(&shop, &rope).await.pictures;
    assert_eq!(more[..2], after[..]);
    shop.services
        .admin
        .delete_picture(&actor, &after[0].id)
        .await
        .unwrap();
    let left = product(&shop, &rope).await.pictures;
    assert_eq!(left, more[1..]);
    let gone = shop
        .services
        .admin
        .delete_picture(&actor, &after[0].id)
        .await;
    assert_eq!(gone.unwrap_err().kind, ErrorKind::NotFound);
}

async fn every_change_is_on_record(shop: TestShop) {
    let actor = shop.admin().await;
    let admin = &shop.services.admin;
    let change = ProductChange {
        title: Some("Rope".to_owned()),
        variants: Some(vec![VariantForm {
            price: "1".to_owned(),
            ..VariantForm::default()
        }]),
        ..ProductChange::default()
    };
    let id = admin.create_product(&actor, change).await.unwrap().id;
    let variant = admin.product(&id).await.unwrap().variants[0].id.clone();
    let change = ProductChange {
        active: Some(true),
        ..ProductChange::default()
    };
    admin.update_product(&actor, &id, change).await.unwrap();
    admin
        .adjust_stock(&actor, &variant, 4, "Found", "")
        .await
        .unwrap();
    admin.delete_product(&actor, &id).await.unwrap();
    for (action, before, after) in [
        ("product.create", 0, 1),
        ("product.update", 1, 1),
        ("stock.adjust", 1, 1),
        ("product.delete", 1, 0),
    ] {
        let entry = |column| {
            let sql = format!(
                "SELECT COUNT({column}) AS n FROM audit_entries \
                 WHERE action = '{action}' AND actor = 'admin@shop.test'"
            );
            let shop = shop.clone();
            async move { shop.number(&sql).await }
        };
        assert_eq!(
            (
                entry("*").await,
                entry("before_json").await,
                entry("after_json").await
            ),
            (1, before, after),
            "{action}"
        );
    }
}
