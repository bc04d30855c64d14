//! Archives that fill volumes: sent as they are read, never held whole; taken away.

use super::finds;
use super::list::{ListTemplate, done};
use crate::shell::{Answer, HEADS, Submitted, Visitor, bounded_by_turns};
use addresses::target as at;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Path, Request};
use domain::ids::{CampaignId, SeedId};
use domain::seed::{PersonalCounts, PersonalFinds};
use use_cases::target::{MaySendSeed, RemoveSeed, SeedLine, SeedUpload, begin_seed, remove_seed};
use use_cases::{Error, Outcome, read};
use uuid::Uuid;

/// How many bytes are taken at once.
const PART: usize = 256 << 10;

/// Sends an archive.
pub async fn send(visitor: Visitor, Path(id): Path<Uuid>, request: Request) -> Answer {
    visitor.signed_in()?;
    let outcome = received(&visitor, CampaignId(id), request).await;
    done(&visitor, id, (Submitted::default(), None), outcome).await
}

/// What a browser sends breaks off, or is no form with a file.
fn broken(_: MultipartError) -> Error {
    Error::field("seed", "target-seed-error-broken")
}

async fn received(visitor: &Visitor, campaign: CampaignId, request: Request) -> Outcome<()> {
    read(&visitor.context, MaySendSeed(campaign)).await?;
    let most = visitor.web.app.settings.limits.seed_bytes;
    let (request, room) = bounded_by_turns(request, HEADS as u64);
    let form = Multipart::from_request(request, &()).await;
    let mut form = form.map_err(|_| Error::field("seed", "error-file-missing"))?;
    while let Some(mut part) = form.next_field().await.map_err(broken)? {
        if part.name() == Some("seed") {
            // What a refused file goes on with passes by, and is held no more than the file itself.
            room.widen(most.saturating_mul(2));
            let kept = kept(visitor, campaign, &mut part).await;
            if kept.is_err() {
                passed_over(visitor, part).await;
            }
            return kept;
        }
    }
    Err(Error::field("seed", "error-file-missing"))
}

async fn kept(visitor: &Visitor, campaign: CampaignId, part: &mut Field<'_>) -> Outcome<()> {
    let name = part.file_name().unwrap_or_default().to_owned();
    let mut upload = begin_seed(&visitor.context, campaign, &name).await?;
    match fill(&mut upload, part).await {
        Ok(()) => upload.keep().await,
        Err(error) => {
            upload.abandon().await;
            Err(error)
        }
    }
}

async fn fill(upload: &mut SeedUpload, part: &mut Field<'_>) -> Outcome<()> {
    let mut held = Vec::with_capacity(PART);
    while let Some(chunk) = part.chunk().await.map_err(broken)? {
        held.extend_from_slice(&chunk);
        if held.len() >= PART {
            upload
                .take(std::mem::replace(&mut held, Vec::with_capacity(PART)))
                .await?;
        }
    }
    upload.take(held).await
}

/// Lets what is left of a refused file pass, so that a browser gets to see why; not more than a whole one.
async fn passed_over(visitor: &Visitor, mut part: Field<'_>) {
    let most = visitor.web.app.settings.limits.seed_bytes;
    let mut seen = 0u64;
    while let Ok(Some(chunk)) = part.chunk().await {
        seen += chunk.len() as u64;
        if seen > most {
            return;
        }
    }
}

/// Takes an archive away.
pub async fn remove(visitor: Visitor, Path((id, seed)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let command = RemoveSeed {
        campaign: CampaignId(id),
        seed: SeedId(seed),
    };
    let outcome = remove_seed(&visitor.context, command).await;
    done(&visitor, id, (Submitted::default(), None), outcome).await
}

/// What the page of the targets says of archives.
impl ListTemplate {
    pub(super) fn seeds(&self) -> String {
        at::seeds(self.p.record.campaign.id.0)
    }

    pub(super) fn seeds_until(&self) -> String {
        let until = self.page.day(&self.p.record.recordings_until());
        self.page.t1("target-seeds-until", "date", until)
    }

    pub(super) fn remove_seed(&self, seed: &SeedLine) -> String {
        at::remove_seed(self.p.record.campaign.id.0, seed.id.0)
    }

    pub(super) fn long(&self, number: &u64) -> i64 {
        i64::try_from(*number).unwrap_or(i64::MAX)
    }

    pub(super) fn size<N: Copy + TryInto<i64>>(&self, bytes: &N) -> String {
        i18n::bytes(self.page.lang_is, (*bytes).try_into().unwrap_or(i64::MAX))
    }

    pub(super) fn digest_id(&self, seed: &SeedLine) -> String {
        format!("empreinte-{}", seed.id)
    }

    pub(super) fn used_by(&self, seed: &SeedLine) -> String {
        match seed.used_by.is_empty() {
            true => self.page.t("target-seed-unused"),
            false => seed.used_by.join(", "),
        }
    }

    /// Says in how many more files something looks like personal data.
    pub(super) fn more(&self, finds: &PersonalFinds) -> String {
        finds::more(&self.page, finds)
    }

    /// Gives the seeds that look like personal data.
    pub(super) fn warned(&self) -> Vec<&SeedLine> {
        finds::warned(&self.p.seeds)
    }

    /// Writes how many of each kind look like personal data.
    pub(super) fn counts(&self, counts: &PersonalCounts) -> String {
        finds::counts(&self.page, counts)
    }

    /// Says what of an archive was not looked through.
    pub(super) fn unread(&self, finds: &PersonalFinds) -> String {
        let count = |key, n: u64| (n > 0).then(|| self.page.tn(key, self.long(&n)));
        let said = [
            count("target-seed-unread", finds.unread),
            count("target-seed-other", finds.other),
        ];
        said.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}
