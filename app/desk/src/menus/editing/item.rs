//! `/admin/menus/{id}`: an item of a menu, and a new one at `/admin/menus/new`.

use app::{
    identity::Role,
    locale::locale,
    menus::{
        ports::menu_admin,
        text::Text,
        types::{
            LIST, MAX_ADDRESS, MAX_DEPTH, MAX_LABEL, MenuChoices, MenuItem, MenuPlace, TargetKind,
        },
    },
    ui::{
        breadcrumbs::{breadcrumbs, crumb},
        field::{Need, SelectField, TextField},
        form::{Form, FormState, PageField},
        path::path_part,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{CREATE, DELETE, UPDATE, place_words};
use crate::admin::frame::{DeletePanel, Section, admin_page, refusal_banner};

#[component]
pub fn AdminMenuItemPage() -> impl IntoView {
    let id = path_part("id");
    let place = wanted_place();
    let port = menu_admin();
    let data = async move {
        let item = match id.as_str() {
            "new" => blank(place),
            id => port.item(id).await?,
        };
        let others = port.items(item.place).await?;
        Ok((item, others, port.choices().await?))
    };
    admin_page(Role::Admin, data, |_, (item, others, choices)| {
        let title = match is_new(&item) {
            true => Text::from(locale()).add_item().to_owned(),
            false => item.label.clone(),
        };
        let content = content(&item, &others, choices, &title);
        Section::Pages.page(title, content)
    })
}

/// The menu that a new item is for: as the address says, or the form that was refused.
fn wanted_place() -> MenuPlace {
    let typed = use_context::<FormState>().and_then(|state| {
        let field = state.values.into_iter().find(|(name, _)| name == "place");
        field.map(|(_, place)| place)
    });
    let place = typed.or_else(|| use_query_map().get_untracked().get("place"));
    place
        .and_then(|place| MenuPlace::parse(&place))
        .unwrap_or(MenuPlace::Header)
}

fn blank(place: MenuPlace) -> MenuItem {
    MenuItem {
        id: String::new(),
        place,
        parent_id: None,
        label: String::new(),
        target_kind: TargetKind::Address,
        target: String::new(),
        target_title: String::new(),
        is_shown: false,
        depth: 0,
        version: 0,
    }
}

fn is_new(item: &MenuItem) -> bool {
    item.id.is_empty()
}

fn content(item: &MenuItem, others: &[MenuItem], choices: MenuChoices, title: &str) -> AnyView {
    let text = Text::from(locale());
    view! {
        <div class="admin-head">
            {breadcrumbs(
                view! { {crumb("/admin/pages", text.pages())} {crumb(LIST, text.menus())} },
                title,
            )}
            <h1 class="admin-title">{title.to_owned()}</h1>
            <p class="muted">{place_words(item.place)}</p>
        </div>
        <div class="stack">
            {refusal_banner()} {item_form(item, others, choices)}
            {(!is_new(item)).then(|| delete(item))}
        </div>
    }
    .into_any()
}

fn item_form(item: &MenuItem, others: &[MenuItem], choices: MenuChoices) -> AnyView {
    let text = Text::from(locale());
    let action = if is_new(item) { CREATE } else { UPDATE };
    let form = Form::of(action);
    // The path of what was chosen by it stays what the item leads to.
    let address = match item.target_kind {
        TargetKind::Address => item.target.clone(),
        TargetKind::Product => item.target_title.clone(),
        TargetKind::Heading | TargetKind::Category | TargetKind::Collection | TargetKind::Page => {
            String::new()
        }
    };
    view! {
        <form class="panel stack" action=action method="post" novalidate data-guard id="menu-item">
            <PageField/>
            {identity(item, &form)}
            <div class="form-grid">
                <TextField
                    form=form.clone()
                    name="label"
                    label=text.label()
                    maxlength=MAX_LABEL as u32
                    value=item.label.clone()
                />
                <SelectField
                    form=form.clone()
                    name="parent_id"
                    label=text.parent()
                    options=parents(item, others)
                    value=item.parent_id.clone().unwrap_or_default()
                />
                <SelectField
                    form=form.clone()
                    name="target"
                    label=text.target()
                    options=targets(item, choices)
                    value=chosen(item)
                />
                <TextField
                    form=form
                    name="address"
                    label=text.address()
                    need=Need::Optional
                    maxlength=MAX_ADDRESS as u32
                    hint=text.address_hint()
                    value=address
                />
            </div>
            <p class="row">
                <button class="btn btn-primary" type="submit">{text.save_item()}</button>
                <a class="btn-text" href=LIST>{text.cancel()}</a>
            </p>
        </form>
    }
    .into_any()
}

/// Which item the form is about.
fn identity(item: &MenuItem, form: &Form) -> AnyView {
    if is_new(item) {
        return view! { <input type="hidden" name="place" value=item.place.as_str()/> }.into_any();
    }
    let version = form.version(item.version.to_string());
    view! {
        <input type="hidden" name="id" value=item.id.clone()/>
        <input type="hidden" name="version" value=version/>
    }
    .into_any()
}

/// Those that the item can be below: what is below it already cannot be above it.
fn parents(item: &MenuItem, others: &[MenuItem]) -> Vec<(String, String)> {
    let top = (String::new(), Text::from(locale()).top().to_owned());
    let mut own = Vec::new();
    let below = others.iter().filter(|other| {
        let is_own = other.id == item.id
            || other
                .parent_id
                .as_ref()
                .is_some_and(|parent| own.contains(parent));
        if is_own {
            own.push(other.id.clone());
        }
        !is_own && other.depth + 1 < MAX_DEPTH
    });
    let below: Vec<_> = below
        .map(|other| {
            let label = format!("{}{}", "– ".repeat(other.depth), other.label);
            (other.id.clone(), label)
        })
        .collect();
    [vec![top], below].concat()
}

fn chosen(item: &MenuItem) -> String {
    match item.target_kind {
        TargetKind::Heading => TargetKind::Heading.as_str().to_owned(),
        TargetKind::Address | TargetKind::Product => TargetKind::Address.as_str().to_owned(),
        kind @ (TargetKind::Category | TargetKind::Collection | TargetKind::Page) => {
            format!("{}:{}", kind.as_str(), item.target)
        }
    }
}

fn targets(item: &MenuItem, choices: MenuChoices) -> Vec<(String, String)> {
    let text = Text::from(locale());
    let named =
        |words: &str, (value, title): (String, String)| (value, format!("{words}: {title}"));
    let mut targets = vec![
        (
            TargetKind::Address.as_str().to_owned(),
            text.to_an_address().to_owned(),
        ),
        (
            TargetKind::Heading.as_str().to_owned(),
            text.to_nowhere().to_owned(),
        ),
    ];
    let pages = choices.pages.into_iter();
    targets.extend(pages.map(|page| named(text.page(), page)));
    let categories = choices.categories.into_iter();
    targets.extend(categories.map(|category| named(text.category(), category)));
    let collections = choices.collections.into_iter();
    targets.extend(collections.map(|collection| named(text.collection(), collection)));
    let chosen = chosen(item);
    if !targets.iter().any(|(value, _)| *value == chosen) {
        targets.push((chosen, text.target_gone().to_owned()));
    }
    targets
}

fn delete(item: &MenuItem) -> AnyView {
    let text = Text::from(locale());
    let words = (
        text.delete_item(),
        text.delete_item_why(),
        text.yes_delete_item(),
    );
    DeletePanel::of(DELETE, &item.id, words).view()
}
