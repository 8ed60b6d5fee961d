//! The start of a drop for calendars (RFC 5545).

use app::{
    catalog::address,
    drops::{ports::Drops, text::Text, types::DropPhase},
    error::ShopError,
    locale::{self, Language},
};
use axum::{
    Extension,
    extract::{Path as UrlPath, Request, State},
    http::header,
    response::IntoResponse,
};

use super::{
    page,
    state::{HttpState, Reply},
};

/// Bytes of a line, without its end.
const LINE: usize = 75;
/// How long an entry lasts if the drop ends when it is sold, in milliseconds.
const SHORT: i64 = 30 * 60 * 1000;
/// When calendars remind, before the start.
const ALARM: &str = "-PT15M";

/// `GET /drops/{slug}/calendar.ics`
pub async fn of_drop(
    State(state): State<HttpState>,
    UrlPath(slug): UrlPath<String>,
    Extension(language): Extension<Language>,
    request: Request,
) -> Reply {
    let drops = state.services.shop.port::<dyn Drops>();
    let found = drops.in_language(language.locale).of_slug(&slug).await;
    let drop = match found {
        Ok(drop) if drop.phase != DropPhase::CalledOff => drop,
        Ok(_) => return page::refused(&state, request, ShopError::not_found()).await,
        Err(error) => return page::refused(&state, request, error).await,
    };
    let settings = state.services.settings.now_or_last().await;
    let link = format!(
        "{}{}",
        settings.base_url,
        language.href(&address::drop(&drop.slug))
    );
    let title = locale::within(language, async {
        Text::from(locale::locale()).calendar_title(&drop.title)
    })
    .await;
    let calendar = Calendar {
        uid: format!("{}@{}", drop.id, host(&settings.base_url)),
        made: stamp(state.services.clock.now()),
        starts: stamp(drop.opens_at),
        ends: stamp(drop.closes_at.unwrap_or(drop.opens_at + SHORT)),
        title,
        link,
    };
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"drop.ics\"",
        ),
    ];
    (headers, calendar.write()).into_response()
}

fn host(base_url: &str) -> &str {
    base_url.split("://").nth(1).unwrap_or(base_url)
}

/// `20261123T140509Z`
fn stamp(at: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(at).unwrap_or_default();
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

struct Calendar {
    uid: String,
    made: String,
    starts: String,
    ends: String,
    title: String,
    link: String,
}

impl Calendar {
    fn write(&self) -> String {
        let title = escaped(&self.title);
        let lines = [
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            "PRODID:-//Holdfast//Drops//EN".to_owned(),
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", escaped(&self.uid)),
            format!("DTSTAMP:{}", self.made),
            format!("DTSTART:{}", self.starts),
            format!("DTEND:{}", self.ends),
            format!("SUMMARY:{title}"),
            format!("URL:{}", self.link),
            "BEGIN:VALARM".to_owned(),
            "ACTION:DISPLAY".to_owned(),
            format!("TRIGGER:{ALARM}"),
            format!("DESCRIPTION:{title}"),
            "END:VALARM".to_owned(),
            "END:VEVENT".to_owned(),
            "END:VCALENDAR".to_owned(),
        ];
        lines.iter().map(|line| folded(line)).collect()
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// With its end, and cut where it is too long, between letters.
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + 2);
    let mut bytes = 0;
    for letter in line.chars() {
        if bytes + letter.len_utf8() > LINE {
            folded.push_str("\r\n ");
            bytes = 1;
        }
        bytes += letter.len_utf8();
        folded.push(letter);
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_add_a_line_and_long_lines_are_folded() {
        let calendar = Calendar {
            uid: "1@shop.example".to_owned(),
            made: stamp(0),
            starts: stamp(1_795_442_709_000),
            ends: stamp(1_795_446_309_000),
            title: format!("Rope, red; 5\\10\r\nATTENDEE:x{}", "ü".repeat(60)),
            link: "https://shop.example/drops/rope".to_owned(),
        };
        let written = calendar.write();
        assert!(written.contains("DTSTART:20261123T140509Z\r\n"));
        assert!(written.contains("SUMMARY:Rope\\, red\\; 5\\\\10\\nATTENDEE:x"));
        for line in written.trim_end().split("\r\n") {
            assert!(line.len() <= LINE, "{line}");
            assert!(!line.starts_with("ATTENDEE"));
        }
        let unfolded = written.replace("\r\n ", "");
        assert!(unfolded.contains(&"ü".repeat(60)));
    }
}
