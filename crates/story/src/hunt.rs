//! The campaign that is open when the story ends, on a target that the instance hosts.

use crate::cast::{Cast, Part};
use crate::{Teller, nth, texts};
use domain::campaign::CampaignKind;
use domain::ids::{CampaignId, ProductId, TargetId};
use domain::party::PersonPart;
use domain::role::Role;
use domain::scope::AssetKind;
use domain::target::{Sharing, TargetEngine};
use use_cases::campaign::{
    AddAsset, AddTestAccount, CampaignDraft, ChooseLatestRules, MoveCampaign, MoveWanted, OpenNewCampaign,
};
use use_cases::register::ConfirmDeployment;
use use_cases::target::{DeclareTarget, StartTarget, ViewTargets};
use use_cases::{Outcome, perform, read};

/// The name under which the practice portal knows itself.
const HOST: &str = "portail.fauxbourg.example";
/// The accounts of the practice portal that hunters are given, with their passwords.
const ACCOUNTS: [(&str, &str); 2] = [("camille", "printemps"), ("sacha", "beffroi")];

impl Teller<'_> {
    /// Opens a campaign on the target of the recipe, where there is one, and lets two students in.
    ///
    /// Everything is told on the day before the present, so that its window is open whenever the story ends.
    pub(crate) async fn hunt(&self, cast: &Cast, students: &[Part]) -> Outcome<Option<CampaignId>> {
        let Some(recipe) = self.recipe else { return Ok(None) };
        self.tell("Une campagne s’ouvre sur une cible hébergée ici");
        self.day(1, 10).await?;
        let product = self.site(cast).await?;
        let campaign = self.draft_hunt(cast, product).await?;
        let target = self.hosted(cast, (campaign, product), recipe).await?;
        let organiser = nth(&cast.organisers, 0)?.context(self.app);
        perform(&organiser, ChooseLatestRules(campaign)).await?;
        let plan = MoveCampaign {
            campaign,
            wanted: MoveWanted::Plan,
            reason: String::new(),
        };
        perform(&organiser, plan).await?;
        self.commitments(cast, campaign).await?;
        let host = self
            .person(
                "Basile Charrier",
                Role::Signatory,
                cast.metropole,
                "signe pour la métropole, qui héberge la cible",
            )
            .await?;
        let signing = [
            (&cast.mayor, "Maire"),
            (&host, "Directeur général des services"),
            (&cast.vendor_contact, "Responsable sécurité"),
        ];
        self.leaves(cast, campaign, &signing).await?;
        perform(
            &organiser,
            StartTarget {
                campaign,
                target,
                from: None,
            },
        )
        .await?;
        // The window opens, and later the students come.
        self.day(1, 17).await?;
        self.minutes(25);
        for student in students.iter().take(2) {
            self.take_part(cast, campaign, (PersonPart::Hunter, cast.school, student))
                .await?;
            self.accept(&student.context(self.app), campaign).await?;
        }
        Ok(Some(campaign))
    }

    /// Lets the vendor present the town halls' site, and two communes declare it.
    async fn site(&self, cast: &Cast) -> Outcome<ProductId> {
        let description = "Le site d’une mairie : annuaire des services, livre d’or, documents à joindre.";
        let product = self.product(cast, "Vitrine communale", description).await?;
        let version = self.version(cast, product, "2.3.0", "2026-02-10").await?;
        let vendor = cast.vendor_contact.context(self.app);
        for town in cast.towns.iter().take(2) {
            self.minutes(6);
            let officer = town.officer.context(self.app);
            let deployment = self.declare(officer, town.id, product, Some(version), cast).await?;
            perform(&vendor, ConfirmDeployment(deployment)).await?;
        }
        Ok(product)
    }

    async fn draft_hunt(&self, cast: &Cast, product: ProductId) -> Outcome<CampaignId> {
        let draft = CampaignDraft {
            name: "Vitrine communale, chasse ouverte".to_owned(),
            kind: Some(CampaignKind::PedagogicalBugBounty),
            summary: "Les étudiants cherchent dans une vraie application, faite pour être attaquée, que la plateforme héberge à part de tout.".to_owned(),
            opens_at: Some(self.at(1, 17)),
            closes_at: Some(self.at(-30, 17)),
            prohibitions: texts::PROHIBITIONS.to_owned(),
            stop_contact: "Vigie Opérations, astreinte : 01 00 00 00 00".to_owned(),
            restitution_shared: true,
            recording_days: String::new(),
            call: None,
        };
        let open = OpenNewCampaign {
            programme: crate::call::SLUG.to_owned(),
            draft,
        };
        let campaign = perform(&nth(&cast.organisers, 0)?.context(self.app), open).await?;
        self.parties(cast, campaign).await?;
        let owner = nth(&cast.towns, 0)?.id;
        self.product_of(cast, campaign, product, (owner, cast.metropole))
            .await?;
        Ok(campaign)
    }

    /// Declares the target with its scope and its accounts.
    async fn hosted(
        &self,
        cast: &Cast,
        (campaign, product): (CampaignId, ProductId),
        recipe: &str,
    ) -> Outcome<TargetId> {
        let organiser = nth(&cast.organisers, 0)?.context(self.app);
        let asset = AddAsset {
            campaign,
            product: Some(product),
            kind: Some(AssetKind::Url),
            inside: true,
            value: format!("https://{HOST}/"),
            note: "Tout le site, par la passerelle".to_owned(),
        };
        perform(&organiser, asset).await?;
        let target = DeclareTarget {
            campaign,
            product: Some(product),
            name: "Site de Fauxbourg".to_owned(),
            url: String::new(),
            engine: TargetEngine::Container,
            sharing: Sharing::Shared,
            recipe: recipe.to_owned(),
            public_host: HOST.to_owned(),
            methods: String::new(),
            paths: String::new(),
            excluded: String::new(),
            certified: true,
            warned: Vec::new(),
        };
        perform(&organiser, target).await?;
        for (name, password) in ACCOUNTS {
            let account = AddTestAccount {
                campaign,
                product: Some(product),
                label: name.to_owned(),
                secret: format!("{name} / {password}"),
            };
            perform(&organiser, account).await?;
        }
        let page = read(&organiser, ViewTargets(campaign)).await?;
        Ok(nth(&page.targets, 0)?.id)
    }
}
