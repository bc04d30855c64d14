//! Candidacies, from the draft to the place.

mod two_people;
mod world;

use domain::candidacy::CandidacyState;
use domain::organisation::OrganisationKind;
use domain::role::Role;
use domain::time::DAY;
use domain::two_people::ProposalKind;
use testkit::each_engine;
use use_cases::candidacy::{
    ConfirmPlace, Deposit, ListCandidacies, ListReceipts, Offer, Part, SaveDraft, SignatoryFacts, ViewCandidacy,
    ViewLetter, ViewReceipt, WithdrawCandidacy,
};
use use_cases::register::AddProduct;
use use_cases::{Error, perform, read};
use uuid::Uuid;
pub use world::*;

each_engine! {
    async fn six_of_nine_are_selected_by_order_of_receipt(app: TestApp) {
        let w = world(app, 9, 6).await;
        let mut ids = Vec::new();
        for n in 0..9 {
            ids.push(w.received(n).await);
        }
        let proposal = w.propose(ids[1], ProposalKind::Ineligible).await;
        w.confirm(1, ids[1], proposal).await.unwrap();
        let proposal = w.propose(ids[2], ProposalKind::Return).await;
        w.confirm(2, ids[2], proposal).await.unwrap();
        assert_eq!(w.view(ids[3]).await.rank, Some(2));
        w.sign(2, ids[2]).await;
        let again = w.deposit(2, ids[2]).await.unwrap();
        assert_eq!(again.order_number, 10);
        w.decide().await;
        let mut states = Vec::new();
        for id in &ids {
            states.push(w.state(*id).await);
        }
        use CandidacyState::{Ineligible, Selected, Waiting};
        assert_eq!(states, [Selected, Ineligible, Waiting, Selected, Selected, Selected, Selected, Selected, Waiting]);

        // A withdrawal promotes the first waiting at once.
        let withdraw = WithdrawCandidacy { candidacy: ids[0], reason: String::new(), sure: true };
        perform(&w.communes[0].1.context(&w.app), withdraw).await.unwrap();
        assert_eq!(w.state(ids[8]).await, Selected);
        for n in [3, 4, 5, 6, 7] {
            perform(&w.communes[n].1.context(&w.app), ConfirmPlace { candidacy: ids[n] }).await.unwrap();
        }
        // What is not confirmed in time lapses by the clock's job, and the next is promoted.
        w.app.clock.advance(11 * DAY);
        w.app.settle().await;
        assert_eq!(w.state(ids[8]).await, CandidacyState::Lapsed);
        assert_eq!(w.state(ids[2]).await, Selected);
        assert_eq!(w.view(ids[2]).await.rank, Some(6));

        let letter = read(&w.communes[8].1.context(&w.app), ViewLetter(ids[8], 1)).await.unwrap();
        assert!(letter.paragraphs.iter().any(|p| p.contains("deux mois") || p.contains("2 mois")), "{:?}", letter.paragraphs);
        assert_eq!(letter.reference, "bug-bounty/appel-1/candidature-9/lettre-1");
        let author = |letter: use_cases::candidacy::Letter| letter.paragraphs.last().cloned().unwrap_or_default();
        assert_eq!(author(letter), "Pour Métropole de la Baie\u{a0}: Ana Un, en charge du programme «\u{a0}Bug bounty pédagogique\u{a0}».");
        // A place that the rules gave names no person, and says that a machine applied them.
        let promoted = read(&w.communes[8].1.context(&w.app), ViewLetter(ids[8], 2)).await.unwrap();
        assert!(author(promoted).contains("L. 311-3-1"));
        // A number that died does not change the reference of its candidacy.
        let late = read(&w.communes[2].1.context(&w.app), ViewLetter(ids[2], 2)).await.unwrap();
        assert_eq!(late.reference, "bug-bounty/appel-1/candidature-3/lettre-2");
        let (_, lines, _) = read(&w.app.nobody(), ListReceipts { call: w.call, after: 0 }).await.unwrap();
        let numbers: Vec<_> = lines.iter().map(|line| line.order_number).collect();
        assert_eq!(numbers, (1..=10).collect::<Vec<_>>());
        assert!(lines.windows(2).all(|pair| pair[0].received_at < pair[1].received_at));
        let receipt = read(&w.communes[3].1.context(&w.app), ViewReceipt(ids[3], None)).await.unwrap();
        assert!(receipt.proof.is_some());
    }

    async fn what_is_incomplete_or_unsigned_is_refused_and_nothing_typed_is_lost(app: TestApp) {
        let w = world(app, 1, 1).await;
        let id = w.start(0).await;
        assert_eq!(missing(w.deposit(0, id).await), ["answer.why", "offers", "signatory.name", "signatory.function", "scan"]);
        let answers = [("email".to_owned(), "pas une adresse".to_owned())].into_iter().collect();
        let saved = w.save(0, id, Part::Answers(answers)).await;
        assert_eq!(saved.problems.len(), 1);
        let view = read(&w.communes[0].1.context(&w.app), ViewCandidacy(id)).await.unwrap();
        assert_eq!(view.content.answers["email"], "pas une adresse");
        let answers = [("email".to_owned(), "dsi@example.org".to_owned())].into_iter().collect();
        w.save(0, id, Part::Answers(answers)).await;
        w.fill(0, id).await;
        assert_eq!(missing(w.deposit(0, id).await), ["scan"]);
        w.sign(0, id).await;
        // A change after signing drops the scan.
        let signatory = SignatoryFacts { name: "Autre".to_owned(), ..mayor() };
        assert!(w.save(0, id, Part::Signatory(signatory)).await.scan_dropped);
        assert_eq!(missing(w.deposit(0, id).await), ["scan"]);
        w.sign(0, id).await;
        w.deposit(0, id).await.unwrap();
        assert!(matches!(w.deposit(0, id).await, Err(Error::Conflict(_))));
        w.app.settle().await;
    }

    async fn many_in_the_same_instant_never_share_a_number(app: TestApp) {
        let w = world(app, 12, 6).await;
        let mut ids = Vec::new();
        for n in 0..12 {
            let id = w.start(n).await;
            w.fill(n, id).await;
            w.sign(n, id).await;
            ids.push(id);
        }
        let tasks: Vec<_> = ids
            .iter()
            .enumerate()
            .map(|(n, id)| {
                let context = w.communes[n].1.context(&w.app);
                let deposit = Deposit { candidacy: *id };
                w.app.tasks.spawn(async move {
                    loop {
                        match perform(&context, deposit).await {
                            Err(Error::Busy) => {}
                            other => return other.unwrap().order_number,
                        }
                    }
                })
            })
            .collect();
        let mut numbers = Vec::new();
        for task in tasks {
            numbers.push(task.await.unwrap());
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=12).collect::<Vec<_>>());
        w.decide().await;
        let list = ListCandidacies { call: w.call, state: Some(CandidacyState::Selected), after: 0 };
        let list = read(&w.organisers[0].context(&w.app), list).await.unwrap();
        let ranks: Vec<_> = list.lines.iter().filter_map(|line| line.rank).collect();
        assert_eq!(ranks, [1, 2, 3, 4, 5, 6]);
        assert_eq!(list.taken, 6);
        // Several who leave together free several places, each given once.
        let leaving: Vec<_> = list.lines.iter().take(3).map(|line| line.line.id).collect();
        let tasks: Vec<_> = leaving
            .iter()
            .map(|id| {
                let n = ids.iter().position(|other| other == id).unwrap();
                let context = w.communes[n].1.context(&w.app);
                let withdraw = WithdrawCandidacy { candidacy: *id, reason: String::new(), sure: true };
                w.app.tasks.spawn(async move {
                    loop {
                        match perform(&context, withdraw.clone()).await {
                            Err(Error::Busy) => {}
                            other => return other.unwrap(),
                        }
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let list = ListCandidacies { call: w.call, state: Some(CandidacyState::Selected), after: 0 };
        let list = read(&w.organisers[0].context(&w.app), list).await.unwrap();
        assert_eq!((list.lines.len(), list.taken), (6, 6));
        w.app.settle().await;
    }

    async fn a_candidacy_is_read_by_its_candidate_and_the_organisers_only(app: TestApp) {
        let w = world(app, 2, 1).await;
        let id = w.start(0).await;
        let draft = read(&w.organisers[0].context(&w.app), ViewCandidacy(id)).await;
        assert!(matches!(draft, Err(Error::NotFound)));
        w.fill(0, id).await;
        w.sign(0, id).await;
        w.deposit(0, id).await.unwrap();
        read(&w.organisers[0].context(&w.app), ViewCandidacy(id)).await.unwrap();
        for context in [w.app.nobody(), w.communes[1].1.context(&w.app)] {
            assert!(matches!(read(&context, ViewCandidacy(id)).await, Err(Error::NotFound)));
            let withdraw = WithdrawCandidacy { candidacy: id, reason: String::new(), sure: true };
            assert!(matches!(perform(&context, withdraw).await, Err(Error::NotFound)));
        }
        w.app.settle().await;
    }

    async fn a_product_is_chosen_from_the_register_and_two_people_do_not_write_over_each_other(app: TestApp) {
        let w = world(app, 1, 1).await;
        let vendor = w.app.organisation(OrganisationKind::Vendor, "Logiciels du Beffroi").await;
        let contact = w.app.person("Jean Vidal", Role::VendorContact, vendor).await;
        let add = AddProduct {
            vendor,
            name: "Guichet Famille".to_owned(),
            description: String::new(),
            purl: String::new(),
            cpe: String::new(),
        };
        let (product, _) = perform(&contact.context(&w.app), add).await.unwrap();
        let id = w.start(0).await;
        let chosen = |product| Part::Offers(vec![Offer { product: Some(product), ..Offer::default() }]);
        let saved = w.save(0, id, chosen(product)).await;
        let fields: Vec<_> = saved.problems.iter().map(|p| p.field.as_str()).collect();
        assert_eq!(fields, ["offer.0.version", "offer.0.host"], "the register knows the name and the vendor");
        let officer = w.communes[0].1.context(&w.app);
        let view = read(&officer, ViewCandidacy(id)).await.unwrap();
        assert_eq!(view.content.offers[0].name, "Guichet Famille");
        assert_eq!(view.content.offers[0].vendor, "Logiciels du Beffroi");
        let unknown = SaveDraft { candidacy: id, part: chosen(domain::ids::ProductId(Uuid::nil())), seen: None };
        assert!(matches!(perform(&officer, unknown).await, Err(Error::Invalid(_))));

        let seen = Some(view.content.mark(&Part::Signatory(mayor())));
        let first = SaveDraft { candidacy: id, part: Part::Signatory(mayor()), seen: seen.clone() };
        perform(&officer, first.clone()).await.unwrap();
        let second = perform(&officer, first).await;
        assert!(matches!(second, Err(Error::Stale)), "somebody else wrote there meanwhile: {second:?}");
        let elsewhere = SaveDraft { candidacy: id, part: chosen(product), seen: Some(saved.mark) };
        perform(&officer, elsewhere).await.unwrap();
    }
}
