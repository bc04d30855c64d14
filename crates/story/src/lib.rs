//! The invented story that the demonstration and the tests play through the use cases.
//!
//! Nothing is inserted behind the use cases' back: invitations are taken up, forms are filled in
//! and signed, windows open by the clock. Whoever plays a part is invented; the directory around
//! them is the real one.

mod call;
mod campaign;
mod cast;
mod clock;
mod declared;
mod findings;
mod group;
mod hunt;
mod paper;
mod register;
mod reports;
mod sharing;
mod texts;

pub use call::SLUG;
pub use cast::{Cast, PASSWORD, Part, email};
pub use clock::StoryClock;
pub use group::GroupCast;
pub use reports::Filed;

use domain::Timestamp;
use domain::ids::{CallId, CampaignId, CandidacyId, ProductId, ProgrammeId, ReportId, VulnerabilityId};
use domain::time::{DAY, HOUR, MINUTE};
use use_cases::{App, Error, Outcome};

/// Days before the present at which the story begins.
const BEGINS: i64 = 100;

/// What the story made, for those who go on from it.
#[derive(Clone, Debug)]
pub struct Told {
    /// Who plays.
    pub cast: Cast,
    /// The programme.
    pub programme: ProgrammeId,
    /// The programme's readable address.
    pub slug: &'static str,
    /// The call.
    pub call: CallId,
    /// The candidacies, in the order of the communes.
    pub candidacies: Vec<CandidacyId>,
    /// The products: the relations portal, the school transport.
    pub products: Vec<ProductId>,
    /// The campaign that has ended.
    pub campaign: CampaignId,
    /// The campaign that is being prepared.
    pub next_campaign: CampaignId,
    /// The campaign that is open at the end, where the instance hosts its target.
    pub open_campaign: Option<CampaignId>,
    /// The students who hunted.
    pub students: Vec<Part>,
    /// The reports, with the state each was brought to.
    pub reports: Vec<(ReportId, &'static str)>,
    /// The vulnerabilities, from the most restricted to the public one.
    pub vulnerabilities: Vec<VulnerabilityId>,
    /// A group of communes beside, with its members and its campaign.
    pub group: GroupCast,
}

/// Who tells the story: the instance it is played on, its clock, and who hears of its progress.
pub struct Teller<'a> {
    /// The instance; its clock is the story's while it is told.
    pub app: &'a App,
    /// The clock of the story.
    pub clock: &'a StoryClock,
    /// The instant at which the story ends: the present.
    pub ends: Timestamp,
    /// The recipe of the target that the instance hosts, in TOML; without one, no campaign is open at the end.
    pub recipe: Option<&'a str>,
    /// Hears a sentence at each step.
    pub progress: &'a (dyn Fn(&str) + Send + Sync),
}

impl Teller<'_> {
    /// Moves the clock to a day before the present, at an hour of that day, and lets the jobs run.
    ///
    /// # Errors
    /// [`Error`] where a job's queue fails.
    pub async fn day(&self, before: i64, hour: i64) -> Outcome<()> {
        self.clock.set(self.at(before, hour));
        self.settle().await
    }

    /// Gives the instant of a day before the present, at an hour of that day (UTC).
    #[must_use]
    pub fn at(&self, before: i64, hour: i64) -> Timestamp {
        let today = Timestamp(self.ends.0 - self.ends.0.rem_euclid(DAY));
        today.plus_days(-before).plus(hour * HOUR)
    }

    /// Moves the clock on by minutes.
    pub fn minutes(&self, minutes: i64) {
        self.clock.advance(minutes * MINUTE);
    }

    /// Runs the jobs that are due and numbers the journal.
    ///
    /// # Errors
    /// [`Error`] where the queue or the sequencer fails.
    pub async fn settle(&self) -> Outcome<()> {
        while use_cases::jobs::run_one(self.app).await? {}
        while use_cases::journal::sequence(self.app, uuid::Uuid::from_u128(1)).await? > 0 {}
        Ok(())
    }

    /// Says how far the story is.
    pub fn tell(&self, sentence: &str) {
        (self.progress)(sentence);
    }
}

/// Tells the whole story.
///
/// # Errors
/// [`Error`] of the first use case that refuses; the story is told whole or is a mistake of ours.
pub async fn tell(teller: &Teller<'_>) -> Outcome<Told> {
    teller.clock.set(teller.at(BEGINS, 8));
    teller.tell("L’annuaire et les personnages");
    let cast = teller.cast().await?;
    teller.tell("Le programme, ses documents et son appel");
    let (programme, call) = teller.programme_and_call(&cast).await?;
    teller.tell("Neuf communes candidatent ; six sont retenues");
    let candidacies = teller.candidacies(&cast, call).await?;
    teller.tell("Le catalogue, les installations et leurs confirmations");
    let products = teller.register(&cast).await?;
    teller.tell("La campagne, ses engagements et ses autorisations");
    let campaign = teller.campaign(&cast, call, &products).await?;
    teller.tell("Les étudiants cherchent, l’exploitant vérifie");
    let filed = teller.reports(&cast, campaign, products[0]).await?;
    teller.tell("L’éditeur corrige, un contre-test confirme, chacun apprend ce qui le concerne");
    let vulnerabilities = teller.sharing(&cast, &filed).await?;
    teller.tell("Chaque commune a déjà testé de son côté : dix-huit fois la même application");
    teller.declared_tests(&cast, &products).await?;
    teller.more_runners(&cast, *nth(&products, 1)?).await?;
    let next_campaign = teller.next_campaign(&cast, &products).await?;
    teller.earlier_test(&cast, next_campaign).await?;
    teller.joining(&cast, next_campaign).await?;
    teller.tell("Un groupement ouvre une campagne pour ses communes");
    let group = teller.group(&cast).await?;
    let open_campaign = teller.hunt(&cast, &filed.students).await?;
    teller.clock.set(teller.ends);
    teller.settle().await?;
    Ok(Told {
        programme,
        slug: call::SLUG,
        call,
        candidacies,
        products,
        campaign,
        next_campaign,
        open_campaign,
        students: filed.students.clone(),
        reports: filed.states(),
        vulnerabilities,
        group,
        cast,
    })
}

/// Finds one of several by its position, or says that the story is wrong.
fn nth<T>(list: &[T], index: usize) -> Outcome<&T> {
    list.get(index)
        .ok_or_else(|| Error::Internal(format!("the story has no number {index}")))
}
