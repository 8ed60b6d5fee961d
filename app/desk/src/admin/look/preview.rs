//! A piece of the shop in a look that is not saved: both schemes beside each other.

use app::{
    locale::locale,
    look::{Look, sheet::Choice, types::LookPicture},
    shop::shop,
    ui::brand::brand_of,
};
use leptos::prelude::*;

use super::text::Text;

pub fn preview(look: &Look) -> AnyView {
    let text = Text::from(locale());
    let sheet = Choice::from(look).preview_href();
    let on_dark = look.logo_dark.as_ref().or(look.logo.as_ref());
    // Without a logo there is the name on all grounds.
    let on_dark = on_dark.filter(|_| look.logo.is_some());
    view! {
        <link rel="stylesheet" href=sheet id="look-sheet"/>
        <section class="panel" aria-labelledby="look-preview">
            <h2 class="panel-title" id="look-preview">{text.preview()}</h2>
            <div class="look-samples">
                {sample("look-sample look-light", text.light(), look.logo.as_ref())}
                {sample("look-sample look-dark", text.dark(), on_dark)}
            </div>
        </section>
    }
    .into_any()
}

/// Nothing in it can be pressed: it shows how the shop looks.
fn sample(class: &'static str, scheme: &'static str, logo: Option<&LookPicture>) -> AnyView {
    let text = Text::from(locale());
    let name = shop().settings.name.clone();
    view! {
        <div class=class>
            <p class="eyebrow">{scheme}</p>
            <p class="brand">{brand_of(&name, logo, None)}</p>
            <p class="display look-heading">{text.sample_heading()}</p>
            <p>{text.sample_text()} " " <span class="link">{text.sample_link()}</span></p>
            <p class="row">
                <span class="btn btn-primary">{text.sample_primary()}</span>
                <span class="btn">{text.sample_second()}</span>
                <span class="badge badge-accent">{text.sample_badge()}</span>
            </p>
            <p class="row">
                <span class="pill" aria-current="true">{text.sample_chosen()}</span>
                <span class="pill">{text.sample_other()}</span>
            </p>
            <div class="field">
                <span class="field-label">{text.sample_field()}</span>
                <span class="input look-input"></span>
                <p class="field-error">{text.sample_error()}</p>
            </div>
        </div>
    }
    .into_any()
}
