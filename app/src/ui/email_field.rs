//! Where someone says at which address they are written to.

use leptos::prelude::*;

use super::{field::TextField, form::Form};

/// The longest address that mail servers take.
const MAX_EMAIL: u32 = 254;

/// The field of an e-mail address. Of a refused form it shows what was typed and what is wrong with it.
#[component]
pub fn EmailField(
    #[prop(optional, into)] form: Form,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    /// `email`, unless told: a page with several forms has an id for each.
    #[prop(optional, into)]
    id: String,
) -> impl IntoView {
    view! {
        <TextField
            form=form
            name="email"
            id=id
            label=label
            hint=hint
            kind="email"
            autocomplete="email"
            maxlength=MAX_EMAIL
        />
    }
}

/// The field, and below it the button that sends its form.
#[component]
pub fn EmailWithButton(
    #[prop(optional, into)] form: Form,
    #[prop(into)] label: String,
    #[prop(optional, into)] id: String,
    #[prop(into)] button: String,
    #[prop(default = "btn btn-primary")] button_class: &'static str,
) -> impl IntoView {
    view! {
        <EmailField form=form id=id label=label/>
        <div>
            <button class=button_class type="submit">{button}</button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        error::ShopError,
        ui::{field::refusal_to, form::FormState},
    };

    fn shown(form: &Form) -> String {
        Owner::new().with(|| {
            let view = view! {
                {refusal_to(form, &[("email", "code-email")])}
                <EmailWithButton
                    form
                    id="code-email"
                    label="E-mail"
                    button="Send"
                    button_class="btn"
                />
            };
            view.to_html()
        })
    }

    #[test]
    fn a_refused_address_comes_back_marked_and_is_led_to() {
        let fresh = shown(&Form::default());
        assert!(fresh.contains(r#"maxlength="254""#), "{fresh}");
        assert!(!fresh.contains("aria-invalid"), "{fresh}");
        assert!(!fresh.contains("#code-email"), "{fresh}");
        let refused = shown(&Form::with(FormState {
            action: "/api/drops/room/code".to_owned(),
            values: vec![("email".to_owned(), "kim".to_owned())],
            error: Some(ShopError::field("email", "This is no address.")),
        }));
        for part in [
            r#"value="kim""#,
            r#"aria-invalid="true""#,
            r#"aria-describedby="code-email-error""#,
            r##"href="#code-email""##,
            "This is no address.",
        ] {
            assert!(refused.contains(part), "{part}: {refused}");
        }
    }
}
