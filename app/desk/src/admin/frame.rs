//! What is around every admin page, and pieces its lists share.

use std::future::Future;

use app::{
    answers::Tally,
    error::{ShopError, ShopResult},
    identity::{Account, Role},
    load::{load, refused},
    locale::locale,
    shop::{PaymentMode, shop},
    style,
    ui::{
        empty::empty_art,
        field::RefusalBanner,
        form::{FormState, PageField},
        head::private_head,
        icon::{Icon, brand_mark, icon, icon_with_class},
    },
    visitor::visitor,
};
use leptos::prelude::*;

mod delete_panel;
mod live;
mod palette;
mod save_bar;
mod settings_form;
mod short_number;
pub mod sort;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_frame_text.rs"));
}

pub use delete_panel::DeletePanel;
pub use live::LivePanel;
pub use palette::places;
pub use save_bar::{last_saved, save_bar};
pub use settings_form::{SettingsForm, settings_crumb};
pub use short_number::short_number;

/// What is said around every page, in the language of the request at hand.
fn said() -> text::Text {
    text::Text::from(locale())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Dashboard,
    Search,
    Products,
    Categories,
    Collections,
    Drops,
    Home,
    Announcements,
    Stock,
    Orders,
    Customers,
    Pages,
    Staff,
    Audit,
    Look,
    Settings,
    System,
}

impl Section {
    /// What someone with this role may open, in the order of the menu.
    const fn of(role: Role) -> &'static [Self] {
        match role {
            Role::Admin => &[
                Self::Dashboard,
                Self::Search,
                Self::Products,
                Self::Categories,
                Self::Collections,
                Self::Drops,
                Self::Home,
                Self::Announcements,
                Self::Stock,
                Self::Orders,
                Self::Customers,
                Self::Pages,
                Self::Staff,
                Self::Audit,
                Self::Look,
                Self::Settings,
                Self::System,
            ],
            Role::Staff | Role::Customer => &[
                Self::Dashboard,
                Self::Search,
                Self::Products,
                Self::Stock,
                Self::Orders,
                Self::Customers,
            ],
        }
    }

    fn link(self) -> (&'static str, &'static str, Icon) {
        match self {
            Self::Dashboard => ("/admin", said().dashboard(), Icon::Chart),
            Self::Search => ("/admin/search", said().search(), Icon::Search),
            Self::Products => ("/admin/products", said().products(), Icon::Grid),
            Self::Categories => ("/admin/categories", said().categories(), Icon::Tag),
            Self::Collections => ("/admin/collections", said().collections(), Icon::Rows),
            Self::Drops => ("/admin/drops", said().drops(), Icon::Tag),
            Self::Home => ("/admin/home", said().home_page(), Icon::Edit),
            Self::Announcements => ("/admin/announcements", said().announcements(), Icon::Info),
            Self::Stock => ("/admin/stock", said().stock(), Icon::Stock),
            Self::Orders => ("/admin/orders", said().orders(), Icon::Rows),
            Self::Customers => ("/admin/customers", said().customers(), Icon::Person),
            Self::Pages => ("/admin/pages", said().pages(), Icon::Info),
            Self::Staff => ("/admin/staff", said().staff(), Icon::Badge),
            Self::Audit => ("/admin/audit", said().audit_log(), Icon::Log),
            Self::Look => ("/admin/look", said().look(), Icon::Edit),
            Self::Settings => ("/admin/settings", said().settings(), Icon::Sliders),
            Self::System => ("/admin/system", said().system(), Icon::Chart),
        }
    }
}

/// What a page shows, once its data is there.
pub struct AdminView {
    section: Section,
    title: String,
    content: AnyView,
}

impl Section {
    pub fn page(self, title: impl Into<String>, content: AnyView) -> AdminView {
        AdminView {
            section: self,
            title: title.into(),
            content,
        }
    }
}

/// A page of the admin area with what `data` brings, for those who have `role` or a higher one.
/// For everybody else it does not exist, and nothing is loaded.
pub fn admin_page<T: Send + 'static>(
    role: Role,
    data: impl Future<Output = ShopResult<T>> + Send + 'static,
    view: impl FnOnce(&Account, T) -> AdminView + Send + 'static,
) -> AnyView {
    for_role(role, data, move |account, found| {
        let page = view(account, found);
        framed(account, page)
    })
}

/// The same without menu and frame.
pub fn for_role<T: Send + 'static>(
    role: Role,
    data: impl Future<Output = ShopResult<T>> + Send + 'static,
    view: impl FnOnce(&Account, T) -> AnyView + Send + 'static,
) -> AnyView {
    match visitor().with_role(role, &shop().settings) {
        Ok(account) => load(data, move |found| view(&account, found)),
        Err(error) => refused(error),
    }
}

fn framed(account: &Account, page: AdminView) -> AnyView {
    let AdminView {
        section,
        title,
        content,
    } = page;
    // A page that came back with what was typed is not left without asking.
    let unsaved = use_context::<FormState>().map(|state| state.action);
    view! {
        {private_head(&said().page_title(&title))}
        <a class="skip-link" href="#main">{said().skip_to_content()}</a>
        <div class="admin">
            {side(account, section)}
            <main class="admin-main" id="main" tabindex="-1" data-unsaved=unsaved>
                {mode_line()} {content}
            </main>
        </div>
        <script type="module" src="/admin-assets/palette.js"></script>
        <script type="module" src="/admin-assets/guard.js"></script>
        <script type="module" src="/admin-assets/menus.js"></script>
    }
    .into_any()
}

/// Says on every page that no money comes in.
fn mode_line() -> Option<AnyView> {
    let words = match shop().settings.payment_mode {
        PaymentMode::Real => return None,
        PaymentMode::Test => said().test_key(),
        PaymentMode::Demo => said().demo_payments(),
    };
    Some(view! { <p class="mode-line" role="note">{words}</p> }.into_any())
}

fn side(account: &Account, section: Section) -> AnyView {
    let name = shop().settings.name.clone();
    view! {
        <aside class="admin-side">
            <a class="brand" href="/admin">
                {brand_mark()}
                <span>{name}</span>
                " "
                <span class="badge badge-accent admin-tag">{said().admin()}</span>
            </a>
            <details class="reveal admin-toggle">
                <summary aria-label=said().menu()>
                    {icon_with_class(Icon::Menu, "icon icon-open")}
                    {icon_with_class(Icon::Close, "icon icon-close")}
                </summary>
            </details>
            <nav
                class="admin-nav"
                aria-label=said().admin()
                data-may-edit=(account.role == Role::Admin).then_some("")
                data-words=palette::words()
                data-places=palette::places_of(account)
                data-find=style::FIND.href()
            >
                {sections(account, section)} {ways_out(account)}
            </nav>
        </aside>
    }
    .into_any()
}

fn sections(account: &Account, current: Section) -> impl IntoView + use<> {
    let links: Vec<_> = Section::of(account.role)
        .iter()
        .map(|section| {
            let (href, title, sign) = section.link();
            let here = (*section == current).then_some("page");
            view! {
                <li>
                    <a class="admin-link" href=href aria-current=here>{icon(sign)} {title}</a>
                </li>
            }
        })
        .collect();
    view! { <ul>{links}</ul> }
}

fn ways_out(account: &Account) -> impl IntoView + use<> {
    view! {
        <ul>
            <li>
                <p class="admin-who">{account.email.clone()}</p>
            </li>
            <li>
                <a class="admin-link" href="/account">{icon(Icon::Person)} {said().your_account()}</a>
            </li>
            <li>
                <a class="admin-link" href="/">{icon(Icon::Shop)} {said().view_the_shop()}</a>
            </li>
            <li>
                <form action="/api/admin/sign-out" method="post">
                    <PageField/>
                    <button class="admin-link" type="submit">
                        {icon(Icon::SignOut)}
                        {said().sign_out()}
                    </button>
                </form>
            </li>
        </ul>
    }
}

/// Why a form of the page was refused, whichever it was.
pub fn refusal() -> Option<ShopError> {
    use_context::<FormState>().and_then(|state| state.error)
}

pub fn refusal_banner() -> Option<impl IntoView> {
    refusal().map(|error| view! { <RefusalBanner error/> })
}

/// A way through a list, with whether it is the current one.
pub struct Tab {
    pub href: String,
    pub title: &'static str,
    /// How many rows the list has, of the current tab.
    pub current: Option<Tally>,
    /// As far as the rows of another tab were counted, if they were.
    pub count: Option<Tally>,
}

pub fn tabs(label: &'static str, tabs: Vec<Tab>) -> AnyView {
    let links: Vec<_> = tabs
        .into_iter()
        .map(|tab| {
            let here = tab.current.is_some().then_some("page");
            let count = tab.count.filter(|count| !count.is_none());
            let total = tab
                .current
                .or(count)
                .map(Tally::words)
                .map(|total| view! { <span class="muted">{total}</span> });
            view! { <a class="tab" href=tab.href aria-current=here>{tab.title} {total}</a> }
        })
        .collect();
    view! { <nav class="tabs" aria-label=label>{links}</nav> }.into_any()
}

/// The search field above a list; `kept` goes along unseen.
pub fn search_form(
    action: &'static str,
    label: &'static str,
    text: String,
    kept: Vec<(&'static str, String)>,
) -> AnyView {
    let kept: Vec<_> = kept
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect();
    view! {
        <form class="admin-search" role="search" action=action method="get">
            {kept}
            <label class="visually-hidden" for="s">{label}</label>
            <input class="input" id="s" name="q" type="search" placeholder=label value=text/>
            <button class="btn" type="submit">{said().search()}</button>
        </form>
    }
    .into_any()
}

/// In place of a table without rows.
pub fn nothing_here(
    title: &'static str,
    words: &'static str,
    way_on: (&'static str, &'static str),
) -> AnyView {
    let (href, link) = way_on;
    view! {
        <div class="panel">
            <div class="empty empty-small">
                {empty_art("/art/parcel.webp")}
                <h2>{title}</h2>
                <p>{words}</p>
                <p class="row">
                    <a class="btn" href=href>{link}</a>
                </p>
            </div>
        </div>
    }
    .into_any()
}
