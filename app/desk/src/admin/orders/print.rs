//! `/admin/orders/{id}/packing-slip` and `/admin/orders/{id}/invoice`: pages to be printed.

use app::{
    contact::view::company_address,
    identity::Role,
    locale::{in_language, locale},
    money::contained_tax,
    orders::{
        payment::PaymentStatus,
        summary::adjustments,
        types::{Order, OrderLine},
    },
    shop::shop,
    ui::{
        date::{date, time},
        fact::fact,
        head::private_head,
        icon::{Icon, icon},
        path::path_part,
    },
};
use leptos::prelude::*;

use crate::admin::{
    frame::{for_role, short_number},
    orders::{ports::order_admin, said, text::Text, types::AdminOrder},
};

#[component]
pub fn AdminPackingSlipPage() -> impl IntoView {
    sheet_page(Text::packing_slip, slip_name, packing_slip)
}

#[component]
pub fn AdminInvoicePage() -> impl IntoView {
    sheet_page(Text::invoice, |desk| desk.order.number.clone(), invoice)
}

/// What a slip is called in lists of files and of what is to be printed: by the number that the staff says.
fn slip_name(desk: &AdminOrder) -> String {
    let number = &desk.order.number;
    match desk.short_number {
        Some(short) => format!("#{short} {number}"),
        None => number.clone(),
    }
}

/// A sheet is in the language of its order; what is around it, in that of who prints it.
fn sheet_page(
    kind: fn(Text) -> &'static str,
    name: fn(&AdminOrder) -> String,
    content: fn(&AdminOrder) -> AnyView,
) -> AnyView {
    let id = path_part("id");
    let port = order_admin();
    let settings = shop().settings;
    let data = async move { Ok((port.order(&id).await?, port.language(&id).await?)) };
    for_role(Role::Staff, data, move |_, (desk, language)| {
        let order = &desk.order;
        let back = format!("/admin/orders/{}", order.id);
        let title = said().sheet_title(kind(said()), &name(&desk));
        let heading = kind(Text::from(language));
        let content = in_language(language, || content(&desk));
        let seller: Vec<_> = settings
            .seller
            .lines(language)
            .into_iter()
            .map(|line| view! { <li>{line}</li> })
            .collect();
        let seller = (!seller.is_empty()).then(|| view! { <ul class="sheet-seller">{seller}</ul> });
        view! {
            {private_head(&title)}
            <header class="sheet-bar">
                <a class="btn-text" href=back>{icon(Icon::Back)} {said().back_to_order()}</a>
                <p class="muted">{said().how_to_print()}</p>
            </header>
            <main class="sheet" id="main" tabindex="-1" lang=language.code()>
                <div class="sheet-head">
                    <div>
                        <p class="sheet-shop">{settings.name.clone()}</p>
                        {seller}
                    </div>
                    <h1>{heading}</h1>
                </div>
                {content}
            </main>
        }
        .into_any()
    })
}

/// Whom a paper is for, and what else is to be known of the order.
fn facts(order: &Order, to: AnyView, more: Vec<(&'static str, AnyView)>) -> AnyView {
    let mut facts = vec![
        (
            said().order(),
            view! { <span class="mono">{order.number.clone()}</span> }.into_any(),
        ),
        (said().placed(), time(order.created_at).into_any()),
    ];
    facts.extend(more);
    let facts: Vec<_> = facts
        .into_iter()
        .map(|(term, words)| fact(term, words))
        .collect();
    view! {
        <div class="sheet-facts">
            <div>
                <h2>{said().paper_to()}</h2>
                {to}
            </div>
            <dl>{facts}</dl>
        </div>
    }
    .into_any()
}

/// Where the parcel goes.
fn parcel_address(desk: &AdminOrder) -> AnyView {
    company_address(&desk.details.company, &desk.order.contact).into_any()
}

/// Whom the invoice is for, with their VAT id.
fn billing_address(desk: &AdminOrder) -> AnyView {
    let details = &desk.details;
    let address = match &details.billing {
        Some(billing) => company_address(&billing.company, &billing.address()).into_any(),
        None => parcel_address(desk),
    };
    let vat_id =
        (!details.vat_id.is_empty()).then(|| view! { <p>{said().vat_id(&details.vat_id)}</p> });
    view! {
        {address}
        {vat_id}
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
        view! { <p class="sheet-note">{said().refunded_not_listed(gone)}</p> }
    });
    let shipping = view! { {order.shipping_method.clone()} }.into_any();
    let mut more = vec![(said().shipping(), shipping)];
    if let Some(short) = short_number(desk.short_number) {
        more.insert(0, (said().our_number(), short.into_any()));
    }
    view! {
        {facts(order, parcel_address(desk), more)}
        {customers_note(desk)}
        <table class="sheet-table">
            <caption class="visually-hidden">{said().what_to_pack()}</caption>
            <thead>
                <tr>
                    <th scope="col"><span class="visually-hidden">{said().packed()}</span></th>
                    <th scope="col">{said().product()}</th>
                    <th scope="col">{said().sku()}</th>
                    <th scope="col" class="cell-num">{said().units()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <p class="sheet-sum">{said().total_units(&units.to_string())}</p>
        {gone}
    }
    .into_any()
}

fn customers_note(desk: &AdminOrder) -> Option<AnyView> {
    let note = desk.details.customer_note.clone();
    if note.is_empty() {
        return None;
    }
    let view = view! {
        <section class="sheet-words">
            <h2>{said().customers_note()}</h2>
            <p>{note}</p>
        </section>
    };
    Some(view.into_any())
}

fn invoice(desk: &AdminOrder) -> AnyView {
    let order = &desk.order;
    let money = |minor| locale().money(minor, &order.currency);
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
    let mut more = vec![
        (said().date(), date(order.created_at).into_any()),
        (
            said().payment(),
            view! { {order.payment_label.clone()} }.into_any(),
        ),
    ];
    if desk.details.billing.is_some() {
        more.push((said().delivery_address(), parcel_address(desk)));
    }
    let adjusted: Vec<_> = adjustments(order, locale())
        .into_iter()
        .map(|(label, amount)| fact(label, amount))
        .collect();
    view! {
        {facts(order, billing_address(desk), more)}
        <table class="sheet-table">
            <caption class="visually-hidden">{said().items()}</caption>
            <thead>
                <tr>
                    <th scope="col">{said().product()}</th>
                    <th scope="col">{said().sku()}</th>
                    <th scope="col" class="cell-num">{said().units()}</th>
                    <th scope="col" class="cell-num">{said().price()}</th>
                    <th scope="col" class="cell-num">{said().total()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <dl class="sheet-totals">
            {fact(said().subtotal(), money(order.subtotal_minor))}
            {fact(said().delivery_by(&order.shipping_method), money(order.shipping_minor))}
            {adjusted}
            {grand(said().paper_total(), money(order.total_minor))}
        </dl>
        {(order.tax_minor > 0).then(|| tax_table(order))}
        {after(desk)}
        <p class="sheet-note">{payment_line(desk)}</p>
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
    format!("{}\u{a0}%", locale().percent(basis_points))
}

/// What of the total is tax.
fn tax_table(order: &Order) -> AnyView {
    let money = |minor| locale().money(minor, &order.currency);
    let rate = order.tax_basis_points.map_or_else(|| "–".to_owned(), rate);
    view! {
        <table class="sheet-table sheet-tax">
            <caption>{said().tax_in_total()}</caption>
            <thead>
                <tr>
                    <th scope="col">{said().rate()}</th>
                    <th scope="col" class="cell-num">{said().net()}</th>
                    <th scope="col" class="cell-num">{said().tax()}</th>
                    <th scope="col" class="cell-num">{said().gross()}</th>
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
    let money = |minor| locale().money(minor, &order.currency);
    let refunds: Vec<_> = desk
        .refunds
        .iter()
        .map(|refund| {
            let words = said().refund_on(&date(refund.created_at), &refund.number.to_string());
            fact(words, format!("−{}", money(refund.amount_minor)))
        })
        .collect();
    let left = order.total_minor - order.refunded_minor;
    let tax = order
        .tax_basis_points
        .filter(|rate| *rate > 0)
        .map(|rate| fact(said().tax_included(), money(contained_tax(left, rate))));
    let view = view! {
        <dl class="sheet-totals">{refunds} {grand(said().left(), money(left))} {tax}</dl>
    };
    Some(view.into_any())
}

fn payment_line(desk: &AdminOrder) -> String {
    let order = &desk.order;
    match order.payment_status {
        PaymentStatus::Captured | PaymentStatus::Disputed => said().paper_paid().to_owned(),
        PaymentStatus::Due => said().paper_due(&locale().money(desk.due_minor(), &order.currency)),
        PaymentStatus::Refunded => said().paper_refunded().to_owned(),
        PaymentStatus::Pending | PaymentStatus::Authorised => said().paper_unpaid().to_owned(),
        PaymentStatus::Declined | PaymentStatus::Voided => said().nothing_due().to_owned(),
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
