use super::*;

fn methods(all: Vec<Method>) -> Methods {
    Methods {
        all,
        ..Methods::default()
    }
}

const ORDER: PricedOrder<'static> = PricedOrder {
    total_minor: 5000,
    currency: "EUR",
    country: Some("DE"),
};

#[test]
fn what_is_not_set_keeps_no_order_out() {
    let set = methods(vec![Method::unset("stripe")]);
    for name in ["stripe", "something_new"] {
        assert_eq!(set.admit(name, &ORDER), Ok(()));
        assert!(set.is_on(name));
    }
}

#[test]
fn a_method_that_is_off_takes_no_order() {
    let off = Method {
        is_on: false,
        ..Method::unset("stripe")
    };
    let set = methods(vec![off, Method::unset("bank_transfer")]);
    assert_eq!(set.admit("stripe", &ORDER), Err(Misfit::Off));
    assert!(!set.is_on("stripe"));
    assert_eq!(set.admit("bank_transfer", &ORDER), Ok(()));
}

#[test]
fn amounts_count_from_the_first_order_beyond_them() {
    let set = methods(vec![Method {
        lowest_minor: Some(1000),
        highest_minor: Some(5000),
        ..Method::unset("cash_on_delivery")
    }]);
    let admit = |total_minor| {
        let order = PricedOrder {
            total_minor,
            ..ORDER
        };
        set.admit("cash_on_delivery", &order)
    };
    for fits in [1000, 3000, 5000, 0] {
        assert_eq!(admit(fits), Ok(()), "{fits}");
    }
    let currency = "EUR".to_owned();
    assert_eq!(
        admit(999),
        Err(Misfit::TooLow {
            lowest_minor: 1000,
            currency: currency.clone()
        })
    );
    assert_eq!(
        admit(5001),
        Err(Misfit::TooHigh {
            highest_minor: 5000,
            currency
        })
    );
}

#[test]
fn countries_count_once_the_address_is_known() {
    let set = methods(vec![Method {
        countries: DeliveryCountries::of(["AT", "DE"]),
        ..Method::unset("cash_on_delivery")
    }]);
    let admit = |country| {
        let order = PricedOrder { country, ..ORDER };
        set.admit("cash_on_delivery", &order)
    };
    for fits in [None, Some("AT"), Some("DE")] {
        assert_eq!(admit(fits), Ok(()), "{fits:?}");
    }
    let code = "FR".to_owned();
    assert_eq!(admit(Some("FR")), Err(Misfit::Country { code }));
}

#[test]
fn the_owners_order_is_kept_and_what_is_new_comes_last() {
    let set = methods(vec![
        Method::unset("bank_transfer"),
        Method::unset("stripe"),
    ]);
    let mut names = ["something_new", "stripe", "bank_transfer"];
    names.sort_by_key(|name| set.rank(name));
    assert_eq!(names, ["bank_transfer", "stripe", "something_new"]);
}
