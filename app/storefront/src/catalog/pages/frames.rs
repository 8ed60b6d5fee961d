//! The frames of a grid's pictures: one shape for all of them, that of most of its photographs.

use app::catalog::types::Picture;

/// The shape of a grid's frames, as in `style/catalog.css`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frames {
    Square,
    Portrait,
    Landscape,
}

impl Frames {
    /// For pictures that are shown together. A cut-out fits into any frame, so it counts as a square, as
    /// a picture does that nobody has measured.
    pub fn of<'a>(pictures: impl Iterator<Item = &'a Picture>) -> Self {
        let shapes: Vec<_> = pictures.map(of_picture).collect();
        let is_most = |shape: Self| {
            let such = shapes.iter().filter(|other| **other == shape);
            2 * such.count() > shapes.len()
        };
        [Self::Portrait, Self::Landscape]
            .into_iter()
            .find(|shape| is_most(*shape))
            .unwrap_or(Self::Square)
    }

    /// The class of the grid.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Square => "product-grid",
            Self::Portrait => "product-grid frames-portrait",
            Self::Landscape => "product-grid frames-landscape",
        }
    }

    /// Width by height.
    pub const fn ratio(self) -> f32 {
        match self {
            Self::Square => 1.0,
            Self::Portrait => 0.8,
            Self::Landscape => 1.25,
        }
    }
}

fn of_picture(picture: &Picture) -> Frames {
    let measured = picture.size.filter(|_| !picture.cut_out);
    match measured.map(|size| size.width as f32 / size.height as f32) {
        Some(ratio) if ratio < 0.9 => Frames::Portrait,
        Some(ratio) if ratio > 1.12 => Frames::Landscape,
        _ => Frames::Square,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::catalog::types::PictureSize;

    fn photograph(width: i64, height: i64) -> Picture {
        Picture {
            src: String::new(),
            alt: String::new(),
            cut_out: false,
            size: Some(PictureSize { width, height }),
        }
    }

    fn cut_out(width: i64, height: i64) -> Picture {
        Picture {
            cut_out: true,
            ..photograph(width, height)
        }
    }

    #[test]
    fn a_grid_has_the_shape_of_most_of_its_photographs() {
        let (tall, wide) = (photograph(800, 1200), photograph(1200, 800));
        let square = photograph(900, 900);
        let unknown = Picture {
            size: None,
            ..tall.clone()
        };
        for (pictures, frames) in [
            (vec![], Frames::Square),
            (vec![&tall], Frames::Portrait),
            (vec![&tall, &square, &tall], Frames::Portrait),
            (vec![&wide, &wide, &tall], Frames::Landscape),
            (vec![&wide, &tall], Frames::Square),
            (vec![&tall, &square], Frames::Square),
            (vec![&unknown], Frames::Square),
        ] {
            let shown = pictures.clone();
            assert_eq!(Frames::of(pictures.into_iter()), frames, "{shown:?}");
        }
    }

    #[test]
    fn a_tall_cut_out_does_not_make_frames_tall() {
        let bottle = cut_out(300, 1200);
        assert_eq!(Frames::of([&bottle, &bottle].into_iter()), Frames::Square);
    }
}
