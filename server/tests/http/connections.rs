//! Connections that are silent, that are too many, and that do not read: none keeps the shop from
//! those who come to buy.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::Duration,
};

use reqwest::Client;
use server::http::{ConnectionLimits, Timeouts};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    time::timeout,
};

use crate::support::{Doors, Goods, Site, TestShop, cash, on_sqlite};

on_sqlite!(
    what_asks_for_nothing_is_closed,
    a_body_that_does_not_come_is_not_waited_for,
    http_2_is_not_spoken,
    one_network_leaves_room_for_others,
    who_only_lies_there_makes_room_for_who_asks,
    a_client_that_does_not_read_its_answer_is_closed,
    a_stream_of_stock_outlives_the_limits_for_the_silent,
    a_stream_holds_one_file_and_leaves_the_other_to_others,
);

/// A limit that nothing here comes up to.
const NEVER: Duration = Duration::from_secs(60 * 60);
/// A limit that everything comes up to, and that nobody in a hurry does.
const SOON: Duration = Duration::from_secs(1);
/// Longer than anything here takes.
const LONG: Duration = Duration::from_secs(60);

const ME: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// Another address of this machine, as another network.
const STRANGER: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// An empty frame of settings.
const SETTINGS: &[u8] = &[0, 0, 0, 4, 0, 0, 0, 0, 0];

async fn open(shop: &TestShop, connections: ConnectionLimits) -> Site {
    shop.open_with(Doors {
        connections,
        ..Doors::default()
    })
    .await
}

fn patient() -> ConnectionLimits {
    ConnectionLimits {
        head: NEVER,
        stall: NEVER,
        ..ConnectionLimits::default()
    }
}

async fn connect(site: SocketAddr, from: IpAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket can be made");
    socket
        .bind(SocketAddr::new(from, 0))
        .expect("this machine has many addresses of its own");
    socket.connect(site).await.expect("the site listens")
}

/// All that comes until the other side hangs up, in whatever way.
async fn until_closed(stream: &mut TcpStream) -> Vec<u8> {
    let mut got = Vec::new();
    let read = timeout(LONG, stream.read_to_end(&mut got)).await;
    let _ = read.expect("the connection is closed");
    got
}

fn client(from: IpAddr) -> Client {
    Client::builder()
        .local_address(from)
        .timeout(LONG)
        .build()
        .expect("a client can be made")
}

async fn is_served(site: &Site, from: IpAddr) -> bool {
    let health = client(from).get(format!("http://{}/healthz", site.address));
    let health = health.send().await;
    health.is_ok_and(|answer| answer.status() == 200)
}

/// Waits until there is room again.
async fn until_served(site: &Site, from: IpAddr) {
    let served = async {
        while !is_served(site, from).await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(LONG, served)
        .await
        .expect("there is room in the end");
}

/// A request for events, which is at work as long as it is there.
async fn watch(site: &Site, from: IpAddr, variant: &str) -> TcpStream {
    let mut stream = connect(site.address, from).await;
    let request =
        format!("GET /api/stock/events?variants={variant} HTTP/1.1\r\nhost: shop.test\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    read_until(&mut stream, "data: ").await;
    stream
}

/// Reads on until there was this text.
async fn read_until(stream: &mut TcpStream, text: &str) {
    let mut got = Vec::new();
    while !String::from_utf8_lossy(&got).contains(text) {
        let read = timeout(LONG, stream.read_buf(&mut got)).await;
        let count = read.expect("it comes in time").expect("it comes whole");
        assert_ne!(count, 0, "closed after {:?}", String::from_utf8_lossy(&got));
    }
}

async fn what_asks_for_nothing_is_closed(shop: TestShop) {
    let limits = ConnectionLimits {
        head: SOON,
        ..patient()
    };
    let site = open(&shop, limits).await;
    let address = site.address;
    let settled = [PREFACE, SETTINGS].concat();
    let closed = [
        &b""[..],
        b"P",
        &PREFACE[..10],
        PREFACE,
        &settled[..],
        b"GET / HT",
        b"GET / HTTP/1.1\r\nhost: shop.test\r\n",
        b"GET /healthz HTTP/1.1\r\nhost: shop.test\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nhost: shop.test\r\n\r\nGET /he",
    ]
    .map(|said| async move {
        let mut stream = connect(address, ME).await;
        stream.write_all(said).await.unwrap();
        until_closed(&mut stream).await;
    });
    futures_util::future::join_all(closed).await;
}

async fn a_body_that_does_not_come_is_not_waited_for(shop: TestShop) {
    let site = shop
        .open_with(Doors {
            connections: patient(),
            timeouts: Timeouts {
                request: SOON * 3,
                ..Timeouts::default()
            },
            ..Doors::default()
        })
        .await;
    for (path, status) in [
        // Read and waited for; not read at all.
        ("/api/cart/add", "HTTP/1.1 503 "),
        ("/api/admin/settings/save", "HTTP/1.1 413 "),
        ("/products", "HTTP/1.1 405 "),
        ("/nothing/", "HTTP/1.1 404 "),
    ] {
        let mut stream = connect(site.address, ME).await;
        let head =
            format!("POST {path} HTTP/1.1\r\nhost: shop.test\r\ncontent-length: 1000\r\n\r\nx");
        stream.write_all(head.as_bytes()).await.unwrap();
        let answer = until_closed(&mut stream).await;
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with(status), "{path}: {answer:.100}");
    }
}

async fn http_2_is_not_spoken(shop: TestShop) {
    let site = open(&shop, patient()).await;
    let mut stream = connect(site.address, ME).await;
    let settled = [PREFACE, SETTINGS].concat();
    stream.write_all(&settled).await.unwrap();
    let answer = until_closed(&mut stream).await;
    assert!(
        answer.is_empty() || answer.starts_with(b"HTTP/1.1 "),
        "{answer:?}"
    );
}

async fn one_network_leaves_room_for_others(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let limits = ConnectionLimits {
        network: 2,
        node: 4,
        ..patient()
    };
    let site = open(&shop, limits).await;
    let first = watch(&site, STRANGER, rope.variant()).await;
    let _second = watch(&site, STRANGER, rope.variant()).await;
    let mut third = connect(site.address, STRANGER).await;
    assert!(until_closed(&mut third).await.is_empty(), "it is refused");
    assert!(!is_served(&site, STRANGER).await);
    assert!(is_served(&site, ME).await);
    drop(first);
    // Its place is free as soon as it is seen to be gone.
    until_served(&site, STRANGER).await;
}

async fn who_only_lies_there_makes_room_for_who_asks(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(3)).await;
    for (limits, from) in [
        // The network is full; the node is.
        (
            ConnectionLimits {
                network: 3,
                ..patient()
            },
            STRANGER,
        ),
        (
            ConnectionLimits {
                node: 3,
                ..patient()
            },
            ME,
        ),
    ] {
        let site = open(&shop, limits).await;
        let mut watching = watch(&site, STRANGER, rope.variant()).await;
        let mut first = connect(site.address, STRANGER).await;
        let mut second = connect(site.address, STRANGER).await;
        second.write_all(b"GET / HT").await.unwrap();
        // Each keeps no connection, so each needs a place.
        for _ in 0..3 {
            assert!(is_served(&site, from).await);
        }
        assert!(until_closed(&mut first).await.is_empty());
        // Who is at work stays, no matter who comes.
        let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
        placed.unwrap();
        read_until(&mut watching, "data: ").await;
    }
}

async fn a_stream_holds_one_file_and_leaves_the_other_to_others(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let limits = ConnectionLimits {
        files: 4,
        ..patient()
    };
    let site = open(&shop, limits).await;
    let _first = watch(&site, STRANGER, rope.variant()).await;
    let _second = watch(&site, STRANGER, rope.variant()).await;
    assert!(is_served(&site, ME).await);
    let third = watch(&site, STRANGER, rope.variant()).await;
    assert!(!is_served(&site, ME).await, "there is one file left");
    drop(third);
    until_served(&site, ME).await;
}

async fn a_client_that_does_not_read_its_answer_is_closed(shop: TestShop) {
    const SIZE: usize = 32 * 1024 * 1024;
    let limits = ConnectionLimits {
        stall: SOON,
        // The next one is let in when this one is gone.
        network: 1,
        ..patient()
    };
    let site = open(&shop, limits).await;
    let file = shop.folder.path().join("site/pkg/large.bin");
    std::fs::write(file, vec![7_u8; SIZE]).unwrap();
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(16 * 1024).unwrap();
    let mut stream = socket.connect(site.address).await.unwrap();
    stream
        .write_all(b"GET /pkg/large.bin HTTP/1.1\r\nhost: shop.test\r\n\r\n")
        .await
        .unwrap();
    let mut head = [0; 12];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(&head, b"HTTP/1.1 200");
    until_served(&site, ME).await;
    let rest = until_closed(&mut stream).await;
    assert!(rest.len() < SIZE, "all of {} bytes came", rest.len());
}

async fn a_stream_of_stock_outlives_the_limits_for_the_silent(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(3)).await;
    let limits = ConnectionLimits {
        head: SOON,
        stall: SOON,
        ..ConnectionLimits::default()
    };
    let site = open(&shop, limits).await;
    let mut watching = watch(&site, ME, rope.variant()).await;
    // This one begins to be silent later and is closed all the same.
    let mut silent = connect(site.address, ME).await;
    until_closed(&mut silent).await;
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    placed.unwrap();
    read_until(&mut watching, "data: ").await;
}
