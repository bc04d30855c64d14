//! Ports of what a vulnerability is told to be: its sealed layers, and what verified reports brought.

use super::Stored;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{CampaignId, PersonId, ReportId, VulnerabilityId};
use domain::vulnerability::VulnerabilityState;
use uuid::Uuid;

/// A sealed text layer of a vulnerability.
#[derive(Clone, Debug)]
pub struct LayerRow {
    /// Its identifier, to which its text is sealed.
    pub id: Uuid,
    /// The layer: `title`, `alert`, `measures`, `details` or `exploit`.
    pub layer: String,
    /// `fr` or `en`.
    pub language: String,
    /// The text, sealed.
    pub text_sealed: Vec<u8>,
    /// When it was written last.
    pub updated_at: Timestamp,
}

/// What one verified report brought to a vulnerability, sealed anew under it.
#[derive(Clone, Debug)]
pub struct EvidenceRow {
    /// Its identifier, to which its contents are sealed.
    pub id: Uuid,
    /// The report.
    pub report: ReportId,
    /// The campaign of the report.
    pub campaign: CampaignId,
    /// Who reported it.
    pub reporter: PersonId,
    /// Title, details and exploit, sealed.
    pub contents_sealed: Vec<u8>,
    /// When it was brought.
    pub at: Timestamp,
}

/// The rows of layers and of evidence.
#[async_trait]
pub trait Evidence {
    /// Gives a vulnerability's layers.
    async fn layers(&mut self, id: VulnerabilityId) -> Stored<Vec<LayerRow>>;
    /// Gives one layer of several vulnerabilities in one language; those without it are left out.
    async fn layer_of(
        &mut self,
        ids: &[VulnerabilityId],
        layer: &str,
        language: &str,
    ) -> Stored<Vec<(VulnerabilityId, LayerRow)>>;
    /// Replaces a layer's text in one language, keeping the identifier it is sealed to.
    async fn set_layer(&mut self, id: VulnerabilityId, layer: &LayerRow) -> Stored<()>;
    /// Removes a layer's text in one language.
    async fn forget_layer(&mut self, layer: Uuid) -> Stored<()>;
    /// Gives what reports brought, oldest first.
    async fn evidence(&mut self, id: VulnerabilityId) -> Stored<Vec<EvidenceRow>>;
    /// Adds what a report brought.
    async fn insert_evidence(&mut self, id: VulnerabilityId, row: &EvidenceRow) -> Stored<()>;
    /// Moves what a report brought, sealed anew, to another vulnerability.
    async fn move_evidence(&mut self, row: &EvidenceRow, to: VulnerabilityId) -> Stored<()>;
    /// Gives the vulnerability that a report opened or joined, with its state.
    async fn vulnerability_of_report(
        &mut self,
        report: ReportId,
    ) -> Stored<Option<(VulnerabilityId, VulnerabilityState)>>;

    /// Gives who verified the reports that support a vulnerability.
    async fn verified_by(&mut self, id: VulnerabilityId) -> Stored<Vec<PersonId>>;
    /// Gives what a report brought, and to which vulnerability.
    async fn evidence_of(&mut self, report: ReportId) -> Stored<Option<(VulnerabilityId, EvidenceRow)>>;
    /// Takes what a report brought to a vulnerability away from it, with its files.
    async fn forget_evidence(&mut self, report: ReportId) -> Stored<()>;
}
