//! How to pay an order by bank transfer.

use app::{
    locale::locale,
    orders::{text::Text, types::Order},
    text::in_fours,
    ui::{date::time, fact::fact},
};
use leptos::prelude::*;

/// Where to send the money, while the order waits for it.
pub fn transfer_panel(order: &Order) -> Option<AnyView> {
    let transfer = order.awaits_transfer()?;
    let to = transfer.to.as_ref()?;
    let text = Text::from(locale());
    let money = |minor| locale().money(minor, &order.currency);
    let missing = money(transfer.missing_minor(order.total_minor));
    let row = |label: &'static str, value: String| (!value.is_empty()).then(|| fact(label, value));
    let arrived = (transfer.received_minor > 0)
        .then(|| row(text.transfer_arrived(), money(transfer.received_minor)));
    let panel = view! {
        <section class="panel" aria-labelledby="transfer">
            <h2 class="panel-title" id="transfer">{text.transfer_to()}</h2>
            <dl class="order-facts">
                {row(text.transfer_holder(), to.holder.clone())}
                {row(text.iban(), in_fours(&to.iban))} {row(text.bic(), to.bic.clone())}
                {row(text.bank(), to.bank.clone())} {arrived}
                {row(text.transfer_amount(), missing)}
                {row(text.transfer_reference(), in_fours(&to.reference))}
                {fact(text.transfer_until(), time(transfer.until))}
            </dl>
            <p class="muted">{text.transfer_why()}</p>
        </section>
    };
    Some(panel.into_any())
}
