//! What is counted of orders' money: what came in, apart from what someone is to collect.

/// Where the money of an order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// It came in.
    Received,
    /// The order is placed, and the carrier is paid.
    ToCollect,
    /// A bank transfer is on its way, or not.
    Awaited,
}

/// Counts orders that have come until now.
pub fn count(money: Whereabouts, orders: usize) {
    let money = match money {
        Whereabouts::Received => "received",
        Whereabouts::ToCollect => "to_collect",
        Whereabouts::Awaited => "awaited",
    };
    metrics::counter!("holdfast_order_money_total", "money" => money).increment(orders as u64);
}
