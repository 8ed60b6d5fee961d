//! The list of a crate's modules and of whom each may use. Its form is told in `main.rs`.

use std::collections::BTreeSet;

#[derive(Default)]
pub struct Table {
    /// Modules whose own modules are units.
    pub open: BTreeSet<String>,
    /// Modules that are units of their own within a module that is not open.
    pub apart: BTreeSet<String>,
    pub everywhere: Vec<String>,
    pub rows: Vec<Row>,
    /// What is wrong with lines that leaves bring along.
    leaf_faults: Vec<String>,
}

pub struct Row {
    pub unit: String,
    pub uses: Vec<String>,
    /// The leaf whose folder the line is in; none for lines of the table itself.
    pub leaf: Option<String>,
}

/// What the table says about one unit's use of another.
#[derive(Debug, PartialEq)]
pub enum Answer {
    Allowed,
    /// The one that is used has a line, but not an earlier one.
    WrongWay,
    Unlisted,
    /// The user has no line at all.
    Unknown,
}

impl Table {
    pub fn parse(text: &str) -> Self {
        let mut lines: Vec<String> = Vec::new();
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            match lines.last_mut() {
                _ if line.trim().is_empty() => {}
                Some(above) if line.starts_with(char::is_whitespace) => above.push_str(line),
                _ => lines.push(line.to_owned()),
            }
        }
        let mut table = Self::default();
        for line in &lines {
            if let Some(units) = line.strip_prefix("open:") {
                table.open.extend(list(units));
            } else if let Some(units) = line.strip_prefix("apart:") {
                table.apart.extend(list(units));
            } else if let Some(units) = line.strip_prefix("everywhere:") {
                table.everywhere.extend(list(units));
            } else {
                let (unit, uses) = line.split_once("->").unwrap_or((line.as_str(), ""));
                table.rows.push(Row {
                    unit: unit.trim().to_owned(),
                    uses: list(uses).collect(),
                    leaf: None,
                });
            }
        }
        table
    }

    /// Adds the lines that a leaf, a module that nobody uses, brings along. They are above all others,
    /// so an arrow to a leaf points the wrong way, no matter whose it is.
    pub fn add_leaf(&mut self, leaf: &str, text: &str) {
        let own = Self::parse(text);
        let inside = format!("{leaf}::");
        let is_own = |unit: &String| unit == leaf || unit.starts_with(&inside);
        let units = own.units().chain(&own.apart).chain(&own.open);
        for unit in units.filter(|unit| !is_own(unit)) {
            self.leaf_faults.push(format!(
                "The lines of `{leaf}` speak of `{unit}`, which is no part of it. Take that out."
            ));
        }
        if !own.everywhere.is_empty() {
            self.leaf_faults.push(format!(
                "The lines of `{leaf}` have `everywhere:`, but nobody uses a leaf. Take that out."
            ));
        }
        self.open.extend(own.open);
        self.apart.extend(own.apart);
        self.rows.extend(own.rows.into_iter().map(|row| Row {
            leaf: Some(leaf.to_owned()),
            ..row
        }));
    }

    /// The leaf that a unit is part of.
    pub fn leaf_of(&self, unit: &str) -> Option<&str> {
        let row = self.rows.iter().find(|row| row.unit == unit)?;
        row.leaf.as_deref()
    }

    /// All units, bottom first.
    pub fn units(&self) -> impl Iterator<Item = &String> {
        self.everywhere
            .iter()
            .chain(self.rows.iter().map(|row| &row.unit))
    }

    pub fn is_everywhere(&self, unit: &str) -> bool {
        self.everywhere.iter().any(|known| known == unit)
    }

    /// Later units are higher.
    pub fn position(&self, unit: &str) -> Option<usize> {
        self.units().position(|known| known == unit)
    }

    pub fn answer(&self, from: &str, to: &str) -> Answer {
        let Some(user) = self.position(from) else {
            return Answer::Unknown;
        };
        match self.position(to) {
            Some(used) if used >= user => Answer::WrongWay,
            Some(_) if self.is_everywhere(to) => Answer::Allowed,
            _ if self.row_lists(from, to) => Answer::Allowed,
            _ => Answer::Unlisted,
        }
    }

    fn row_lists(&self, from: &str, to: &str) -> bool {
        let mut rows = self.rows.iter().filter(|row| row.unit == from);
        rows.any(|row| row.uses.iter().any(|used| used == to))
    }

    /// What is wrong with the table itself. A table without faults has no ring: each unit uses
    /// earlier ones.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = self.leaf_faults.clone();
        for (position, unit) in self.units().enumerate() {
            if self.position(unit) != Some(position) {
                faults.push(format!("`{unit}` has two lines. Make them one."));
            }
        }
        for (row, position) in self.rows.iter().zip(self.everywhere.len()..) {
            let mut seen = BTreeSet::new();
            for used in &row.uses {
                let fault = match self.position(used) {
                    _ if !seen.insert(used) => "is named twice. Once is enough",
                    None => "has no line of its own. Give it one, or correct the name",
                    Some(_) if self.is_everywhere(used) => {
                        "may be used everywhere. It need not be named"
                    }
                    Some(other) if other >= position => {
                        "has no earlier line. A unit uses earlier ones only, which keeps rings out"
                    }
                    Some(_)
                        if self
                            .leaf_of(used)
                            .is_some_and(|leaf| row.leaf.as_deref() != Some(leaf)) =>
                    {
                        "is a leaf, which nobody uses. Move its lines into the table"
                    }
                    Some(_) => continue,
                };
                faults.push(format!("In the line of `{}`: `{used}` {fault}.", row.unit));
            }
        }
        faults
    }
}

fn list(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| c == ',' || c.is_whitespace())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_with_comments_and_long_lines() {
        let table = Table::parse(
            "# bottom first\n\
             open: catalog, http\n\
             everywhere: error,\n    clock # the time of day\n\
             \n\
             db\n\
             cart -> db\n\
             orders -> cart, # a cart is emptied\n\
             # more of it:\n\
             \tdb\n",
        );
        assert_eq!(table.open.len(), 2);
        assert_eq!(table.everywhere, ["error", "clock"]);
        let rows: Vec<_> = table
            .rows
            .iter()
            .map(|row| format!("{}: {}", row.unit, row.uses.join(" ")))
            .collect();
        assert_eq!(rows, ["db: ", "cart: db", "orders: cart db"]);
        assert!(table.faults().is_empty());
    }

    #[test]
    fn a_unit_may_use_what_its_line_names_and_what_is_used_everywhere() {
        let table = Table::parse("everywhere: error, clock\ndb\ncart -> db\norders -> cart\n");
        assert_eq!(table.answer("orders", "cart"), Answer::Allowed);
        assert_eq!(table.answer("orders", "clock"), Answer::Allowed);
        assert_eq!(table.answer("clock", "error"), Answer::Allowed);
        assert_eq!(table.answer("error", "clock"), Answer::WrongWay);
        assert_eq!(table.answer("error", "db"), Answer::WrongWay);
        assert_eq!(table.answer("cart", "orders"), Answer::WrongWay);
        assert_eq!(table.answer("orders", "db"), Answer::Unlisted);
        assert_eq!(table.answer("orders", "mail"), Answer::Unlisted);
        assert_eq!(table.answer("mail", "db"), Answer::Unknown);
    }

    #[test]
    fn a_ring_cannot_be_written_down() {
        let table = Table::parse("cart -> orders\norders -> cart\n");
        let faults = table.faults();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].starts_with("In the line of `cart`: `orders` has no earlier line."));
        // Not even a line that is its own ring, or a second line for the way back.
        assert_eq!(Table::parse("cart -> cart\n").faults().len(), 1);
        let second = Table::parse("cart\norders -> cart\ncart -> orders\n");
        assert_eq!(second.faults(), ["`cart` has two lines. Make them one."]);
        assert_eq!(second.answer("cart", "orders"), Answer::WrongWay);
    }

    fn with_leaves(text: &str, leaves: &[(&str, &str)]) -> Table {
        let mut table = Table::parse(text);
        for (leaf, text) in leaves {
            table.add_leaf(leaf, text);
        }
        table
    }

    #[test]
    fn a_leaf_brings_its_lines_along() {
        let text =
            "apart: wishlist::pages\nwishlist -> db\nwishlist::pages -> cart,\n    wishlist\n";
        let table = with_leaves("db\ncart -> db\nhttp -> cart\n", &[("wishlist", text)]);
        assert_eq!(table.faults(), Vec::<String>::new());
        assert!(table.apart.contains("wishlist::pages"));
        assert_eq!(table.leaf_of("wishlist::pages"), Some("wishlist"));
        assert_eq!(table.leaf_of("cart"), None);
        assert_eq!(table.answer("wishlist", "db"), Answer::Allowed);
        assert_eq!(table.answer("wishlist", "cart"), Answer::Unlisted);
        assert_eq!(table.answer("wishlist::pages", "wishlist"), Answer::Allowed);
    }

    #[test]
    fn nobody_uses_a_leaf() {
        let drops = ("drops", "drops -> db\n");
        let table = with_leaves("db\nhttp -> db\n", &[drops]);
        assert_eq!(table.answer("http", "drops"), Answer::WrongWay);
        // Not even by writing it down, and not from another leaf.
        let table = with_leaves("db\nhttp -> db, drops\n", &[drops]);
        assert_eq!(table.faults().len(), 1, "{:?}", table.faults());
        let wishlist = ("wishlist", "wishlist -> db, drops\n");
        assert_eq!(
            with_leaves("db\n", &[drops, wishlist]).faults(),
            [
                "In the line of `wishlist`: `drops` is a leaf, which nobody uses. Move its lines \
                 into the table."
            ]
        );
    }

    #[test]
    fn a_leaf_speaks_for_itself_alone() {
        let text = "everywhere: wishlist\nopen: cart\ndb -> cart\nwishlists\n";
        let table = with_leaves("cart\n", &[("wishlist", text)]);
        let faults = table.faults();
        for about in ["`cart`", "`db`", "`wishlists`", "`everywhere:`"] {
            let told = faults.iter().filter(|fault| {
                fault.starts_with("The lines of `wishlist`") && fault.contains(about)
            });
            assert_eq!(told.count(), 1, "{about} in {faults:#?}");
        }
        assert_eq!(table.everywhere, Vec::<String>::new());
    }

    #[test]
    fn names_that_say_nothing_are_faults() {
        let table = Table::parse("everywhere: error\ndb -> error, dbb\ncart -> db, db\n");
        assert_eq!(
            table.faults(),
            [
                "In the line of `db`: `error` may be used everywhere. It need not be named.",
                "In the line of `db`: `dbb` has no line of its own. Give it one, or correct the name.",
                "In the line of `cart`: `db` is named twice. Once is enough.",
            ]
        );
    }
}
