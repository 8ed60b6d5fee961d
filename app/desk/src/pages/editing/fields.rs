//! The panels of the page editor.

use app::{
    catalog::limits::{MAX_SEO_DESCRIPTION, MAX_SEO_TITLE, MAX_SLUG},
    locale::locale,
    pages::{
        gaps::gaps,
        ports::page_admin,
        text::Text,
        types::{AdminPage, MAX_BODY, MAX_TITLE, PageKind, PageState},
    },
    ui::{
        date::Zone,
        field::{Need, SelectField, TextArea, TextField},
        form::Form,
    },
};
use leptos::prelude::*;

use super::{editor::PREVIEW, list::kind_words};

pub fn details(page: &AdminPage, form: &Form) -> AnyView {
    let text = Text::from(locale());
    let kinds = PageKind::ALL
        .map(|kind| (kind.as_str().to_owned(), kind_words(kind).to_owned()))
        .to_vec();
    view! {
        <section class="panel" aria-labelledby="details">
            <h2 class="panel-title" id="details">{text.details()}</h2>
            <div class="form-grid">
                <TextField
                    form=form.clone()
                    name="title"
                    label=text.title()
                    maxlength=MAX_TITLE as u32
                    value=page.title.clone()
                />
                <SelectField
                    form=form.clone()
                    name="kind"
                    label=text.kind()
                    options=kinds
                    hint=text.kind_hint()
                    value=page.kind.as_str()
                />
                <TextField
                    form=form.clone()
                    name="slug"
                    label=text.slug()
                    need=Need::Optional
                    maxlength=MAX_SLUG as u32
                    hint=text.slug_hint()
                    value=page.slug.clone()
                />
                <TextField
                    form=form.clone()
                    name="contact_email"
                    label=text.contact_email()
                    kind="email"
                    need=Need::Optional
                    hint=text.contact_email_hint()
                    value=page.contact_email.clone()
                />
            </div>
        </section>
    }
    .into_any()
}

pub fn text_panel(page: &AdminPage, form: &Form) -> AnyView {
    let text = Text::from(locale());
    let typed = form.value("body", page.body.clone());
    let title = form.value("title", page.title.clone());
    let left = gaps(&[&title, &typed]);
    let left = (!left.is_empty()).then(|| {
        let list: Vec<_> = left
            .into_iter()
            .map(|gap| view! { <li>{gap}</li> })
            .collect();
        view! {
            <div class="page-gaps">
                <h3 class="panel-title">{text.gaps()}</h3>
                <p class="muted">{text.gaps_why()}</p>
                <ul>{list}</ul>
            </div>
        }
    });
    let html = page_admin().preview(&typed);
    let is_asked = form.values().is_some() && form.refusal().is_none();
    view! {
        <section class="panel" aria-labelledby="page-text">
            <h2 class="panel-title" id="page-text">{text.page_text()}</h2>
            <TextArea
                form=form.clone()
                name="body"
                label=text.page_text()
                need=Need::Optional
                rows=24
                maxlength=MAX_BODY as u32
                hint=text.page_text_hint()
                value=page.body.clone()
            />
            {left}
            <details class="preview" open=is_asked>
                <summary class="btn-text">{text.preview()}</summary>
                <div class="prose preview-body own-page" inner_html=html></div>
                <button class="btn btn-small" type="submit" formaction=PREVIEW>
                    {text.update_preview()}
                </button>
            </details>
        </section>
    }
    .into_any()
}

pub fn visibility(page: &AdminPage, form: &Form) -> AnyView {
    let text = Text::from(locale());
    let states = vec![
        (
            PageState::Draft.as_str().to_owned(),
            text.draft_why().to_owned(),
        ),
        (
            PageState::Published.as_str().to_owned(),
            text.published().to_owned(),
        ),
    ];
    let at = page.publish_at.map(|at| Zone::of_shop().minute(at));
    view! {
        <section class="panel" aria-labelledby="visibility">
            <h2 class="panel-title" id="visibility">{text.visibility()}</h2>
            <div class="form-grid">
                <SelectField
                    form=form.clone()
                    name="state"
                    label=text.state()
                    options=states
                    value=page.state.as_str()
                />
                <TextField
                    form=form.clone()
                    name="publish_at"
                    label=text.publish_at()
                    kind="datetime-local"
                    need=Need::Optional
                    hint=text.publish_at_hint()
                    value=at.unwrap_or_default()
                />
            </div>
        </section>
    }
    .into_any()
}

pub fn search_engines(page: &AdminPage, form: &Form) -> AnyView {
    let text = Text::from(locale());
    view! {
        <section class="panel" aria-labelledby="seo">
            <h2 class="panel-title" id="seo">{text.search_engines()}</h2>
            <div class="form-grid">
                <TextField
                    form=form.clone()
                    name="seo_title"
                    label=text.seo_title()
                    need=Need::Optional
                    maxlength=MAX_SEO_TITLE as u32
                    hint=text.seo_title_hint()
                    value=page.seo_title.clone()
                />
                <TextArea
                    form=form.clone()
                    name="seo_description"
                    label=text.seo_description()
                    need=Need::Optional
                    rows=3
                    maxlength=MAX_SEO_DESCRIPTION as u32
                    value=page.seo_description.clone()
                />
            </div>
        </section>
    }
    .into_any()
}
