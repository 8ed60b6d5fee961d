//! Postgres, Redis and the mail server behind TLS, as most who rent them out insist.

use crate::{
    alone,
    rig::{
        Chance, Cluster, Durability, Goods, Identity, MailServer, Manner, Postgres, Redis, START,
        until,
    },
    sale::{Arrival, Queue},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sale_over_encrypted_connections() {
    let _turn = alone().await;
    let mut chance = Chance::new();
    let (identity, postgres, redis) = servers().await;
    let mails = MailServer::start_encrypted(Manner::TakesAll, identity.acceptor()).await;
    let shop = Cluster::on(&postgres)
        .await
        .redis_at(vec![redis.1])
        .nodes(2)
        .env("PGSSLMODE", "verify-full")
        .env("SSL_CERT_FILE", &identity.certificate().to_string_lossy())
        .env("SMTP_URL", &mails.url)
        .env("HOLDFAST_MAIL_FROM", "shop@example.com")
        .start()
        .await;
    until("Redis is reached", START, async || {
        coordination(&shop).await == "redis_up"
    })
    .await;
    let lamp = shop.stock_one(Goods::new("Storm Lamp", 4900, 5)).await;
    let queue = Queue::for_one_each(&shop, &mut chance, &lamp, 20).await;

    let sold = queue.order(&mut chance, Arrival::AtOnce).ended().await;

    assert_eq!(sold.placed(), 5);
    sold.assert_fair(&shop).await;
    let encrypted = "SELECT COUNT(*) AS n FROM pg_stat_ssl s \
                     JOIN pg_stat_activity a ON a.pid = s.pid \
                     WHERE a.application_name LIKE 'node-%' AND s.ssl";
    assert!(shop.number(encrypted).await >= 2, "both nodes talk TLS");
    until("each is told by e-mail", START, async || mails.mails() >= 5).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_cannot_prove_who_they_are_is_told_nothing() {
    let _turn = alone().await;
    let mut chance = Chance::new();
    let (identity, postgres, redis) = servers().await;
    let mails = MailServer::start_encrypted(Manner::TakesAll, identity.acceptor()).await;
    // Nobody told this node of the certificate.
    let shop = Cluster::on(&postgres)
        .await
        .redis_at(vec![redis.1])
        .env("PGSSLMODE", "require")
        .env("SMTP_URL", &mails.url)
        .env("HOLDFAST_MAIL_FROM", "shop@example.com")
        .start()
        .await;
    assert_eq!(coordination(&shop).await, "redis_down", "the shop is open");
    let log = std::fs::read_to_string(shop.nodes[0].log()).expect("there is a log");
    assert!(log.to_lowercase().contains("certificate"), "{log}");

    let lamp = shop.stock_one(Goods::new("Storm Lamp", 4900, 1)).await;
    let queue = Queue::for_one_each(&shop, &mut chance, &lamp, 1).await;
    let sold = queue.order(&mut chance, Arrival::AtOnce).ended().await;
    assert_eq!(sold.placed(), 1);
    let tried = "the mail server is tried";
    until(tried, START, async || mails.distrusted() > 0).await;
    assert_eq!(mails.mails(), 0);

    let strict = shop.nodes[0].settings().clone();
    let refused = strict.env("PGSSLMODE", "verify-full").run(&["audit"]);
    assert!(!refused.status.success());
    let told = String::from_utf8_lossy(&refused.stderr).to_lowercase();
    assert!(told.contains("certificate"), "{told}");
}

/// The second of Redis is its address.
async fn servers() -> (Identity, Postgres, (Redis, String)) {
    let identity = Identity::new();
    let postgres = Postgres::start(Durability::Fast).await;
    postgres.encrypt(&identity).await;
    let redis = Redis::start().await;
    let url = redis.encrypt(&identity).await;
    (identity, postgres, (redis, url))
}

async fn coordination(shop: &Cluster) -> String {
    let answer = shop.http.get(format!("{}/readyz", shop.nodes[0].base()));
    let answer = answer.send().await.expect("the node answers");
    let ready: serde_json::Value = answer.json().await.expect("it is JSON");
    ready["coordination"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}
