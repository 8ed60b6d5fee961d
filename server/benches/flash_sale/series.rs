//! One row, run after run.

use crate::load::{
    run::Measured,
    spread::Spread,
    table::{Row, thousands},
};

use super::orders::Placed;

/// Orders that are placed.
pub const PLACED: u16 = 200;

pub struct Series {
    what: String,
    pub runs: Vec<Measured>,
    orders_a_batch: Vec<f64>,
    wal_each: Vec<f64>,
}

impl Series {
    pub fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            runs: Vec::new(),
            orders_a_batch: Vec::new(),
            wal_each: Vec::new(),
        }
    }

    pub fn push(&mut self, measured: Measured) {
        self.runs.push(measured);
    }

    pub fn push_placed(&mut self, placed: Placed) {
        self.runs.push(placed.measured);
        self.orders_a_batch.push(placed.orders_a_batch);
        self.wal_each.extend(placed.wal_each);
    }

    /// Orders a second, of each run.
    pub fn rates(&self) -> Vec<f64> {
        self.each(|run| run.rate(PLACED))
    }

    pub fn each(&self, value: impl Fn(&Measured) -> f64) -> Vec<f64> {
        self.runs.iter().map(value).collect()
    }

    /// Milliseconds of server, database and Redis that an order cost.
    pub fn shop_ms(&self) -> Spread {
        Spread::of(&self.each(|run| run.cpu.shop_ms(run.count(PLACED))))
    }

    /// KB of write-ahead log that an order cost.
    pub fn wal_kb(&self) -> Spread {
        let kb: Vec<f64> = self.wal_each.iter().map(|bytes| bytes / 1000.0).collect();
        Spread::of(&kb)
    }

    pub fn ratio(&self, bases: &[f64]) -> Spread {
        Spread::of_ratios(&self.rates(), bases)
    }

    pub fn row(&self) -> Row {
        self.row_of("orders/s", PLACED)
    }

    pub fn row_of(&self, unit: &str, status: u16) -> Row {
        let mut row = Row::of_runs(&self.what, unit, status, &self.runs);
        if !self.orders_a_batch.is_empty() {
            let batch = Spread::of(&self.orders_a_batch).median;
            row = row.note(&format!("{batch:.0} orders a batch"));
        }
        if !self.wal_each.is_empty() {
            let bytes = Spread::of(&self.wal_each).text(thousands);
            row = row.cost(&format!("WAL {bytes} bytes"));
        }
        row
    }
}
