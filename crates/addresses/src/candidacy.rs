//! Addresses of candidacies: the candidate's pages, the organiser's, the public receipts.

/// One's own candidacies.
pub const OWN: &str = "/candidatures";
/// Starting a candidacy to a call.
pub const START: &str = "/appels/{call}/candidater";
/// A call's candidacies, for its organisers.
pub const CANDIDACIES: &str = "/appels/{call}/candidatures";
/// Deciding a call.
pub const DECISION: &str = "/appels/{call}/decision";
/// Entering a form that came on paper.
pub const PAPER: &str = "/appels/{call}/papier";
/// Confirming or refusing a paper deposit.
pub const PAPER_ANSWER: &str = "/papier/{paper}/reponse";
/// The scan of a paper deposit.
pub const PAPER_SCAN: &str = "/papier/{paper}/formulaire";
/// A call's public list of receipts.
pub const RECEIPTS: &str = "/appels/{call}/recepisses";
/// A candidacy's page.
pub const CANDIDACY: &str = "/candidatures/{candidacy}";
/// A step of the form.
pub const STEP: &str = "/candidatures/{candidacy}/remplir/{step}";
/// Checking the answers.
pub const CHECK: &str = "/candidatures/{candidacy}/verifier";
/// The form to print and sign.
pub const PRINT: &str = "/candidatures/{candidacy}/imprimer";
/// Sending the signed scan.
pub const SIGNATURE: &str = "/candidatures/{candidacy}/signature";
/// Depositing.
pub const DEPOSIT: &str = "/candidatures/{candidacy}/depot";
/// The receipt.
pub const RECEIPT: &str = "/candidatures/{candidacy}/recepisse";
/// The receipt's signed text.
pub const RECEIPT_TEXT: &str = "/candidatures/{candidacy}/recepisse.txt";
/// The proof that the public log holds the receipt.
pub const RECEIPT_PROOF: &str = "/candidatures/{candidacy}/preuve.txt";
/// The scan of the signed form.
pub const SCAN: &str = "/candidatures/{candidacy}/formulaire-signe";
/// A decision letter.
pub const LETTER: &str = "/candidatures/{candidacy}/lettres/{number}";
/// Confirming a place.
pub const CONFIRM: &str = "/candidatures/{candidacy}/confirmation";
/// Withdrawing.
pub const WITHDRAW: &str = "/candidatures/{candidacy}/retrait";
/// Contesting a return or an ineligibility.
pub const CONTEST: &str = "/candidatures/{candidacy}/contestation";
/// Proposing a return or an ineligibility.
pub const PROPOSE: &str = "/candidatures/{candidacy}/proposition";
/// Answering a proposal as the second person.
pub const ANSWER_PROPOSAL: &str = "/candidatures/{candidacy}/proposition/reponse";
/// Deciding an objection as the third person.
pub const DECIDE_OBJECTION: &str = "/candidatures/{candidacy}/contestation/decision";
/// Recording an appeal.
pub const APPEAL: &str = "/candidatures/{candidacy}/recours";

/// Gives the address of a candidacy.
#[must_use]
pub fn candidacy(id: impl std::fmt::Display) -> String {
    format!("/candidatures/{id}")
}

/// Gives the address of a step of a candidacy's form.
#[must_use]
pub fn step(id: impl std::fmt::Display, step: &str) -> String {
    format!("/candidatures/{id}/remplir/{step}")
}

/// Gives the address of what belongs to a candidacy, such as `recepisse`.
#[must_use]
pub fn part(id: impl std::fmt::Display, part: &str) -> String {
    format!("/candidatures/{id}/{part}")
}

/// Gives the address of a decision letter.
#[must_use]
pub fn letter(id: impl std::fmt::Display, number: i64) -> String {
    format!("/candidatures/{id}/lettres/{number}")
}

/// Gives the address of a call's candidacies.
#[must_use]
pub fn candidacies(call: impl std::fmt::Display) -> String {
    format!("/appels/{call}/candidatures")
}

/// Gives the address at which a candidacy to a call is started.
#[must_use]
pub fn start(call: impl std::fmt::Display) -> String {
    format!("/appels/{call}/candidater")
}

/// Gives the address at which a call is decided.
#[must_use]
pub fn decision(call: impl std::fmt::Display) -> String {
    format!("/appels/{call}/decision")
}

/// Gives the address at which a paper form is entered.
#[must_use]
pub fn paper(call: impl std::fmt::Display) -> String {
    format!("/appels/{call}/papier")
}

/// Gives the address of a paper deposit's answer.
#[must_use]
pub fn paper_answer(paper: impl std::fmt::Display) -> String {
    format!("/papier/{paper}/reponse")
}

/// Gives the address of a paper deposit's scan.
#[must_use]
pub fn paper_scan(paper: impl std::fmt::Display) -> String {
    format!("/papier/{paper}/formulaire")
}

/// Gives the address of a call's public list of receipts.
#[must_use]
pub fn receipts(call: impl std::fmt::Display) -> String {
    format!("/appels/{call}/recepisses")
}

/// Gives the address of a call's public page.
#[must_use]
pub fn call(call: impl std::fmt::Display) -> String {
    format!("/appels/{call}")
}
