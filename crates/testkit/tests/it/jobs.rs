//! What fails is tried again, seen by the administrator, and says nothing of anybody.

use domain::Timestamp;
use domain::ids::PersonId;
use domain::organisation::OrganisationKind;
use domain::role::Role;
use domain::time::{DAY, HOUR, MINUTE};
use testkit::{Someone, TestApp, each_engine};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use use_cases::jobs::{TryJobsAgain, run_one};
use use_cases::organisation::{PlatformState, ViewPlatform};
use use_cases::perform::UseCase;
use use_cases::{Error, Outcome, Unit, perform, read};
use uuid::Uuid;

/// Puts a job in the queue.
struct Enqueue(&'static str, Option<Uuid>, Option<PersonId>);

impl UseCase for Enqueue {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        unit.enqueue(self.0, self.0.to_owned(), self.1, self.2, unit.now).await
    }
}

/// Lets the clock go on, and the workers with it.
async fn go_on(app: &TestApp, time: i64, step: i64) {
    let until = app.now().plus(time);
    while app.now() < until {
        app.clock.advance(step);
        while run_one(app).await.unwrap() {}
    }
}

trait Now {
    fn now(&self) -> Timestamp;
}

impl Now for TestApp {
    fn now(&self) -> Timestamp {
        use_cases::ports::Clock::now(self.clock.as_ref())
    }
}

/// Makes an administrator and an invitation whose mail waits.
async fn invite(app: &TestApp) -> Someone {
    let operator = app.organisation(OrganisationKind::Operator, "Exploitant").await;
    let ada = app.person("Ada Noël", Role::Administrator, operator).await;
    let invite = use_cases::people::Invite {
        organisation: operator,
        role: Role::Verifier,
        scope: domain::role::GrantScope::Organisation,
        label: "vérificateur".to_owned(),
        email: Some("jean.dupont@example.org".to_owned()),
    };
    perform(&ada.context(app), invite).await.unwrap();
    ada
}

async fn state(app: &TestApp, who: Someone) -> PlatformState {
    read(&who.context(app), ViewPlatform).await.unwrap()
}

each_engine! {
    async fn a_relay_that_is_down_for_a_night_loses_no_mail(app: TestApp) {
        let ada = invite(&app).await;
        app.mails.refuse(true);
        go_on(&app, 12 * HOUR, 5 * MINUTE).await;
        let failing = state(&app, ada).await.failing;
        assert_eq!(failing.len(), 1);
        assert_eq!(failing[0].trouble, "relay_unreachable");
        assert!(failing[0].next.is_some_and(|next| next.since(app.now()) <= HOUR));
        app.mails.refuse(false);
        go_on(&app, HOUR, 5 * MINUTE).await;
        assert_eq!(app.mails.to("jean.dupont@example.org").len(), 1);
        assert!(state(&app, ada).await.failing.is_empty());
    }

    async fn a_mail_that_was_given_up_is_sent_at_the_administrators_word(app: TestApp) {
        let ada = invite(&app).await;
        let eve = app.stranger("Eve Roux").await;
        app.mails.refuse(true);
        go_on(&app, 6 * DAY, HOUR).await;
        let seen = state(&app, ada).await;
        assert_eq!((seen.mails_failed, seen.failing.len()), (1, 1));
        assert!(seen.failing[0].next.is_none(), "it was given up");
        app.mails.refuse(false);
        go_on(&app, DAY, HOUR).await;
        assert!(app.mails.all().is_empty(), "what was given up waits for the administrator");

        let job = seen.failing[0].id;
        let refused = perform(&eve.context(&app), TryJobsAgain(Some(job))).await;
        assert!(matches!(refused, Err(Error::NotFound)));
        assert_eq!(perform(&ada.context(&app), TryJobsAgain(Some(job))).await.unwrap(), 1);
        while run_one(&app).await.unwrap() {}
        assert_eq!(app.mails.to("jean.dupont@example.org").len(), 1);
        assert_eq!(perform(&ada.context(&app), TryJobsAgain(None)).await.unwrap(), 0);
        app.settle().await;
    }

    async fn what_the_clock_does_is_never_given_up(app: TestApp) {
        let ada = invite(&app).await;
        perform(&app.nobody(), Enqueue("call.announce", None, None)).await.unwrap();
        go_on(&app, 10 * DAY, HOUR).await;
        let seen = state(&app, ada).await;
        assert_eq!((seen.jobs_failed, seen.failing.len()), (0, 1));
        assert_eq!(seen.failing[0].trouble, "internal");
        assert!(seen.failing[0].attempts > 200, "it was tried every hour");
    }

    async fn an_invitation_that_has_expired_is_not_mailed_and_forgets_its_address(app: TestApp) {
        let operator = app.organisation(OrganisationKind::Operator, "Exploitant").await;
        let ada = app.person("Ada Noël", Role::Administrator, operator).await;
        let invite = |email: &str| use_cases::people::Invite {
            organisation: operator,
            role: Role::Verifier,
            scope: domain::role::GrantScope::Organisation,
            label: email.to_owned(),
            email: Some(email.to_owned()),
        };
        let kept = async |id| {
            let mut session = app.store.snapshot().await.unwrap();
            session.invitation(id).await.unwrap().unwrap().email.is_some()
        };
        perform(&ada.context(&app), use_cases::people::ChooseLanguage { lang: i18n::Lang::En }).await.unwrap();
        let first = perform(&ada.context(&app), invite("un@example.org")).await.unwrap();
        app.run_jobs().await;
        assert!(app.mails.take()[0].subject.starts_with("Invitation to"), "in the inviter's language");
        assert!(kept(first.id).await);
        let new = use_cases::people::NewPerson {
            name: "Un".to_owned(),
            pseudonym: "un".to_owned(),
            email: "un@example.org".to_owned(),
            password: "une phrase assez longue".to_owned(),
        };
        use_cases::people::take_up(&app.nobody(), &first.token, Some(new), i18n::Lang::Fr, "test").await.unwrap();
        assert!(!kept(first.id).await, "an invitation that was used forgets its address and link");

        let second = perform(&ada.context(&app), invite("deux@example.org")).await.unwrap();
        perform(&ada.context(&app), use_cases::people::WithdrawInvitation(second.id)).await.unwrap();
        assert!(!kept(second.id).await, "and one that was withdrawn");

        let third = perform(&ada.context(&app), invite("trois@example.org")).await.unwrap();
        app.clock.advance(15 * DAY);
        app.run_jobs().await;
        assert_eq!(app.mails.all(), [], "a link that no longer opens is not sent");
        assert!(!kept(third.id).await, "and one that has expired");
    }
}

/// A relay that refuses every mail, and repeats the address as relays do.
async fn rude_relay(app: &TestApp) -> String {
    let port = testkit::browser::free_port();
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    app.tasks.spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (read, mut write) = stream.into_split();
            let mut lines = BufReader::new(read).lines();
            write.write_all(b"220 relay.example\r\n").await.unwrap();
            while let Ok(Some(line)) = lines.next_line().await {
                let answer = match line.get(..4).unwrap_or_default() {
                    "EHLO" => "250 relay.example\r\n",
                    "RCPT" => "550 5.1.1 <jean.dupont@example.org>: rejected\r\n",
                    "QUIT" => "221 bye\r\n",
                    _ => "250 ok\r\n",
                };
                if write.write_all(answer.as_bytes()).await.is_err() {
                    break;
                }
            }
        }
    });
    url
}

#[test]
fn what_a_relay_answers_is_not_kept() {
    testkit::run(async {
        let mut app = TestApp::sqlite().await;
        let relay = mail::Relay {
            url: rude_relay(&app).await,
            credentials: None,
            timeout: std::time::Duration::from_secs(10),
        };
        let smtp = mail::Smtp::new(relay, "Beffroi <beffroi@example.org>").unwrap();
        app.app.mailer = std::sync::Arc::new(smtp);
        let ada = invite(&app).await;
        while run_one(&app).await.unwrap() {}
        let failing = state(&app, ada).await.failing;
        assert_eq!(failing.len(), 1);
        assert_eq!(failing[0].trouble, "relay_refused_550");
        let mut copy = Vec::new();
        for entry in std::fs::read_dir(app.folder()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                copy.extend(std::fs::read(path).unwrap());
            }
        }
        let word = b"jean.dupont";
        assert!(
            !copy.windows(word.len()).any(|window| window == word),
            "the address is in the database"
        );
    });
}
