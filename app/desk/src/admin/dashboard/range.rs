//! Which time the figures are for: kept in the page's address, chosen by a link or in a form.

use app::{
    locale::locale,
    ui::{
        field::{Need, TextField},
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    period::{NoRange, Period, Range, Span},
    said,
};

const HERE: &str = "/admin";

/// What the address asks for, as it was typed.
pub struct AskedPeriod {
    pub period: Period,
    from: String,
    to: String,
    /// Why the days that were typed are none to show; the figures are today's then.
    wrong: Option<NoRange>,
}

impl AskedPeriod {
    pub fn of_address() -> Self {
        let query = use_query_map().get_untracked();
        let text = |name: &str| query.get(name).unwrap_or_default().trim().to_owned();
        Self::of(&text("days"), text("from"), text("to"))
    }

    fn of(days: &str, from: String, to: String) -> Self {
        let span = Span::parse(days).unwrap_or(Span::Today);
        let range = match from.is_empty() && to.is_empty() {
            true => Ok(Period::Last(span)),
            false => Range::parse(&from, &to).map(Period::Between),
        };
        Self {
            period: range.unwrap_or(Period::Last(span)),
            wrong: range.err(),
            from,
            to,
        }
    }

    /// The page with this time.
    pub fn href(&self) -> String {
        match self.period {
            Period::Last(span) => href(span),
            Period::Between(range) => {
                format!("{HERE}?from={}&to={}", range.first(), range.last())
            }
        }
    }

    /// What is wrong with the first and with the last day.
    fn errors(&self) -> (Option<String>, Option<String>) {
        let said = said();
        match self.wrong {
            None => (None, None),
            Some(NoRange::FirstUnread) => (Some(said.enter_a_day().to_owned()), None),
            Some(NoRange::LastUnread) => (None, Some(said.enter_a_day().to_owned())),
            Some(NoRange::Backwards) => (None, Some(said.ends_before().to_owned())),
            Some(NoRange::TooLong) => {
                let days = said.too_long(&Range::LONGEST.to_string());
                (None, Some(days))
            }
        }
    }

    fn is_own(&self) -> bool {
        self.wrong.is_some() || matches!(self.period, Period::Between(_))
    }
}

fn href(span: Span) -> String {
    format!("{HERE}?days={}", span.as_str())
}

fn words(span: Span) -> &'static str {
    match span {
        Span::Today => said().today(),
        Span::Week => said().seven_days(),
        Span::Month => said().thirty_days(),
        Span::Quarter => said().ninety_days(),
    }
}

pub fn choices(asked: &AskedPeriod) -> AnyView {
    let links: Vec<_> = Span::ALL
        .into_iter()
        .map(|span| {
            let is_current = asked.period == Period::Last(span) && !asked.is_own();
            let here = is_current.then_some("page");
            view! { <a class="tab" href=href(span) aria-current=here>{words(span)}</a> }
        })
        .collect();
    view! {
        <div class="desk-range">
            <nav class="tabs" aria-label=said().time()>{links}</nav>
            {own(asked)}
        </div>
    }
    .into_any()
}

/// Days of one's own.
fn own(asked: &AskedPeriod) -> AnyView {
    let (from_error, to_error) = asked.errors();
    let chosen = match asked.period {
        Period::Between(range) => Some(locale().long_dates(range.first(), range.last())),
        Period::Last(_) => None,
    };
    let chosen = chosen.map(|days| view! { <span class="muted">{days}</span> });
    view! {
        <details class="fold" open=asked.is_own()>
            <summary>{said().own_range()} {chosen} {icon(Icon::Chevron)}</summary>
            <form class="form-grid" action=HERE method="get">
                <TextField
                    name="from"
                    label=said().first_day()
                    kind="date"
                    class="col-half"
                    need=Need::Unmarked
                    value=asked.from.clone()
                    error=from_error
                />
                <TextField
                    name="to"
                    label=said().last_day()
                    kind="date"
                    class="col-half"
                    need=Need::Unmarked
                    value=asked.to.clone()
                    error=to_error
                />
                <p>
                    <button class="btn" type="submit">{said().show_range()}</button>
                </p>
            </form>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(days: &str, from: &str, to: &str) -> AskedPeriod {
        AskedPeriod::of(days, from.to_owned(), to.to_owned())
    }

    #[test]
    fn the_address_says_which_time_is_shown() {
        for (days, from, to, href) in [
            ("", "", "", "/admin?days=today"),
            ("90", "", "", "/admin?days=90"),
            (
                "7",
                "2026-10-01",
                "2026-10-31",
                "/admin?from=2026-10-01&to=2026-10-31",
            ),
            ("x", "soon", "", "/admin?days=today"),
        ] {
            assert_eq!(asked(days, from, to).href(), href);
        }
    }

    #[test]
    fn days_that_are_none_are_marked_where_they_were_typed() {
        let at = |from: &str, to: &str| {
            let (from, to) = asked("", from, to).errors();
            (from.is_some(), to.is_some())
        };
        assert_eq!(at("2026-10-01", "2026-10-31"), (false, false));
        assert_eq!(at("", "2026-10-31"), (true, false));
        assert_eq!(at("2026-10-01", ""), (false, true));
        assert_eq!(at("2026-10-31", "2026-10-01"), (false, true));
        assert_eq!(at("2024-10-31", "2026-10-01"), (false, true));
    }
}
