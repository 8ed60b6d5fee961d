//! The pictures of a product: each as large as its column, and larger on its own. Without script a
//! picture is a link to its largest file; with it, `style/scripts/gallery.js` shows it over the page.

use app::{
    catalog::{
        picture::{frame_class, small, srcset},
        text::Text,
        types::{Picture, Product},
    },
    locale::locale,
    style,
    ui::icon::{Icon, icon},
};
use leptos::prelude::*;

use super::sizes::of_gallery;

/// `first` is the number of the picture to begin with.
pub fn gallery(product: &Product, first: Option<usize>) -> AnyView {
    let text = Text::from(locale());
    let mut pictures: Vec<(usize, &Picture)> = (1..).zip(&product.pictures).collect();
    // Also without script, which could only scroll there.
    if let Some(at) = pictures.iter().position(|(at, _)| Some(*at) == first) {
        pictures[..=at].rotate_right(1);
    }
    let slides: Vec<_> = pictures
        .iter()
        .enumerate()
        .map(|(place, (number, picture))| slide(product, place, *number, picture))
        .collect();
    let thumbs = (pictures.len() > 1).then(|| {
        let thumbs: Vec<_> = pictures.iter().map(|(at, p)| thumb(*at, p)).collect();
        view! { <ul class="gallery-thumbs">{thumbs}</ul> }
    });
    let empty = pictures
        .is_empty()
        .then(|| view! { <li class="gallery-slide"><div class="pic"></div></li> });
    let larger = (!pictures.is_empty()).then(|| lightbox(pictures.len()));
    view! {
        <section class="gallery" aria-label=text.pictures()>
            <ul class="gallery-track" tabindex="0">{slides}{empty}</ul>
            {thumbs}
            {larger}
        </section>
    }
    .into_any()
}

fn slide(product: &Product, place: usize, number: usize, picture: &Picture) -> AnyView {
    let text = Text::from(locale());
    let alt = match picture.alt.as_str() {
        "" => text.picture_of(
            &number.to_string(),
            &product.title,
            &product.pictures.len().to_string(),
        ),
        alt => alt.to_owned(),
    };
    let is_first = place == 0;
    // Of a picture whose size nobody knows, the frame is square.
    let (width, height) = picture
        .size
        .map_or((256, 256), |size| (size.width, size.height));
    let class = match picture.size {
        Some(_) => frame_class(picture).to_owned(),
        None => format!("{} is-square", frame_class(picture)),
    };
    view! {
        <li class="gallery-slide" id=format!("picture-{number}")>
            <a class="pic gallery-zoom" href=picture.src.clone()>
                <img
                    class=class
                    src=picture.src.clone()
                    srcset=srcset(&picture.src)
                    sizes=of_gallery(picture)
                    width=width
                    height=height
                    alt=alt
                    loading=(!is_first).then_some("lazy")
                    fetchpriority=is_first.then_some("high")
                />
                <span class="visually-hidden">{text.enlarge_picture()}</span>
                <span class="gallery-sign" aria-hidden="true">{icon(Icon::Search)}</span>
            </a>
        </li>
    }
    .into_any()
}

fn thumb(number: usize, picture: &Picture) -> AnyView {
    let label = Text::from(locale()).show_picture(&number.to_string());
    view! {
        <li>
            <a href=format!("#picture-{number}") aria-label=label>
                <span class="pic pic-s">
                    <img
                        class=frame_class(picture)
                        src=small(&picture.src)
                        width="256"
                        height="256"
                        alt=""
                        loading="lazy"
                    />
                </span>
            </a>
        </li>
    }
    .into_any()
}

/// What a picture is shown in over the page. It is closed, and opened by the script.
fn lightbox(pictures: usize) -> AnyView {
    let text = Text::from(locale());
    let step = |to: &'static str, words: &'static str, sign: Icon| {
        view! {
            <button class="lightbox-btn" type="button" data-step=to aria-label=words>
                {icon(sign)}
            </button>
        }
    };
    let steps = (pictures > 1).then(|| {
        view! {
            {step("-1", text.previous_picture(), Icon::Back)}
            {step("1", text.next_picture(), Icon::Arrow)}
        }
    });
    view! {
        <dialog class="lightbox" aria-label=text.pictures()>
            <div class="lightbox-stage" tabindex="0"></div>
            <div class="lightbox-bar">
                <p class="lightbox-count" role="status"></p>
                {steps}
                <button class="lightbox-btn" type="button" data-zoom aria-pressed="false" aria-label=text.zoom()>
                    {icon(Icon::Search)}
                </button>
                <button class="lightbox-btn" type="button" data-close aria-label=text.close()>
                    {icon(Icon::Close)}
                </button>
            </div>
        </dialog>
        <script type="module" src=style::GALLERY.href()></script>
    }
    .into_any()
}
