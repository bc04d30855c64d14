//! Mails that are told of together: kept until their hour, then sent as one that only counts them.

use super::choice::{self, Ended};
use super::{Letter, addressed};
use crate::app::App;
use crate::error::{Error, Outcome};
use crate::perform::{Context, UseCase, perform, read};
use crate::ports::{DigestItem, JobRow};
use crate::unit::Unit;
use authorization::SystemKind;
use domain::ids::PersonId;
use domain::mail_choice::{MailKind, MailPace, kind_of};
use domain::time::DAY;
use domain::{NoticeKind, Timestamp};
use i18n::{Arg, Lang, t, ta};

/// The hour of Paris at which digests are sent.
const HOUR: &str = "07:00";
/// Days from the first of 1970, a Thursday, to the first Monday.
const FIRST_MONDAY: i64 = 4;

/// Gives the next hour of digests after an instant: of the next morning, or of the next Monday.
fn next_digest(now: Timestamp, pace: MailPace) -> Timestamp {
    let (year, month, day) = i18n::local_day(now.0);
    let seven = i18n::parse_local(&format!("{year:04}-{month:02}-{day:02}T{HOUR}")).unwrap_or(now.0 + DAY);
    let later = |days: i64| i18n::local_days_later(seven, days);
    let is_monday = |at: i64| (at.div_euclid(DAY) - FIRST_MONDAY).rem_euclid(7) == 0;
    let found = (0..=7)
        .map(later)
        .find(|at| *at > now.0 && (pace != MailPace::Weekly || is_monday(*at)));
    Timestamp(found.unwrap_or_else(|| later(7)))
}

/// What becomes of a mail.
pub(super) enum Fate {
    /// It is sent now; the token of its link, for one that can be ended.
    Sent(Option<String>),
    /// It is told of later, or not at all.
    PutOff,
}

/// Decides what becomes of a mail by what its reader chose, and keeps it where it is told of later.
pub(super) struct Decide {
    job: JobRow,
    person: PersonId,
    notice: NoticeKind,
}

impl Decide {
    pub(super) fn new(job: &JobRow, person: PersonId, notice: NoticeKind) -> Self {
        Self {
            job: job.clone(),
            person,
            notice,
        }
    }
}

impl UseCase for Decide {
    type Output = Fate;

    async fn run(&self, unit: &mut Unit) -> Outcome<Fate> {
        let kind = kind_of(&self.job.kind);
        let chosen = choice::paces(unit, self.person).await?;
        let pace = chosen.iter().find(|(known, _)| *known == kind).map(|(_, pace)| *pace);
        match kind.pace(pace) {
            MailPace::Never => Ok(Fate::PutOff),
            MailPace::AtOnce if kind == MailKind::Legal => Ok(Fate::Sent(None)),
            MailPace::AtOnce => Ok(Fate::Sent(Some(choice::token(unit, self.person, Ended::Kind(kind))))),
            pace => {
                let item = DigestItem {
                    id: self.job.id.0,
                    person: self.person,
                    kind,
                    notice: self.notice,
                    digest_at: next_digest(unit.now, pace),
                };
                unit.store.insert_digest_item(&item, unit.now).await?;
                let key = format!("digest/{}/{}", self.person, item.digest_at.0);
                unit.enqueue("mail.digest", key, None, Some(self.person), item.digest_at)
                    .await?;
                Ok(Fate::PutOff)
            }
        }
    }
}

/// A digest: how many mails of each kind, under which notice, with the token of its link.
struct Digest {
    counts: Vec<(MailKind, usize)>,
    notice: NoticeKind,
    token: String,
}

/// Gathers what a person's digest tells; kinds that they have ended since are left out.
struct Gather(PersonId, Timestamp);

impl UseCase for Gather {
    type Output = Digest;

    async fn run(&self, unit: &mut Unit) -> Outcome<Digest> {
        let items = unit.store.digest_items(self.0, self.1).await?;
        let paces = choice::paces(unit, self.0).await?;
        let wanted = paces.iter().filter(|(_, pace)| *pace != MailPace::Never);
        let counts = wanted
            .map(|(kind, _)| (*kind, items.iter().filter(|item| item.kind == *kind).count()))
            .filter(|(_, count)| *count > 0)
            .collect();
        Ok(Digest {
            counts,
            notice: items
                .iter()
                .map(|item| item.notice)
                .find(|notice| notice.is_shown())
                .unwrap_or(NoticeKind::None),
            token: choice::token(unit, self.0, Ended::Digest),
        })
    }
}

struct Forget(PersonId, Timestamp);

impl UseCase for Forget {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        Ok(unit.store.forget_digest(self.0, self.1).await?)
    }
}

/// Sends a digest, then forgets what it told; sent twice, it is the same mail with the same identifier.
pub(crate) async fn send(app: &App, job: &JobRow) -> Outcome<()> {
    let unreadable = || Error::Internal("a digest without its reader or its hour".to_owned());
    let person = job.person.ok_or_else(unreadable)?;
    let hour = job.dedup_key.rsplit('/').next().and_then(|text| text.parse().ok());
    let at = Timestamp(hour.ok_or_else(unreadable)?);
    let context = Context::system(app, SystemKind::Mailer);
    let digest = read(&context, Gather(person, at)).await?;
    if !digest.counts.is_empty()
        && let Some((email, lang)) = addressed(app, person).await?
    {
        let lines: Vec<String> = digest.counts.iter().map(|one| line(lang, one)).collect();
        let letter = Letter {
            email,
            lang,
            notice: digest.notice,
            unsubscribe: Some(digest.token),
            legal: false,
        };
        let args = [("lines", Arg::Text(lines.join("\n")))];
        letter.send(app, job, "mail-digest", &args).await?;
    }
    perform(&context, Forget(person, at)).await
}

fn line(lang: Lang, (kind, count): &(MailKind, usize)) -> String {
    let name = t(lang, &format!("mail-kind-{}", kind.code()));
    ta(
        lang,
        "mail-digest-line",
        &[("kind", Arg::Text(name)), ("n", Arg::from(*count))],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_sent_at_seven_in_paris() {
        for (now, pace, at) in [
            // Summer time, a Wednesday.
            ("2026-07-15T06:59", MailPace::Daily, "2026-07-15T07:00"),
            ("2026-07-15T07:00", MailPace::Daily, "2026-07-16T07:00"),
            ("2026-07-15T23:30", MailPace::Weekly, "2026-07-20T07:00"),
            ("2026-07-20T06:00", MailPace::Weekly, "2026-07-20T07:00"),
            ("2026-07-20T07:00", MailPace::Weekly, "2026-07-27T07:00"),
            // The clocks change on the 25th of October.
            ("2026-10-24T12:00", MailPace::Daily, "2026-10-25T07:00"),
            ("2026-10-24T12:00", MailPace::Weekly, "2026-10-26T07:00"),
            ("2026-12-31T12:00", MailPace::Daily, "2027-01-01T07:00"),
        ] {
            let instant = |text: &str| Timestamp(i18n::parse_local(text).unwrap());
            assert_eq!(next_digest(instant(now), pace), instant(at), "{now} {pace:?}");
        }
    }
}
