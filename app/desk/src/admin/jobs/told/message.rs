//! The messages of jobs.

use app::{faults::readings_in_file, locale::Locale, money::Readings};
use serde::{Deserialize, Serialize};

use super::{JobText, text::Text};

/// What is told of a product, a file or a job. The names are kept in the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum Message {
    Title,
    Slug,
    Status,
    Vendor,
    Category,
    Tags,
    Description,
    PageTitle,
    PageDescription,
    Options,
    Pictures,
    OrderOfVariants,
    Product,
    NewProduct,
    Variant,
    Price,
    CompareAtPrice,
    Sku,
    Grams,
    Barcode,
    Cost,
    Tracked,
    BackorderLimit,
    PrepaidOnly,
    Yes,
    No,
    NoGtin,
    Picture,
    Stock,
    Active,
    Inactive,
    SameWords,
    SetDifferently,
    There,
    Removed,
    DeletedPermanently,
    NotThere,
    Why,
    CreatedSince,
    DeletedSince,
    ChangedSince,
    AdjustedSince,
    SoldSince,
    OtherCurrency,
    Internal,
    Unavailable,
    Empty,
    Tangled,
    NotUtf8,
    Nul,
    NoPart,
    OptionBeforeNameless,
    OptionTwice,
    LoneVariant,
    OptionUnnamed,
    TitleMissing,
    ProductPriceMissing,
    VariantPriceMissing,
    OptionNameless,
    OneValueWanted,
    SkuOrOptionsWanted,
    SameVariant,
    UnclosedQuote,
    RowTooLong,
    FileEmpty,
    FileNotUtf8,
    /// A drop keeps a variant as it is.
    InDrop {
        drop: String,
    },
    NotMoney {
        text: String,
    },
    NotWhole {
        text: String,
    },
    NotNumber {
        text: String,
    },
    Negative {
        text: String,
    },
    TooLarge {
        text: String,
    },
    NotFlag {
        text: String,
    },
    NotStatus {
        text: String,
    },
    NoHandle {
        text: String,
    },
    NotSrc {
        text: String,
    },
    TooLong {
        most: usize,
    },
    TooManyTags {
        most: usize,
    },
    TooManyRows {
        most: usize,
    },
    TooManyVariants {
        most: usize,
    },
    TooManyPictures {
        most: usize,
    },
    Of {
        what: Box<Message>,
        name: Box<JobText>,
    },
    InLanguage {
        what: Box<Message>,
        language: Locale,
    },
    PictureCount {
        count: i64,
    },
    PicturesChanged {
        count: i64,
    },
    VariantCount {
        count: i64,
    },
    VariantsAt {
        count: i64,
        minor: i64,
        currency: String,
    },
    Money {
        minor: i64,
        currency: String,
    },
    StoppedAtRow {
        line: u64,
        why: Box<JobText>,
    },
    Ambiguous {
        readings: Readings,
    },
    Decimals {
        text: String,
        digits: u32,
    },
    LongTag {
        tag: String,
        most: usize,
    },
    RepeatedHandle {
        handle: String,
    },
    CutOff {
        handle: String,
    },
    WiderThanHeader {
        width: usize,
    },
    SameValues {
        values: String,
    },
    OptionWithoutValue {
        name: String,
    },
    OwedUnits {
        units: i64,
    },
    SafeAddress {
        src: String,
    },
    TakenAddress {
        handle: String,
    },
    OptionsMissing {
        count: usize,
    },
    ValuesWanted {
        count: usize,
    },
    UnknownSku {
        sku: String,
    },
    SkuOfProduct {
        sku: String,
        handle: String,
    },
    SkuOfRow {
        sku: String,
    },
    WithoutSku {
        why: Box<Message>,
    },
    Unreadable {
        error: String,
    },
    ColumnMissing {
        name: String,
        other: String,
    },
    ColumnTwice {
        name: String,
    },
    AtLine {
        line: u64,
        why: Box<Message>,
    },
    InColumn {
        name: String,
        why: Box<Message>,
    },
    FileUnreadable {
        why: Box<Message>,
    },
}

impl Message {
    pub fn words(&self, locale: Locale) -> String {
        let text = Text::from(locale);
        match self {
            Self::Title => text.title().to_owned(),
            Self::Slug => text.slug().to_owned(),
            Self::Status => text.status().to_owned(),
            Self::Vendor => text.vendor().to_owned(),
            Self::Category => text.category().to_owned(),
            Self::Tags => text.tags().to_owned(),
            Self::Description => text.description().to_owned(),
            Self::PageTitle => text.page_title().to_owned(),
            Self::PageDescription => text.page_description().to_owned(),
            Self::Options => text.options().to_owned(),
            Self::Pictures => text.pictures().to_owned(),
            Self::OrderOfVariants => text.order_of_variants().to_owned(),
            Self::Product => text.product().to_owned(),
            Self::NewProduct => text.new_product().to_owned(),
            Self::Variant => text.variant().to_owned(),
            Self::Price => text.price().to_owned(),
            Self::CompareAtPrice => text.compare_at_price().to_owned(),
            Self::Sku => text.sku().to_owned(),
            Self::Grams => text.grams().to_owned(),
            Self::Barcode => text.barcode().to_owned(),
            Self::Cost => text.cost().to_owned(),
            Self::Tracked => text.tracked().to_owned(),
            Self::BackorderLimit => text.backorder_limit().to_owned(),
            Self::PrepaidOnly => text.prepaid_only().to_owned(),
            Self::Yes => text.yes().to_owned(),
            Self::No => text.no().to_owned(),
            Self::NoGtin => text.no_gtin().to_owned(),
            Self::Picture => text.picture().to_owned(),
            Self::Stock => text.stock().to_owned(),
            Self::Active => text.active().to_owned(),
            Self::Inactive => text.inactive().to_owned(),
            Self::SameWords => text.same_words().to_owned(),
            Self::SetDifferently => text.set_differently().to_owned(),
            Self::There => text.there().to_owned(),
            Self::Removed => text.removed().to_owned(),
            Self::DeletedPermanently => text.deleted_permanently().to_owned(),
            Self::NotThere => text.not_there().to_owned(),
            Self::Why => text.why().to_owned(),
            Self::CreatedSince => text.created_since().to_owned(),
            Self::DeletedSince => text.deleted_since().to_owned(),
            Self::ChangedSince => text.changed_since().to_owned(),
            Self::AdjustedSince => text.adjusted_since().to_owned(),
            Self::SoldSince => text.sold_since().to_owned(),
            Self::OtherCurrency => text.other_currency().to_owned(),
            Self::Internal => text.internal().to_owned(),
            Self::Unavailable => text.unavailable().to_owned(),
            Self::Empty => text.empty().to_owned(),
            Self::Tangled => text.tangled().to_owned(),
            Self::NotUtf8 => text.not_utf8().to_owned(),
            Self::Nul => text.nul().to_owned(),
            Self::NoPart => text.no_part().to_owned(),
            Self::OptionBeforeNameless => text.option_before_nameless().to_owned(),
            Self::OptionTwice => text.option_twice().to_owned(),
            Self::LoneVariant => text.lone_variant().to_owned(),
            Self::OptionUnnamed => text.option_unnamed().to_owned(),
            Self::TitleMissing => text.title_missing().to_owned(),
            Self::ProductPriceMissing => text.product_price_missing().to_owned(),
            Self::VariantPriceMissing => text.variant_price_missing().to_owned(),
            Self::OptionNameless => text.option_nameless().to_owned(),
            Self::OneValueWanted => text.one_value_wanted().to_owned(),
            Self::SkuOrOptionsWanted => text.sku_or_options_wanted().to_owned(),
            Self::SameVariant => text.same_variant().to_owned(),
            Self::UnclosedQuote => text.unclosed_quote().to_owned(),
            Self::RowTooLong => text.row_too_long().to_owned(),
            Self::FileEmpty => text.file_empty().to_owned(),
            Self::FileNotUtf8 => text.file_not_utf8().to_owned(),
            Self::InDrop { drop } => text.in_drop(drop),
            Self::NotMoney { text: cell } => text.not_money(cell),
            Self::NotWhole { text: cell } => text.not_whole(cell),
            Self::NotNumber { text: cell } => text.not_number(cell),
            Self::Negative { text: cell } => text.negative(cell),
            Self::TooLarge { text: cell } => text.too_large(cell),
            Self::NotFlag { text: cell } => text.not_flag(cell),
            Self::NotStatus { text: cell } => text.not_status(cell),
            Self::NoHandle { text: cell } => text.no_handle(cell),
            Self::NotSrc { text: cell } => text.not_src(cell),
            Self::TooLong { most } => text.too_long(&most.to_string()),
            Self::TooManyTags { most } => text.too_many_tags(&most.to_string()),
            Self::TooManyRows { most } => text.too_many_rows(&most.to_string()),
            Self::TooManyVariants { most } => text.too_many_variants(&most.to_string()),
            Self::TooManyPictures { most } => text.too_many_pictures(&most.to_string()),
            Self::Of { what, name } => text.what_of(&name.words(locale), &what.words(locale)),
            Self::InLanguage { what, language } => {
                text.in_language(language.name(), &what.words(locale))
            }
            Self::PictureCount { count } => text.picture_count(*count),
            Self::PicturesChanged { count } => text.pictures_changed(*count),
            Self::VariantCount { count } => text.variant_count(*count),
            Self::VariantsAt {
                count,
                minor,
                currency,
            } => text.variants_at(*count, &locale.money(*minor, currency)),
            Self::Money { minor, currency } => locale.money(*minor, currency),
            Self::StoppedAtRow { line, why } => {
                text.stopped_at_row(&line.to_string(), &why.words(locale))
            }
            Self::Ambiguous { readings } => readings_in_file(readings, locale),
            Self::Decimals { text: cell, digits } => text.decimals(&digits.to_string(), cell),
            Self::LongTag { tag, most } => text.long_tag(&most.to_string(), tag),
            Self::RepeatedHandle { handle } => text.repeated_handle(handle),
            Self::CutOff { handle } => text.cut_off(handle),
            Self::WiderThanHeader { width } => text.wider_than_header(&width.to_string()),
            Self::SameValues { values } => text.same_values(values),
            Self::OptionWithoutValue { name } => text.option_without_value(name),
            Self::OwedUnits { units } => text.owed_units(&units.to_string()),
            Self::SafeAddress { src } => text.safe_address(src),
            Self::TakenAddress { handle } => text.taken_address(handle),
            Self::OptionsMissing { count } => text.options_missing(&count.to_string()),
            Self::ValuesWanted { count } => text.values_wanted(&count.to_string()),
            Self::UnknownSku { sku } => text.unknown_sku(sku),
            Self::SkuOfProduct { sku, handle } => text.sku_of_product(handle, sku),
            Self::SkuOfRow { sku } => text.sku_of_row(sku),
            Self::WithoutSku { why } => text.without_sku(&why.words(locale)),
            Self::Unreadable { error } => text.unreadable(error),
            Self::ColumnMissing { name, other } => text.column_missing(name, other),
            Self::ColumnTwice { name } => text.column_twice(name),
            Self::AtLine { line, why } => text.at_line(&line.to_string(), &why.words(locale)),
            Self::InColumn { name, why } => text.in_column(name, &why.words(locale)),
            Self::FileUnreadable { why } => text.file_unreadable(&why.words(locale)),
        }
    }
}
