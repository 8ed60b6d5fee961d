//! B10: the plain shop behind HTTP, so that what HTTP costs is in the base, too: one request, one order,
//! one transaction. It is a process of its own, as the shop is, on the same HTTP server, reads the same form and
//! answers in JSON.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Form, Json, Router, extract::State, http::StatusCode, routing::post};
use serde::{Deserialize, Serialize};
use sqlx::{PgPool, SqliteConnection, postgres::PgPoolOptions};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::Mutex};

use crate::{
    load::{
        client::{home, post as form},
        cpu::rested_shop,
        run::{Load, Measured, Requests, run},
    },
    rig::{Cluster, Process, START, free_port, order_form},
};

use super::{
    base::plain_shop,
    orders::{self, OrderMix, Shelf, WARM_UP, place},
    plain::{Orders, Shape, Way, file_in, open_sqlite, write, write_to_file},
    report::{Ground, Report},
    series::Series,
};

/// What this program is started with to be the plain shop: then its database, port and variants follow.
pub const COMMAND: &str = "--plain-shop";
/// Connections to Postgres, as many as were best without HTTP.
const POOL: u32 = 16;
/// Of the load.
const CONNECTIONS: usize = 256;
/// More requests a second than any run sends.
const FASTEST: f64 = if cfg!(debug_assertions) {
    4_000.0
} else {
    15_000.0
};

/// The form as far as an order needs it.
#[derive(Deserialize)]
struct Order {
    checkout_key: String,
}

#[derive(Serialize)]
struct Told {
    order_number: String,
}

enum Kept {
    Postgres(PgPool),
    /// One writer.
    File(Mutex<SqliteConnection>),
}

struct Plain {
    kept: Kept,
    orders: std::sync::Mutex<Orders>,
}

/// Serves until it is ended.
pub async fn serve() {
    let words: Vec<String> = std::env::args()
        .skip_while(|word| word != COMMAND)
        .skip(1)
        .collect();
    let [url, port, variants] = &words[..] else {
        panic!("{COMMAND} is for the bench itself");
    };
    let shape = Shape {
        variants: variants.parse().expect("a number of variants"),
        ..Shape::ONE_ROW
    };
    let kept = match url.starts_with("sqlite") {
        true => Kept::File(Mutex::new(open_sqlite(url).await)),
        false => {
            let pool = PgPoolOptions::new().max_connections(POOL).connect(url);
            Kept::Postgres(pool.await.expect("Postgres answers"))
        }
    };
    let plain = Plain {
        kept,
        orders: Orders::new(0, shape).into(),
    };
    let router = Router::new()
        .route("/api/checkout/place", post(take))
        .with_state(Arc::new(plain));
    let port: u16 = port.parse().expect("a port");
    let listener = TcpListener::bind(("127.0.0.1", port)).await;
    axum::serve(listener.expect("the port is free"), router)
        .await
        .expect("it serves until it is ended");
}

async fn take(
    State(plain): State<Arc<Plain>>,
    Form(order): Form<Order>,
) -> Result<Json<Told>, StatusCode> {
    let (variants, _) = match plain.orders.lock() {
        Ok(mut orders) => orders.order(),
        Err(_) => return Err(StatusCode::INTERNAL_SERVER_ERROR),
    };
    let key = &order.checkout_key;
    let written = match &plain.kept {
        Kept::Postgres(pool) => match pool.acquire().await {
            Ok(mut connection) => write(&mut connection, Way::Transaction, &variants, key).await,
            Err(error) => Err(error),
        },
        Kept::File(file) => write_to_file(&mut *file.lock().await, &variants, key).await,
    };
    match written {
        Ok(()) => Ok(Json(Told {
            order_number: order.checkout_key,
        })),
        Err(_) => Err(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// The plain shop as a process, which is gone when this is.
struct PlainShop {
    address: SocketAddr,
    process: Process,
    // After the process, which writes to it.
    _folder: TempDir,
}

impl PlainShop {
    async fn start(url: Option<&str>, variants: i64) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a database");
        let url = url.map_or_else(|| file_in(folder.path()), str::to_owned);
        let port = free_port();
        let program = std::env::current_exe().expect("this program has a file");
        let mut command = std::process::Command::new(program);
        command.args([COMMAND, &url, &port.to_string(), &variants.to_string()]);
        let log = folder.path().join("log");
        let mut process = Process::start("the plain shop", &mut command, &log);
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        process
            .ready(START, async || {
                tokio::net::TcpStream::connect(address).await.is_ok()
            })
            .await;
        Self {
            address,
            process,
            _folder: folder,
        }
    }

    async fn load(&self, time: Duration) -> Measured {
        let load = Load {
            address: self.address,
            connections: CONNECTIONS,
            warm_up: WARM_UP,
            time,
        };
        let most = FASTEST * (WARM_UP + time).as_secs_f64();
        let requests = (0..most as usize).map(|n| request(self.address, n));
        let mut watched = rested_shop().await;
        if let Some(server) = watched.iter_mut().find(|one| one.name == "server") {
            server.pids = vec![self.process.id()];
        }
        run(&load, Requests::Once(requests.collect()), &watched).await
    }
}

/// The bytes that the shop gets, too.
fn request(address: SocketAddr, n: usize) -> Vec<u8> {
    let key = format!("{}{n:011}", uuid::Uuid::new_v4().simple());
    let cookie = format!("holdfast_cart={key}");
    let fields = order_form(&key, "4900");
    form(
        address,
        home(n),
        "/api/checkout/place",
        Some(&cookie),
        &fields,
    )
}

pub async fn rows(report: &mut Report, ground: &Ground<'_>) {
    let cluster = ground.shop().await;
    let shelf = Shelf::fill(&cluster.db).await;
    for (name, shape, wanted) in [
        ("one row", Shape::ONE_ROW, OrderMix::only(&shelf.hot)),
        ("1 000 rows", Shape::MANY_ROWS, OrderMix::of(&shelf.spread)),
    ] {
        let url = plain_shop(ground.postgres).await;
        compare(
            report,
            ground,
            ("Postgres", name),
            async |time| {
                let plain = PlainShop::start(Some(&url), shape.variants).await;
                plain.load(time).await
            },
            &cluster,
            wanted,
        )
        .await;
    }
    report.audit("the rows beside the plain shop", &cluster.nodes[0]);
    let file = Cluster::on_sqlite().start().await;
    let hot = orders::hot(&file.db, "Storm Lamp").await;
    compare(
        report,
        ground,
        ("SQLite", "one row"),
        async |time| {
            let plain = PlainShop::start(None, 1).await;
            plain.load(time).await
        },
        &file,
        OrderMix::only(&hot),
    )
    .await;
    report.audit("the same on SQLite", &file.nodes[0]);
}

async fn compare(
    report: &mut Report,
    ground: &Ground<'_>,
    (on, rows): (&str, &str),
    plain: impl AsyncFn(Duration) -> Measured,
    cluster: &Cluster,
    wanted: OrderMix<'_>,
) {
    let mut base = Series::new(format!(
        "{on}: plain shop over HTTP, {rows}, {CONNECTIONS} connections"
    ));
    let mut shop = Series::new(format!(
        "{on}: the shop over HTTP, {rows}, {CONNECTIONS} connections"
    ));
    for run in 0..ground.pace.runs {
        base.push(plain(ground.pace.time).await);
        let seed = 40 + run as u64;
        shop.push_placed(place(cluster, wanted, CONNECTIONS, ground.pace.time, seed).await);
    }
    report.add(base.row());
    let ratio = shop.ratio(&base.rates());
    report.add(shop.row().claim(ratio, "× plain shop over HTTP", None));
}
