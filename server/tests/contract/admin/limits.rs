//! What a file brings in can be edited, and whatever is stored can be taken off sale.

use std::io::Cursor;

use app::error::ErrorKind;
use desk::admin::{
    jobs::ports::BadRows,
    products::{ports::ProductAdmin, types::ProductChange},
    stock::ports::StockAdmin,
};
use server::product_files::import::import;

use super::{forms, product, update};
use crate::support::{Goods, Stocked, TestShop, on_both_databases};

on_both_databases!(
    what_a_file_brings_in_can_be_saved_by_the_editor,
    a_product_of_very_many_variants_is_edited,
    taking_off_sale_depends_on_nothing_else,
    a_change_is_judged_by_what_was_sent,
);

async fn imported(shop: &TestShop, file: String) -> Stocked {
    let file = Cursor::new(file.into_bytes());
    let report = import(
        shop.db(),
        &*shop.clock,
        file,
        "EUR",
        BadRows::Refuse,
        |_| {},
    )
    .await
    .unwrap();
    assert_eq!((report.bad, report.created), (vec![], 1));
    let id = report.changed.into_iter().next().unwrap();
    let product = shop.services.admin.product(&id).await.unwrap();
    Stocked {
        id,
        slug: product.slug,
        title: product.title,
        variants: product.variants.into_iter().map(|v| v.id).collect(),
    }
}

/// All that the editor's form sends of a product as it is.
async fn whole(shop: &TestShop, stocked: &Stocked) -> ProductChange {
    let now = product(shop, stocked).await;
    let mut options = now.options.clone().into_iter();
    ProductChange {
        title: Some(now.title.clone()),
        slug: Some(now.slug.clone()),
        description_html: Some(now.description_html.clone()),
        vendor: Some(now.vendor.clone()),
        category: Some(now.category.clone()),
        tags: Some(now.tags.join(", ")),
        seo_title: Some(now.seo_title.clone()),
        seo_description: Some(now.seo_description.clone()),
        active: Some(now.active),
        prepaid: Some(now.prepaid),
        options: Some([(); 3].map(|()| options.next().unwrap_or_default())),
        variants: Some(forms(&now)),
        pictures: None,
        form_key: None,
        version: Some(now.version),
    }
}

async fn what_a_file_brings_in_can_be_saved_by_the_editor(shop: TestShop) {
    let long = |count: usize| "é".repeat(count);
    let tags: Vec<String> = (0..60).map(|n| format!("{n}{}", long(100))).collect();
    let mut file = "Handle,Title,Vendor,Type,Tags,SEO Title,SEO Description,Option1 Name,\
                    Option1 Value,Variant SKU,Variant Price\n"
        .to_owned();
    file.push_str(&format!(
        "{},{},{},{},\"{}\",{},{},{},{}0,SKU-{},5\n",
        "h".repeat(200),
        long(255),
        long(200),
        long(200),
        tags.join(", "),
        long(255),
        long(900),
        long(72),
        long(200),
        "s".repeat(200),
    ));
    for n in 1..150 {
        let handle = "h".repeat(200);
        file.push_str(&format!("{handle},,,,,,,,{}{n},SKU-{n},5\n", long(200)));
    }
    let large = imported(&shop, file).await;
    assert_eq!(large.variants.len(), 150);
    let actor = shop.admin().await;
    let saved = update(&shop, &actor, &large, whole(&shop, &large).await).await;
    assert_eq!(saved, Ok(2));
    let page = shop.shop().catalog.product(&large.slug).await.unwrap();
    assert_eq!(
        page.variants.len(),
        150,
        "its page opens at an address of 200 letters"
    );
}

async fn a_product_of_very_many_variants_is_edited(shop: TestShop) {
    let mut file = "Handle,Title,Option1 Name,Option1 Value,Variant Price\n".to_owned();
    for n in 0..2048 {
        file.push_str(&format!("nails,Nails,Length,{n} mm,5\n"));
    }
    let nails = imported(&shop, file).await;
    assert_eq!(nails.variants.len(), 2048);
    let actor = shop.admin().await;
    let mut change = whole(&shop, &nails).await;
    let rows = change.variants.as_mut().unwrap();
    "6.50".clone_into(&mut rows[2047].price);
    assert_eq!(update(&shop, &actor, &nails, change.clone()).await, Ok(2));
    assert_eq!(product(&shop, &nails).await.variants[2047].price_minor, 650);
    let rows = change.variants.as_mut().unwrap();
    let mut one_more = rows[2047].clone();
    one_more.id = String::new();
    "1 km".clone_into(&mut one_more.option1);
    rows.push(one_more);
    change.version = None;
    let refused = update(&shop, &actor, &nails, change).await;
    assert_eq!(refused, Err(ErrorKind::Invalid));
}

async fn taking_off_sale_depends_on_nothing_else(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").tags(&["a"])).await;
    let actor = shop.admin().await;
    // As no part of the shop would store it.
    let title = "x".repeat(2000);
    for odd in [
        format!("UPDATE products SET title = '{title}', slug = 'Not  A slug', vendor = title"),
        "UPDATE variants SET sku = option1 || 'sku', option2 = 'no such option', \
         price_minor = 5000000000000, grams = 5000000000"
            .to_owned(),
        format!("UPDATE product_tags SET tag = '{title}'"),
    ] {
        shop.execute(&odd).await;
    }
    for active in [false, true, false] {
        let change = ProductChange {
            active: Some(active),
            ..ProductChange::default()
        };
        let saved = update(&shop, &actor, &rope, change).await;
        assert!(saved.is_ok(), "{saved:?}");
        let after = product(&shop, &rope).await;
        assert_eq!((after.active, after.title.len()), (active, 2000));
    }
    let switched = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'product.update' \
                    AND after_json LIKE '%\"active\":false%'";
    assert_eq!(shop.number(switched).await, 2);
}

async fn a_change_is_judged_by_what_was_sent(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let actor = shop.admin().await;
    let title = "x".repeat(300);
    let odd = format!("UPDATE products SET title = '{title}'");
    shop.execute(&odd).await;
    let vendor = ProductChange {
        vendor: Some("Knots".to_owned()),
        ..ProductChange::default()
    };
    assert_eq!(update(&shop, &actor, &rope, vendor).await, Ok(2));
    let admin = &shop.services.admin;
    let set = admin
        .set_price(&actor, rope.variant(), "5.00", "49.00")
        .await;
    assert_eq!(set.unwrap().price_minor, 500);
    let refused = admin
        .update_product(&actor, &rope.id, whole(&shop, &rope).await)
        .await
        .unwrap_err();
    let fields: Vec<_> = refused
        .fields
        .iter()
        .map(|one| one.field.as_str())
        .collect();
    assert_eq!(fields, ["title"]);
}
