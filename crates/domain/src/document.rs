//! Documents: deliberations, conventions, contracts and what else is signed or shown.

use crate::coded;
use crate::date::Date;
use crate::ids::{BlobId, DocumentId};
use crate::refusals;
use uuid::Uuid;

coded! {
    /// What a document is.
    pub enum DocumentKind {
        /// A deliberation of an assembly.
        Deliberation = "deliberation",
        /// A convention between parties.
        Convention = "convention",
        /// A contract.
        Contract = "contract",
        /// A form to fill in.
        Form = "form",
        /// A notice that follows a programme.
        Notice = "notice",
        /// A decision that can be contested.
        Decision = "decision",
        /// A filled and signed form.
        SignedForm = "signed_form",
        /// A signed leave to test.
        Authorisation = "authorisation",
        /// Anything else.
        Other = "other",
    }
}

coded! {
    /// What a document is about.
    pub enum DocumentSubject {
        /// A programme.
        Programme = "programme",
        /// A call.
        Call = "call",
        /// A candidacy.
        Candidacy = "candidacy",
        /// A campaign.
        Campaign = "campaign",
        /// An organisation.
        Organisation = "organisation",
    }
}

/// A document with what makes it valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its identifier.
    pub id: DocumentId,
    /// The kind of thing it is about.
    pub subject: DocumentSubject,
    /// The thing it is about.
    pub subject_id: Uuid,
    /// What it is.
    pub kind: DocumentKind,
    /// Its title.
    pub title: String,
    /// Its number, as its author gives it (`BM2026/02/03/16`).
    pub number: Option<String>,
    /// Who signed it.
    pub signatory_name: Option<String>,
    /// As what they signed it.
    pub signatory_function: Option<String>,
    /// The delegation under which they signed.
    pub delegation: Option<String>,
    /// The day it bears.
    pub dated_on: Option<Date>,
    /// The day it was sent to the prefecture.
    pub transmitted_on: Option<Date>,
    /// The day it was published.
    pub published_on: Option<Date>,
    /// The first day it holds.
    pub valid_from: Option<Date>,
    /// The last day it holds.
    pub valid_until: Option<Date>,
    /// Its file.
    pub blob: Option<BlobId>,
}

refusals! {
    /// Why a document's dates cannot be.
    pub enum DocumentProblem {
        /// The title is empty.
        TitleMissing = "title_missing",
        /// It ends before it begins.
        EndsBeforeItBegins = "ends_before_it_begins",
        /// It was sent before it was dated.
        SentBeforeDated = "sent_before_dated",
        /// It was published before it was dated.
        PublishedBeforeDated = "published_before_dated",
    }
}

impl Document {
    /// Gives everything that is wrong with the document.
    #[must_use]
    pub fn problems(&self) -> Vec<DocumentProblem> {
        let reversed = |a: Option<Date>, b: Option<Date>| matches!((a, b), (Some(a), Some(b)) if a > b);
        [
            (self.title.trim().is_empty(), DocumentProblem::TitleMissing),
            (
                reversed(self.valid_from, self.valid_until),
                DocumentProblem::EndsBeforeItBegins,
            ),
            (
                reversed(self.dated_on, self.transmitted_on),
                DocumentProblem::SentBeforeDated,
            ),
            (
                reversed(self.dated_on, self.published_on),
                DocumentProblem::PublishedBeforeDated,
            ),
        ]
        .into_iter()
        .filter_map(|(wrong, problem)| wrong.then_some(problem))
        .collect()
    }

    /// Says whether the document holds on a day; one without dates always does.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_until.is_none_or(|until| day <= until)
    }

    /// Says whether it is executory: sent to the prefecture and published, by that day.
    ///
    /// Articles L. 2131-1 and L. 5211-3 of the CGCT ask both of an authority's acts.
    #[must_use]
    pub fn is_executory_on(&self, day: Date) -> bool {
        self.transmitted_on.is_some_and(|d| d <= day) && self.published_on.is_some_and(|d| d <= day)
    }
}
