//! `/admin/orders/{id}/packing-slip` and `/admin/orders/{id}/invoice`: pages to be printed.

use leptos::prelude::*;

use crate::{
    admin::{
        frame::for_role,
        orders::{ports::order_admin, types::AdminOrder},
    },
    contact::view::address,
    identity::Role,
    money::{contained_tax, format_money},
    orders::{
        payment::PaymentStatus,
        types::{Order, OrderLine},
    },
    shop::shop,
    ui::{
        date::{date, time},
        head::private_head,
        icon::{Icon, icon},
        path::path_part,
    },
};

#[component]
pub fn AdminPackingSlipPage() -> impl IntoView {
    sheet_page("Packing slip", packing_slip)
}

#[component]
pub fn AdminInvoicePage() -> impl IntoView {
    sheet_page("Invoice", invoice)
}

fn sheet_page(kind: &'static str, content: fn(&AdminOrder) -> AnyView) -> AnyView {
    let id = path_part("id");
    let port = order_admin();
    let name = shop().settings.name.clone();
    let data = async move { port.order(&id).await };
    for_role(Role::Staff, data, move |_, desk| {
        let order = &desk.order;
        let back = format!("/admin/orders/{}", order.id);
        let content = content(&desk);
        view! {
            {private_head(&format!("{kind} {} – Admin", order.number))}
            <header class="sheet-bar">
                <a class="btn-text" href=back>{icon(Icon::Back)} "Back to order"</a>
                <p class="muted">"Print this page with Ctrl+P, or ⌘P on a Mac."</p>
            </header>
            <main class="sheet" id="main" tabindex="-1">
                <div class="sheet-head">
                    <p class="sheet-shop">{name}</p>
                    <h1>{kind}</h1>
                </div>
                {content}
            </main>
        }
        .into_any()
    })
}

fn facts(order: &Order, more: Vec<(&'static str, AnyView)>) -> AnyView {
    let mut facts = vec![
        (
            "Order",
            view! { <span class="mono">{order.number.clone()}</span> }.into_any(),
        ),
        ("Placed", time(order.created_at).into_any()),
    ];
    facts.extend(more);
    let facts: Vec<_> = facts
        .into_iter()
        .map(|(term, words)| {
            view! {
                <div>
                    <dt>{term}</dt>
                    <dd>{words}</dd>
                </div>
            }
        })
        .collect();
    view! {
        <div class="sheet-facts">
            <div>
                <h2>"To"</h2>
                {address(&order.contact)}
            </div>
            <dl>{facts}</dl>
        </div>
    }
    .into_any()
}

fn title_cell(line: &OrderLine) -> AnyView {
    let variant = (!line.variant_title.is_empty())
        .then(|| view! { <span class="sheet-sub">{line.variant_title.clone()}</span> });
    view! { <th scope="row">{line.title.clone()} {variant}</th> }.into_any()
}

/// What is to go into the parcel: no prices, nothing that was refunded before.
fn packing_slip(desk: &AdminOrder) -> AnyView {
    let order = &desk.order;
    let rows: Vec<_> = order
        .lines
        .iter()
        .filter(|line| line.kept() > 0)
        .map(|line| {
            view! {
                <tr>
                    <td class="sheet-box"><span aria-hidden="true"></span></td>
                    {title_cell(line)}
                    <td class="mono">{line.sku.clone()}</td>
                    <td class="cell-num">{line.kept().to_string()}</td>
                </tr>
            }
        })
        .collect();
    let units: i64 = order.lines.iter().map(OrderLine::kept).sum();
    let gone: i64 = order.lines.iter().map(|line| line.refunded).sum();
    let gone = (gone > 0).then(|| {
        let words = match gone {
            1 => "1 refunded unit is not listed.".to_owned(),
            units => format!("{units} refunded units are not listed."),
        };
        view! { <p class="sheet-note">{words}</p> }
    });
    let shipping = view! { {order.shipping_method.clone()} }.into_any();
    view! {
        {facts(order, vec![("Shipping", shipping)])}
        <table class="sheet-table">
            <caption class="visually-hidden">"What to pack"</caption>
            <thead>
                <tr>
                    <th scope="col"><span class="visually-hidden">"Packed"</span></th>
                    <th scope="col">"Product"</th>
                    <th scope="col">"SKU"</th>
                    <th scope="col" class="cell-num">"Units"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <p class="sheet-sum">{format!("Total units: {units}")}</p>
        {gone}
    }
    .into_any()
}

fn invoice(desk: &AdminOrder) -> AnyView {
    let order = &desk.order;
    let money = |minor| format_money(minor, &order.currency);
    let rows: Vec<_> = order
        .lines
        .iter()
        .map(|line| {
            view! {
                <tr>
                    {title_cell(line)}
                    <td class="mono">{line.sku.clone()}</td>
                    <td class="cell-num">{line.quantity.to_string()}</td>
                    <td class="cell-num">{money(line.unit_price_minor)}</td>
                    <td class="cell-num">{money(line.unit_price_minor * line.quantity)}</td>
                </tr>
            }
        })
        .collect();
    let more = vec![
        ("Date", date(order.created_at).into_any()),
        (
            "Payment",
            view! { {order.payment_label.clone()} }.into_any(),
        ),
    ];
    view! {
        {facts(order, more)}
        <table class="sheet-table">
            <caption class="visually-hidden">"Items"</caption>
            <thead>
                <tr>
                    <th scope="col">"Product"</th>
                    <th scope="col">"SKU"</th>
                    <th scope="col" class="cell-num">"Units"</th>
                    <th scope="col" class="cell-num">"Price"</th>
                    <th scope="col" class="cell-num">"Total"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <dl class="sheet-totals">
            {sum("Subtotal", money(order.subtotal_minor))}
            {sum(&format!("Delivery, {}", order.shipping_method), money(order.shipping_minor))}
            {grand("Total", money(order.total_minor))}
        </dl>
        {(order.tax_minor > 0).then(|| tax_table(order))}
        {after(desk)}
        <p class="sheet-note">{payment_line(desk)}</p>
    }
    .into_any()
}

fn sum(term: &str, amount: String) -> AnyView {
    view! {
        <div>
            <dt>{term.to_owned()}</dt>
            <dd>{amount}</dd>
        </div>
    }
    .into_any()
}

fn grand(term: &'static str, amount: String) -> AnyView {
    view! {
        <div class="sheet-grand">
            <dt>{term}</dt>
            <dd>{amount}</dd>
        </div>
    }
    .into_any()
}

/// `19 %`, from percent times 100.
fn rate(basis_points: i64) -> String {
    let text = format!("{}.{:02}", basis_points / 100, basis_points % 100);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{text}\u{a0}%")
}

/// What of the total is tax.
fn tax_table(order: &Order) -> AnyView {
    let money = |minor| format_money(minor, &order.currency);
    let rate = order.tax_basis_points.map_or_else(|| "–".to_owned(), rate);
    view! {
        <table class="sheet-table sheet-tax">
            <caption>"Tax included in the total"</caption>
            <thead>
                <tr>
                    <th scope="col">"Rate"</th>
                    <th scope="col" class="cell-num">"Net"</th>
                    <th scope="col" class="cell-num">"Tax"</th>
                    <th scope="col" class="cell-num">"Gross"</th>
                </tr>
            </thead>
            <tbody>
                <tr>
                    <th scope="row">{rate}</th>
                    <td class="cell-num">{money(order.total_minor - order.tax_minor)}</td>
                    <td class="cell-num">{money(order.tax_minor)}</td>
                    <td class="cell-num">{money(order.total_minor)}</td>
                </tr>
            </tbody>
        </table>
    }
    .into_any()
}

/// Refunds, what is left after them, and the tax in that.
fn after(desk: &AdminOrder) -> Option<AnyView> {
    if desk.refunds.is_empty() {
        return None;
    }
    let order = &desk.order;
    let money = |minor| format_money(minor, &order.currency);
    let refunds: Vec<_> = desk
        .refunds
        .iter()
        .map(|refund| {
            let words = format!("Refund {}, {}", refund.number, date(refund.created_at));
            sum(&words, format!("−{}", money(refund.amount_minor)))
        })
        .collect();
    let left = order.total_minor - order.refunded_minor;
    let tax = order
        .tax_basis_points
        .filter(|rate| *rate > 0)
        .map(|rate| sum("Tax included", money(contained_tax(left, rate))));
    let view = view! {
        <dl class="sheet-totals">{refunds} {grand("Left", money(left))} {tax}</dl>
    };
    Some(view.into_any())
}

fn payment_line(desk: &AdminOrder) -> String {
    let order = &desk.order;
    match order.payment_status {
        PaymentStatus::Captured => "Paid.".to_owned(),
        PaymentStatus::Due => format!(
            "To be paid on delivery: {}",
            format_money(desk.due_minor(), &order.currency)
        ),
        PaymentStatus::Refunded => "Paid and refunded.".to_owned(),
        PaymentStatus::Disputed => "Paid.".to_owned(),
        PaymentStatus::Pending | PaymentStatus::Authorised => "Not paid yet.".to_owned(),
        PaymentStatus::Declined | PaymentStatus::Voided => "Nothing is due.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::rate;

    #[test]
    fn rates_are_written_without_idle_zeros() {
        assert_eq!(rate(1900), "19\u{a0}%");
        assert_eq!(rate(550), "5.5\u{a0}%");
        assert_eq!(rate(825), "8.25\u{a0}%");
        assert_eq!(rate(0), "0\u{a0}%");
        assert_eq!(rate(1000), "10\u{a0}%");
    }
}
