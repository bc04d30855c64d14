//! What a candidacy contains, and how it is sealed, hashed and opened.

use super::draft::Part;
use crate::error::Outcome;
use crate::ports::{CandidacyRow, OfferRow};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use crate::{App, Error};
use domain::form::Answers;
use domain::ids::ProductId;
use serde::{Deserialize, Serialize};

/// A product that a candidate offers for the tests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The product of the register, where it was chosen from it.
    #[serde(default)]
    pub product: Option<ProductId>,
    /// The product's name.
    pub name: String,
    /// Its vendor's name.
    pub vendor: String,
    /// The version that is installed.
    pub version: String,
    /// Who hosts it.
    pub host: String,
}

impl Offer {
    /// Says whether nothing of it was chosen or typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.product.is_none()
            && [&self.name, &self.vendor, &self.version, &self.host]
                .iter()
                .all(|text| text.trim().is_empty())
    }
}

/// Who signs for the candidate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatoryFacts {
    /// Their name.
    pub name: String,
    /// Their function.
    pub function: String,
    /// The act that lets them sign, where they are not the mayor or president.
    pub delegation: String,
}

/// The scan of the signed form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanFacts {
    /// The name that the file came with.
    pub name: String,
    /// SHA-256 of its bytes.
    pub digest: Vec<u8>,
}

/// What a candidacy contains.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The answers to the form.
    pub answers: Answers,
    /// The products it offers.
    pub offers: Vec<Offer>,
    /// Who signs.
    pub signatory: SignatoryFacts,
    /// The signed scan; no part of what is signed.
    #[serde(default)]
    pub scan: Option<ScanFacts>,
}

#[derive(Default, Serialize, Deserialize)]
struct Signed {
    signatory: SignatoryFacts,
    scan: Option<ScanFacts>,
}

fn bytes<T: Serialize>(value: &T) -> Outcome<Vec<u8>> {
    serde_json::to_vec(value).map_err(|e| Error::Internal(e.to_string()))
}

fn parse<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Outcome<T> {
    serde_json::from_slice(bytes).map_err(|e| Error::Internal(e.to_string()))
}

impl Content {
    /// Gives the keyed hash of what is signed: everything but the scan.
    ///
    /// # Errors
    /// [`Error::Internal`] where it cannot be written.
    pub fn hmac(&self, app: &App) -> Outcome<Vec<u8>> {
        let signed = bytes(&(&self.answers, &self.offers, &self.signatory))?;
        Ok(sealing::keyed_hash(&app.keys, "candidacy.signed", &signed).to_vec())
    }

    /// Gives the digest that a receipt names: of everything, the scan's digest included.
    ///
    /// # Errors
    /// [`Error::Internal`] where it cannot be written.
    pub fn digest(&self) -> Outcome<[u8; 32]> {
        Ok(sealing::content_digest(&bytes(self)?))
    }

    /// Gives a mark of what it holds now of a step: another one once somebody changed that step.
    ///
    /// Of the answers, only those with the keys of `part` count. 64 bits of SHA-256, in hexadecimal.
    #[must_use]
    pub fn mark(&self, part: &Part) -> String {
        let held = match part {
            Part::Answers(answers) => {
                let held = answers
                    .keys()
                    .map(|key| (key, self.answers.get(key).map_or("", String::as_str)));
                serde_json::to_vec(&held.collect::<Vec<_>>())
            }
            Part::Offers(_) => serde_json::to_vec(&self.offers),
            Part::Signatory(_) => serde_json::to_vec(&self.signatory),
        };
        let digest = sealing::content_digest(&held.unwrap_or_default());
        digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    /// Writes it as a paper deposit keeps it.
    ///
    /// # Errors
    /// [`Error::Internal`] where it cannot be written.
    pub(crate) fn to_bytes(&self) -> Outcome<Vec<u8>> {
        bytes(self)
    }

    /// Reads what a paper deposit keeps.
    ///
    /// # Errors
    /// [`Error::Internal`] where it cannot be read.
    pub(crate) fn from_bytes(plain: &[u8]) -> Outcome<Self> {
        parse(plain)
    }

    /// Opens a candidacy's contents; whoever shows them to somebody notes the reading.
    pub(crate) async fn open(unit: &mut Unit, row: &CandidacyRow) -> Outcome<Self> {
        let id = row.candidacy.id;
        let answers = match &row.answers {
            Some(sealed) => parse(
                &unit
                    .open_unnoted(place("candidacy", "answers_sealed", id.0), sealed)
                    .await?,
            )?,
            None => Answers::new(),
        };
        let signed: Signed = match &row.signatory {
            Some(sealed) => parse(
                &unit
                    .open_unnoted(place("candidacy", "signatory_sealed", id.0), sealed)
                    .await?,
            )?,
            None => Signed::default(),
        };
        let mut offers = Vec::new();
        for offer in unit.store.offers(id).await? {
            let plain = unit
                .open_unnoted(place("candidacy_product", "offer_sealed", offer.id), &offer.offer)
                .await?;
            offers.push(parse(&plain)?);
        }
        Ok(Self {
            answers,
            offers,
            signatory: signed.signatory,
            scan: signed.scan,
        })
    }

    /// Seals the contents into the row and its offers; what changed after signing drops the scan.
    ///
    /// Gives whether a scan was dropped. The row is not saved yet.
    pub(crate) async fn keep(&mut self, unit: &mut Unit, row: &mut CandidacyRow) -> Outcome<bool> {
        let id = row.candidacy.id;
        let holder = KeyHolder::Programme(row.programme);
        let dropped = row.signed_form.is_some() && row.signed_answers_hmac.as_ref() != Some(&self.hmac(&unit.app)?);
        if dropped {
            row.signed_form = None;
            row.signed_answers_hmac = None;
            self.scan = None;
        }
        let answers = bytes(&self.answers)?;
        row.answers = Some(
            unit.seal(holder, place("candidacy", "answers_sealed", id.0), &answers)
                .await?,
        );
        let signed = bytes(&Signed {
            signatory: self.signatory.clone(),
            scan: self.scan.clone(),
        })?;
        row.signatory = Some(
            unit.seal(holder, place("candidacy", "signatory_sealed", id.0), &signed)
                .await?,
        );
        let mut offers = Vec::new();
        for offer in &self.offers {
            let offer_id = unit.fresh_id();
            let plain = bytes(offer)?;
            offers.push(OfferRow {
                id: offer_id,
                product: offer.product,
                offer: unit
                    .seal(holder, place("candidacy_product", "offer_sealed", offer_id), &plain)
                    .await?,
            });
        }
        unit.store.replace_offers(id, &offers).await?;
        Ok(dropped)
    }
}
