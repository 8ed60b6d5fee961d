//! The document around every page, and which page is shown at which address.

use app::{
    document::{IslandFiles, PageError},
    error::ShopError,
    faults::text::Text,
    features,
    locale::language,
    style,
    ui::brand::look_head,
};
use leptos::{either::Either, prelude::*, tachys::view::iterators::StaticVec};
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::{
    any_nested_route::AnyNestedRoute,
    components::{FlatRoutes, Router},
};

use crate::{frame::error_page::ErrorPage, islands};

/// The whole document, as a server asks for it: see [`app::document::Document`].
pub fn shell(options: LeptosOptions, files: &IslandFiles) -> AnyView {
    let language = language();
    let text = Text::from(language.locale);
    view! {
        <!DOCTYPE html>
        <html lang=language.locale.code()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#fbfaf7" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#0d1412" media="(prefers-color-scheme: dark)"/>
                <link rel="stylesheet" href=style::HREF.as_str()/>
                {look_head()}
                <AutoReload options/>
                {islands::script(files)}
                <MetaTags/>
            </head>
            // What the browser needs to ask and to answer in the language of the page.
            <body
                data-prefix=language.prefix()
                data-unavailable=text.unavailable()
                data-failed=text.internal()
            >
                <App/>
            </body>
        </html>
    }
    .into_any()
}

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    match use_context::<PageError>() {
        Some(PageError(error)) => Either::Left(view! { <ErrorPage error/> }),
        None => Either::Right(view! { <Pages/> }),
    }
}

#[component]
fn NotFound() -> impl IntoView {
    view! { <ErrorPage error=ShopError::not_found()/> }
}

#[component]
fn Pages() -> impl IntoView {
    view! {
        <Router>
            <FlatRoutes fallback=NotFound>
                <FeatureRoutes/>
            </FlatRoutes>
        </Router>
    }
}

/// Every feature declares its own.
#[component(transparent)]
fn FeatureRoutes() -> StaticVec<AnyNestedRoute> {
    features::routes()
}
