//! An order as its shopper and the staff meet it, over HTTP, at whatever node answers.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use app::orders::types::OrderStatus;
use async_trait::async_trait;
use reqwest::{Client, StatusCode};
use serde_json::Value;
use server::{db::Sql, error::Error, ids::order_of_token, store::Store};
use tokio::time::sleep;

use crate::{
    paid_books::walk::{Errand, Said, Wish},
    rig::Desk,
};

/// Before someone tries again.
const PAUSE: Duration = Duration::from_millis(300);

/// What all have to do with.
pub struct Shop {
    pub nodes: Vec<String>,
    pub http: Client,
    pub db: Store,
    pub shopper: Desk,
    pub admin: Desk,
}

pub struct Ordered {
    shop: Arc<Shop>,
    token: String,
    id: String,
    /// Where the shopper comes from, as a proxy would say it.
    address: String,
    /// Each request goes to the next node.
    at: AtomicUsize,
}

impl Ordered {
    /// The order of the shopper with this number.
    pub fn new(shop: Arc<Shop>, token: &str, n: usize) -> Self {
        Self {
            shop,
            token: token.to_owned(),
            id: order_of_token(token).expect("the token names its order"),
            address: format!("10.7.{}.{}", n / 250, n % 250 + 1),
            at: AtomicUsize::new(n),
        }
    }

    fn node(&self) -> &str {
        let at = self.at.fetch_add(1, Ordering::Relaxed);
        &self.shop.nodes[at % self.shop.nodes.len()]
    }
}

#[async_trait]
impl Errand for Ordered {
    async fn page(&self) -> Option<String> {
        let address = format!("{}/api/checkout/pay", self.node());
        let request = self.shop.http.post(address);
        let request = request
            .header("accept", "application/json")
            .header("x-forwarded-for", &self.address)
            .form(&[("token", &self.token)]);
        let answer: Value = request.send().await.ok()?.json().await.ok()?;
        answer["pay_at"].as_str().map(str::to_owned)
    }

    async fn come_back(&self) {
        let page = format!("{}/orders/{}?paid=yes", self.node(), self.token);
        let request = self.shop.http.get(page);
        // A node that is dead tells them nothing.
        let _ = request
            .header("x-forwarded-for", &self.address)
            .send()
            .await;
    }

    async fn status(&self) -> OrderStatus {
        loop {
            let mut sql = Sql::new("SELECT status FROM orders WHERE id = ");
            sql.text(&self.id);
            match sql.fetch_value(self.shop.db.reader()).await {
                // Thousands look at once, and the pool is this test's own.
                Err(Error::Database(sqlx::Error::PoolTimedOut)) => {}
                status => return status.expect("the order is there"),
            }
        }
    }

    async fn ask(&self, wish: Wish, key: &str) -> Said {
        let Shop { shopper, admin, .. } = &*self.shop;
        let id = ("id", self.id.as_str());
        let key = ("key", key);
        let node = self.node();
        let answer = match wish {
            Wish::CancelByShopper => {
                let path = "/api/account/orders/cancel";
                shopper.send(node, path, &[id]).await
            }
            Wish::CancelByStaff => admin.send(node, "/api/admin/orders/cancel", &[id]).await,
            Wish::RefundUnit(number) => {
                let number = number.to_string();
                let fields = [
                    id,
                    key,
                    ("number", number.as_str()),
                    ("lines[0][position]", "0"),
                    ("lines[0][units]", "1"),
                    ("restock", "1"),
                ];
                admin.send(node, "/api/admin/orders/refund", &fields).await
            }
            Wish::Capture => {
                let path = "/api/admin/orders/capture-payment";
                admin.send(node, path, &[id, key]).await
            }
            Wish::Release => {
                let path = "/api/admin/orders/void-payment";
                admin.send(node, path, &[id, key]).await
            }
        };
        match answer {
            Some((StatusCode::OK, _)) => Said::Done,
            Some((StatusCode::CONFLICT, _)) => Said::Refused,
            Some((status, words)) => Said::Unclear(format!("{status}: {words}")),
            None => Said::Unclear("no answer".to_owned()),
        }
    }

    async fn pause(&self) {
        sleep(PAUSE).await;
    }
}
