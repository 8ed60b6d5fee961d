//! What is around pages on which something is finished: the shop's name, one way back, help, and what the
//! law asks for. Nothing else leads away.

use app::{
    features,
    locale::locale,
    shop::shop,
    ui::icon::{Icon, icon},
};
use leptos::prelude::*;

use super::text::Text;
use crate::frame::{brand, languages, notice};

/// The way back: its address, with the language, and its words.
pub type WayBack = (String, &'static str);

/// The page around `children`, which bring their own `div.container`.
#[component]
pub fn BareFrame(back: WayBack, children: Children) -> impl IntoView {
    let text = Text::from(locale());
    view! {
        <a class="skip-link" href="#main">{text.skip_to_content()}</a>
        {notice()}
        {header(back)}
        <main class="site-main" id="main" tabindex="-1">{children()}</main>
        {footer()}
    }
    .into_any()
}

fn header((href, words): WayBack) -> AnyView {
    view! {
        <header class="site-header">
            <div class="container bare-bar">
                {brand()}
                <div class="bare-links">
                    <a class="header-action" href=href>{icon(Icon::Back)} <span>{words}</span></a>
                    {features::in_bare_header()}
                </div>
            </div>
        </header>
    }
    .into_any()
}

fn footer() -> AnyView {
    let settings = shop().settings;
    let name = settings.name.clone();
    view! {
        <footer class="site-footer bare-footer">
            <div class="container">
                {features::in_bare_footer()}
                <p class="footer-note"><span>"© "{name}</span></p>
                {languages(&settings)}
            </div>
        </footer>
    }
    .into_any()
}
