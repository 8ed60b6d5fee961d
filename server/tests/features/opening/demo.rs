//! A demonstration is complete and says what it is.

use app::{
    home::{form::BlockForm, types::BlockKind},
    identity::Account,
    locale::Locale,
    pages::types::{AdminPage, PageForm, PageKind},
    seller::Seller,
    shop::Opening,
};
use desk::admin::opening::ports::{Item, LegalPage};
use server::admin::opening::demo;

use super::{checklist, confirm, prepare, save_seller};
use crate::support::{ADMIN, Goods, TestShop, cash, on_both_databases};

on_both_databases!(
    a_demonstration_takes_orders_and_says_what_it_is,
    a_shop_of_somebody_is_never_made_a_demonstration,
    ending_it_begins_a_shop_that_is_not_open,
    a_front_page_keeps_what_its_owner_has_written_and_no_more,
    what_the_owner_says_of_shipping_outlives_it,
    what_an_older_demonstration_said_of_shipping_goes_as_well,
    a_demonstration_says_when_its_goods_arrive_in_both_languages,
    ending_it_leaves_the_owners_part_of_a_seller_and_no_other,
    its_legal_pages_are_nobodys_until_nothing_in_them_is_made_up,
);

async fn begun(shop: &TestShop) {
    prepare(shop).await;
    demo::begin(shop.db(), &*shop.clock).await.unwrap();
}

/// What is said of the shipping methods: `3-5` working days, and words.
async fn said(shop: &TestShop) -> Vec<String> {
    let view = shop.shop().settings_desk.settings().await.unwrap();
    let said = view.rates.into_iter().map(|rate| {
        let days = [rate.days_from, rate.days_to].join("-");
        let words = [days.trim_matches('-'), &rate.description];
        words.join(" ").trim().to_owned()
    });
    said.collect()
}

async fn a_demonstration_takes_orders_and_says_what_it_is(shop: TestShop) {
    begun(&shop).await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    placed.unwrap();
    let settings = shop.services.settings.now().await.unwrap();
    assert_eq!(settings.opening, Opening::Demo);
    assert!(settings.seller.is_complete());
    let site = shop.open().await;
    for path in ["/", "/products", "/cart", "/nowhere"] {
        let page = site.browser().page(path).await;
        assert!(page.body.contains("This is a demonstration."), "{path}");
    }
    assert_eq!(said(&shop).await, ["3-5", "1-1", "0-0"]);
    // Doing it again changes nothing.
    demo::begin(shop.db(), &*shop.clock).await.unwrap();
    assert_eq!(checklist(&shop).await.opening, Opening::Demo);
}

async fn a_shop_of_somebody_is_never_made_a_demonstration(shop: TestShop) {
    demo::begin(shop.db(), &*shop.clock).await.unwrap();
    assert_eq!(checklist(&shop).await.opening, Opening::Open);
    let rope = shop.stock(Goods::named("Rope")).await;
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    placed.unwrap();
    begun(&shop).await;
    assert_eq!(checklist(&shop).await.opening, Opening::Preparing);
}

async fn ending_it_begins_a_shop_that_is_not_open(shop: TestShop) {
    begun(&shop).await;
    let admin = shop.admin().await;
    confirm(&shop, &admin, "tax").await.unwrap();
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let page = browser.page("/admin").await.expect(200);
    assert!(page.body.contains("This is a demonstration"));
    browser
        .submit("/api/admin/opening/end-demonstration", &[])
        .await
        .expect(303);
    let list = checklist(&shop).await;
    assert_eq!(list.opening, Opening::Preparing);
    assert!(!list.is_done(Item::Tax), "nothing of it was the owner's");
    assert!(
        !list.is_done(Item::Seller),
        "nobody sells under an example's name"
    );
    let page = site.browser().page("/").await.expect(200);
    assert!(page.body.contains("isn’t open yet"));
    for example in ["Made to last", "kelp", "Real stock", "Pay on delivery"] {
        assert!(!page.body.contains(example), "{example}");
    }
    assert!(said(&shop).await.iter().all(String::is_empty));
    let settings = shop.services.settings.now().await.unwrap();
    assert_eq!(settings.dispatch_by, None);
}

async fn a_front_page_keeps_what_its_owner_has_written_and_no_more(shop: TestShop) {
    begun(&shop).await;
    let admin = shop.admin().await;
    let home = &shop.shop().home;
    let hero = home.draft().await.unwrap().blocks.remove(0);
    let form = BlockForm {
        text: "Ropes of ours".to_owned(),
        ..BlockForm::of(&hero.block, Locale::En)
    };
    home.save(&admin, &hero.id, "1", form).await.unwrap();
    home.publish(&admin).await.unwrap();
    // And a draft.
    home.add(&admin, BlockKind::Text).await.unwrap();
    let site = shop.open().await;
    let examples = ["Made to last", "Real stock"];
    let page = site.browser().page("/").await.expect(200).body;
    for example in examples {
        assert!(page.contains(example), "{example}");
    }
    shop.shop().opening.end_demonstration(&admin).await.unwrap();
    let page = site.browser().page("/").await.expect(200).body;
    assert!(page.contains("Ropes of ours"), "{page}");
    for example in examples {
        assert!(!page.contains(example), "{example}");
    }
    let draft = home.draft().await.unwrap().blocks;
    assert_eq!(draft.len(), 6);
    for placed in draft {
        assert_eq!(placed.block.clone().unwritten(), placed.block);
    }
}

async fn what_the_owner_says_of_shipping_outlives_it(shop: TestShop) {
    prepare(&shop).await;
    shop.execute("UPDATE shipping_rates SET description = 'By bike' WHERE id = 'express'")
        .await;
    shop.execute("UPDATE shipping_rates SET days_from = 2, days_to = 4 WHERE id = 'standard'")
        .await;
    demo::begin(shop.db(), &*shop.clock).await.unwrap();
    // What the owner says of a method is all that is said of it.
    assert_eq!(said(&shop).await, ["2-4", "By bike", "0-0"]);
    shop.execute("UPDATE shipping_rates SET description = 'Ring twice' WHERE id = 'pickup'")
        .await;
    let admin = shop.admin().await;
    shop.shop().opening.end_demonstration(&admin).await.unwrap();
    assert_eq!(said(&shop).await, ["2-4", "By bike", "Ring twice"]);
}

async fn what_an_older_demonstration_said_of_shipping_goes_as_well(shop: TestShop) {
    begun(&shop).await;
    // As it was before demonstrations named days.
    shop.execute(
        "UPDATE shipping_rates SET days_from = NULL, days_to = NULL, \
         description = '3 to 5 working days' WHERE id = 'standard'",
    )
    .await;
    let admin = shop.admin().await;
    shop.shop().opening.end_demonstration(&admin).await.unwrap();
    assert!(said(&shop).await.iter().all(String::is_empty));
}

/// Tests begin on a Thursday, 9 October 2025, at 08:53 UTC.
async fn a_demonstration_says_when_its_goods_arrive_in_both_languages(shop: TestShop) {
    begun(&shop).await;
    let rope = shop.stock(Goods::named("Rope").price(2000)).await;
    let site = shop.speaking("en,de").open().await;
    let shopper = site.browser();
    shopper.add(rope.variant(), 1).await.expect(200);
    let product = format!("/products/{}", rope.slug);
    for (prefix, days, arrives) in [
        (
            "",
            "Standard: €4.90, free from €75.00, 3–5 working days<",
            "Arrives Tue 14 – Thu 16 Oct",
        ),
        (
            "/de",
            "Standardversand: 4,90 €, kostenlos ab 75,00 €, 3–5 Arbeitstage<",
            "Lieferung Di., 14. – Do., 16. Okt.",
        ),
    ] {
        for (path, words) in [(product.as_str(), days), ("/cart", arrives)] {
            let page = shopper.page(&format!("{prefix}{path}")).await.expect(200);
            let page = page.body.replace('\u{a0}', " ").replace("&nbsp;", " ");
            assert!(page.contains(words), "{words}: {page}");
        }
    }
    let page = shopper.page(&product).await.expect(200).body;
    assert!(page.contains("ShippingDeliveryTime"), "{page}");
}

async fn ending_it_leaves_the_owners_part_of_a_seller_and_no_other(shop: TestShop) {
    begun(&shop).await;
    let admin = shop.admin().await;
    let stored = shop.shop().seller.seller().await.unwrap().seller;
    let edited = Seller {
        city: "Hamburg".to_owned(),
        phone: "+49 40 0000000".to_owned(),
        ..stored
    };
    save_seller(&shop, &admin, edited).await;
    let opening = &shop.shop().opening;
    opening.end_demonstration(&admin).await.unwrap();
    assert!(!checklist(&shop).await.is_done(Item::Seller));
    let left = shop.shop().seller.seller().await.unwrap().seller;
    assert_eq!((left.city.as_str(), left.name.as_str()), ("Hamburg", ""));
    assert_eq!((left.street.as_str(), left.email.as_str()), ("", ""));
    assert_eq!(left.phone, "+49 40 0000000");
}

async fn its_legal_pages_are_nobodys_until_nothing_in_them_is_made_up(shop: TestShop) {
    let shop = shop.speaking("en,de");
    begun(&shop).await;
    server::menus::demo::seed(shop.db(), &*shop.clock, Locale::En)
        .await
        .unwrap();
    let admin = shop.admin().await;
    let opening = &shop.shop().opening;
    opening.end_demonstration(&admin).await.unwrap();
    assert_eq!(checklist(&shop).await.missing_pages, LegalPage::ALL);
    let desk = &shop.shop().page_admin;
    let rows = desk.pages().await.unwrap();
    let imprint = rows.into_iter().find(|page| page.kind == PageKind::Imprint);
    let id = imprint.unwrap().id;
    let german = format!(
        "SELECT COUNT(*) AS n FROM translations WHERE subject_id = '{id}' AND field = 'body'"
    );
    // Another word, and nearly everything.
    let edits: [fn(&str) -> String; 2] = [
        |body: &str| format!("{body}\n\nThank you."),
        |_: &str| "Rope & Co\n\nE-mail: *E-mail address*".to_owned(),
    ];
    for edit in edits {
        let before = desk.page(&id).await.unwrap();
        save_body(&shop, &admin, &before, edit(&before.body)).await;
        assert!(desk.page(&id).await.unwrap().is_demo);
        assert_eq!(checklist(&shop).await.missing_pages, LegalPage::ALL);
        assert_eq!(shop.number(&german).await, 1);
    }
    let before = desk.page(&id).await.unwrap();
    let own = "Rope & Co\n\nE-mail: desk@shop.test".to_owned();
    save_body(&shop, &admin, &before, own).await;
    assert!(!desk.page(&id).await.unwrap().is_demo);
    let missing = checklist(&shop).await.missing_pages;
    assert!(!missing.contains(&LegalPage::Imprint));
    assert_eq!(
        shop.number(&german).await,
        0,
        "no example under the owner's name"
    );
    let site = shop.open().await;
    let page = site.browser().page("/de/pages/imprint").await.expect(200);
    assert!(page.body.contains("desk@shop.test"), "{}", page.body);
}

async fn save_body(shop: &TestShop, admin: &Account, before: &AdminPage, body: String) {
    let form = PageForm {
        version: before.version.to_string(),
        kind: before.kind.as_str().to_owned(),
        title: before.title.clone(),
        state: before.state.as_str().to_owned(),
        body,
        ..PageForm::default()
    };
    let desk = &shop.shop().page_admin;
    desk.update(admin, &before.id, form).await.unwrap();
}
