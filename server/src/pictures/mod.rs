//! Uploaded pictures: looked at before they are decoded, and stored as pictures of our own making.
//!
//! Nothing of the file that was sent is served: it is decoded, converted to sRGB, turned the right way
//! up, resized and encoded again, so that neither where it was taken nor what was hidden in it goes
//! out.

mod color;
mod decode;
mod facts;
mod jpeg;
pub mod media;
mod parts;
mod polyglot;
#[cfg(test)]
mod tests;

use bytes::Bytes;
pub use facts::Facts;
use image::{DynamicImage, imageops::FilterType};

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
/// Of 100; finer is larger and looks the same.
const QUALITY: f32 = 82.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    #[error("This is not a PNG, JPEG or WebP picture.")]
    Kind,
    #[error("Pictures can be up to 8 MB.")]
    TooLarge,
    #[error(
        "Pictures can be up to 8000 pixels wide and high, with up to 40 million pixels in \
             total."
    )]
    TooWide,
    #[error("This file contains more than a picture.")]
    Polyglot,
    #[error("This picture is damaged and can’t be shown.")]
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

    /// What a stored file is, by the name this shop gave it.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Png, Self::Jpeg, Self::Webp]
            .into_iter()
            .find(|kind| {
                name.rsplit_once('.')
                    .is_some_and(|(_, ext)| ext == kind.extension())
            })
    }
}

/// A file that is a picture by its headers, of a size the shop takes, and nothing besides.
#[derive(Debug)]
pub struct Picture {
    kind: PictureKind,
    pixels: usize,
    bytes: Bytes,
}

impl Picture {
    /// Looks at the bytes; decodes nothing.
    pub fn check(bytes: Bytes) -> Result<Self, PictureError> {
        if bytes.len() > MAX_PICTURE_BYTES {
            return Err(PictureError::TooLarge);
        }
        let kind = match imagesize::image_type(&bytes) {
            Ok(imagesize::ImageType::Png) => PictureKind::Png,
            Ok(imagesize::ImageType::Jpeg) => PictureKind::Jpeg,
            Ok(imagesize::ImageType::Webp) => PictureKind::Webp,
            _ => return Err(PictureError::Kind),
        };
        let size = imagesize::blob_size(&bytes).map_err(|_| PictureError::Damaged)?;
        if size.width == 0 || size.height == 0 {
            return Err(PictureError::Damaged);
        }
        let is_wide = size.width > MAX_PICTURE_SIDE || size.height > MAX_PICTURE_SIDE;
        if is_wide || size.width * size.height > MAX_PICTURE_PIXELS {
            return Err(PictureError::TooWide);
        }
        let end = parts::end(kind, &bytes).ok_or(PictureError::Damaged)?;
        match polyglot::holds_more(kind, &bytes, end) {
            true => Err(PictureError::Polyglot),
            false => Ok(Self {
                kind,
                pixels: size.width * size.height,
                bytes,
            }),
        }
    }

    pub const fn kind(&self) -> PictureKind {
        self.kind
    }

    /// How much there is to decode.
    pub const fn pixels(&self) -> usize {
        self.pixels
    }

    /// All of its pixels, upright and in sRGB. Takes its time, as [`Picture::render`] does.
    pub fn decode(&self) -> Result<DynamicImage, PictureError> {
        decode::decode(self.kind, &self.bytes)
    }

    /// The picture in each of the widths it is served in. Takes its time: call it where nothing
    /// else waits.
    pub fn render(&self) -> Result<Vec<Rendition>, PictureError> {
        let mut image = decode::decode(self.kind, &self.bytes)?;
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
