//! Signing an authorisation: by the signed scan, or by the password again.

use super::refuse_past;
use crate::campaign::{entry, settle};
use crate::error::{Error, Fields, Outcome};
use crate::files::{StagedFile, store_paper};
use crate::people::check_own_password;
use crate::perform::{Context, UseCase, perform, read};
use crate::unit::{Unit, paris_day, place};
use crate::vault::KeyHolder;
use authorization::action::SignAuthorisation;
use domain::Date;
use domain::Timestamp;
use domain::authorisation::{NotSigned, SigningMeans, signing_means};
use domain::ids::{AuthorisationId, CampaignId, ProgrammeId};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Who signs, in which function and by which delegation.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Signature {
    /// The name of who signs.
    pub name: String,
    /// Their function.
    pub function: String,
    /// The act that delegates the signature to them; empty where they sign in their own right.
    pub delegation: String,
    /// The first day of the delegation, as typed.
    pub delegation_from: String,
    /// The last day of the delegation, as typed; empty where it has none.
    pub delegation_until: String,
}

impl Signature {
    /// Gives what is missing, and a delegation that does not hold at `now`.
    pub(crate) fn problems(&self, now: Timestamp) -> Fields {
        let mut fields = Fields::new();
        fields.required("name", &self.name, 200);
        fields.required("function", &self.function, 200);
        fields.optional("delegation", &self.delegation, 300);
        let from = day(&mut fields, "delegation_from", &self.delegation_from);
        let until = day(&mut fields, "delegation_until", &self.delegation_until);
        if !self.delegation.trim().is_empty() && from.is_none() {
            fields.add("delegation_from", "error-delegation-from");
        }
        let today = paris_day(now);
        if from.is_some_and(|from| today < from) {
            fields.add("delegation_from", "error-delegation-not-yet");
        }
        if until.is_some_and(|until| today > until) {
            fields.add("delegation_until", "error-delegation-over");
        }
        fields
    }
}

fn day(fields: &mut Fields, field: &str, text: &str) -> Option<Date> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let parsed = text.parse().ok();
    if parsed.is_none() {
        fields.add(field, "error-not-a-date");
    }
    parsed
}

/// Gives whoever may sign the programme that keeps the signature, and their own name.
struct MaySign(AuthorisationId);

impl UseCase for MaySign {
    type Output = (ProgrammeId, String);

    async fn run(&self, unit: &mut Unit) -> Outcome<(ProgrammeId, String)> {
        let found = unit.store.authorisation(self.0).await?;
        let programme = unit.permit_found::<SignAuthorisation, _>(found)?.programme;
        let person = unit.person()?;
        Ok((programme, unit.name_of(person).await?))
    }
}

struct Sign {
    id: AuthorisationId,
    signature: Signature,
    hash: String,
    scan: Option<StagedFile>,
}

impl UseCase for Sign {
    type Output = CampaignId;

    async fn run(&self, unit: &mut Unit) -> Outcome<CampaignId> {
        let seen = unit.store.authorisation(self.id).await?.ok_or(Error::NotFound)?;
        let campaign = seen.peek().authorisation.campaign;
        let tested = unit
            .store
            .take_campaign(campaign, &unit.reader)
            .await?
            .ok_or(Error::NotFound)?;
        let found = unit.store.take_authorisation(self.id).await?;
        let proof = unit.permit_found::<SignAuthorisation, _>(found)?;
        refuse_past(tested.peek(), unit.now)?;
        self.signature.problems(unit.now).done()?;
        if super::hash_text(proof.authorisation.text_hash) != self.hash {
            return Err(Error::Conflict("error-authorisation-text-changed"));
        }
        if proof.authorisation.signed_at.is_some() || proof.until <= unit.now {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        let acting = proof.acting().clone();
        let holder = KeyHolder::Programme(proof.programme);
        let body = serde_json::to_vec(&self.signature).map_err(|e| Error::Internal(e.to_string()))?;
        let sealed = unit
            .seal(holder, place("authorisation", "signatory_sealed", self.id.0), &body)
            .await?;
        let blob = match &self.scan {
            Some(scan) => Some(scan.keep(unit, holder).await?),
            None => None,
        };
        let means = match blob {
            Some(_) => SigningMeans::Scan,
            None => SigningMeans::Password,
        };
        let person = unit.person()?;
        unit.store
            .sign_authorisation(self.id, means.code(), blob, sealed, person, unit.now)
            .await?;
        let body = json!({"authorisation": self.id, "organisation": proof.authorisation.organisation,
            "signer_role": proof.authorisation.signer_role, "means": means.code(), "text_sha256": self.hash});
        unit.record(&acting, entry(campaign, "campaign.authorisation_signed", body))
            .await?;
        settle(unit, campaign).await?;
        Ok(campaign)
    }
}

/// Signs an authorisation: with the signed scan where one is given, else with the person's password.
///
/// `hash` is the hash of the text that was read; a text that changed meanwhile is not signed.
///
/// # Errors
/// [`Error::Invalid`] for missing fields, a delegation that does not hold today, a wrong password
/// or a file that is not accepted; [`Error::NotFound`] for who may not sign.
pub async fn sign(
    context: &Context,
    id: AuthorisationId,
    signature: Signature,
    hash: &str,
    password: &str,
    scan: Option<(Vec<u8>, String)>,
) -> Outcome<CampaignId> {
    let (programme, own) = read(context, MaySign(id)).await?;
    let mut fields = signature.problems(context.app.clock.now());
    match signing_means(&signature.name, &own, scan.is_some(), !password.is_empty()) {
        Err(NotSigned::NoMeans) => fields.add("password", "error-authorisation-no-means"),
        Err(NotSigned::AnotherPerson) if !signature.name.trim().is_empty() => {
            fields.add("name", "error-authorisation-other-person");
        }
        _ => {}
    }
    fields.done()?;
    let scan = match scan {
        Some((bytes, name)) => Some(store_paper(context, KeyHolder::Programme(programme), "scan", bytes, &name).await?),
        None => {
            check_own_password(context, password, "password").await?;
            None
        }
    };
    let command = Sign {
        id,
        signature,
        hash: hash.to_owned(),
        scan,
    };
    perform(context, command).await
}
