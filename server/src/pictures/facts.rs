//! What is known of a picture besides its pixels.

use image::DynamicImage;

/// Below this a pixel can be seen through, of 255: encoders make some of a solid picture 254.
const CLEAR: u8 = 250;
/// One in so many pixels has to be: a rounded corner makes no cut-out.
const ONE_IN: usize = 50;

/// Decides how a picture is shown: a photograph fills its frame, a cut-out stands on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// In pixels, where the picture is widest.
    pub width: u32,
    pub height: u32,
    /// Whether parts of it can be seen through.
    pub cut_out: bool,
}

impl Facts {
    /// Of a picture that is at most `own` pixels wide, from one of its widths.
    pub fn of(image: &DynamicImage, own: Option<u32>) -> Self {
        let (width, height) = (image.width(), image.height());
        let own = own.unwrap_or(width);
        let tall = u64::from(own) * u64::from(height) / u64::from(width.max(1));
        Self {
            width: own,
            height: u32::try_from(tall).unwrap_or(u32::MAX).max(1),
            cut_out: is_cut_out(image),
        }
    }
}

fn is_cut_out(image: &DynamicImage) -> bool {
    if !image.color().has_alpha() {
        return false;
    }
    let pixels = image.to_rgba8();
    let all = pixels.width() as usize * pixels.height() as usize;
    let clear = pixels.pixels().filter(|pixel| pixel.0[3] < CLEAR).count();
    clear > 0 && clear * ONE_IN >= all
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, Rgba, RgbaImage};

    use super::*;

    /// With the first `clear` rows of 100 to be seen through.
    fn picture(clear: u32, alpha: u8) -> DynamicImage {
        RgbaImage::from_fn(40, 100, |_, y| {
            Rgba([90, 90, 90, if y < clear { alpha } else { 255 }])
        })
        .into()
    }

    #[test]
    fn a_cut_out_is_known_by_what_can_be_seen_through() {
        assert!(Facts::of(&picture(50, 0), None).cut_out);
        assert!(Facts::of(&picture(2, 128), None).cut_out);
        for solid in [
            picture(0, 0),
            picture(1, 0),
            picture(100, 254),
            DynamicImage::new_rgb8(40, 100),
        ] {
            assert!(!Facts::of(&solid, None).cut_out);
        }
    }

    #[test]
    fn the_size_is_that_of_the_widest_file() {
        let narrow = DynamicImage::new_rgb8(320, 213);
        let facts = Facts::of(&narrow, Some(1600));
        assert_eq!((facts.width, facts.height), (1600, 1065));
        let own = Facts::of(&narrow, None);
        assert_eq!((own.width, own.height), (320, 213));
    }
}
