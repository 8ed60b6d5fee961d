//! The owner's pages, menus, shipping methods and tags in another language: shown in it alone, stale once the original changes,
//! and never written over unseen.

mod files;
mod menus;
pub mod names;
mod off;
mod pages;
mod shown;

use app::{
    identity::Account,
    locale::Locale,
    pages::types::{PageForm, PageSaved},
};
use desk::admin::translations::{
    ports::{TranslationField, TranslationState},
    types::TextForm,
};

use crate::support::TestShop;

/// A page that is published at once.
fn page(title: &str, body: &str) -> PageForm {
    PageForm {
        kind: "free".to_owned(),
        title: title.to_owned(),
        body: body.to_owned(),
        state: "published".to_owned(),
        ..PageForm::default()
    }
}

async fn publish(shop: &TestShop, actor: &Account, form: PageForm) -> PageSaved {
    let pages = &shop.shop().page_admin;
    pages.create(actor, form).await.expect("it is published")
}

async fn fields(shop: &TestShop, id: &str) -> Vec<TranslationField> {
    let port = &shop.shop().page_translations;
    port.page(id, Locale::De).await.unwrap().fields
}

fn field<'a>(fields: &'a [TranslationField], name: &str) -> &'a TranslationField {
    let found = fields.iter().find(|field| field.name == name);
    found.unwrap_or_else(|| panic!("there is a field {name}"))
}

/// As the form that shows a field now sends it.
pub fn typed(field: &TranslationField, text: &str) -> TextForm {
    TextForm {
        name: field.name.clone(),
        text: text.to_owned(),
        was: field.was.clone(),
        source: field.source.clone(),
        confirm: String::new(),
    }
}

async fn translate(shop: &TestShop, actor: &Account, id: &str, texts: &[(&str, &str)]) {
    let fields = fields(shop, id).await;
    let forms = texts
        .iter()
        .map(|(name, text)| typed(field(&fields, name), text))
        .collect();
    let port = &shop.shop().page_translations;
    port.save_page(actor, id, Locale::De, forms)
        .await
        .expect("it is saved");
}

async fn state(shop: &TestShop, id: &str) -> TranslationState {
    let progress = shop.shop().page_translations.pages().await.unwrap();
    progress[id][0].1
}
