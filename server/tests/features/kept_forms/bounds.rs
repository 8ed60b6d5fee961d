//! How much is kept, no matter who sends how many forms.

use std::time::Duration;

use app::{
    error::{ErrorKind, ShopError},
    identity::Role,
    ui::form::FormState,
};
use server::{
    ids::new_secret,
    kept_forms::{BYTES_IN_ALL, IN_ALL, MAX_BYTES, OF_BROWSER, OF_NETWORK, Sender, find, keep},
};

use crate::support::{ADMIN, Goods, TestShop, on_both_databases};

on_both_databases!(
    a_browser_keeps_its_newest_forms,
    a_network_has_its_share,
    all_of_them_have_a_bound,
    what_staff_type_may_be_long,
    a_form_without_room_waits_for_no_writer,
);

fn typed(value: &str) -> FormState {
    FormState {
        action: "/api/cart/update".to_owned(),
        values: vec![("quantity".to_owned(), value.to_owned())],
        error: Some(ShopError::new(ErrorKind::Invalid, "no")),
    }
}

fn sender<'a>(browser: &'a str, network: &'a str) -> Sender<'a> {
    Sender {
        browser,
        account: None,
        network,
    }
}

async fn kept(shop: &TestShop) -> i64 {
    shop.number("SELECT COUNT(*) AS n FROM kept_forms").await
}

async fn a_browser_keeps_its_newest_forms(shop: TestShop) {
    let browser = new_secret();
    let sender = sender(&browser, "net");
    let mut keys = Vec::new();
    for at in 0..OF_BROWSER + 3 {
        shop.clock.advance(1);
        let form = typed(&at.to_string());
        let key = keep(shop.db(), shop.now(), &sender, "/cart", &form).await;
        keys.push(key.unwrap().expect("there is room"));
    }
    assert_eq!(kept(&shop).await, OF_BROWSER);
    for (at, key) in keys.iter().enumerate() {
        let found = find(shop.db(), shop.now(), &sender, key).await.unwrap();
        let value = found.map(|form| form.values[0].1.clone());
        let expected = (at >= 3).then(|| at.to_string());
        assert_eq!(value, expected, "{at}");
    }
}

async fn a_network_has_its_share(shop: TestShop) {
    let form = typed("many");
    let keep = async |network: &str| {
        let browser = new_secret();
        let sender = sender(&browser, network);
        let kept = keep(shop.db(), shop.now(), &sender, "/cart", &form).await;
        kept.unwrap().is_some()
    };
    for _ in 0..OF_NETWORK {
        assert!(keep("one").await);
    }
    assert!(!keep("one").await);
    assert!(keep("other").await, "others have theirs");
    assert_eq!(kept(&shop).await, OF_NETWORK + 1);
}

async fn all_of_them_have_a_bound(shop: TestShop) {
    let row = |number: i64, bytes: i64| {
        format!(
            "INSERT INTO kept_forms (owner, key, network, page, action, bytes, kept_at, expires_at, \
             form) VALUES ('o', 'k{number}', 'n', 'p', 'a', {bytes}, 0, 9000000000000, '')"
        )
    };
    let is_kept = async || {
        let browser = new_secret();
        let sender = sender(&browser, "net");
        let kept = keep(shop.db(), shop.now(), &sender, "/cart", &typed("many")).await;
        kept.unwrap().is_some()
    };
    shop.execute(&row(0, BYTES_IN_ALL - 10)).await;
    assert!(!is_kept().await, "their bytes");
    shop.execute("DELETE FROM kept_forms").await;
    let values = "SELECT 'o', 'k' || (a.n * 100 + b.n), 'n', 'p', 'a', 1, 0, 9000000000000, ''";
    let numbers = "WITH RECURSIVE numbers (n) AS \
                   (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 99)";
    assert_eq!(IN_ALL, 100 * 100);
    shop.execute(&format!(
        "{numbers} INSERT INTO kept_forms (owner, key, network, page, action, bytes, kept_at, \
         expires_at, form) {values} FROM numbers a CROSS JOIN numbers b"
    ))
    .await;
    assert_eq!(kept(&shop).await, IN_ALL);
    assert!(!is_kept().await, "their number");
    shop.execute("DELETE FROM kept_forms WHERE key = 'k7'")
        .await;
    assert!(is_kept().await);
}

async fn what_staff_type_may_be_long(shop: TestShop) {
    shop.account("kim@example.com", Role::Customer).await;
    shop.admin().await;
    shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let long = "x".repeat(2 * MAX_BYTES);
    let fields = [
        ("description_html", long.as_str()),
        ("slug", "!?"),
        ("page", "/admin/products/new"),
    ];
    let shown = browser.submit("/api/admin/products/create", &fields).await;
    assert!(shown.refused().body.contains(&long));
}

async fn a_form_without_room_waits_for_no_writer(shop: TestShop) {
    let (full, browser) = (typed("many"), new_secret());
    for n in 0..OF_NETWORK {
        let other = new_secret();
        let owner = if n == 0 { &browser } else { &other };
        let kept = keep(shop.db(), shop.now(), &sender(owner, "net"), "/cart", &full).await;
        assert!(kept.unwrap().is_some());
    }
    // SQLite has one writer: someone is at it.
    let writes = shop.db().begin().await.unwrap();
    let owner = new_secret();
    let one_more = sender(&owner, "net");
    let without_room = keep(shop.db(), shop.now(), &one_more, "/cart", &full);
    let without_room = tokio::time::timeout(Duration::from_secs(2), without_room).await;
    assert_eq!(without_room.expect("nobody is waited for").unwrap(), None);
    writes.rollback().await.unwrap();
    // Who has as many as a browser keeps makes room with the oldest of them.
    let full_browser = sender(&browser, "net");
    let keeps = async |browser: &Sender<'_>| {
        let kept = keep(shop.db(), shop.now(), browser, "/cart", &full).await;
        kept.unwrap().is_some()
    };
    assert!(!keeps(&full_browser).await, "none of its own goes yet");
    shop.execute("DELETE FROM kept_forms").await;
    for _ in 0..OF_BROWSER {
        assert!(keeps(&full_browser).await);
    }
    for _ in OF_BROWSER..OF_NETWORK {
        assert!(keeps(&sender(&new_secret(), "net")).await);
    }
    assert!(!keeps(&one_more).await);
    assert!(keeps(&full_browser).await, "its oldest one goes");
    assert_eq!(kept(&shop).await, OF_NETWORK);
}
