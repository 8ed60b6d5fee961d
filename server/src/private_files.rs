//! Files that only the shop's own user reads: the database and mails hold addresses, and what opens
//! orders. Where there are no Unix permissions, the folder's have to do.

use std::{io, path::Path};

#[cfg(unix)]
mod system {
    use std::{
        fs::{self, Permissions},
        io,
        os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
        path::Path,
    };

    const FILE: u32 = 0o600;
    const FOLDER: u32 = 0o700;

    pub fn make_file(path: &Path) -> io::Result<()> {
        let mut options = fs::OpenOptions::new();
        options.append(true).create(true).mode(FILE);
        options.open(path).map(drop)
    }

    pub fn make_folder(path: &Path) -> io::Result<()> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(FOLDER)
            .create(path)
    }

    /// Takes from others what they may do with it.
    pub fn tighten(path: &Path) -> io::Result<()> {
        let found = fs::metadata(path)?;
        let most = if found.is_dir() { FOLDER } else { FILE };
        let mode = found.permissions().mode() & 0o7777;
        if mode & !most == 0 {
            return Ok(());
        }
        fs::set_permissions(path, Permissions::from_mode(mode & most))
    }
}

#[cfg(not(unix))]
mod system {
    use std::{fs, io, path::Path};

    pub fn make_file(path: &Path) -> io::Result<()> {
        let mut options = fs::OpenOptions::new();
        options.append(true).create(true).open(path).map(drop)
    }

    pub fn make_folder(path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    pub fn tighten(_: &Path) -> io::Result<()> {
        Ok(())
    }
}

/// Makes an empty file unless it is there.
pub fn make_file(path: &Path) -> io::Result<()> {
    system::make_file(path)
}

/// Makes a folder, with those above it, unless it is there.
pub fn make_folder(path: &Path) -> io::Result<()> {
    system::make_folder(path)
}

/// Takes from others what they may do with a file or folder of earlier days. What is not there, or
/// is another user's, stays as it is; the shop works all the same.
pub fn tighten(path: &Path) {
    match system::tighten(path) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => {
            tracing::warn!(%error, path = %path.display(), "others on this machine may read this");
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn what_is_made_is_the_users_own_and_what_is_there_is_tightened() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a/b");
        make_folder(&inner).unwrap();
        let file = inner.join("c");
        make_file(&file).unwrap();
        assert_eq!((mode(&inner), mode(&file)), (0o700, 0o600));
        fs::write(&file, "kept").unwrap();
        set_mode(&inner, 0o755);
        set_mode(&file, 0o444);
        make_folder(&inner).unwrap();
        tighten(&inner);
        tighten(&file);
        assert_eq!((mode(&inner), mode(&file)), (0o700, 0o400));
        assert_eq!(fs::read_to_string(&file).unwrap(), "kept");
        tighten(&folder.path().join("nothing"));
    }
}
