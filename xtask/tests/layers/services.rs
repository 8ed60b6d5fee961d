//! Where SQL is: a service behind a port decides, and leaves its statements to files beside it, such as
//! `store.rs`.

use crate::{SERVER, SERVER_NAME, sources_of};

const STATEMENTS: [&str; 2] = ["sqlx::query", "Sql::new("];

#[test]
fn a_service_behind_a_port_holds_no_sql() {
    let mut services = 0;
    for (file, text) in sources_of(&SERVER) {
        let code = text.split("#[cfg(test)]\nmod tests {").next();
        let code = code.unwrap_or_default();
        if !implements_a_port(code) {
            continue;
        }
        services += 1;
        for statement in STATEMENTS {
            assert!(
                !code.contains(statement),
                "{SERVER_NAME}/{file} implements a port and has a statement ({statement}): \
                 move it into a file beside it, such as store.rs"
            );
        }
    }
    assert!(services > 20, "only {services} services were found");
}

/// Whether a trait is implemented that is imported from `ports`.
fn implements_a_port(code: &str) -> bool {
    let imported: Vec<&str> = code
        .split("ports::")
        .skip(1)
        .filter_map(|rest| match rest.strip_prefix('{') {
            Some(list) => list.split('}').next(),
            None => rest.split([',', ';', '}']).next(),
        })
        .flat_map(|names| names.split(','))
        .map(str::trim)
        .collect();
    let implemented = code.split("#[async_trait]\nimpl ").skip(1);
    let mut implemented = implemented.filter_map(|rest| rest.split(" for ").next());
    implemented.any(|name| {
        // Some are named by their path.
        let last = name.rsplit("::").next().unwrap_or(name);
        imported.contains(&last)
    })
}
