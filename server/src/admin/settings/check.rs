//! What may be set. Everything that is wrong is said at once, each with its field.

use std::collections::BTreeSet;

use app::{
    admin::settings::{
        ports::{OfferRule, SecondFactorRule, SettingsForm},
        types::RateForm,
    },
    countries::DeliveryCountries,
    email::Email,
    error::ShopError,
    money::{parse_amount, parse_percent, plain_amount},
    shop::ShopSettings,
};

use super::{currency_change::CurrencyChange, languages::languages, said, wrong::Wrong};
use crate::{
    catalog::write::draft::MAX_AMOUNT,
    outbox::sender,
    settings::Rate,
    text::{name_key, slugify},
};

/// Longest name of the shop and of a rate, in characters.
const MAX_NAME: usize = 60;
const MAX_DESCRIPTION: usize = 120;
/// Ways a parcel may travel.
pub const MAX_RATES: usize = 12;
/// A day; a week more of an order that nobody pays keeps units from others.
const PAYMENT_HOLD_MINUTES: std::ops::RangeInclusive<i64> = 5..=24 * 60;
const CART_DAYS: std::ops::RangeInclusive<i64> = 1..=365;
const LOW_STOCK: std::ops::RangeInclusive<i64> = 0..=1000;

/// What a form is held against.
pub struct SettingsBefore<'a> {
    pub settings: &'a ShopSettings,
    pub rates: &'a [Rate],
    /// What the form's currency would do, if it is another.
    pub change: Option<&'a CurrencyChange>,
}

impl SettingsBefore<'_> {
    /// An amount of the form. One that was left as it stood keeps its number in another currency, as
    /// all prices do; one that was typed is meant in the form's currency.
    fn amount(&self, text: &str, stood: Option<i64>, currency: &str) -> Result<i64, String> {
        let wanted = said().enter_an_amount();
        let kept = self.change.zip(stood);
        let kept = kept.filter(|(change, minor)| plain_amount(*minor, &change.from) == text);
        let minor = match kept {
            Some((change, minor)) => change.of(minor),
            None => parse_amount(text, currency).map_err(|error| error.words(wanted))?,
        };
        match minor <= MAX_AMOUNT {
            true => Ok(minor),
            false => Err(wanted.to_owned()),
        }
    }
}

/// The currency that a form means, as it was typed but for its case.
pub fn currency_of(form: &SettingsForm) -> String {
    form.currency.trim().to_ascii_uppercase()
}

/// What the form means, over what stands.
pub fn checked(
    form: &SettingsForm,
    standing: &SettingsBefore<'_>,
) -> Result<(ShopSettings, Vec<Rate>), ShopError> {
    let mut wrong = Wrong::default();
    let name = wrong.line("name", &form.name, MAX_NAME);
    if name.is_empty() {
        wrong.says("name", said().enter_the_name());
    }
    let currency = currency(form, standing, &mut wrong);
    let tax_basis_points = parse_percent(&form.tax).ok().filter(|tax| *tax <= 10_000);
    if tax_basis_points.is_none() {
        wrong.says("tax", said().enter_a_tax());
    }
    let settings = ShopSettings {
        name,
        base_url: standing.settings.base_url.clone(),
        payment_mode: standing.settings.payment_mode,
        payment_provider: standing.settings.payment_provider,
        tax_basis_points: tax_basis_points.unwrap_or_default(),
        time_zone: time_zone(&form.time_zone, &mut wrong),
        mail_from: mail_from(&form.mail_from, &mut wrong),
        payment_hold_minutes: wrong.number(
            "payment_hold_minutes",
            &form.payment_hold_minutes,
            PAYMENT_HOLD_MINUTES,
        ),
        cart_days: wrong.number("cart_days", &form.cart_days, CART_DAYS),
        low_stock: wrong.number("low_stock", &form.low_stock, LOW_STOCK),
        cash_on_delivery: cash_on_delivery(form, standing.settings, &mut wrong),
        second_factor_required: second_factor(form, standing.settings, &mut wrong),
        delivers_to: delivers_to(form, standing.settings, &mut wrong),
        look: standing.settings.look.clone(),
        languages: languages(form, standing.settings, &mut wrong),
        written_in: standing.settings.written_in,
        opening: standing.settings.opening,
        test_card: test_card(form, standing.settings, &mut wrong),
        seller: standing.settings.seller.clone(),
        sentences: standing.settings.sentences.clone(),
        brakes: standing.settings.brakes.clone(),
        carriers: standing.settings.carriers.clone(),
        currency,
    };
    let rates = rates(&form.rates, standing, &settings.currency, &mut wrong);
    match wrong.refusal() {
        None => Ok((settings, rates)),
        Some(refusal) => Err(refusal),
    }
}

/// Whether a rule is on. A form that does not know its field leaves it as it is: nothing is switched off
/// unsaid.
fn is_on(wrong: &mut Wrong, field: &str, typed: &str, before: bool, on: Option<bool>) -> bool {
    match (typed.trim(), on) {
        ("", _) => before,
        (_, Some(on)) => on,
        (_, None) => {
            wrong.says(field, said().choose_an_option());
            before
        }
    }
}

fn cash_on_delivery(form: &SettingsForm, before: &ShopSettings, wrong: &mut Wrong) -> bool {
    let typed = &form.cash_on_delivery;
    let rule = OfferRule::parse(typed.trim()).map(|rule| rule == OfferRule::Offered);
    is_on(
        wrong,
        "cash_on_delivery",
        typed,
        before.cash_on_delivery,
        rule,
    )
}

fn test_card(form: &SettingsForm, before: &ShopSettings, wrong: &mut Wrong) -> bool {
    let typed = &form.test_card;
    let rule = OfferRule::parse(typed.trim()).map(|rule| rule == OfferRule::Offered);
    is_on(wrong, "test_card", typed, before.test_card, rule)
}

fn second_factor(form: &SettingsForm, before: &ShopSettings, wrong: &mut Wrong) -> bool {
    let typed = &form.second_factor;
    let rule = SecondFactorRule::parse(typed.trim());
    let rule = rule.map(|rule| rule == SecondFactorRule::Required);
    is_on(
        wrong,
        "second_factor",
        typed,
        before.second_factor_required,
        rule,
    )
}

fn currency(form: &SettingsForm, standing: &SettingsBefore<'_>, wrong: &mut Wrong) -> String {
    let currency = currency_of(form);
    match standing.change {
        _ if currency == standing.settings.currency => {}
        None => wrong.says("currency", said().enter_a_currency()),
        Some(change) => match change.refusal() {
            Some(refusal) => wrong.says("currency", &refusal),
            None if form.confirm_currency.is_empty() => {
                wrong.says("confirm_currency", &change.words());
            }
            None => {}
        },
    }
    currency
}

fn time_zone(text: &str, wrong: &mut Wrong) -> String {
    let zone = jiff::tz::TimeZone::get(text.trim());
    match zone.ok().as_ref().and_then(|zone| zone.iana_name()) {
        Some(name) => name.to_owned(),
        None => {
            wrong.says("time_zone", said().choose_a_time_zone());
            String::new()
        }
    }
}

fn mail_from(text: &str, wrong: &mut Wrong) -> String {
    let from = wrong.line("mail_from", text, 200);
    let is_right = match sender(&from) {
        Ok(mailbox) => Email::mailable(mailbox.email.as_ref()).is_ok(),
        Err(_) => from.is_empty(),
    };
    if !is_right {
        wrong.says("mail_from", said().enter_a_sender());
    }
    from
}

fn delivers_to(form: &SettingsForm, stands: &ShopSettings, wrong: &mut Wrong) -> DeliveryCountries {
    if form.countries.is_empty() && form.add_regions.is_empty() {
        return stands.delivers_to.clone();
    }
    let named = form.countries.iter().map(|code| code.trim());
    let named: Vec<&str> = named.filter(|code| !code.is_empty()).collect();
    let mut chosen = DeliveryCountries::of(named.iter().copied());
    if !named
        .iter()
        .all(|code| chosen.contains(&code.to_ascii_uppercase()))
    {
        wrong.says("countries", said().choose_countries());
    }
    for id in &form.add_regions {
        match DeliveryCountries::of_region(id) {
            Some(region) => chosen = chosen.with(region),
            None => wrong.says("countries", said().choose_regions()),
        }
    }
    if named.is_empty() && chosen.is_empty() {
        wrong.says("countries", said().choose_one_country());
    }
    chosen
}

fn rates(
    forms: &[RateForm],
    standing: &SettingsBefore<'_>,
    currency: &str,
    wrong: &mut Wrong,
) -> Vec<Rate> {
    let mut rates: Vec<Rate> = Vec::new();
    let named = forms.iter().filter(|form| !form.name.trim().is_empty());
    let mut ids: BTreeSet<String> = named.map(|form| form.id.trim().to_owned()).collect();
    for (at, form) in forms.iter().enumerate() {
        let field = |name: &str| format!("rates[{at}][{name}]");
        let name = wrong.line(&field("name"), &form.name, MAX_NAME);
        let typed = [&form.description, &form.price, &form.free_from];
        if name.is_empty() {
            // A rate that is cleared goes; a new one without a name was forgotten.
            if form.id.is_empty() && typed.iter().any(|text| !text.trim().is_empty()) {
                wrong.says(&field("name"), said().name_the_method());
            }
            continue;
        }
        let stood = standing.rates.iter().find(|rate| rate.id == form.id.trim());
        let amount = |text: &str, stood: Option<i64>, wrong: &mut Wrong, field: String| {
            let read = standing.amount(text, stood, currency);
            read.map_err(|words| wrong.says(&field, &words)).ok()
        };
        let price_minor = match form.price.trim() {
            "" => Some(0),
            text => {
                let stood = stood.map(|rate| rate.price_minor);
                amount(text, stood, wrong, field("price"))
            }
        };
        let free_from_minor = match form.free_from.trim() {
            "" => None,
            text => {
                let stood = stood.and_then(|rate| rate.free_from_minor);
                amount(text, stood, wrong, field("free_from"))
            }
        };
        let id = match form.id.trim() {
            "" => free_id(&name, &mut ids),
            id => id.to_owned(),
        };
        let is_id = (1..=64).contains(&id.len())
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        let is_another = |rate: &Rate| rate.id != id && name_key(&rate.name) != name_key(&name);
        if !is_id || !rates.iter().all(is_another) {
            wrong.says(&field("name"), said().name_of_its_own());
        }
        rates.push(Rate {
            id,
            name,
            description: wrong.line(&field("description"), &form.description, MAX_DESCRIPTION),
            price_minor: price_minor.unwrap_or_default(),
            free_from_minor,
        });
    }
    if rates.is_empty() {
        wrong.says("rates[0][name]", said().add_a_method());
    } else if rates.len() > MAX_RATES {
        let words = said().too_many_methods(&MAX_RATES.to_string());
        wrong.says(&format!("rates[{MAX_RATES}][name]"), &words);
    }
    rates
}

/// An id for a new way: made from its name, with a number if another way has it.
fn free_id(name: &str, ids: &mut BTreeSet<String>) -> String {
    let letters: String = slugify(name)
        .chars()
        .filter(char::is_ascii)
        .take(56)
        .collect();
    let wanted = match letters.trim_matches('-') {
        "" => "way",
        letters => letters,
    };
    let mut id = wanted.to_owned();
    for number in 2.. {
        if ids.insert(id.clone()) {
            break;
        }
        id = format!("{wanted}-{number}");
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::currencies;

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
            let wrong_cash = wrong(|form| form.cash_on_delivery = text(other));
            assert_eq!(wrong_cash, ["cash_on_delivery"], "{other}");
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
    fn a_form_that_says_nothing_of_cash_leaves_it_as_it_is() {
        for (stands, typed, is_offered) in [
            (false, "", false),
            (true, "", true),
            (false, "offered", true),
            (true, "off", false),
        ] {
            let stands = ShopSettings {
                cash_on_delivery: stands,
                ..ShopSettings::default()
            };
            let form = SettingsForm {
                cash_on_delivery: typed.to_owned(),
                ..form()
            };
            let settings = saved(&form, &stands);
            assert_eq!(settings.cash_on_delivery, is_offered, "{typed:?}");
        }
    }

    #[test]
    fn a_form_that_says_nothing_of_the_second_factor_leaves_it_as_it_is() {
        for (stands, typed, is_required) in [
            (false, "", false),
            (true, "", true),
            (false, "required", true),
            (true, "optional", false),
        ] {
            let stands = ShopSettings {
                second_factor_required: stands,
                ..ShopSettings::default()
            };
            let form = SettingsForm {
                second_factor: typed.to_owned(),
                ..form()
            };
            let settings = saved(&form, &stands);
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
}
