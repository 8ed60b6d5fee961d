//! `/api/contact` and `/api/admin/pages/…`. Those of the admin area ask for the role themselves; to others
//! they do not exist.

use leptos::prelude::*;

use super::types::{PagePreview, PageSaved};
use crate::{answers::Done, error::ShopError};

#[cfg(feature = "ssr")]
mod ssr {
    pub use super::super::{
        gaps::gaps,
        message::Message,
        ports::{page_admin, pages},
        shown::SENT,
        text::Text,
        types::PageForm,
    };
    pub use crate::{
        error::ErrorKind,
        locale::locale,
        reply::go_to,
        visitor::{admin, visitor},
    };
}

/// Sends a message to the shop.
#[server(endpoint = "contact")]
pub async fn send_message(
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] order_number: String,
    #[server(default)] message: String,
) -> Result<Done, ShopError> {
    use ssr::*;
    let (client, text) = (visitor().client, Text::from(locale()));
    let message = Message::checked(&name, &email, &order_number, &message)?;
    match pages().send_message(&client, message).await {
        Ok(()) => {}
        Err(error) if error.kind == ErrorKind::TooManyRequests => {
            return Err(ShopError::new(error.kind, text.too_many_messages()));
        }
        Err(error) => return Err(error),
    }
    go_to(SENT);
    Ok(Done { ok: true })
}

#[server(endpoint = "admin/pages/create")]
pub async fn create_page(
    #[server(default)] kind: String,
    #[server(default)] slug: String,
    #[server(default)] title: String,
    #[server(default)] body: String,
    #[server(default)] seo_title: String,
    #[server(default)] seo_description: String,
    #[server(default)] state: String,
    #[server(default)] publish_at: String,
    #[server(default)] contact_email: String,
) -> Result<PageSaved, ShopError> {
    use ssr::*;
    let actor = admin()?;
    let form = PageForm {
        kind,
        slug,
        title,
        body,
        seo_title,
        seo_description,
        state,
        publish_at,
        contact_email,
        version: String::new(),
    };
    let saved = page_admin().create(&actor, form).await?;
    go_to(&format!("/admin/pages/{}?done=saved", saved.id));
    Ok(saved)
}

/// Writes all fields of a page. With `version`, an edit made from an older state of it is refused.
#[server(endpoint = "admin/pages/update")]
pub async fn update_page(
    #[server(default)] id: String,
    #[server(default)] version: String,
    #[server(default)] kind: String,
    #[server(default)] slug: String,
    #[server(default)] title: String,
    #[server(default)] body: String,
    #[server(default)] seo_title: String,
    #[server(default)] seo_description: String,
    #[server(default)] state: String,
    #[server(default)] publish_at: String,
    #[server(default)] contact_email: String,
) -> Result<PageSaved, ShopError> {
    use ssr::*;
    let actor = admin()?;
    let form = PageForm {
        kind,
        slug,
        title,
        body,
        seo_title,
        seo_description,
        state,
        publish_at,
        contact_email,
        version,
    };
    let saved = page_admin().update(&actor, &id, form).await?;
    go_to(&format!("/admin/pages/{}?done=saved", saved.id));
    Ok(saved)
}

/// What a text would look like. Nothing is stored; the form comes back with the page that shows it.
#[server(endpoint = "admin/pages/preview")]
pub async fn preview_page(
    #[server(default)] id: String,
    #[server(default)] version: String,
    #[server(default)] kind: String,
    #[server(default)] slug: String,
    #[server(default)] title: String,
    #[server(default)] body: String,
    #[server(default)] seo_title: String,
    #[server(default)] seo_description: String,
    #[server(default)] state: String,
    #[server(default)] publish_at: String,
    #[server(default)] contact_email: String,
) -> Result<PagePreview, ShopError> {
    use ssr::*;
    admin()?;
    Ok(PagePreview {
        html: page_admin().preview(&body),
        gaps: gaps(&[&title, &body, &seo_title, &seo_description]),
        id,
        form: PageForm {
            kind,
            slug,
            title,
            body,
            seo_title,
            seo_description,
            state,
            publish_at,
            contact_email,
            version,
        },
    })
}

#[server(endpoint = "admin/pages/delete")]
pub async fn delete_page(
    #[server(default)] id: String,
    #[server(default)] version: String,
) -> Result<Done, ShopError> {
    use ssr::*;
    let actor = admin()?;
    page_admin().delete(&actor, &id, &version).await?;
    go_to("/admin/pages?done=deleted");
    Ok(Done { ok: true })
}
