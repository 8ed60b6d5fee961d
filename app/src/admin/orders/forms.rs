//! What can be done to an order next: the forms of its page.

use leptos::prelude::*;

use crate::{
    admin::orders::types::AdminOrder,
    money::format_money,
    orders::{
        payment::{PaymentStatus, RefundStatus},
        steps::Action,
        tracking::CARRIERS,
        types::{Order, OrderStatus, Parcel},
    },
    ui::{
        field::{Need, TextField},
        form::{Form, PageField},
        icon::{Icon, icon},
    },
};

const SHIP: &str = "/api/admin/orders/ship";
const TRACKING: &str = "/api/admin/orders/tracking";

/// The panel with the next step; nothing for an order that has ended.
pub fn next_step(desk: &AdminOrder) -> Option<AnyView> {
    let order = &desk.order;
    let (words, form) = match order.status {
        OrderStatus::AwaitingConfirmation => (
            "Nothing to do yet: the customer has not confirmed the order. If they never do, it is \
             cancelled by itself and its units go back.",
            ().into_any(),
        ),
        OrderStatus::PendingPayment => (
            "Nothing to do yet: the payment hasn’t been confirmed. If it isn’t, the order is \
             cancelled automatically and its stock released.",
            ().into_any(),
        ),
        OrderStatus::Paid => (
            "Pick the items on the packing slip.",
            button(order, "pack", "Mark as packed"),
        ),
        OrderStatus::Packed => (
            "The customer gets an e-mail when you mark it as shipped.",
            parcel_form(order, SHIP, "Mark as shipped", &Parcel::default()),
        ),
        OrderStatus::Shipped => (
            "The parcel is on its way.",
            button(order, "deliver", "Mark as delivered"),
        ),
        OrderStatus::Delivered | OrderStatus::Cancelled | OrderStatus::Refunded => return None,
    };
    let view = view! {
        <section class="panel" aria-labelledby="next-step">
            <h2 class="panel-title" id="next-step">"Next step"</h2>
            <div class="stack">
                <p class="muted">{words}</p>
                {form}
            </div>
        </section>
    };
    Some(view.into_any())
}

/// A form of nothing but a button.
fn button(order: &Order, action: &'static str, words: &'static str) -> AnyView {
    view! {
        <form action=format!("/api/admin/orders/{action}") method="post">
            <PageField/>
            <input type="hidden" name="id" value=order.id.clone()/>
            <button class="btn btn-primary" type="submit">{words}</button>
        </form>
    }
    .into_any()
}

fn parcel_form(
    order: &Order,
    action: &'static str,
    words: &'static str,
    stored: &Parcel,
) -> AnyView {
    let form = Form::of(action);
    let carriers: Vec<_> = CARRIERS
        .into_iter()
        .map(|name| view! { <option value=name></option> })
        .collect();
    let error = form.error("carrier");
    view! {
        <form action=action method="post">
            <PageField/>
            <input type="hidden" name="id" value=order.id.clone()/>
            <div class="form-grid">
                <div class="field col-half">
                    <label class="field-label" for="carrier">
                        "Carrier "
                        <span class="field-optional">"(optional)"</span>
                    </label>
                    <input
                        class="input"
                        id="carrier"
                        name="carrier"
                        type="text"
                        list="carriers"
                        autocomplete="off"
                        maxlength="80"
                        value=form.value("carrier", stored.carrier.clone())
                        aria-invalid=error.is_some().then_some("true")
                        aria-describedby=error.is_some().then_some("carrier-error")
                    />
                    <datalist id="carriers">{carriers}</datalist>
                    {crate::ui::field::error_line("carrier", error)}
                </div>
                <TextField
                    form=&form
                    name="tracking_number"
                    label="Tracking number"
                    class="col-half"
                    need=Need::Optional
                    autocomplete="off"
                    maxlength=80
                    value=stored.tracking_number.clone()
                />
                <div>
                    <button class="btn btn-primary" type="submit">{words}</button>
                </div>
            </div>
        </form>
    }
    .into_any()
}

/// Carrier and number of an order that left, and a way to correct them.
pub fn parcel_panel(order: &Order) -> Option<AnyView> {
    let parcel = order.parcel.as_ref()?;
    let open = Form::of(TRACKING).was_refused();
    let shown = match (parcel.carrier.as_str(), parcel.tracking_number.as_str()) {
        ("", "") => view! { <p class="muted">"Sent without a tracking number."</p> }.into_any(),
        _ => view! { <p>{crate::orders::status::parcel_line(parcel)}</p> }.into_any(),
    };
    let view = view! {
        <section class="panel" aria-labelledby="parcel">
            <h2 class="panel-title" id="parcel">"Parcel"</h2>
            {shown}
            <details class="fold" open=open>
                <summary>{icon(Icon::Edit)} "Edit tracking" {icon(Icon::Chevron)}</summary>
                {parcel_form(order, TRACKING, "Save", parcel)}
            </details>
        </section>
    };
    Some(view.into_any())
}

/// The ways out of an order's head: papers, refund, cancellation.
pub fn head_actions(desk: &AdminOrder) -> AnyView {
    let order = &desk.order;
    let here = format!("/admin/orders/{}", order.id);
    let refund = desk.allows_refund().then(|| {
        view! { <a class="btn" href=format!("{here}/refund")>"Refund…"</a> }
    });
    let cancel = order.allows(Action::Cancel).then(|| cancel_form(order));
    view! {
        <div class="row">
            <a class="btn" href=format!("{here}/packing-slip")>"Packing slip"</a>
            <a class="btn" href=format!("{here}/invoice")>"Invoice"</a>
            {refund} {cancel}
        </div>
    }
    .into_any()
}

fn cancel_form(order: &Order) -> AnyView {
    let money = match order.payment_status {
        PaymentStatus::Captured => {
            let amount = format_money(order.total_minor, &order.currency);
            format!("{amount} will be refunded to the customer.")
        }
        PaymentStatus::Pending | PaymentStatus::Authorised => {
            "If the payment has gone through by then, it will be refunded.".to_owned()
        }
        PaymentStatus::Due
        | PaymentStatus::Declined
        | PaymentStatus::Voided
        | PaymentStatus::Disputed
        | PaymentStatus::Refunded => "Nothing was paid, so nothing will be refunded.".to_owned(),
    };
    view! {
        <details class="asked">
            <summary class="btn btn-danger">"Cancel order…"</summary>
            <form class="panel stack" action="/api/admin/orders/cancel" method="post">
                <PageField/>
                <input type="hidden" name="id" value=order.id.clone()/>
                <p>{format!("{money} This cannot be undone.")}</p>
                <div>
                    <button class="btn btn-danger" type="submit">"Cancel this order"</button>
                </div>
            </form>
        </details>
    }
    .into_any()
}

/// How it was paid, what went back, and what is still due.
pub fn payment(desk: &AdminOrder) -> AnyView {
    let order = &desk.order;
    let money = |minor| format_money(minor, &order.currency);
    let refunds: Vec<_> = desk
        .refunds
        .iter()
        .map(|refund| {
            let state = refund_state(refund.status);
            view! {
                <div>
                    <dt>{format!("Refund {}", refund.number)} <span class="cell-sub">{state}</span></dt>
                    <dd>{format!("−{}", money(refund.amount_minor))}</dd>
                </div>
            }
        })
        .collect();
    let by_hand: Vec<_> = desk
        .refunds
        .iter()
        .filter(|refund| refund.status == RefundStatus::ByHand)
        .map(|refund| {
            let words = format!("Mark {} as refunded", money(refund.amount_minor));
            view! {
                <form action="/api/admin/orders/paid-back" method="post">
                    <PageField/>
                    <input type="hidden" name="id" value=order.id.clone()/>
                    <input type="hidden" name="number" value=refund.number.to_string()/>
                    <button class="btn" type="submit">{words}</button>
                </form>
            }
        })
        .collect();
    let refunds = (!refunds.is_empty()).then(|| view! { <dl class="totals">{refunds}</dl> });
    let due = desk.due_minor();
    let receive = (order.payment_status == PaymentStatus::Due).then(|| {
        view! {
            <form action="/api/admin/orders/receive" method="post">
                <PageField/>
                <input type="hidden" name="id" value=order.id.clone()/>
                <button class="btn" type="submit">{format!("Mark {} as received", money(due))}</button>
            </form>
        }
    });
    view! {
        <section class="panel" aria-labelledby="payment">
            <h2 class="panel-title" id="payment">"Payment"</h2>
            <div class="stack">
                <div>
                    <p>{order.payment_label.clone()}</p>
                    <p class="muted">{payment_state(order.payment_status)}</p>
                </div>
                {refunds} {by_hand} {receive}
            </div>
        </section>
    }
    .into_any()
}

const fn payment_state(status: PaymentStatus) -> &'static str {
    match status {
        PaymentStatus::Pending => "Waiting for the payment provider",
        PaymentStatus::Due => "Due on delivery",
        PaymentStatus::Authorised => "Authorised, not charged yet",
        PaymentStatus::Captured => "Captured",
        PaymentStatus::Declined => "Declined",
        PaymentStatus::Voided => "Nothing was charged",
        PaymentStatus::Refunded => "Refunded",
        PaymentStatus::Disputed => "Disputed by the customer",
    }
}

const fn refund_state(status: RefundStatus) -> &'static str {
    match status {
        RefundStatus::Owed => "pending: we keep asking the provider until it’s refunded",
        RefundStatus::Returned => "refunded by the provider",
        RefundStatus::ByHand => "to be refunded by hand",
        RefundStatus::PaidBack => "refunded by hand",
        RefundStatus::Waived => "deducted from the amount due",
    }
}
