//! `/admin/payments`: whether the shop's payments and its providers' agree, for admins.

use app::{
    identity::Role,
    locale::locale,
    ui::{
        banner::done,
        breadcrumbs::{breadcrumbs, crumb},
        date::time,
        form::PageField,
        table::{Head, stacked_table},
    },
};
use leptos::prelude::*;

use super::{
    ports::payment_books,
    said,
    types::{Comparison, Difference, DifferenceKind},
};
use crate::admin::frame::{Section, admin_page, refusal_banner};

pub const HERE: &str = "/admin/payments";
/// Where the button goes.
pub const COMPARE: &str = "/api/admin/payments/compare";

#[component]
pub fn AdminPaymentsPage() -> impl IntoView {
    let port = payment_books();
    let data = async move { port.last().await };
    admin_page(Role::Admin, data, |_, comparisons| {
        Section::System.page(said().payments(), page(comparisons))
    })
}

fn page(comparisons: Vec<Comparison>) -> AnyView {
    let content = if comparisons.is_empty() {
        view! { <p class="muted">{said().no_provider()}</p> }.into_any()
    } else {
        let panels: Vec<_> = comparisons.into_iter().map(panel).collect();
        view! {
            <p class="muted">{said().why()}</p>
            <form action=COMPARE method="post">
                <PageField/>
                <button class="btn" type="submit">{said().compare_now()}</button>
            </form>
            {panels}
        }
        .into_any()
    };
    view! {
        <div class="admin-head">
            {breadcrumbs(crumb("/admin/system", said().system()), said().payments())}
            <h1 class="admin-title">{said().payments()}</h1>
        </div>
        <div class="stack">
            {done(&[("compared", said().compared_now()), ("comparing", said().comparing())])}
            {refusal_banner()} {content}
        </div>
    }
    .into_any()
}

fn panel(of: Comparison) -> AnyView {
    let id = format!("books-{}", of.provider);
    let labelled_by = id.clone();
    let failed = of.failed_at.map(|at| {
        view! { <div class="banner banner-warn">
            <div class="banner-body"><p>{said().failed_at()} " " {time(at)}</p></div>
        </div> }
    });
    let compared = match of.at {
        Some(at) => view! { <p class="muted">{said().compared_at()} " " {time(at)}</p> }.into_any(),
        None => view! { <p class="muted">{said().never_compared()}</p> }.into_any(),
    };
    let result = of.at.map(|_| match of.differences.len() {
        0 => view! { <p>{said().all_agree(of.compared)}</p> }.into_any(),
        count => view! {
            <p><strong>{said().some_differ(count as i64)}</strong></p>
            {table(&of.provider, of.differences)}
        }
        .into_any(),
    });
    let foreign =
        (of.foreign > 0).then(|| view! { <p class="muted">{said().foreign(of.foreign)}</p> });
    view! {
        <section class="panel" aria-labelledby=labelled_by>
            <h2 class="panel-title" id=id>{provider_name(&of.provider)}</h2>
            <div class="stack">{failed} {compared} {result} {foreign}</div>
        </section>
    }
    .into_any()
}

/// `Stripe`
fn provider_name(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn table(provider: &str, differences: Vec<Difference>) -> AnyView {
    let caption = said().differences(&provider_name(provider));
    let rows: Vec<_> = differences.into_iter().map(row).collect();
    stacked_table(
        caption,
        [
            Head::new(said().order()),
            Head::new(said().difference()),
            Head::new(said().payment()),
            Head::number(said().ours()),
            Head::number(said().theirs()),
        ],
        rows,
    )
}

fn row(found: Difference) -> AnyView {
    let money = |minor| locale().money(minor, &found.currency);
    let order = match (&found.order_id, &found.order_number) {
        (Some(id), Some(number)) => {
            let href = format!("/admin/orders/{id}");
            view! { <a class="cell-link mono" href=href>{number.clone()}</a> }.into_any()
        }
        _ => view! { <span>{said().unknown_order()}</span> }.into_any(),
    };
    let payment = match &found.link {
        Some(link) => {
            view! { <a class="mono" href=link.clone() rel="noreferrer">{found.reference.clone()}</a> }
                .into_any()
        }
        None => view! { <span class="mono">{found.reference.clone()}</span> }.into_any(),
    };
    view! {
        <tr>
            <td class="cell-first cell-line" data-label=said().order()>{order}</td>
            <td data-label=said().difference()>{words(found.kind)}</td>
            <td data-label=said().payment()>{payment}</td>
            <td class="cell-num" data-label=said().ours()>{money(found.ours_minor)}</td>
            <td class="cell-num" data-label=said().theirs()>{money(found.theirs_minor)}</td>
        </tr>
    }
    .into_any()
}

fn words(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::ChargeWithoutOrder => said().charge_without_order(),
        DifferenceKind::OrderWithoutCharge => said().order_without_charge(),
        DifferenceKind::NotTakenIn => said().not_taken_in(),
        DifferenceKind::CapturedDiffers => said().captured_differs(),
        DifferenceKind::CurrencyDiffers => said().currency_differs(),
        DifferenceKind::RefundMissing => said().refund_missing(),
        DifferenceKind::RefundUnknown => said().refund_unknown(),
        DifferenceKind::StillHeld => said().still_held(),
        DifferenceKind::CancelledAndCharged => said().cancelled_and_charged(),
    }
}
