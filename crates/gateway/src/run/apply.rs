//! From words to grants.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use recording::Recorder;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::address::may_reach;
use crate::grants::{Campaign, Lease, Target};
use crate::link::{TargetWord, Upstream, Words};
use crate::resolve::Names;
use crate::upstream::{Pool, Tls, Way};

/// How targets elsewhere are reached.
pub(super) struct Upstreams {
    pub(super) tls: Arc<ClientConfig>,
    pub(super) names: Arc<Names>,
}

/// The targets of the words, each kept while its way stays the same.
pub(super) struct Targets {
    upstreams: Upstreams,
    known: HashMap<String, (TargetWord, Arc<Target>)>,
}

impl Targets {
    pub(super) fn new(upstreams: Upstreams) -> Self {
        Self {
            upstreams,
            known: HashMap::new(),
        }
    }

    /// Takes over new words: a target that stays itself keeps its connections.
    pub(super) fn become_those(&mut self, words: &[TargetWord]) {
        let mut known = HashMap::with_capacity(words.len());
        for word in words {
            if known.contains_key(&word.id) {
                tracing::warn!(id = word.id, "a target that is told twice counts once");
                continue;
            }
            let before = self.known.remove(&word.id);
            let target = match before {
                Some((before, target)) if before == *word => Some(target),
                Some((before, target))
                    if before.upstream == word.upstream && before.fingerprint == word.fingerprint =>
                {
                    Some(Arc::new(target_of(word, target.pool.clone())))
                }
                _ => self.upstreams.pool(word).map(|pool| Arc::new(target_of(word, pool))),
            };
            match target {
                Some(target) => {
                    known.insert(word.id.clone(), (word.clone(), target));
                }
                None => tracing::warn!(id = word.id, "a target's host is no name for a certificate"),
            }
        }
        self.known = known;
    }

    fn get(&self, id: &str) -> Option<Arc<Target>> {
        self.known.get(id).map(|(_, target)| Arc::clone(target))
    }
}

fn target_of(word: &TargetWord, pool: Pool) -> Target {
    Target {
        id: word.id.clone(),
        fingerprint: word.fingerprint.clone(),
        public_host: word.public_host.clone(),
        public_https: word.public_https,
        healthy: word.healthy,
        scope: word.scope.clone(),
        pool,
    }
}

impl Upstreams {
    /// Connections to where a target stands; nothing when no certificate can bear its name.
    fn pool(&self, word: &TargetWord) -> Option<Pool> {
        let named = |host: String, port, private| Way::Name {
            host,
            port,
            private,
            names: Arc::clone(&self.names),
        };
        match &word.upstream {
            Upstream::Address(address) if may_reach(address.ip(), true) => {
                Some(Pool::new(Way::Address(*address), None))
            }
            // What may never be reached is refused where all addresses are checked.
            Upstream::Address(address) => Some(Pool::new(named(address.ip().to_string(), address.port(), true), None)),
            Upstream::Url {
                host,
                port,
                tls,
                private,
            } => {
                let tls = if *tls { Some(self.tls(host)?) } else { None };
                Some(Pool::new(named(host.clone(), *port, *private), tls))
            }
        }
    }

    fn tls(&self, host: &str) -> Option<Tls> {
        let bare = host
            .strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'))
            .unwrap_or(host);
        let name = ServerName::try_from(bare.to_owned()).ok()?;
        let connector = TlsConnector::from(Arc::clone(&self.tls));
        Some(Tls { connector, name })
    }
}

/// The leases of the words. One whose campaign or target is not told, whose label is no label or is
/// another's already, is left out: it must not keep the others from passing.
pub(super) fn leases(words: &Words, targets: &Targets, recorder: impl Fn(&str) -> Option<Recorder>) -> Vec<Lease> {
    let campaigns: HashMap<&str, (Campaign, Option<Recorder>)> = words
        .campaigns
        .iter()
        .filter(|word| word.has_good_name())
        .map(|word| (word.id.as_str(), (word.campaign(), recorder(&word.id))))
        .collect();
    let mut labels = HashSet::with_capacity(words.leases.len());
    let mut granted = Vec::with_capacity(words.leases.len());
    for word in &words.leases {
        let campaign = campaigns.get(word.campaign.as_str());
        let (Some((campaign, recorder)), Some(target)) = (campaign, targets.get(&word.target)) else {
            tracing::warn!(lease = word.id, "a lease without its campaign or target is left out");
            continue;
        };
        if !is_label(&word.label) || !labels.insert(word.label.as_str()) {
            tracing::warn!(lease = word.id, "a lease without a label of its own is left out");
            continue;
        }
        granted.push(Lease {
            id: word.id.clone(),
            label: word.label.clone(),
            credential: word.credential_hash,
            certificates: word.certificates.iter().map(|one| one.0).collect(),
            rules_accepted: word.rules_accepted,
            suspended: word.suspended,
            limits: word.limits.clone(),
            campaign: campaign.clone(),
            target,
            recorder: recorder.clone(),
        });
    }
    granted
}

/// A label of a host name (RFC 1123 §2.1), in lower case.
fn is_label(text: &str) -> bool {
    let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&text.len()) && text.bytes().all(good) && !text.starts_with('-') && !text.ends_with('-')
}
