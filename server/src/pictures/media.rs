//! Where files are kept: the demo's pictures in the binary, uploaded ones in a folder or in storage
//! that speaks S3.

use std::{collections::BTreeMap, path::Path as FilePath, sync::Arc};

use app::catalog::picture::{name_in_width, own_width, small, widths};
use bytes::Bytes;
use object_store::{
    ObjectStore, ObjectStoreExt, PutPayload,
    aws::{AmazonS3Builder, S3ConditionalPut},
    local::LocalFileSystem,
    path::Path,
};
use rust_embed::RustEmbed;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use crate::{
    error::{Error, Result},
    ids::new_id,
    pictures::{Facts, Picture, PictureError, jpeg},
};

#[derive(RustEmbed)]
#[folder = "../demo/pictures"]
struct DemoPictures;

/// A demo picture by its file name.
pub fn demo_picture(name: &str) -> Option<std::borrow::Cow<'static, [u8]>> {
    DemoPictures::get(name).map(|file| file.data)
}

/// What the demo's pictures of categories begin with, before the category's slug.
const SCENE: &str = "scene-";

/// Names of the demo's pictures of products, each in its widest file, which tells of the others.
pub fn demo_names() -> Vec<String> {
    widest()
        .into_iter()
        .filter(|(name, _)| !name.starts_with(SCENE))
        .map(|(name, width)| name_in_width(&name, width))
        .collect()
}

/// The demo's picture of a category, in its widest file.
pub fn demo_scene(slug: &str) -> Option<String> {
    let (name, width) = widest().remove_entry(&format!("{SCENE}{slug}"))?;
    Some(name_in_width(&name, width))
}

/// The demo's pictures by name, each with its greatest width.
fn widest() -> BTreeMap<String, u32> {
    let mut widest: BTreeMap<String, u32> = BTreeMap::new();
    for file in DemoPictures::iter() {
        if let Some((name, width)) = name_and_width(&file) {
            let known = widest.entry(name.to_owned()).or_default();
            *known = width.max(*known);
        }
    }
    widest
}

/// The parts of a picture's file name, such as `rope` and 640 of `rope.w640.webp`.
fn name_and_width(file: &str) -> Option<(&str, u32)> {
    let (name, width) = file.strip_suffix(".webp")?.rsplit_once(".w")?;
    Some((name, width.parse().ok()?))
}

/// Pictures decoded at the same time: each may take hundreds of megabytes for a moment.
const AT_ONCE: usize = 2;
/// Names of our own are shorter; file systems refuse those of more than 255 letters.
const LONGEST_NAME: usize = 128;

/// Storage that speaks S3.
#[derive(Debug, Clone)]
pub struct S3Settings {
    pub bucket: String,
    pub region: String,
    /// Of another provider than Amazon, such as `https://storage.example`.
    pub endpoint: Option<String>,
    pub key_id: String,
    pub secret: SecretString,
}

/// Uploaded files, which have names of our own.
#[derive(Debug, Clone)]
pub struct MediaStore {
    store: Arc<dyn ObjectStore>,
    decoding: Arc<Semaphore>,
}

impl MediaStore {
    /// In the folder `media` of the data folder, which is made if it is not there.
    pub fn local(data_dir: &FilePath) -> Result<Self> {
        let folder = data_dir.join("media");
        std::fs::create_dir_all(&folder)?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(failed)?;
        Ok(Self::of(Arc::new(store)))
    }

    pub fn s3(settings: &S3Settings) -> Result<Self> {
        // The first one stays; a second call changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&settings.bucket)
            .with_region(&settings.region)
            .with_access_key_id(&settings.key_id)
            .with_secret_access_key(settings.secret.expose_secret())
            .with_conditional_put(S3ConditionalPut::Disabled);
        if let Some(endpoint) = &settings.endpoint {
            builder = builder
                .with_endpoint(endpoint)
                .with_allow_http(endpoint.starts_with("http://"));
        }
        let store = builder
            .build()
            .map_err(|error| Error::Setting(format!("storage for pictures: {error}")))?;
        Ok(Self::of(Arc::new(store)))
    }

    fn of(store: Arc<dyn ObjectStore>) -> Self {
        Self {
            store,
            decoding: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// Decodes a checked picture and stores it in its widths; the address of the widest.
    pub async fn add(&self, picture: Picture) -> Result<Result<String, PictureError>> {
        let rendered = self.decode_in_turn(move || picture.render()).await?;
        let renditions = match rendered {
            Ok(renditions) => renditions,
            Err(error) => return Ok(Err(error)),
        };
        let name = new_id();
        let mut widest = String::new();
        for rendition in renditions {
            let file = name_in_width(&name, rendition.width);
            self.put(&file, rendition.webp).await?;
            widest = format!("/media/{file}");
        }
        Ok(Ok(widest))
    }

    /// What is known of a picture by its address, from its narrowest file; `None` if there is none or
    /// it is damaged. A storage that does not answer is an error.
    pub async fn facts(&self, src: &str) -> Result<Option<Facts>> {
        let narrow = small(src);
        let Some(file) = narrow.strip_prefix("/media/") else {
            return Ok(None);
        };
        let bytes = match file.strip_prefix("demo/") {
            Some(name) => demo_picture(name).map(|bytes| bytes.into_owned().into()),
            None => self.find(file).await?,
        };
        let Some(bytes) = bytes else { return Ok(None) };
        let own = own_width(src);
        let facts = self
            .decode_in_turn(move || {
                let image = Picture::check(bytes)?.decode()?;
                Ok(Facts::of(&image, own))
            })
            .await?;
        Ok(facts.ok())
    }

    /// Does what takes its time where nothing else waits, and not too much of it at once.
    async fn decode_in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PictureError> + Send + 'static,
    ) -> Result<Result<T, PictureError>> {
        let turn = self.decoding.clone().acquire_owned().await;
        let turn = turn.map_err(|_| Error::Invariant("nobody closes it".to_owned()))?;
        // The turn ends with the work, also if nobody waits for it any more.
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        match done.await {
            Ok(done) => Ok(done),
            // What makes a decoder give up is no picture that can be shown.
            Err(error) if error.is_panic() => {
                tracing::warn!(%error, "a picture could not be decoded");
                Ok(Err(PictureError::Damaged))
            }
            Err(error) => Err(Error::Invariant(format!("decoding failed: {error}"))),
        }
    }

    /// Takes away pictures that were just stored and that nothing has named yet.
    pub async fn discard(&self, sources: &[String]) {
        for src in sources {
            for file in files(src) {
                self.forget_private(&file).await;
            }
        }
    }

    /// The JPEG of a picture at this path below `/media/`, which is made the first time that an e-mail with it is opened.
    pub async fn for_mail(&self, path: &str) -> Option<Bytes> {
        let origin = jpeg::origin(path)?;
        // The demo's pictures are in the binary; theirs is kept beside the others.
        let file = path.replace('/', "-");
        if let Some(made) = self.read(&file).await {
            return Some(made);
        }
        let webp: Bytes = match origin.strip_prefix("demo/") {
            Some(name) => demo_picture(name)?.into_owned().into(),
            None => self.read(&origin).await?,
        };
        let made = self
            .decode_in_turn(move || Picture::check(webp)?.as_jpeg())
            .await;
        let jpeg = match made {
            Ok(Ok(jpeg)) => jpeg,
            Ok(Err(_)) => return None,
            Err(error) => {
                tracing::warn!(%error, "a picture for an e-mail could not be made");
                return None;
            }
        };
        // One that cannot be kept is made again the next time.
        if let Err(error) = self.put(&file, jpeg.clone()).await {
            tracing::warn!(%error, "a picture for an e-mail could not be kept");
        }
        Some(jpeg.into())
    }

    /// A stored picture by its file name.
    pub async fn read(&self, name: &str) -> Option<Bytes> {
        match self.find(name).await {
            Ok(found) => found,
            Err(error) => {
                tracing::warn!(%error, "a picture could not be read");
                None
            }
        }
    }

    async fn find(&self, name: &str) -> Result<Option<Bytes>> {
        let plain = name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.');
        if !plain || name.starts_with('.') || name.len() > LONGEST_NAME {
            return Ok(None);
        }
        match self.store.get(&Path::from(name)).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(failed)?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    /// Keeps a file that is served to nobody.
    pub async fn keep_private(&self, place: &str, bytes: Vec<u8>) -> Result<()> {
        self.put(place, bytes).await
    }

    pub async fn private(&self, place: &str) -> Result<Vec<u8>> {
        let found = self.store.get(&Path::from(place)).await.map_err(failed)?;
        Ok(found.bytes().await.map_err(failed)?.to_vec())
    }

    pub async fn forget_private(&self, place: &str) {
        match self.store.delete(&Path::from(place)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => tracing::warn!(%error, "a file could not be deleted"),
        }
    }

    async fn put(&self, place: &str, bytes: Vec<u8>) -> Result<()> {
        // A half-written file is never seen: stores put a file in place when it is whole.
        self.store
            .put(&Path::from(place), PutPayload::from(bytes))
            .await
            .map_err(failed)?;
        Ok(())
    }
}

/// The names of a picture's files, one for each width.
fn files(src: &str) -> Vec<String> {
    let own = src
        .strip_prefix("/media/")
        .and_then(|file| file.strip_suffix(".webp")?.rsplit_once(".w"))
        .and_then(|(name, own)| Some((name, own.parse::<u32>().ok()?)));
    let Some((name, own)) = own else {
        return Vec::new();
    };
    let widths = widths(own).into_iter();
    widths.map(|width| name_in_width(name, width)).collect()
}

fn failed(error: object_store::Error) -> Error {
    Error::Io(std::io::Error::other(error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pictures::PictureKind;

    fn demo(name: &str) -> Bytes {
        let bytes = demo_picture(name).expect("embedded");
        bytes.into_owned().into()
    }

    #[test]
    fn every_demo_picture_is_one() {
        for name in demo_names() {
            let picture = Picture::check(demo(&name)).expect("a picture");
            assert_eq!(picture.kind(), PictureKind::Webp, "{name}");
        }
    }

    #[test]
    fn a_demo_picture_is_there_in_every_width_its_name_promises() {
        for file in DemoPictures::iter().filter(|file| file.ends_with(".webp")) {
            let (name, _) = name_and_width(&file).expect("a name with a width");
            let own = DemoPictures::iter()
                .filter_map(|other| {
                    let (of, width) = name_and_width(&other)?;
                    (of == name).then_some(width)
                })
                .max();
            for width in widths(own.unwrap_or_default()) {
                let narrow = name_in_width(name, width);
                assert!(demo_picture(&narrow).is_some(), "{narrow}");
            }
        }
    }

    /// They are part of the program.
    #[test]
    fn demo_pictures_have_ten_megabytes_at_most() {
        let bytes: usize = DemoPictures::iter()
            .filter_map(|file| DemoPictures::get(&file))
            .map(|file| file.data.len())
            .sum();
        assert!(bytes <= 10 << 20, "{bytes}");
    }

    #[tokio::test]
    async fn names_cannot_leave_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secret.png"), "x").unwrap();
        let media = MediaStore::local(folder.path()).unwrap();
        media
            .keep_private("imports/x.png", b"y".to_vec())
            .await
            .unwrap();
        for name in ["../secret.png", "imports/x.png", "..", ".", ""] {
            assert_eq!(media.read(name).await, None, "{name:?}");
        }
        let picture = Picture::check(demo(&demo_names().remove(0))).unwrap();
        let address = media.add(picture).await.unwrap().unwrap();
        let name = address.strip_prefix("/media/").unwrap();
        assert!(media.read(name).await.is_some());
    }
}
