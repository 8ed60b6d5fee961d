//! The shop's sign on its pages, and its look in their heads.

use leptos::{either::Either, prelude::*};

use super::icon::brand_mark;
use crate::{
    look::{Look, fonts::face, sheet::Choice, types::LookPicture},
    shop::{Shop, shop},
};

/// The logo, or the mark with the shop's name.
pub fn brand() -> AnyView {
    let settings = shop().settings;
    let look = &settings.look;
    brand_of(&settings.name, look.logo.as_ref(), look.logo_dark.as_ref())
}

/// The same for a logo that may be another one; `dark` is for dark grounds.
pub fn brand_of(name: &str, logo: Option<&LookPicture>, dark: Option<&LookPicture>) -> AnyView {
    let name = name.to_owned();
    let Some(logo) = logo else {
        return view! {
            {brand_mark()}
            <span>{name}</span>
        }
        .into_any();
    };
    let dark = dark.map(|dark| {
        view! {
            <source
                srcset=dark.logo_src()
                media="(prefers-color-scheme: dark)"
                width=dark.width
                height=dark.height
            />
        }
    });
    view! {
        <picture class="brand-logo">
            {dark}
            <img src=logo.logo_src() width=logo.width height=logo.height alt=name/>
        </picture>
    }
    .into_any()
}

/// The style sheet, the font and the icon of the shop's look.
pub fn look_head() -> impl IntoView {
    let look = use_context::<Shop>().map(|shop| shop.settings.look.clone());
    let look = look.unwrap_or_default();
    let font = face(look.font).map(|face| {
        view! {
            <link
                rel="preload"
                href=face.latin.src()
                r#as="font"
                r#type="font/woff2"
                crossorigin="anonymous"
            />
        }
    });
    let sheet = Choice::from(&look).href();
    let sheet = sheet.map(|href| view! { <link rel="stylesheet" href=href/> });
    view! {
        {icon_links(&look)}
        {font}
        {sheet}
    }
}

fn icon_links(look: &Look) -> impl IntoView + use<> {
    let icons = match &look.icon {
        None => Either::Left(view! {
            <link rel="icon" href="/favicon.ico" sizes="48x48"/>
            <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
            <link rel="apple-touch-icon" href=BUILT_IN_TOUCH_ICON/>
        }),
        Some(icon) => Either::Right(view! {
            <link rel="icon" href=icon.icon_src() type="image/png" sizes="192x192"/>
            <link rel="apple-touch-icon" href=icon.touch_src()/>
        }),
    };
    view! {
        {icons}
        <link rel="manifest" href="/site.webmanifest"/>
    }
}

const BUILT_IN_TOUCH_ICON: &str = "/apple-touch-icon.png";

/// The address of the shop's icon for home screens.
pub fn touch_icon(look: &Look) -> String {
    match &look.icon {
        Some(icon) => icon.touch_src(),
        None => BUILT_IN_TOUCH_ICON.to_owned(),
    }
}
