#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dbg() {
    let r = server::coordination::redis::Redis::start("redis-cluster://127.0.0.1:16397", "test").unwrap();
    eprintln!("UP {:?}", r.up(std::time::Duration::from_secs(3)).await);
}
