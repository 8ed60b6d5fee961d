//! Revenue and orders over time: two drawings, and all their numbers in a table.

use app::ui::icon::{Icon, icon};
use leptos::prelude::*;

use super::{
    chart::{Bar, bars},
    numbers::money,
    ports::{Bucket, Figures, Unit},
    said,
};

pub fn charts(figures: &Figures) -> AnyView {
    let unit = figures.unit.as_str();
    let revenue = |bucket: &Bucket| bucket.net_minor();
    let orders = |bucket: &Bucket| bucket.orders;
    view! {
        <div class="desk-cols">
            {chart(figures, "revenue", &said().revenue_by(unit), revenue, |minor| money(figures, minor))}
            {chart(figures, "orders", &said().orders_by(unit), orders, |n| said().order_count(n))}
        </div>
        {table(figures)}
    }
    .into_any()
}

fn chart(
    figures: &Figures,
    id: &'static str,
    title: &str,
    value: impl Fn(&Bucket) -> i64,
    words: impl Fn(i64) -> String,
) -> AnyView {
    let list: Vec<Bar> = figures
        .buckets
        .iter()
        .map(|bucket| Bar {
            label: bucket.label.clone(),
            words: words(value(bucket)),
            value: value(bucket),
        })
        .collect();
    let best = figures.buckets.iter().max_by_key(|bucket| value(bucket));
    let best = best.filter(|bucket| value(bucket) > 0);
    let most = best.map_or(0, &value);
    let label = |at: usize| figures.buckets.get(at).map(|bucket| bucket.label.clone());
    let last = figures.buckets.len().saturating_sub(1);
    let ends = (
        label(0).unwrap_or_default(),
        label(last).unwrap_or_default(),
    );
    let described = match best {
        Some(bucket) => said().chart_described(
            &figures.buckets.len().to_string(),
            &ends.0,
            &bucket.label,
            &ends.1,
            &words(most),
        ),
        None => said().no_data_between(&ends.0, &ends.1),
    };
    let highest = match best {
        Some(_) => said().highest(&words(most)),
        None => said().no_data().to_owned(),
    };
    let drawing = bars(id, &list);
    view! {
        <figure class="panel chart-box">
            <figcaption class="chart-head">
                <span class="panel-title" id=format!("{id}-title")>{title.to_owned()}</span>
                <span class="muted small">{highest}</span>
            </figcaption>
            <p class="visually-hidden" id=format!("{id}-desc")>{described}</p>
            <div inner_html=drawing></div>
            <div class="chart-ends muted small" aria-hidden="true">
                <span>{ends.0}</span>
                <span>{label(figures.buckets.len() / 2)}</span>
                <span>{ends.1}</span>
            </div>
        </figure>
    }
    .into_any()
}

fn table(figures: &Figures) -> AnyView {
    let row = |bucket: &Bucket| {
        view! {
            <td class="cell-num" data-label=said().revenue()>{money(figures, bucket.net_minor())}</td>
            <td class="cell-num" data-label=said().orders()>{bucket.orders.to_string()}</td>
            <td class="cell-num" data-label=said().units()>{bucket.units.to_string()}</td>
            <td class="cell-num" data-label=said().refunds()>{money(figures, bucket.refunded_minor)}</td>
        }
    };
    let rows: Vec<_> = figures
        .buckets
        .iter()
        .map(|bucket| {
            view! {
                <tr>
                    <th scope="row">{bucket.label.clone()}</th>
                    {row(bucket)}
                </tr>
            }
        })
        .collect();
    let head = match figures.unit {
        Unit::Hour => said().hour_beginning(),
        Unit::Day => said().day(),
        Unit::Month => said().month(),
    };
    view! {
        <details class="fold">
            <summary>{said().charts_as_a_table()} {icon(Icon::Chevron)}</summary>
            <div class="table-wrap" tabindex="0" role="region" aria-label=said().figures_as_a_table()>
                <table class="table">
                    <caption class="visually-hidden">{said().figures_by(figures.unit.as_str())}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{head}</th>
                            <th scope="col" class="cell-num">{said().revenue()}</th>
                            <th scope="col" class="cell-num">{said().orders()}</th>
                            <th scope="col" class="cell-num">{said().units()}</th>
                            <th scope="col" class="cell-num">{said().refunds()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    <tfoot>
                        <tr>
                            <th scope="row">{said().total()}</th>
                            {row(&figures.total())}
                        </tr>
                    </tfoot>
                </table>
            </div>
        </details>
    }
    .into_any()
}
