//! `/admin/orders/{id}/refund`: choose units, see what it comes to, refund.
//!
//! The choice is in the address, so that looking at an amount changes nothing; the button that
//! refunds sends the amount that was shown along, and another one is refused.

use app::{
    error::ShopError,
    identity::Role,
    orders::payment::{DisputeState, PaymentStatus},
    ui::{
        breadcrumbs::{breadcrumbs, crumb},
        field::RefusalBanner,
        path::path_part,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::admin::{
    frame::{Section, admin_page, refusal},
    orders::{
        api::RefundLine,
        ports::order_admin,
        refund_form::{choice, preview},
        said,
        types::{AdminOrder, Quote, RefundRequest, RefundUnits, Restock, ShippingRefund},
    },
};

/// A whole number as typed.
pub fn whole_number(field: &str, text: &str) -> Result<i64, ShopError> {
    text.trim()
        .parse()
        .map_err(|_| ShopError::field(field, said().whole_number()))
}

/// What a refund's form asks for.
pub fn request(
    lines: &[RefundLine],
    all: &str,
    shipping: &str,
    restock: &str,
    note: String,
) -> Result<RefundRequest, ShopError> {
    let units = match all {
        "1" | "true" => RefundUnits::Rest,
        _ => RefundUnits::Some(units(lines)?),
    };
    Ok(RefundRequest {
        units,
        shipping: match shipping {
            "1" | "true" => ShippingRefund::Include,
            _ => ShippingRefund::LeaveOut,
        },
        restock: match restock {
            "1" | "true" => Restock::ToStock,
            "" | "0" | "false" => Restock::Not,
            _ => return Err(ShopError::field("restock", said().say_one_or_zero())),
        },
        note,
    })
}

fn units(lines: &[RefundLine]) -> Result<Vec<(usize, i64)>, ShopError> {
    let mut units = Vec::new();
    for line in lines {
        let typed = line.units.trim();
        let at: usize = match line.position.trim().parse() {
            Ok(at) => at,
            Err(_) if typed.is_empty() => continue,
            Err(_) => {
                return Err(ShopError::field("lines[0][position]", said().which_line()));
            }
        };
        let field = format!("lines[{at}][units]");
        units.push((
            at,
            if typed.is_empty() {
                0
            } else {
                whole_number(&field, typed)?
            },
        ));
    }
    Ok(units)
}

/// The choice as it is in the address.
#[derive(Debug, Clone, Default)]
pub struct Chosen {
    /// By line, as typed.
    pub units: Vec<String>,
    pub shipping: String,
    pub restock: String,
    pub note: String,
    /// Whether anything was chosen at all.
    asked: bool,
}

impl Chosen {
    fn of_address(lines: usize) -> Self {
        let query = use_query_map().get_untracked();
        let text = |name: &str| query.get(name).unwrap_or_default();
        Self {
            units: (0..lines)
                .map(|at| text(&format!("lines[{at}][units]")))
                .collect(),
            shipping: text("shipping"),
            restock: text("restock"),
            note: text("note"),
            asked: query.get_str("restock").is_some(),
        }
    }

    fn request(&self) -> Result<RefundRequest, ShopError> {
        let lines: Vec<_> = self
            .units
            .iter()
            .enumerate()
            .map(|(at, units)| RefundLine {
                position: at.to_string(),
                units: units.clone(),
            })
            .collect();
        request(&lines, "", &self.shipping, &self.restock, self.note.clone())
    }
}

#[component]
pub fn AdminRefundPage() -> impl IntoView {
    let id = path_part("id");
    let port = order_admin();
    let refused = refusal();
    // Read here: what comes after the wait has no router any more.
    let chosen = Chosen::of_address(MOST_LINES);
    let data = async move {
        let desk = port.order(&id).await?;
        let mut chosen = chosen;
        chosen.units.truncate(desk.order.lines.len());
        let quote = match chosen.asked {
            false => None,
            true => Some(match chosen.request() {
                Ok(request) => port.quote(&id, &request).await,
                Err(error) => Err(error),
            }),
        };
        Ok((desk, chosen, quote))
    };
    admin_page(Role::Staff, data, move |_, (desk, chosen, quote)| {
        let title = said().refund_title(&desk.order.number);
        let content = page(&desk, &chosen, quote, refused, &title);
        Section::Orders.page(title, content)
    })
}

/// More lines than a cart can come to.
const MOST_LINES: usize = 1000;

fn page(
    desk: &AdminOrder,
    chosen: &Chosen,
    quote: Option<Result<Quote, ShopError>>,
    refused: Option<ShopError>,
    title: &str,
) -> AnyView {
    let order = &desk.order;
    let above = (
        crumb("/admin/orders", said().orders()),
        crumb(&format!("/admin/orders/{}", order.id), &order.number),
    );
    let wrong = quote
        .as_ref()
        .and_then(|quote| quote.as_ref().err())
        .cloned();
    let shown = refused.or_else(|| wrong.clone());
    let banner = shown.map(|error| view! { <RefusalBanner error/> });
    let result = quote
        .and_then(Result::ok)
        .map(|quote| preview(desk, chosen, &quote));
    let form = if desk.allows_refund() {
        choice(desk, chosen, wrong.as_ref())
    } else {
        let words = match order.payment_status {
            PaymentStatus::Disputed => said().no_refund_disputed().to_owned(),
            PaymentStatus::Pending
            | PaymentStatus::Due
            | PaymentStatus::Authorised
            | PaymentStatus::Captured
            | PaymentStatus::Declined
            | PaymentStatus::Voided
            | PaymentStatus::Refunded => said().no_refund(order.status.as_str()),
        };
        view! { <p class="panel">{words}</p> }.into_any()
    };
    let is_asked = desk
        .disputes
        .iter()
        .any(|dispute| dispute.state == DisputeState::Asked);
    let asked = is_asked.then(|| view! { <p class="panel">{said().refund_while_asked()}</p> });
    view! {
        <div class="admin-head">
            {breadcrumbs(above, said().refund())}
            <h1 class="admin-title">{title.to_owned()}</h1>
        </div>
        {banner} {asked}
        <div class="admin-cols">
            <div class="stack">{form}</div>
            <div class="stack">{result}</div>
        </div>
    }
    .into_any()
}
