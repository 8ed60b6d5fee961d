//! A shop of a test's own: its database, its clock, its goods, and its site over HTTP.
#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "each test binary uses its part of this"
)]

mod audit;
mod database;
mod factor;
mod goods;
mod mail;
#[path = "../rig/mail_server.rs"]
mod mail_server;
#[path = "../rig/order_form.rs"]
mod order_form;
mod orders;
mod ports;
pub mod requests;
mod site;
mod snapshots;
mod statements;

use std::{panic::AssertUnwindSafe, pin::Pin, sync::Arc};

use app::{
    identity::{Account, Role},
    locale::Languages,
    shop::{PaymentMode, ShopSettings},
};
use futures_util::FutureExt;
use server::{
    account,
    clock::{Clock, ManualClock},
    db::Db,
    orders::cancel::Cancellations,
    payment::port::Provider,
    pictures::media::MediaStore,
    shop::Services,
    store::Store,
};
use tempfile::TempDir;
use tokio::runtime::{self, Runtime};

pub use audit::{Rows, assert_stock_adds_up, rows, rows_but_log};
pub use database::Kind;
pub use factor::{code, opened, pending};
pub use goods::{Goods, Stocked};
pub use mail::{Post, Sent};
pub use mail_server::{MailServer, Manner};
pub use order_form::{CONTACT, order_form};
pub use orders::{
    APPROVES, CONTACT_FORM, DECLINES, FAILS_AFTER, FAILS_BEFORE, cash, contact, order, test_card,
};
pub use ports::Ports;
pub use site::{Answer, Browser, Doors, Site};
pub use snapshots::{Redaction, Seen, kept_in, same_on_both};
pub use statements::counted;

/// When tests begin: 2025-10-09, 08:53:20 UTC.
pub const START: i64 = 1_760_000_000_000;
pub const MINUTE: i64 = 60 * 1000;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

pub const PASSWORD: &str = "correct horse battery";
pub const ADMIN: &str = "admin@shop.test";
pub const STAFF: &str = "staff@shop.test";

/// Runs each of the named tests on SQLite alone: what they are about never comes to a database.
///
/// A test is an `async fn(TestShop)` of the module that calls this.
macro_rules! on_sqlite {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[test]
                fn $test() {
                    crate::support::on(crate::support::Kind::Sqlite, super::$test);
                }
            )+
        }
    };
}
pub(crate) use on_sqlite;

/// Runs each of the named tests on SQLite and on Postgres.
///
/// A test is an `async fn(TestShop)` of the module that calls this.
macro_rules! on_both_databases {
    ($($test:ident),+ $(,)?) => {
        crate::support::on_sqlite!($($test),+);
        mod postgres {
            $(
                #[test]
                fn $test() {
                    crate::support::on(crate::support::Kind::Postgres, super::$test);
                }
            )+
        }
    };
}
pub(crate) use on_both_databases;

/// A test under way. It is boxed, and not said to be `Send`: of a thousand tests the compiler need not look through
/// all that they wait for again and again, which took it most of its time.
type Running = Pin<Box<dyn Future<Output = ()>>>;

/// Runs a test in threads of its own.
pub fn on<F, Fut>(kind: Kind, test: F)
where
    F: FnOnce(TestShop) -> Fut + 'static,
    Fut: Future<Output = ()> + 'static,
{
    runtime().block_on(run(kind, test));
}

/// The same on the schema of version `schema`.
pub fn on_old<F, Fut>(kind: Kind, schema: i64, test: F)
where
    F: FnOnce(TestShop) -> Fut + 'static,
    Fut: Future<Output = ()> + 'static,
{
    runtime().block_on(run_at(kind, schema, test));
}

fn runtime() -> Runtime {
    let mut runtime = runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build();
    runtime.expect("a runtime begins")
}

/// Gives the test a new shop, audits the shop's stock afterwards and clears everything away, also
/// when the test fails.
pub fn run<F, Fut>(kind: Kind, test: F) -> Running
where
    F: FnOnce(TestShop) -> Fut + 'static,
    Fut: Future<Output = ()> + 'static,
{
    run_at(kind, database::PRESENT, test)
}

/// The same on the schema of version `schema`, or the present one if that is older.
pub fn run_at<F, Fut>(kind: Kind, schema: i64, test: F) -> Running
where
    F: FnOnce(TestShop) -> Fut + 'static,
    Fut: Future<Output = ()> + 'static,
{
    let test = move |shop: TestShop| -> Running { Box::pin(test(shop)) };
    Box::pin(run_any(kind, schema, Box::new(test)))
}

/// Not generic, so that it is compiled once and not for each of a thousand tests.
async fn run_any(kind: Kind, schema: i64, test: Box<dyn FnOnce(TestShop) -> Running>) {
    let database = database::Database::create(kind, schema).await;
    let shop = TestShop::new(&database.url).await;
    let test = async { test(shop.clone()).await };
    let outcome = AssertUnwindSafe(test).catch_unwind().await;
    shop.services.db.close().await;
    let audit = match outcome {
        Ok(()) => {
            let url = database.url.clone();
            let audit = async move {
                let db = Db::connect(&url).await.expect("the database opens again");
                assert_stock_adds_up(&db).await;
                db.close().await;
            };
            AssertUnwindSafe(audit).catch_unwind().await
        }
        failed => failed,
    };
    database.drop().await;
    if let Err(failure) = audit {
        std::panic::resume_unwind(failure);
    }
}

#[derive(Clone)]
pub struct TestShop {
    pub services: Services,
    pub clock: Arc<ManualClock>,
    pub folder: Arc<TempDir>,
    ports: Ports,
    ways: Ways,
}

/// How the shop can be paid, besides in cash.
#[derive(Clone)]
struct Ways {
    mode: PaymentMode,
    providers: Vec<Arc<dyn Provider>>,
}

impl Default for Ways {
    /// With test cards.
    fn default() -> Self {
        Self {
            mode: PaymentMode::Demo,
            providers: Vec::new(),
        }
    }
}

impl TestShop {
    async fn new(database_url: &str) -> Self {
        let db = Db::connect(database_url).await.expect("the database opens");
        let clock = Arc::new(ManualClock::at(START));
        let folder = Arc::new(tempfile::tempdir().expect("there is room for pictures"));
        let languages = Languages::default();
        Self::of(
            db.into(),
            clock,
            folder,
            "http://shop.test",
            languages,
            Ways::default(),
        )
    }

    fn of(
        db: Store,
        clock: Arc<ManualClock>,
        folder: Arc<TempDir>,
        base_url: &str,
        languages: Languages,
        ways: Ways,
    ) -> Self {
        let settings = ShopSettings {
            written_in: languages.default_language().locale,
            languages,
            name: "Holdfast".to_owned(),
            currency: "EUR".to_owned(),
            base_url: base_url.to_owned(),
            payment_mode: ways.mode,
            tax_basis_points: 1900,
            ..ShopSettings::default()
        };
        let media = MediaStore::local(folder.path()).expect("there is room for pictures");
        let services = Services::new(db, clock.clone(), settings, media, ways.providers.clone());
        Self {
            ports: Ports::of(&services.shop),
            services,
            clock,
            folder,
            ways,
        }
    }

    /// The same shop, told that shoppers reach it at another address.
    pub fn reached_at(&self, base_url: &str) -> Self {
        Self::of(
            self.services.db.clone(),
            self.clock.clone(),
            self.folder.clone(),
            base_url,
            self.services.settings.last_known().languages.clone(),
            self.ways.clone(),
        )
    }

    /// The same shop with these payment providers set up.
    pub fn paid_through(&self, providers: Vec<Arc<dyn Provider>>) -> Self {
        let mode = self.ways.mode;
        self.paid_in(Ways { mode, providers })
    }

    /// The same shop, which is no demonstration: test cards do not buy.
    pub fn for_real(&self) -> Self {
        self.paid_in(Ways {
            mode: PaymentMode::Real,
            ..self.ways.clone()
        })
    }

    /// The same shop, whose payment provider has a test key.
    pub fn with_test_key(&self) -> Self {
        self.paid_in(Ways {
            mode: PaymentMode::Test,
            ..self.ways.clone()
        })
    }

    fn paid_in(&self, ways: Ways) -> Self {
        Self::of(
            self.services.db.clone(),
            self.clock.clone(),
            self.folder.clone(),
            self.services.settings.base_url(),
            self.services.settings.last_known().languages.clone(),
            ways,
        )
    }

    /// The same shop with pages in these languages, the default first.
    pub fn speaking(&self, languages: &str) -> Self {
        Self::of(
            self.services.db.clone(),
            self.clock.clone(),
            self.folder.clone(),
            self.services.settings.base_url(),
            Languages::parse(languages).expect("the shop speaks them"),
            self.ways.clone(),
        )
    }

    /// The same after a while: nobody has been counted yet.
    pub fn with_buckets_of_its_own(&self) -> Self {
        let db: &Db = self.db();
        Self::of(
            db.clone().into(),
            self.clock.clone(),
            self.folder.clone(),
            self.services.settings.base_url(),
            self.services.settings.last_known().languages.clone(),
            self.ways.clone(),
        )
    }

    /// Another node on the same database and clock.
    pub fn second_node(&self) -> Self {
        self.reached_at(self.services.settings.base_url())
    }

    pub fn db(&self) -> &Store {
        &self.services.db
    }

    /// Ends orders by the shop's clock.
    pub fn cancellations(&self) -> Cancellations {
        Cancellations::new(self.db().clone(), self.clock.clone())
    }

    pub fn shop(&self) -> &Ports {
        &self.ports
    }

    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    pub async fn account(&self, email: &str, role: Role) -> Account {
        account::create(self.db(), &*self.clock, "Holdfast", email, PASSWORD, role)
            .await
            .expect("the account is made")
    }

    /// Signs someone in whose account `account` made.
    pub async fn session_of(&self, account: &Account) -> String {
        use server::account::store;
        let found = store::by_email(self.db(), &account.email).await.unwrap();
        let (_, hash) = found.expect("the account is there");
        let opened = store::open_session(self.db(), self.now(), &account.id, &hash).await;
        match opened.unwrap().expect("the password is the same") {
            store::Opened::Session(session) => session,
            store::Opened::CodeNeeded(_) => panic!("the account has a second factor"),
        }
    }

    pub async fn admin(&self) -> Account {
        self.account(ADMIN, Role::Admin).await
    }

    /// Imports the demo catalogue.
    pub async fn demo(&self) {
        server::seed::seed_demo(self.db(), &*self.clock, "EUR")
            .await
            .expect("the demo catalogue is imported");
    }
}
