use app::locale::Locale;
use desk::admin::jobs::types::FieldChange;

use super::*;

fn priced(id: Option<&str>, price_minor: i64) -> VariantDraft {
    VariantDraft {
        id: id.map(str::to_owned),
        sku: Some("R-1".to_owned()),
        price_minor,
        ..VariantDraft::default()
    }
}

#[test]
fn a_price_that_becomes_nothing_is_marked() {
    let product = |variants| ProductDraft {
        variants,
        ..ProductDraft::default()
    };
    let told = |before: i64, after: Vec<VariantDraft>| {
        let before = product(vec![priced(Some("1"), before)]);
        let told = difference(&before, &[3], &product(after), "EUR");
        let told = told.iter().map(|change| change.said(Locale::En));
        told.collect::<Vec<_>>()
    };
    let dearer = told(500, vec![priced(Some("1"), 600)]);
    assert_eq!(dearer, [FieldChange::new("Price of R-1", "€5.00", "€6.00")]);
    let free = told(500, vec![priced(Some("1"), 0)]);
    assert_eq!((free.len(), free[0].mark), (1, PriceMark::Free));
    assert!(told(0, vec![priced(Some("1"), 0)]).is_empty());
    let new = told(500, vec![priced(Some("1"), 500), priced(None, 0)]);
    assert_eq!((new.len(), new[0].mark), (1, PriceMark::Free));
}

#[test]
fn what_only_staff_see_of_a_variant_is_told_too() {
    let product = |variant, prepaid| ProductDraft {
        variants: vec![variant],
        prepaid,
        ..ProductDraft::default()
    };
    let after = VariantDraft {
        barcode: Some("4006381333931".to_owned()),
        cost_minor: Some(250),
        tracked: false,
        backorder_limit: 5,
        ..priced(Some("1"), 500)
    };
    let before = product(priced(Some("1"), 500), false);
    let told = difference(&before, &[3], &product(after, true), "EUR");
    let told: Vec<_> = told.iter().map(|one| one.said(Locale::En)).collect();
    assert_eq!(
        told,
        [
            FieldChange::new("Prepaid only", "no", "yes"),
            FieldChange::new("Cost of R-1", "", "€2.50"),
            FieldChange::new("Stock tracked of R-1", "yes", "no"),
            FieldChange::new("Barcode of R-1", "", "4006381333931"),
            FieldChange::new("Backorder limit of R-1", "0", "5"),
        ]
    );
}

#[test]
fn another_order_of_the_variants_is_a_change() {
    let product = |order: [&str; 2]| ProductDraft {
        variants: order.map(|id| priced(Some(id), 500)).to_vec(),
        ..ProductDraft::default()
    };
    let told = difference(&product(["1", "2"]), &[3, 3], &product(["2", "1"]), "EUR");
    assert_eq!(
        (told.len(), told[0].field.to_string()),
        (1, "Order of variants".to_owned())
    );
    let same = product(["1", "2"]);
    assert!(difference(&same, &[3, 3], &same, "EUR").is_empty());
}
