//! How far a room lets people in, by the database, from its start to its end.

use std::{sync::Arc, time::Duration};

use server::{
    db::{Get, Sql},
    store::Store,
};
use tokio::{task::JoinHandle, time::sleep};

/// People are let in by millionths.
const PERSON: i64 = 1_000_000;

/// How far a room is, by the database.
#[derive(Debug, Clone, Copy)]
pub struct Far {
    moved_at: i64,
    pub admitted_to: i64,
    lapsed_to: i64,
    let_in: i64,
}

pub struct Watched {
    history: Arc<std::sync::Mutex<Vec<Far>>>,
    looking: JoinHandle<()>,
}

impl Watched {
    pub async fn ended(self) -> Vec<Far> {
        self.looking.abort();
        let _ = self.looking.await;
        self.history.lock().expect("nobody panics").clone()
    }
}

/// Looks at how far the room is, all the time.
pub fn watched(db: Store) -> Watched {
    let history = Arc::new(std::sync::Mutex::new(Vec::new()));
    let noted = history.clone();
    let looking = tokio::spawn(async move {
        loop {
            if let Some(now) = how_far(&db).await {
                noted.lock().expect("nobody panics").push(now);
            }
            sleep(Duration::from_millis(200)).await;
        }
    });
    Watched { history, looking }
}

/// `None` while the database is away, and before anybody is let in.
pub async fn how_far(db: &Store) -> Option<Far> {
    let sql = "SELECT moved_at, admitted_to, lapsed_to, let_in FROM drop_rooms WHERE moved_at > 0";
    let row = Sql::new(sql).fetch_optional(db.reader()).await.ok()??;
    let int = |column| row.int(column).expect("it is a number");
    Some(Far {
        moved_at: int("moved_at"),
        admitted_to: int("admitted_to"),
        lapsed_to: int("lapsed_to"),
        let_in: int("let_in"),
    })
}

/// What is let in never goes back, and never runs ahead of the rate that is set.
pub fn it_only_rose(history: &[Far], per_minute: usize) {
    assert!(history.len() > 2, "{history:?}");
    let per_minute = i64::try_from(per_minute).expect("it is no such number");
    for pair in history.windows(2) {
        let [before, after] = pair else {
            unreachable!("there are two");
        };
        let rose = after.admitted_to >= before.admitted_to
            && after.let_in >= before.let_in
            && after.moved_at >= before.moved_at
            && after.lapsed_to == 0;
        assert!(rose, "{before:?}, then {after:?}");
        let most = (after.moved_at - before.moved_at) * per_minute * PERSON / 60_000;
        let let_in = after.let_in - before.let_in;
        assert!(let_in <= most + 1, "{before:?}, then {after:?}");
    }
}
