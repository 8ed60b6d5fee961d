//! Puts the shop together from its parts.

use std::sync::Arc;

use app::ports::{Shop, ShopSettings};

use crate::{
    account::AccountService,
    admin::AdminService,
    cart::CartService,
    catalog::{
        CatalogService,
        jobs::JobService,
        media::MediaStore,
        stock_feed::{Limits, StockFeed},
    },
    checkout::{
        CheckoutService,
        payment::{CashOnDelivery, Payments, TestCard},
    },
    clock::Clock,
    customers::CustomerService,
    dashboard::DashboardService,
    db::Db,
    orders::OrderService,
    settings::{Settings, SettingsService},
    staff::StaffService,
};

/// The services of one node.
#[derive(Clone)]
pub struct Services {
    pub db: Db,
    pub clock: Arc<dyn Clock>,
    pub settings: Settings,
    pub media: MediaStore,
    pub accounts: Arc<AccountService>,
    pub admin: Arc<AdminService>,
    pub jobs: Arc<JobService>,
    pub checkout: Arc<CheckoutService>,
    pub stock: StockFeed,
    pub shop: Shop,
}

impl Services {
    pub fn new(db: Db, clock: Arc<dyn Clock>, settings: ShopSettings, media: MediaStore) -> Self {
        // First: whatever asks for a counter before this counts nothing.
        crate::telemetry::install();
        let settings = Settings::new(db.clone(), settings);
        let payments = Payments::new(vec![
            Arc::new(CashOnDelivery),
            Arc::new(TestCard::new(db.clone(), clock.clone())),
        ]);
        let accounts = Arc::new(AccountService::new(
            db.clone(),
            clock.clone(),
            settings.clone(),
        ));
        let admin = Arc::new(AdminService::new(
            db.clone(),
            clock.clone(),
            settings.clone(),
        ));
        let jobs = Arc::new(JobService::new(
            db.clone(),
            clock.clone(),
            settings.clone(),
            media.clone(),
        ));
        let checkout = Arc::new(CheckoutService::new(
            db.clone(),
            clock.clone(),
            settings.clone(),
            payments.clone(),
        ));
        let orders = Arc::new(OrderService::new(db.clone(), clock.clone(), payments));
        let stock = StockFeed::new(db.clone(), Limits::default());
        let own_orders = orders.clone();
        let staff = StaffService::new(db.clone(), clock.clone(), accounts.clone());
        let customers = CustomerService::new(
            db.clone(),
            clock.clone(),
            settings.clone(),
            accounts.clone(),
        );
        let shop = Shop {
            settings: settings.defaults().clone(),
            catalog: Arc::new(CatalogService::new(db.clone(), settings.clone())),
            cart: Arc::new(CartService::new(
                db.clone(),
                clock.clone(),
                settings.clone(),
            )),
            checkout: checkout.clone(),
            orders: orders.clone(),
            order_desk: orders,
            accounts: accounts.clone(),
            own_account: accounts.clone(),
            second_factors: accounts.clone(),
            own_orders,
            admin: admin.clone(),
            audit_log: admin.clone(),
            jobs: jobs.clone(),
            staff: Arc::new(staff),
            customers: Arc::new(customers),
            dashboard: Arc::new(DashboardService::new(
                db.clone(),
                clock.clone(),
                settings.clone(),
            )),
            settings_desk: Arc::new(SettingsService::new(settings.clone(), clock.clone())),
        };
        Self {
            db,
            clock,
            settings,
            media,
            accounts,
            admin,
            jobs,
            checkout,
            stock,
            shop,
        }
    }

    /// The shop for a request, with the settings that it goes by.
    pub fn shop_with(&self, settings: Arc<ShopSettings>) -> Shop {
        Shop {
            settings,
            ..self.shop.clone()
        }
    }

    /// What has to be done now and then on any node: ending what has expired. A step that fails is
    /// done the next time and keeps no other from being done.
    pub async fn tidy(&self) {
        let now = self.clock.now();
        self.accounts.tidy();
        let steps = [
            self.checkout.settle_overdue().await.map(drop),
            crate::catalog::write::refresh_sold(&self.db)
                .await
                .map(drop),
            crate::cart::store::drop_expired(&self.db, now)
                .await
                .map(drop),
            crate::account::store::drop_expired(&self.db, now).await,
            crate::mail::outbox::drop_old(&self.db, now).await,
            self.jobs.tidy().await,
        ];
        for error in steps.into_iter().filter_map(Result::err) {
            tracing::warn!(%error, "tidying up failed and will be tried again");
        }
    }
}
