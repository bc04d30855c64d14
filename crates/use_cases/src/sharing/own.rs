//! How severe a vulnerability is for one deployer: its own environment, said with a reason.

use super::answer::own;
use super::circle::note;
use super::situations::one;
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::{OwnRow, PositionRow};
use crate::report::cvss;
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use crate::vulnerability::weakness;
use authorization::{Action, Permitted};
use domain::concern::Rated;
use domain::ids::{OrganisationId, VulnerabilityId};
use domain::severity::{Severity, in_environment};
use domain::{Disclosure, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What a deployer says of its own severity, as it is sealed.
#[derive(Serialize, Deserialize)]
struct Words {
    vector: String,
    reason: String,
}

/// Says how severe a vulnerability is for one's organisation, or takes that back.
#[derive(Clone, Debug)]
pub struct RateOwn {
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// The revision of the position that their form showed; none where none was shown.
    pub revision: Option<i64>,
    /// The whole vector with its environmental metrics; empty where only a severity is chosen.
    pub vector: String,
    /// What was chosen of its environment, `CR:H/MAV:L`: it is scored with the common vector, which stays untold.
    pub environment: String,
    /// The severity chosen; the vector's counts where there is one.
    pub band: Option<Severity>,
    /// Why.
    pub reason: String,
    /// Whether what was said is taken back.
    pub take_back: bool,
}

impl RateOwn {
    /// Scores what was chosen of the environment with the common vector, for those who read the details.
    async fn in_environment(&self, unit: &mut Unit) -> Outcome<Option<(Rated, String)>> {
        let environment = self.environment.trim();
        if environment.is_empty() || !self.vector.trim().is_empty() {
            return Ok(None);
        }
        let line = one(unit, self.organisation, self.vulnerability).await?;
        let found = unit.store.vulnerability(self.vulnerability, &unit.reader).await?;
        let record = found.ok_or(Error::NotFound)?.peek().clone();
        let common = weakness::open(unit, &record).await?.vector;
        let (true, Some(common)) = (line.level >= Disclosure::Details, common) else {
            return Err(Error::field("environment", "sharing-error-environment"));
        };
        let scored = in_environment(&common, environment)
            .map_err(|_| Error::field("environment", "sharing-error-environment"))?;
        let rated = Rated {
            band: scored.band,
            score_tenths: Some(scored.score_tenths),
        };
        Ok(Some((rated, environment.to_owned())))
    }

    async fn read(&self, unit: &mut Unit) -> Outcome<(Rated, Words)> {
        let composed = self.in_environment(unit).await?;
        let mut fields = Fields::new();
        let scored = match cvss::scored("vector", &self.vector) {
            Ok(scored) => scored,
            Err(error) => {
                fields.add_detail("vector", error.message, error.detail);
                None
            }
        };
        if self.vector.trim().is_empty() && self.band.is_none() && composed.is_none() {
            fields.add("band", "error-choose");
        }
        let reason = fields.required("own_reason", &self.reason, unit.app.settings.limits.reason);
        fields.done()?;
        if let Some((rated, vector)) = composed {
            return Ok((rated, Words { vector, reason }));
        }
        let (vector, rated) = match (scored, self.band) {
            (Some((vector, scored)), _) => {
                let score_tenths = Some(scored.score_tenths);
                (
                    vector,
                    Rated {
                        band: scored.band,
                        score_tenths,
                    },
                )
            }
            (None, Some(band)) => (
                String::new(),
                Rated {
                    band,
                    score_tenths: None,
                },
            ),
            (None, None) => return Err(Error::field("band", "error-choose")),
        };
        Ok((rated, Words { vector, reason }))
    }
}

impl UseCase for RateOwn {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let (case, permitted) = own(unit, self.vulnerability, self.organisation).await?;
        let mut row = (*permitted).clone();
        if self.revision.is_some_and(|shown| shown != row.revision) {
            return Err(Error::Stale);
        }
        let body = if self.take_back {
            if row.own.take().is_none() {
                return Err(Error::Conflict("error-not-in-this-state"));
            }
            json!({"to": ""})
        } else {
            let (rated, words) = self.read(unit).await?;
            let text = serde_json::to_vec(&words).map_err(|e| Error::Internal(e.to_string()))?;
            let at = place("position", "own_sealed", row.id);
            row.own = Some(OwnRow {
                rated,
                sealed: unit.seal(KeyHolder::Vulnerability(case.id), at, &text).await?,
                by: unit.person()?,
                at: unit.now,
            });
            json!({"to": rated.band, "score": rated.score_tenths, "vector": words.vector, "reason": words.reason})
        };
        row.read_at = row.read_at.or(Some(unit.now));
        unit.store.save_position(&row).await?;
        note(unit, permitted.acting(), &row, "position.rated", body).await
    }
}

/// What a deployer says of its own severity.
#[derive(Clone, Debug)]
pub struct OwnView {
    /// How severe.
    pub rated: Rated,
    /// The vector, where one was given.
    pub vector: String,
    /// Why.
    pub reason: String,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Opens what a deployer says of its own severity.
pub(super) async fn view<A: Action>(unit: &mut Unit, position: &Permitted<A, PositionRow>) -> Outcome<Option<OwnView>> {
    let Some(row) = position.own.clone() else {
        return Ok(None);
    };
    let at = place("position", "own_sealed", position.id);
    let text = unit.open_text(position, at, &row.sealed).await?;
    told(unit, &row, &text).await.map(Some)
}

/// Opens what a deployer says of its own severity, for those who may read every position; the caller notes
/// the reading.
pub(crate) async fn view_for_handling(unit: &mut Unit, position: &PositionRow) -> Outcome<Option<OwnView>> {
    let Some(row) = position.own.clone() else {
        return Ok(None);
    };
    let at = place("position", "own_sealed", position.id);
    let text = unit.open_text_unnoted(at, &row.sealed).await?;
    told(unit, &row, &text).await.map(Some)
}

async fn told(unit: &mut Unit, row: &OwnRow, text: &str) -> Outcome<OwnView> {
    let words: Words = serde_json::from_str(text).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(OwnView {
        rated: row.rated,
        vector: words.vector,
        reason: words.reason,
        by: unit.name_of(row.by).await?,
        at: row.at,
    })
}
