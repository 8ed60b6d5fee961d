use app::{
    countries::DeliveryCountries,
    delivery::{Handover, WorkingDays},
    error::ShopError,
    returns::{ReturnCost, ReturnPolicy},
    shop::ShopSettings,
};
use desk::admin::settings::{ports::SettingsForm, types::RateForm};

use super::{SettingsBefore, checked, currency_of};
use crate::{
    admin::settings::currency_change::CurrencyChange,
    settings::{Rate, currencies},
};

fn form() -> SettingsForm {
    let text = |text: &str| text.to_owned();
    SettingsForm {
        version: text("0"),
        name: text(" Rope & Co "),
        currency: text("eur"),
        tax: text("7,5"),
        time_zone: text("europe/berlin"),
        payment_hold_minutes: text("15"),
        cart_days: text("10"),
        low_stock: text("3"),
        rates: vec![RateForm {
            name: text("By bike"),
            price: text("3.50"),
            free_from: text("40"),
            ..RateForm::default()
        }],
        ..SettingsForm::default()
    }
}

fn checked_over(
    form: &SettingsForm,
    rates: &[Rate],
) -> Result<(ShopSettings, Vec<Rate>), ShopError> {
    let (settings, wanted) = (ShopSettings::default(), currency_of(form));
    let is_other = wanted != settings.currency && currencies::is_one(&wanted);
    let change = is_other.then(|| CurrencyChange::new(&settings.currency, &wanted));
    let standing = SettingsBefore {
        settings: &settings,
        rates,
        change: change.as_ref(),
    };
    checked(form, &standing)
}

/// The fields that are wrong once `change` was made to a form that is right.
fn wrong(change: impl FnOnce(&mut SettingsForm)) -> Vec<String> {
    let mut form = form();
    change(&mut form);
    match checked_over(&form, &[]) {
        Ok(_) => Vec::new(),
        Err(error) => error.fields.into_iter().map(|field| field.field).collect(),
    }
}

#[test]
fn what_is_typed_is_read_as_it_is_meant() {
    let (settings, rates) = checked_over(&form(), &[]).unwrap();
    assert_eq!(settings.name, "Rope & Co");
    assert_eq!(settings.currency, "EUR");
    assert_eq!(settings.tax_basis_points, 750);
    assert_eq!(settings.time_zone, "Europe/Berlin");
    assert_eq!(
        (settings.payment_hold_minutes, settings.cart_days),
        (15, 10)
    );
    assert_eq!(rates[0].id, "by-bike");
    assert_eq!(
        (rates[0].price_minor, rates[0].free_from_minor),
        (350, Some(4000))
    );
}

#[test]
fn each_field_says_what_is_wrong_with_it() {
    let text = |text: &str| text.to_owned();
    assert!(wrong(|_| ()).is_empty());
    assert_eq!(wrong(|form| form.name = text(" ")), ["name"]);
    assert_eq!(wrong(|form| form.name = "x".repeat(61)), ["name"]);
    for unseen in ["\u{200b}", "Rope\u{202e}epoR", "\u{ad}", "\u{301}", "a\nb"] {
        let name = wrong(|form| form.name = text(unseen));
        assert_eq!(name, ["name"], "{unseen:?}");
        let rate = wrong(|form| form.rates[0].name = text(unseen));
        assert!(rate.contains(&text("rates[0][name]")), "{unseen:?}");
        let rate = wrong(|form| form.rates[0].description = text(unseen));
        assert_eq!(rate, ["rates[0][description]"], "{unseen:?}");
    }
    assert_eq!(wrong(|form| form.currency = text("EURO")), ["currency"]);
    assert_eq!(wrong(|form| form.currency = text("ABC")), ["currency"]);
    assert_eq!(
        wrong(|form| form.currency = text("USD")),
        ["confirm_currency"]
    );
    for tax in ["", "-1", "100.01", "x", "1e3", "19.000", "1,000"] {
        assert_eq!(wrong(|form| form.tax = text(tax)), ["tax"], "{tax}");
    }
    for zone in ["", "Mars/Base", "+01:00", "../etc/passwd"] {
        assert_eq!(
            wrong(|form| form.time_zone = text(zone)),
            ["time_zone"],
            "{zone}"
        );
    }
    for from in [
        "shop",
        "Shop <>",
        "Shop <a@b>",
        "a@b.de\nBcc: c@d.de",
        "a@b.de, c@d.de",
    ] {
        let wrong = wrong(|form| form.mail_from = text(from));
        assert!(wrong.contains(&text("mail_from")), "{from}");
    }
    for number in ["", "0", "-1", "1.5", "999999999999999999999"] {
        let wrong = wrong(|form| {
            form.payment_hold_minutes = text(number);
            form.cart_days = text(number);
        });
        assert_eq!(wrong, ["payment_hold_minutes", "cart_days"], "{number}");
    }
    assert_eq!(wrong(|form| form.low_stock = text("1001")), ["low_stock"]);
    for other in ["1", "yes", "Required"] {
        let wrong_rule = wrong(|form| form.second_factor = text(other));
        assert_eq!(wrong_rule, ["second_factor"], "{other}");
    }
}

/// What a right form makes of settings without rates.
fn saved(form: &SettingsForm, before: &ShopSettings) -> ShopSettings {
    let standing = SettingsBefore {
        settings: before,
        rates: &[],
        change: None,
    };
    checked(form, &standing).unwrap().0
}

#[test]
fn a_form_that_says_nothing_of_the_second_factor_leaves_it_as_it_is() {
    for (current, typed, is_required) in [
        (false, "", false),
        (true, "", true),
        (false, "required", true),
        (true, "optional", false),
    ] {
        let current = ShopSettings {
            second_factor_required: current,
            ..ShopSettings::default()
        };
        let form = SettingsForm {
            second_factor: typed.to_owned(),
            ..form()
        };
        let settings = saved(&form, &current);
        assert_eq!(settings.second_factor_required, is_required, "{typed:?}");
    }
}

#[test]
fn countries_are_those_that_are_ticked_and_of_the_regions_added() {
    let chosen = |countries: &[&str], regions: &[&str]| {
        let mut form = form();
        form.countries = countries.iter().map(|code| (*code).to_owned()).collect();
        form.add_regions = regions.iter().map(|id| (*id).to_owned()).collect();
        let settings = checked_over(&form, &[]);
        settings.map(|(settings, _)| settings.delivers_to)
    };
    assert_eq!(chosen(&[], &[]).unwrap(), DeliveryCountries::default());
    assert_eq!(chosen(&["", "de", "JP"], &[]).unwrap().stored(), "DE JP");
    assert_eq!(chosen(&["JP"], &["eu"]).unwrap().len(), 28);
    let all = chosen(&[""], &["everywhere"]).unwrap();
    assert_eq!(all, DeliveryCountries::everywhere());
    for (countries, regions) in [
        (vec![""], vec![]),
        (vec!["XX"], vec![]),
        (vec!["DE", "<b>"], vec![]),
        (vec!["DE"], vec!["atlantis"]),
    ] {
        let refused = chosen(&countries, &regions).unwrap_err();
        assert_eq!(refused.fields.len(), 1, "{countries:?} {regions:?}");
        assert_eq!(refused.fields[0].field, "countries");
    }
}

#[test]
fn rates_need_names_and_amounts_and_there_is_at_least_one() {
    let text = |text: &str| text.to_owned();
    let rate = |change: fn(&mut RateForm)| wrong(|form| change(&mut form.rates[0]));
    assert_eq!(
        rate(|rate| rate.price = "-1".to_owned()),
        ["rates[0][price]"]
    );
    assert_eq!(
        rate(|rate| rate.free_from = "x".to_owned()),
        ["rates[0][free_from]"]
    );
    assert!(rate(|rate| rate.price = String::new()).is_empty());
    assert_eq!(wrong(|form| form.rates.clear()), ["rates[0][name]"]);
    let nameless = rate(|rate| rate.name = String::new());
    assert_eq!(nameless, ["rates[0][name]", "rates[0][name]"]);
    let twice = wrong(|form| form.rates.push(form.rates[0].clone()));
    assert_eq!(twice, ["rates[1][name]"]);
    let in_capitals = wrong(|form| {
        let name = form.rates[0].name.to_uppercase();
        form.rates.push(RateForm {
            name,
            ..RateForm::default()
        });
    });
    assert_eq!(in_capitals, ["rates[1][name]"]);
    // The digits of the currency that is meant, not of the one that was.
    let yen = wrong(|form| {
        form.currency = text("JPY");
        form.confirm_currency = text("1");
    });
    assert_eq!(yen, ["rates[0][price]"]);
}

#[test]
fn days_are_two_numbers_in_order_or_none() {
    let wrong_days = |from: &str, to: &str| {
        wrong(|form| {
            form.rates[0].days_from = from.to_owned();
            form.rates[0].days_to = to.to_owned();
        })
    };
    for (from, to) in [("", ""), (" ", " "), ("2", "4"), ("0", "0"), ("60", "60")] {
        assert!(wrong_days(from, to).is_empty(), "{from}-{to}");
    }
    for (from, to, field) in [
        ("2", "", "days_to"),
        ("", "2", "days_from"),
        ("3", "2", "days_to"),
        ("x", "2", "days_from"),
        ("-1", "2", "days_from"),
        ("1", "61", "days_to"),
        ("1", "1.5", "days_to"),
    ] {
        assert_eq!(
            wrong_days(from, to),
            [format!("rates[0][{field}]")],
            "{from}-{to}"
        );
    }
    assert_eq!(wrong_days("x", "y").len(), 2);

    let mut form = form();
    form.rates[0].days_from = " 2".to_owned();
    form.rates[0].days_to = "4".to_owned();
    form.rates[0].handover = "collection".to_owned();
    let (_, rates) = checked_over(&form, &[]).unwrap();
    assert_eq!(rates[0].days, WorkingDays::new(2, 4));
    assert_eq!(rates[0].handover, Handover::Collection);
    form.rates[0].handover = "by_drone".to_owned();
    let refused = checked_over(&form, &[]).unwrap_err();
    assert_eq!(refused.fields[0].field, "rates[0][handover]");
}

#[test]
fn the_dispatch_time_is_a_time_of_day_or_none() {
    let dispatch = |typed: &str| {
        let mut form = form();
        form.dispatch_by = typed.to_owned();
        checked_over(&form, &[]).map(|(settings, _)| settings.dispatch_by)
    };
    assert_eq!(dispatch(" ").unwrap(), None);
    let time = dispatch(" 14:30 ").unwrap().unwrap();
    assert_eq!(time.to_string(), "14:30");
    for typed in ["14", "24:00", "2 pm"] {
        let refused = dispatch(typed).unwrap_err();
        assert_eq!(refused.fields[0].field, "dispatch_by", "{typed}");
    }
}

#[test]
fn returns_are_promised_for_days_at_somebodys_cost_or_not_at_all() {
    let returns = |days: &str, cost: &str| {
        let mut form = form();
        form.return_days = days.to_owned();
        form.return_cost = cost.to_owned();
        checked_over(&form, &[]).map(|(settings, _)| settings.returns)
    };
    assert_eq!(returns(" ", "shop").unwrap(), None);
    let policy = ReturnPolicy::new(30, ReturnCost::Shop);
    assert_eq!(returns(" 30 ", "shop").unwrap(), policy);
    let policy = ReturnPolicy::new(14, ReturnCost::Customer);
    assert_eq!(returns("14", "").unwrap(), policy);
    for (days, cost, field) in [
        ("0", "shop", "return_days"),
        ("366", "shop", "return_days"),
        ("a month", "shop", "return_days"),
        ("30", "nobody", "return_cost"),
    ] {
        let refused = returns(days, cost).unwrap_err();
        assert_eq!(refused.fields[0].field, field, "{days} {cost}");
    }
}

#[test]
fn an_amount_that_could_mean_two_is_refused_with_both() {
    let mut form = form();
    form.rates[0].price = "1.000".to_owned();
    form.rates[0].free_from = "1,500".to_owned();
    let refused = checked_over(&form, &[]).unwrap_err();
    let words: Vec<_> = refused.fields.iter().map(|f| f.message.as_str()).collect();
    assert_eq!(
        words,
        [
            "1.000 could mean 1.00 or 1,000.00. Write 1000 or 1.00.",
            "1,500 could mean 1.50 or 1,500.00. Write 1500 or 1.50.",
        ]
    );
}

#[test]
fn rates_that_were_left_alone_keep_their_numbers_in_another_currency() {
    let stood = Rate {
        id: "bike".to_owned(),
        name: "By bike".to_owned(),
        description: String::new(),
        price_minor: 350,
        free_from_minor: Some(4000),
        handover: Handover::default(),
        days: None,
    };
    let mut form = form();
    form.currency = "JPY".to_owned();
    form.confirm_currency = "1".to_owned();
    form.rates[0].id = "bike".to_owned();
    form.rates[0].free_from = "40.00".to_owned();
    let (_, rates) = checked_over(&form, std::slice::from_ref(&stood)).unwrap();
    assert_eq!(
        (rates[0].price_minor, rates[0].free_from_minor),
        (4, Some(40))
    );
    // What is typed along with it is meant in the new one.
    form.rates[0].price = "500".to_owned();
    let (_, rates) = checked_over(&form, &[stood]).unwrap();
    assert_eq!(rates[0].price_minor, 500);
}
