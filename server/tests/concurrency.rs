//! x
mod rig;
use rig::*;
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn smoke() {
    let postgres = Postgres::start(Durability::Fast).await;
    let redis = Redis::start().await;
    let shop = Cluster::on(&postgres).await.redis(&redis).nodes(3).start().await;
    let lamp = shop.stock_one(Goods::new("Storm Lamp", 4900, 3)).await;
    let mut chance = Chance::new();
    let mut s = Shopper::new(shop.http.clone(), chance.branch());
    s.add(&shop.addresses()[0], &lamp.variant, 2).await;
    let o = s.place(&shop.addresses(), std::time::Instant::now() + std::time::Duration::from_secs(10)).await;
    assert!(o.placed().is_some(), "{o:?}");
    let desk = Desk::open(&shop.nodes[0], shop.http.clone()).await;
    desk.rewrite(&shop.addresses()[1], &lamp, "Lamp 2", 5000).await;
    shop.assert_books_agree(&[s]).await;
    assert_eq!(shop.units(&lamp.variant).await, 1);
}
