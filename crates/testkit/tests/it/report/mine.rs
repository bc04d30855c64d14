//! What hunters find of their own reports, and what those who lead or supervise find on their desk.

use super::world::{VECTOR, World};
use super::*;
use domain::ids::{CampaignId, GrantId, ParticipantId, PersonId};
use domain::party::{Participant, PersonPart};
use domain::role::{Grant, GrantScope, Role};
use use_cases::campaign::{MoveCampaign, MoveWanted, ViewCampaign};
use use_cases::desk::ViewDesk;
use use_cases::ports::CampaignPerson;
use use_cases::report::{
    AnswerNaming, AttachTo, ReportText, SaveDraft, SubmitReport, ViewNaming, ViewReportForm, stage_files,
};
use use_cases::{Outcome, Unit, UseCase};

fn rewritten(world: &World, report: ReportId, collaborators: Vec<PersonId>) -> SaveDraft {
    SaveDraft {
        bypass_of: None,
        report: Some(report),
        campaign: world.campaign,
        title: "À plusieurs".to_owned(),
        product: None,
        asset: None,
        text: ReportText {
            steps: "1. Ouvrir".to_owned(),
            impact: "Tout lire".to_owned(),
            proof: String::new(),
        },
        cwe: "CWE-639".to_owned(),
        vector: VECTOR.to_owned(),
        collaborators,
        seen: None,
    }
}

fn notes(count: usize) -> Vec<(String, Vec<u8>)> {
    (0..count)
        .map(|n| (format!("note-{n}.txt"), b"ce que j'ai vu".to_vec()))
        .collect()
}

/// Lets somebody hunt beside another, for the same school.
struct Beside(CampaignId, Someone, Someone);

impl UseCase for Beside {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let grants = unit.store.grants(self.1.id, unit.now).await?;
        let grant = Grant {
            id: GrantId(unit.fresh_id()),
            person: self.2.id,
            ..grants[0].clone()
        };
        unit.store.insert_grant(&grant, None).await?;
        let participant = Participant {
            id: ParticipantId(unit.fresh_id()),
            campaign: self.0,
            person: self.2.id,
            part: PersonPart::Hunter,
            from: unit.now,
            until: None,
            suspended_at: None,
        };
        let person = CampaignPerson {
            participant,
            organisation: grant.organisation,
            grant: grant.id,
            suspension: None,
        };
        Ok(unit.store.insert_participant(&person).await?)
    }
}

each_engine! {
    async fn who_is_named_says_yes_before_being_an_author(app: TestApp) {
        let world = World::open(&app).await;
        let [anna, bob, eve] = [app.stranger("Anna Yes").await, app.stranger("Bob No").await, app.stranger("Eve Late").await];
        for fellow in [anna, bob, eve] {
            perform(&app.nobody(), Beside(world.campaign, world.hunter, fellow)).await.unwrap();
        }
        let hunter = world.hunter.context(&app);
        let report = world.draft(&app, world.hunter, "À plusieurs").await;
        for _ in 0..2 {
            perform(&hunter, rewritten(&world, report, vec![anna.id, bob.id, eve.id])).await.unwrap();
        }
        app.run_jobs().await;
        assert_eq!(app.mails.to("anna.yes@example.org").len(), 1);
        let desk = read(&anna.context(&app), ViewDesk).await.unwrap();
        assert!(desk.iter().any(|item| item.what == "report-desk-named"));
        hidden(&app, anna, report).await;
        assert!(matches!(read(&world.rival.context(&app), ViewNaming(report)).await, Err(Error::NotFound)));
        assert_eq!(read(&anna.context(&app), ViewNaming(report)).await.unwrap().reporter, "Hugo Six");
        perform(&anna.context(&app), AnswerNaming { report, accept: Some(true) }).await.unwrap();
        perform(&bob.context(&app), AnswerNaming { report, accept: Some(false) }).await.unwrap();
        let again = perform(&anna.context(&app), AnswerNaming { report, accept: Some(false) }).await;
        assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
        hidden(&app, anna, report).await;
        perform(&hunter, rewritten(&world, report, vec![anna.id, eve.id])).await.unwrap();
        let form = read(&hunter, ViewReportForm::Draft(report)).await.unwrap();
        let told = |who: Someone| form.fellows.iter().find(|fellow| fellow.id == who.id).unwrap().accepted;
        assert_eq!((told(anna), told(bob), told(eve)), (Some(true), None, Some(false)));
        perform(&hunter, SubmitReport { report }).await.unwrap();
        assert_eq!(see(&app, anna, report).await.authors, ["Hugo Six", "Anna Yes"]);
        hidden(&app, bob, report).await;
        hidden(&app, eve, report).await;
        let late = perform(&eve.context(&app), AnswerNaming { report, accept: Some(true) }).await;
        assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
        app.settle().await;
    }

    async fn a_draft_that_another_page_saved_is_not_replaced_unseen(app: TestApp) {
        let world = World::open(&app).await;
        let hunter = world.hunter.context(&app);
        let report = world.draft(&app, world.hunter, "Premier titre").await;
        let shown = read(&hunter, ViewReportForm::Draft(report)).await.unwrap().mark;
        let save = |title: &str, seen: &str| SaveDraft {
            title: title.to_owned(),
            seen: Some(seen.to_owned()),
            ..rewritten(&world, report, vec![])
        };
        perform(&hunter, save("D’un onglet", &shown)).await.unwrap();
        let late = perform(&hunter, save("De l’autre", &shown)).await;
        assert!(matches!(late, Err(Error::Conflict("report-error-draft-changed"))), "{late:?}");
        let kept = read(&hunter, ViewReportForm::Draft(report)).await.unwrap();
        assert_eq!(kept.title, "D’un onglet");
        perform(&hunter, save("De l’autre", &kept.mark)).await.unwrap();
        assert_eq!(read(&hunter, ViewReportForm::Draft(report)).await.unwrap().title, "De l’autre");
    }

    async fn every_report_of_a_hunter_can_be_found(app: TestApp) {
        let world = World::open(&app).await;
        let hunter = world.hunter.context(&app);
        world.submit(&app, world.hunter, "Le premier").await;
        for number in 0..50 {
            world.draft(&app, world.hunter, &format!("Brouillon {number}")).await;
        }
        let first = read(&hunter, MyReports::default()).await.unwrap();
        assert_eq!((first.lines.len(), first.next), (50, Some(first.lines[49].id)));
        let second = read(&hunter, MyReports { after: first.next, ..MyReports::default() }).await.unwrap();
        assert_eq!((second.lines.len(), second.next), (1, None));
        assert_eq!(second.lines[0].title, "Le premier");
        let drafts = read(&hunter, ViewDesk).await.unwrap();
        assert_eq!(drafts.iter().filter(|item| item.what == "report-desk-draft").count(), 50);
    }

    async fn only_fellows_of_ones_own_school_can_be_named(app: TestApp) {
        let world = World::open(&app).await;
        let hunter = world.hunter.context(&app);
        let report = world.draft(&app, world.hunter, "À plusieurs").await;
        for foreign in [world.rival.id, world.hunter.id] {
            let refused = perform(&hunter, rewritten(&world, report, vec![foreign])).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        }
        perform(&hunter, rewritten(&world, report, vec![])).await.unwrap();
    }

    async fn a_draft_is_handed_in_until_the_campaign_is_closed(app: TestApp) {
        let world = World::open(&app).await;
        let hunter = world.hunter.context(&app);
        let late = world.draft(&app, world.hunter, "Tardif").await;
        let never = world.draft(&app, world.hunter, "Jamais remis").await;
        app.clock.advance(61 * DAY);
        app.settle().await;
        let page = read(&hunter, ViewCampaign(world.campaign)).await.unwrap();
        assert_eq!(page.drafts.len(), 2);
        assert!(page.drafts.iter().all(|draft| draft.blocked.is_none()));
        perform(&hunter, SubmitReport { report: late }).await.unwrap();
        let close = MoveCampaign { campaign: world.campaign, wanted: MoveWanted::Close, reason: String::new() };
        perform(&world.organiser.context(&app), close).await.unwrap();
        let closed = Some("report-error-draft-closed");
        let page = read(&hunter, ViewCampaign(world.campaign)).await.unwrap();
        assert_eq!((page.drafts.len(), page.drafts[0].blocked), (1, closed));
        let mine = read(&hunter, MyReports::default()).await.unwrap().lines;
        assert_eq!((mine[0].id, mine[0].blocked, mine[1].blocked), (never, closed, None));
        let view = see(&app, world.hunter, never).await;
        assert!(view.blocked == closed && !view.may.edit && view.may.discard);
        let refused = perform(&hunter, SubmitReport { report: never }).await;
        assert!(matches!(refused, Err(Error::Conflict("report-error-draft-closed"))), "{refused:?}");
        assert!(read(&hunter, ViewDesk).await.unwrap().iter().all(|item| item.what != "report-desk-draft"));
    }

    async fn files_are_kept_with_what_they_belong_to_or_not_at_all(app: TestApp) {
        let app = app.with_settings(|settings| settings.limits.attachments = 2);
        let world = World::open(&app).await;
        let report = world.submit(&app, world.hunter, "Avec des pièces").await;
        let verifier = world.verifier.context(&app);
        let tried = |files| RecordReproduction {
            report,
            text: "Refait".to_owned(),
            made_at: None,
            on_campaign_target: true,
            succeeded: true,
            replay: None,
            unreplayed: String::new(),
            files,
        };
        let many = stage_files(&verifier, report, AttachTo::Reproduction, notes(3)).await.unwrap();
        assert!(matches!(perform(&verifier, tried(many)).await, Err(Error::Invalid(_))));
        assert!(see(&app, world.verifier, report).await.reproductions.is_empty());
        let some = stage_files(&verifier, report, AttachTo::Reproduction, notes(2)).await.unwrap();
        perform(&verifier, tried(some)).await.unwrap();
        let view = see(&app, world.verifier, report).await;
        assert_eq!((view.reproductions.len(), view.reproductions[0].attachments.len()), (1, 2));
        perform(&verifier, AskInformation { report, question: "Où ?".to_owned() }).await.unwrap();
        let hunter = world.hunter.context(&app);
        let files = stage_files(&hunter, report, AttachTo::Report, notes(1)).await.unwrap();
        let empty = AnswerInformation { report, text: " ".to_owned(), files: files.clone() };
        assert!(matches!(perform(&hunter, empty).await, Err(Error::Invalid(_))));
        assert!(see(&app, world.hunter, report).await.attachments.is_empty());
        perform(&hunter, AnswerInformation { report, text: "Ici".to_owned(), files }).await.unwrap();
        assert_eq!(see(&app, world.hunter, report).await.attachments.len(), 1);
    }

    async fn pilots_find_what_came_in_and_observers_what_is_critical(app: TestApp) {
        let world = World::open(&app).await;
        let school = app.organisation(domain::organisation::OrganisationKind::Commune, "Pilote").await;
        let pilot = app.stranger("Pia Lote").await;
        app.grant(pilot, Role::Pilot, school, GrantScope::Campaign(world.campaign)).await;
        let whats = async |who: Someone| -> Vec<&'static str> {
            let items = read(&who.context(&app), ViewDesk).await.unwrap();
            items.into_iter().map(|item| item.what).collect()
        };
        assert!(whats(pilot).await.is_empty() && whats(world.observer).await.is_empty());
        world.submit(&app, world.hunter, "Moyen").await;
        assert_eq!((whats(pilot).await, whats(world.observer).await), (vec!["report-desk-came-in"], vec![]));
        let draft = world.draft(&app, world.hunter, "Grave").await;
        let grave = SaveDraft {
            vector: "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H".to_owned(),
            ..rewritten(&world, draft, vec![])
        };
        perform(&world.hunter.context(&app), grave).await.unwrap();
        perform(&world.hunter.context(&app), SubmitReport { report: draft }).await.unwrap();
        assert_eq!(whats(world.observer).await, vec!["report-desk-critical"]);
        app.clock.advance(31 * DAY);
        assert!(whats(world.observer).await.is_empty());
    }
}
