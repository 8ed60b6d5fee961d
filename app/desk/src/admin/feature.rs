//! The back office as a whole: its addresses and what all of its pages look like. Its subjects
//! declare themselves.

use app::{
    area::{Area, Below, Crawlers, Kinds, Logged, Onward},
    feature::{Feature, Sheet, declare},
};

declare!(ADMIN);

static ADMIN: Feature = Feature {
    name: "admin",
    areas: &[Area {
        segment: "admin",
        kinds: Kinds::all("admin"),
        // Links to set the shop up and invitations hold tokens.
        logged: Logged::Segment,
        crawlers: Crawlers::NotTold,
        onward: Onward::ForStaff,
        below: Below::Anything,
    }],
    sheets: &[
        Sheet {
            rank: 200,
            css: include_str!("../../../../style/admin.css"),
        },
        Sheet {
            rank: 201,
            css: include_str!("../../../../style/admin-table.css"),
        },
        Sheet {
            rank: 202,
            css: include_str!("../../../../style/admin-palette.css"),
        },
        // What the pages of customers, staff and the audit log share.
        Sheet {
            rank: 220,
            css: include_str!("../../../../style/admin-people.css"),
        },
    ],
    ..Feature::NONE
};
