//! Lines of lists of facts: what each is called, and what it is.

use leptos::prelude::*;

/// One line, for a `<dl>`.
pub fn fact(name: impl Into<String>, value: impl IntoView + 'static) -> AnyView {
    let name: String = name.into();
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}

/// The same of a number or a code, which is compared letter by letter.
pub fn code_fact(name: impl Into<String>, code: String) -> AnyView {
    let name: String = name.into();
    view! {
        <div>
            <dt>{name}</dt>
            <dd class="mono">{code}</dd>
        </div>
    }
    .into_any()
}
