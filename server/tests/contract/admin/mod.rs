//! The admin's work on the catalogue.

pub mod bulk;
mod editing;
pub mod files;
mod history;
mod keeping;
mod limits;
mod resume;
mod slugs;
mod stock;
mod table;
mod trail;

use app::{
    error::ErrorKind,
    identity::{Account, Role},
};
use desk::admin::products::{
    ports::ProductAdmin,
    types::{AdminProduct, AdminVariant, ProductChange, VariantForm},
};

use crate::support::{Stocked, TestShop};

/// An admin who never signed up, where who it is makes no difference.
pub fn an_admin() -> Account {
    Account {
        id: server::ids::new_id(),
        email: "desk@shop.test".to_owned(),
        name: String::new(),
        role: Role::Admin,
    }
}

pub async fn product(shop: &TestShop, stocked: &Stocked) -> AdminProduct {
    shop.services.admin.product(&stocked.id).await.unwrap()
}

pub async fn update(
    shop: &TestShop,
    actor: &Account,
    stocked: &Stocked,
    change: ProductChange,
) -> Result<i64, ErrorKind> {
    let saved = shop
        .services
        .admin
        .update_product(actor, &stocked.id, change)
        .await;
    saved.map(|saved| saved.version).map_err(|error| error.kind)
}

/// The editor's rows for a product's variants as they are.
pub fn forms(product: &AdminProduct) -> Vec<VariantForm> {
    let form = |variant: &AdminVariant| {
        let option = |at: usize| variant.options.get(at).cloned().unwrap_or_default();
        VariantForm {
            id: variant.id.clone(),
            option1: option(0),
            option2: option(1),
            option3: option(2),
            sku: variant.sku.clone(),
            price: app::money::plain_amount(variant.price_minor, "EUR"),
            stock: variant.stock.to_string(),
            stock_was: variant.stock.to_string(),
            grams: variant.grams.to_string(),
            ..VariantForm::default()
        }
    };
    product.variants.iter().map(form).collect()
}
