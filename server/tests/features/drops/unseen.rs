//! Where else something secret could show: beside what is like it, in streams, in files of its picture, in answers to
//! other methods, in rooms and in what a customer is given.

use std::time::Duration;

use app::{
    catalog::picture::{in_mail, srcset},
    identity::Role,
};
use reqwest::{
    Method,
    header::{ACCEPT, IF_NONE_MATCH, RANGE},
};
use server::ids::new_id;

use super::{
    OPENS, Times, draft,
    secret::{SECRETS, Secret, TITLE, hidden, said},
};
use crate::support::{Answer, Browser, Goods, MINUTE, TestShop, on_both_databases};

on_both_databases!(
    what_is_like_it_does_not_lead_to_it,
    no_file_of_its_picture_is_there_in_any_way_of_asking,
    a_stream_tells_of_it_as_of_nothing,
    answers_about_it_are_those_about_nothing,
    what_a_customer_is_given_has_its_old_name,
);

const REVEAL: i64 = OPENS - 10 * MINUTE;

/// Words that nothing but the secret product has.
fn own_words() -> impl Iterator<Item = &'static str> {
    let shared = ["Zephyrworks", "zephyrtag"];
    SECRETS
        .into_iter()
        .filter(move |word| !shared.contains(word))
}

async fn what_is_like_it_does_not_lead_to_it(shop: TestShop) {
    let secret = hidden(&shop).await;
    // It shares all that lists and recommendations go by.
    let lamp = Goods::named("Lamp")
        .category("Lanterns")
        .vendor("Zephyrworks");
    let sizes = [(["Plain"], 4900, 3)];
    let lamp = shop
        .stock(lamp.tags(&["zephyrtag"]).options(["Finish"], &sizes))
        .await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(lamp.variant(), 1).await.expect(200);
    let wish = [("product_id", lamp.id.as_str())];
    browser.call("/api/wishlist/add", &wish).await.expect(200);
    let paths = [
        "/products/lamp",
        "/api/products/lamp",
        "/categories/lanterns",
        "/categories/lanterns?option.finish=Zephyrcolour",
        "/products?tag=zephyrtag",
        "/products?vendor=Zephyrworks",
        "/products?min=700&max=800",
        "/products?sort=price_desc",
        "/products?q=zephyrite",
        "/api/products?tag=zephyrtag",
        "/api/products?vendor=Zephyrworks",
        "/api/suggest?q=zephyr",
        "/collections/new",
        "/drops/autumn",
        "/drops/autumn/room",
        "/api/drops/room?slug=autumn",
        "/api/drops/time",
        "/cart",
        "/api/cart",
        "/checkout",
        "/wishlist",
        "/api/wishlist",
        "/api/wishlist/products",
        "/products/nothing-of-this-name",
        "/site.webmanifest",
    ];
    let told = async || {
        let mut told = Vec::new();
        for path in paths {
            // Twice: the second comes from what is kept.
            for _ in 0..2 {
                for answer in [browser.page(path).await, browser.read(path).await] {
                    assert!(answer.status < 500, "{path}: {}", answer.status);
                    let said = said(&answer);
                    let mut words: Vec<&str> = own_words().collect();
                    words.extend([secret.product.id.as_str(), secret.product.variant()]);
                    let mut words = words.into_iter();
                    // What was asked for may be said again.
                    if words.any(|word| said.contains(word) && !path.contains(word)) {
                        told.push(path);
                    }
                }
            }
        }
        told.dedup();
        told
    };
    shop.clock.set(REVEAL - 1);
    assert_eq!(told().await, Vec::<&str>::new());
    shop.clock.set(REVEAL);
    let shown = told().await;
    for path in [
        "/products/lamp",
        "/categories/lanterns",
        "/products?tag=zephyrtag",
        "/api/products?vendor=Zephyrworks",
        "/api/suggest?q=zephyr",
    ] {
        assert!(shown.contains(&path), "{path} in {shown:?}");
    }
}

async fn no_file_of_its_picture_is_there_in_any_way_of_asking(shop: TestShop) {
    let secret = hidden(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    let sizes = srcset(&secret.picture).unwrap_or_default();
    let sizes = sizes.split(", ").filter_map(|size| size.split(' ').next());
    let mut files: Vec<String> = sizes
        .filter(|file| !file.is_empty())
        .map(str::to_owned)
        .collect();
    files.extend([secret.picture.clone(), in_mail(&secret.picture)]);
    let asked = async |file: &str, method: Method| {
        let ways = [
            browser.request(method.clone(), file),
            browser
                .request(method.clone(), file)
                .header(RANGE, "bytes=0-9"),
            browser.request(method, file).header(IF_NONE_MATCH, "*"),
        ];
        let mut statuses = Vec::new();
        for way in ways {
            statuses.push(Answer::of(way).await.status);
        }
        statuses
    };
    for file in &files {
        for method in [Method::GET, Method::HEAD] {
            assert_eq!(asked(file, method).await, [404; 3], "{file}");
        }
    }
    shop.clock.set(REVEAL);
    for file in &files {
        let found = browser.request(Method::GET, file);
        assert_eq!(Answer::of(found).await.status, 200, "{file}");
    }
}

/// The first event of a stream of stock, without after what time its reader is to come back: that is another for each.
async fn first_event(browser: &Browser, variant: &str) -> String {
    let path = format!("/api/stock/events?variants={variant}");
    let request = browser.request(Method::GET, &path);
    let sent = request.header(ACCEPT, "text/event-stream").send().await;
    let mut stream = sent.unwrap();
    assert_eq!(stream.status(), 200);
    let mut told = String::new();
    while !told.contains("\n\n") {
        let chunk = tokio::time::timeout(Duration::from_secs(20), stream.chunk());
        let chunk = chunk.await.expect("something is told in time").unwrap();
        told.push_str(std::str::from_utf8(&chunk.expect("the stream goes on")).unwrap());
    }
    let lines = told.lines().filter(|line| !line.starts_with("retry:"));
    let lines: Vec<&str> = lines.collect();
    assert!(lines.iter().any(|line| line.contains(variant)), "{told}");
    lines.join("\n").replace(variant, "")
}

async fn a_stream_tells_of_it_as_of_nothing(shop: TestShop) {
    let secret = hidden(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    shop.clock.set(REVEAL - 1);
    let nothing = new_id();
    let (known, unknown) = (
        first_event(&browser, secret.product.variant()).await,
        first_event(&browser, &nothing).await,
    );
    assert_eq!(known, unknown);
}

/// Headers that say when or in which request, and nothing else.
const PASSING: [&str; 4] = [
    "date",
    "x-request-id",
    "content-security-policy",
    "set-cookie",
];

/// What is answered, but for what was asked.
fn of(answer: Answer, asked: &str) -> (u16, Vec<(String, String)>) {
    let headers = answer.headers.iter();
    let headers = headers
        .filter(|(name, _)| !PASSING.contains(&name.as_str()))
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).replace(asked, "");
            (name.to_string(), value)
        });
    (answer.status, headers.collect())
}

async fn answers_about_it_are_those_about_nothing(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let Secret { product, picture } = hidden(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    // As long, so that answers can be of the same length.
    let slug = product.slug.replace("lantern", "lanterx");
    assert_ne!(slug, product.slug);
    let no_picture = picture.replace("/media/", "/media/x");
    let ids = (new_id(), new_id());
    let pairs: [(&str, &str, &str); 6] = [
        ("/products/", &product.slug, &slug),
        ("/de/products/", &product.slug, &slug),
        ("/api/products/", &product.slug, &slug),
        ("/api/products/", &product.id, &ids.0),
        ("/api/stock?variants=", product.variant(), &ids.1),
        ("", &picture, &no_picture),
    ];
    for (before, secret, made_up) in pairs {
        for method in [Method::GET, Method::HEAD] {
            for accepts in ["text/html", "application/json"] {
                let ask = async |named: &str| {
                    let path = format!("{before}{named}");
                    let request = browser.request(method.clone(), &path);
                    of(Answer::of(request.header(ACCEPT, accepts)).await, named)
                };
                let (known, unknown) = (ask(secret).await, ask(made_up).await);
                assert_eq!(known.0, unknown.0, "{method} {before}{secret}");
                let names = |answer: &(u16, Vec<(String, String)>)| {
                    let lengthless = answer
                        .1
                        .iter()
                        .filter(|(name, _)| name != "content-length" && name != "etag");
                    lengthless.cloned().collect::<Vec<_>>()
                };
                assert_eq!(names(&known), names(&unknown), "{method} {before}{secret}");
            }
        }
    }
}

async fn what_a_customer_is_given_has_its_old_name(shop: TestShop) {
    let actor = shop.admin().await;
    let lantern = shop.stock(Goods::named("Lantern")).await;
    let customer = shop.account("kim@example.com", Role::Customer).await;
    let site = shop.open().await;
    let browser = site.browser();
    let fields = [
        ("email", "kim@example.com"),
        ("password", crate::support::PASSWORD),
    ];
    let signed_in = browser.call("/api/account/sign-in", &fields).await;
    signed_in.expect(200);
    browser.add(lantern.variant(), 1).await.expect(200);
    let wish = [("product_id", lantern.id.as_str())];
    browser.call("/api/wishlist/add", &wish).await.expect(200);
    draft(&shop, &actor, "Autumn", Times::NEW, &[&lantern]).await;
    shop.rewrite(&lantern, |draft| draft.title = TITLE.to_owned())
        .await;
    let customers = &shop.shop().customers;
    let given = customers.export(&actor, &customer.id).await.unwrap();
    assert!(given.contains("Lantern"), "{given}");
    assert!(!given.contains(TITLE), "{given}");
}
