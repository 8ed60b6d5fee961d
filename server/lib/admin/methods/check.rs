//! What a form of the payment methods means, over what is set.

#[cfg(test)]
mod tests;

use std::{cmp::Ordering, collections::BTreeMap, ops::RangeInclusive};

use app::{checkout::types::BANK_TRANSFER, countries::DeliveryCountries, error::ShopResult};
use desk::admin::methods::{
    ports::{MAX_DESCRIPTION, MAX_NAME, OfferRule},
    types::MethodForm,
};

use super::said;
use crate::{admin::saving::Wrong, payment::methods::Method};

const POSITION: RangeInclusive<i64> = 1..=99;

/// What a form is held against.
pub struct Before<'a> {
    /// In their order; also those that are not set up now.
    pub methods: &'a [Method],
    /// Those that this shop can have.
    pub known: &'a [&'static str],
    pub currency: &'a str,
    pub delivers_to: &'a DeliveryCountries,
    pub account: BankAccount,
}

/// Whether there is an account that money can be sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BankAccount {
    Known,
    Missing,
}

/// The methods as they are to be. One that the form does not name stays as it is, and so does the place of one
/// that this shop does not have now.
pub fn checked(
    typed: &BTreeMap<String, MethodForm>,
    before: &Before<'_>,
) -> ShopResult<Vec<Method>> {
    let mut wrong = Wrong::default();
    let is_here = |one: &Method| before.known.contains(&one.method.as_str());
    let all = full(before);
    let places: Vec<bool> = all.iter().map(is_here).collect();
    let (here, elsewhere): (Vec<_>, Vec<_>) = all.into_iter().partition(is_here);
    let mut placed = Vec::new();
    for (place, one) in (1_i64..).zip(here) {
        let Some(form) = typed.get(&one.method) else {
            placed.push(Placed {
                place,
                wanted: place,
                method: one,
            });
            continue;
        };
        let field = |part: &str| format!("methods[{}][{part}]", one.method);
        let wanted = match form.position.trim() {
            "" => place,
            position => wrong.number(&field("position"), position, POSITION),
        };
        let method = method(form, &one, before, &mut wrong);
        placed.push(Placed {
            place,
            wanted,
            method,
        });
    }
    placed.sort_by(Placed::before);
    let mut placed = placed.into_iter().map(|one| one.method);
    // Each of the others keeps its place among all.
    let mut elsewhere = elsewhere.into_iter();
    let all = places.into_iter().filter_map(|is_here| match is_here {
        true => placed.next(),
        false => elsewhere.next(),
    });
    wrong.or(all.collect())
}

/// What is set, and behind it what nobody has set anything of.
fn full(before: &Before<'_>) -> Vec<Method> {
    let mut all = before.methods.to_vec();
    for known in before.known {
        if !all.iter().any(|one| one.method == *known) {
            all.push(Method::unset(known));
        }
    }
    all
}

/// A method on its way to its place.
struct Placed {
    place: i64,
    wanted: i64,
    method: Method,
}

impl Placed {
    /// Of two that are wanted at one place, whatever moved up is before what stays there, and what moved down
    /// behind it.
    fn before(&self, other: &Self) -> Ordering {
        let moved = |one: &Self| one.wanted.cmp(&one.place);
        let wanted = self.wanted.cmp(&other.wanted);
        let moved = wanted.then_with(|| moved(self).cmp(&moved(other)));
        moved.then_with(|| self.place.cmp(&other.place))
    }
}

fn method(form: &MethodForm, one: &Method, before: &Before<'_>, wrong: &mut Wrong) -> Method {
    let field = |part: &str| format!("methods[{}][{part}]", one.method);
    let rule = OfferRule::parse(form.offered.trim());
    let rule = wrong.choice(&field("offered"), rule, OfferRule::Off);
    if rule == OfferRule::Offered
        && one.method == BANK_TRANSFER
        && before.account == BankAccount::Missing
    {
        wrong.says(&field("offered"), said().no_account());
    }
    let mut amount = |part: &str, typed: &str| match typed.trim() {
        "" => None,
        typed => Some(wrong.amount(&field(part), typed, before.currency)),
    };
    let lowest_minor = amount("lowest", &form.lowest);
    let highest_minor = amount("highest", &form.highest);
    if let (Some(lowest), Some(highest)) = (lowest_minor, highest_minor)
        && (1..lowest).contains(&highest)
    {
        wrong.says(&field("highest"), said().lowest_above_highest());
    }
    Method {
        method: one.method.clone(),
        is_on: rule == OfferRule::Offered,
        name: wrong.line(&field("name"), &form.name, MAX_NAME),
        description: wrong.line(&field("description"), &form.description, MAX_DESCRIPTION),
        lowest_minor,
        highest_minor,
        countries: countries(form, one, before, wrong),
    }
}

/// Those that were ticked before may stay although nothing is delivered there any more.
fn countries(
    form: &MethodForm,
    one: &Method,
    before: &Before<'_>,
    wrong: &mut Wrong,
) -> DeliveryCountries {
    let codes = form.countries.iter().map(|code| code.trim());
    let codes: Vec<&str> = codes.filter(|code| !code.is_empty()).collect();
    let may_be = |code: &str| {
        let code = code.to_ascii_uppercase();
        before.delivers_to.contains(&code) || one.countries.contains(&code)
    };
    if !codes.iter().all(|code| may_be(code)) {
        let field = format!("methods[{}][countries]", one.method);
        wrong.says(&field, said().not_delivered_there());
    }
    DeliveryCountries::of(codes)
}
