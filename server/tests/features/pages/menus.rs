//! What is stored of menus.

use app::{
    error::ErrorKind,
    menus::types::{Direction, MAX_ITEMS, MenuItemForm, MenuPlace},
};

use super::{add, below, item, link, page, publish};
use crate::support::{Goods, TestShop, on_both_databases};

on_both_databases!(
    items_are_in_their_order_and_move_among_their_neighbours,
    a_menu_has_three_levels_and_no_circles,
    items_lead_where_they_may_and_nowhere_else,
    the_path_of_something_means_that_thing,
    an_edit_from_an_older_state_is_refused,
    deleting_takes_along_what_is_below,
    a_menu_has_a_limited_number_of_items,
);

async fn labels(shop: &TestShop, place: MenuPlace) -> Vec<String> {
    let items = shop.shop().menu_admin.items(place).await.unwrap();
    items
        .iter()
        .map(|item| format!("{}{}", "-".repeat(item.depth), item.label))
        .collect()
}

async fn items_are_in_their_order_and_move_among_their_neighbours(shop: TestShop) {
    let admin = shop.admin().await;
    let menus = &shop.shop().menu_admin;
    let one = add(&shop, &admin, link("header", "One", "/products"))
        .await
        .unwrap();
    let two = add(&shop, &admin, item("header", "Two", "heading"))
        .await
        .unwrap();
    let inner = below(&one, link("header", "Inner", "/"));
    let inner = add(&shop, &admin, inner).await.unwrap();
    add(&shop, &admin, link("footer", "Foot", "/"))
        .await
        .unwrap();
    assert_eq!(
        labels(&shop, MenuPlace::Header).await,
        ["One", "-Inner", "Two"]
    );
    menus.shift(&admin, &two.id, Direction::Up).await.unwrap();
    assert_eq!(
        labels(&shop, MenuPlace::Header).await,
        ["Two", "One", "-Inner"]
    );
    for end in [
        (&two, Direction::Up),
        (&one, Direction::Down),
        (&inner, Direction::Down),
    ] {
        menus.shift(&admin, &end.0.id, end.1).await.unwrap();
    }
    assert_eq!(
        labels(&shop, MenuPlace::Header).await,
        ["Two", "One", "-Inner"]
    );
    assert_eq!(labels(&shop, MenuPlace::Footer).await, ["Foot"]);
}

async fn a_menu_has_three_levels_and_no_circles(shop: TestShop) {
    let admin = shop.admin().await;
    let menus = &shop.shop().menu_admin;
    let heading = |label: &str| item("header", label, "heading");
    let one = add(&shop, &admin, heading("One")).await.unwrap();
    let two = add(&shop, &admin, below(&one, heading("Two")))
        .await
        .unwrap();
    let three = add(&shop, &admin, below(&two, heading("Three")))
        .await
        .unwrap();
    let four = add(&shop, &admin, below(&three, heading("Four"))).await;
    assert_eq!(four.unwrap_err().fields[0].field, "parent_id");
    for parent in [&one, &two, &three] {
        let circle = below(parent, heading("One"));
        let refused = menus.update(&admin, &one.id, circle).await.unwrap_err();
        assert_eq!(refused.fields[0].field, "parent_id");
    }
    // Two levels do not fit below the second one.
    let other = add(&shop, &admin, heading("Other")).await.unwrap();
    add(&shop, &admin, below(&other, heading("Inner")))
        .await
        .unwrap();
    let refused = menus
        .update(&admin, &other.id, below(&two, heading("Other")))
        .await;
    assert_eq!(refused.unwrap_err().fields[0].field, "parent_id");
    menus
        .update(&admin, &other.id, below(&one, heading("Other")))
        .await
        .unwrap();
    let foot = add(&shop, &admin, item("footer", "Foot", "heading"))
        .await
        .unwrap();
    let elsewhere = add(&shop, &admin, below(&foot, heading("X"))).await;
    assert_eq!(elsewhere.unwrap_err().fields[0].field, "parent_id");
    let shown = ["One", "-Two", "--Three", "-Other", "--Inner"];
    assert_eq!(labels(&shop, MenuPlace::Header).await, shown);
}

async fn items_lead_where_they_may_and_nowhere_else(shop: TestShop) {
    let admin = shop.admin().await;
    for address in [
        "/",
        "/products?q=rope#a",
        "/cart",
        "https://example.com/a?b",
    ] {
        add(&shop, &admin, link("header", "Good", address))
            .await
            .unwrap();
    }
    for address in [
        "",
        "javascript:alert(1)",
        "http://example.com/",
        "https://kim:secret@example.com/",
        "//example.com",
        "/\\example.com",
        "/admin",
        "/api/cart",
        "/nowhere",
        "/Products",
        "/products/../admin",
        "/products\" onclick=\"alert(1)",
        "products",
        "data:text/html,x",
        "/products/there-is-none",
    ] {
        let refused = add(&shop, &admin, link("header", "Bad", address)).await;
        assert_eq!(refused.unwrap_err().fields[0].field, "address", "{address}");
    }
    for target in ["", "nowhere", "page:x", "page:", "heading:x", "product:\0"] {
        let refused = add(&shop, &admin, item("header", "Bad", target)).await;
        assert_eq!(refused.unwrap_err().fields[0].field, "target", "{target}");
    }
    let long = "x".repeat(61);
    for label in ["", " ", "a\nb", long.as_str()] {
        let refused = add(&shop, &admin, item("header", label, "heading")).await;
        assert_eq!(refused.unwrap_err().fields[0].field, "label", "{label}");
    }
    let refused = add(&shop, &admin, item("side", "Bad", "heading")).await;
    assert_eq!(refused.unwrap_err().fields[0].field, "place");
    assert_eq!(labels(&shop, MenuPlace::Header).await, ["Good"; 4]);
}

async fn the_path_of_something_means_that_thing(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").category("Deck")).await;
    publish(&shop, &admin, page("Story")).await.unwrap();
    for path in ["/products/rope", "/categories/deck", "/pages/story"] {
        add(&shop, &admin, link("header", "Link", path))
            .await
            .unwrap();
    }
    shop.rewrite(&rope, |draft| draft.slug = "line".to_owned())
        .await;
    let menus = shop.shop().menus.shown().await.unwrap();
    let header = menus.header.as_ref().unwrap();
    let hrefs: Vec<_> = header.iter().map(|link| link.href.as_deref()).collect();
    let wanted = ["/products/line", "/categories/deck", "/pages/story"];
    assert_eq!(hrefs, wanted.map(Some));
}

async fn an_edit_from_an_older_state_is_refused(shop: TestShop) {
    let admin = shop.admin().await;
    let menus = &shop.shop().menu_admin;
    let saved = add(&shop, &admin, item("header", "One", "heading"))
        .await
        .unwrap();
    let edit = |label: &str| MenuItemForm {
        version: "1".to_owned(),
        ..item("", label, "heading")
    };
    menus.update(&admin, &saved.id, edit("Two")).await.unwrap();
    let refused = menus.update(&admin, &saved.id, edit("Three")).await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::Conflict);
    assert_eq!(labels(&shop, MenuPlace::Header).await, ["Two"]);
}

async fn deleting_takes_along_what_is_below(shop: TestShop) {
    let admin = shop.admin().await;
    let one = add(&shop, &admin, item("header", "One", "heading"))
        .await
        .unwrap();
    let inner = below(&one, link("header", "Inner", "/"));
    let inner = add(&shop, &admin, inner).await.unwrap();
    let menus = &shop.shop().menu_admin;
    menus.delete(&admin, &one.id).await.unwrap();
    assert_eq!(labels(&shop, MenuPlace::Header).await, [""; 0]);
    for id in [inner.id.as_str(), "", "x"] {
        let gone = menus.delete(&admin, id).await.unwrap_err();
        assert_eq!(gone.kind, ErrorKind::NotFound);
    }
    assert_eq!(shop.shop().menus.shown().await.unwrap().header, None);
}

async fn a_menu_has_a_limited_number_of_items(shop: TestShop) {
    let admin = shop.admin().await;
    let values: Vec<_> = (0..MAX_ITEMS)
        .map(|n| format!("('i{n}', 'header', {n}, 'I', 'heading', '')"))
        .collect();
    let into = "INSERT INTO menu_items (id, place, position, label, target_kind, target) VALUES ";
    shop.execute(&format!("{into}{}", values.join(", "))).await;
    let full = add(&shop, &admin, link("header", "More", "/"))
        .await
        .unwrap_err();
    assert_eq!(full.kind, ErrorKind::Conflict);
    add(&shop, &admin, link("footer", "More", "/"))
        .await
        .unwrap();
}
