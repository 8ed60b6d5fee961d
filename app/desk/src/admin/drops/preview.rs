//! `/admin/drops/:id/preview`: a drop's page as shoppers would see it at a time that is chosen. Nothing of it is kept, and
//! for everybody but admins there is no such page.

use app::{
    drops::previewed::{Hidden, Previewed, WhyHidden},
    features,
    identity::Role,
    ui::{
        date::{Zone, time},
        icon::{Icon, icon},
        path::path_part,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    ports::drop_desk,
    said,
    ways::{DROPS, editor},
};
use crate::admin::frame::for_role;

const MINUTE: i64 = 60 * 1000;

/// A time as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum TypedTime {
    /// None: the start.
    Nothing,
    At(i64),
    Unread(String),
}

impl TypedTime {
    fn of(typed: &str, zone: &Zone) -> Self {
        match typed.trim() {
            "" => Self::Nothing,
            typed => zone
                .at_minute(typed)
                .map_or_else(|| Self::Unread(typed.to_owned()), Self::At),
        }
    }

    const fn at(&self) -> Option<i64> {
        match self {
            Self::At(at) => Some(*at),
            Self::Nothing | Self::Unread(_) => None,
        }
    }
}

#[component]
pub fn DropPreviewPage() -> impl IntoView {
    let (id, port) = (path_part("id"), drop_desk());
    let typed = use_query_map().get_untracked().get("at");
    let asked = TypedTime::of(&typed.unwrap_or_default(), &Zone::of_shop());
    let at = asked.at();
    let data = async move { port.preview(&id, at).await };
    for_role(Role::Admin, data, move |_, previewed| {
        let notice = notice(&previewed, &asked);
        provide_context(previewed);
        features::drop_preview(notice).into_any()
    })
}

fn notice(previewed: &Previewed, asked: &TypedTime) -> AnyView {
    let drop = &previewed.drop;
    let zone = Zone::of_shop();
    let unread = match asked {
        TypedTime::Unread(_) => Some(view! {
            <p class="field-error" id="at-error" role="alert">{said().time_unread()}</p>
        }),
        TypedTime::Nothing | TypedTime::At(_) => None,
    };
    let is_unread = unread.is_some();
    let value = match asked {
        TypedTime::Unread(typed) => typed.clone(),
        TypedTime::Nothing | TypedTime::At(_) => zone.minute(previewed.at),
    };
    let action = format!("{DROPS}/{}/preview", drop.id);
    view! {
        <div class="container stack drop-preview">
            <p class="banner banner-warn">
                {icon(Icon::Info)}
                <span>
                    <strong>{said().preview()}</strong>
                    " "
                    {said().seen_at()}
                    " "
                    {time(previewed.at)}
                </span>
                " "
                <a class="link" href=editor(&drop.id)>{said().back_to_drop()}</a>
            </p>
            <form class="row" action=action.clone() method="get">
                <label for="at">{said().another_time()}</label>
                <input
                    class="input"
                    id="at"
                    name="at"
                    type="datetime-local"
                    value=value
                    aria-invalid=is_unread.then_some("true")
                    aria-describedby=is_unread.then_some("at-error")
                />
                <button class="btn" type="submit">{said().show()}</button>
                {moments(previewed, &action)}
            </form>
            {unread}
            {hidden(&previewed.hidden)}
        </div>
    }
    .into_any()
}

/// Links to the times at which it looks different.
fn moments(previewed: &Previewed, action: &str) -> AnyView {
    let (drop, zone) = (&previewed.drop, Zone::of_shop());
    let moments = [
        (
            previewed.reveal_at.map(|at| at - MINUTE),
            said().before_reveal(),
        ),
        (previewed.reveal_at, said().at_reveal()),
        (Some(drop.opens_at - MINUTE), said().before_start()),
        (Some(drop.opens_at), said().at_start()),
        (drop.closes_at, said().at_end()),
    ];
    let links: Vec<_> = moments
        .into_iter()
        .filter_map(|(at, words)| {
            let href = format!("{action}?at={}", zone.minute(at?));
            Some(view! { <a class="btn-text" href=href>{words}</a> " " })
        })
        .collect();
    view! { {links} }.into_any()
}

fn hidden(hidden: &[Hidden]) -> Option<AnyView> {
    let items: Vec<_> = hidden
        .iter()
        .map(|one| {
            let why = match one.why {
                WhyHidden::NotOnSale => said().not_on_sale().to_owned(),
                WhyHidden::Secret => said().secret().to_owned(),
                WhyHidden::SecretUntil(at) => {
                    said().secret_until(&Zone::of_shop().date_and_time(at))
                }
            };
            view! { <li>{one.title.clone()} ": " {why}</li> }
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby="hidden">
                <h2 class="panel-title" id="hidden">{said().not_shown()}</h2>
                <ul>{items}</ul>
            </section>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_the_start_unless_it_is_typed_and_can_be_read() {
        let utc = Zone::named("UTC");
        assert_eq!(TypedTime::of(" ", &utc), TypedTime::Nothing);
        let noon = TypedTime::of("2026-12-01T12:00", &utc);
        assert_eq!(
            noon.at().map(|at| utc.minute(at)).as_deref(),
            Some("2026-12-01T12:00")
        );
        let unread = TypedTime::of("<b>soon", &utc);
        assert_eq!(unread, TypedTime::Unread("<b>soon".to_owned()));
        assert_eq!(unread.at(), None);
    }
}
