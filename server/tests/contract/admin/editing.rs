//! Editing products.

mod variants;

use app::error::ErrorKind;
use desk::admin::products::{
    ports::ProductAdmin,
    types::{AdminProduct, ProductChange, Sent, VariantForm},
};

use super::{forms, product, update};
use crate::support::{Goods, TestShop, on_both_databases, rows};

on_both_databases!(
    a_change_touches_only_what_it_names,
    an_older_version_is_refused,
    a_slug_or_sku_of_another_product_is_refused,
    a_title_makes_a_free_slug,
    a_typed_slug_is_spelled_as_every_slug_is,
    a_refused_change_changes_nothing,
);

async fn a_change_touches_only_what_it_names(shop: TestShop) {
    let jacket = Goods::named("Jacket")
        .vendor("Knots")
        .category("Clothing")
        .tags(&["rain"])
        .described("<p>Dry.</p>")
        .pictured(&["/media/j.png"])
        .options(["Size"], &[(["M"], 9900, 3), (["L"], 9900, 4)]);
    let jacket = shop.stock(jacket).await;
    let actor = shop.admin().await;
    let before = product(&shop, &jacket).await;
    let change = ProductChange {
        active: Some(false),
        ..ProductChange::default()
    };
    assert_eq!(update(&shop, &actor, &jacket, change).await, Ok(2));
    let after = product(&shop, &jacket).await;
    assert_eq!(
        AdminProduct {
            active: true,
            version: 1,
            ..after.clone()
        },
        before
    );
    let change = ProductChange {
        category: Some(String::new()),
        vendor: Some(String::new()),
        tags: Some("  A, b,,a ".to_owned()),
        seo_title: Some("Best jacket".to_owned()),
        ..ProductChange::default()
    };
    update(&shop, &actor, &jacket, change).await.unwrap();
    let after = product(&shop, &jacket).await;
    assert_eq!((after.category.as_str(), after.vendor.as_str()), ("", ""));
    assert_eq!(
        (after.tags.join(","), after.seo_title.as_str()),
        ("a,b".to_owned(), "Best jacket")
    );
    assert_eq!(
        (&after.variants, &after.pictures),
        (&before.variants, &before.pictures)
    );
    let categories = shop.number("SELECT COUNT(*) AS n FROM categories").await;
    assert_eq!(categories, 1, "a category stays when it is empty");
}

async fn an_older_version_is_refused(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let actor = shop.admin().await;
    let titled = |title: &str, version| ProductChange {
        title: Some(title.to_owned()),
        version,
        ..ProductChange::default()
    };
    assert_eq!(
        update(&shop, &actor, &rope, titled("Line", Some(1))).await,
        Ok(2)
    );
    for version in [1, 0, 3, i64::MAX] {
        let refused = update(&shop, &actor, &rope, titled("Cord", Some(version))).await;
        assert_eq!(refused, Err(ErrorKind::Conflict), "{version}");
    }
    assert_eq!(product(&shop, &rope).await.title, "Line");
    assert_eq!(
        update(&shop, &actor, &rope, titled("Cord", None)).await,
        Ok(3)
    );
    let editing = (0..6).map(|n| {
        let (shop, actor, rope) = (shop.second_node(), actor.clone(), rope.clone());
        let change = titled(&format!("Editor {n}"), Some(3));
        tokio::spawn(async move { update(&shop, &actor, &rope, change).await })
    });
    let mut saved = 0;
    for edit in editing.collect::<Vec<_>>() {
        match edit.await.unwrap() {
            Ok(version) => saved += i64::from(version == 4),
            Err(kind) => assert_eq!(kind, ErrorKind::Conflict),
        }
    }
    assert_eq!(saved, 1, "of six editors one was first");
}

async fn a_slug_or_sku_of_another_product_is_refused(shop: TestShop) {
    shop.stock(Goods::named("Rope").sku("R-1")).await;
    let lamp = shop.stock(Goods::named("Lamp").sku("L-1")).await;
    let actor = shop.admin().await;
    let mut variants = forms(&product(&shop, &lamp).await);
    "R-1".clone_into(&mut variants[0].sku);
    let before = rows(shop.db()).await;
    for (change, field) in [
        (
            ProductChange {
                slug: Some("rope".to_owned()),
                ..ProductChange::default()
            },
            "slug",
        ),
        (
            ProductChange {
                variants: Some(variants),
                ..ProductChange::default()
            },
            "sku",
        ),
    ] {
        let refused = shop
            .services
            .admin
            .update_product(&actor, &lamp.id, change)
            .await;
        let refused = refused.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Invalid);
        assert!(refused.fields[0].field.contains(field), "{refused:?}");
    }
    assert_eq!(rows(shop.db()).await, before);
}

async fn a_title_makes_a_free_slug(shop: TestShop) {
    let actor = shop.admin().await;
    for (title, slug) in [
        ("Crème brûlée!", "creme-brulee"),
        ("Creme Brulee", "creme-brulee-2"),
        ("Crème: Brûlée", "creme-brulee-3"),
        ("茶", "茶"),
        ("茶!", "茶-2"),
        ("Straße", "strasse"),
        ("!?", "product"),
    ] {
        let change = ProductChange {
            title: Some(title.to_owned()),
            variants: Some(vec![VariantForm {
                price: "1".to_owned(),
                ..VariantForm::default()
            }]),
            ..ProductChange::default()
        };
        let saved = shop
            .services
            .admin
            .create_product(&actor, change)
            .await
            .unwrap();
        assert_eq!(
            (saved.slug.as_str(), saved.active),
            (slug, false),
            "{title}"
        );
    }
}

async fn a_typed_slug_is_spelled_as_every_slug_is(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let actor = shop.admin().await;
    let admin = &shop.services.admin;
    let typed = |slug: &str| ProductChange {
        slug: Some(slug.to_owned()),
        ..ProductChange::default()
    };
    for (text, slug) in [
        (" Größe ", "grosse"),
        ("Not a slug", "not-a-slug"),
        ("Чаи\u{306}ник", "чайник"),
        ("", "чайник"),
        (" ", "чайник"),
    ] {
        let saved = admin.update_product(&actor, &rope.id, typed(text)).await;
        assert_eq!(saved.unwrap().slug, slug, "{text}");
    }
    let new = ProductChange {
        title: Some("Line".to_owned()),
        variants: Some(vec![VariantForm {
            price: "1".to_owned(),
            ..VariantForm::default()
        }]),
        ..typed("Größe XL")
    };
    let saved = admin.create_product(&actor, new.clone()).await;
    assert_eq!(saved.unwrap().slug, "grosse-xl");
    let before = rows(shop.db()).await;
    let nothing_left = ProductChange {
        slug: Some("!?".to_owned()),
        ..new
    };
    for refused in [
        admin.create_product(&actor, nothing_left).await,
        admin.update_product(&actor, &rope.id, typed("!?")).await,
    ] {
        let fields = refused.unwrap_err().fields;
        assert_eq!(fields.len(), 1, "{fields:?}");
        assert_eq!(fields[0].field, "slug");
        assert_eq!(fields[0].message, "It needs at least one letter or digit.");
    }
    assert_eq!(rows(shop.db()).await, before);
}

async fn a_refused_change_changes_nothing(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let actor = shop.admin().await;
    let before = rows(shop.db()).await;
    let text = |text: &str| Some(text.to_owned());
    for change in [
        ProductChange {
            title: text(" "),
            ..ProductChange::default()
        },
        ProductChange {
            title: Some("x".repeat(256)),
            ..ProductChange::default()
        },
        ProductChange {
            slug: text("!?"),
            ..ProductChange::default()
        },
        ProductChange {
            tags: Some("a,".repeat(10) + &"x".repeat(256)),
            ..ProductChange::default()
        },
        ProductChange {
            options: Some(["Size", "size", ""].map(str::to_owned)),
            ..ProductChange::default()
        },
        ProductChange {
            variants: Some(Vec::new()),
            ..ProductChange::default()
        },
        ProductChange {
            variants: Some(vec![VariantForm {
                price: "-1".to_owned(),
                ..VariantForm::default()
            }]),
            ..ProductChange::default()
        },
        ProductChange {
            description_html: Some("x".repeat(204_801)),
            ..ProductChange::default()
        },
    ] {
        let refused = update(&shop, &actor, &rope, change.clone()).await;
        assert_eq!(refused, Err(ErrorKind::Invalid), "{change:.200?}");
    }
    assert_eq!(rows(shop.db()).await, before);
}

fn sent(text: &str) -> Sent {
    Sent(Some(text.to_owned()))
}
