//! A look is chosen: checked, never silently overwritten, on record, and read by every node at once.

use std::sync::Arc;

use app::{
    error::{ErrorKind, ShopResult},
    identity::Account,
    locale::Locale,
    look::{
        Look,
        types::{Accent, Corners, Font},
    },
};
use desk::admin::look::{
    faults::LookFault,
    ports::{LookAdmin, LookForm},
    types::{LookSaved, Place},
};
use server::db::{Get, Sql};

use crate::support::{DAY, HOUR, TestShop, on_both_databases};

on_both_databases!(
    nothing_is_chosen_until_somebody_saves,
    what_is_chosen_is_saved_and_on_record,
    what_cannot_be_right_changes_nothing,
    of_two_admins_the_second_is_told,
    every_node_has_the_new_look_at_once,
    saving_other_settings_keeps_the_look,
    a_picture_waits_a_day_for_a_look_that_names_it,
);

fn desk(shop: &TestShop) -> Arc<dyn LookAdmin> {
    shop.services.shop.port()
}

/// The form as the page shows it.
async fn form(shop: &TestShop) -> LookForm {
    let view = desk(shop).look().await.unwrap();
    LookForm::of(&view.look, view.version)
}

async fn save(shop: &TestShop, actor: &Account, form: LookForm) -> ShopResult<LookSaved> {
    desk(shop).save(actor, Locale::En, form).await
}

async fn entries(shop: &TestShop) -> i64 {
    shop.number("SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'look.save'")
        .await
}

const SQUARE: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><path d=\"M0 0h8v8H0z\"/></svg>";

async fn picture(shop: &TestShop, place: Place) -> String {
    let added = desk(shop).add_picture(place, SQUARE.into()).await.unwrap();
    added.expect("it is drawn").id
}

async fn nothing_is_chosen_until_somebody_saves(shop: TestShop) {
    let view = desk(&shop).look().await.unwrap();
    assert_eq!((view.look, view.version), (Look::default(), 0));
    assert_eq!(view.changed, None);
    // Saving without a change is none.
    let admin = shop.admin().await;
    let saved = save(&shop, &admin, form(&shop).await).await.unwrap();
    assert_eq!((saved.version, entries(&shop).await), (0, 0));
}

async fn what_is_chosen_is_saved_and_on_record(shop: TestShop) {
    let admin = shop.admin().await;
    let chosen = LookForm {
        accent: "hue".to_owned(),
        hue: "250".to_owned(),
        corners: "round".to_owned(),
        font: "literata".to_owned(),
        logo: picture(&shop, Place::Logo).await,
        icon: picture(&shop, Place::Icon).await,
        ..form(&shop).await
    };
    assert_eq!(
        save(&shop, &admin, chosen.clone()).await.unwrap().version,
        1
    );
    let view = desk(&shop).look().await.unwrap();
    assert_eq!(view.look.accent, Accent::Hue(250));
    assert_eq!(view.look.corners, Corners::Round);
    assert_eq!(view.look.font, Font::Literata);
    let logo = view.look.logo.as_ref().unwrap();
    assert_eq!(
        (&logo.id, logo.width, logo.height),
        (&chosen.logo, 160, 160)
    );
    assert_eq!(view.look.icon.as_ref().unwrap().id, chosen.icon);
    let changed = view.changed.unwrap();
    assert_eq!((changed.at, changed.by), (shop.now(), admin.email.clone()));
    let sql = "SELECT before_json, after_json FROM audit_entries WHERE action = 'look.save'";
    let row = Sql::new(sql).fetch_one(shop.db().reader()).await.unwrap();
    let json =
        |column| -> serde_json::Value { serde_json::from_str(&row.text(column).unwrap()).unwrap() };
    assert_eq!(json("before_json")["accent"], "standard");
    assert_eq!(json("after_json")["accent"], "250");
    assert_eq!(json("after_json")["logo"], chosen.logo);
    // A picture is judged by its box, and another hue is another look.
    let later = LookForm {
        remove_logo: "1".to_owned(),
        hue: "251".to_owned(),
        ..form(&shop).await
    };
    assert_eq!(save(&shop, &admin, later).await.unwrap().version, 2);
    let look = desk(&shop).look().await.unwrap().look;
    assert_eq!((look.logo, look.accent), (None, Accent::Hue(251)));
    assert!(look.icon.is_some());
}

async fn what_cannot_be_right_changes_nothing(shop: TestShop) {
    let admin = shop.admin().await;
    let icon = picture(&shop, Place::Icon).await;
    let good = form(&shop).await;
    let of = |change: fn(&mut LookForm)| {
        let mut form = good.clone();
        change(&mut form);
        form
    };
    let hue = |hue: &str| LookForm {
        accent: "hue".to_owned(),
        hue: hue.to_owned(),
        ..good.clone()
    };
    for (form, fields) in [
        (of(|form| form.accent.clear()), vec!["accent"]),
        (of(|form| form.accent = "red".to_owned()), vec!["accent"]),
        (hue(""), vec!["hue"]),
        (hue("360"), vec!["hue"]),
        (hue("-1"), vec!["hue"]),
        (hue("standard"), vec!["hue"]),
        (hue("7;} body { display: none"), vec!["hue"]),
        (of(|form| form.corners = "oval".to_owned()), vec!["corners"]),
        (
            of(|form| {
                form.font = "Comic Sans".to_owned();
                form.corners.clear();
            }),
            vec!["corners", "font"],
        ),
        (of(|form| form.logo = "0".repeat(32)), vec!["logo"]),
        // An icon is no logo.
        (
            LookForm {
                logo_dark: icon.clone(),
                ..good.clone()
            },
            vec!["logo_dark"],
        ),
    ] {
        let refused = save(&shop, &admin, form.clone()).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Invalid, "{form:?}");
        let found: Vec<_> = refused.fields.iter().map(|field| &field.field).collect();
        assert_eq!(found, fields, "{form:?}");
        // The page says the same before it is saved, and shows what is right.
        let (look, faults) = desk(&shop).draft(&form).await.unwrap();
        assert_eq!(look, Look::default());
        assert_eq!(faults.len(), fields.len());
    }
    let german = LookFault::Hue.words(Locale::De);
    assert_eq!(german, "Geben Sie eine Zahl von 0 bis 359 ein.");
    let refused = desk(&shop).save(&admin, Locale::De, hue("x")).await;
    assert_eq!(refused.unwrap_err().fields[0].message, german);
    assert_eq!((form(&shop).await, entries(&shop).await), (good, 0));
}

async fn of_two_admins_the_second_is_told(shop: TestShop) {
    let admin = shop.admin().await;
    let both = form(&shop).await;
    let first = LookForm {
        corners: "square".to_owned(),
        ..both.clone()
    };
    let second = LookForm {
        font: "inter".to_owned(),
        ..both
    };
    save(&shop, &admin, first).await.unwrap();
    let told = save(&shop, &admin, second.clone()).await.unwrap_err();
    assert_eq!(told.kind, ErrorKind::Conflict);
    let look = desk(&shop).look().await.unwrap().look;
    assert_eq!((look.corners, look.font), (Corners::Square, Font::System));
    let again = LookForm {
        version: "1".to_owned(),
        ..second
    };
    save(&shop, &admin, again).await.unwrap();
    assert_eq!(entries(&shop).await, 2);
}

async fn every_node_has_the_new_look_at_once(shop: TestShop) {
    let admin = shop.admin().await;
    let nodes = [shop.clone(), shop.second_node(), shop.second_node()];
    for hue in [10, 120, 240] {
        for node in &nodes {
            let settings = node.services.settings.now().await.unwrap();
            assert_ne!(settings.look.accent, Accent::Hue(hue));
        }
        let chosen = LookForm {
            accent: "hue".to_owned(),
            hue: hue.to_string(),
            ..form(&shop).await
        };
        let node = &nodes[usize::from(hue / 120) % nodes.len()];
        save(node, &admin, chosen).await.unwrap();
        for node in &nodes {
            let settings = node.services.settings.now().await.unwrap();
            assert_eq!(settings.look.accent, Accent::Hue(hue));
        }
    }
}

async fn saving_other_settings_keeps_the_look(shop: TestShop) {
    let admin = shop.admin().await;
    let chosen = LookForm {
        font: "outfit".to_owned(),
        ..form(&shop).await
    };
    save(&shop, &admin, chosen).await.unwrap();
    shop.execute("UPDATE shop_settings SET name = 'Ropery', version = version + 1")
        .await;
    let look = desk(&shop).look().await.unwrap().look;
    assert_eq!(look.font, Font::Outfit);
    let settings = shop.second_node().services.settings.now().await.unwrap();
    assert_eq!((settings.name.as_str(), &settings.look), ("Ropery", &look));
}

async fn a_picture_waits_a_day_for_a_look_that_names_it(shop: TestShop) {
    let admin = shop.admin().await;
    let (logo, _unnamed) = (
        picture(&shop, Place::Logo).await,
        picture(&shop, Place::Icon).await,
    );
    let chosen = LookForm {
        logo: logo.clone(),
        ..form(&shop).await
    };
    save(&shop, &admin, chosen).await.unwrap();
    let pictures = || shop.number("SELECT COUNT(*) AS n FROM look_pictures");
    shop.clock.advance(DAY - HOUR);
    shop.services.run_maintenance().await;
    assert_eq!(pictures().await, 2);
    // The same picture once more waits as long as a new one.
    picture(&shop, Place::Icon).await;
    shop.clock.advance(2 * HOUR);
    shop.services.run_maintenance().await;
    assert_eq!(pictures().await, 2);
    shop.clock.advance(DAY);
    shop.services.run_maintenance().await;
    let left = Sql::new("SELECT id FROM look_pictures")
        .fetch_all(shop.db().reader())
        .await
        .unwrap();
    let left: Vec<_> = left.iter().map(|row| row.text("id").unwrap()).collect();
    assert_eq!(left, [logo]);
}
