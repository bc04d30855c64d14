//! A busy day: an open call and an open campaign, with many communes and students who may come
//! at once. It is prepared through the use cases, on the machine's clock.

use crate::app::{LOG_KEY, LOG_NAME, TestApp};
use authorization::SystemKind;
use domain::Timestamp;
use domain::ids::{CallId, CampaignId, CandidacyId, OrganisationId, PersonId, SessionId};
use domain::organisation::OrganisationKind;
use domain::party::PersonPart;
use domain::role::{GrantScope, Role};
use i18n::Lang;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::sync::Arc;
use storage::Database;
use story::{Cast, Part, StoryClock, Teller};
use use_cases::call::{CallDraft, PrepareCall, PublishCall};
use use_cases::campaign::{AcceptRulesOf, InviteToCampaign, ViewCampaign};
use use_cases::organisation::AddOrganisation;
use use_cases::people::{Invite, NewPerson, SetUpDemo, take_up, visit};
use use_cases::{App, Context, Error, Outcome, Who, perform, read};

/// The password of everybody.
pub const PASSWORD: &str = story::PASSWORD;

/// Days from the present to the end of the story that prepares the day; its campaign is open then.
const ENDS: i64 = 20;

/// Somebody who can sign in.
#[derive(Clone, Debug)]
pub struct Login {
    /// Their address.
    pub email: String,
    /// The name of the organisation they come for.
    pub organisation: String,
}

/// What may happen on the day.
#[derive(Clone, Debug)]
pub struct Busy {
    /// The open call.
    pub call: CallId,
    /// The open campaign.
    pub campaign: CampaignId,
    /// An organiser.
    pub organiser: Part,
    /// Who comes for each commune.
    pub communes: Vec<Login>,
    /// Who hunts.
    pub students: Vec<Login>,
}

/// How much there is of everything.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Communes that may apply.
    pub communes: usize,
    /// Places of the call.
    pub places: i64,
    /// Students who hunt.
    pub students: usize,
}

impl TestApp {
    /// Prepares the day on this instance, and its folder so that the program can serve it.
    ///
    /// # Panics
    /// Where a use case of the preparation refuses.
    pub async fn busy(&self, size: Size) -> Busy {
        let now = machine_time();
        let clock = Arc::new(StoryClock::at(now.plus_days(-120)));
        let mut app = self.app.clone();
        app.clock = clock.clone();
        let teller = Teller {
            app: &app,
            clock: &clock,
            ends: now.plus_days(ENDS),
            recipe: None,
            progress: &|_| {},
        };
        let busy = prepare(&teller, now, size).await.expect("the day can be prepared");
        self.write_keys();
        busy
    }

    /// Closes the database, so that a program has it to itself.
    pub async fn leave(&self) {
        self.database.close().await;
    }

    /// Opens the database again, after [`TestApp::leave`].
    ///
    /// # Panics
    /// Where it does not open.
    pub async fn come_back(&mut self) {
        let opened = match self.postgres_url() {
            Some(url) => Database::open_postgres(&url, 4).await,
            None => Database::open_sqlite(&self.sqlite_file(), 2).await,
        };
        self.database = opened.expect("the database opens");
        self.app.store = Arc::new(self.database.clone());
    }

    /// Decides a call as its organiser does, once it has closed.
    ///
    /// # Errors
    /// [`Error`] where the use case refuses.
    pub async fn decide(&self, busy: &Busy) -> Outcome<Vec<CandidacyId>> {
        let mut app = self.app.clone();
        app.clock = Arc::new(StoryClock::at(machine_time().plus_days(3)));
        let decide = use_cases::candidacy::DecideCall { call: busy.call };
        let decided = perform(&busy.organiser.context(&app), decide).await?;
        Ok(decided.into_iter().map(|(candidacy, _)| candidacy).collect())
    }

    /// Writes the keys of this instance as the program reads them.
    fn write_keys(&self) {
        let folder = self.folder().join("keys");
        std::fs::DirBuilder::new()
            .mode(0o700)
            .create(&folder)
            .expect("a folder");
        let log = format!("{LOG_NAME} {}\n", sealing::token_text(LOG_KEY));
        for (name, text) in [("instance.key", self.keys.to_text().to_string()), ("log.key", log)] {
            let mut options = std::fs::OpenOptions::new();
            let mut file = options
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(folder.join(name))
                .expect("a file");
            std::io::Write::write_all(&mut file, text.as_bytes()).expect("a key");
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the program that serves the day lives in the present"
)]
fn machine_time() -> Timestamp {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .expect("after 1970");
    Timestamp(i64::try_from(since.as_micros()).expect("before the year 290000"))
}

async fn prepare(teller: &Teller<'_>, now: Timestamp, size: Size) -> Outcome<Busy> {
    let installer = Context::system(teller.app, SystemKind::Installer);
    let instance = "Beffroi, jour d’affluence".to_owned();
    perform(&installer, SetUpDemo { instance }).await?;
    teller.clock.set(teller.at(100, 8));
    let cast = teller.cast().await?;
    let (_, first) = teller.programme_and_call(&cast).await?;
    let products = teller.register(&cast).await?;
    let campaign = teller.campaign(&cast, first, &products).await?;
    teller.clock.set(now.plus_days(-1));
    let call = open_call(teller, &cast, now, size).await?;
    let mut communes = Vec::new();
    for number in 1..=size.communes {
        let name = format!("Commune d’essai {number:04}");
        let id = organisation(teller.app, &name).await?;
        let invite = Invite {
            organisation: id,
            role: Role::SecurityOfficer,
            scope: GrantScope::Organisation,
            label: String::new(),
            email: None,
        };
        let invited = perform(&installer, invite).await?;
        communes.push(
            come_in(teller.app, &invited.token, &format!("rssi{number:04}"), &name)
                .await?
                .0,
        );
    }
    let mut students = Vec::new();
    for number in 1..=size.students {
        students.push(student(teller, &cast, campaign, number).await?);
    }
    teller.settle().await?;
    let organiser = cast.organisers.first().cloned().ok_or(Error::NotFound)?;
    Ok(Busy {
        call,
        campaign,
        organiser,
        communes,
        students,
    })
}

/// Publishes a call that is open for a day, and that any commune may answer.
async fn open_call(teller: &Teller<'_>, cast: &Cast, now: Timestamp, size: Size) -> Outcome<CallId> {
    let organiser = cast.organisers.first().ok_or(Error::NotFound)?.context(teller.app);
    let prepare = PrepareCall {
        slug: story::SLUG.to_owned(),
        draft: CallDraft {
            title: "Appel d’un jour d’affluence".to_owned(),
            summary: "Ouvert à toutes les communes, par ordre de réception.".to_owned(),
            places: Some(size.places),
            waiting: None,
            opens_at: Some(now.plus(-domain::time::HOUR)),
            closes_at: Some(now.plus_days(2)),
            confirm_within_days: Some(10),
            track: String::new(),
            kinds: vec![OrganisationKind::Commune],
            territory: None,
        },
    };
    let call = perform(&organiser, prepare).await?;
    perform(&organiser, PublishCall { call, at_once: true }).await?;
    teller.clock.set(now);
    Ok(call)
}

async fn organisation(app: &App, name: &str) -> Outcome<OrganisationId> {
    let add = AddOrganisation {
        kind: Some(OrganisationKind::Commune),
        name: name.to_owned(),
        siren: String::new(),
        insee: String::new(),
        fictional: true,
    };
    perform(&Context::system(app, SystemKind::Installer), add).await
}

/// Takes an invitation up and gives how to sign in, and who came.
async fn come_in(app: &App, token: &str, name: &str, organisation: &str) -> Outcome<(Login, Who)> {
    let nobody = Context::of(app, Who::Nobody, "127.0.0.1");
    let email = format!("{name}@affluence.example");
    let new = NewPerson {
        name: format!("Personne {name}"),
        pseudonym: name.to_owned(),
        email: email.clone(),
        password: PASSWORD.to_owned(),
    };
    let session = take_up(&nobody, token, Some(new), Lang::Fr, "Essai").await?;
    let signed_in = visit(&nobody, &session.ok_or(Error::NotFound)?.0)
        .await?
        .ok_or(Error::NotFound)?;
    let (person, session): (PersonId, SessionId) = (signed_in.person, signed_in.session);
    let login = Login {
        email,
        organisation: organisation.to_owned(),
    };
    Ok((login, Who::Person(person, session)))
}

async fn student(teller: &Teller<'_>, cast: &Cast, campaign: CampaignId, number: usize) -> Outcome<Login> {
    let organiser = cast.organisers.first().ok_or(Error::NotFound)?.context(teller.app);
    let invite = InviteToCampaign {
        campaign,
        part: Some(PersonPart::Hunter),
        organisation: Some(cast.school),
        email: None,
        label: String::new(),
    };
    let invited = perform(&organiser, invite).await?;
    let (login, who) = come_in(teller.app, &invited.token, &format!("etudiant{number:04}"), "").await?;
    let context = Context { who, ..organiser };
    let page = read(&context, ViewCampaign(campaign)).await?;
    let accept = AcceptRulesOf {
        campaign,
        rules: page.rules.ok_or(Error::NotFound)?.id,
        accepted: true,
    };
    perform(&context, accept).await?;
    Ok(login)
}
