//! Filling a candidacy in: everything typed is kept, and what is wrong is said.

use super::change::note;
use super::content::{Content, Offer, SignatoryFacts};
use super::offers::{OFFERS_MAX, named_by_register, offer_errors};
use crate::app::Limits;
use crate::error::{Error, FieldError, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::{CandidacyRow, ReceptionRow};
use crate::unit::Unit;
use authorization::action::SubmitCandidacy;
use domain::candidacy::CandidacyState;
use domain::form::{Answers, FieldProblem, Form};
use domain::ids::CandidacyId;
use domain::reception::is_signed_anew;
use serde_json::json;

/// What a step of the form sends.
#[derive(Clone, Debug)]
pub enum Part {
    /// The answers to a section's fields.
    Answers(Answers),
    /// The products and versions offered.
    Offers(Vec<Offer>),
    /// Who signs.
    Signatory(SignatoryFacts),
}

/// Keeps one step of a draft.
#[derive(Clone, Debug)]
pub struct SaveDraft {
    /// The candidacy.
    pub candidacy: CandidacyId,
    /// The step.
    pub part: Part,
    /// The mark of what the page showed, where a page did; see [`Content::mark`].
    pub seen: Option<String>,
}

/// What came of saving a step.
#[derive(Clone, Debug)]
pub struct Saved {
    /// What is wrong with what was typed; it is kept nonetheless.
    pub problems: Vec<FieldError>,
    /// Whether the signed scan no longer fits and was dropped.
    pub scan_dropped: bool,
    /// The mark of what the step holds now.
    pub mark: String,
}

impl UseCase for SaveDraft {
    type Output = Saved;

    async fn run(&self, unit: &mut Unit) -> Outcome<Saved> {
        let found = unit.store.take_candidacy(self.candidacy).await?;
        let proof = unit.permit_found::<SubmitCandidacy, _>(found)?;
        let acting = proof.acting().clone();
        let mut row = proof.into_value();
        if !matches!(row.candidacy.state, CandidacyState::Draft | CandidacyState::Returned) {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        let frame = unit
            .store
            .candidacy_call(row.candidacy.call)
            .await?
            .ok_or(Error::NotFound)?;
        let form = frame.peek().form.clone();
        let mut content = Content::open(unit, &row).await?;
        let mut part = self.part.clone();
        if let Part::Offers(offers) = &mut part {
            named_by_register(unit, offers).await?;
        }
        if self.seen.as_ref().is_some_and(|seen| *seen != content.mark(&part)) {
            return Err(Error::Stale);
        }
        let problems = apply(&mut content, &form, &part, &unit.app.settings.limits)?;
        let scan_dropped = content.keep(unit, &mut row).await?;
        unit.store.save_candidacy(&row).await?;
        if scan_dropped {
            note(unit, &acting, &row, "candidacy.scan_dropped", json!({})).await?;
        }
        note(unit, &acting, &row, "candidacy.draft_saved", json!({})).await?;
        Ok(Saved {
            problems,
            scan_dropped,
            mark: content.mark(&part),
        })
    }
}

fn apply(content: &mut Content, form: &Form, part: &Part, limits: &Limits) -> Outcome<Vec<FieldError>> {
    match part {
        Part::Answers(answers) => {
            bounded(answers, limits)?;
            let known = answers
                .iter()
                .filter(|(key, _)| form.fields().any(|field| field.key == **key));
            content
                .answers
                .extend(known.map(|(key, value)| (key.clone(), value.trim().to_owned())));
            let problems = form_errors(form.check(&content.answers), form);
            Ok(problems
                .into_iter()
                .filter(|p| {
                    p.field
                        .strip_prefix("answer.")
                        .is_some_and(|key| answers.contains_key(key))
                })
                .collect())
        }
        Part::Offers(offers) => {
            let offers: Vec<Offer> = offers.iter().filter(|offer| !offer.is_empty()).cloned().collect();
            let mut fields = Fields::new();
            for offer in &offers {
                for text in [&offer.name, &offer.vendor, &offer.version, &offer.host] {
                    fields.optional("offers", text, limits.title);
                }
            }
            if offers.len() > OFFERS_MAX {
                fields.add_detail("offers", "error-too-long", Some(OFFERS_MAX.to_string()));
            }
            fields.done()?;
            content.offers = offers;
            Ok(offer_errors(&content.offers))
        }
        Part::Signatory(signatory) => {
            let mut fields = Fields::new();
            fields.optional("signatory.name", &signatory.name, limits.title);
            fields.optional("signatory.function", &signatory.function, limits.title);
            fields.optional("signatory.delegation", &signatory.delegation, limits.reason);
            fields.done()?;
            content.signatory = signatory.clone();
            Ok(Vec::new())
        }
    }
}

fn bounded(answers: &Answers, limits: &Limits) -> Outcome<()> {
    let mut fields = Fields::new();
    for (key, answer) in answers {
        fields.optional(&format!("answer.{key}"), answer, limits.answer);
    }
    fields.done()
}

/// Gives the message of a problem with an answer.
const fn problem_key(problem: FieldProblem) -> &'static str {
    match problem {
        FieldProblem::Missing => "error-required",
        FieldProblem::TooLong => "error-too-long",
        FieldProblem::NotAnOption | FieldProblem::NotYesOrNo | FieldProblem::UnknownField => "error-choose",
        FieldProblem::NotCommitted => "candidacy-error-not-committed",
        FieldProblem::NotAnEmail => "error-not-an-email",
        FieldProblem::NotAPhone => "candidacy-error-not-a-phone",
        FieldProblem::NotADate => "error-not-a-date",
        FieldProblem::NotOneLine => "candidacy-error-not-one-line",
    }
}

fn form_errors(errors: Vec<domain::form::FieldError>, form: &Form) -> Vec<FieldError> {
    errors
        .into_iter()
        .map(|error| FieldError {
            message: problem_key(error.problem),
            detail: form
                .fields()
                .find(|field| field.key == error.field)
                .and_then(|field| field.max_len)
                .map(|n| n.to_string()),
            field: format!("answer.{}", error.field),
        })
        .collect()
}

/// Whether the signed form fits what would be deposited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signed {
    /// It does.
    Fits,
    /// There is none, or the answers changed since.
    Missing,
    /// It is the one that was sent back.
    SentBack,
}

impl Signed {
    /// Says whether the signed form of a candidacy fits its content.
    ///
    /// # Errors
    /// [`crate::Error`] where the content cannot be hashed.
    pub(crate) fn of(unit: &Unit, row: &CandidacyRow, content: &Content, receptions: &[ReceptionRow]) -> Outcome<Self> {
        if row.signed_form.is_none() || row.signed_answers_hmac != Some(content.hmac(&unit.app)?) {
            return Ok(Self::Missing);
        }
        let returned = (row.candidacy.state == CandidacyState::Returned)
            .then(|| receptions.first())
            .flatten()
            .map(|last| last.reception.form);
        Ok(if is_signed_anew(row.signed_form, returned) {
            Self::Fits
        } else {
            Self::SentBack
        })
    }
}

/// Gives everything that a deposit still lacks.
pub(crate) fn lacks(content: &Content, form: &Form, signed: Signed) -> Vec<FieldError> {
    let mut errors = form_errors(form.check_deposit(&content.answers), form);
    let mut add = |field: &str, message: &'static str| {
        errors.push(FieldError {
            field: field.to_owned(),
            message,
            detail: None,
        });
    };
    if content.offers.is_empty() {
        add("offers", "candidacy-error-no-offer");
    }
    if content.signatory.name.trim().is_empty() {
        add("signatory.name", "error-required");
    }
    if content.signatory.function.trim().is_empty() {
        add("signatory.function", "error-required");
    }
    match signed {
        Signed::Fits => {}
        Signed::Missing => add("scan", "candidacy-error-unsigned"),
        Signed::SentBack => add("scan", "candidacy-error-signed-before"),
    }
    errors.extend(offer_errors(&content.offers));
    errors
}
