//! What became of an order's money at its payment provider, and taking it or letting it go by hand.

use app::{
    identity::Role,
    locale::locale,
    orders::{
        payment::PaymentStatus,
        status::{paid_back_words, refund_words},
        types::{EventKind, OrderStatus},
    },
    ui::{date::time, form::PageField},
};
use leptos::prelude::*;

use crate::admin::orders::{
    said,
    timeline::{refund_by_bank_words, refund_elsewhere_words, refund_failed_words},
    types::{AdminOrder, OtherSum, PaymentAttempt},
};

/// Something that happened to the money.
struct Step {
    at: i64,
    title: String,
    by: Option<String>,
    text: String,
}

/// Nothing where nobody was asked for money.
pub fn payment_history(desk: &AdminOrder, role: Role) -> Option<AnyView> {
    if desk.attempts.is_empty() {
        return None;
    }
    let mut steps: Vec<Step> = desk
        .attempts
        .iter()
        .flat_map(|of| attempt(desk, of))
        .collect();
    steps.extend(events(desk));
    steps.extend(desk.other_sums.iter().map(|sum| other_sum(desk, sum)));
    steps.sort_by_key(|step| step.at);
    let steps: Vec<_> = steps.into_iter().map(item).collect();
    let links: Vec<_> = desk
        .attempts
        .iter()
        .filter_map(|attempt| attempt.link.clone())
        .map(|link| {
            view! {
                <p>
                    <a href=link rel="noreferrer">{said().attempt_link()}</a>
                </p>
            }
        })
        .collect();
    let pending: Vec<_> = desk
        .attempts
        .iter()
        .filter(|attempt| attempt.pending_minor > 0)
        .map(|attempt| {
            let amount = locale().money(attempt.pending_minor, &desk.order.currency);
            view! { <p>{said().attempt_pending(&amount)}</p> }
        })
        .collect();
    let by_hand = (role == Role::Admin).then(|| by_hand(desk));
    let view = view! {
        <section class="panel" aria-labelledby="payment-history">
            <h2 class="panel-title" id="payment-history">{said().payment_history()}</h2>
            <div class="stack">
                <ol class="timeline">{steps}</ol>
                {pending} {links} {to_return(desk)} {by_hand}
            </div>
        </section>
    };
    Some(view.into_any())
}

fn attempt(desk: &AdminOrder, attempt: &PaymentAttempt) -> Vec<Step> {
    let amount = locale().money(attempt.amount_minor, &desk.order.currency);
    let step = |at: Option<i64>, title: String| {
        at.map(|at| Step {
            at,
            title,
            by: None,
            text: String::new(),
        })
    };
    let by_hand = |step: Step| Step {
        by: attempt.asked_by.clone(),
        ..step
    };
    let captured = step(attempt.captured_at, said().attempt_captured(&amount));
    // Who asked for a release did not ask for this.
    let captured = match attempt.release_wanted_at {
        Some(_) => captured,
        None => captured.map(by_hand),
    };
    let began = said().attempt_began(&attempt.number.to_string());
    let steps = [
        step(Some(attempt.began_at), began),
        step(attempt.authorised_at, said().attempt_authorised(&amount)),
        captured,
        release(attempt),
        step(attempt.voided_at, said().attempt_released().to_owned()).map(by_hand),
    ];
    steps.into_iter().flatten().collect()
}

/// A release by hand that is not done yet, or came too late.
fn release(attempt: &PaymentAttempt) -> Option<Step> {
    let (title, text) = match attempt.status {
        PaymentStatus::Pending | PaymentStatus::Authorised => {
            (said().release_requested(), said().release_requested_why())
        }
        PaymentStatus::Captured | PaymentStatus::Disputed | PaymentStatus::Refunded => {
            (said().release_too_late(), "")
        }
        // When it was done is told by itself.
        PaymentStatus::Due | PaymentStatus::Declined | PaymentStatus::Voided => return None,
    };
    Some(Step {
        at: attempt.release_wanted_at?,
        title: title.to_owned(),
        by: attempt.asked_by.clone(),
        text: text.to_owned(),
    })
}

/// Another sum than the order's, and where it is.
fn other_sum(desk: &AdminOrder, sum: &OtherSum) -> Step {
    let money = |minor| locale().money(minor, &sum.currency);
    let total = locale().money(desk.order.total_minor, &desk.order.currency);
    let parts = [
        (
            sum.returned_minor,
            said().sum_returned(&money(sum.returned_minor)),
        ),
        (
            sum.pending_minor,
            said().sum_on_its_way(&money(sum.pending_minor)),
        ),
        (
            sum.by_hand_minor,
            said().sum_by_hand(&money(sum.by_hand_minor)),
        ),
        (
            sum.open_minor(),
            said().sum_to_return(&money(sum.open_minor())),
        ),
    ];
    let told = parts.into_iter().filter(|(minor, _)| *minor > 0);
    let mut told: Vec<String> = told.map(|(_, words)| words).collect();
    if sum.open_minor() > 0 && !sum.fault.is_empty() {
        told.push(said().refund_fault(&sum.fault));
    }
    Step {
        at: sum.found_at,
        title: said().sum_captured(&money(sum.captured_minor), &total),
        by: None,
        text: told.join(" "),
    }
}

/// Buttons for what someone has returned another way.
fn to_return(desk: &AdminOrder) -> AnyView {
    let open = desk.other_sums.iter().filter(|sum| sum.open_minor() > 0);
    let forms: Vec<_> = open
        .map(|sum| {
            let amount = locale().money(sum.open_minor(), &sum.currency);
            view! {
                <form action="/api/admin/orders/sum-returned" method="post">
                    <PageField/>
                    <input type="hidden" name="id" value=desk.order.id.clone()/>
                    <input type="hidden" name="attempt" value=sum.attempt.to_string()/>
                    <button class="btn" type="submit">{said().mark_returned(&amount)}</button>
                </form>
            }
        })
        .collect();
    forms.into_any()
}

/// Of the order's time line, what concerns its money.
fn events(desk: &AdminOrder) -> Vec<Step> {
    let order = &desk.order;
    let told = desk.events.iter().filter_map(|event| {
        let title = match event.kind {
            // From then on its money is waited for.
            EventKind::Confirmed => said().order_confirmed().to_owned(),
            EventKind::Refund => refund_words(event, &order.currency)?,
            EventKind::RefundElsewhere => refund_elsewhere_words(event, &order.currency),
            EventKind::PaidBack => paid_back_words(event, &order.currency)?,
            EventKind::RefundFailed => refund_failed_words(event, &order.currency),
            EventKind::RefundByBank => refund_by_bank_words(event, &order.currency),
            EventKind::Disputed => said().bank_asks_back().to_owned(),
            EventKind::DisputeWon => said().dispute_won().to_owned(),
            EventKind::DisputeLost => said().dispute_lost().to_owned(),
            EventKind::Cancelled if order.payment_status == PaymentStatus::Declined => {
                said().attempt_declined().to_owned()
            }
            EventKind::Cancelled
            | EventKind::Paid
            | EventKind::Packed
            | EventKind::Shipped
            | EventKind::Delivered
            | EventKind::Refunded
            | EventKind::Received
            | EventKind::Tracking
            | EventKind::Note => return None,
        };
        let text = match event.kind {
            EventKind::RefundFailed
            | EventKind::Disputed
            | EventKind::DisputeWon
            | EventKind::DisputeLost => event.text.clone(),
            EventKind::Confirmed
            | EventKind::Paid
            | EventKind::Packed
            | EventKind::Shipped
            | EventKind::Delivered
            | EventKind::Cancelled
            | EventKind::Refunded
            | EventKind::Refund
            | EventKind::RefundElsewhere
            | EventKind::RefundByBank
            | EventKind::PaidBack
            | EventKind::Received
            | EventKind::Tracking
            | EventKind::Note => String::new(),
        };
        Some(Step {
            at: event.at,
            title,
            by: event.actor.clone(),
            text,
        })
    });
    told.collect()
}

fn item(step: Step) -> AnyView {
    let by = step.by.map(|actor| view! { {said().done_by(&actor)} });
    let text = (!step.text.is_empty()).then(|| view! { <p class="timeline-note">{step.text}</p> });
    view! {
        <li class="timeline-item timeline-done">
            <p class="timeline-title">{step.title}</p>
            <p class="timeline-text">{time(step.at)} {by}</p>
            {text}
        </li>
    }
    .into_any()
}

/// What can be done with money that may be set aside: whether it is, only the provider knows.
fn by_hand(desk: &AdminOrder) -> AnyView {
    let order = &desk.order;
    let is_unclear = matches!(
        order.payment_status,
        PaymentStatus::Pending | PaymentStatus::Authorised
    );
    // What is to be let go is not captured.
    let last = desk.attempts.last();
    let is_to_go = is_unclear && last.is_some_and(|last| last.release_wanted_at.is_some());
    let is_waiting = order.status == OrderStatus::PendingPayment;
    let amount = locale().money(order.total_minor, &order.currency);
    let capture = (is_unclear && is_waiting && !is_to_go).then(|| {
        let words = Words {
            action: "/api/admin/orders/capture-payment",
            summary: said().capture_payment_dots(),
            why: said().capture_payment_why(&amount),
            button: said().capture_payment(),
        };
        form(desk, words)
    });
    let release = is_unclear.then(|| {
        let words = Words {
            action: "/api/admin/orders/void-payment",
            summary: said().release_payment_dots(),
            why: said().release_payment_why(&amount),
            button: said().release_payment(),
        };
        form(desk, words)
    });
    view! { <div class="row">{capture} {release}</div> }.into_any()
}

struct Words {
    action: &'static str,
    summary: &'static str,
    why: String,
    button: &'static str,
}

fn form(desk: &AdminOrder, words: Words) -> AnyView {
    view! {
        <details class="asked">
            <summary class="btn">{words.summary}</summary>
            <form class="panel stack" action=words.action method="post">
                <PageField/>
                <input type="hidden" name="id" value=desk.order.id.clone()/>
                <input type="hidden" name="key" value=desk.form_key.clone()/>
                <p>{words.why}</p>
                <div>
                    <button class="btn" type="submit">{words.button}</button>
                </div>
            </form>
        </details>
    }
    .into_any()
}
