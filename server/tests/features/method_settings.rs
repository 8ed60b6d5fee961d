//! What the owner sets of payment methods.

mod checkout;
mod upgrade;

use std::collections::BTreeMap;

use app::{
    error::ErrorKind,
    identity::{Account, Role},
};
use desk::admin::methods::{
    ports::{MethodsForm, MethodsView},
    types::MethodForm,
};

use crate::support::{ADMIN, Goods, STAFF, Stocked, TestShop, cash, on_both_databases};
use checkout::{offered, refused_at_payment};

on_both_databases!(
    what_every_node_offers_is_what_was_saved,
    what_cannot_be_right_is_refused_and_comes_back,
    of_two_who_save_at_once_the_second_is_told,
    the_page_is_for_admins,
    another_currency_keeps_the_numbers,
);

const SAVE: &str = "/api/admin/methods/save";

async fn rope(shop: &TestShop) -> Stocked {
    shop.stock(Goods::named("Rope").price(1000)).await
}

async fn view(shop: &TestShop) -> MethodsView {
    shop.shop().methods.methods().await.unwrap()
}

/// The form as the page shows it.
fn typed(view: &MethodsView) -> MethodsForm {
    let methods = (1..).zip(&view.methods).map(|(place, one)| {
        let codes = one.countries.named().into_iter();
        let form = MethodForm {
            offered: one.rule.as_str().to_owned(),
            position: i32::to_string(&place),
            name: one.name.clone(),
            description: one.description.clone(),
            lowest: one.lowest.clone(),
            highest: one.highest.clone(),
            countries: codes.map(|(code, _)| code.to_owned()).collect(),
        };
        (one.method.clone(), form)
    });
    MethodsForm {
        version: view.version.to_string(),
        methods: methods.collect::<BTreeMap<_, _>>(),
    }
}

/// Saves what `change` makes of one of the methods.
pub async fn set(
    shop: &TestShop,
    admin: &Account,
    method: &str,
    change: impl FnOnce(&mut MethodForm),
) {
    let mut form = typed(&view(shop).await);
    change(form.methods.get_mut(method).expect("there is one"));
    let saved = shop.shop().methods.save(admin, form).await;
    saved.expect("it is saved");
}

async fn what_every_node_offers_is_what_was_saved(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = rope(&shop).await;
    let other = shop.second_node();
    let site = other.open().await;
    let page = format!("/products/{}", rope.slug);
    let browser = site.browser();
    let before = browser.page(&page).await.expect(200).body;
    assert!(before.contains("cash on delivery"), "{before}");
    set(&shop, &admin, "cash_on_delivery", |form| {
        form.offered = "off".to_owned();
    })
    .await;
    assert_eq!(offered(&other).await, ["test_card"]);
    let after = browser.page(&page).await.expect(200).body;
    assert!(!after.contains("cash on delivery"), "{after}");
    let (_, refused) = other.buy(&[(rope.variant(), 1)], cash()).await;
    refused_at_payment(&refused.unwrap_err(), "no longer available");
}

async fn what_cannot_be_right_is_refused_and_comes_back(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let of = |part: &str| format!("methods[cash_on_delivery]{part}");
    let names = ["[offered]", "[position]", "[lowest]", "[highest]"].map(of);
    let countries = of("[countries][]");
    let sent = [
        ("version", "1"),
        (names[0].as_str(), "perhaps"),
        (names[1].as_str(), "first"),
        (names[2].as_str(), "1.000"),
        (names[3].as_str(), "-1"),
        (countries.as_str(), "DE"),
        ("page", "/admin/settings/methods"),
    ];
    let refused = browser.call(SAVE, &sent).await.expect(422);
    assert_eq!(refused.fields(), [1, 0, 2, 3].map(|at| names[at].clone()));
    let page = browser.submit(SAVE, &sent).await.refused().body;
    assert!(page.contains("value=\"1.000\""), "{page}");
    assert!(page.contains("value=\"first\""), "{page}");
    assert_eq!(page.matches("aria-invalid=\"true\"").count(), 4, "{page}");
    assert!(page.contains("1 of 31"), "{page}");
    assert_eq!(view(&shop).await.version, 1);
}

async fn of_two_who_save_at_once_the_second_is_told(shop: TestShop) {
    let admin = shop.admin().await;
    let first = typed(&view(&shop).await);
    set(&shop, &admin, "cash_on_delivery", |form| {
        form.highest = "250".to_owned();
    })
    .await;
    let late = shop.shop().methods.save(&admin, first).await.unwrap_err();
    assert_eq!(late.kind, ErrorKind::Conflict);
    // The same again is no change.
    let same = typed(&view(&shop).await);
    let saved = shop.shop().methods.save(&admin, same).await.unwrap();
    assert_eq!(saved.version, 2);
}

async fn the_page_is_for_admins(shop: TestShop) {
    shop.admin().await;
    shop.account(STAFF, Role::Staff).await;
    let site = shop.open().await;
    let page = "/admin/settings/methods";
    let (admin, staff) = (site.browser(), site.browser());
    admin.sign_in(ADMIN).await.expect(200);
    staff.sign_in(STAFF).await.expect(200);
    staff.page(page).await.expect(404);
    let shown = admin.page(page).await.expect(200).body;
    for name in ["test_card", "cash_on_delivery", "bank_transfer"] {
        assert!(
            shown.contains(&format!("name=\"methods[{name}][position]\"")),
            "{shown}"
        );
    }
    assert!(
        !shown.contains("methods[stripe]"),
        "it is not set up: {shown}"
    );
    let settings = admin.page("/admin/settings").await.expect(200).body;
    assert!(settings.contains(page), "{settings}");
    // As the page sends it, without script.
    let sent = [
        ("version", "1"),
        ("methods[cash_on_delivery][offered]", "offered"),
        ("methods[cash_on_delivery][position]", "1"),
        ("methods[cash_on_delivery][countries][]", "AT"),
        ("methods[cash_on_delivery][countries][]", "DE"),
        ("page", page),
    ];
    let answer = admin.submit(SAVE, &sent).await.expect(303);
    let shown = admin.page(answer.location()).await.expect(200).body;
    assert!(shown.contains("Payment methods saved."), "{shown}");
    assert!(shown.contains("2 of 31"), "{shown}");
    let kept = view(&shop).await;
    assert_eq!(kept.methods[0].method, "cash_on_delivery");
    assert_eq!(kept.methods[0].countries.stored(), "AT DE");
}

async fn another_currency_keeps_the_numbers(shop: TestShop) {
    let admin = shop.admin().await;
    rope(&shop).await;
    set(&shop, &admin, "cash_on_delivery", |form| {
        form.lowest = "0.40".to_owned();
        form.highest = "250".to_owned();
    })
    .await;
    let desk = &shop.shop().settings_desk;
    let present = desk.settings().await.unwrap();
    let change = desk::admin::settings::ports::SettingsForm {
        version: present.version.to_string(),
        name: present.settings.name.clone(),
        currency: "JPY".to_owned(),
        confirm_currency: "1".to_owned(),
        tax: "19".to_owned(),
        time_zone: "UTC".to_owned(),
        payment_hold_minutes: "30".to_owned(),
        cart_days: "30".to_owned(),
        low_stock: "5".to_owned(),
        rates: present.rates.clone(),
        ..Default::default()
    };
    desk.save(&admin, change).await.unwrap();
    let after = view(&shop).await;
    let cash = after
        .methods
        .iter()
        .find(|one| one.method == "cash_on_delivery");
    let cash = cash.unwrap();
    // Nothing would be no limit.
    assert_eq!((cash.lowest.as_str(), cash.highest.as_str()), ("1", "250"));
    assert_eq!((after.currency.as_str(), after.version), ("JPY", 3));
}
