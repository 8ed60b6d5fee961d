//! The panel of a running sale.

use leptos::prelude::*;
use serde_json::Map;

use super::{
    numbers::decimal,
    said,
    types::{Live, SellThrough},
};
use crate::admin::frame::LivePanel;

/// `here` leads to this page again.
pub fn panel(live: &Live, here: String) -> AnyView {
    let per_second = per_second(live.orders_last_minute);
    let panel = LivePanel {
        title: said().right_now(),
        source: "/api/admin/dashboard/live".to_owned(),
        every: None,
        at: live.at,
        here: format!("{here}#live-title"),
        words: Map::new(),
    };
    panel.around(view! {
        <p>{said().per_second()} " " <strong class="nums" data-live-value="per_second">{per_second}</strong></p>
        <h3 class="desk-sub">{said().sold_last_hour()}</h3>
        {sell_through(&live.variants)}
    })
}

/// To one decimal.
fn per_second(last_minute: i64) -> String {
    decimal(last_minute * 10 / 60)
}

fn sell_through(variants: &[SellThrough]) -> AnyView {
    let rows: Vec<_> = variants
        .iter()
        .map(|variant| {
            view! {
                <tr>
                    <td>{variant.title.clone()}</td>
                    <td class="cell-num">{variant.sold.to_string()}</td>
                    <td class="cell-num">{variant.left.to_string()}</td>
                    <td class="cell-num">{format!("{} %", variant.percent())}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <p class="muted" data-live-none="variants" hidden=!variants.is_empty()>
            {said().nothing_last_hour()}
        </p>
        <table class="table table-plain" data-live-table="variants" hidden=variants.is_empty()>
            <caption class="visually-hidden">{said().sold_by_variant()}</caption>
            <thead>
                <tr>
                    <th scope="col">{said().variant()}</th>
                    <th scope="col" class="cell-num">{said().sold()}</th>
                    <th scope="col" class="cell-num">{said().left()}</th>
                    <th scope="col" class="cell-num">{said().sold_through()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_minute_is_given_by_the_second() {
        assert_eq!(super::per_second(0), "0.0");
        assert_eq!(super::per_second(59), "0.9");
        assert_eq!(super::per_second(6030), "100.5");
    }
}
