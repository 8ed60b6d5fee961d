//! The same bytes from nginx: what a page costs that is only sent.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use tempfile::TempDir;

use super::pages::Page;
use crate::rig::{START, free_port, until};

/// What nginx says by itself, or what differs from answer to answer.
const ITS_OWN: [&str; 8] = [
    "content-length",
    "content-type",
    "transfer-encoding",
    "connection",
    "date",
    "server",
    "etag",
    "x-request-id",
];

/// nginx with a file for each page.
pub struct Nginx {
    pub address: SocketAddr,
    nginx: Child,
    /// Tells nginx to stop once its input is closed, which it is however the bench ends.
    leash: Child,
    _folder: TempDir,
}

/// Where nginx is, if it is installed; Debian keeps it off some users' PATH.
pub fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/sbin".into(), "/usr/local/sbin".into()])
        .map(|folder| folder.join("nginx"))
        .find(|program| program.exists())
}

/// Where the page of this number is.
pub fn path(number: usize) -> String {
    format!("/page-{number}")
}

impl Nginx {
    /// `None` if there is no nginx.
    pub async fn serve(pages: &[Page]) -> Option<Self> {
        let program = program()?;
        let folder = tempfile::tempdir().expect("there is room for pages");
        let address = SocketAddr::from(([127, 0, 0, 1], free_port()));
        let file = folder.path().join("nginx.conf");
        fs::write(&file, settings(folder.path(), address, pages)).expect("a file can be written");
        let nginx = Command::new(program)
            .arg("-c")
            .arg(&file)
            .arg("-p")
            .arg(folder.path())
            .args(["-e", "error.log"])
            .stdin(Stdio::null())
            .spawn()
            .expect("nginx starts");
        let leash = Command::new("sh")
            .args(["-c", "read -r word; kill \"$1\"", "sh"])
            .arg(nginx.id().to_string())
            .stdin(Stdio::piped())
            .spawn()
            .expect("a shell can be started");
        until("nginx takes connections", START, async || {
            tokio::net::TcpStream::connect(address).await.is_ok()
        })
        .await;
        Some(Self {
            address,
            nginx,
            leash,
            _folder: folder,
        })
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        drop(self.leash.stdin.take());
        let _ = self.leash.wait();
        let _ = self.nginx.wait();
    }
}

fn settings(folder: &Path, address: SocketAddr, pages: &[Page]) -> String {
    let folder = folder.display();
    let mut locations = String::new();
    for (number, page) in pages.iter().enumerate() {
        let file = format!("{folder}/{number}.html");
        fs::write(&file, &page.body).expect("a file can be written");
        let path = path(number);
        locations.push_str(&format!("location = {path} {{ alias {file};\n"));
        let headers = page.headers.iter();
        for (name, value) in headers.filter(|(name, _)| !ITS_OWN.contains(&name.as_str())) {
            let value = value.replace('\\', "\\\\").replace('"', "\\\"");
            assert!(!value.contains('$'), "nginx would put a variable into it");
            locations.push_str(&format!("add_header {name} \"{value}\";\n"));
        }
        locations.push_str("}\n");
    }
    // Who starts nginx as root lets its workers read what root wrote.
    let user = if is_root() { "user root;\n" } else { "" };
    format!(
        "{user}daemon off;\nworker_processes 2;\npid {folder}/pid;\nerror_log {folder}/error.log;\n\
         events {{ worker_connections 1024; }}\n\
         http {{ access_log off; sendfile on; tcp_nopush on; tcp_nodelay on;\n\
         open_file_cache max=100; open_file_cache_valid 60s;\n\
         keepalive_requests 1000000000; keepalive_timeout 300s;\n\
         types {{ }} default_type \"text/html; charset=utf-8\";\n\
         {temporary}\
         server {{ listen {address};\n{locations}}} }}\n",
        temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|name| format!("{name}_temp_path {folder}/{name};\n"))
            .concat(),
    )
}

fn is_root() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let user = status.lines().find_map(|line| line.strip_prefix("Uid:"));
    user.is_some_and(|ids| ids.split_whitespace().next() == Some("0"))
}
