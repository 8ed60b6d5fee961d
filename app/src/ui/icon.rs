//! The shop's icons: strokes on a square of 20, coloured by the text around them.

use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Alert,
    Arrow,
    Back,
    Badge,
    Bag,
    Bank,
    Card,
    Cash,
    Check,
    Chart,
    Chevron,
    Close,
    Edit,
    Filter,
    Grid,
    Info,
    Log,
    Mail,
    Menu,
    Minus,
    Person,
    Plus,
    Return,
    Rows,
    Search,
    Shop,
    SignOut,
    Sliders,
    Stock,
    Tag,
    Trash,
    Truck,
    Upload,
}

impl Icon {
    const fn strokes(self) -> &'static str {
        match self {
            Self::Alert => r#"<circle cx="10" cy="10" r="7.2"/><path d="M10 6.2v4.6M10 13.7v.1"/>"#,
            Self::Arrow => r#"<path d="M4 10h12M11.5 5.5 16 10l-4.5 4.5"/>"#,
            Self::Back => r#"<path d="M16 10H4M8.5 5.5 4 10l4.5 4.5"/>"#,
            Self::Badge => {
                r#"<rect x="3" y="5" width="14" height="12" rx="1.8"/><path d="M8 5V2.8h4V5M6 14c.3-1.7 1.3-2.4 2.6-2.4s2.3.7 2.6 2.4M13.2 9.5h1.6M13.2 12.5h1.6"/><circle cx="8.6" cy="9.2" r="1.3"/>"#
            }
            Self::Bag => {
                r#"<path d="M4.5 7h11l.8 9.5H3.7z"/><path d="M7.2 9V5.8a2.8 2.8 0 0 1 5.6 0V9"/>"#
            }
            Self::Bank => {
                r#"<path d="M3 8 10 3.5 17 8zM4.5 8v6M8.2 8v6M11.8 8v6M15.5 8v6M3 16.5h14"/>"#
            }
            Self::Card => {
                r#"<rect x="2.5" y="4.5" width="15" height="11" rx="1.8"/><path d="M2.5 8.2h15M5.5 12.3h3"/>"#
            }
            Self::Cash => {
                r#"<rect x="2.5" y="5" width="15" height="10" rx="1.5"/><circle cx="10" cy="10" r="2.3"/><path d="M5 7.5v.1M15 12.5v.1"/>"#
            }
            Self::Check => r#"<path d="m4.5 10.5 3.7 3.7 7.3-8"/>"#,
            Self::Chart => r#"<path d="M3.5 16.5h13M5.5 13.5v-4M10 13.5v-9M14.5 13.5V7"/>"#,
            Self::Chevron => r#"<path d="m5.5 8 4.5 4.5L14.5 8"/>"#,
            Self::Close => r#"<path d="m5 5 10 10M15 5 5 15"/>"#,
            Self::Edit => r#"<path d="M4 16l.7-3.5L13.5 3.7l2.8 2.8L7.5 15.3z"/>"#,
            Self::Filter => {
                r#"<path d="M3 6h9M15.5 6H17M3 14h1.5M8 14h9"/><circle cx="13.7" cy="6" r="1.8"/><circle cx="6.3" cy="14" r="1.8"/>"#
            }
            Self::Grid => {
                r#"<rect x="3" y="3" width="5.8" height="5.8" rx="1"/><rect x="11.2" y="3" width="5.8" height="5.8" rx="1"/><rect x="3" y="11.2" width="5.8" height="5.8" rx="1"/><rect x="11.2" y="11.2" width="5.8" height="5.8" rx="1"/>"#
            }
            Self::Info => r#"<circle cx="10" cy="10" r="7.2"/><path d="M10 9.2v4.5M10 6.3v.1"/>"#,
            Self::Log => {
                r#"<path d="M5 2.8h7.5L16 6.3v10.9H5zM12.2 2.8v3.7H16M7.8 9.5h5.4M7.8 12.8h5.4"/>"#
            }
            Self::Mail => {
                r#"<rect x="2.5" y="4.5" width="15" height="11" rx="1.5"/><path d="m3 5.5 7 5.5 7-5.5"/>"#
            }
            Self::Menu => r#"<path d="M3 6.5h14M3 13.5h14"/>"#,
            Self::Minus => r#"<path d="M5 10h10"/>"#,
            Self::Person => {
                r#"<circle cx="10" cy="7" r="3.2"/><path d="M3.8 17c.6-3.4 3-5 6.2-5s5.6 1.6 6.2 5"/>"#
            }
            Self::Plus => r#"<path d="M5 10h10M10 5v10"/>"#,
            Self::Return => {
                r#"<path d="M6.5 4.5 3.5 7.5l3 3"/><path d="M3.5 7.5h8.3a4.2 4.2 0 0 1 0 8.4H7"/>"#
            }
            Self::Rows => {
                r#"<path d="M7 5.5h10M7 10h10M7 14.5h10M3.5 5.5v.1M3.5 10v.1M3.5 14.5v.1"/>"#
            }
            Self::Search => r#"<circle cx="9" cy="9" r="5.5"/><path d="m13.2 13.2 3.8 3.8"/>"#,
            Self::Shop => r#"<path d="M3.5 8.5v8h13v-8M2.5 8.5l1.5-5h12l1.5 5zM8 16.5V12h4v4.5"/>"#,
            Self::SignOut => r#"<path d="M8 3.5H4v13h4M12.5 6.5 16 10l-3.5 3.5M16 10H8"/>"#,
            Self::Sliders => {
                r#"<path d="M3 6h8M15 6h2M3 14h2M9 14h8"/><circle cx="13" cy="6" r="2"/><circle cx="7" cy="14" r="2"/>"#
            }
            Self::Stock => {
                r#"<path d="m10 2.8 6.7 3.6v7.2L10 17.2l-6.7-3.6V6.4zM3.3 6.4 10 10l6.7-3.6M10 10v7.2"/>"#
            }
            Self::Tag => {
                r#"<path d="M3 3.5h6.5l7.3 7.3-6 6L3.5 9.5z"/><circle cx="6.6" cy="6.8" r="1"/>"#
            }
            Self::Trash => r#"<path d="M3.5 5.5h13M8 5.5V3.7h4v1.8M5 5.5l.7 11h8.6l.7-11"/>"#,
            Self::Truck => {
                r#"<path d="M2 5h9.5v8.5H2zM11.5 8h3.3l3.2 3v2.5h-6.5z"/><circle cx="5.5" cy="14.5" r="1.6"/><circle cx="14.5" cy="14.5" r="1.6"/>"#
            }
            Self::Upload => r#"<path d="M10 13V4M6.5 7.2 10 3.7l3.5 3.5M3.5 13v3.5h13V13"/>"#,
        }
    }
}

/// An icon beside words, or inside a control that has a label: it says nothing to a screen reader.
pub fn icon(kind: Icon) -> impl IntoView {
    let class = match kind {
        Icon::Chevron => "icon chevron",
        _ => "icon",
    };
    icon_with_class(kind, class)
}

pub fn icon_with_class(kind: Icon, class: &'static str) -> impl IntoView {
    drawn(kind.strokes(), class)
}

/// An icon of one feature's own, whose strokes are SVG on the same square.
pub fn own_icon(strokes: &'static str) -> impl IntoView {
    drawn(strokes, "icon")
}

fn drawn(strokes: &'static str, class: &'static str) -> impl IntoView {
    view! { <svg class=class viewBox="0 0 20 20" aria-hidden="true" inner_html=strokes></svg> }
}

/// The shop's mark: kelp on its holdfast.
pub fn brand_mark() -> impl IntoView {
    view! { <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true" inner_html=MARK></svg> }
}

const MARK: &str = concat!(
    r#"<g fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round">"#,
    r#"<path d="M16 4v14"/>"#,
    r#"<path d="M16 17c0 5-9 3.5-10.5 11"/>"#,
    r#"<path d="M16 17c0 5.5-3.7 5.5-3.7 11"/>"#,
    r#"<path d="M16 17c0 5.5 3.7 5.5 3.7 11"/>"#,
    r#"<path d="M16 17c0 5 9 3.5 10.5 11"/>"#,
    r#"</g>"#,
    r#"<path d="M15.3 14C10 13.4 6.9 9.6 7.2 4c5.2 1.1 8 4.8 8.1 10Zm1.4-2.5c.1-4.4 2.8-7.6 7.7-8.5.4 5.1-2.6 8.2-7.7 8.5Z" fill="currentColor"/>"#,
);
