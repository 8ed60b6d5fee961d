//! What an admin sets: checked, never silently overwritten, and on record.

mod effects;

use app::{
    error::{ErrorKind, ShopResult},
    identity::Account,
    returns::{ReturnCost, ReturnPolicy},
};
use desk::admin::settings::{
    ports::{SecondFactorRule, SettingsForm, SettingsView},
    types::SettingsSaved,
};
use server::db::{Get, Sql};

use crate::support::{Goods, TestShop, cash, on_both_databases, order};

on_both_databases!(
    nothing_is_set_until_somebody_saves,
    what_is_saved_stands_and_is_on_record,
    what_cannot_be_right_changes_nothing,
    of_two_admins_the_second_is_told,
    of_admins_who_save_at_once_one_does,
    another_tax_or_currency_is_not_taken_unseen,
);

/// The form as a page shows it.
pub fn typed(view: &SettingsView) -> SettingsForm {
    let settings = &view.settings;
    SettingsForm {
        version: view.version.to_string(),
        name: settings.name.clone(),
        currency: settings.currency.clone(),
        confirm_currency: String::new(),
        tax: (settings.tax_basis_points / 100).to_string(),
        time_zone: settings.time_zone.clone(),
        dispatch_by: settings
            .dispatch_by
            .map(|time| time.to_string())
            .unwrap_or_default(),
        return_days: settings
            .returns
            .map(|policy| policy.days().to_string())
            .unwrap_or_default(),
        return_cost: settings
            .returns
            .map(|policy| policy.cost.as_str().to_owned())
            .unwrap_or_default(),
        mail_from: settings.mail_from.clone(),
        payment_hold_minutes: settings.payment_hold_minutes.to_string(),
        cart_days: settings.cart_days.to_string(),
        low_stock: settings.low_stock.to_string(),
        second_factor: SecondFactorRule::of(settings).as_str().to_owned(),
        countries: Vec::new(),
        add_regions: Vec::new(),
        default_language: settings
            .languages
            .default_language()
            .locale
            .code()
            .to_owned(),
        languages: settings
            .languages
            .locales()
            .map(|locale| locale.code().to_owned())
            .collect(),
        rates: view.rates.clone(),
    }
}

pub async fn form(shop: &TestShop) -> SettingsForm {
    typed(&shop.shop().settings_desk.settings().await.unwrap())
}

pub async fn try_to_save(
    shop: &TestShop,
    actor: &Account,
    form: SettingsForm,
) -> ShopResult<SettingsSaved> {
    shop.shop().settings_desk.save(actor, form).await
}

/// Saves what `change` makes of the present settings.
pub async fn set(shop: &TestShop, actor: &Account, change: impl FnOnce(&mut SettingsForm)) {
    let mut form = form(shop).await;
    change(&mut form);
    try_to_save(shop, actor, form).await.expect("it is saved");
}

async fn entries(shop: &TestShop) -> i64 {
    shop.number("SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'settings.save'")
        .await
}

async fn nothing_is_set_until_somebody_saves(shop: TestShop) {
    let view = shop.shop().settings_desk.settings().await.unwrap();
    assert_eq!(*view.settings, **shop.services.settings.defaults());
    assert_eq!((view.version, &view.changed), (0, &None));
    let rates: Vec<_> = view.rates.iter().map(|rate| rate.id.as_str()).collect();
    assert_eq!(rates, ["standard", "express", "pickup"]);
    assert!(view.zones.iter().any(|zone| zone == "Europe/Berlin"));
    // Saving without a change is none.
    let admin = shop.admin().await;
    let saved = try_to_save(&shop, &admin, form(&shop).await).await.unwrap();
    assert_eq!((saved.version, entries(&shop).await), (0, 0));
    // What was not set is as the command line says, whatever else was.
    set(&shop, &admin, |form| form.name = "Ropery".to_owned()).await;
    let set = "SELECT COUNT(*) AS n FROM shop_settings WHERE name = 'Ropery' AND currency IS NULL \
        AND tax_basis_points IS NULL AND mail_from IS NULL";
    assert_eq!(shop.number(set).await, 1);
}

async fn what_is_saved_stands_and_is_on_record(shop: TestShop) {
    let admin = shop.admin().await;
    set(&shop, &admin, |form| {
        form.name = "Ropery".to_owned();
        form.tax = "7.5".to_owned();
        form.time_zone = "europe/berlin".to_owned();
        form.rates.remove(1);
        form.rates[0].price = "5.50".to_owned();
        form.rates[0].free_from = String::new();
        form.rates[0].days_from = "2".to_owned();
        form.rates[0].days_to = "4".to_owned();
        form.dispatch_by = "14:30".to_owned();
        form.return_days = "30".to_owned();
        form.return_cost = "shop".to_owned();
    })
    .await;
    let view = shop.shop().settings_desk.settings().await.unwrap();
    assert_eq!(view.settings.name, "Ropery");
    assert_eq!(view.settings.tax_basis_points, 750);
    assert_eq!(view.settings.time_zone, "Europe/Berlin");
    assert_eq!(view.version, 1);
    assert_eq!(view.changed.unwrap().by, admin.email);
    let rates: Vec<_> = view
        .rates
        .iter()
        .map(|r| (r.id.as_str(), r.price.as_str()))
        .collect();
    assert_eq!(rates, [("standard", "5.50"), ("pickup", "0.00")]);
    assert_eq!(view.rates[0].days_from, "2");
    assert_eq!(view.rates[0].days_to, "4");
    // New shops begin with one that is fetched.
    let handovers: Vec<_> = view.rates.iter().map(|r| r.handover.as_str()).collect();
    assert_eq!(handovers, ["", "collection"]);
    let dispatch_by = view.settings.dispatch_by;
    assert_eq!(dispatch_by.unwrap().to_string(), "14:30");
    let returns = ReturnPolicy::new(30, ReturnCost::Shop);
    assert_eq!(view.settings.returns, returns);

    let row = Sql::new("SELECT actor, subject_kind, before_json, after_json FROM audit_entries WHERE action = 'settings.save'")
        .fetch_one(shop.db().reader())
        .await
        .unwrap();
    let json = |column: &str| -> serde_json::Value {
        serde_json::from_str(&row.text(column).unwrap()).unwrap()
    };
    assert_eq!(row.text("actor").unwrap(), admin.email);
    assert_eq!(row.text("subject_kind").unwrap(), "settings");
    let (before, after) = (json("before_json"), json("after_json"));
    assert_eq!(
        (&before["name"], &after["name"]),
        (&"Holdfast".into(), &"Ropery".into())
    );
    assert_eq!(before["shipping_rates"][0]["free_from_minor"], 7500);
    assert_eq!(after["shipping_rates"][0]["price_minor"], 550);
    assert_eq!(after["shipping_rates"][0]["days_to"], 4);
    assert_eq!(after["dispatch_by"], "14:30");
    assert_eq!(after["return_days"], 30);
    assert_eq!(after["return_cost"], "shop");
    assert_eq!(after["shipping_rates"].as_array().unwrap().len(), 2);
}

async fn what_cannot_be_right_changes_nothing(shop: TestShop) {
    let admin = shop.admin().await;
    let mut wrong = form(&shop).await;
    wrong.name = String::new();
    wrong.currency = "USD".to_owned();
    wrong.rates[1].price = "a lot".to_owned();
    let refused = try_to_save(&shop, &admin, wrong).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Invalid);
    let fields: Vec<_> = refused
        .fields
        .iter()
        .map(|field| field.field.as_str())
        .collect();
    assert_eq!(fields, ["name", "confirm_currency", "rates[1][price]"]);
    assert_eq!(
        shop.shop().settings_desk.settings().await.unwrap().version,
        0
    );
    assert_eq!(entries(&shop).await, 0);
}

async fn of_two_admins_the_second_is_told(shop: TestShop) {
    let admin = shop.admin().await;
    let (mut first, mut second) = (form(&shop).await, form(&shop).await);
    first.name = "First".to_owned();
    second.name = "Second".to_owned();
    try_to_save(&shop, &admin, first).await.unwrap();
    let refused = try_to_save(&shop, &admin, second.clone())
        .await
        .unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    assert_eq!(shop.services.settings.now().await.unwrap().name, "First");
    // One who has seen it may save again.
    second.version = "1".to_owned();
    try_to_save(&shop, &admin, second).await.unwrap();
    assert_eq!(shop.services.settings.now().await.unwrap().name, "Second");
    for version in ["", "x", "99"] {
        let mut form = form(&shop).await;
        form.version = version.to_owned();
        let refused = try_to_save(&shop, &admin, form).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Conflict, "{version:?}");
    }
}

async fn of_admins_who_save_at_once_one_does(shop: TestShop) {
    let admin = shop.admin().await;
    let form = form(&shop).await;
    let save = |name: &str| {
        let form = SettingsForm {
            name: name.to_owned(),
            ..form.clone()
        };
        try_to_save(&shop, &admin, form)
    };
    let (a, b, c) = tokio::join!(save("A"), save("B"), save("C"));
    let saved = [&a, &b, &c]
        .into_iter()
        .filter(|saved| saved.is_ok())
        .count();
    assert_eq!(saved, 1, "{a:?} {b:?} {c:?}");
    assert_eq!(entries(&shop).await, 1);
}

async fn another_tax_or_currency_is_not_taken_unseen(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let terms = |shop: &TestShop| {
        let (checkout, cart) = (shop.shop().checkout.clone(), cart.clone());
        async move { checkout.view(Some(&cart)).await.unwrap().totals.terms() }
    };
    let mut asked = order(cash(), 1000);
    asked.terms = Some(terms(&shop).await);
    assert_eq!(asked.terms.as_deref(), Some("EUR 1900"));
    set(&shop, &admin, |form| form.tax = "7".to_owned()).await;
    let refused = shop.place(&cart, asked.clone()).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::TotalChanged);
    asked.terms = Some(terms(&shop).await);
    set(&shop, &admin, |form| {
        form.currency = "GBP".to_owned();
        form.confirm_currency = "1".to_owned();
    })
    .await;
    let refused = shop.place(&cart, asked.clone()).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::TotalChanged);
    assert_eq!(shop.orders().await, 0);
    asked.terms = Some(terms(&shop).await);
    let placed = shop.place(&cart, asked).await.unwrap();
    let bought = shop.order(&placed).await;
    assert_eq!(
        (bought.currency.as_str(), bought.total_minor),
        ("GBP", 1000)
    );
}
