//! Pictures of a product that is still to be made: they wait for it, for a day.

use reqwest::{
    Method,
    header::ACCEPT,
    multipart::{Form, Part},
};
use server::{admin::products::waiting, ids::new_short_key};

use super::uploads::{JSON, admin, picture, stored};
use crate::support::{ADMIN, Answer, Browser, DAY, TestShop, on_both_databases};

on_both_databases!(
    pictures_wait_for_a_product_that_is_still_to_be_made,
    of_two_products_made_at_once_one_takes_the_pictures,
    pictures_that_nobody_takes_go_after_a_day,
);

async fn upload_for(browser: &Browser, key: &str, files: usize, accept: &str) -> Answer {
    let mut form = Form::new().text("form_key", key.to_owned());
    for _ in 0..files {
        form = form.part("file", Part::bytes(picture()).file_name("a.webp"));
    }
    let request = browser
        .request(Method::POST, "/api/admin/pictures/upload")
        .header(ACCEPT, accept);
    browser.send(request.multipart(form)).await
}

async fn waiting_pictures(shop: &TestShop) -> i64 {
    shop.number("SELECT COUNT(*) AS n FROM waiting_pictures")
        .await
}

async fn pictures_wait_for_a_product_that_is_still_to_be_made(shop: TestShop) {
    let (site, browser, _) = admin(&shop).await;
    let key = new_short_key();
    let json = upload_for(&browser, &key, 3, JSON).await.expect(200).json();
    let added = json["added"].as_array().unwrap();
    let of = |at: usize, what: &str| added[at][what].as_str().unwrap().to_owned();
    let path = format!("/admin/products/new?pictures={key}");
    let page = browser.page(&path).await.expect(200).body;
    assert!(page.contains(&of(2, "id")) && page.contains(&key));
    // Without script the page comes back with them.
    let html = upload_for(&browser, &key, 1, "text/html").await;
    assert_eq!(html.expect(303).location(), path);
    let discard = "/api/admin/pictures/discard";
    let gone = browser.submit(discard, &[("id", &of(0, "id"))]).await;
    assert_eq!(gone.expect(303).location(), path);
    let page = browser.page(&path).await.expect(200).body;
    assert!(!page.contains(&of(0, "id")) && page.contains(&of(1, "id")));
    // Nobody else's, and no key that is none.
    upload_for(&site.browser(), &key, 1, JSON).await.expect(404);
    upload_for(&browser, "'; DROP TABLE", 1, JSON)
        .await
        .expect(404);

    let (first, second) = (of(1, "id"), of(2, "id"));
    let refused = [("form_key", key.as_str()), ("variants[0][price]", "5")];
    browser
        .call("/api/admin/products/create", &refused)
        .await
        .expect(422);
    let fields = [
        ("title", "Knot"),
        ("form_key", &key),
        ("variants[0][price]", "5"),
        ("variants[0][picture]", &of(1, "src")),
        ("pictures[0][id]", &first),
        ("pictures[0][position]", "2"),
        ("pictures[1][id]", &second),
        ("pictures[1][position]", "1"),
        ("pictures[1][alt]", "Tied"),
    ];
    let made = browser.call("/api/admin/products/create", &fields).await;
    let id = made.expect(200).json()["id"].as_str().unwrap().to_owned();
    let admin = &shop.services.admin;
    let made = desk::admin::products::ports::ProductAdmin::product(&**admin, &id);
    let made = made.await.unwrap();
    let words: Vec<_> = made.pictures.iter().map(|one| one.alt.as_str()).collect();
    assert_eq!(
        words,
        ["Tied", "Knot", "Knot"],
        "also what the form did not name"
    );
    assert_eq!(made.pictures[0].id, second);
    assert_eq!(made.variants[0].picture_src, Some(of(1, "src")));
    assert_eq!(
        waiting_pictures(&shop).await,
        1,
        "the one that was taken out"
    );
    // What is the product's stays.
    shop.clock.advance(2 * DAY);
    let (db, media) = (shop.db(), &shop.services.media);
    waiting::drop_expired(db, media, shop.now()).await.unwrap();
    assert_eq!(waiting_pictures(&shop).await, 0);
    let file = |src: String| browser.request(Method::GET, &src).send();
    assert_eq!(file(of(1, "src")).await.unwrap().status(), 200);
    assert_eq!(file(of(0, "src")).await.unwrap().status(), 404);
}

async fn of_two_products_made_at_once_one_takes_the_pictures(shop: TestShop) {
    let (_site, browser, _) = admin(&shop).await;
    let pictures = "SELECT COUNT(*) AS n FROM pictures";
    let before = shop.number(pictures).await;
    let key = new_short_key();
    upload_for(&browser, &key, 2, JSON).await.expect(200);
    let form = |title: &'static str| {
        [
            ("title", title),
            ("form_key", key.as_str()),
            ("variants[0][price]", "5"),
        ]
    };
    let (knot, splice) = (form("Knot"), form("Splice"));
    let create = "/api/admin/products/create";
    let (knot, splice) = tokio::join!(browser.call(create, &knot), browser.call(create, &splice));
    knot.expect(200);
    splice.expect(200);
    assert_eq!(shop.number(pictures).await, before + 2);
    assert_eq!(waiting_pictures(&shop).await, 0);
}

async fn pictures_that_nobody_takes_go_after_a_day(shop: TestShop) {
    let (_site, browser, _) = admin(&shop).await;
    let before = stored(&shop);
    upload_for(&browser, &new_short_key(), 2, JSON)
        .await
        .expect(200);
    assert!(stored(&shop) > before);
    let (db, media) = (shop.db(), &shop.services.media);
    waiting::drop_expired(db, media, shop.now()).await.unwrap();
    assert_eq!(waiting_pictures(&shop).await, 2, "their time is not over");
    shop.clock.advance(DAY + 1);
    waiting::drop_expired(db, media, shop.now()).await.unwrap();
    assert_eq!((waiting_pictures(&shop).await, stored(&shop)), (0, before));

    browser.sign_in(ADMIN).await.expect(200);
    // So many wait for one of the staff, whatever forms they are for.
    shop.execute(&format!(
        "INSERT INTO waiting_pictures (id, account_id, form, src, created_at) \
         SELECT 'full' || n.value, a.id, 'f', '/media/full' || n.value, {} FROM accounts a, \
         (WITH RECURSIVE c(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM c WHERE value < 250) \
          SELECT value FROM c) n",
        shop.now()
    ))
    .await;
    let full = upload_for(&browser, &new_short_key(), 1, JSON).await;
    assert_eq!(full.expect(422).fields(), ["file"]);
    assert_eq!(stored(&shop), before);
}
