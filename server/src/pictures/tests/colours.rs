//! Colours of other profiles.

use std::io::Write;

use image::{
    DynamicImage, ExtendedColorType, GrayImage, ImageEncoder, Luma, Rgb, RgbImage, Rgba, RgbaImage,
    codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder},
};
use moxcms::{
    ColorProfile, DataColorSpace, LutDataType, LutStore, LutType, LutWarehouse, Matrix3d,
    ProfileClass,
};

use super::kind_of;
use crate::pictures::{PictureKind, color::Profile, decode::decode, parts::parts};

/// The picture in each kind of file that can hold it, with a profile and EXIF data if there are any.
pub(super) fn files(
    image: &DynamicImage,
    profile: &[u8],
    exif: &[u8],
) -> Vec<(PictureKind, Vec<u8>)> {
    let mut files = Vec::new();
    let mut bytes = Vec::new();
    write(PngEncoder::new(&mut bytes), image, profile, exif);
    files.push((PictureKind::Png, std::mem::take(&mut bytes)));
    if image.color().has_color() {
        write(WebPEncoder::new_lossless(&mut bytes), image, profile, exif);
        files.push((PictureKind::Webp, std::mem::take(&mut bytes)));
    }
    if !image.color().has_alpha() {
        let encoder = JpegEncoder::new_with_quality(&mut bytes, 100);
        write(encoder, image, profile, exif);
        files.push((PictureKind::Jpeg, bytes));
    }
    files
}

fn write(mut encoder: impl ImageEncoder, image: &DynamicImage, profile: &[u8], exif: &[u8]) {
    if !profile.is_empty() {
        encoder.set_icc_profile(profile.to_vec()).unwrap();
    }
    if !exif.is_empty() {
        encoder.set_exif_metadata(exif.to_vec()).unwrap();
    }
    let color: ExtendedColorType = image.color().into();
    encoder
        .write_image(image.as_bytes(), image.width(), image.height(), color)
        .unwrap();
}

/// The colour in the middle of a picture, as it is stored.
fn colour(kind: PictureKind, bytes: &[u8]) -> [u8; 4] {
    assert_eq!(kind_of(bytes), Ok(kind));
    let image = decode(kind, bytes).unwrap().into_rgba8();
    image.get_pixel(image.width() / 2, image.height() / 2).0
}

#[track_caller]
fn assert_near(found: [u8; 4], expected: [u8; 4], kind: PictureKind) {
    // JPEG has its own way of being not quite exact.
    let tolerance = if kind == PictureKind::Jpeg { 5 } else { 3 };
    let is_near = |(a, b): (&u8, &u8)| a.abs_diff(*b) <= tolerance;
    assert!(
        found.iter().zip(&expected).all(is_near),
        "{found:?} for {expected:?} in {kind:?}"
    );
}

fn plain(rgb: [u8; 3]) -> DynamicImage {
    RgbImage::from_pixel(32, 32, Rgb(rgb)).into()
}

#[test]
fn colours_of_another_profile_become_those_of_srgb() {
    let p3 = ColorProfile::new_display_p3().encode().unwrap();
    let adobe = ColorProfile::new_adobe_rgb().encode().unwrap();
    let srgb = ColorProfile::new_srgb().encode().unwrap();
    // By the matrices and curves of the standards.
    for (profile, stored, shown) in [
        (&p3, [200, 100, 50], [215, 93, 31]),
        (&p3, [90, 160, 70], [61, 162, 55]),
        (&p3, [128, 128, 128], [128, 128, 128]),
        // What sRGB does not have is as near as it gets.
        (&p3, [255, 0, 0], [255, 0, 0]),
        (&adobe, [200, 100, 50], [227, 100, 42]),
        (&srgb, [200, 100, 50], [200, 100, 50]),
    ] {
        for (kind, bytes) in files(&plain(stored), profile, b"") {
            let [r, g, b] = shown;
            assert_near(colour(kind, &bytes), [r, g, b, 255], kind);
        }
    }
    for (kind, bytes) in files(&plain([200, 100, 50]), b"", b"") {
        assert_near(colour(kind, &bytes), [200, 100, 50, 255], kind);
    }
}

#[test]
fn what_can_be_seen_through_stays_so() {
    let p3 = ColorProfile::new_display_p3().encode().unwrap();
    let image = RgbaImage::from_pixel(32, 32, Rgba([200, 100, 50, 128]));
    for (kind, bytes) in files(&image.into(), &p3, b"") {
        assert_near(colour(kind, &bytes), [215, 93, 31, 128], kind);
    }
}

#[test]
fn grey_has_profiles_of_its_own() {
    let linear = ColorProfile::new_gray_with_gamma(1.0).encode().unwrap();
    let grey: DynamicImage = GrayImage::from_pixel(32, 32, Luma([128])).into();
    for (kind, bytes) in files(&grey, &linear, b"") {
        assert_near(colour(kind, &bytes), [188, 188, 188, 255], kind);
    }
    // One that does not fit is passed over.
    for (kind, bytes) in files(&plain([200, 100, 50]), &linear, b"") {
        assert_near(colour(kind, &bytes), [200, 100, 50, 255], kind);
    }
}

/// A profile by which cyan prints black and nothing else prints at all.
fn strange_inks() -> Vec<u8> {
    let paper = [0xffff, 0x8080, 0x8080];
    let black = [0, 0x8080, 0x8080];
    // The first ink varies slowest: eight corners without cyan, eight with it.
    let corners = std::iter::repeat_n(paper, 8).chain(std::iter::repeat_n(black, 8));
    let lut = LutDataType {
        num_input_channels: 4,
        num_output_channels: 3,
        num_clut_grid_points: 2,
        matrix: Matrix3d::IDENTITY,
        num_input_table_entries: 2,
        num_output_table_entries: 2,
        input_table: LutStore::Store16([0, 0xffff].repeat(4)),
        clut_table: LutStore::Store16(corners.flatten().collect()),
        output_table: LutStore::Store16([0, 0xffff].repeat(3)),
        lut_type: LutType::Lut16,
    };
    let mut profile = ColorProfile::new_gray_with_gamma(1.0);
    profile.gray_trc = None;
    profile.profile_class = ProfileClass::OutputDevice;
    profile.color_space = DataColorSpace::Cmyk;
    profile.pcs = DataColorSpace::Lab;
    profile.lut_a_to_b_perceptual = Some(LutWarehouse::Lut(lut));
    profile.encode().unwrap()
}

#[test]
fn inks_are_printed_by_their_profile_or_plainly() {
    use jpeg_encoder::ColorType::{Cmyk, CmykAsYcck};
    let jpeg = |inks: [u8; 4], stored, profile: &[u8]| {
        let mut bytes = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 100);
        if !profile.is_empty() {
            encoder.add_icc_profile(profile).unwrap();
        }
        encoder
            .encode(&inks.repeat(32 * 32), 32, 32, stored)
            .unwrap();
        colour(PictureKind::Jpeg, &bytes)
    };
    let strange = strange_inks();
    for stored in [Cmyk, CmykAsYcck] {
        let [r, g, b, _] = jpeg([255, 0, 0, 0], stored, &strange);
        assert!(r < 40 && g < 40 && b < 40, "{stored:?} {r} {g} {b}");
        let [r, g, b, _] = jpeg([0, 255, 255, 255], stored, &strange);
        assert!(r > 215 && g > 215 && b > 215, "{stored:?} {r} {g} {b}");
        for (inks, shown) in [
            ([255, 0, 0, 0], [0, 255, 255, 255]),
            ([0, 0, 0, 255], [0, 0, 0, 255]),
            ([0, 0, 0, 0], [255, 255, 255, 255]),
        ] {
            assert_near(jpeg(inks, stored, b""), shown, PictureKind::Jpeg);
        }
    }
}

#[test]
fn a_profile_that_cannot_be_used_is_passed_over() {
    let p3 = ColorProfile::new_display_p3().encode().unwrap();
    let mut many_parts = p3.clone();
    many_parts[128..132].copy_from_slice(&1000_u32.to_be_bytes());
    let mut cut = p3.clone();
    cut.truncate(p3.len() / 2);
    let huge = [p3.as_slice(), &[0; 4 * 1024 * 1024]].concat();
    for profile in [b"no profile".as_slice(), &many_parts, &cut, &huge] {
        assert!(Profile::read(profile).is_none());
        for (kind, bytes) in files(&plain([200, 100, 50]), profile, b"") {
            assert_near(colour(kind, &bytes), [200, 100, 50, 255], kind);
        }
    }
    assert!(Profile::read(&p3).is_some());
}

#[test]
fn a_profile_that_unpacks_to_much_is_not_unpacked() {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..64 {
        packed.write_all(&[0; 1024 * 1024]).unwrap();
    }
    let mut chunk = b"iCCPbomb\0\0".to_vec();
    chunk.extend(packed.finish().unwrap());
    let mut crc = flate2::Crc::new();
    crc.update(&chunk);
    let (_, png) = files(&plain([200, 100, 50]), b"", b"").swap_remove(0);
    // Behind the signature and the header.
    let (head, rest) = png.split_at(8 + 25);
    let length = (chunk.len() as u32 - 4).to_be_bytes();
    let bytes = [head, &length, &chunk, &crc.sum().to_be_bytes(), rest].concat();
    let parts = parts(PictureKind::Png, &bytes).unwrap();
    assert!(parts.profile.is_none());
    assert!(parts.picture.len() < bytes.len() - chunk.len());
    assert_eq!(colour(PictureKind::Png, &bytes), [200, 100, 50, 255]);
}
