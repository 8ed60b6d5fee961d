//! The JSON of the API, whole: what a change of a type or a text does to programs is seen in a file.

use app::identity::Role;
use reqwest::{Method, header::ACCEPT};
use serde_json::{Value, json};
use server::stock_feed::{Limits, StockFeed};

use super::{
    api_errors::{buyer, place},
    api_shapes::order_fields,
};
use crate::support::{
    ADMIN, APPROVES, Answer, Browser, Goods, MINUTE, PASSWORD, Redaction, Seen, Stocked, TestShop,
    cash, kept_in, same_on_both, test_card,
};

const KIM: &str = "kim@example.com";
const KEY: &str = "a-key-of-sixteen-or-more";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_shoppers_programs_are_answered_is_as_it_was_found_right() {
    compare(&same_on_both(shopping).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_account_is_answered_is_as_it_was_found_right() {
    compare(&same_on_both(account).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_admin_is_answered_is_as_it_was_found_right() {
    compare(&same_on_both(desk).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_kind_of_refusal_is_as_it_was_found_right() {
    compare(&same_on_both(refusals).await);
}

fn compare(seen: &Seen<Value>) {
    kept_in("api").bind(|| {
        for (name, answer) in seen {
            insta::assert_json_snapshot!(name.as_str(), answer);
        }
    });
}

/// What was answered, by name.
#[derive(Default)]
struct Book(Seen<Value>);

impl Book {
    fn keep(&mut self, name: &str, answer: Value) {
        let answer = Redaction::default().json(answer);
        self.0.push((name.to_owned(), answer));
    }

    async fn get(&mut self, browser: &Browser, name: &str, path: &str) -> Value {
        let answer = browser.read(path).await.expect(200).json();
        let request = format!("GET {path}");
        self.keep(name, json!({ "request": request, "answer": answer }));
        answer
    }

    async fn post(
        &mut self,
        browser: &Browser,
        name: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Value {
        let answer = browser.call(path, fields).await.expect(200).json();
        let request = format!("POST {path}");
        self.keep(name, json!({ "request": request, "answer": answer }));
        answer
    }

    #[track_caller]
    fn refused(&mut self, kind: &str, answer: &Answer) {
        assert_eq!(answer.kind(), kind);
        let told = json!({
            "status": answer.status,
            "retry_after": answer.header("retry-after"),
            "answer": answer.json(),
        });
        self.keep(&format!("refused_{kind}"), told);
    }
}

/// A rope, jackets and a compass, each a second after the one before.
async fn goods(shop: &TestShop) -> [Stocked; 3] {
    let rope = Goods::named("Rope")
        .sku("R-10")
        .vendor("Knots")
        .category("Deck")
        .tags(&["hemp", "rigging"])
        .described("<p>Ten metres of <strong>hemp</strong>.</p>")
        .compare_at(5900)
        .units(3)
        .pictured(&["/media/demo/rope.webp"]);
    let jacket = Goods::named("Jacket")
        .vendor("Gale")
        .category("Clothes")
        .tags(&["rain"])
        .options(
            ["Size", "Colour"],
            &[
                (["M", "Navy"], 9900, 30),
                (["L", "Navy"], 9900, 0),
                (["M", "Red"], 10900, 2),
            ],
        );
    let compass = Goods::named("Compass").price(3400);
    let rope = shop.stock(rope).await;
    shop.clock.advance(1000);
    let jacket = shop.stock(jacket).await;
    shop.clock.advance(1000);
    let compass = shop.stock(compass).await;
    shop.clock.advance(1000);
    [rope, jacket, compass]
}

async fn shopping(shop: TestShop) -> Seen<Value> {
    let [rope, jacket, compass] = goods(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    let mut book = Book::default();
    let product = "/api/products/jacket";
    book.get(&browser, "product", product).await;
    let list = "/api/products?sort=name";
    book.get(&browser, "products", list).await;
    let narrowed = "/api/products?q=jacket&opt.size=M&in_stock=1&max=100";
    book.get(&browser, "products_narrowed", narrowed).await;
    let variants = [rope.variant(), &jacket.variants[1], compass.variant()];
    let stock = format!("/api/stock?variants={}", variants.join(","));
    book.get(&browser, "stock", &stock).await;
    let suggest = "/api/suggest?q=ro";
    book.get(&browser, "suggestions", suggest).await;

    let (cart, validate) = ("/api/cart", "/api/checkout/validate");
    book.get(&browser, "cart_empty", cart).await;
    browser.add(rope.variant(), 2).await.expect(200);
    shop.clock.advance(1000);
    browser.add(&jacket.variants[0], 1).await.expect(200);
    book.get(&browser, "cart", cart).await;
    book.post(&browser, "validation", validate, &[]).await;
    shop.set_units(&rope, 1).await;
    book.get(&browser, "cart_with_a_problem", cart).await;
    let name = "validation_with_a_problem";
    book.post(&browser, name, validate, &[]).await;
    shop.set_units(&rope, 3).await;

    let mut fields = order_fields(KEY);
    fields.retain(|(name, _)| *name != "expected_total_minor");
    fields.push(("expected_total_minor", "19700"));
    let place = "/api/checkout/place";
    let placed = book.post(&browser, "order_placed", place, &fields).await;
    let number = placed["order_number"].as_str().expect("a number");
    let fields = [("number", number), ("email", KIM)];
    let look_up = "/api/orders/look-up";
    book.post(&browser, "order", look_up, &fields).await;
    book.0
}

async fn account(shop: TestShop) -> Seen<Value> {
    let [rope, ..] = goods(&shop).await;
    shop.account(KIM, Role::Customer).await;
    let site = shop.open().await;
    let browser = site.browser();
    let mut book = Book::default();
    let fields = [("email", KIM), ("password", PASSWORD)];
    let sign_in = "/api/account/sign-in";
    book.post(&browser, "account_signed_in", sign_in, &fields)
        .await;
    book.get(&browser, "account", "/api/account").await;
    let fields = [
        ("name", "Kim Marten"),
        ("address_line1", "Quay 7"),
        ("postal_code", "20457"),
        ("city", "Hamburg"),
        ("country", "DE"),
    ];
    let save = "/api/account/addresses/save";
    book.post(&browser, "account_address_saved", save, &fields)
        .await;
    let addresses = "/api/account/addresses";
    book.get(&browser, "account_addresses", addresses).await;
    let sessions = "/api/account/sessions";
    book.get(&browser, "account_sessions", sessions).await;

    browser.add(rope.variant(), 1).await.expect(200);
    let fields = order_fields(KEY);
    let placed = browser.call("/api/checkout/place", &fields).await;
    placed.expect(200);
    let orders = "/api/account/orders";
    let orders = book.get(&browser, "account_orders", orders).await;
    let fields = [("id", orders["rows"][0]["id"].as_str().expect("an id"))];
    let again = "/api/account/orders/again";
    book.post(&browser, "account_ordered_again", again, &fields)
        .await;
    let cancel = "/api/account/orders/cancel";
    book.post(&browser, "account_order_cancelled", cancel, &fields)
        .await;
    book.0
}

async fn desk(shop: TestShop) -> Seen<Value> {
    let [rope, jacket, _] = goods(&shop).await;
    shop.admin().await;
    let lines = [(rope.variant(), 2)];
    let paid = shop.bought(&lines, test_card(APPROVES)).await;
    let lines = [(jacket.variants[0].as_str(), 1)];
    let due = shop.bought(&lines, cash()).await;
    let site = shop.open().await;
    let browser = site.browser();
    let mut book = Book::default();
    let fields = [("email", ADMIN), ("password", PASSWORD)];
    let sign_in = "/api/admin/sign-in";
    book.post(&browser, "admin_signed_in", sign_in, &fields)
        .await;

    let live = browser.read("/api/admin/dashboard/live").await.expect(200);
    book.keep("admin_dashboard_live", live.json());
    let live = browser.read("/api/admin/system/live").await.expect(200);
    let mut live = live.json();
    // Counted by the process, in which other tests run too.
    let measured = live["node"].as_object_mut().expect("figures of the node");
    for (_, figure) in measured {
        *figure = json!("[measured]");
    }
    let mails = live["mails"].as_object_mut().expect("figures of e-mails");
    for (_, figure) in mails {
        *figure = json!("[counted]");
    }
    book.keep("admin_system_live", live);

    let fields = [("id", rope.id.as_str()), ("title", "Line")];
    let update = "/api/admin/products/update";
    book.post(&browser, "admin_product_saved", update, &fields)
        .await;
    let fields = [
        ("variant_id", rope.variant()),
        ("delta", "5"),
        ("reason", "Delivery"),
    ];
    let adjust = "/api/admin/stock/adjust";
    book.post(&browser, "admin_stock_adjusted", adjust, &fields)
        .await;
    let fields = [
        ("variant_id", rope.variant()),
        ("price", "52.00"),
        ("price_was", "49.00"),
    ];
    let price = "/api/admin/prices/set";
    book.post(&browser, "admin_price_set", price, &fields).await;

    let id = [("id", due.id.as_str())];
    let pack = "/api/admin/orders/pack";
    book.post(&browser, "admin_order_packed", pack, &id).await;
    shop.clock.advance(MINUTE);
    let parcel = [id[0], ("carrier", "GLS"), ("tracking_number", "501234")];
    let ship = "/api/admin/orders/ship";
    book.post(&browser, "admin_order_shipped", ship, &parcel)
        .await;
    let fields = [
        ("id", paid.id.as_str()),
        ("number", "1"),
        ("lines[0][position]", "0"),
        ("lines[0][units]", "1"),
        ("restock", "1"),
        ("note", "Torn"),
        ("expected_minor", "4900"),
    ];
    let refund = "/api/admin/orders/refund";
    book.post(&browser, "admin_order_refunded", refund, &fields)
        .await;
    book.0
}

/// All kinds but `payment_away` and `payment_unclear`, which neither way of paying causes.
async fn refusals(shop: TestShop) -> Seen<Value> {
    let site = shop.open().await;
    let mut book = Book::default();
    for (title, kind) in [
        ("Sold", "sold_out"),
        ("Fewer", "insufficient"),
        ("Asleep", "inactive"),
        ("Dearer", "price_changed"),
    ] {
        let product = shop.stock(Goods::named(title)).await;
        let browser = site.browser();
        browser.add(product.variant(), 2).await.expect(200);
        match kind {
            "sold_out" => shop.set_units(&product, 0).await,
            "insufficient" => shop.set_units(&product, 1).await,
            "inactive" => shop.set_active(&product, false).await,
            _ => shop.set_price(&product, 5900).await,
        }
        let total = ("expected_total_minor", "9800");
        book.refused(kind, &place(&browser, &[total]).await);
    }

    let rope = shop.stock(Goods::named("Rope")).await;
    book.refused("empty_cart", &place(&site.browser(), &[]).await);
    let (kim, eve) = (buyer(&site, &[&rope]).await, buyer(&site, &[&rope]).await);
    let total = ("expected_total_minor", "4899");
    book.refused("total_changed", &place(&kim, &[total]).await);
    let wrong = [("email", ""), ("country", "Atlantis")];
    book.refused("invalid", &place(&kim, &wrong).await);
    place(&kim, &[]).await.expect(200);
    book.refused("conflict", &place(&eve, &[]).await);
    let declined = [
        ("checkout_key", "another-key-of-sixteen"),
        ("payment", "test_card"),
        ("card_number", "4000000000000002"),
    ];
    book.refused("payment_declined", &place(&eve, &declined).await);

    book.refused("not_found", &eve.read("/api/products/nothing").await);
    book.refused("method_not_allowed", &eve.read("/api/cart/add").await);
    let add = || {
        let request = eve.request(Method::POST, "/api/cart/add");
        request.header(ACCEPT, "application/json")
    };
    let foreign = add().header("sec-fetch-site", "cross-site");
    let foreign = foreign.form(&[("variant_id", rope.variant())]);
    book.refused("forbidden", &Answer::of(foreign).await);
    let huge = add().form(&[("variant_id", "x".repeat(600 * 1024))]);
    book.refused("too_large", &Answer::of(huge).await);
    let mut full = shop.clone();
    let nobody = Limits { node: 0, client: 1 };
    full.services.stock = StockFeed::new(shop.db().clone(), nobody);
    let full = full.open().await;
    let watch = format!("/api/stock/events?variants={}", rope.variant());
    book.refused("busy", &full.browser().read(&watch).await);

    sign_ins(&shop, &site.browser(), &mut book).await;
    second_factors(&shop, [&site.browser(), &site.browser()], &mut book).await;

    let (shipping, fields) = ("/api/checkout/shipping", [("shipping", "pickup")]);
    eve.call(shipping, &fields).await.expect(200);
    // What no version of the shop has written.
    shop.execute("UPDATE carts SET draft = '{' WHERE draft IS NOT NULL")
        .await;
    book.refused("internal", &eve.read("/api/cart").await);
    shop.db().close().await;
    book.refused("unavailable", &eve.read("/api/cart").await);
    book.0
}

async fn sign_ins(shop: &TestShop, browser: &Browser, book: &mut Book) {
    shop.account(KIM, Role::Customer).await;
    let wrong = [("email", KIM), ("password", "not this one")];
    let refused = browser.call("/api/account/sign-in", &wrong).await;
    book.refused("sign_in_failed", &refused);
    loop {
        let asked = browser.call("/api/account/ask-reset", &wrong[..1]).await;
        if asked.status != 200 {
            book.refused("too_many_requests", &asked);
            break;
        }
    }
}

async fn second_factors(shop: &TestShop, [own, other]: [&Browser; 2], book: &mut Book) {
    let admin = shop.admin().await;
    let session = shop.session_of(&admin).await;
    let (secret, _) = shop.switch_on(&admin, &session).await;
    book.refused("code_needed", &own.sign_in(ADMIN).await);
    let code = shop.next_code(&secret);
    let code = [("factor_code", code.as_str())];
    let signed_in = own.call("/api/account/sign-in/code", &code).await;
    signed_in.expect(200);
    shop.clock.advance(15 * MINUTE);
    let invite = [("email", "new@shop.test"), ("role", "staff")];
    let asked = own.call("/api/admin/staff/invite", &invite).await;
    book.refused("confirm_needed", &asked);

    shop.account("other@shop.test", Role::Admin).await;
    other.sign_in("other@shop.test").await.expect(200);
    let reset = [("id", admin.id.as_str())];
    let refused = other.call("/api/admin/second-factor/reset", &reset).await;
    book.refused("second_factor_needed", &refused);
}
