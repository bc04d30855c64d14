//! Importing what organisations run from a file, and exporting it as the same file.

use super::declare::{HOSTS, declared};
use super::deployment_entry;
use super::file::{Written, parse, write};
use super::pick::ProductMeant;
use crate::csv_file::LineError;
use crate::error::{Error, Outcome};
use crate::organisation::{Among, PickOrganisation, Picked};
use crate::perform::UseCase;
use crate::ports::{DeploymentFilter, DeploymentRow, DeploymentsOf, ProductRecord};
use crate::unit::Unit;
use authorization::action::{ChangeDeployment, DeclareDeployment, ReadOrganisationDeployments};
use authorization::{Acting, Permitted};
use domain::Machine as _;
use domain::deployment::{Deployment, FromFile, Said, from_file};
use domain::ids::OrganisationId;
use domain::organisation::Organisation;
use domain::product::ProductVersion;
use serde_json::json;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// The most installations of one organisation that an import compares with and an export writes.
const MANY: i64 = 5_000;

/// One line of a file, once everything in it was found.
#[derive(Clone, Debug)]
pub struct DeploymentLine {
    /// Its number in the file.
    pub line: usize,
    /// Who runs it.
    pub organisation: Organisation,
    /// The product.
    pub product: ProductRecord,
    /// The version, where the line names one.
    pub version: Option<ProductVersion>,
    /// What tells the installation from others.
    pub label: String,
    /// Who hosts it, where the line names somebody.
    pub host: Option<Organisation>,
    /// The installation that is there already.
    present: Option<Deployment>,
}

impl DeploymentLine {
    /// Says whether it changes an installation that is there already.
    #[must_use]
    pub const fn changes(&self) -> bool {
        self.present.is_some()
    }

    fn said(&self) -> Said {
        Said {
            version: self.version.as_ref().map(|one| one.id),
            host: self.host.as_ref().map(|one| one.id),
        }
    }
}

/// What an import would do.
#[derive(Clone, Debug, Default)]
pub struct DeploymentsPreview {
    /// What would be declared.
    pub declared: Vec<DeploymentLine>,
    /// Whose version or host would change.
    pub changed: Vec<DeploymentLine>,
    /// How many are as the file says.
    pub same: usize,
    /// What must be corrected first; nothing is imported before.
    pub errors: Vec<LineError>,
}

/// What was found for the lines of a file so far.
struct Reading {
    own: Organisation,
    organisations: HashMap<String, Option<Organisation>>,
    products: HashMap<String, Option<(ProductRecord, Vec<ProductVersion>)>>,
    hosts: HashMap<String, Option<(Organisation, bool)>>,
    present: HashMap<OrganisationId, Vec<Deployment>>,
    seen: HashSet<(OrganisationId, uuid::Uuid, String)>,
    actings: HashMap<OrganisationId, Acting>,
    may_change: HashMap<OrganisationId, bool>,
    preview: DeploymentsPreview,
}

async fn resolve(unit: &mut Unit, organisation: OrganisationId, text: &str) -> Outcome<Reading> {
    let found = unit.store.organisation(organisation).await?;
    let proof: Permitted<DeclareDeployment, _> = unit.permit_found(found)?;
    let (lines, errors) = parse(text, unit.app.settings.limits.deployments);
    let mut reading = Reading {
        own: proof.organisation.clone(),
        organisations: HashMap::new(),
        products: HashMap::new(),
        hosts: HashMap::new(),
        present: HashMap::new(),
        seen: HashSet::new(),
        actings: HashMap::from([(organisation, proof.acting().clone())]),
        may_change: HashMap::new(),
        preview: DeploymentsPreview {
            errors,
            ..DeploymentsPreview::default()
        },
    };
    for line in lines {
        reading.line(unit, line).await?;
    }
    reading.preview.errors.sort_by_key(|error| error.line);
    Ok(reading)
}

impl Reading {
    fn wrong(&mut self, line: usize, message: &'static str, found: &str) {
        self.preview.errors.push(LineError::new(line, message, found));
    }

    async fn line(&mut self, unit: &mut Unit, written: Written) -> Outcome<()> {
        let errors = self.preview.errors.len();
        let organisation = self.organisation(unit, &written).await?;
        let product = self.product(unit, &written).await?;
        let runs = organisation.as_ref().map(|one| one.id);
        let host = self.host(unit, &written, runs).await?;
        if written.label.chars().count() > super::declare::LABEL {
            self.wrong(
                written.line,
                "register-import-label",
                &super::declare::LABEL.to_string(),
            );
        }
        let version = product.as_ref().and_then(|(_, versions)| {
            let same = |one: &&ProductVersion| one.version.eq_ignore_ascii_case(&written.version);
            versions.iter().find(same).cloned()
        });
        if product.is_some() && version.is_none() && !written.version.is_empty() {
            self.wrong(written.line, "register-import-version", &written.version);
        }
        let (Some(organisation), Some((product, _))) = (organisation, product) else {
            return Ok(());
        };
        let key = (organisation.id, product.product.id.0, written.label.clone());
        if !self.seen.insert(key) {
            self.wrong(written.line, "register-import-twice", &product.product.name);
        }
        if self.preview.errors.len() > errors {
            return Ok(());
        }
        let present = self
            .present(unit, organisation.id)
            .await?
            .iter()
            .find(|one| one.product == product.product.id && one.label == written.label);
        let present = present.cloned();
        if let Some(present) = &present
            && !self.may_change(unit, present).await?
        {
            self.wrong(written.line, "register-import-present", &product.product.name);
            return Ok(());
        }
        let line = DeploymentLine {
            line: written.line,
            present,
            organisation,
            product,
            version,
            label: written.label,
            host,
        };
        match from_file(line.said(), line.present.as_ref()) {
            FromFile::Declare => self.preview.declared.push(line),
            FromFile::Change => self.preview.changed.push(line),
            FromFile::Same => self.preview.same += 1,
            FromFile::HostConfirmed => self.wrong(line.line, "register-import-host-confirmed", &written.host),
        }
        Ok(())
    }

    /// Says whether the reader may change an installation; who declares by delegation may not even learn how it is.
    async fn may_change(&mut self, unit: &mut Unit, present: &Deployment) -> Outcome<bool> {
        if let Some(known) = self.may_change.get(&present.organisation) {
            return Ok(*known);
        }
        let found = unit.store.deployment(present.id, unit.now).await?;
        let may = found.is_some_and(|found| unit.may::<ChangeDeployment, _>(found.peek()));
        self.may_change.insert(present.organisation, may);
        Ok(may)
    }

    /// Finds who runs it, among those for whom the reader may declare.
    async fn organisation(&mut self, unit: &mut Unit, written: &Written) -> Outcome<Option<Organisation>> {
        if written.organisation.is_empty() {
            return Ok(Some(self.own.clone()));
        }
        if !self.organisations.contains_key(&written.organisation) {
            let mut known = None;
            if let Some(one) = picked(unit, &written.organisation, Among::default()).await? {
                let found = unit.store.organisation(one.id).await?;
                if let Ok(proof) = unit.permit_found::<DeclareDeployment, _>(found) {
                    self.actings.insert(one.id, proof.acting().clone());
                    known = Some(one);
                }
            }
            self.organisations.insert(written.organisation.clone(), known);
        }
        let known = self.organisations.get(&written.organisation).cloned().flatten();
        if known.is_none() {
            self.wrong(written.line, "register-import-organisation", &written.organisation);
        }
        Ok(known)
    }

    async fn product(
        &mut self,
        unit: &mut Unit,
        written: &Written,
    ) -> Outcome<Option<(ProductRecord, Vec<ProductVersion>)>> {
        if !self.products.contains_key(&written.product) {
            let mut known = None;
            if let ProductMeant::One(record) = super::pick::named(unit, &written.product).await? {
                let versions = unit.store.versions(record.product.id).await?;
                known = Some((*record, versions));
            }
            self.products.insert(written.product.clone(), known);
        }
        let known = self.products.get(&written.product).cloned().flatten();
        if known.is_none() {
            self.wrong(written.line, "register-import-product", &written.product);
        }
        Ok(known)
    }

    async fn host(
        &mut self,
        unit: &mut Unit,
        written: &Written,
        runs: Option<OrganisationId>,
    ) -> Outcome<Option<Organisation>> {
        if written.host.is_empty() {
            return Ok(None);
        }
        if !self.hosts.contains_key(&written.host) {
            let among = Among {
                kinds: HOSTS.to_vec(),
                within: None,
            };
            let known = match picked(unit, &written.host, among).await? {
                Some(one) => Some((one, true)),
                None => picked(unit, &written.host, Among::default())
                    .await?
                    .map(|one| (one, false)),
            };
            self.hosts.insert(written.host.clone(), known);
        }
        // Who runs it may host it, of whatever kind they are.
        let known = self.hosts.get(&written.host).cloned().flatten();
        let known = known.filter(|(one, hosts)| *hosts || Some(one.id) == runs);
        let known = known.map(|(one, _)| one);
        if known.is_none() {
            self.wrong(written.line, "register-import-host", &written.host);
        }
        Ok(known)
    }

    async fn present(&mut self, unit: &mut Unit, organisation: OrganisationId) -> Outcome<&[Deployment]> {
        Ok(match self.present.entry(organisation) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let rows = open(unit, organisation).await?;
                place.insert(rows.into_iter().map(|row| row.deployment).collect())
            }
        })
    }
}

async fn picked(unit: &mut Unit, text: &str, among: Among) -> Outcome<Option<Organisation>> {
    let pick = PickOrganisation {
        text: text.to_owned(),
        among,
    };
    Ok(match pick.run(unit).await? {
        Picked::One(one) => Some(one),
        Picked::Nothing | Picked::Several(_) | Picked::Unknown => None,
    })
}

async fn open(unit: &mut Unit, organisation: OrganisationId) -> Outcome<Vec<DeploymentRow>> {
    let filter = DeploymentFilter {
        of: DeploymentsOf::Organisation(organisation),
        at: unit.now,
        after: None,
        limit: MANY,
    };
    Ok(unit.store.list_deployments(&filter).await?)
}

/// Shows what importing a file would do; nothing is stored.
pub struct PreviewDeployments {
    /// The organisation of the lines that name none.
    pub organisation: OrganisationId,
    /// The file's text.
    pub text: String,
}

impl UseCase for PreviewDeployments {
    type Output = (Organisation, DeploymentsPreview);

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        if self.text.is_empty() {
            let found = unit.store.organisation(self.organisation).await?;
            let proof: Permitted<DeclareDeployment, _> = unit.permit_found(found)?;
            return Ok((proof.into_value().organisation, DeploymentsPreview::default()));
        }
        let reading = resolve(unit, self.organisation, &self.text).await?;
        Ok((reading.own, reading.preview))
    }
}

/// Declares and changes what a file says, or nothing where a line is wrong; gives how many of each.
pub struct ImportDeployments {
    /// The organisation of the lines that name none.
    pub organisation: OrganisationId,
    /// The file's text.
    pub text: String,
}

impl UseCase for ImportDeployments {
    type Output = (usize, usize);

    async fn run(&self, unit: &mut Unit) -> Outcome<(usize, usize)> {
        let Reading { preview, actings, .. } = resolve(unit, self.organisation, &self.text).await?;
        if !preview.errors.is_empty() {
            return Err(Error::field("file", "register-error-import"));
        }
        for line in &preview.declared {
            let acting = actings.get(&line.organisation.id).ok_or(Error::NotFound)?;
            declare(unit, acting, line).await?;
        }
        for line in &preview.changed {
            change(unit, line).await?;
        }
        Ok((preview.declared.len(), preview.changed.len()))
    }
}

async fn declare(unit: &mut Unit, acting: &Acting, line: &DeploymentLine) -> Outcome<()> {
    let deployment = super::declare::new(
        unit,
        line.organisation.id,
        line.product.product.id,
        line.label.clone(),
        line.version.as_ref().map(|one| one.id),
        line.host.as_ref().map(|one| one.id),
    );
    declared(unit, acting, &deployment).await
}

/// Changes an installation as its own page does: by who may, and as it is now.
async fn change(unit: &mut Unit, line: &DeploymentLine) -> Outcome<()> {
    let before = line.present.as_ref().ok_or(Error::NotFound)?;
    let held = unit.store.take_deployment(before.id, unit.now).await?;
    let proof = unit.permit_found::<ChangeDeployment, _>(held)?;
    let held = proof.row.deployment.clone();
    if held.state.is_terminal() || from_file(line.said(), Some(&held)) == FromFile::HostConfirmed {
        return Err(Error::Stale);
    }
    let host = line.host.as_ref().map(|one| one.id).or(held.host);
    let after = Deployment {
        version: line.said().version.or(held.version),
        host: host.filter(|host| *host != held.organisation),
        ..held.clone()
    };
    unit.store.update_deployment(&after).await?;
    let body = json!({"version": after.version, "host": after.host, "version_before": held.version});
    let entry = deployment_entry(after.id, after.organisation, "deployment.changed", body);
    unit.record(proof.acting(), entry).await?;
    Ok(())
}

/// Writes what an organisation runs as the file that an import reads.
pub struct ExportDeployments(pub OrganisationId);

impl UseCase for ExportDeployments {
    type Output = Vec<u8>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Vec<u8>> {
        let found = unit.store.organisation(self.0).await?;
        let proof: Permitted<ReadOrganisationDeployments, _> = unit.permit_found(found)?;
        let own = named(&proof.organisation);
        let mut rows = open(unit, self.0).await?;
        rows.sort_by(|a, b| (&a.product_slug, &a.deployment.label).cmp(&(&b.product_slug, &b.deployment.label)));
        let mut hosts: Vec<OrganisationId> = rows.iter().filter_map(|row| row.deployment.host).collect();
        hosts.sort_unstable();
        hosts.dedup();
        let hosts = unit.store.organisations(&hosts).await?;
        let host = |row: &DeploymentRow| {
            let found = hosts.iter().find(|one| Some(one.id) == row.deployment.host);
            found.map(named).unwrap_or_default()
        };
        let lines: Vec<_> = rows
            .into_iter()
            .map(|row| {
                let host = host(&row);
                (own.clone(), row, host)
            })
            .collect();
        write(&lines).map_err(|error| Error::Internal(error.to_string()))
    }
}

/// Gives the code by which a file names an organisation; its name where it has none.
fn named(one: &Organisation) -> String {
    one.siren
        .clone()
        .or_else(|| one.insee.clone())
        .unwrap_or_else(|| one.name.clone())
}

/// Gives a file without any line, whose head names the columns.
///
/// # Errors
/// [`Error::Internal`] where it cannot be written.
pub fn deployments_template() -> Outcome<Vec<u8>> {
    write(&[]).map_err(|error| Error::Internal(error.to_string()))
}
