//! The owner's own sentences.

use app::{
    feature::{Access, Feature, FormPage, Function, declare, page},
    locale::locale,
};

use super::{
    page::{AdminSentencesPage, HERE, SAVE},
    text::Text,
};

declare!(SENTENCES);

static SENTENCES: Feature = Feature {
    name: "admin::sentences",
    pages: &[page!("/admin/sentences", AdminSentencesPage, Access::Admin)
        .called(|| Text::from(locale()).sentences())],
    functions: &[Function::post(SAVE, Access::Admin, FormPage::At(HERE))],
    ..Feature::NONE
};
