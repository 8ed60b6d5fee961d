//! What e-mails of an order show besides its words: pictures of what was bought, and where to ask.

use app::{orders::types::Parcel, pages::types::PageForm};
use reqwest::Method;

use crate::{
    pages::{page, publish},
    support::{APPROVES, Goods, TestShop, on_both_databases, test_card},
};

on_both_databases!(
    items_have_their_pictures_in_the_narrowest_width,
    the_narrowest_width_alone_is_there_as_a_jpeg,
    without_pictures_there_is_no_room_for_any,
    pages_that_go_with_an_order_are_linked_once_they_are_seen,
);

const PICTURE: &str = "/media/ab/rope.w960.webp";
const SMALL: &str = "http://shop.test/media/ab/rope.w320.jpg";

async fn items_have_their_pictures_in_the_narrowest_width(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = Goods::named("Rope \"7\"").pictured(&[PICTURE]);
    let elsewhere = Goods::named("Lamp").pictured(&["https://pictures.example/lamp.jpg"]);
    let (rope, lamp) = (shop.stock(rope).await, shop.stock(elsewhere).await);
    let plain = shop.stock(Goods::named("Soap")).await;
    let post = shop.post();
    let lines = [
        (rope.variant(), 1),
        (lamp.variant(), 1),
        (plain.variant(), 1),
    ];
    let order = shop.bought(&lines, test_card(APPROVES)).await;
    let confirmation = post.the_mail().await;
    let desk = &shop.shop().order_desk;
    desk.pack(&admin, &order.id).await.unwrap();
    desk.ship(&admin, &order.id, Parcel::default())
        .await
        .unwrap();
    let shipped = post.the_mail().await;
    for mail in [confirmation, shipped] {
        let [text, html] = mail.parts();
        let picture = format!("<img src=\"{SMALL}\" alt=\"Rope &#34;7&#34;\" width=\"56\"");
        assert!(html.contains(&picture), "{html}");
        assert!(html.contains("src=\"https://pictures.example/lamp.jpg\" alt=\"Lamp\""));
        assert_eq!(html.matches("<img").count(), 2, "{html}");
        // Sums are below all columns.
        assert!(html.contains("<td colspan=\"2\" style"), "{html}");
        assert!(
            !text.contains("/media/") && !text.contains("<img"),
            "{text}"
        );
    }
}

async fn the_narrowest_width_alone_is_there_as_a_jpeg(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    let media = shop.folder.path().join("media");
    let kept = || std::fs::read_dir(&media).map_or(0, Iterator::count);
    // Made the first time, and kept.
    for _ in 0..2 {
        let path = "/media/demo/pocket-compass.w320.jpg";
        let answer = browser.request(Method::GET, path).send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "image/jpeg");
        let bytes = answer.bytes().await.unwrap();
        let kind = imagesize::image_type(&bytes).unwrap();
        assert_eq!(kind, imagesize::ImageType::Jpeg);
        assert_eq!(imagesize::blob_size(&bytes).unwrap().width, 320);
        assert_eq!(kept(), 1);
    }
    for path in [
        "/media/demo/pocket-compass.w640.jpg",
        "/media/demo/nowhere.w320.jpg",
        "/media/nowhere.w320.jpg",
        "/media/demo/pocket-compass.w320.png",
    ] {
        browser.page(path).await.expect(404);
    }
    assert_eq!(kept(), 1);
}

async fn without_pictures_there_is_no_room_for_any(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let post = shop.post();
    shop.bought(&[(rope.variant(), 1)], test_card(APPROVES))
        .await;
    let [_, html] = post.the_mail().await.parts();
    assert!(
        !html.contains("<img") && !html.contains("colspan"),
        "{html}"
    );
}

async fn pages_that_go_with_an_order_are_linked_once_they_are_seen(shop: TestShop) {
    let admin = shop.admin().await;
    let of_kind = |kind: &str, title: &str| PageForm {
        kind: kind.to_owned(),
        contact_email: match kind {
            "contact" => "shop@example.com".to_owned(),
            _ => String::new(),
        },
        ..page(title)
    };
    for form in [
        of_kind("terms", "Terms & conditions"),
        of_kind("contact", "Ask us"),
        of_kind("free", "Story"),
        PageForm {
            state: "draft".to_owned(),
            ..of_kind("privacy", "Privacy")
        },
        PageForm {
            publish_at: "2025-10-09T10:00".to_owned(),
            ..of_kind("imprint", "Imprint")
        },
    ] {
        publish(&shop, &admin, form).await.unwrap();
    }
    let rope = shop.stock(Goods::named("Rope")).await;
    let post = shop.post();
    shop.bought(&[(rope.variant(), 1)], test_card(APPROVES))
        .await;
    let [text, html] = post.the_mail().await.parts();
    let links = "Ask us: http://shop.test/pages/ask-us\n\
                 Terms & conditions: http://shop.test/pages/terms-conditions";
    assert!(text.ends_with(links), "{text}");
    assert!(
        html.contains("href=\"http://shop.test/pages/ask-us\""),
        "{html}"
    );
    assert!(html.contains(">Terms &#38; conditions</a>"), "{html}");
    for other in ["Story", "Privacy", "Imprint"] {
        assert!(
            !text.contains(other) && !html.contains(other),
            "{other}: {html}"
        );
    }
}
