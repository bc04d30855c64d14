//! The platform as the gateway asks it: its words kept at hand, its news kept in the database.

mod heard;
mod keep;

pub use keep::{End, keep};

use crate::settings::GatewaySettings;
use async_trait::async_trait;
use authorization::SystemKind;
use domain::Timestamp;
use domain::ids::{CampaignId, LeaseId};
use domain::target::Way;
use evidence::{record_of, row_of};
use gateway::link::{
    CampaignWord, ContentKey, Failure, Fingerprint, LeaseWord, Platform, PublicKey, Refused, State, TargetWord,
    Upstream, Words,
};
use gateway::{Limits, Scope};
use heard::Heard;
use recording::SegmentRecord;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use use_cases::target::{
    self, GatewayMark, GatewayWords, KeepSegment, KeptSegment, NoteRecorder, NoteRefusals, RefusedWay, Where,
};
use use_cases::{App, Context, Error, Outcome, perform, read};
use uuid::Uuid;

/// For how long words that could not be looked at anew still hold; the gateway adds its own two seconds.
const HOLD: Duration = Duration::from_millis(750);

/// What stands for an instance that does not run; nothing is asked there, for its target is not healthy.
const NOWHERE: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 9);

/// What the gateway is told, and what it tells.
pub struct Answers {
    app: App,
    settings: GatewaySettings,
    kept: Mutex<Kept>,
    heard: Mutex<Heard>,
}

/// The words at hand.
#[derive(Default)]
struct Kept {
    words: Option<Arc<Words>>,
    /// When it was last seen that they hold.
    seen: Option<Instant>,
    mark: i64,
    again_at: Option<Timestamp>,
}

impl Answers {
    /// Nothing known yet.
    pub fn new(app: App, settings: GatewaySettings) -> Self {
        Self {
            app,
            settings,
            kept: Mutex::default(),
            heard: Mutex::default(),
        }
    }

    fn context(&self) -> Context {
        Context::system(&self.app, SystemKind::Gateway)
    }

    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks whether the words still hold, and makes them anew where they may not; says whether they changed.
    async fn look(&self) -> Outcome<bool> {
        let (now, looked) = (self.app.clock.now(), Instant::now());
        let mark = read(&self.context(), GatewayMark).await?;
        {
            let mut kept = self.kept();
            let due = kept.again_at.is_some_and(|at| at <= now);
            if kept.words.is_some() && kept.mark == mark && !due {
                kept.seen = Some(looked);
                return Ok(false);
            }
        }
        let told = read(&self.context(), GatewayWords).await?;
        let mut kept = self.kept();
        let before = kept.words.clone();
        let version = before.as_ref().map_or(now.0.unsigned_abs(), |words| words.version);
        let mut words = self.words_of(&told, version);
        let changed = before.as_deref() != Some(&words);
        if changed {
            words.version += 1;
            kept.words = Some(Arc::new(words));
        }
        (kept.seen, kept.mark, kept.again_at) = (Some(looked), mark, told.again_at);
        Ok(changed)
    }

    /// Has no words any more; says whether there were some.
    fn forget(&self) -> bool {
        std::mem::take(&mut *self.kept()).words.is_some()
    }

    fn words_of(&self, told: &target::Words, version: u64) -> Words {
        Words {
            version,
            campaigns: told.campaigns.iter().map(|one| self.campaign(told, one)).collect(),
            targets: told.targets.iter().map(|one| self.target(one)).collect(),
            leases: told.leases.iter().map(|one| self.lease(one)).collect(),
        }
    }

    fn campaign(&self, told: &target::Words, one: &target::CampaignWord) -> CampaignWord {
        let paused = |lease: &target::LeaseWord| lease.campaign == one.id && lease.way == Way::Paused;
        CampaignWord {
            id: one.id.to_string(),
            opens: one.opens_at.0,
            closes: one.closes_at.0,
            paused: told.leases.iter().any(paused),
            hours: None,
            recording_key: PublicKey {
                data_key: one.recording_key.data_key(),
                point: one.recording_key.to_bytes(),
            },
            content_key: ContentKey::new(one.content_key.clone()),
            known: one.last_segment.as_ref().map(record_of),
            room: self.settings.room_bytes,
        }
    }

    fn target(&self, one: &target::TargetWord) -> TargetWord {
        TargetWord {
            id: one.id.to_string(),
            fingerprint: one.fingerprint.clone(),
            public_host: one.public_host.clone(),
            public_https: match &one.at {
                Where::Elsewhere(upstream) => upstream.tls,
                Where::Hosted(_) | Where::Nowhere => true,
            },
            upstream: self.upstream(&one.at),
            healthy: one.healthy && one.at != Where::Nowhere,
            scope: Scope {
                methods: one.scope.methods.clone(),
                paths: one.scope.paths.clone(),
                excluded: one.scope.excluded.clone(),
            },
        }
    }

    fn upstream(&self, at: &Where) -> Upstream {
        match at {
            Where::Elsewhere(of) => Upstream::Url {
                host: of.host.trim_matches(['[', ']']).to_owned(),
                port: of.port,
                tls: of.tls,
                private: self.settings.private_targets,
            },
            Where::Hosted(address) => Upstream::Address(*address),
            Where::Nowhere => Upstream::Address(NOWHERE),
        }
    }

    fn lease(&self, one: &target::LeaseWord) -> LeaseWord {
        LeaseWord {
            id: one.id.to_string(),
            label: one.label.clone(),
            credential_hash: one.token_hash,
            certificates: one.certificates.iter().copied().map(Fingerprint).collect(),
            rules_accepted: one.way != Way::RulesFirst,
            suspended: one.way == Way::Suspended,
            limits: Limits {
                rate: self.settings.rate,
                burst: self.settings.burst,
                concurrent: self.settings.concurrent,
                bytes: self.settings.lease_bytes,
            },
            campaign: one.campaign.to_string(),
            target: one.target.to_string(),
        }
    }
}

#[async_trait]
impl Platform for Answers {
    async fn words(&self) -> Result<Arc<Words>, Failure> {
        let kept = self.kept();
        // By a clock that nobody sets.
        let holds = kept.seen.is_some_and(|at| at.elapsed() <= HOLD);
        match &kept.words {
            Some(words) if holds => Ok(Arc::clone(words)),
            Some(_) => Err(Failure("the words are too old".to_owned())),
            None => Err(Failure("the words are not known yet".to_owned())),
        }
    }

    async fn closed(&self, campaign: &str, record: &SegmentRecord) -> Result<(), Failure> {
        let Ok(id) = campaign.parse::<Uuid>() else {
            tracing::warn!(campaign, "the gateway tells of a segment of no campaign");
            return Ok(());
        };
        match perform(&self.context(), KeepSegment(row_of(CampaignId(id), record))).await {
            Ok(KeptSegment::New | KeptSegment::Known) => Ok(()),
            Ok(KeptSegment::Contradicts) => {
                tracing::error!(
                    campaign,
                    sequence = record.sequence,
                    "a recording is not the one that was told before"
                );
                Ok(())
            }
            Err(Error::NotFound) => {
                tracing::warn!(
                    campaign,
                    "the gateway tells of a segment of a campaign that is not there"
                );
                Ok(())
            }
            Err(error) => Err(Failure(error.to_string())),
        }
    }

    async fn refused(&self, refused: &Refused) -> Result<(), Failure> {
        let Ok(campaign) = refused.campaign.parse::<Uuid>() else {
            return Ok(());
        };
        if self.heard().knows(refused.number) {
            return Ok(());
        }
        let way = RefusedWay {
            campaign: CampaignId(campaign),
            lease: refused.lease.parse::<Uuid>().ok().map(LeaseId),
            reason: refused.kind.clone(),
            count: refused.count,
            first: Timestamp(refused.first),
            last: Timestamp(refused.last),
        };
        match perform(&self.context(), NoteRefusals(vec![way])).await {
            Ok(()) | Err(Error::NotFound) => {
                self.heard().remember(refused.number);
                Ok(())
            }
            Err(error) => Err(Failure(error.to_string())),
        }
    }

    async fn state(&self, state: &State) -> Result<(), Failure> {
        self.heard().state(state);
        let now = self.app.clock.now();
        let news = self.heard().to_note(state, now);
        for (campaign, state) in news {
            match perform(&self.context(), NoteRecorder { campaign, state }).await {
                Ok(()) | Err(Error::NotFound) => self.heard().was_noted(campaign, state, now),
                Err(error) => return Err(Failure(error.to_string())),
            }
        }
        Ok(())
    }
}
