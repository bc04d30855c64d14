//! The pages of candidacies: the candidate's, the organiser's, and the public receipts.

mod answer;
mod check;
mod fields;
mod fill;
mod instruct;
mod list;
mod offers;
mod paper;
mod receipt;
mod show;
mod start;

use crate::Routes;
use addresses::candidacy as at;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(at::OWN, start::own)
        .get(at::START, start::show)
        .post(at::START, start::start)
        .get(at::CANDIDACY, show::show)
        .get(at::STEP, fill::show)
        .post(at::STEP, fill::save)
        .get(at::CHECK, check::show)
        .get(at::PRINT, check::print)
        .upload(at::SIGNATURE, check::sign)
        .post(at::DEPOSIT, check::deposit)
        .get(at::RECEIPT, receipt::show)
        .get(at::RECEIPT_TEXT, receipt::text)
        .get(at::RECEIPT_PROOF, receipt::proof)
        .get(at::SCAN, receipt::scan)
        .get(at::LETTER, receipt::letter)
        .get(at::RECEIPTS, receipt::public)
        .post(at::CONFIRM, answer::confirm)
        .post(at::WITHDRAW, answer::withdraw)
        .post(at::CONTEST, answer::contest)
        .post(at::PROPOSE, instruct::propose)
        .post(at::ANSWER_PROPOSAL, instruct::answer)
        .post(at::DECIDE_OBJECTION, instruct::decide_objection)
        .post(at::APPEAL, instruct::appeal)
        .get(at::CANDIDACIES, list::show)
        .get(at::DECISION, list::preview)
        .post(at::DECISION, list::decide)
        .get(at::PAPER, paper::show)
        .upload(at::PAPER, paper::enter)
        .post(at::PAPER_ANSWER, paper::answer)
        .get(at::PAPER_SCAN, paper::scan)
}
