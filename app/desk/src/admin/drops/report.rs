//! `/admin/drops/:id/report`: what a drop came to, on paper. It is worked out again each time; what was kept of it in the
//! audit log stays as it is, and the page says what differs.

use app::{
    identity::Role,
    locale::locale,
    shop::shop,
    ui::{
        date::time,
        fact::fact,
        field::refusal_of,
        form::{Form, PageField},
        head::private_head,
        icon::{Icon, icon},
        path::path_part,
    },
};
use leptos::prelude::*;

use super::{
    figures::{Books, Difference, End, Figures, VariantFigures},
    live::reason,
    ports::{DropReport, KeptReport, ReportState, drop_desk},
    said,
    ways::editor,
};
use crate::admin::frame::for_role;

pub const KEEP: &str = "/api/admin/drops/report/keep";

#[component]
pub fn AdminDropReportPage() -> impl IntoView {
    let (id, port) = (path_part("id"), drop_desk());
    let data = async move { port.report(&id).await };
    for_role(Role::Admin, data, |_, reported| {
        let title = said().report_of(&reported.title);
        let content = match &reported.worth {
            ReportState::TooEarly => view! { <p>{said().too_early()}</p> }.into_any(),
            ReportState::Figures {
                figures,
                text,
                digest,
                kept,
                ..
            } => view! {
                {figures_of(figures)}
                {proof(text, digest)}
                {kept.as_ref().map(kept_before)}
            }
            .into_any(),
        };
        view! {
            {private_head(&title)}
            <header class="sheet-bar">
                <a class="btn-text" href=editor(&reported.id)>
                    {icon(Icon::Back)}
                    {said().back_to_drop()}
                </a>
                {refusal_of(&Form::of(KEEP))}
                {keeping(&reported)}
                <p class="muted">{said().how_to_print()}</p>
            </header>
            <main class="sheet" id="main" tabindex="-1">
                <div class="sheet-head">
                    <p class="sheet-shop">{shop().settings.name.clone()}</p>
                    <h1>{title}</h1>
                </div>
                {content}
            </main>
        }
        .into_any()
    })
}

/// The button, as long as nothing was kept.
fn keeping(reported: &DropReport) -> Option<AnyView> {
    let ReportState::Figures {
        kept: None, unpaid, ..
    } = &reported.worth
    else {
        return None;
    };
    if *unpaid > 0 {
        return Some(view! { <p>{said().still_unpaid(*unpaid)}</p> }.into_any());
    }
    Some(
        view! {
            <form class="row" action=KEEP method="post">
                <PageField/>
                <input type="hidden" name="id" value=reported.id.clone()/>
                <button class="btn btn-primary" type="submit">{said().keep()}</button>
            </form>
        }
        .into_any(),
    )
}

fn number(count: i64) -> String {
    locale().number(count)
}

/// Seconds to a hundredth.
fn seconds(ms: i64) -> String {
    let (whole, rest) = (ms / 1000, ms % 1000 / 10);
    format!("{}{}{rest:02} s", number(whole), locale().decimal_point())
}

fn maybe(ms: Option<i64>) -> String {
    ms.map_or_else(|| "–".to_owned(), seconds)
}

fn facts(title: &'static str, facts: Vec<(String, AnyView)>) -> AnyView {
    let facts: Vec<_> = facts
        .into_iter()
        .map(|(name, value)| fact(name, value))
        .collect();
    view! {
        <section class="sheet-facts">
            <h2>{title}</h2>
            <dl>{facts}</dl>
        </section>
    }
    .into_any()
}

fn pair(name: &str, value: impl IntoView + 'static) -> (String, AnyView) {
    (name.to_owned(), value.into_any())
}

fn figures_of(figures: &Figures) -> AnyView {
    let end = match figures.end {
        End::OnTime => said().ended_on_time(),
        End::CalledOff => said().was_called_off(),
    };
    let orders = figures.orders;
    let amount = locale().money(orders.amount_minor, &figures.currency);
    let households = figures.households;
    let refused = figures
        .refusals
        .iter()
        .map(|(why, count)| (reason(*why), number(*count).into_any()));
    let mut refused: Vec<_> = refused.collect();
    refused.push(pair(said().busy(), number(figures.busy)));
    view! {
        {facts(
            said().when(),
            vec![
                pair(said().began(), time(figures.opens_at)),
                pair(end, time(figures.ended_at)),
            ],
        )}
        {variants(figures)}
        {facts(
            said().orders(),
            vec![
                pair(said().placed(), number(orders.placed)),
                pair(said().cancelled(), number(orders.cancelled)),
                pair(said().units_ordered(), number(figures.ordered())),
                pair(said().units_back(), number(figures.back())),
                pair(said().amount(), amount),
                pair(said().first_order(), maybe(orders.first_ms)),
                pair(said().last_order(), maybe(orders.last_ms)),
            ],
        )}
        {facts(said().refused(), refused)}
        {room(figures)}
        {list(figures)}
        {facts(
            said().households(),
            vec![
                pair(said().how_many(), number(households.count)),
                pair(said().with_one(), number(households.with_one)),
                pair(said().with_two(), number(households.with_two)),
                pair(said().with_more(), number(households.with_more)),
                pair(said().most_units(), number(households.most)),
            ],
        )}
        {facts(
            said().books(),
            vec![
                pair(said().ledger(), books(figures.ledger)),
                pair(said().payments(), books(figures.payments)),
            ],
        )}
    }
    .into_any()
}

fn books(books: Books) -> &'static str {
    match books {
        Books::Agree => said().agree(),
        Books::Differ => said().differ(),
        Books::NotCompared => said().not_compared(),
    }
}

fn room(figures: &Figures) -> Option<AnyView> {
    let room = figures.room?;
    let mut all = vec![
        pair(said().arrivals(), number(room.arrivals)),
        pair(said().let_in(), number(room.let_in)),
    ];
    match figures.waits {
        Some(waits) => all.extend([
            pair(said().wait_median(), seconds(waits.median_ms)),
            pair(said().wait_most(), seconds(waits.most_ms)),
            pair(said().wait_longest(), seconds(waits.longest_ms)),
        ]),
        None => all.push(pair(said().waits(), said().nobody_knows())),
    }
    Some(facts(said().room(), all))
}

fn list(figures: &Figures) -> Option<AnyView> {
    let list = figures.list?;
    let all = vec![
        pair(said().list_joined(), number(list.joined)),
        pair(said().list_offered(), number(list.offered)),
        pair(said().list_ordered(), number(list.ordered)),
    ];
    Some(facts(said().waiting_list(), all))
}

fn variants(figures: &Figures) -> AnyView {
    let rows: Vec<_> = figures
        .variants
        .iter()
        .map(|one: &VariantFigures| {
            let cells = [one.units, one.sold(), one.back, one.left];
            let cells = cells.map(|count| view! { <td class="cell-num">{number(count)}</td> });
            view! {
                <tr>
                    <td>{one.name.clone()}</td>
                    {cells.into_iter().collect_view()}
                </tr>
            }
        })
        .collect();
    let heads = [
        said().of_drop(),
        said().sold(),
        said().units_back(),
        said().left(),
    ];
    let heads = heads.map(|words| view! { <th scope="col" class="cell-num">{words}</th> });
    view! {
        <table class="sheet-table sheet-figures">
            <caption class="visually-hidden">{said().by_variant()}</caption>
            <thead>
                <tr>
                    <th scope="col">{said().variant()}</th>
                    {heads.into_iter().collect_view()}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// The text that the digest is of, for who wants to check it.
fn proof(text: &str, digest: &str) -> AnyView {
    view! {
        <section class="sheet-words">
            <h2>{said().digest()}</h2>
            <p class="mono">{digest.to_owned()}</p>
            <details>
                <summary>{said().digest_of()}</summary>
                <pre>{text.to_owned()}</pre>
            </details>
        </section>
    }
    .into_any()
}

fn kept_before(kept: &KeptReport) -> AnyView {
    let whole = match kept.is_whole {
        true => None,
        false => Some(view! { <p role="alert">{said().kept_is_altered()}</p> }),
    };
    let agrees = match kept.differences.is_empty() {
        true => view! { <p>{said().still_agrees()}</p> }.into_any(),
        false => {
            let rows: Vec<_> = kept.differences.iter().map(difference).collect();
            view! {
                <p>{said().does_not_agree()}</p>
                <ul>{rows}</ul>
            }
            .into_any()
        }
    };
    view! {
        <section class="sheet-words">
            <h2>{said().kept()}</h2>
            <p>{kept.actor.clone()} ", " {time(kept.at)}</p>
            <p class="mono">{kept.digest.clone()}</p>
            {whole}
            {agrees}
        </section>
    }
    .into_any()
}

fn difference(one: &Difference) -> AnyView {
    let (kept, now) = (one.kept.clone(), one.now.clone());
    view! {
        <li>
            <code>{one.name.clone()}</code>
            ": "
            {said().kept_and_now(&kept, &now)}
        </li>
    }
    .into_any()
}
