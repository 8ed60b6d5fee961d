//! Pictures: the demo's are in the binary, uploaded ones in the data folder.

use std::path::{Path, PathBuf};

use rust_embed::RustEmbed;

use crate::{error::Result, ids::new_id};

#[derive(RustEmbed)]
#[folder = "demo/pictures"]
struct DemoPictures;

/// A demo picture by its file name.
pub fn demo_picture(name: &str) -> Option<std::borrow::Cow<'static, [u8]>> {
    DemoPictures::get(name).map(|file| file.data)
}

/// Names of all demo pictures.
pub fn demo_names() -> Vec<String> {
    DemoPictures::iter()
        .map(|name| name.into_owned())
        .filter(|name| name.ends_with(".webp"))
        .collect()
}

/// Kinds of picture the shop takes, known by content and not by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    Png,
    Jpeg,
    Webp,
}

/// Largest upload per picture, in bytes.
pub const MAX_PICTURE_BYTES: usize = 8 * 1024 * 1024;
/// Largest width and height, in pixels.
pub const MAX_PICTURE_SIDE: usize = 8000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    #[error("This is not a PNG, JPEG or WebP picture.")]
    Kind,
    #[error("Pictures can have up to 8 MB.")]
    TooLarge,
    #[error("Pictures can be up to 8000 pixels wide and high.")]
    TooWide,
}

impl PictureKind {
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Webp => "webp",
        }
    }

    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }

    /// What a stored file is, by the name this shop gave it.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Png, Self::Jpeg, Self::Webp]
            .into_iter()
            .find(|kind| {
                name.rsplit_once('.')
                    .is_some_and(|(_, ext)| ext == kind.extension())
            })
    }

    /// Looks at the bytes.
    pub fn check(bytes: &[u8]) -> Result<Self, PictureError> {
        if bytes.len() > MAX_PICTURE_BYTES {
            return Err(PictureError::TooLarge);
        }
        let kind = match imagesize::image_type(bytes) {
            Ok(imagesize::ImageType::Png) => Self::Png,
            Ok(imagesize::ImageType::Jpeg) => Self::Jpeg,
            Ok(imagesize::ImageType::Webp) => Self::Webp,
            _ => return Err(PictureError::Kind),
        };
        let size = imagesize::blob_size(bytes).map_err(|_| PictureError::Kind)?;
        if size.width == 0 || size.height == 0 {
            return Err(PictureError::Kind);
        }
        if size.width > MAX_PICTURE_SIDE || size.height > MAX_PICTURE_SIDE {
            return Err(PictureError::TooWide);
        }
        Ok(kind)
    }
}

/// The folder with uploaded pictures.
#[derive(Debug, Clone)]
pub struct MediaFolder(PathBuf);

impl MediaFolder {
    pub fn new(data_dir: &Path) -> Self {
        Self(data_dir.join("media"))
    }

    /// Stores a checked picture under a name of our own and returns its address.
    pub async fn store(&self, kind: PictureKind, bytes: &[u8]) -> Result<String> {
        tokio::fs::create_dir_all(&self.0).await?;
        let name = format!("{}.{}", new_id(), kind.extension());
        // Written aside and renamed: a half-written picture is never served.
        let partial = self.0.join(format!("{name}.part"));
        tokio::fs::write(&partial, bytes).await?;
        tokio::fs::rename(&partial, self.0.join(&name)).await?;
        Ok(format!("/media/{name}"))
    }

    /// A stored picture by its file name.
    pub async fn read(&self, name: &str) -> Option<Vec<u8>> {
        let plain = name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.');
        if !plain || name.starts_with('.') {
            return None;
        }
        tokio::fs::read(self.0.join(name)).await.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_known_by_their_content() {
        let name = demo_names()
            .into_iter()
            .next()
            .expect("there are demo pictures");
        let bytes = demo_picture(&name).expect("it is embedded");
        assert_eq!(PictureKind::check(&bytes), Ok(PictureKind::Webp));
        for bad in [
            &b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"[..],
            b"",
            b"GIF89a",
            b"\x89PNG\r\n\x1a\n",
        ] {
            assert_eq!(PictureKind::check(bad), Err(PictureError::Kind));
        }
        assert_eq!(
            PictureKind::check(&vec![0; MAX_PICTURE_BYTES + 1]),
            Err(PictureError::TooLarge)
        );
    }

    #[tokio::test]
    async fn names_cannot_leave_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secret.png"), "x").unwrap();
        let media = MediaFolder::new(folder.path());
        assert_eq!(media.read("../secret.png").await, None);
        let address = media.store(PictureKind::Png, b"picture").await.unwrap();
        let name = address.strip_prefix("/media/").unwrap();
        assert_eq!(media.read(name).await.as_deref(), Some(&b"picture"[..]));
    }
}
