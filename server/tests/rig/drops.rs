//! Drops, as their owner makes them, that start in a few seconds.

use std::time::Duration;

use app::ui::date::Zone;
use reqwest::StatusCode;
use serde_json::Value;
use tokio::time::sleep;

use super::{admin::Desk, cluster::Cluster, goods::Stocked};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// Longer than a node needs to hear that a drop has begun.
const HEARD: i64 = 1_000;

/// What a drop has of a product without options.
pub struct DropLine<'a> {
    pub product: &'a Stocked,
    /// As it is typed; empty for the usual one.
    pub price: &'a str,
    pub units: i64,
    pub limit: &'a str,
}

/// A drop that takes place.
pub struct PlannedDrop {
    pub id: String,
    /// By the database's clock.
    pub opens_at: i64,
}

impl PlannedDrop {
    /// Waits until it has begun and every node knows.
    pub async fn begun(&self, shop: &Cluster) {
        while shop.time().await < self.opens_at + HEARD {
            sleep(Duration::from_millis(50)).await;
        }
    }
}

/// An admin at a node.
pub struct Owner<'a> {
    pub desk: &'a Desk,
    pub node: &'a str,
}

impl Owner<'_> {
    pub async fn send(&self, function: &str, fields: &[(&str, &str)]) -> Value {
        let path = format!("/api/admin/drops/{function}");
        let answer = self.desk.send(self.node, &path, fields).await;
        let (status, said) = answer.expect("the node answers");
        assert_eq!(status, StatusCode::OK, "{function}: {said}");
        serde_json::from_str(&said).expect("the answer is JSON")
    }

    pub async fn line(&self, drop_id: &str, line: &DropLine<'_>) {
        let units = line.units.to_string();
        let fields = [
            ("id", drop_id),
            ("variant_id", &line.product.variant),
            ("price", line.price),
            ("units", &units),
            ("limit", line.limit),
        ];
        self.send("line", &fields).await;
    }

    /// Plans a drop of goods that are secret until it starts, in so many milliseconds. A form has full minutes: it is
    /// written for tomorrow, and its times are set before it is planned.
    pub async fn plan(
        &self,
        shop: &Cluster,
        title: &str,
        begins_in: i64,
        lines: &[DropLine<'_>],
    ) -> PlannedDrop {
        let tomorrow = Zone::named("UTC").minute(shop.time().await + DAY);
        let fields = [("title", title), ("opens", &tomorrow)];
        let made = self.send("create", &fields).await;
        let id = made["id"].as_str().expect("it has an id").to_owned();
        for line in lines {
            let fields = [("id", id.as_str()), ("product_id", &line.product.id)];
            self.send("add", &fields).await;
            self.line(&id, line).await;
        }
        let opens_at = shop.time().await + begins_in;
        shop.execute(&format!(
            "UPDATE drops SET opens_at = {opens_at}, reveal_at = {opens_at} WHERE id = '{id}'"
        ))
        .await;
        self.send("plan", &[("id", &id)]).await;
        PlannedDrop { id, opens_at }
    }
}

/// Units of a drop that are set aside and not sold.
pub async fn remaining(shop: &Cluster, drop_id: &str) -> i64 {
    let sql = format!(
        "SELECT CAST(SUM(remaining) AS BIGINT) AS n FROM drop_lines WHERE drop_id = '{drop_id}'"
    );
    shop.number(&sql).await
}
