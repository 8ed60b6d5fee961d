//! What the table of orders is narrowed to: kept in its address, chosen in one form.

use app::{
    answers::Cursor,
    catalog::query::encode,
    orders::{
        ports::{MoneyFilter, OrderFilter, OrderSort},
        types::OrderStatus,
    },
    ui::{
        date::{Zone, day_error},
        field::{Need, TextField},
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::admin::{
    columns::{self, Columns},
    orders::said,
};

pub const HERE: &str = "/admin/orders";

/// What the address asks for, as it was typed; empty for what it does not.
#[derive(Debug, Clone, Default)]
pub struct AskedOrders {
    text: String,
    pub status: Option<OrderStatus>,
    from: String,
    to: String,
    customer: String,
    product: String,
    pub money: Option<MoneyFilter>,
    pub sort: OrderSort,
    pub columns: Columns<OrderColumn>,
    cursor: Option<Cursor>,
}

app::words! {
    /// What the table shows beside the order's number.
    pub enum OrderColumn {
        Date = "date",
        Customer = "customer",
        Status = "status",
        Units = "units",
        Total = "total",
    }
}

impl AskedOrders {
    pub fn of_address() -> Self {
        let query = use_query_map().get_untracked();
        let text = |name: &str| {
            let text = query.get(name).unwrap_or_default();
            text.trim().to_owned()
        };
        Self {
            text: text("q"),
            status: query.get_str("status").and_then(OrderStatus::parse),
            from: text("from"),
            to: text("to"),
            customer: text("customer"),
            product: text("product"),
            money: query.get_str("money").and_then(MoneyFilter::parse),
            sort: query
                .get_str("sort")
                .and_then(OrderSort::parse)
                .unwrap_or_default(),
            columns: {
                let named = query.get_all(columns::NAME).unwrap_or_default();
                Columns::named(named.iter().map(String::as_str))
            },
            cursor: {
                let after = query.get("after").map(Cursor::After);
                after.or_else(|| query.get("before").map(Cursor::Before))
            },
        }
    }

    /// Days are those of `zone`.
    pub fn filter(&self, zone: &Zone) -> OrderFilter {
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let (from, until) = zone.days(&self.from, &self.to);
        OrderFilter {
            text: some(&self.text),
            status: self.status,
            from,
            until,
            customer: some(&self.customer),
            product: some(&self.product),
            money: self.money,
            sort: self.sort,
            cursor: self.cursor.clone(),
        }
    }

    /// The address of this list in another status, from its first page on.
    pub fn href(&self, status: Option<OrderStatus>) -> String {
        address(&self.pairs(status, None))
    }

    /// The address of another page of it.
    pub fn at(&self, cursor: &Cursor) -> String {
        address(&self.pairs(self.status, Some(cursor)))
    }

    /// The parts of the list's address from its first page on.
    pub fn pairs_of_first_page(&self) -> Vec<(String, String)> {
        self.pairs(self.status, None)
    }

    fn pairs(&self, status: Option<OrderStatus>, cursor: Option<&Cursor>) -> Vec<(String, String)> {
        let at = cursor.map(Cursor::pair);
        let columns = self.columns.keys().map(|key| (columns::NAME, key));
        [
            ("q", self.text.as_str()),
            ("status", status.map_or("", OrderStatus::as_str)),
            ("from", &self.from),
            ("to", &self.to),
            ("customer", &self.customer),
            ("product", &self.product),
            ("money", self.money_text()),
            ("sort", self.sort_text()),
        ]
        .into_iter()
        .chain(columns)
        .chain(at)
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
    }

    /// What narrows the list, as its address has it.
    pub fn query(&self) -> String {
        let href = self.href(self.status);
        href.split_once('?')
            .map_or(String::new(), |(_, query)| query.to_owned())
    }

    /// The same list by what is open of the orders' money, in any status.
    pub fn by_money(&self, money: Option<MoneyFilter>) -> Self {
        Self {
            money,
            ..self.clone()
        }
    }

    /// The same list in another order.
    pub fn sorted(&self, sort: OrderSort) -> Self {
        Self {
            sort,
            ..self.clone()
        }
    }

    /// Empty for the order that goes without saying.
    fn sort_text(&self) -> &'static str {
        match self.sort {
            OrderSort::Newest => "",
            sort => sort.as_str(),
        }
    }

    fn money_text(&self) -> &'static str {
        self.money.map_or("", MoneyFilter::as_str)
    }

    /// Whether it is all orders of a tab.
    pub fn is_whole(&self) -> bool {
        self.text.is_empty() && !self.is_narrowed()
    }

    /// Whether one of the filters besides status and search is set.
    fn is_narrowed(&self) -> bool {
        [&self.from, &self.to, &self.customer, &self.product]
            .iter()
            .any(|text| !text.is_empty())
    }
}

fn address(pairs: &[(String, String)]) -> String {
    match pairs.is_empty() {
        true => HERE.to_owned(),
        false => format!("{HERE}?{}", encode(pairs)),
    }
}

/// One form: searching keeps the filters and the other way round.
pub fn filters(asked: &AskedOrders) -> AnyView {
    let status = asked
        .status
        .map(|status| view! { <input type="hidden" name="status" value=status.as_str()/> });
    let money = asked
        .money
        .map(|_| view! { <input type="hidden" name="money" value=asked.money_text()/> });
    let sort = match asked.sort {
        OrderSort::Newest => None,
        sort => Some(view! { <input type="hidden" name="sort" value=sort.as_str()/> }),
    };
    let clear = (asked.is_narrowed() || !asked.text.is_empty()).then(|| {
        let plain = AskedOrders {
            money: asked.money,
            sort: asked.sort,
            columns: asked.columns.clone(),
            ..AskedOrders::default()
        };
        let plain = plain.href(asked.status);
        view! { <a class="btn-text" href=plain>{said().clear()}</a> }
    });
    view! {
        <form class="order-filters" role="search" action=HERE method="get">
            {status} {money} {sort} {asked.columns.hidden()}
            <div class="admin-search">
                <label class="visually-hidden" for="s">{said().search_orders()}</label>
                <input
                    class="input"
                    id="s"
                    name="q"
                    type="search"
                    placeholder=said().search_hint()
                    value=asked.text.clone()
                />
                <button class="btn" type="submit">{said().search()}</button>
            </div>
            <details class="fold" open=asked.is_narrowed()>
                <summary>{icon(Icon::Filter)} {said().filters()} {icon(Icon::Chevron)}</summary>
                <div class="form-grid">
                    {more(asked)}
                    <p class="row">
                        <button class="btn" type="submit">{said().apply_filters()}</button>
                        {clear}
                    </p>
                </div>
            </details>
        </form>
    }
    .into_any()
}

fn more(asked: &AskedOrders) -> impl IntoView + use<> {
    view! {
        <TextField
            name="from"
            label=said().first_day()
            kind="date"
            class="col-half"
            need=Need::Unmarked
            value=asked.from.clone()
            error=day_error(&asked.from)
        />
        <TextField
            name="to"
            label=said().last_day()
            kind="date"
            class="col-half"
            need=Need::Unmarked
            value=asked.to.clone()
            error=day_error(&asked.to)
        />
        <TextField
            name="customer"
            label=said().customers_e_mail()
            class="col-half"
            need=Need::Unmarked
            autocomplete="off"
            value=asked.customer.clone()
        />
        <TextField
            name="product"
            label=said().product_or_sku()
            class="col-half"
            need=Need::Unmarked
            autocomplete="off"
            value=asked.product.clone()
        />
    }
}

#[cfg(test)]
mod tests {
    use super::{AskedOrders, Columns, Cursor, OrderStatus, Zone};

    #[test]
    fn the_address_keeps_every_filter() {
        assert_eq!(AskedOrders::default().href(None), "/admin/orders");
        let asked = AskedOrders {
            text: "ä b".to_owned(),
            from: "2026-11-01".to_owned(),
            customer: "kim+1@example.com".to_owned(),
            status: Some(OrderStatus::Packed),
            ..AskedOrders::default()
        };
        assert_eq!(
            asked.at(&Cursor::After("1~x".to_owned())),
            "/admin/orders?q=%C3%A4+b&status=packed&from=2026-11-01\
             &customer=kim%2B1%40example.com&after=1%7Ex"
        );
    }

    #[test]
    fn columns_stand_in_the_address_and_narrow_nothing() {
        let asked = AskedOrders {
            columns: Columns::named(["total", "date"]),
            ..AskedOrders::default()
        };
        let href = "/admin/orders?column=date&column=total";
        assert_eq!(asked.href(None), href);
        let before = asked.at(&Cursor::Before("1~x".to_owned()));
        assert_eq!(before, format!("{href}&before=1%7Ex"));
        assert!(asked.is_whole());
    }

    #[test]
    fn the_last_day_is_meant_as_a_whole() {
        let asked = AskedOrders {
            from: "2026-10-25".to_owned(),
            to: "2026-10-25".to_owned(),
            ..AskedOrders::default()
        };
        for (zone, hours) in [("UTC", 24), ("Europe/Berlin", 25)] {
            let filter = asked.filter(&Zone::named(zone));
            let length = filter.until.unwrap() - filter.from.unwrap();
            assert_eq!(length, hours * 60 * 60 * 1000, "{zone}");
        }
    }
}
