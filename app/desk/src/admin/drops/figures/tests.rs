use super::*;

fn figures() -> Figures {
    Figures {
        title: "Summer\tnight".to_owned(),
        slug: "summer".to_owned(),
        currency: "EUR".to_owned(),
        opens_at: 1_760_000_000_000,
        ended_at: 1_760_003_600_000,
        end: End::OnTime,
        variants: vec![VariantFigures {
            name: "Rope".to_owned(),
            units: 5,
            ordered: 4,
            back: 1,
            left: 2,
        }],
        orders: OrderFigures {
            placed: 3,
            cancelled: 1,
            amount_minor: 6000,
            first_ms: Some(12),
            last_ms: Some(900),
        },
        refusals: BTreeMap::from([(DropRefusal::SoldOut, 7)]),
        busy: 0,
        room: None,
        waits: Waits::of(vec![30, 10, 20]),
        list: Some(ListFigures {
            joined: 9,
            offered: 2,
            ordered: 1,
        }),
        households: Households::of([1, 2, 3].into_iter()),
        ledger: Books::Agree,
        payments: Books::NotCompared,
    }
}

/// The digest of a report that was kept must come out again with every later version.
#[test]
fn the_text_of_a_report_does_not_change() {
    let text = figures().text();
    let expected = "holdfast drop report 1\n\
        title\tSummer night\n\
        address\tsummer\n\
        begins\t2025-10-09T08:53:20Z\n\
        ended\t2025-10-09T09:53:20Z\n\
        end\ton_time\n\
        currency\tEUR\n\
        variant_1\tRope\n\
        variant_1_units_ordered_back_left\t5 4 1 2\n\
        orders\t3\n\
        orders_cancelled\t1\n\
        units_ordered\t4\n\
        units_back\t1\n\
        amount_minor\t6000\n\
        first_order_ms\t12\n\
        last_order_ms\t900\n\
        refused_sold_out\t7\n\
        refused_too_few_left\t0\n\
        refused_not_yet\t0\n\
        refused_not_let_in\t0\n\
        refused_limit_reached\t0\n\
        refused_not_on_sale\t0\n\
        refused_price_changed\t0\n\
        refused_total_changed\t0\n\
        refused_other\t0\n\
        refused_busy\t0\n\
        room_arrivals\tunknown\n\
        room_let_in\tunknown\n\
        waits\t3\n\
        wait_median_ms\t20\n\
        wait_95_percent_ms\t30\n\
        wait_longest_ms\t30\n\
        list_joined\t9\n\
        list_offered\t2\n\
        list_ordered\t1\n\
        households\t3\n\
        households_with_1\t1\n\
        households_with_2\t1\n\
        households_with_more\t1\n\
        household_most_units\t3\n\
        ledger\tagree\n\
        payments\tnot_compared\n";
    assert_eq!(text, expected);
}

#[test]
fn what_is_forgotten_differs_from_nothing_and_what_changed_is_named() {
    let kept = figures().text();
    assert!(figures().differences(&kept).is_empty());
    let forgotten = Figures {
        waits: None,
        list: None,
        ..figures()
    };
    assert!(forgotten.differences(&kept).is_empty());
    let refunded = Figures {
        variants: vec![VariantFigures {
            back: 2,
            ..figures().variants[0].clone()
        }],
        ..figures()
    };
    let names = |differences: Vec<Difference>| -> Vec<String> {
        differences.into_iter().map(|one| one.name).collect()
    };
    let changed = refunded.differences(&kept);
    assert_eq!(
        (changed[0].kept.as_str(), changed[0].now.as_str()),
        ("5 4 1 2", "5 4 2 2")
    );
    let expected = ["variant_1_units_ordered_back_left", "units_back"];
    assert_eq!(names(changed), expected);
    let emptied = Figures {
        variants: Vec::new(),
        ..figures()
    };
    assert!(names(emptied.differences(&kept)).contains(&"variant_1".to_owned()));
}

#[test]
fn waits_are_told_by_their_middle_and_their_end() {
    let waits = Waits::of((1..=100).rev().collect()).unwrap();
    assert_eq!(
        (waits.median_ms, waits.most_ms, waits.longest_ms),
        (51, 96, 100)
    );
    assert_eq!(Waits::of(Vec::new()), None);
    assert_eq!(Waits::of(vec![7]).unwrap().most_ms, 7);
}
