//! What is known of pictures, and how pages show them.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use reqwest::{
    Method,
    header::ACCEPT,
    multipart::{Form, Part},
};
use serde_json::json;
use server::{picture_facts, pictures::Picture};

use crate::support::{ADMIN, Answer, Goods, TestShop, cash, on_both_databases};

on_both_databases!(
    an_uploaded_picture_is_known_at_once,
    the_own_picture_of_a_category_is_known_at_once,
    pictures_of_before_are_looked_at_once,
    more_pictures_than_one_transaction_takes_are_looked_at_in_one_run,
    a_photograph_fills_its_frame_and_a_cut_out_stands_on_it,
    a_cut_out_that_is_shown_small_is_not_cropped,
    the_pictures_begin_with_that_of_the_variant_asked_for,
    a_card_has_a_second_picture_and_the_colours,
    scripts_of_pages_are_kept_for_ever_by_their_names,
);

/// A picture whose first `clear` rows can be seen through.
fn file(width: u32, height: u32, clear: u32) -> Vec<u8> {
    let picture = RgbaImage::from_fn(width, height, |_, y| {
        Rgba([60, 90, 80, if y < clear { 0 } else { 255 }])
    });
    let picture = match clear {
        0 => DynamicImage::from(picture).to_rgb8().into(),
        _ => DynamicImage::from(picture),
    };
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A stored picture of which nothing is known, as older versions left them.
async fn kept(shop: &TestShop, bytes: Vec<u8>) -> String {
    let picture = Picture::check(bytes.into()).unwrap();
    shop.services.media.add(picture).await.unwrap().unwrap()
}

async fn an_uploaded_picture_is_known_at_once(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let mut form = Form::new().text("product_id", rope.id.clone());
    for bytes in [file(1000, 500, 0), file(400, 400, 200)] {
        form = form.part("file", Part::bytes(bytes).file_name("rope.png"));
    }
    let request = browser
        .request(Method::POST, "/api/admin/pictures/upload")
        .header(ACCEPT, "application/json");
    Answer::of(request.multipart(form)).await.expect(200);
    let product = site.browser().read("/api/products/rope").await;
    let product = product.expect(200).json();
    let pictures = &product["pictures"];
    assert_eq!(pictures[0]["size"], json!({ "width": 1000, "height": 500 }));
    assert_eq!(pictures[0].get("cut_out"), None, "{pictures}");
    assert_eq!(pictures[1]["size"], json!({ "width": 400, "height": 400 }));
    assert_eq!(pictures[1]["cut_out"], json!(true));
}

async fn the_own_picture_of_a_category_is_known_at_once(shop: TestShop) {
    let photo = Goods::named("Rope").pictured(&["/media/a.png"]);
    shop.stock(photo.category("Deck")).await;
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let tile = || async {
        let home = site.browser().page("/").await.expect(200).body;
        let tile = home.split("class=\"tile\"").nth(1).unwrap().to_owned();
        tile.split("</a>").next().unwrap().to_owned()
    };
    let before = tile().await;
    assert!(before.contains("class=\"photo\""), "{before}");
    let tree = shop.shop().catalog.category_tree().await.unwrap();
    let deck = tree.find("deck").unwrap().category.id.clone();
    let form = Form::new().text("id", deck).part(
        "file",
        Part::bytes(file(400, 400, 200)).file_name("deck.png"),
    );
    let request = browser
        .request(Method::POST, "/api/admin/categories/picture")
        .header(ACCEPT, "application/json");
    Answer::of(request.multipart(form)).await.expect(200);
    let after = tile().await;
    assert!(after.contains("class=\"cut-out\""), "{after}");
}

async fn pictures_of_before_are_looked_at_once(shop: TestShop) {
    let photo = kept(&shop, file(800, 600, 0)).await;
    let cut_out = kept(&shop, file(400, 400, 200)).await;
    let elsewhere = "https://elsewhere.example/x.jpg";
    let gone = "/media/gone.w640.webp";
    let sources = [photo.as_str(), cut_out.as_str(), gone, elsewhere];
    shop.stock(Goods::named("Rope").pictured(&sources)).await;
    let known = || async {
        let product = shop.shop().catalog.product("rope").await.unwrap();
        let pictures = product.pictures.iter();
        pictures
            .map(|picture| {
                let size = picture.size.map(|size| (size.width, size.height));
                (size, picture.cut_out)
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(known().await, [(None, false); 4]);
    picture_facts::catch_up(shop.db(), &shop.services.media)
        .await
        .unwrap();
    let found = [
        (Some((800, 600)), false),
        (Some((400, 400)), true),
        (None, false),
        (None, false),
    ];
    assert_eq!(known().await, found, "the page is told of it");

    // Neither again nor from other sites.
    let all = "SELECT COUNT(*) AS n FROM picture_facts";
    assert_eq!(shop.number(all).await, 3);
    shop.execute("UPDATE picture_facts SET width = 7 WHERE width > 0")
        .await;
    picture_facts::catch_up(shop.db(), &shop.services.media)
        .await
        .unwrap();
    let changed = "SELECT COUNT(*) AS n FROM picture_facts WHERE width = 7";
    assert_eq!(shop.number(changed).await, 2);
    assert_eq!(shop.number(all).await, 3);
}

async fn more_pictures_than_one_transaction_takes_are_looked_at_in_one_run(shop: TestShop) {
    let sources: Vec<_> = (0..120).map(|n| format!("/media/{n}.w640.webp")).collect();
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    shop.stock(Goods::named("Rope").pictured(&sources)).await;
    picture_facts::catch_up(shop.db(), &shop.services.media)
        .await
        .unwrap();
    let all = "SELECT COUNT(*) AS n FROM picture_facts WHERE width = 0";
    assert_eq!(shop.number(all).await, 120);
}

async fn a_photograph_fills_its_frame_and_a_cut_out_stands_on_it(shop: TestShop) {
    let photo = kept(&shop, file(800, 600, 0)).await;
    let cut_out = kept(&shop, file(400, 500, 200)).await;
    shop.stock(Goods::named("Rope").pictured(&[photo.as_str(), cut_out.as_str()]))
        .await;
    picture_facts::catch_up(shop.db(), &shop.services.media)
        .await
        .unwrap();
    let site = shop.open().await;
    let page = site.browser().page("/products/rope").await.expect(200).body;
    let slide = |number: usize| {
        let from = page.find(&format!("id=\"picture-{number}\"")).unwrap();
        let to = page[from..].find("</li>").unwrap();
        &page[from..from + to]
    };
    let (first, second) = (slide(1), slide(2));
    // Without script it is a link to the picture itself.
    let link = format!("href=\"{photo}\"");
    for (part, is_there) in [
        ("class=\"photo\"", true),
        ("width=\"800\"", true),
        ("height=\"600\"", true),
        ("fetchpriority=\"high\"", true),
        ("loading=\"lazy\"", false),
        (link.as_str(), true),
    ] {
        assert_eq!(first.contains(part), is_there, "{part}: {first}");
    }
    for (part, is_there) in [
        ("class=\"cut-out\"", true),
        ("width=\"400\"", true),
        ("height=\"500\"", true),
        ("fetchpriority", false),
        ("loading=\"lazy\"", true),
    ] {
        assert_eq!(second.contains(part), is_there, "{part}: {second}");
    }
    let list = site.browser().page("/products").await.expect(200).body;
    assert_eq!(list.matches("fetchpriority").count(), 1, "the first card");
}

/// Of the picture's element on a page, its class.
fn class_of(page: &str, src: &str) -> String {
    let name = src.trim_end_matches(".webp");
    let (name, _) = name.rsplit_once(".w").unwrap();
    let image = page.split("<img").skip(1);
    let image = image.filter_map(|rest| rest.split('>').next());
    let image = image.filter(|image| image.contains(&format!("src=\"{name}")));
    let image = image.last().expect("the picture is on the page");
    let class = image.split("class=\"").nth(1).expect("it has a class");
    class.split('"').next().unwrap().to_owned()
}

async fn a_cut_out_that_is_shown_small_is_not_cropped(shop: TestShop) {
    let photo = kept(&shop, file(800, 600, 0)).await;
    let cut_out = kept(&shop, file(400, 500, 200)).await;
    let rope = Goods::named("Rope").pictured(&[photo.as_str()]);
    let rope = shop.stock(rope).await;
    let cap = Goods::named("Cap").pictured(&[cut_out.as_str()]);
    let cap = shop.stock(cap).await;
    picture_facts::catch_up(shop.db(), &shop.services.media)
        .await
        .unwrap();
    let lines = [(rope.variant(), 1), (cap.variant(), 1)];
    let (_, placed) = shop.buy(&lines, cash()).await;
    let placed = placed.unwrap();
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    for product in [&rope, &cap] {
        browser.add(product.variant(), 1).await.expect(200);
    }
    browser.sign_in(ADMIN).await.expect(200);
    let id = shop.shop().orders.returned(&placed.token).await.unwrap().id;
    for path in [
        "/cart".to_owned(),
        "/checkout?step=contact".to_owned(),
        format!("/orders/{}", placed.token),
        "/admin/products".to_owned(),
        "/admin/stock".to_owned(),
        format!("/admin/orders/{id}"),
    ] {
        let page = browser.page(&path).await.expect(200).body;
        assert_eq!(class_of(&page, &cut_out), "cut-out", "{path}");
        assert_eq!(class_of(&page, &photo), "photo", "{path}");
    }
    let found = shop.shop().catalog.suggest("cap").await.unwrap();
    assert_eq!(found[0].picture.class(), "cut-out");
}

async fn the_pictures_begin_with_that_of_the_variant_asked_for(shop: TestShop) {
    let mut goods = Goods::named("Cap")
        .pictured(&["/media/a.png", "/media/b.png", "/media/c.png"])
        .options(["Colour"], &[(["Navy"], 900, 3), (["Red"], 900, 3)]);
    goods.0.variants[1].picture_src = Some("/media/b.png".to_owned());
    let cap = shop.stock(goods).await;
    let site = shop.open().await;
    let order = |page: String| {
        let mut places: Vec<_> = (1..=3)
            .map(|number| (page.find(&format!("id=\"picture-{number}\"")), number))
            .collect();
        places.sort_unstable();
        places
            .into_iter()
            .map(|(place, number)| place.map(|_| number).unwrap())
            .collect::<Vec<_>>()
    };
    let plain = site.browser().page("/products/cap").await.expect(200);
    assert_eq!(order(plain.body), [1, 2, 3]);
    let red = format!("/products/cap?variant={}", cap.variants[1]);
    let red = site.browser().page(&red).await.expect(200);
    assert_eq!(order(red.body), [2, 1, 3]);
}

async fn a_card_has_a_second_picture_and_the_colours(shop: TestShop) {
    let mut goods = Goods::named("Cap")
        .pictured(&["/media/a.png", "/media/b.png"])
        .options(
            ["Size", "Colour"],
            &[
                (["M", "Navy"], 900, 3),
                (["M", "Harbour"], 900, 3),
                (["L", "Navy"], 900, 3),
            ],
        );
    goods.0.variants[1].picture_src = Some("/media/b.png".to_owned());
    shop.stock(goods).await;
    shop.clock.advance(1);
    shop.stock(Goods::named("Pole").pictured(&["/media/p.png"]))
        .await;
    let site = shop.open().await;
    let list = site.browser().read("/api/products?sort=name").await;
    let list = list.expect(200).json();
    let (cap, pole) = (&list["products"][0], &list["products"][1]);
    assert_eq!(cap["second_picture"]["src"], json!("/media/b.png"));
    assert_eq!(
        cap["colours"],
        json!([
            { "value": "Navy", "picture_src": null },
            { "value": "Harbour", "picture_src": "/media/b.png" },
        ])
    );
    assert_eq!(pole.get("second_picture"), None);
    assert_eq!(pole.get("colours"), None);

    let page = site.browser().page("/products").await.expect(200).body;
    for part in ["card-second", "swatch swatch-navy", "2 colours"] {
        assert_eq!(page.matches(part).count(), 1, "{part}");
    }
    // So has the choice on the product's own page.
    let page = site.browser().page("/products/cap").await.expect(200).body;
    assert!(page.contains("swatch swatch-navy"));
}

async fn scripts_of_pages_are_kept_for_ever_by_their_names(shop: TestShop) {
    let site = shop.open().await;
    for (path, kept) in [
        (app::style::GALLERY.href(), true),
        ("/style/gallery.0.js", false),
        (app::style::CART.href(), true),
        (app::style::CART_OPENER.href(), true),
    ] {
        let request = site.browser().request(Method::GET, path);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
        assert!(header("content-type").starts_with("text/javascript"));
        assert_eq!(header("cache-control").contains("immutable"), kept);
    }
    let unknown = site.browser().request(Method::GET, "/style/other.0.js");
    assert_eq!(unknown.send().await.unwrap().status(), 404);
}
