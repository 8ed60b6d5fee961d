//! What a product file does not say stays as it is; what it says to be nothing is emptied.

use std::io::Cursor;

use desk::admin::products::{ports::ProductAdmin, types::AdminProduct};
use server::product_files::import::{BadRows, ImportReport, import};

use crate::support::{Goods, Stocked, TestShop, on_both_databases};

on_both_databases!(
    columns_that_are_not_there_change_nothing,
    empty_cells_empty,
    status_and_stock_stay_unless_the_file_says_them,
    a_file_without_options_changes_the_variants_it_names,
    options_say_which_variants_there_are,
    pictures_keep_what_the_file_does_not_say_of_them,
    a_new_product_needs_a_title_and_a_price,
);

async fn load(shop: &TestShop, file: &str, bad_rows: BadRows) -> ImportReport {
    let file = Cursor::new(file.as_bytes().to_vec());
    import(shop.db(), &*shop.clock, file, "EUR", bad_rows, |_| {})
        .await
        .unwrap()
}

/// Imports a file that has nothing wrong and changes one product.
async fn change(shop: &TestShop, file: &str) {
    let report = load(shop, file, BadRows::Refuse).await;
    assert_eq!(report.bad, []);
    assert_eq!(
        (report.created, report.updated, report.unchanged),
        (0, 1, 0)
    );
}

async fn faults(shop: &TestShop, file: &str) -> Vec<String> {
    let report = load(shop, file, BadRows::Refuse).await;
    report.bad.iter().map(ToString::to_string).collect()
}

async fn of(shop: &TestShop, stocked: &Stocked) -> AdminProduct {
    shop.services.admin.product(&stocked.id).await.unwrap()
}

fn compass() -> Goods {
    let mut compass = Goods::named("Pocket Compass")
        .vendor("Knots")
        .category("Tools")
        .tags(&["old"])
        .described("<p>Finds north.</p>")
        .pictured(&["/media/c.png", "/media/d.png"])
        .options(
            ["Metal"],
            &[
                (["Brass"], 4900, 3),
                (["Steel"], 3900, 4),
                (["Tin"], 900, 5),
            ],
        )
        .compare_at(9900);
    compass.0.seo_title = Some("A compass".to_owned());
    compass.0.seo_description = Some("It points north.".to_owned());
    for (variant, sku) in compass.0.variants.iter_mut().zip(["C-B", "C-S", "C-T"]) {
        variant.sku = Some(sku.to_owned());
        variant.picture_src = Some("/media/d.png".to_owned());
    }
    compass
}

async fn columns_that_are_not_there_change_nothing(shop: TestShop) {
    let compass = shop.stock(compass()).await;
    let before = of(&shop, &compass).await;
    let file = "Handle,Title,Tags\npocket-compass,Pocket Compass,\"brass, gift\"\n";
    change(&shop, file).await;
    let after = of(&shop, &compass).await;
    assert_eq!(after.tags, ["brass", "gift"]);
    assert_eq!(
        AdminProduct {
            tags: before.tags.clone(),
            version: before.version,
            updated_at: before.updated_at,
            ..after
        },
        before
    );
    let stored = "SELECT COUNT(*) AS n FROM variants WHERE picture_src = '/media/d.png' \
                  AND compare_at_minor = 9900 AND grams = 100";
    assert_eq!(shop.number(stored).await, 3);
    let again = load(&shop, file, BadRows::Refuse).await;
    assert_eq!((again.updated, again.unchanged), (0, 1));
}

async fn empty_cells_empty(shop: TestShop) {
    let mut rope = Goods::named("Rope")
        .vendor("Knots")
        .category("Deck")
        .tags(&["old"])
        .described("<p>Long.</p>")
        .pictured(&["/media/r.png"])
        .sku("R-1")
        .compare_at(9900);
    rope.0.seo_title = Some("A rope".to_owned());
    rope.0.variants[0].picture_src = Some("/media/r.png".to_owned());
    let rope = shop.stock(rope).await;
    let columns = "Handle,Body (HTML),Vendor,Type,Tags,SEO Title,Variant SKU,Variant Grams,\
                   Variant Compare At Price,Variant Inventory Qty,Status,Image Src";
    let cells = ",".repeat(columns.matches(',').count());
    change(&shop, &format!("{columns}\nrope{cells}\n")).await;
    let after = of(&shop, &rope).await;
    assert_eq!(after.description_html, "");
    assert_eq!((after.vendor.as_str(), after.category.as_str()), ("", ""));
    assert_eq!((after.tags.len(), after.pictures.len()), (0, 0));
    assert_eq!(after.seo_title, "");
    let variant = &after.variants[0];
    assert_eq!((variant.sku.as_str(), variant.grams), ("", 0));
    assert_eq!(variant.compare_at_minor, None);
    assert_eq!((after.title.as_str(), variant.price_minor), ("Rope", 4900));
    assert_eq!((variant.stock, after.active), (10, true));
    let none = "SELECT COUNT(*) AS n FROM variants WHERE picture_src IS NULL";
    assert_eq!(shop.number(none).await, 1, "its picture is gone");
    assert_eq!(
        faults(&shop, "Handle,Title,Variant Price\nrope,,\n").await,
        [
            "line 2, column \"Title\": is empty",
            "line 2, column \"Variant Price\": is empty",
        ],
        "there is no product without them"
    );
}

async fn status_and_stock_stay_unless_the_file_says_them(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").sku("R-1").inactive()).await;
    let columns = "Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty,Status,Published";
    for (cells, title, active, units) in [
        ("R-1,49,,,", "One", false, 10),
        ("R-1,49,4,active,", "Two", true, 4),
        ("R-1,49,,,", "Three", true, 4),
        ("R-1,49,0,,false", "Four", false, 0),
    ] {
        change(&shop, &format!("{columns}\nrope,{title},{cells}\n")).await;
        let after = of(&shop, &rope).await;
        assert_eq!(
            (after.active, after.variants[0].stock),
            (active, units),
            "{title}"
        );
    }
    let untracked = "Handle,Title,Variant Price,Variant Inventory Tracker,Variant Inventory Qty\n";
    shop.set_units(&rope, 6).await;
    change(&shop, &format!("{untracked}rope,Five,49,,2\n")).await;
    assert_eq!(shop.units(rope.variant()).await, 6, "nobody counts it");
}

async fn a_file_without_options_changes_the_variants_it_names(shop: TestShop) {
    let compass = shop.stock(compass()).await;
    let before = of(&shop, &compass).await;
    change(
        &shop,
        "Handle,Variant SKU,Variant Price\npocket-compass,C-S,44\npocket-compass,C-B,55\n",
    )
    .await;
    let after = of(&shop, &compass).await;
    let prices: Vec<_> = after.variants.iter().map(|v| v.price_minor).collect();
    assert_eq!(prices, [5500, 4400, 900], "in their order");
    let names = |product: &AdminProduct| -> Vec<_> {
        let variants = product.variants.iter();
        variants
            .map(|v| (v.id.clone(), v.sku.clone(), v.options.clone(), v.stock))
            .collect()
    };
    assert_eq!(names(&after), names(&before));
    assert_eq!(after.options, before.options);
    for (rows, fault) in [
        (
            "pocket-compass,C-X,1",
            "line 2, column \"Variant SKU\": no variant of the product has the SKU \"C-X\"; a new one needs columns for its options",
        ),
        (
            "pocket-compass,,1",
            "line 2, column \"Variant SKU\": give the SKU or the options of the variant",
        ),
    ] {
        let file = format!("Handle,Variant SKU,Variant Price\n{rows}\n");
        assert_eq!(faults(&shop, &file).await, [fault]);
    }
    let weights = "Handle,Title,Variant Grams\npocket-compass,Better Compass,\n";
    change(&shop, weights).await;
    let grams = "SELECT COUNT(*) AS n FROM variants WHERE grams = 100";
    assert_eq!(shop.number(grams).await, 3, "it names none of them");
    let lone = shop.stock(Goods::named("Rope").sku("R-1")).await;
    change(&shop, "Handle,Variant SKU,Variant Price\nrope,R-2,5\n").await;
    let lone = of(&shop, &lone).await;
    let variant = &lone.variants[0];
    assert_eq!((variant.sku.as_str(), variant.price_minor), ("R-2", 500));
}

async fn options_say_which_variants_there_are(shop: TestShop) {
    let compass = shop.stock(compass()).await;
    let file = "Handle,Option1 Value,Variant Price\n\
        pocket-compass,Tin,8\npocket-compass,Gold,999\npocket-compass,Brass,49\n";
    change(&shop, file).await;
    let after = of(&shop, &compass).await;
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
        [
            ("Tin", "C-T", 800, 5),
            ("Gold", "", 99_900, 0),
            ("Brass", "C-B", 4900, 3)
        ]
    );
    assert_eq!(after.options, ["Metal"], "no column names them");
    change(&shop, "Handle,Option1 Name\npocket-compass,Material\n").await;
    let renamed = of(&shop, &compass).await;
    assert_eq!(renamed.options, ["Material"]);
    assert_eq!(renamed.variants, after.variants);
    assert_eq!(
        faults(
            &shop,
            "Handle,Option1 Value,Option2 Value\npocket-compass,Tin,Red\n"
        )
        .await,
        ["line 2, column \"Option1 Value\": the product has one option, so give one value"]
    );
    assert_eq!(
        faults(&shop, "Handle,Option1 Value\npocket-compass,Silver\n").await,
        ["line 2, column \"Variant Price\": is missing: a new variant needs a price"]
    );
}

async fn pictures_keep_what_the_file_does_not_say_of_them(shop: TestShop) {
    let compass = shop.stock(compass()).await;
    let before = of(&shop, &compass).await;
    let file = "Handle,Image Src\npocket-compass,https://example.com/new.jpg\npocket-compass,/media/c.png\n";
    change(&shop, file).await;
    let after = of(&shop, &compass).await;
    let seen: Vec<_> = after
        .pictures
        .iter()
        .map(|picture| (picture.src.as_str(), picture.alt.as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            ("https://example.com/new.jpg", ""),
            ("/media/c.png", "Pocket Compass")
        ]
    );
    assert_eq!(after.pictures[1].id, before.pictures[0].id);
    let gone = "SELECT COUNT(*) AS n FROM variants WHERE picture_src IS NULL";
    assert_eq!(
        shop.number(gone).await,
        3,
        "no variant shows a picture that is gone"
    );
    change(
        &shop,
        "Handle,Variant SKU,Variant Image\npocket-compass,C-T,/media/t.png\n",
    )
    .await;
    let with_one = of(&shop, &compass).await;
    assert_eq!(
        with_one.pictures.len(),
        3,
        "a variant's picture is the product's"
    );
    assert_eq!(with_one.pictures[..2], after.pictures[..]);
}

async fn a_new_product_needs_a_title_and_a_price(shop: TestShop) {
    assert_eq!(
        faults(&shop, "Handle,Tags\nrope,x\n").await,
        [
            "line 2, column \"Title\": is missing: a new product needs one",
            "line 2, column \"Variant Price\": is missing: a new product needs a price",
        ]
    );
    let report = load(
        &shop,
        "Handle,Title,Variant Price\nrope,Rope,5\n",
        BadRows::Refuse,
    )
    .await;
    assert_eq!(report.created, 1);
    let rope = shop.shop().catalog.product("rope").await.unwrap();
    assert_eq!(rope.variants[0].price_minor, 500, "and is for sale");
}
