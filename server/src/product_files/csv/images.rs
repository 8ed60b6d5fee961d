//! The images of a product, row by row.

use app::catalog::limits::MAX_ALT;
use desk::admin::jobs::told::Message;

use super::cell::{self, filled};
use super::columns::Column;
use super::number;
use super::record::{ImageRecord, VariantRecord};
use super::row::Row;
use super::said::Said;

/// `None` until a row was seen of a file that has a column for them.
#[derive(Default)]
pub(super) struct Images(Option<Vec<ImageRecord>>);

impl Images {
    /// Takes the row's image, if it has one that is new.
    pub(super) fn add(&mut self, row: &mut Row) {
        if !row.file_has(Column::ImageSrc) {
            return;
        }
        let images = self.0.get_or_insert_default();
        if !row.has(Column::ImageSrc) {
            return;
        }
        let next = images.last().map_or(1, |image| image.position + 1);
        let image = ImageRecord {
            src: source(row, Column::ImageSrc).unwrap_or_default(),
            position: row
                .parse(Column::ImagePosition, |text| filled(text, number::whole))
                .unwrap_or(next),
            alt: row.say(Column::ImageAlt, |text| cell::limited(text, MAX_ALT)),
        };
        match images.iter_mut().find(|known| known.src == image.src) {
            Some(known) if known.alt == Said::This(String::new()) => known.alt = image.alt,
            Some(_) => {}
            None => images.push(image),
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.0.as_ref().map_or(0, Vec::len)
    }

    /// The images in order. Those that only variants name come last, as Shopify shows them too.
    pub(super) fn finish(self, variants: &[VariantRecord]) -> Said<Vec<ImageRecord>> {
        let Some(mut images) = self.0 else {
            return Said::Nothing;
        };
        images.sort_by_key(|image| image.position);
        for variant in variants {
            let Said::This(Some(src)) = &variant.image_src else {
                continue;
            };
            if images.iter().all(|image| image.src != *src) {
                images.push(ImageRecord {
                    src: src.clone(),
                    position: 0,
                    alt: Said::Nothing,
                });
            }
        }
        for (position, image) in (1..).zip(&mut images) {
            image.position = position;
        }
        Said::This(images)
    }
}

/// The address in a cell, if there is one. Another than was written is remarked on.
pub(super) fn source(row: &mut Row, column: Column) -> Option<String> {
    let src = row.parse(column, |text| filled(text, cell::image_src))?;
    if src != row.text(column) {
        row.remark(column, Message::SafeAddress { src: src.clone() });
    }
    Some(src)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{faults, product, remarks};
    use super::super::{ImageRecord, Said};

    const IMAGES: &str = "Handle,Title,Variant Price,Image Src,Image Position,Image Alt Text,Variant Image,Variant Grams\n";

    #[test]
    fn images_are_ordered_numbered_and_each_there_once() {
        let found = product(format!(
            "{IMAGES}a,A,1,/media/c,3,,/media/z,\na,,,/media/a,1,first,,\na,,,/media/c,9,late alt,,\na,,,/media/b,2,,,\na,,,/media/d,,,,\n"
        ));
        let image = |position, src: &str, alt: &str| ImageRecord {
            src: src.into(),
            position,
            alt: Said::This(alt.into()),
        };
        let named_by_a_variant = ImageRecord {
            alt: Said::Nothing,
            ..image(5, "/media/z", "")
        };
        assert_eq!(
            found.images,
            Said::This(vec![
                image(1, "/media/a", "first"),
                image(2, "/media/b", ""),
                image(3, "/media/c", "late alt"),
                image(4, "/media/d", ""),
                named_by_a_variant,
            ])
        );
        assert_eq!(found.variants.len(), 1);
        let src = Said::This(Some("/media/z".to_owned()));
        assert_eq!(found.variants[0].image_src, src);
    }

    #[test]
    fn columns_that_are_not_there_say_nothing() {
        let none = product("Handle,Title,Variant Price\na,A,1\n");
        assert_eq!(none.images, Said::Nothing);
        let emptied = product("Handle,Title,Variant Price,Image Src\na,A,1,\n");
        assert_eq!(emptied.images, Said::This(Vec::new()));
        let bare = product("Handle,Image Src\na,/media/a\na,/media/b\n");
        let Said::This(images) = bare.images else {
            panic!("the file has images")
        };
        assert!(images.iter().all(|image| image.alt == Said::Nothing));
        assert_eq!((images.len(), images[1].position), (2, 2));
    }

    #[test]
    fn pictures_from_http_are_taken_from_https_with_a_remark() {
        let file = format!(
            "{IMAGES}a,A,1,http://example.com/a.jpg,,,HTTP://example.com:80/b?c,\nb,B,1,https://example.com/a.jpg,,,,\n"
        );
        assert_eq!(
            remarks(&file),
            [
                "line 2, column \"Variant Image\": is read as https://example.com/b?c, because \
                 browsers block pictures at http:// addresses",
                "line 2, column \"Image Src\": is read as https://example.com/a.jpg, because \
                 browsers block pictures at http:// addresses",
            ]
        );
        assert_eq!(
            faults(format!("{IMAGES}a,A,1,http://example.com:8080/a.jpg,,,,\n")),
            [
                "line 2, column \"Image Src\": \"http://example.com:8080/a.jpg\" is neither an https address nor a path below /media/"
            ]
        );
    }

    #[test]
    fn images_have_a_sound_source_and_a_short_alt() {
        let alt = "x".repeat(513);
        assert_eq!(
            faults(format!("{IMAGES}a,A,1,a.jpg,first,{alt},/media/../x,\n")),
            [
                "line 2, column \"Variant Image\": \"/media/../x\" is neither an https address nor a path below /media/",
                "line 2, column \"Image Src\": \"a.jpg\" is neither an https address nor a path below /media/",
                "line 2, column \"Image Position\": \"first\" is not a whole number",
                "line 2, column \"Image Alt Text\": is longer than 512 characters",
            ]
        );
    }
}
