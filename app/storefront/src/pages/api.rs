//! `/api/contact`.

use app::{answers::Done, error::ShopError};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
mod ssr {
    pub use super::super::shown::SENT;
    pub use app::pages::{message::Message, ports::pages, text::Text};
    pub use app::{error::ErrorKind, locale::locale, reply::go_to, visitor::visitor};
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
