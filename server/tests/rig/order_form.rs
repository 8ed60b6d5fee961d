//! The order form as programs send it.

pub const CONTACT: [(&str, &str); 6] = [
    ("email", "kim@example.com"),
    ("name", "Kim Marten"),
    ("address_line1", "Quay 7"),
    ("postal_code", "20457"),
    ("city", "Hamburg"),
    ("country", "DE"),
];

/// An order that is picked up and paid in cash; `total` is in minor units.
pub fn order_form<'a>(key: &'a str, total: &'a str) -> Vec<(&'static str, &'a str)> {
    let mut fields = vec![("checkout_key", key)];
    fields.extend(CONTACT);
    fields.extend([
        ("shipping", "pickup"),
        ("payment", "cash_on_delivery"),
        ("expected_total_minor", total),
    ]);
    fields
}
