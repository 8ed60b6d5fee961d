mod colours;

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use super::{
    Bytes, MAX_PICTURE_BYTES, Picture, PictureError, PictureKind, Rendition, decode::decode,
};
use colours::files;

fn check(bytes: &[u8]) -> Result<Picture, PictureError> {
    Picture::check(Bytes::copy_from_slice(bytes))
}

fn kind_of(bytes: &[u8]) -> Result<PictureKind, PictureError> {
    check(bytes).map(|picture| picture.kind())
}

fn rendered(bytes: &[u8]) -> Result<Vec<Rendition>, PictureError> {
    check(bytes)?.render()
}

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(width, height)
        .write_to(&mut bytes, format)
        .unwrap();
    bytes.into_inner()
}

/// A picture that does not compress to nothing.
fn busy(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb([(x * 7 + y * 3) as u8, (x ^ y) as u8, (x * y) as u8])
    })
}

#[test]
fn a_picture_is_known_by_its_content() {
    for (format, kind) in [
        (ImageFormat::Png, PictureKind::Png),
        (ImageFormat::Jpeg, PictureKind::Jpeg),
        (ImageFormat::WebP, PictureKind::Webp),
    ] {
        assert_eq!(kind_of(&picture(30, 20, format)), Ok(kind));
    }
    for bad in [
        &b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"[..],
        b"",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n",
    ] {
        assert_eq!(kind_of(bad), Err(PictureError::Kind));
    }
    assert_eq!(
        kind_of(&vec![0; MAX_PICTURE_BYTES + 1]),
        Err(PictureError::TooLarge)
    );
}

#[test]
fn a_file_that_is_also_something_else_is_refused() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        for more in [
            &b"<ScRiPt>alert(1)</script>"[..],
            b"<?php system($_GET['x']);",
            b"%PDF-1.7",
            b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
        ] {
            let mut bytes = picture(30, 20, format);
            bytes.extend_from_slice(more);
            assert_eq!(kind_of(&bytes), Err(PictureError::Polyglot), "{format:?}");
        }
    }
}

#[test]
fn what_programs_pad_a_file_with_is_no_harm() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let whole = picture(30, 20, format);
        for padding in [&b"\n"[..], b"\0", b"\r\n", &[0; 5000]] {
            let bytes = [whole.as_slice(), padding].concat();
            assert!(rendered(&bytes).is_ok(), "{format:?} {}", padding.len());
        }
    }
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let bytes = [picture(30, 20, format).as_slice(), b"x"].concat();
        assert_eq!(kind_of(&bytes), Err(PictureError::Polyglot), "{format:?}");
    }
}

#[test]
fn a_picture_is_served_in_widths_up_to_its_own() {
    let rendered = |width| {
        let renditions = rendered(&picture(width, 40, ImageFormat::Png)).unwrap();
        for rendition in &renditions {
            let size = imagesize::blob_size(&rendition.webp).unwrap();
            assert_eq!(size.width, rendition.width as usize);
        }
        renditions.iter().map(|r| r.width).collect::<Vec<_>>()
    };
    assert_eq!(rendered(100), [100]);
    assert_eq!(rendered(700), [320, 640, 700]);
    assert_eq!(rendered(3000), [320, 640, 960, 1600]);
}

/// A picture of every kind that is taken, all of the same size.
fn of_every_kind() -> Vec<(&'static str, Vec<u8>)> {
    let image = busy(120, 90);
    let (width, height) = image.dimensions();
    let encoded = |image: DynamicImage, format| {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    };
    let jpeg = |is_progressive: bool| {
        let mut bytes = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
        encoder.set_progressive(is_progressive);
        encoder.set_restart_interval(if is_progressive { 0 } else { 5 });
        let (width, height) = (width as u16, height as u16);
        encoder
            .encode(&image, width, height, jpeg_encoder::ColorType::Rgb)
            .unwrap();
        bytes
    };
    let lossy = webp::Encoder::from_rgb(&image, width, height).encode(80.0);
    let config = webp::WebPConfig::new().unwrap();
    let other = busy(width + 1, height);
    let other = image::imageops::crop_imm(&other, 1, 0, width, height).to_image();
    let mut animation = webp::AnimEncoder::new(width, height, &config);
    animation.add_frame(webp::AnimFrame::from_rgb(&image, width, height, 0));
    animation.add_frame(webp::AnimFrame::from_rgb(&other, width, height, 100));
    let animated = animation.encode();
    let grey = DynamicImage::from(image.clone()).to_luma8();
    vec![
        ("PNG", encoded(image.clone().into(), ImageFormat::Png)),
        ("JPEG", encoded(image.clone().into(), ImageFormat::Jpeg)),
        ("grey JPEG", encoded(grey.into(), ImageFormat::Jpeg)),
        ("JPEG with restarts", jpeg(false)),
        ("progressive JPEG", jpeg(true)),
        (
            "lossless WebP",
            encoded(image.clone().into(), ImageFormat::WebP),
        ),
        ("lossy WebP", lossy.to_vec()),
        ("animated WebP", animated.to_vec()),
    ]
}

#[test]
fn what_is_damaged_is_refused_and_not_half_shown() {
    for (name, whole) in of_every_kind() {
        assert!(rendered(&whole).is_ok(), "{name}");
        let by_percent = (10..100).step_by(3).map(|part| whole.len() * part / 100);
        let by_byte = (1..=16).map(|missing| whole.len() - missing);
        for end in by_percent.chain(by_byte) {
            assert_eq!(
                rendered(&whole[..end]).err(),
                Some(PictureError::Damaged),
                "{name}: {end} of {}",
                whole.len()
            );
        }
    }
    let mut bytes = picture(300, 200, ImageFormat::Png);
    let end = bytes.len() / 2;
    bytes[end] ^= 0xff;
    assert_eq!(rendered(&bytes).err(), Some(PictureError::Damaged));
}

#[test]
fn a_cut_jpeg_that_was_closed_again_is_refused() {
    for (name, whole) in of_every_kind() {
        if !name.ends_with("JPEG") || name.starts_with("progressive") {
            continue;
        }
        for part in [40, 60, 80] {
            let cut = &whole[..whole.len() * part / 100];
            let closed = [cut, &[0xff, 0xd9]].concat();
            assert_eq!(
                rendered(&closed).err(),
                Some(PictureError::Damaged),
                "{name}: {part} %"
            );
        }
    }
}

#[test]
fn a_picture_is_turned_the_right_way_up() {
    // One entry: orientation, a short, once, turned by a quarter.
    let exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    let image = DynamicImage::new_rgb8(40, 20);
    let all = files(&image, b"", exif);
    assert_eq!(all.len(), 3);
    for (kind, bytes) in all {
        let turned = decode(kind, &bytes).unwrap();
        assert_eq!((turned.width(), turned.height()), (20, 40), "{kind:?}");
    }
}
