//! What is in a drop, from a file: all of it or nothing.

use app::{
    error::{ErrorKind, ShopResult},
    identity::Account,
};
use reqwest::{
    Method,
    header::ACCEPT,
    multipart::{Form, Part},
};

use super::{Line, OPENS, Times, draft, kind, planned, remaining};
use crate::support::{ADMIN, Answer, Browser, Goods, TestShop, cash, on_both_databases};

on_both_databases!(
    a_file_puts_variants_in_and_changes_those_that_are_in,
    nothing_is_taken_of_a_file_with_a_wrong_row,
    a_file_takes_units_from_the_shelf_of_a_drop_that_is_planned,
    a_file_is_sent_without_script_and_comes_back_if_it_is_wrong,
);

async fn take(shop: &TestShop, actor: &Account, id: &str, file: &str) -> ShopResult<usize> {
    let desk = &shop.shop().drop_admin;
    desk.take_file(actor, id, file.as_bytes().to_vec()).await
}

fn told(taken: ShopResult<usize>) -> String {
    taken.unwrap_err().fields[0].message.clone()
}

async fn a_file_puts_variants_in_and_changes_those_that_are_in(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").sku("R-1")).await;
    shop.stock(Goods::named("Lamp").sku("L-1")).await;
    let saved = draft(&shop, &actor, "Summer", Times::NEW, &[&rope]).await;
    let file = "SKU;Price;Units;Limit\nR-1;15.50;4;2\nL-1;;;\n";
    assert_eq!(take(&shop, &actor, &saved.id, file).await.unwrap(), 2);
    let drop = shop.shop().drop_admin.by_id(&saved.id).await.unwrap();
    let lines: Vec<_> = drop
        .lines
        .iter()
        .map(|line| {
            let title = line.title.as_str();
            (title, line.price_minor, line.units, line.limit)
        })
        .collect();
    let expected = [("Rope", Some(1550), 4, Some(2)), ("Lamp", None, 10, None)];
    assert_eq!(lines, expected);
    assert_eq!(shop.units(rope.variant()).await, 10, "a draft takes none");
    // The same again changes nothing but what it says.
    assert_eq!(
        take(&shop, &actor, &saved.id, "sku\nR-1\n").await.unwrap(),
        1
    );
    let drop = shop.shop().drop_admin.by_id(&saved.id).await.unwrap();
    let rope = &drop.lines[0];
    assert_eq!((rope.price_minor, rope.units, rope.limit), (None, 10, None));
    let entries = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'drop.file'";
    assert_eq!(shop.number(entries).await, 2);
}

async fn nothing_is_taken_of_a_file_with_a_wrong_row(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").sku("R-1")).await;
    let saved = draft(&shop, &actor, "Summer", Times::NEW, &[]).await;
    let file = "SKU,Price,Units\nR-1,15,4\nMOON,1,1\nR-2,x,0\n";
    let words = told(take(&shop, &actor, &saved.id, file).await);
    assert!(
        words.contains("Line 3") && words.contains("MOON"),
        "{words}"
    );
    let words = told(take(&shop, &actor, &saved.id, "SKU,Price,Units\nR-1,x,0\n").await);
    assert!(
        words.contains("Line 2") && words.contains("price"),
        "{words}"
    );
    assert!(told(take(&shop, &actor, &saved.id, "name\nRope\n").await).contains("SKU"));
    let drop = shop.shop().drop_admin.by_id(&saved.id).await.unwrap();
    assert!(drop.lines.is_empty());
    let entries = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'drop.file'";
    assert_eq!(shop.number(entries).await, 0);
    let none = take(&shop, &actor, &rope.id, "sku\nR-1\n").await;
    assert_eq!(kind(none), ErrorKind::NotFound, "a product is no drop");
    let desk = &shop.shop().drop_admin;
    let other = planned(
        &shop,
        &actor,
        "Autumn",
        Times::NEW,
        (
            &rope,
            Line {
                variant: rope.variant(),
                price: "",
                units: 2,
                limit: "",
            },
        ),
    )
    .await;
    desk.call_off(&actor, &other.id).await.unwrap();
    let late = take(&shop, &actor, &other.id, "sku\nR-1\n").await;
    assert_eq!(kind(late), ErrorKind::Conflict);
}

async fn a_file_takes_units_from_the_shelf_of_a_drop_that_is_planned(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").sku("R-1")).await;
    let line = Line::of(rope.variant(), 4);
    let saved = planned(&shop, &actor, "Summer", Times::NEW, (&rope, line)).await;
    shop.clock.set(OPENS);
    shop.bought(&[(rope.variant(), 3)], cash()).await;
    let words = told(take(&shop, &actor, &saved.id, "SKU,Units\nR-1,2\n").await);
    assert!(words.contains("3 are sold"), "{words}");
    let words = told(take(&shop, &actor, &saved.id, "SKU,Units\nR-1,11\n").await);
    assert!(
        words.contains("Line 2") && words.contains("more of Rope"),
        "{words}"
    );
    assert_eq!(remaining(&shop, &saved.id).await, 1, "nothing half-done");
    take(&shop, &actor, &saved.id, "SKU,Price,Units\nR-1,20,9\n")
        .await
        .unwrap();
    assert_eq!(remaining(&shop, &saved.id).await, 6);
    assert_eq!(shop.units(rope.variant()).await, 1);
}

async fn upload(browser: &Browser, id: &str, file: &str) -> Answer {
    let part = Part::bytes(file.as_bytes().to_vec()).file_name("drop.csv");
    let form = Form::new().text("id", id.to_owned()).part("file", part);
    let request = browser.request(Method::POST, "/api/admin/drops/file");
    browser
        .send(request.header(ACCEPT, "text/html").multipart(form))
        .await
}

async fn a_file_is_sent_without_script_and_comes_back_if_it_is_wrong(shop: TestShop) {
    let actor = shop.admin().await;
    shop.stock(Goods::named("Rope").sku("R-1")).await;
    let saved = draft(&shop, &actor, "Summer", Times::NEW, &[]).await;
    for (language, unknown, taken) in [
        ("en", "No variant has the SKU MOON", "are in the drop"),
        (
            "de",
            "Keine Variante hat die SKU MOON",
            "sind jetzt im Drop",
        ),
    ] {
        let shop = shop.speaking(language);
        let site = shop.open().await;
        let guest = site.browser();
        upload(&guest, &saved.id, "sku\nR-1\n").await.expect(404);
        let browser = site.browser();
        browser.sign_in(ADMIN).await.expect(200);
        let wrong = upload(&browser, &saved.id, "sku\nMOON\n").await;
        let wrong = wrong.came_back().body;
        assert!(wrong.contains(unknown), "{unknown} in {wrong}");
        let sent = upload(&browser, &saved.id, "sku\nR-1\n").await.expect(303);
        let page = browser.page(sent.location()).await.expect(200).body;
        assert!(page.contains(taken) && page.contains("Rope"), "{page}");
        upload(&browser, "none", "sku\nR-1\n").await.expect(404);
        site.close().await;
    }
}
