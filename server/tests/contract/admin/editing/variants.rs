//! Editing the variants of a product.

use app::error::ErrorKind;
use desk::admin::{
    products::{
        ports::ProductAdmin,
        types::{AdminProduct, ProductChange, VariantForm},
    },
    stock::ports::StockAdmin,
};

use super::{
    super::{forms, product, update},
    sent,
};
use crate::support::{Goods, TestShop, cash, on_both_databases, rows};

on_both_databases!(
    variants_come_go_and_swap_their_options,
    a_variant_shows_the_picture_that_is_chosen_for_it,
    barcode_cost_and_stock_rules_are_kept_with_the_variant,
    a_limit_is_never_below_what_is_owed,
);

async fn variants_come_go_and_swap_their_options(shop: TestShop) {
    let jacket = Goods::named("Jacket").options(
        ["Size"],
        &[(["M"], 9900, 3), (["L"], 9900, 4), (["XL"], 9900, 5)],
    );
    let jacket = shop.stock(jacket.sku("A")).await;
    let actor = shop.admin().await;
    let mut variants = forms(&product(&shop, &jacket).await);
    variants[1].sku = "B".to_owned();
    let change = |variants: &[VariantForm]| ProductChange {
        variants: Some(variants.to_vec()),
        ..ProductChange::default()
    };
    update(&shop, &actor, &jacket, change(&variants))
        .await
        .unwrap();
    // M and L change places, with their SKUs; XL goes; S comes.
    (variants[0].option1, variants[1].option1) = ("L".to_owned(), "M".to_owned());
    (variants[0].sku, variants[1].sku) = ("B".to_owned(), "A".to_owned());
    variants[2].remove = "1".to_owned();
    variants.push(VariantForm {
        option1: "S".to_owned(),
        price: "89.50".to_owned(),
        stock: "2".to_owned(),
        ..VariantForm::default()
    });
    variants.push(VariantForm::default());
    update(&shop, &actor, &jacket, change(&variants))
        .await
        .unwrap();
    let after = product(&shop, &jacket).await;
    let seen: Vec<_> = after
        .variants
        .iter()
        .map(|v| {
            (
                v.options[0].as_str(),
                v.sku.as_str(),
                v.price_minor,
                v.stock,
            )
        })
        .collect();
    assert_eq!(
        seen,
        [("L", "B", 9900, 3), ("M", "A", 9900, 4), ("S", "", 8950, 2)]
    );
    assert_eq!(
        after.variants[0].id, jacket.variants[0],
        "ids stay with their rows"
    );
    variants.truncate(2);
    variants[1].option1 = "L".to_owned();
    let refused = update(&shop, &actor, &jacket, change(&variants)).await;
    assert_eq!(refused, Err(ErrorKind::Invalid), "two alike");
    let foreign = shop.stock(Goods::named("Rope")).await;
    variants[1].option1 = "M".to_owned();
    foreign.variant().clone_into(&mut variants[1].id);
    let refused = update(&shop, &actor, &jacket, change(&variants)).await;
    assert_eq!(
        refused,
        Err(ErrorKind::Invalid),
        "another product's variant"
    );
    assert_eq!(product(&shop, &foreign).await.variants.len(), 1);
}

async fn a_variant_shows_the_picture_that_is_chosen_for_it(shop: TestShop) {
    let goods = Goods::named("Rope")
        .pictured(&["/media/a.webp", "/media/b.webp"])
        .options(["Length"], &[(["5 m"], 900, 3), (["10 m"], 1500, 3)]);
    let rope = shop.stock(goods).await;
    let actor = shop.admin().await;
    let save = async |pictures: [&'static str; 2]| {
        let mut variants = forms(&product(&shop, &rope).await);
        for (form, picture) in variants.iter_mut().zip(pictures) {
            form.picture = picture.to_owned();
        }
        let change = ProductChange {
            variants: Some(variants),
            ..ProductChange::default()
        };
        let admin = &shop.services.admin;
        admin.update_product(&actor, &rope.id, change).await
    };
    let shown = async || {
        let seen = shop.shop().catalog.product(&rope.slug).await.unwrap();
        let pictures = seen.variants.iter().map(|v| v.picture_src.clone());
        pictures.collect::<Vec<_>>()
    };
    let some = |src: &str| Some(src.to_owned());
    save(["/media/b.webp", "none"]).await.unwrap();
    assert_eq!(shown().await, [some("/media/b.webp"), None]);
    // A form that does not speak of it changes nothing.
    save(["", "/media/a.webp"]).await.unwrap();
    assert_eq!(
        shown().await,
        [some("/media/b.webp"), some("/media/a.webp")]
    );
    let refused = save(["none", "/media/c.webp"]).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "variants[1][picture]");
    save(["none", "none"]).await.unwrap();
    assert_eq!(shown().await, [None, None]);
}

/// The rows as they are, with the first one changed.
fn with_first(product: &AdminProduct, change: impl FnOnce(&mut VariantForm)) -> ProductChange {
    let mut variants = forms(product);
    change(&mut variants[0]);
    ProductChange {
        variants: Some(variants),
        ..ProductChange::default()
    }
}

async fn barcode_cost_and_stock_rules_are_kept_with_the_variant(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(3)).await;
    let actor = shop.admin().await;
    let is = product(&shop, &rope).await;
    let change = with_first(&is, |row| {
        row.barcode = sent(" 4006381-333931 ");
        row.cost = sent("20,50");
        row.tracked = sent("0");
        row.backorder_limit = sent("4");
    });
    update(&shop, &actor, &rope, change).await.unwrap();
    let kept = product(&shop, &rope).await.variants.remove(0);
    assert_eq!(kept.barcode.as_deref(), Some("4006381333931"));
    assert_eq!((kept.cost_minor, kept.tracked), (Some(2050), false));
    assert_eq!((kept.backorder_limit, kept.stock), (4, 3));

    // A program that does not know of them leaves them alone.
    let is = product(&shop, &rope).await;
    let change = with_first(&is, |row| row.price = "50".to_owned());
    update(&shop, &actor, &rope, change).await.unwrap();
    let dearer = product(&shop, &rope).await.variants.remove(0);
    assert_eq!(dearer.price_minor, 5000);
    assert_eq!(
        (dearer.barcode, dearer.cost_minor, dearer.tracked),
        (kept.barcode, kept.cost_minor, kept.tracked)
    );

    let change = with_first(&is, |row| {
        row.barcode = sent("");
        row.cost = sent(" ");
        row.tracked = sent("1");
        row.backorder_limit = sent("");
    });
    update(&shop, &actor, &rope, change).await.unwrap();
    let emptied = product(&shop, &rope).await.variants.remove(0);
    assert_eq!((emptied.barcode, emptied.cost_minor), (None, None));
    assert_eq!((emptied.tracked, emptied.backorder_limit), (true, 0));

    let before = rows(shop.db()).await;
    for (field, wrong) in [
        ("barcode", "4006381333932"),
        ("cost", "dear"),
        ("cost", "-1"),
        ("tracked", "perhaps"),
        ("backorder_limit", "-1"),
        ("backorder_limit", "1000000001"),
    ] {
        let change = with_first(&is, |row| {
            let slot = match field {
                "barcode" => &mut row.barcode,
                "cost" => &mut row.cost,
                "tracked" => &mut row.tracked,
                _ => &mut row.backorder_limit,
            };
            *slot = sent(wrong);
        });
        let admin = &shop.services.admin;
        let refused = admin.update_product(&actor, &rope.id, change).await;
        let fields = refused.unwrap_err().fields;
        assert_eq!(fields[0].field, format!("variants[0][{field}]"), "{wrong}");
    }
    assert_eq!(rows(shop.db()).await, before);
}

async fn a_limit_is_never_below_what_is_owed(shop: TestShop) {
    let lamp = shop.stock(Goods::named("Lamp").units(1)).await;
    let actor = shop.admin().await;
    let is = product(&shop, &lamp).await;
    let change = with_first(&is, |row| row.backorder_limit = sent("3"));
    update(&shop, &actor, &lamp, change).await.unwrap();
    shop.bought(&[(lamp.variant(), 3)], cash()).await;
    assert_eq!(shop.units(lamp.variant()).await, -2);

    // The form shows what is owed, and saves as it is.
    let is = product(&shop, &lamp).await;
    let change = with_first(&is, |row| row.price = "9".to_owned());
    update(&shop, &actor, &lamp, change).await.unwrap();
    assert_eq!(shop.units(lamp.variant()).await, -2);
    let change = with_first(&is, |row| row.backorder_limit = sent("1"));
    let admin = &shop.services.admin;
    let refused = admin.update_product(&actor, &lamp.id, change).await;
    let fields = refused.unwrap_err().fields;
    assert_eq!(fields[0].field, "variants[0][backorder_limit]");

    // A delivery smaller than what is owed comes in, and one that settles it ends the limit.
    let change = with_first(&is, |row| row.stock = "-1".to_owned());
    let refused = update(&shop, &actor, &lamp, change).await;
    assert_eq!(
        refused,
        Err(ErrorKind::Invalid),
        "nobody types what is owed"
    );
    admin
        .adjust_stock(&actor, lamp.variant(), 1, "Delivery", "")
        .await
        .unwrap();
    assert_eq!(shop.units(lamp.variant()).await, -1);
    let is = product(&shop, &lamp).await;
    let change = with_first(&is, |row| {
        row.stock = "5".to_owned();
        row.backorder_limit = sent("0");
    });
    update(&shop, &actor, &lamp, change).await.unwrap();
    assert_eq!(shop.units(lamp.variant()).await, 5);
}
