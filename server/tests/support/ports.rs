//! What pages are given, by name.

use std::sync::Arc;

use app::account::ports::Accounts;
use app::account::ports::OwnAccount;
use app::account::ports::OwnOrders;
use app::account::second_factor::ports::SecondFactors;
use app::admin::audit_log::log::AuditLog;
use app::admin::brakes::ports::BrakeAdmin;
use app::admin::carriers::ports::CarrierAdmin;
use app::admin::cash::ports::CashAdmin;
use app::admin::categories::ports::CategoryAdmin;
use app::admin::customers::ports::Customers;
use app::admin::dashboard::ports::Dashboard;
use app::admin::jobs::ports::ProductJobs;
use app::admin::opening::ports::OpeningAdmin;
use app::admin::orders::ports::OrderAdmin;
use app::admin::products::ports::ProductAdmin;
use app::admin::search::ports::AdminSearch;
use app::admin::seller::ports::SellerAdmin;
use app::admin::sentences::ports::SentenceAdmin;
use app::admin::settings::ports::SettingsAdmin;
use app::admin::staff::ports::StaffAdmin;
use app::admin::stock::ports::StockAdmin;
use app::admin::system::ports::System;
use app::admin::translations::ports::{PageTranslations, TranslationAdmin};
use app::announcement::ports::Announcements;
use app::cart::ports::Cart;
use app::catalog::ports::Catalog;
use app::checkout::ports::Checkout;
use app::collections::ports::{CollectionAdmin, Collections};
use app::home::ports::Home;
use app::menus::ports::{MenuAdmin, ShownMenus};
use app::orders::ports::Orders;
use app::pages::ports::{PageAdmin, Pages};
use app::shop::Shop;

#[derive(Clone)]
pub struct Ports {
    pub catalog: Arc<dyn Catalog>,
    pub cart: Arc<dyn Cart>,
    pub checkout: Arc<dyn Checkout>,
    pub orders: Arc<dyn Orders>,
    pub order_desk: Arc<dyn OrderAdmin>,
    pub accounts: Arc<dyn Accounts>,
    pub own_account: Arc<dyn OwnAccount>,
    pub second_factors: Arc<dyn SecondFactors>,
    pub own_orders: Arc<dyn OwnOrders>,
    pub admin: Arc<dyn ProductAdmin>,
    pub cash: Arc<dyn CashAdmin>,
    pub categories: Arc<dyn CategoryAdmin>,
    pub collections: Arc<dyn Collections>,
    pub collection_admin: Arc<dyn CollectionAdmin>,
    pub announcements: Arc<dyn Announcements>,
    pub home: Arc<dyn Home>,
    pub stock: Arc<dyn StockAdmin>,
    pub translations: Arc<dyn TranslationAdmin>,
    pub page_translations: Arc<dyn PageTranslations>,
    pub audit_log: Arc<dyn AuditLog>,
    pub jobs: Arc<dyn ProductJobs>,
    pub staff: Arc<dyn StaffAdmin>,
    pub customers: Arc<dyn Customers>,
    pub settings_desk: Arc<dyn SettingsAdmin>,
    pub carriers: Arc<dyn CarrierAdmin>,
    pub dashboard: Arc<dyn Dashboard>,
    pub system: Arc<dyn System>,
    pub search: Arc<dyn AdminSearch>,
    pub opening: Arc<dyn OpeningAdmin>,
    pub seller: Arc<dyn SellerAdmin>,
    pub sentences: Arc<dyn SentenceAdmin>,
    pub brakes: Arc<dyn BrakeAdmin>,
    pub pages: Arc<dyn Pages>,
    pub page_admin: Arc<dyn PageAdmin>,
    pub menus: Arc<dyn ShownMenus>,
    pub menu_admin: Arc<dyn MenuAdmin>,
}

impl Ports {
    pub fn of(shop: &Shop) -> Self {
        Self {
            catalog: shop.port(),
            cart: shop.port(),
            checkout: shop.port(),
            orders: shop.port(),
            order_desk: shop.port(),
            accounts: shop.port(),
            own_account: shop.port(),
            second_factors: shop.port(),
            own_orders: shop.port(),
            admin: shop.port(),
            cash: shop.port(),
            categories: shop.port(),
            collections: shop.port(),
            collection_admin: shop.port(),
            announcements: shop.port(),
            home: shop.port(),
            stock: shop.port(),
            translations: shop.port(),
            page_translations: shop.port(),
            audit_log: shop.port(),
            jobs: shop.port(),
            staff: shop.port(),
            customers: shop.port(),
            settings_desk: shop.port(),
            carriers: shop.port(),
            dashboard: shop.port(),
            system: shop.port(),
            search: shop.port(),
            opening: shop.port(),
            seller: shop.port(),
            sentences: shop.port(),
            brakes: shop.port(),
            pages: shop.port(),
            page_admin: shop.port(),
            menus: shop.port(),
            menu_admin: shop.port(),
        }
    }
}
