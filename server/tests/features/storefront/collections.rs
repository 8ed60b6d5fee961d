//! Collections: products put together by hand.

use app::{
    collections::types::{CollectionForm, CollectionSaved, MAX_PRODUCTS},
    error::ErrorKind,
    home::{form::BlockForm, types::BlockKind},
    identity::Account,
    menus::types::MenuItemForm,
    moving::Way,
};

use super::evil;
use crate::support::{ADMIN, Goods, Site, Stocked, TestShop, on_both_databases};

on_both_databases!(
    products_are_shown_in_the_order_they_were_put_in,
    what_is_not_for_sale_is_not_shown,
    a_product_is_in_a_collection_once,
    an_old_address_leads_on,
    an_edit_made_from_an_older_version_is_refused,
    menus_and_the_front_page_lead_to_collections,
    a_collection_is_made_without_script,
    what_is_typed_is_never_a_script,
    there_is_an_end_to_how_many_products_there_are,
);

fn named(name: &str) -> CollectionForm {
    CollectionForm {
        name: name.to_owned(),
        ..CollectionForm::default()
    }
}

/// A collection of products with these titles.
async fn made(
    shop: &TestShop,
    actor: &Account,
    titles: &[&str],
) -> (CollectionSaved, Vec<Stocked>) {
    let admin = &shop.shop().collection_admin;
    let saved = admin.create(actor, named("Gifts")).await.unwrap();
    let mut products = Vec::new();
    for title in titles {
        let product = shop.stock(Goods::named(title)).await;
        admin.add(actor, &saved.id, &product.id).await.unwrap();
        products.push(product);
    }
    (saved, products)
}

async fn entry(shop: &TestShop, id: &str, title: &str) -> String {
    let admin = &shop.shop().collection_admin;
    let entries = admin.collection(id).await.unwrap().entries.into_iter();
    let mut entries = entries.filter(|entry| entry.title == title);
    entries.next().expect("it is in the collection").id
}

/// Titles on a page, in their order.
async fn titles(site: &Site, path: &str, all: &[&str]) -> Vec<String> {
    let page = site.browser().page(path).await.expect(200).body;
    let mut found: Vec<_> = all
        .iter()
        .filter_map(|title| Some((page.find(&format!(">{title}<"))?, (*title).to_owned())))
        .collect();
    found.sort();
    found.into_iter().map(|(_, title)| title).collect()
}

const ALL: [&str; 3] = ["Anchor", "Map", "Rope"];

async fn products_are_shown_in_the_order_they_were_put_in(shop: TestShop) {
    let actor = shop.admin().await;
    let (gifts, _) = made(&shop, &actor, &["Rope", "Anchor", "Map"]).await;
    let (here, there) = (shop.open().await, shop.second_node().open().await);
    let path = "/collections/gifts";
    for site in [&here, &there] {
        assert_eq!(titles(site, path, &ALL).await, ["Rope", "Anchor", "Map"]);
    }
    let admin = &shop.shop().collection_admin;
    let map = entry(&shop, &gifts.id, "Map").await;
    admin.step(&actor, &map, Way::Up).await.unwrap();
    for site in [&here, &there] {
        let shown = titles(site, path, &ALL).await;
        assert_eq!(shown, ["Rope", "Map", "Anchor"], "at the reply, everywhere");
    }
    let rope = entry(&shop, &gifts.id, "Rope").await;
    admin.step(&actor, &rope, Way::Up).await.unwrap();
    assert_eq!(titles(&here, path, &ALL).await[0], "Rope");
    admin.remove(&actor, &rope).await.unwrap();
    for site in [&here, &there] {
        assert_eq!(titles(site, path, &ALL).await, ["Map", "Anchor"]);
    }
    let gone = admin.remove(&actor, &rope).await.unwrap_err();
    assert_eq!(gone.kind, ErrorKind::NotFound);
    admin.delete(&actor, &gifts.id).await.unwrap();
    for site in [&here, &there] {
        site.browser().page(path).await.expect(404);
    }
    let log = "SELECT COUNT(*) AS n FROM audit_entries WHERE subject_kind = 'collection'";
    assert_eq!(shop.number(log).await, 7, "a step over the edge is none");
}

async fn what_is_not_for_sale_is_not_shown(shop: TestShop) {
    let actor = shop.admin().await;
    let (_, products) = made(&shop, &actor, &["Rope"]).await;
    let site = shop.open().await;
    let map = site.browser().read("/sitemap.xml").await.expect(200).body;
    assert!(map.contains("/collections/gifts"));
    let rope = ["Rope"];
    assert_eq!(titles(&site, "/collections/gifts", &rope).await, rope);
    shop.set_active(&products[0], false).await;
    let page = site.browser().page("/collections/gifts").await.expect(200);
    assert!(page.body.contains("Nothing in this collection"));
    assert!(
        titles(&site, "/collections/gifts", &["Rope"])
            .await
            .is_empty()
    );
    let map = site.browser().read("/sitemap.xml").await.expect(200).body;
    assert!(!map.contains("/collections/gifts"));
}

async fn a_product_is_in_a_collection_once(shop: TestShop) {
    let actor = shop.admin().await;
    let (gifts, products) = made(&shop, &actor, &["Rope"]).await;
    let admin = &shop.shop().collection_admin;
    let rope = &products[0].id;
    let (one, other) = tokio::join!(
        admin.add(&actor, &gifts.id, rope),
        admin.add(&actor, &gifts.id, rope),
    );
    assert!(one.is_ok() && other.is_ok());
    let entries = admin.collection(&gifts.id).await.unwrap().entries;
    assert_eq!(entries.len(), 1);
    for wrong in ["", "x", &server::ids::new_id()] {
        let refused = admin.add(&actor, &gifts.id, wrong).await.unwrap_err();
        assert_eq!(refused.fields[0].field, "product_id");
    }
}

async fn an_old_address_leads_on(shop: TestShop) {
    let actor = shop.admin().await;
    let (gifts, _) = made(&shop, &actor, &["Rope"]).await;
    let site = shop.open().await;
    site.browser().page("/collections/gifts").await.expect(200);
    let form = CollectionForm {
        slug: "presents".to_owned(),
        ..named("Presents")
    };
    let admin = &shop.shop().collection_admin;
    admin.update(&actor, &gifts.id, "1", form).await.unwrap();
    let moved = site.browser().page("/collections/gifts").await.expect(308);
    assert_eq!(moved.location(), "/collections/presents");
    // A new one may have the address.
    admin.create(&actor, named("Gifts")).await.unwrap();
    site.browser().page("/collections/gifts").await.expect(200);
}

async fn an_edit_made_from_an_older_version_is_refused(shop: TestShop) {
    let actor = shop.admin().await;
    let (gifts, _) = made(&shop, &actor, &[]).await;
    let admin = &shop.shop().collection_admin;
    let update = async |name: &str| admin.update(&actor, &gifts.id, "1", named(name)).await;
    update("One").await.unwrap();
    let refused = update("Two").await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    let taken = admin.create(&actor, named(" one ")).await.unwrap_err();
    assert_eq!(taken.fields[0].field, "name");
}

async fn menus_and_the_front_page_lead_to_collections(shop: TestShop) {
    let actor = shop.admin().await;
    let (gifts, _) = made(&shop, &actor, &["Rope", "Anchor"]).await;
    let ports = shop.shop();
    let item = MenuItemForm {
        place: "header".to_owned(),
        label: "For you".to_owned(),
        target: format!("collection:{}", gifts.id),
        ..MenuItemForm::default()
    };
    ports.menu_admin.create(&actor, item).await.unwrap();
    let shelf = ports.home.add(&actor, BlockKind::Products).await.unwrap();
    let form = BlockForm {
        source: format!("collection:{}", gifts.id),
        count: "4".to_owned(),
        ..BlockForm::default()
    };
    let home = &ports.home;
    home.save(&actor, &shelf.id, "1", form).await.unwrap();
    home.publish(&actor).await.unwrap();
    let site = shop.open().await;
    let page = site.browser().page("/").await.expect(200).body;
    assert!(page.contains("href=\"/collections/gifts\""));
    assert!(page.contains("For you"));
    let (_, shelf) = page.rsplit_once(">Gifts</h2>").expect("it has its name");
    let at = |title: &str| shelf.find(&format!(">{title}<"));
    assert!(at("Rope").is_some() && at("Rope") < at("Anchor"));
    ports
        .collection_admin
        .delete(&actor, &gifts.id)
        .await
        .unwrap();
    let page = site.browser().page("/").await.expect(200).body;
    assert!(!page.contains("For you") && !page.contains(">Gifts</h2>"));
}

async fn a_collection_is_made_without_script(shop: TestShop) {
    shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let path = "/api/admin/collections/create";
    let refused = browser.submit(path, &[("name", " ")]).await.refused();
    assert!(refused.body.contains("id=\"name-error\""));
    let sent = browser.submit(path, &[("name", "Gifts")]).await.expect(303);
    let editor = sent.location().to_owned();
    let (editor, _) = editor.split_once('?').expect("it says what was done");
    let found = browser.page(&format!("{editor}?q=rope")).await.expect(200);
    assert!(found.body.contains(&format!("value=\"{}\"", rope.id)));
    let id = editor.rsplit('/').next().unwrap();
    let fields = [("id", id), ("product_id", rope.id.as_str()), ("q", "rope")];
    let added = browser.submit("/api/admin/collections/add", &fields).await;
    assert_eq!(added.expect(303).location(), format!("{editor}?q=rope"));
    assert_eq!(
        titles(&site, "/collections/gifts", &["Rope"]).await,
        ["Rope"]
    );
}

async fn what_is_typed_is_never_a_script(shop: TestShop) {
    let actor = shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let admin = &shop.shop().collection_admin;
    for text in evil::TEXTS {
        let saved = admin.create(&actor, named(text)).await.unwrap();
        let form = CollectionForm {
            description_html: text.to_owned(),
            ..named(text)
        };
        let saved = admin.update(&actor, &saved.id, "1", form).await.unwrap();
        let editor = format!("/admin/collections/{}", saved.id);
        let shown = format!("/collections/{}", saved.slug);
        for page in [
            site.browser().page(&shown).await,
            browser.page("/admin/collections").await,
            browser.page(&editor).await,
        ] {
            evil::assert_harmless(&page.expect(200));
        }
        admin.delete(&actor, &saved.id).await.unwrap();
    }
}

async fn there_is_an_end_to_how_many_products_there_are(shop: TestShop) {
    let actor = shop.admin().await;
    let (gifts, _) = made(&shop, &actor, &[]).await;
    let admin = &shop.shop().collection_admin;
    for number in 0..MAX_PRODUCTS {
        let product = shop.stock(Goods::named(&format!("Rope {number}"))).await;
        admin.add(&actor, &gifts.id, &product.id).await.unwrap();
    }
    let last = shop.stock(Goods::named("One more")).await;
    let refused = admin.add(&actor, &gifts.id, &last.id).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
}
