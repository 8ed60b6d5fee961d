//! Where Redis is, how the client is to behave, and what the keys are called.

use std::time::Duration;

use fred::{
    clients::Client,
    types::{
        Builder, RespVersion,
        config::{
            Config, ConnectionConfig, PerformanceConfig, ReconnectPolicy, TlsConfig, TlsConnector,
            UnresponsiveConfig,
        },
    },
    util::redis_keyslot,
};

use crate::tls::trusted;

/// Why an address is of no use. The texts never repeat it: it may hold a password.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadAddress {
    #[error(
        "REDIS_URL cannot be used; it must be like redis://HOST:6379, \
         redis-sentinel://HOST:26379?sentinelServiceName=NAME or redis-cluster://HOST:6379, with \
         rediss for TLS, and USER:PASSWORD@ before the host where one is needed"
    )]
    Unusable,
    #[error(
        "REDIS_URL asks for TLS, but no certificate that this machine trusts can be read; \
         SSL_CERT_FILE may name a file with some"
    )]
    NoRoots,
    #[error("the namespace of the Redis keys must be letters, digits, - or _")]
    Namespace,
}

/// Names of keys. All share one hash tag, so that a cluster keeps them together and scripts may
/// use several.
#[derive(Debug, Clone)]
pub struct Keys {
    namespace: String,
}

impl Keys {
    pub fn new(namespace: &str) -> Result<Self, BadAddress> {
        let is_fine = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        if namespace.is_empty() || !namespace.bytes().all(is_fine) {
            return Err(BadAddress::Namespace);
        }
        Ok(Self {
            namespace: namespace.to_owned(),
        })
    }

    /// Where in a cluster all of them are.
    pub fn slot(&self) -> u16 {
        redis_keyslot(self.namespace.as_bytes())
    }

    fn key(&self, kind: &str) -> String {
        format!("{{{}}}:{kind}", self.namespace)
    }

    /// A pattern that all of them match, and no key of another namespace.
    pub fn all(&self) -> String {
        self.key("*")
    }

    pub fn generations(&self) -> String {
        self.key("generations")
    }

    pub fn fence(&self) -> String {
        self.key("fence")
    }

    pub fn events(&self) -> String {
        self.key("events")
    }

    /// Where locks are told that are free and that someone wanted. No key, but named like one: users of a server may be
    /// kept to names that begin like the shop's.
    pub fn freed(&self) -> String {
        self.key("freed")
    }

    pub fn entry(&self, key: &str) -> String {
        self.key(&format!("entry:{key}"))
    }

    pub fn lease(&self, key: &str) -> String {
        self.key(&format!("lease:{key}"))
    }

    /// Before, each bucket had a key of its own, `bucket:…`.
    pub fn buckets(&self, key: &str) -> String {
        self.key(&format!("buckets:{key}"))
    }

    pub fn lock(&self, key: &str) -> String {
        self.key(&format!("lock:{key}"))
    }

    /// Is there while someone wants a lock that others have.
    pub fn wanted(&self, key: &str) -> String {
        self.key(&format!("wanted:{key}"))
    }
}

/// Checks certificates against those that this machine trusts. The client's own way gives up if a
/// single one of them cannot be read.
fn tls() -> Result<TlsConfig, BadAddress> {
    let roots = trusted();
    if roots.is_empty() {
        return Err(BadAddress::NoRoots);
    }
    let config = rustls::ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(config).into())
}

/// A client that is not connected yet.
pub fn client(url: &str, limit: Duration) -> Result<Client, BadAddress> {
    let parsed = url::Url::parse(url).map_err(|_| BadAddress::Unusable)?;
    match parsed.scheme() {
        "redis" | "redis-sentinel" | "redis-cluster" | "rediss" | "rediss-sentinel"
        | "rediss-cluster" => {}
        _ => return Err(BadAddress::Unusable),
    }
    let (open, tls) = match url.strip_prefix("rediss") {
        Some(rest) => (format!("redis{rest}"), Some(tls()?)),
        None => (url.to_owned(), None),
    };
    let mut config = Config::from_url(&open).map_err(|_| BadAddress::Unusable)?;
    config.tls = tls;
    // Try for ever from the first time on: the shop may start before Redis does.
    config.fail_fast = false;
    // Lets a subscribed connection be asked whether it is alive.
    config.version = RespVersion::RESP3;
    let mut policy = ReconnectPolicy::new_constant(0, 100);
    policy.set_jitter(20);
    Builder::from_config(config)
        .set_policy(policy)
        .set_performance_config(PerformanceConfig {
            default_command_timeout: Duration::from_secs(1),
            broadcast_channel_capacity: 1024,
            ..PerformanceConfig::default()
        })
        .set_connection_config(ConnectionConfig {
            connection_timeout: Duration::from_secs(1),
            internal_command_timeout: Duration::from_secs(1),
            // A command that may have been carried out is not sent again behind our back.
            max_command_attempts: 1,
            max_command_buffer_len: 4096,
            // Shorter than a try of the recovery, each of which starts this time again: 800 ms in a
            // shop in service.
            unresponsive: UnresponsiveConfig {
                max_timeout: Some(20 * limit),
                interval: Duration::from_millis(200),
            },
            ..ConnectionConfig::default()
        })
        .build()
        .map_err(|_| BadAddress::Unusable)
}

#[cfg(test)]
mod tests {
    use super::{super::CALL, *};

    #[test]
    fn a_refused_address_does_not_show_its_password() {
        for url in [
            "http://user:hush@shop.example:6379",
            "redis://user:hush@",
            "redis://:hush@shop.example:port",
            "redis-sentinel://user:hush@shop.example:26379",
            "redis-cluster://shop.example:1?node=user:hush@other.example:2",
            "hush",
        ] {
            let error = client(url, CALL).map(|_| ()).expect_err(url);
            assert_eq!(error, BadAddress::Unusable);
            assert!(!error.to_string().contains("hush"));
        }
    }

    #[test]
    fn every_kind_of_server_can_be_addressed() {
        for url in [
            "redis://shop.example",
            "redis://user:pass@shop.example:6380/3",
            "redis-cluster://shop.example:30001?node=other.example:30002",
            "redis-sentinel://shop.example:26379?sentinelServiceName=main",
            "rediss://user:pass@shop.example:6380/3",
            "rediss-cluster://shop.example:30001?node=other.example:30002",
            "rediss-sentinel://shop.example:26379?sentinelServiceName=main",
        ] {
            assert!(client(url, CALL).is_ok(), "{url}");
        }
    }

    #[test]
    fn all_keys_share_one_hash_tag() {
        let keys = Keys::new("holdfast").expect("a namespace");
        assert_eq!(keys.lock("sku"), "{holdfast}:lock:sku");
        assert_eq!(redis_keyslot(keys.lock("sku").as_bytes()), keys.slot());
        for bad in ["", "a}b", "a b", "{x}"] {
            assert!(Keys::new(bad).is_err(), "{bad}");
        }
    }
}
