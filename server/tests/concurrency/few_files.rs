//! A node that may open few files, and someone who opens as many connections as he likes.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use tokio::net::{TcpSocket, TcpStream};

use crate::{
    alone,
    rig::{Node, NodeSettings, START, allow_many_files, until},
};

/// The limit that most systems set.
const FILES: u32 = 1024;
const CONNECTIONS: usize = 1200;
const ME: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const STRANGER: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_answers_while_one_address_holds_all_connections_it_can() {
    let _turn = alone().await;
    allow_many_files();
    let folder = tempfile::tempdir().expect("there is room for a database");
    let url = format!("sqlite://{}", folder.path().join("shop.db").display());
    let node = Node::start(NodeSettings::alone(&url).files(FILES)).await;
    let mut silent = Vec::new();
    for number in 0..CONNECTIONS {
        silent.push(connect(&node).await);
        // At once, while it is full, and when it has long been full.
        if number % 300 == 299 {
            for from in [ME, STRANGER] {
                assert_answers(&node, from).await;
            }
        }
    }
    let client = client(ME);
    let metrics = node.metrics(&client).await;
    let open = metrics
        .lines()
        .find_map(|line| line.strip_prefix("holdfast_connections "))
        .expect("it is told");
    let open: f64 = open.parse().expect("it is a number");
    assert!(open > 0.0 && open < f64::from(FILES) / 2.0, "{open}");
    until("the log tells of it", START, async || {
        let log = std::fs::read_to_string(node.log()).expect("there is a log");
        log.contains("to make room for others")
    })
    .await;
    drop(silent);
}

async fn connect(node: &Node) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket can be made");
    socket
        .bind(SocketAddr::new(STRANGER, 0))
        .expect("this machine has many addresses of its own");
    let address = SocketAddr::new(ME, node.port);
    socket.connect(address).await.expect("the node listens")
}

fn client(from: IpAddr) -> reqwest::Client {
    reqwest::Client::builder()
        .local_address(from)
        .timeout(START)
        .build()
        .expect("a client can be made")
}

async fn assert_answers(node: &Node, from: IpAddr) {
    let health = client(from).get(format!("{}/healthz", node.base()));
    let answer = health.send().await.expect("the node answers");
    assert_eq!(answer.status(), 200, "{from}");
}
