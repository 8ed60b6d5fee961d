use super::*;

const KNOWN: [&str; 3] = ["stripe", "cash_on_delivery", "bank_transfer"];

/// What forms make of a card, the test card that is not there now, cash and bank transfer.
fn made(forms: &[(&str, MethodForm)], account: BankAccount) -> ShopResult<Vec<Method>> {
    let methods = ["stripe", "test_card", "cash_on_delivery", "bank_transfer"].map(Method::unset);
    let before = Before {
        methods: &methods,
        known: &KNOWN,
        currency: "EUR",
        delivers_to: &DeliveryCountries::of(["DE", "AT"]),
        account,
    };
    let typed = forms.iter().cloned();
    let typed = typed.map(|(name, form)| (name.to_owned(), form)).collect();
    checked(&typed, &before)
}

fn form() -> MethodForm {
    MethodForm {
        offered: "offered".to_owned(),
        ..MethodForm::default()
    }
}

fn at(position: &str) -> MethodForm {
    MethodForm {
        position: position.to_owned(),
        ..form()
    }
}

fn order(forms: &[(&str, MethodForm)]) -> Vec<String> {
    let made = made(forms, BankAccount::Known).unwrap();
    made.into_iter().map(|one| one.method).collect()
}

fn wrong(form: MethodForm, account: BankAccount) -> Vec<String> {
    let refusal = made(&[("bank_transfer", form)], account).unwrap_err();
    let fields = refusal.fields.into_iter();
    fields
        .map(|field| field.field.replace("methods[bank_transfer]", ""))
        .collect()
}

#[test]
fn a_method_comes_to_the_place_that_was_typed_for_it() {
    let all = ["stripe", "test_card", "cash_on_delivery", "bank_transfer"];
    assert_eq!(order(&[]), all);
    assert_eq!(
        order(&[("stripe", at("1")), ("bank_transfer", at("3"))]),
        all
    );
    // Up, before what was there; what is not set up now stays where it is.
    assert_eq!(
        order(&[("stripe", at("1")), ("bank_transfer", at("1"))]),
        ["bank_transfer", "test_card", "stripe", "cash_on_delivery"]
    );
    // Down, behind what was there.
    assert_eq!(
        order(&[("stripe", at("3")), ("bank_transfer", at("3"))]),
        ["cash_on_delivery", "test_card", "bank_transfer", "stripe"]
    );
}

#[test]
fn what_is_typed_is_read_as_people_type_it() {
    let typed = MethodForm {
        name: " Pay later ".to_owned(),
        lowest: "12,50".to_owned(),
        highest: "250".to_owned(),
        countries: vec![String::new(), "de".to_owned()],
        ..form()
    };
    let all = made(&[("bank_transfer", typed)], BankAccount::Known).unwrap();
    let one = all.last().unwrap();
    assert_eq!(one.name, "Pay later");
    assert_eq!(
        (one.lowest_minor, one.highest_minor),
        (Some(1250), Some(25_000))
    );
    assert_eq!(one.countries, DeliveryCountries::of(["DE"]));
}

#[test]
fn everything_wrong_is_said_at_its_field() {
    let typed = MethodForm {
        offered: "perhaps".to_owned(),
        position: "0".to_owned(),
        name: "a".repeat(MAX_NAME + 1),
        description: "a".repeat(MAX_DESCRIPTION + 1),
        lowest: "0".to_owned(),
        highest: "1.0.0".to_owned(),
        countries: vec!["FR".to_owned()],
    };
    let parts = [
        "[position]",
        "[offered]",
        "[lowest]",
        "[highest]",
        "[name]",
        "[description]",
        "[countries]",
    ];
    assert_eq!(wrong(typed, BankAccount::Known), parts);
    let crossed = MethodForm {
        lowest: "20".to_owned(),
        highest: "19.99".to_owned(),
        ..form()
    };
    assert_eq!(wrong(crossed, BankAccount::Known), ["[highest]"]);
}

#[test]
fn transfers_are_not_offered_without_an_account() {
    assert_eq!(wrong(form(), BankAccount::Missing), ["[offered]"]);
    let off = MethodForm {
        offered: "off".to_owned(),
        ..MethodForm::default()
    };
    let all = made(&[("bank_transfer", off)], BankAccount::Missing).unwrap();
    assert!(!all.last().unwrap().is_on);
}

#[test]
fn a_country_that_was_ticked_stays_when_nothing_is_delivered_there_any_more() {
    let methods = [Method {
        countries: DeliveryCountries::of(["FR"]),
        ..Method::unset("stripe")
    }];
    let before = Before {
        methods: &methods,
        known: &["stripe"],
        currency: "EUR",
        delivers_to: &DeliveryCountries::of(["DE"]),
        account: BankAccount::Missing,
    };
    let typed = MethodForm {
        countries: vec!["FR".to_owned()],
        ..form()
    };
    let typed = BTreeMap::from([("stripe".to_owned(), typed)]);
    assert_eq!(checked(&typed, &before).unwrap(), methods);
}
