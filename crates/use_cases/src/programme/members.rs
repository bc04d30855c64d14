//! A programme's members: organisations, from and until.

use super::{found, record, to_manage};
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::{MemberRow, OrganisationFilter, ProgrammeRecord};
use crate::unit::Unit;
use authorization::action::ManageProgramme;
use domain::Timestamp;
use domain::ids::OrganisationId;
use domain::organisation::{Organisation, name_words};
use serde_json::json;
use uuid::Uuid;

/// A programme's members, with what a search in the directory found.
#[derive(Clone, Debug)]
pub struct MembersView {
    /// The programme.
    pub record: ProgrammeRecord,
    /// Its memberships, present ones first.
    pub members: Vec<MemberRow>,
    /// The organisations whose name starts as searched, those that are no members yet.
    pub found: Vec<Organisation>,
}

/// Shows a programme's members to those who keep them, and searches the directory.
pub struct ViewMembers {
    /// The programme's address.
    pub slug: String,
    /// What begins words of names; empty searches nothing.
    pub search: String,
}

impl UseCase for ViewMembers {
    type Output = MembersView;

    async fn run(&self, unit: &mut Unit) -> Outcome<MembersView> {
        let proof = found::<ManageProgramme>(unit, &self.slug).await?;
        let members = unit.store.programme_members(proof.programme.id).await?;
        let words = name_words(&self.search);
        let mut found = Vec::new();
        if !words.is_empty() {
            let filter = OrganisationFilter {
                words,
                limit: 20,
                ..OrganisationFilter::default()
            };
            found = unit.store.list_organisations(&filter).await?;
            found.retain(|organisation| !proof.members.contains(&organisation.id));
        }
        Ok(MembersView {
            members,
            found,
            record: proof.into_value(),
        })
    }
}

/// Offers an organisation to be a member of a programme; it is one once its own people say yes.
pub struct AddMember {
    /// The programme's address.
    pub slug: String,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Until when, where the end is known.
    pub until: Option<Timestamp>,
}

impl UseCase for AddMember {
    type Output = Uuid;

    async fn run(&self, unit: &mut Unit) -> Outcome<Uuid> {
        let proof = to_manage(unit, &self.slug).await?;
        let (acting, programme) = (proof.acting().clone(), proof.programme.id);
        let member = unit.store.organisations(&[self.organisation]).await?.into_iter().next();
        let mut fields = Fields::new();
        if member.is_none() {
            fields.add("organisation", "error-choose");
        }
        if self.until.is_some_and(|until| until <= unit.now) {
            fields.add("until", "error-window");
        }
        fields.done()?;
        let member = member.ok_or(Error::NotFound)?;
        let (id, now) = (unit.fresh_id(), unit.now);
        if !unit
            .store
            .insert_member(id, programme, member.id, now, self.until)
            .await?
        {
            return Err(Error::Conflict("error-already-there"));
        }
        let body = json!({"organisation": member.id, "name": member.name, "until": self.until});
        record(unit, &acting, programme, "programme.member_added", body).await?;
        if proof.published_at.is_some() {
            super::mails::offered(unit, programme, id, member.id).await?;
        }
        Ok(id)
    }
}

/// Ends a membership; the rights that came with it end at once.
pub struct EndMember {
    /// The programme's address.
    pub slug: String,
    /// The membership.
    pub member: Uuid,
}

impl UseCase for EndMember {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = to_manage(unit, &self.slug).await?;
        let (acting, programme) = (proof.acting().clone(), proof.programme.id);
        let members = unit.store.programme_members(programme).await?;
        let member = members
            .into_iter()
            .find(|member| member.id == self.member)
            .ok_or(Error::NotFound)?;
        unit.store.end_member(self.member, programme, unit.now).await?;
        let body = json!({"organisation": member.organisation.id, "name": member.organisation.name});
        record(unit, &acting, programme, "programme.member_ended", body).await
    }
}
