//! What the owner is told about the settings.

use std::{path::Path, process::Command, time::Duration};

use server::payment::stripe::{EVENTS, Finding, Stripe, Weight};

use crate::{
    WEBHOOK_SECRET, now, provider,
    provider::{Fate, Provider, SECRET_KEY, Service},
    settings, stripe,
};

const HOOK: &str = "https://shop.example/hooks/stripe";

fn faults(findings: &[Finding]) -> Vec<&str> {
    let faults = findings
        .iter()
        .filter(|finding| finding.weight == Weight::Fault);
    faults.map(|finding| finding.words.as_str()).collect()
}

async fn check(provider: &Provider) -> Vec<Finding> {
    stripe(provider).check(HOOK, now()).await
}

#[tokio::test]
async fn a_shop_that_is_set_up_right_has_no_faults() {
    let provider = provider().await;
    provider.send_some_to(HOOK, WEBHOOK_SECRET, EVENTS);
    let findings = check(&provider).await;
    assert_eq!(faults(&findings), Vec::<&str>::new());
    let notes = findings
        .iter()
        .filter(|finding| finding.weight == Weight::Note);
    let notes: Vec<_> = notes.map(|finding| &*finding.words).collect();
    assert_eq!(notes, ["It is a test key: no real money is taken."]);
}

#[tokio::test]
async fn each_fault_is_told_in_words() {
    let provider = provider().await;
    let missing = check(&provider).await;
    assert!(faults(&missing)[0].contains("No webhook at Stripe leads to https://shop.example"));
    provider.send_some_to(HOOK, WEBHOOK_SECRET, &EVENTS[1..]);
    let few = check(&provider).await;
    assert!(faults(&few)[0].contains(EVENTS[0]), "{few:?}");
    provider.advance(Duration::from_secs(2 * 60 * 60));
    let slow = check(&provider).await;
    assert!(faults(&slow)[0].contains("clock"), "{slow:?}");
    provider.set_service(Service::Down);
    let down = check(&provider).await;
    assert!(faults(&down)[0].contains("out of reach"), "{down:?}");
    assert_eq!(down.len(), 1);
    provider.set_service(Service::Up);
    provider.plan("GET /v1/balance", &[Fate::RateLimit; 3]);
    let limited = check(&provider).await;
    assert!(
        faults(&limited)[0].contains("takes no more requests"),
        "{limited:?}"
    );
    assert_eq!(limited.len(), 1);
}

#[tokio::test]
async fn a_wrong_key_is_named_by_its_setting_and_not_shown() {
    let provider = provider().await;
    let settings = settings("sk_test_wrong", WEBHOOK_SECRET, &provider.url());
    let findings = Stripe::new(settings).unwrap().check(HOOK, now()).await;
    assert_eq!(findings.len(), 1);
    let words = faults(&findings)[0];
    assert!(words.contains("HOLDFAST_STRIPE_SECRET_KEY"), "{words}");
    assert!(!words.contains("sk_test_wrong"), "{words}");
}

/// What `payments check` prints, and whether it was content.
fn command(provider: &Provider, key: &str) -> (String, bool) {
    let folder = tempfile::tempdir().unwrap();
    command_in(folder.path(), provider, key, &["payments", "check"])
}

/// The same of any command, for the shop in this folder.
fn command_in(folder: &Path, provider: &Provider, key: &str, words: &[&str]) -> (String, bool) {
    let database = format!("sqlite://{}", folder.join("shop.db").display());
    let output = Command::new(env!("CARGO_BIN_EXE_server"))
        .env_clear()
        .env("DATABASE_URL", database)
        .env("HOLDFAST_BASE_URL", "https://shop.example/")
        .env("HOLDFAST_STRIPE_SECRET_KEY", key)
        .env("HOLDFAST_STRIPE_WEBHOOK_SECRET", WEBHOOK_SECRET)
        .env("HOLDFAST_STRIPE_API", provider.url())
        .env("LEPTOS_OUTPUT_NAME", "holdfast")
        .args(words)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    (said, output.status.success())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_says_what_is_wrong_and_shows_no_secret() {
    let provider = provider().await;
    provider.send_some_to(HOOK, WEBHOOK_SECRET, EVENTS);
    let (said, is_content) = command(&provider, SECRET_KEY);
    assert!(is_content, "{said}");
    assert!(said.contains("ok     The clocks agree."), "{said}");
    for (key, words) in [
        ("sk_test_wrong", "FAULT  Stripe does not take the key"),
        ("pk_test_wrong", "the publishable key"),
    ] {
        let (said, is_content) = command(&provider, key);
        assert!(!is_content && said.contains(words), "{said}");
        assert!(
            !said.contains(key) && !said.contains(WEBHOOK_SECRET),
            "{said}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_compares_our_payments_with_the_providers_or_says_why_it_cannot() {
    let provider = provider().await;
    let folder = tempfile::tempdir().unwrap();
    let run = |key, words: &[&str]| command_in(folder.path(), &provider, key, words);
    let (said, is_content) = run(SECRET_KEY, &["migrate"]);
    assert!(is_content, "{said}");
    let compare = ["audit", "--provider"];
    let (said, is_content) = run(SECRET_KEY, &compare);
    assert!(is_content, "{said}");
    assert!(said.contains("stripe: 0 payments compared"), "{said}");
    let wrong = "sk_test_wrong";
    let (said, is_content) = run(wrong, &compare);
    assert!(!is_content && said.contains("not set up right"), "{said}");
    assert!(!said.contains(wrong), "{said}");
    provider.set_service(Service::Down);
    let (said, is_content) = run(SECRET_KEY, &compare);
    assert!(!is_content && said.contains("out of reach"), "{said}");
}
