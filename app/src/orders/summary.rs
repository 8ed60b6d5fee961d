//! What was bought and what it comes to, as checkout, orders and the admin area show it.

use leptos::prelude::*;

use super::{
    text::Text,
    types::{Order, TaxMode},
};
use crate::{
    catalog::{picture::thumb, types::Thumb},
    locale::{Locale, locale},
    ui::fact::fact,
};

/// A line as summaries show it.
pub struct SummaryLine {
    pub title: String,
    pub variant_title: String,
    pub picture: Thumb,
    pub quantity: i64,
    pub total_minor: i64,
}

pub fn summary_lines(lines: Vec<SummaryLine>, currency: &str) -> impl IntoView + use<> {
    let lines: Vec<_> = lines
        .into_iter()
        .map(|line| summary_line(line, currency))
        .collect();
    view! { <ul class="summary-lines">{lines}</ul> }
}

fn summary_line(line: SummaryLine, currency: &str) -> impl IntoView + use<> {
    let quantity = Text::from(locale()).quantity();
    let image = thumb(&line.picture);
    let variant = (!line.variant_title.is_empty())
        .then(|| view! { <span class="summary-sub">{line.variant_title}</span> });
    view! {
        <li class="summary-line">
            <span class="pic pic-s">
                {image}
                <span class="summary-count">
                    <span class="visually-hidden">{quantity} " "</span>
                    {line.quantity.to_string()}
                </span>
            </span>
            <span>
                <span class="summary-name">{line.title}</span>
                {variant}
            </span>
            <span class="nums">{locale().money(line.total_minor, currency)}</span>
        </li>
    }
}

/// What a sum is made of, as words and amounts.
pub struct Sum {
    pub subtotal: String,
    pub delivery_label: String,
    pub delivery: String,
    /// What else was taken off or added.
    pub more: Vec<(&'static str, String)>,
    pub total: String,
    /// What of it is tax, in words and as an amount; nothing where there is none.
    pub tax: Option<(String, String)>,
}

/// What the order cost.
pub fn sum(order: &Order) -> Sum {
    let text = Text::from(locale());
    let money = |minor| locale().money(minor, &order.currency);
    Sum {
        subtotal: money(order.subtotal_minor),
        delivery_label: text.shipping().to_owned(),
        delivery: money_or_free(order.shipping_minor, &order.currency),
        more: adjustments(order, locale()),
        total: money(order.total_minor),
        tax: (order.contained_tax_minor() > 0).then(|| {
            let words = text.includes_tax().to_owned();
            (words, money(order.contained_tax_minor()))
        }),
    }
}

pub fn totals_list(sum: Sum) -> impl IntoView {
    let text = Text::from(locale());
    let more: Vec<_> = sum
        .more
        .into_iter()
        .map(|(label, amount)| fact(label, amount))
        .collect();
    view! {
        <dl class="totals">
            {fact(text.subtotal(), sum.subtotal)} {fact(sum.delivery_label, sum.delivery)}
            {more}
            <div class="totals-grand">
                <dt>{text.total()}</dt>
                <dd>{sum.total}</dd>
            </div>
            {sum
                .tax
                .map(|(label, amount)| {
                    view! {
                        <div class="totals-tax">
                            <dt>{label}</dt>
                            <dd>{amount}</dd>
                        </div>
                    }
                })}
        </dl>
    }
}

/// What was taken off an order and what was added to it besides delivery: words and amounts, as far as there
/// is any. With goods and delivery they make its total.
pub fn adjustments(order: &Order, language: Locale) -> Vec<(&'static str, String)> {
    let text = Text::from(language);
    let money = |minor| language.money(minor, &order.currency);
    let added_tax = match order.tax_mode {
        TaxMode::Gross => 0,
        TaxMode::Net => order.tax_minor,
    };
    let mut found = Vec::new();
    if order.discount_minor > 0 {
        let amount = format!("−{}", money(order.discount_minor));
        found.push((text.discount(), amount));
    }
    for (label, minor) in [(text.fee(), order.fee_minor), (text.tax_added(), added_tax)] {
        if minor > 0 {
            found.push((label, money(minor)));
        }
    }
    found
}

/// An amount that may be nothing.
pub fn money_or_free(minor: i64, currency: &str) -> String {
    match minor {
        0 => Text::from(locale()).free().to_owned(),
        _ => locale().money(minor, currency),
    }
}
