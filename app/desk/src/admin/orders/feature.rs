//! Orders in the back office: what is done with them, refunds, and papers to print.

use app::feature::{Access, Feature, FormPage, Function, Sheet, declare, page};

use super::{
    list::AdminOrdersPage,
    page::AdminOrderPage,
    print::{AdminInvoicePage, AdminPackingSlipPage},
    refund::AdminRefundPage,
};

declare!(ORDER_ADMIN);

static ORDER_ADMIN: Feature = Feature {
    name: "admin::orders",
    pages: &[
        page!("/admin/orders", AdminOrdersPage, Access::Staff),
        page!("/admin/orders/:id", AdminOrderPage, Access::Staff),
        page!("/admin/orders/:id/refund", AdminRefundPage, Access::Staff),
        page!(
            "/admin/orders/:id/packing-slip",
            AdminPackingSlipPage,
            Access::Staff
        ),
        page!("/admin/orders/:id/invoice", AdminInvoicePage, Access::Staff),
    ],
    functions: &[
        of_order("/api/admin/orders/confirm"),
        of_order("/api/admin/orders/receive"),
        of_order("/api/admin/orders/pack"),
        of_order("/api/admin/orders/ship"),
        of_order("/api/admin/orders/tracking"),
        of_order("/api/admin/orders/deliver"),
        of_order("/api/admin/orders/cancel"),
        of_order("/api/admin/orders/paid-back"),
        of_order("/api/admin/orders/sum-returned"),
        of_payment("/api/admin/orders/capture-payment"),
        of_payment("/api/admin/orders/void-payment"),
        of_order("/api/admin/orders/note"),
        of_order("/api/admin/orders/resend"),
        Function::post(
            "/api/admin/orders/refund",
            Access::Staff,
            FormPage::Of {
                path: "/admin/orders/:id/refund",
                otherwise: "/admin/orders",
            },
        ),
    ],
    sheets: &[
        Sheet {
            rank: 210,
            css: include_str!("../../../../../style/admin-orders.css"),
        },
        Sheet {
            rank: 230,
            css: include_str!("../../../../../style/admin-print.css"),
        },
    ],
    ..Feature::NONE
};

const ORDER: FormPage = FormPage::Of {
    path: "/admin/orders/:id",
    otherwise: "/admin/orders",
};

const fn of_order(path: &'static str) -> Function {
    Function::post(path, Access::Staff, ORDER)
}

/// Money at a provider is the admins'.
const fn of_payment(path: &'static str) -> Function {
    Function::post(path, Access::Admin, ORDER)
}
