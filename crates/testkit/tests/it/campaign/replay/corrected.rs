//! A corrected version is hosted for the retest without ending what was signed, with its vendor's agreement.

use super::*;
use crate::campaign::target::RECIPE;
use crate::requests::{FORM, post};
use axum::http::header;
use domain::corrected::{Acceptance, HostRefusal};
use domain::ids::TargetId;
use domain::replay::{ReplayFailure, ReplayResult};
use domain::vulnerability::VulnerabilityState;
use use_cases::coverage::ViewCoverage;
use use_cases::desk::ViewDesk;
use use_cases::perform::Who;
use use_cases::target::{
    AnswerCorrected, CorrectedPage, DeclareCorrected, GatewayWords, RecordAgreement, RemoveCorrected, RemoveTarget,
    StartTarget, ViewCorrected, ViewCorrectedToAnswer,
};
use use_cases::vulnerability::{JudgeRetest, ReportRetest, ViewVulnerability};

/// The corrected version of what was tested, as its form gives it.
pub(super) fn corrected(story: &Story) -> DeclareCorrected {
    DeclareCorrected(hosted(story, "Corrigée", "4.3"))
}

pub(super) async fn page(app: &TestApp, story: &Story) -> CorrectedPage {
    read(&story.organiser.context(app), ViewCorrected(story.campaign))
        .await
        .unwrap()
}

/// Sends a form as somebody, and gives the page that comes back.
pub(super) async fn sent(app: &TestApp, by: Someone, path: &str, form: &str) -> String {
    let cookie = app.cookie(by).await;
    let request = post(path, FORM).header(header::COOKIE, cookie);
    let request = request.header(header::ACCEPT_LANGUAGE, "fr");
    let (_, text) = crate::requests::ask(app, request, form.to_owned()).await;
    text.replace('\u{a0}', " ")
}

/// Answers for the vendor.
pub(super) async fn answer(app: &TestApp, story: &Story, target: TargetId, accepted: bool) -> Outcome<()> {
    let page = read(&story.vendor.context(app), ViewCorrectedToAnswer(target)).await?;
    let answer = AnswerCorrected {
        target,
        seen: page.answer.state,
        accepted,
        reason: match accepted {
            true => String::new(),
            false => "Cette image n’est pas la nôtre".to_owned(),
        },
    };
    perform(&story.vendor.context(app), answer).await
}

/// What was signed for a campaign, and where it stands.
async fn signed(app: &TestApp, story: &Story) -> (CampaignState, Vec<(uuid::Uuid, bool)>) {
    let page = read(&story.organiser.context(app), ViewCampaign(story.campaign))
        .await
        .unwrap();
    let of = page.record.authorisations.iter();
    (page.state, of.map(|one| (one.id.0, one.signed_at.is_some())).collect())
}

async fn told(app: &TestApp, story: &Story, kind: &str) -> usize {
    let mut store = app.store.snapshot().await.unwrap();
    let stream = store.stream("campaign", story.campaign.0).await.unwrap();
    stream.iter().filter(|entry| entry.kind == kind).count()
}

async fn closed(app: &TestApp, story: &Story) {
    app.clock.advance(40 * DAY);
    app.settle().await;
    let close = MoveCampaign {
        campaign: story.campaign,
        wanted: MoveWanted::Close,
        reason: String::new(),
    };
    perform(&story.organiser.context(app), close).await.unwrap();
}

/// Tells that nothing is left of what was to go.
async fn gone(app: &TestApp) {
    let system = app.system(SystemKind::Gateway);
    let all = read(&system, InstancesToDrive { all: true }).await.unwrap();
    for row in all.into_iter().map(|one| one.row) {
        let tell = TellInstance {
            instance: row.id,
            state: row.state,
            since: row.since,
            driven: Driven::Gone,
        };
        perform(&system, tell).await.unwrap();
    }
}

/// Has the only choice replayed on a clean copy that answers here.
async fn replayed_at(app: &TestApp, by: &Context, retest: RetestId, at: SocketAddr) -> (Uuid, InstanceId) {
    let offered = retest_replays(by, retest).await.unwrap();
    let choice = &offered.choices[0];
    let replay = begin_retest_replay(by, retest, choice.attachment, choice.target)
        .await
        .unwrap();
    let copy = tell(app, |purpose| purpose == InstancePurpose::Replay, Driven::Runs(at)).await;
    let asked = ViewRetestReplay { retest, replay };
    ended(app, async || read(by, asked).await.unwrap().0.line.state).await;
    (replay, copy)
}

pub(super) async fn desk_of(by: &Context) -> Vec<String> {
    let desk = read(by, ViewDesk).await.unwrap();
    desk.into_iter().map(|item| item.href).collect()
}

each_engine! {
    async fn from_the_closed_campaign_to_the_verdict(app: TestApp) {
        let hunted = Hunted::new(&app, |story| vec![hosted(story, "Recette", "4.2")]).await;
        let story = &hunted.story;
        let flaw = verified(&app, &hunted).await;
        closed(&app, story).await;
        let before = signed(&app, story).await;
        assert_eq!(before.0, CampaignState::Closed);
        let retest = fixed(&app, story, &hunted.pupil, flaw).await;
        let offered = retest_replays(&hunted.pupil, retest).await.unwrap();
        assert_eq!((offered.choices.len(), offered.awaited), (0, 0));
        let path = addresses::vulnerability::retest_replays(retest.0);
        let Who::Person(pupil, _) = hunted.pupil.who else { panic!("a person") };
        let (_, text) = get(&app, Someone { id: pupil }, &path).await;
        assert!(text.contains("Qui mène la campagne peut déclarer la version corrigée"), "{text}");

        for who in [story.mayor, story.vendor, story.teacher, story.operator] {
            let tried = perform(&who.context(&app), corrected(story)).await;
            assert!(matches!(tried, Err(Error::NotFound)), "{tried:?}");
        }
        let organiser = story.organiser.context(&app);
        let host = async |by: &Context| read(by, ViewVulnerability(flaw)).await.unwrap().host;
        assert_eq!((host(&organiser).await, host(&hunted.verifier).await), (Some(story.campaign), None));
        let (_, text) = get(&app, story.organiser, &addresses::vulnerability::show(flaw)).await;
        assert!(text.contains(&addresses::target::corrected(story.campaign.0)), "{text}");
        let elsewhere = perform(&organiser, DeclareCorrected(external(story, "Corrigée", upstream()))).await;
        assert!(matches!(elsewhere, Err(Error::Conflict("corrected-error-elsewhere"))), "{elsewhere:?}");
        let same = perform(&organiser, DeclareCorrected(hosted(story, "Corrigée", "4.2"))).await;
        let Err(Error::Invalid(fields)) = same else { panic!("{same:?}") };
        assert_eq!((fields[0].field.as_str(), fields[0].message), ("recipe", "corrected-error-same"));
        let uncertified = DeclareTarget { certified: false, ..corrected(story).0 };
        let of_campaign = addresses::target::corrected(story.campaign.0);
        let text = sent(&app, story.organiser, &of_campaign, "name=").await;
        assert!(text.contains("Nom de la version corrigée") && !text.contains("Nom de la cible"), "{text}");
        assert!(text.contains("la cible n’est pas déclarée") && !text.contains("chasseurs."), "{text}");
        let uncertified = perform(&organiser, DeclareCorrected(uncertified)).await;
        assert!(matches!(uncertified, Err(Error::Invalid(_))), "{uncertified:?}");
        let target = perform(&organiser, corrected(story)).await.unwrap();
        assert_eq!(signed(&app, story).await, before, "nothing that was signed ends");

        // Until its vendor agrees, nothing is sent to it.
        let offered = retest_replays(&hunted.pupil, retest).await.unwrap();
        assert_eq!((offered.choices.len(), offered.awaited), (0, 1));
        assert!(get(&app, Someone { id: pupil }, &path).await.1.contains("son éditeur ne l’a pas acceptée"));
        for who in [story.mayor, story.organiser, story.teacher, story.operator] {
            let seen = read(&who.context(&app), ViewCorrectedToAnswer(target)).await;
            assert!(matches!(seen, Err(Error::NotFound)), "{seen:?}");
            let tried = AnswerCorrected { target, seen: Acceptance::Asked, accepted: true, reason: String::new() };
            assert!(matches!(perform(&who.context(&app), tried).await, Err(Error::NotFound)));
        }
        let here = addresses::target::corrected_to_answer(target.0);
        assert!(desk_of(&story.vendor.context(&app)).await.contains(&here));
        assert!(!desk_of(&story.mayor.context(&app)).await.contains(&here));
        let (status, text) = get(&app, story.vendor, &here).await;
        assert!(status == 200 && text.contains("Corrigée") && text.contains("sha256:0011"), "{text}");
        let mute = AnswerCorrected { target, seen: Acceptance::Asked, accepted: false, reason: " ".to_owned() };
        assert!(matches!(perform(&story.vendor.context(&app), mute).await, Err(Error::Invalid(_))));
        let over = RecordAgreement { campaign: story.campaign, target, basis: "Courrier".to_owned() };
        let over = perform(&organiser, over).await;
        assert!(matches!(over, Err(Error::Conflict("corrected-error-vendor-answers"))), "{over:?}");
        answer(&app, story, target, true).await.unwrap();
        assert!(!desk_of(&story.vendor.context(&app)).await.contains(&here));
        app.settle().await;
        let mails = app.mails.all();
        let mailed = |text: &str| mails.iter().any(|mail| mail.text.contains(text) && mail.text.contains("https://"));
        assert!(mailed("L’éditeur a répondu sur une version corrigée") && mailed("doit être hébergée pour les contre-tests"), "{mails:?}");

        // An agreement that is taken back holds no more, also for what is under way.
        let offered = retest_replays(&hunted.pupil, retest).await.unwrap();
        assert_eq!((offered.choices.len(), offered.awaited, offered.choices[0].corrected), (1, 0, true));
        let choice = offered.choices[0].clone();
        let begin = async || begin_retest_replay(&hunted.pupil, retest, choice.attachment, choice.target).await;
        let begun = begin().await.unwrap();
        answer(&app, story, target, false).await.unwrap();
        let copy = tell(&app, |purpose| purpose == InstancePurpose::Replay, Driven::Runs(upstream())).await;
        let asked = ViewRetestReplay { retest, replay: begun };
        ended(&app, async || read(&hunted.pupil, asked).await.unwrap().0.line.state).await;
        let (seen, _) = read(&hunted.pupil, asked).await.unwrap();
        assert_eq!(seen.line.failure, Some(ReplayFailure::NotAgreed), "{seen:?}");
        assert_eq!(state_of(&app, copy).await, InstanceState::Leaving);
        let refused = begin().await;
        assert!(matches!(refused, Err(Error::Conflict("replay-error-agreed"))), "{refused:?}");
        // Who read it before the refusal does not undo it unread.
        let late = AnswerCorrected { target, seen: Acceptance::Accepted, accepted: true, reason: String::new() };
        let late = perform(&story.vendor.context(&app), late).await;
        assert!(matches!(late, Err(Error::Conflict("corrected-error-answered"))), "{late:?}");
        let colleague = beside(&app, story.vendor, "Zoé Collègue", Role::Signatory).await;
        let text = sent(&app, colleague, &here, "answer=refuse&seen=accepted&reason=Pas+la+bonne+signature").await;
        assert!(text.contains("Quelqu’un de chez vous a répondu entre-temps"), "{text}");
        assert!(text.contains("pas la nôtre") && text.contains("Pas la bonne signature"), "{text}");
        assert!(!text.contains("Vos saisies sont conservées"), "{text}");
        let line = &page(&app, story).await.lines[0];
        assert_eq!(line.answer.state, Acceptance::Refused);
        assert!(line.answer.words.contains("pas la nôtre") && !line.may_record, "{line:?}");
        let (_, text) = get(&app, story.organiser, &addresses::target::corrected(story.campaign.0)).await;
        assert!(text.contains("pas la nôtre") && text.contains("Refusée par l’éditeur"), "{text}");
        answer(&app, story, target, true).await.unwrap();

        let (at, say) = silent();
        say.send("Les actes demandent un compte").unwrap();
        let (replay, copy) = replayed_at(&app, &hunted.pupil, retest, at).await;
        let (seen, _) = read(&hunted.pupil, ViewRetestReplay { retest, replay }).await.unwrap();
        assert_eq!(seen.line.result, Some(ReplayResult::Different), "{seen:?}");
        assert_eq!((seen.line.target.name.as_str(), seen.line.target.version.as_str()), ("Corrigée", "4.3"));
        assert_eq!(state_of(&app, copy).await, InstanceState::Leaving);

        let report = ReportRetest { retest, outcome: "fixed".to_owned(), evidence: "Plus rien.".to_owned() };
        perform(&hunted.pupil, report).await.unwrap();
        say.send("Les actes demandent un compte").unwrap();
        let (_, copy) = replayed_at(&app, &hunted.verifier, retest, at).await;
        let judge = JudgeRetest { retest, confirm: true, reason: String::new() };
        perform(&hunted.verifier, judge).await.unwrap();
        let view = read(&hunted.verifier, ViewVulnerability(flaw)).await.unwrap();
        assert_eq!(view.record.vulnerability.state, VulnerabilityState::Fixed);

        // It goes with the recordings, and the journal certifies that nothing of it is left.
        gone(&app).await;
        assert_eq!(state_of(&app, copy).await, InstanceState::Ended);
        assert_eq!(told(&app, story, "campaign.corrected_ended").await, 0);
        app.clock.advance(180 * DAY);
        app.settle().await;
        assert_eq!(told(&app, story, "campaign.corrected_ended").await, 1);
        assert!(told(&app, story, "campaign.instance_destroyed").await >= 3);
        let after = page(&app, story).await;
        assert_eq!((after.refusal, after.lines[0].copies), (Some(HostRefusal::NotKept), 0));
        assert!(after.lines[0].ended_at.is_some());
        let late = perform(&organiser, DeclareCorrected(hosted(story, "Corrigée", "4.4"))).await;
        assert!(matches!(late, Err(Error::Conflict("corrected-error-not-kept"))), "{late:?}");
        let typed = [
            ("product", story.product.to_string()),
            ("name", "Tardive".to_owned()),
            ("recipe", RECIPE.to_owned()),
            ("public_host", "guichet.guet.example".to_owned()),
            ("certified", "on".to_owned()),
        ];
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(typed).finish();
        let kept = sent(&app, story.organiser, &addresses::target::corrected(story.campaign.0), &form).await;
        assert!(kept.contains("enregistrements de la campagne ne sont plus gardés"), "{kept}");
        assert!(kept.contains("health = {"), "what was typed is kept: {kept}");
        let late = answer(&app, story, target, false).await;
        assert!(matches!(late, Err(Error::Conflict("corrected-error-gone"))), "{late:?}");
        app.settle().await;
    }

    async fn declaring_one_ends_nothing_and_leads_nobody(app: TestApp) {
        let early = planned(&app).await;
        let organiser = early.organiser.context(&app);
        let before = perform(&organiser, corrected(&early)).await;
        assert!(matches!(before, Err(Error::Conflict("corrected-error-not-begun"))), "{before:?}");
        perform(&organiser, hosted(&early, "Recette", "4.2")).await.unwrap();
        let story = made_ready(&app, early).await;
        let pupil = hunting(&app, &story).await;
        let (campaign, before) = (story.campaign, signed(&app, &story).await);
        assert_eq!(before.0, CampaignState::Open);
        let target = perform(&organiser, corrected(&story)).await.unwrap();
        answer(&app, &story, target, true).await.unwrap();
        assert_eq!(signed(&app, &story).await, before);

        let targets = read(&organiser, ViewTargets(campaign)).await.unwrap();
        assert_eq!((targets.targets.len(), targets.corrected.len()), (1, 1));
        let led = perform(&pupil, TakeLease { campaign, target }).await;
        assert!(matches!(led, Err(Error::NotFound)), "{:?}", led.err());
        let started = perform(&organiser, StartTarget { campaign, target, from: None }).await;
        assert!(matches!(started, Err(Error::NotFound)), "{started:?}");
        let hunt = targets.targets[0].id;
        perform(&pupil, TakeLease { campaign, target: hunt }).await.unwrap();
        let words = read(&app.system(SystemKind::Gateway), GatewayWords).await.unwrap();
        assert!(words.targets.iter().all(|one| one.id == hunt.0), "{:?}", words.targets);
        let covered = read(&organiser, ViewCoverage(campaign)).await.unwrap();
        assert!(covered.targets.iter().all(|one| one.id == hunt));

        let removed = perform(&organiser, RemoveTarget { campaign, target }).await;
        assert!(matches!(removed, Err(Error::NotFound)), "{removed:?}");
        let other = perform(&organiser, RemoveCorrected { campaign, target: hunt }).await;
        assert!(matches!(other, Err(Error::NotFound)), "{other:?}");
        perform(&organiser, RemoveCorrected { campaign, target }).await.unwrap();
        let twice = perform(&organiser, RemoveCorrected { campaign, target }).await;
        assert!(matches!(twice, Err(Error::Conflict("corrected-error-gone"))), "{twice:?}");
        assert_eq!(told(&app, &story, "campaign.corrected_removed").await, 1);
        assert_eq!(signed(&app, &story).await, before);
        let again = perform(&organiser, corrected(&story)).await.unwrap();
        assert_ne!(again, target);
        closed(&app, &story).await;
        assert_eq!(told(&app, &story, "campaign.corrected_ended").await, 0);
        let archive = MoveCampaign { campaign, wanted: MoveWanted::Archive, reason: String::new() };
        perform(&organiser, archive).await.unwrap();
        assert_eq!(told(&app, &story, "campaign.corrected_ended").await, 1);
        app.settle().await;
    }
}
