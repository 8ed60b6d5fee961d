//! Customers.

use app::feature::{Access, Feature, FormPage, Function, declare, page};

use super::{customer::AdminCustomerPage, list::AdminCustomersPage};

const CUSTOMER: FormPage = FormPage::Of {
    path: "/admin/customers/:id",
    otherwise: "/admin/customers",
};

declare!(CUSTOMERS);

static CUSTOMERS: Feature = Feature {
    name: "admin::customers",
    pages: &[
        page!("/admin/customers", AdminCustomersPage, Access::Staff),
        page!("/admin/customers/:id", AdminCustomerPage, Access::Staff),
    ],
    functions: &[
        Function::post("/api/admin/customers/erase", Access::Admin, CUSTOMER),
        Function::post("/api/admin/customers/sign-out", Access::Admin, CUSTOMER),
    ],
    ..Feature::NONE
};
