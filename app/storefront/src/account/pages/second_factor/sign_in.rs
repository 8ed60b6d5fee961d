//! `/account/sign-in/code`: the password was right, and the account has a second factor.

use app::{
    account::{api::ssr::SIGN_IN_PAGE, second_factor::ports::second_factors},
    load::load,
    locale::href,
    ui::{
        field::refusal_of,
        form::{Form, PageField},
        onward::onward,
        secret::{Secret, SecretField},
    },
    visitor::visitor,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::account::pages::{frame::door, said};

const CODE: &str = "/api/account/sign-in/code";

#[component]
pub fn SignInCodePage() -> impl IntoView {
    let next = use_query_map()
        .get_untracked()
        .get("next")
        .unwrap_or_default();
    let port = second_factors();
    let token = visitor().pending_sign_in.unwrap_or_default();
    load(
        async move { port.is_pending(&token).await },
        move |is_pending| match is_pending {
            true => door(said().one_more_step(), form(next)),
            false => onward(SIGN_IN_PAGE),
        },
    )
}

fn form(next: String) -> impl IntoView {
    let form = Form::of(CODE);
    view! {
        <form class="panel" action=href(CODE) method="post">
            <PageField/>
            {refusal_of(&form)}
            <input type="hidden" name="next" value=form.value("next", next)/>
            <div class="form-grid">
                <SecretField
                    form=&form
                    secret=Secret::FactorCode
                    label=said().code()
                    maxlength=40
                    hint=said().code_hint()
                />
                <div class="row">
                    <button class="btn btn-primary btn-large" type="submit">{said().sign_in()}</button>
                    <a class="btn-text" href=href(SIGN_IN_PAGE)>{said().start_over()}</a>
                </div>
            </div>
        </form>
        <p class="muted">
            {said().lost_phone()}
        </p>
    }
}
