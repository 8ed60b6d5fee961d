//! What is bought and what it costs, beside the steps and on the order's page.

use leptos::prelude::*;

use super::types::{CheckoutView, Totals};
use crate::{
    money::format_money,
    ui::icon::{Icon, icon},
};

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
    let image = line.picture_src.map(|src| {
        view! { <img src=src width="256" height="256" alt="" loading="lazy"/> }
    });
    let variant = (!line.variant_title.is_empty())
        .then(|| view! { <span class="summary-sub">{line.variant_title}</span> });
    view! {
        <li class="summary-line">
            <span class="pic pic-s">
                {image}
                <span class="summary-count">
                    <span class="visually-hidden">"Quantity "</span>
                    {line.quantity.to_string()}
                </span>
            </span>
            <span>
                <span class="summary-name">{line.title}</span>
                {variant}
            </span>
            <span class="nums">{format_money(line.total_minor, currency)}</span>
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
    view! {
        <dl class="totals">
            <div>
                <dt>"Subtotal"</dt>
                <dd>{sum.subtotal}</dd>
            </div>
            <div>
                <dt>{sum.delivery_label}</dt>
                <dd>{sum.delivery}</dd>
            </div>
            <div class="totals-grand">
                <dt>"Total"</dt>
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
        0 => "Free".to_owned(),
        _ => format_money(minor, currency),
    }
}

/// `Includes tax (19 %)`
fn tax_label(basis_points: i64) -> String {
    let (whole, rest) = (basis_points / 100, basis_points % 100);
    let rate = match rest {
        0 => whole.to_string(),
        _ => format!("{whole}.{rest:02}")
            .trim_end_matches('0')
            .to_owned(),
    };
    format!("Includes tax ({rate}\u{a0}%)")
}

fn sum(totals: &Totals, has_shipping: bool) -> Sum {
    let money = |minor| format_money(minor, &totals.currency);
    Sum {
        subtotal: money(totals.subtotal_minor),
        delivery_label: "Delivery".to_owned(),
        delivery: if has_shipping {
            money_or_free(totals.shipping_minor, &totals.currency)
        } else {
            "not chosen yet".to_owned()
        },
        total: money(totals.total_minor),
        tax: (totals.tax_basis_points > 0)
            .then(|| (tax_label(totals.tax_basis_points), money(totals.tax_minor))),
    }
}

/// The column beside the steps; folded up on phones.
pub fn aside(view: &CheckoutView) -> AnyView {
    let totals = &view.totals;
    let currency = totals.currency.as_str();
    let lines = view.cart.lines.iter().map(|line| SummaryLine {
        title: line.title.clone(),
        variant_title: line.variant_title.clone(),
        picture_src: line.picture_src.clone(),
        quantity: line.quantity,
        total_minor: line.total_minor,
    });
    let lines = summary_lines(lines.collect(), currency);
    let sum = totals_list(sum(totals, view.draft.shipping.is_some()));
    view! {
        <aside class="checkout-aside" aria-label="Order summary">
            <details class="reveal summary-toggle">
                <summary>
                    {icon(Icon::Bag)} "Order summary"
                    <span class="nums">{format_money(totals.total_minor, currency)}</span>
                    {icon(Icon::Chevron)}
                </summary>
            </details>
            <div class="panel panel-soft summary summary-sticky">
                <h2 class="panel-title">"Order summary"</h2>
                {lines}
                {sum}
                <p>
                    <a class="btn-text" href="/cart">"Change the cart"</a>
                </p>
            </div>
        </aside>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::tax_label;

    #[test]
    fn tax_rates_are_written_without_idle_zeros() {
        assert_eq!(tax_label(1900), "Includes tax (19\u{a0}%)");
        assert_eq!(tax_label(550), "Includes tax (5.5\u{a0}%)");
        assert_eq!(tax_label(825), "Includes tax (8.25\u{a0}%)");
        assert_eq!(tax_label(0), "Includes tax (0\u{a0}%)");
    }
}
