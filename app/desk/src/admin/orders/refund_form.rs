//! The two forms of the refund page: what to refund, and to refund it.

use app::{
    error::ShopError,
    locale::locale,
    orders::{payment::PaymentStatus, steps::Action, types::OrderLine},
    ui::{
        fact::fact,
        field::{CheckField, Need, TextArea, error_line},
        form::PageField,
    },
};
use leptos::prelude::*;

use crate::admin::orders::{
    refund::Chosen,
    said,
    types::{AdminOrder, Quote},
};

/// Chooses units; what is wrong with them is said at their fields.
pub fn choice(desk: &AdminOrder, chosen: &Chosen, wrong: Option<&ShopError>) -> AnyView {
    let order = &desk.order;
    let rows: Vec<_> = order
        .lines
        .iter()
        .enumerate()
        .map(|(at, line)| line_row(at, line, chosen, wrong, &order.currency))
        .collect();
    let units_left: i64 = order.lines.iter().map(OrderLine::kept).sum();
    let shipping_left = desk.shipping_left_minor();
    let shipping = (shipping_left > 0).then(|| {
        let amount = locale().money(shipping_left, &order.currency);
        view! {
            <CheckField
                name="shipping"
                label=said().refund_shipping(&amount)
                checked=chosen.shipping == "1" || units_left == 0
            />
        }
    });
    let radio = |value: &'static str, words: &'static str, checked: bool| {
        view! {
            <label class="check">
                <input type="radio" name="restock" value=value checked=checked/>
                <span>{words}</span>
            </label>
        }
    };
    // After the last unit only delivery is left.
    let restock = match units_left {
        0 => view! { <input type="hidden" name="restock" value="0"/> }.into_any(),
        _ => view! {
            <section class="panel">
                <fieldset id="restock">
                    <legend class="panel-title">{said().restock_items()}</legend>
                    {radio("1", said().restock_yes(), chosen.restock != "0")}
                    {radio("0", said().restock_no(), chosen.restock == "0")}
                </fieldset>
            </section>
        }
        .into_any(),
    };
    view! {
        <form class="stack" action=format!("/admin/orders/{}/refund", order.id) method="get">
            <section class="panel" aria-labelledby="units">
                <h2 class="panel-title" id="units">{said().what_to_refund()}</h2>
                <div class="stack">
                    <ul class="refund-lines">{rows}</ul>
                    {shipping}
                </div>
            </section>
            {restock}
            <section class="panel" aria-label=said().reason()>
                <TextArea
                    name="note"
                    label=said().reason()
                    need=Need::Optional
                    rows=2
                    maxlength=2000
                    hint=said().only_staff()
                    value=chosen.note.clone()
                />
            </section>
            <p class="row">
                <button class="btn btn-primary" type="submit">{said().calculate_refund()}</button>
                <a class="btn-text" href=format!("/admin/orders/{}", order.id)>{said().back_to_order()}</a>
            </p>
        </form>
    }
    .into_any()
}

fn line_row(
    at: usize,
    line: &OrderLine,
    chosen: &Chosen,
    wrong: Option<&ShopError>,
    currency: &str,
) -> AnyView {
    let name = format!("lines[{at}][units]");
    let error = wrong
        .and_then(|error| error.fields.iter().find(|field| field.field == name))
        .map(|field| field.message.clone());
    let left = line.kept();
    let typed = chosen.units.get(at).filter(|text| !text.is_empty());
    let mut title = line.title.clone();
    if !line.variant_title.is_empty() {
        title = format!("{title}, {}", line.variant_title);
    }
    let price = locale().money(line.unit_price_minor, currency);
    let of = said().units_at(&left.to_string(), &price);
    let described = match error {
        Some(_) => format!("{name}-error {name}-of"),
        None => format!("{name}-of"),
    };
    view! {
        <li class="refund-line">
            <label class="field-label" for=name.clone()>{title}</label>
            <div class="row">
                <input
                    class="input refund-units"
                    id=name.clone()
                    name=name.clone()
                    type="number"
                    inputmode="numeric"
                    min="0"
                    max=left
                    value=typed.cloned().unwrap_or_else(|| "0".to_owned())
                    readonly=left == 0
                    aria-invalid=error.is_some().then_some("true")
                    aria-describedby=described
                />
                <span class="muted" id=format!("{name}-of")>{of}</span>
            </div>
            {error_line(&name, error)}
        </li>
    }
    .into_any()
}

/// What it comes to, and the button that does it.
pub fn preview(desk: &AdminOrder, chosen: &Chosen, quote: &Quote) -> AnyView {
    let order = &desk.order;
    let money = |minor| locale().money(minor, &order.currency);
    let amount = money(quote.amount_minor);
    let is_due = order.payment_status == PaymentStatus::Due;
    let (button, how) = match (is_due, order.payment_method.as_str()) {
        (true, _) => (said().deduct_amount(&amount), said().deduct_why()),
        (false, "cash_on_delivery") => (said().refund_amount(&amount), said().by_hand_why()),
        _ if order.transfer.is_some() => (said().refund_amount(&amount), said().by_hand_why()),
        _ => (said().refund_amount(&amount), said().original_why()),
    };
    let shipping =
        (quote.shipping_minor > 0).then(|| fact(said().shipping(), money(quote.shipping_minor)));
    let elsewhere = (quote.elsewhere_minor > 0).then(|| {
        let amount = format!("−{}", money(quote.elsewhere_minor));
        fact(said().before_elsewhere(), amount)
    });
    let ends = (quote.ends_order && order.allows(Action::Refund)).then(|| {
        let stays = desk.shipping_left_minor() - quote.shipping_minor;
        let words = match stays {
            0 => said().refunds_rest().to_owned(),
            stays => said().refunds_last_item(&money(stays)),
        };
        view! { <p>{words}</p> }
    });
    let fields: Vec<_> = quote
        .units
        .iter()
        .map(|(at, units)| {
            view! {
                <input type="hidden" name=format!("lines[{at}][position]") value=at.to_string()/>
                <input type="hidden" name=format!("lines[{at}][units]") value=units.to_string()/>
            }
        })
        .collect();
    let units: i64 = quote.units.iter().map(|(_, units)| units).sum();
    view! {
        <section class="panel" aria-labelledby="amount" id="result">
            <h2 class="panel-title" id="amount">{said().refund_total()}</h2>
            <form class="stack" action="/api/admin/orders/refund" method="post">
                <PageField/>
                <dl class="totals">
                    {fact(said().unit_count(units), money(quote.goods_minor))}
                    {shipping} {elsewhere}
                    <div class="totals-grand">
                        <dt>{said().refund()}</dt>
                        <dd>{amount}</dd>
                    </div>
                </dl>
                <p class="muted">{how}</p>
                {ends}
                <input type="hidden" name="id" value=order.id.clone()/>
                <input type="hidden" name="number" value=(desk.refunds.len() + 1).to_string()/>
                <input type="hidden" name="key" value=desk.form_key.clone()/>
                <input type="hidden" name="expected_minor" value=quote.amount_minor.to_string()/>
                <input type="hidden" name="shipping" value=chosen.shipping.clone()/>
                <input type="hidden" name="restock" value=chosen.restock.clone()/>
                <input type="hidden" name="note" value=chosen.note.clone()/>
                {fields}
                <button class="btn btn-primary btn-block" type="submit">{button}</button>
            </form>
        </section>
    }
    .into_any()
}
