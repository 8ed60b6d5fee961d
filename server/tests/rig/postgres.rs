//! A Postgres cluster of a test's own.

use std::{
    ffi::OsStr,
    fs,
    os::unix::{
        fs::{PermissionsExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Command, Output},
    time::Duration,
};

use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use tempfile::TempDir;

use super::{START, identity::Identity, net::free_port, prepared, process::Process, until};

/// What a commit waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// For the disk, as in real life.
    Full,
    /// For the disk, in a server that has the memory and the log that docs/deploying.md advises.
    Tuned,
    /// For nothing: enough where only processes die, never the machine.
    Fast,
}

/// How a server is made to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Open transactions are broken off, everything is written.
    Orderly,
    /// `kill -9`: what is not in the log is gone.
    Crash,
}

pub struct Postgres {
    pub port: u16,
    bin: PathBuf,
    durability: Durability,
    user: Option<(u32, u32)>,
    process: Process,
    // After the process, which writes to it.
    folder: TempDir,
}

impl Postgres {
    pub async fn start(durability: Durability) -> Self {
        Self::start_in(&std::env::temp_dir(), durability).await
    }

    /// With everything it writes in a folder of its own in there.
    pub async fn start_in(folder: &Path, durability: Durability) -> Self {
        let packed = prepared::cluster().await;
        let user = unprivileged_user();
        let folder = folder_of(user, folder);
        prepared::unpack(packed, &mut as_user("tar", folder.path(), user));
        Self::serving(folder, user, durability).await
    }

    /// With no database but its own, and all its files in a temporary folder.
    pub(super) async fn new_cluster() -> Self {
        let user = unprivileged_user();
        let folder = folder_of(user, &std::env::temp_dir());
        let mut initdb = command(&programs(), "initdb", folder.path(), user);
        initdb.args(["--username=holdfast", "--auth=trust", "--encoding=UTF8"]);
        initdb.args(["--no-locale", "--no-sync", "--pgdata=data"]);
        succeeded(&mut initdb);
        Self::serving(folder, user, Durability::Fast).await
    }

    /// Of a folder with a cluster in `data`.
    async fn serving(folder: TempDir, user: Option<(u32, u32)>, durability: Durability) -> Self {
        let (bin, port) = (programs(), free_port());
        let process = serve(&bin, folder.path(), user, port, durability);
        let mut this = Self {
            port,
            bin,
            durability,
            user,
            process,
            folder,
        };
        this.ready().await;
        this
    }

    /// Stops it and returns all it has written, packed.
    pub(super) async fn packed(mut self) -> Vec<u8> {
        self.stop(Stop::Orderly).await;
        let mut tar = as_user("tar", self.folder.path(), self.user);
        succeeded(tar.args(["-cf", "-", "data"])).stdout
    }

    /// A copy of this server that follows it. Every commit waits for it from now on.
    pub async fn standby(&self) -> Self {
        let folder = folder_of(self.user, &std::env::temp_dir());
        let mut copy = command(&self.bin, "pg_basebackup", folder.path(), self.user);
        copy.args(["--host=127.0.0.1", "--username=holdfast", "--pgdata=data"]);
        copy.args(["--write-recovery-conf", "--checkpoint=fast", "--no-sync"]);
        copy.args(["--port", &self.port.to_string()]);
        succeeded(&mut copy);
        let standby = Self::serving(folder, self.user, self.durability).await;
        self.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            .await;
        self.execute("SELECT CAST(pg_reload_conf() AS TEXT)").await;
        until("commits wait for the standby", START, async || {
            let sync = "SELECT CAST(1 / COUNT(*) AS TEXT) FROM pg_stat_replication \
                 WHERE sync_state = 'sync'";
            self.try_to(sync).await.is_ok()
        })
        .await;
        standby
    }

    /// Lets a standby take the place of the server it followed.
    pub async fn promote(&self) {
        self.execute("SELECT CAST(pg_promote(true, 60) AS TEXT)")
            .await;
    }

    pub fn url(&self, database: &str) -> String {
        format!("postgres://holdfast@127.0.0.1:{}/{database}", self.port)
    }

    /// A new, empty database; returns its address.
    pub async fn create(&self, database: &str) -> String {
        self.execute(&format!("CREATE DATABASE {database}")).await;
        self.url(database)
    }

    /// A new database with the present schema; returns its address.
    pub async fn create_shop(&self, database: &str) -> String {
        let original = prepared::ORIGINAL;
        self.execute(&format!("CREATE DATABASE {database} TEMPLATE {original}"))
            .await;
        self.url(database)
    }

    pub async fn drop_database(&self, database: &str) {
        self.execute(&format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)"))
            .await;
    }

    /// Takes connections only over TLS from now on.
    pub async fn encrypt(&self, identity: &Identity) {
        let data = self.folder.path().join("data");
        let files = [
            ("server.crt", fs::read(identity.certificate())),
            ("server.key", fs::read(identity.key())),
            (
                "pg_hba.conf",
                Ok(b"hostssl all all 127.0.0.1/32 trust\n".to_vec()),
            ),
        ];
        for (name, content) in files {
            let file = data.join(name);
            fs::write(&file, content.expect("it can be read")).expect("it can be written");
            fs::set_permissions(&file, fs::Permissions::from_mode(0o600))
                .expect("it can be kept secret");
            if let Some((uid, gid)) = self.user {
                chown(&file, Some(uid), Some(gid)).expect("it can be given away");
            }
        }
        self.execute("ALTER SYSTEM SET ssl = on").await;
        self.execute("SELECT CAST(pg_reload_conf() AS TEXT)").await;
        let strict = format!("{}?sslmode=require", self.url("postgres"));
        until("Postgres talks TLS", START, async || {
            AnyConnection::connect(&strict).await.is_ok()
        })
        .await;
    }

    /// Breaks off every connection but the one that asks for it.
    pub async fn cut_connections(&self) {
        self.execute(
            "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity \
             WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'",
        )
        .await;
    }

    pub async fn stop(&mut self, how: Stop) {
        match how {
            Stop::Orderly => {
                self.process.signal("INT");
                self.process.ended(START).await;
            }
            Stop::Crash => self.process.kill(),
        }
    }

    pub fn is_running(&mut self) -> bool {
        self.process.is_running()
    }

    pub async fn start_again(&mut self) {
        loop {
            self.process = serve(
                &self.bin,
                self.folder.path(),
                self.user,
                self.port,
                self.durability,
            );
            // After a crash the last of the old processes must go first.
            loop {
                if self.accepts() {
                    return;
                }
                if !self.process.is_running() {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Stops it and starts it again.
    pub async fn restart(&mut self, how: Stop) {
        self.stop(how).await;
        self.start_again().await;
    }

    pub async fn execute(&self, sql: &str) {
        self.try_to(sql).await.expect("Postgres obeys");
    }

    async fn try_to(&self, sql: &str) -> sqlx::Result<()> {
        sqlx::any::install_default_drivers();
        let mut connection = AnyConnection::connect(&self.url("postgres")).await?;
        let done = sqlx::query(AssertSqlSafe(sql.to_owned()))
            .execute(&mut connection)
            .await;
        connection.close().await?;
        done.map(drop)
    }

    async fn ready(&mut self) {
        let (bin, port) = (self.bin.clone(), self.port);
        self.process
            .ready(START, async || accepts(&bin, port))
            .await;
    }

    fn accepts(&self) -> bool {
        accepts(&self.bin, self.port)
    }
}

fn accepts(bin: &Path, port: u16) -> bool {
    Command::new(bin.join("pg_isready"))
        .args(["--host=127.0.0.1", "--port", &port.to_string()])
        .output()
        .is_ok_and(|output| output.status.success())
}

/// A new folder in there that belongs to the user whom Postgres runs as.
fn folder_of(user: Option<(u32, u32)>, place: &Path) -> TempDir {
    let folder = tempfile::tempdir_in(place).expect("there is room for a database");
    if let Some((uid, gid)) = user {
        // Others must get through, too.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))
            .and_then(|()| chown(folder.path(), Some(uid), Some(gid)))
            .expect("the folder can be given away");
    }
    folder
}

fn command(bin: &Path, program: &str, folder: &Path, user: Option<(u32, u32)>) -> Command {
    as_user(bin.join(program), folder, user)
}

fn as_user(program: impl AsRef<OsStr>, folder: &Path, user: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env("LC_ALL", "C");
    if let Some((uid, gid)) = user {
        command.uid(uid).gid(gid);
    }
    command
}

fn serve(
    bin: &Path,
    folder: &Path,
    user: Option<(u32, u32)>,
    port: u16,
    durability: Durability,
) -> Process {
    let mut postgres = command(bin, "postgres", folder, user);
    postgres.args(["-D", "data", "-p", &port.to_string()]);
    let sockets = format!("unix_socket_directories={}", folder.display());
    let common = [
        "listen_addresses=127.0.0.1",
        &sockets,
        "max_connections=200",
    ];
    let settings: &[&str] = match durability {
        Durability::Full => &["fsync=on"],
        Durability::Tuned => &["fsync=on", "shared_buffers=512MB", "max_wal_size=8GB"],
        Durability::Fast => &["fsync=off"],
    };
    for setting in common.iter().chain(settings) {
        postgres.args(["-c", setting]);
    }
    Process::start("postgres", &mut postgres, &folder.join("log"))
}

/// The folder of the newest PostgreSQL's programs; Debian keeps it off PATH.
fn programs() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, bin)| bin.join("initdb").exists())
        .collect();
    found.sort();
    let on_path = || {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).find(|dir| dir.join("initdb").exists())
    };
    let configured = || {
        let output = Command::new("pg_config").arg("--bindir").output().ok()?;
        let bin = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
        bin.join("initdb").exists().then_some(bin)
    };
    found
        .pop()
        .map(|(_, bin)| bin)
        .or_else(on_path)
        .or_else(configured)
        .expect("PostgreSQL is not installed: run `cargo xtask setup --for test`")
}

/// PostgreSQL refuses to run as root: then it runs as this user and group.
fn unprivileged_user() -> Option<(u32, u32)> {
    let id = |args: &[&str]| -> Option<u32> {
        let output = Command::new("id").args(args).output().ok()?;
        String::from_utf8(output.stdout).ok()?.trim().parse().ok()
    };
    if id(&["-u"])? != 0 {
        return None;
    }
    let ids = |name: &str| Some((id(&["-u", name])?, id(&["-g", name])?));
    let found = ids("postgres").or_else(|| ids("nobody"));
    assert!(
        found.is_some(),
        "there is neither a user `postgres` nor `nobody` to run PostgreSQL as"
    );
    found
}

fn succeeded(command: &mut Command) -> Output {
    let output = command.output().expect("PostgreSQL's programs run");
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output
}
