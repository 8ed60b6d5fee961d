//! A visitor who knows every id, every address and every word of what is secret finds nothing of it, in all that the
//! site answers.

mod changes;

use std::collections::BTreeMap;

use app::{catalog::picture::small, collections::types::CollectionForm};
use reqwest::Method;
use serde_json::json;
use server::{
    ids::new_id,
    pictures::{Picture, media::demo_names, media::demo_picture},
};

use super::{Line, OPENS, Times, planned};
use crate::support::{ADMIN, Answer, Browser, Goods, MINUTE, Stocked, TestShop, on_both_databases};

on_both_databases!(
    a_crawler_that_knows_everything_finds_nothing_before_the_reveal,
    what_is_refused_is_refused_as_what_there_is_not,
    admins_see_what_is_secret,
    words_of_what_is_secret_are_none_that_anybody_knows,
);

pub const TITLE: &str = "Zephyrite Lantern";
/// What only the owner can tell of it.
pub const SECRETS: [&str; 8] = [
    TITLE,
    "Glimmerstone",
    "ZX-900",
    "777.77",
    ":77777",
    "Zephyrworks",
    "zephyrtag",
    "Zephyrcolour",
];

pub struct Secret {
    pub product: Stocked,
    pub picture: String,
}

async fn picture(shop: &TestShop) -> String {
    let name = demo_names().remove(0);
    let bytes = demo_picture(&name).unwrap().into_owned();
    let picture = Picture::check(bytes.into()).unwrap();
    shop.services.media.add(picture).await.unwrap().unwrap()
}

/// A product with all that a product can have, and one that is sold beside it.
async fn secret(shop: &TestShop) -> Secret {
    let picture = picture(shop).await;
    let goods = Goods::named(TITLE)
        .options(["Finish"], &[(["Zephyrcolour"], 77_777, 9)])
        .sku("ZX-900")
        .vendor("Zephyrworks")
        .category("Lanterns")
        .tags(&["zephyrtag"])
        .described("<p>Of Glimmerstone.</p>")
        .pictured(&[&picture]);
    let product = shop.stock(goods).await;
    shop.stock(Goods::named("Rope").category("Deck")).await;
    Secret { product, picture }
}

pub async fn hidden(shop: &TestShop) -> Secret {
    let actor = shop.admin().await;
    let secret = secret(shop).await;
    let line = Line {
        variant: secret.product.variant(),
        price: "",
        units: 5,
        limit: "",
    };
    // An old address leads to it, and the owner's lists and menus do.
    shop.rewrite(&secret.product, |draft| {
        draft.slug = "zephyrite-lantern-2".to_owned()
    })
    .await;
    shop.rewrite(&secret.product, |draft| {
        draft.slug = secret.product.slug.clone()
    })
    .await;
    let collections = &shop.shop().collection_admin;
    let form = CollectionForm {
        name: "New".to_owned(),
        ..CollectionForm::default()
    };
    let new = collections.create(&actor, form).await.unwrap();
    collections
        .add(&actor, &new.id, &secret.product.id)
        .await
        .unwrap();
    planned(shop, &actor, "Autumn", Times::NEW, (&secret.product, line)).await;
    secret
}

/// Every address at which something of it could be.
fn addresses(secret: &Secret) -> Vec<String> {
    let Secret { product, picture } = secret;
    let (slug, id, variant) = (&product.slug, &product.id, product.variant());
    let mut paths: Vec<String> = [
        "/",
        "/products",
        "/products?in_stock=1",
        "/products?sort=newest",
        "/products?q=lantern",
        "/products?tag=zephyrtag",
        "/categories/lanterns",
        "/categories/deck",
        "/collections/new",
        "/drops/autumn",
        "/drops/autumn/calendar.ics",
        "/sitemap.xml",
        "/sitemap/pages-1.xml",
        "/sitemap/products-00000000-0000-7000-8000-000000000000.xml",
        "/robots.txt",
        "/wishlist",
        "/cart",
        "/api/products",
        "/api/products?q=lantern",
        "/api/products?category=lanterns",
        "/api/suggest?q=lantern",
        "/api/search/suggest?q=lantern",
        "/api/wishlist",
        "/api/cart",
    ]
    .map(str::to_owned)
    .to_vec();
    paths.extend([
        format!("/products/{slug}"),
        format!("/products/{slug}?variant={variant}"),
        "/products/zephyrite-lantern-2".to_owned(),
        "/products/rope".to_owned(),
        format!("/api/products/{slug}"),
        format!("/api/products/{id}"),
        format!("/api/stock?variants={variant}"),
        picture.clone(),
        small(picture),
    ]);
    let german: Vec<String> = paths
        .iter()
        .filter(|path| !path.starts_with("/media") && !path.ends_with(".txt"))
        .map(|path| format!("/de{path}"))
        .collect();
    paths.extend(german);
    paths
}

/// All that an answer says, with its headers.
pub fn said(answer: &Answer) -> String {
    let headers = answer.headers.iter();
    let headers: Vec<String> = headers
        .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))
        .collect();
    format!("{}\n{}", headers.join("\n"), answer.body)
}

/// What of its secrets is found where.
async fn found(browser: &Browser, secret: &Secret) -> BTreeMap<String, Vec<String>> {
    let file = secret.picture.trim_start_matches("/media/");
    let name = file.split(".w").next().unwrap_or(file);
    let known = [
        secret.product.slug.as_str(),
        secret.product.id.as_str(),
        secret.product.variant(),
        name,
    ];
    let mut found = BTreeMap::new();
    for path in addresses(secret) {
        // Twice: the second comes from what is kept.
        for _ in 0..2 {
            for answer in [browser.page(&path).await, browser.read(&path).await] {
                let said = said(&answer);
                // What was asked for may be said again.
                let told = known.iter().filter(|word| !path.contains(**word));
                let told = SECRETS.iter().chain(told);
                let leaked: Vec<String> = told
                    .filter(|word| !path.contains(**word) && said.contains(**word))
                    .map(|word| (*word).to_owned())
                    .collect();
                if !leaked.is_empty() {
                    found.insert(path.clone(), leaked);
                }
            }
        }
    }
    found
}

async fn a_crawler_that_knows_everything_finds_nothing_before_the_reveal(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let secret = hidden(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    let reveal = OPENS - 10 * MINUTE;
    let nothing = BTreeMap::new();
    assert_eq!(found(&browser, &secret).await, nothing);
    shop.clock.set(reveal - 1);
    assert_eq!(found(&browser, &secret).await, nothing);
    for path in [
        format!("/products/{}", secret.product.slug),
        format!("/api/products/{}", secret.product.id),
        "/products/zephyrite-lantern-2".to_owned(),
        secret.picture.clone(),
        small(&secret.picture),
    ] {
        browser.read(&path).await.expect(404);
    }
    shop.clock.set(reveal);
    let shown = found(&browser, &secret).await;
    for path in [
        "/",
        "/products",
        "/products?q=lantern",
        "/categories/lanterns",
        "/collections/new",
        "/drops/autumn",
        "/api/products",
        "/de/products",
    ] {
        assert!(shown.contains_key(path), "{path} in {shown:?}");
    }
    let page = browser
        .page(&format!("/products/{}", secret.product.slug))
        .await;
    assert!(page.expect(200).body.contains("Glimmerstone"));
    browser
        .page("/products/zephyrite-lantern-2")
        .await
        .expect(308);
    let picture = browser.read(&secret.picture).await.expect(200);
    assert!(picture.header("cache-control").contains("immutable"));
    let map = browser.read("/sitemap.xml").await.expect(200).body;
    assert!(map.contains(&secret.product.slug));
}

async fn what_is_refused_is_refused_as_what_there_is_not(shop: TestShop) {
    let secret = hidden(&shop).await;
    let site = shop.open().await;
    let (id, variant) = (secret.product.id.as_str(), secret.product.variant());
    let (no_id, no_variant) = (new_id(), new_id());
    let functions = [
        ("/api/cart/add", "variant_id", variant, no_variant.as_str()),
        ("/api/wishlist/add", "product_id", id, no_id.as_str()),
        ("/api/wishlist/move", "product_id", id, no_id.as_str()),
    ];
    for (function, field, secret, made_up) in functions {
        let mut answers = Vec::new();
        for value in [secret, made_up] {
            let browser = site.browser();
            let fields = [(field, value), ("quantity", "1")];
            let call = browser.call(function, &fields).await;
            let sent = browser.request(Method::POST, function);
            let form = Answer::of(sent.header("accept", "text/html").form(&fields)).await;
            let to = form
                .location()
                .split('?')
                .next()
                .unwrap_or_default()
                .to_owned();
            answers.push((call.status, call.body, form.status, to));
        }
        assert_eq!(answers[0], answers[1], "{function}");
    }
    let browser = site.browser();
    let options = [
        ("product_id", id),
        ("option1", "Zephyrcolour"),
        ("option2", ""),
        ("option3", ""),
        ("quantity", "1"),
    ];
    let added = browser.call("/api/cart/add", &options).await;
    let made_up = [
        ("product_id", no_id.as_str()),
        options[1],
        options[2],
        options[3],
        options[4],
    ];
    let unknown = browser.call("/api/cart/add", &made_up).await;
    assert_eq!((added.status, added.body), (unknown.status, unknown.body));
    let stock = async |id: &str| {
        let told = browser.read(&format!("/api/stock?variants={id}")).await;
        told.expect(200).json()["variants"][0]["available"].clone()
    };
    assert_eq!(stock(variant).await, json!(0));
    assert_eq!(stock(variant).await, stock(&no_variant).await);
}

async fn admins_see_what_is_secret(shop: TestShop) {
    let secret = hidden(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.read(&secret.picture).await.expect(404);
    browser.sign_in(ADMIN).await.expect(200);
    let picture = browser.read(&secret.picture).await.expect(200);
    assert_eq!(picture.header("cache-control"), "private, no-store");
    let page = browser
        .page(&format!("/admin/products/{}", secret.product.id))
        .await;
    assert!(page.expect(200).body.contains(TITLE));
}

async fn words_of_what_is_secret_are_none_that_anybody_knows(shop: TestShop) {
    shop.stock(Goods::named("Zephyrita compass")).await;
    let secret = hidden(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    // A word that nobody knows is taken for one that is mistyped.
    let near = async || {
        let list = browser.read("/api/products?q=zephyrite").await.expect(200);
        let list = list.json();
        let titles = list["products"].as_array().unwrap().iter();
        titles
            .map(|card| card["title"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(near().await, ["Zephyrita compass"]);
    shop.clock.set(OPENS - 10 * MINUTE);
    assert_eq!(near().await, [secret.product.title.as_str()]);
}
