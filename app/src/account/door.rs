//! What is at the doors of the shop's account and of the admin area alike.

use leptos::prelude::*;

use super::{text::Text, types::MIN_PASSWORD};
use crate::{
    locale::{href, locale},
    shop::shop,
    ui::{
        brand::brand,
        field::refusal_of,
        form::{Form, PageField},
        head::private_head,
        secret::{PasswordKind, Secret, SecretField},
    },
};

/// A page of nothing but one form, for who is not in the admin area yet.
pub fn door_page(
    title: &'static str,
    action: &'static str,
    form: &Form,
    fields: AnyView,
    onward: &'static str,
) -> AnyView {
    let text = Text::from(locale());
    let name = shop().settings.name.clone();
    let label = text.brand_home(&name);
    view! {
        {private_head(title)}
        <a class="skip-link" href="#main">{text.skip_to_content()}</a>
        <main class="sign-in" id="main" tabindex="-1">
            <a class="brand" href=href("/") aria-label=label>
                {brand()}
            </a>
            <form class="panel" action=href(action) method="post">
                <PageField/>
                <h1>{title}</h1>
                <div class="stack">
                    {refusal_of(form)} {fields}
                    <button class="btn btn-primary btn-block" type="submit">{onward}</button>
                </div>
            </form>
        </main>
    }
    .into_any()
}

/// Where someone who has none yet, or forgot it, chooses a password.
pub fn new_password(form: &Form) -> impl IntoView + use<> {
    let text = Text::from(locale());
    view! {
        <SecretField
            form
            secret=Secret::Password
            label=text.password()
            password=PasswordKind::New
            hint=text.password_hint(&MIN_PASSWORD.to_string())
        />
    }
}
