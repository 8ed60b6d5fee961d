//! The fields of the settings' form, section by section.

use app::{
    catalog::types::Availability,
    money::plain_amount,
    returns::ReturnCost,
    ui::{
        field::{CheckField, Need, SelectField, TextField, error_line},
        form::Form,
    },
};
use leptos::prelude::*;

use super::{
    ports::{SecondFactorRule, SettingsView},
    said,
};

/// The form's fields: as typed, or as they are set.
pub(super) struct Fields<'a> {
    pub form: Form,
    pub current: &'a SettingsView,
}

impl Fields<'_> {
    pub fn currency(&self) -> String {
        let currency = self.form.value("currency", &self.current.settings.currency);
        currency.to_ascii_uppercase()
    }

    /// What is said below a field: its hint, or what someone else has set.
    fn hint(&self, name: &str, current: &str, hint: &str) -> String {
        let typed = self.form.value(name, current);
        match self.form.is_overtaken() && typed.trim() != current {
            true => match current {
                "" => said().current_empty().to_owned(),
                current => said().current_value(current),
            },
            false => hint.to_owned(),
        }
    }
}

pub(super) fn of_shop(form: &Fields<'_>) -> AnyView {
    let settings = &form.current.settings;
    let zones = form.current.zones.iter();
    let zones: Vec<_> = zones
        .map(|zone| (zone.clone(), zone.replace('_', " ")))
        .collect();
    let zone_hint = form.hint("time_zone", &settings.time_zone, said().time_zone_hint());
    view! {
        <section class="panel" aria-labelledby="of-shop">
            <h2 class="panel-title" id="of-shop">{said().shop()}</h2>
            <div class="form-grid">
                <TextField
                    form=&form.form
                    name="name"
                    label=said().shop_name()
                    autocomplete="off"
                    maxlength=60
                    value=&settings.name
                    hint=form.hint("name", &settings.name, "")
                />
                <SelectField
                    form=&form.form
                    name="time_zone"
                    label=said().time_zone()
                    options=zones
                    value=&settings.time_zone
                    hint=zone_hint
                />
            </div>
        </section>
    }
    .into_any()
}

/// Until when orders are sent off on the same working day.
pub(super) fn dispatch(form: &Fields<'_>) -> AnyView {
    let time = form.current.settings.dispatch_by;
    let time = time.map(|time| time.to_string()).unwrap_or_default();
    let hint = form.hint("dispatch_by", &time, said().dispatch_hint());
    view! {
        <TextField
            form=&form.form
            name="dispatch_by"
            label=said().dispatch_by()
            need=Need::Optional
            class="col-half"
            autocomplete="off"
            maxlength=5
            value=time
            hint=hint
        />
    }
    .into_any()
}

pub(super) fn money(form: &Fields<'_>) -> AnyView {
    let settings = &form.current.settings;
    let tax = plain_amount(settings.tax_basis_points, "EUR");
    let tax = tax.trim_end_matches('0').trim_end_matches('.');
    let confirm_error = form.form.error("confirm_currency");
    view! {
        <section class="panel" aria-labelledby="money">
            <h2 class="panel-title" id="money">{said().money()}</h2>
            <div class="form-grid">
                <TextField
                    form=&form.form
                    name="currency"
                    label=said().currency()
                    class="col-half"
                    autocomplete="off"
                    maxlength=3
                    value=&settings.currency
                    hint=form.hint("currency", &settings.currency, said().currency_hint())
                />
                <TextField
                    form=&form.form
                    name="tax"
                    label=said().tax()
                    class="col-half"
                    autocomplete="off"
                    inputmode="decimal"
                    value=tax
                    hint=form.hint("tax", tax, said().tax_hint())
                />
                <div class="field" id="confirm_currency">
                    <p class="field-hint">
                        {said().currency_why()}
                    </p>
                    <CheckField
                        form=&form.form
                        name="confirm_currency"
                        label=said().confirm_currency()
                    />
                    {error_line("confirm_currency", confirm_error)}
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// A setting that is one of two words.
struct Rule {
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    now: &'static str,
    /// As stored and as read.
    options: [(&'static str, &'static str); 2],
}

impl Rule {
    fn field(self, form: &Fields<'_>) -> AnyView {
        let options = self
            .options
            .map(|(key, words)| (key.to_owned(), words.to_owned()));
        view! {
            <SelectField
                form=&form.form
                name=self.name
                label=self.label
                options=options.to_vec()
                value=self.now
                hint=form.hint(self.name, self.now, self.hint)
            />
        }
        .into_any()
    }
}

/// What customers are promised of returns.
pub(super) fn returns(form: &Fields<'_>) -> AnyView {
    let policy = form.current.settings.returns;
    let days = policy.map(|policy| policy.days().to_string());
    let days = days.unwrap_or_default();
    let hint = form.hint("return_days", &days, said().return_days_hint());
    let cost = Rule {
        name: "return_cost",
        label: said().return_cost(),
        hint: "",
        now: policy
            .map(|policy| policy.cost)
            .unwrap_or_default()
            .as_str(),
        options: ReturnCost::ALL.map(|cost| match cost {
            ReturnCost::Customer => (cost.as_str(), said().customer_pays()),
            ReturnCost::Shop => (cost.as_str(), said().shop_pays()),
        }),
    };
    view! {
        <section class="panel" aria-labelledby="returns">
            <h2 class="panel-title" id="returns">{said().returns()}</h2>
            <div class="form-grid">
                <TextField
                    form=&form.form
                    name="return_days"
                    label=said().return_days()
                    need=Need::Optional
                    autocomplete="off"
                    inputmode="numeric"
                    maxlength=3
                    value=days
                    hint=hint
                />
                {cost.field(form)}
            </div>
            <p class="muted small">
                {said().returns_why()} " " <a class="link" href="/admin/sentences">{said().sentences()}</a>
            </p>
        </section>
    }
    .into_any()
}

pub(super) fn times(form: &Fields<'_>) -> AnyView {
    let settings = &form.current.settings;
    let low_stock_hint = said().low_stock_hint(&Availability::MOST_FEW.to_string());
    let number = |name, label, hint, current: i64| {
        let current = current.to_string();
        let hint = form.hint(name, &current, hint);
        view! {
            <TextField
                form=&form.form
                name=name
                label=label
                autocomplete="off"
                inputmode="numeric"
                value=current
                hint=hint
            />
        }
    };
    view! {
        <section class="panel" aria-labelledby="times">
            <h2 class="panel-title" id="times">{said().times_title()}</h2>
            <div class="form-grid">
                {number(
                    "payment_hold_minutes",
                    said().hold(),
                    said().hold_hint(),
                    settings.payment_hold_minutes,
                )}
                {number(
                    "cart_days",
                    said().cart_days(),
                    said().cart_days_hint(),
                    settings.cart_days,
                )}
                {number(
                    "low_stock",
                    said().low_stock(),
                    &low_stock_hint,
                    settings.low_stock,
                )}
            </div>
        </section>
    }
    .into_any()
}

pub(super) fn mail(form: &Fields<'_>) -> AnyView {
    let from = &form.current.settings.mail_from;
    let hint = form.hint("mail_from", from, said().sender_hint());
    view! {
        <section class="panel" aria-labelledby="mail">
            <h2 class="panel-title" id="mail">{said().e_mail()}</h2>
            <div class="form-grid">
                <TextField
                    form=&form.form
                    name="mail_from"
                    label=said().sender()
                    need=Need::Optional
                    autocomplete="off"
                    value=from
                    hint=hint
                />
            </div>
        </section>
    }
    .into_any()
}

pub(super) fn sign_in(form: &Fields<'_>) -> AnyView {
    let rule = Rule {
        name: "second_factor",
        label: said().second_factor(),
        hint: said().second_factor_hint(),
        now: SecondFactorRule::of(&form.current.settings).as_str(),
        options: SecondFactorRule::ALL.map(|rule| match rule {
            SecondFactorRule::Optional => (rule.as_str(), said().factor_optional()),
            SecondFactorRule::Required => (rule.as_str(), said().factor_required()),
        }),
    };
    view! {
        <section class="panel" aria-labelledby="sign-in">
            <h2 class="panel-title" id="sign-in">{said().sign_in()}</h2>
            <div class="form-grid">
                {rule.field(form)}
            </div>
        </section>
    }
    .into_any()
}
