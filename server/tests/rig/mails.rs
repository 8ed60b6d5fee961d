//! E-mails of nodes without a mail server, which write them to their folders.

use std::{collections::BTreeMap, fs, time::SystemTime};

use super::node::Node;

/// What is behind `path` in the links of e-mails, such as `/waiting-list/`, by the address they went to; the newest last.
pub fn links(nodes: &[Node], path: &str) -> BTreeMap<String, Vec<String>> {
    let mut mails: Vec<(SystemTime, String)> = nodes.iter().flat_map(written).collect();
    mails.sort();
    let mut links: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (_, mail) in mails {
        if let Some((to, link)) = read(&mail, path) {
            let of_address = links.entry(to).or_default();
            if !of_address.contains(&link) {
                of_address.push(link);
            }
        }
    }
    links
}

/// Before the first e-mail there is no folder.
fn written(node: &Node) -> Vec<(SystemTime, String)> {
    let files = fs::read_dir(node.mails()).into_iter().flatten().flatten();
    let mails = files.filter_map(|file| {
        let path = file.path();
        let is_whole = path.extension().is_some_and(|end| end == "eml");
        if !is_whole {
            return None;
        }
        let written = file.metadata().ok()?.modified().ok()?;
        Some((written, fs::read_to_string(path).ok()?))
    });
    mails.collect()
}

fn read(mail: &str, path: &str) -> Option<(String, String)> {
    let head = mail.split("\r\n\r\n").next()?;
    let mut lines = head.split("\r\n");
    let to = lines.find_map(|line| line.strip_prefix("To: "))?;
    // Long lines are broken.
    let text = mail.replace("=\r\n", "");
    let (_, rest) = text.split_once(path)?;
    let is_of_link = |c: &char| c.is_ascii_alphanumeric() || "-_".contains(*c);
    Some((to.to_owned(), rest.chars().take_while(is_of_link).collect()))
}
