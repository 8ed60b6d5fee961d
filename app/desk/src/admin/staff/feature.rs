//! Who works in the shop: invitations, roles, lost second factors.

use app::feature::{Access, Feature, FormPage, Function, declare, page};

use super::{invitation::InvitationPage, page::AdminStaffPage};

const HERE: FormPage = FormPage::At("/admin/staff");

declare!(STAFF);

static STAFF: Feature = Feature {
    name: "admin::staff",
    pages: &[
        page!("/admin/staff", AdminStaffPage, Access::Admin),
        page!("/admin/invitation/:token", InvitationPage, Access::Anybody),
    ],
    functions: &[
        Function::post("/api/admin/staff/invite", Access::Admin, HERE),
        Function::post("/api/admin/staff/withdraw", Access::Admin, HERE),
        Function::post("/api/admin/staff/role", Access::Admin, HERE),
        Function::post("/api/admin/second-factor/reset", Access::Admin, HERE),
        Function::post(
            "/api/admin/invitation/accept",
            Access::Anybody,
            FormPage::Of {
                path: "/admin/invitation/:token",
                otherwise: "/admin/invitation/none",
            },
        )
        .braked_by_link(),
    ],
    ..Feature::NONE
};
