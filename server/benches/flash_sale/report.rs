//! What a run of the bench comes to.

use std::process::ExitCode;

use crate::{
    load::table::{self, Row},
    rig::{Cluster, Node, Postgres, Redis},
};

use super::parts::Pace;

/// What rows are measured on.
pub struct Ground<'a> {
    pub pace: Pace,
    pub postgres: &'a Postgres,
    pub redis: &'a Redis,
}

impl Ground<'_> {
    /// A shop of one node with a new database.
    pub async fn shop(&self) -> Cluster {
        self.shop_of(1).await
    }

    pub async fn shop_of(&self, nodes: usize) -> Cluster {
        let shop = Cluster::on(self.postgres).await.redis(self.redis);
        shop.nodes(nodes).start().await
    }
}

#[derive(Default)]
pub struct Report {
    facts: Vec<String>,
    rows: Vec<Row>,
    /// What must not be; told after the table, which would be lost otherwise.
    wrong: Vec<String>,
}

impl Report {
    pub fn fact(&mut self, fact: String) {
        eprintln!("{fact}");
        self.facts.push(fact);
    }

    pub fn add(&mut self, row: Row) {
        table::progress(&row);
        self.rows.push(row);
    }

    pub fn wrong(&mut self, what: String) {
        self.wrong.push(what);
    }

    /// What the shop's own audit says of the books.
    pub fn audit(&mut self, of: &str, node: &Node) {
        let audit = node.run(&["check"], "");
        let said = String::from_utf8_lossy(&audit.stdout).into_owned();
        let said = format!("`server check` after {of}: {}", said.trim());
        if !audit.status.success() {
            self.wrong.push(said.clone());
        }
        self.fact(said);
    }

    /// Prints the table, and what was wrong.
    pub fn end(self) -> ExitCode {
        table::print("Flash sale", &self.facts, &self.rows);
        for wrong in &self.wrong {
            eprintln!("Wrong: {wrong}");
        }
        match self.wrong.is_empty() {
            true => ExitCode::SUCCESS,
            false => ExitCode::FAILURE,
        }
    }
}
