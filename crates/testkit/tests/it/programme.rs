//! Stories of programmes and calls: opened, described, published; opened and closed by the clock.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use domain::call::CallState;
use domain::document::DocumentKind;
use domain::ids::{CallId, OrganisationId};
use domain::organisation::{AffiliationKind, OrganisationKind};
use domain::programme::{NoticeKind, ProgrammeKind, ProgrammeSettings};
use domain::role::Role;
use domain::time::DAY;
use testkit::{Someone, TestApp, each_engine};
use tower::ServiceExt;
use use_cases::call::{
    CallDraft, CancelCall, CloseCall, EditForm, PrepareCall, PublishCall, ViewCall, ViewCallToManage, lines_of,
};
use use_cases::files::store_file;
use use_cases::organisation::Affiliate;
use use_cases::programme::{
    AddCompletion, AddDocument, AddMember, AnswerMembership, DocumentDraft, EditProgramme, EndMember,
    ImportCompletions, ListProgrammes, OpenProgramme, PreviewCompletions, ProgrammeDraft, PublishProgramme,
    ViewCompletions, ViewMembers, ViewProgramme, download_document,
};
use use_cases::vault::KeyHolder;
use use_cases::{Error, perform, read};

const SLUG: &str = "bug-bounty";

fn draft() -> ProgrammeDraft {
    ProgrammeDraft {
        name: "Bug Bounty pédagogique".to_owned(),
        slug: SLUG.to_owned(),
        summary: "Des étudiants testent ce que les communes utilisent.".to_owned(),
        kind: Some(ProgrammeKind::Pedagogical),
        legal_basis: "Délibération BM2026/02/03/16".to_owned(),
        notice: Some(NoticeKind::Pedagogical),
        settings: ProgrammeSettings {
            appeal_means: "Recours gracieux auprès du président.".to_owned(),
            appeal_court: "Tribunal administratif de Paris".to_owned(),
            ..ProgrammeSettings::default()
        },
    }
}

async fn opened(app: &TestApp) -> (OrganisationId, Someone) {
    let owner = app.organisation(OrganisationKind::Epci, "Métropole d’Essai").await;
    let lea = app.person("Léa Roy", Role::Organiser, owner).await;
    let command = OpenProgramme { owner, draft: draft() };
    assert_eq!(perform(&lea.context(app), command).await.unwrap(), SLUG);
    (owner, lea)
}

fn call(app: &TestApp) -> CallDraft {
    let now = app.app.clock.now();
    CallDraft {
        title: "Appel 2026".to_owned(),
        summary: "Six places.".to_owned(),
        places: Some(6),
        waiting: None,
        opens_at: Some(now.plus(2 * DAY)),
        closes_at: Some(now.plus(9 * DAY)),
        confirm_within_days: Some(15),
        track: "P".to_owned(),
        kinds: vec![OrganisationKind::Commune],
        territory: None,
    }
}

async fn prepared(app: &TestApp, lea: Someone) -> CallId {
    let command = PrepareCall {
        slug: SLUG.to_owned(),
        draft: call(app),
    };
    perform(&lea.context(app), command).await.unwrap()
}

async fn page(app: &TestApp, path: &str, cookie: Option<String>) -> (StatusCode, String) {
    let mut request = Request::get(path);
    if let Some(cookie) = cookie {
        request = request.header("cookie", cookie);
    }
    let response = app.site().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let status = response.status();
    let bytes = to_bytes(response.into_body(), 1 << 22).await.unwrap();
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

each_engine! {
    async fn a_long_list_of_programmes_goes_on_to_a_second_page(app: TestApp) {
        let (owner, lea) = opened(&app).await;
        for n in 1..=101 {
            let draft = ProgrammeDraft { name: format!("Programme {n:03}"), slug: format!("programme-{n}"), ..draft() };
            perform(&lea.context(&app), OpenProgramme { owner, draft }).await.unwrap();
        }
        let first = read(&lea.context(&app), ListProgrammes::default()).await.unwrap();
        assert_eq!((first.lines.len(), first.lines[0].record.programme.slug.as_str()), (100, SLUG));
        let second = read(&lea.context(&app), ListProgrammes { after: first.next }).await.unwrap();
        let names: Vec<_> = second.lines.iter().map(|line| line.record.programme.name.as_str()).collect();
        assert_eq!((names, second.next), (vec!["Programme 100", "Programme 101"], None));
        // To a stranger none of them is there, and none is a place to go on from.
        let stranger = read(&app.nobody(), ListProgrammes { after: first.next }).await.unwrap();
        assert_eq!((stranger.lines.len(), stranger.next), (0, None));
        let (status, html) = page(&app, &format!("/programmes?apres={}", first.next.unwrap()), Some(app.cookie(lea).await)).await;
        assert_eq!(status, StatusCode::OK);
        assert!(html.contains("Programme 101") && !html.contains("Programme 042"));
    }

    async fn a_programme_is_seen_by_its_organisers_until_it_is_published(app: TestApp) {
        let (owner, lea) = opened(&app).await;
        let other = app.organisation(OrganisationKind::Commune, "Bourg-la-Tour").await;
        let stranger = app.person("Paul Lenoir", Role::Organiser, other).await;
        let refused = read(&app.nobody(), ViewProgramme(SLUG.to_owned())).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        let refused = perform(&stranger.context(&app), PublishProgramme(SLUG.to_owned())).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        let refused = perform(&stranger.context(&app), OpenProgramme { owner, draft: draft() }).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        let taken = perform(&lea.context(&app), OpenProgramme { owner, draft: draft() }).await;
        assert!(matches!(taken, Err(Error::Invalid(_))), "{taken:?}");

        let edit = |revision| EditProgramme { slug: SLUG.to_owned(), revision, draft: draft() };
        let stale = perform(&lea.context(&app), edit(7)).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        perform(&lea.context(&app), edit(1)).await.unwrap();
        perform(&lea.context(&app), PublishProgramme(SLUG.to_owned())).await.unwrap();
        let view = read(&app.nobody(), ViewProgramme(SLUG.to_owned())).await.unwrap();
        assert!(!view.working && view.history.is_empty());
        let view = read(&lea.context(&app), ViewProgramme(SLUG.to_owned())).await.unwrap();
        assert!(view.working && view.history.len() == 3);
        app.settle().await;
    }

    async fn documents_are_sealed_and_only_public_ones_are_for_everybody(app: TestApp) {
        let (_, lea) = opened(&app).await;
        let context = lea.context(&app);
        let view = read(&context, ViewProgramme(SLUG.to_owned())).await.unwrap();
        let holder = KeyHolder::Programme(view.record.programme.id);
        let script = store_file(&context, holder, "file", b"<script>".to_vec(), "a.html").await;
        assert!(matches!(script, Err(Error::Invalid(_))), "{script:?}");
        let bytes = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n".to_vec();
        let mut ids = Vec::new();
        for public in [true, false] {
            let file = store_file(&context, holder, "file", bytes.clone(), "délibération.pdf").await.unwrap();
            let document = DocumentDraft {
                kind: Some(DocumentKind::Deliberation),
                title: "Lancement".to_owned(),
                number: "BM2026/02/03/16".to_owned(),
                dated_on: "2026-02-03".to_owned(),
                transmitted_on: "2026-02-05".to_owned(),
                public,
                ..DocumentDraft::default()
            };
            let command = AddDocument { slug: SLUG.to_owned(), draft: document, file: Some(file), refused: Vec::new() };
            ids.push(perform(&context, command).await.unwrap());
        }
        let hidden = download_document(&app.nobody(), ids[0]).await;
        assert!(matches!(hidden, Err(Error::NotFound)), "the programme is not published: {hidden:?}");
        perform(&context, PublishProgramme(SLUG.to_owned())).await.unwrap();
        let (name, kind, sent) = download_document(&app.nobody(), ids[0]).await.unwrap();
        assert_eq!((name.as_str(), kind.as_str(), &sent), ("délibération.pdf", "application/pdf", &bytes));
        let hidden = download_document(&app.nobody(), ids[1]).await;
        assert!(matches!(hidden, Err(Error::NotFound)), "{hidden:?}");
        assert_eq!(download_document(&context, ids[1]).await.unwrap().2, bytes);
        assert_eq!(read(&app.nobody(), ViewProgramme(SLUG.to_owned())).await.unwrap().documents.len(), 1);
    }

    async fn members_come_and_go_and_completions_are_taken_whole_or_not(app: TestApp) {
        let (_, lea) = opened(&app).await;
        let context = lea.context(&app);
        let commune = app.organisation(OrganisationKind::Commune, "Bourg-la-Tour").await;
        let add = || AddMember { slug: SLUG.to_owned(), organisation: commune, until: None };
        perform(&context, add()).await.unwrap();
        assert!(matches!(perform(&context, add()).await, Err(Error::Conflict(_))));
        let search = ViewMembers { slug: SLUG.to_owned(), search: "bourg".to_owned() };
        let members = read(&context, search).await.unwrap();
        assert!(members.record.members.is_empty(), "a membership waits for the member's own word");
        let officer = app.person("Awa Diallo", Role::SecurityOfficer, commune).await;
        let yes = |member| AnswerMembership { slug: SLUG.to_owned(), member, accept: true };
        let member = members.members[0].id;
        let early = perform(&officer.context(&app), yes(member)).await;
        assert!(matches!(early, Err(Error::NotFound)), "not before the programme is published: {early:?}");
        perform(&context, PublishProgramme(SLUG.to_owned())).await.unwrap();
        let desk = read(&officer.context(&app), use_cases::desk::ViewDesk).await.unwrap();
        assert!(desk.iter().any(|item| item.what == "programme-desk-membership"));
        app.run_jobs().await;
        let mails = app.mails.to("awa.diallo@example.org");
        assert!(mails.len() == 1 && mails[0].text.contains("ne constitue pas un audit"), "{mails:?}");
        let other = perform(&context, yes(member)).await;
        assert!(matches!(other, Err(Error::NotFound)), "only the member's own people: {other:?}");
        perform(&officer.context(&app), yes(member)).await.unwrap();
        assert!(matches!(perform(&officer.context(&app), yes(member)).await, Err(Error::Conflict(_))));
        let search = ViewMembers { slug: SLUG.to_owned(), search: "bourg".to_owned() };
        let members = read(&context, search).await.unwrap();
        assert!(members.found.is_empty() && members.record.members == [commune]);
        let end = EndMember { slug: SLUG.to_owned(), member: members.members[0].id };
        perform(&context, end).await.unwrap();
        app.clock.advance(1);
        perform(&context, add()).await.unwrap();

        let one = AddCompletion {
            slug: SLUG.to_owned(),
            organisation: "bourg la tour".to_owned(),
            track: "P".to_owned(),
            completed_on: "2026-01-15".to_owned(),
        };
        perform(&context, one).await.unwrap();
        let text = "siren;parcours;date\n999999999;P;2026-01-15\n".to_owned();
        let preview = read(&context, PreviewCompletions { slug: SLUG.to_owned(), text: text.clone() }).await.unwrap();
        assert_eq!(preview.errors[0].line, 2);
        let refused = perform(&context, ImportCompletions { slug: SLUG.to_owned(), text }).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        assert_eq!(read(&context, ViewCompletions(SLUG.to_owned())).await.unwrap().completions.len(), 1);
    }

    async fn a_call_opens_and_closes_by_the_clock_and_its_form_freezes(app: TestApp) {
        let (_, lea) = opened(&app).await;
        let context = lea.context(&app);
        let id = prepared(&app, lea).await;
        let early = perform(&context, PublishCall { call: id, at_once: false }).await;
        assert!(matches!(early, Err(Error::Conflict("call-problem-programme-not-published"))), "{early:?}");
        perform(&context, PublishProgramme(SLUG.to_owned())).await.unwrap();
        perform(&context, PublishCall { call: id, at_once: false }).await.unwrap();
        let view = read(&app.nobody(), ViewCall(id)).await.unwrap();
        assert_eq!(view.state, CallState::Published);

        let manage = read(&context, ViewCallToManage(id)).await.unwrap();
        let mut lines = lines_of(&manage.record.form);
        lines.pop();
        let edit = EditForm { call: id, revision: manage.record.call.revision, lines: lines.clone() };
        perform(&context, edit).await.unwrap();
        app.clock.advance(2 * DAY);
        let view = read(&app.nobody(), ViewCall(id)).await.unwrap();
        assert_eq!((view.state, view.record.call.form_version), (CallState::Open, 2));
        let frozen = perform(&context, EditForm { call: id, revision: 9, lines }).await;
        assert!(matches!(frozen, Err(Error::Conflict("call-error-frozen"))), "{frozen:?}");
        app.settle().await;
        let view = read(&app.nobody(), ViewCall(id)).await.unwrap();
        assert_eq!(view.record.call.state, CallState::Open);
        assert!(view.record.form_frozen_at.is_some());
        app.clock.advance(7 * DAY);
        app.settle().await;
        let manage = read(&context, ViewCallToManage(id)).await.unwrap();
        assert_eq!(manage.record.call.state, CallState::Closed);
        let kinds: Vec<_> = manage.history.iter().map(|line| line.kind.as_str()).collect();
        assert_eq!(kinds, ["call.closed", "call.opened", "call.form_changed", "call.published", "call.prepared"]);
    }

    async fn a_call_whose_opening_has_passed_opens_at_once_only_when_told_so(app: TestApp) {
        let (_, lea) = opened(&app).await;
        let context = lea.context(&app);
        perform(&context, PublishProgramme(SLUG.to_owned())).await.unwrap();
        let id = prepared(&app, lea).await;
        assert!(!read(&context, ViewCallToManage(id)).await.unwrap().opens_at_once);
        app.clock.advance(3 * DAY);
        let publish = |at_once| PublishCall { call: id, at_once };
        let unsure = perform(&context, publish(false)).await;
        assert!(matches!(&unsure, Err(Error::Invalid(fields)) if fields[0].field == "at_once"), "{unsure:?}");
        assert!(read(&context, ViewCallToManage(id)).await.unwrap().opens_at_once);
        let (_, html) = page(&app, &format!("/appels/{id}/gestion"), Some(app.cookie(lea).await)).await;
        assert!(html.contains("name=\"at_once\"") && html.contains("Publier ouvre l’appel aussitôt"), "{html}");
        perform(&context, publish(true)).await.unwrap();
        assert_eq!(read(&app.nobody(), ViewCall(id)).await.unwrap().state, CallState::Open);
        app.settle().await;
    }

    async fn everything_wrong_with_a_programme_or_a_document_is_said_at_once_in_the_order_of_the_form(app: TestApp) {
        let (owner, lea) = opened(&app).await;
        let context = lea.context(&app);
        let named = |error: Result<(), Error>| match error {
            Err(Error::Invalid(problems)) => problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        let empty = ProgrammeDraft {
            name: String::new(),
            slug: String::new(),
            summary: String::new(),
            kind: None,
            legal_basis: String::new(),
            notice: None,
            settings: ProgrammeSettings { appeal_months: 0, retest_days: 0, fix_days_high: 20, fix_days_medium: 0, ..ProgrammeSettings::default() },
        };
        let refused = perform(&context, OpenProgramme { owner, draft: empty }).await;
        assert_eq!(
            named(refused.map(|_| ())),
            [
                "name", "summary", "kind", "legal_basis", "notice", "appeal_means", "appeal_court", "appeal_months",
                "fix_days_high", "fix_days_medium", "retest_days"
            ]
        );
        let taken = ProgrammeDraft { legal_basis: String::new(), ..draft() };
        let refused = perform(&context, OpenProgramme { owner, draft: taken }).await;
        assert_eq!(named(refused.map(|_| ())), ["slug", "legal_basis"]);

        let document = DocumentDraft {
            kind: Some(DocumentKind::Deliberation),
            transmitted_on: "demain".to_owned(),
            valid_from: "2026-02-03".to_owned(),
            valid_until: "2026-02-01".to_owned(),
            ..DocumentDraft::default()
        };
        let Err(Error::Invalid(refused)) = Err::<(), _>(Error::field("file", "error-file-empty")) else { unreachable!() };
        let add = AddDocument { slug: SLUG.to_owned(), draft: document, file: None, refused };
        let fields = ["title", "number", "dated_on", "transmitted_on", "valid_until", "file"];
        assert_eq!(named(perform(&context, add).await.map(|_| ())), fields);
    }

    async fn a_call_that_opens_is_told_once_to_those_who_can_answer_it(app: TestApp) {
        let (owner, lea) = opened(&app).await;
        let context = lea.context(&app);
        perform(&context, PublishProgramme(SLUG.to_owned())).await.unwrap();
        for (name, officer, track, within) in [
            ("Bourg-la-Tour", "Awa Diallo", true, true),
            ("Pont-aux-Saules", "Zoé Martin", false, true),
            ("Vieux-Marché", "Max Petit", true, false),
        ] {
            let commune = app.organisation(OrganisationKind::Commune, name).await;
            app.person(officer, Role::SecurityOfficer, commune).await;
            if within {
                let affiliate = Affiliate { organisation: commune, within: Some(owner), kind: Some(AffiliationKind::Territory) };
                perform(&app.system(authorization::SystemKind::Installer), affiliate).await.unwrap();
            }
            if track {
                let completion = AddCompletion {
                    slug: SLUG.to_owned(),
                    organisation: name.to_owned(),
                    track: "P".to_owned(),
                    completed_on: "2026-01-15".to_owned(),
                };
                perform(&context, completion).await.unwrap();
            }
        }
        let id = prepared(&app, lea).await;
        perform(&context, PublishCall { call: id, at_once: false }).await.unwrap();
        app.run_jobs().await;
        assert!(app.mails.to("awa.diallo@example.org").is_empty(), "it is not open yet");
        app.clock.advance(2 * DAY);
        app.run_jobs().await;
        app.clock.advance(DAY);
        app.run_jobs().await;
        let mails = app.mails.to("awa.diallo@example.org");
        assert!(mails.len() == 1 && mails[0].text.contains("ne constitue pas un audit"), "{mails:?}");
        assert!(app.mails.to("zoe.martin@example.org").is_empty() && app.mails.to("max.petit@example.org").is_empty());
        app.settle().await;
    }

    async fn a_call_is_closed_early_or_cancelled_for_a_reason(app: TestApp) {
        let (_, lea) = opened(&app).await;
        let context = lea.context(&app);
        perform(&context, PublishProgramme(SLUG.to_owned())).await.unwrap();
        let id = prepared(&app, lea).await;
        perform(&context, PublishCall { call: id, at_once: false }).await.unwrap();
        let close = |reason: &str| CloseCall { call: id, reason: reason.to_owned() };
        assert!(matches!(perform(&context, close("Trop tôt")).await, Err(Error::Conflict(_))));
        app.clock.advance(3 * DAY);
        assert!(matches!(perform(&context, close(" ")).await, Err(Error::Invalid(_))));
        perform(&context, close("Panne")).await.unwrap();
        assert_eq!(read(&app.nobody(), ViewCall(id)).await.unwrap().state, CallState::Closed);
        let cancel = CancelCall { call: id, reason: "Abandon".to_owned(), sure: true };
        perform(&context, cancel).await.unwrap();
        let view = read(&app.nobody(), ViewCall(id)).await.unwrap();
        assert_eq!((view.state, view.record.end_reason.as_deref()), (CallState::Cancelled, Some("Abandon")));
        app.settle().await;
    }

    async fn every_page_shows_to_those_it_is_for(app: TestApp) {
        let (_, lea) = opened(&app).await;
        let cookie = app.cookie(lea).await;
        let id = prepared(&app, lea).await;
        let paths = [
            "/programmes/nouveau".to_owned(),
            format!("/programmes/{SLUG}"),
            format!("/programmes/{SLUG}/modifier"),
            format!("/programmes/{SLUG}/documents/nouveau"),
            format!("/programmes/{SLUG}/adherents?nom=m"),
            format!("/programmes/{SLUG}/parcours"),
            format!("/programmes/{SLUG}/appels/nouveau"),
            format!("/appels/{id}"),
            format!("/appels/{id}/gestion"),
            format!("/appels/{id}/modifier"),
            format!("/appels/{id}/formulaire"),
        ];
        for path in &paths {
            let (status, text) = page(&app, path, Some(cookie.clone())).await;
            assert_eq!(status, StatusCode::OK, "{path}: {text}");
            assert!(text.contains("<h1>"), "{path}");
            let notice = path.ends_with("nouveau") && path.starts_with("/programmes/nouveau") || text.contains("ne constitue pas un audit");
            assert!(notice, "{path} goes without its notice");
            let (status, _) = page(&app, path, None).await;
            assert!(matches!(status, StatusCode::NOT_FOUND | StatusCode::UNAUTHORIZED), "{path}: {status}");
        }
        assert_eq!(page(&app, "/programmes", None).await.0, StatusCode::OK);
    }
}
