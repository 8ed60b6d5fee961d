//! `/account/sign-in/code`: the password was right, and the account has a second factor.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    account::{
        api::ssr::{SIGN_IN_PAGE, after_customer_sign_in},
        layout::{door, onward},
    },
    catalog::query::encode,
    ports::{shop, visitor},
    reply::admin_address,
    ui::{
        field::{TextField, refusal_of},
        form::Form,
        load::load,
    },
};

const CODE: &str = "/api/account/sign-in/code";

/// The page that asks for the code, and where it goes on to.
pub fn code_page(next: &str) -> String {
    format!(
        "{SIGN_IN_PAGE}/code?{}",
        encode(&[("next".to_owned(), next.to_owned())])
    )
}

/// Only addresses of our own are gone on to.
pub fn after_code(next: &str) -> &str {
    match next {
        "/admin" => next,
        next => admin_address(next).unwrap_or(after_customer_sign_in(next)),
    }
}

#[component]
pub fn SignInCodePage() -> impl IntoView {
    let next = use_query_map()
        .get_untracked()
        .get("next")
        .unwrap_or_default();
    let port = shop().second_factors;
    let token = visitor().pending_sign_in.unwrap_or_default();
    load(
        async move { port.is_pending(&token).await },
        move |is_pending| match is_pending {
            true => door("One more step", form(next)),
            false => onward(SIGN_IN_PAGE),
        },
    )
}

fn form(next: String) -> impl IntoView {
    let form = Form::of(CODE);
    view! {
        <form class="panel" action=CODE method="post">
            {refusal_of(&form)}
            <input type="hidden" name="next" value=form.value("next", next)/>
            <div class="form-grid">
                <TextField
                    name="factor_code"
                    label="Code"
                    autocomplete="one-time-code"
                    maxlength=40
                    hint="The 6 digits that your authenticator app shows, or a recovery code."
                    error=form.error("factor_code")
                />
                <div class="row">
                    <button class="btn btn-primary btn-large" type="submit">"Sign in"</button>
                    <a class="btn-text" href=SIGN_IN_PAGE>"Start again"</a>
                </div>
            </div>
        </form>
        <p class="muted">
            "Lost your phone and the recovery codes? Write to us; people of the shop’s staff ask "
            "another admin."
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::{after_code, code_page};

    #[test]
    fn a_code_leads_on_to_our_own_pages_only() {
        for ours in [
            "/admin",
            "/admin/orders?page=2",
            "/account/orders",
            "/checkout",
        ] {
            assert_eq!(after_code(ours), ours);
        }
        for foreign in [
            "",
            "//evil.example",
            "/admin/..//x",
            "/adminx",
            "https://evil.example",
        ] {
            assert_eq!(after_code(foreign), "/account", "{foreign:?}");
        }
        assert_eq!(
            code_page("/admin/orders?page=2"),
            "/account/sign-in/code?next=%2Fadmin%2Forders%3Fpage%3D2"
        );
    }
}
