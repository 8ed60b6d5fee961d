//! Products that were stored before cards showed colours and a second picture.

use app::catalog::query::ListQuery;

use super::{id, write};
use crate::support::{START, TestShop};

on_both_old_databases!(25: cards_show_the_colours_and_the_second_picture_of_older_products);

async fn cards_show_the_colours_and_the_second_picture_of_older_products(shop: TestShop) {
    let (cap, pole) = (id(1), id(2));
    let mut all: Vec<String> = [(&cap, "cap"), (&pole, "pole")]
        .map(|(id, slug)| {
            format!(
                "INSERT INTO products (id, slug, title, title_key, active, picture_src, created_at, \
                 updated_at) VALUES ('{id}', '{slug}', '{slug}', '{slug}', 1, '/media/{slug}-1.webp', \
                 {START}, {START})"
            )
        })
        .to_vec();
    for (position, src) in ["cap-1", "cap-2", "cap-3"].into_iter().enumerate() {
        all.push(format!(
            "INSERT INTO pictures (id, product_id, position, src, alt) \
             VALUES ('{src}', '{cap}', {}, '/media/{src}.webp', '')",
            position + 1
        ));
    }
    all.push(format!(
        "INSERT INTO pictures (id, product_id, position, src, alt) \
         VALUES ('pole-1', '{pole}', 1, '/media/pole-1.webp', '')"
    ));
    for (position, name) in [(1, "Size"), (2, "Farbe")] {
        all.push(format!(
            "INSERT INTO product_options (product_id, position, name, key) \
             VALUES ('{cap}', {position}, '{name}', '{}')",
            name.to_lowercase()
        ));
    }
    for (position, size, colour, picture) in [
        (0, "M", "Rot", "NULL"),
        (1, "M", "Blau", "'/media/cap-2.webp'"),
        (2, "L", "Rot", "NULL"),
    ] {
        all.push(format!(
            "INSERT INTO variants (id, product_id, position, option1, option2, price_minor, stock, \
             picture_src) VALUES ('v{position}', '{cap}', {position}, '{size}', '{colour}', 900, 0, \
             {picture})"
        ));
    }
    for (name, value) in [
        ("Size", "M"),
        ("Size", "L"),
        ("Farbe", "Rot"),
        ("Farbe", "Blau"),
    ] {
        all.push(format!(
            "INSERT INTO product_choices (product_id, key, name, value) \
             VALUES ('{cap}', '{}', '{name}', '{value}')",
            name.to_lowercase()
        ));
    }
    write(shop.db(), &all).await;
    shop.db()
        .migrate()
        .await
        .expect("the database is brought up to date");

    let list = shop.shop().catalog.list(&ListQuery::default()).await;
    let list = list.unwrap();
    let card = |slug: &str| {
        let found = list.products.iter().find(|card| card.slug == slug);
        found.expect("it is in the list")
    };
    let second = card("cap").second_picture.as_ref().unwrap();
    assert_eq!(second.src, "/media/cap-2.webp");
    let colours: Vec<_> = card("cap")
        .colours
        .iter()
        .map(|colour| (colour.value.as_str(), colour.picture_src.as_deref()))
        .collect();
    assert_eq!(
        colours,
        [("Rot", None), ("Blau", Some("/media/cap-2.webp"))]
    );
    assert_eq!(card("pole").second_picture, None);
    assert!(card("pole").colours.is_empty());
}
