//! What two people decide, what is contested, what comes on paper, and what a cancelled call leaves.

use super::world::*;
use domain::Timestamp;
use domain::candidacy::CandidacyState;
use domain::organisation::OrganisationKind;
use domain::role::{GrantScope, Role};
use domain::time::HOUR;
use domain::two_people::ProposalKind;
use testkit::each_engine;
use use_cases::call::CancelCall;
use use_cases::candidacy::{
    AnswerPaper, ContestProposal, DecideCall, DecideObjection, ListReceipts, PaperForm, SignatoryFacts, ViewLetter,
    enter_paper,
};
use use_cases::{Error, Outcome, perform, read};
use uuid::Uuid;

each_engine! {
    async fn returns_take_two_people_and_objections_a_third(app: TestApp) {
        let w = world(app, 2, 1).await;
        let (first, second) = (w.received(0).await, w.received(1).await);
        let proposal = w.propose(first, ProposalKind::Return).await;
        assert!(matches!(w.confirm(0, first, proposal).await, Err(Error::Conflict("candidacy-error-same-person"))));
        // A decision waits for the second person.
        w.app.clock.set(testkit::START.plus_days(31));
        let early = perform(&w.organisers[0].context(&w.app), DecideCall { call: w.call }).await;
        assert!(matches!(early, Err(Error::Conflict("candidacy-error-undecided"))));
        w.confirm(1, first, proposal).await.unwrap();
        assert_eq!(w.view(second).await.rank, Some(1));
        w.decide().await;
        assert_eq!(w.state(second).await, CandidacyState::Selected);

        let contest = ContestProposal { candidacy: first, proposal, grounds: "La page y était.".to_owned() };
        perform(&w.communes[0].1.context(&w.app), contest.clone()).await.unwrap();
        let twice = perform(&w.communes[0].1.context(&w.app), contest).await;
        assert!(matches!(twice, Err(Error::Conflict("candidacy-error-contested-once"))));
        let decision = DecideObjection { candidacy: first, proposal, upheld: true, reason: "Elle y était.".to_owned() };
        let same = perform(&w.organisers[1].context(&w.app), decision.clone()).await;
        assert!(matches!(same, Err(Error::Conflict("candidacy-error-third-person"))));
        perform(&w.organisers[2].context(&w.app), decision).await.unwrap();
        // The old number lives again; nobody loses a place that was given meanwhile.
        let view = w.view(first).await;
        assert_eq!((view.row.candidacy.state, view.rank), (CandidacyState::Waiting, Some(1)));
        assert_eq!(w.state(second).await, CandidacyState::Selected);
        w.app.settle().await;
    }

    async fn paper_is_entered_by_two_people_and_both_instants_are_public(app: TestApp) {
        let w = world(app, 1, 1).await;
        w.app.clock.advance(HOUR);
        let paper = PaperForm {
            call: w.call,
            organisation: Some(w.communes[0].0),
            stated_arrival: Some(Timestamp(testkit::START.0 + HOUR / 2)),
            answers: [("why".to_owned(), "Sur papier.".to_owned())].into_iter().collect(),
            offers: vec![offer()],
            signatory: mayor(),
        };
        let id = enter_paper(&w.organisers[0].context(&w.app), paper, "scan.pdf", PDF.to_vec()).await.unwrap();
        let same = perform(&w.organisers[0].context(&w.app), AnswerPaper { paper: id, confirm: true }).await;
        assert!(matches!(same, Err(Error::Conflict("candidacy-error-same-person"))));
        perform(&w.organisers[1].context(&w.app), AnswerPaper { paper: id, confirm: true }).await.unwrap();
        let (_, lines, _) = read(&w.app.nobody(), ListReceipts { call: w.call, after: 0 }).await.unwrap();
        assert_eq!(lines[0].stated_arrival, Some(Timestamp(testkit::START.0 + HOUR / 2)));
        assert!(lines[0].received_at > Timestamp(testkit::START.0 + HOUR));
        w.app.settle().await;
    }

    async fn only_the_decision_that_stands_is_contested_and_a_waiting_objection_holds_the_decision(app: TestApp) {
        let w = world(app, 2, 1).await;
        let id = w.received(0).await;
        let first = w.propose(id, ProposalKind::Return).await;
        w.confirm(1, id, first).await.unwrap();
        let same = w.deposit(0, id).await.unwrap_err();
        assert!(matches!(&same, Error::Invalid(errors) if errors[0].message == "candidacy-error-signed-before"), "{same:?}");
        w.sign(0, id).await;
        w.deposit(0, id).await.unwrap();
        let second = w.propose(id, ProposalKind::Return).await;
        w.confirm(1, id, second).await.unwrap();
        let officer = w.communes[0].1.context(&w.app);
        let contest = |proposal| ContestProposal { candidacy: id, proposal, grounds: "La page y est.".to_owned() };
        let old = perform(&officer, contest(first)).await;
        assert!(matches!(old, Err(Error::Conflict("candidacy-error-superseded"))), "{old:?}");
        perform(&officer, contest(second)).await.unwrap();

        w.app.clock.set(testkit::START.plus_days(31));
        let organiser = w.organisers[0].context(&w.app);
        let early = perform(&organiser, DecideCall { call: w.call }).await;
        assert!(matches!(early, Err(Error::Conflict("candidacy-error-undecided"))), "{early:?}");
        let dismiss = DecideObjection { candidacy: id, proposal: second, upheld: false, reason: "Elle manque.".to_owned() };
        perform(&w.organisers[2].context(&w.app), dismiss).await.unwrap();
        w.app.settle().await;
        assert_eq!(w.state(id).await, CandidacyState::Lapsed, "the time to answer had run out meanwhile");
        perform(&organiser, DecideCall { call: w.call }).await.unwrap();
    }

    async fn paper_of_an_ineligible_or_of_ones_own_organisation_is_not_entered(app: TestApp) {
        let w = world(app, 1, 1).await;
        let school = w.app.organisation(OrganisationKind::School, "École d’Essai").await;
        w.app.clock.advance(HOUR);
        let paper = |organisation| PaperForm {
            call: w.call,
            organisation: Some(organisation),
            stated_arrival: Some(Timestamp(testkit::START.0 + HOUR / 2)),
            answers: [("why".to_owned(), "Sur papier.".to_owned())].into_iter().collect(),
            offers: vec![offer()],
            signatory: mayor(),
        };
        let field = |outcome: Outcome<Uuid>| match outcome {
            Err(Error::Invalid(errors)) => (errors[0].field.clone(), errors[0].message),
            other => panic!("{other:?}"),
        };
        let context = w.organisers[0].context(&w.app);
        let refused = field(enter_paper(&context, paper(school), "scan.pdf", PDF.to_vec()).await);
        assert_eq!(refused, ("organisation".to_owned(), "candidacy-ineligible-kind-not-allowed"));
        let refused = field(enter_paper(&context, paper(w.communes[0].0), "scan.pdf", b"du texte".to_vec()).await);
        assert_eq!(refused, ("scan".to_owned(), "error-file-type"));
        // Everything that is missing is said at once.
        let empty = PaperForm {
            call: w.call,
            organisation: None,
            stated_arrival: None,
            answers: std::collections::BTreeMap::new(),
            offers: Vec::new(),
            signatory: SignatoryFacts::default(),
        };
        let Err(Error::Invalid(errors)) = enter_paper(&context, empty, "", Vec::new()).await else {
            panic!("an empty form is refused")
        };
        let named: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(named, ["organisation", "arrival", "answer.why", "offers", "signatory.name", "signatory.function", "scan"]);
        // Who also answers for the commune neither enters nor confirms its form.
        let all = GrantScope::Organisation;
        w.app.grant(w.organisers[0], Role::SecurityOfficer, w.communes[0].0, all).await;
        let refused = field(enter_paper(&context, paper(w.communes[0].0), "scan.pdf", PDF.to_vec()).await);
        assert_eq!(refused, ("organisation".to_owned(), "candidacy-error-own-organisation"));
    }

    async fn candidates_of_a_cancelled_call_get_a_letter_and_a_mail(app: TestApp) {
        let w = world(app, 2, 1).await;
        let id = w.received(0).await;
        let returned = w.received(1).await;
        let proposal = w.propose(returned, ProposalKind::Return).await;
        w.confirm(1, returned, proposal).await.unwrap();
        w.app.settle().await;
        let before = w.app.mails.all().len();
        let cancel = CancelCall { call: w.call, reason: "Le financement manque.".to_owned(), sure: true };
        perform(&w.organisers[0].context(&w.app), cancel).await.unwrap();
        w.app.settle().await;
        assert_eq!(w.app.mails.all().len(), before + 2);
        let letter = read(&w.communes[0].1.context(&w.app), ViewLetter(id, 1)).await.unwrap();
        assert_eq!(letter.kind, "call_cancelled");
        assert!(letter.paragraphs.iter().any(|p| p.contains("Le financement manque.")), "{:?}", letter.paragraphs);
        let again = w.deposit(1, returned).await;
        assert!(matches!(again, Err(Error::Conflict("candidacy-error-call-cancelled"))), "{again:?}");
    }
}
