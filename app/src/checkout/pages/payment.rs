//! Third step: how it is paid.

use leptos::prelude::*;

use super::steps::{Step, form_actions};
use crate::{
    checkout::types::{Draft, PaymentChoice},
    ui::{
        field::{Need, TextField, error_line, refusal_of},
        form::{Form, PageField},
        icon::{Icon, icon},
    },
};

const CASH: &str = "cash_on_delivery";
const CARD: &str = "test_card";

pub fn payment_step(draft: &Draft) -> AnyView {
    let form = Form::of(Step::Payment.action());
    let stored = draft
        .payment
        .as_ref()
        .map_or(CARD, |payment| payment.method.as_str());
    let chosen = form.value("payment", stored);
    let card = (
        CARD,
        "Test card",
        "Test mode: no real payment is taken.",
        Icon::Card,
    );
    let cash = (
        CASH,
        "Cash on delivery",
        "Pay the courier at the door.",
        Icon::Cash,
    );
    view! {
        <form action=Step::Payment.action() method="post">
            <PageField/>
            {refusal_of(&form)}
            <fieldset class="form-section" id="payment">
                <legend>"How do you want to pay?"</legend>
                <div class="choices">
                    {choice(cash, &chosen)} {choice(card, &chosen)}
                    <div class="choice-more">{card_fields(&form, draft.payment.as_ref())}</div>
                </div>
                {error_line("payment", form.error("payment"))}
            </fieldset>
            {form_actions((Step::Shipping.href(), "Back to shipping"), "Continue to review".to_owned())}
        </form>
    }
    .into_any()
}

fn choice(
    (value, title, text, sign): (&'static str, &'static str, &'static str, Icon),
    chosen: &str,
) -> impl IntoView + use<> {
    view! {
        <label class="choice">
            <input type="radio" name="payment" value=value checked=chosen == value required/>
            <span>
                <span class="choice-title">{title}</span>
                <span class="choice-text">{text}</span>
            </span>
            <span class="choice-end">{icon(sign)}</span>
        </label>
    }
}

fn card_fields(form: &Form, stored: Option<&PaymentChoice>) -> impl IntoView + use<> {
    let kept = stored.filter(|payment| payment.method == CARD && !payment.token.is_empty());
    let hint = kept
        .map(|card| format!("{}. Leave the field empty to keep it.", card.label))
        .unwrap_or_default();
    view! {
        <div class="form-grid">
            <TextField
                form
                name="card_number"
                label="Card number"
                need=Need::Unmarked
                autocomplete="cc-number"
                inputmode="numeric"
                maxlength=30
                placeholder="4242 4242 4242 4242"
                hint=hint
            />
            <div class="small muted">
                <p>"Test card numbers:"</p>
                <ul>
                    <li><span class="nums">"4242 4242 4242 4242"</span>" is approved."</li>
                    <li><span class="nums">"4000 0000 0000 0002"</span>" is declined."</li>
                    <li>
                        <span class="nums">"4000 0000 0000 0119"</span>
                        " fails midway, before anything is charged."
                    </li>
                    <li>
                        <span class="nums">"4000 0000 0000 0127"</span>
                        " fails midway, after it was charged: the order goes through."
                    </li>
                </ul>
            </div>
        </div>
    }
}
