//! The words of the platform: everything that holds at present, told whole.

use std::fmt;
use std::net::SocketAddr;

use recording::{Micros, SegmentRecord};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::encoding::{bytes32, record_or_nothing, secret32};
use crate::grants::{Campaign, Limits, Scope};

/// Everything that holds at present.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Another number whenever anything else here is another.
    pub version: u64,
    /// The campaigns that record: those that are open or will soon be, and those that ended a while ago.
    pub campaigns: Vec<CampaignWord>,
    /// The targets.
    pub targets: Vec<TargetWord>,
    /// The leases.
    pub leases: Vec<LeaseWord>,
}

/// What a campaign allows, and how it is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CampaignWord {
    /// Its name: lower-case letters, digits and hyphens, 64 at most; its folder bears it.
    pub id: String,
    /// When testing begins.
    pub opens: Micros,
    /// When testing ends.
    pub closes: Micros,
    /// Whether testing is paused.
    pub paused: bool,
    /// The hours of the day, in minutes since midnight UTC, between which testing is allowed.
    pub hours: Option<(u16, u16)>,
    /// The public half of its recording key pair.
    pub recording_key: PublicKey,
    /// The key under which contents are hashed.
    pub content_key: ContentKey,
    /// The last segment that the platform was told of; all before it are known too.
    #[serde(with = "record_or_nothing")]
    pub known: Option<SegmentRecord>,
    /// The bytes that its recordings may take. A change interrupts what is under way in the campaign.
    pub room: u64,
}

/// The public half of a campaign's recording key pair, as [`sealing::RecordingKey`] takes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicKey {
    /// The data key that it derives from.
    pub data_key: Uuid,
    /// Its bytes.
    #[serde(with = "bytes32")]
    pub point: [u8; 32],
}

/// The key of content hashes; wiped when dropped, never shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContentKey(#[serde(with = "secret32")] Zeroizing<[u8; 32]>);

/// A target and the way to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetWord {
    /// Its name, opaque here; stops name it.
    pub id: String,
    /// The fingerprint that is recorded with each exchange; another one cuts open connections.
    pub fingerprint: String,
    /// The host name that the target sees, whoever asks.
    pub public_host: String,
    /// Whether the public address of the target begins with `https`.
    pub public_https: bool,
    /// The way to it; another one cuts open connections.
    pub upstream: Upstream,
    /// Whether it is started and healthy.
    pub healthy: bool,
    /// What may be asked.
    pub scope: Scope,
}

/// The way to a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Upstream {
    /// A hosted target, at an address that the platform chose.
    Address(SocketAddr),
    /// A target elsewhere, by the name of its host.
    Url {
        /// The name or the address of its host.
        host: String,
        /// Its port.
        port: u16,
        /// Whether it speaks TLS, with a certificate for `host`.
        tls: bool,
        /// Whether its host may stand in a private network or on this machine.
        private: bool,
    },
}

/// A person's way to a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeaseWord {
    /// Its name, opaque here; it is recorded, and stops name it.
    pub id: String,
    /// The label of its host name, in lower case.
    pub label: String,
    /// What [`sealing::token_hash`] makes of the credential; another one cuts open connections.
    #[serde(with = "bytes32")]
    pub credential_hash: [u8; 32],
    /// The certificates that open it too; one that is no more told cuts open connections.
    pub certificates: Vec<Fingerprint>,
    /// Whether the person accepted the present rules.
    pub rules_accepted: bool,
    /// Whether the person is suspended.
    pub suspended: bool,
    /// How much it may ask.
    pub limits: Limits,
    /// The campaign, one of those told.
    pub campaign: String,
    /// The target, one of those told.
    pub target: String,
}

/// The SHA-256 of a certificate (DER).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(#[serde(with = "bytes32")] pub [u8; 32]);

impl CampaignWord {
    /// Whether its name may name a folder.
    pub fn has_good_name(&self) -> bool {
        let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (1..=64).contains(&self.id.len()) && self.id.bytes().all(good)
    }

    /// What the phases of admission read of it.
    pub(crate) fn campaign(&self) -> Campaign {
        Campaign {
            id: self.id.clone(),
            opens: self.opens,
            closes: self.closes,
            paused: self.paused,
            hours: self.hours,
        }
    }
}

impl ContentKey {
    /// Takes the key as [`sealing::DataKey::recorded_content_key`] gives it.
    pub fn new(key: Zeroizing<[u8; 32]>) -> Self {
        Self(key)
    }

    pub(crate) fn bytes(&self) -> Zeroizing<[u8; 32]> {
        self.0.clone()
    }
}

impl fmt::Debug for ContentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ContentKey(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(known: bool) -> Words {
        let record = SegmentRecord {
            sequence: 3,
            size: 9,
            digest: [1; 32],
            previous: [2; 32],
            first: -5,
            last: 6,
            counts: None,
        };
        let campaign = CampaignWord {
            id: "campaign-1".into(),
            opens: Micros::MIN,
            closes: Micros::MAX,
            paused: false,
            hours: Some((1, 2)),
            recording_key: PublicKey {
                data_key: Uuid::from_u128(7),
                point: [3; 32],
            },
            content_key: ContentKey::new(Zeroizing::new([0xAB; 32])),
            known: known.then_some(record),
            room: u64::MAX,
        };
        let target = TargetWord {
            id: "t".into(),
            fingerprint: "sha256:é".into(),
            public_host: "www.mairie.example".into(),
            public_https: true,
            upstream: Upstream::Url {
                host: "h".into(),
                port: 1,
                tls: true,
                private: false,
            },
            healthy: true,
            scope: Scope::default(),
        };
        let lease = LeaseWord {
            id: "l".into(),
            label: "abc".into(),
            credential_hash: [9; 32],
            certificates: vec![Fingerprint([7; 32])],
            rules_accepted: true,
            suspended: false,
            limits: Limits::default(),
            campaign: "campaign-1".into(),
            target: "t".into(),
        };
        Words {
            version: 1,
            campaigns: vec![campaign],
            targets: vec![target],
            leases: vec![lease],
        }
    }

    #[test]
    fn words_read_back_and_hide_their_keys() {
        for known in [false, true] {
            let words = words(known);
            let text = serde_json::to_string(&words).unwrap();
            assert_eq!(serde_json::from_str::<Words>(&text).unwrap(), words);
            assert!(!format!("{words:?}").contains("171"), "{words:?}");
        }
    }

    #[test]
    fn only_good_names_name_folders() {
        for (id, good) in [
            ("a-1", true),
            ("", false),
            ("..", false),
            ("a/b", false),
            ("A", false),
            ("é", false),
        ] {
            let mut words = words(false);
            words.campaigns[0].id = id.into();
            assert_eq!(words.campaigns[0].has_good_name(), good, "{id}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(at: prop::sample::Index, by: char) {
            let text = serde_json::to_string(&words(true)).unwrap();
            let changed: String = text.chars().enumerate()
                .map(|(number, letter)| if number == at.index(text.len()) { by } else { letter }).collect();
            let _ = serde_json::from_str::<Words>(&changed);
        }
    }
}
