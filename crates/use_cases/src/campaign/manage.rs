//! Opening and editing a campaign.

use super::{end_texts, entry, refuse_begun, settle, taken};
use crate::app::Limits;
use crate::error::{Error, FieldError, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::{CallChoice, CampaignDraftRow, CampaignFrame, CampaignRecord};
use crate::programme::fresh;
use crate::unit::Unit;
use authorization::Permitted;
use authorization::action::{ManageCampaign, OpenCampaign};
use domain::Timestamp;
use domain::campaign::{Campaign, CampaignKind, CampaignState};
use domain::ids::{CallId, CampaignId};
use domain::retention::recording_days;
use domain::time::Window;
use serde_json::json;

/// What an organiser types of a campaign.
#[derive(Clone, Debug, Default)]
pub struct CampaignDraft {
    /// Its name.
    pub name: String,
    /// How it tests.
    pub kind: Option<CampaignKind>,
    /// What it is about.
    pub summary: String,
    /// When it opens.
    pub opens_at: Option<Timestamp>,
    /// When it closes.
    pub closes_at: Option<Timestamp>,
    /// What is forbidden, one a line.
    pub prohibitions: String,
    /// Whom to call so that everything stops.
    pub stop_contact: String,
    /// Whether the restitution is shared with the working group.
    pub restitution_shared: bool,
    /// Days after its end for which its recordings are kept; empty for as long as the instance keeps them.
    pub recording_days: String,
    /// The call whose confirmed candidates it serves.
    pub call: Option<CallId>,
}

/// The fields of a campaign's form, in their order.
const ORDER: &[&str] = &[
    "name",
    "kind",
    "summary",
    "opens_at",
    "closes_at",
    "call",
    "prohibitions",
    "stop_contact",
    "recording_days",
];

impl CampaignDraft {
    /// Checks what was typed; the call too, where the programme is known.
    pub(super) async fn checked(
        &self,
        unit: &mut Unit,
        frame: Option<&CampaignFrame>,
    ) -> Outcome<(CampaignKind, Window)> {
        let limits = unit.app.settings.limits.clone();
        let mut fields = Fields::new();
        fields.required("name", &self.name, limits.title);
        fields.required("summary", &self.summary, 5_000);
        fields.required("prohibitions", &self.prohibitions, 5_000);
        fields.required("stop_contact", &self.stop_contact, limits.title);
        if self.kind.is_none() {
            fields.add("kind", "error-choose");
        }
        for (field, at) in [("opens_at", self.opens_at), ("closes_at", self.closes_at)] {
            if at.is_none() {
                fields.add(field, "error-not-an-instant");
            }
        }
        if let (Some(opens), Some(closes)) = (self.opens_at, self.closes_at)
            && closes <= opens
        {
            fields.add("closes_at", "error-window");
        }
        fields.gather(self.recording_days(limits.recording_days).map(|_| ()))?;
        fields.gather(self.check_call(unit, frame).await)?;
        fields.done_in(ORDER)?;
        match (self.kind, self.opens_at, self.closes_at) {
            (Some(kind), Some(opens_at), Some(closes_at)) => Ok((kind, Window { opens_at, closes_at })),
            _ => Err(Error::field("kind", "error-choose")),
        }
    }

    /// Reads for how many days recordings are kept.
    fn recording_days(&self, most: i64) -> Outcome<i64> {
        let typed = self.recording_days.trim();
        let wanted = match typed.is_empty() {
            true => Some(most),
            false => typed.parse().ok(),
        };
        let days = wanted.and_then(|days| recording_days(days, most));
        days.ok_or_else(|| {
            Error::Invalid(vec![FieldError {
                field: "recording_days".to_owned(),
                message: "campaign-error-recording-days",
                detail: Some(most.to_string()),
            }])
        })
    }

    async fn check_call(&self, unit: &mut Unit, frame: Option<&CampaignFrame>) -> Outcome<()> {
        if let (Some(call), Some(frame)) = (self.call, frame) {
            let choices = unit.store.call_choices(frame.programme).await?;
            if !choices.iter().any(|choice| choice.id == call) {
                return Err(Error::field("call", "error-choose"));
            }
        }
        Ok(())
    }

    fn row(&self, campaign: Campaign, limits: &Limits) -> Outcome<CampaignDraftRow> {
        Ok(CampaignDraftRow {
            recording_days: self.recording_days(limits.recording_days)?,
            campaign,
            call: self.call,
            summary: self.summary.trim().to_owned(),
            prohibitions: self.prohibitions.trim().to_owned(),
            stop_contact: self.stop_contact.trim().to_owned(),
        })
    }
}

/// Opens a campaign, as a draft, in a programme.
#[derive(Clone, Debug)]
pub struct OpenNewCampaign {
    /// The programme's readable address.
    pub programme: String,
    /// What the organiser typed.
    pub draft: CampaignDraft,
}

impl UseCase for OpenNewCampaign {
    type Output = CampaignId;

    async fn run(&self, unit: &mut Unit) -> Outcome<CampaignId> {
        let found = unit.store.campaign_frame_by_slug(&self.programme).await?;
        let proof = unit.permit_found::<OpenCampaign, _>(found)?;
        let (kind, window) = self.draft.checked(unit, Some(&proof)).await?;
        keep_draft(unit, &proof, &self.draft, kind, window).await
    }
}

/// Keeps a campaign as a draft, with the rules that its programme follows now.
pub(super) async fn keep_draft(
    unit: &mut Unit,
    proof: &Permitted<OpenCampaign, CampaignFrame>,
    draft: &CampaignDraft,
    kind: CampaignKind,
    window: Window,
) -> Outcome<CampaignId> {
    let rules = unit.store.rules_of_programme(proof.programme).await?;
    let campaign = Campaign {
        id: CampaignId(unit.fresh_id()),
        programme: proof.programme,
        kind,
        name: draft.name.trim().to_owned(),
        window,
        state: CampaignState::Draft,
        suspended_at: None,
        rules: rules.first().map(|(rules, _)| rules.id),
        restitution_shared: draft.restitution_shared,
        revision: 1,
    };
    let id = campaign.id;
    let acting = proof.acting().clone();
    let row = draft.row(campaign, &unit.app.settings.limits)?;
    unit.store.insert_campaign(&row, acting.person(), unit.now).await?;
    unit.record(&acting, entry(id, "campaign.opened_as_draft", json!({"kind": kind})))
        .await?;
    Ok(id)
}

/// Changes what an organiser wrote of a campaign; texts that no longer fit end.
#[derive(Clone, Debug)]
pub struct EditCampaign {
    /// The campaign.
    pub campaign: CampaignId,
    /// The revision that the organiser read.
    pub revision: i64,
    /// What the organiser typed.
    pub draft: CampaignDraft,
}

impl UseCase for EditCampaign {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<ManageCampaign>(unit, self.campaign).await?;
        fresh(self.revision, proof.revision())?;
        refuse_begun(&proof, unit.now)?;
        let (kind, window) = self.draft.checked(unit, Some(&proof.frame)).await?;
        let acting = proof.acting().clone();
        let campaign = Campaign {
            kind,
            window,
            name: self.draft.name.trim().to_owned(),
            restitution_shared: self.draft.restitution_shared,
            ..proof.campaign.clone()
        };
        let row = self.draft.row(campaign, &unit.app.settings.limits)?;
        if changes_text(&proof, &row) {
            end_texts(unit, &acting, &proof).await?;
        }
        unit.store.update_campaign(&row).await?;
        unit.record(
            &acting,
            entry(self.campaign, "campaign.edited", json!({"window": window})),
        )
        .await?;
        settle(unit, self.campaign).await?;
        if unit.store.seeds(self.campaign).await?.is_empty() {
            return Ok(());
        }
        // What was sent to it goes at the end of its recordings, which this may have brought forward.
        let edited = unit.store.campaign(self.campaign, &unit.reader).await?;
        let edited = edited.ok_or(Error::NotFound)?.peek().clone();
        crate::exchange::arm(unit, &edited).await
    }
}

/// Says whether what signatories read is no longer what was asked.
fn changes_text(before: &CampaignRecord, after: &CampaignDraftRow) -> bool {
    before.campaign.window != after.campaign.window
        || before.campaign.name != after.campaign.name
        || before.prohibitions != after.prohibitions
        || before.stop_contact != after.stop_contact
}

/// What the form of a campaign offers.
#[derive(Clone, Debug)]
pub struct CampaignForm {
    /// The programme.
    pub frame: CampaignFrame,
    /// The campaign, where it exists already.
    pub record: Option<CampaignRecord>,
    /// The calls that may be chosen.
    pub calls: Vec<CallChoice>,
}

/// Shows the form of a new campaign in a programme, or of an existing one.
#[derive(Clone, Debug)]
pub enum ViewCampaignForm {
    /// A new one, in the programme of this readable address.
    New(String),
    /// An existing one.
    Existing(CampaignId),
}

impl UseCase for ViewCampaignForm {
    type Output = CampaignForm;

    async fn run(&self, unit: &mut Unit) -> Outcome<CampaignForm> {
        let (frame, record) = match self {
            Self::New(slug) => {
                let found = unit.store.campaign_frame_by_slug(slug).await?;
                (unit.permit_found::<OpenCampaign, _>(found)?.into_value(), None)
            }
            Self::Existing(id) => {
                let found = unit.store.campaign(*id, &unit.reader).await?;
                let record = unit.permit_found::<ManageCampaign, _>(found)?.into_value();
                refuse_begun(&record, unit.now)?;
                (record.frame.clone(), Some(record))
            }
        };
        let calls = unit.store.call_choices(frame.programme).await?;
        Ok(CampaignForm { frame, record, calls })
    }
}
