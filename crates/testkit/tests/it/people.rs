//! How people come in, and what they keep of themselves.

use domain::organisation::OrganisationKind;
use domain::role::{GrantScope, Role};
use domain::time::{DAY, MINUTE};
use i18n::Lang;
use testkit::each_engine;
use use_cases::organisation::SeedDirectory;
use use_cases::people::{
    Credentials, EndSession, Invite, NewPerson, SetUp, ViewAccount, ViewInvitation, change_password, set_up, sign_in,
    take_up, visit,
};
use use_cases::{Context, Error, perform, read};

fn invitation(organisation: domain::ids::OrganisationId) -> Invite {
    Invite {
        organisation,
        role: Role::SecurityOfficer,
        scope: GrantScope::Organisation,
        label: "RSSI".to_owned(),
        email: Some("noe.petit@example.org".to_owned()),
    }
}

fn noe() -> NewPerson {
    NewPerson {
        name: "Noé Petit".to_owned(),
        pseudonym: "noe".to_owned(),
        email: "noe.petit@example.org".to_owned(),
        password: "une phrase assez longue".to_owned(),
    }
}

/// What Noé types, from a machine that nobody knows.
fn noes(password: &str) -> Credentials<'_> {
    Credentials {
        name: "noe.petit@example.org",
        password,
        device: "test",
        mark: "",
    }
}

each_engine! {
    async fn an_invitation_is_mailed_and_taken_up_once(app: TestApp) {
        let commune = app.organisation(OrganisationKind::Commune, "Bourg-la-Tour").await;
        let awa = app.person("Awa Diallo", Role::SecurityOfficer, commune).await;
        let invited = perform(&awa.context(&app), invitation(commune)).await.unwrap();
        app.settle().await;
        let mails = app.mails.to("noe.petit@example.org");
        assert_eq!(mails.len(), 1);
        let text = mails[0].text.replace('\u{a0}', " ");
        assert!(text.contains(&invited.token), "{text}");
        assert!(text.contains("Votre rôle : Responsable de la sécurité. Vous déclarez les applications"), "{text}");
        let shown = read(&app.nobody(), ViewInvitation(invited.token.clone())).await.unwrap();
        let until = i18n::long_datetime(Lang::Fr, shown.expires_at.0).replace('\u{a0}', " ");
        assert!(text.contains(&format!("jusqu’au {until}")), "{text}");

        let token = take_up(&app.nobody(), &invited.token, Some(noe()), Lang::Fr, "test").await.unwrap().unwrap();
        let signed_in = visit(&app.nobody(), &token.0).await.unwrap().unwrap();
        assert_eq!(signed_in.name, "Noé Petit");
        assert_eq!(signed_in.roles, [(Role::SecurityOfficer, commune, "Bourg-la-Tour".to_owned())]);

        let again = take_up(&app.nobody(), &invited.token, Some(noe()), Lang::Fr, "test").await;
        assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
        app.settle().await;
    }

    async fn both_passwords_of_a_change_are_judged_at_once(app: TestApp) {
        let commune = app.organisation(OrganisationKind::Commune, "Bourg-la-Tour").await;
        let awa = app.person("Awa Diallo", Role::SecurityOfficer, commune).await;
        let invited = perform(&awa.context(&app), invitation(commune)).await.unwrap();
        let session = take_up(&app.nobody(), &invited.token, Some(noe()), Lang::Fr, "test").await.unwrap().unwrap();
        let entered = visit(&app.nobody(), &session.0).await.unwrap().unwrap();
        let noe = Context { who: use_cases::Who::Person(entered.person, entered.session), ..app.nobody() };
        let refused = change_password(&noe, "ce n’est pas elle", "court").await;
        let Err(Error::Invalid(problems)) = refused else { panic!("{refused:?}") };
        let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["old_password", "new_password"]);
    }

    async fn only_who_hunts_is_asked_for_a_pseudonym_once(app: TestApp) {
        let operator = app.organisation(OrganisationKind::Operator, "Exploitant").await;
        let ada = app.person("Ada Noël", Role::Administrator, operator).await;
        let invited = |role| Invite { role, email: None, ..invitation(operator) };
        let officer = perform(&ada.context(&app), invited(Role::SecurityOfficer)).await.unwrap().token;
        assert!(!read(&app.nobody(), ViewInvitation(officer.clone())).await.unwrap().asks_pseudonym);
        let nameless = NewPerson { pseudonym: String::new(), ..noe() };
        let session = take_up(&app.nobody(), &officer, Some(nameless.clone()), Lang::Fr, "test").await.unwrap().unwrap();
        let entered = visit(&app.nobody(), &session.0).await.unwrap().unwrap();
        let noe = Context { who: use_cases::Who::Person(entered.person, entered.session), ..app.nobody() };
        assert_eq!(read(&noe, ViewAccount).await.unwrap().pseudonym, "");

        let hunter = perform(&ada.context(&app), invited(Role::Hunter)).await.unwrap().token;
        assert!(read(&noe, ViewInvitation(hunter.clone())).await.unwrap().asks_pseudonym);
        let missing = take_up(&noe, &hunter, Some(nameless), Lang::Fr, "test").await;
        assert!(matches!(&missing, Err(Error::Invalid(fields)) if fields[0].field == "pseudonym"), "{missing:?}");
        let named = NewPerson { pseudonym: "hibou".to_owned(), ..NewPerson::default() };
        take_up(&noe, &hunter, Some(named), Lang::Fr, "test").await.unwrap();
        assert_eq!(read(&noe, ViewAccount).await.unwrap().pseudonym, "hibou");
        let again = perform(&ada.context(&app), invited(Role::Hunter)).await.unwrap().token;
        assert!(!read(&noe, ViewInvitation(again)).await.unwrap().asks_pseudonym);
    }

    async fn a_set_up_names_no_organisation_twice(app: TestApp) {
        perform(&app.system(authorization::SystemKind::Installer), SeedDirectory).await.unwrap();
        let command = |organisation: &str| SetUp {
            token: sealing::token_text([9; 32]),
            instance: "Beffroi".to_owned(),
            organisation: organisation.to_owned(),
            name: "Ada Noël".to_owned(),
            email: "ada.noel@example.org".to_owned(),
            password: "une phrase assez longue".to_owned(),
        };
        for (typed, message) in [
            (" metropole du  GRAND-PARIS", "error-organisation-known"),
            ("552100554", "error-organisation-no-such-code"),
        ] {
            let refused = set_up(&app.nobody(), command(typed), Lang::Fr).await;
            let Err(Error::Invalid(fields)) = refused else { panic!("{refused:?}") };
            assert_eq!((fields.len(), fields[0].field.as_str(), fields[0].message), (1, "organisation", message));
            let named = fields[0].detail.as_deref().unwrap_or_default();
            assert!(message != "error-organisation-known" || named == "Métropole du Grand Paris (SIREN 200054781)");
        }
        set_up(&app.nobody(), command("200 054 781"), Lang::Fr).await.unwrap();
        let mut session = app.store.snapshot().await.unwrap();
        assert_eq!(session.count_organisations().await.unwrap(), 142, "nothing was added");
        let metropole = session.organisation_by_siren("200054781").await.unwrap().unwrap();
        let grants = session.grants_of_organisation(metropole.id, app.app.clock.now()).await.unwrap();
        assert_eq!(grants.iter().map(|grant| grant.role).collect::<Vec<_>>(), [Role::Administrator]);
    }

    async fn two_who_take_one_invitation_up_together_are_one_person_in_the_end(app: TestApp) {
        let commune = app.organisation(OrganisationKind::Commune, "Bourg-la-Tour").await;
        let awa = app.person("Awa Diallo", Role::SecurityOfficer, commune).await;
        let invited = perform(&awa.context(&app), invitation(commune)).await.unwrap();
        let other = NewPerson { email: "autre@example.org".to_owned(), ..noe() };
        let context = app.nobody();
        let (one, two) = tokio::join!(
            take_up(&context, &invited.token, Some(noe()), Lang::Fr, "test"),
            take_up(&context, &invited.token, Some(other), Lang::Fr, "test"),
        );
        assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1, "{one:?} {two:?}");
    }

    async fn an_invitation_expires(app: TestApp) {
        let commune = app.organisation(OrganisationKind::Commune, "Bourg-la-Tour").await;
        let awa = app.person("Awa Diallo", Role::SecurityOfficer, commune).await;
        let invited = perform(&awa.context(&app), invitation(commune)).await.unwrap();
        read(&app.nobody(), ViewInvitation(invited.token.clone())).await.unwrap();
        app.clock.advance(15 * DAY);
        let late = read(&app.nobody(), ViewInvitation(invited.token)).await;
        assert!(matches!(late, Err(Error::NotFound)));
    }

    async fn a_stranger_invites_nobody(app: TestApp) {
        let commune = app.organisation(OrganisationKind::Commune, "Bourg-la-Tour").await;
        let elsewhere = app.organisation(OrganisationKind::Commune, "Pont-aux-Saules").await;
        let zoe = app.person("Zoé Roux", Role::SecurityOfficer, elsewhere).await;
        let refused = perform(&zoe.context(&app), invitation(commune)).await;
        assert!(matches!(refused, Err(Error::NotFound)));
    }

    async fn nobody_locks_somebody_else_out(app: TestApp) {
        let commune = app.organisation(OrganisationKind::Commune, "Bourg-la-Tour").await;
        let awa = app.person("Awa Diallo", Role::SecurityOfficer, commune).await;
        let invited = perform(&awa.context(&app), invitation(commune)).await.unwrap();
        take_up(&app.nobody(), &invited.token, Some(noe()), Lang::Fr, "test").await.unwrap();
        let attacker = Context { place: "203.0.113.66".to_owned(), ..app.nobody() };
        let wrong = || sign_in(&attacker, noes("un essai"));
        for _ in 0..app.settings.limits.sign_in_failures {
            assert!(matches!(wrong().await, Err(Error::Invalid(_))));
        }
        assert!(matches!(wrong().await, Err(Error::TooMany { .. })));
        // The person comes from elsewhere and enters as before.
        sign_in(&app.nobody(), Credentials { name: "Noe.Petit@example.org ", ..noes("une phrase assez longue") }).await.unwrap();
        // The attacker's own place is free again after a quarter of an hour.
        app.clock.advance(16 * MINUTE);
        assert!(matches!(wrong().await, Err(Error::Invalid(_))));
    }

    async fn many_attempts_at_once_are_counted_like_one_after_the_other(app: TestApp) {
        let app = app.with_settings(|settings| settings.limits.sign_in_failures = 3);
        let attempts: Vec<_> = (0..12)
            .map(|_| {
                let context = app.nobody();
                app.tasks.spawn(async move { sign_in(&context, noes("un essai")).await })
            })
            .collect();
        let mut looked_at = 0;
        for attempt in attempts {
            match attempt.await.unwrap() {
                Err(Error::Invalid(_)) => looked_at += 1,
                Err(Error::TooMany { .. } | Error::Busy) => {}
                other => panic!("{other:?}"),
            }
        }
        assert!((1..=3).contains(&looked_at), "{looked_at} passwords were looked at");
    }

    async fn those_who_enter_are_not_counted_against_their_place(app: TestApp) {
        let app = app.with_settings(|settings| settings.limits.sign_in_failures_place = 3);
        let commune = app.organisation(OrganisationKind::Commune, "Bourg-la-Tour").await;
        let awa = app.person("Awa Diallo", Role::SecurityOfficer, commune).await;
        let invited = perform(&awa.context(&app), invitation(commune)).await.unwrap();
        take_up(&app.nobody(), &invited.token, Some(noe()), Lang::Fr, "test").await.unwrap();
        let enter = |password: &'static str| {
            let context = app.nobody();
            async move { sign_in(&context, noes(password)).await }
        };
        for _ in 0..5 {
            enter("une phrase assez longue").await.unwrap();
        }
        for _ in 0..3 {
            assert!(matches!(enter("un essai").await, Err(Error::Invalid(_))));
        }
        assert!(matches!(enter("une phrase assez longue").await, Err(Error::TooMany { .. })));
        // What was refused was not counted: a quarter of an hour after the failures the place is free.
        app.clock.advance(16 * MINUTE);
        enter("une phrase assez longue").await.unwrap();
    }

    async fn a_stranger_on_the_same_network_does_not_keep_a_known_machine_out(app: TestApp) {
        let app = app.with_settings(|settings| {
            settings.limits.sign_in_failures_place = 3;
            settings.limits.sign_in_failures = 3;
        });
        let commune = app.organisation(OrganisationKind::Commune, "Bourg-la-Tour").await;
        let awa = app.person("Awa Diallo", Role::SecurityOfficer, commune).await;
        let invited = perform(&awa.context(&app), invitation(commune)).await.unwrap();
        take_up(&app.nobody(), &invited.token, Some(noe()), Lang::Fr, "test").await.unwrap();
        let entered = sign_in(&app.nobody(), noes("une phrase assez longue")).await.unwrap();
        // The stranger uses up what the network is allowed.
        for _ in 0..4 {
            sign_in(&app.nobody(), noes("un essai")).await.unwrap_err();
        }
        let unknown = sign_in(&app.nobody(), noes("une phrase assez longue")).await;
        assert!(matches!(unknown, Err(Error::TooMany { .. })));
        let mark = entered.mark.0;
        let again = sign_in(&app.nobody(), Credentials { mark: &mark, ..noes("une phrase assez longue") }).await.unwrap();
        // The mark opens nothing by itself, and its machine has a limit of its own.
        for _ in 0..3 {
            let wrong = sign_in(&app.nobody(), Credentials { mark: &again.mark.0, ..noes("un essai") }).await;
            assert!(matches!(wrong, Err(Error::Invalid(_))), "{wrong:?}");
        }
        let wrong = sign_in(&app.nobody(), Credentials { mark: &mark, ..noes("un essai") }).await;
        assert!(matches!(wrong, Err(Error::TooMany { .. })), "{wrong:?}");
        // A mark that was made up, or of somebody else, is none.
        let made_up = mark.replace(&mark[..4], "AAAA");
        for (name, mark) in [("noe.petit@example.org", made_up.as_str()), ("awa.diallo@example.org", &mark)] {
            let refused = sign_in(&app.nobody(), Credentials { name, mark, ..noes("un essai") }).await;
            assert!(matches!(refused, Err(Error::TooMany { .. })), "{refused:?}");
        }
    }

    async fn a_session_is_listed_and_ended_by_its_person_only(app: TestApp) {
        let commune = app.organisation(OrganisationKind::Commune, "Bourg-la-Tour").await;
        let awa = app.person("Awa Diallo", Role::SecurityOfficer, commune).await;
        let zoe = app.person("Zoé Roux", Role::SecurityOfficer, commune).await;
        let cookie = app.cookie(awa).await;
        let token = cookie.split_once('=').unwrap().1;
        let account = read(&awa.context(&app), ViewAccount).await.unwrap();
        assert_eq!(account.email, "awa.diallo@example.org");
        assert_eq!(account.sessions.len(), 1);
        let id = account.sessions[0].id;
        let refused = perform(&zoe.context(&app), EndSession(id)).await;
        assert!(matches!(refused, Err(Error::NotFound)));
        assert!(visit(&app.nobody(), token).await.unwrap().is_some());
        perform(&awa.context(&app), EndSession(id)).await.unwrap();
        assert!(visit(&app.nobody(), token).await.unwrap().is_none());
        app.settle().await;
    }
}
