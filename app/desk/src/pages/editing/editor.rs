//! `/admin/pages/{id}`: the editor of a page, and of a new one at `/admin/pages/new`.

use app::{
    catalog::address,
    identity::Role,
    locale::locale,
    pages::{
        known::filled,
        ports::page_admin,
        templates::template,
        text::Text,
        types::{AdminPage, PageForm, PageKind, PagePreview, PageState},
    },
    seller::Seller,
    shop::shop,
    ui::{
        banner::{done, good_news},
        breadcrumbs::{breadcrumbs, crumb},
        form::{Form, FormState, PageField},
        path::path_part,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::fields::{details, search_engines, text_panel, visibility};
use crate::admin::{
    frame::{DeletePanel, Section, admin_page, last_saved, refusal, refusal_banner, save_bar},
    translations::{links::panel, ports::page_translations},
};

pub const CREATE: &str = "/api/admin/pages/create";
pub const UPDATE: &str = "/api/admin/pages/update";
pub const PREVIEW: &str = "/api/admin/pages/preview";
pub const DELETE: &str = "/api/admin/pages/delete";

#[component]
pub fn AdminPageEditor() -> impl IntoView {
    let id = path_part("id");
    let wanted = use_query_map().get_untracked().get("template");
    let (port, translations) = (page_admin(), page_translations());
    let seller = shop().settings.seller.clone();
    let data = async move {
        let page = match id.as_str() {
            "new" => return Ok((blank(wanted.as_deref(), &seller), Vec::new())),
            id => port.page(id).await?,
        };
        let progress = translations.pages().await?.remove(&page.id);
        Ok((page, progress.unwrap_or_default()))
    };
    admin_page(Role::Admin, data, |_, (page, progress)| {
        let title = match is_new(&page) {
            true => Text::from(locale()).new_page().to_owned(),
            false => page.title.clone(),
        };
        let translations = panel(&format!("/admin/pages/{}", page.id), progress);
        let content = content(&page, &title, translations);
        Section::Pages.page(title, content)
    })
}

/// A page that is still to be made, as the template has it for this seller.
fn blank(wanted: Option<&str>, seller: &Seller) -> AdminPage {
    let template = wanted.and_then(template);
    AdminPage {
        id: String::new(),
        kind: template.map_or(PageKind::Free, |template| template.kind),
        slug: String::new(),
        title: template.map_or_else(String::new, |template| template.title().to_owned()),
        body: template.map_or_else(String::new, |template| filled(template, seller)),
        seo_title: String::new(),
        seo_description: String::new(),
        state: PageState::Draft,
        publish_at: None,
        contact_email: String::new(),
        is_demo: false,
        version: 0,
        updated_at: 0,
    }
}

fn is_new(page: &AdminPage) -> bool {
    page.id.is_empty()
}

/// The answer to a form that asked for a preview, as the page finds it in its context: the editor's form
/// with what was typed.
pub fn previewed(_: String, answer: &[u8]) -> Result<FormState, serde_json::Error> {
    let PagePreview { id, form, .. } = serde_json::from_slice(answer)?;
    let action = if id.is_empty() { CREATE } else { UPDATE };
    let PageForm {
        kind,
        slug,
        title,
        body,
        seo_title,
        seo_description,
        state,
        publish_at,
        contact_email,
        version,
    } = form;
    let values = [
        ("id", id),
        ("kind", kind),
        ("slug", slug),
        ("title", title),
        ("body", body),
        ("seo_title", seo_title),
        ("seo_description", seo_description),
        ("state", state),
        ("publish_at", publish_at),
        ("contact_email", contact_email),
        ("version", version),
    ];
    Ok(FormState {
        action: action.to_owned(),
        values: values
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        error: None,
    })
}

fn content(page: &AdminPage, title: &str, translations: Option<AnyView>) -> AnyView {
    let action = if is_new(page) { CREATE } else { UPDATE };
    let form = Form::of(action);
    view! {
        {head(page, title)}
        <div class="stack">
            {message(&form)} {collision(page, &form)} {page_form(page, action, &form)}
            {translations}
            {(!is_new(page)).then(|| delete(page))}
        </div>
    }
    .into_any()
}

fn head(page: &AdminPage, title: &str) -> AnyView {
    let text = Text::from(locale());
    let link = (page.state == PageState::Published).then(|| {
        let href = address::page(&page.slug);
        view! {
            <div class="row">
                <a class="btn-text" href=href>{text.view_in_the_shop()}</a>
            </div>
        }
    });
    view! {
        <div class="admin-head">
            {breadcrumbs(crumb("/admin/pages", text.pages()), title)}
            <h1 class="admin-title">{title.to_owned()}</h1>
            {link}
        </div>
    }
    .into_any()
}

/// Whether the form was saved, why it was not, or that it was only looked at.
fn message(form: &Form) -> AnyView {
    let text = Text::from(locale());
    match refusal() {
        Some(_) => refusal_banner().into_any(),
        None if form.values().is_some() => good_news(text.not_saved_yet()),
        None => done(&[("saved", text.page_saved())]).into_any(),
    }
}

/// After someone else has saved the page: their text, beside what was typed.
fn collision(page: &AdminPage, form: &Form) -> Option<AnyView> {
    let text = Text::from(locale());
    if !form.is_overtaken() {
        return None;
    }
    let saved = view! {
        <details class="panel">
            <summary class="btn-text">{text.saved_by_others()}</summary>
            <p class="muted">{text.saved_by_others_why()}</p>
            <h2 class="panel-title">{page.title.clone()}</h2>
            <pre class="page-source">{page.body.clone()}</pre>
        </details>
    };
    Some(saved.into_any())
}

fn page_form(page: &AdminPage, action: &'static str, form: &Form) -> AnyView {
    let text = Text::from(locale());
    let identity = (!is_new(page)).then(|| identity(page, form));
    view! {
        <form action=action method="post" novalidate data-guard id="own-page">
            <PageField/>
            {identity}
            // Enter in a field presses the first button there is: it is to save.
            <button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true">
                {text.save_page()}
            </button>
            <div class="admin-cols">
                <div class="stack">{details(page, form)} {text_panel(page, form)}</div>
                <div class="stack">{visibility(page, form)} {search_engines(page, form)}</div>
            </div>
            {foot(page)}
        </form>
    }
    .into_any()
}

/// Which page the form is about, and of which version.
fn identity(page: &AdminPage, form: &Form) -> AnyView {
    let version = form.version(page.version.to_string());
    view! {
        <input type="hidden" name="id" value=page.id.clone()/>
        <input type="hidden" name="version" value=version/>
    }
    .into_any()
}

fn foot(page: &AdminPage) -> AnyView {
    let text = Text::from(locale());
    match is_new(page) {
        true => save_bar((), "/admin/pages".to_owned(), text.create_page()),
        false => {
            let here = format!("/admin/pages/{}", page.id);
            save_bar(last_saved(page.updated_at), here, text.save_page())
        }
    }
}

fn delete(page: &AdminPage) -> AnyView {
    let text = Text::from(locale());
    let words = (
        text.delete_page(),
        text.delete_page_why(),
        text.delete_permanently(),
    );
    let mut panel = DeletePanel::of(DELETE, &page.id, words);
    panel.fields.push(("version", page.version.to_string()));
    panel.view()
}
