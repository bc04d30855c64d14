//! Who answers for the vendor of a corrected version, where, and what is done where nobody does.

use super::corrected::{answer, corrected, desk_of, page, sent};
use super::*;
use domain::corrected::{Acceptance, RecordRefusal};
use domain::ids::TargetId;
use domain::replay::ReplayFailure;
use use_cases::organisation::EndGrant;
use use_cases::ports::Clock as _;
use use_cases::target::{AnswerCorrected, DeclareCorrected, RecordAgreement, RemoveCorrected};
use use_cases::vulnerability::ViewVendorDesk;

each_engine! {
    async fn the_people_of_its_vendor_answer_while_they_are_and_nobody_else(app: TestApp) {
        let hunted = Hunted::new(&app, |story| vec![hosted(story, "Recette", "4.2")]).await;
        let story = &hunted.story;
        let (_, retest) = retesting(&app, &hunted).await;
        let organiser = story.organiser.context(&app);
        let target = perform(&organiser, corrected(story)).await.unwrap();
        let other = app.organisation(OrganisationKind::Vendor, "Un autre éditeur").await;
        let stranger = app.person("Rémi Autre", Role::VendorContact, other).await;
        let contact = beside(&app, story.vendor, "Zoé Contact", Role::VendorContact).await;
        let here = addresses::target::corrected_to_answer(target.0);
        for (who, told) in [(stranger, false), (contact, true), (story.vendor, true)] {
            assert_eq!(get(&app, who, &here).await.0 == 200, told);
            assert_eq!(desk_of(&who.context(&app)).await.contains(&here), told);
            // Who signs for a vendor finds it there as well, and nothing of its vulnerabilities.
            assert_eq!(get(&app, who, addresses::vulnerability::VENDOR).await.1.contains(&here), told);
            let accept = AnswerCorrected { target, seen: Acceptance::Refused, accepted: true, reason: String::new() };
            let tried = perform(&who.context(&app), accept).await;
            match told {
                true => assert!(matches!(tried, Err(Error::Conflict("corrected-error-answered"))), "{tried:?}"),
                false => assert!(matches!(tried, Err(Error::NotFound)), "{tried:?}"),
            }
        }
        let signs = beside(&app, story.vendor, "Sacha Signe", Role::Signatory).await;
        for (who, declares) in [(contact, true), (signs, false)] {
            let (_, text) = get(&app, who, addresses::vulnerability::VENDOR).await;
            assert!(text.contains(&here));
            for of_contacts in ["/editeur/failles/nouvelle", "À vous de jouer"] {
                assert_eq!(text.contains(of_contacts), declares, "{of_contacts}: {text}");
            }
        }
        // What waits comes first, whatever was declared since.
        app.clock.advance(DAY);
        let newer = perform(&organiser, DeclareCorrected(hosted(story, "Corrigée", "4.4"))).await.unwrap();
        answer(&app, story, newer, true).await.unwrap();
        let listed = read(&signs.context(&app), ViewVendorDesk).await.unwrap().corrected;
        assert_eq!(listed.iter().map(|one| one.target).collect::<Vec<_>>(), [target, newer]);
        perform(&organiser, RemoveCorrected { campaign: story.campaign, target: newer }).await.unwrap();
        let mut store = app.store.snapshot().await.unwrap();
        let grant = store.grants(contact.id, app.clock.now()).await.unwrap()[0].id;
        drop(store);
        let admin = beside(&app, story.vendor, "Rose Rang", Role::SecurityOfficer).await;
        perform(&admin.context(&app), EndGrant(grant)).await.unwrap();
        assert_eq!(get(&app, contact, &here).await.0, 404);
        let late = AnswerCorrected { target, seen: Acceptance::Asked, accepted: true, reason: String::new() };
        assert!(matches!(perform(&contact.context(&app), late).await, Err(Error::NotFound)));
        answer(&app, story, target, true).await.unwrap();

        // What is taken away while a replay waits for its copy is sent nothing.
        let choice = retest_replays(&hunted.pupil, retest).await.unwrap().choices[0].clone();
        let replay = begin_retest_replay(&hunted.pupil, retest, choice.attachment, choice.target)
            .await
            .unwrap();
        perform(&organiser, RemoveCorrected { campaign: story.campaign, target }).await.unwrap();
        let asked = ViewRetestReplay { retest, replay };
        ended(&app, async || read(&hunted.pupil, asked).await.unwrap().0.line.state).await;
        let (seen, _) = read(&hunted.pupil, asked).await.unwrap();
        assert_eq!(seen.line.failure, Some(ReplayFailure::TargetGone), "{seen:?}");
        let late = answer(&app, story, target, false).await;
        assert!(matches!(late, Err(Error::Conflict("corrected-error-gone"))), "{late:?}");
        app.settle().await;
    }

    async fn whose_vendor_has_nobody_here_is_written_down(app: TestApp) {
        let hunted = Hunted::new(&app, |story| vec![hosted(story, "Recette", "4.2")]).await;
        let story = &hunted.story;
        let (_, retest) = retesting(&app, &hunted).await;
        let organiser = story.organiser.context(&app);
        let target = perform(&organiser, corrected(story)).await.unwrap();
        let mut store = app.store.snapshot().await.unwrap();
        let of = store.grants(story.vendor.id, app.clock.now()).await.unwrap()[0].organisation;
        let grants = store.grants_of_organisation(of, app.clock.now()).await.unwrap();
        drop(store);
        assert!(!page(&app, story).await.lines[0].may_record);
        let admin = beside(&app, story.vendor, "Rose Rang", Role::SecurityOfficer).await;
        for grant in grants {
            perform(&admin.context(&app), EndGrant(grant.id)).await.unwrap();
        }
        assert!(page(&app, story).await.lines[0].may_record);
        let written = |basis: &str| RecordAgreement { campaign: story.campaign, target, basis: basis.to_owned() };
        assert!(matches!(perform(&organiser, written("")).await, Err(Error::Invalid(_))));
        let foreign = perform(&story.mayor.context(&app), written("Courrier")).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
        perform(&organiser, written("Courrier de l’éditeur du 3 mars")).await.unwrap();
        let line = &page(&app, story).await.lines[0];
        assert_eq!(line.answer.state, Acceptance::Recorded);
        assert!(line.answer.words.contains("3 mars"));
        let offered = retest_replays(&hunted.pupil, retest).await.unwrap();
        assert_eq!((offered.choices.len(), offered.choices[0].target), (1, target));
        let twice = perform(&organiser, written("Encore")).await;
        assert!(matches!(twice, Err(Error::Conflict("error-not-in-this-state"))), "{twice:?}");
        app.settle().await;
    }

    async fn what_its_vendor_refused_is_not_written_down_when_it_has_left(app: TestApp) {
        let hunted = Hunted::new(&app, |story| vec![hosted(story, "Recette", "4.2")]).await;
        let story = &hunted.story;
        let (campaign, organiser) = (story.campaign, story.organiser.context(&app));
        let target = perform(&organiser, corrected(story)).await.unwrap();
        answer(&app, story, target, false).await.unwrap();
        perform(&organiser, RemoveCorrected { campaign, target }).await.unwrap();
        let again = perform(&organiser, corrected(story)).await.unwrap();
        let other = perform(&organiser, DeclareCorrected(hosted(story, "Autre", "4.4"))).await.unwrap();
        let line = async |id| page(&app, story).await.lines.into_iter().find(|line| line.id == id).unwrap();
        assert_eq!(line(again).await.unrecorded, Some(RecordRefusal::VendorAnswers));
        let mut store = app.store.snapshot().await.unwrap();
        let of = store.grants(story.vendor.id, app.clock.now()).await.unwrap()[0].organisation;
        let grants = store.grants_of_organisation(of, app.clock.now()).await.unwrap();
        drop(store);
        let admin = beside(&app, story.vendor, "Rose Rang", Role::SecurityOfficer).await;
        for grant in grants {
            perform(&admin.context(&app), EndGrant(grant.id)).await.unwrap();
        }

        let (refused, asked) = (line(again).await, line(other).await);
        assert_eq!((refused.unrecorded, refused.may_record), (Some(RecordRefusal::RefusedBefore), false));
        assert_eq!((asked.unrecorded, asked.may_record), (None, true));
        let (_, text) = get(&app, story.organiser, &addresses::target::corrected(campaign.0)).await;
        assert!(text.contains("a refusé cette même version avant qu’elle soit retirée"), "{text}");
        let form = |id: TargetId| addresses::target::record_agreement(campaign.0, id.0);
        assert!(text.contains(&form(other)) && !text.contains(&form(again)), "no form that always fails: {text}");
        let field = format!("basis-{other}");
        assert!(text.contains(&format!("name=\"{field}\"")), "a field of its own: {text}");
        let typed = format!("basis-{again}=Courrier+du+3+mars");
        let text = sent(&app, story.organiser, &form(again), &typed).await;
        assert!(text.contains("aucun accord ne s’inscrit à sa place. Déclarez-en une autre"), "{text}");
        assert!(text.contains("Courrier du 3 mars"), "what was typed is shown: {text}");
        let empty = sent(&app, story.organiser, &form(other), &format!("{field}=")).await;
        assert!(empty.contains("href=\"#basis\"") && empty.contains("id=\"basis\""), "{empty}");
        sent(&app, story.organiser, &form(other), "basis=Courrier+du+3+mars").await;
        assert!(line(other).await.answer.words.contains("3 mars"));
        assert_eq!(line(other).await.answer.state, Acceptance::Recorded);
        app.settle().await;
    }
}
