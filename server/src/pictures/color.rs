//! Colours as browsers show them without a profile.
//!
//! What is served has no profile, so a picture is converted to sRGB before its own profile goes.
//! Otherwise the photo of a phone (Display P3) or of a printed catalogue (CMYK) changes its colours.

use std::sync::Arc;

use image::{DynamicImage, RgbImage, RgbaImage};
use moxcms::{
    CmsError, ColorProfile, DataColorSpace, Layout, LutWarehouse, Transform8BitExecutor,
    TransformOptions,
};

use super::{PictureError, parts::MAX_PROFILE};

/// What is read of a profile: a conversion to sRGB needs no more.
const TAGS: [&[u8]; 9] = [
    b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"cicp", b"A2B0",
];
/// Parts of a profile: what a profile has, and some more.
const MAX_TAGS: usize = 100;
/// Pixels converted at a time.
const AT_ONCE: usize = 4096;

/// A colour profile that can be used.
pub(super) struct Profile(ColorProfile);

impl Profile {
    /// `None` for a profile that cannot be used, as for none: the picture is then taken for sRGB, as
    /// browsers do.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut profile = ColorProfile::new_from_slice(&with_known_tags(bytes)?).ok()?;
        let lut = profile.lut_a_to_b_perceptual.as_ref().map(channels);
        let can_be_used = match profile.color_space {
            DataColorSpace::Rgb => match lut {
                Some(channels) => channels == (3, 3),
                None => profile.is_matrix_shaper(),
            },
            DataColorSpace::Cmyk => lut == Some((4, 3)),
            DataColorSpace::Gray => {
                profile.lut_a_to_b_perceptual = None;
                profile.gray_trc.is_some() && profile.pcs == DataColorSpace::Xyz
            }
            _ => false,
        };
        can_be_used.then_some(Self(profile))
    }

    fn transform(&self, from: Layout, to: Layout) -> Result<Arc<Transform8BitExecutor>, CmsError> {
        let options = TransformOptions::default();
        self.0
            .create_transform_8bit(from, &ColorProfile::new_srgb(), to, options)
    }

    /// A way from inks to sRGB; `None` if the profile is of other colours.
    pub fn of_inks(&self) -> Option<FromInks> {
        match self.0.color_space {
            DataColorSpace::Cmyk => self.transform(Layout::Rgba, Layout::Rgb).ok().map(FromInks),
            _ => None,
        }
    }

    /// A picture of grey, or of red, green and blue, in sRGB. It stays what it is if the profile is
    /// of other colours.
    pub fn apply(&self, image: DynamicImage) -> Result<DynamicImage, PictureError> {
        let is_grey = !image.color().has_color();
        let (from, to) = match (self.0.color_space, image.color().has_alpha()) {
            (DataColorSpace::Rgb, false) => (Layout::Rgb, Layout::Rgb),
            (DataColorSpace::Rgb, true) => (Layout::Rgba, Layout::Rgba),
            (DataColorSpace::Gray, false) if is_grey => (Layout::Gray, Layout::Rgb),
            (DataColorSpace::Gray, true) if is_grey => (Layout::GrayAlpha, Layout::Rgba),
            _ => return Ok(image),
        };
        let Ok(transform) = self.transform(from, to) else {
            return Ok(image);
        };
        let (width, height) = (image.width(), image.height());
        // Sixteen bits of a colour become eight: a rendition has no more.
        let pixels = match from {
            Layout::Gray => image.into_luma8().into_raw(),
            Layout::GrayAlpha => image.into_luma_alpha8().into_raw(),
            Layout::Rgba => image.into_rgba8().into_raw(),
            _ => image.into_rgb8().into_raw(),
        };
        let pixels = convert(&*transform, &pixels, (from, to))?;
        let converted = match to {
            Layout::Rgba => {
                RgbaImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgba8)
            }
            _ => RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8),
        };
        converted.ok_or(PictureError::Damaged)
    }
}

/// From cyan, magenta, yellow and black to red, green and blue.
pub(super) struct FromInks(Arc<Transform8BitExecutor>);

impl FromInks {
    /// `inks` has four bytes for each pixel; 255 is all of an ink.
    pub fn apply(&self, inks: &[u8]) -> Result<Vec<u8>, PictureError> {
        convert(&*self.0, inks, (Layout::Rgba, Layout::Rgb))
    }
}

/// Pixels in other colours.
fn convert(
    transform: &Transform8BitExecutor,
    pixels: &[u8],
    (from, to): (Layout, Layout),
) -> Result<Vec<u8>, PictureError> {
    let (from, to) = (from.channels(), to.channels());
    let mut converted = vec![0; pixels.len() / from * to];
    for (pixels, converted) in pixels
        .chunks(AT_ONCE * from)
        .zip(converted.chunks_mut(AT_ONCE * to))
    {
        // It complains of pixels that are not whole only.
        transform
            .transform(pixels, converted)
            .map_err(|_| PictureError::Damaged)?;
    }
    Ok(converted)
}

fn channels(lut: &LutWarehouse) -> (u8, u8) {
    match lut {
        LutWarehouse::Lut(lut) => (lut.num_input_channels, lut.num_output_channels),
        LutWarehouse::Multidimensional(lut) => (lut.num_input_channels, lut.num_output_channels),
    }
}

/// The profile with the names of all other parts taken out, and of what is there twice: texts in
/// hundreds of languages that share their bytes would take gigabytes to read.
fn with_known_tags(bytes: &[u8]) -> Option<Vec<u8>> {
    const HEAD: usize = 132;
    const ENTRY: usize = 12;
    if bytes.len() > MAX_PROFILE {
        return None;
    }
    let count = bytes.get(HEAD - 4..HEAD)?.try_into().ok()?;
    let count = u32::from_be_bytes(count) as usize;
    if count > MAX_TAGS {
        return None;
    }
    let mut profile = bytes.to_vec();
    let mut seen = Vec::new();
    for entry in (0..count).map(|number| HEAD + number * ENTRY) {
        let name = bytes.get(entry..entry + 4)?;
        if !TAGS.contains(&name) || seen.contains(&name) {
            profile[entry..entry + 4].fill(0);
        }
        seen.push(name);
    }
    Some(profile)
}
