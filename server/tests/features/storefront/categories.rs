//! Categories as pages of their own.

mod editor;

use app::{catalog::query::ListQuery, error::ErrorKind, identity::Account, moving::Way};
use desk::admin::categories::types::{CategoryForm, CategorySaved};

use crate::support::{Goods, TestShop, on_both_databases};

on_both_databases!(
    a_list_holds_the_products_of_the_categories_below,
    what_is_counted_below_is_counted_once_and_only_while_it_is_for_sale,
    categories_are_nested_three_levels_deep_and_in_no_ring,
    a_new_name_is_found_and_shown_on_all_nodes_at_the_reply,
    a_category_leaves_its_products_and_what_is_below_it,
    arrows_put_categories_in_order,
    an_old_address_leads_on,
    the_page_of_a_category_shows_its_text_and_stays_when_it_is_empty,
);

fn named(name: &str) -> CategoryForm {
    CategoryForm {
        name: name.to_owned(),
        ..CategoryForm::default()
    }
}

fn below(name: &str, parent: &CategorySaved) -> CategoryForm {
    CategoryForm {
        parent: parent.id.clone(),
        ..named(name)
    }
}

async fn made(shop: &TestShop, actor: &Account, form: CategoryForm) -> CategorySaved {
    let admin = &shop.shop().categories;
    admin.create(actor, form).await.unwrap()
}

async fn change(
    shop: &TestShop,
    actor: &Account,
    category: &CategorySaved,
    form: CategoryForm,
) -> Result<CategorySaved, ErrorKind> {
    let admin = &shop.shop().categories;
    let current = admin.category(&category.id).await.unwrap();
    let version = current.version.to_string();
    let saved = admin.update(actor, &category.id, &version, form).await;
    saved.map_err(|error| error.kind)
}

async fn titles(shop: &TestShop, query: &[(&str, &str)]) -> Vec<String> {
    let query = ListQuery::parse(query.iter().copied(), "EUR");
    let list = shop.shop().catalog.list(&query).await.unwrap();
    let mut titles: Vec<_> = list
        .products
        .iter()
        .map(|card| card.title.clone())
        .collect();
    titles.sort();
    titles
}

/// Clothes with hats below, and caps below those; each with a product of its name.
async fn clothes(shop: &TestShop, actor: &Account) -> [CategorySaved; 3] {
    let clothes = made(shop, actor, named("Clothes")).await;
    let hats = made(shop, actor, below("Hats", &clothes)).await;
    let caps = made(shop, actor, below("Caps", &hats)).await;
    for name in ["Clothes", "Hats", "Caps"] {
        shop.stock(Goods::named(&format!("One of {name}")).category(name))
            .await;
    }
    [clothes, hats, caps]
}

async fn a_list_holds_the_products_of_the_categories_below(shop: TestShop) {
    let actor = shop.admin().await;
    clothes(&shop, &actor).await;
    shop.stock(Goods::named("Rope").category("Deck")).await;
    let of = |slug: &'static str| {
        let shop = shop.clone();
        async move { titles(&shop, &[("category", slug)]).await }
    };
    let all = ["One of Caps", "One of Clothes", "One of Hats"];
    assert_eq!(of("clothes").await, all);
    assert_eq!(of("hats").await, ["One of Caps", "One of Hats"]);
    assert_eq!(of("caps").await, ["One of Caps"]);
    assert_eq!(of("deck").await, ["Rope"]);
    let everything = ListQuery::parse([], "EUR");
    let list = shop.shop().catalog.list(&everything).await.unwrap();
    let facets = list.facets.categories.iter();
    let counts: Vec<_> = facets
        .map(|facet| (facet.value.as_str(), facet.count))
        .collect();
    let expected = [("clothes", 3), ("hats", 2), ("caps", 1), ("deck", 1)];
    assert_eq!(counts, expected);
    let menu = shop.shop().catalog.categories().await.unwrap();
    let menu: Vec<_> = menu.iter().map(|one| one.slug.as_str()).collect();
    assert_eq!(menu, ["clothes", "deck"], "the top alone");
    let site = shop.open().await;
    let page = site.browser().page("/categories/caps").await.expect(200);
    for shown in ["href=\"/categories/clothes\"", "href=\"/categories/hats\""] {
        assert!(page.body.contains(shown), "{shown}");
    }
    let page = site.browser().page("/products/one-of-caps").await;
    let way = page.expect(200).body;
    let (_, way) = way.split_once("class=\"breadcrumbs\"").expect("a way here");
    let (way, _) = way.split_once("</nav>").expect("it ends");
    let places = ["Clothes", "Hats", "Caps", "One of Caps"].map(|name| way.find(name));
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{way}"
    );
}

async fn what_is_counted_below_is_counted_once_and_only_while_it_is_for_sale(shop: TestShop) {
    let actor = shop.admin().await;
    clothes(&shop, &actor).await;
    let cap = Goods::named("Striped").category("Caps").tags(&["a", "b"]);
    let sizes = [(["S"], 1000, 3), (["M"], 1000, 0), (["L"], 1200, 3)];
    shop.stock(cap.options(["Size"], &sizes)).await;
    shop.stock(Goods::named("Last year").category("Caps").inactive())
        .await;
    for (slug, expected) in [("clothes", 4), ("hats", 3), ("caps", 2)] {
        let query = ListQuery::parse([("category", slug)], "EUR");
        let list = shop.shop().catalog.list(&query).await.unwrap();
        assert_eq!(list.products.len(), expected, "{slug}");
        assert_eq!(list.total, i64::try_from(expected).unwrap(), "{slug}");
        let mut facets = list.facets.categories.iter();
        let facet = facets.find(|facet| facet.value == slug).unwrap();
        assert_eq!(facet.count, list.total, "{slug}");
    }
}

async fn categories_are_nested_three_levels_deep_and_in_no_ring(shop: TestShop) {
    let actor = shop.admin().await;
    let [clothes, hats, caps] = clothes(&shop, &actor).await;
    let admin = &shop.shop().categories;
    let refused = admin.create(&actor, below("Berets", &caps)).await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.fields[0].field, "parent");
    for (one, parent) in [(&clothes, &caps), (&clothes, &clothes), (&hats, &caps)] {
        let form = below("Another name", parent);
        let refused = change(&shop, &actor, one, form).await;
        assert_eq!(refused.unwrap_err(), ErrorKind::Invalid);
    }
    let nowhere = CategoryForm {
        parent: server::ids::new_id(),
        ..named("Berets")
    };
    assert!(admin.create(&actor, nowhere).await.is_err());
    let tools = made(&shop, &actor, named("Tools")).await;
    assert!(
        change(&shop, &actor, &hats, below("Hats", &tools))
            .await
            .is_ok()
    );
    assert_eq!(titles(&shop, &[("category", "clothes")]).await.len(), 1);
    assert_eq!(titles(&shop, &[("category", "tools")]).await.len(), 2);
    // Two at once cannot make a ring of what each alone may do.
    let deck = made(&shop, &actor, named("Deck")).await;
    let quay = made(&shop, &actor, named("Quay")).await;
    let (one, other) = tokio::join!(
        change(&shop, &actor, &deck, below("Deck", &quay)),
        change(&shop, &actor, &quay, below("Quay", &deck)),
    );
    assert_ne!(one.is_ok(), other.is_ok());
    let tree = shop.shop().catalog.category_tree().await.unwrap();
    assert_eq!(tree.iter().count(), 6);
}

async fn a_new_name_is_found_and_shown_on_all_nodes_at_the_reply(shop: TestShop) {
    let actor = shop.admin().await;
    let other = shop.second_node();
    let [_, hats, _] = clothes(&shop, &actor).await;
    let (here, there) = (shop.open().await, other.open().await);
    let path = "/products/one-of-hats";
    for site in [&here, &there] {
        let page = site.browser().page(path).await.expect(200);
        assert!(page.body.contains("Hats"));
    }
    assert_eq!(titles(&shop, &[("q", "hats")]).await, ["One of Hats"]);
    let form = CategoryForm {
        name: "Headwear".to_owned(),
        slug: "headwear".to_owned(),
        ..named("")
    };
    change(&shop, &actor, &hats, form).await.unwrap();
    for site in [&here, &there] {
        let page = site.browser().page(path).await.expect(200);
        assert!(page.body.contains("Headwear"));
        assert!(page.body.contains("/categories/headwear"));
        assert!(!page.body.contains("/categories/hats"));
    }
    assert_eq!(titles(&shop, &[("q", "headwear")]).await, ["One of Hats"]);
    // The product still says it in its title.
    assert_eq!(titles(&shop, &[("q", "hats")]).await, ["One of Hats"]);
    let product = shop.shop().catalog.product("one-of-hats").await.unwrap();
    assert_eq!(product.category.as_ref().unwrap().name, "Headwear");
}

async fn a_category_leaves_its_products_and_what_is_below_it(shop: TestShop) {
    let actor = shop.admin().await;
    let [clothes, hats, caps] = clothes(&shop, &actor).await;
    let admin = &shop.shop().categories;
    admin.delete(&actor, &hats.id).await.unwrap();
    let caps = admin.category(&caps.id).await.unwrap();
    assert_eq!(caps.parent, clothes.id);
    let product = shop.shop().catalog.product("one-of-hats").await.unwrap();
    assert_eq!(product.category, None);
    assert!(admin.category(&hats.id).await.is_err());
    assert!(admin.delete(&actor, &hats.id).await.is_err());
    let site = shop.open().await;
    site.browser().page("/categories/hats").await.expect(404);
    let log = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'category.delete'";
    assert_eq!(shop.number(log).await, 1);
}

async fn arrows_put_categories_in_order(shop: TestShop) {
    let actor = shop.admin().await;
    let admin = &shop.shop().categories;
    let first = made(&shop, &actor, named("First")).await;
    let child = made(&shop, &actor, below("Child", &first)).await;
    let second = made(&shop, &actor, named("Second")).await;
    let names = || async {
        let rows = admin.categories().await.unwrap();
        let names: Vec<_> = rows.iter().map(|row| row.name.clone()).collect();
        names.join(" ")
    };
    assert_eq!(names().await, "First Child Second");
    admin.step(&actor, &second.id, Way::Up).await.unwrap();
    assert_eq!(names().await, "Second First Child");
    admin.step(&actor, &second.id, Way::Up).await.unwrap();
    admin.step(&actor, &child.id, Way::Down).await.unwrap();
    assert_eq!(names().await, "Second First Child", "there is no further");
    admin.step(&actor, &first.id, Way::Up).await.unwrap();
    assert_eq!(names().await, "First Child Second");
}

async fn an_old_address_leads_on(shop: TestShop) {
    let actor = shop.admin().await;
    let [clothes, ..] = clothes(&shop, &actor).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.page("/categories/clothes").await.expect(200);
    let form = CategoryForm {
        slug: "Apparel & more".to_owned(),
        ..named("Clothes")
    };
    change(&shop, &actor, &clothes, form).await.unwrap();
    let moved = browser.page("/categories/clothes?sort=newest").await;
    let location = "/categories/apparel-more?sort=newest";
    assert_eq!(moved.expect(308).location(), location);
    browser.page("/categories/apparel-more").await.expect(200);
    // One who takes the address has it.
    made(&shop, &actor, named("Clothes 2")).await;
    let form = CategoryForm {
        slug: "clothes".to_owned(),
        ..named("Other clothes")
    };
    made(&shop, &actor, form).await;
    browser.page("/categories/clothes").await.expect(200);
}

async fn the_page_of_a_category_shows_its_text_and_stays_when_it_is_empty(shop: TestShop) {
    let actor = shop.admin().await;
    let deck = made(&shop, &actor, named("Deck")).await;
    let form = CategoryForm {
        description_html: "<h2>All for the <em>deck</em></h2>".to_owned(),
        ..named("Deck")
    };
    change(&shop, &actor, &deck, form).await.unwrap();
    let site = shop.open().await;
    let browser = site.browser();
    let empty = browser.page("/categories/deck").await.expect(200);
    for shown in [
        "<h2>All for the <em>deck</em></h2>",
        "content=\"All for the deck\"",
        "<h1>Deck</h1>",
    ] {
        assert!(empty.body.contains(shown), "{shown}");
    }
    let home = browser.page("/").await.expect(200);
    assert!(!home.body.contains("/categories/deck"), "it has nothing");
    shop.stock(Goods::named("Rope").category("deck")).await;
    let full = browser.page("/categories/deck").await.expect(200);
    assert!(full.body.contains("<h2>All for the <em>deck</em></h2>"));
    assert!(full.body.contains("/products/rope"));
    let sorted = browser.page("/categories/deck?in_stock=1").await;
    assert!(!sorted.expect(200).body.contains("All for the"));
}
