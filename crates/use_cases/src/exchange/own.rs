//! A hunter's own exchanges: found by time, path, status and text, whole with their secrets.

use super::retention::{RecordingsKept, RecordingsKey};
use crate::error::{Error, Fields, Outcome};
use crate::perform::{Context, UseCase, read_last};
use crate::ports::{CampaignRecord, ExchangeFilter, ExchangePage, LeaseRow, RecordingOf, ShownExchange};
use crate::report::own_drafts;
use crate::target::{open_fingerprint, open_settings};
use crate::unit::Unit;
use authorization::Permitted;
use authorization::action::ReadExchanges;
use domain::Timestamp;
use domain::ids::{CampaignId, LeaseId, ProductId, ReportId, TargetId};
use domain::programme::NoticeKind;
use domain::snapshot::fingerprint_from;
use std::collections::BTreeSet;

/// How many exchanges one page lists.
const PAGE: usize = 50;

/// What a hunter asks of their exchanges, as typed.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Begun at this instant or later.
    pub since: Option<Timestamp>,
    /// Begun before this instant.
    pub until: Option<Timestamp>,
    /// The method.
    pub method: String,
    /// Something of path or query.
    pub path: String,
    /// A status such as `404`, or a class such as `5xx`.
    pub status: String,
    /// A text of a head or a body.
    pub text: String,
    /// Where to go on.
    pub after: String,
}

impl Asked {
    /// Reads what was typed.
    fn filter(&self, leases: &[LeaseId]) -> Outcome<ExchangeFilter> {
        let mut fields = Fields::new();
        let some = |text: String| (!text.is_empty()).then_some(text);
        let method = some(fields.optional("method", &self.method, 20).to_ascii_uppercase());
        let path = some(fields.optional("path", &self.path, 500));
        let text = some(fields.optional("text", &self.text, 200));
        let typed = self.status.trim();
        let status = status_range(typed);
        if status.is_none() && !typed.is_empty() {
            fields.add("status", "exchange-error-status");
        }
        fields.done()?;
        Ok(ExchangeFilter {
            leases: leases.to_vec(),
            since: self.since,
            until: self.until,
            method,
            path,
            status,
            text,
        })
    }
}

/// Reads a status (RFC 9110 §15) or a class of them.
fn status_range(text: &str) -> Option<(u16, u16)> {
    let text = text.to_ascii_lowercase();
    if let Some(class) = text.strip_suffix("xx") {
        let class: u16 = class.parse().ok().filter(|class| (1..=5).contains(class))?;
        return Some((class * 100, class * 100 + 99));
    }
    let status: u16 = text.parse().ok().filter(|status| (100..=599).contains(status))?;
    Some((status, status))
}

/// A draft to which exchanges can be added.
#[derive(Clone, Debug)]
pub struct OwnDraftChoice {
    /// The report.
    pub report: ReportId,
    /// Its title; empty while it has none.
    pub title: String,
}

/// Leave to read one's own exchanges.
pub struct OwnLeave {
    of: Option<RecordingOf>,
    kept: RecordingsKept,
    pub(super) leases: Vec<LeaseId>,
    /// The fingerprints of the targets that the leases led to, each with what it stands for.
    pub(super) targets: Vec<(String, String)>,
    name: String,
    notice: NoticeKind,
    products: Vec<(ProductId, String)>,
    pub(super) drafts: Vec<OwnDraftChoice>,
}

impl OwnLeave {
    /// Gives what reads the recordings.
    ///
    /// # Errors
    /// [`Error::Conflict`] where they were destroyed; [`Error::NotFound`] where nothing was ever recorded.
    pub(super) fn recordings(&mut self) -> Outcome<RecordingOf> {
        if self.kept.destroyed_at.is_some() {
            return Err(Error::Conflict("exchange-error-destroyed"));
        }
        self.of.take().ok_or(Error::NotFound)
    }
}

/// Gives leave to read what came by one's own leases in a campaign; the reading is journaled.
pub struct OwnExchanges(pub CampaignId);

impl UseCase for OwnExchanges {
    type Output = OwnLeave;

    async fn run(&self, unit: &mut Unit) -> Outcome<OwnLeave> {
        let found = unit.store.campaign(self.0, &unit.reader).await?;
        let proof = unit.permit_found::<ReadExchanges, _>(found)?;
        let person = unit.person()?;
        let leases = unit.store.leases_of(self.0, person).await?;
        let targets = tested(unit, &proof, &leases).await?;
        let leases = leases.into_iter().map(|row| row.lease.id).collect();
        let drafts = own_drafts(unit, self.0).await?;
        let drafts = drafts.into_iter().map(|draft| OwnDraftChoice {
            report: draft.id,
            title: draft.title,
        });
        let key = RecordingsKey::of(unit, self.0).await?;
        Ok(OwnLeave {
            kept: RecordingsKept::of(&proof, &key),
            of: recording_of(unit, &proof, key).await?,
            leases,
            targets,
            name: proof.campaign.name.clone(),
            notice: proof.frame.notice,
            products: proof.products.iter().map(|p| (p.product, p.name.clone())).collect(),
            drafts: drafts.collect(),
        })
    }
}

/// Says what the targets of some leases are by their fingerprints: the name, product and host that hunters see.
async fn tested(
    unit: &mut Unit,
    proof: &Permitted<ReadExchanges, CampaignRecord>,
    leases: &[LeaseRow],
) -> Outcome<Vec<(String, String)>> {
    let ids: BTreeSet<TargetId> = leases.iter().map(|row| row.lease.target).collect();
    let mut all = Vec::new();
    for id in ids {
        let Some(row) = unit.store.target(id).await? else {
            continue;
        };
        let settings = open_settings(unit, proof, &row).await?;
        let product = proof.products.iter().find(|one| one.product == row.target.product);
        let product = product.map(|one| one.name.as_str()).unwrap_or_default();
        let text = format!("{} · {product} · {}", settings.name, settings.public_host);
        let fingerprint = open_fingerprint(unit, proof, &row).await?;
        // What began from a state that is gone says still from which.
        for kept in unit.store.snapshots_ever_of(row.target.id).await? {
            let from = format!("{text}, depuis l’état gardé {}", kept.id);
            all.push((fingerprint_from(&fingerprint, Some(kept.id)), from));
        }
        all.push((fingerprint, text));
    }
    Ok(all)
}

/// Opens what reads a campaign's recordings, where they are kept; the reading is noted.
async fn recording_of(
    unit: &mut Unit,
    proof: &Permitted<ReadExchanges, CampaignRecord>,
    key: RecordingsKey,
) -> Outcome<Option<RecordingOf>> {
    let RecordingsKey::Opens(key) = key else {
        return Ok(None);
    };
    let campaign = proof.campaign.id;
    unit.note_reading(proof.acting(), "ReadExchanges", "recording", campaign.0);
    Ok(Some(RecordingOf {
        campaign,
        secret: key.recording_secret(),
        segments: unit.store.segments(campaign).await?,
    }))
}

/// What the page of one's own exchanges shows.
#[derive(Clone, Debug)]
pub struct ExchangesPage {
    /// The name of the campaign.
    pub name: String,
    /// The notice that follows its programme.
    pub notice: NoticeKind,
    /// For how long they are kept, and since when they are not.
    pub kept: RecordingsKept,
    /// The exchanges.
    pub page: ExchangePage,
    /// Whether the reader ever had a way to a target.
    pub had_lease: bool,
    /// The products of the campaign, for a new report.
    pub products: Vec<(ProductId, String)>,
    /// The reader's drafts, to which exchanges can be added.
    pub drafts: Vec<OwnDraftChoice>,
}

/// Lists one's own exchanges.
///
/// # Errors
/// [`Error::NotFound`] for whoever does not hunt in the campaign; [`Error::Invalid`] for what cannot be read.
pub async fn list_exchanges(context: &Context, campaign: CampaignId, asked: &Asked) -> Outcome<ExchangesPage> {
    let leave = read_last(context, OwnExchanges(campaign)).await?;
    let filter = asked.filter(&leave.leases)?;
    let had_lease = !leave.leases.is_empty();
    let after = (!asked.after.is_empty()).then(|| asked.after.clone());
    let page = match leave.of {
        Some(of) if had_lease => context.app.recordings.find(of, filter, after, PAGE).await?,
        _ => ExchangePage::default(),
    };
    Ok(ExchangesPage {
        kept: leave.kept,
        name: leave.name,
        notice: leave.notice,
        page,
        had_lease,
        products: leave.products,
        drafts: leave.drafts,
    })
}

/// What the page of one exchange shows.
#[derive(Clone, Debug)]
pub struct ExchangeDetail {
    /// The name of the campaign.
    pub name: String,
    /// The notice that follows its programme.
    pub notice: NoticeKind,
    /// The exchange.
    pub exchange: ShownExchange,
}

/// Shows one of one's own exchanges, whole.
///
/// # Errors
/// [`Error::NotFound`] for another's; [`Error::Conflict`] where recordings were destroyed.
pub async fn show_exchange(context: &Context, campaign: CampaignId, place: &str) -> Outcome<ExchangeDetail> {
    let mut leave = read_last(context, OwnExchanges(campaign)).await?;
    let of = leave.recordings()?;
    let recordings = &context.app.recordings;
    let exchange = recordings.show(of, leave.leases, place.to_owned()).await?;
    Ok(ExchangeDetail {
        name: leave.name,
        notice: leave.notice,
        exchange,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_and_classes() {
        for (text, range) in [
            ("404", Some((404, 404))),
            ("5xx", Some((500, 599))),
            ("2XX", Some((200, 299))),
            ("6xx", None),
            ("0xx", None),
            ("99", None),
            ("600", None),
            ("xx", None),
            ("é", None),
        ] {
            assert_eq!(status_range(text), range, "{text}");
        }
    }
}
