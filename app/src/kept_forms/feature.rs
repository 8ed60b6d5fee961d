//! What is kept of forms is told by a cookie of its own.

use super::FORMS;
use crate::feature::{Feature, declare};

declare!(KEPT_FORMS);

static KEPT_FORMS: Feature = Feature {
    name: "kept_forms",
    cookies: &[FORMS],
    ..Feature::NONE
};
