//! The panel of a running sale. It is rendered whole; a script asks for it again every two seconds
//! and writes the numbers over, in the words of the page, and without script a link does.

use leptos::prelude::*;

use app::{locale::locale, shop::shop, ui::date::time};
use serde_json::json;

use super::{
    numbers::decimal,
    said,
    types::{Live, SellThrough},
};

/// `here` leads to this page again.
pub fn panel(live: &Live, here: String) -> AnyView {
    let per_second = per_second(live.orders_last_minute);
    let zone = shop().settings.time_zone.clone();
    view! {
        <section class="panel live" aria-labelledby="live-title" data-live="/api/admin/dashboard/live" data-live-zone=zone data-words=script_words()>
            <div class="live-head">
                <h2 class="panel-title" id="live-title">{said().right_now()}</h2>
                <p class="muted small">
                    {format!("{} ", said().at_time())} <span data-live-at>{time(live.at)}</span> " "
                    <a class="btn-text" href=format!("{here}#live-title") data-live-again>{said().refresh()}</a>
                </p>
            </div>
            <p>{said().per_second()} " " <strong class="nums" data-live-value="per_second">{per_second}</strong></p>
            <h3 class="desk-sub">{said().sold_last_hour()}</h3>
            {sell_through(&live.variants)}
            <script type="module" src="/admin-assets/live.js"></script>
        </section>
    }
    .into_any()
}

/// What the script says, as JSON.
fn script_words() -> String {
    let words = json!({
        "clock": locale().tag(),
        "point": said().decimal_point(),
        "failed": said().no_answer(),
        "signedOut": said().signed_out(),
    });
    words.to_string()
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
