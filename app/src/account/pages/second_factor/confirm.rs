//! `/account/confirm`: a form was sent that must not be somebody else's doing. Its fields come along,
//! and a code sends them once more.

use leptos::prelude::*;

use crate::{
    account::pages::frame::door,
    error::ErrorKind,
    ui::{
        field::{TextField, refusal_of},
        form::{Form, FormState},
        onward::onward,
    },
};

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
    let action = state.action.clone();
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
                    "This moves money, changes permissions or gives out personal data. Enter a \
                     code to continue. You won’t be asked again for 15 minutes."
                </p>
                <TextField
                    form=&form
                    name="confirm_code"
                    label="Code"
                    autocomplete="one-time-code"
                    maxlength=40
                    hint="The 6 digits that your authenticator app shows, or a recovery code."
                />
                <div>
                    <button class="btn btn-primary btn-large" type="submit">
                        "Confirm and continue"
                    </button>
                </div>
            </div>
        </form>
    };
    door("Confirm it’s you", content)
}
