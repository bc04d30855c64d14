//! What is missing before a campaign opens, and what is wrong with a form's answers.

use crate::id;
use domain::form::{ChoiceOption, Label};
use domain::*;

const NOW: Timestamp = Timestamp(0);

fn window() -> Window {
    Window {
        opens_at: Timestamp(100),
        closes_at: Timestamp(200),
    }
}

fn party(kind: PartyKind, organisation: u128) -> Party {
    Party {
        id: id(organisation),
        campaign: id(1),
        organisation: id(organisation),
        kind,
        committed_at: Some(NOW),
        from: NOW,
        until: None,
    }
}

fn authorisation(signer_role: SignerRole, organisation: u128) -> Authorisation {
    Authorisation {
        id: id(organisation),
        campaign: id(1),
        signer_role,
        organisation: id(organisation),
        text_hash: Some([1; 32]),
        blob: None,
        signed_at: Some(NOW),
        expires_at: Some(Timestamp(200)),
        revoked_at: None,
        revision: 0,
    }
}

struct Prepared {
    products: Vec<TestedProduct>,
    parties: Vec<Party>,
    authorisations: Vec<Authorisation>,
    scope: Vec<ScopeAsset>,
}

/// Prepares a pedagogical campaign: school 1, commune 2, operator 3, vendor 4.
fn prepared() -> Prepared {
    Prepared {
        products: vec![TestedProduct {
            product: id(7),
            vendor: id(4),
            owners: vec![id(2)],
            hosts: vec![id(3)],
            unexplained: false,
        }],
        parties: vec![
            party(PartyKind::School, 1),
            party(PartyKind::Beneficiary, 2),
            party(PartyKind::Operator, 3),
            party(PartyKind::Vendor, 4),
        ],
        authorisations: vec![
            authorisation(SignerRole::Owner, 2),
            authorisation(SignerRole::Host, 3),
            authorisation(SignerRole::Vendor, 4),
        ],
        scope: vec![ScopeAsset {
            id: id(1),
            campaign: id(1),
            product: id(7),
            kind: AssetKind::Url,
            inside: true,
            value: "https://cible.example".into(),
        }],
    }
}

impl Prepared {
    fn missing(&self, now: Timestamp) -> Vec<Missing> {
        let facts = ReadinessFacts {
            kind: CampaignKind::PedagogicalBugBounty,
            window: window(),
            products: &self.products,
            parties: &self.parties,
            authorisations: &self.authorisations,
            scope: &self.scope,
            has_rules: true,
        };
        readiness(&facts, now)
    }
}

#[test]
fn a_complete_preparation_lacks_nothing() {
    assert_eq!(prepared().missing(NOW), []);
    let all = prepared();
    assert!(readiness::all_authorised(&all.products, &all.authorisations, NOW));
    assert!(!readiness::all_authorised(
        &all.products,
        &all.authorisations,
        Timestamp(200)
    ));
    assert!(!readiness::all_authorised(&[], &all.authorisations, NOW));
}

#[test]
fn leave_is_asked_for_once_and_again_only_when_it_no_longer_holds() {
    let host = (SignerRole::Host, id(3));
    for (signed_at, expires_at, revoked_at, asked) in [
        (Some(NOW), Some(Timestamp(200)), None, false),
        (None, Some(Timestamp(200)), None, false),
        (Some(NOW), Some(Timestamp(199)), None, true),
        (Some(NOW), Some(Timestamp(200)), Some(NOW), true),
    ] {
        let mut all = prepared();
        let given = &mut all.authorisations[1];
        (given.signed_at, given.expires_at, given.revoked_at) = (signed_at, expires_at, revoked_at);
        let to_ask = readiness::leave_to_ask(&all.products, &all.authorisations, window(), NOW);
        assert_eq!(
            to_ask,
            if asked { vec![host] } else { vec![] },
            "{signed_at:?} {expires_at:?} {revoked_at:?}"
        );
    }
    let all = prepared();
    assert_eq!(readiness::leave_to_ask(&all.products, &[], window(), NOW).len(), 3);
}

#[test]
fn each_absence_is_named() {
    for (n, kind) in readiness::needed_parties(CampaignKind::PedagogicalBugBounty)
        .iter()
        .enumerate()
    {
        let mut without = prepared();
        without.parties.remove(n);
        assert_eq!(without.missing(NOW), [Missing::Party(*kind)]);
        let mut hesitating = prepared();
        hesitating.parties[n].committed_at = None;
        let who = hesitating.parties[n].organisation;
        assert_eq!(hesitating.missing(NOW), [Missing::Commitment(*kind, who)]);
    }
    for n in 0..3 {
        let mut without = prepared();
        let gone = without.authorisations.remove(n);
        let (role, who) = (gone.signer_role, gone.organisation);
        assert_eq!(without.missing(NOW), [Missing::Authorisation(role, who)]);
        let mut revoked = prepared();
        revoked.authorisations[n].revoked_at = Some(NOW);
        assert_eq!(revoked.missing(NOW), [Missing::Authorisation(role, who)]);
        assert!(!readiness::all_authorised(
            &revoked.products,
            &revoked.authorisations,
            NOW
        ));
        let mut short = prepared();
        short.authorisations[n].expires_at = Some(Timestamp(199));
        assert_eq!(short.missing(NOW), [Missing::AuthorisationTooShort(role, who)]);
    }
    let mut unscoped = prepared();
    unscoped.scope[0].inside = false;
    assert_eq!(unscoped.missing(NOW), [Missing::Scope(id(7))]);
    let mut ownerless = prepared();
    ownerless.products[0].owners.clear();
    assert_eq!(ownerless.missing(NOW), [Missing::Signer(id(7), SignerRole::Owner)]);
    assert!(!readiness::all_authorised(
        &ownerless.products,
        &ownerless.authorisations,
        NOW
    ));
    let mut late = prepared();
    for leave in &mut late.authorisations {
        leave.expires_at = None;
    }
    assert_eq!(late.missing(Timestamp(200)), [Missing::Window]);
}

fn form() -> Form {
    let field = |key: &str, kind, required| Field {
        key: key.into(),
        label: Label::default(),
        kind,
        required,
        max_len: (key == "name").then_some(5),
    };
    let option = |key: &str| ChoiceOption {
        key: key.into(),
        label: Label::default(),
    };
    let fields = vec![
        field("name", FieldKind::Text, true),
        field("why", FieldKind::LongText, false),
        field("agrees", FieldKind::YesNo, true),
        field("size", FieldKind::Choice(vec![option("small"), option("large")]), false),
        field("mail", FieldKind::Email, false),
        field("phone", FieldKind::Phone, false),
        field("day", FieldKind::Date, false),
        field("commits", FieldKind::Commitment, false),
    ];
    Form {
        sections: vec![Section {
            key: "all".into(),
            label: Label::default(),
            fields,
        }],
    }
}

fn answers(all: &[(&str, &str)]) -> Answers {
    all.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
}

#[test]
fn a_deposit_names_what_it_lacks() {
    let form = form();
    assert!(form.is_sound());
    let empty = form.completeness(&answers(&[("name", "  ")]), false);
    assert_eq!(empty.missing, ["name", "agrees", "commits"]);
    assert!(empty.signature_missing && !empty.is_complete());
    let full = answers(&[("name", "Élise"), ("agrees", "no"), ("commits", "yes")]);
    assert!(form.completeness(&full, true).is_complete());
    assert!(!form.completeness(&full, false).is_complete());
    assert_eq!(form.check_deposit(&full), []);
    assert_eq!(form.check_deposit(&Answers::new()).len(), 3);
}

#[test]
fn a_wrong_answer_is_named_with_its_field() {
    use FieldProblem as P;
    for (field, answer, problem) in [
        ("name", "Élises", P::TooLong),
        ("name", "a\nb", P::NotOneLine),
        ("agrees", "oui", P::NotYesOrNo),
        ("size", "medium", P::NotAnOption),
        ("mail", "a@b", P::NotAnEmail),
        ("mail", "a b@c.fr", P::NotAnEmail),
        ("mail", "a@b@c.fr", P::NotAnEmail),
        ("phone", "12", P::NotAPhone),
        ("phone", "zéro un 23 45 67", P::NotAPhone),
        ("day", "2026-02-30", P::NotADate),
        ("commits", "no", P::NotCommitted),
        ("other", "x", P::UnknownField),
    ] {
        let expected = FieldError {
            field: field.into(),
            problem,
        };
        assert_eq!(form().check(&answers(&[(field, answer)])), [expected], "{answer}");
    }
    let good = answers(&[
        ("why", "a\nb"),
        ("size", "small"),
        ("mail", "dsi@ville.example"),
        ("phone", "+33 1 23 45 67 89"),
        ("day", "2026-03-16"),
    ]);
    assert_eq!(form().check(&good), []);
}

#[test]
fn a_form_with_two_equal_keys_is_not_sound() {
    let mut twice = form();
    twice.sections.push(twice.sections[0].clone());
    assert!(!twice.is_sound());
    let mut choice = form();
    choice.sections[0].fields[3].kind = FieldKind::Choice(vec![]);
    assert!(!choice.is_sound());
}

#[test]
fn dates_of_an_act_must_follow_one_another() {
    let day = |text: &str| text.parse::<Date>().ok();
    let mut act = Document {
        id: id(1),
        subject: DocumentSubject::Programme,
        subject_id: uuid::Uuid::nil(),
        kind: DocumentKind::Deliberation,
        title: "Bug Bounty pédagogique".into(),
        number: Some("BM2026/02/03/16".into()),
        signatory_name: None,
        signatory_function: None,
        delegation: None,
        dated_on: day("2026-02-03"),
        transmitted_on: day("2026-02-10"),
        published_on: day("2026-02-11"),
        valid_from: None,
        valid_until: None,
        blob: None,
    };
    assert_eq!(act.problems(), []);
    let on = |text: &str| day(text).unwrap();
    assert!(act.is_executory_on(on("2026-02-11")) && !act.is_executory_on(on("2026-02-10")));
    act.transmitted_on = day("2026-02-02");
    act.valid_from = day("2026-03-01");
    act.valid_until = day("2026-02-28");
    let problems = [DocumentProblem::EndsBeforeItBegins, DocumentProblem::SentBeforeDated];
    assert_eq!(act.problems(), problems);
    assert!(!act.holds_on(on("2026-02-28")) && !act.holds_on(on("2026-03-01")));
}
