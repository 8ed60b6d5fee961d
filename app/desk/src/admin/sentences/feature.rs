//! The owner's own sentences.

use app::feature::{Access, Feature, FormPage, Function, declare, page};

use super::page::{AdminSentencesPage, HERE, SAVE};

declare!(SENTENCES);

static SENTENCES: Feature = Feature {
    name: "admin::sentences",
    pages: &[page!("/admin/sentences", AdminSentencesPage, Access::Admin)],
    functions: &[Function::post(SAVE, Access::Admin, FormPage::At(HERE))],
    ..Feature::NONE
};
