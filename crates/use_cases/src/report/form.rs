//! What the form of a report offers: products, scope, kinds of weakness, fellow hunters.

use super::bypass::BypassChoice;
use super::notes::{AttachmentLine, attachments};
use super::text::{ReportText, contents, mark, title, vector, weakness};
use super::writing::permit_writing;
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::{CampaignRecord, ReportRecord};
use crate::unit::{Unit, place};
use authorization::action::{AnswerReport, WriteReport};
use domain::NoticeKind;
use domain::ids::{AssetId, CampaignId, PersonId, ProductId, ReportId, VulnerabilityId};
use domain::report::{Rating, ReportState};

/// An asset of the scope that a report may be about.
#[derive(Clone, Debug)]
pub struct AssetChoice {
    /// The asset.
    pub id: AssetId,
    /// The product it belongs to.
    pub product: ProductId,
    /// Its address or name.
    pub value: String,
}

/// Another hunter of the same organisation in the campaign.
#[derive(Clone, Debug)]
pub struct FellowHunter {
    /// The person.
    pub id: PersonId,
    /// Their name, or the pseudonym of a minor.
    pub name: String,
    /// Whether they are named in the draft.
    pub chosen: bool,
    /// Whether they said that they found it too; none where they were not asked.
    pub accepted: Option<bool>,
}

/// A form to write a report, with what was kept so far.
#[derive(Clone, Debug)]
pub struct ReportForm {
    /// The draft, once it exists.
    pub report: Option<ReportId>,
    /// The mark of what the draft says; empty before it exists.
    pub mark: String,
    /// The campaign.
    pub campaign: CampaignId,
    /// The campaign's name.
    pub campaign_name: String,
    /// The notice that follows the programme.
    pub notice: NoticeKind,
    /// The products that are tested.
    pub products: Vec<(ProductId, String)>,
    /// What may be tested.
    pub assets: Vec<AssetChoice>,
    /// Those who may have helped.
    pub fellows: Vec<FellowHunter>,
    /// The title so far.
    pub title: String,
    /// The product so far.
    pub product: Option<ProductId>,
    /// The asset so far.
    pub asset: Option<AssetId>,
    /// The texts so far.
    pub text: ReportText,
    /// The kind of weakness so far.
    pub cwe: Option<i64>,
    /// The CVSS vector so far.
    pub vector: String,
    /// What the vector scores.
    pub rating: Option<Rating>,
    /// The vulnerability whose fix it gets around so far.
    pub bypass_of: Option<VulnerabilityId>,
    /// The vulnerabilities whose fix it may get around.
    pub bypasses: Vec<BypassChoice>,
    /// The files so far.
    pub attachments: Vec<AttachmentLine>,
}

/// Shows the form of a new report of a campaign, or of a draft.
#[derive(Clone, Copy, Debug)]
pub enum ViewReportForm {
    /// A new report.
    New(CampaignId),
    /// A draft.
    Draft(ReportId),
}

impl UseCase for ViewReportForm {
    type Output = ReportForm;

    async fn run(&self, unit: &mut Unit) -> Outcome<ReportForm> {
        match *self {
            Self::New(campaign) => {
                let (acting, record) = permit_writing(unit, campaign, false).await?;
                let person = acting.person().ok_or(Error::NotFound)?;
                offer(unit, &record, person, None).await
            }
            Self::Draft(report) => draft(unit, report).await,
        }
    }
}

async fn draft(unit: &mut Unit, id: ReportId) -> Outcome<ReportForm> {
    let found = unit.store.report(id).await?;
    let proof = unit.permit_found::<AnswerReport, _>(found)?;
    if proof.report.state != ReportState::Draft {
        return Err(Error::Conflict("report-error-no-draft"));
    }
    let (_, campaign) = permit_writing(unit, proof.report.campaign, true).await?;
    let mut form = offer(unit, &campaign, proof.report.reporter, Some(&proof)).await?;
    form.report = Some(id);
    form.mark = mark(unit, &proof).await?;
    form.title = title(unit, &proof).await?;
    form.text = contents(unit, &proof).await?;
    form.product = Some(proof.report.product);
    form.asset = proof.asset;
    form.cwe = weakness(unit, &proof).await?;
    form.vector = vector(unit, &proof).await?;
    form.rating = proof.claimed;
    form.bypass_of = unit.store.bypass_of(id).await?;
    form.attachments = attachments(unit, &proof, "report", id.0).await?;
    Ok(form)
}

async fn offer(
    unit: &mut Unit,
    campaign: &CampaignRecord,
    person: PersonId,
    draft: Option<&ReportRecord>,
) -> Outcome<ReportForm> {
    let id = campaign.campaign.id;
    let answer = |person| {
        let draft = draft?;
        let accepted = draft.report.collaborators.contains(&person);
        (accepted || draft.asked.contains(&person)).then_some(accepted)
    };
    let mut fellows = Vec::new();
    for id in super::draft::fellows(campaign, person).into_iter().take(100) {
        fellows.push(FellowHunter {
            id,
            name: unit.name_of(id).await?,
            chosen: answer(id).is_some(),
            accepted: answer(id),
        });
    }
    let reports = unit.store.campaign_reports(id).await?;
    let proof = unit.permit_found::<WriteReport, _>(reports)?;
    let mut assets = Vec::new();
    for asset in unit
        .store
        .scope_assets(id)
        .await?
        .into_iter()
        .filter(|asset| asset.inside)
    {
        assets.push(AssetChoice {
            id: asset.id,
            product: asset.product,
            value: unit
                .open_text(&proof, place("scope_asset", "value_sealed", asset.id.0), &asset.value)
                .await?,
        });
    }
    Ok(ReportForm {
        report: None,
        mark: String::new(),
        campaign: id,
        campaign_name: campaign.campaign.name.clone(),
        notice: campaign.frame.notice,
        products: campaign.products.iter().map(|p| (p.product, p.name.clone())).collect(),
        assets,
        fellows,
        title: String::new(),
        product: None,
        asset: None,
        text: ReportText::default(),
        cwe: None,
        vector: String::new(),
        rating: None,
        bypass_of: None,
        bypasses: super::bypass::choices(unit, campaign, person).await?,
        attachments: Vec::new(),
    })
}
