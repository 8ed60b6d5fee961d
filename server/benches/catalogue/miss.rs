//! Pages that are not there yet: what one costs, and where the time goes.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    time::{Duration, Instant},
};

use crate::{
    Report,
    load::{
        client::{Connection, get},
        cpu::{Used, Watched},
        run::Measured,
        table::Row,
    },
    pages::Found,
    rig::Cluster,
};

/// Sums and counts of the node's histograms, in seconds.
struct Spent {
    rendered: (f64, f64),
    /// All that is kept, but whole pages, which hold the rest.
    loaded: (f64, f64),
}

impl Spent {
    async fn now(cluster: &Cluster) -> Self {
        let read = async |name: &str, labels: &[&str]| {
            let sum = cluster.counted(&format!("{name}_sum"), labels).await;
            let count = cluster.counted(&format!("{name}_count"), labels).await;
            (sum, count)
        };
        let load = "holdfast_cache_load_seconds";
        let all = read(load, &[]).await;
        let pages = read(load, &["kind=\"page\""]).await;
        Self {
            rendered: read("holdfast_page_render_seconds", &[]).await,
            loaded: (all.0 - pages.0, all.1 - pages.1),
        }
    }

    /// In words, for `pages` pages since `before`.
    fn since(&self, before: &Self, pages: usize) -> String {
        let pages = pages as f64;
        let rendered = self.rendered.0 - before.rendered.0;
        if self.rendered.1 <= before.rendered.1 {
            return "no render times at /metrics".to_owned();
        }
        let loaded = self.loaded.0 - before.loaded.0;
        let loads = self.loaded.1 - before.loaded.1;
        format!(
            "render {:.2} ms each, of which {:.1} loads from the database take {:.2} ms",
            rendered * 1000.0 / pages,
            loads / pages,
            loaded * 1000.0 / pages,
        )
    }
}

pub async fn rows(report: &mut Report, on: &str, cluster: &Cluster, found: &Found) {
    let node: SocketAddr = ([127, 0, 0, 1], cluster.nodes[0].port).into();
    // The first page of a process pays for connections and statements, too: told apart.
    let first = visit(cluster, node, &["/".to_owned()]).await;
    report.add(row(on, "first page of a new process (home)", &first));
    for (name, paths) in [
        ("cold product page", &found.cold_products),
        ("cold list page", &found.cold_lists),
    ] {
        let visited = visit(cluster, node, paths).await;
        report.add(row(on, name, &visited));
    }
}

struct Visited {
    pages: usize,
    measured: Measured,
    spent: String,
}

/// One page after the other, on one connection.
async fn visit(cluster: &Cluster, node: SocketAddr, paths: &[String]) -> Visited {
    let watched = Watched::shop();
    let mut connection = Connection::open(node).await.expect("the node answers");
    let before = (Spent::now(cluster).await, Used::now(&watched));
    let (mut statuses, mut latencies) = (BTreeMap::new(), Vec::new());
    let mut busy = Duration::ZERO;
    for path in paths {
        let request = get(node, path, &[("Accept", "text/html")]);
        let asked = Instant::now();
        let answer = connection.call(&request).await.expect("the node answers");
        let took = asked.elapsed();
        busy += took;
        *statuses.entry(answer.status).or_default() += 1;
        latencies.push(u32::try_from(took.as_micros()).unwrap_or(u32::MAX));
    }
    let cpu = Used::now(&watched).since(&before.1);
    let spent = Spent::now(cluster).await.since(&before.0, paths.len());
    Visited {
        pages: paths.len(),
        measured: Measured::new(statuses, busy.as_secs_f64(), latencies, cpu),
        spent,
    }
}

fn row(on: &str, name: &str, visited: &Visited) -> Row {
    let measured = &visited.measured;
    let mut row = Row::of(format!("{on}: {name}"), "", 200, measured);
    row.figure = format!("{:.2} ms each", measured.mean_ms());
    let cpu = |name| measured.cpu.of(name) * 1000.0 / visited.pages as f64;
    row.counts = format!(
        "{} pages; {}; CPU per page: server {:.1} ms, database {:.1} ms",
        measured.count(200),
        visited.spent,
        cpu("server"),
        cpu("database"),
    );
    row
}
