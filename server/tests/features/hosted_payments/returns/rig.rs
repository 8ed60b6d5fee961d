//! A shop with a provider and a bank, and orders whose money goes back.

use app::{error::ErrorKind, identity::Account};
use desk::admin::orders::types::AdminOrder;

use crate::{
    hosted_payments::{
        WEBHOOK_SECRET, opened_with,
        provider::{Provider, Settings, books::DisputeStatus},
        refunds::{paid_with, rest},
    },
    support::{Goods, Site, Stocked, TestShop},
};

/// Why money goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Staff refunds it.
    Staff,
    /// The order is cancelled.
    Cancelled,
    /// It was taken for an order that was cancelled.
    Late,
    /// The provider's refund did not arrive, so someone pays it.
    ByHand,
}

/// What the shop is told of. That a shopper has paid, it finds out when they come back.
const TOLD: [&str; 6] = [
    "charge.dispute.created",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_reinstated",
    "refund.failed",
];

pub struct Rig {
    pub provider: Provider,
    pub shop: TestShop,
    pub rope: Stocked,
    pub site: Site,
    pub admin: Account,
}

impl Rig {
    pub async fn new(shop: &TestShop) -> Self {
        let rope = Goods::named("Rope").price(1000).units(100);
        let (provider, shop, rope) = opened_with(shop, Settings::default(), rope).await;
        let site = shop.open().await;
        let hook = format!("http://{}/hooks/stripe", site.address);
        provider.send_some_to(&hook, WEBHOOK_SECRET, &TOLD);
        let admin = shop.admin().await;
        Self {
            provider,
            shop,
            rope,
            site,
            admin,
        }
    }

    /// An order of €20 that is paid, and what its payment is called.
    pub async fn paid(&self, card: &str) -> (String, String) {
        let order = paid_with((&self.provider, &self.shop, &self.rope), card).await;
        let intent = self.intent(&order.order.id);
        (order.order.id, intent)
    }

    pub fn intent(&self, order_id: &str) -> String {
        let accounts = self.provider.accounts().into_iter();
        let mut of = accounts.filter(|account| account.order_id.as_deref() == Some(order_id));
        of.next().expect("it was paid").intent
    }

    pub fn refunded(&self, intent: &str) -> i64 {
        let accounts = self.provider.accounts().into_iter();
        let of = accounts.filter(|account| account.intent == intent);
        of.map(|account| account.refunded).sum()
    }

    pub async fn desk(&self, id: &str) -> AdminOrder {
        self.shop.shop().order_desk.order(id).await.unwrap()
    }

    pub async fn dispute(&self, intent: &str) -> String {
        let dispute = self.provider.dispute(intent, "fraudulent");
        self.provider.quiet().await;
        dispute
    }

    pub async fn close(&self, dispute: &str, status: DisputeStatus) {
        self.provider.close_dispute(dispute, status);
        self.provider.quiet().await;
    }

    pub async fn tidy(&self) {
        self.shop.services.checkout.settle_overdue().await.unwrap();
    }

    /// Decides that the money goes back. Whether that was allowed.
    pub async fn decide(&self, way: Way, id: &str) -> Result<(), ErrorKind> {
        let done = match way {
            Way::Staff | Way::ByHand => {
                self.shop
                    .shop()
                    .order_desk
                    .refund(&self.admin, id, rest(1))
                    .await
            }
            Way::Cancelled | Way::Late => self.shop.shop().orders.cancel(&self.admin, id).await,
        };
        done.map(|_| ()).map_err(|error| error.kind)
    }
}
