use std::collections::BTreeMap;

use super::*;
use crate::rehearsal::figures::{MailFigures, PoolFigures, RoomFigures, Times};

const EXPECTED: Expected = Expected {
    p99_ms: 2000,
    mails_per_minute: Some(60),
    per_minute: None,
};

/// 100 units, 1000 buyers, and all is well.
fn well() -> Figures {
    Figures {
        buyers: 1000,
        units: 100,
        wanted: 100,
        connections: 1000,
        sold: 100,
        placed: 100,
        sold_out: 900,
        order: Times {
            p99_ms: 2000,
            ..Times::default()
        },
        mails: MailFigures {
            written: 100,
            written_in_ms: 900,
        },
        ..Figures::default()
    }
}

fn pool(max: u32, looks: u32, full: u32) -> PoolFigures {
    PoolFigures {
        name: "all",
        max,
        most_used: max,
        looks,
        full,
    }
}

fn faults(figures: &Figures) -> Vec<Finding> {
    let mut found = findings(figures, &EXPECTED);
    found.retain(|finding| finding.weight() == Weight::Fault);
    found
}

#[test]
fn a_shop_that_sells_all_in_time_has_no_fault_and_is_told_when_the_last_email_is_sent() {
    let found = findings(&well(), &EXPECTED);
    let mails = Finding::Mails {
        written: 100,
        seconds: 100,
        per_minute: 60,
    };
    assert_eq!(found, [mails]);
    assert!(found[0].words().contains("within 100 s"));
}

/// What is said, and what makes the figures so.
type Way = (&'static str, fn(&mut Figures));

#[test]
fn each_way_to_fail_is_a_fault_by_itself() {
    let ways: [Way; 8] = [
        ("101 units were sold of 100", |f| f.sold = 101),
        ("the books do not agree: stock", |f| {
            f.broken = vec!["stock".to_owned()];
        }),
        ("2 units were asked for and not sold", |f| {
            f.sold = 98;
            f.placed = 98;
            f.mails.written = 98;
        }),
        (
            "101 buyers were told that they have an order, and 100 units",
            |f| {
                f.placed = 101;
                f.mails.written = 101;
            },
        ),
        ("3 of 1000 buyers had an error: 3 × 500 internal", |f| {
            f.failed = BTreeMap::from([("500 internal".to_owned(), 3)]);
        }),
        ("5 of 1000 buyers were told that the shop is busy", |f| {
            f.gave_up = 5;
        }),
        ("waited 2.1 s or longer", |f| f.order.p99_ms = 2100),
        ("99 e-mails were written for 100 orders", |f| {
            f.mails.written = 99;
        }),
    ];
    for (words, break_it) in ways {
        let mut figures = well();
        break_it(&mut figures);
        let found = faults(&figures);
        assert_eq!(found.len(), 1, "{words}: {found:?}");
        assert!(found[0].words().contains(words), "{}", found[0].words());
    }
}

#[test]
fn a_pool_is_too_small_if_it_was_full_for_half_the_time() {
    let of = |pool| Figures {
        pools: vec![pool],
        ..well()
    };
    let found = faults(&of(pool(12, 100, 50)));
    assert_eq!(found.len(), 1);
    assert!(found[0].words().contains("\"all\" is too small"));
    assert_eq!(faults(&of(pool(12, 100, 49))), []);
    // The one writer of SQLite, and a rush that was over at once.
    assert_eq!(faults(&of(pool(1, 100, 100))), []);
    assert_eq!(faults(&of(pool(12, 10, 10))), []);
}

#[test]
fn what_is_left_for_people_in_the_room_is_a_note() {
    let of = |waiting| Figures {
        sold: 93,
        placed: 93,
        mails: MailFigures {
            written: 93,
            written_in_ms: 900,
        },
        room: Some(RoomFigures {
            places: 1000,
            let_in: 93,
            waiting,
            ..RoomFigures::default()
        }),
        ..well()
    };
    let found = findings(&of(907), &EXPECTED);
    assert_eq!(faults(&of(907)), []);
    let words = "7 units were left, and 907 buyers in the waiting room";
    assert!(found[0].words().contains(words), "{found:?}");
    // Nobody waits, and it is not sold.
    assert_eq!(faults(&of(0)), [Finding::Unsold { left: 7 }]);
}

#[test]
fn what_limits_the_rehearsal_itself_is_a_note() {
    let figures = Figures {
        buyers: 50,
        connections: 20,
        sold: 50,
        wanted: 50,
        placed: 50,
        sold_out: 0,
        mails: MailFigures {
            written: 50,
            written_in_ms: 0,
        },
        ..well()
    };
    let expected = Expected {
        mails_per_minute: None,
        per_minute: Some(10),
        ..EXPECTED
    };
    let found = findings(&figures, &expected);
    assert!(found.iter().all(|one| one.weight() == Weight::Note));
    let words: Vec<String> = found.iter().map(Finding::words).collect();
    let said = words.join("\n");
    for part in [
        "sent to nobody",
        "50 buyers shared 20 connections",
        "50 buyers cannot buy 100 units",
        "takes it 5 min at least",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert_eq!(found.len(), 4, "{said}");
}

#[test]
fn times_are_spelled_as_people_read_them() {
    let spelled: Vec<String> = [0, 999, 1000, 1850, 61_000].map(spelled).into();
    assert_eq!(spelled, ["0 ms", "999 ms", "1.0 s", "1.8 s", "61.0 s"]);
    assert_eq!(
        (minutes(119), minutes(121)),
        ("119 s".into(), "3 min".into())
    );
}
