//! Adding an organisation to the directory.

use super::entry;
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::OrganisationRecord;
use crate::unit::Unit;
use authorization::Action;
use authorization::action::ManageOrganisation;
use domain::ids::OrganisationId;
use domain::organisation::{Organisation, OrganisationKind, insee_is_plausible, siren_is_valid};
use serde_json::json;

/// Adds an organisation to the directory.
#[derive(Clone, Debug)]
pub struct AddOrganisation {
    /// What it is; none where nothing was chosen.
    pub kind: Option<OrganisationKind>,
    /// Its name as it writes it.
    pub name: String,
    /// Its SIREN; spaces do not count; may be empty.
    pub siren: String,
    /// Its INSEE code (communes, départements, régions); may be empty.
    pub insee: String,
    /// Whether it is invented for a demonstration.
    pub fictional: bool,
}

impl UseCase for AddOrganisation {
    type Output = OrganisationId;

    async fn run(&self, unit: &mut Unit) -> Outcome<OrganisationId> {
        let mut fields = Fields::new();
        let name = fields.required("name", &self.name, unit.app.settings.limits.title);
        if self.kind.is_none() {
            fields.add("kind", "error-choose");
        }
        let organisation = Organisation {
            id: OrganisationId(unit.fresh_id()),
            kind: self.kind.unwrap_or(OrganisationKind::Company),
            name,
            siren: without_spaces(&self.siren),
            insee: without_spaces(&self.insee),
            successor: None,
            ended: None,
            listed: false,
            fictional: self.fictional,
        };
        let record = OrganisationRecord {
            organisation,
            administered_by: Vec::new(),
        };
        let decided = unit.app.policies.decide(&unit.actor, ManageOrganisation::NAME, &record);
        let acting = decided.ok_or(Error::NotFound)?;
        let organisation = record.organisation;
        check_codes(unit, &mut fields, &organisation).await?;
        fields.done()?;
        unit.store.insert_organisation(&organisation, unit.now).await?;
        let body = json!({
            "kind": organisation.kind,
            "name": organisation.name,
            "siren": organisation.siren,
            "insee": organisation.insee,
        });
        unit.record(&acting, entry(organisation.id, "organisation.added", body))
            .await?;
        Ok(organisation.id)
    }
}

fn without_spaces(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    (!text.is_empty()).then_some(text)
}

async fn check_codes(unit: &mut Unit, fields: &mut Fields, organisation: &Organisation) -> Outcome<()> {
    if let Some(siren) = &organisation.siren {
        if !siren_is_valid(siren) {
            fields.add("siren", "error-siren");
        } else if let Some(other) = unit.store.organisation_by_siren(siren).await? {
            fields.add_detail("siren", "error-siren-known", Some(other.name));
        }
    }
    if let Some(insee) = &organisation.insee {
        if !insee_is_plausible(organisation.kind, insee) {
            fields.add("insee", "error-insee");
        } else if unit.store.insee_is_taken(organisation.kind, insee).await? {
            fields.add("insee", "error-insee-known");
        }
    }
    Ok(())
}
