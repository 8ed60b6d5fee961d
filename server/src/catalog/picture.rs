//! Uploaded pictures: looked at before they are decoded, and stored as pictures of our own making.
//!
//! Nothing of the file that was sent is served: it is decoded, turned the right way up, resized and
//! encoded anew, so that neither where it was taken nor what was hidden in it goes out.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, imageops::FilterType,
    metadata::Orientation,
};

/// Kinds of picture the shop takes, known by content and not by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    Png,
    Jpeg,
    Webp,
}

/// Largest upload per picture, in bytes.
pub const MAX_PICTURE_BYTES: usize = 8 * 1024 * 1024;
/// Largest width and height, in pixels.
pub const MAX_PICTURE_SIDE: usize = 8000;
/// Most pixels in all: a small file can claim many, and each takes four bytes to decode.
pub const MAX_PICTURE_PIXELS: usize = 40_000_000;
/// Most memory that decoding may take, in bytes.
const MAX_DECODED: u64 = 320 * 1024 * 1024;
/// Of 100; finer is larger and looks the same.
const QUALITY: f32 = 82.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    #[error("This is not a PNG, JPEG or WebP picture.")]
    Kind,
    #[error("Pictures can have up to 8 MB.")]
    TooLarge,
    #[error("Pictures can be up to 8000 pixels wide and high, and have up to 40 million pixels.")]
    TooWide,
    #[error("This file holds something else besides a picture.")]
    Polyglot,
    #[error("This picture is damaged and cannot be shown.")]
    Damaged,
}

/// A picture in one width, encoded as WebP.
pub struct Rendition {
    pub width: u32,
    pub webp: Vec<u8>,
}

impl PictureKind {
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Webp => "webp",
        }
    }

    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }

    const fn format(self) -> ImageFormat {
        match self {
            Self::Png => ImageFormat::Png,
            Self::Jpeg => ImageFormat::Jpeg,
            Self::Webp => ImageFormat::WebP,
        }
    }

    /// What a stored file is, by the name this shop gave it.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Png, Self::Jpeg, Self::Webp]
            .into_iter()
            .find(|kind| {
                name.rsplit_once('.')
                    .is_some_and(|(_, ext)| ext == kind.extension())
            })
    }

    /// Looks at the bytes; decodes nothing.
    pub fn check(bytes: &[u8]) -> Result<Self, PictureError> {
        if bytes.len() > MAX_PICTURE_BYTES {
            return Err(PictureError::TooLarge);
        }
        let kind = match imagesize::image_type(bytes) {
            Ok(imagesize::ImageType::Png) => Self::Png,
            Ok(imagesize::ImageType::Jpeg) => Self::Jpeg,
            Ok(imagesize::ImageType::Webp) => Self::Webp,
            _ => return Err(PictureError::Kind),
        };
        let size = imagesize::blob_size(bytes).map_err(|_| PictureError::Kind)?;
        if size.width == 0 || size.height == 0 {
            return Err(PictureError::Kind);
        }
        let is_wide = size.width > MAX_PICTURE_SIDE || size.height > MAX_PICTURE_SIDE;
        if is_wide || size.width * size.height > MAX_PICTURE_PIXELS {
            return Err(PictureError::TooWide);
        }
        match holds_more(kind, bytes) {
            true => Err(PictureError::Polyglot),
            false => Ok(kind),
        }
    }

    /// The picture in each of the widths it is served in. Takes its time: call it where nothing
    /// else waits.
    pub fn render(self, bytes: &[u8]) -> Result<Vec<Rendition>, PictureError> {
        let damaged = |_| PictureError::Damaged;
        let mut limits = Limits::default();
        limits.max_image_width = Some(MAX_PICTURE_SIDE as u32);
        limits.max_image_height = Some(MAX_PICTURE_SIDE as u32);
        limits.max_alloc = Some(MAX_DECODED);
        let mut reader = ImageReader::with_format(Cursor::new(bytes), self.format());
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(damaged)?;
        let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let mut image = DynamicImage::from_decoder(decoder).map_err(damaged)?;
        image.apply_orientation(turned);

        let mut widths = app::catalog::picture::widths(image.width());
        widths.reverse();
        let mut renditions = Vec::new();
        for width in widths {
            if width < image.width() {
                // Each from the next larger one: as good to look at, and far less work.
                image = image.resize(width, u32::MAX, FilterType::CatmullRom);
            }
            renditions.push(Rendition {
                width,
                webp: encode(&image)?,
            });
        }
        renditions.reverse();
        Ok(renditions)
    }
}

fn encode(image: &DynamicImage) -> Result<Vec<u8>, PictureError> {
    let (width, height) = (image.width(), image.height());
    let encoded =
        match image.color().has_alpha() {
            true => webp::Encoder::from_rgba(&image.to_rgba8(), width, height)
                .encode_simple(false, QUALITY),
            false => webp::Encoder::from_rgb(&image.to_rgb8(), width, height)
                .encode_simple(false, QUALITY),
        };
    Ok(encoded.map_err(|_| PictureError::Damaged)?.to_vec())
}

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

/// Whether the file is also something else. It would be made harmless by encoding it anew; that
/// somebody tries is reason enough to refuse it.
fn holds_more(kind: PictureKind, bytes: &[u8]) -> bool {
    let ends_early = match kind {
        PictureKind::Png => png_end(bytes).is_none_or(|end| end != bytes.len()),
        PictureKind::Webp => riff_end(bytes).is_none_or(|end| end != bytes.len()),
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

/// Where a PNG's last chunk ends.
fn png_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 8;
    loop {
        let head = bytes.get(at..at + 8)?;
        let length = u32::from_be_bytes(head[..4].try_into().ok()?) as usize;
        at = at.checked_add(length)?.checked_add(12)?;
        if at > bytes.len() {
            return None;
        }
        if &head[4..] == b"IEND" {
            return Some(at);
        }
    }
}

/// Where a RIFF file says it ends.
fn riff_end(bytes: &[u8]) -> Option<usize> {
    let length = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
    // Chunks are padded to even lengths.
    Some(length.checked_add(8)? + length % 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height)
            .write_to(&mut bytes, format)
            .unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_picture_is_known_by_its_content() {
        for (format, kind) in [
            (ImageFormat::Png, PictureKind::Png),
            (ImageFormat::Jpeg, PictureKind::Jpeg),
            (ImageFormat::WebP, PictureKind::Webp),
        ] {
            assert_eq!(PictureKind::check(&picture(30, 20, format)), Ok(kind));
        }
        for bad in [
            &b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"[..],
            b"",
            b"GIF89a",
            b"\x89PNG\r\n\x1a\n",
        ] {
            assert_eq!(PictureKind::check(bad), Err(PictureError::Kind));
        }
        assert_eq!(
            PictureKind::check(&vec![0; MAX_PICTURE_BYTES + 1]),
            Err(PictureError::TooLarge)
        );
    }

    #[test]
    fn a_file_that_is_also_something_else_is_refused() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            for more in [
                &b"<ScRiPt>alert(1)</script>"[..],
                b"<?php system($_GET['x']);",
                b"%PDF-1.7",
                b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
            ] {
                let mut bytes = picture(30, 20, format);
                bytes.extend_from_slice(more);
                assert_eq!(
                    PictureKind::check(&bytes),
                    Err(PictureError::Polyglot),
                    "{format:?}"
                );
            }
        }
    }

    #[test]
    fn a_picture_is_served_in_widths_up_to_its_own() {
        let rendered = |width| {
            let bytes = picture(width, 40, ImageFormat::Png);
            let renditions = PictureKind::Png.render(&bytes).unwrap();
            for rendition in &renditions {
                let size = imagesize::blob_size(&rendition.webp).unwrap();
                assert_eq!(size.width, rendition.width as usize);
            }
            renditions.iter().map(|r| r.width).collect::<Vec<_>>()
        };
        assert_eq!(rendered(100), [100]);
        assert_eq!(rendered(700), [320, 640, 700]);
        assert_eq!(rendered(3000), [320, 640, 960, 1600]);
    }

    #[test]
    fn what_is_damaged_is_refused_and_not_half_shown() {
        let mut bytes = picture(300, 200, ImageFormat::Png);
        let end = bytes.len() / 2;
        bytes[end] ^= 0xff;
        assert!(matches!(
            PictureKind::Png.render(&bytes),
            Err(PictureError::Damaged)
        ));
    }
}
