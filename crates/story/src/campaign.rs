//! The campaigns of the story: one that has ended, one that is being prepared.

use crate::cast::{Cast, Part};
use crate::paper::paper;
use crate::{Teller, nth, texts};
use domain::campaign::CampaignKind;
use domain::ids::{CallId, CampaignId, OrganisationId, ProductId};
use domain::party::{PartyKind, PersonPart};
use domain::scope::AssetKind;
use domain::target::{Sharing, TargetEngine};
use use_cases::authorisation::{RequestAuthorisations, Signature, ViewAuthorisation, sign};
use use_cases::campaign::{
    AcceptRulesOf, AddAsset, AddParties, AddTestAccount, CampaignDraft, ChooseLatestRules, CommitParty,
    ExplainDuplicate, InviteToCampaign, MoveCampaign, MoveWanted, OpenNewCampaign, SetProduct, SetTarget,
    TakeTestAccountOf, ViewCampaign, WriteRules,
};
use use_cases::target::{DeclareTarget, RegisterCertificate, TakeLease};
use use_cases::{Context, Outcome, perform, read};

/// The names of the students.
pub(crate) const STUDENTS: [&str; 5] = [
    "Lina Okafor",
    "Mathis Bricourt",
    "Jade Pontonnier",
    "Ruben Achour",
    "Capucine Delorme",
];

impl Teller<'_> {
    /// Prepares the campaign, gathers commitments and leaves to test, and opens it.
    ///
    /// # Errors
    /// [`use_cases::Error`] where a use case refuses.
    pub async fn campaign(&self, cast: &Cast, call: CallId, products: &[ProductId]) -> Outcome<CampaignId> {
        self.day(58, 9).await?;
        let organiser = nth(&cast.organisers, 0)?.context(self.app);
        let rules = WriteRules {
            programme: crate::call::SLUG.to_owned(),
            text: texts::RULES.to_owned(),
        };
        perform(&organiser, rules).await?;
        let portal = *nth(products, 0)?;
        let draft = CampaignDraft {
            name: "Guichet Clairval, printemps".to_owned(),
            kind: Some(CampaignKind::PedagogicalBugBounty),
            summary: "Un mois de recherche par les étudiants, sur l’environnement de test de l’éditeur, loin de la production.".to_owned(),
            opens_at: Some(self.at(42, 7)),
            closes_at: Some(self.at(8, 18)),
            prohibitions: texts::PROHIBITIONS.to_owned(),
            stop_contact: "Vigie Opérations, astreinte : 01 00 00 00 00".to_owned(),
            restitution_shared: true,
            call: Some(call),
 recording_days: String::new(),
        };
        let open = OpenNewCampaign {
            programme: crate::call::SLUG.to_owned(),
            draft,
        };
        let campaign = perform(&organiser, open).await?;
        self.parties(cast, campaign).await?;
        let owner = nth(&cast.towns, 0)?.id;
        self.product_of(cast, campaign, portal, (owner, cast.vendor)).await?;
        self.scope(cast, campaign, portal).await?;
        perform(&organiser, ChooseLatestRules(campaign)).await?;
        let plan = MoveCampaign {
            campaign,
            wanted: MoveWanted::Plan,
            reason: String::new(),
        };
        perform(&organiser, plan).await?;
        self.day(55, 10).await?;
        self.commitments(cast, campaign).await?;
        self.day(52, 14).await?;
        let signing = [
            (&cast.mayor, "Maire"),
            (&cast.vendor_signatory, "Directrice générale"),
            (&cast.vendor_contact, "Responsable sécurité"),
        ];
        self.leaves(cast, campaign, &signing).await?;
        Ok(campaign)
    }

    pub(crate) async fn parties(&self, cast: &Cast, campaign: CampaignId) -> Outcome<()> {
        let organiser = nth(&cast.organisers, 0)?.context(self.app);
        let towns: Vec<OrganisationId> = cast.towns.iter().take(5).map(|town| town.id).collect();
        let parties = [
            (PartyKind::School, vec![cast.school]),
            (PartyKind::Beneficiary, towns.clone()),
            (PartyKind::Operator, vec![cast.operator]),
            (PartyKind::Pilot, towns[..1].to_vec()),
            (PartyKind::Observer, vec![cast.observer_organisation]),
        ];
        for (kind, organisations) in parties {
            let add = AddParties {
                campaign,
                kind,
                organisations,
            };
            perform(&organiser, add).await?;
        }
        Ok(())
    }

    pub(crate) async fn product_of(
        &self,
        cast: &Cast,
        campaign: CampaignId,
        product: ProductId,
        (owner, host): (OrganisationId, OrganisationId),
    ) -> Outcome<()> {
        let set = SetProduct {
            campaign,
            product: Some(product),
            version: None,
            owners: vec![owner],
            hosts: vec![host],
        };
        perform(&nth(&cast.organisers, 0)?.context(self.app), set).await
    }

    async fn scope(&self, cast: &Cast, campaign: CampaignId, product: ProductId) -> Outcome<()> {
        let organiser = nth(&cast.organisers, 0)?.context(self.app);
        let target = SetTarget {
            campaign,
            url: "https://recette.clairval.example/".to_owned(),
        };
        perform(&organiser, target).await?;
        let assets = [
            (
                AssetKind::Url,
                true,
                "https://recette.clairval.example/",
                "Tout le portail de test",
            ),
            (
                AssetKind::Api,
                true,
                "https://recette.clairval.example/api/",
                "Interfaces du portail",
            ),
            (
                AssetKind::Url,
                false,
                "https://recette.clairval.example/paiement/",
                "Prestataire tiers : hors périmètre",
            ),
        ];
        for (kind, inside, value, note) in assets {
            let add = AddAsset {
                campaign,
                product: Some(product),
                kind: Some(kind),
                inside,
                value: value.to_owned(),
                note: note.to_owned(),
            };
            perform(&organiser, add).await?;
        }
        let gateway = DeclareTarget {
            campaign,
            product: Some(product),
            name: "Recette du portail".to_owned(),
            url: "https://recette.clairval.example".to_owned(),
            engine: TargetEngine::External,
            sharing: Sharing::Shared,
            recipe: String::new(),
            public_host: String::new(),
            methods: String::new(),
            paths: String::new(),
            excluded: "/paiement/".to_owned(),
            certified: true,
            warned: Vec::new(),
        };
        perform(&organiser, gateway).await?;
        for number in 1..=6 {
            let add = AddTestAccount {
                campaign,
                product: Some(product),
                label: format!("habitant-{number:02}"),
                secret: format!("habitant-{number:02} / Recette-{number:02}-Orvanne"),
            };
            perform(&organiser, add).await?;
        }
        Ok(())
    }

    pub(crate) async fn commitments(&self, cast: &Cast, campaign: CampaignId) -> Outcome<()> {
        let mut officers: Vec<&Part> = cast.towns.iter().map(|town| &town.officer).collect();
        officers.extend([&cast.supervisor, &cast.vendor_contact, &cast.observer]);
        officers.extend(cast.verifiers.first());
        officers.extend(cast.organisers.first());
        for part in officers {
            self.minutes(11);
            let context = part.context(self.app);
            let Ok(page) = read(&context, ViewCampaign(campaign)).await else {
                continue;
            };
            for line in page.parties.iter().flat_map(|group| &group.lines) {
                if line.may_commit && line.committed_at.is_none() {
                    let commit = CommitParty {
                        campaign,
                        party: line.id,
                    };
                    perform(&context, commit).await?;
                }
            }
        }
        Ok(())
    }

    /// Asks for everybody's leave, and lets each sign who has to.
    pub(crate) async fn leaves(&self, cast: &Cast, campaign: CampaignId, signing: &[(&Part, &str)]) -> Outcome<()> {
        perform(
            &nth(&cast.organisers, 0)?.context(self.app),
            RequestAuthorisations(campaign),
        )
        .await?;
        self.settle().await?;
        for (part, function) in signing {
            self.minutes(30);
            self.sign_all(part, function, campaign).await?;
        }
        Ok(())
    }

    async fn sign_all(&self, part: &Part, function: &str, campaign: CampaignId) -> Outcome<()> {
        let context = part.context(self.app);
        let page = read(&context, ViewCampaign(campaign)).await?;
        for line in page.authorisations {
            let Ok(text) = read(&context, ViewAuthorisation(line.id)).await else {
                continue;
            };
            if !text.may_sign || text.signed_at.is_some() {
                continue;
            }
            let signature = Signature {
                name: part.name.to_owned(),
                function: function.to_owned(),
                delegation: String::new(),
                delegation_from: String::new(),
                delegation_until: String::new(),
            };
            sign(&context, line.id, signature, &text.hash, crate::PASSWORD, None).await?;
        }
        Ok(())
    }

    /// Lets the students join by the school's invitation, accept the rules and take an account.
    pub(crate) async fn students(&self, cast: &Cast, campaign: CampaignId, product: ProductId) -> Outcome<Vec<Part>> {
        let organiser = nth(&cast.organisers, 0)?.context(self.app);
        let mut students = Vec::new();
        for name in STUDENTS {
            self.minutes(7);
            let invite = InviteToCampaign {
                campaign,
                part: Some(PersonPart::Hunter),
                organisation: Some(cast.school),
                email: None,
                label: String::new(),
            };
            let invited = perform(&organiser, invite).await?;
            students.push(
                self.enter(name, &invited.token, "étudie et cherche des failles")
                    .await?,
            );
        }
        for student in &students {
            let context = student.context(self.app);
            self.accept(&context, campaign).await?;
            perform(&context, TakeTestAccountOf { campaign, product }).await?;
            self.lease(&context, campaign).await?;
        }
        self.pilot_and_observer(cast, campaign).await?;
        Ok(students)
    }

    /// Accepts the campaign's rules.
    pub(crate) async fn accept(&self, hunter: &Context, campaign: CampaignId) -> Outcome<()> {
        let page = read(hunter, ViewCampaign(campaign)).await?;
        let Some(rules) = page.rules else { return Ok(()) };
        let accept = AcceptRulesOf {
            campaign,
            rules: rules.id,
            accepted: true,
        };
        perform(hunter, accept).await
    }

    /// Takes a way to each target of the campaign, and registers a certificate for it where the gateway sees any.
    async fn lease(&self, hunter: &Context, campaign: CampaignId) -> Outcome<()> {
        let page = read(hunter, ViewCampaign(campaign)).await?;
        for target in page.target.into_iter().flat_map(|shown| shown.targets) {
            let take = TakeLease {
                campaign,
                target: target.id,
            };
            perform(hunter, take).await?;
            let gateway = self.app.settings.gateway.as_ref();
            if gateway.is_some_and(|gateway| gateway.certificates) {
                let register = RegisterCertificate {
                    campaign,
                    target: target.id,
                    pem: include_str!("certificate.pem").to_owned(),
                };
                perform(hunter, register).await?;
            }
        }
        Ok(())
    }

    async fn pilot_and_observer(&self, cast: &Cast, campaign: CampaignId) -> Outcome<()> {
        let first = nth(&cast.towns, 0)?;
        let parts = [
            (PersonPart::Pilot, first.id, &first.officer),
            (PersonPart::Observer, cast.observer_organisation, &cast.observer),
        ];
        for (part, organisation, who) in parts {
            self.take_part(cast, campaign, (part, organisation, who)).await?;
        }
        Ok(())
    }

    /// Invites somebody who has an account already to take part in a campaign; they do.
    pub(crate) async fn take_part(
        &self,
        cast: &Cast,
        campaign: CampaignId,
        (part, organisation, who): (PersonPart, OrganisationId, &Part),
    ) -> Outcome<()> {
        let invite = InviteToCampaign {
            campaign,
            part: Some(part),
            organisation: Some(organisation),
            email: None,
            label: String::new(),
        };
        let invited = perform(&nth(&cast.organisers, 0)?.context(self.app), invite).await?;
        use_cases::people::take_up(&who.context(self.app), &invited.token, None, i18n::Lang::Fr, "").await?;
        Ok(())
    }

    /// Prepares a second campaign, which still waits for commitments and leaves.
    pub(crate) async fn next_campaign(&self, cast: &Cast, products: &[ProductId]) -> Outcome<CampaignId> {
        self.day(2, 9).await?;
        let organiser = nth(&cast.organisers, 0)?.context(self.app);
        let draft = CampaignDraft {
            name: "Navette scolaire, hiver".to_owned(),
            kind: Some(CampaignKind::PedagogicalBugBounty),
            summary: "Le transport scolaire, testé par une nouvelle promotion.".to_owned(),
            opens_at: Some(self.at(-12, 8)),
            closes_at: Some(self.at(-42, 17)),
            prohibitions: texts::PROHIBITIONS.to_owned(),
            stop_contact: "Vigie Opérations, astreinte : 01 00 00 00 00".to_owned(),
            restitution_shared: true,
            call: None,
            recording_days: String::new(),
        };
        let open = OpenNewCampaign {
            programme: crate::call::SLUG.to_owned(),
            draft,
        };
        let campaign = perform(&organiser, open).await?;
        self.parties(cast, campaign).await?;
        let transport = *nth(products, 1)?;
        let owner = nth(&cast.towns, 0)?.id;
        self.product_of(cast, campaign, transport, (owner, cast.vendor)).await?;
        let explain = ExplainDuplicate {
            campaign,
            product: transport,
            reason: texts::ONE_MORE.to_owned(),
        };
        perform(&organiser, explain).await?;
        let asset = AddAsset {
            campaign,
            product: Some(transport),
            kind: Some(AssetKind::Url),
            inside: true,
            value: "https://recette.navette.example/".to_owned(),
            note: String::new(),
        };
        perform(&organiser, asset).await?;
        perform(&organiser, ChooseLatestRules(campaign)).await?;
        let plan = MoveCampaign {
            campaign,
            wanted: MoveWanted::Plan,
            reason: String::new(),
        };
        perform(&organiser, plan).await?;
        self.day(1, 9).await?;
        perform(&organiser, RequestAuthorisations(campaign)).await?;
        let supervisor = cast.supervisor.context(self.app);
        let page = read(&supervisor, ViewCampaign(campaign)).await?;
        for line in page
            .parties
            .iter()
            .flat_map(|group| &group.lines)
            .filter(|line| line.may_commit)
        {
            let commit = CommitParty {
                campaign,
                party: line.id,
            };
            perform(&supervisor, commit).await?;
        }
        Ok(campaign)
    }
}

/// Makes the scan of a signed paper.
pub(crate) fn signed(title: &str, who: &str) -> Vec<u8> {
    paper(&[title, "", "Fait pour valoir ce que de droit.", "Signe :", who])
}
