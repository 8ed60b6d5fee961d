//! How every Postgres of the rig begins: with a database that has the present schema and waits to be copied. Made once
//! in each test binary, as each shop would spend more time on this than on its sale.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use tokio::sync::OnceCell;

use super::{goods, postgres::Postgres};

/// What the databases of shops are copies of.
pub const ORIGINAL: &str = "original";

/// All files of such a server, packed.
pub async fn cluster() -> &'static [u8] {
    static PACKED: OnceCell<Vec<u8>> = OnceCell::const_new();
    PACKED
        .get_or_init(|| async {
            let postgres = Postgres::new_cluster().await;
            let db = goods::open(&postgres.create(ORIGINAL).await).await;
            db.migrate().await.expect("the database is brought up");
            db.close().await;
            postgres.packed().await
        })
        .await
}

/// Lets `tar`, which was told in whose name and where, unpack it.
pub fn unpack(packed: &[u8], tar: &mut Command) {
    let mut unpacking = tar
        .args(["-xpf", "-"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("tar runs");
    let mut files = unpacking.stdin.take().expect("it is a pipe");
    files.write_all(packed).expect("tar takes it all");
    drop(files);
    let ended = unpacking.wait().expect("tar ends");
    assert!(ended.success(), "there is room for a database: {ended}");
}
