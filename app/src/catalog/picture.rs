//! Widths that uploaded pictures are served in.
//!
//! A stored picture's address tells its widths: `/media/….w960.webp` is also there as `.w320.webp`
//! and `.w640.webp`. Pictures from elsewhere have one address.

#[cfg(feature = "ssr")]
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use super::types::{Picture, Thumb};

/// A small picture of what is named beside it.
#[cfg(feature = "ssr")]
pub fn thumb(thumb: &Thumb) -> Option<AnyView> {
    let (src, class) = (small(thumb.src()?), thumb.class());
    let image = view! { <img class=class src=src width="256" height="256" alt="" loading="lazy"/> };
    Some(image.into_any())
}

/// The class of a cut-out, which stands on its frame, or of a photograph, which fills it.
#[cfg(feature = "ssr")]
pub fn frame_class(picture: &Picture) -> &'static str {
    match picture.cut_out {
        true => "cut-out",
        false => "photo",
    }
}

/// Widths in pixels; a picture has those that are narrower than itself, and its own.
pub const WIDTHS: [u32; 4] = [320, 640, 960, 1600];

/// The widths of a picture that came in this wide, rising.
pub fn widths(own: u32) -> Vec<u32> {
    let widest = WIDTHS[WIDTHS.len() - 1];
    let mut widths: Vec<u32> = WIDTHS.into_iter().filter(|width| *width < own).collect();
    if own <= widest {
        widths.push(own);
    }
    widths
}

/// The address in one of its widths, from its name.
pub fn name_in_width(name: &str, width: u32) -> String {
    format!("{name}.w{width}.webp")
}

/// How wide a picture is in pixels, by its address.
pub fn own_width(src: &str) -> Option<u32> {
    let (_, own) = src.strip_suffix(".webp")?.rsplit_once(".w")?;
    own.parse().ok()
}

/// The `srcset` of a picture that has several widths.
pub fn srcset(src: &str) -> Option<String> {
    let (name, own) = src.strip_suffix(".webp")?.rsplit_once(".w")?;
    let own: u32 = own.parse().ok()?;
    if !src.starts_with("/media/") {
        return None;
    }
    let widths = widths(own);
    if widths.len() < 2 {
        return None;
    }
    let parts: Vec<String> = widths
        .into_iter()
        .map(|width| format!("{} {width}w", name_in_width(name, width)))
        .collect();
    Some(parts.join(", "))
}

/// The address to show small, such as in a list.
pub fn small(src: &str) -> String {
    let narrow = src
        .strip_suffix(".webp")
        .and_then(|rest| rest.rsplit_once(".w"))
        .and_then(|(name, own)| Some((name, own.parse::<u32>().ok()?)))
        .filter(|(_, own)| src.starts_with("/media/") && *own > WIDTHS[0]);
    match narrow {
        Some((name, _)) => name_in_width(name, WIDTHS[0]),
        None => src.to_owned(),
    }
}

/// The same small in an e-mail: the narrowest width is there as JPEG, too.
#[cfg(feature = "ssr")]
pub fn in_mail(src: &str) -> String {
    let narrow = small(src);
    let is_ours = narrow.starts_with("/media/") && own_width(&narrow).is_some();
    match narrow.strip_suffix(".webp") {
        Some(rest) if is_ours => format!("{rest}.jpg"),
        _ => narrow,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_tells_its_widths() {
        assert_eq!(
            srcset("/media/a.w700.webp").as_deref(),
            Some("/media/a.w320.webp 320w, /media/a.w640.webp 640w, /media/a.w700.webp 700w")
        );
        assert_eq!(small("/media/a.w700.webp"), "/media/a.w320.webp");
        for one in [
            "/media/a.w200.webp",
            "/media/demo/boot.webp",
            "https://elsewhere.example/x.w700.webp",
            "/media/a.wide.webp",
        ] {
            assert_eq!((srcset(one), small(one)), (None, one.to_owned()));
        }
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn a_picture_of_ours_is_a_jpeg_in_an_e_mail() {
        for (src, shown) in [
            ("/media/a.w700.webp", "/media/a.w320.jpg"),
            ("/media/a.w200.webp", "/media/a.w200.jpg"),
            ("/media/demo/boot.webp", "/media/demo/boot.webp"),
            (
                "https://e.example/x.w700.webp",
                "https://e.example/x.w700.webp",
            ),
        ] {
            assert_eq!(in_mail(src), shown);
        }
    }
}
