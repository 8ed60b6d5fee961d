//! The admin's work on the catalogue.

mod editing;
mod keeping;
mod stock;

use app::{
    account::types::Account,
    admin::types::{AdminProduct, AdminVariant, ProductChange, VariantForm},
    error::ErrorKind,
    ports::Admin,
};

use crate::support::{Stocked, TestShop};

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
