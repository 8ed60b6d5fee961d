//! Settings and dashboard over HTTP: who sees them, and what the form keeps.

mod shown;

use app::identity::Role;

use crate::support::{ADMIN, Browser, Goods, STAFF, Site, TestShop, cash, on_both_databases};

on_both_databases!(
    settings_are_for_admins_and_the_dashboard_for_staff,
    a_refused_form_keeps_what_was_typed_and_marks_the_field,
    another_currency_is_shown_by_example_before_it_is_taken,
    who_saves_over_somebody_elses_is_shown_what_is_by_now,
    countries_are_ticked_by_region_without_script,
    the_dashboard_is_whole_without_script,
);

const CUSTOMER: &str = "customer@shop.test";
const SAVE: &str = "/api/admin/settings/save";

type Fields<'a> = Vec<(&'a str, &'a str)>;

/// The form as it is in a new shop, with other values for some fields.
fn form<'a>(changes: &[(&'a str, &'a str)]) -> Fields<'a> {
    let mut fields = vec![
        ("version", "0"),
        ("name", "Holdfast"),
        ("currency", "EUR"),
        ("tax", "19"),
        ("time_zone", "UTC"),
        ("mail_from", ""),
        ("payment_hold_minutes", "30"),
        ("cart_days", "30"),
        ("low_stock", "5"),
        ("rates[0][id]", "standard"),
        ("rates[0][name]", "Standard"),
        ("rates[0][description]", "3 to 5 working days"),
        ("rates[0][price]", "4.90"),
        ("rates[0][free_from]", "75.00"),
        ("rates[1][id]", ""),
        ("rates[1][name]", ""),
        ("rates[1][description]", ""),
        ("rates[1][price]", ""),
        ("rates[1][free_from]", ""),
    ];
    for (name, value) in changes {
        match fields.iter_mut().find(|field| field.0 == *name) {
            Some(field) => field.1 = value,
            None => fields.push((name, value)),
        }
    }
    fields
}

async fn signed_in(site: &Site, email: &str) -> Browser {
    let browser = site.browser();
    browser.sign_in(email).await.expect(200);
    browser
}

async fn settings_are_for_admins_and_the_dashboard_for_staff(shop: TestShop) {
    shop.admin().await;
    shop.account(STAFF, Role::Staff).await;
    shop.account(CUSTOMER, Role::Customer).await;
    let site = shop.open().await;
    let who = [None, Some(CUSTOMER), Some(STAFF), Some(ADMIN)];
    for (who, [dashboard, live, settings, save]) in who.into_iter().zip([
        [404, 404, 404, 404],
        [404, 404, 404, 404],
        [200, 200, 404, 404],
        [200, 200, 200, 200],
    ]) {
        let browser = match who {
            Some(email) => {
                let browser = site.browser();
                browser.sign_in(email).await;
                browser
            }
            None => site.browser(),
        };
        assert_eq!(browser.page("/admin").await.status, dashboard, "{who:?}");
        let read = browser.read("/api/admin/dashboard/live").await;
        assert_eq!(read.status, live, "{who:?}");
        let page = browser.page("/admin/settings").await;
        assert_eq!(page.status, settings, "{who:?}");
        let name = [("name", "Ropery")];
        let saved = browser.call(SAVE, &form(&name)).await;
        assert_eq!(saved.status, save, "{who:?}");
        if who == Some(STAFF) {
            let dashboard = browser.page("/admin").await;
            assert!(!dashboard.body.contains("/admin/settings"));
            assert_eq!(shop.services.settings.now().await.unwrap().name, "Holdfast");
        }
    }
    assert_eq!(shop.services.settings.now().await.unwrap().name, "Ropery");
}

async fn a_refused_form_keeps_what_was_typed_and_marks_the_field(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = signed_in(&site, ADMIN).await;
    let typed = form(&[
        ("name", "Ropery"),
        ("tax", "a lot"),
        ("currency", "USD"),
        ("time_zone", "Europe/Berlin"),
        ("rates[0][price]", "4,9x"),
        ("rates[1][description]", "By bike"),
    ]);
    let page = browser.submit(SAVE, &typed).await.refused();
    for kept in [
        "value=\"Ropery\"",
        "value=\"a lot\"",
        "value=\"USD\"",
        "value=\"4,9x\"",
        "value=\"By bike\"",
        "value=\"Europe/Berlin\" selected",
        "id=\"tax-error\"",
        "id=\"confirm_currency-error\"",
        "id=\"rates[0][price]-error\"",
        "id=\"rates[1][name]-error\"",
    ] {
        assert!(page.body.contains(kept), "{kept}");
    }
    assert_eq!(shop.services.settings.now().await.unwrap().name, "Holdfast");
    let saved = browser
        .submit(SAVE, &form(&[("name", "Ropery")]))
        .await
        .expect(303);
    assert_eq!(saved.location(), "/admin/settings?saved=1");
    let page = browser.page("/admin/settings?saved=1").await.expect(200);
    assert!(page.body.contains("by admin@shop.test"));
}

async fn another_currency_is_shown_by_example_before_it_is_taken(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(3450)).await;
    shop.admin().await;
    let site = shop.open().await;
    let browser = signed_in(&site, ADMIN).await;
    let page = browser
        .submit(SAVE, &form(&[("currency", "JPY")]))
        .await
        .refused();
    for shown in [
        "€34.00 becomes ¥34",
        "1 price is rounded: €34.50 becomes ¥35.",
        "id=\"confirm_currency-error\"",
    ] {
        assert!(page.body.contains(shown), "{shown}");
    }
    let ticked = form(&[("currency", "JPY"), ("confirm_currency", "1")]);
    browser.submit(SAVE, &ticked).await.expect(303);
    let product = format!("/products/{}", rope.slug);
    let page = site.browser().page(&product).await.expect(200);
    assert!(page.body.contains("¥35"));
    let settings = browser.page("/admin/settings").await.expect(200);
    // What the form was not told to change is there in the new currency.
    assert!(settings.body.contains("value=\"5\"") && settings.body.contains("value=\"75\""));
}

async fn who_saves_over_somebody_elses_is_shown_what_is_by_now(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = signed_in(&site, ADMIN).await;
    let first = form(&[("name", "First"), ("rates[0][price]", "5.00")]);
    browser.submit(SAVE, &first).await.expect(303);
    let page = browser
        .submit(SAVE, &form(&[("name", "Second")]))
        .await
        .refused();
    for shown in [
        "admin@shop.test saved different settings",
        "Current value: First",
        "value=\"Second\"",
        "Standard: 5.00, free from 75.00",
        "name=\"version\" value=\"1\"",
    ] {
        assert!(page.body.contains(shown), "{shown}");
    }
    assert_eq!(shop.services.settings.now().await.unwrap().name, "First");
    let again = form(&[("name", "Second"), ("version", "1")]);
    browser.submit(SAVE, &again).await.expect(303);
    assert_eq!(shop.services.settings.now().await.unwrap().name, "Second");
}

async fn countries_are_ticked_by_region_without_script(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = signed_in(&site, ADMIN).await;
    let page = browser.page("/admin/settings").await.expect(200);
    for shown in [
        "Countries",
        "27 of 27",
        "value=\"JP\"",
        "value=\"DE\" checked",
        "Add all countries",
    ] {
        assert!(page.body.contains(shown), "{shown}");
    }
    let mut ticked = form(&[("name", " ")]);
    ticked.extend([
        ("countries[]", ""),
        ("countries[]", "JP"),
        ("add_regions[]", "oceania"),
    ]);
    let page = browser.submit(SAVE, &ticked).await.refused();
    assert!(page.body.contains("value=\"JP\" checked"));
    assert!(page.body.contains("value=\"oceania\" checked"));
    assert!(!page.body.contains("value=\"DE\" checked"));

    let nothing = [form(&[]), vec![("countries[]", "")]].concat();
    let page = browser.submit(SAVE, &nothing).await.refused();
    assert!(page.body.contains("id=\"countries-error\""));
    ticked[1].1 = "Holdfast";
    browser.submit(SAVE, &ticked).await.expect(303);
    let settings = shop.services.settings.now().await.unwrap();
    assert!(settings.delivers_to.contains("JP") && settings.delivers_to.contains("NZ"));
    assert!(!settings.delivers_to.contains("DE"));

    // The checkout offers these and no others.
    let rope = shop.stock(Goods::named("Rope")).await;
    let shopper = site.browser();
    shopper.add(rope.variant(), 1).await.expect(200);
    let page = shopper.visit("/checkout").await.expect(200);
    let (delivery, _billing) = page.body.split_once("name=\"billing_").unwrap();
    assert!(delivery.contains(">New Zealand<") && !delivery.contains(">Germany<"));
}

async fn the_dashboard_is_whole_without_script(shop: TestShop) {
    let rope = shop
        .stock(Goods::named("Rope & <Line>").price(1000).units(6))
        .await;
    shop.bought(&[(rope.variant(), 2)], cash()).await;
    shop.admin().await;
    shop.account(STAFF, Role::Staff).await;
    let site = shop.open().await;
    let admin = signed_in(&site, ADMIN).await;
    let staff = signed_in(&site, STAFF).await;
    for (path, unit) in [
        ("/admin", "hour"),
        ("/admin?days=7", "day"),
        ("/admin?days=x", "hour"),
    ] {
        let page = admin.page(path).await.expect(200);
        for shown in [
            "€20.00",
            &format!(">Revenue by {unit}</span>"),
            "id=\"revenue-title\"",
            "id=\"revenue-desc\"",
            "Rope &amp; &lt;Line&gt;",
            "Low stock: 5 or fewer",
            "Times are in UTC.",
            "33 %",
        ] {
            assert!(page.body.contains(shown), "{path}: {shown}");
        }
        assert!(!page.body.contains("<Line>"), "{path}");
    }
    let link = format!("/admin/products/{}", rope.id);
    assert!(admin.page("/admin").await.body.contains(&link));
    let page = staff.page("/admin").await.expect(200);
    assert!(page.body.contains("€20.00") && !page.body.contains(&link));
    let live = staff
        .read("/api/admin/dashboard/live")
        .await
        .expect(200)
        .json();
    assert_eq!(live["variants"][0]["sold"], 2);
    assert_eq!(live["orders_last_minute"], 1);
}
