//! What happens to a campaign that changes while it is prepared or under way.

use super::*;
use axum::body::Body;
use axum::http::{Request, header};
use tower::ServiceExt;
use use_cases::campaign::{EditCampaign, RemoveAsset, RemoveTestAccount, ViewScope, WithdrawPerson};
use use_cases::desk::ViewDesk;
use use_cases::people::ViewInvitation;

fn moved(campaign: CampaignId, wanted: MoveWanted) -> MoveCampaign {
    MoveCampaign {
        campaign,
        wanted,
        reason: "voilà pourquoi".to_owned(),
    }
}

pub(super) async fn joins(app: &TestApp, story: &Story, part: PersonPart, name: &str) -> Someone {
    let invite = InviteToCampaign {
        campaign: story.campaign,
        part: Some(part),
        organisation: Some(story.school),
        email: None,
        label: String::new(),
    };
    let invited = perform(&story.organiser.context(app), invite).await.unwrap();
    let who = app.stranger(name).await;
    take_up(&who.context(app), &invited.token, None, Lang::Fr, "test")
        .await
        .unwrap();
    who
}

async fn part_of(app: &TestApp, story: &Story, who: Someone) -> domain::ids::ParticipantId {
    let page = read(&story.organiser.context(app), ViewCampaign(story.campaign))
        .await
        .unwrap();
    let found = page.record.people.iter().find(|p| p.participant.person == who.id);
    found.unwrap().participant.id
}

async fn commit_all(app: &TestApp, story: &Story, who: Someone) {
    let context = who.context(app);
    let page = read(&context, ViewCampaign(story.campaign)).await.unwrap();
    for line in page.parties.iter().flat_map(|group| &group.lines) {
        if line.may_commit {
            let commit = CommitParty {
                campaign: story.campaign,
                party: line.id,
            };
            perform(&context, commit).await.unwrap();
        }
    }
}

fn refused_as_over<T: std::fmt::Debug>(outcome: Outcome<T>) {
    assert!(
        matches!(outcome, Err(Error::Conflict("error-campaign-over"))),
        "{outcome:?}"
    );
}

struct Another(ProductId, OrganisationId);

impl UseCase for Another {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let product = Product {
            id: self.0,
            vendor: self.1,
            name: "Navette".to_owned(),
            slug: "navette".to_owned(),
            purl: None,
            cpe: None,
            description: "Transport".to_owned(),
            revision: 1,
        };
        Ok(unit.store.insert_product(&product, unit.now).await?)
    }
}

each_engine! {
    async fn a_party_added_late_must_commit_before_the_campaign_opens(app: TestApp) {
        let story = ready(&app).await;
        let organiser = story.organiser.context(&app);
        let late = app.organisation(OrganisationKind::Commune, "Val-Tardif").await;
        let officer = app.person("Zoé Tard", Role::SecurityOfficer, late).await;
        let add = AddParties { campaign: story.campaign, kind: PartyKind::Beneficiary, organisations: vec![late] };
        perform(&organiser, add).await.unwrap();
        assert_eq!(state(&organiser, story.campaign).await, CampaignState::Planned);
        perform(&organiser, RequestAuthorisations(story.campaign)).await.unwrap();
        for who in [story.mayor, story.vendor] {
            sign_all(&app, &story, who).await;
        }
        app.clock.advance(3 * DAY);
        app.settle().await;
        assert_eq!(state(&organiser, story.campaign).await, CampaignState::Planned);
        assert!(app.mails.take().iter().any(|mail| mail.subject.contains("n’a pas pu s’ouvrir")));
        commit_all(&app, &story, officer).await;
        assert_eq!(state(&organiser, story.campaign).await, CampaignState::Open);
        app.settle().await;
        let page = read(&organiser, ViewCampaign(story.campaign)).await.unwrap();
        let told: Vec<&str> = page.history.iter().map(|line| line.kind.as_str()).collect();
        assert!(told.contains(&"campaign.fell_back") && told.contains(&"campaign.opened"), "{told:?}");
        let begun = AddParties { campaign: story.campaign, kind: PartyKind::Beneficiary, organisations: vec![story.school] };
        assert!(matches!(perform(&organiser, begun).await, Err(Error::Conflict("error-campaign-begun"))));
    }

    async fn a_changed_scope_suspends_an_open_campaign_until_it_is_resumed(app: TestApp) {
        let story = ready(&app).await;
        let organiser = story.organiser.context(&app);
        pupil(&app, &story).await;
        app.clock.advance(3 * DAY);
        app.settle().await;
        app.mails.take();
        perform(&organiser, SetTarget { campaign: story.campaign, url: "https://autre.example/".to_owned() }).await.unwrap();
        app.settle().await;
        let page = read(&organiser, ViewCampaign(story.campaign)).await.unwrap();
        assert!(page.history.iter().any(|line| line.kind == "campaign.suspended_scope"));
        assert!(app.mails.take().iter().any(|mail| mail.subject.contains("suspendue")));
        perform(&organiser, RequestAuthorisations(story.campaign)).await.unwrap();
        for who in [story.mayor, story.vendor] {
            sign_all(&app, &story, who).await;
        }
        assert_eq!(state(&organiser, story.campaign).await, CampaignState::Suspended);
        perform(&organiser, moved(story.campaign, MoveWanted::Resume)).await.unwrap();
        assert_eq!(state(&organiser, story.campaign).await, CampaignState::Open);
        app.settle().await;
    }

    async fn a_signer_reads_only_what_concerns_their_own_products(app: TestApp) {
        let story = planned(&app).await;
        let organiser = story.organiser.context(&app);
        let town = app.organisation(OrganisationKind::Commune, "Montferlin").await;
        let maker = app.organisation(OrganisationKind::Vendor, "Galandrin").await;
        let signatory = app.person("Odile Ferrand", Role::Signatory, maker).await.context(&app);
        let other = ProductId(uuid::Uuid::from_u128(9));
        perform(&app.nobody(), Another(other, maker)).await.unwrap();
        let set = SetProduct { campaign: story.campaign, product: Some(other), version: None, owners: vec![town], hosts: vec![maker] };
        perform(&organiser, set).await.unwrap();
        let none = perform(&organiser, RequestAuthorisations(story.campaign)).await;
        assert!(matches!(none, Err(Error::Conflict("error-authorisation-scope-first"))), "{none:?}");
        let asset = AddAsset {
            campaign: story.campaign,
            product: Some(other),
            kind: Some(AssetKind::Url),
            inside: true,
            value: "https://navette.example/secret".to_owned(),
            note: String::new(),
        };
        perform(&organiser, asset).await.unwrap();
        perform(&organiser, RequestAuthorisations(story.campaign)).await.unwrap();
        for (context, own, foreign) in [
            (story.vendor.context(&app), "test.example/cachette", "navette.example"),
            (signatory, "navette.example/secret", "test.example"),
        ] {
            let page = read(&context, ViewCampaign(story.campaign)).await.unwrap();
            assert!(!page.authorisations.is_empty());
            for line in page.authorisations {
                let text = read(&context, ViewAuthorisation(line.id)).await.unwrap().text;
                assert!(text.contains(own) && !text.contains(foreign), "{text}");
            }
        }
        app.settle().await;
    }

    async fn a_pilot_suspends_and_withdraws_hunters_only(app: TestApp) {
        let story = ready(&app).await;
        let pilot = joins(&app, &story, PersonPart::Pilot, "Pia Lote").await;
        let observer = joins(&app, &story, PersonPart::Observer, "Omar Veil").await;
        let hunter = joins(&app, &story, PersonPart::Hunter, "Hugo Chas").await;
        let led = pilot.context(&app);
        let suspend = |participant| SetPersonSuspended {
            campaign: story.campaign,
            participant,
            suspended: true,
            reason: "motif".to_owned(),
        };
        for who in [observer, pilot] {
            let participant = part_of(&app, &story, who).await;
            assert!(matches!(perform(&led, suspend(participant)).await, Err(Error::NotFound)));
            let withdraw = WithdrawPerson { campaign: story.campaign, participant, sure: true };
            assert!(matches!(perform(&led, withdraw).await, Err(Error::NotFound)));
        }
        perform(&led, suspend(part_of(&app, &story, hunter).await)).await.unwrap();
        let participant = part_of(&app, &story, observer).await;
        let withdraw = |sure| WithdrawPerson { campaign: story.campaign, participant, sure };
        let unsure = perform(&story.organiser.context(&app), withdraw(false)).await;
        assert!(matches!(&unsure, Err(Error::Invalid(fields)) if fields[0].field == "sure"), "{unsure:?}");
        perform(&story.organiser.context(&app), withdraw(true)).await.unwrap();
    }

    async fn what_is_missing_of_an_invitation_or_a_product_is_said_at_once(app: TestApp) {
        let story = planned(&app).await;
        let organiser = story.organiser.context(&app);
        let fields = |error: Error| match error {
            Error::Invalid(problems) => problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        let invite = InviteToCampaign {
            campaign: story.campaign,
            part: None,
            organisation: None,
            email: Some("pas une adresse".to_owned()),
            label: String::new(),
        };
        assert_eq!(fields(perform(&organiser, invite).await.unwrap_err()), ["part", "organisation", "email"]);
        let set = SetProduct { campaign: story.campaign, product: None, version: None, owners: vec![], hosts: vec![] };
        assert_eq!(fields(perform(&organiser, set).await.unwrap_err()), ["product", "owners", "hosts"]);
    }

    async fn a_draft_that_is_cancelled_stays_with_those_who_wrote_it(app: TestApp) {
        let story = drafted(&app).await;
        app.settle().await;
        app.mails.take();
        let organiser = story.organiser.context(&app);
        let mayor = story.mayor.context(&app);
        let before = read(&mayor, ViewCampaign(story.campaign)).await;
        assert!(matches!(before, Err(Error::NotFound)), "{before:?}");
        perform(&organiser, moved(story.campaign, MoveWanted::Cancel)).await.unwrap();
        let after = read(&mayor, ViewCampaign(story.campaign)).await;
        assert!(matches!(after, Err(Error::NotFound)), "{after:?}");
        assert!(read(&organiser, ViewCampaign(story.campaign)).await.is_ok());
        app.settle().await;
        let told: Vec<String> = app.mails.take().into_iter().map(|mail| mail.to).collect();
        assert!(told.iter().all(|to| to.contains("claire")), "{told:?}");
    }

    async fn nothing_is_prepared_in_a_cancelled_campaign(app: TestApp) {
        let story = planned(&app).await;
        let organiser = story.organiser.context(&app);
        perform(&organiser, RequestAuthorisations(story.campaign)).await.unwrap();
        let account = read(&organiser, ViewScope(story.campaign)).await.unwrap().accounts[0].id;
        let made = MakeCodes { campaign: story.campaign, count: 1 };
        let code = perform(&story.teacher.context(&app), made).await.unwrap().codes.remove(0).text;
        let invite = InviteToCampaign {
            campaign: story.campaign,
            part: Some(PersonPart::Observer),
            organisation: Some(story.school),
            email: None,
            label: String::new(),
        };
        let link = perform(&organiser, invite).await.unwrap().token;
        perform(&organiser, moved(story.campaign, MoveWanted::Cancel)).await.unwrap();
        app.settle().await;
        let cancelled = app.mails.take().into_iter().filter(|mail| mail.subject.contains("annulée"));
        let mut told: Vec<String> = cancelled.map(|mail| mail.to).collect();
        let all = told.len();
        told.sort();
        told.dedup();
        assert!(all > 2 && told.len() == all, "each of the parties is told once: {told:?}");
        let late = app.stranger("Tom Tard").await.context(&app);
        for token in [code, link] {
            let cancelled = take_up(&late, &token, None, Lang::Fr, "test").await;
            assert!(matches!(cancelled, Err(Error::Conflict("people-error-campaign-cancelled"))), "{cancelled:?}");
            let seen = read(&app.nobody(), ViewInvitation(token)).await;
            assert!(matches!(seen, Err(Error::Conflict("people-error-campaign-cancelled"))));
        }
        let mayor = story.mayor.context(&app);
        let own = read(&mayor, ViewCampaign(story.campaign)).await.unwrap().authorisations[0].id;
        let text = read(&mayor, ViewAuthorisation(own)).await.unwrap();
        assert!(!text.may_sign);
        let scan = Some((b"%PDF-1.4\n%%EOF\n".to_vec(), "a.pdf".to_owned()));
        refused_as_over(sign(&mayor, own, signature(), &text.hash, "", scan).await);
        refused_as_over(perform(&story.teacher.context(&app), MakeCodes { campaign: story.campaign, count: 2 }).await);
        assert!(!read(&story.teacher.context(&app), ViewCodes(story.campaign)).await.unwrap().may_make);
        let add = AddTestAccount {
            campaign: story.campaign,
            product: Some(story.product),
            label: "agent 2".to_owned(),
            secret: "secret".to_owned(),
        };
        refused_as_over(perform(&organiser, add).await);
        refused_as_over(perform(&organiser, RemoveTestAccount { campaign: story.campaign, account }).await);
    }

    async fn an_edit_typed_over_an_older_revision_is_refused(app: TestApp) {
        let story = planned(&app).await;
        let organiser = story.organiser.context(&app);
        let record = read(&organiser, ViewCampaign(story.campaign)).await.unwrap().record;
        let edit = |name: &str| EditCampaign {
            campaign: story.campaign,
            revision: record.campaign.revision,
            draft: CampaignDraft {
                name: name.to_owned(),
                kind: Some(record.campaign.kind),
                summary: "Un mois".to_owned(),
                opens_at: Some(record.campaign.window.opens_at),
                closes_at: Some(record.campaign.window.closes_at),
                prohibitions: "Aucun".to_owned(),
                stop_contact: "Moi".to_owned(),
                restitution_shared: true,
                call: None,
 recording_days: String::new(),
            },
        };
        perform(&organiser, edit("La première")).await.unwrap();
        assert!(matches!(perform(&organiser, edit("La seconde")).await, Err(Error::Stale)));
    }

    async fn a_hunter_sees_no_product_before_they_accept_the_rules(app: TestApp) {
        let story = ready(&app).await;
        let hunter = pupil(&app, &story).await;
        let before = read(&hunter, ViewCampaign(story.campaign)).await.unwrap();
        assert!(before.products_hidden && before.record.products.is_empty());
        accept(&hunter, story.campaign).await;
        let after = read(&hunter, ViewCampaign(story.campaign)).await.unwrap();
        assert!(!after.products_hidden && after.record.products.len() == 1);
        let teacher = read(&story.teacher.context(&app), ViewCampaign(story.campaign)).await.unwrap();
        assert!(!teacher.products_hidden && teacher.record.products.len() == 1);
    }

    async fn a_pilot_finds_what_is_missing_in_the_scope_and_a_suspension(app: TestApp) {
        let story = ready(&app).await;
        let organiser = story.organiser.context(&app);
        let pilot = joins(&app, &story, PersonPart::Pilot, "Pia Lote").await.context(&app);
        assert!(read(&pilot, ViewDesk).await.unwrap().is_empty());
        let asset = read(&organiser, ViewScope(story.campaign)).await.unwrap().assets[0].clone();
        perform(&organiser, RemoveAsset { campaign: story.campaign, asset: asset.id }).await.unwrap();
        assert_eq!(read(&pilot, ViewDesk).await.unwrap()[0].what, "campaign-desk-scope");
        let again = AddAsset {
            campaign: story.campaign,
            product: Some(asset.product),
            kind: Some(asset.kind),
            inside: true,
            value: asset.value,
            note: String::new(),
        };
        perform(&pilot, again).await.unwrap();
        assert!(read(&pilot, ViewDesk).await.unwrap().is_empty());
        perform(&organiser, RequestAuthorisations(story.campaign)).await.unwrap();
        for who in [story.mayor, story.vendor] {
            sign_all(&app, &story, who).await;
        }
        app.clock.advance(3 * DAY);
        perform(&organiser, moved(story.campaign, MoveWanted::Suspend)).await.unwrap();
        assert_eq!(read(&pilot, ViewDesk).await.unwrap()[0].what, "campaign-desk-suspended");
    }

    async fn a_missing_reason_shows_the_list_again(app: TestApp) {
        let story = ready(&app).await;
        let hunter = joins(&app, &story, PersonPart::Hunter, "Hugo Chas").await;
        let participant = part_of(&app, &story, hunter).await;
        for (who, back) in [(story.organiser, ""), (story.teacher, "&back=codes")] {
            let request = Request::builder()
                .method("POST")
                .uri(format!("/campagnes/{}/participants/{participant}/suspension", story.campaign))
                .header(header::HOST, "beffroi.test")
                .header(header::ORIGIN, "https://beffroi.test")
                .header(header::COOKIE, app.cookie(who).await)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(format!("suspended=yes&reason-{participant}=+{back}")))
                .unwrap();
            let answer = app.site().oneshot(request).await.unwrap();
            assert_eq!(answer.status().as_u16(), 422);
            let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
            let page = String::from_utf8(bytes.to_vec()).unwrap();
            assert!(page.contains(&format!("id=\"reason-{participant}-error\"")), "{page}");
        }
    }
}
