//! From the bytes of a file to pixels: upright, in sRGB, and whole.

use std::io::Cursor;

use image::{
    DynamicImage, GrayImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage,
    metadata::Orientation,
};
use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

use super::{
    MAX_PICTURE_PIXELS, MAX_PICTURE_SIDE, PictureError, PictureKind,
    color::Profile,
    parts::{Parts, parts},
};

/// Most memory that decoding may take, in bytes.
const MAX_DECODED: u64 = 320 * 1024 * 1024;

pub(super) fn decode(kind: PictureKind, bytes: &[u8]) -> Result<DynamicImage, PictureError> {
    let Parts {
        picture,
        profile,
        orientation,
    } = parts(kind, bytes).ok_or(PictureError::Damaged)?;
    let profile = profile.as_deref().and_then(Profile::read);
    let image = match kind {
        PictureKind::Png => pixels(ImageFormat::Png, &picture),
        PictureKind::Webp => pixels(ImageFormat::WebP, &picture),
        PictureKind::Jpeg => jpeg(&picture, profile.as_ref()),
    };
    let mut image = image?;
    if let Some(profile) = profile {
        image = profile.apply(image)?;
    }
    image.apply_orientation(orientation.unwrap_or(Orientation::NoTransforms));
    Ok(image)
}

fn pixels(format: ImageFormat, picture: &[u8]) -> Result<DynamicImage, PictureError> {
    let damaged = |_| PictureError::Damaged;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_PICTURE_SIDE as u32);
    limits.max_image_height = Some(MAX_PICTURE_SIDE as u32);
    limits.max_alloc = Some(MAX_DECODED);
    let mut reader = ImageReader::with_format(Cursor::new(picture), format);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    bounded(width as usize, height as usize)?;
    DynamicImage::from_decoder(decoder).map_err(damaged)
}

/// The size was looked at before; a file that tells another one to its decoder is not what it says.
fn bounded(width: usize, height: usize) -> Result<(), PictureError> {
    match width.saturating_mul(height) <= MAX_PICTURE_PIXELS {
        true => Ok(()),
        false => Err(PictureError::Damaged),
    }
}

/// Decodes strictly: where the data make no sense the rest would be grey.
fn jpeg(picture: &[u8], profile: Option<&Profile>) -> Result<DynamicImage, PictureError> {
    let damaged = |_| PictureError::Damaged;
    let options = DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(MAX_PICTURE_SIDE)
        .set_max_height(MAX_PICTURE_SIDE);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(picture), options);
    decoder.decode_headers().map_err(damaged)?;
    let info = decoder.info().ok_or(PictureError::Damaged)?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    bounded(width as usize, height as usize)?;
    let stored = decoder.input_colorspace();
    let inks = match (info.components, stored, profile) {
        (4, Some(stored @ (ColorSpace::CMYK | ColorSpace::YCCK)), Some(profile)) => {
            profile.of_inks().map(|from_inks| (stored, from_inks))
        }
        _ => None,
    };
    let wanted = match (info.components, &inks) {
        (1, _) => ColorSpace::Luma,
        (_, Some((stored, _))) => *stored,
        // Inks without a profile as well: the decoder has a plain way for them.
        _ => ColorSpace::RGB,
    };
    let options = decoder.options().jpeg_set_out_colorspace(wanted);
    decoder.set_options(options);
    let mut pixels = decoder.decode().map_err(damaged)?;
    if let Some((stored, from_inks)) = inks {
        as_inks(&mut pixels, stored);
        pixels = from_inks.apply(&pixels)?;
    }
    let image = match wanted {
        ColorSpace::Luma => {
            GrayImage::from_raw(width, height, pixels).map(DynamicImage::ImageLuma8)
        }
        _ => RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8),
    };
    image.ok_or(PictureError::Damaged)
}

/// Amounts of ink from what files hold in their place: how much of each is missing (CMYK), or that
/// as brightness and two differences of colour (YCCK), by the matrix of JFIF.
fn as_inks(pixels: &mut [u8], stored: ColorSpace) {
    for pixel in pixels.chunks_exact_mut(4) {
        if stored == ColorSpace::YCCK {
            let [y, blue, red] = [
                f32::from(pixel[0]),
                f32::from(pixel[1]) - 128.0,
                f32::from(pixel[2]) - 128.0,
            ];
            // A conversion to u8 stops at both ends.
            pixel[0] = (y + 1.402 * red).round() as u8;
            pixel[1] = (y - 0.344_136 * blue - 0.714_136 * red).round() as u8;
            pixel[2] = (y + 1.772 * blue).round() as u8;
            pixel[3] = 255 - pixel[3];
        } else {
            for ink in pixel {
                *ink = 255 - *ink;
            }
        }
    }
}
