//! Places on pages that their owner keeps free for others: what a feature shows there it declares
//! with itself, so that the page's owner need not know of it.
//!
//! Most of these pages are the same bytes for everybody, so what is shown there holds nothing of who
//! asks.

use leptos::prelude::AnyView;

use crate::error::ShopError;

pub struct Slot {
    /// Its place beside others: lower ones come first.
    pub rank: u16,
    pub place: Place,
}

pub enum Place {
    /// Above the header of the shop's pages.
    AboveHeader(fn() -> AnyView),
    /// At the end of the header of the shop's pages.
    Header(fn() -> AnyView),
    /// At the end of the header of pages that lead nowhere else, such as the checkout's.
    BareHeader(fn() -> AnyView),
    /// In the footer of those pages.
    BareFooter(fn() -> AnyView),
    /// In the footer of the shop's pages, among what a shopper has.
    Footer {
        /// Without the language.
        href: &'static str,
        /// In the language of the request at hand.
        words: fn() -> &'static str,
    },
    /// On a product's card, over its picture.
    ProductCard(fn(ShownProduct<'_>) -> AnyView),
    /// On a product's page, below what puts it into the cart.
    ProductPage(fn(ShownProduct<'_>) -> AnyView),
    /// Address and words of pages that Ctrl+K finds for admins, and whose addresses are not always the same: one
    /// for each language, for example. Others are found by what they are [called](crate::feature::Page::called).
    Found(fn() -> Vec<(String, String)>),
    /// The page for a refusal, with its status.
    Refusal(fn(ShopError) -> AnyView),
    /// The page of the product with this id as shoppers would see it, head and all, below a notice; also of one
    /// that is not for sale. For the shop's staff.
    ProductPreview(fn(id: String, notice: AnyView) -> AnyView),
    /// The front page as its draft has it, below a notice. For the shop's admins.
    HomePreview(fn(notice: AnyView) -> AnyView),
    /// The page of the drop whose preview is in the context, as shoppers would see it then, below a notice.
    /// For the shop's admins.
    DropPreview(fn(notice: AnyView) -> AnyView),
}

/// The product that a slot is on.
#[derive(Debug, Clone, Copy)]
pub struct ShownProduct<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub supply: Supply,
}

/// What of it is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Supply {
    ToBeHad,
    /// Some of its variants are sold out.
    Partly,
    SoldOut,
}
