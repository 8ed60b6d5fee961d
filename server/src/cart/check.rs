//! Whether a line can be bought as it is: the one rule for cart, checkout and order.

use app::error::{ErrorKind, LineProblem};

use crate::{
    admission::ticket::Ticket,
    buyer_limits::decide::Stop,
    sale::terms::{Source, Terms},
};

/// What the shopper wants and saw.
#[derive(Debug, Clone, Copy)]
pub struct WantedLine<'a> {
    pub variant_id: &'a str,
    pub title: &'a str,
    pub quantity: i64,
    pub seen_price_minor: i64,
}

/// What the shop has now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    pub active: bool,
    pub stock: i64,
    pub price_minor: i64,
    /// It cannot be had before this time, in milliseconds since 1970.
    pub sold_from: Option<i64>,
}

/// What holds at a moment.
impl From<&Terms> for Offer {
    fn from(terms: &Terms) -> Self {
        Self {
            active: terms.is_seen,
            stock: terms.units,
            price_minor: terms.price_minor,
            sold_from: terms.source.not_before(),
        }
    }
}

/// `offer` is `None` for a variant that no longer exists.
pub fn problem(wanted: WantedLine<'_>, offer: Option<Offer>) -> Option<LineProblem> {
    let kind = match offer {
        None | Some(Offer { active: false, .. }) => ErrorKind::Inactive,
        Some(offer) if offer.sold_from.is_some() => ErrorKind::NotYet,
        Some(offer) if offer.stock <= 0 => ErrorKind::SoldOut,
        Some(offer) if offer.stock < wanted.quantity => ErrorKind::Insufficient,
        Some(offer) if offer.price_minor != wanted.seen_price_minor => ErrorKind::PriceChanged,
        Some(_) => return None,
    };
    let offer = offer.filter(|offer| offer.active);
    Some(LineProblem {
        variant_id: wanted.variant_id.to_owned(),
        kind,
        title: wanted.title.to_owned(),
        available: offer.map_or(0, |offer| offer.stock.max(0)),
        price_minor: offer.map_or(wanted.seen_price_minor, |offer| offer.price_minor),
        seen_price_minor: wanted.seen_price_minor,
        limit: None,
    })
}

/// Something is sold to those alone who are let in, and who wants it is not. It is asked last: nobody waits for what
/// is sold out.
pub fn shut_out(
    wanted: WantedLine<'_>,
    offer: Offer,
    source: &Source,
    tickets: &[Ticket],
) -> Option<LineProblem> {
    let (drop_id, gate) = source.gate()?;
    match gate.let_in(drop_id, tickets) {
        Some(_) => None,
        None => Some(LineProblem {
            variant_id: wanted.variant_id.to_owned(),
            kind: ErrorKind::Waiting,
            title: wanted.title.to_owned(),
            available: offer.stock.max(0),
            price_minor: offer.price_minor,
            seen_price_minor: wanted.seen_price_minor,
            limit: None,
        }),
    }
}

/// The same where a limit may stop it. What is told is what leaves the fewest units.
pub fn problem_within(
    wanted: WantedLine<'_>,
    offer: Option<Offer>,
    stop: Option<&Stop>,
) -> Option<LineProblem> {
    let found = problem(wanted, offer);
    let (Some(stop), Some(offer)) = (stop, offer) else {
        return found;
    };
    let is_worse = match &found {
        None => false,
        Some(found) => match found.kind {
            ErrorKind::PriceChanged => false,
            ErrorKind::Insufficient => found.available <= stop.available,
            _ => true,
        },
    };
    match is_worse {
        true => found,
        false => Some(LineProblem {
            variant_id: wanted.variant_id.to_owned(),
            kind: ErrorKind::LimitReached,
            title: wanted.title.to_owned(),
            available: stop.available,
            price_minor: offer.price_minor,
            seen_price_minor: wanted.seen_price_minor,
            limit: Some(stop.limit.clone()),
        }),
    }
}

/// How a line is called where there is room for one line of text.
pub fn line_title(title: &str, variant_title: &str) -> String {
    if variant_title.is_empty() {
        title.to_owned()
    } else {
        format!("{title} ({variant_title})")
    }
}

#[cfg(test)]
mod tests {
    use app::error::BuyerLimit;

    use super::*;

    fn kind(offer: Option<Offer>) -> Option<ErrorKind> {
        let wanted = WantedLine {
            variant_id: "v",
            title: "Tent",
            quantity: 2,
            seen_price_minor: 100,
        };
        problem(wanted, offer).map(|problem| problem.kind)
    }

    #[test]
    fn each_way_a_line_can_be_wrong_is_told_apart() {
        let good = Offer {
            active: true,
            stock: 2,
            price_minor: 100,
            sold_from: None,
        };
        let later = Offer {
            stock: 0,
            sold_from: Some(7),
            ..good
        };
        assert_eq!(kind(Some(later)), Some(ErrorKind::NotYet));
        assert_eq!(kind(Some(good)), None);
        assert_eq!(kind(None), Some(ErrorKind::Inactive));
        assert_eq!(
            kind(Some(Offer {
                active: false,
                ..good
            })),
            Some(ErrorKind::Inactive)
        );
        assert_eq!(
            kind(Some(Offer { stock: 0, ..good })),
            Some(ErrorKind::SoldOut)
        );
        assert_eq!(
            kind(Some(Offer { stock: 1, ..good })),
            Some(ErrorKind::Insufficient)
        );
        assert_eq!(
            kind(Some(Offer {
                price_minor: 90,
                ..good
            })),
            Some(ErrorKind::PriceChanged)
        );
    }

    #[test]
    fn of_a_limit_and_the_stock_what_leaves_less_is_told() {
        let told = |stock: i64, available: i64| {
            let wanted = WantedLine {
                variant_id: "v",
                title: "Tent",
                quantity: 5,
                seen_price_minor: 100,
            };
            let offer = Offer {
                active: true,
                stock,
                price_minor: 100,
                sold_from: None,
            };
            let limit = BuyerLimit {
                units: 3,
                ordered: None,
            };
            let stop = Stop { available, limit };
            let problem = problem_within(wanted, Some(offer), Some(&stop)).unwrap();
            (problem.kind, problem.available)
        };
        assert_eq!(told(9, 3), (ErrorKind::LimitReached, 3));
        assert_eq!(told(4, 3), (ErrorKind::LimitReached, 3));
        assert_eq!(told(2, 3), (ErrorKind::Insufficient, 2));
        assert_eq!(told(0, 0), (ErrorKind::SoldOut, 0));
    }
}
