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
}

pub struct Row {
    pub unit: String,
    pub uses: Vec<String>,
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
                });
            }
        }
        table
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

    /// Later units stand higher.
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
        let mut faults = Vec::new();
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
