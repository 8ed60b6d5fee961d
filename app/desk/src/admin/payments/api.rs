//! `/api/admin/payments/…`. The function asks for the role itself; to others it does not exist.

use app::{error::ShopError, reply::go_to, visitor::admin};
use leptos::prelude::*;

use super::{
    page::HERE,
    ports::payment_books,
    types::{Comparison, Progress},
};

/// Compares the shop's payments with its providers' now.
#[server(endpoint = "admin/payments/compare")]
pub async fn compare_payments() -> Result<Vec<Comparison>, ShopError> {
    admin()?;
    let compared = payment_books().compare().await?;
    let done = match compared.progress {
        Progress::Done => "compared",
        Progress::GoesOn => "comparing",
    };
    go_to(&format!("{HERE}?done={done}"));
    Ok(compared.last)
}
