//! Mails to organisations that are offered a membership, while they have not answered.

use super::membership::waits;
use crate::app::App;
use crate::error::{Error, Outcome};
use crate::perform::{Context, UseCase, read};
use crate::ports::{JobRow, MembershipOffer};
use crate::unit::Unit;
use authorization::SystemKind;
use domain::NoticeKind;
use domain::ids::{OrganisationId, PersonId, ProgrammeId};
use domain::role::{GrantScope, Role};
use i18n::Arg;
use uuid::Uuid;

/// Tells the security officers of an organisation that a membership is offered to it.
pub(super) async fn offered(
    unit: &mut Unit,
    programme: ProgrammeId,
    member: Uuid,
    organisation: OrganisationId,
) -> Outcome<()> {
    for grant in unit.store.grants_of_organisation(organisation, unit.now).await? {
        if grant.role == Role::SecurityOfficer && grant.scope == GrantScope::Organisation {
            let key = format!("mail.programme_membership/{member}/{}", grant.person);
            unit.enqueue(
                "mail.programme_membership",
                key,
                Some(programme.0),
                Some(grant.person),
                unit.now,
            )
            .await?;
        }
    }
    Ok(())
}

/// Tells every organisation whose membership waits, when the programme is published.
pub(super) async fn offered_to_all(unit: &mut Unit, programme: ProgrammeId) -> Outcome<()> {
    for member in unit.store.programme_members(programme).await? {
        if waits(unit, &member) {
            offered(unit, programme, member.id, member.organisation.id).await?;
        }
    }
    Ok(())
}

/// What the mail says; no offer where the person's organisations have answered meanwhile.
struct Facts(ProgrammeId, PersonId);

impl UseCase for Facts {
    type Output = (NoticeKind, Option<MembershipOffer>);

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let found = unit.store.programme(self.0, unit.now).await?;
        let programme = found.ok_or(Error::NotFound)?.peek().programme.clone();
        let grants = unit.store.grants(self.1, unit.now).await?;
        let officer = grants
            .iter()
            .filter(|grant| grant.role == Role::SecurityOfficer && grant.scope == GrantScope::Organisation);
        let mine: Vec<OrganisationId> = officer.map(|grant| grant.organisation).collect();
        let offers = unit.store.memberships_to_answer(&mine, unit.now).await?;
        let offer = offers.into_iter().find(|offer| offer.slug == programme.slug);
        Ok((programme.notice, offer))
    }
}

/// Sends the mail of a membership that is offered.
pub(crate) async fn send(app: &App, job: &JobRow) -> Outcome<()> {
    let (Some(id), Some(person)) = (job.subject, job.person) else {
        return Err(Error::Internal("a mail without a programme".to_owned()));
    };
    let context = Context::system(app, SystemKind::Mailer);
    let (notice, offer) = read(&context, Facts(ProgrammeId(id), person)).await?;
    let Some(offer) = offer else {
        return Ok(());
    };
    let link = format!(
        "{}{}",
        app.settings.public_url,
        addresses::programme::programme(&offer.slug)
    );
    let args = [
        ("programme", Arg::Text(offer.programme)),
        ("organisation", Arg::Text(offer.organisation)),
        ("link", Arg::Text(link)),
    ];
    crate::mail::to_person(app, job, "mail-programme-membership", notice, &args).await
}
