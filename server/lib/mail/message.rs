//! Mails as they look: HTML and text of each, every value escaped by its template. They are written
//! in the language of the task at hand, and so are the addresses in them.

use app::{
    catalog::picture::in_mail,
    contact::view::company_lines,
    locale::{href, language, locale},
    orders::types::{Order, OrderLine},
    shop::ShopSettings,
};
use askama::Template;

use super::text::Text;
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
    text: Text,
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
            html: render(&NoteHtml {
                text: Text::from(locale()),
                shop,
                note: self,
            })?,
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
    /// Words and address of the button; `None`: it leads to the order.
    pub button: Option<(&'static str, String)>,
    /// Titles and addresses of pages that go with an order.
    pub links: Vec<(String, String)>,
    pub order: &'a Order,
}

/// What both forms of the mail say.
struct Said<'a> {
    title: &'a str,
    paragraphs: &'a [String],
    tracking: &'a Option<String>,
    address: Vec<String>,
    /// Whom the invoice is for; empty where that is the one who gets the parcel.
    billing: Vec<String>,
    note: Vec<&'a str>,
    button: &'a str,
    link: String,
    links: &'a [(String, String)],
}

#[derive(Template)]
#[template(path = "order.html")]
struct OrderHtml<'a> {
    text: Text,
    shop: &'a ShopSettings,
    order: &'a Order,
    said: &'a Said<'a>,
}

#[derive(Template)]
#[template(path = "order.txt")]
struct OrderText<'a> {
    text: Text,
    shop: &'a ShopSettings,
    order: &'a Order,
    said: &'a Said<'a>,
}

impl OrderNote<'_> {
    pub fn mail(&self, shop: &ShopSettings) -> Result<OutgoingMail> {
        let text = Text::from(locale());
        let (button, link) = self.button.clone().unwrap_or_else(|| {
            let page = address(shop, &format!("/orders/{}", self.order.token));
            (text.view_your_order(), page)
        });
        let particulars = &self.order.particulars;
        let mut billing = match &particulars.billing {
            Some(to) => company_lines(&to.company, &to.address()),
            None => Vec::new(),
        };
        if !particulars.vat_id.is_empty() {
            billing.push(text.vat_id(&particulars.vat_id));
        }
        let said = Said {
            title: &self.title,
            paragraphs: &self.paragraphs,
            tracking: &self.tracking,
            address: company_lines(&particulars.company, &self.order.contact),
            billing,
            note: particulars.customer_note.lines().collect(),
            button,
            link,
            links: &self.links,
        };
        let (order, said) = (self.order, &said);
        Ok(OutgoingMail {
            to: order.contact.email.clone(),
            subject: subject(&self.title, shop),
            html: render(&OrderHtml {
                text,
                shop,
                order,
                said,
            })?,
            text: render(&OrderText {
                text,
                shop,
                order,
                said,
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

/// Where a page of the shop is found, in the language of the mail.
pub fn address(shop: &ShopSettings, path: &str) -> String {
    format!("{}{}", shop.base_url, href(path))
}

/// For the templates: the language's code.
fn lang() -> &'static str {
    locale().code()
}

/// The shop's home page.
fn home(shop: &ShopSettings) -> String {
    format!("{}{}", shop.base_url, language().prefix())
}

/// Who sells, a line for each fact that is known.
fn seller(shop: &ShopSettings) -> Vec<String> {
    shop.seller.lines(locale())
}

/// An amount of the order in its currency.
fn money(minor: &i64, order: &Order) -> String {
    locale().money(*minor, &order.currency)
}

/// What was taken off and what was added besides delivery.
fn adjustments(order: &Order) -> Vec<(&'static str, String)> {
    app::orders::summary::adjustments(order, locale())
}

/// Whether the lines have a column of pictures.
fn has_pictures(order: &Order) -> bool {
    order.lines.iter().any(|line| line.picture.src().is_some())
}

/// Where a mail finds a line's picture, in the narrowest width there is, and as a JPEG, which all programs know.
fn picture(line: &OrderLine, shop: &ShopSettings) -> Option<String> {
    let src = in_mail(line.picture.src()?);
    Some(match src.starts_with('/') {
        true => format!("{}{src}", shop.base_url),
        false => src,
    })
}

fn line_total(line: &OrderLine, order: &Order) -> String {
    locale().money(line.unit_price_minor * line.quantity, &order.currency)
}
