//! What was bought and what it comes to, as checkout, orders and the admin area show it.

use leptos::prelude::*;

use super::text::Text;
use crate::{catalog::picture::small, locale::locale};

/// A line as summaries show it.
pub struct SummaryLine {
    pub title: String,
    pub variant_title: String,
    pub picture_src: Option<String>,
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
    let image = line.picture_src.map(|src| {
        view! { <img src=small(&src) width="256" height="256" alt="" loading="lazy"/> }
    });
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
    pub total: String,
    /// What of it is tax, in words and as an amount; nothing where there is none.
    pub tax: Option<(String, String)>,
}

pub fn totals_list(sum: Sum) -> impl IntoView {
    let text = Text::from(locale());
    view! {
        <dl class="totals">
            <div>
                <dt>{text.subtotal()}</dt>
                <dd>{sum.subtotal}</dd>
            </div>
            <div>
                <dt>{sum.delivery_label}</dt>
                <dd>{sum.delivery}</dd>
            </div>
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

/// An amount that may be nothing.
pub fn money_or_free(minor: i64, currency: &str) -> String {
    match minor {
        0 => Text::from(locale()).free().to_owned(),
        _ => locale().money(minor, currency),
    }
}
