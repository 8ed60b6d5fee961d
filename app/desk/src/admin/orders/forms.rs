//! What can be done to an order next: the forms of its page.

use app::{
    locale::locale,
    orders::{
        payment::{PaymentStatus, RefundStatus},
        steps::Action,
        types::{Order, OrderStatus, Parcel},
    },
    shop::shop,
    ui::{
        date::time,
        field::{Need, TextField},
        form::{Form, PageField},
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;

use crate::admin::orders::{said, types::AdminOrder};

const SHIP: &str = "/api/admin/orders/ship";
const TRACKING: &str = "/api/admin/orders/tracking";

/// The panel with the next step; nothing for an order that has ended.
pub fn next_step(desk: &AdminOrder) -> Option<AnyView> {
    let order = &desk.order;
    let (words, form) = match order.status {
        OrderStatus::AwaitingConfirmation => (said().next_confirm(), confirm(order)),
        OrderStatus::PendingPayment if order.transfer.is_some() => {
            (said().next_transfer(), match_payment(order))
        }
        OrderStatus::PendingPayment => (said().next_wait(), ().into_any()),
        OrderStatus::Paid => (
            said().next_pack(),
            button(order, "pack", said().mark_packed()),
        ),
        // No carrier has a part in it.
        OrderStatus::Packed if order.is_collected() => (
            said().next_ready(),
            button(order, "ship", said().mark_ready()),
        ),
        OrderStatus::Packed => (
            said().next_ship(),
            parcel_form(order, SHIP, said().mark_shipped(), &Parcel::default()),
        ),
        OrderStatus::Shipped if order.is_collected() => (
            said().next_collect(),
            button(order, "deliver", said().mark_collected()),
        ),
        OrderStatus::Shipped => (
            said().next_deliver(),
            button(order, "deliver", said().mark_delivered()),
        ),
        OrderStatus::Delivered | OrderStatus::Cancelled | OrderStatus::Refunded => return None,
    };
    let view = view! {
        <section class="panel" aria-labelledby="next-step">
            <h2 class="panel-title" id="next-step">{said().next_step()}</h2>
            <div class="stack">
                <p class="muted">{words}</p>
                {form}
            </div>
        </section>
    };
    Some(view.into_any())
}

/// The way to what came by bank transfer.
fn match_payment(order: &Order) -> AnyView {
    let href = format!("/admin/transfers/{}", order.id);
    view! { <p><a class="btn" href=href>{said().record_payment()}</a></p> }.into_any()
}

/// Until when the customer can, and the button for who knows that they want it.
fn confirm(order: &Order) -> AnyView {
    let until = order
        .confirm_by
        .map(|until| view! { <p>{said().lapses_at()} " " {time(until)}</p> });
    view! {
        {until}
        {button(order, "confirm", said().mark_confirmed())}
    }
    .into_any()
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
    let known = shop().settings.carriers.0.clone();
    let carriers: Vec<_> = known
        .into_iter()
        .map(|carrier| view! { <option value=carrier.name></option> })
        .collect();
    let error = form.error("carrier");
    view! {
        <form action=action method="post">
            <PageField/>
            <input type="hidden" name="id" value=order.id.clone()/>
            <div class="form-grid">
                <div class="field col-half">
                    <label class="field-label" for="carrier">
                        {format!("{} ", said().carrier())}
                        <span class="field-optional">{said().optional()}</span>
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
                    {app::ui::field::error_line("carrier", error)}
                </div>
                <TextField
                    form=&form
                    name="tracking_number"
                    label=said().tracking_number()
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
    if order.is_collected() && *parcel == Parcel::default() {
        return None;
    }
    let open = Form::of(TRACKING).was_refused();
    let shown = match (parcel.carrier.as_str(), parcel.tracking_number.as_str()) {
        ("", "") => view! { <p class="muted">{said().no_tracking()}</p> }.into_any(),
        _ => view! { <p>{app::orders::status::parcel_line(parcel)}</p> }.into_any(),
    };
    let view = view! {
        <section class="panel" aria-labelledby="parcel">
            <h2 class="panel-title" id="parcel">{said().parcel()}</h2>
            {shown}
            <details class="fold" open=open>
                <summary>{icon(Icon::Edit)} {said().edit_tracking()} {icon(Icon::Chevron)}</summary>
                {parcel_form(order, TRACKING, said().save(), parcel)}
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
        view! { <a class="btn" href=format!("{here}/refund")>{said().refund_dots()}</a> }
    });
    let cancel = order.allows(Action::Cancel).then(|| cancel_form(order));
    view! {
        <div class="row">
            <a class="btn" href=format!("{here}/packing-slip")>{said().packing_slip()}</a>
            <a class="btn" href=format!("{here}/invoice")>{said().invoice()}</a>
            {refund} {cancel}
        </div>
    }
    .into_any()
}

fn cancel_form(order: &Order) -> AnyView {
    let money = match order.payment_status {
        PaymentStatus::Captured => said().will_be_refunded(
            &locale().money(order.total_minor - order.refunded_minor, &order.currency),
        ),
        PaymentStatus::Pending | PaymentStatus::Authorised => said().maybe_refunded().to_owned(),
        PaymentStatus::Disputed => said().refunded_unless_by_bank().to_owned(),
        PaymentStatus::Refunded => said().all_refunded_before().to_owned(),
        PaymentStatus::Due | PaymentStatus::Declined | PaymentStatus::Voided => {
            said().nothing_to_refund().to_owned()
        }
    };
    view! {
        <details class="asked">
            <summary class="btn btn-danger">{said().cancel_order_dots()}</summary>
            <form class="panel stack" action="/api/admin/orders/cancel" method="post">
                <PageField/>
                <input type="hidden" name="id" value=order.id.clone()/>
                <p>{format!("{money} {}", said().no_undo())}</p>
                <div>
                    <button class="btn btn-danger" type="submit">{said().cancel_this_order()}</button>
                </div>
            </form>
        </details>
    }
    .into_any()
}

/// How it was paid, what went back, and what is still due.
pub fn payment(desk: &AdminOrder) -> AnyView {
    let order = &desk.order;
    let money = |minor| locale().money(minor, &order.currency);
    let refunds: Vec<_> = desk
        .refunds
        .iter()
        .map(|refund| {
            let state = refund_state(desk, refund.status);
            let by_bank =
                (refund.by_bank_minor > 0 && refund.status != RefundStatus::ByBank).then(|| {
                    let words = said().returned_by_bank(&money(refund.by_bank_minor));
                    view! { <span class="cell-sub">{words}</span> }
                });
            let elsewhere = (refund.elsewhere_minor > 0).then(|| {
                let words = said().part_elsewhere(&money(refund.elsewhere_minor));
                view! { <span class="cell-sub">{words}</span> }
            });
            let fault = (!refund.fault.is_empty()).then(|| {
                let words = said().refund_fault(&refund.fault);
                view! { <span class="cell-sub">{words}</span> }
            });
            view! {
                <div>
                    <dt>
                        {said().refund_number(&refund.number.to_string())}
                        <span class="cell-sub">{state}</span> {by_bank} {elsewhere} {fault}
                    </dt>
                    <dd>{format!("−{}", money(refund.amount_minor))}</dd>
                </div>
            }
        })
        .collect();
    let by_hand = by_hand(desk);
    let refunds = (!refunds.is_empty()).then(|| view! { <dl class="totals">{refunds}</dl> });
    let due = desk.due_minor();
    // An order that nobody has confirmed yet brings no money.
    let is_due = order.payment_status == PaymentStatus::Due
        && order.status != OrderStatus::AwaitingConfirmation;
    let receive = is_due.then(|| {
        view! {
            <form action="/api/admin/orders/receive" method="post">
                <PageField/>
                <input type="hidden" name="id" value=order.id.clone()/>
                <button class="btn" type="submit">{said().mark_received(&money(due))}</button>
            </form>
        }
    });
    view! {
        <section class="panel" aria-labelledby="payment">
            <h2 class="panel-title" id="payment">{said().payment()}</h2>
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

/// Buttons for what someone has to pay back; while a bank has a say in it, why there are none.
fn by_hand(desk: &AdminOrder) -> AnyView {
    let order = &desk.order;
    let owed = desk.refunds.iter();
    let mut owed = owed
        .filter(|refund| refund.status == RefundStatus::ByHand)
        .peekable();
    if owed.peek().is_some() && desk.awaits_bank() {
        return view! { <p>{said().by_hand_after_bank()}</p> }.into_any();
    }
    let forms: Vec<_> = owed
        .map(|refund| {
            let amount = locale().money(refund.by_shop_minor(), &order.currency);
            view! {
                <form action="/api/admin/orders/paid-back" method="post">
                    <PageField/>
                    <input type="hidden" name="id" value=order.id.clone()/>
                    <input type="hidden" name="number" value=refund.number.to_string()/>
                    <button class="btn" type="submit">{said().mark_refunded(&amount)}</button>
                </form>
            }
        })
        .collect();
    forms.into_any()
}

fn payment_state(status: PaymentStatus) -> &'static str {
    match status {
        PaymentStatus::Pending => said().payment_pending(),
        PaymentStatus::Due => said().payment_due(),
        PaymentStatus::Authorised => said().payment_authorised(),
        PaymentStatus::Captured => said().payment_captured(),
        PaymentStatus::Declined => said().payment_declined(),
        PaymentStatus::Voided => said().payment_voided(),
        PaymentStatus::Refunded => said().refunded(),
        PaymentStatus::Disputed => said().payment_disputed(),
    }
}

fn refund_state(desk: &AdminOrder, status: RefundStatus) -> &'static str {
    match status {
        RefundStatus::Owed if desk.order.payment_status == PaymentStatus::Disputed => {
            said().refund_after_dispute()
        }
        RefundStatus::ByHand if desk.awaits_bank() => said().refund_after_bank(),
        RefundStatus::Owed => said().refund_owed(),
        RefundStatus::Pending => said().refund_pending(),
        RefundStatus::Returned => said().refund_returned(),
        RefundStatus::ByHand => said().refund_by_hand(),
        RefundStatus::PaidBack => said().refund_paid_back(),
        RefundStatus::ByBank => said().refund_by_bank(),
        RefundStatus::Waived => said().refund_waived(),
    }
}
