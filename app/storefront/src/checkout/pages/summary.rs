//! What is bought and what it costs, beside the steps and on the order's page.

use app::{
    checkout::{text::Text, types::CheckoutView},
    locale::{href, locale},
    orders::summary::{Sum, SummaryLine, money_or_free, summary_lines, totals_list},
    shop::shop,
    ui::icon::{Icon, icon},
};
use leptos::prelude::*;

/// `Includes tax (19 %)`
fn tax_label(basis_points: i64) -> String {
    Text::from(locale()).includes_tax(&locale().percent(basis_points))
}

fn sum(view: &CheckoutView) -> Sum {
    let totals = &view.totals;
    let text = Text::from(locale());
    let money = |minor| locale().money(minor, &totals.currency);
    Sum {
        subtotal: money(totals.subtotal_minor),
        delivery_label: text.shipping().to_owned(),
        delivery: if view.draft.shipping.is_some() {
            money_or_free(totals.shipping_minor, &totals.currency)
        } else {
            text.not_chosen_yet().to_owned()
        },
        more: Vec::new(),
        total: money(totals.total_minor),
        tax: (totals.tax_basis_points > 0)
            .then(|| (tax_label(totals.tax_basis_points), money(totals.tax_minor))),
    }
}

/// The lines and what they come to.
pub fn bought(view: &CheckoutView) -> impl IntoView + use<> {
    let lines = view.cart.lines.iter().map(|line| SummaryLine {
        title: line.title.clone(),
        variant_title: line.variant_title.clone(),
        picture: line.picture.clone(),
        quantity: line.quantity,
        total_minor: line.total_minor,
    });
    let lines = summary_lines(lines.collect(), &view.totals.currency);
    let sum = totals_list(sum(view));
    view! { {lines} {sum} }
}

/// The column beside the steps; folded up on phones.
pub fn aside(view: &CheckoutView) -> AnyView {
    let text = Text::from(locale());
    let totals = &view.totals;
    let total = locale().money(totals.total_minor, &totals.currency);
    let said = text.total_now(&total);
    let bought = bought(view);
    let settings = shop().settings;
    let returns = settings
        .returns_words(locale())
        .map(|words| view! { <p class="small muted">{words}</p> });
    view! {
        <aside
            class="checkout-aside"
            aria-label=text.order_summary()
            data-said=said
        >
            <details class="reveal summary-toggle">
                <summary>
                    {icon(Icon::Bag)} {text.order_summary()}
                    <span class="nums">{total}</span>
                    {icon(Icon::Chevron)}
                </summary>
            </details>
            <div class="panel panel-soft summary summary-sticky">
                <h2 class="panel-title">{text.order_summary()}</h2>
                {bought}
                {returns}
                <p>
                    <a class="btn-text" href=href("/cart")>{text.edit_cart()}</a>
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
