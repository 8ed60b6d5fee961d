//! `/api/drops/room…`

use app::{answers::Done, drops::room::RoomTold, error::ShopError};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
mod ssr {
    pub use super::super::page::{SENT, room};
    pub use app::{
        braking::braking,
        drops::ports::{Entry, rooms},
        reply::{go_to, set_cookie},
        tickets::{TICKETS, TICKETS_LIFETIME},
        visitor::visitor,
    };
}

/// The visitor's state in the waiting room of a drop, and by what anybody checks it.
#[server(endpoint = "drops/room", input = server_fn::codec::GetUrl)]
pub async fn room_of_drop(#[server(default)] slug: String) -> Result<RoomTold, ShopError> {
    use ssr::*;
    rooms().look(&slug, &visitor().tickets()).await
}

/// Has a code mailed by which a mailbox gets a place.
#[server(endpoint = "drops/room/code")]
pub async fn mail_room_code(
    #[server(default)] slug: String,
    #[server(default)] email: String,
) -> Result<Done, ShopError> {
    use ssr::*;
    let client = visitor().client;
    rooms().send_code(&client, &slug, &email).await?;
    go_to(&format!("{}{SENT}", room(&slug)));
    Ok(Done { ok: true })
}

/// Gives the visitor a place; those who have one keep it. `email` and `room_code` are asked for where a place is bound
/// to a mailbox and nobody is signed in whose address is confirmed.
#[server(endpoint = "drops/room/enter")]
pub async fn enter_room(
    #[server(default)] slug: String,
    #[server(default)] email: String,
    #[server(default)] room_code: String,
) -> Result<Done, ShopError> {
    use ssr::*;
    let visitor = visitor();
    braking().may_begin(&visitor).await?;
    let back = room(&slug);
    let entry = Entry {
        slug,
        email,
        code: room_code,
    };
    let (port, tickets) = (rooms(), visitor.tickets());
    let signed = port.enter(&visitor.client, &tickets, entry).await?;
    set_cookie(TICKETS, &signed, TICKETS_LIFETIME);
    go_to(&back);
    Ok(Done { ok: true })
}
