//! `/admin/menus`: both menus, with buttons that move their items.

use app::{
    identity::Role,
    locale::locale,
    menus::{
        ports::menu_admin,
        text::Text,
        types::{Direction, MenuItem, MenuPlace, TargetKind},
    },
    ui::{
        banner::done,
        breadcrumbs::{breadcrumbs, crumb},
        form::PageField,
    },
};
use leptos::prelude::*;

use super::{MOVE, place_words};
use crate::admin::{
    frame::{Section, admin_page, refusal_banner},
    translations::{
        links::{gaps, links_to},
        ports::{Group, Progress, page_translations},
    },
};

#[component]
pub fn AdminMenusPage() -> impl IntoView {
    let (port, translations) = (menu_admin(), page_translations());
    let data = async move {
        let header = port.items(MenuPlace::Header).await?;
        let footer = port.items(MenuPlace::Footer).await?;
        let progress = translations.menu_items().await?;
        let menus = [(MenuPlace::Header, header), (MenuPlace::Footer, footer)];
        Ok((menus, progress))
    };
    admin_page(Role::Admin, data, |_, (menus, progress)| {
        let title = Text::from(locale()).menus();
        Section::Pages.page(title, content(&menus, &progress))
    })
}

fn content(menus: &[(MenuPlace, Vec<MenuItem>)], progress: &Progress) -> AnyView {
    let text = Text::from(locale());
    let panels: Vec<_> = menus
        .iter()
        .map(|(place, items)| panel(*place, items, progress))
        .collect();
    view! {
        <div class="admin-head">
            {breadcrumbs(crumb("/admin/pages", text.pages()), text.menus())}
            <h1 class="admin-title">{text.menus()}</h1>
            <div class="row">{links_to(Group::Menus)}</div>
        </div>
        <div class="stack">
            {done(&[("saved", text.saved()), ("deleted", text.deleted())])} {refusal_banner()}
            {panels}
        </div>
    }
    .into_any()
}

fn panel(place: MenuPlace, items: &[MenuItem], progress: &Progress) -> AnyView {
    let text = Text::from(locale());
    let id = format!("menu-{}", place.as_str());
    let add = format!("/admin/menus/new?place={}", place.as_str());
    let none = items.is_empty().then(|| {
        let words = match place {
            MenuPlace::Header => text.no_header_menu(),
            MenuPlace::Footer => text.no_footer_menu(),
        };
        view! { <p class="muted">{words}</p> }
    });
    let rows: Vec<_> = items.iter().map(|item| row(item, progress)).collect();
    let labelled = id.clone();
    view! {
        <section class="panel" aria-labelledby=labelled>
            <h2 class="panel-title" id=id>{place_words(place)}</h2>
            {none} <ul class="menu-rows">{rows}</ul>
            <p>
                <a class="btn" href=add>{text.add_item()}</a>
            </p>
        </section>
    }
    .into_any()
}

fn row(item: &MenuItem, progress: &Progress) -> AnyView {
    let text = Text::from(locale());
    let depth = format!("menu-row menu-depth-{}", item.depth);
    let hidden = (!item.is_shown)
        .then(|| view! { <span class="badge badge-warn">{text.not_shown()}</span> });
    let leads = match item.target_kind {
        TargetKind::Heading => text.heading().to_owned(),
        _ if item.target_title.is_empty() => text.target_gone().to_owned(),
        _ => item.target_title.clone(),
    };
    view! {
        <li class=depth>
            <div class="menu-row-words">
                <a class="link" href=format!("/admin/menus/{}", item.id)>{item.label.clone()}</a>
                " "
                <span class="muted">{leads}</span>
                " "
                {hidden} {gaps(progress, &item.id)}
            </div>
            <form class="row" action=MOVE method="post">
                <PageField/>
                <input type="hidden" name="id" value=item.id.clone()/>
                {move_button(Direction::Up, text.up(), text.move_up(&item.label))}
                {move_button(Direction::Down, text.down(), text.move_down(&item.label))}
            </form>
        </li>
    }
    .into_any()
}

fn move_button(direction: Direction, words: &'static str, label: String) -> AnyView {
    view! {
        <button
            class="btn btn-small"
            type="submit"
            name="direction"
            value=direction.as_str()
            aria-label=label
        >
            {words}
        </button>
    }
    .into_any()
}
