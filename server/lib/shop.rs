//! Puts the shop together from its parts.

use std::sync::Arc;

use app::{
    account::{
        ports::{Accounts, OwnAccount, OwnOrders},
        second_factor::ports::SecondFactors,
    },
    braking::Braking,
    checkout::ports::Checkout,
    features,
    orders::ports::Orders,
    shop::{PaymentMode, Ports, Shop, ShopSettings},
};

use crate::{
    account::AccountService,
    admin::{
        customers::CustomerService, methods::MethodService, payments::PaymentBookService,
        products::AdminService, staff::StaffService,
    },
    brakes::BrakeService,
    checkout::CheckoutService,
    clock::Clock,
    feature::{self, Parts},
    jobs::JobService,
    orders::{OrderService, cancel::Cancellations, paid::PaymentNotes},
    payment::{
        BankTransfer, CashOnDelivery, Hosted, PaymentProvider, Payments, TestCard, port::Provider,
    },
    pictures::media::MediaStore,
    sale::moments::DropMoments,
    settings::Settings,
    stock_feed::{Limits, Registry, StockFeed, Streams},
    store::Store,
};
use desk::admin::{
    customers::ports::Customers, jobs::ports::ProductJobs, methods::ports::MethodAdmin,
    orders::ports::OrderAdmin, payments::ports::PaymentBooks, products::ports::ProductAdmin,
    staff::ports::StaffAdmin, stock::ports::StockAdmin, transfers::ports::TransferAdmin,
};

/// The services of one node.
#[derive(Clone)]
pub struct Services {
    pub db: Store,
    pub clock: Arc<dyn Clock>,
    pub settings: Settings,
    pub media: MediaStore,
    pub accounts: Arc<AccountService>,
    pub admin: Arc<AdminService>,
    pub jobs: Arc<JobService>,
    pub checkout: Arc<CheckoutService>,
    pub stock: StockFeed,
    /// For those who watch a waiting room.
    pub room_seats: Registry,
    pub brakes: BrakeService,
    pub payment_books: Arc<PaymentBookService>,
    pub shop: Shop,
}

impl Services {
    /// `providers` are those with pages of their own that are set up.
    pub fn new(
        db: Store,
        clock: Arc<dyn Clock>,
        settings: ShopSettings,
        media: MediaStore,
        providers: Vec<Arc<dyn Provider>>,
    ) -> Self {
        let moments = DropMoments::new(db.control().clone(), clock.clone());
        let db = db.timed(clock.clone(), Arc::new(moments));
        // First: whatever asks for a counter before this counts nothing.
        crate::telemetry::install();
        crate::security_events::describe();
        let settings = ShopSettings {
            payment_provider: !providers.is_empty(),
            ..settings
        };
        let settings = Settings::new(db.clone(), settings);
        let brakes = BrakeService::new(&db, settings.clone());
        let mode = settings.defaults().payment_mode;
        let payments = payments(&db, &clock, &brakes, mode, providers);
        let accounts = Arc::new(AccountService::new(
            db.clone(),
            clock.clone(),
            settings.clone(),
        ));
        let staff_db = db.for_staff();
        let admin = Arc::new(AdminService::new(
            staff_db.clone(),
            clock.clone(),
            settings.clone(),
        ));
        let jobs = Arc::new(JobService::new(
            staff_db.clone(),
            clock.clone(),
            settings.clone(),
            media.clone(),
        ));
        let payment_notes = PaymentNotes::new(db.clone(), clock.clone());
        let cancellations = Cancellations::new(db.clone(), clock.clone());
        let checkout = Arc::new(CheckoutService::new(
            db.clone(),
            clock.clone(),
            settings.clone(),
            payments.clone(),
            payment_notes.clone(),
            cancellations.clone(),
        ));
        let payment_books = Arc::new(PaymentBookService::new(
            staff_db.clone(),
            clock.clone(),
            payments.clone(),
        ));
        let methods = MethodService::new(
            db.clone(),
            clock.clone(),
            settings.clone(),
            payments.clone(),
        );
        let orders = OrderService::new(
            db.clone(),
            clock.clone(),
            payments,
            payment_notes,
            cancellations,
        );
        let orders = Arc::new(orders);
        let stock = StockFeed::new(db.clone(), Limits::default());
        let room_seats = Registry::new(Streams::Rooms, Limits::of_rooms(usize::MAX));
        let staff = StaffService::new(staff_db.clone(), clock.clone(), accounts.clone());
        let customers = CustomerService::new(
            staff_db.clone(),
            clock.clone(),
            settings.clone(),
            accounts.clone(),
        );
        // What the server itself holds by name, or what is made of more than a feature's parts.
        let ports = Ports::default()
            .with::<dyn Checkout>(checkout.clone())
            .with::<dyn Orders>(orders.clone())
            .with::<dyn OrderAdmin>(orders.clone())
            .with::<dyn TransferAdmin>(orders.clone())
            .with::<dyn MethodAdmin>(Arc::new(methods))
            .with::<dyn OwnOrders>(orders)
            .with::<dyn Accounts>(accounts.clone())
            .with::<dyn OwnAccount>(accounts.clone())
            .with::<dyn SecondFactors>(accounts.clone())
            .with::<dyn ProductAdmin>(admin.clone())
            .with::<dyn StockAdmin>(admin.clone())
            .with::<dyn ProductJobs>(jobs.clone())
            .with::<dyn StaffAdmin>(Arc::new(staff))
            .with::<dyn Customers>(Arc::new(customers))
            .with::<dyn PaymentBooks>(payment_books.clone())
            .with::<dyn Braking>(Arc::new(brakes.clone()));
        let parts = Parts {
            db: db.clone(),
            clock: clock.clone(),
            settings: settings.clone(),
        };
        let staff_parts = Parts {
            db: staff_db,
            ..parts.clone()
        };
        let ports = feature::all().fold(ports, |ports, feature| {
            match feature.name().starts_with("admin::") {
                true => feature.provide(ports, &staff_parts),
                false => feature.provide(ports, &parts),
            }
        });
        let shop = Shop::new(settings.defaults().clone(), features::areas(), ports);
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
            room_seats,
            brakes,
            payment_books,
            shop,
        }
    }

    /// The same of a node that takes so many connections on which no file is sent.
    #[must_use]
    pub fn with_connections(self, connections: usize) -> Self {
        let limits = Limits::of_rooms(connections);
        Self {
            room_seats: Registry::new(Streams::Rooms, limits),
            ..self
        }
    }

    /// The shop for a request, with its settings.
    pub fn shop_with(&self, settings: Arc<ShopSettings>) -> Shop {
        self.shop.with_settings(settings)
    }

    /// What has to be done now and then on any node: ending what has expired. A step that fails is
    /// done the next time and keeps no other from being done.
    pub async fn run_maintenance(&self) {
        let now = self.clock.now();
        self.accounts.run_maintenance();
        let parts = Parts {
            db: self.db.clone(),
            clock: self.clock.clone(),
            settings: self.settings.clone(),
        };
        let mut steps = Vec::new();
        // First what asks nobody outside: a payment provider that does not answer would hold it up.
        for feature in feature::all() {
            steps.push(feature.run_maintenance(&parts).await);
        }
        steps.extend([
            self.checkout.settle_overdue().await.map(drop),
            crate::catalog::write::refresh_sold(&self.db)
                .await
                .map(drop),
            crate::catalog::write::renew_words(&self.db).await,
            crate::orders::sums::add_up(&self.db, now).await,
            crate::outbox::drop_old(&self.db, now).await,
            crate::orders::search::fill::fill(&self.db, now).await,
            crate::orders::resend::drop_old(&self.db, now).await,
            crate::payment::events::drop_old(&self.db, now).await,
            self.payment_books.run_nightly().await,
            self.jobs.run_maintenance().await,
        ]);
        for error in steps.into_iter().filter_map(Result::err) {
            tracing::warn!(%error, "maintenance failed and will be retried");
        }
    }
}

/// The ways to pay. Test cards buy in a demonstration alone; orders that they have bought are settled
/// and refunded all the same.
fn payments(
    db: &Store,
    clock: &Arc<dyn Clock>,
    brakes: &BrakeService,
    mode: PaymentMode,
    providers: Vec<Arc<dyn Provider>>,
) -> Payments {
    let mut offered: Vec<Arc<dyn PaymentProvider>> = vec![Arc::new(CashOnDelivery)];
    let mut retired = Vec::new();
    let test_card: Arc<dyn PaymentProvider> =
        Arc::new(TestCard::new(db.clone(), clock.clone(), brakes.clone()));
    match mode {
        PaymentMode::Demo => offered.push(test_card),
        PaymentMode::Real | PaymentMode::Test => retired.push(test_card),
    }
    for provider in providers {
        let hosted = Hosted::new(provider, db.clone(), clock.clone(), brakes.clone());
        offered.push(Arc::new(hosted));
    }
    offered.push(Arc::new(BankTransfer));
    Payments::new(offered, retired)
}
