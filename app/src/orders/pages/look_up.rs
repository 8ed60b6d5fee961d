//! `/orders`: the way back to an order by its number.

use leptos::prelude::*;

use crate::{
    storefront::frame::Frame,
    ui::{
        field::{TextField, refusal_of},
        form::{Form, PageField},
        head::private_head,
    },
};

const ACTION: &str = "/api/orders/look-up";

#[component]
pub fn OrderLookUpPage() -> impl IntoView {
    let form = Form::of(ACTION);
    let content = view! {
        <div class="page-head">
            <h1>"Find your order"</h1>
            <p class="muted">"You’ll find the number in your confirmation e-mail."</p>
        </div>
        <form class="panel" action=ACTION method="post">
            <PageField/>
            {refusal_of(&form)}
            <div class="form-grid">{fields(&form)}</div>
        </form>
    }
    .into_any();
    view! {
        {private_head("Find your order")}
        <Frame>
            <div class="container narrow">{content}</div>
        </Frame>
    }
    .into_any()
}

fn fields(form: &Form) -> impl IntoView + use<> {
    view! {
        <TextField
            form
            name="number"
            label="Order number"
            autocomplete="off"
            maxlength=40
        />
        <TextField
            form
            name="email"
            label="E-mail"
            kind="email"
            autocomplete="email"
            hint="The address you ordered with."
        />
        <div>
            <button class="btn btn-primary btn-large" type="submit">"Find order"</button>
        </div>
    }
}
