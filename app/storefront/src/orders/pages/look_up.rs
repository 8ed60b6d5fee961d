//! `/orders`: the way back to an order by its number.

use app::{
    locale::{href, locale},
    orders::text::Text,
    ui::{
        field::{TextField, refusal_of},
        form::{Form, PageField},
        head::private_head,
    },
};
use leptos::prelude::*;

use crate::frame::Frame;

const ACTION: &str = "/api/orders/look-up";

#[component]
pub fn OrderLookUpPage() -> impl IntoView {
    let text = Text::from(locale());
    let form = Form::of(ACTION);
    let content = view! {
        <div class="page-head">
            <h1>{text.find_your_order()}</h1>
            <p class="muted">{text.number_is_in_the_mail()}</p>
        </div>
        <form class="panel" action=href(ACTION) method="post">
            <PageField/>
            {refusal_of(&form)}
            <div class="form-grid">{fields(&form)}</div>
        </form>
    }
    .into_any();
    view! {
        {private_head(text.find_your_order())}
        <Frame>
            <div class="container narrow">{content}</div>
        </Frame>
    }
    .into_any()
}

fn fields(form: &Form) -> impl IntoView + use<> {
    let text = Text::from(locale());
    view! {
        <TextField
            form
            name="number"
            label=text.order_number()
            autocomplete="off"
            maxlength=40
        />
        <TextField
            form
            name="email"
            label=text.email()
            kind="email"
            autocomplete="email"
            hint=text.ordered_with()
        />
        <div>
            <button class="btn btn-primary btn-large" type="submit">{text.find_order()}</button>
        </div>
    }
}
