//! The project's tasks: `cargo xtask help`.
#![allow(unsafe_code, reason = "signals, process groups and users are libc's")]

mod browsers;
mod bundle;
mod cargo_test;
mod counts;
mod debian;
mod failures;
mod lints;
mod needs;
mod parity;
mod peers;
mod process;
mod provider;
mod run;
mod screenshots;
mod services;
mod settings;
mod setup;
mod shop;
mod site;
mod size;
mod test;
mod toolchain;

use std::process::ExitCode;

use anyhow::{Result, anyhow};
use needs::Needs;
use pico_args::Arguments;
use settings::{Profile, Workspace};
use site::Tests;

const HELP: &str = "\
cargo xtask COMMAND

  run      build and start the shop: [--release] [--database-url U] [--redis-url U] [--addr A]
  watch    the same, rebuilt at every change: [--database-url U] [--redis-url U] [--addr A]
  test     all checks and tests: [--only SUITE] [--skip-setup]
  build    build server and site: [--release]
  peers    hold the tests' payment provider against Stripe's library and localstripe
  screenshots
           take the documents' pictures of the shop again: [--release] [--skip-setup]
  size     sizes of the release site's files, raw and compressed
  setup    install what is missing: [--for run|release|test|watch|bench]
  help     this list

All but help do the set-up they need first.
Suites: format, build, parity, rust, browser-sqlite, browser-postgres, browser-texts,
        browser-new, clippy; and browser-webkit, which runs only when it is named.";

fn main() -> ExitCode {
    process::catch_signals();
    match command() {
        Ok(code) => exit(code),
        Err(error) => {
            eprintln!("xtask: {error:#}");
            if error.is::<pico_args::Error>() {
                eprintln!("see `cargo xtask help`");
            }
            exit(process::caught().map_or(1, |signal| 128 + signal))
        }
    }
}

fn command() -> Result<i32> {
    let mut args = Arguments::from_env();
    let command = args.subcommand()?.unwrap_or_else(|| "help".to_owned());
    if command == "help" || args.contains(["-h", "--help"]) {
        println!("{HELP}");
        return Ok(0);
    }
    let workspace = Workspace::load()?;
    match command.as_str() {
        "setup" => {
            let needs = args.opt_value_from_str::<_, String>("--for")?;
            let needs = Needs::named(needs.as_deref().unwrap_or("run"))?;
            finish(args)?;
            setup::ensure(&workspace, needs)?;
            Ok(0)
        }
        "build" => {
            let profile = profile(&mut args);
            finish(args)?;
            let tools = setup::ensure(&workspace, build_needs(profile))?;
            site::build(&workspace, &tools, profile)?;
            Ok(0)
        }
        "run" => {
            let profile = profile(&mut args);
            let options = run_options(&mut args)?;
            finish(args)?;
            let tools = setup::ensure(&workspace, build_needs(profile))?;
            let site = site::build(&workspace, &tools, profile)?;
            run::serve(&workspace, &tools, &site, options)
        }
        "watch" => {
            let options = run_options(&mut args)?;
            finish(args)?;
            let tools = setup::ensure(&workspace, Needs::WATCH)?;
            run::watch(&workspace, &tools, options)
        }
        "test" => {
            let only = args.opt_value_from_fn("--only", test::Suite::named)?;
            let skip_setup = args.contains("--skip-setup");
            finish(args)?;
            let tools = if skip_setup {
                setup::existing(&workspace)?
            } else {
                setup::ensure(&workspace, test::Suite::needs(only))?
            };
            test::run(&workspace, &tools, only)
        }
        "peers" => {
            finish(args)?;
            let tools = setup::ensure(&workspace, Needs::RUN)?;
            peers::check(&workspace, &tools)
        }
        "screenshots" => {
            let profile = profile(&mut args);
            let skip_setup = args.contains("--skip-setup");
            finish(args)?;
            let tools = if skip_setup {
                setup::existing(&workspace)?
            } else {
                setup::ensure(&workspace, screenshot_needs(profile))?
            };
            // What a run of the tests has built is not built again.
            let site = match profile {
                Profile::Debug => site::build_for_tests(&workspace, &tools, Tests::One)?,
                Profile::Release => site::build(&workspace, &tools, profile)?,
            };
            screenshots::take(&workspace, &tools, &site)
        }
        "size" => {
            finish(args)?;
            let tools = setup::ensure(&workspace, Needs::RELEASE)?;
            let site = site::build(&workspace, &tools, Profile::Release)?;
            size::print(&workspace, &tools, &site)?;
            Ok(0)
        }
        _ => Err(anyhow!("there is no `{command}`; see `cargo xtask help`")),
    }
}

fn run_options(args: &mut Arguments) -> Result<run::Options> {
    Ok(run::Options {
        database_url: args.opt_value_from_str("--database-url")?,
        redis_url: args.opt_value_from_str("--redis-url")?,
        addr: args.opt_value_from_str("--addr")?,
    })
}

fn profile(args: &mut Arguments) -> Profile {
    if args.contains("--release") {
        Profile::Release
    } else {
        Profile::Debug
    }
}

fn build_needs(profile: Profile) -> Needs {
    match profile {
        Profile::Debug => Needs::RUN,
        Profile::Release => Needs::RELEASE,
    }
}

fn screenshot_needs(profile: Profile) -> Needs {
    Needs {
        browser: true,
        ..build_needs(profile)
    }
}

fn finish(args: Arguments) -> Result<()> {
    match args.finish().first() {
        Some(rest) => Err(anyhow!(
            "`{}` is not understood here; see `cargo xtask help`",
            rest.display()
        )),
        None => Ok(()),
    }
}

fn exit(code: i32) -> ExitCode {
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}
