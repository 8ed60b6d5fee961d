//! Who may what: every function and every page of the admin area, for everybody who may ask.
//!
//! A new function, route or page without a row here fails the test.

use std::collections::BTreeSet;

use app::identity::Role;
use leptos_axum::generate_route_list;
use reqwest::{Method, header::ACCEPT};

use crate::support::{
    ADMIN, Answer, Browser, Goods, STAFF, TestShop, cash, on_both_databases, rows,
};

on_both_databases!(everybody_gets_what_their_role_may_and_nothing_else);

const CUSTOMER: &str = "shopper@example.com";

/// Statuses for a guest, a customer, staff and an admin.
pub(super) type Expected = [u16; 4];

/// For everybody alike.
const fn all(status: u16) -> Expected {
    [status; 4]
}

/// For whoever is signed in; others are told to.
const fn own(status: u16) -> Expected {
    [401, status, status, status]
}

/// The same for the staff and admins; to others there is no such thing.
const fn staff(status: u16) -> Expected {
    [404, 404, status, status]
}

/// For admins; to others there is no such thing.
const fn admin(status: u16) -> Expected {
    [404, 404, 404, status]
}

/// Method and path, what is sent, and what comes of it. Where that is refused for what it says
/// (400, 409, 422), or for a wrong password (401), whoever asked got past the question who they are.
pub(super) type Row = (&'static str, &'static str, &'static str, Expected);

pub(super) const FUNCTIONS: &[Row] = &[
    ("GET", "/api/cart", "", all(200)),
    ("POST", "/api/cart/add", "", all(422)),
    (
        "POST",
        "/api/cart/update",
        "variant_id=$variant&quantity=x",
        all(422),
    ),
    ("POST", "/api/cart/remove", "variant_id=$variant", all(200)),
    ("POST", "/api/cart/accept-price", "", all(422)),
    ("POST", "/api/checkout/validate", "", all(409)),
    ("POST", "/api/checkout/contact", "", all(422)),
    ("POST", "/api/checkout/shipping", "", all(422)),
    ("POST", "/api/checkout/payment", "", all(409)),
    ("POST", "/api/checkout/place", "", all(422)),
    ("POST", "/api/orders/look-up", "", all(422)),
    ("GET", "/api/suggest", "", all(200)),
    ("POST", "/api/account/sign-in", "", all(401)),
    // Without a password that was right before.
    ("POST", "/api/account/sign-in/code", "", all(401)),
    ("POST", "/api/account/second-factor/begin", "", own(200)),
    ("POST", "/api/account/second-factor/on", "", own(422)),
    ("POST", "/api/account/second-factor/off", "", own(409)),
    ("POST", "/api/account/second-factor/codes", "", own(409)),
    ("POST", "/api/account/ask-sign-up", "", all(422)),
    ("POST", "/api/account/sign-up", "", all(404)),
    ("POST", "/api/account/ask-reset", "", all(422)),
    ("POST", "/api/account/reset", "", all(404)),
    ("POST", "/api/account/verify", "", [401, 404, 404, 404]),
    ("GET", "/api/account", "", own(200)),
    ("POST", "/api/account/rename", "", own(200)),
    ("POST", "/api/account/ask-verify", "", own(200)),
    ("POST", "/api/account/email", "", own(422)),
    ("POST", "/api/account/password", "", own(422)),
    ("GET", "/api/account/sessions", "", own(200)),
    ("POST", "/api/account/sessions/end", "", own(422)),
    ("POST", "/api/account/sessions/end-others", "", own(422)),
    ("GET", "/api/account/addresses", "", own(200)),
    ("POST", "/api/account/addresses/save", "", own(422)),
    (
        "POST",
        "/api/account/addresses/delete",
        "",
        [401, 404, 404, 404],
    ),
    ("POST", "/api/account/close", "", own(422)),
    ("GET", "/api/account/orders", "", own(200)),
    (
        "POST",
        "/api/account/orders/cancel",
        "id=$order",
        [401, 404, 404, 404],
    ),
    (
        "POST",
        "/api/account/orders/again",
        "id=$order",
        [401, 404, 404, 404],
    ),
    ("POST", "/api/admin/sign-in", "", all(401)),
    ("POST", "/api/admin/set-up", "", all(404)),
    ("POST", "/api/admin/invitation/accept", "", all(404)),
    // Orders and stock: the staff's.
    (
        "POST",
        "/api/admin/stock/adjust",
        "variant_id=$variant&delta=1",
        staff(422),
    ),
    (
        "POST",
        "/api/admin/stock/set",
        "variant_id=$variant&units=1",
        staff(422),
    ),
    ("GET", "/api/admin/dashboard/live", "", staff(200)),
    (
        "POST",
        "/api/admin/orders/paid-back",
        "id=$order&number=1",
        staff(409),
    ),
    ("POST", "/api/admin/settings/save", "", admin(409)),
    (
        "POST",
        "/api/admin/prices/set",
        "variant_id=$variant&price=x",
        admin(422),
    ),
    ("POST", "/api/admin/orders/note", "id=$order", staff(422)),
    (
        "POST",
        "/api/admin/orders/receive",
        "id=$order",
        [404, 404, 200, 409],
    ),
    (
        "POST",
        "/api/admin/orders/pack",
        "id=$order",
        [404, 404, 200, 409],
    ),
    (
        "POST",
        "/api/admin/orders/ship",
        "id=$order",
        [404, 404, 200, 409],
    ),
    (
        "POST",
        "/api/admin/orders/tracking",
        "id=$order&carrier=UPS",
        staff(200),
    ),
    (
        "POST",
        "/api/admin/orders/deliver",
        "id=$order",
        [404, 404, 200, 409],
    ),
    ("POST", "/api/admin/orders/refund", "id=$order", staff(422)),
    ("POST", "/api/admin/orders/cancel", "id=$order", staff(409)),
    // All else is the admins'.
    ("POST", "/api/admin/products/create", "", admin(422)),
    (
        "POST",
        "/api/admin/products/update",
        "id=$product&version=x",
        admin(422),
    ),
    ("POST", "/api/admin/products/bulk", "", admin(422)),
    // Before it is started: afterwards it may be done at any moment, and can be undone.
    ("POST", "/api/admin/jobs/undo", "id=$job", admin(409)),
    ("POST", "/api/admin/jobs/start", "id=$job", admin(200)),
    ("POST", "/api/admin/jobs/discard", "id=$job", admin(409)),
    (
        "POST",
        "/api/admin/pictures/delete",
        "id=$picture",
        admin(200),
    ),
    (
        "POST",
        "/api/admin/products/delete",
        "id=$product",
        admin(200),
    ),
    (
        "POST",
        "/api/admin/staff/invite",
        "email=x&role=staff",
        admin(422),
    ),
    (
        "POST",
        "/api/admin/staff/withdraw",
        "id=$invitation",
        admin(200),
    ),
    ("POST", "/api/admin/staff/role", "id=$member", admin(422)),
    // Who takes another's second factor away has one.
    (
        "POST",
        "/api/admin/second-factor/reset",
        "id=$member",
        admin(403),
    ),
    (
        "POST",
        "/api/admin/customers/erase",
        "id=$order",
        admin(422),
    ),
    (
        "POST",
        "/api/admin/customers/sign-out",
        "id=$member",
        admin(200),
    ),
    // At last: whoever was signed in is not any more.
    ("POST", "/api/account/sign-out", "", all(200)),
    ("POST", "/api/admin/sign-out", "", all(200)),
];

/// Routes that are no server functions.
pub(super) const ROUTES: &[Row] = &[
    ("GET", "/api/products", "", all(200)),
    ("GET", "/api/products/{slug}", "", all(200)),
    ("GET", "/api/stock", "", all(400)),
    // A stream that goes on: see the tests of stock.
    ("GET", "/api/stock/events", "", all(200)),
    ("POST", "/api/admin/pictures/upload", "", admin(422)),
    (
        "POST",
        "/api/admin/products/draft",
        "id=$product",
        admin(200),
    ),
    ("POST", "/api/admin/import", "", admin(422)),
    (
        "POST",
        "/api/admin/customers/export",
        "id=$order",
        admin(200),
    ),
    ("GET", "/admin/export.csv", "", admin(200)),
];

pub(super) const PAGES: &[(&str, Expected)] = &[
    ("/admin", staff(200)),
    ("/admin/sign-in", all(200)),
    ("/admin/set-up/{token}", all(404)),
    ("/admin/invitation/{token}", all(404)),
    ("/admin/products", staff(200)),
    ("/admin/products/{id}", admin(200)),
    ("/admin/import", admin(200)),
    ("/admin/jobs/{id}", admin(200)),
    ("/admin/stock", staff(200)),
    ("/admin/stock/{id}", staff(200)),
    ("/admin/orders", staff(200)),
    ("/admin/orders/{id}", staff(200)),
    ("/admin/orders/{id}/refund", staff(200)),
    ("/admin/orders/{id}/packing-slip", staff(200)),
    ("/admin/orders/{id}/invoice", staff(200)),
    ("/admin/customers", staff(200)),
    ("/admin/customers/{id}", staff(200)),
    ("/admin/staff", admin(200)),
    ("/admin/audit", admin(200)),
    ("/admin/settings", admin(200)),
];

/// A way into the admin area, as it is shown in the navigation.
fn links(page: &str) -> BTreeSet<String> {
    page.split("href=\"/admin/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|rest| format!("/admin/{rest}"))
        .filter(|href| PAGES.iter().any(|(page, _)| page == href))
        .collect()
}

#[test]
fn every_function_has_a_row() {
    let known: BTreeSet<_> = FUNCTIONS
        .iter()
        .map(|(method, path, ..)| (path.to_string(), method.to_string()))
        .collect();
    assert_eq!(known.len(), FUNCTIONS.len(), "one row each");
    let registered: BTreeSet<_> = server_fn::axum::server_fn_paths()
        .map(|(path, method)| (path.to_owned(), method.to_string()))
        .collect();
    assert_eq!(registered, known);
}

#[test]
fn every_route_of_the_api_has_a_row() {
    let router = include_str!("../../src/http/mod.rs");
    let routes = router.split(".route(").skip(1).filter_map(|rest| {
        let (_, rest) = rest.split_once('"')?;
        Some(rest.split_once('"')?.0)
    });
    let routes: BTreeSet<_> = routes
        .filter(|path| path.starts_with("/api/") || path.starts_with("/admin/"))
        .filter(|path| *path != "/api/{*path}")
        .collect();
    let known: BTreeSet<_> = ROUTES.iter().map(|(_, path, ..)| *path).collect();
    assert_eq!(routes, known);
}

#[tokio::test]
async fn every_page_of_the_admin_area_has_a_row() {
    let _ = any_spawner::Executor::init_tokio();
    let pages: BTreeSet<String> = generate_route_list(app::shell::App)
        .into_iter()
        .map(|route| route.path().to_owned())
        .filter(|path| path == "/admin" || path.starts_with("/admin/"))
        .collect();
    let known: BTreeSet<_> = PAGES.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(pages, known);
}

/// What the placeholders stand for.
pub(super) struct Things(Vec<(&'static str, String)>);

impl Things {
    pub(super) async fn of(shop: &TestShop) -> Self {
        let rope = shop
            .stock(Goods::named("Rope").pictured(&["/media/a.png"]))
            .await;
        let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
        shop.account(CUSTOMER, Role::Customer).await;
        let member = shop.account(STAFF, Role::Staff).await;
        let actor = shop.admin().await;
        let ports = shop.shop();
        let selection = app::admin::jobs::bulk::BulkSelection::Ids(vec![rope.id.clone()]);
        let action = app::admin::jobs::bulk::BulkAction::parse("deactivate", "", "EUR").unwrap();
        let job = ports.jobs.plan(&actor, selection, action).await.unwrap();
        ports
            .staff
            .invite(&actor, "new@shop.test", Role::Staff)
            .await
            .unwrap();
        let invitation = ports.staff.list().await.unwrap().invitations[0].id.clone();
        let picture = ports.admin.product(&rope.id).await.unwrap().pictures[0]
            .id
            .clone();
        Self(vec![
            ("$order", order.id),
            ("$variant", rope.variant().to_owned()),
            ("$product", rope.id.clone()),
            ("$picture", picture),
            ("$job", job),
            ("$member", member.id),
            ("$invitation", invitation),
            ("{slug}", rope.slug.clone()),
            ("{token}", "x".to_owned()),
        ])
    }

    pub(super) fn put_into(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (name, value)| {
            text.replace(name, value)
        })
    }

    pub(super) fn path(&self, path: &str) -> String {
        let of = |thing: &str| self.put_into(thing);
        let id = match path.split('/').nth(2) {
            Some("products") => of("$product"),
            Some("jobs") => of("$job"),
            Some("stock") => of("$variant"),
            _ => of("$order"),
        };
        self.put_into(&path.replace("{id}", &id))
    }
}

pub(super) async fn ask(browser: &Browser, method: &str, path: &str, body: String) -> Answer {
    let method: Method = method.parse().unwrap();
    let request = browser
        .request(method, path)
        .header(ACCEPT, "application/json")
        .header("content-type", "application/x-www-form-urlencoded");
    Answer::of(request.body(body)).await
}

async fn everybody_gets_what_their_role_may_and_nothing_else(shop: TestShop) {
    let things = Things::of(&shop).await;
    let site = shop.open().await;
    let people = [None, Some(CUSTOMER), Some(STAFF), Some(ADMIN)];
    let mut wrong = Vec::new();
    for (at, email) in people.into_iter().enumerate() {
        let who = email.unwrap_or("a guest");
        let browser = site.browser();
        if let Some(email) = email {
            browser.sign_in(email).await.expect(200);
        }
        for (path, expected) in PAGES {
            let page = browser.page(&things.path(path)).await;
            if page.status != expected[at] {
                wrong.push(format!("{who} at {path}: {}", page.status));
            }
            if page.status == 200 {
                // Nobody is shown a way that is closed to them.
                for link in links(&page.body) {
                    let (_, there) = PAGES.iter().find(|(page, _)| *page == link).unwrap();
                    if there[at] != 200 {
                        wrong.push(format!("{who} at {path} is sent to {link}"));
                    }
                }
            }
        }
        let before = rows(shop.db()).await;
        for (method, path, fields, expected) in ROUTES.iter().chain(FUNCTIONS) {
            if *path == "/api/stock/events" {
                continue;
            }
            let body = things.put_into(fields);
            let answer = ask(&browser, method, &things.path(path), body.clone()).await;
            if answer.status != expected[at] {
                wrong.push(format!("{who} at {path}: {}", answer.status));
            }
            if expected[at] == 404 && path.starts_with("/api/admin/") {
                assert_eq!(answer.kind(), "not_found", "{path} for {who}");
                assert_eq!(answer.location(), "", "{path} for {who}");
            }
        }
        if at == 0 {
            assert_eq!(rows(shop.db()).await, before, "guests changed something");
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
