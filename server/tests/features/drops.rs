//! Drops: a start that is one moment, secrets that are kept until then, and those who are told before.

mod checks;
mod edit;
mod ends;
mod file;
mod goods;
mod live;
mod pages;
mod preview;
mod reminders;
mod report;
mod room;
mod secret;
mod sources;
mod start;
mod unseen;

use app::{
    drops::types::{DropForm, DropSaved, LineForm},
    error::ShopResult,
    identity::Account,
    ui::date::Zone,
};

use crate::support::{Goods, HOUR, MINUTE, START, Stocked, TestShop};

/// A full minute, an hour after tests begin and some.
pub const OPENS: i64 = START - START % MINUTE + HOUR;

/// As a field for a date and a time has it; tests' shops are in UTC.
pub fn typed(at: i64) -> String {
    Zone::named("UTC").minute(at)
}

/// When a drop does what.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    pub reveal: Option<i64>,
    pub opens: i64,
    pub closes: Option<i64>,
}

impl Times {
    /// Its goods are new: they are shown ten minutes before it starts.
    pub const NEW: Self = Self {
        reveal: Some(OPENS - 10 * MINUTE),
        opens: OPENS,
        closes: Some(OPENS + HOUR),
    };
    /// Its goods are sold as ever until it starts.
    pub const SOLD: Self = Self {
        reveal: None,
        ..Self::NEW
    };

    pub fn form(self, title: &str) -> DropForm {
        let maybe = |at: Option<i64>| at.map_or_else(String::new, typed);
        DropForm {
            title: title.to_owned(),
            reveal: maybe(self.reveal),
            opens: typed(self.opens),
            closes: maybe(self.closes),
            ..DropForm::default()
        }
    }
}

/// What a drop has of a variant.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    pub variant: &'a str,
    pub price: &'a str,
    pub units: i64,
    pub limit: &'a str,
}

impl<'a> Line<'a> {
    /// So many at 20.00, of which everybody may have any number.
    pub const fn of(variant: &'a str, units: i64) -> Self {
        Self {
            variant,
            price: "20",
            units,
            limit: "",
        }
    }

    pub fn form(self) -> LineForm {
        LineForm {
            variant_id: self.variant.to_owned(),
            price: self.price.to_owned(),
            units: self.units.to_string(),
            limit: self.limit.to_owned(),
        }
    }
}

/// A drop that is written down, with these goods in it; each line is what it is without being told.
pub async fn draft(
    shop: &TestShop,
    actor: &Account,
    title: &str,
    times: Times,
    goods: &[&Stocked],
) -> DropSaved {
    let desk = &shop.shop().drop_admin;
    let saved = desk.create(actor, times.form(title)).await.unwrap();
    for product in goods {
        desk.add(actor, &saved.id, &product.id).await.unwrap();
    }
    saved
}

/// Ropes, of which a drop sells so many at 20.00.
pub async fn ropes(shop: &TestShop, actor: &Account, units: i64) -> (Stocked, DropSaved) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let line = Line::of(rope.variant(), units);
    let saved = planned(shop, actor, "Summer", Times::NEW, (&rope, line)).await;
    (rope, saved)
}

/// The same with one variant as `line` says, planned.
pub async fn planned(
    shop: &TestShop,
    actor: &Account,
    title: &str,
    times: Times,
    (product, line): (&Stocked, Line<'_>),
) -> DropSaved {
    let saved = draft(shop, actor, title, times, &[product]).await;
    let desk = &shop.shop().drop_admin;
    desk.set_line(actor, &saved.id, line.form()).await.unwrap();
    desk.plan(actor, &saved.id).await.unwrap();
    saved
}

/// Units of a line that are set aside and not sold.
pub async fn remaining(shop: &TestShop, id: &str) -> i64 {
    let sql = format!("SELECT remaining AS n FROM drop_lines WHERE drop_id = '{id}'");
    shop.number(&sql).await
}

pub fn kind<T>(outcome: ShopResult<T>) -> app::error::ErrorKind {
    match outcome {
        Ok(_) => panic!("it is refused"),
        Err(refused) => refused.kind,
    }
}
