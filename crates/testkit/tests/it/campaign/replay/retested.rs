//! How replays on the corrected version support a retest, and who reads what of them.

use super::*;
use domain::ids::TargetId;
use domain::replay::ReplayResult;
use use_cases::perform::Who;
use use_cases::vulnerability::{ReportRetest, ViewRetest, ViewVulnerability};

/// Gives the target on which it was recorded.
async fn first_target(app: &TestApp, story: &Story) -> TargetId {
    let page = read(&story.organiser.context(app), ViewTargets(story.campaign))
        .await
        .unwrap();
    page.targets
        .iter()
        .find(|one| one.settings.name == "Recette")
        .unwrap()
        .id
}

each_engine! {
    async fn a_retest_is_supported_by_a_replay_on_the_corrected_version(app: TestApp) {
        let (at, say) = silent();
        let hunted = Hunted::new(&app, |story| {
            vec![external(story, "Recette", upstream()), external(story, "Recette corrigée", at)]
        })
        .await;
        let (flaw, retest) = retesting(&app, &hunted).await;
        let verifier = &hunted.verifier;
        for who in [hunted.story.mayor, hunted.story.vendor, hunted.story.teacher, hunted.story.organiser] {
            let seen = retest_replays(&who.context(&app), retest).await;
            assert!(matches!(seen, Err(Error::NotFound)), "{seen:?}");
        }
        let early = retest_replays(verifier, retest).await;
        assert!(matches!(early, Err(Error::NotFound)), "nothing is to be judged yet: {early:?}");
        let offered = retest_replays(&hunted.pupil, retest).await.unwrap();
        assert_eq!((offered.recorded, offered.choices.len(), offered.vulnerability), (true, 1, None));
        let choice = &offered.choices[0];
        assert_eq!(choice.told.name, "Recette corrigée");
        let recorded = first_target(&app, &hunted.story).await;
        let same = begin_retest_replay(&hunted.pupil, retest, choice.attachment, recorded).await;
        assert!(matches!(same, Err(Error::Conflict("replay-error-same-version"))), "{same:?}");
        let foreign = begin_retest_replay(&hunted.pupil, retest, hunted.asked.attachment, choice.target).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "a file of the report is none of the flaw's: {foreign:?}");

        say.send("Les actes demandent un compte").unwrap();
        let replay = supported(&app, &hunted.pupil, retest, &offered).await;
        let (page, _) = read(&hunted.pupil, ViewRetestReplay { retest, replay }).await.unwrap();
        assert_eq!(page.line.result, Some(ReplayResult::Different));
        assert!(page.whole && format!("{page:?}").contains("demandent un compte"), "the exchanges are theirs: {page:?}");
        let view = read(&hunted.pupil, ViewRetest(retest)).await.unwrap();
        assert_eq!((view.replays.len(), view.outcome), (1, None), "the tester says what it shows");

        let report = ReportRetest { retest, outcome: "fixed".to_owned(), evidence: "Plus rien.".to_owned() };
        perform(&hunted.pupil, report).await.unwrap();
        let over = retest_replays(&hunted.pupil, retest).await;
        assert!(matches!(over, Err(Error::NotFound)), "{over:?}");
        let view = read(verifier, ViewVulnerability(flaw)).await.unwrap();
        let line = view.retests.iter().find(|line| line.id == retest).unwrap();
        assert_eq!((line.replays.len(), line.may_replay), (1, true));
        assert_eq!(line.replays[0].target.name, "Recette corrigée");
        let told = |kind: &str| view.history.iter().any(|line| line.kind == kind && line.retest == Some(retest));
        assert!(told("vulnerability.retest_replay_begun") && told("vulnerability.retest_replayed"));
        say.send("Les actes demandent un compte").unwrap();
        let judging = retest_replays(verifier, retest).await.unwrap();
        assert_eq!((judging.vulnerability, judging.replays.len()), (Some(flaw), 1));
        let second = supported(&app, verifier, retest, &judging).await;
        let (page, of) = read(verifier, ViewRetestReplay { retest, replay: second }).await.unwrap();
        assert!(page.whole && of.vulnerability == Some(flaw), "{page:?}");
        let of_another = read(&hunted.pupil, ViewRetestReplay { retest, replay: second }).await;
        assert!(matches!(of_another, Err(Error::NotFound)), "a verifier's replay is no tester's: {of_another:?}");
        app.settle().await;
    }

    async fn what_is_out_of_the_scope_of_the_corrected_version_is_not_sent_there(app: TestApp) {
        let hunted = Hunted::new(&app, |story| {
            let corrected = DeclareTarget {
                excluded: "/portail/actes".to_owned(),
                ..external(story, "Recette corrigée", upstream())
            };
            vec![external(story, "Recette", upstream()), corrected]
        })
        .await;
        let (_, retest) = retesting(&app, &hunted).await;
        let offered = retest_replays(&hunted.pupil, retest).await.unwrap();
        let choice = &offered.choices[0];
        let sent = begin_retest_replay(&hunted.pupil, retest, choice.attachment, choice.target).await;
        assert!(matches!(sent, Err(Error::Conflict("replay-error-scope"))), "{sent:?}");
        app.settle().await;
    }

    async fn exchanges_that_do_not_read_are_told_and_fail_no_page(app: TestApp) {
        let hunted = Hunted::new(&app, |story| {
            vec![external(story, "Recette", upstream()), external(story, "Recette corrigée", upstream())]
        })
        .await;
        let (_, retest) = retesting(&app, &hunted).await;
        std::fs::remove_dir_all(app.folder().join("files")).unwrap();
        let offered = retest_replays(&hunted.pupil, retest).await.unwrap();
        let choice = &offered.choices[0];
        let sent = begin_retest_replay(&hunted.pupil, retest, choice.attachment, choice.target).await;
        assert!(matches!(sent, Err(Error::Conflict("replay-error-unreadable"))), "{sent:?}");
    }

    async fn a_tester_who_did_not_report_reads_what_answers_come_to(app: TestApp) {
        let hunted = Hunted::new(&app, |story| vec![hosted(story, "Recette", "4.2"), hosted(story, "Corrigée", "4.3")]).await;
        let (_, retest) = retesting(&app, &hunted).await;
        let Who::Person(pupil, _) = hunted.pupil.who else { panic!("a person") };
        let offered = retest_replays(&hunted.pupil, retest).await.unwrap();
        assert_eq!((offered.choices[0].told.name.as_str(), offered.choices[0].told.version.as_str()), ("Corrigée", "4.3"));
        let choice = &offered.choices[0];
        let begin = async || begin_retest_replay(&hunted.pupil, retest, choice.attachment, choice.target).await;
        let replay = begin().await.unwrap();
        let copy = tell(&app, |purpose| purpose == InstancePurpose::Replay, Driven::Runs(upstream())).await;
        let page = async || read(&hunted.pupil, ViewRetestReplay { retest, replay }).await.unwrap().0;
        ended(&app, async || page().await.line.state).await;
        assert_eq!(state_of(&app, copy).await, InstanceState::Leaving);
        let path = addresses::vulnerability::retest_replay(retest, replay);
        assert!(get(&app, Someone { id: pupil }, &path).await.1.contains("/portail/actes"));

        // The same person, had somebody else reported it.
        app.tamper("UPDATE report SET reporter_id = (SELECT id FROM person WHERE pseudonym <> 'hibou' LIMIT 1)").await;
        let page = page().await;
        assert_eq!((page.whole, page.steps.len(), page.line.state), (false, 1, ReplayState::Done));
        assert!(!format!("{:?}", page.steps).contains("actes"), "{page:?}");
        let (status, text) = get(&app, Someone { id: pupil }, &path).await;
        assert!(status == 200 && text.contains("Requête 1") && !text.contains("/portail/actes"), "{text}");
        let known = retest_replays(&hunted.pupil, retest).await.unwrap();
        assert_eq!((known.choices[0].told.name.as_str(), known.choices[0].at), ("Corrigée", None), "{known:?}");

        // And had they never been admitted to the campaign.
        app.tamper("DELETE FROM rules_acceptance").await;
        let offered = retest_replays(&hunted.pupil, retest).await.unwrap();
        let needed = &offered.choices[0];
        assert_eq!((needed.target, needed.number, needed.bundle, needed.at), (choice.target, 1, 1, None));
        assert_eq!((needed.told.name.as_str(), needed.told.version.as_str()), ("", "4.3"));
        let told = [&needed.told, &offered.replays[0].target].map(|told| told.fingerprint.len() + told.name.len());
        assert_eq!(told, [0, 0], "{offered:?}");
        for path in [addresses::vulnerability::retest_replays(retest), addresses::vulnerability::retest(retest), path] {
            let (status, text) = get(&app, Someone { id: pupil }, &path).await;
            assert!(status == 200 && text.contains("version 4.3") && !text.contains("Corrigée, version"), "{path}: {text}");
        }
        begin().await.unwrap();
        let organiser = hunted.story.organiser.context(&app);
        let close = MoveCampaign { campaign: hunted.story.campaign, wanted: MoveWanted::Suspend, reason: "incident".to_owned() };
        perform(&organiser, close).await.unwrap();
        let refused = begin().await;
        assert!(matches!(refused, Err(Error::Conflict("replay-error-campaign"))), "{refused:?}");
    }
}
