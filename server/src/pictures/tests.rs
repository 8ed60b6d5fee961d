use std::io::{Cursor, Write};

use image::{
    DynamicImage, ExtendedColorType, GrayImage, ImageEncoder, ImageFormat, Luma, Rgb, RgbImage,
    Rgba, RgbaImage,
    codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder},
};
use moxcms::{
    ColorProfile, DataColorSpace, LutDataType, LutStore, LutType, LutWarehouse, Matrix3d,
    ProfileClass,
};

use super::{
    Bytes, MAX_PICTURE_BYTES, Picture, PictureError, PictureKind, Rendition, color::Profile,
    decode::decode, parts::parts,
};

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

/// The picture in each kind of file that can hold it, with a profile and EXIF data if there are any.
fn files(image: &DynamicImage, profile: &[u8], exif: &[u8]) -> Vec<(PictureKind, Vec<u8>)> {
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
