//! `/account/confirm`: a form was sent that must not be someone else's doing. Its fields come along,
//! and a code sends them once more.

use app::{
    error::ErrorKind,
    locale::href,
    ui::{
        field::refusal_of,
        form::{Form, FormState},
        onward::onward,
        secret::{Secret, SecretField},
    },
};
use leptos::prelude::*;

use crate::account::pages::{frame::door, said};

#[component]
pub fn ConfirmPage() -> impl IntoView {
    match use_context::<FormState>() {
        Some(state) => page(state),
        // Nobody comes here without a form.
        None => onward("/account/security"),
    }
}

fn page(state: FormState) -> AnyView {
    let fields: Vec<_> = state
        .values
        .iter()
        .map(|(name, value)| {
            view! { <input type="hidden" name=name.clone() value=value.clone()/> }
        })
        .collect();
    let action = href(&state.action);
    let form = Form::with(state);
    // Being asked is no mistake.
    let is_first = form
        .refusal()
        .is_none_or(|error| error.kind == ErrorKind::ConfirmNeeded);
    let refusal = (!is_first).then(|| refusal_of(&form));
    let content = view! {
        <form class="panel" action=action method="post">
            {refusal}
            {fields}
            <div class="form-grid">
                <p>
                    {said().confirm_why()}
                </p>
                <SecretField
                    form=&form
                    secret=Secret::ConfirmCode
                    label=said().code()
                    maxlength=40
                    hint=said().code_hint()
                />
                <div>
                    <button class="btn btn-primary btn-large" type="submit">
                        {said().confirm_and_continue()}
                    </button>
                </div>
            </div>
        </form>
    };
    door(said().confirm_its_you(), content)
}
