//! Pictures: known by content, served under names of our own.

mod bounds;

use image::ImageFormat;
use reqwest::{
    Method,
    header::ACCEPT,
    multipart::{Form, Part},
};
use server::pictures::media::demo_picture;

use crate::support::{ADMIN, Answer, Browser, Goods, Stocked, TestShop, on_both_databases, rows};

on_both_databases!(
    a_picture_is_stored_and_served,
    an_upload_says_which_pictures_are_cut_out_and_so_does_the_editor,
    a_file_that_is_also_something_else_is_refused,
    where_a_picture_was_taken_stays_unknown,
    what_is_no_picture_is_refused,
    nothing_is_stored_for_strangers_and_unknown_products,
    a_form_gets_its_page_back,
    a_deleted_picture_leaves_the_product,
    a_picture_that_breaks_off_is_refused_and_padding_is_not,
);

pub fn picture() -> Vec<u8> {
    demo_picture("pocket-compass.w320.webp")
        .unwrap()
        .into_owned()
}

/// A picture of this size.
fn real(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::DynamicImage::new_rgb8(width, height);
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// The head of a PNG that claims this size, and nothing behind it.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

async fn upload(browser: &Browser, product: &str, files: Vec<Vec<u8>>, accept: &str) -> Answer {
    let mut form = Form::new().text("product_id", product.to_owned());
    for bytes in files {
        form = form.part("file", Part::bytes(bytes).file_name("../../x.php"));
    }
    let request = browser
        .request(Method::POST, "/api/admin/pictures/upload")
        .header(ACCEPT, accept);
    browser.send(request.multipart(form)).await
}

pub const JSON: &str = "application/json";

pub async fn admin(shop: &TestShop) -> (crate::support::Site, Browser, Stocked) {
    let rope = shop.stock(Goods::named("Rope")).await;
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    (site, browser, rope)
}

/// Files in the folder for pictures.
pub fn stored(shop: &TestShop) -> usize {
    std::fs::read_dir(shop.folder.path().join("media")).map_or(0, Iterator::count)
}

async fn a_picture_is_stored_and_served(shop: TestShop) {
    let (site, browser, rope) = admin(&shop).await;
    let files = vec![
        real(1000, 500, ImageFormat::Jpeg),
        picture(),
        real(10, 10, ImageFormat::Png),
    ];
    let answer = upload(&browser, &rope.id, files, JSON).await;
    let json = answer.expect(200).json();
    assert_eq!(json["id"], rope.id);
    assert_eq!(json["version"], 2, "one edit, however many pictures");
    let sources = json["pictures"].as_array().unwrap();
    assert_eq!(
        (sources.len(), json["added"].as_array().unwrap().len()),
        (3, 3)
    );
    for (src, width) in sources.iter().zip([960, 320, 10]) {
        let src = src.as_str().unwrap();
        assert!(src.starts_with("/media/") && !src.contains("php"), "{src}");
        let response = browser.request(Method::GET, src).send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "image/webp");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        assert!(
            response.headers()["cache-control"]
                .to_str()
                .unwrap()
                .contains("immutable")
        );
        let bytes = response.bytes().await.unwrap();
        let size = imagesize::blob_size(&bytes).unwrap();
        assert_eq!(size.width, if width == 960 { 1000 } else { width });
    }
    let product = site.browser().read("/api/products/rope").await.json();
    assert_eq!(product["pictures"].as_array().unwrap().len(), 3);
    assert_eq!(stored(&shop), 4 + 1 + 1, "the widths of each");

    let page = site.browser().page("/products/rope").await.expect(200);
    let srcset = page.body.split("srcset=\"").nth(1).expect("a srcset");
    let widths: Vec<&str> = srcset.split('"').next().unwrap().split(", ").collect();
    assert_eq!(widths.len(), 4, "{widths:?}");
    for part in widths {
        let (src, width) = part.split_once(' ').unwrap();
        let bytes = browser.request(Method::GET, src).send().await.unwrap();
        let size = imagesize::blob_size(&bytes.bytes().await.unwrap()).unwrap();
        assert_eq!(format!("{}w", size.width), width);
    }
}

async fn an_upload_says_which_pictures_are_cut_out_and_so_does_the_editor(shop: TestShop) {
    let (_site, browser, rope) = admin(&shop).await;
    // With nothing around what it shows.
    let mut lamp = image::RgbaImage::new(60, 60);
    for (x, y, pixel) in lamp.enumerate_pixels_mut() {
        let is_inside = (10..50).contains(&x) && (10..50).contains(&y);
        *pixel = image::Rgba([200, 40, 40, if is_inside { 255 } else { 0 }]);
    }
    let mut cut_out = std::io::Cursor::new(Vec::new());
    lamp.write_to(&mut cut_out, ImageFormat::Png).unwrap();
    let files = vec![cut_out.into_inner(), real(60, 60, ImageFormat::Png)];
    let answer = upload(&browser, &rope.id, files, JSON).await;
    let added = answer.expect(200).json()["added"].clone();
    let is_cut_out = |at: usize| added[at]["cut_out"].as_bool();
    assert_eq!((is_cut_out(0), is_cut_out(1)), (Some(true), Some(false)));
    let path = format!("/admin/products/{}", rope.id);
    let page = browser.page(&path).await.expect(200).body;
    let (_, list) = page.split_once("id=\"picture-list\"").unwrap();
    assert_eq!(list.matches("class=\"cut-out\"").count(), 1, "{list}");
}

async fn a_file_that_is_also_something_else_is_refused(shop: TestShop) {
    let (_site, browser, rope) = admin(&shop).await;
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        for more in [
            &b"<script>alert(1)</script>"[..],
            b"<?php system('id'); ?>",
            b"<!DOCTYPE html><html></html>",
            b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
        ] {
            let bytes = [real(20, 20, format).as_slice(), more].concat();
            let refused = upload(&browser, &rope.id, vec![bytes], JSON).await;
            assert_eq!(
                refused.expect(422).fields(),
                ["file"],
                "{format:?} {more:.12?}"
            );
        }
    }
    let mut cut = real(300, 300, ImageFormat::Png);
    let middle = cut.len() / 2;
    cut[middle] ^= 0x55;
    let refused = upload(&browser, &rope.id, vec![cut], JSON)
        .await
        .expect(422);
    assert_eq!(refused.fields(), ["file"]);
    assert_eq!(stored(&shop), 0);
}

async fn where_a_picture_was_taken_stays_unknown(shop: TestShop) {
    let (_site, browser, rope) = admin(&shop).await;
    let jpeg = real(20, 20, ImageFormat::Jpeg);
    // An EXIF segment right behind the start of the picture.
    let secret = b"Exif\0\0MM\0*\0\0\0\x08 GPS 52.5200 13.4050";
    let length = (secret.len() as u16 + 2).to_be_bytes();
    let bytes = [&jpeg[..2], &[0xff, 0xe1], &length, secret, &jpeg[2..]].concat();
    let answer = upload(&browser, &rope.id, vec![bytes], JSON).await;
    let json = answer.expect(200).json();
    let src = json["pictures"][0].as_str().unwrap().to_owned();
    let stored = browser.request(Method::GET, &src).send().await.unwrap();
    let stored = stored.bytes().await.unwrap();
    assert!(!stored.windows(3).any(|window| window == b"GPS"));
}

async fn what_is_no_picture_is_refused(shop: TestShop) {
    let (_site, browser, rope) = admin(&shop).await;
    let before = rows(shop.db()).await;
    for bytes in [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec(),
        b"<html><script>alert(1)</script></html>".to_vec(),
        b"GIF89a\x01\0\x01\0".to_vec(),
        b"\x89PNG\r\n\x1a\n".to_vec(),
        b"%PDF-1.7".to_vec(),
        vec![0; 1000],
        png(0, 10),
        png(9000, 10),
        png(10, 4_000_000_000),
    ] {
        let refused = upload(&browser, &rope.id, vec![picture(), bytes.clone()], JSON).await;
        let refused = refused.expect(422);
        assert_eq!(refused.fields(), ["file"], "{bytes:.20?}");
    }
    let refused = upload(&browser, &rope.id, Vec::new(), JSON)
        .await
        .expect(422);
    assert_eq!(refused.fields(), ["file"]);
    let no_form = browser
        .call("/api/admin/pictures/upload", &[("product_id", &rope.id)])
        .await;
    assert_eq!(no_form.expect(422).kind(), "invalid");
    assert_eq!(stored(&shop), 0, "all or nothing");
    assert_eq!(rows(shop.db()).await, before);
}

async fn nothing_is_stored_for_strangers_and_unknown_products(shop: TestShop) {
    let (site, browser, rope) = admin(&shop).await;
    upload(&site.browser(), &rope.id, vec![picture()], JSON)
        .await
        .expect(404);
    for unknown in ["", "x", "../..", rope.variant()] {
        upload(&browser, unknown, vec![picture()], JSON)
            .await
            .expect(404);
        let page = upload(&browser, unknown, vec![picture()], "text/html").await;
        assert_eq!(page.status, 404, "{unknown:?}");
    }
    assert_eq!(stored(&shop), 0);
}

async fn a_form_gets_its_page_back(shop: TestShop) {
    let (_site, browser, rope) = admin(&shop).await;
    let page = upload(&browser, &rope.id, vec![b"no".to_vec()], "text/html").await;
    let page = page.refused();
    assert!(page.body.contains("Rope"));
    assert!(page.body.contains("not a PNG, JPEG or WebP picture"));
    let done = upload(&browser, &rope.id, vec![picture()], "text/html")
        .await
        .expect(303);
    assert_eq!(
        done.location(),
        format!("/admin/products/{}?saved=1", rope.id)
    );
    let kept = shop.number("SELECT COUNT(*) AS n FROM kept_forms").await;
    assert_eq!(kept, 0, "on the way back the page is as it is now");
}

async fn a_deleted_picture_leaves_the_product(shop: TestShop) {
    let (site, browser, rope) = admin(&shop).await;
    upload(
        &browser,
        &rope.id,
        vec![picture(), real(1, 1, ImageFormat::Png)],
        JSON,
    )
    .await
    .expect(200);
    let admin = &shop.shop().admin;
    let first = admin.product(&rope.id).await.unwrap().pictures[0].clone();
    let gone = browser
        .call("/api/admin/pictures/delete", &[("id", &first.id)])
        .await;
    gone.expect(200);
    let product = site.browser().read("/api/products/rope").await.json();
    let left = product["pictures"].as_array().unwrap().clone();
    assert_eq!(left.len(), 1);
    assert_ne!(left[0]["src"], first.src);
    for unknown in [first.id.as_str(), "", "x"] {
        browser
            .call("/api/admin/pictures/delete", &[("id", unknown)])
            .await
            .expect(404);
    }
}

async fn a_picture_that_breaks_off_is_refused_and_padding_is_not(shop: TestShop) {
    let (_site, browser, rope) = admin(&shop).await;
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let whole = real(300, 200, format);
        let cut = whole[..whole.len() / 2].to_vec();
        let refused = upload(&browser, &rope.id, vec![cut], JSON).await;
        let refused = refused.expect(422);
        assert!(
            refused.body.contains("damaged"),
            "{format:?} {}",
            refused.body
        );
        let padded = [whole.as_slice(), b"\n"].concat();
        upload(&browser, &rope.id, vec![padded], JSON)
            .await
            .expect(200);
    }
}
