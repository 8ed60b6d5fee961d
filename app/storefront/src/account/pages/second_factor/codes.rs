//! Recovery codes, shown once: right after they were made, on the page that answers the form.

use app::{
    account::second_factor::types::RecoveryCodes,
    identity::Account,
    locale::href,
    shop::shop,
    ui::{banner::good_news, form::FormState},
};
use leptos::prelude::*;

use crate::account::pages::said;

/// Name of a code among the values that come back to the page.
const FIELD: &str = "recovery_code";

/// The answer to a form that has made codes, as the page finds it in its context.
pub fn shown(action: String, answer: &[u8]) -> Result<FormState, serde_json::Error> {
    let made: RecoveryCodes = serde_json::from_slice(answer)?;
    let codes = made.codes.into_iter();
    Ok(FormState {
        action,
        values: codes.map(|code| (FIELD.to_owned(), code)).collect(),
        error: None,
    })
}

/// The codes that were just made, if the page is the answer to that.
pub fn just_made() -> Option<Vec<String>> {
    let state = use_context::<FormState>()?;
    let codes: Vec<_> = state
        .values
        .into_iter()
        .filter(|(name, _)| name == FIELD)
        .map(|(_, code)| code)
        .collect();
    (state.error.is_none() && !codes.is_empty()).then_some(codes)
}

pub fn codes_page(account: &Account, codes: Vec<String>) -> AnyView {
    let list: Vec<_> = codes
        .into_iter()
        .map(|code| view! { <li class="mono">{code}</li> })
        .collect();
    let (onward, words) = match account.is_staff() {
        true => ("/admin", said().to_the_admin_area()),
        false => ("/account", said().to_your_account()),
    };
    let whose = format!("{}, {}", shop().settings.name, account.email);
    view! {
        <div class="page-head">
            <h1>{said().your_recovery_codes()}</h1>
        </div>
        <div class="stack-l">
            {good_news(said().codes_shown_once())}
            <section class="panel stack" aria-labelledby="codes">
                <h2 class="panel-title" id="codes">{said().keep_apart()}</h2>
                <p>
                    {said().print_codes()}
                </p>
                <ul class="recovery-codes">{list}</ul>
                <p class="muted">{whose}</p>
            </section>
            <p>
                <a class="btn btn-primary" href=href(onward)>{words}</a>
            </p>
        </div>
    }
    .into_any()
}
