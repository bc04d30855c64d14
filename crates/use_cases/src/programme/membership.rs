//! A member's own answer: a membership gives no right to anybody before it.

use super::record;
use crate::desk::DeskItem;
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::MemberRow;
use crate::unit::Unit;
use authorization::action::AnswerMembership as MayAnswer;
use domain::ids::OrganisationId;
use domain::role::{GrantScope, Role};
use i18n::Arg;
use serde_json::json;
use uuid::Uuid;

/// Says yes or no to a membership, for the organisation that would be the member.
pub struct AnswerMembership {
    /// The programme's address.
    pub slug: String,
    /// The membership.
    pub member: Uuid,
    /// Whether the organisation becomes a member.
    pub accept: bool,
}

impl UseCase for AnswerMembership {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let seen = unit.store.programme_by_slug(&self.slug, unit.now).await?;
        let id = seen.ok_or(Error::NotFound)?.peek().programme.id;
        let programme = unit
            .store
            .programme_for_change(id, unit.now)
            .await?
            .ok_or(Error::NotFound)?;
        if programme.peek().published_at.is_none() {
            return Err(Error::NotFound);
        }
        let members = unit.store.programme_members(id).await?;
        let member = members
            .into_iter()
            .find(|m| m.id == self.member)
            .ok_or(Error::NotFound)?;
        let organisation = unit.store.organisation(member.organisation.id).await?;
        let proof = unit.permit_found::<MayAnswer, _>(organisation)?;
        if !waits(unit, &member) {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        let kind = if self.accept {
            let person = unit.person()?;
            unit.store.accept_member(member.id, id, person, unit.now).await?;
            "programme.member_accepted"
        } else {
            unit.store.end_member(member.id, id, unit.now).await?;
            "programme.member_declined"
        };
        let acting = proof.acting().clone();
        let body = json!({"organisation": member.organisation.id, "name": member.organisation.name});
        record(unit, &acting, id, kind, body).await
    }
}

/// Says whether a membership waits for its member's answer.
pub(super) fn waits(unit: &Unit, member: &MemberRow) -> bool {
    member.accepted_at.is_none() && member.until.is_none_or(|until| unit.now < until)
}

/// Gives the organisations for which the reader answers.
fn answers_for(unit: &Unit) -> Vec<OrganisationId> {
    let officer =
        |grant: &&domain::role::Grant| grant.role == Role::SecurityOfficer && grant.scope == GrantScope::Organisation;
    unit.actor
        .grants()
        .iter()
        .filter(officer)
        .map(|grant| grant.organisation)
        .collect()
}

/// Gives the memberships of a published programme that wait for the reader's answer.
pub(crate) async fn to_answer(unit: &mut Unit, record: &crate::ports::ProgrammeRecord) -> Outcome<Vec<MemberRow>> {
    let mine = answers_for(unit);
    if mine.is_empty() || record.published_at.is_none() {
        return Ok(Vec::new());
    }
    let mut members = unit.store.programme_members(record.programme.id).await?;
    members.retain(|member| mine.contains(&member.organisation.id) && waits(unit, member));
    Ok(members)
}

/// Gives what waits for the person in this part: memberships to answer.
pub(crate) async fn desk_items(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let mine = answers_for(unit);
    let offers = unit.store.memberships_to_answer(&mine, unit.now).await?;
    let item = |offer: crate::ports::MembershipOffer| DeskItem {
        what: "programme-desk-membership",
        args: vec![
            ("name", Arg::Text(offer.programme.clone())),
            ("organisation", Arg::Text(offer.organisation)),
        ],
        place: offer.programme,
        href: addresses::programme::programme(&offer.slug),
        action: "programme-desk-membership-action",
        due: None,
    };
    Ok(offers.into_iter().map(item).collect())
}
