//! A picture file taken apart by its own headers, before anything is decoded.
//!
//! A decoder is given the picture and no more: profiles, previews, texts and whatever else may be in
//! a file are kept from it, and with them what could be made to unpack to gigabytes.

use std::borrow::Cow;

use image::metadata::Orientation;

use super::PictureKind;

/// What a file is made of.
pub(super) struct Parts<'a> {
    pub picture: Cow<'a, [u8]>,
    /// An ICC profile of up to [`MAX_PROFILE`] bytes.
    pub profile: Option<Vec<u8>>,
    /// How it is to be turned.
    pub orientation: Option<Orientation>,
}

/// Largest colour profile that is looked at, in bytes, unpacked. Those of print shops come near it;
/// a larger one is passed over.
pub(super) const MAX_PROFILE: usize = 4 * 1024 * 1024;

/// Where the picture ends in its file; `None` if the file breaks off before.
pub(super) fn end(kind: PictureKind, bytes: &[u8]) -> Option<usize> {
    match kind {
        PictureKind::Png => png::end(bytes),
        PictureKind::Jpeg => jpeg::end(bytes),
        PictureKind::Webp => webp::end(bytes),
    }
}

/// `None` if the file breaks off.
pub(super) fn parts(kind: PictureKind, bytes: &[u8]) -> Option<Parts<'_>> {
    match kind {
        PictureKind::Png => png::parts(bytes),
        PictureKind::Jpeg => jpeg::parts(bytes),
        PictureKind::Webp => webp::parts(bytes),
    }
}

/// What is before EXIF data in JPEG, and by mistake in other files.
const EXIF: &[u8] = b"Exif\0\0";

mod png {
    use std::io::Read;

    use flate2::read::ZlibDecoder;

    use super::{Cow, MAX_PROFILE, Orientation, Parts};

    const SIGNATURE: usize = 8;
    /// The chunks that make the picture.
    const PICTURE: [&[u8]; 5] = [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"];

    struct Chunk<'a> {
        kind: &'a [u8],
        data: &'a [u8],
        /// With its length and checksum.
        whole: &'a [u8],
    }

    /// The chunk at `at`.
    fn chunk(bytes: &[u8], at: usize) -> Option<Chunk<'_>> {
        let head = bytes.get(at..at.checked_add(8)?)?;
        let length = u32::from_be_bytes(head[..4].try_into().ok()?) as usize;
        let whole = bytes.get(at..at.checked_add(length)?.checked_add(12)?)?;
        Some(Chunk {
            kind: &whole[4..8],
            data: &whole[8..8 + length],
            whole,
        })
    }

    pub fn end(bytes: &[u8]) -> Option<usize> {
        let mut at = SIGNATURE;
        loop {
            let chunk = chunk(bytes, at)?;
            at += chunk.whole.len();
            if chunk.kind == b"IEND" {
                return Some(at);
            }
        }
    }

    pub fn parts(bytes: &[u8]) -> Option<Parts<'_>> {
        let end = end(bytes)?;
        let mut picture = bytes[..SIGNATURE].to_vec();
        let (mut profile, mut orientation) = (None, None);
        let mut at = SIGNATURE;
        while at < end {
            let chunk = chunk(bytes, at)?;
            at += chunk.whole.len();
            match chunk.kind {
                kind if PICTURE.contains(&kind) => picture.extend_from_slice(chunk.whole),
                b"iCCP" => profile = profile.or_else(|| unpacked(chunk.data)),
                b"eXIf" => orientation = Orientation::from_exif_chunk(chunk.data),
                _ => {}
            }
        }
        Some(Parts {
            picture: Cow::Owned(picture),
            profile,
            orientation,
        })
    }

    /// The profile in an iCCP chunk: a name, a zero, the method of compression, the compressed
    /// profile. No more of it is unpacked than is looked at.
    fn unpacked(data: &[u8]) -> Option<Vec<u8>> {
        let name = data.iter().position(|byte| *byte == 0)?;
        let packed = data.get(name + 2..)?;
        let mut profile = Vec::new();
        ZlibDecoder::new(packed)
            .take(MAX_PROFILE as u64 + 1)
            .read_to_end(&mut profile)
            .ok()?;
        (profile.len() <= MAX_PROFILE).then_some(profile)
    }
}

mod jpeg {
    use super::{Cow, EXIF, MAX_PROFILE, Orientation, Parts};

    const ICC: &[u8] = b"ICC_PROFILE\0";

    struct Segment<'a> {
        marker: u8,
        /// What comes after its length.
        data: &'a [u8],
        /// From its marker on; of a scan with the compressed picture.
        whole: &'a [u8],
    }

    /// The next segment from `at` on and where it ends, or none at the end of the picture.
    fn segment(bytes: &[u8], mut at: usize) -> Option<(Option<Segment<'_>>, usize)> {
        loop {
            let marker = bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
            // A marker may have any number of fill bytes before it.
            let padding = bytes[at + marker..].iter().position(|byte| *byte != 0xff)?;
            let start = at + marker + padding - 1;
            let marker = bytes[start + 1];
            at = start + 2;
            match marker {
                // No marker at all, one for use by programs, restarts and another start.
                0x00 | 0x01 | 0xd0..=0xd8 => {}
                0xd9 => return Some((None, at)),
                _ => {
                    let length = bytes.get(at..at + 2)?;
                    let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
                    let data = bytes.get(at + 2..at + length)?;
                    let mut end = at + length;
                    if marker == 0xda {
                        end = end_of_scan(bytes, end)?;
                    }
                    let whole = &bytes[start..end];
                    let segment = Segment {
                        marker,
                        data,
                        whole,
                    };
                    return Some((Some(segment), end));
                }
            }
        }
    }

    /// Where the compressed data from `at` on end: at the next marker that is not a restart.
    fn end_of_scan(bytes: &[u8], mut at: usize) -> Option<usize> {
        loop {
            at += bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
            match bytes.get(at + 1)? {
                0x00 | 0xd0..=0xd7 => at += 2,
                0xff => at += 1,
                _ => return Some(at),
            }
        }
    }

    pub fn end(bytes: &[u8]) -> Option<usize> {
        let mut at = 2;
        let mut has_picture = false;
        loop {
            let (segment, end) = segment(bytes, at)?;
            at = end;
            match segment {
                Some(segment) => has_picture |= segment.marker == 0xda,
                None => return has_picture.then_some(at),
            }
        }
    }

    pub fn parts(bytes: &[u8]) -> Option<Parts<'_>> {
        let mut picture = vec![0xff, 0xd8];
        let mut orientation = None;
        let mut profile = Vec::new();
        let mut is_progressive = false;
        let mut at = 2;
        while let (Some(segment), end) = segment(bytes, at)? {
            at = end;
            match segment.marker {
                // Frames, tables, restarts and scans; and what says which colours are meant.
                0xc0..=0xcf | 0xda | 0xdb | 0xdd | 0xe0 | 0xee => {
                    is_progressive |= segment.marker == 0xc2;
                    picture.extend_from_slice(segment.whole);
                }
                0xe1 if orientation.is_none() => {
                    let exif = segment.data.strip_prefix(EXIF);
                    orientation = exif.and_then(Orientation::from_exif_chunk);
                }
                0xe2 => {
                    if let Some([number, _, data @ ..]) = segment.data.strip_prefix(ICC) {
                        profile.push((*number, data));
                    }
                }
                _ => {}
            }
        }
        match is_progressive {
            true => picture.extend_from_slice(&[0xff, 0xd9]),
            // In place of the end marker: at that one the decoder would make up what is missing of
            // a picture that was cut and closed again, here it runs out of data. A whole picture
            // is decoded before it has looked that far ahead.
            false => picture.extend_from_slice(&[0; 16]),
        }
        Some(Parts {
            picture: Cow::Owned(picture),
            profile: joined(profile),
            orientation,
        })
    }

    /// The profile from its numbered pieces.
    fn joined(mut pieces: Vec<(u8, &[u8])>) -> Option<Vec<u8>> {
        pieces.sort_by_key(|(number, _)| *number);
        let mut numbers = pieces.iter().map(|(number, _)| usize::from(*number));
        let is_whole = (1..=pieces.len()).all(|place| numbers.next() == Some(place));
        let profile: Vec<u8> = pieces.iter().flat_map(|(_, data)| *data).copied().collect();
        (is_whole && !profile.is_empty() && profile.len() <= MAX_PROFILE).then_some(profile)
    }
}

mod webp {
    use super::{Cow, EXIF, MAX_PROFILE, Orientation, Parts};

    /// `RIFF`, a length, `WEBP`.
    const HEAD: usize = 12;

    /// Where the file says it ends.
    pub fn end(bytes: &[u8]) -> Option<usize> {
        let length = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
        let end = length.checked_add(8)?;
        if end < HEAD || end > bytes.len() {
            return None;
        }
        let mut at = HEAD;
        while at < end {
            at = chunk(&bytes[..end], at)?.2;
        }
        // Chunks are padded to even lengths.
        Some(at.min(bytes.len()))
    }

    /// Kind and data of the chunk at `at`, and where the next one begins.
    fn chunk(bytes: &[u8], at: usize) -> Option<(&[u8], &[u8], usize)> {
        let head = bytes.get(at..at.checked_add(8)?)?;
        let length = u32::from_le_bytes(head[4..].try_into().ok()?) as usize;
        let start = at + 8;
        let data = bytes.get(start..start.checked_add(length)?)?;
        Some((&head[..4], data, start + length + length % 2))
    }

    pub fn parts(bytes: &[u8]) -> Option<Parts<'_>> {
        let end = end(bytes)?;
        let bytes = &bytes[..end];
        let (mut profile, mut orientation) = (None, None);
        let mut at = HEAD;
        while at < end {
            let (kind, data, next) = chunk(bytes, at)?;
            at = next;
            match kind {
                b"ICCP" if data.len() <= MAX_PROFILE => profile = Some(data.to_vec()),
                b"EXIF" => {
                    let exif = data.strip_prefix(EXIF).unwrap_or(data);
                    orientation = Orientation::from_exif_chunk(exif);
                }
                _ => {}
            }
        }
        Some(Parts {
            picture: Cow::Borrowed(bytes),
            profile,
            orientation,
        })
    }
}
