//! Translations of what pictures show.

use app::{catalog::query::ListQuery, identity::Account, locale::Locale};
use desk::admin::translations::ports::TranslationState;

use super::{super::field, change_settings, translate_product};
use crate::support::{Goods, TestShop, on_both_databases};

on_both_databases!(
    what_a_picture_shows_is_translated_with_its_product,
    a_picture_named_like_its_product_is_named_so_in_every_language,
    what_is_not_told_of_a_picture_any_more_is_not_translated_either,
);

/// Says something of a shipping method.
pub(super) async fn describe(shop: &TestShop, admin: &Account, id: &str, description: &str) {
    change_settings(shop, admin, |_, form| {
        let rate = form.rates.iter_mut().find(|rate| rate.id == id);
        description.clone_into(&mut rate.expect("there is one").description);
    })
    .await;
}

async fn what_a_picture_shows_is_translated_with_its_product(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let rope = shop
        .stock(Goods::named("Rope").pictured(&["/media/a.png"]))
        .await;
    shop.rewrite(&rope, |draft| {
        draft.pictures[0].alt = "A coil of rope".to_owned();
    })
    .await;
    let name = "alt:/media/a.png";
    translate_product(&shop, &admin, &rope, &[(name, "Ein Seil, aufgerollt")]).await;
    let german = shop.shop().catalog.in_language(Locale::De);
    let shown = german.product("rope").await.unwrap();
    assert_eq!(shown.pictures[0].alt, "Ein Seil, aufgerollt");
    let list = german.list(&ListQuery::default()).await.unwrap();
    let card = list.products[0].picture.as_ref().unwrap();
    assert_eq!(card.alt, "Ein Seil, aufgerollt");

    shop.rewrite(&rope, |draft| {
        draft.pictures[0].alt = "Two coils of rope".to_owned();
    })
    .await;
    let port = &shop.shop().translations;
    let fields = port.product(&rope.id, Locale::De).await.unwrap().fields;
    assert_eq!(field(&fields, name).state, TranslationState::Stale);
    let stale = "SELECT COUNT(*) AS n FROM translations WHERE stale = 1";
    assert_eq!(shop.number(stale).await, 1);
}

async fn what_is_not_told_of_a_picture_any_more_is_not_translated_either(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let sources = ["/media/a.png", "/media/b.png", "/media/c.png"];
    let rope = shop.stock(Goods::named("Rope").pictured(&sources)).await;
    let texts = [
        ("title", "Seil"),
        ("alt:/media/a.png", "Aufgerollt"),
        ("alt:/media/b.png", "Verknotet"),
        ("alt:/media/c.png", "Ausgelegt"),
    ];
    translate_product(&shop, &admin, &rope, &texts).await;
    let kept = "SELECT COUNT(*) AS n FROM translations WHERE kind = 'product'";
    shop.rewrite(&rope, |draft| draft.vendor = "Yard".to_owned())
        .await;
    assert_eq!(shop.number(kept).await, 4);

    shop.rewrite(&rope, |draft| {
        draft.pictures[0].alt.clear();
        draft.pictures.remove(1);
    })
    .await;
    assert_eq!(shop.number(kept).await, 2);
    let german = shop.shop().catalog.in_language(Locale::De);
    let shown = german.product("rope").await.unwrap();
    let alts: Vec<_> = shown.pictures.iter().map(|one| one.alt.as_str()).collect();
    assert_eq!(alts, ["", "Ausgelegt"]);
    shop.rewrite(&rope, |draft| draft.pictures.clear()).await;
    assert_eq!(shop.number(kept).await, 1, "the title's");
}

async fn a_picture_named_like_its_product_is_named_so_in_every_language(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let admin = shop.admin().await;
    let rope = shop
        .stock(Goods::named("Rope").pictured(&["/media/a.png"]))
        .await;
    translate_product(&shop, &admin, &rope, &[("title", "Seil")]).await;
    for (language, alt) in [(Locale::En, "Rope"), (Locale::De, "Seil")] {
        let catalog = shop.shop().catalog.in_language(language);
        let shown = catalog.product("rope").await.unwrap();
        assert_eq!(shown.pictures[0].alt, alt);
        let list = catalog.list(&ListQuery::default()).await.unwrap();
        let card = list.products[0].picture.as_ref().unwrap();
        assert_eq!(card.alt, alt);
    }
}
