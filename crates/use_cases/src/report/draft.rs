//! Writing a report: a draft that is kept as often as its hunter likes.

use super::change::Change;
use super::text::{ReportText, column, mark, seal_contents, seal_maybe, title};
use super::writing::{blocked, permit_writing};
use super::{cvss, cwe};
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::{CampaignPerson, CampaignRecord, ReportRecord};
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::Acting;
use authorization::action::{AnswerReport, ReadReport};
use domain::ids::{AssetId, CampaignId, OrganisationId, PersonId, ProductId, ReportId, VulnerabilityId};
use domain::party::PersonPart;
use domain::report::{Rating, Report, ReportState};
use serde_json::json;

/// Keeps a draft: a new one where `report` is none.
#[derive(Clone, Debug)]
pub struct SaveDraft {
    /// The draft, once it exists.
    pub report: Option<ReportId>,
    /// The campaign; a draft stays in its own.
    pub campaign: CampaignId,
    /// The title.
    pub title: String,
    /// The product it is about.
    pub product: Option<ProductId>,
    /// The asset of the scope it is about.
    pub asset: Option<AssetId>,
    /// Steps, impact and proof, in Markdown.
    pub text: ReportText,
    /// The kind of weakness, as typed: `CWE-79`.
    pub cwe: String,
    /// The CVSS vector, as typed.
    pub vector: String,
    /// Those who found it with the hunter: other hunters of the campaign.
    pub collaborators: Vec<PersonId>,
    /// The vulnerability whose fix it gets around, where it does.
    pub bypass_of: Option<VulnerabilityId>,
    /// The mark of the draft that the page showed, where one did; see [`super::text::mark`].
    pub seen: Option<String>,
}

/// What was typed, once checked.
struct Checked {
    title: String,
    product: ProductId,
    cwe: Option<i64>,
    vector: Option<String>,
    claimed: Option<Rating>,
}

impl UseCase for SaveDraft {
    type Output = ReportId;

    async fn run(&self, unit: &mut Unit) -> Outcome<ReportId> {
        match self.report {
            None => self.begin(unit).await,
            Some(id) => self.rewrite(unit, id).await,
        }
    }
}

impl SaveDraft {
    async fn begin(&self, unit: &mut Unit) -> Outcome<ReportId> {
        let (acting, campaign) = permit_writing(unit, self.campaign, false).await?;
        let reporter = acting.person().ok_or(Error::NotFound)?;
        let drafts = unit.store.count_drafts(reporter, self.campaign).await?;
        if drafts >= i64::try_from(unit.app.settings.limits.drafts).unwrap_or(i64::MAX) {
            return Err(Error::Conflict("report-error-too-many-drafts"));
        }
        let checked = self.check(unit, &campaign, reporter).await?;
        let id = ReportId(unit.fresh_id());
        let mut record = blank(id, &campaign, reporter, &acting, &checked, unit.now).ok_or(Error::NotFound)?;
        self.fill(unit, &mut record, checked).await?;
        unit.store.insert_report(&record).await?;
        unit.store.set_bypass(id, self.bypass_of, unit.now).await?;
        super::naming::name(unit, &record, &self.collaborators).await?;
        let change = Change::taken(record, acting);
        change
            .note(unit, "report.drafted", json!({"campaign": self.campaign}))
            .await?;
        Ok(id)
    }

    async fn rewrite(&self, unit: &mut Unit, id: ReportId) -> Outcome<ReportId> {
        let found = unit.store.take_report(id).await?;
        let proof = unit.permit_found::<AnswerReport, _>(found)?;
        if proof.report.state != ReportState::Draft {
            return Err(Error::Conflict("report-error-no-draft"));
        }
        if let Some(seen) = &self.seen
            && *seen != mark(unit, &proof).await?
        {
            return Err(Error::Conflict("report-error-draft-changed"));
        }
        let mut change = Change::of(proof);
        let (_, campaign) = permit_writing(unit, change.record.report.campaign, true).await?;
        let checked = self.check(unit, &campaign, change.record.report.reporter).await?;
        self.fill(unit, &mut change.record, checked).await?;
        unit.store.set_bypass(id, self.bypass_of, unit.now).await?;
        super::naming::name(unit, &change.record, &self.collaborators).await?;
        change.save(unit).await?;
        Ok(id)
    }

    async fn check(&self, unit: &mut Unit, campaign: &CampaignRecord, reporter: PersonId) -> Outcome<Checked> {
        let limits = unit.app.settings.limits.clone();
        let mut fields = Fields::new();
        let title = fields.optional("title", &self.title, limits.title);
        for (field, text) in [
            ("steps", &self.text.steps),
            ("impact", &self.text.impact),
            ("proof", &self.text.proof),
        ] {
            fields.optional(field, text, limits.text);
        }
        let tested = |id: &ProductId| campaign.products.iter().any(|p| p.product == *id);
        let only = campaign.products.first().map(|p| p.product);
        let product = self.product.or(only).filter(tested);
        if product.is_none() {
            fields.add("product", "error-choose");
        }
        if let Some(asset) = self.asset {
            let assets = unit.store.scope_assets(campaign.campaign.id).await?;
            if !assets
                .iter()
                .any(|a| a.id == asset && a.inside && Some(a.product) == product)
            {
                fields.add("asset", "report-error-asset");
            }
        }
        let weakness = cwe::parse(&self.cwe);
        if weakness.is_none() && !self.cwe.trim().is_empty() {
            fields.add("cwe", "report-error-cwe");
        }
        let scored = cvss::scored("vector", &self.vector).unwrap_or_else(|error| {
            fields.add_detail("vector", error.message, error.detail);
            None
        });
        if let Some(bypassed) = self.bypass_of {
            let choices = super::bypass::choices(unit, campaign, reporter).await?;
            let mut named = choices.iter().filter(|choice| choice.id == bypassed);
            if !named.any(|choice| Some(choice.product) == product) {
                fields.add("bypass_of", "report-error-bypass");
            }
        }
        let fellows = fellows(campaign, reporter);
        if self.collaborators.len() > limits.collaborators || !self.collaborators.iter().all(|c| fellows.contains(c)) {
            fields.add("collaborators", "error-choose");
        }
        fields.done()?;
        Ok(Checked {
            title,
            product: product.ok_or(Error::NotFound)?,
            cwe: weakness.map(|weakness| weakness.id),
            claimed: scored.as_ref().map(|(_, scored)| Rating {
                score_tenths: scored.score_tenths,
                band: scored.band,
            }),
            vector: scored.map(|(vector, _)| vector),
        })
    }

    async fn fill(&self, unit: &mut Unit, record: &mut ReportRecord, checked: Checked) -> Outcome<()> {
        let id = record.report.id.0;
        let holder = KeyHolder::Campaign(record.report.campaign);
        record.title = unit
            .seal(holder, column("title_sealed", id), checked.title.as_bytes())
            .await?;
        record.contents = seal_contents(unit, holder, id, &self.text).await?;
        record.report.product = checked.product;
        record.asset = self.asset;
        let number = checked.cwe.map(cwe::kept);
        record.cwe = seal_maybe(unit, holder, column("cwe_sealed", id), number.as_deref()).await?;
        let vector = checked.vector.as_deref();
        record.vector = seal_maybe(unit, holder, column("vector_sealed", id), vector).await?;
        record.claimed = checked.claimed;
        Ok(())
    }
}

/// Gives those who may be named with a hunter: the other hunters of the same organisation in the campaign.
pub(super) fn fellows(campaign: &CampaignRecord, hunter: PersonId) -> Vec<PersonId> {
    let own = campaign.person_with(hunter, PersonPart::Hunter).map(|p| p.organisation);
    let of = |p: &&CampaignPerson| p.participant.part == PersonPart::Hunter && Some(p.organisation) == own;
    let people = campaign.people.iter().filter(of).map(|p| p.participant.person);
    people.filter(|person| *person != hunter).collect()
}

/// One of the reader's own drafts in a campaign.
#[derive(Clone, Debug)]
pub struct OwnDraft {
    /// The draft.
    pub id: ReportId,
    /// Its title; empty where none was typed yet.
    pub title: String,
    /// Why it can no longer be handed in, where it cannot.
    pub blocked: Option<&'static str>,
}

/// Gives the reader's own drafts in a campaign, newest first.
pub(crate) async fn own_drafts(unit: &mut Unit, campaign: CampaignId) -> Outcome<Vec<OwnDraft>> {
    let me = unit.person()?;
    let mut drafts = Vec::new();
    for found in unit.store.drafts_in(me, campaign).await? {
        let Ok(proof) = unit.permit::<ReadReport, _>(found) else {
            continue;
        };
        drafts.push(OwnDraft {
            id: proof.report.id,
            title: title(unit, &proof).await?,
            blocked: blocked(unit, &proof).await?,
        });
    }
    Ok(drafts)
}

fn blank(
    id: ReportId,
    campaign: &CampaignRecord,
    reporter: PersonId,
    acting: &Acting,
    checked: &Checked,
    now: domain::Timestamp,
) -> Option<ReportRecord> {
    let organisation = acting.organisation()?;
    Some(ReportRecord {
        report: Report {
            id,
            campaign: campaign.campaign.id,
            product: checked.product,
            reporter,
            collaborators: Vec::new(),
            number: 0,
            state: ReportState::Draft,
            submitted_at: None,
            asked_at: None,
            original: None,
            vulnerability: None,
            claim: None,
            rating: None,
            closing: None,
            appealed_at: None,
            revision: 1,
        },
        reporter_organisation: organisation,
        programme: campaign.frame.programme,
        campaign_name: campaign.campaign.name.clone(),
        product_name: String::new(),
        notice: campaign.frame.notice,
        owner: campaign.frame.owner,
        operators: Vec::new(),
        author_organisations: vec![organisation],
        // Only the row tells it, once it is stored.
        product_vendor: OrganisationId(uuid::Uuid::nil()),
        asked: Vec::new(),
        vendor: None,
        vendor_acknowledged: false,
        title: Vec::new(),
        contents: Vec::new(),
        asset: None,
        cwe: None,
        vector: None,
        claimed: None,
        verified_vector: None,
        rating_reason: None,
        closing_reason: None,
        appeal: None,
        decision: None,
        proposal: None,
        created_at: now,
        state_at: now,
    })
}
