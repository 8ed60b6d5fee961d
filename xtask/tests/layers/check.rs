//! Compares a crate with its table.

use std::collections::BTreeSet;

use crate::{
    LEAF,
    graph::{Graph, Place},
    print,
    table::{Answer, Table},
    units::Units,
};

/// Of the lines that make an edge so many are shown.
const PLACES: usize = 8;

/// What differs and what to do about it; nothing if all is well.
pub fn check(graph: &Graph, table: &Table) -> Vec<String> {
    let units = Units::of(graph, table);
    let mut faults = table.faults();
    for unit in &table.open {
        let inside = format!("{unit}::");
        if !units.files.keys().any(|known| known.starts_with(&inside)) {
            faults.push(format!(
                "`open:` names `{unit}`, which has no modules inside. Take the name out."
            ));
        }
    }
    for (unit, file) in &units.files {
        if table.position(unit).is_none() {
            faults.push(format!(
                "`{unit}` ({file}) is not in the table. Add its line, after those of all that it uses:\n    {}\n\
                 If nobody uses it, the line belongs into {LEAF} in its folder.",
                print::row(unit, &units.used_by(unit, table))
            ));
        }
    }
    for unit in table.units() {
        if !units.files.contains_key(unit) {
            faults.push(format!(
                "There is no module `{unit}` any more. Take it out of the table."
            ));
        }
    }
    for ((from, to), places) in &units.edges {
        let advice = match table.answer(from, to) {
            // What is not in the table was named above, with all that it uses.
            Answer::Allowed | Answer::Unknown => continue,
            Answer::WrongWay if table.is_everywhere(from) => format!(
                "`{from}` -> `{to}`: what may be used everywhere uses only what `everywhere:` names before it. Move what `{from}` needs into one of those, or leave it to the caller."
            ),
            Answer::WrongWay => format!(
                "`{from}` -> `{to}` points the wrong way: `{to}` has the later line. Move what `{from}` needs into a unit with an earlier line, or let the caller pass it in."
            ),
            Answer::Unlisted => format!(
                "`{from}` -> `{to}` is not in the table. Do without it; or decide that it is right, and add `{to}` to the line of `{from}`, with the reason if it is unusual."
            ),
        };
        faults.push(advice + &listed(places));
    }
    for row in &table.rows {
        for used in &row.uses {
            let edge = (row.unit.clone(), used.clone());
            let both = [&row.unit, used];
            if both.iter().all(|unit| units.files.contains_key(*unit))
                && !units.edges.contains_key(&edge)
            {
                faults.push(format!(
                    "`{}` does not use `{used}` any more. Take the name out of its line.",
                    row.unit
                ));
            }
        }
    }
    for unit in &table.everywhere {
        let is_used = units.edges.keys().any(|(_, to)| to == unit);
        if units.files.contains_key(unit) && !is_used {
            faults.push(format!(
                "Nobody uses `{unit}`. Take it out of `everywhere:` and give it a line."
            ));
        }
    }
    faults
}

fn listed(places: &BTreeSet<&Place>) -> String {
    let mut text = String::new();
    for place in places.iter().take(PLACES) {
        text += &format!("\n    {place}");
    }
    if places.len() > PLACES {
        text += &format!("\n    and {} more", places.len() - PLACES);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Sources;

    const SHOP: [(&str, &str); 6] = [
        ("lib.rs", "mod cart; mod db; mod error; mod orders;"),
        ("error.rs", "pub struct Error;"),
        ("db.rs", "use crate::error::Error;"),
        ("cart.rs", "use crate::{db::Db, error::Error};"),
        ("orders/mod.rs", "mod place;\n\nuse crate::cart::Cart;"),
        ("orders/place.rs", "use super::super::{cart::Line, db::Db};"),
    ];
    const TABLE: &str = "everywhere: error\ndb\ncart -> db\norders -> cart, db\n";

    fn faults(changed: &[(&str, &str)], table: &str) -> Vec<String> {
        let files = SHOP.iter().chain(changed);
        let sources: Sources = files
            .map(|(file, text)| (file.to_string(), text.to_string()))
            .collect();
        check(&Graph::read("shop/src", &sources), &Table::parse(table))
    }

    #[track_caller]
    fn is_only(faults: &[String], begin: &str) {
        assert_eq!(faults.len(), 1, "{faults:#?}");
        assert!(faults[0].starts_with(begin), "{}", faults[0]);
    }

    #[test]
    fn a_crate_that_is_as_its_table_says_has_no_faults() {
        assert_eq!(faults(&[], TABLE), Vec::<String>::new());
    }

    #[test]
    fn an_edge_that_is_not_in_the_table_is_named_with_its_lines() {
        let table = TABLE.replace("orders -> cart, db", "orders -> db");
        assert_eq!(
            faults(&[], &table),
            [
                "`orders` -> `cart` is not in the table. Do without it; or decide that it is right, \
                 and add `cart` to the line of `orders`, with the reason if it is unusual.\
                 \n    shop/src/orders/mod.rs:3\n    shop/src/orders/place.rs:1"
            ]
        );
    }

    #[test]
    fn an_edge_that_would_close_a_ring_is_told_to_move() {
        let back = [(
            "cart.rs",
            "use crate::db::Db;\nfn f() { crate::orders::place() }",
        )];
        let found = faults(&back, TABLE);
        is_only(&found, "`cart` -> `orders` points the wrong way");
        assert!(
            found[0].ends_with("\n    shop/src/cart.rs:2"),
            "{}",
            found[0]
        );
        // Writing it down is no way out.
        let table = TABLE.replace("cart -> db", "cart -> db, orders");
        assert_eq!(faults(&back, &table).len(), 2);
    }

    #[test]
    fn what_is_used_everywhere_uses_nothing_else() {
        let error = [("error.rs", "use crate::db::Db;"), ("db.rs", "")];
        is_only(
            &faults(&error, TABLE),
            "`error` -> `db`: what may be used everywhere",
        );
        let nobody = [("db.rs", ""), ("cart.rs", "use crate::db::Db;")];
        is_only(&faults(&nobody, TABLE), "Nobody uses `error`.");
    }

    #[test]
    fn an_edge_that_nobody_uses_has_to_go() {
        let loose = [("cart.rs", "use crate::error::Error;")];
        is_only(&faults(&loose, TABLE), "`cart` does not use `db` any more.");
    }

    #[test]
    fn modules_and_table_name_each_other() {
        let wishlist = [
            (
                "lib.rs",
                "mod cart; mod db; mod error; mod orders; mod wishlist;",
            ),
            ("wishlist.rs", "use crate::{cart, db, error};"),
        ];
        is_only(
            &faults(&wishlist, TABLE),
            "`wishlist` (shop/src/wishlist.rs) is not in the table. Add its line, after those of all \
             that it uses:\n    wishlist -> cart, db",
        );
        let table = format!("{TABLE}drops -> db\n");
        is_only(&faults(&[], &table), "There is no module `drops` any more.");
    }

    #[test]
    fn a_leaf_is_held_to_its_own_lines() {
        let with_wishlist = |uses: &str| -> Vec<String> {
            let sources: Sources = SHOP
                .iter()
                .map(|(file, text)| (file.to_string(), text.to_string()))
                .chain([
                    (
                        "lib.rs".to_owned(),
                        "mod cart; mod db; mod error; mod orders; mod wishlist;".to_owned(),
                    ),
                    ("wishlist.rs".to_owned(), uses.to_owned()),
                ])
                .collect();
            let mut table = Table::parse(TABLE);
            table.add_leaf("wishlist", "wishlist -> cart, db\n");
            check(&Graph::read("shop/src", &sources), &table)
        };
        assert_eq!(
            with_wishlist("use crate::{cart, db};"),
            Vec::<String>::new()
        );
        is_only(
            &with_wishlist("use crate::{cart, db, orders};"),
            "`wishlist` -> `orders` is not in the table.",
        );
        is_only(
            &with_wishlist("use crate::cart;"),
            "`wishlist` does not use `db` any more.",
        );
    }

    #[test]
    fn an_arrow_to_a_leaf_points_the_wrong_way() {
        let sources: Sources = SHOP
            .iter()
            .map(|(file, text)| (file.to_string(), text.to_string()))
            .collect();
        let mut table =
            Table::parse(&TABLE.replace("cart -> db\norders -> cart, db", "orders -> db"));
        table.add_leaf("cart", "cart -> db\n");
        is_only(
            &check(&Graph::read("shop/src", &sources), &table),
            "`orders` -> `cart` points the wrong way",
        );
    }

    #[test]
    fn an_open_module_is_held_inside() {
        let table = "open: orders\neverywhere: error\ndb\ncart -> db\n\
                     orders::place -> cart, db\norders -> cart\n";
        assert_eq!(faults(&[], table), Vec::<String>::new());
        let inside = [(
            "orders/mod.rs",
            "mod place; use self::place::Placed; use crate::cart::Cart;",
        )];
        is_only(
            &faults(&inside, table),
            "`orders` -> `orders::place` is not in the table.",
        );
        let closed = format!("open: cart\n{TABLE}");
        is_only(
            &faults(&[], &closed),
            "`open:` names `cart`, which has no modules inside.",
        );
    }

    #[test]
    fn the_root_needs_a_line_when_others_use_it() {
        let root = [("cart.rs", "use crate::{db::Db, Shop};")];
        let found = faults(&root, TABLE);
        assert_eq!(found.len(), 2, "{found:#?}");
        assert!(found[0].starts_with("`lib` (shop/src/lib.rs) is not in the table."));
        assert!(found[1].starts_with("`cart` -> `lib` is not in the table."));
    }
}
