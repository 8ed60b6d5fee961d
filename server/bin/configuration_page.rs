//! docs/configuration.md lists the command line as it is: the tables between its two marks are
//! rendered from the types that clap reads. After a change of an option, write them with
//! `HOLDFAST_WRITE_DOCS=1 cargo test -p server --bin server configuration_page`.

use std::{env, ffi::OsStr, fs, path::Path};

use clap::{Arg, Command, CommandFactory};

use super::Cli;

const BEGIN: &str = "<!-- Generated from the command line: see docs/contributing.md. -->\n";
const END: &str = "<!-- End of the generated part. -->\n";
const WRITE: &str = "HOLDFAST_WRITE_DOCS";

#[test]
fn the_configuration_page_lists_every_option_as_it_is() {
    // Where the tests run, not where they were compiled: clones may share a target folder.
    let folder = env::var("CARGO_MANIFEST_DIR").unwrap();
    let path = Path::new(&folder).join("../docs/configuration.md");
    let page = fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).expect("a mark before the tables");
    let (tables, after) = rest.split_once(END).expect("a mark behind the tables");
    let rendered = render(&Cli::command());
    if env::var_os(WRITE).is_some() {
        fs::write(&path, format!("{before}{BEGIN}{rendered}{END}{after}")).unwrap();
        return;
    }
    assert!(
        tables == rendered,
        "docs/configuration.md is not what clap reads; write it with {WRITE}=1. It should say\n{rendered}"
    );
}

#[test]
fn no_option_goes_without_words() {
    let command = Cli::command();
    let commands = commands(&command, "");
    let all = commands
        .iter()
        .flat_map(|(_, command)| command.get_arguments());
    for arg in command.get_arguments().chain(all) {
        assert!(arg.get_help().is_some(), "{} says nothing", arg.get_id());
    }
}

/// Options of every command, the commands, and the options of single commands.
fn render(command: &Command) -> String {
    let mut text = "\n## Options of every command\n\n".to_owned();
    text += &table(&["Option", "Variable", "Default", "Meaning"]);
    for arg in command.get_arguments() {
        text += &row(&[option(arg), variable(arg), default(arg), meaning(arg)]);
    }
    let commands = commands(command, "");
    text += "\n## Commands\n\n";
    text += &table(&["Command", "What it does"]);
    for (name, command) in &commands {
        text += &row(&[usage(name, command), about(command)]);
    }
    text += "\n## Options of single commands\n\n";
    text += &table(&["Command", "Option", "Default", "Meaning"]);
    for (name, command) in &commands {
        for arg in command.get_arguments() {
            text += &row(&[code(name), option(arg), default(arg), meaning(arg)]);
        }
    }
    text + "\n"
}

/// The commands that do something, with what is typed to run them.
fn commands<'a>(command: &'a Command, before: &str) -> Vec<(String, &'a Command)> {
    let mut found = Vec::new();
    for command in command.get_subcommands() {
        let name = format!("{before}{}", command.get_name());
        match command.has_subcommands() {
            true => found.extend(commands(command, &format!("{name} "))),
            false => found.push((name, command)),
        }
    }
    found
}

fn usage(name: &str, command: &Command) -> String {
    let positionals = command.get_positionals().map(placeholder);
    let words: Vec<String> = std::iter::once(name.to_owned())
        .chain(positionals)
        .collect();
    code(&words.join(" "))
}

fn placeholder(arg: &Arg) -> String {
    let name = arg.get_id().as_str().to_uppercase();
    match arg.is_required_set() {
        true => name,
        false => format!("[{name}]"),
    }
}

fn option(arg: &Arg) -> String {
    match arg.get_long() {
        Some(long) => code(&format!("--{long}")),
        None => code(&placeholder(arg)),
    }
}

fn variable(arg: &Arg) -> String {
    arg.get_env()
        .map(spelled)
        .map_or_else(String::new, |name| code(&name))
}

fn default(arg: &Arg) -> String {
    let values: Vec<String> = arg
        .get_default_values()
        .iter()
        .map(|value| spelled(value))
        .collect();
    match values.concat().is_empty() {
        true => String::new(),
        false => code(&values.join(" ")),
    }
}

/// All paragraphs of what `--help` says, then the values that can be chosen.
fn meaning(arg: &Arg) -> String {
    let words = arg.get_long_help().or(arg.get_help());
    let mut text = words.map_or_else(String::new, |words| sentence(&words.to_string()));
    // A flag has true and false for values, which nobody types.
    if arg.get_action().takes_values() {
        for value in arg.get_possible_values() {
            let help = value
                .get_help()
                .map_or_else(String::new, ToString::to_string);
            text += &format!(" {}: {}", code(value.get_name()), sentence(&help));
        }
    }
    text
}

fn about(command: &Command) -> String {
    command
        .get_about()
        .map_or_else(String::new, |words| sentence(&words.to_string()))
}

/// Paragraphs as sentences in one line, with addresses as code and nothing that Markdown reads.
fn sentence(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let words: Vec<String> = paragraph.split_whitespace().map(word).collect();
        let paragraph = words.join(" ");
        match paragraph.ends_with('.') {
            true => paragraph,
            false => paragraph + ".",
        }
    });
    paragraphs.collect::<Vec<_>>().join(" ")
}

fn word(word: &str) -> String {
    let bare = word.trim_end_matches([',', ';', '.', ':']);
    match bare.contains("://") {
        true => format!("{}{}", code(bare), &word[bare.len()..]),
        false => word
            .chars()
            .flat_map(|c| {
                [
                    matches!(c, '<' | '|' | '_' | '*' | '`').then_some('\\'),
                    Some(c),
                ]
            })
            .flatten()
            .collect(),
    }
}

fn table(columns: &[&str]) -> String {
    let names: Vec<String> = columns.iter().map(|&name| name.to_owned()).collect();
    let rule = vec!["---".to_owned(); columns.len()];
    row(&names) + &row(&rule)
}

fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

fn spelled(text: &OsStr) -> String {
    text.to_string_lossy().into_owned()
}
