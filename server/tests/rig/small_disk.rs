//! A disk that is soon full.

use std::{
    fs::File,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use tempfile::TempDir;

/// Mounts a file system in memory and keeps it until its own input ends, so that a test that is killed
/// leaves no mount behind. Who is not root does so in a namespace of its own.
const MOUNT: &str = "mount -t tmpfs -o size=\"$2\",mode=755 tmpfs \"$1\" && echo ready; \
     read -r word; umount -l \"$1\"";

pub struct SmallDisk {
    path: PathBuf,
    mount: Child,
    // After the mount.
    _folder: TempDir,
}

impl SmallDisk {
    /// A disk that holds so many megabytes.
    pub fn of(megabytes: u32) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let id = Command::new("id").arg("-u").output().expect("`id` runs");
        let is_root = id.stdout == b"0\n";
        let mut mount = match is_root {
            true => Command::new("sh"),
            false => {
                let mut unshare = Command::new("unshare");
                unshare.args(["--map-root-user", "--mount", "sh"]);
                unshare
            }
        };
        let mut mount = mount
            .args(["-c", MOUNT, "sh"])
            .arg(folder.path())
            .arg(format!("{megabytes}m"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell can be started");
        let mut word = String::new();
        let out = mount.stdout.take().expect("it is a pipe");
        let _ = BufReader::new(out).read_line(&mut word);
        assert_eq!(
            word, "ready\n",
            "a small disk needs root or user namespaces"
        );
        let path = match is_root {
            true => folder.path().to_owned(),
            false => {
                let root = PathBuf::from(format!("/proc/{}/root", mount.id()));
                let inside = folder.path().strip_prefix("/").expect("it is absolute");
                root.join(inside)
            }
        };
        Self {
            path,
            mount,
            _folder: folder,
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Leaves no room at all.
    pub fn fill(&self) {
        let mut ballast = File::create(self.ballast()).expect("there is room for a file");
        for chunk in [1 << 20, 1 << 16, 1 << 12, 1] {
            while ballast.write_all(&vec![1; chunk]).is_ok() {}
        }
    }

    pub fn make_room(&self) {
        std::fs::remove_file(self.ballast()).expect("it was full");
    }

    fn ballast(&self) -> PathBuf {
        self.path.join("ballast")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        drop(self.mount.stdin.take());
        let _ = self.mount.wait();
    }
}
