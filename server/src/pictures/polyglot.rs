//! Files that are a picture and something else besides.

use super::PictureKind;

/// Beginnings of what has no business in a picture: what a browser or server would run. Each is too
/// long to turn up in compressed data by chance.
const FOREIGN: [&[u8]; 6] = [
    b"<script",
    b"<?php",
    b"<html",
    b"<!doctype",
    b"%pdf-",
    b"javascript:",
];
/// Ends every ZIP, and so every JAR and office document; at most a comment comes after it.
const ZIP_END: &[u8] = b"PK\x05\x06";
const ZIP_TAIL: usize = 22 + 65_535;

/// Whether the file is also something else. Encoding it again would make it harmless; that
/// someone tries is reason enough to refuse it.
///
/// `end` is where the picture ends. Behind it there may be zeros and blank lines, which programs pad
/// files with and nothing can be hidden in.
pub(super) fn holds_more(kind: PictureKind, bytes: &[u8], end: usize) -> bool {
    let is_padding = |byte: &u8| *byte == 0 || byte.is_ascii_whitespace();
    let ends_early = match kind {
        PictureKind::Png | PictureKind::Webp => !bytes[end..].iter().all(is_padding),
        // Cameras put previews and films behind the picture.
        PictureKind::Jpeg => false,
    };
    let tail = &bytes[bytes.len().saturating_sub(ZIP_TAIL)..];
    let is_zip = tail.windows(ZIP_END.len()).any(|window| window == ZIP_END);
    ends_early || is_zip || has_foreign(bytes)
}

fn has_foreign(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().any(|(at, byte)| {
        matches!(byte, b'<' | b'%' | b'j' | b'J')
            && FOREIGN.iter().any(|foreign| {
                bytes[at..]
                    .get(..foreign.len())
                    .is_some_and(|part| part.eq_ignore_ascii_case(foreign))
            })
    })
}
