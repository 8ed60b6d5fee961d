//! `/admin/home`: the blocks of the front page.

use app::{
    home::{
        form::BlockForm,
        ports::home,
        text::Text,
        types::{Block, BlockKind, DraftState, HomeDraft, PlacedBlock},
    },
    identity::Role,
    locale::locale,
    moving::{ArrowWords, Place, arrows},
    ui::{
        banner::done,
        field::{SelectField, refusal_of},
        form::{Form, PageField},
        icon::{Icon, icon},
        table::{Head, stacked_table},
    },
};
use leptos::prelude::*;

use crate::admin::{
    frame::{Section, admin_page},
    translations::{links::links_to, ports::Group},
};

pub const HERE: &str = "/admin/home";
const PREVIEW: &str = "/admin/preview/home";
const ADD: &str = "/api/admin/home/add";
const MOVE: &str = "/api/admin/home/move";
const DELETE: &str = "/api/admin/home/delete";
const PUBLISH: &str = "/api/admin/home/publish";
const DISCARD: &str = "/api/admin/home/discard";
/// Characters that tell a block from others.
const SHOWN: usize = 60;

#[component]
pub fn AdminHomePage() -> impl IntoView {
    let port = home();
    let data = async move { port.draft().await };
    admin_page(Role::Admin, data, |_, draft| {
        Section::Home.page(Text::from(locale()).home_page(), page(&draft))
    })
}

pub(super) fn kind_words(kind: BlockKind) -> &'static str {
    let text = Text::from(locale());
    match kind {
        BlockKind::Hero => text.kind_hero(),
        BlockKind::Text => text.kind_text(),
        BlockKind::Picture => text.kind_picture(),
        BlockKind::Products => text.kind_products(),
        BlockKind::Categories => text.kind_categories(),
        BlockKind::Promises => text.kind_promises(),
    }
}

fn page(draft: &HomeDraft) -> AnyView {
    let text = Text::from(locale());
    let news = done(&[
        ("saved", text.saved()),
        ("deleted", text.deleted()),
        ("published", text.published()),
        ("discarded", text.discarded()),
    ]);
    view! {
        <div class="admin-head">
            <h1 class="admin-title">{text.home_page()}</h1>
            <div class="row">
                {links_to(Group::Home)}
                <a class="btn-text" href=PREVIEW>{text.preview()}</a>
                <a class="btn-text" href="/">{text.view_in_shop()}</a>
            </div>
        </div>
        {news}
        {refusal_of(&Form::of(MOVE))}
        {refusal_of(&Form::of(DELETE))}
        {refusal_of(&Form::of(PUBLISH))}
        <div class="admin-cols">
            <div class="stack">{table(&draft.blocks)}</div>
            <div class="stack">{publishing(draft.state)} {add_form()}</div>
        </div>
    }
    .into_any()
}

fn table(blocks: &[PlacedBlock]) -> AnyView {
    let text = Text::from(locale());
    if blocks.is_empty() {
        return view! { <p class="panel muted">{text.none_yet()}</p> }.into_any();
    }
    let rows: Vec<_> = blocks
        .iter()
        .enumerate()
        .map(|(at, placed)| row(placed, at + 1, Place::of(at, blocks.len())))
        .collect();
    stacked_table(
        text.home_page(),
        [
            Head::new(text.block()),
            Head::new(text.order()),
            Head::hidden(text.change()),
        ],
        rows,
    )
}

/// The first words of a block.
fn about(block: &Block) -> String {
    let form = BlockForm::of(block, locale());
    let promise = form.promises.first().map(|promise| promise.title.clone());
    let texts = [
        form.heading,
        form.text,
        form.alt,
        promise.unwrap_or_default(),
    ];
    let first = texts.into_iter().find(|text| !text.is_empty());
    first.unwrap_or_default().chars().take(SHOWN).collect()
}

fn row(placed: &PlacedBlock, number: usize, place: Place) -> AnyView {
    let text = Text::from(locale());
    let kind = kind_words(placed.block.kind());
    let number = number.to_string();
    let words = ArrowWords {
        up: text.move_up(kind, &number),
        down: text.move_down(kind, &number),
    };
    let about = about(&placed.block);
    let about = (!about.is_empty()).then(|| view! { <span class="cell-sub">{about}</span> });
    view! {
        <tr>
            <td class="cell-first">
                <span>
                    <a class="cell-link" href=format!("{HERE}/{}", placed.id)>{kind}</a>
                    {about}
                </span>
            </td>
            <td data-label=text.order()>{arrows(MOVE, &placed.id, words, place)}</td>
            <td class="cell-act">
                <form action=DELETE method="post">
                    <PageField/>
                    <input type="hidden" name="id" value=placed.id.clone()/>
                    <button class="btn-text" type="submit">
                        {icon(Icon::Trash)}
                        <span class="visually-hidden">{text.delete(kind, &number)}</span>
                    </button>
                </form>
            </td>
        </tr>
    }
    .into_any()
}

fn publishing(state: DraftState) -> AnyView {
    let text = Text::from(locale());
    let content = match state {
        DraftState::Published => view! { <p class="muted">{text.nothing_changed()}</p> }.into_any(),
        DraftState::Changed => view! {
            <p>{text.not_published()}</p>
            <div class="row">
                <form action=PUBLISH method="post">
                    <PageField/>
                    <button class="btn btn-primary" type="submit">{text.publish()}</button>
                </form>
                <details class="asked">
                    <summary class="btn">{text.discard()}</summary>
                    <form class="stack" action=DISCARD method="post">
                        <PageField/>
                        <p>{text.discard_why()}</p>
                        <div>
                            <button class="btn btn-danger" type="submit">{text.discard_now()}</button>
                        </div>
                    </form>
                </details>
            </div>
        }
        .into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="publishing">
            <h2 class="panel-title" id="publishing">{text.publishing()}</h2>
            <div class="stack">{content}</div>
        </section>
    }
    .into_any()
}

fn add_form() -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(ADD);
    let kinds = BlockKind::ALL.map(|kind| (kind.as_str().to_owned(), kind_words(kind).to_owned()));
    view! {
        <form class="panel" action=ADD method="post">
            <PageField/>
            <h2 class="panel-title">{text.add_block()}</h2>
            {refusal_of(&form)}
            <div class="stack">
                <SelectField form=&form name="kind" label=text.block() options=kinds.to_vec()/>
                <div>
                    <button class="btn" type="submit">{text.add()}</button>
                </div>
            </div>
        </form>
    }
    .into_any()
}
