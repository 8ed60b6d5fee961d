//! The product editor over HTTP, with plain forms.

mod drafts;

use super::{admin_work::admin, order_desk::from_page};
use crate::support::{Browser, Goods, TestShop, on_both_databases};

on_both_databases!(
    a_form_of_many_variants_is_taken_from_admins,
    an_old_address_leads_on,
    the_second_of_two_is_shown_what_the_first_changed,
    pictures_that_the_first_moved_are_not_moved_back_by_the_second,
    what_a_variant_costs_is_told_to_nobody_else,
    a_product_is_made_into_another,
);

async fn a_form_of_many_variants_is_taken_from_admins(shop: TestShop) {
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let mut fields = vec![
        ("title".to_owned(), "Nails".to_owned()),
        ("option1_name".to_owned(), "Length".to_owned()),
    ];
    for n in 0..1000 {
        let cell = |field: &str| format!("variants[{n}][{field}]");
        fields.push((cell("option1"), format!("{n} {}", "x".repeat(240))));
        fields.push((cell("sku"), format!("{n}-{}", "y".repeat(240))));
        fields.push((cell("price"), "5".to_owned()));
    }
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    let bytes: usize = fields
        .iter()
        .map(|(name, value)| name.len() + value.len())
        .sum();
    assert!(bytes > 512 * 1024, "it is larger than other forms may be");
    let path = "/api/admin/products/create";
    let stranger = site.browser().call(path, &fields).await;
    assert_eq!(stranger.expect(413).kind(), "too_large");
    browser.call(path, &fields).await.expect(200);
    let made = "SELECT COUNT(*) AS n FROM variants";
    assert_eq!(shop.number(made).await, 1000);
}

async fn an_old_address_leads_on(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let shopper = site.browser();
    shopper.page("/products/rope").await.expect(200);
    shopper.page("/products/cord").await.expect(404);
    let fields = [("id", rope.id.as_str()), ("slug", "cord")];
    browser
        .call("/api/admin/products/update", &fields)
        .await
        .expect(200);
    shopper.page("/products/cord").await.expect(200);
    // The second time it is answered from memory.
    for _ in 0..2 {
        let moved = shopper.page("/products/rope?variant=x").await.expect(308);
        assert_eq!(moved.location(), "/products/cord?variant=x");
        assert_eq!(moved.header("cache-control"), "public, no-cache");
    }
    let fields = [
        ("title", "Other rope"),
        ("slug", "rope"),
        ("active", "1"),
        ("variants[0][price]", "5.00"),
    ];
    browser
        .call("/api/admin/products/create", &fields)
        .await
        .expect(200);
    shopper.page("/products/rope").await.expect(200);
    shopper.page("/products/unknown").await.expect(404);
}

async fn the_second_of_two_is_shown_what_the_first_changed(shop: TestShop) {
    let rope = shop
        .stock(Goods::named("Rope").vendor("Works").tags(&["old"]))
        .await;
    let site = shop.open().await;
    let first = admin(&shop, &site).await;
    let second = first.clone();
    let path = "/api/admin/products/update";
    let here = format!("/admin/products/{}", rope.id);
    let save = async |browser: &Browser, fields: &[(&str, &str)]| {
        let both = [&[("id", rope.id.as_str())], fields].concat();
        from_page(browser, &here, path, &both).await
    };
    let variant = [
        ("variants[0][id]", rope.variant()),
        ("variants[0][stock]", "10"),
        ("variants[0][stock_was]", "10"),
        ("variants[0][grams]", "100"),
    ];
    let theirs = [
        ("version", "1"),
        ("title", "Longer rope"),
        ("vendor", "Other works"),
        ("tags", "old"),
        ("variants[0][price]", "52.00"),
    ];
    save(&first, &[&theirs[..], &variant].concat())
        .await
        .expect(303);
    let mine = [
        ("version", "1"),
        ("title", "Better rope"),
        ("vendor", "Works"),
        ("tags", "old, new"),
        ("variants[0][price]", "49.00"),
    ];
    let page = save(&second, &[&mine[..], &variant].concat())
        .await
        .refused()
        .body;
    assert!(page.contains("admin@shop.test changed this product while you had it open."));
    for shown in [
        // Both changed the title: mine is in the form, theirs beside it.
        "name=\"title\" type=\"text\" value=\"Better rope\"",
        "Longer rope",
        // Only they changed these: taken over.
        "value=\"Other works\"",
        "name=\"variants[0][price]\" value=\"52.00\"",
        "Theirs, applied",
        // Only I changed this.
        "value=\"old, new\"",
        "name=\"version\" value=\"2\"",
    ] {
        assert!(page.contains(shown), "{shown} in {page}");
    }
    let now = shop.shop().catalog.product("rope").await.unwrap();
    assert_eq!(now.title, "Longer rope", "nothing was overwritten");
    let merged = [
        ("version", "2"),
        ("title", "Better rope"),
        ("vendor", "Other works"),
        ("tags", "old, new"),
        ("variants[0][price]", "52.00"),
    ];
    save(&second, &[&merged[..], &variant].concat())
        .await
        .expect(303);
    let now = shop.shop().catalog.product("rope").await.unwrap();
    assert_eq!(
        (now.title.as_str(), now.vendor.as_str()),
        ("Better rope", "Other works")
    );
}

async fn pictures_that_the_first_moved_are_not_moved_back_by_the_second(shop: TestShop) {
    let goods = Goods::named("Rope").pictured(&["/media/a.webp", "/media/b.webp"]);
    let rope = shop.stock(goods).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let admin = &shop.shop().admin;
    let pictures = admin.product(&rope.id).await.unwrap().pictures;
    let save = async |version: &str, title: &str, order: [(usize, &str); 2]| {
        let mut fields = vec![
            ("id".to_owned(), rope.id.clone()),
            ("version".to_owned(), version.to_owned()),
            ("title".to_owned(), title.to_owned()),
        ];
        for (at, (picture, alt)) in order.into_iter().enumerate() {
            let place = (at + 1).to_string();
            for (field, value) in [
                ("id", pictures[picture].id.as_str()),
                ("alt", alt),
                ("position", &place),
            ] {
                fields.push((format!("pictures[{at}][{field}]"), value.to_owned()));
            }
        }
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let here = format!("/admin/products/{}", rope.id);
        from_page(&browser, &here, "/api/admin/products/update", &fields).await
    };
    save("1", "Rope", [(1, "Better words"), (0, "Rope")])
        .await
        .expect(303);
    let page = save("1", "Mine", [(0, "Rope"), (1, "Rope")])
        .await
        .refused()
        .body;
    assert!(page.contains("Order of the pictures") && page.contains("Alt text of picture 1"));
    let places: Vec<_> = pictures
        .iter()
        .map(|picture| {
            let item = page
                .split(&format!("data-picture=\"{}\"", picture.id))
                .nth(1);
            let item = item.unwrap().split("</li>").next().unwrap();
            let at = item.split("[position]\" value=\"").nth(1).unwrap();
            (at[..1].to_owned(), item.contains("Better words"))
        })
        .collect();
    assert_eq!(
        places,
        [("2".to_owned(), false), ("1".to_owned(), true)],
        "theirs is in the form: saving it again changes nothing of it"
    );
}

async fn what_a_variant_costs_is_told_to_nobody_else(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(9900)).await;
    shop.execute("UPDATE variants SET cost_minor = 7531, barcode = '4006381333931'")
        .await;
    let site = shop.open().await;
    let staff = admin(&shop, &site).await;
    let editor = format!("/admin/products/{}", rope.id);
    let page = staff.page(&editor).await.expect(200).body;
    assert!(page.contains("value=\"75.31\"") && page.contains("Margin"));
    let shopper = site.browser();
    let add = [("variant_id", rope.variant()), ("quantity", "1")];
    shopper.call("/api/cart/add", &add).await.expect(200);
    for path in [
        "/",
        "/products",
        "/products/rope",
        "/cart",
        "/search?q=rope",
        "/api/products",
        "/api/products/rope",
        "/api/cart",
        "/api/suggest?q=rope",
        &format!("/api/stock?variants={}", rope.variant()),
    ] {
        for who in [&shopper, &staff] {
            let body = who.page(path).await.body;
            for cost in ["75.31", ":7531", "cost_minor"] {
                assert!(!body.contains(cost), "{cost} in {path}");
            }
        }
    }
    let product = shopper.page("/products/rope").await.expect(200).body;
    assert!(product.contains("\"gtin\":\"4006381333931\""), "{product}");
}

async fn a_product_is_made_into_another(shop: TestShop) {
    let rope = Goods::named("Rope").sku("R-1").pictured(&["/media/r.png"]);
    let rope = shop.stock(rope.units(7)).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let duplicate = "/api/admin/products/duplicate";
    let made = browser.submit(duplicate, &[("id", &rope.id)]).await;
    let page = made.expect(303).location().to_owned();
    let page = browser.page(&page).await.expect(200).body;
    assert!(page.contains("Copy of Rope") && page.contains("This is the copy."));
    let again = browser
        .call(duplicate, &[("id", &rope.id)])
        .await
        .expect(200);
    let copy = again.json();
    assert_eq!(
        (&copy["slug"], &copy["active"]),
        (&"copy-of-rope-2".into(), &false.into())
    );
    let is = shop
        .shop()
        .admin
        .product(copy["id"].as_str().unwrap())
        .await;
    let is = is.unwrap();
    let variant = &is.variants[0];
    assert_eq!((variant.sku.as_str(), variant.stock), ("", 0));
    assert_eq!(variant.price_minor, 4900);
    assert_eq!(is.pictures[0].src, "/media/r.png");
    assert_eq!(
        shop.units(rope.variant()).await,
        7,
        "the first is as it was"
    );
    let unknown = server::ids::new_id();
    browser
        .call(duplicate, &[("id", &unknown)])
        .await
        .expect(404);
}
