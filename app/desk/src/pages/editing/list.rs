//! `/admin/pages`: all pages, and what new ones can begin with.

use app::{
    identity::Role,
    locale::locale,
    pages::{
        ports::page_admin,
        templates::TEMPLATES,
        text::Text,
        types::{AdminPageRow, PageKind, PageState},
    },
    ui::{
        banner::done,
        date::time,
        table::{Head, stacked_table},
    },
};
use leptos::prelude::*;

use crate::admin::{
    frame::{Section, admin_page, refusal_banner},
    translations::{
        links::gaps,
        ports::{Progress, page_translations},
    },
};

#[component]
pub fn AdminPagesPage() -> impl IntoView {
    let (port, translations) = (page_admin(), page_translations());
    let data = async move { Ok((port.pages().await?, translations.pages().await?)) };
    admin_page(Role::Admin, data, |_, (pages, progress)| {
        let title = Text::from(locale()).pages();
        Section::Pages.page(title, content(&pages, &progress))
    })
}

/// What a page is about, in words.
pub fn kind_words(kind: PageKind) -> &'static str {
    let text = Text::from(locale());
    match kind {
        PageKind::Imprint => text.kind_imprint(),
        PageKind::Privacy => text.kind_privacy(),
        PageKind::Terms => text.kind_terms(),
        PageKind::Withdrawal => text.kind_withdrawal(),
        PageKind::Delivery => text.kind_delivery(),
        PageKind::Contact => text.kind_contact(),
        PageKind::Accessibility => text.kind_accessibility(),
        PageKind::Free => text.kind_free(),
    }
}

fn content(pages: &[AdminPageRow], progress: &Progress) -> AnyView {
    let text = Text::from(locale());
    view! {
        <div class="admin-head">
            <h1 class="admin-title">{text.pages()}</h1>
            <p class="row">
                <a class="btn btn-primary" href="/admin/pages/new">{text.new_page()}</a>
                <a class="btn" href="/admin/menus">{text.menus()}</a>
            </p>
        </div>
        <div class="stack">
            {done(&[("deleted", text.page_deleted())])} {refusal_banner()} {table(pages, progress)}
            {templates(pages)}
        </div>
    }
    .into_any()
}

fn table(pages: &[AdminPageRow], progress: &Progress) -> AnyView {
    let text = Text::from(locale());
    if pages.is_empty() {
        return view! { <p class="panel muted">{text.no_pages()}</p> }.into_any();
    }
    let rows: Vec<_> = pages
        .iter()
        .map(|page| {
            view! {
                <tr>
                    <th scope="row">
                        <a class="link" href=format!("/admin/pages/{}", page.id)>
                            {page.title.clone()}
                        </a>
                    </th>
                    <td data-label=text.kind()>{kind_words(page.kind)}</td>
                    <td data-label=text.address()>{format!("/pages/{}", page.slug)}</td>
                    <td data-label=text.state()>{state(page)} {gaps(progress, &page.id)}</td>
                    <td data-label=text.changed()>{time(page.updated_at)}</td>
                </tr>
            }
        })
        .collect();
    stacked_table(
        text.pages(),
        [
            Head::new(text.title()),
            Head::new(text.kind()),
            Head::new(text.address()),
            Head::new(text.state()),
            Head::new(text.changed()),
        ],
        rows,
    )
}

fn state(page: &AdminPageRow) -> AnyView {
    let text = Text::from(locale());
    let gaps = (page.gaps > 0).then(|| {
        view! { " " <span class="badge badge-warn">{text.gaps_left(page.gaps)}</span> }
    });
    let demo = page
        .is_demo
        .then(|| view! { " " <span class="badge badge-outline">{text.demo_page()}</span> });
    let state = match (page.state, page.publish_at) {
        (PageState::Published, Some(at)) => view! {
            <span class="badge badge-good">{text.published()}</span>
            " "
            {time(at)}
        }
        .into_any(),
        (PageState::Published, None) | (PageState::Draft, _) => {
            view! { <span class="badge badge-outline">{text.draft()}</span> }.into_any()
        }
    };
    view! { {state} {gaps} {demo} }.into_any()
}

/// Templates of the kinds that the shop has no page of, in each language.
fn templates(pages: &[AdminPageRow]) -> AnyView {
    let text = Text::from(locale());
    let links: Vec<_> = TEMPLATES
        .iter()
        .filter(|template| !pages.iter().any(|page| page.kind == template.kind))
        .map(|template| {
            let language = template.language;
            let href = format!(
                "/admin/pages/new?template={}-{}",
                template.kind.as_str(),
                language.code()
            );
            view! {
                <li>
                    <a class="link" href=href>{kind_words(template.kind)} " – " {language.name()}</a>
                </li>
            }
        })
        .collect();
    if links.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="panel" aria-labelledby="templates">
            <h2 class="panel-title" id="templates">{text.templates()}</h2>
            <p class="muted">{text.templates_why()}</p>
            <ul class="page-templates">{links}</ul>
        </section>
    }
    .into_any()
}
