//! `rehearse`: plays a drop before it starts and says what would happen.

use std::{sync::Arc, time::Duration};

use clap::Args;
use server::{
    config::Config,
    error::{Error, Result},
    http::check_site,
    rehearsal::{Installation, Plan, RoomPlay, Step, clean, rehearse},
};
use storefront::shell::shell;

use super::serve::{media, site_options, until_stopped};

#[derive(Args)]
pub struct RehearseArgs {
    /// The drop, by the last part of its address, such as summer for /drops/summer
    #[arg(long, value_name = "SLUG", required_unless_present = "clean")]
    drop: Option<String>,
    /// How many people try to buy one unit each
    #[arg(long, default_value_t = 5000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    buyers: u32,
    /// Within how many seconds of the start they all come
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u64).range(0..=600))]
    seconds: u64,
    /// Have them go through the drop's waiting room, which takes as long as the drop will
    #[arg(long)]
    with_room: bool,
    /// How many milliseconds 99 of 100 buyers may wait for the answer to their order
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u64).range(1..))]
    p99_ms: u64,
    /// How many e-mails the mail server takes in a minute, to say when the last one is sent
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..))]
    mails_per_minute: Option<u64>,
    /// Print the result as JSON
    #[arg(long)]
    json: bool,
    /// Only delete what a rehearsal has left that was killed
    #[arg(long)]
    clean: bool,
}

pub async fn rehearse_drop(config: &Config, args: &RehearseArgs) -> Result<()> {
    let leptos = site_options()?;
    let islands = Arc::new(check_site(&leptos)?);
    let mail_from = config.mail_from.as_deref().filter(|from| !from.is_empty());
    let shop = Installation {
        database_url: config.database_url().to_owned(),
        redis_url: config.redis_url().map(str::to_owned),
        redis_namespace: config.redis_namespace.clone(),
        nodes: config.nodes,
        settings: config.shop_settings(leptos.site_addr)?,
        document: shell,
        leptos,
        islands,
        media: media(config)?,
        mail_from: mail_from.unwrap_or("shop@localhost").to_owned(),
    };
    let Some(slug) = args.drop.as_ref().filter(|_| !args.clean) else {
        match clean(&shop).await? {
            true => println!("What a rehearsal had left is deleted."),
            false => println!("No rehearsal has left anything."),
        }
        return Ok(());
    };
    let plan = Plan {
        slug: slug.clone(),
        buyers: usize::try_from(args.buyers).unwrap_or(usize::MAX),
        within: Duration::from_secs(args.seconds),
        room: match args.with_room {
            true => RoomPlay::Played,
            false => RoomPlay::LeftOut,
        },
        p99_ms: args.p99_ms,
        mails_per_minute: args.mails_per_minute,
    };
    // From now on: what is begun is cleared away, also if it is stopped at once.
    let stopped = tokio::spawn(until_stopped());
    let stopped = async {
        let _ = stopped.await;
    };
    let report = rehearse(&shop, &plan, &told, stopped).await?;
    match args.json {
        true => println!("{:#}", report.json()),
        false => print!("{}", report.text()),
    }
    match report.faults() {
        0 => Ok(()),
        faults => Err(Error::Setting(format!(
            "{faults} findings say that this drop would not go well"
        ))),
    }
}

/// On standard error, so that the result can be kept by itself.
fn told(step: Step) {
    eprintln!(
        "{}",
        match step {
            Step::ClearedBefore => "what an earlier rehearsal had left is deleted".to_owned(),
            Step::Preparing => "making goods and carts; Ctrl+C ends the rehearsal".to_owned(),
            Step::Waiting(seconds) => format!("the drop starts in {seconds} s"),
            Step::Begun => "the drop has started".to_owned(),
            Step::Answered => "all buyers have their answer; waiting for the e-mails".to_owned(),
            Step::Clearing => "deleting all of the rehearsal".to_owned(),
        }
    );
}
