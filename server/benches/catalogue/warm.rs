//! Pages that are there already, with and without an edit every second.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::task::JoinHandle;

use crate::{
    Report,
    load::{
        cpu::Watched,
        run::{Load, Measured, Requests, run},
        table::Row,
    },
    nginx::{self, Nginx},
    pages::{Found, Page},
    rig::{Cluster, Desk},
};

pub const CONNECTIONS: usize = 32;
const WARM_UP: Duration = Duration::from_millis(500);
pub const TIME: Duration = Duration::from_secs(3);
/// The share of nginx's requests a second that is asked for.
const TARGET: f64 = 0.6;

pub async fn rows(
    report: &mut Report,
    on: &str,
    cluster: &Cluster,
    found: &Found,
    nginx: Option<&Nginx>,
) {
    let node: SocketAddr = ([127, 0, 0, 1], cluster.nodes[0].port).into();
    let desk = Desk::open(&cluster.nodes[0], cluster.http.clone()).await;
    for (number, page) in found.warm.iter().enumerate() {
        let least = match nginx {
            None => None,
            Some(nginx) => {
                let path = nginx::path(number);
                let measured = load(nginx.address, page, &path).await;
                let what = format!("nginx: {}", page.words());
                report.add(Row::of(what, "requests/s", 200, &measured));
                Some(measured.rate(200))
            }
        };
        let against = |row: Row, measured: &Measured| match least {
            Some(nginx) => row.against(measured.rate(200) / nginx, "nginx", Some(TARGET)),
            None => row.note(crate::NGINX_MISSING),
        };
        let measured = load(node, page, &page.path).await;
        let what = format!("{on}: {}", page.words());
        let row = Row::of(what, "requests/s", 200, &measured);
        report.add(against(row, &measured));

        let editor = Editor::start(desk.clone(), cluster.nodes[0].base(), found);
        let measured = load(node, page, &page.path).await;
        let edits = editor.stop().await;
        let what = format!("{on}: {}, an edit every second", page.words());
        let row = Row::of(what, "requests/s", 200, &measured).note(&format!("{edits} edits"));
        report.add(against(row, &measured));
    }
}

async fn load(address: SocketAddr, page: &Page, path: &str) -> Measured {
    let load = Load {
        address,
        connections: CONNECTIONS,
        warm_up: WARM_UP,
        time: TIME,
    };
    let mut watched = Watched::shop();
    watched.push(Watched::started("nginx", "nginx"));
    let request = page.request(address, path);
    run(&load, Requests::Again(vec![request]), &watched).await
}

/// An admin who changes the product's title every second.
struct Editor {
    editing: JoinHandle<()>,
    edits: Arc<AtomicUsize>,
}

impl Editor {
    fn start(desk: Desk, node: String, found: &Found) -> Self {
        let edits = Arc::new(AtomicUsize::new(0));
        let counted = edits.clone();
        let (id, title) = (found.product_id.clone(), found.title.clone());
        let editing = tokio::spawn(async move {
            let mut every = tokio::time::interval(Duration::from_secs(1));
            for n in 0_usize.. {
                every.tick().await;
                let title = format!("{title} {}", n % 10);
                let fields = [("id", id.as_str()), ("title", &title)];
                let sent = desk.send(&node, "/api/admin/products/update", &fields);
                let (status, said) = sent.await.expect("the edit is answered");
                assert_eq!(status.as_u16(), 200, "{said}");
                counted.fetch_add(1, Ordering::Relaxed);
            }
        });
        Self { editing, edits }
    }

    /// Returns how many edits were acknowledged; fails if one was not.
    async fn stop(self) -> usize {
        self.editing.abort();
        if let Err(error) = self.editing.await {
            assert!(error.is_cancelled(), "{error}");
        }
        self.edits.load(Ordering::Relaxed)
    }
}
