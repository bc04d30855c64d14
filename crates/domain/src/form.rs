//! Forms of calls: their definition, and what is wrong with the answers.

use crate::coded;
use crate::contact::{email_is_plausible, phone_is_plausible};
use crate::date::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A text in the two languages of the interface.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

/// A version of a call's form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Its parts, in the order of the page.
    pub sections: Vec<Section>,
}

/// A part of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its stable key.
    pub key: String,
    /// Its title.
    pub label: Label,
    /// Its fields, in order.
    pub fields: Vec<Field>,
}

/// A question of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its stable key, unique in the form.
    pub key: String,
    /// The question.
    pub label: Label,
    /// What an answer looks like.
    pub kind: FieldKind,
    /// Whether the form is incomplete without it.
    #[serde(default)]
    pub required: bool,
    /// The most characters of an answer, where it has a limit of its own.
    #[serde(default)]
    pub max_len: Option<usize>,
}

/// What an answer looks like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// `yes` or `no`.
    YesNo,
    /// A commitment: `yes`, without which nothing is received.
    Commitment,
    /// One of some options.
    Choice(Vec<ChoiceOption>),
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A day, as `2026-03-16`.
    Date,
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceOption {
    /// The answer it stands for.
    pub key: String,
    /// What the page shows.
    pub label: Label,
}

/// Answers by the keys of fields.
pub type Answers = BTreeMap<String, String>;

coded! {
    /// What is wrong with an answer.
    pub enum FieldProblem {
        /// It is required and empty.
        Missing = "missing",
        /// It has more characters than it may.
        TooLong = "too_long",
        /// It is none of the options.
        NotAnOption = "not_an_option",
        /// It is neither `yes` nor `no`.
        NotYesOrNo = "not_yes_or_no",
        /// It is a commitment that was not made.
        NotCommitted = "not_committed",
        /// It is no e-mail address.
        NotAnEmail = "not_an_email",
        /// It is no telephone number.
        NotAPhone = "not_a_phone",
        /// It is no day of the calendar.
        NotADate = "not_a_date",
        /// It has several lines where one is asked.
        NotOneLine = "not_one_line",
        /// The form has no such field.
        UnknownField = "unknown_field",
    }
}

/// A field whose answer is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's key.
    pub field: String,
    /// What is wrong.
    pub problem: FieldProblem,
}

/// What a deposit still lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completeness {
    /// The keys of required fields without an answer.
    pub missing: Vec<String>,
    /// Whether the signature is absent.
    pub signature_missing: bool,
}

impl Completeness {
    /// Says whether nothing is missing.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty() && !self.signature_missing
    }
}

impl Form {
    /// Gives every field, in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }

    /// Says whether keys are unique and written, and every choice has options with unique keys.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let mut keys = BTreeSet::new();
        self.fields().all(|field| {
            let mut options = BTreeSet::new();
            let choice = match &field.kind {
                FieldKind::Choice(all) => {
                    !all.is_empty() && all.iter().all(|o| !o.key.is_empty() && options.insert(&o.key))
                }
                _ => true,
            };
            choice && !field.key.is_empty() && keys.insert(&field.key)
        })
    }

    /// Checks the answers given so far; empty ones are no error here (see [`Form::completeness`]).
    #[must_use]
    pub fn check(&self, answers: &Answers) -> Vec<FieldError> {
        let known: BTreeSet<&str> = self.fields().map(|f| f.key.as_str()).collect();
        let error = |field: &str, problem| FieldError {
            field: field.to_owned(),
            problem,
        };
        let wrong = self.fields().filter_map(|field| {
            let answer = answers.get(&field.key).map_or("", |a| a.trim());
            let problem = if answer.is_empty() { None } else { field.problem(answer) };
            problem.map(|problem| error(&field.key, problem))
        });
        let unknown = answers
            .keys()
            .filter(|key| !known.contains(key.as_str()))
            .map(|key| error(key, FieldProblem::UnknownField));
        wrong.chain(unknown).collect()
    }

    /// Gives what a deposit with these answers would lack.
    #[must_use]
    pub fn completeness(&self, answers: &Answers, signed: bool) -> Completeness {
        let empty = |f: &&Field| answers.get(&f.key).is_none_or(|a| a.trim().is_empty());
        let missing = self.fields().filter(|f| f.is_required()).filter(empty);
        Completeness {
            missing: missing.map(|f| f.key.clone()).collect(),
            signature_missing: !signed,
        }
    }

    /// Checks the answers for a deposit: those wrong, and those missing.
    #[must_use]
    pub fn check_deposit(&self, answers: &Answers) -> Vec<FieldError> {
        let missing = self.completeness(answers, true).missing;
        let missing = missing.into_iter().map(|field| FieldError {
            field,
            problem: FieldProblem::Missing,
        });
        missing.chain(self.check(answers)).collect()
    }
}

impl Field {
    /// Says whether nothing is received without an answer.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.required || self.kind == FieldKind::Commitment
    }

    /// Gives what is wrong with an answer that is not empty.
    fn problem(&self, answer: &str) -> Option<FieldProblem> {
        if self.max_len.is_some_and(|most| answer.chars().count() > most) {
            return Some(FieldProblem::TooLong);
        }
        let (good, otherwise) = match &self.kind {
            FieldKind::Text => (!answer.contains(['\n', '\r']), FieldProblem::NotOneLine),
            FieldKind::LongText => (true, FieldProblem::TooLong),
            FieldKind::YesNo => (matches!(answer, "yes" | "no"), FieldProblem::NotYesOrNo),
            FieldKind::Commitment => (answer == "yes", FieldProblem::NotCommitted),
            FieldKind::Choice(options) => (options.iter().any(|o| o.key == answer), FieldProblem::NotAnOption),
            FieldKind::Email => (email_is_plausible(answer), FieldProblem::NotAnEmail),
            FieldKind::Phone => (phone_is_plausible(answer), FieldProblem::NotAPhone),
            FieldKind::Date => (answer.parse::<Date>().is_ok(), FieldProblem::NotADate),
        };
        (!good).then_some(otherwise)
    }
}
