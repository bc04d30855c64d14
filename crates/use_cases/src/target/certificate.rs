//! Certificates that open a person's own way to a target: registered, seen, taken back.

use super::lease::held;
use super::open_settings;
use crate::campaign::{entry, taken};
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::{CampaignRecord, CertificateRow};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::Permitted;
use authorization::action::ReachTarget;
use domain::Timestamp;
use domain::access::may_reach_target;
use domain::certificate::{CertificateProblem, KeyKind, may_add, may_open, one_certificate};
use domain::ids::{CampaignId, CertificateId, TargetId};
use domain::programme::NoticeKind;
use domain::target::Lease;
use sealing::{Certificate, CertificateKey};
use serde_json::json;
use std::fmt;

/// A certificate that somebody registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredCertificate {
    /// Its identifier.
    pub id: CertificateId,
    /// SHA-256 of it, as tools print it: pairs of hexadecimal digits between colons.
    pub fingerprint: String,
    /// When it was registered.
    pub at: Timestamp,
}

/// What somebody sees of their own way to a target; its credential was shown once, elsewhere.
#[derive(Clone, Debug)]
pub struct WayPage {
    /// What the target is called.
    pub target: String,
    /// The name of the campaign.
    pub campaign: String,
    /// The first label of the way's host name.
    pub label: String,
    /// When its credential was made.
    pub since: Timestamp,
    /// The certificates that open it too, oldest first.
    pub certificates: Vec<RegisteredCertificate>,
    /// Whether one more can be registered here now: the gateway sees certificates, and there is room.
    pub may_add: bool,
    /// The notice that follows its programme.
    pub notice: NoticeKind,
}

/// Shows somebody their own way to a target.
pub struct ViewWay {
    /// The campaign.
    pub campaign: CampaignId,
    /// The target.
    pub target: TargetId,
}

impl UseCase for ViewWay {
    type Output = WayPage;

    async fn run(&self, unit: &mut Unit) -> Outcome<WayPage> {
        let found = unit.store.campaign(self.campaign, &unit.reader).await?;
        let proof = unit.permit_found::<ReachTarget, _>(found)?;
        let person = unit.person()?;
        let leases = unit.store.leases_of(self.campaign, person).await?;
        let mut leases = leases.into_iter();
        let own = leases.find(|row| row.lease.target == self.target && row.lease.ended_at.is_none());
        let own = own.ok_or(Error::NotFound)?;
        let there = unit.store.targets(self.campaign).await?;
        let row = there.into_iter().find(|row| row.target.id == self.target);
        let settings = open_settings(unit, &proof, &row.ok_or(Error::NotFound)?).await?;
        let mut certificates = Vec::new();
        for row in unit.store.certificates_of(own.lease.id).await? {
            certificates.push(RegisteredCertificate {
                id: row.id,
                fingerprint: printed(&fingerprint(unit, &row).await?),
                at: row.registered_at,
            });
        }
        Ok(WayPage {
            target: settings.name,
            campaign: proof.campaign.name.clone(),
            label: own.lease.label,
            since: own.renewed_at.unwrap_or(own.lease.from),
            may_add: sees_certificates(unit) && certificates.len() < domain::certificate::MOST,
            certificates,
            notice: proof.frame.notice,
        })
    }
}

/// Whether the gateway sees the certificates of people's tools.
fn sees_certificates(unit: &Unit) -> bool {
    let gateway = unit.app.settings.gateway.as_ref();
    gateway.is_some_and(|gateway| gateway.certificates)
}

/// Registers a certificate of one's own, with which tools come to a target without any other credential.
#[derive(Clone)]
pub struct RegisterCertificate {
    /// The campaign.
    pub campaign: CampaignId,
    /// The target.
    pub target: TargetId,
    /// The certificate in PEM (RFC 7468).
    pub pem: String,
}

impl fmt::Debug for RegisterCertificate {
    /// Never shows the text: it may be a private key, given by mistake.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RegisterCertificate({}, {})", self.campaign, self.target)
    }
}

impl UseCase for RegisterCertificate {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<ReachTarget>(unit, self.campaign).await?;
        let person = unit.person()?;
        may_reach_target(&proof.access_facts(person, unit.now)).map_err(|_| Error::Conflict("error-target-closed"))?;
        if !sees_certificates(unit) {
            return Err(Error::Conflict("certificate-error-not-seen"));
        }
        let lease = held(unit, self.campaign, person, self.target).await?;
        let lease = lease.ok_or(Error::NotFound)?;
        let one = read(&self.pem).map_err(refused)?;
        let mut known = Vec::new();
        for row in unit.store.certificates_of(lease.id).await? {
            known.push(fingerprint(unit, &row).await?);
        }
        may_add(&known, &one.fingerprint).map_err(refused)?;
        self.add(unit, &proof, &lease, &one.fingerprint).await
    }
}

impl RegisterCertificate {
    async fn add(
        &self,
        unit: &mut Unit,
        proof: &Permitted<ReachTarget, CampaignRecord>,
        lease: &Lease,
        fingerprint: &[u8; 32],
    ) -> Outcome<()> {
        let id = CertificateId(unit.fresh_id());
        let at = place("lease_certificate", "fingerprint_sealed", id.0);
        let row = CertificateRow {
            id,
            lease: lease.id,
            fingerprint: unit.seal(KeyHolder::Campaign(self.campaign), at, fingerprint).await?,
            registered_at: unit.now,
        };
        unit.store.insert_certificate(&row).await?;
        let body = json!({"lease": lease.id, "certificate": id, "fingerprint": printed(fingerprint)});
        unit.record(
            proof.acting(),
            entry(self.campaign, "campaign.certificate_registered", body),
        )
        .await?;
        Ok(())
    }
}

/// Takes a certificate of one's own back: what comes by it ends at once.
#[derive(Clone, Debug)]
pub struct TakeCertificateBack {
    /// The campaign.
    pub campaign: CampaignId,
    /// The target.
    pub target: TargetId,
    /// The certificate.
    pub certificate: CertificateId,
}

impl UseCase for TakeCertificateBack {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<ReachTarget>(unit, self.campaign).await?;
        let person = unit.person()?;
        let lease = held(unit, self.campaign, person, self.target).await?;
        let lease = lease.ok_or(Error::NotFound)?;
        let known = unit.store.certificates_of(lease.id).await?;
        if !known.iter().any(|row| row.id == self.certificate) {
            return Err(Error::NotFound);
        }
        unit.store.delete_certificate(lease.id, self.certificate).await?;
        let body = json!({"lease": lease.id, "certificate": self.certificate});
        unit.record(proof.acting(), entry(self.campaign, "campaign.certificate_ended", body))
            .await?;
        Ok(())
    }
}

/// Reads a certificate that may be registered.
fn read(pem: &str) -> Result<Certificate, CertificateProblem> {
    let body = one_certificate(pem)?;
    let read = Certificate::from_base64(&body).ok_or(CertificateProblem::Unreadable)?;
    let (kind, bits) = match read.key {
        CertificateKey::Rsa(bits) => (KeyKind::Rsa, bits),
        CertificateKey::Ecdsa => (KeyKind::Ecdsa, 256),
        CertificateKey::Ed25519 => (KeyKind::Ed25519, 256),
        CertificateKey::Other => (KeyKind::Other, 0),
    };
    may_open(kind, bits)?;
    Ok(read)
}

fn refused(problem: CertificateProblem) -> Error {
    Error::field("certificate", message(problem))
}

const fn message(problem: CertificateProblem) -> &'static str {
    match problem {
        CertificateProblem::PrivateKey => "certificate-error-private-key",
        CertificateProblem::TooLong => "certificate-error-too-long",
        CertificateProblem::NoCertificate => "certificate-error-no-certificate",
        CertificateProblem::Several => "certificate-error-several",
        CertificateProblem::Unreadable => "certificate-error-unreadable",
        CertificateProblem::Key => "certificate-error-key",
        CertificateProblem::KeyLength => "certificate-error-key-length",
        CertificateProblem::Known => "certificate-error-known",
        CertificateProblem::TooMany => "certificate-error-too-many",
    }
}

/// Opens the fingerprint of a certificate, for whoever registered it and for the gateway.
pub(super) async fn fingerprint(unit: &mut Unit, row: &CertificateRow) -> Outcome<[u8; 32]> {
    let at = place("lease_certificate", "fingerprint_sealed", row.id.0);
    let plain = unit.open_unnoted(at, &row.fingerprint).await?;
    let wrong = |_| Error::Internal("a certificate's fingerprint is not 32 bytes long".to_owned());
    plain.as_slice().try_into().map_err(wrong)
}

/// Writes a fingerprint as tools print it.
fn printed(fingerprint: &[u8; 32]) -> String {
    let pairs: Vec<String> = fingerprint.iter().map(|byte| format!("{byte:02X}")).collect();
    pairs.join(":")
}
