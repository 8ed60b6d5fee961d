//! A small HTTP/1.1 client. It shares the machine with what it measures, so it sends bytes that
//! were made before and looks at no more of an answer than it must.

use std::{
    borrow::Cow,
    io,
    net::{Ipv4Addr, SocketAddr},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A connection that is kept open from call to call.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// A whole answer; it is in its connection's buffer until the next call.
pub struct Answer<'a> {
    pub status: u16,
    head: &'a [u8],
    rest: &'a [u8],
    framing: Framing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Framing {
    Length(usize),
    Chunked,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: vec![0; 64 * 1024],
        })
    }

    /// Sends one whole request and reads its whole answer.
    pub async fn call(&mut self, request: &[u8]) -> io::Result<Answer<'_>> {
        self.stream.write_all(request).await?;
        let mut filled = 0;
        let mut head = None;
        loop {
            if filled == self.buffer.len() {
                self.buffer.resize(filled * 2, 0);
            }
            let read = self.stream.read(&mut self.buffer[filled..]).await?;
            if read == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            filled += read;
            let arrived = &self.buffer[..filled];
            if head.is_none() {
                head = Head::read(arrived)?;
            }
            let Some(head) = head else { continue };
            let rest = &arrived[head.length..];
            let is_whole = match head.framing {
                Framing::Length(length) => rest.len() >= length,
                Framing::Chunked => chunks(rest).is_some(),
            };
            if is_whole {
                let (head_bytes, rest) = self.buffer[..filled].split_at(head.length);
                return Ok(Answer {
                    status: head.status,
                    head: head_bytes,
                    rest,
                    framing: head.framing,
                });
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Head {
    status: u16,
    length: usize,
    framing: Framing,
}

impl Head {
    fn read(arrived: &[u8]) -> io::Result<Option<Self>> {
        let Some(end) = find(arrived, b"\r\n\r\n") else {
            return Ok(None);
        };
        let head = &arrived[..end + 2];
        let status = head
            .get(9..12)
            .and_then(|digits| str::from_utf8(digits).ok()?.parse().ok())
            .ok_or(io::ErrorKind::InvalidData)?;
        let framing = if matches!(status, 204 | 304) {
            Framing::Length(0)
        } else if let Some(length) = header(head, "content-length") {
            Framing::Length(length.parse().map_err(|_| io::ErrorKind::InvalidData)?)
        } else {
            Framing::Chunked
        };
        Ok(Some(Self {
            status,
            length: end + 4,
            framing,
        }))
    }
}

impl Answer<'_> {
    pub fn header(&self, name: &str) -> Option<&str> {
        header(self.head, name)
    }

    /// Names and values, in order.
    pub fn headers(&self) -> Vec<(String, String)> {
        str::from_utf8(self.head)
            .unwrap_or_default()
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect()
    }

    pub fn body(&self) -> Cow<'_, [u8]> {
        match self.framing {
            Framing::Length(length) => self.rest[..length].into(),
            Framing::Chunked => chunks(self.rest).unwrap_or_default().into(),
        }
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body()).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body()).unwrap_or_default()
    }

    /// The value that a `Set-Cookie` gives to a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let set = self.headers().into_iter();
        set.filter(|(header, _)| header == "set-cookie")
            .find_map(|(_, value)| {
                let pair = value.split(';').next()?;
                let (key, value) = pair.split_once('=')?;
                (key == name).then(|| value.to_owned())
            })
    }
}

/// The body, once its last chunk is there.
fn chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = find(rest, b"\r\n")?;
        let length = str::from_utf8(&rest[..line]).ok()?;
        let length = usize::from_str_radix(length.split(';').next()?.trim(), 16).ok()?;
        rest = rest.get(line + 2..)?;
        let chunk = rest.get(..length)?;
        rest = rest.get(length + 2..)?;
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(chunk);
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

fn header<'a>(head: &'a [u8], name: &str) -> Option<&'a str> {
    head.split(|byte| *byte == b'\n').skip(1).find_map(|line| {
        let colon = line.iter().position(|byte| *byte == b':')?;
        let is_it = line[..colon].eq_ignore_ascii_case(name.as_bytes());
        let value = str::from_utf8(&line[colon + 1..]).ok()?;
        is_it.then(|| value.trim())
    })
}

/// The bytes of a GET.
pub fn get(address: SocketAddr, path: &str, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str("\r\n");
    request.into_bytes()
}

/// An address for each shopper, as the proxy in front of a shop would tell it: people behind one are
/// braked together.
pub fn home(n: usize) -> Ipv4Addr {
    Ipv4Addr::from_bits(0x0a00_0000 | (u32::try_from(n).unwrap_or_default() & 0x00ff_ffff))
}

/// The bytes of a form that asks for JSON.
pub fn post(
    address: SocketAddr,
    from: Ipv4Addr,
    path: &str,
    cookie: Option<&str>,
    fields: &[(&str, &str)],
) -> Vec<u8> {
    let form = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let cookie = cookie.map_or(String::new(), |cookie| format!("Cookie: {cookie}\r\n"));
    format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nAccept: application/json\r\n{cookie}\
         X-Forwarded-For: {from}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    )
    .into_bytes()
}
