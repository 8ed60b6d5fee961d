//! By what anybody checks a place.

use app::{
    drops::{
        room::{Proof, TicketProof},
        text::Text,
    },
    locale::locale,
};
use leptos::prelude::*;

pub fn proof(proof: &Proof) -> AnyView {
    let text = Text::from(locale());
    let mut rows = vec![row(text.proof_commitment(), &proof.commitment)];
    if let Some(ticket) = &proof.ticket {
        rows.extend(of_ticket(ticket));
    }
    let why = match &proof.drawn {
        Some(drawn) => {
            rows.push(row(text.proof_secret(), &drawn.secret));
            rows.push(row(text.proof_mix(), &drawn.mix));
            rows.push(row(text.proof_seed(), &drawn.seed));
            text.proof_drawn()
        }
        None => text.proof_undrawn(),
    };
    view! {
        <details class="room-proof">
            <summary class="btn-text">{text.proof()}</summary>
            <p>{why}</p>
            <dl>{rows}</dl>
        </details>
    }
    .into_any()
}

fn of_ticket(ticket: &TicketProof) -> Vec<AnyView> {
    let text = Text::from(locale());
    let mut rows = vec![
        row(text.proof_ticket(), &ticket.id),
        row(text.proof_bucket(), &ticket.bucket.to_string()),
    ];
    if let Some(number) = &ticket.number {
        rows.push(row(text.proof_number(), number));
    }
    rows
}

fn row(name: &'static str, value: &str) -> AnyView {
    view! {
        <dt>{name}</dt>
        <dd><code>{value.to_owned()}</code></dd>
    }
    .into_any()
}
