//! The front page, made of blocks.

use app::{
    error::ErrorKind,
    home::{
        form::BlockForm,
        types::{BlockKind, DraftState, MAX_BLOCKS, PlacedBlock, Promise, standard},
    },
    identity::Account,
    locale::Locale,
    moving::Way,
};
use desk::admin::categories::types::CategoryForm;
use reqwest::{
    Method,
    header::ACCEPT,
    multipart::{Form, Part},
};
use server::pictures::media::{demo_names, demo_picture};

use super::evil;
use crate::support::{ADMIN, Answer, Browser, Goods, Site, TestShop, on_both_databases};

on_both_databases!(
    a_shop_keeps_its_front_page_until_another_is_published,
    what_is_left_as_it_is_stays_in_both_languages,
    blocks_are_put_in_order_and_removed,
    products_of_a_category_are_shown_while_it_is_there,
    a_draft_is_discarded_as_a_whole,
    an_edit_made_from_an_older_version_is_refused,
    a_picture_is_shown_once_it_is_published,
    what_is_wrong_is_refused_and_stays_typed,
    what_is_typed_is_never_a_script,
    there_is_an_end_to_how_many_blocks_there_are,
);

async fn blocks(shop: &TestShop) -> Vec<PlacedBlock> {
    shop.shop().home.draft().await.unwrap().blocks
}

/// The first block of a kind.
async fn block(shop: &TestShop, kind: BlockKind) -> PlacedBlock {
    let blocks = blocks(shop).await;
    let mut blocks = blocks.into_iter();
    let block = blocks.find(|placed| placed.block.kind() == kind);
    block.expect("there is one")
}

/// Changes what the form of a block shows, and saves it.
async fn change(
    shop: &TestShop,
    actor: &Account,
    placed: &PlacedBlock,
    change: impl FnOnce(&mut BlockForm),
) -> Result<(), Vec<String>> {
    let mut form = BlockForm::of(&placed.block, Locale::En);
    change(&mut form);
    let version = placed.version.to_string();
    let home = &shop.shop().home;
    match home.save(actor, &placed.id, &version, form).await {
        Ok(_) => Ok(()),
        Err(error) => Err(error.fields.into_iter().map(|field| field.field).collect()),
    }
}

async fn at_the_desk(shop: &TestShop) -> (Site, Browser) {
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    (site, browser)
}

async fn front(site: &Site) -> String {
    site.browser().page("/").await.expect(200).body
}

async fn a_shop_keeps_its_front_page_until_another_is_published(shop: TestShop) {
    let actor = shop.admin().await;
    shop.stock(Goods::named("Rope").category("Deck")).await;
    let there = shop.second_node().open().await;
    let (here, browser) = at_the_desk(&shop).await;
    let home = &shop.shop().home;
    assert_eq!(*home.published().await.unwrap(), standard());
    let words = ["Made to last.", "Shop by category", "New in", "Real stock"];
    for site in [&here, &there] {
        let page = front(site).await;
        for words in words {
            assert!(page.contains(words), "{words}");
        }
    }
    let hero = block(&shop, BlockKind::Hero).await;
    change(&shop, &actor, &hero, |form| {
        form.heading = "Ours alone".to_owned();
        form.button = "Look".to_owned();
        form.link = "https://example.com".to_owned();
    })
    .await
    .unwrap();
    for site in [&here, &there] {
        assert!(!front(site).await.contains("Ours alone"), "it is a draft");
    }
    let preview = browser.page("/admin/preview/home").await.expect(200).body;
    assert!(preview.contains("Ours alone") && preview.contains("This is a preview."));
    there
        .browser()
        .page("/admin/preview/home")
        .await
        .expect(404);
    let state = home.draft().await.unwrap().state;
    assert_eq!(state, DraftState::Changed);
    browser
        .submit("/api/admin/home/publish", &[])
        .await
        .expect(303);
    for site in [&here, &there] {
        let page = front(site).await;
        assert!(page.contains("Ours alone"), "at the reply, on every node");
        assert!(page.contains("href=\"https://example.com/\"") && page.contains("Look</a>"));
        assert!(page.contains("<title>Ours alone – Holdfast</title>"));
        assert!(!page.contains("Made to last."));
        assert!(page.contains("Real stock"), "the rest is as it was");
    }
    let log = "SELECT COUNT(*) AS n FROM audit_entries \
               WHERE action IN ('home.change', 'home.publish')";
    assert_eq!(shop.number(log).await, 2);
}

async fn what_is_left_as_it_is_stays_in_both_languages(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let actor = shop.admin().await;
    let hero = block(&shop, BlockKind::Hero).await;
    change(&shop, &actor, &hero, |form| form.text = "Ours".to_owned())
        .await
        .unwrap();
    shop.shop().home.publish(&actor).await.unwrap();
    let site = shop.open().await;
    let english = front(&site).await;
    assert!(english.contains("Made to last.") && english.contains("Ours"));
    let german = site.browser().page("/de").await.expect(200).body;
    assert!(german.contains("Für lange gemacht.") && german.contains("Ours"));
    assert!(german.contains("href=\"/de/products?sort=newest\""));
}

async fn blocks_are_put_in_order_and_removed(shop: TestShop) {
    let actor = shop.admin().await;
    let home = &shop.shop().home;
    let kinds = || async {
        let blocks = blocks(&shop).await;
        let kinds: Vec<_> = blocks.iter().map(|b| b.block.kind().as_str()).collect();
        kinds.join(" ")
    };
    let all = "hero categories products promises products";
    assert_eq!(kinds().await, all);
    let promises = block(&shop, BlockKind::Promises).await;
    home.step(&actor, &promises.id, Way::Up).await.unwrap();
    assert_eq!(kinds().await, "hero categories promises products products");
    let hero = block(&shop, BlockKind::Hero).await;
    home.step(&actor, &hero.id, Way::Up).await.unwrap();
    let added = home.add(&actor, BlockKind::Text).await.unwrap();
    home.delete(&actor, &promises.id).await.unwrap();
    home.step(&actor, &added.id, Way::Up).await.unwrap();
    let changed = "hero categories products text products";
    assert_eq!(kinds().await, changed);
    for unknown in ["", "x", &server::ids::new_id()] {
        let refused = home.delete(&actor, unknown).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::NotFound);
    }
    home.publish(&actor).await.unwrap();
    assert_eq!(kinds().await, changed);
    // A page without any block is one, too.
    for placed in blocks(&shop).await {
        home.delete(&actor, &placed.id).await.unwrap();
    }
    home.publish(&actor).await.unwrap();
    let site = shop.open().await;
    let page = front(&site).await;
    assert!(page.contains("<h1 class=\"visually-hidden\">Holdfast</h1>"));
}

async fn products_of_a_category_are_shown_while_it_is_there(shop: TestShop) {
    let actor = shop.admin().await;
    let categories = &shop.shop().categories;
    let form = CategoryForm {
        name: "Deck".to_owned(),
        ..CategoryForm::default()
    };
    let deck = categories.create(&actor, form).await.unwrap();
    for number in 0..6 {
        let goods = Goods::named(&format!("Rope {number}"));
        shop.stock(goods.category("Deck")).await;
    }
    let home = &shop.shop().home;
    let shelf = block(&shop, BlockKind::Products).await;
    for placed in blocks(&shop).await {
        if placed.id != shelf.id {
            home.delete(&actor, &placed.id).await.unwrap();
        }
    }
    change(&shop, &actor, &shelf, |form| {
        form.source = format!("category:{}", deck.id);
        form.count = "4".to_owned();
    })
    .await
    .unwrap();
    home.publish(&actor).await.unwrap();
    let site = shop.open().await;
    let page = front(&site).await;
    assert_eq!(page.matches("class=\"card-title\"").count(), 4);
    assert!(page.contains("<h2 id=\"block-0\">Deck</h2>"));
    let edited = block(&shop, BlockKind::Products).await;
    let refused = change(&shop, &actor, &edited, |form| {
        form.source = format!("category:{}", server::ids::new_id());
    });
    assert_eq!(refused.await, Err(vec!["source".to_owned()]));
    categories.delete(&actor, &deck.id).await.unwrap();
    let page = front(&site).await;
    assert_eq!(page.matches("class=\"card-title\"").count(), 0);
}

async fn a_draft_is_discarded_as_a_whole(shop: TestShop) {
    let actor = shop.admin().await;
    let home = &shop.shop().home;
    home.add(&actor, BlockKind::Text).await.unwrap();
    let draft = home.draft().await.unwrap();
    assert_eq!((draft.blocks.len(), draft.state), (6, DraftState::Changed));
    home.discard(&actor).await.unwrap();
    let draft = home.draft().await.unwrap();
    assert_eq!(draft.state, DraftState::Published);
    assert_eq!(draft.blocks, standard());
    // There is nothing to be published.
    home.publish(&actor).await.unwrap();
    let own = "SELECT CAST(is_own AS BIGINT) AS n FROM home_page";
    assert_eq!(shop.number(own).await, 0);
}

async fn an_edit_made_from_an_older_version_is_refused(shop: TestShop) {
    let actor = shop.admin().await;
    let hero = block(&shop, BlockKind::Hero).await;
    change(&shop, &actor, &hero, |form| form.text = "One".to_owned())
        .await
        .unwrap();
    let (_site, browser) = at_the_desk(&shop).await;
    let fields = [
        ("id", hero.id.as_str()),
        ("version", "1"),
        ("heading", "Two"),
    ];
    let refused = browser.submit("/api/admin/home/save", &fields).await;
    let refused = refused.refused().body;
    assert!(refused.contains("value=\"Two\""));
    assert!(refused.contains("name=\"version\" value=\"2\""));
}

async fn upload(browser: &Browser, id: &str, bytes: Vec<u8>) -> Answer {
    let form = Form::new()
        .text("id", id.to_owned())
        .part("file", Part::bytes(bytes).file_name("x.png"));
    let request = browser
        .request(Method::POST, "/api/admin/home/picture")
        .header(ACCEPT, "text/html");
    browser.send(request.multipart(form)).await
}

async fn a_picture_is_shown_once_it_is_published(shop: TestShop) {
    let actor = shop.admin().await;
    let (site, browser) = at_the_desk(&shop).await;
    let home = &shop.shop().home;
    let added = home.add(&actor, BlockKind::Picture).await.unwrap();
    let picture = demo_picture(&demo_names()[0]).unwrap().into_owned();
    let stored = upload(&browser, &added.id, picture.clone()).await;
    let location = format!("/admin/home/{}?done=picture", added.id);
    assert_eq!(stored.expect(303).location(), location);
    let placed = block(&shop, BlockKind::Picture).await;
    let src = placed.block.picture().unwrap().to_owned();
    assert!(!front(&site).await.contains(&src));
    change(&shop, &actor, &placed, |form| {
        form.alt = "A quay \"at dawn\"".to_owned();
        form.link = "/products".to_owned();
    })
    .await
    .unwrap();
    home.publish(&actor).await.unwrap();
    let page = front(&site).await;
    assert!(page.contains(&format!("src=\"{src}\"")));
    assert!(page.contains("alt=\"A quay &quot;at dawn&quot;\""));
    // A text has none.
    let text = home.add(&actor, BlockKind::Text).await.unwrap();
    upload(&browser, &text.id, picture).await.came_back();
    let refused = upload(&browser, &added.id, b"<svg/>".to_vec()).await;
    assert!(refused.refused().body.contains("id=\"file-error\""));
}

async fn what_is_wrong_is_refused_and_stays_typed(shop: TestShop) {
    let actor = shop.admin().await;
    let (_site, browser) = at_the_desk(&shop).await;
    let hero = block(&shop, BlockKind::Hero).await;
    let fields = [
        ("id", hero.id.as_str()),
        ("version", "1"),
        ("heading", "Ours"),
        ("button", "Go"),
        ("link", "javascript:evil()"),
    ];
    let refused = browser.submit("/api/admin/home/save", &fields).await;
    let page = refused.refused();
    for shown in [
        "value=\"Ours\"",
        "value=\"javascript:evil()\"",
        "id=\"link-error\"",
    ] {
        assert!(page.body.contains(shown), "{shown}");
    }
    evil::assert_harmless(&page);
    for link in evil::LINKS {
        let refused = change(&shop, &actor, &hero, |form| form.link = link.to_owned());
        assert_eq!(refused.await, Err(vec!["link".to_owned()]), "{link}");
    }
    let refused = change(&shop, &actor, &hero, |form| {
        form.text = "x".repeat(5001);
    });
    assert_eq!(refused.await, Err(vec!["text".to_owned()]));
    assert_eq!(blocks(&shop).await, standard(), "nothing was changed");
}

async fn what_is_typed_is_never_a_script(shop: TestShop) {
    let actor = shop.admin().await;
    shop.stock(Goods::named("Rope").category("Deck")).await;
    let (site, browser) = at_the_desk(&shop).await;
    let home = &shop.shop().home;
    for kind in BlockKind::ALL {
        home.add(&actor, kind).await.unwrap();
    }
    let picture = demo_picture(&demo_names()[0]).unwrap().into_owned();
    let placed = block(&shop, BlockKind::Picture).await;
    upload(&browser, &placed.id, picture).await.expect(303);
    for text in evil::TEXTS {
        for placed in blocks(&shop).await {
            let kind = placed.block.kind();
            change(&shop, &actor, &placed, |form| {
                form.heading = text.to_owned();
                form.text = format!("{text}\n\n{text}");
                form.alt = text.to_owned();
                if matches!(kind, BlockKind::Hero | BlockKind::Text) {
                    form.button = text.to_owned();
                    form.link = "/products?q=\"onclick=\"evil()".to_owned();
                }
                form.promises = vec![Promise {
                    title: text.to_owned(),
                    text: text.to_owned(),
                    ..Promise::default()
                }];
            })
            .await
            .unwrap();
            let editor = format!("/admin/home/{}", placed.id);
            evil::assert_harmless(&browser.page(&editor).await.expect(200));
        }
        home.publish(&actor).await.unwrap();
        for page in [
            site.browser().page("/").await,
            browser.page("/admin/home").await,
            browser.page("/admin/preview/home").await,
        ] {
            evil::assert_harmless(&page.expect(200));
        }
    }
}

async fn there_is_an_end_to_how_many_blocks_there_are(shop: TestShop) {
    let actor = shop.admin().await;
    let home = &shop.shop().home;
    for _ in blocks(&shop).await.len()..MAX_BLOCKS {
        home.add(&actor, BlockKind::Text).await.unwrap();
    }
    let refused = home.add(&actor, BlockKind::Text).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
}
