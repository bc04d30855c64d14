//! Asking for authorisations: one text for each signer, sealed and hashed.

use super::text::render;
use crate::campaign::{AssetLine, entry, mail_roles, names, open_assets, open_target, refuse_over, settle, taken};
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::{AuthorisationRecord, CampaignProduct, CampaignRecord};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::ManageCampaign;
use domain::Timestamp;
use domain::authorisation::{Authorisation, AuthorisationText, SignerRole};
use domain::campaign::CampaignState;
use domain::ids::{AuthorisationId, CampaignId, OrganisationId, ProductId};
use domain::readiness::leave_to_ask;
use domain::role::Role;
use domain::time::Window;
use i18n::Lang;
use serde_json::json;

/// The version of the text's template.
const TEMPLATE: i64 = 2;
/// Days that leave holds after the window, for verifications and retests.
const DAYS_AFTER: i64 = 90;

/// Gives the instant at which leave for a window ends: the last day at the hour of Paris at which the window closes.
fn term(window: Window) -> Timestamp {
    Timestamp(i18n::local_days_later(window.closes_at.0, DAYS_AFTER))
}

/// Asks everyone whose leave is missing for their authorisation; gives how many were asked.
#[derive(Clone, Debug)]
pub struct RequestAuthorisations(pub CampaignId);

impl UseCase for RequestAuthorisations {
    type Output = usize;

    async fn run(&self, unit: &mut Unit) -> Outcome<usize> {
        let proof = taken::<ManageCampaign>(unit, self.0).await?;
        refuse_over(&proof, unit.now)?;
        if proof.campaign.state == CampaignState::Draft {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        let acting = proof.acting().clone();
        let scope = Scope {
            assets: open_assets(unit, &proof).await?,
            target: open_target(unit, &proof).await?,
            targets: crate::target::text_lines(unit, &proof).await?,
        };
        if proof.products.iter().any(|tested| !scope.holds(tested)) {
            return Err(Error::Conflict("error-authorisation-scope-first"));
        }
        let base = base(unit, &proof).await?;
        let mut asked = 0;
        for (role, organisation) in to_ask(&proof, unit.now) {
            for old in proof
                .authorisations
                .iter()
                .filter(|a| a.signer_role == role && a.organisation == organisation)
            {
                unit.store.end_authorisation(old.id, unit.now).await?;
            }
            ask(unit, &proof, &base, &scope, (role, organisation)).await?;
            asked += 1;
            let roles = [Role::Signatory, Role::VendorContact, Role::SecurityOfficer];
            mail_roles(unit, self.0, organisation, &roles, "mail.authorisation-requested").await?;
        }
        unit.record(
            &acting,
            entry(self.0, "campaign.authorisations_requested", json!({"asked": asked})),
        )
        .await?;
        settle(unit, self.0).await?;
        Ok(asked)
    }
}

/// Gives everyone whose leave a campaign is to ask for.
pub(crate) fn to_ask(record: &CampaignRecord, now: Timestamp) -> Vec<(SignerRole, OrganisationId)> {
    let window = record.campaign.window;
    leave_to_ask(&record.tested_products(), &record.authorisations, window, now)
}

/// What a campaign tests and where, opened; each signer reads their own products' part of it.
struct Scope {
    assets: Vec<AssetLine>,
    target: String,
    targets: Vec<(ProductId, String)>,
}

impl Scope {
    /// Says whether something of a product may be tested.
    fn holds(&self, tested: &CampaignProduct) -> bool {
        self.assets.iter().any(|a| a.inside && a.product == tested.product)
    }

    /// Gives the lines of the targets on which some products run.
    fn targets_of(&self, own: &[&CampaignProduct]) -> Vec<String> {
        let of = |(product, _): &&(ProductId, String)| own.iter().any(|p| p.product == *product);
        self.targets.iter().filter(of).map(|(_, text)| text.clone()).collect()
    }

    /// Writes what of some products may, or must not, be tested.
    fn lines(&self, own: &[&CampaignProduct], inside: bool) -> Vec<String> {
        let of = |a: &&AssetLine| a.inside == inside && own.iter().any(|p| p.product == a.product);
        self.assets.iter().filter(of).map(line).collect()
    }
}

fn line(asset: &AssetLine) -> String {
    let kind = i18n::t(
        Lang::Fr,
        &format!("campaign-asset-{}", asset.kind.code().replace('_', "-")),
    );
    let note = match asset.note.as_str() {
        "" => String::new(),
        note => format!(" ({note})"),
    };
    format!("{kind} : {}{note}", asset.value)
}

/// Makes what every signer's text says alike.
async fn base(unit: &mut Unit, record: &CampaignRecord) -> Outcome<AuthorisationText> {
    let mut ids: Vec<OrganisationId> = record.parties.iter().map(|p| p.organisation).collect();
    ids.push(record.frame.owner);
    let names = names(unit, &ids).await?;
    let name = |id: OrganisationId| names.get(&id).cloned().unwrap_or_default();
    let mut parties: Vec<String> = record
        .parties
        .iter()
        .map(|p| {
            format!(
                "{} ({})",
                name(p.organisation),
                i18n::t(Lang::Fr, &format!("campaign-party-{}", p.kind.code()))
            )
        })
        .collect();
    parties.sort();
    let window = record.campaign.window;
    let at = |at: Timestamp| i18n::long_datetime(Lang::Fr, at.0);
    Ok(AuthorisationText {
        template_version: TEMPLATE,
        programme: record.frame.name.clone(),
        legal_basis: record.frame.legal_basis.clone(),
        notice: match record.frame.notice.is_shown() {
            true => i18n::t(Lang::Fr, "common-notice-pedagogical"),
            false => String::new(),
        },
        campaign: record.campaign.name.clone(),
        organiser: name(record.frame.owner),
        signer_role: SignerRole::Owner,
        organisation: String::new(),
        siren: None,
        parties,
        products: Vec::new(),
        target: String::new(),
        targets: Vec::new(),
        inside: Vec::new(),
        outside: Vec::new(),
        prohibitions: record
            .prohibitions
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .map(str::to_owned)
            .collect(),
        period: format!("du {} au {}", at(window.opens_at), at(window.closes_at)),
        until: at(term(window)),
        stop_contact: record.stop_contact.clone(),
    })
}

/// Gives the products for which an organisation gives leave in a role.
fn products_of(record: &CampaignRecord, role: SignerRole, organisation: OrganisationId) -> Vec<&CampaignProduct> {
    record
        .products
        .iter()
        .filter(|p| match role {
            SignerRole::Owner => p.owners.contains(&organisation),
            SignerRole::Host => p.hosts.contains(&organisation),
            SignerRole::Vendor => p.vendor == organisation,
        })
        .collect()
}

fn product_line(tested: &CampaignProduct) -> String {
    match tested.version_name.as_str() {
        "" => tested.name.clone(),
        version => format!("{}, version {version}", tested.name),
    }
}

async fn ask(
    unit: &mut Unit,
    record: &CampaignRecord,
    base: &AuthorisationText,
    scope: &Scope,
    (role, organisation): (SignerRole, OrganisationId),
) -> Outcome<()> {
    let found = unit.store.organisations(&[organisation]).await?;
    let signer = found.into_iter().next().ok_or(Error::NotFound)?;
    let own = products_of(record, role, organisation);
    // The target is the whole campaign's: who signs for a part of it reads the addresses of that part.
    let whole = own.len() == record.products.len();
    let text = render(&AuthorisationText {
        signer_role: role,
        organisation: signer.name,
        siren: signer.siren,
        products: own.iter().copied().map(product_line).collect(),
        target: if whole { scope.target.clone() } else { String::new() },
        targets: scope.targets_of(&own),
        inside: scope.lines(&own, true),
        outside: scope.lines(&own, false),
        ..base.clone()
    });
    let id = AuthorisationId(unit.fresh_id());
    let programme = record.frame.programme;
    let sealed = unit
        .seal(
            KeyHolder::Programme(programme),
            place("authorisation", "text_sealed", id.0),
            text.as_bytes(),
        )
        .await?;
    let until = term(record.campaign.window);
    let row = AuthorisationRecord {
        authorisation: Authorisation {
            id,
            campaign: record.campaign.id,
            signer_role: role,
            organisation,
            text_hash: Some(sealing::content_digest(text.as_bytes())),
            blob: None,
            signed_at: None,
            expires_at: Some(until),
            revoked_at: None,
            revision: 1,
        },
        programme,
        owner: record.frame.owner,
        pilots: Vec::new(),
        text: sealed,
        means: None,
        signatory: None,
        signed_by: None,
        revoked_by: None,
        revocation: None,
        requested_at: unit.now,
        until,
        ended_at: None,
    };
    Ok(unit.store.insert_authorisation(&row).await?)
}
