//! What rows on Postgres are compared with: the plain shop, run after run.

use std::time::Duration;

use crate::{load::table::Row, rig::Postgres};

use super::{
    plain::{Shape, on_postgres, open_postgres},
    series::Series,
};

/// Where a plain shop is best is found out each time: it has the better of these.
const CONNECTIONS: [usize; 2] = [16, 64];

/// Orders of one shape in a plain shop.
pub struct Base {
    url: String,
    shape: Shape,
    series: [Series; 2],
}

impl Base {
    /// In the plain shop at `url`. `name` is what it is called in the table.
    pub fn new(url: &str, name: &str, shape: Shape) -> Self {
        let series =
            |connections| Series::new(format!("Postgres: {name}, {connections} connections"));
        Self {
            url: url.to_owned(),
            shape,
            series: CONNECTIONS.map(series),
        }
    }

    pub async fn run(&mut self, time: Duration) {
        for (connections, series) in CONNECTIONS.into_iter().zip(&mut self.series) {
            series.push(on_postgres(&self.url, self.shape, connections, time).await);
        }
    }

    /// Orders a second of each run, with as many connections as was better in it.
    pub fn best(&self) -> Vec<f64> {
        let [few, many] = &self.series;
        let pairs = few.rates().into_iter().zip(many.rates());
        pairs.map(|(few, many)| few.max(many)).collect()
    }

    pub fn rows(&self) -> impl Iterator<Item = Row> {
        self.series.iter().map(Series::row)
    }
}

/// A new plain shop in this Postgres; its address.
pub async fn plain_shop(postgres: &Postgres) -> String {
    let name = format!("plain_{}", uuid::Uuid::new_v4().simple());
    let url = postgres.create(&name).await;
    open_postgres(&url).await;
    url
}

/// One transaction for each order of the one variant that everybody wants.
pub async fn one_row(postgres: &Postgres) -> Base {
    Base::new(
        &plain_shop(postgres).await,
        "plain transaction, one row",
        Shape::ONE_ROW,
    )
}
