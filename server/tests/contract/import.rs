//! Product files into the shop.

use std::io::Cursor;

use server::product_files::import::{BadRows, ImportReport, import};

use crate::support::{Goods, TestShop, cash, on_both_databases, rows};

on_both_databases!(
    a_file_becomes_products,
    importing_twice_leaves_everything_as_it_is,
    a_changed_file_updates_what_it_names,
    variants_are_known_by_sku_and_keep_their_ids,
    a_bad_row_changes_nothing,
    bad_products_can_be_left_out,
    a_sku_of_another_product_is_refused,
    a_file_without_quantities_leaves_the_stock_alone,
    html_is_cleaned,
    windows_files_are_read,
    units_sold_in_between_are_booked_as_the_file_says,
    handles_keep_the_letters_of_any_script,
    a_product_is_known_by_what_its_handle_became_before,
    a_product_of_before_is_one_product_of_a_long_file,
);

const HEADER: &str = "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,\
    Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src,\
    Image Position,Image Alt Text,Status\n";

const JACKET: &str = "\
jacket,Jacket,<p>Dry.</p>,Knots,Clothing,\"Rain, gift\",true,Size,M,J-M,300,5,99.00,129.00,https://example.com/j.jpg,1,A jacket,active\n\
jacket,,,,,,,,L,J-L,320,0,99.00,,https://example.com/k.jpg,2,Its back,\n";
const ROPE: &str = "rope,Rope,,,Deck,,true,,,R-1,100,7,12.5,,,,,active\n";

async fn load(shop: &TestShop, body: &str, bad_rows: BadRows) -> ImportReport {
    load_bytes(shop, format!("{HEADER}{body}").into_bytes(), bad_rows).await
}

async fn load_bytes(shop: &TestShop, file: Vec<u8>, bad_rows: BadRows) -> ImportReport {
    let file = Cursor::new(file);
    import(shop.db(), &*shop.clock, file, "EUR", bad_rows, |_| {})
        .await
        .unwrap()
}

fn counts(report: &ImportReport) -> (usize, usize, usize, usize) {
    (
        report.created,
        report.updated,
        report.unchanged,
        report.bad.len(),
    )
}

async fn a_file_becomes_products(shop: TestShop) {
    let report = load(&shop, &format!("{JACKET}{ROPE}"), BadRows::Refuse).await;
    assert_eq!(counts(&report), (2, 0, 0, 0));
    assert_eq!(report.changed.len(), 2);
    let jacket = shop.shop().catalog.product("jacket").await.unwrap();
    assert_eq!(
        (jacket.title.as_str(), jacket.vendor.as_str()),
        ("Jacket", "Knots")
    );
    assert_eq!(jacket.tags, ["gift", "rain"]);
    assert_eq!(jacket.options[0].values, ["M", "L"]);
    assert_eq!(jacket.variants[0].price_minor, 9900);
    assert_eq!(jacket.variants[0].compare_at_minor, Some(12900));
    assert_eq!(jacket.pictures.len(), 2);
    assert_eq!(shop.units(&jacket.variants[0].id).await, 5);
    let rope = shop.shop().catalog.product("rope").await.unwrap();
    assert_eq!(
        (rope.options.len(), rope.variants[0].price_minor),
        (0, 1250)
    );
    let initial = shop
        .number("SELECT COUNT(*) AS n FROM stock_movements WHERE reason = 'initial'")
        .await;
    assert_eq!(initial, 2, "none for what begins at nothing");
}

async fn importing_twice_leaves_everything_as_it_is(shop: TestShop) {
    let file = format!("{JACKET}{ROPE}");
    load(&shop, &file, BadRows::Refuse).await;
    let before = rows(shop.db()).await;
    let ids = shop.shop().catalog.product("jacket").await.unwrap();
    shop.clock.advance(1000);
    let again = load(&shop, &file, BadRows::Refuse).await;
    assert_eq!(counts(&again), (0, 0, 2, 0));
    assert!(again.changed.is_empty(), "no cache has to forget anything");
    assert_eq!(rows(shop.db()).await, before);
    assert_eq!(shop.shop().catalog.product("jacket").await.unwrap(), ids);
}

async fn a_changed_file_updates_what_it_names(shop: TestShop) {
    load(&shop, &format!("{JACKET}{ROPE}"), BadRows::Refuse).await;
    let dearer = JACKET.replace("99.00", "109.00").replace("300,5", "300,8");
    let report = load(&shop, &dearer, BadRows::Refuse).await;
    assert_eq!(counts(&report), (0, 1, 0, 0));
    let jacket = shop.shop().catalog.product("jacket").await.unwrap();
    assert_eq!(jacket.variants[0].price_minor, 10900);
    assert_eq!(shop.units(&jacket.variants[0].id).await, 8);
    let moved = shop
        .number(
            "SELECT CAST(SUM(delta) AS BIGINT) AS n FROM stock_movements WHERE reason = 'import'",
        )
        .await;
    assert_eq!(moved, 3);
    shop.shop()
        .catalog
        .product("rope")
        .await
        .expect("what the file does not name stays");
    let asleep = ROPE.replace(",active", ",draft");
    load(&shop, &asleep, BadRows::Refuse).await;
    shop.shop().catalog.product("rope").await.unwrap_err();
}

async fn variants_are_known_by_sku_and_keep_their_ids(shop: TestShop) {
    load(&shop, JACKET, BadRows::Refuse).await;
    let before = shop.shop().catalog.product("jacket").await.unwrap();
    let cart = shop.cart(&[(&before.variants[0].id, 1)]).await;
    let renamed = JACKET.replace("Size,M,", "Size,Medium,");
    load(&shop, &renamed, BadRows::Refuse).await;
    let after = shop.shop().catalog.product("jacket").await.unwrap();
    assert_eq!(after.variants[0].options, ["Medium"]);
    assert_eq!(after.variants[0].id, before.variants[0].id);
    let swapped = JACKET
        .replace("J-M", "J-X")
        .replace("J-L", "J-M")
        .replace("J-X", "J-L");
    load(&shop, &swapped, BadRows::Refuse).await;
    let after = shop.shop().catalog.product("jacket").await.unwrap();
    let skus: Vec<_> = after
        .variants
        .iter()
        .map(|v| (v.id.clone(), v.sku.clone().unwrap()))
        .collect();
    let ids = [&before.variants[1].id, &before.variants[0].id];
    assert_eq!(
        skus,
        [
            (ids[0].clone(), "J-L".to_owned()),
            (ids[1].clone(), "J-M".to_owned())
        ]
    );
    let view = shop.shop().cart.view(Some(&cart)).await.unwrap();
    assert_eq!(view.lines[0].variant_id, before.variants[0].id);
}

const BAD: &str = "bad,Bad,,,,,true,,,B-1,100,7,cheap,,,,,active\n";

async fn a_bad_row_changes_nothing(shop: TestShop) {
    load(&shop, ROPE, BadRows::Refuse).await;
    let before = rows(shop.db()).await;
    let changed = ROPE.replace("12.5", "13.5");
    let report = load(&shop, &format!("{JACKET}{changed}{BAD}"), BadRows::Refuse).await;
    assert_eq!(counts(&report), (0, 0, 0, 1));
    let [bad] = report.bad.as_slice() else {
        panic!("{:?}", report.bad)
    };
    assert_eq!((bad.line, bad.column.as_str()), (5, "Variant Price"));
    assert!(bad.reason.to_string().contains("cheap"), "{bad}");
    assert_eq!(rows(shop.db()).await, before);
    let broken = format!("{HEADER}{JACKET}\"open quote,,\n").into_bytes();
    let report = load_bytes(&shop, broken, BadRows::Refuse).await;
    assert!(!report.bad.is_empty());
    assert_eq!(rows(shop.db()).await, before);
    let no_products = Cursor::new(b"some,other,file\n1,2,3\n".to_vec());
    import(
        shop.db(),
        &*shop.clock,
        no_products,
        "EUR",
        BadRows::Skip,
        |_| {},
    )
    .await
    .unwrap_err();
    assert_eq!(rows(shop.db()).await, before);
}

async fn bad_products_can_be_left_out(shop: TestShop) {
    let report = load(&shop, &format!("{JACKET}{BAD}{ROPE}"), BadRows::Skip).await;
    assert_eq!(counts(&report), (2, 0, 0, 1));
    shop.shop().catalog.product("rope").await.unwrap();
    shop.shop().catalog.product("bad").await.unwrap_err();
    // A product with one bad row is left out whole.
    let half = JACKET
        .replace("320,0", "320,some")
        .replace("jacket,", "half,")
        .replace("J-", "H-");
    let report = load(&shop, &half, BadRows::Skip).await;
    assert_eq!((report.created, report.bad.len()), (0, 1));
    shop.shop().catalog.product("half").await.unwrap_err();
}

async fn a_sku_of_another_product_is_refused(shop: TestShop) {
    shop.stock(Goods::named("Old").sku("R-1")).await;
    let before = rows(shop.db()).await;
    let report = load(&shop, &format!("{JACKET}{ROPE}"), BadRows::Refuse).await;
    let [bad] = report.bad.as_slice() else {
        panic!("{:?}", report.bad)
    };
    assert_eq!((bad.line, bad.column.as_str()), (4, "Variant SKU"));
    assert!(
        bad.reason.to_string().contains("R-1") && bad.reason.to_string().contains("old"),
        "{bad}"
    );
    assert_eq!(rows(shop.db()).await, before);
    let report = load(&shop, &format!("{JACKET}{ROPE}"), BadRows::Skip).await;
    assert_eq!(counts(&report), (1, 0, 0, 1));
    shop.shop().catalog.product("rope").await.unwrap_err();
    let twice = "a,A,,,,,true,,,S-1,1,1,1,,,,,active\nb,B,,,,,true,,,S-1,1,1,1,,,,,active\n";
    let report = load(&shop, twice, BadRows::Refuse).await;
    assert_eq!(report.bad.len(), 1, "also within a file");
}

async fn a_file_without_quantities_leaves_the_stock_alone(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(9).sku("R-1")).await;
    let file = b"Handle,Title,Variant SKU,Variant Price\nrope,Line,R-1,15\n".to_vec();
    let report = load_bytes(&shop, file, BadRows::Refuse).await;
    assert_eq!(counts(&report), (0, 1, 0, 0));
    assert_eq!(shop.units(rope.variant()).await, 9);
    assert_eq!(
        shop.shop().catalog.product("rope").await.unwrap().title,
        "Line"
    );
}

async fn html_is_cleaned(shop: TestShop) {
    let body =
        "\"<p onclick=\"\"x()\"\">Good</p><script>alert(1)</script><img src=x onerror=alert(1)>\"";
    let file = ROPE.replace("rope,Rope,,", &format!("rope,Rope,{body},"));
    load(&shop, &file, BadRows::Refuse).await;
    let html = shop
        .shop()
        .catalog
        .product("rope")
        .await
        .unwrap()
        .description_html
        .clone();
    assert!(html.contains("<p>Good</p>"), "{html}");
    assert!(
        !html.contains("alert") && !html.contains("onclick"),
        "{html}"
    );
}

async fn windows_files_are_read(shop: TestShop) {
    let file = format!("\u{feff}{HEADER}{JACKET}{ROPE}").replace('\n', "\r\n");
    let report = load_bytes(&shop, file.into_bytes(), BadRows::Refuse).await;
    assert_eq!(counts(&report), (2, 0, 0, 0));
}

async fn units_sold_in_between_are_booked_as_the_file_says(shop: TestShop) {
    load(&shop, ROPE, BadRows::Refuse).await;
    let rope = shop.shop().catalog.product("rope").await.unwrap();
    shop.buy(&[(&rope.variants[0].id, 2)], cash())
        .await
        .1
        .unwrap();
    let report = load(&shop, ROPE, BadRows::Refuse).await;
    assert_eq!(counts(&report), (0, 1, 0, 0));
    assert_eq!(
        shop.units(&rope.variants[0].id).await,
        7,
        "the file's word counts"
    );
}

/// A product of one variant.
fn product(handle: &str, title: &str, category: &str, sku: &str) -> String {
    format!("{handle},{title},,,{category},,true,,,{sku},100,7,12.5,,,,,active\n")
}

async fn handles_keep_the_letters_of_any_script(shop: TestShop) {
    let file = [
        product("größe", "Größe", "", ""),
        product("Crème-Brûlée", "Crème", "", ""),
        product("чайник", "Чайник", "", ""),
        product("緑茶", "緑茶", "", ""),
        product("شاي", "شاي", "", ""),
    ]
    .concat();
    let report = load(&shop, &file, BadRows::Refuse).await;
    assert_eq!(counts(&report), (5, 0, 0, 0), "{:?}", report.bad);
    for (slug, title) in [
        ("grosse", "Größe"),
        ("creme-brulee", "Crème"),
        ("чайник", "Чайник"),
        ("緑茶", "緑茶"),
        ("شاي", "شاي"),
    ] {
        let found = shop.shop().catalog.product(slug).await.unwrap();
        assert_eq!(found.title, title);
    }
    let again = load(&shop, &file, BadRows::Refuse).await;
    assert_eq!(counts(&again), (0, 0, 5, 0));
}

async fn a_product_is_known_by_what_its_handle_became_before(shop: TestShop) {
    // As an earlier version read these handles.
    let by_title = Goods::named("Größe").slug("gr-e").category("Öle");
    let by_sku = Goods::named("Old words").slug("cr-me").sku("C-1");
    let [size, cream] = [shop.stock(by_title).await, shop.stock(by_sku).await];
    let file = [
        product("größe", "Größe", "ÖLE", "G-1"),
        product("crème", "New words", "", "C-1"),
        // Gave the same address, and is another product.
        product("grüe", "Grüe", "", "G-2"),
    ]
    .concat();
    let report = load(&shop, &file, BadRows::Refuse).await;
    assert_eq!(counts(&report), (1, 2, 0, 0), "{:?}", report.bad);
    let catalog = &shop.shop().catalog;
    for (slug, stocked) in [("gr-e", &size), ("cr-me", &cream)] {
        let found = catalog.product(slug).await.unwrap();
        assert_eq!(found.id, stocked.id, "addresses stay as they are");
    }
    catalog.product("grue").await.unwrap();
    let found = catalog.product("gr-e").await.unwrap();
    assert_eq!(found.category.as_ref().unwrap().name, "Öle");
    let again = load(&shop, &file, BadRows::Refuse).await;
    assert_eq!(counts(&again), (0, 0, 3, 0));
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM products").await, 3);
}

async fn a_product_of_before_is_one_product_of_a_long_file(shop: TestShop) {
    let size = Goods::named("Größe").slug("gr-e").sku("G-1");
    let size = shop.stock(size).await;
    // More than are written at once.
    let between: String = (0..120)
        .map(|n| product(&format!("thing-{n}"), "Thing", "", ""))
        .collect();
    let begins = product("größe", "Größe", "", "G-1");
    let file = [
        begins.clone(),
        product("m-e", "Möe", "", ""),
        between.clone(),
        // Both gave the same address before.
        product("grüe", "Größe", "", "G-2"),
        product("grée", "Other", "", "G-1"),
        // Would have been at the address of a product that the file itself has brought.
        product("möe", "Möe", "", ""),
    ]
    .concat();
    let report = load(&shop, &file, BadRows::Skip).await;
    assert_eq!(counts(&report), (123, 1, 0, 1), "{:?}", report.bad);
    let reason = &report.bad[0].reason;
    assert!(
        reason.to_string().contains("belongs to the product"),
        "{reason}"
    );
    let catalog = &shop.shop().catalog;
    let found = catalog.product("gr-e").await.unwrap();
    assert_eq!(found.id, size.id);
    assert_eq!(found.variants[0].sku.as_deref(), Some("G-1"));
    for slug in ["grue", "m-e", "moe"] {
        catalog.product(slug).await.unwrap();
    }
    let again = load(&shop, &file, BadRows::Skip).await;
    assert_eq!(counts(&again), (0, 0, 124, 1));

    let both = [begins, between, product("gr-e", "Another", "", "")].concat();
    let report = load(&shop, &both, BadRows::Refuse).await;
    assert_eq!(counts(&report), (0, 0, 0, 1));
    let bad = &report.bad[0];
    assert_eq!((bad.line, bad.column.as_str()), (123, "Handle"));
    assert!(
        bad.reason.to_string().contains("\"gr-e\""),
        "{}",
        bad.reason
    );
    let found = catalog.product("gr-e").await.unwrap();
    assert_eq!(found.title, "Größe", "nothing was changed");
}
