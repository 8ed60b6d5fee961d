use super::*;
use crate::{
    error::ShopError,
    ui::{
        form::FormState,
        secret::{Secret, SecretField},
    },
};

fn fields(form: &Form) -> String {
    Owner::new().with(|| {
        let fields = view! {
            <TextField form name="city" label="Town or city" value="Kiel"/>
            <SecretField form secret=Secret::NewPassword label="Password"/>
            <CheckField form name="again" label="Again" checked=true/>
        };
        fields.to_html()
    })
}

#[test]
fn fields_show_what_was_typed_and_what_is_wrong_with_it() {
    let fresh = fields(&Form::default());
    assert!(fresh.contains(r#"value="Kiel""#), "{fresh}");
    assert!(fresh.contains(" checked"), "{fresh}");
    assert!(!fresh.contains("aria-invalid"), "{fresh}");
    let typed = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let refused = fields(&Form::with(FormState {
        action: "/api/checkout/contact".to_owned(),
        values: vec![typed("city", "Ulm"), typed("new_password", "open sesame")],
        error: Some(ShopError::field("city", "There is no such town.")),
    }));
    assert!(refused.contains(r#"value="Ulm""#), "{refused}");
    assert!(
        refused.contains(r#"aria-describedby="city-error""#),
        "{refused}"
    );
    assert!(refused.contains("There is no such town."), "{refused}");
    assert!(!refused.contains(" checked"), "{refused}");
    assert!(!refused.contains("sesame"), "{refused}");
}

#[test]
fn what_is_no_day_is_shown_as_it_was_typed() {
    for (kind, value, shown) in [
        ("date", "", "date"),
        ("date", "2026-02-28", "date"),
        ("date", "2026-02-30", "text"),
        ("date", "28.2.2026", "text"),
        ("datetime-local", "2026-02-28T09:30", "datetime-local"),
        ("datetime-local", "2026-02-28 09:30", "text"),
        ("datetime-local", "tomorrow", "text"),
        ("email", "kim", "email"),
    ] {
        assert_eq!(kind_for(kind, value), shown, "{kind} {value}");
    }
}
