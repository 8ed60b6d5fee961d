//! What banks ask back of an order's money, and until when it is to be answered.

use app::{locale::locale, orders::payment::DisputeState, ui::date::date};
use leptos::prelude::*;

use crate::admin::orders::{
    said,
    types::{AdminOrder, Dispute},
};

/// Nothing where nobody has asked.
pub fn disputes(desk: &AdminOrder) -> Option<AnyView> {
    if desk.disputes.is_empty() {
        return None;
    }
    let rows = desk
        .disputes
        .iter()
        .map(|dispute| row(dispute, &desk.order.currency));
    let rows: Vec<_> = rows.collect();
    let view = view! {
        <section class="panel" aria-labelledby="disputes">
            <h2 class="panel-title" id="disputes">{said().disputes()}</h2>
            <div class="stack">{rows}</div>
        </section>
    };
    Some(view.into_any())
}

fn row(dispute: &Dispute, currency: &str) -> AnyView {
    let amount = locale().money(dispute.amount_minor, currency);
    let reason = (!dispute.reason.is_empty()).then(|| {
        let words = said().dispute_reason(&dispute.reason);
        view! { <p class="muted">{words}</p> }
    });
    let until = dispute.answer_by().map(|until| {
        let words = said().dispute_answer_by(&date(until));
        view! { <p><strong>{words}</strong></p> }
    });
    let link = (dispute.state.is_open() && !dispute.link.is_empty()).then(|| {
        view! {
            <p>
                <a href=dispute.link.clone() rel="noreferrer">{said().dispute_answer()}</a>
            </p>
        }
    });
    view! {
        <div>
            <p>{said().dispute_of(&amount)}</p>
            {reason}
            <p>{state(dispute.state)}</p>
            {until} {link}
        </div>
    }
    .into_any()
}

fn state(state: DisputeState) -> &'static str {
    match state {
        DisputeState::Asked => said().dispute_asked(),
        DisputeState::NeedsAnswer => said().dispute_needs_answer(),
        DisputeState::UnderReview => said().dispute_under_review(),
        DisputeState::Won | DisputeState::Closed => said().dispute_won(),
        DisputeState::Lost => said().dispute_lost(),
    }
}
