//! How large pictures may be, and how many.

use app::catalog::limits::MAX_PICTURES;
use image::ImageFormat;
use reqwest::{
    Method,
    header::ACCEPT,
    multipart::{Form, Part},
};
use server::pictures::MAX_PICTURE_BYTES;

use super::{JSON, admin, picture, png, real, stored, upload};
use crate::support::{ADMIN, Answer, Goods, Stocked, TestShop, on_both_databases};

on_both_databases!(
    a_small_file_that_claims_to_be_huge_is_never_decoded,
    a_huge_upload_is_refused,
    pictures_that_are_not_taken_leave_no_files,
    pictures_beyond_the_limit_are_refused_before_they_are_looked_at,
    more_pixels_than_can_be_decoded_at_once_are_refused,
);

async fn a_small_file_that_claims_to_be_huge_is_never_decoded(shop: TestShop) {
    let (_site, browser, rope) = admin(&shop).await;
    // Both sides are within bounds, the product of them is not.
    for bomb in [png(8000, 8000), png(60_000, 10), whole_bomb()] {
        let began = std::time::Instant::now();
        let refused = upload(&browser, &rope.id, vec![bomb], JSON).await;
        assert_eq!(refused.expect(422).fields(), ["file"]);
        assert!(began.elapsed().as_secs() < 5);
    }
    assert_eq!(stored(&shop), 0);
}

/// A PNG of 64 million pixels in a few hundred kilobytes, whole and well-formed.
fn whole_bomb() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(8000, 8000)
        .write_to(&mut bytes, ImageFormat::Png)
        .unwrap();
    let bytes = bytes.into_inner();
    assert!(bytes.len() < MAX_PICTURE_BYTES);
    bytes
}

async fn a_huge_upload_is_refused(shop: TestShop) {
    let (site, browser, rope) = admin(&shop).await;
    let mut bytes = png(10, 10);
    bytes.resize(MAX_PICTURE_BYTES + 1, 0);
    let refused = upload(&browser, &rope.id, vec![bytes], JSON)
        .await
        .expect(422);
    assert_eq!(refused.fields(), ["file"]);
    assert_eq!(stored(&shop), 0);
    // More than an upload may be at all: the site may hang up before it has read everything.
    let mut bytes = png(10, 10);
    bytes.resize(5 * MAX_PICTURE_BYTES, 0);
    let form = Form::new().text("product_id", rope.id.clone());
    let form = form.part("file", Part::bytes(bytes).file_name("x.png"));
    let request = browser.request(Method::POST, "/api/admin/pictures/upload");
    if let Ok(response) = request.multipart(form).send().await {
        assert!(
            [413, 422].contains(&response.status().as_u16()),
            "{response:?}"
        );
    }
    assert_eq!(stored(&shop), 0);
    // On a connection of its own: the other may be on its way down.
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    browser.page("/admin/products").await.expect(200);
}

/// A product that can have one more picture.
async fn almost_full(shop: &TestShop) -> Stocked {
    let sources: Vec<String> = (1..MAX_PICTURES)
        .map(|n| format!("/media/{n}.webp"))
        .collect();
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    shop.stock(Goods::named("Full").pictured(&sources)).await
}

async fn pictures_that_are_not_taken_leave_no_files(shop: TestShop) {
    let (_site, browser, _) = admin(&shop).await;
    let full = almost_full(&shop).await;
    // The second of them is one too many.
    let files = vec![real(400, 10, ImageFormat::Png), picture()];
    let refused = upload(&browser, &full.id, files, JSON).await.expect(422);
    assert_eq!(refused.fields(), ["file"]);
    assert_eq!(stored(&shop), 0);
    let cut = {
        let mut cut = real(300, 300, ImageFormat::Png);
        let middle = cut.len() / 2;
        cut[middle] ^= 0x55;
        cut
    };
    let refused = upload(&browser, &full.id, vec![picture(), cut], JSON).await;
    refused.expect(422);
    assert_eq!(stored(&shop), 0, "the first of them goes with the second");
}

async fn pictures_beyond_the_limit_are_refused_before_they_are_looked_at(shop: TestShop) {
    let (_site, browser, _) = admin(&shop).await;
    let full = almost_full(&shop).await;
    let last = || Part::bytes(real(10, 10, ImageFormat::Png)).file_name("a.png");
    // If it was looked at, it would be told for what it is.
    let no_picture = || Part::bytes(b"no picture".to_vec()).file_name("b.webp");
    let id = full.id.clone();
    let product_first = Form::new()
        .text("product_id", id.clone())
        .part("file", last())
        .part("file", no_picture());
    let product_last = Form::new()
        .part("file", last())
        .part("file", last())
        .text("product_id", id.clone());
    let many = (0..MAX_PICTURES).fold(Form::new(), |form, _| form.part("file", last()));
    let more_than_any_product_has = many
        .part("file", no_picture())
        .text("product_id", id.clone());
    for form in [product_first, product_last, more_than_any_product_has] {
        let request = browser
            .request(Method::POST, "/api/admin/pictures/upload")
            .header(ACCEPT, JSON);
        let refused = Answer::of(request.multipart(form)).await.expect(422);
        assert_eq!(refused.fields(), ["file"]);
        assert!(
            refused.body.contains("up to 250 pictures"),
            "{}",
            refused.body
        );
        assert_eq!(stored(&shop), 0);
    }
    // A form without a chosen file sends an empty one: that is none too many.
    let empty = || Part::bytes(Vec::<u8>::new()).file_name("");
    let form = Form::new()
        .text("product_id", id)
        .part("file", last())
        .part("file", empty());
    let request = browser
        .request(Method::POST, "/api/admin/pictures/upload")
        .header(ACCEPT, JSON);
    Answer::of(request.multipart(form)).await.expect(200);
    assert!(stored(&shop) > 0);
}

async fn more_pixels_than_can_be_decoded_at_once_are_refused(shop: TestShop) {
    let (_site, browser, rope) = admin(&shop).await;
    let mut large = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(8000, 5000)
        .write_to(&mut large, ImageFormat::Png)
        .unwrap();
    let files = vec![large.into_inner(); 7];
    let refused = upload(&browser, &rope.id, files, JSON).await.expect(422);
    assert_eq!(refused.fields(), ["file"]);
    assert!(
        refused.body.contains("240 million pixels"),
        "{}",
        refused.body
    );
    assert_eq!(stored(&shop), 0);
}
