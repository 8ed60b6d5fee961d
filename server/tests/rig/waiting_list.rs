//! People on the waiting list.

use reqwest::StatusCode;
use serde_json::Value;

use super::{
    goods::Stocked,
    shopper::{Shopper, cookie},
};

impl Shopper {
    /// Whether a node has noted that they want a sold-out product: it mails a link to this address.
    pub async fn asks_for(&self, node: &str, product: &Stocked, email: &str) -> bool {
        let fields = [
            ("product_id", product.id.as_str()),
            ("variant_id", product.variant.as_str()),
            ("email", email),
        ];
        let asked = self.post(node, "/api/waiting-list/ask", &fields).await;
        asked.is_ok_and(|answer| answer.status() == StatusCode::OK)
    }

    /// Whether a node has taken the link.
    pub async fn confirms(&self, node: &str, link: &str) -> bool {
        let path = "/api/waiting-list/confirm";
        let confirmed = self.post(node, path, &[("token", link)]).await;
        confirmed.is_ok_and(|answer| answer.status() == StatusCode::OK)
    }

    /// Has a node put the unit that is kept for them into their cart; its answer, if there is one.
    pub async fn takes(&mut self, node: &str, link: &str) -> Option<StatusCode> {
        let path = "/api/waiting-list/take";
        let answer = self.post(node, path, &[("token", link)]).await.ok()?;
        if let Some(cart) = cookie(&answer, "holdfast_cart") {
            self.cart = Some(cart);
        }
        Some(answer.status())
    }

    /// Whether a node puts a unit of a variant into a cart, or why not; nothing if it does not answer.
    pub async fn tries(&self, node: &str, variant: &str) -> Option<Result<(), String>> {
        let fields = [("variant_id", variant), ("quantity", "1")];
        let answer = self.post(node, "/api/cart/add", &fields).await.ok()?;
        if answer.status() == StatusCode::OK {
            return Some(Ok(()));
        }
        let said: Value = answer.json().await.ok()?;
        let kind = said["error"]["kind"].as_str().unwrap_or_default();
        Some(Err(kind.to_owned()))
    }
}
