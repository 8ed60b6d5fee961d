//! The figures of the time, each of those that tell how the shop does beside that of the time before.

use app::locale::locale;
use leptos::prelude::*;

use super::{
    ports::{Figures, Period, Span},
    said,
};

pub fn money(figures: &Figures, minor: i64) -> String {
    locale().money(minor, &figures.currency)
}

/// `12.5`, from tenths.
pub fn decimal(tenths: i64) -> String {
    format!("{}{}{}", tenths / 10, locale().decimal_point(), tenths % 10)
}

struct Figure {
    name: &'static str,
    number: String,
    note: String,
    /// How it compares with the time before, where that is told.
    compared: Option<AnyView>,
}

/// By how many percent something went up or down, rounded; none if there was nothing to go from.
fn percent(now: i64, before: i64) -> Option<i64> {
    if before <= 0 {
        return None;
    }
    let (now, before) = (i128::from(now), i128::from(before));
    let twice = (now - before) * 200 / before;
    let rounded = (twice + twice.signum()) / 2;
    i64::try_from(rounded).ok()
}

/// `+12 %`, `−3 %` or `0 %`.
fn signed(percent: i64) -> String {
    match percent {
        0 => "0 %".to_owned(),
        1.. => format!("+{percent} %"),
        _ => format!("−{} %", percent.unsigned_abs()),
    }
}

/// Whether more is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rise {
    Good,
    Neither,
}

fn compared(period: Period, rise: Rise, [now, before]: [i64; 2], words: String) -> Option<AnyView> {
    let trend = percent(now, before).map(|percent| {
        let class = match (rise, percent) {
            (Rise::Neither, _) | (Rise::Good, 0) => "trend",
            (Rise::Good, 1..) => "trend trend-up",
            (Rise::Good, _) => "trend trend-down",
        };
        view! { <span class=class>{signed(percent)}</span> " " }
    });
    let then = match period {
        Period::Last(Span::Today) => said().than_yesterday(&words),
        period => said().than_before(&words, period.days().into()),
    };
    Some(view! { {trend} {then} }.into_any())
}

fn list(figures: &Figures, period: Period) -> [Figure; 8] {
    let (total, before, earlier) = (figures.total(), &figures.before, &figures.earlier);
    let money = |minor| money(figures, minor);
    let mean = |average: Option<i64>| average.map_or("–".to_owned(), money);
    let share = |permille| format!("{} %", decimal(permille));
    let conversions = (figures.conversion_permille(), earlier.conversion_permille());
    let averages = (total.average_minor(), before.average_minor());
    let counted = |now: i64, then: i64| compared(period, Rise::Good, [now, then], then.to_string());
    let amounts = |rise, now, then| compared(period, rise, [now, then], money(then));
    [
        Figure {
            name: said().revenue(),
            number: money(total.net_minor()),
            note: said().revenue_note().to_owned(),
            compared: amounts(Rise::Good, total.net_minor(), before.net_minor()),
        },
        Figure {
            name: said().received(),
            number: money(figures.received_minor),
            note: said().received_note().to_owned(),
            compared: amounts(Rise::Good, figures.received_minor, earlier.received_minor),
        },
        Figure {
            name: said().to_collect(),
            number: money(figures.to_collect_minor),
            note: said().to_collect_note().to_owned(),
            compared: amounts(
                Rise::Neither,
                figures.to_collect_minor,
                earlier.to_collect_minor,
            ),
        },
        Figure {
            name: said().orders(),
            number: total.orders.to_string(),
            note: said().orders_note().to_owned(),
            compared: counted(total.orders, before.orders),
        },
        Figure {
            name: said().average_order(),
            number: mean(averages.0),
            note: said().average_note().to_owned(),
            compared: match averages {
                (Some(now), Some(then)) => amounts(Rise::Good, now, then),
                (None, _) | (_, None) => None,
            },
        },
        Figure {
            name: said().units(),
            number: total.units.to_string(),
            note: said().units_note().to_owned(),
            compared: counted(total.units, before.units),
        },
        Figure {
            name: said().conversion(),
            number: conversions.0.map_or("–".to_owned(), share),
            note: said().conversion_note().to_owned(),
            compared: match conversions {
                (Some(now), Some(then)) => compared(period, Rise::Good, [now, then], share(then)),
                (None, _) | (_, None) => None,
            },
        },
        Figure {
            name: said().refunds(),
            number: money(total.refunded_minor),
            note: said().refund_count(total.refunds),
            compared: amounts(Rise::Neither, total.refunded_minor, before.refunded_minor),
        },
    ]
}

pub fn numbers(figures: &Figures, period: Period) -> AnyView {
    let list: Vec<_> = list(figures, period)
        .into_iter()
        .map(|figure| {
            let compared = figure
                .compared
                .map(|words| view! { <dd class="figure-note">{words}</dd> });
            view! {
                <div class="figure">
                    <dt>{figure.name}</dt>
                    <dd class="figure-number">{figure.number}</dd>
                    {compared}
                    <dd class="figure-note">{figure.note}</dd>
                </div>
            }
        })
        .collect();
    view! { <dl class="figures">{list}</dl> }.into_any()
}

/// What is counted, and how.
pub fn meaning(figures: &Figures) -> AnyView {
    let others = (figures.other_currencies > 0).then(|| {
        let orders = said().order_count(figures.other_currencies);
        format!("{} ", said().other_currencies(&orders))
    });
    let zone = figures.time_zone.replace('_', " ");
    let standing = said().order_count(figures.standing);
    let open = said().cart_count(figures.open_carts);
    let open = match figures.carts_are_estimated {
        true => said().about_carts(&open),
        false => open,
    };
    view! {
        <section class="muted small desk-meaning" aria-label=said().what_is_counted()>
            <p>
                {format!("{} ", said().times_are_in(&zone))} {others}
                {format!("{} ", said().revenue_meaning())}
                {format!("{} ", said().conversion_meaning(&open, &standing))}
                {said().comparison_meaning()}
            </p>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_rounded_and_has_a_sign() {
        for (now, before, words) in [
            (112, 100, "+12 %"),
            (100, 100, "0 %"),
            (0, 100, "−100 %"),
            (2, 3, "−33 %"),
            (5, 3, "+67 %"),
            (-50, 100, "−150 %"),
        ] {
            assert_eq!(percent(now, before).map(signed).as_deref(), Some(words));
        }
        assert_eq!(percent(5, 0), None);
        assert_eq!(percent(5, -3), None);
        assert_eq!(percent(i64::MAX, 1), None, "nobody reads that");
    }
}
