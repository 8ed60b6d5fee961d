//! `/api/admin/drops/…`: every function asks for the role itself; to others it does not exist.

use app::{
    answers::Done,
    catalog::query::encode,
    drops::{
        ports::drop_admin,
        room::RoomForm,
        types::{DropForm, DropSaved, LineForm},
    },
    error::ShopError,
    reply::go_to,
    visitor::admin,
};
use leptos::prelude::*;

use super::list::HERE;

#[server(endpoint = "admin/drops/create")]
pub async fn create_drop(
    #[server(default)] title: String,
    #[server(default)] opens: String,
) -> Result<DropSaved, ShopError> {
    let actor = admin()?;
    let form = DropForm {
        title,
        opens,
        ..DropForm::default()
    };
    let saved = drop_admin().create(&actor, form).await?;
    go_to(&format!("{HERE}/{}?done=created", saved.id));
    Ok(saved)
}

#[server(endpoint = "admin/drops/update")]
pub async fn update_drop(
    #[server(default)] id: String,
    #[server(default)] version: String,
    #[server(default)] title: String,
    #[server(default)] slug: String,
    #[server(default)] text_html: String,
    #[server(default)] reveal: String,
    #[server(default)] opens: String,
    #[server(default)] closes: String,
) -> Result<DropSaved, ShopError> {
    let actor = admin()?;
    let form = DropForm {
        title,
        slug,
        text_html,
        reveal,
        opens,
        closes,
    };
    let saved = drop_admin().update(&actor, &id, &version, form).await?;
    go_to(&format!("{HERE}/{}?done=saved", saved.id));
    Ok(saved)
}

/// `q` is what was searched for: the page shows it again.
#[server(endpoint = "admin/drops/add")]
pub async fn add_to_drop(
    #[server(default)] id: String,
    #[server(default)] product_id: String,
    #[server(default)] q: String,
) -> Result<Done, ShopError> {
    let actor = admin()?;
    drop_admin().add(&actor, &id, &product_id).await?;
    let query = encode(&[("q".to_owned(), q)]);
    go_to(&format!("{HERE}/{id}?{query}"));
    Ok(Done { ok: true })
}

#[server(endpoint = "admin/drops/line")]
pub async fn set_drop_line(
    #[server(default)] id: String,
    #[server(default)] variant_id: String,
    #[server(default)] price: String,
    #[server(default)] units: String,
    #[server(default)] limit: String,
) -> Result<Done, ShopError> {
    let actor = admin()?;
    let form = LineForm {
        variant_id,
        price,
        units,
        limit,
    };
    drop_admin().set_line(&actor, &id, form).await?;
    go_to(&format!("{HERE}/{id}?done=saved"));
    Ok(Done { ok: true })
}

#[server(endpoint = "admin/drops/remove")]
pub async fn remove_from_drop(
    #[server(default)] id: String,
    #[server(default)] variant_id: String,
) -> Result<Done, ShopError> {
    let actor = admin()?;
    drop_admin().remove_line(&actor, &id, &variant_id).await?;
    go_to(&format!("{HERE}/{id}"));
    Ok(Done { ok: true })
}

#[server(endpoint = "admin/drops/room")]
pub async fn set_drop_room(
    #[server(default)] id: String,
    #[server(default)] switch: String,
    #[server(default)] binding: String,
    #[server(default)] per_minute: String,
    #[server(default)] minutes: String,
) -> Result<Done, ShopError> {
    let actor = admin()?;
    let form = RoomForm {
        switch,
        binding,
        per_minute,
        minutes,
    };
    drop_admin().set_room(&actor, &id, form).await?;
    go_to(&format!("{HERE}/{id}?done=room"));
    Ok(Done { ok: true })
}

#[server(endpoint = "admin/drops/waiting-list")]
pub async fn set_offer_hours(
    #[server(default)] id: String,
    #[server(default)] hours: String,
) -> Result<Done, ShopError> {
    let actor = admin()?;
    drop_admin().set_offer_hours(&actor, &id, &hours).await?;
    go_to(&format!("{HERE}/{id}?done=waiting-list"));
    Ok(Done { ok: true })
}

#[server(endpoint = "admin/drops/plan")]
pub async fn plan_drop(#[server(default)] id: String) -> Result<Done, ShopError> {
    let actor = admin()?;
    drop_admin().plan(&actor, &id).await?;
    go_to(&format!("{HERE}/{id}?done=planned"));
    Ok(Done { ok: true })
}

#[server(endpoint = "admin/drops/call-off")]
pub async fn call_drop_off(#[server(default)] id: String) -> Result<Done, ShopError> {
    let actor = admin()?;
    drop_admin().call_off(&actor, &id).await?;
    go_to(&format!("{HERE}/{id}?done=off"));
    Ok(Done { ok: true })
}

#[server(endpoint = "admin/drops/put-back")]
pub async fn put_drop_back(#[server(default)] id: String) -> Result<Done, ShopError> {
    let actor = admin()?;
    drop_admin().put_back(&actor, &id).await?;
    go_to(&format!("{HERE}/{id}?done=put-back"));
    Ok(Done { ok: true })
}

#[server(endpoint = "admin/drops/delete")]
pub async fn delete_drop(#[server(default)] id: String) -> Result<Done, ShopError> {
    let actor = admin()?;
    drop_admin().delete(&actor, &id).await?;
    go_to(&format!("{HERE}?done=deleted"));
    Ok(Done { ok: true })
}
