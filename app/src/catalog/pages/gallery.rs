//! The pictures of a product.

use leptos::prelude::*;

use crate::{
    catalog::{
        picture::{small, srcset},
        text::Text,
        types::{Picture, Product},
    },
    locale::locale,
};

pub fn gallery(product: &Product) -> AnyView {
    let pictures = &product.pictures;
    let slides = pictures
        .iter()
        .enumerate()
        .map(|(at, picture)| slide(product, at, picture))
        .collect_view();
    let thumbs = (pictures.len() > 1).then(|| {
        let thumbs = pictures
            .iter()
            .enumerate()
            .map(|(at, p)| thumb(at, p))
            .collect_view();
        view! { <ul class="gallery-thumbs">{thumbs}</ul> }
    });
    let empty = pictures
        .is_empty()
        .then(|| view! { <li class="pic gallery-slide"></li> });
    view! {
        <section class="gallery" aria-label=Text::from(locale()).pictures()>
            <ul class="gallery-track" tabindex="0">{slides}{empty}</ul>
            {thumbs}
        </section>
    }
    .into_any()
}

fn slide(product: &Product, at: usize, picture: &Picture) -> impl IntoView + use<> {
    let number = at + 1;
    let alt = match picture.alt.as_str() {
        "" => Text::from(locale()).picture_of(
            &number.to_string(),
            &product.title,
            &product.pictures.len().to_string(),
        ),
        alt => alt.to_owned(),
    };
    view! {
        <li class="pic gallery-slide" id=format!("picture-{number}")>
            <img
                src=picture.src.clone()
                srcset=srcset(&picture.src)
                sizes="(width < 60rem) 100vw, 40rem"
                width="256"
                height="256"
                alt=alt
            />
        </li>
    }
}

fn thumb(at: usize, picture: &Picture) -> impl IntoView + use<> {
    let number = at + 1;
    let label = Text::from(locale()).show_picture(&number.to_string());
    view! {
        <li>
            <a href=format!("#picture-{number}") aria-label=label>
                <span class="pic pic-s">
                    <img src=small(&picture.src) width="256" height="256" alt="" loading="lazy"/>
                </span>
            </a>
        </li>
    }
}
