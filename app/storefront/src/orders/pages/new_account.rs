//! An account after the order: who has ordered as a guest chooses a password, and no more.

use app::{
    account::types::MIN_PASSWORD,
    locale::{href, locale},
    orders::{text::Text, types::Order},
    ui::{
        banner::good_news,
        field::refusal_of,
        form::{Form, FormState, PageField},
        secret::{PasswordKind, Secret, SecretField},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

const ASK: &str = "/api/account/ask-sign-up-of-order";

/// What has become of the offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    Open,
    /// The mail is on its way.
    Asked,
}

/// By the word that the form leaves in the address.
pub fn offer() -> Offer {
    let was_refused = use_context::<FormState>().is_some();
    let query = use_query_map().get_untracked();
    match query.get_str("done") {
        Some("account") if !was_refused => Offer::Asked,
        _ => Offer::Open,
    }
}

pub fn new_account(order: &Order, offer: Offer) -> AnyView {
    match offer {
        Offer::Open => form(order),
        Offer::Asked => {
            let words = Text::from(locale()).account_asked(&order.contact.email);
            view! { <div id="new-account">{good_news(words)}</div> }.into_any()
        }
    }
}

fn form(order: &Order) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(ASK);
    view! {
        <section class="panel" id="new-account" aria-labelledby="new-account-title">
            <h2 class="panel-title" id="new-account-title">{text.new_account()}</h2>
            <p class="muted">{text.new_account_why(&order.contact.email)}</p>
            <form action=href(ASK) method="post">
                <PageField/>
                {refusal_of(&form)}
                <input type="hidden" name="token" value=order.token.clone()/>
                <div class="form-grid">
                    <SecretField
                        form=&form
                        secret=Secret::Password
                        label=text.new_password()
                        password=PasswordKind::New
                        hint=text.new_password_hint(&MIN_PASSWORD.to_string())
                    />
                    <div>
                        <button class="btn" type="submit">{text.create_account()}</button>
                    </div>
                </div>
            </form>
        </section>
    }
    .into_any()
}
