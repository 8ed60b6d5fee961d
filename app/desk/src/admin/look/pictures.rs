//! The logo, the one for dark grounds, and the icon: each with a form to upload another. An uploaded
//! picture is the shop's once the look is saved that names it.

use app::{
    locale::{href, locale},
    look::{
        Look,
        types::{ICON, LookPicture},
    },
    shop::shop,
    ui::{
        field::{Files, error_line},
        form::{Form, PageField},
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;

use super::{ports::LookForm, text::Text, types::Place};

/// Where pictures are posted to.
pub const UPLOAD: &str = "/api/admin/look/pictures";

/// `drafted` goes along with an upload, so that the page comes back with it.
pub fn pictures_section(look: &Look, drafted: &LookForm, upload: &Form, saved: &Form) -> AnyView {
    let text = Text::from(locale());
    let name = shop().settings.name.clone();
    let logo = |picture: &LookPicture| {
        let (src, alt) = (picture.logo_src(), name.clone());
        let (width, height) = (picture.width.to_string(), picture.height.to_string());
        view! { <img class="look-logo" src=src width=width height=height alt=alt/> }.into_any()
    };
    let square = |picture: &LookPicture| {
        let src = picture.icon_src();
        view! { <img class="look-icon" src=src width=ICON height=ICON alt=text.picture_of_icon()/> }
            .into_any()
    };
    let shown = |place: Place| match place {
        Place::Logo => look.logo.as_ref().map(logo),
        Place::LogoDark => look.logo_dark.as_ref().map(logo),
        Place::Icon => look.icon.as_ref().map(square),
    };
    let words = |place: Place| match place {
        Place::Logo => (text.logo(), text.logo_hint()),
        Place::LogoDark => (text.logo_dark(), text.logo_dark_hint()),
        Place::Icon => (text.icon(), text.icon_hint()),
    };
    let items: Vec<_> = Place::ALL
        .into_iter()
        .map(|place| {
            let field = place.as_str();
            let error = upload.error(field).or_else(|| saved.error(field));
            item(place, words(place), shown(place), drafted, error)
        })
        .collect();
    view! {
        <section class="panel" aria-labelledby="look-pictures">
            <h2 class="panel-title" id="look-pictures">{text.pictures()}</h2>
            <p class="field-hint">{text.pictures_hint()}</p>
            <ul class="look-pictures">{items}</ul>
        </section>
    }
    .into_any()
}

fn item(
    place: Place,
    (title, hint): (&'static str, &'static str),
    shown: Option<AnyView>,
    drafted: &LookForm,
    error: Option<String>,
) -> AnyView {
    let text = Text::from(locale());
    let field = place.as_str();
    let ground = match place {
        Place::LogoDark => "look-picture look-dark",
        Place::Logo | Place::Icon => "look-picture look-light",
    };
    let shown =
        shown.unwrap_or_else(|| view! { <span class="muted">{text.none_yet()}</span> }.into_any());
    let kept: Vec<_> = drafted
        .fields()
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value.to_owned()/> })
        .collect();
    let invalid = error.is_some().then_some("true");
    let described = match error {
        Some(_) => format!("{field}-error {field}-hint"),
        None => format!("{field}-hint"),
    };
    let choose = format!("{title}: {}", text.choose_file());
    view! {
        <li>
            <form
                class="field"
                action=href(UPLOAD)
                method="post"
                enctype="multipart/form-data"
                data-upload=field
            >
                <PageField/>
                {kept}
                <input type="hidden" name="place" value=field/>
                <h3 class="field-label">{title}</h3>
                <div class=ground>{shown}</div>
                <p class="field-hint" id=format!("{field}-hint")>{hint}</p>
                <input
                    class="look-file"
                    type="file"
                    id=field
                    name="file"
                    accept=Files::PicturesAndDrawings.accepted()
                    aria-label=choose
                    aria-invalid=invalid
                    aria-describedby=described
                />
                {error_line(field, error)}
                <button class="btn btn-small" type="submit">
                    {icon(Icon::Upload)}
                    {text.upload()}
                    <span class="visually-hidden">{format!(": {title}")}</span>
                </button>
            </form>
        </li>
    }
    .into_any()
}
