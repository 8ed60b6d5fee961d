//! `/api/admin/home/…`: every function asks for the role itself; to others it does not exist.

use app::{
    answers::Done,
    error::ShopError,
    home::{
        form::BlockForm,
        ports::home,
        text::Text,
        types::{BlockKind, BlockSaved, Promise},
    },
    locale::locale,
    moving::Way,
    reply::go_to,
    visitor::admin,
};
use leptos::prelude::*;

use super::list::HERE;

#[server(endpoint = "admin/home/add")]
pub async fn add_home_block(#[server(default)] kind: String) -> Result<BlockSaved, ShopError> {
    let actor = admin()?;
    let kind = BlockKind::parse(&kind);
    let kind = kind.ok_or_else(|| ShopError::field("kind", Text::from(locale()).choose_kind()))?;
    let saved = home().add(&actor, kind).await?;
    go_to(&format!("{HERE}/{}", saved.id));
    Ok(saved)
}

#[server(endpoint = "admin/home/save")]
pub async fn save_home_block(
    #[server(default)] id: String,
    #[server(default)] version: String,
    #[server(default)] heading: String,
    #[server(default)] text: String,
    #[server(default)] button: String,
    #[server(default)] link: String,
    #[server(default)] second_button: String,
    #[server(default)] second_link: String,
    #[server(default)] alt: String,
    #[server(default)] source: String,
    #[server(default)] count: String,
    #[server(default)] promises: Vec<Promise>,
) -> Result<BlockSaved, ShopError> {
    let actor = admin()?;
    let form = BlockForm {
        heading,
        text,
        button,
        link,
        second_button,
        second_link,
        alt,
        source,
        count,
        promises,
    };
    let saved = home().save(&actor, &id, &version, form).await?;
    go_to(&format!("{HERE}?done=saved"));
    Ok(saved)
}

/// `to` is `up` or `down`.
#[server(endpoint = "admin/home/move")]
pub async fn move_home_block(
    #[server(default)] id: String,
    #[server(default)] to: String,
) -> Result<Done, ShopError> {
    let actor = admin()?;
    let way = Way::read(&to)?;
    home().step(&actor, &id, way).await?;
    go_to(HERE);
    Ok(Done { ok: true })
}

#[server(endpoint = "admin/home/picture/remove")]
pub async fn remove_home_picture(#[server(default)] id: String) -> Result<BlockSaved, ShopError> {
    let actor = admin()?;
    let saved = home().set_picture(&actor, &id, None).await?;
    go_to(&format!("{HERE}/{}?done=picture-removed", saved.id));
    Ok(saved)
}

#[server(endpoint = "admin/home/delete")]
pub async fn delete_home_block(#[server(default)] id: String) -> Result<Done, ShopError> {
    let actor = admin()?;
    home().delete(&actor, &id).await?;
    go_to(&format!("{HERE}?done=deleted"));
    Ok(Done { ok: true })
}

#[server(endpoint = "admin/home/publish")]
pub async fn publish_home() -> Result<Done, ShopError> {
    let actor = admin()?;
    home().publish(&actor).await?;
    go_to(&format!("{HERE}?done=published"));
    Ok(Done { ok: true })
}

#[server(endpoint = "admin/home/discard")]
pub async fn discard_home() -> Result<Done, ShopError> {
    let actor = admin()?;
    home().discard(&actor).await?;
    go_to(&format!("{HERE}?done=discarded"));
    Ok(Done { ok: true })
}
