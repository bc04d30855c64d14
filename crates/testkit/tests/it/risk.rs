//! Accepting a risk: an officer proposes, a signatory of the same organisation signs or refuses.

use crate::sharing::{World, advance, answer, deploy, world};
use domain::ids::{OrganisationId, VulnerabilityId};
use domain::position::{PositionEvent, PositionState};
use domain::role::{GrantScope, Role};
use domain::sharing::{Phase, Tlp};
use domain::time::DAY;
use domain::{DeploymentState, Timestamp};
use i18n::Lang;
use testkit::{Someone, TestApp, each_engine};
use use_cases::authorisation::Signature;
use use_cases::desk::ViewDesk;
use use_cases::people::{Invite, NewPerson, take_up, visit};
use use_cases::sharing::{
    AnswerPosition, ChangeTlp, NamePerson, RefuseRisk, ViewRisk, ViewSituation, accept_at_once, sign_risk,
};
use use_cases::{Context, Error, Outcome, Who, perform, read};

/// Lets a signatory with a password of their own join an organisation and sign in.
pub async fn signatory(app: &TestApp, name: &str, organisation: OrganisationId) -> Context {
    let invite = Invite {
        organisation,
        role: Role::Signatory,
        scope: GrantScope::Organisation,
        label: String::new(),
        email: None,
    };
    let system = app.system(authorization::SystemKind::Installer);
    let invited = perform(&system, invite).await.unwrap();
    let plain = name.to_lowercase().replace(' ', ".");
    let new = NewPerson {
        name: name.to_owned(),
        pseudonym: plain.clone(),
        email: format!("{plain}@example.org"),
        password: story::PASSWORD.to_owned(),
    };
    let token = take_up(&app.nobody(), &invited.token, Some(new), Lang::Fr, "essai")
        .await
        .unwrap()
        .unwrap();
    let signed_in = visit(&app.nobody(), &token.0).await.unwrap().unwrap();
    Context {
        who: Who::Person(signed_in.person, signed_in.session),
        ..app.nobody()
    }
}

fn signature() -> Signature {
    Signature {
        function: "Maire".to_owned(),
        ..Signature::default()
    }
}

/// Signs the risk that waits.
pub async fn signs(context: &Context, vulnerability: VulnerabilityId, organisation: OrganisationId) -> Outcome<()> {
    sign_risk(context, vulnerability, organisation, None, signature(), story::PASSWORD).await
}

/// A commune that says it is affected, its officer, and how to look at it.
struct Town {
    world: World,
    id: OrganisationId,
    officer: Someone,
}

impl Town {
    async fn build(app: &TestApp) -> Self {
        let world = world(app).await;
        let (id, officer) = deploy(app, &world, "Bourg-la-Tour", DeploymentState::Confirmed).await;
        advance(app, &world, Phase::Alert).await;
        advance(app, &world, Phase::Measures).await;
        let affected = answer(&world, id, PositionEvent::DeclareAffected, "");
        perform(&officer.context(app), affected).await.unwrap();
        app.settle().await;
        Self { world, id, officer }
    }

    fn proposal(&self, until: Timestamp) -> AnswerPosition {
        AnswerPosition {
            until: Some(until),
            ..answer(&self.world, self.id, PositionEvent::AcceptRisk, "Peu exposé")
        }
    }

    async fn proposes(&self, app: &TestApp) -> Outcome<()> {
        let until = app.app.clock.now().plus_days(30);
        perform(&self.officer.context(app), self.proposal(until)).await
    }

    async fn view(&self, app: &TestApp) -> use_cases::sharing::SituationView {
        let query = ViewSituation {
            organisation: self.id,
            vulnerability: self.world.vulnerability,
        };
        read(&self.officer.context(app), query).await.unwrap()
    }

    fn risk(&self) -> ViewRisk {
        ViewRisk {
            organisation: self.id,
            vulnerability: self.world.vulnerability,
        }
    }
}

async fn waits(context: &Context, what: &str) -> bool {
    let desk = read(context, ViewDesk).await.unwrap();
    desk.iter().any(|item| item.what == what)
}

each_engine! {
    async fn a_risk_is_accepted_when_the_signatory_signs_and_not_before(app: TestApp) {
        let town = Town::build(&app).await;
        let (vulnerability, id) = (town.world.vulnerability, town.id);
        let mayor = signatory(&app, "Mona Maire", id).await;
        let elsewhere = app.organisation(domain::organisation::OrganisationKind::Commune, "Ailleurs").await;
        let stranger = signatory(&app, "Elie Ailleurs", elsewhere).await;
        assert!(matches!(read(&mayor, town.risk()).await, Err(Error::NotFound)), "nothing is proposed yet");
        town.proposes(&app).await.unwrap();
        app.settle().await;
        assert_eq!(app.mails.to("mona.maire@example.org").len(), 1);
        assert!(waits(&mayor, "sharing-desk-sign-risk").await);
        let pending = town.view(&app).await;
        assert_eq!(pending.line.state, PositionState::Affected);
        assert!(pending.proposal.is_some_and(|proposal| proposal.waits && !proposal.nobody));
        let shown = read(&mayor, town.risk()).await.unwrap();
        assert_eq!(shown.proposal.unwrap().reason, "Peu exposé");

        for other in [&stranger, &town.officer.context(&app)] {
            assert!(matches!(read(other, town.risk()).await, Err(Error::NotFound)));
            assert!(matches!(signs(other, vulnerability, id).await, Err(Error::NotFound)));
        }
        let sign = async |signature: Signature, password: &str| {
            sign_risk(&mayor, vulnerability, id, None, signature, password).await
        };
        for (signature, password, field) in [
            (Signature::default(), story::PASSWORD, "function"),
            (signature(), "", "password"),
            (signature(), "pas le bon mot de passe", "password"),
            (Signature { delegation: "Arrêté 4".to_owned(), ..signature() }, story::PASSWORD, "delegation_from"),
        ] {
            let refused = sign(signature, password).await;
            assert!(matches!(&refused, Err(Error::Invalid(fields)) if fields[0].field == field), "{refused:?}");
        }
        assert_eq!(town.view(&app).await.line.state, PositionState::Affected);
        signs(&mayor, vulnerability, id).await.unwrap();
        let signed = town.view(&app).await;
        assert_eq!(signed.line.state, PositionState::RiskAccepted);
        let acceptance = signed.acceptance.unwrap();
        assert_eq!((acceptance.signatory.as_str(), acceptance.function.as_str()), ("Mona Maire", "Maire"));
        assert!(signed.proposal.is_none());
        assert_eq!(signed.history[0].kind, "position.risk_signed");
        assert_eq!(signed.history[0].who, "Mona Maire");
        assert!(!waits(&mayor, "sharing-desk-sign-risk").await);
        assert!(matches!(signs(&mayor, vulnerability, id).await, Err(Error::Conflict(_))), "only once");
        assert!(read(&mayor, town.risk()).await.unwrap().acceptance.is_some(), "it can be read again");
        let before = app.mails.to("agent.bourg-la-tour@example.org").len();
        app.settle().await;
        assert_eq!(app.mails.to("agent.bourg-la-tour@example.org").len(), before + 1);
        app.clock.advance(31 * DAY);
        assert_eq!(town.view(&app).await.line.state, PositionState::Affected);
        assert!(waits(&town.officer.context(&app), "sharing-desk-risk").await);
    }

    async fn a_signatory_refuses_with_a_reason_and_nothing_changes(app: TestApp) {
        let town = Town::build(&app).await;
        let mayor = signatory(&app, "Mona Maire", town.id).await;
        town.proposes(&app).await.unwrap();
        let refuse = |reason: &str| RefuseRisk {
            revision: None,
            vulnerability: town.world.vulnerability,
            organisation: town.id,
            reason: reason.to_owned(),
        };
        assert!(matches!(perform(&mayor, refuse(" ")).await, Err(Error::Invalid(_))));
        let own = perform(&town.officer.context(&app), refuse("Non.")).await;
        assert!(matches!(own, Err(Error::NotFound)), "{own:?}");
        let before = app.mails.to("agent.bourg-la-tour@example.org").len();
        perform(&mayor, refuse("Mettez à jour.")).await.unwrap();
        app.settle().await;
        assert_eq!(app.mails.to("agent.bourg-la-tour@example.org").len(), before + 1);
        let view = town.view(&app).await;
        assert_eq!(view.line.state, PositionState::Affected);
        assert!(view.proposal.is_none() && view.acceptance.is_none());
        assert_eq!((view.history[0].kind.as_str(), view.history[0].why.as_str()), ("position.risk_refused", "Mettez à jour."));
        let late = signs(&mayor, town.world.vulnerability, town.id).await;
        assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    }

    async fn who_is_officer_and_signatory_does_both_at_once(app: TestApp) {
        let town = Town::build(&app).await;
        let both = signatory(&app, "Mona Maire", town.id).await;
        let Who::Person(person, _) = both.who else { panic!("nobody") };
        app.grant(Someone { id: person }, Role::SecurityOfficer, town.id, GrantScope::Organisation).await;
        let until = app.app.clock.now().plus_days(30);
        let wrong = accept_at_once(&both, town.proposal(until), signature(), "pas le bon mot de passe").await;
        assert!(matches!(wrong, Err(Error::Invalid(_))), "{wrong:?}");
        assert!(town.view(&app).await.proposal.is_none(), "nothing is kept of what was not signed");
        let other = answer(&town.world, town.id, PositionEvent::Mitigate, "Accès restreint");
        let other = accept_at_once(&both, other, signature(), story::PASSWORD).await;
        assert!(matches!(other, Err(Error::Invalid(_))), "{other:?}");
        accept_at_once(&both, town.proposal(until), signature(), story::PASSWORD).await.unwrap();
        assert_eq!(town.view(&app).await.line.state, PositionState::RiskAccepted);
        app.settle().await;
        assert!(app.mails.to("mona.maire@example.org").is_empty(), "nobody is told of what they did themselves");
        let officer = accept_at_once(&town.officer.context(&app), town.proposal(until), signature(), story::PASSWORD).await;
        assert!(matches!(officer, Err(Error::NotFound)), "{officer:?}");
    }

    async fn a_proposal_needs_somebody_who_may_sign_it(app: TestApp) {
        let town = Town::build(&app).await;
        let nobody = town.proposes(&app).await;
        assert!(matches!(&nobody, Err(Error::Invalid(fields)) if fields[0].field == "answer"), "{nobody:?}");
        let mayor = signatory(&app, "Mona Maire", town.id).await;
        let organiser = town.world.organiser.context(&app);
        let vulnerability = town.world.vulnerability;
        perform(&organiser, ChangeTlp { vulnerability, tlp: Some(Tlp::Red), reason: "Prudence".to_owned() }).await.unwrap();
        let named = NamePerson { vulnerability, person: Some(town.officer.id), reason: "Répond".to_owned() };
        perform(&organiser, named).await.unwrap();
        let red = town.proposes(&app).await;
        assert!(matches!(red, Err(Error::Invalid(_))), "the signatory may not know of it: {red:?}");
        let Who::Person(person, _) = mayor.who else { panic!("nobody") };
        let named = NamePerson { vulnerability, person: Some(person), reason: "Signe".to_owned() };
        perform(&organiser, named).await.unwrap();
        town.proposes(&app).await.unwrap();
        assert!(waits(&mayor, "sharing-desk-sign-risk").await);
    }

    async fn a_proposal_ends_with_another_answer_and_with_its_date(app: TestApp) {
        let town = Town::build(&app).await;
        let mayor = signatory(&app, "Mona Maire", town.id).await;
        let vulnerability = town.world.vulnerability;
        town.proposes(&app).await.unwrap();
        let read_at = read(&mayor, town.risk()).await.unwrap().line.revision;
        town.proposes(&app).await.unwrap();
        let stale = sign_risk(&mayor, vulnerability, town.id, Some(read_at), signature(), story::PASSWORD).await;
        assert!(matches!(stale, Err(Error::Stale)), "another proposal than the one that was read: {stale:?}");
        let mitigated = answer(&town.world, town.id, PositionEvent::Mitigate, "Accès restreint");
        perform(&town.officer.context(&app), mitigated).await.unwrap();
        assert!(town.view(&app).await.proposal.is_none());
        assert!(matches!(read(&mayor, town.risk()).await, Err(Error::NotFound)));
        town.proposes(&app).await.unwrap();
        app.clock.advance(31 * DAY);
        assert!(!waits(&mayor, "sharing-desk-sign-risk").await);
        assert!(waits(&town.officer.context(&app), "sharing-desk-risk-unsigned").await);
        assert!(matches!(signs(&mayor, vulnerability, town.id).await, Err(Error::Conflict(_))));
        assert!(town.view(&app).await.proposal.is_some_and(|proposal| !proposal.waits));
    }
}
