//! A database on disk is its user's own.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::Path,
};

use super::Db;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[tokio::test]
async fn a_database_and_what_stands_beside_it_are_the_users_own() {
    let folder = tempfile::tempdir().unwrap();
    // A name as addresses spell it.
    let url = format!("sqlite://{}/the%20shop.db", folder.path().display());
    let names = ["the shop.db", "the shop.db-wal", "the shop.db-shm"];
    let files = names.map(|name| folder.path().join(name));
    for _ in 0..2 {
        let db = Db::connect(&url).await.unwrap();
        db.migrate_to(1).await.unwrap();
        for file in &files {
            assert_eq!(mode(file), 0o600, "{}", file.display());
            // As an earlier version left it.
            set_mode(file, 0o644);
        }
        // Opened again while it is open, so that all three are there.
        let again = Db::connect(&url).await.unwrap();
        for file in &files {
            assert_eq!(mode(file), 0o600, "{}", file.display());
        }
        again.close().await;
        db.close().await;
    }
    let all = fs::read_dir(folder.path()).unwrap();
    let strays = all.filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        !name.to_string_lossy().starts_with("the shop.db")
    });
    assert_eq!(strays.count(), 0);
}
