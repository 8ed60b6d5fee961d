//! What the attribute `sizes` says of pictures: how wide they are drawn, by the width of the window. A
//! test compares it with the page.

use std::fmt::Write;

use app::catalog::types::Picture;

use super::frames::Frames;

/// How wide a frame is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// In windows narrower than so many rem, in hundredths of the window.
    below: &'static [(f32, f32)],
    /// In all others, in rem.
    widest: f32,
    /// Its width by its height.
    ratio: f32,
    cut_out: CutOut,
}

/// Which part of its frame a cut-out takes.
#[derive(Debug, Clone, Copy, PartialEq)]
enum CutOut {
    /// Of both sides: it is as large as fits.
    Within(f32),
    /// Of its width, however high it is.
    Wide(f32),
}

/// The picture of a card, where all the page's width is the grid's. The columns are those of
/// `style/layout.css`.
pub const CARD: Frame = Frame {
    below: &[(40.0, 45.0), (62.0, 30.0), (88.0, 22.0)],
    widest: 19.5,
    ratio: 1.0,
    cut_out: CutOut::Within(0.72),
};

/// The same beside a list's filters, as in `style/catalog.css`.
pub const LISTED_CARD: Frame = Frame {
    below: &[(40.0, 45.0), (62.0, 30.0), (80.0, 22.0), (98.0, 17.0)],
    widest: 15.0,
    ..CARD
};

/// A category's tile, in `style/home.css`.
pub const TILE: Frame = Frame {
    below: &[(48.0, 45.0), (88.0, 22.5)],
    widest: 19.75,
    ratio: 1.0,
    cut_out: CutOut::Wide(0.56),
};

/// One of the still life's, in `style/home.css`.
pub const STILL_LIFE: Frame = Frame {
    below: &[(40.0, 24.5), (62.0, 16.5), (88.0, 8.6)],
    widest: 7.6,
    ratio: 0.75,
    cut_out: CutOut::Wide(1.2),
};

/// For one of a product's pictures: all of it is shown, as wide as its column and the height that
/// `style/product.css` allows let it be.
pub fn of_gallery(picture: &Picture) -> String {
    let ratio = ratio(picture);
    let part: f32 = match picture.cut_out {
        true => 0.78,
        false => 1.0,
    };
    let (below, beside) = (part.min(1.05 * ratio), part.min(1.25 * ratio));
    let highest = 46.0 * ratio;
    format!(
        "(width < 62rem) min({:.1}vw, {:.1}vh), (width < 87rem) min({:.1}vw, {highest:.1}rem), {:.1}rem",
        95.0 * below,
        70.0 * ratio,
        52.0 * beside,
        highest.min(45.0 * beside)
    )
}

/// Width by height; most pictures are square, if nobody has measured one yet.
fn ratio(picture: &Picture) -> f32 {
    picture
        .size
        .map_or(1.0, |size| size.width as f32 / size.height as f32)
}

impl Frame {
    /// The same in a grid with such frames.
    pub fn shaped(self, frames: Frames) -> Self {
        Self {
            ratio: frames.ratio(),
            ..self
        }
    }

    /// For a picture in this frame.
    pub fn sizes(&self, picture: &Picture) -> String {
        self.times(self.factor(picture))
    }

    /// How much wider a picture is drawn than its frame: photographs fill it, and what is beyond it is cut off.
    fn factor(&self, picture: &Picture) -> f32 {
        let wider = ratio(picture) / self.ratio;
        match (picture.cut_out, self.cut_out) {
            (true, CutOut::Within(part)) => part * wider.min(1.0),
            (true, CutOut::Wide(part)) => part,
            (false, _) => wider.max(1.0),
        }
    }

    fn times(&self, factor: f32) -> String {
        let mut sizes = String::new();
        for (below, width) in self.below {
            // Writing to a text does not fail.
            _ = write!(sizes, "(width < {below}rem) {:.1}vw, ", width * factor);
        }
        _ = write!(sizes, "{:.1}rem", self.widest * factor);
        sizes
    }
}

/// A hero's picture: it is as wide as the page or, on wide windows, as half of it, and never lower than
/// `style/home.css` and `home-blocks.css` say.
pub fn of_hero(ratio: f32) -> String {
    let (least, beside) = (16.0 * ratio, (35.0 * ratio).max(45.0));
    let as_wide_as_the_page = least / 0.93;
    format!(
        "(width < {as_wide_as_the_page:.1}rem) {least:.1}rem, (width < 62rem) 93vw, {beside:.1}rem"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::catalog::types::PictureSize;

    fn picture(cut_out: bool, size: Option<(i64, i64)>) -> Picture {
        Picture {
            src: String::new(),
            alt: String::new(),
            cut_out,
            size: size.map(|(width, height)| PictureSize { width, height }),
        }
    }

    #[test]
    fn a_photograph_fills_its_frame_and_a_cut_out_stands_on_it() {
        let square = "(width < 48rem) 45.0vw, (width < 88rem) 22.5vw, 19.8rem";
        assert_eq!(TILE.sizes(&picture(false, None)), square);
        assert_eq!(TILE.sizes(&picture(false, Some((900, 900)))), square);
        assert_eq!(TILE.sizes(&picture(false, Some((600, 900)))), square);
        assert_eq!(
            TILE.sizes(&picture(false, Some((1600, 1000)))),
            "(width < 48rem) 72.0vw, (width < 88rem) 36.0vw, 31.6rem"
        );
        assert_eq!(
            TILE.sizes(&picture(true, Some((1600, 1000)))),
            "(width < 48rem) 25.2vw, (width < 88rem) 12.6vw, 11.1rem"
        );
    }

    #[test]
    fn a_grids_frames_decide_what_is_cut_off() {
        let (portrait, landscape) = (
            CARD.shaped(Frames::Portrait),
            CARD.shaped(Frames::Landscape),
        );
        let widest = |frame: Frame, picture| {
            let sizes = frame.sizes(&picture);
            sizes.rsplit(' ').next().unwrap_or_default().to_owned()
        };
        assert_eq!(
            widest(portrait, picture(false, Some((800, 1000)))),
            "19.5rem"
        );
        assert_eq!(
            widest(portrait, picture(false, Some((900, 900)))),
            "24.4rem"
        );
        assert_eq!(
            widest(landscape, picture(false, Some((900, 900)))),
            "19.5rem"
        );
        assert_eq!(widest(portrait, picture(true, None)), "14.0rem");
        assert_eq!(widest(landscape, picture(true, None)), "11.2rem");
    }

    #[test]
    fn all_of_a_products_picture_is_seen() {
        assert_eq!(
            of_gallery(&picture(false, Some((900, 900)))),
            "(width < 62rem) min(95.0vw, 70.0vh), (width < 87rem) min(52.0vw, 46.0rem), 45.0rem"
        );
        assert_eq!(
            of_gallery(&picture(false, Some((600, 900)))),
            "(width < 62rem) min(66.5vw, 46.7vh), (width < 87rem) min(43.3vw, 30.7rem), 30.7rem"
        );
        assert_eq!(
            of_gallery(&picture(true, Some((900, 300)))),
            "(width < 62rem) min(74.1vw, 210.0vh), (width < 87rem) min(40.6vw, 138.0rem), 35.1rem"
        );
    }

    #[test]
    fn a_heros_picture_is_as_high_as_its_words() {
        assert_eq!(
            of_hero(1.6),
            "(width < 27.5rem) 25.6rem, (width < 62rem) 93vw, 56.0rem"
        );
        assert_eq!(
            of_hero(1.0),
            "(width < 17.2rem) 16.0rem, (width < 62rem) 93vw, 45.0rem"
        );
    }
}
