//! The words of enums are those that their columns take and that statements name.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use app::{
    delivery::Handover,
    drops::{room::RoomBinding, types::DropState},
    identity::Role,
    look::types::{Corners, Font, Shape},
    menus::types::{MenuPlace, TargetKind},
    orders::{
        payment::{DisputeState, PaymentStatus, RefundStatus},
        types::{CancelReason, EventKind, OrderStatus, TaxMode},
    },
    pages::types::{PageKind, PageState},
    returns::ReturnCost,
    sentences::Sentence,
    shop::Opening,
};
use desk::admin::{
    jobs::types::{JobState, RowKind},
    opening::ports::Item,
    stock::types::MovementReason,
    views::types::ViewList,
};
use server::{
    account::links::Purpose,
    db::{Db, Dialect, Get, Sql},
    jobs::RowOutcome,
    orders::words::RefundCause,
    outbox::{Mail, MailState},
    payment::{ChargeStatus, events::Effect},
    translations::Kind,
    waits::WaitState,
};

use crate::support::{TestShop, on_both_databases};

on_both_databases!(a_column_takes_the_words_of_its_enum_and_no_others);

/// A column with all words it may hold.
struct Column {
    table: &'static str,
    name: &'static str,
    words: Vec<&'static str>,
}

fn columns() -> Vec<Column> {
    let statuses = OrderStatus::ALL.map(OrderStatus::as_str);
    let payments = PaymentStatus::ALL.map(PaymentStatus::as_str);
    // What is due on delivery is no provider's.
    let is_providers = |status: &PaymentStatus| *status != PaymentStatus::Due;
    let at_providers: Vec<&'static str> = PaymentStatus::ALL
        .into_iter()
        .filter(is_providers)
        .map(PaymentStatus::as_str)
        .collect();
    let handovers = Handover::ALL.map(Handover::as_str);
    let return_costs = ReturnCost::ALL.map(ReturnCost::as_str);
    let taxes = TaxMode::ALL.map(TaxMode::as_str);
    let refunds = RefundStatus::ALL.map(RefundStatus::as_str);
    let causes = RefundCause::ALL.map(RefundCause::as_str);
    let events = EventKind::ALL.map(EventKind::as_str);
    let reasons = MovementReason::ALL.map(MovementReason::as_str);
    let drops = DropState::ALL.map(DropState::as_str);
    let bindings = RoomBinding::ALL.map(RoomBinding::as_str);
    let waits = WaitState::ALL.map(WaitState::as_str);
    let disputes = DisputeState::ALL.map(DisputeState::as_str);
    let charges = ChargeStatus::ALL.map(ChargeStatus::as_str);
    let effects = Effect::ALL.map(Effect::as_str);
    let mails = MailState::ALL.map(MailState::as_str);
    let purposes = Purpose::ALL.map(Purpose::as_str);
    let roles = Role::ALL.map(Role::as_str);
    let jobs = JobState::ALL.map(JobState::as_str);
    let rows = RowKind::ALL.map(RowKind::as_str);
    let outcomes = RowOutcome::ALL.map(RowOutcome::as_str);
    let page_kinds = PageKind::ALL.map(PageKind::as_str);
    let page_states = PageState::ALL.map(PageState::as_str);
    let places = MenuPlace::ALL.map(MenuPlace::as_str);
    let targets = TargetKind::ALL.map(TargetKind::as_str);
    let (shapes, corners, fonts) = (
        Shape::ALL.map(Shape::as_str),
        Corners::ALL.map(Corners::as_str),
        Font::ALL.map(Font::as_str),
    );
    let openings = Opening::ALL.map(Opening::as_str);
    let items = Item::ALL.map(Item::as_str);
    let lists = ViewList::ALL.map(ViewList::as_str);
    let sentences = Sentence::ALL.map(Sentence::as_str);
    let column = |table, name, words: &[&'static str]| Column {
        table,
        name,
        words: words.to_vec(),
    };
    vec![
        column("orders", "status", &statuses),
        column("orders", "payment_status", &payments),
        column("orders", "tax_mode", &taxes),
        column("orders", "promised_handover", &handovers),
        column("shipping_rates", "handover", &handovers),
        column("payment_attempts", "status", &at_providers),
        column("provider_events", "effect", &effects),
        column("refunds", "status", &refunds),
        column("refunds", "cause", &causes),
        column("disputes", "state", &disputes),
        column("order_events", "kind", &events),
        column("stock_entries", "reason", &reasons),
        column("drops", "state", &drops),
        column("drop_rooms", "binding", &bindings),
        column("waits", "state", &waits),
        column("test_card_charges", "status", &charges),
        column("mails", "state", &mails),
        column("mail_links", "purpose", &purposes),
        column("pages", "kind", &page_kinds),
        column("pages", "state", &page_states),
        column("menus", "place", &places),
        column("menu_items", "target_kind", &targets),
        column("accounts", "role", &roles),
        column("look_pictures", "shape", &shapes),
        column("looks", "corners", &corners),
        column("looks", "font", &fonts),
        column("shop_settings", "opening", &openings),
        column("shop_settings", "return_cost", &return_costs),
        column("opening_checks", "item", &items),
        column("sentences", "sentence", &sentences),
        column("saved_views", "list", &lists),
        column("catalog_jobs", "state", &jobs),
        column("catalog_job_rows", "kind", &rows),
        column("catalog_job_rows", "outcome", &outcomes),
    ]
}

async fn a_column_takes_the_words_of_its_enum_and_no_others(shop: TestShop) {
    for column in columns() {
        let Column { table, name, words } = column;
        let wanted: BTreeSet<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let taken = checked(shop.db(), table, name).await;
        assert_eq!(taken, wanted, "{table}.{name}");
    }
}

/// The words that the check of a column names, or on SQLite the trigger that can be changed without
/// building the table again.
async fn checked(db: &Db, table: &str, column: &str) -> BTreeSet<String> {
    let mut sql = Sql::new(match db.dialect() {
        Dialect::Sqlite => {
            "SELECT sql AS words FROM sqlite_master WHERE type IN ('table', 'trigger') AND tbl_name = "
        }
        Dialect::Postgres => {
            "SELECT pg_get_constraintdef(c.oid) AS words FROM pg_constraint c \
             JOIN pg_class t ON t.oid = c.conrelid WHERE c.contype = 'c' \
             AND CAST(t.relname AS TEXT) = "
        }
    });
    sql.text(table);
    let rows = sql.fetch_all(db.reader()).await.unwrap();
    let definitions = rows.iter().map(|row| row.text("words").unwrap());
    // As it was written, and as Postgres tells it.
    let ways = [
        (format!("({column} IN ("), ')'),
        (format!("NEW.{column} NOT IN ("), ')'),
        (format!("({column} = ANY (ARRAY["), ']'),
    ];
    let found = definitions.flat_map(|definition| {
        let lists = ways.iter().filter_map(|(begin, end)| {
            let (_, list) = definition.split_once(begin.as_str())?;
            let (list, _) = list.split_once(*end)?;
            // A step is two words.
            let words = quoted(list).into_iter();
            Some(words.flat_map(|word| word.split('>').map(str::to_owned).collect::<Vec<_>>()))
        });
        lists.flatten().collect::<Vec<_>>()
    });
    found.collect()
}

/// What is between single quotes.
fn quoted(text: &str) -> Vec<String> {
    let parts = text.split('\'').skip(1).step_by(2);
    parts.map(str::to_owned).collect()
}

#[test]
fn statements_name_only_words_that_there_are() {
    let mut known: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for column in columns() {
        known.entry(column.name).or_default().extend(column.words);
    }
    let reasons = CancelReason::ALL.map(CancelReason::as_str);
    known.insert("cancel_reason", reasons.into());
    let translated = Kind::ALL.map(Kind::as_str);
    known.entry("kind").or_default().extend(translated);
    // The one kind of e-mail that a statement looks for.
    let test_mail = Mail::TestMail { to: String::new() };
    known.entry("kind").or_default().insert(test_mail.kind());
    let mut named = 0;
    let server = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in ["src", "lib"]
        .map(|folder| sources(&server.join(folder)))
        .concat()
    {
        let source = fs::read_to_string(&file).unwrap();
        for (column, words) in &known {
            for word in compared(&source, column) {
                let file = file.display();
                assert!(
                    words.contains(word.as_str()),
                    "{file}: {column} is never {word:?}"
                );
                named += 1;
            }
        }
    }
    assert!(named > 50, "statements were found: {named}");
}

#[test]
fn words_are_found_in_statements_however_they_are_broken() {
    let source = "\"WHERE o.status = 'paid' AND status NOT IN ('a', \\\n         'b') AND kind <> 'c' \
                  AND subject_kind = 'd' AND state = '' AND status = $1\"";
    assert_eq!(compared(source, "status"), ["paid", "a", "b"]);
    assert_eq!(compared(source, "kind"), ["c"]);
    assert_eq!(compared(source, "state"), [""; 0]);
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The words that statements compare a column with, or set it to.
fn compared(source: &str, column: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, _) in source.match_indices(column) {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        if source[..at].ends_with(is_part) {
            continue;
        }
        let rest = source[at + column.len()..].trim_start_matches(is_gap);
        let operators = ["= ", "<> ", "IN ", "NOT IN "];
        let Some(rest) = operators.iter().find_map(|way| rest.strip_prefix(*way)) else {
            continue;
        };
        let rest = rest.trim_start_matches(is_gap);
        let list = match rest.strip_prefix('(') {
            Some(list) => list.split(')').next().unwrap_or_default(),
            None if rest.starts_with('\'') => {
                let end = rest[1..].find('\'').map_or(0, |end| end + 2);
                &rest[..end]
            }
            None => continue,
        };
        words.extend(quoted(list).into_iter().filter(|word| !word.is_empty()));
    }
    words
}

/// Between two parts of a statement that is broken into lines.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || c == '\\'
}
