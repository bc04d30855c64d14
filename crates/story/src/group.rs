//! A group of the story: its members, the campaign that it opens for them, and one person for two of its communes.

use crate::cast::{Cast, Part, Town};
use crate::{Teller, nth, texts};
use authorization::SystemKind;
use domain::campaign::CampaignKind;
use domain::ids::{CampaignId, OrganisationId, ProductId};
use domain::organisation::{AffiliationKind, OrganisationKind};
use domain::programme::{NoticeKind, ProgrammeKind, ProgrammeSettings};
use domain::role::{GrantScope, Role};
use i18n::Lang;
use use_cases::campaign::{AnswerProposal, CampaignDraft, OpenForMembers, ViewCampaign};
use use_cases::organisation::Affiliate;
use use_cases::people::{Invite, take_up};
use use_cases::programme::{OpenProgramme, ProgrammeDraft};
use use_cases::register::{AddProduct, ConfirmDeployment, DeclareDeployment};
use use_cases::{Context, Outcome, perform, read};

/// The readable address of the group's programme.
const SLUG: &str = "tests-mutualises-val-orvanne";

/// The group, with those who act for it and for its members.
#[derive(Clone, Debug)]
pub struct GroupCast {
    /// The group.
    pub id: OrganisationId,
    /// Its organiser.
    pub organiser: Part,
    /// Its members: one delegates its administration, one accepts, one has not answered, one is not confirmed, one runs
    /// nothing.
    pub members: Vec<Town>,
    /// What most of them run.
    pub product: ProductId,
    /// The campaign that it opened for them.
    pub campaign: CampaignId,
}

impl GroupCast {
    /// Gives one sign-in for the group, one for the person of two communes, and one for who has not answered.
    pub fn sign_ins(&self) -> impl Iterator<Item = &Part> {
        let officers = [0, 2].into_iter().filter_map(|index| self.members.get(index));
        [&self.organiser].into_iter().chain(officers.map(|town| &town.officer))
    }
}

/// The members, with who answers for their security; the first two share one person.
const MEMBERS: [(&str, &str); 5] = [
    ("Aubrevault", "Noémie Darcourt"),
    ("Tilleroy", "Noémie Darcourt"),
    ("Combrevent", "Bastien Hoarau"),
    ("Marsolles", "Lucie Ferrandier"),
    ("Esquelvain", "Hugo Lestrade"),
];

impl Teller<'_> {
    /// Brings the group on stage, and lets it open a campaign for its members.
    pub(crate) async fn group(&self, cast: &Cast) -> Outcome<GroupCast> {
        self.day(2, 11).await?;
        let id = self
            .organisation(OrganisationKind::Group, "Val d’Orvanne mutualisé")
            .await?;
        let organiser = self
            .person(
                "Mathilde Ferron",
                Role::Organiser,
                id,
                "organise pour un groupement de communes",
            )
            .await?;
        let members = self.members(cast, id).await?;
        let product = self.run_by_members(&organiser, &members).await?;
        let open = OpenProgramme {
            owner: id,
            draft: programme(),
        };
        perform(&organiser.context(self.app), open).await?;
        let campaign = self.for_members(&organiser, id, product, &members).await?;
        Ok(GroupCast {
            id,
            organiser,
            members,
            product,
            campaign,
        })
    }

    async fn members(&self, cast: &Cast, group: OrganisationId) -> Outcome<Vec<Town>> {
        let mut towns: Vec<Town> = Vec::new();
        for (index, (name, officer)) in MEMBERS.into_iter().enumerate() {
            let id = self.organisation(OrganisationKind::Commune, name).await?;
            let kind = if index == 0 {
                AffiliationKind::Delegated
            } else {
                AffiliationKind::Member
            };
            let affiliate = Affiliate {
                organisation: id,
                within: Some(group),
                kind: Some(kind),
            };
            perform(&cast.administrator.context(self.app), affiliate).await?;
            let known = towns.iter().find(|town| town.officer.name == officer);
            let officer = match known.map(|town| town.officer.clone()) {
                Some(part) => self.one_more_role(part, id).await?,
                None => {
                    let what = format!("répond de la sécurité de {name}");
                    self.person(officer, Role::SecurityOfficer, id, &what).await?
                }
            };
            towns.push(Town { id, name, officer });
        }
        if let Some(first) = towns.first_mut() {
            first.officer.what = "répond de la sécurité de deux communes".to_owned();
        }
        Ok(towns)
    }

    /// Lets somebody who is there answer for one more commune.
    async fn one_more_role(&self, part: Part, organisation: OrganisationId) -> Outcome<Part> {
        let invite = Invite {
            organisation,
            role: Role::SecurityOfficer,
            scope: GrantScope::Organisation,
            label: String::new(),
            email: None,
        };
        let invited = perform(&Context::system(self.app, SystemKind::Installer), invite).await?;
        take_up(&part.context(self.app), &invited.token, None, Lang::Fr, "Démonstration").await?;
        Ok(part)
    }

    /// Lets four of the members say what they run; the group confirms three of them.
    async fn run_by_members(&self, organiser: &Part, members: &[Town]) -> Outcome<ProductId> {
        let vendor = self.organisation(OrganisationKind::Vendor, "Ardelle Systèmes").await?;
        let add = AddProduct {
            vendor,
            name: "Registre Sérénis".to_owned(),
            description: "Cimetières communaux : concessions, plans et démarches des familles.".to_owned(),
            purl: String::new(),
            cpe: String::new(),
        };
        let (product, _) = perform(&organiser.context(self.app), add).await?;
        for (index, town) in members.iter().take(4).enumerate() {
            self.minutes(6);
            let declare = DeclareDeployment {
                organisation: town.id,
                product,
                version: None,
                label: String::new(),
                host: Some(vendor),
            };
            let deployment = perform(&town.officer.context(self.app), declare).await?;
            if index < 3 {
                perform(&organiser.context(self.app), ConfirmDeployment(deployment)).await?;
            }
        }
        Ok(product)
    }

    async fn for_members(
        &self,
        organiser: &Part,
        group: OrganisationId,
        product: ProductId,
        members: &[Town],
    ) -> Outcome<CampaignId> {
        self.minutes(30);
        let open = OpenForMembers {
            group,
            programme: SLUG.to_owned(),
            product: Some(product),
            members: members.iter().take(3).map(|town| town.id).collect(),
            draft: CampaignDraft {
                name: "Registre Sérénis, une fois pour tous".to_owned(),
                kind: Some(CampaignKind::BugBounty),
                summary: "Un seul test pour les communes du groupement qui utilisent le registre.".to_owned(),
                opens_at: Some(self.at(-20, 8)),
                closes_at: Some(self.at(-50, 17)),
                prohibitions: texts::PROHIBITIONS.to_owned(),
                stop_contact: "Val d’Orvanne mutualisé, astreinte : 01 00 00 00 00".to_owned(),
                restitution_shared: true,
                call: None,
                recording_days: String::new(),
            },
        };
        let campaign = perform(&organiser.context(self.app), open).await?;
        self.minutes(50);
        // Who answers for the second commune accepts; the third has not answered yet.
        let officer = nth(members, 1)?.officer.context(self.app);
        let page = read(&officer, ViewCampaign(campaign)).await?;
        for join in page.joins.proposed() {
            let answer = AnswerProposal {
                campaign,
                join: join.id,
                accept: true,
            };
            perform(&officer, answer).await?;
        }
        Ok(campaign)
    }
}

fn programme() -> ProgrammeDraft {
    ProgrammeDraft {
        name: "Tests mutualisés du Val d’Orvanne".to_owned(),
        slug: SLUG.to_owned(),
        summary: "Le groupement teste une fois pour ses communes ce que plusieurs utilisent.".to_owned(),
        kind: Some(ProgrammeKind::Group),
        legal_basis: "Délibération du groupement".to_owned(),
        notice: Some(NoticeKind::None),
        settings: ProgrammeSettings {
            appeal_means: "Recours gracieux auprès de la présidence du groupement.".to_owned(),
            appeal_court: "Tribunal administratif compétent".to_owned(),
            appeal_months: 2,
            ..ProgrammeSettings::default()
        },
    }
}
