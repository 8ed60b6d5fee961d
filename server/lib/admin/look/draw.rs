//! Logos and icons, in the sizes that pages show.

use std::io::Cursor;

use app::look::types::{ICON, LARGE_ICON, LOGO, Shape, TOUCH_ICON};
use axum::body::Bytes;
use desk::admin::look::faults::LookFault;
use image::{
    DynamicImage, ImageFormat, Rgba, RgbaImage,
    imageops::{self, FilterType},
};

use super::svg;
use crate::pictures::{Picture, PictureError};

/// A lossless logo that is larger than this, in bytes, is a photograph, which need not be.
const MAX_LOSSLESS: usize = 64 * 1024;
/// Of 100, for photographs.
const QUALITY: f32 = 90.0;

/// A picture of our own making.
#[derive(Debug)]
pub struct Drawn {
    pub width: u32,
    pub height: u32,
    /// WebP for a logo, PNG for an icon.
    pub file: Vec<u8>,
    /// An icon for home screens: PNG, without anything to see through.
    pub touch: Option<Vec<u8>>,
}

/// Draws a file that was sent. Takes its time: call it where nothing else waits.
pub fn draw(shape: Shape, bytes: Bytes) -> Result<Drawn, LookFault> {
    match shape {
        Shape::Logo => logo(&pixels(bytes, LOGO)?),
        Shape::Icon => icon(&pixels(bytes, (LARGE_ICON, LARGE_ICON))?),
    }
}

/// The picture, not larger than that.
fn pixels(bytes: Bytes, (width, height): (u32, u32)) -> Result<RgbaImage, LookFault> {
    if svg::looks_like_one(&bytes) {
        return svg::draw(&bytes, (width, height));
    }
    let picture = Picture::check(bytes).map_err(fault)?;
    let image = picture.decode().map_err(fault)?;
    let image = match image.width() > width || image.height() > height {
        true => image.resize(width, height, FilterType::Lanczos3),
        false => image,
    };
    Ok(image.into_rgba8())
}

fn fault(error: PictureError) -> LookFault {
    match error {
        PictureError::Kind => LookFault::Kind,
        PictureError::TooLarge => LookFault::TooLarge,
        PictureError::TooWide => LookFault::TooWide,
        PictureError::Polyglot => LookFault::More,
        PictureError::Damaged => LookFault::Damaged,
    }
}

fn logo(image: &RgbaImage) -> Result<Drawn, LookFault> {
    let (width, height) = image.dimensions();
    let encoder = webp::Encoder::from_rgba(image, width, height);
    let encoded = |lossless, quality| {
        let webp = encoder.encode_simple(lossless, quality);
        webp.map(|webp| webp.to_vec())
            .map_err(|_| LookFault::Damaged)
    };
    let lossless = encoded(true, 100.0)?;
    let file = match lossless.len() > MAX_LOSSLESS {
        true => encoded(false, QUALITY)?,
        false => lossless,
    };
    Ok(Drawn {
        width,
        height,
        file,
        touch: None,
    })
}

fn icon(image: &RgbaImage) -> Result<Drawn, LookFault> {
    // Nothing is drawn larger than it was sent.
    let side = image.width().max(image.height()).clamp(ICON, LARGE_ICON);
    let mut square = RgbaImage::new(side, side);
    let middle = |length: u32| i64::from((side - length.min(side)) / 2);
    let (x, y) = (middle(image.width()), middle(image.height()));
    imageops::overlay(&mut square, image, x, y);
    // Phones put black where there is nothing.
    let mut on_white = RgbaImage::from_pixel(side, side, Rgba([255; 4]));
    imageops::overlay(&mut on_white, &square, 0, 0);
    let touch = imageops::resize(&on_white, TOUCH_ICON, TOUCH_ICON, FilterType::Lanczos3);
    Ok(Drawn {
        width: side,
        height: side,
        file: png(square)?,
        touch: Some(png(touch)?),
    })
}

/// An icon as browsers show it in a tab. One that is not larger stays as it is.
pub fn of_a_tab(icon: Vec<u8>) -> Result<Vec<u8>, LookFault> {
    let image = image::load_from_memory_with_format(&icon, ImageFormat::Png);
    let image = image.map_err(|_| LookFault::Damaged)?;
    match image.width() > ICON {
        true => png(image.resize(ICON, ICON, FilterType::Lanczos3).into_rgba8()),
        false => Ok(icon),
    }
}

fn png(image: RgbaImage) -> Result<Vec<u8>, LookFault> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(image)
        .write_to(&mut bytes, ImageFormat::Png)
        .map_err(|_| LookFault::Damaged)?;
    Ok(bytes.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(width: u32, height: u32, colour: [u8; 4]) -> Bytes {
        let image = RgbaImage::from_pixel(width, height, Rgba(colour));
        png(image).expect("it is encoded").into()
    }

    fn decoded(bytes: &[u8]) -> RgbaImage {
        image::load_from_memory(bytes)
            .expect("a picture")
            .into_rgba8()
    }

    #[test]
    fn a_logo_keeps_its_shape_and_is_no_larger_than_shown() {
        for ((width, height), drawn) in [
            ((1280, 320), (640, 160)),
            ((320, 320), (160, 160)),
            ((2000, 100), (640, 32)),
            ((30, 20), (30, 20)),
        ] {
            let logo = draw(Shape::Logo, sent(width, height, [9, 90, 190, 128])).expect("drawn");
            assert_eq!((logo.width, logo.height), drawn, "{width} x {height}");
            let image = decoded(&logo.file);
            assert_eq!(image.dimensions(), drawn);
            assert_eq!(image.get_pixel(1, 1).0, [9, 90, 190, 128]);
            assert!(logo.touch.is_none());
        }
    }

    #[test]
    fn an_icon_is_a_square_and_one_without_gaps() {
        let icon = draw(Shape::Icon, sent(400, 100, [200, 0, 0, 255])).expect("drawn");
        let image = decoded(&of_a_tab(icon.file).expect("a smaller one"));
        assert_eq!(image.dimensions(), (ICON, ICON));
        assert_eq!(image.get_pixel(96, 96).0, [200, 0, 0, 255]);
        assert_eq!(image.get_pixel(96, 4).0[3], 0);
        let touch = decoded(&icon.touch.expect("for home screens"));
        assert_eq!(touch.dimensions(), (TOUCH_ICON, TOUCH_ICON));
        assert_eq!(touch.get_pixel(90, 4).0, [255; 4]);
        assert_eq!(touch.get_pixel(90, 90).0, [200, 0, 0, 255]);
    }

    #[test]
    fn an_icon_is_kept_as_large_as_it_was_sent_and_no_larger() {
        for (sent_side, kept) in [(1000, 512), (512, 512), (300, 300), (192, 192), (48, 192)] {
            let icon = draw(Shape::Icon, sent(sent_side, sent_side, [0, 0, 200, 255]));
            let icon = icon.expect("drawn");
            assert_eq!((icon.width, icon.height), (kept, kept), "{sent_side}");
            assert_eq!(
                decoded(&icon.file).dimensions(),
                (kept, kept),
                "{sent_side}"
            );
            let tab = of_a_tab(icon.file).expect("a smaller one");
            assert_eq!(decoded(&tab).dimensions(), (ICON, ICON), "{sent_side}");
        }
        assert!(of_a_tab(b"no picture".to_vec()).is_err());
    }

    #[test]
    fn an_svg_is_drawn_and_its_bytes_are_gone() {
        let text = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\">\
             <metadata>secret-note</metadata><path d=\"M0 0h8v8H0z\" fill=\"#080\"/></svg>";
        let icon = draw(Shape::Icon, Bytes::from_static(text.as_bytes())).expect("drawn");
        assert_eq!(icon.width, LARGE_ICON);
        assert_eq!(decoded(&icon.file).get_pixel(256, 256).0, [0, 136, 0, 255]);
        assert!(!String::from_utf8_lossy(&icon.file).contains("secret"));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for (bytes, wanted) in [
            (&b"GIF89a"[..], LookFault::Kind),
            (b"", LookFault::Kind),
            (b"<html></html>", LookFault::Kind),
        ] {
            let found = draw(Shape::Logo, Bytes::from_static(bytes)).expect_err("no picture");
            assert_eq!(found, wanted, "{bytes:?}");
        }
    }
}
