//! The directory that comes with the product: the Métropole du Grand Paris, its territories and
//! communes (see `data/README.md` for the sources).

use crate::error::{Error, Outcome};
use crate::journal::{Log, NewEntry};
use crate::perform::UseCase;
use crate::ports::OrganisationRecord;
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::action::ManageOrganisation;
use authorization::{Acting, Actor};
use domain::Timestamp;
use domain::ids::{AffiliationId, OrganisationId};
use domain::organisation::{Affiliation, AffiliationKind, Organisation, OrganisationKind};
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;

const MGP: &str = include_str!("../../data/mgp_communes.csv");
/// The SIREN of the Métropole du Grand Paris.
const METROPOLE: &str = "200054781";
const POLD: &str = include_str!("../../data/pold_communes.csv");

#[derive(Deserialize)]
struct Line {
    code_insee: String,
    nom: String,
    siren: String,
    #[serde(default)]
    epci_siren: String,
    #[serde(default)]
    epci_nom: String,
    ept_siren: String,
    ept_nom: String,
}

/// Adds the Métropole du Grand Paris, its territories and communes, so that an empty instance has a directory.
pub struct SeedDirectory;

/// What a seeding added; nothing the second time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seeded {
    /// Organisations added.
    pub organisations: usize,
    /// Affiliations added.
    pub affiliations: usize,
}

impl UseCase for SeedDirectory {
    type Output = Seeded;

    async fn run(&self, unit: &mut Unit) -> Outcome<Seeded> {
        let Actor::System(installer) = unit.actor else {
            return Err(Error::NotFound);
        };
        // What was imported since is newer than this.
        if unit.store.organisation_by_siren(METROPOLE).await?.is_some() {
            return Ok(Seeded::default());
        }
        let mut directory = Directory::default();
        for line in lines(MGP)?.into_iter().chain(lines(POLD)?) {
            directory.add(unit, &line).await?;
        }
        if directory.seeded != Seeded::default() {
            let entry = NewEntry {
                stream_kind: "platform",
                stream_id: uuid::Uuid::nil(),
                kind: "platform.directory_seeded",
                log: Log::Sealed,
                holder: KeyHolder::Instance,
                body: json!({
                    "organisations": directory.seeded.organisations,
                    "affiliations": directory.seeded.affiliations,
                }),
            };
            unit.record(&Acting::System(installer), entry).await?;
        }
        Ok(directory.seeded)
    }
}

fn lines(csv: &str) -> Outcome<Vec<Line>> {
    csv::Reader::from_reader(csv.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|error| Error::Internal(error.to_string()))
}

/// What is known of the directory while it is read.
#[derive(Default)]
struct Directory {
    known: HashMap<String, OrganisationId>,
    seeded: Seeded,
}

impl Directory {
    async fn add(&mut self, unit: &mut Unit, line: &Line) -> Outcome<()> {
        let commune = (OrganisationKind::Commune, line.siren.as_str(), line.nom.as_str());
        let commune = self.organisation(unit, commune, Some(&line.code_insee)).await?;
        let metropole = (OrganisationKind::Epci, line.epci_siren.as_str(), line.epci_nom.as_str());
        let territory = (OrganisationKind::Ept, line.ept_siren.as_str(), line.ept_nom.as_str());
        for within in [metropole, territory] {
            // Paris belongs to no établissement public territorial.
            if !within.1.is_empty() {
                let within = self.organisation(unit, within, None).await?;
                self.affiliate(unit, commune, within).await?;
            }
        }
        if !line.epci_siren.is_empty() && !line.ept_siren.is_empty() {
            let metropole = self.organisation(unit, metropole, None).await?;
            let territory = self.organisation(unit, territory, None).await?;
            self.affiliate(unit, territory, metropole).await?;
        }
        Ok(())
    }

    async fn organisation(
        &mut self,
        unit: &mut Unit,
        (kind, siren, name): (OrganisationKind, &str, &str),
        insee: Option<&str>,
    ) -> Outcome<OrganisationId> {
        if let Some(id) = self.known.get(siren) {
            return Ok(*id);
        }
        let id = match unit.store.organisation_by_siren(siren).await? {
            Some(organisation) => organisation.id,
            None => self.insert(unit, kind, siren, name, insee).await?,
        };
        self.known.insert(siren.to_owned(), id);
        Ok(id)
    }

    async fn insert(
        &mut self,
        unit: &mut Unit,
        kind: OrganisationKind,
        siren: &str,
        name: &str,
        insee: Option<&str>,
    ) -> Outcome<OrganisationId> {
        let organisation = Organisation {
            id: OrganisationId(unit.fresh_id()),
            kind,
            name: name.replace('\'', "\u{2019}"),
            siren: Some(siren.to_owned()),
            insee: insee.map(str::to_owned),
            successor: None,
            ended: None,
            listed: true,
            fictional: false,
        };
        let record = OrganisationRecord {
            organisation,
            administered_by: Vec::new(),
        };
        if !unit.may::<ManageOrganisation, _>(&record) {
            return Err(Error::NotFound);
        }
        unit.store.insert_organisation(&record.organisation, unit.now).await?;
        self.seeded.organisations += 1;
        Ok(record.organisation.id)
    }

    async fn affiliate(
        &mut self,
        unit: &mut Unit,
        organisation: OrganisationId,
        within: OrganisationId,
    ) -> Outcome<()> {
        let present = unit.store.affiliations_of(organisation, unit.now).await?;
        if present
            .iter()
            .any(|(other, kind)| other.id == within && *kind == AffiliationKind::Territory)
        {
            return Ok(());
        }
        let affiliation = Affiliation {
            id: AffiliationId(unit.fresh_id()),
            organisation,
            within,
            kind: AffiliationKind::Territory,
            from: METROPOLE_SINCE,
            until: None,
        };
        unit.store.insert_affiliation(&affiliation).await?;
        self.seeded.affiliations += 1;
        Ok(())
    }
}

/// The Métropole du Grand Paris and its territories exist since 1 January 2016.
const METROPOLE_SINCE: Timestamp = Timestamp(1_451_602_800_000_000);
