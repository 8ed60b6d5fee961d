//! `/admin/home/:id`: what a block of the front page shows.

use app::{
    catalog::{categories::CategoryTree, ports::catalog, text::Text as Standard},
    collections::{ports::collection_admin, types::CollectionRow},
    error::ShopError,
    home::{
        PICTURE,
        form::BlockForm,
        ports::home,
        text::Text,
        types::{Block, BlockKind, COUNTS, MAX_PROMISES, PlacedBlock, Promise, Source},
    },
    identity::Role,
    locale::locale,
    ui::{
        banner::done,
        breadcrumbs::{breadcrumbs, crumb},
        field::{Need, SelectField, TextArea, TextField, cell_input, refusal_of},
        form::{Form, PageField},
        path::path_part,
    },
};
use leptos::prelude::*;

use super::list::{HERE, kind_words};
use crate::admin::{
    frame::{Section, admin_page},
    picture_panel::{Pictured, picture_panel},
};

const SAVE: &str = "/api/admin/home/save";
const REMOVE_PICTURE: &str = "/api/admin/home/picture/remove";

#[component]
pub fn AdminBlockPage() -> impl IntoView {
    let id = path_part("id");
    let (port, catalog, collections) = (home(), catalog(), collection_admin());
    let data = async move {
        let draft = port.draft().await?;
        let mut blocks = draft.blocks.into_iter();
        let placed = blocks.find(|placed| placed.id == id);
        let placed = placed.ok_or_else(ShopError::not_found)?;
        let tree = catalog.category_tree().await?;
        let sources = sources(&tree, collections.collections().await?);
        Ok((placed, sources))
    };
    admin_page(Role::Admin, data, |_, (placed, sources)| {
        let title = kind_words(placed.block.kind());
        Section::Home.page(title, page(&placed, sources))
    })
}

fn page(placed: &PlacedBlock, sources: Vec<(String, String)>) -> AnyView {
    let text = Text::from(locale());
    let kind = placed.block.kind();
    let news = done(&[
        ("picture", text.picture_saved()),
        ("picture-removed", text.picture_removed()),
    ]);
    let picture = matches!(kind, BlockKind::Hero | BlockKind::Picture).then(|| picture(placed));
    view! {
        <div class="admin-head">
            {breadcrumbs(crumb(HERE, text.home_page()), kind_words(kind))}
            <h1 class="admin-title">{kind_words(kind)}</h1>
        </div>
        {news}
        <div class="admin-cols">
            <div class="stack">{block_form(placed, sources)}</div>
            <div class="stack">{picture}</div>
        </div>
    }
    .into_any()
}

fn block_form(placed: &PlacedBlock, sources: Vec<(String, String)>) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(SAVE);
    let version = form.version(placed.version.to_string());
    let current = BlockForm::of(&placed.block, locale());
    let fields = match &placed.block {
        Block::Hero(_) => hero(&form, &current),
        Block::Text(_) => view! {
            {heading(&form, &current)} {words(&form, &current, 8)} {button(&form, &current)}
        }
        .into_any(),
        Block::Picture(_) => figure(&form, &current),
        Block::Products(_) => shelf(&form, &current, sources),
        Block::Categories(_) => heading(&form, &current),
        Block::Promises(_) => promises(&form, &current.promises),
    };
    view! {
        <form class="panel" action=SAVE method="post" data-guard>
            <PageField/>
            <input type="hidden" name="id" value=placed.id.clone()/>
            <input type="hidden" name="version" value=version/>
            {refusal_of(&form)}
            <div class="stack">
                {fields}
                <div class="row">
                    <button class="btn btn-primary" type="submit">{text.save()}</button>
                    <a class="btn-text" href=HERE>{text.cancel()}</a>
                </div>
                <p class="muted small">{text.draft_hint()}</p>
            </div>
        </form>
    }
    .into_any()
}

fn heading(form: &Form, current: &BlockForm) -> AnyView {
    let text = Text::from(locale());
    view! {
        <TextField
            form
            name="heading"
            label=text.heading()
            need=Need::Optional
            value=&current.heading
            autocomplete="off"
            maxlength=120
        />
    }
    .into_any()
}

fn words(form: &Form, current: &BlockForm, rows: u32) -> AnyView {
    let text = Text::from(locale());
    view! {
        <TextArea
            form
            name="text"
            label=text.text()
            need=Need::Optional
            value=&current.text
            hint=text.text_hint()
            rows
            maxlength=5000
        />
    }
    .into_any()
}

/// A field for a link, and one for what it says.
fn linked(
    form: &Form,
    [words, link]: [&'static str; 2],
    [words_label, link_label]: [&'static str; 2],
    [words_stand, link_stands]: [&str; 2],
) -> AnyView {
    view! {
        <TextField
            form
            name=words
            label=words_label
            need=Need::Optional
            value=words_stand
            autocomplete="off"
            maxlength=120
        />
        {link_field(form, link, link_label, link_stands)}
    }
    .into_any()
}

fn link_field(form: &Form, name: &'static str, label: &'static str, current: &str) -> AnyView {
    let hint = Text::from(locale()).link_hint();
    view! {
        <TextField
            form
            name
            label
            need=Need::Optional
            value=current
            hint
            autocomplete="off"
            maxlength=2000
        />
    }
    .into_any()
}

fn button(form: &Form, current: &BlockForm) -> AnyView {
    let text = Text::from(locale());
    let labels = [text.button(), text.button_link()];
    linked(
        form,
        ["button", "link"],
        labels,
        [&current.button, &current.link],
    )
}

fn hero(form: &Form, current: &BlockForm) -> AnyView {
    let text = Text::from(locale());
    let labels = [text.second_button(), text.second_button_link()];
    let second = [current.second_button.as_str(), current.second_link.as_str()];
    view! {
        {heading(form, current)}
        {words(form, current, 3)}
        {button(form, current)}
        {linked(form, ["second_button", "second_link"], labels, second)}
    }
    .into_any()
}

fn figure(form: &Form, current: &BlockForm) -> AnyView {
    let text = Text::from(locale());
    view! {
        <TextField
            form
            name="alt"
            label=text.alt()
            need=Need::Optional
            value=&current.alt
            hint=text.alt_hint()
            autocomplete="off"
            maxlength=512
        />
        {words(form, current, 3)}
        {link_field(form, "link", text.link(), &current.link)}
    }
    .into_any()
}

/// What a block can show products of.
fn sources(tree: &CategoryTree, collections: Vec<CollectionRow>) -> Vec<(String, String)> {
    let text = Text::from(locale());
    let mut sources = vec![
        (Source::Newest.typed(), text.newest().to_owned()),
        (Source::BestSelling.typed(), text.best_selling().to_owned()),
    ];
    sources.extend(tree.iter().map(|placed| {
        let source = Source::Category(placed.category.id.clone()).typed();
        (source, text.in_category(&placed.category.name))
    }));
    sources.extend(collections.into_iter().map(|collection| {
        let source = Source::Collection(collection.id).typed();
        (source, text.in_collection(&collection.name))
    }));
    sources
}

fn shelf(form: &Form, current: &BlockForm, sources: Vec<(String, String)>) -> AnyView {
    let text = Text::from(locale());
    let counts = COUNTS.map(|count| (count.to_string(), count.to_string()));
    view! {
        {heading(form, current)}
        <SelectField
            form
            name="source"
            label=text.products()
            options=sources
            value=&current.source
        />
        <SelectField
            form
            name="count"
            label=text.count()
            options=counts.to_vec()
            value=&current.count
        />
    }
    .into_any()
}

/// As many rows as there may be; those without a title are none.
fn promises(form: &Form, current: &[Promise]) -> AnyView {
    let text = Text::from(locale());
    let rows: Vec<_> = (0..MAX_PROMISES)
        .map(|at| {
            let current = current.get(at).cloned().unwrap_or_default();
            let number = (at + 1).to_string();
            let cell = |field: &str, label: String, value: String, most: usize| {
                let name = format!("promises[{at}][{field}]");
                let value = form.value(&name, value);
                cell_input(name, label, value, "input", None, Some(most), form)
            };
            view! {
                <div class="stack">
                    {cell("title", text.promise_title(&number), current.title, 120)}
                    {cell("text", text.promise_text(&number), current.text, 240)}
                </div>
            }
        })
        .collect();
    view! {
        <p class="field-hint">{text.promises_hint(Standard::from(locale()).pay_on_delivery())}</p>
        {rows}
    }
    .into_any()
}

fn picture(placed: &PlacedBlock) -> AnyView {
    let text = Text::from(locale());
    picture_panel(Pictured {
        id: &placed.id,
        picture_src: placed.block.picture(),
        upload: PICTURE,
        remove: REMOVE_PICTURE,
        hint: match placed.block.kind() {
            BlockKind::Hero => text.hero_picture_hint(),
            _ => text.picture_hint(),
        },
    })
}
