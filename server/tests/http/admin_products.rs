//! The product table and the editor over HTTP, with plain forms.

use reqwest::Method;

use super::admin_work::admin;
use crate::support::{Answer, Browser, Goods, TestShop, on_both_databases};

on_both_databases!(
    many_are_changed_after_a_look_and_taken_back,
    a_change_without_ticks_comes_back_as_typed,
    what_would_become_free_is_ticked_first,
    a_form_of_many_variants_is_taken_from_admins,
    one_click_says_in_how_many_carts_it_lies,
    an_old_address_leads_on,
    the_second_of_two_is_shown_what_the_first_changed,
    pictures_that_the_first_moved_are_not_moved_back_by_the_second,
    a_draft_comes_back_worked_on_and_nothing_is_stored,
    a_booking_that_is_sent_twice_is_made_once,
    stock_is_set_from_the_table,
    more_than_there_can_be_is_told_as_such,
);

/// As a browser on a page of ours sends a form.
async fn submit_on(browser: &Browser, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let request = browser
        .request(Method::POST, path)
        .header("accept", "text/html")
        .header("referer", format!("{}{page}", browser.base))
        .form(fields);
    browser.send(request).await
}

async fn many_are_changed_after_a_look_and_taken_back(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let boot = shop.stock(Goods::named("Boot")).await;
    shop.cart(&[(rope.variant(), 1)]).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let fields = [
        ("ids[]", rope.id.as_str()),
        ("ids[]", &boot.id),
        ("scope", "ticked"),
        ("action", "deactivate"),
    ];
    let planned = browser
        .submit("/api/admin/products/bulk", &fields)
        .await
        .expect(303);
    let job = planned.location().to_owned();
    let page = browser.page(&job).await.expect(200).body;
    assert!(
        page.contains("2 products would change") && page.contains("1 cart"),
        "{page}"
    );
    let id = job.strip_prefix("/admin/jobs/").unwrap();
    site.browser().page("/products/rope").await.expect(200);
    browser
        .submit("/api/admin/jobs/start", &[("id", id)])
        .await
        .expect(303);
    settle(&browser, &job).await;
    site.browser().page("/products/rope").await.expect(404);
    let page = browser.page(&job).await.body;
    assert!(page.contains("2 products changed") && page.contains("Undo"));

    let undone = browser
        .submit("/api/admin/jobs/undo", &[("id", id)])
        .await
        .expect(303);
    settle(&browser, undone.location()).await;
    site.browser().page("/products/rope").await.expect(200);
    let again = browser.call("/api/admin/jobs/undo", &[("id", id)]).await;
    assert_eq!(again.expect(409).kind(), "conflict");

    let all = [
        ("scope", "all"),
        ("query", "q=boot&active=true"),
        ("action", "price_by"),
        ("value", "1.00"),
    ];
    let planned = browser
        .submit("/api/admin/products/bulk", &all)
        .await
        .expect(303);
    let page = browser.page(planned.location()).await.body;
    assert!(page.contains("1 product would change") && page.contains("€50.00"));
}

/// Waits until a job's page does not load itself again.
async fn settle(browser: &Browser, job: &str) {
    for _ in 0..500 {
        if !browser
            .page(job)
            .await
            .expect(200)
            .body
            .contains("http-equiv=\"refresh\"")
        {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{job} goes on and on");
}

async fn what_would_become_free_is_ticked_first(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let fields = [
        ("ids[]", rope.id.as_str()),
        ("scope", "ticked"),
        ("action", "price_by"),
        ("value", "-49.00"),
    ];
    let planned = browser
        .submit("/api/admin/products/bulk", &fields)
        .await
        .expect(303);
    let job = planned.location().to_owned();
    let page = browser.page(&job).await.expect(200).body;
    assert!(page.contains("Yes, make 1 variant free"), "{page}");
    let id = job.strip_prefix("/admin/jobs/").unwrap();
    let start = "/api/admin/jobs/start";
    let refused = browser.submit(start, &[("id", id)]).await.refused();
    assert!(refused.body.contains("make_free-error"), "{}", refused.body);
    let yes = [("id", id), ("make_free", "1")];
    browser.submit(start, &yes).await.expect(303);
    settle(&browser, &job).await;
    let editor = format!("/admin/products/{}", rope.id);
    let page = browser.page(&editor).await.expect(200).body;
    assert!(
        page.contains("badge-warn\">Free"),
        "the editor marks it, too"
    );
}

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

async fn a_change_without_ticks_comes_back_as_typed(shop: TestShop) {
    shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let (path, here) = ("/api/admin/products/bulk", "/admin/products?sort=title");
    let fields = [
        ("scope", "ticked"),
        ("action", "add_tag"),
        ("value", "Sale"),
    ];
    let page = submit_on(&browser, here, path, &fields).await.refused();
    assert!(page.body.contains(&format!("data-unsaved=\"{path}\"")));
    assert!(page.body.contains("Select the products") && page.body.contains("value=\"Sale\""));
    let fields = [
        ("scope", "all"),
        ("action", "price_percent"),
        ("value", "-101"),
    ];
    let page = submit_on(&browser, here, path, &fields).await.refused();
    assert!(page.body.contains("aria-invalid=\"true\"") && page.body.contains("value=\"-101\""));
}

async fn one_click_says_in_how_many_carts_it_lies(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    for _ in 0..3 {
        shop.cart(&[(rope.variant(), 1)]).await;
    }
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let table = browser
        .page("/admin/products?q=rope")
        .await
        .expect(200)
        .body;
    let next = format!("/admin/products?q=rope&amp;switched={}", rope.id);
    assert!(table.contains(&next), "the button leads back here");
    let next = next.replace("&amp;", "&");
    let fields = [("id", rope.id.as_str()), ("active", "0"), ("next", &next)];
    let done = browser
        .submit("/api/admin/products/update", &fields)
        .await
        .expect(303);
    let page = browser.page(done.location()).await.expect(200).body;
    assert!(
        page.contains("Rope is now inactive.") && page.contains("3 carts"),
        "{page}"
    );
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
        submit_on(browser, &here, path, &both).await
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
        // Both changed the title: mine stands in the form, theirs beside it.
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

async fn a_draft_comes_back_worked_on_and_nothing_is_stored(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let draft = "/api/admin/products/draft";
    let fields = [
        ("do", "combine"),
        ("id", rope.id.as_str()),
        ("title", "Rope & more"),
        ("option1_name", "Length"),
        ("option1_values", "1 m, 2 m"),
        ("variants[0][id]", rope.variant()),
        ("variants[0][price]", "49.00"),
    ];
    let page = browser.submit(draft, &fields).await.expect(200).body;
    for shown in [
        "value=\"1 m\"",
        "value=\"2 m\"",
        "value=\"Rope &amp; more\"",
        "Not saved yet",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    let unsaved = "data-unsaved=\"/api/admin/products/update\"";
    assert!(page.contains(unsaved), "it is not left without asking");
    let fresh = browser.page(&format!("/admin/products/{}", rope.id)).await;
    assert!(!fresh.body.contains("data-unsaved"));
    let html = "<p>Good</p></textarea><script>alert(1)</script>";
    let fields = [
        ("do", "preview"),
        ("title", "New"),
        ("description_html", html),
    ];
    let page = browser.submit(draft, &fields).await.expect(200).body;
    assert!(page.contains("<p>Good</p>"), "the preview shows it");
    assert!(
        !page.contains("<script>alert(1)"),
        "neither preview nor field runs it"
    );
    assert!(
        page.contains("&lt;/textarea&gt;&lt;script&gt;"),
        "the field holds it as typed"
    );
    let products = shop
        .number("SELECT COUNT(*) AS n FROM products WHERE version = 1")
        .await;
    assert_eq!(products, 1);
    site.browser().submit(draft, &fields).await.expect(404);
}

async fn stock_is_set_from_the_table(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(10)).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let fields = [
        ("variant_id", rope.variant()),
        ("units", "7"),
        ("reason", "Counted"),
        ("next", "/admin/stock?q=rope"),
    ];
    let done = browser
        .submit("/api/admin/stock/set", &fields)
        .await
        .expect(303);
    assert_eq!(done.location(), "/admin/stock?q=rope");
    assert_eq!(shop.units(rope.variant()).await, 7);
    let fields = [
        ("variant_id", rope.variant()),
        ("units", "many"),
        ("reason", "Counted"),
    ];
    let refused = browser
        .call("/api/admin/stock/set", &fields)
        .await
        .expect(422);
    assert_eq!(refused.fields(), ["units"]);
    let page = submit_on(
        &browser,
        "/admin/stock?q=rope",
        "/api/admin/stock/set",
        &fields,
    );
    let page = page.await.refused();
    let field = format!("units-{}", rope.variant());
    for told in [
        format!("href=\"#{field}\""),
        format!("id=\"{field}\""),
        format!("id=\"{field}-error\""),
        "value=\"many\"".to_owned(),
    ] {
        assert!(page.body.contains(&told), "{told}");
    }
    assert_eq!(page.body.matches("aria-invalid=\"true\"").count(), 1);
    let told = browser.page("/admin/stock?q=rope&done=units").await;
    assert!(told.body.contains("Stock saved."));
    let elsewhere = [
        ("variant_id", rope.variant()),
        ("units", "8"),
        ("reason", "Counted"),
        ("next", "//evil.example"),
    ];
    let done = browser
        .submit("/api/admin/stock/set", &elsewhere)
        .await
        .expect(303);
    assert_eq!(
        done.location(),
        format!("/admin/stock/{}?saved=1", rope.variant())
    );
}

async fn more_than_there_can_be_is_told_as_such(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(10)).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let (id, variant) = (rope.id.as_str(), rope.variant());
    let row = |name: &'static str, value: &'static str| {
        let fields = [
            ("id", id),
            ("variants[0][id]", variant),
            ("variants[0][price]", "20"),
            ("variants[0][stock]", "10"),
            ("variants[0][stock_was]", "10"),
            ("variants[0][grams]", "5"),
        ];
        let with = fields.map(|(field, old)| (field, if field == name { value } else { old }));
        with.to_vec()
    };
    let units = "Enter at most 1,000,000,000 units.";
    let dear = "This price is too high.";
    for (path, fields, field, words) in [
        (
            "/api/admin/stock/set",
            vec![
                ("variant_id", variant),
                ("units", "1000000001"),
                ("reason", "Counted"),
            ],
            "units",
            units,
        ),
        (
            "/api/admin/stock/adjust",
            vec![
                ("variant_id", variant),
                ("delta", "1000000001"),
                ("reason", "Counted"),
            ],
            "delta",
            units,
        ),
        (
            "/api/admin/prices/set",
            vec![
                ("variant_id", variant),
                ("price", "99999999999"),
                ("price_was", "20"),
            ],
            "price",
            dear,
        ),
        (
            "/api/admin/products/update",
            row("variants[0][stock]", "1000000001"),
            "variants[0][stock]",
            units,
        ),
        (
            "/api/admin/products/update",
            row("variants[0][grams]", "1000000001"),
            "variants[0][grams]",
            "Enter at most 1,000,000,000 grams.",
        ),
        (
            "/api/admin/products/update",
            row("variants[0][price]", "99999999999"),
            "variants[0][price]",
            dear,
        ),
    ] {
        let refused = browser.call(path, &fields).await.expect(422);
        assert_eq!(refused.fields(), [field], "{path}");
        assert!(refused.body.contains(words), "{path}: {}", refused.body);
    }
    assert_eq!(shop.units(variant).await, 10);
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
        submit_on(&browser, &here, "/api/admin/products/update", &fields).await
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
        "theirs stands in the form: saving it again changes nothing of it"
    );
}

async fn a_booking_that_is_sent_twice_is_made_once(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(10)).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let here = format!("/admin/stock/{}", rope.variant());
    let page = browser.page(&here).await.expect(200).body;
    let key = page.split("name=\"key\" value=\"").nth(1).expect("a key");
    let key = key.split('"').next().unwrap();
    let fields = [
        ("variant_id", rope.variant()),
        ("delta", "50"),
        ("reason", "Delivered"),
        ("key", key),
    ];
    for _ in 0..2 {
        browser
            .submit("/api/admin/stock/adjust", &fields)
            .await
            .expect(303);
    }
    assert_eq!(shop.units(rope.variant()).await, 60);
}
