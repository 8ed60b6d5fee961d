//! Who may what: every function, and every page that is not for anybody, for everybody who may ask.
//!
//! Features declare who may; here it is proven by requests. A new function without a row in the file
//! of its feature in `tests/requests`, or a route without one here, fails the test, and so does a
//! function that no feature declares.

use std::collections::BTreeSet;

use app::{
    collections::types::CollectionForm,
    drops::types::DropForm,
    feature::{Access, Function},
    features,
    identity::Role,
    menus::types::MenuItemForm,
    pages::types::PageForm,
    ui::date::Zone,
};
use desk::admin::{
    jobs::import_page::IMPORT, products::pictures::UPLOAD,
    translations::file_page::UPLOAD as TRANSLATIONS,
};
use leptos_axum::generate_route_list;
use reqwest::{Method, header::ACCEPT};

use crate::support::{
    ADMIN, Answer, Browser, Goods, STAFF, TestShop, cash, on_both_databases,
    requests::{Gets, SAMPLES, Sample},
    rows,
};

on_both_databases!(everybody_gets_what_their_role_may_and_nothing_else);

const CUSTOMER: &str = "shopper@example.com";

/// Statuses for a guest, a customer, staff and an admin.
pub(super) type Expected = [u16; 4];

/// For everybody alike.
const fn all(status: u16) -> Expected {
    [status; 4]
}

/// For admins; to others there is no such thing.
const fn admin(status: u16) -> Expected {
    [404, 404, 404, status]
}

/// Method and path, what is sent, and what comes of it. Where that is refused for what it says
/// (400, 409, 422), or for a wrong password (401), the one who asked got past the question who they are.
pub(super) type Row = (&'static str, &'static str, &'static str, Expected);

/// `refused` is what those get who would have to sign in.
const fn expected(gets: Gets, access: Access, refused: u16) -> Expected {
    let (first, later) = match gets {
        Gets::Each(status) => (status, status),
        Gets::FirstAndLater(first, later) => (first, later),
    };
    match access {
        Access::Anybody => [first, later, later, later],
        Access::Account => [refused, first, later, later],
        Access::Staff => [404, 404, first, later],
        Access::Admin => [404, 404, 404, first],
    }
}

/// All functions that are in a file of `tests/requests`, with whom they are declared for.
pub(super) fn functions() -> Vec<Row> {
    let row = |sample: &'static Sample| {
        let path = sample.path.as_str();
        let function = features::function(path).unwrap_or_else(|| panic!("{path} is not declared"));
        let Function { method, access, .. } = *function;
        let expected = expected(sample.gets, access, 401);
        (method.as_str(), path, sample.sent.as_str(), expected)
    };
    SAMPLES.iter().map(row).collect()
}

/// Routes that are no server functions.
pub(super) const ROUTES: &[Row] = &[
    ("GET", "/api/products", "", all(200)),
    ("GET", "/api/products/{slug}", "", all(200)),
    ("GET", "/api/stock", "", all(400)),
    // A stream that goes on: see the tests of stock.
    ("GET", "/api/stock/events", "", all(200)),
    // The same of a waiting room, of which none is named here: see the tests of rooms.
    ("GET", "/api/drops/room/events", "", all(404)),
    ("POST", "/api/admin/pictures/upload", "", admin(422)),
    ("POST", "/api/admin/categories/picture", "", admin(422)),
    ("POST", "/api/admin/collections/picture", "", admin(422)),
    ("POST", "/api/admin/home/picture", "", admin(422)),
    (
        "POST",
        "/api/admin/products/draft",
        "id=$product",
        admin(200),
    ),
    ("POST", "/api/admin/look/pictures", "", admin(422)),
    ("POST", "/api/admin/import", "", admin(422)),
    ("POST", "/api/admin/translations/upload", "", admin(422)),
    ("POST", "/api/admin/drops/file", "", admin(422)),
    (
        "POST",
        "/api/admin/customers/export",
        "id=$order",
        admin(200),
    ),
    ("GET", "/admin/export.csv", "", admin(200)),
    (
        "GET",
        "/admin/translations/{language}/texts.csv",
        "",
        admin(200),
    ),
];

/// Pages that need a token, for a token that there is none of; and those of what belongs to someone
/// else.
const NOT_FOUND: [&str; 5] = [
    "/admin/set-up/{token}",
    "/admin/invitation/{token}",
    "/account/verify/{token}",
    "/account/orders/{id}",
    "/account/addresses/{id}",
];

/// Pages below a path, with whom they are declared for.
pub(super) fn pages(below: &str) -> Vec<(String, Expected)> {
    let of_page = |page: &app::feature::Page| {
        let path = as_routed(page.path);
        let gets = match NOT_FOUND.contains(&path.as_str()) {
            true => Gets::Each(404),
            false => Gets::Each(200),
        };
        // The way to the sign-in page.
        (path, expected(gets, page.access, 303))
    };
    features::pages()
        .filter(|page| page.path == below || page.path.starts_with(&format!("{below}/")))
        .map(of_page)
        .collect()
}

/// `/orders/{token}` for `/orders/:token`.
pub(super) fn as_routed(path: &str) -> String {
    let segments = path
        .split('/')
        .map(|segment| match segment.strip_prefix(':') {
            Some(name) => format!("{{{name}}}"),
            None => segment.to_owned(),
        });
    segments.collect::<Vec<_>>().join("/")
}

/// A way into the admin area, as it is shown in the navigation.
fn links(page: &str, pages: &[(String, Expected)]) -> BTreeSet<String> {
    page.split("href=\"/admin/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|rest| format!("/admin/{rest}"))
        .filter(|href| pages.iter().any(|(page, _)| page == href))
        .collect()
}

#[test]
fn every_function_is_declared_and_has_a_row() {
    let known: BTreeSet<_> = functions()
        .iter()
        .map(|(method, path, ..)| (path.to_string(), method.to_string()))
        .collect();
    assert_eq!(known.len(), SAMPLES.len(), "one row each");
    let registered: BTreeSet<_> = server_fn::axum::server_fn_paths()
        .map(|(path, method)| (path.to_owned(), method.to_string()))
        .collect();
    assert_eq!(registered, known);
    let declared: BTreeSet<_> = features::functions()
        .map(|function| {
            (
                function.path.to_owned(),
                function.method.as_str().to_owned(),
            )
        })
        .collect();
    assert_eq!(declared, known);
    for feature in features::all() {
        for path in feature.functions.iter().map(|function| function.path) {
            let sample = SAMPLES.iter().find(|sample| sample.path == path);
            let file = sample.map(|sample| sample.feature.as_str());
            assert_eq!(file, Some(feature.name), "{path}");
        }
    }
}

#[test]
fn every_route_of_the_api_has_a_row() {
    let router = include_str!("../../lib/http/router.rs");
    let routes = router.split(".route(").skip(1).map(|rest| {
        let (path, _) = rest.split_once(',').expect("a route has a path");
        match path.trim() {
            "IMPORT" => IMPORT,
            "UPLOAD" => UPLOAD,
            "TRANSLATIONS" => TRANSLATIONS,
            path => path.trim_matches('"'),
        }
    });
    let routes: BTreeSet<_> = routes
        .filter(|path| path.starts_with("/api/") || path.starts_with("/admin/"))
        .filter(|path| *path != "/api/{*path}")
        .collect();
    let known: BTreeSet<_> = ROUTES.iter().map(|(_, path, ..)| *path).collect();
    assert_eq!(routes, known);
}

#[tokio::test]
async fn every_page_that_is_declared_has_a_route_and_no_other_has() {
    let _ = any_spawner::Executor::init_tokio();
    let routes: BTreeSet<String> = generate_route_list(storefront::shell::App)
        .into_iter()
        .map(|route| route.path().to_owned())
        .collect();
    let declared: BTreeSet<_> = features::pages().map(|page| as_routed(page.path)).collect();
    assert_eq!(routes, declared);
}

/// What the placeholders stand for.
pub(super) struct Things(Vec<(&'static str, String)>);

impl Things {
    pub(super) async fn of(shop: &TestShop) -> Self {
        let rope = Goods::named("Rope").pictured(&["/media/a.png"]);
        let rope = shop.stock(rope.category("Deck")).await;
        let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
        let transfer = shop.bought(&[(rope.variant(), 1)], cash()).await;
        let of_bank = "UPDATE orders SET payment_method = 'bank_transfer' WHERE id = ";
        shop.execute(&format!("{of_bank}'{}'", transfer.id)).await;
        let transfer = transfer.id;
        shop.account(CUSTOMER, Role::Customer).await;
        let member = shop.account(STAFF, Role::Staff).await;
        let actor = shop.admin().await;
        let ports = shop.shop();
        let selection = desk::admin::jobs::bulk::BulkSelection::Ids(vec![rope.id.clone()]);
        let action = desk::admin::jobs::bulk::BulkAction::parse("deactivate", "", "EUR").unwrap();
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
        let categories = ports.categories.categories().await.unwrap();
        let desk = &ports.collection_admin;
        let form = CollectionForm {
            name: "Ropes".to_owned(),
            slug: rope.slug.clone(),
            ..CollectionForm::default()
        };
        let collection = desk.create(&actor, form).await.unwrap().id;
        desk.add(&actor, &collection, &rope.id).await.unwrap();
        let entries = desk.collection(&collection).await.unwrap().entries;
        let form = DropForm {
            title: "Ropes".to_owned(),
            opens: Zone::named("UTC").minute(shop.now() + 24 * 60 * 60 * 1000),
            ..DropForm::default()
        };
        let drop = ports.drop_admin.create(&actor, form).await.unwrap().id;
        let blocks = ports.home.draft().await.unwrap().blocks;
        let page = ports
            .page_admin
            .create(
                &actor,
                PageForm {
                    kind: "free".to_owned(),
                    slug: rope.slug.clone(),
                    title: "Ropes".to_owned(),
                    body: "About ropes.".to_owned(),
                    state: "published".to_owned(),
                    ..PageForm::default()
                },
            )
            .await
            .unwrap();
        let item = ports
            .menu_admin
            .create(
                &actor,
                MenuItemForm {
                    place: "footer".to_owned(),
                    label: "Ropes".to_owned(),
                    target: format!("page:{}", page.id),
                    ..MenuItemForm::default()
                },
            )
            .await
            .unwrap();
        Self(vec![
            ("$page", page.id),
            ("$menu_item", item.id),
            ("$transfer", transfer),
            ("$order", order.id),
            ("$category", categories[0].id.clone()),
            ("$collection", collection),
            ("$entry", entries[0].id.clone()),
            ("$drop", drop),
            ("$block", blocks[0].id.clone()),
            ("$variant", rope.variant().to_owned()),
            ("$product", rope.id.clone()),
            ("$picture", picture),
            ("$job", job),
            ("$member", member.id),
            ("$invitation", invitation),
            ("{slug}", rope.slug.clone()),
            ("{token}", "x".to_owned()),
            ("{language}", "de".to_owned()),
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
            Some("categories") => of("$category"),
            Some("collections") => of("$collection"),
            Some("drops") => of("$drop"),
            Some("transfers") => of("$transfer"),
            Some("home") => of("$block"),
            Some("jobs") => of("$job"),
            Some("stock") => of("$variant"),
            Some("pages") => of("$page"),
            Some("menus") => of("$menu_item"),
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
    let shop = shop.speaking("en,de");
    let things = Things::of(&shop).await;
    let site = shop.open().await;
    let people = [None, Some(CUSTOMER), Some(STAFF), Some(ADMIN)];
    let mut wrong = Vec::new();
    let admin_pages = pages("/admin");
    let mut own_pages = pages("/account");
    // What anybody may see has tests of its own.
    own_pages.retain(|(_, [guest, ..])| *guest == 303);
    assert!(!own_pages.is_empty());
    let functions = functions();
    for (at, email) in people.into_iter().enumerate() {
        let who = email.unwrap_or("a guest");
        let browser = site.browser();
        if let Some(email) = email {
            browser.sign_in(email).await.expect(200);
        }
        for (path, expected) in admin_pages.iter().chain(&own_pages) {
            let page = browser.page(&things.path(path)).await;
            if page.status != expected[at] {
                wrong.push(format!("{who} at {path}: {}", page.status));
            }
            if page.status == 200 {
                // Nobody is shown a way that is closed to them.
                for link in links(&page.body, &admin_pages) {
                    let mut pages = admin_pages.iter();
                    let (_, there) = pages.find(|(page, _)| *page == link).unwrap();
                    if there[at] != 200 {
                        wrong.push(format!("{who} at {path} is sent to {link}"));
                    }
                }
            }
        }
        let before = rows(shop.db()).await;
        for (method, path, fields, expected) in ROUTES.iter().chain(&functions) {
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
