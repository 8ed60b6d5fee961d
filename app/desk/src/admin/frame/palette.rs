//! What Ctrl+K offers: every page of the back office that the person may open, and its words. A script makes
//! the list; it reads them off the page.

use app::{
    features,
    identity::{Account, Role},
};

use super::{Section, said};

/// Address and words of every page that the person may go to: those of the menu in its order, then what
/// features say that theirs are called.
pub fn places(account: &Account) -> Vec<(String, String)> {
    let menu = Section::of(account.role).iter().map(|section| {
        let (href, title, _) = section.link();
        (href, title)
    });
    let called = features::pages()
        .filter(|page| page.access.is_given_to(Some(account)))
        .filter_map(|page| Some((page.path, page.called?())));
    let menu = menu.chain(called);
    let mut places: Vec<_> = menu
        .map(|(href, title)| (href.to_owned(), title.to_owned()))
        .collect();
    if account.role == Role::Admin {
        // Where products are edited, with no id in the address.
        places.push((
            "/admin/products/new".to_owned(),
            said().new_product().to_owned(),
        ));
        places.extend(features::found());
    }
    places
}

/// The same as JSON.
pub(super) fn places_of(account: &Account) -> String {
    serde_json::json!(places(account)).to_string()
}

/// In place of what is typed.
const TYPED: &str = "{typed}";

/// What the palette says, as JSON.
pub(super) fn words() -> String {
    let words = serde_json::json!({
        "goTo": said().go_to(),
        "goToPage": said().go_to_page(),
        "field": said().palette_field(),
        "hint": said().palette_hint(),
        "places": said().palette_places(),
        "searches": [
            ["/admin/search", said().search_all(TYPED)],
            ["/admin/products", said().search_products(TYPED)],
            ["/admin/stock", said().search_stock(TYPED)],
            ["/admin/orders", said().search_orders(TYPED)],
            ["/admin/customers", said().search_customers(TYPED)],
        ],
        "keys": [
            ["/", said().key_search()],
            ["g p", said().key_products()],
            ["g s", said().key_stock()],
            ["g o", said().key_orders()],
            ["g c", said().key_customers()],
            ["g d", said().key_dashboard()],
            ["n", said().key_new_product()],
        ],
    });
    words.to_string()
}
