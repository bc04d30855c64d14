//! Which mails a person gets: chosen under their account, or ended by the link in a mail.

use crate::error::{Error, Outcome};
use crate::journal::{Log, NewEntry};
use crate::perform::UseCase;
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::Acting;
use authorization::action::{ChangeAccount, ReadAccount};
use domain::ids::PersonId;
use domain::mail_choice::{MailKind, MailPace};
use serde_json::json;
use uuid::Uuid;

/// What the keyed hash of a secret is for.
const PURPOSE: &str = "mail.unsubscribe";
/// What a digest's link ends: every kind that is told of together.
const DIGEST: &str = "digest";

/// What a link in a mail ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Mails of one kind.
    Kind(MailKind),
    /// The digests, with every kind that they tell of.
    Digest,
}

impl Ended {
    fn code(self) -> &'static str {
        match self {
            Self::Kind(kind) => kind.code(),
            Self::Digest => DIGEST,
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        if code == DIGEST {
            return Some(Self::Digest);
        }
        let kind = MailKind::from_code(code)?;
        kind.paces().contains(&MailPace::Never).then_some(Self::Kind(kind))
    }
}

fn secret(unit: &Unit, person: PersonId) -> String {
    sealing::token_text(sealing::keyed_hash(&unit.app.keys, PURPOSE, person.0.as_bytes()))
}

/// Writes the token of a mail's link: it ends mails of a kind, and does nothing else.
pub(super) fn token(unit: &Unit, person: PersonId, ends: Ended) -> String {
    let line = format!("{}.{}", person.0.simple(), ends.code());
    format!("{line}.{}", sealing::sign_line(&secret(unit, person), &line))
}

fn read_token(unit: &Unit, token: &str) -> Option<(PersonId, Ended)> {
    let (line, signature) = token.rsplit_once('.')?;
    let (person, code) = line.split_once('.')?;
    let id = PersonId(Uuid::try_parse(person).ok()?);
    let canonical = id.0.simple().to_string() == person;
    (canonical && sealing::line_is_signed(&secret(unit, id), line, signature)).then_some(())?;
    Some((id, Ended::from_code(code)?))
}

/// Gives how often somebody gets mails of each kind.
pub(super) async fn paces(unit: &mut Unit, person: PersonId) -> Outcome<Vec<(MailKind, MailPace)>> {
    let chosen = unit.store.mail_paces(person).await?;
    let of = |kind: MailKind| chosen.iter().find(|(known, _)| *known == kind).map(|(_, pace)| *pace);
    Ok(MailKind::ALL.iter().map(|kind| (*kind, kind.pace(of(*kind)))).collect())
}

/// Shows how often one gets mails of each kind.
pub struct ViewMailChoices;

impl UseCase for ViewMailChoices {
    type Output = Vec<(MailKind, MailPace)>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let id = unit.person()?;
        let found = unit.store.person(id).await?;
        unit.permit_found::<ReadAccount, _>(found)?;
        paces(unit, id).await
    }
}

/// Chooses how often one gets mails.
pub struct ChooseMails(pub Vec<(MailKind, MailPace)>);

impl UseCase for ChooseMails {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let id = unit.person()?;
        let found = unit.store.person(id).await?;
        let proof = unit.permit_found::<ChangeAccount, _>(found)?;
        let acting = proof.acting().clone();
        let before = paces(unit, id).await?;
        let changed: Vec<(MailKind, MailPace)> = self
            .0
            .iter()
            .filter(|(kind, pace)| kind.paces().contains(pace) && !before.contains(&(*kind, *pace)))
            .copied()
            .collect();
        keep(unit, &acting, id, &changed).await
    }
}

async fn keep(unit: &mut Unit, acting: &Acting, person: PersonId, changed: &[(MailKind, MailPace)]) -> Outcome<()> {
    if changed.is_empty() {
        return Ok(());
    }
    for (kind, pace) in changed {
        unit.store.save_mail_pace(person, *kind, *pace, unit.now).await?;
    }
    let entry = NewEntry {
        stream_kind: "person",
        stream_id: person.0,
        kind: "person.mails_chosen",
        log: Log::Sealed,
        holder: KeyHolder::Person(person),
        body: json!({"changed": changed}),
    };
    unit.record(acting, entry).await?;
    Ok(())
}

/// Says what the link of a mail ends; it changes nothing.
pub struct ViewUnsubscribe(pub String);

impl UseCase for ViewUnsubscribe {
    type Output = Ended;

    async fn run(&self, unit: &mut Unit) -> Outcome<Ended> {
        read_token(unit, &self.0).map(|(_, ends)| ends).ok_or(Error::NotFound)
    }
}

/// Ends mails of a kind, by the link of one of them and without signing in (RFC 8058).
pub struct Unsubscribe(pub String);

impl UseCase for Unsubscribe {
    type Output = Ended;

    async fn run(&self, unit: &mut Unit) -> Outcome<Ended> {
        let (person, ends) = read_token(unit, &self.0).ok_or(Error::NotFound)?;
        unit.store.person(person).await?.ok_or(Error::NotFound)?;
        let before = paces(unit, person).await?;
        let ended = |(kind, pace): &(MailKind, MailPace)| match ends {
            Ended::Kind(one) => *kind == one && *pace != MailPace::Never,
            Ended::Digest => matches!(pace, MailPace::Daily | MailPace::Weekly),
        };
        let changed: Vec<(MailKind, MailPace)> = before
            .iter()
            .filter(|one| ended(one))
            .map(|(kind, _)| (*kind, MailPace::Never))
            .collect();
        keep(unit, &Acting::Nobody, person, &changed).await?;
        Ok(ends)
    }
}
