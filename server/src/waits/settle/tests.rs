//! Sharing out, as a function of what there is.

use proptest::prelude::*;

use super::*;

fn found() -> impl Strategy<Value = LineState> {
    let stage = prop_oneof![
        1 => Just(DropStage::Before),
        1 => Just(DropStage::OffSale),
        3 => Just(DropStage::Open),
        1 => Just(DropStage::Over),
    ];
    (stage, 0i64..9, 0i64..9, 0i64..9, 0i64..20).prop_map(
        |(stage, remaining, offered, overdue, waiting)| LineState {
            stage,
            remaining,
            offered,
            overdue: overdue.min(offered),
            waiting,
            tracked: true,
        },
    )
}

proptest! {
    #[test]
    fn no_unit_is_lost_and_none_is_made(found in found()) {
        let settled = found.settled();
        prop_assert!(settled.remaining >= 0 && settled.offered >= 0);
        prop_assert_eq!(settled.offered, found.offered - settled.lapsed + settled.new);
        let to_shelf = match found.stage {
            DropStage::Over => found.overdue,
            DropStage::Before | DropStage::Open | DropStage::OffSale => 0,
        };
        prop_assert_eq!(found.to_shelf(settled), to_shelf);
    }

    #[test]
    fn nothing_is_for_sale_while_someone_waits(found in found()) {
        let settled = found.settled();
        if found.stage == DropStage::Open && found.waiting > settled.new {
            prop_assert_eq!(settled.remaining, 0);
        }
    }

    #[test]
    fn what_is_settled_stays_so(found in found()) {
        let settled = found.settled();
        let again = LineState {
            remaining: settled.remaining,
            offered: settled.offered,
            overdue: 0,
            waiting: found.waiting - settled.new,
            ..found
        };
        let twice = again.settled();
        prop_assert_eq!((twice.lapsed, twice.new), (0, 0));
    }
}

#[test]
fn nothing_is_offered_while_its_product_is_off_sale() {
    let found = LineState {
        stage: DropStage::OffSale,
        remaining: 2,
        offered: 3,
        overdue: 1,
        waiting: 5,
        tracked: true,
    };
    let settled = Allocation {
        lapsed: 1,
        new: 0,
        remaining: 3,
        offered: 2,
    };
    assert_eq!(found.settled(), settled);
}

#[test]
fn thirty_units_go_to_the_first_thirty_of_eighty() {
    let found = LineState {
        stage: DropStage::Open,
        remaining: 30,
        offered: 2,
        overdue: 1,
        waiting: 80,
        tracked: true,
    };
    let settled = Allocation {
        lapsed: 1,
        new: 31,
        remaining: 0,
        offered: 32,
    };
    assert_eq!(found.settled(), settled);
    let over = LineState {
        stage: DropStage::Over,
        overdue: 2,
        ..found
    };
    assert_eq!(over.to_shelf(over.settled()), 2);
}
