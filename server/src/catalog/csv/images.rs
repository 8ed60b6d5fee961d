//! The images of a product, row by row.

use super::cell::{self, filled};
use super::columns::Column;
use super::number;
use super::record::{ImageRecord, VariantRecord};
use super::row::Row;

const MAX_ALT: usize = 512;

#[derive(Default)]
pub(super) struct Images(Vec<ImageRecord>);

impl Images {
    /// Takes the row's image, if it has one that is new.
    pub(super) fn add(&mut self, row: &mut Row) {
        if !row.has(Column::ImageSrc) {
            return;
        }
        let next = self.0.last().map_or(1, |image| image.position + 1);
        let image = ImageRecord {
            src: row.parse(Column::ImageSrc, cell::image_src),
            position: row
                .parse(Column::ImagePosition, |text| filled(text, number::stock))
                .unwrap_or(next),
            alt: row.parse(Column::ImageAlt, |text| cell::limited(text, MAX_ALT)),
        };
        match self.0.iter_mut().find(|known| known.src == image.src) {
            Some(known) if known.alt.is_empty() => known.alt = image.alt,
            Some(_) => {}
            None => self.0.push(image),
        }
    }

    /// The images in order. Those that only variants name come last, as Shopify shows them too.
    pub(super) fn finish(self, variants: &[VariantRecord]) -> Vec<ImageRecord> {
        let Self(mut images) = self;
        images.sort_by_key(|image| image.position);
        for src in variants
            .iter()
            .filter_map(|variant| variant.image_src.as_ref())
        {
            if images.iter().all(|image| image.src != *src) {
                images.push(ImageRecord {
                    src: src.clone(),
                    position: 0,
                    alt: String::new(),
                });
            }
        }
        for (position, image) in (1..).zip(&mut images) {
            image.position = position;
        }
        images
    }
}

#[cfg(test)]
mod tests {
    use super::super::ImageRecord;
    use super::super::testing::{faults, product};

    const IMAGES: &str = "Handle,Title,Variant Price,Image Src,Image Position,Image Alt Text,Variant Image,Variant Grams\n";

    #[test]
    fn images_are_ordered_numbered_and_each_there_once() {
        let found = product(format!(
            "{IMAGES}a,A,1,/media/c,3,,/media/z,\na,,,/media/a,1,first,,\na,,,/media/c,9,late alt,,\na,,,/media/b,2,,,\na,,,/media/d,,,,\n"
        ));
        let image = |position, src: &str, alt: &str| ImageRecord {
            src: src.into(),
            position,
            alt: alt.into(),
        };
        assert_eq!(
            found.images,
            [
                image(1, "/media/a", "first"),
                image(2, "/media/b", ""),
                image(3, "/media/c", "late alt"),
                image(4, "/media/d", ""),
                image(5, "/media/z", ""),
            ]
        );
        assert_eq!(found.variants.len(), 1);
        assert_eq!(found.variants[0].image_src.as_deref(), Some("/media/z"));
    }

    #[test]
    fn images_have_a_sound_source_and_a_short_alt() {
        let alt = "x".repeat(513);
        assert_eq!(
            faults(format!("{IMAGES}a,A,1,a.jpg,first,{alt},/media/../x,\n")),
            [
                "line 2, column \"Variant Image\": \"/media/../x\" is neither an http(s) address nor a path below /media/",
                "line 2, column \"Image Src\": \"a.jpg\" is neither an http(s) address nor a path below /media/",
                "line 2, column \"Image Position\": \"first\" is not a whole number",
                "line 2, column \"Image Alt Text\": is longer than 512 characters",
            ]
        );
    }
}
