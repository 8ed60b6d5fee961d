//! What is kept of forms is told by cookies of their own.

use super::{CARRIED, FORMS};
use crate::feature::{Feature, declare};

declare!(KEPT_FORMS);

static KEPT_FORMS: Feature = Feature {
    name: "kept_forms",
    cookies: &[FORMS, CARRIED],
    ..Feature::NONE
};
