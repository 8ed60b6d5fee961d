//! What may be set. Everything that is wrong is said at once, each with its field.

mod rates;
#[cfg(test)]
mod tests;

use app::{
    countries::DeliveryCountries,
    delivery::calendar::DispatchTime,
    email::Email,
    error::ShopError,
    money::parse_percent,
    returns::{ReturnCost, ReturnPolicy},
    shop::ShopSettings,
};
use desk::admin::settings::ports::{SecondFactorRule, SettingsForm};

use self::rates::rates;
use super::{currency_change::CurrencyChange, languages::languages, said};
use crate::{admin::saving::Wrong, outbox::sender, settings::Rate};

/// Longest name of the shop and of a way to deliver, in characters.
const MAX_NAME: usize = 60;
/// A day; a week more of an order that nobody pays keeps units from others.
const PAYMENT_HOLD_MINUTES: std::ops::RangeInclusive<i64> = 5..=24 * 60;
const CART_DAYS: std::ops::RangeInclusive<i64> = 1..=365;
const RETURN_DAYS: std::ops::RangeInclusive<i64> = 1..=ReturnPolicy::MOST_DAYS;
const LOW_STOCK: std::ops::RangeInclusive<i64> = 0..=1000;

/// What a form is held against.
pub struct SettingsBefore<'a> {
    pub settings: &'a ShopSettings,
    pub rates: &'a [Rate],
    /// What the form's currency would do, if it is another.
    pub change: Option<&'a CurrencyChange>,
}

/// The currency that a form means, as it was typed but for its case.
pub fn currency_of(form: &SettingsForm) -> String {
    form.currency.trim().to_ascii_uppercase()
}

/// What the form means, over what is set.
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
        dispatch_by: dispatch_by(&form.dispatch_by, &mut wrong),
        returns: returns(form, standing.settings, &mut wrong),
        mail_from: mail_from(&form.mail_from, &mut wrong),
        payment_hold_minutes: wrong.number(
            "payment_hold_minutes",
            &form.payment_hold_minutes,
            PAYMENT_HOLD_MINUTES,
        ),
        cart_days: wrong.number("cart_days", &form.cart_days, CART_DAYS),
        low_stock: wrong.number("low_stock", &form.low_stock, LOW_STOCK),
        second_factor_required: second_factor(form, standing.settings, &mut wrong),
        delivers_to: delivers_to(form, standing.settings, &mut wrong),
        look: standing.settings.look.clone(),
        languages: languages(form, standing.settings, &mut wrong),
        written_in: standing.settings.written_in,
        opening: standing.settings.opening,
        seller: standing.settings.seller.clone(),
        sentences: standing.settings.sentences.clone(),
        brakes: standing.settings.brakes.clone(),
        carriers: standing.settings.carriers.clone(),
        currency,
    };
    let rates = rates(&form.rates, standing, &settings.currency, &mut wrong);
    wrong.or((settings, rates))
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
            Some(refusal) => wrong.says("currency", refusal),
            None if form.confirm_currency.is_empty() => {
                wrong.says("confirm_currency", change.words());
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

fn dispatch_by(text: &str, wrong: &mut Wrong) -> Option<DispatchTime> {
    let text = text.trim();
    let time = DispatchTime::parse(text);
    if time.is_none() && !text.is_empty() {
        wrong.says("dispatch_by", said().enter_a_time());
    }
    time
}

fn returns(form: &SettingsForm, before: &ShopSettings, wrong: &mut Wrong) -> Option<ReturnPolicy> {
    let before = before.returns.map(|policy| policy.cost);
    let cost = match form.return_cost.trim() {
        "" => before.unwrap_or_default(),
        typed => {
            let cost = ReturnCost::parse(typed);
            wrong.choice("return_cost", cost, ReturnCost::default())
        }
    };
    match form.return_days.trim() {
        "" => None,
        days => ReturnPolicy::new(wrong.number("return_days", days, RETURN_DAYS), cost),
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

fn delivers_to(
    form: &SettingsForm,
    current: &ShopSettings,
    wrong: &mut Wrong,
) -> DeliveryCountries {
    if form.countries.is_empty() && form.add_regions.is_empty() {
        return current.delivers_to.clone();
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
