//! `/api/admin/…`: every function asks for the role itself; to others it does not exist.

use app::{
    answers::Done,
    error::ShopError,
    locale::locale,
    reply::{back_to, go_to},
    visitor::admin,
};
use leptos::prelude::*;

use super::{
    ports::product_admin,
    text::Text,
    types::{PictureForm, ProductChange, ProductSaved, Sent, VariantForm},
};

fn flag(name: &str, text: &str) -> Result<bool, ShopError> {
    match text.trim() {
        "1" | "true" | "on" => Ok(true),
        "0" | "false" | "off" => Ok(false),
        _ => Err(ShopError::field(name, Text::from(locale()).true_or_false())),
    }
}

#[server(endpoint = "admin/products/create")]
pub async fn create_product(
    #[server(default)] title: String,
    #[server(default)] slug: String,
    #[server(default)] description_html: String,
    #[server(default)] vendor: String,
    #[server(default)] category: String,
    #[server(default)] tags: String,
    #[server(default)] seo_title: String,
    #[server(default)] seo_description: String,
    #[server(default)] active: String,
    #[server(default)] prepaid: String,
    #[server(default)] option1_name: String,
    #[server(default)] option2_name: String,
    #[server(default)] option3_name: String,
    #[server(default)] variants: Vec<VariantForm>,
    #[server(default)] pictures: Option<Vec<PictureForm>>,
    #[server(default)] form_key: String,
) -> Result<ProductSaved, ShopError> {
    let actor = admin()?;
    let change = ProductChange {
        title: Some(title),
        slug: Some(slug),
        description_html: Some(description_html),
        vendor: Some(vendor),
        category: Some(category),
        tags: Some(tags),
        seo_title: Some(seo_title),
        seo_description: Some(seo_description),
        active: Some(!active.is_empty() && flag("active", &active)?),
        prepaid: Some(!prepaid.is_empty() && flag("prepaid", &prepaid)?),
        options: Some([option1_name, option2_name, option3_name]),
        variants: Some(variants),
        pictures,
        form_key: Some(form_key),
        version: None,
    };
    let saved = product_admin().create_product(&actor, change).await?;
    go_to(&format!("/admin/products/{}?saved=1", saved.id));
    Ok(saved)
}

/// Changes the fields that are sent and leaves the others. With `version`, an edit made from an
/// older state of the product is refused.
#[server(endpoint = "admin/products/update")]
pub async fn update_product(
    #[server(default)] id: String,
    #[server(default)] title: Sent,
    #[server(default)] slug: Sent,
    #[server(default)] description_html: Sent,
    #[server(default)] vendor: Sent,
    #[server(default)] category: Sent,
    #[server(default)] tags: Sent,
    #[server(default)] seo_title: Sent,
    #[server(default)] seo_description: Sent,
    #[server(default)] active: Sent,
    #[server(default)] prepaid: Sent,
    #[server(default)] option1_name: Sent,
    #[server(default)] option2_name: Sent,
    #[server(default)] option3_name: Sent,
    #[server(default)] variants: Option<Vec<VariantForm>>,
    #[server(default)] pictures: Option<Vec<PictureForm>>,
    #[server(default)] version: Sent,
    #[server(default)] next: String,
) -> Result<ProductSaved, ShopError> {
    let actor = admin()?;
    let options = match (option1_name.0, option2_name.0, option3_name.0) {
        (None, None, None) => None,
        (one, two, three) => Some([one, two, three].map(Option::unwrap_or_default)),
    };
    let change = ProductChange {
        title: title.0,
        slug: slug.0,
        description_html: description_html.0,
        vendor: vendor.0,
        category: category.0,
        tags: tags.0,
        seo_title: seo_title.0,
        seo_description: seo_description.0,
        active: active.0.map(|text| flag("active", &text)).transpose()?,
        prepaid: prepaid.0.map(|text| flag("prepaid", &text)).transpose()?,
        options,
        variants,
        pictures,
        form_key: None,
        version: version
            .0
            .filter(|text| !text.is_empty())
            .map(|text| text.parse())
            .transpose()
            .map_err(|_| ShopError::field("version", Text::from(locale()).version_wrong()))?,
    };
    let saved = product_admin().update_product(&actor, &id, change).await?;
    go_to(&back_to(
        &next,
        format!("/admin/products/{}?saved=1", saved.id),
    ));
    Ok(saved)
}

#[server(endpoint = "admin/products/delete")]
pub async fn delete_product(#[server(default)] id: String) -> Result<Done, ShopError> {
    let actor = admin()?;
    product_admin().delete_product(&actor, &id).await?;
    go_to("/admin/products");
    Ok(Done { ok: true })
}

/// Makes another product of one: off sale, with nothing in stock, and what must be its own left out.
#[server(endpoint = "admin/products/duplicate")]
pub async fn duplicate_product(#[server(default)] id: String) -> Result<ProductSaved, ShopError> {
    let actor = admin()?;
    let saved = product_admin().duplicate_product(&actor, &id).await?;
    go_to(&format!("/admin/products/{}?done=copied", saved.id));
    Ok(saved)
}

/// Takes a picture out of the form of a product that is still to be made.
#[server(endpoint = "admin/pictures/discard")]
pub async fn discard_picture(#[server(default)] id: String) -> Result<Done, ShopError> {
    let actor = admin()?;
    let form = product_admin().discard_picture(&actor, &id).await?;
    go_to(&format!("/admin/products/new?pictures={form}"));
    Ok(Done { ok: true })
}

#[server(endpoint = "admin/pictures/delete")]
pub async fn delete_picture(#[server(default)] id: String) -> Result<ProductSaved, ShopError> {
    let actor = admin()?;
    let saved = product_admin().delete_picture(&actor, &id).await?;
    go_to(&format!("/admin/products/{}?saved=1", saved.id));
    Ok(saved)
}
