//! Pictures for e-mails: some of the programs that show those know no WebP.

use image::{DynamicImage, RgbImage, codecs::jpeg::JpegEncoder};

use super::{Picture, PictureError, PictureKind};

/// Of 100; they are shown small.
const QUALITY: u8 = 82;

impl Picture {
    /// The same as JPEG. Takes its time, as [`Picture::render`] does.
    pub fn as_jpeg(&self) -> Result<Vec<u8>, PictureError> {
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, QUALITY)
            .encode_image(&on_white(&self.decode()?))
            .map_err(|_| PictureError::Damaged)?;
        Ok(jpeg)
    }
}

/// What can be seen through is as white as the paper of the e-mail: a JPEG has nothing of that.
fn on_white(image: &DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.to_rgb8();
    }
    let pixels = image.to_rgba8();
    RgbImage::from_fn(pixels.width(), pixels.height(), |x, y| {
        let [red, green, blue, alpha] = pixels.get_pixel(x, y).0.map(u32::from);
        let mixed = [red, green, blue].map(|part| (part * alpha + 255 * (255 - alpha)) / 255);
        image::Rgb(mixed.map(|part| u8::try_from(part).unwrap_or(u8::MAX)))
    })
}

/// The file that a JPEG of this name is made of: `rope.w320.webp` of `rope.w320.jpg`. Only the narrowest width is there
/// as JPEG.
pub(super) fn origin(file: &str) -> Option<String> {
    let (rest, extension) = file.rsplit_once('.')?;
    let (_, width) = rest.rsplit_once(".w")?;
    let is_narrow = width
        .parse()
        .is_ok_and(|width: u32| width <= app::catalog::picture::WIDTHS[0]);
    let is_jpeg = extension == PictureKind::Jpeg.extension();
    (is_narrow && is_jpeg).then(|| format!("{rest}.{}", PictureKind::Webp.extension()))
}

#[cfg(test)]
mod tests {
    use image::{Rgba, RgbaImage};

    use super::*;

    #[test]
    fn only_the_narrowest_width_has_a_jpeg() {
        for (file, found) in [
            ("rope.w320.jpg", Some("rope.w320.webp")),
            ("demo/rope.w200.jpg", Some("demo/rope.w200.webp")),
            ("rope.w640.jpg", None),
            ("rope.w320.webp", None),
            ("rope.w320.png", None),
            ("rope.jpg", None),
            ("rope.wide.jpg", None),
        ] {
            assert_eq!(origin(file).as_deref(), found, "{file}");
        }
    }

    #[test]
    fn what_can_be_seen_through_is_white() {
        let picture = RgbaImage::from_fn(2, 1, |x, _| match x {
            0 => Rgba([10, 20, 30, 0]),
            _ => Rgba([10, 20, 30, 255]),
        });
        let flat = on_white(&picture.into());
        assert_eq!(flat.get_pixel(0, 0).0, [255, 255, 255]);
        assert_eq!(flat.get_pixel(1, 0).0, [10, 20, 30]);
    }
}
