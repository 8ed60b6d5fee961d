//! `/api/admin/opening/…`. The functions ask for the role themselves; to others they do not exist.

use app::{
    answers::Done,
    error::ShopError,
    reply::go_to,
    visitor::{admin, confirmed_admin},
};
use leptos::prelude::*;

use super::ports::opening_admin;

/// Sends an e-mail to the admin's own address, to show that e-mails arrive.
#[server(endpoint = "admin/opening/test-mail")]
pub async fn send_test_mail() -> Result<Done, ShopError> {
    let actor = admin()?;
    opening_admin().send_test_mail(&actor).await?;
    go_to("/admin?done=test-mail");
    Ok(Done { ok: true })
}

/// Confirms that what is set is right: `item` is `mail` (the test e-mail has arrived), `delivery` or
/// `tax`; `version` is that of the settings it was seen in.
#[server(endpoint = "admin/opening/confirm")]
pub async fn confirm_item(
    #[server(default)] item: String,
    #[server(default)] version: String,
) -> Result<Done, ShopError> {
    let actor = admin()?;
    opening_admin().confirm(&actor, &item, &version).await?;
    go_to("/admin?done=confirmed");
    Ok(Done { ok: true })
}

/// Opens the checkout of a new shop. A seller in the European Union has to have done everything on the
/// list; others have to have said in which country they are.
#[server(endpoint = "admin/opening/open")]
pub async fn open_shop() -> Result<Done, ShopError> {
    let actor = confirmed_admin()?;
    opening_admin().open(&actor).await?;
    go_to("/admin?done=opened");
    Ok(Done { ok: true })
}

/// Makes a demonstration a shop that is being prepared.
#[server(endpoint = "admin/opening/end-demonstration")]
pub async fn end_demonstration() -> Result<Done, ShopError> {
    let actor = confirmed_admin()?;
    opening_admin().end_demonstration(&actor).await?;
    go_to("/admin?done=prepared");
    Ok(Done { ok: true })
}
