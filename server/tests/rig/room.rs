//! Drops that are planned by an admin, and shoppers in their waiting rooms.

use std::time::Duration;

use app::ui::date::Zone;
use reqwest::{Response, StatusCode};
use serde_json::Value;
use server::{
    clock::{Clock, SystemClock},
    db::Sql,
    store::Store,
};

use super::{
    admin::Desk,
    drops::{DropLine, Owner},
    goods::Stocked,
    shopper::{Shopper, cookie},
};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// How long an admission lasts, in minutes: longer than anything here.
const MINUTES: &str = "60";
/// All places are below.
const ALL_PLACES: i64 = 1 << 60;

/// A drop that is planned.
#[derive(Debug, Clone)]
pub struct Launch {
    pub id: String,
    pub slug: String,
}

impl Launch {
    /// A drop of so many units of one product, tomorrow; with a waiting room that lets so many in per minute, or
    /// without any.
    pub async fn plan(
        desk: &Desk,
        node: &str,
        (goods, units): (&Stocked, i64),
        per_minute: Option<usize>,
    ) -> Self {
        let owner = Owner { desk, node };
        let opens = Zone::named("UTC").minute(SystemClock.now() + DAY);
        let title = ["Drop of ", &goods.slug].concat();
        let made = owner
            .send("create", &[("title", &title), ("opens", &opens)])
            .await;
        let text = |name: &str| made[name].as_str().unwrap_or_default().to_owned();
        let this = Self {
            id: text("id"),
            slug: text("slug"),
        };
        let id = ("id", this.id.as_str());
        owner.send("add", &[id, ("product_id", &goods.id)]).await;
        let line = DropLine {
            product: goods,
            price: "",
            units,
            limit: "",
        };
        owner.line(&this.id, &line).await;
        if let Some(per_minute) = per_minute {
            let per_minute = per_minute.to_string();
            let room = [
                id,
                ("switch", "on"),
                ("binding", "nobody"),
                ("per_minute", &per_minute),
                ("minutes", MINUTES),
            ];
            owner.send("room", &room).await;
        }
        owner.send("plan", &[id]).await;
        this
    }

    /// Moves its start behind the nodes' backs, to so long from now by the database's clock. They see that within a
    /// second.
    pub async fn starts_in(&self, db: &Store, time: Duration) {
        let mut sql = Sql::new("UPDATE drops SET opens_at = ");
        let wait = i64::try_from(time.as_millis()).expect("it is soon");
        sql.push(db.dialect().time()).push(" + ").int(wait);
        sql.push(" WHERE id = ").text(&self.id);
        change(db, sql).await;
    }

    /// So many people have a place whom nobody here is.
    pub async fn has_people(&self, db: &Store, people: usize) {
        let mut sql = Sql::new("UPDATE drop_rooms SET tickets = ");
        sql.int(i64::try_from(people).expect("they are not that many"));
        sql.push(" WHERE drop_id = ").text(&self.id);
        change(db, sql).await;
    }

    /// Draws the places and lets all of them in.
    pub async fn lets_all_in(&self, db: &Store) {
        let mut sql = Sql::new("UPDATE drop_rooms SET drawn_at = ");
        sql.push(db.dialect().time());
        sql.push(", admitted_to = ").int(ALL_PLACES);
        sql.push(" WHERE drop_id = ").text(&self.id);
        change(db, sql).await;
    }
}

async fn change(db: &Store, sql: Sql) {
    let mut tx = db.begin().await.expect("the database takes changes");
    let changed = sql.execute(&mut *tx).await;
    assert_eq!(changed.expect("it can be changed"), 1);
    tx.commit().await.expect("it is changed");
}

impl Shopper {
    /// Whether a node has given them a place in the waiting room of a drop.
    pub async fn takes_place(&mut self, node: &str, drop: &Launch) -> bool {
        let fields = [("slug", drop.slug.as_str())];
        let answer = self.post(node, "/api/drops/room/enter", &fields).await;
        let Some(answer) = answer.ok().filter(is_fine) else {
            return false;
        };
        self.ticket = cookie(&answer, "holdfast_room");
        self.ticket.is_some()
    }

    /// What the room tells them, if the node answers.
    pub async fn looks_into(&self, node: &str, drop: &Launch) -> Option<Value> {
        let path = format!("/api/drops/room?slug={}", drop.slug);
        let answer = self.get(node, &path).await.ok().filter(is_fine)?;
        answer.json().await.ok()
    }
}

fn is_fine(answer: &Response) -> bool {
    answer.status() == StatusCode::OK
}
