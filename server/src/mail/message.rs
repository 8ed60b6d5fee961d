//! Letters as they look: HTML and text of each, every value escaped by its template.

use app::{
    contact::view::address_lines,
    money::format_money,
    orders::types::{Order, OrderLine},
    shop::ShopSettings,
};
use askama::Template;

use crate::error::{Error, Result};

/// A mail that is ready to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    pub to: String,
    pub subject: String,
    pub html: String,
    pub text: String,
    /// Who is answered, if not the shop.
    pub reply_to: Option<String>,
}

/// A few sentences, and where to go on.
pub struct Note<'a> {
    pub title: &'a str,
    pub paragraphs: &'a [String],
    /// Words and address of the button.
    pub link: Option<(&'a str, String)>,
    pub closing: &'a str,
}

#[derive(Template)]
#[template(path = "note.html")]
struct NoteHtml<'a> {
    shop: &'a ShopSettings,
    note: &'a Note<'a>,
}

#[derive(Template)]
#[template(path = "note.txt")]
struct NoteText<'a> {
    shop: &'a ShopSettings,
    note: &'a Note<'a>,
}

impl Note<'_> {
    pub fn mail(&self, shop: &ShopSettings, to: String) -> Result<OutgoingMail> {
        Ok(OutgoingMail {
            to,
            subject: subject(self.title, shop),
            html: render(&NoteHtml { shop, note: self })?,
            text: render(&NoteText { shop, note: self })?,
            reply_to: None,
        })
    }
}

/// What is told of an order, with the order itself.
pub struct OrderNote<'a> {
    pub title: String,
    pub paragraphs: Vec<String>,
    /// The carrier's page for the parcel.
    pub tracking: Option<String>,
    pub order: &'a Order,
}

#[derive(Template)]
#[template(path = "order.html")]
struct OrderHtml<'a> {
    shop: &'a ShopSettings,
    title: &'a str,
    paragraphs: &'a [String],
    tracking: &'a Option<String>,
    address: &'a [String],
    order: &'a Order,
    link: String,
}

#[derive(Template)]
#[template(path = "order.txt")]
struct OrderText<'a> {
    shop: &'a ShopSettings,
    title: &'a str,
    paragraphs: &'a [String],
    tracking: &'a Option<String>,
    address: &'a [String],
    order: &'a Order,
    link: String,
}

impl OrderNote<'_> {
    pub fn mail(&self, shop: &ShopSettings) -> Result<OutgoingMail> {
        let link = format!("{}/orders/{}", shop.base_url, self.order.token);
        let address = address_lines(&self.order.contact);
        Ok(OutgoingMail {
            to: self.order.contact.email.clone(),
            subject: subject(&self.title, shop),
            html: render(&OrderHtml {
                shop,
                title: &self.title,
                paragraphs: &self.paragraphs,
                tracking: &self.tracking,
                address: &address,
                order: self.order,
                link: link.clone(),
            })?,
            text: render(&OrderText {
                shop,
                title: &self.title,
                paragraphs: &self.paragraphs,
                tracking: &self.tracking,
                address: &address,
                order: self.order,
                link,
            })?,
            reply_to: None,
        })
    }
}

fn subject(title: &str, shop: &ShopSettings) -> String {
    format!("{title} – {}", shop.name)
}

fn render(template: &impl Template) -> Result<String> {
    template
        .render()
        .map_err(|error| Error::Invariant(format!("an e-mail cannot be written: {error}")))
}

/// For the templates: an amount of the order in its currency.
fn money(minor: &i64, order: &Order) -> String {
    format_money(*minor, &order.currency)
}

fn line_total(line: &OrderLine, order: &Order) -> String {
    format_money(line.unit_price_minor * line.quantity, &order.currency)
}
