//! Ways to deliver as they are typed, each with what it costs.

use std::collections::BTreeSet;

use app::{
    catalog::limits::MAX_AMOUNT,
    delivery::{Handover, WorkingDays},
    money::{parse_amount, plain_amount},
};
use desk::admin::settings::types::RateForm;

use super::{MAX_NAME, SettingsBefore, Wrong, said};
use crate::{
    settings::Rate,
    text::{first_free, name_key, slugify},
};

const MAX_DESCRIPTION: usize = 120;
/// Ways a parcel may travel.
const MAX_RATES: usize = 12;

impl SettingsBefore<'_> {
    /// An amount of the form. One that was left as it was keeps its number in another currency, as
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

pub fn rates(
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
        let typed = [
            &form.description,
            &form.price,
            &form.free_from,
            &form.days_from,
            &form.days_to,
        ];
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
            read.map_err(|words| wrong.says(&field, words)).ok()
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
            handover: handover(&form.handover, wrong, &field("handover")),
            days: days(form, wrong, field),
        });
    }
    if rates.is_empty() {
        wrong.says("rates[0][name]", said().add_a_method());
    } else if rates.len() > MAX_RATES {
        let words = said().too_many_methods(&MAX_RATES.to_string());
        wrong.says(&format!("rates[{MAX_RATES}][name]"), words);
    }
    rates
}

fn handover(typed: &str, wrong: &mut Wrong, field: &str) -> Handover {
    match (typed.trim(), Handover::parse(typed.trim())) {
        ("", _) => Handover::default(),
        (_, Some(handover)) => handover,
        (_, None) => {
            wrong.says(field, said().choose_a_handover());
            Handover::default()
        }
    }
}

/// Both numbers of days, or neither.
fn days(form: &RateForm, wrong: &mut Wrong, field: impl Fn(&str) -> String) -> Option<WorkingDays> {
    let (from, to) = (form.days_from.trim(), form.days_to.trim());
    match (from, to) {
        ("", "") => return None,
        ("", _) => {
            wrong.says(&field("days_from"), said().enter_both_days());
            return None;
        }
        (_, "") => {
            wrong.says(&field("days_to"), said().enter_both_days());
            return None;
        }
        _ => {}
    }
    let [from, to] = [("days_from", from), ("days_to", to)]
        .map(|(name, text)| wrong.number_within(&field(name), text, 0..=WorkingDays::MOST));
    let (from, to) = (from?, to?);
    let days = WorkingDays::new(from, to);
    if days.is_none() {
        wrong.says(&field("days_to"), said().days_in_order(&from.to_string()));
    }
    days
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
    first_free(wanted, |id| ids.insert(id.to_owned()))
}
