//! The payment provider of the tests as a server of its own, for browsers and for clients that others
//! have written: `cargo run --package server --example payment_provider -- PORT [HOOK SECRET]`. It
//! sends its events to HOOK, signed with SECRET, and runs until it is stopped.

#[path = "../tests/provider/mod.rs"]
mod provider;

use std::process::ExitCode;

use provider::{Provider, SECRET_KEY, Settings};

const USAGE: &str = "usage: payment_provider PORT [HOOK SECRET]";

#[tokio::main]
async fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let (port, hook) = match args.as_slice() {
        [port] => (*port, None),
        [port, hook, secret] => (*port, Some((*hook, *secret))),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::FAILURE;
        }
    };
    let Ok(port) = port.parse() else {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    };
    let provider = Provider::start_on(Settings::default(), port).await;
    if let Some((hook, secret)) = hook {
        provider.send_to(hook, secret);
    }
    println!("{} {SECRET_KEY}", provider.url());
    std::future::pending().await
}
