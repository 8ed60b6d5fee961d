//! The owner's pages and menus, in the database and over HTTP.

mod checkout_frame;
mod contact;
mod menus;
mod menus_shown;
mod pages_shown;
mod stored;

use app::{
    error::ShopResult,
    identity::Account,
    menus::types::{MenuItemForm, MenuItemSaved},
    pages::types::{PageForm, PageSaved},
};

use crate::support::TestShop;

/// A page that is published at once.
pub fn page(title: &str) -> PageForm {
    PageForm {
        kind: "free".to_owned(),
        title: title.to_owned(),
        body: format!("About {title}."),
        state: "published".to_owned(),
        ..PageForm::default()
    }
}

pub async fn publish(shop: &TestShop, actor: &Account, form: PageForm) -> ShopResult<PageSaved> {
    shop.shop().page_admin.create(actor, form).await
}

/// An item on top of a menu.
pub fn item(place: &str, label: &str, target: &str) -> MenuItemForm {
    MenuItemForm {
        place: place.to_owned(),
        label: label.to_owned(),
        target: target.to_owned(),
        ..MenuItemForm::default()
    }
}

/// The same that leads to an address.
pub fn link(place: &str, label: &str, address: &str) -> MenuItemForm {
    MenuItemForm {
        address: address.to_owned(),
        ..item(place, label, "address")
    }
}

/// The same below another one.
pub fn below(parent: &MenuItemSaved, form: MenuItemForm) -> MenuItemForm {
    MenuItemForm {
        parent_id: parent.id.clone(),
        ..form
    }
}

pub async fn add(
    shop: &TestShop,
    actor: &Account,
    form: MenuItemForm,
) -> ShopResult<MenuItemSaved> {
    shop.shop().menu_admin.create(actor, form).await
}
