//! Pages that are the same for everybody say so, whatever their addresses ask for.

use std::collections::BTreeMap;

use app::{collections::types::CollectionForm, pages::types::PageForm};

use crate::{
    log::{self, listen},
    support::{Goods, TestShop, on_both_databases},
};

on_both_databases!(whatever_a_list_is_asked_for_its_page_is_kept);

const PATHS: [&str; 10] = [
    "/",
    "/products",
    "/products/rope",
    "/products/nowhere",
    "/categories/deck",
    "/categories/nowhere",
    "/collections/rope",
    "/collections/nowhere",
    "/pages/rope",
    "/pages/nowhere",
];

/// Searches, filters and pages of a list, right and wrong ones.
const QUERIES: [&str; 28] = [
    "",
    "q=",
    "q=rope",
    "q=nothing+like+it",
    "q=%00",
    "q=%ff",
    "q=a&q=b",
    "q=%22rope",
    "page=0",
    "page=2",
    "page=99999999999999999999",
    "page=x",
    "min=x",
    "min=-1&max=0",
    "min=9&max=1",
    "sort=newest",
    "sort=nothing",
    "category=deck",
    "category=nowhere",
    "category=nowhere&q=rope",
    "collection=rope",
    "opt.colour=none",
    "opt.=&opt",
    "tag=%2F",
    "in_stock=1",
    "in_stock=maybe",
    "variant=x&utm_source=letter",
    "%&==&a[]=1",
];

async fn whatever_a_list_is_asked_for_its_page_is_kept(shop: TestShop) {
    listen();
    let shop = shop.speaking("en,de");
    shop.stock(Goods::named("Rope").category("Deck")).await;
    let admin = shop.admin().await;
    let about = PageForm {
        kind: "free".to_owned(),
        slug: "rope".to_owned(),
        title: "Ropes".to_owned(),
        body: "About ropes.".to_owned(),
        state: "published".to_owned(),
        ..PageForm::default()
    };
    shop.shop().page_admin.create(&admin, about).await.unwrap();
    let ropes = CollectionForm {
        name: "Ropes".to_owned(),
        slug: "rope".to_owned(),
        ..CollectionForm::default()
    };
    let collections = &shop.shop().collection_admin;
    collections.create(&admin, ropes).await.unwrap();
    let site = shop.open().await;
    let browser = site.browser();
    let mut asked = BTreeMap::new();
    for path in PATHS
        .iter()
        .flat_map(|path| [path.to_string(), format!("/de{path}")])
    {
        for query in QUERIES {
            let address = format!("{path}?{query}");
            let mut answer = browser.page(&address).await;
            // Another spelling is sent to the list's address.
            if [303, 308].contains(&answer.status) {
                answer = browser.page(answer.location()).await;
            }
            match answer.status {
                200 => assert_eq!(
                    answer.header("cache-control"),
                    "public, no-cache",
                    "{address}"
                ),
                status => assert_eq!(status, 404, "{address}"),
            }
            asked.insert(answer.header("x-request-id").to_owned(), address);
        }
    }
    for line in log::lines_with("does not say that it is for everybody") {
        let id = line["span"]["id"].as_str().unwrap_or_default();
        assert!(!asked.contains_key(id), "{}: {line}", asked[id]);
    }
}
