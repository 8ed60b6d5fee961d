//! Third step: how it is paid.

use leptos::prelude::*;

use super::steps::{Step, form_actions};
use crate::{
    checkout::{
        text::Text,
        types::{Draft, PaymentChoice},
    },
    locale::{href, locale},
    ui::{
        field::{Need, TextField, error_line, refusal_of},
        form::{Form, PageField},
        icon::{Icon, icon},
    },
};

const CASH: &str = "cash_on_delivery";
const CARD: &str = "test_card";

pub fn payment_step(draft: &Draft) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(Step::Payment.action());
    let stored = draft
        .payment
        .as_ref()
        .map_or(CARD, |payment| payment.method.as_str());
    let chosen = form.value("payment", stored);
    let card = (CARD, text.test_card(), text.test_card_why(), Icon::Card);
    let cash = (CASH, text.cash(), text.cash_why(), Icon::Cash);
    view! {
        <form action=href(Step::Payment.action()) method="post">
            <PageField/>
            {refusal_of(&form)}
            <fieldset class="form-section" id="payment">
                <legend>{text.how_to_pay()}</legend>
                <div class="choices">
                    {choice(cash, &chosen)} {choice(card, &chosen)}
                    <div class="choice-more">{card_fields(&form, draft.payment.as_ref())}</div>
                </div>
                {error_line("payment", form.error("payment"))}
            </fieldset>
            {form_actions(
                (Step::Shipping.href(), text.back_to_shipping()),
                text.continue_to_review().to_owned(),
            )}
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
    let text = Text::from(locale());
    let kept = stored.filter(|payment| payment.method == CARD && !payment.token.is_empty());
    let hint = kept
        .map(|card| text.keep_card(&card.label))
        .unwrap_or_default();
    view! {
        <div class="form-grid">
            <TextField
                form
                name="card_number"
                label=text.card_number()
                need=Need::Unmarked
                autocomplete="cc-number"
                inputmode="numeric"
                maxlength=30
                placeholder="4242 4242 4242 4242"
                hint=hint
            />
            <div class="small muted">
                <p>{text.test_card_numbers()}</p>
                <ul>
                    <li><span class="nums">"4242 4242 4242 4242"</span>" "{text.card_is_approved()}</li>
                    <li><span class="nums">"4000 0000 0000 0002"</span>" "{text.card_is_declined()}</li>
                    <li>
                        <span class="nums">"4000 0000 0000 0119"</span>
                        " "
                        {text.fails_before()}
                    </li>
                    <li>
                        <span class="nums">"4000 0000 0000 0127"</span>
                        " "
                        {text.fails_after()}
                    </li>
                </ul>
            </div>
        </div>
    }
}
