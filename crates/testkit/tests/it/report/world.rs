//! A campaign in which the stories of reports play.

use authorization::SystemKind;
use domain::authorisation::{Authorisation, SignerRole};
use domain::campaign::{Campaign, CampaignKind, CampaignState};
use domain::ids::{
    AuthorisationId, CampaignId, OrganisationId, ParticipantId, PartyId, ProductId, ProgrammeId, ReportId, RulesId,
};
use domain::organisation::OrganisationKind;
use domain::party::{Participant, Party, PartyKind, PersonPart};
use domain::product::Product;
use domain::programme::{NoticeKind, Programme, ProgrammeKind, ProgrammeSettings};
use domain::role::{GrantScope, Role};
use domain::scope::RulesOfEngagement;
use domain::time::{DAY, Window};
use testkit::{START, Someone, TestApp};
use use_cases::perform::UseCase;
use use_cases::ports::{AuthorisationRecord, CampaignDraftRow, CampaignPerson};
use use_cases::report::{ReportText, SaveDraft, SubmitReport};
use use_cases::{Outcome, Unit, perform};
use uuid::Uuid;

/// A vector of CVSS 4.0 that scores high.
pub const VECTOR: &str = "CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N";

/// A campaign with its people.
pub struct World {
    pub campaign: CampaignId,
    pub owner: OrganisationId,
    pub maker: OrganisationId,
    pub hunter: Someone,
    pub rival: Someone,
    pub verifier: Someone,
    pub second: Someone,
    pub torn: Someone,
    pub observer: Someone,
    pub vendor: Someone,
    pub organiser: Someone,
}

impl World {
    /// Opens a campaign on one product, with every leave given.
    pub async fn open(app: &TestApp) -> Self {
        let owner = app.organisation(OrganisationKind::Epci, "Métropole").await;
        let school = app.organisation(OrganisationKind::School, "École").await;
        let other_school = app.organisation(OrganisationKind::School, "Lycée").await;
        let operator = app.organisation(OrganisationKind::Operator, "Exploitant").await;
        let maker = app.organisation(OrganisationKind::Vendor, "Éditeur").await;
        let campaign = CampaignId(Uuid::from_u128(500));
        let verifier = app.person("Vera Un", Role::Verifier, operator).await;
        let second = app.person("Vera Deux", Role::Verifier, operator).await;
        let torn = app.person("Vera Trois", Role::Verifier, operator).await;
        app.grant(torn, Role::SchoolSupervisor, school, GrantScope::Organisation)
            .await;
        let organiser = app.person("Olga Quatre", Role::Organiser, owner).await;
        let vendor = app.person("Edith Cinq", Role::VendorContact, maker).await;
        let hunter = app.stranger("Hugo Six").await;
        let rival = app.stranger("Rita Sept").await;
        let observer = app.stranger("Omar Huit").await;
        let scope = GrantScope::Campaign(campaign);
        let hunting = app.grant(hunter, Role::Hunter, school, scope).await;
        let rivalling = app.grant(rival, Role::Hunter, other_school, scope).await;
        app.grant(observer, Role::Observer, owner, scope).await;
        let hunters = vec![(hunter, school, hunting), (rival, other_school, rivalling)];
        let open = Open {
            campaign,
            owner,
            operator,
            maker,
            hunters,
            signer: organiser,
            from: 500,
            programme: 501,
        };
        perform(&app.system(SystemKind::Installer), open).await.unwrap();
        Self {
            campaign,
            owner,
            maker,
            hunter,
            rival,
            verifier,
            second,
            torn,
            observer,
            vendor,
            organiser,
        }
    }

    /// Opens another campaign on the same product, whose operator and hunter are others.
    pub async fn beside(&self, app: &TestApp) -> Self {
        let operator = app.organisation(OrganisationKind::Operator, "Autre exploitant").await;
        let school = app.organisation(OrganisationKind::School, "Autre école").await;
        let campaign = CampaignId(Uuid::from_u128(1500));
        let verifier = app.person("Valère Neuf", Role::Verifier, operator).await;
        let hunter = app.stranger("Hélène Dix").await;
        let hunting = app
            .grant(hunter, Role::Hunter, school, GrantScope::Campaign(campaign))
            .await;
        let open = Open {
            campaign,
            owner: self.owner,
            operator,
            maker: self.maker,
            hunters: vec![(hunter, school, hunting)],
            signer: self.organiser,
            from: 1500,
            programme: 501,
        };
        perform(&app.system(SystemKind::Installer), open).await.unwrap();
        Self {
            campaign,
            hunter,
            verifier,
            ..*self
        }
    }

    /// Opens a campaign of another programme on the same product, in which the first hunter hunts too.
    pub async fn elsewhere(&self, app: &TestApp) -> Self {
        let owner = app.organisation(OrganisationKind::Epci, "Autre métropole").await;
        let operator = app.organisation(OrganisationKind::Operator, "Tiers exploitant").await;
        let school = app.organisation(OrganisationKind::School, "Tierce école").await;
        let campaign = CampaignId(Uuid::from_u128(2500));
        let verifier = app.person("Victoire Onze", Role::Verifier, operator).await;
        let organiser = app.person("Odette Douze", Role::Organiser, owner).await;
        let hunting = app
            .grant(self.hunter, Role::Hunter, school, GrantScope::Campaign(campaign))
            .await;
        let open = Open {
            campaign,
            owner,
            operator,
            maker: self.maker,
            hunters: vec![(self.hunter, school, hunting)],
            signer: organiser,
            from: 2500,
            programme: 2501,
        };
        perform(&app.system(SystemKind::Installer), open).await.unwrap();
        Self {
            campaign,
            owner,
            verifier,
            organiser,
            ..*self
        }
    }

    /// Writes a draft, whole enough to be handed in.
    pub async fn draft(&self, app: &TestApp, by: Someone, title: &str) -> ReportId {
        let draft = SaveDraft {
            bypass_of: None,
            report: None,
            campaign: self.campaign,
            title: title.to_owned(),
            product: None,
            asset: None,
            text: ReportText {
                steps: "1. Ouvrir".to_owned(),
                impact: "Tout lire".to_owned(),
                proof: String::new(),
            },
            cwe: "CWE-639".to_owned(),
            vector: VECTOR.to_owned(),
            collaborators: Vec::new(),
            seen: None,
        };
        perform(&by.context(app), draft).await.unwrap()
    }

    /// Hands a report in.
    pub async fn submit(&self, app: &TestApp, by: Someone, title: &str) -> ReportId {
        let report = self.draft(app, by, title).await;
        perform(&by.context(app), SubmitReport { report }).await.unwrap();
        report
    }
}

struct Open {
    campaign: CampaignId,
    owner: OrganisationId,
    operator: OrganisationId,
    maker: OrganisationId,
    hunters: Vec<(Someone, OrganisationId, domain::ids::GrantId)>,
    signer: Someone,
    /// From which number on its things are named.
    from: u128,
    /// The number of its programme.
    programme: u128,
}

impl UseCase for Open {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let programme = ProgrammeId(Uuid::from_u128(self.programme));
        let product = ProductId(Uuid::from_u128(502));
        let rules = RulesId(Uuid::from_u128(self.from + 3));
        if self.programme == self.from + 1 {
            unit.store.insert_programme(&self.programme(programme), START).await?;
        }
        if self.from == 500 {
            unit.store.insert_product(&self.product(product), START).await?;
        }
        let text = RulesOfEngagement {
            id: rules,
            programme,
            version: i64::try_from(self.from / 500).unwrap_or_default(),
            text: "Règles".to_owned(),
        };
        unit.store.insert_rules(&text, None, START).await?;
        unit.store
            .insert_campaign(&self.draft(programme, rules), None, START)
            .await?;
        unit.store.set_campaign_rules(self.campaign, rules).await?;
        let leaves = [
            (SignerRole::Owner, self.owner),
            (SignerRole::Host, self.operator),
            (SignerRole::Vendor, self.maker),
        ];
        unit.store
            .set_campaign_product(self.campaign, product, None, &leaves)
            .await?;
        for (number, (role, organisation)) in (self.from + 100..).zip(leaves) {
            self.give_leave(unit, programme, number, role, organisation).await?;
        }
        let operator = Party {
            id: PartyId(Uuid::from_u128(self.from + 4)),
            campaign: self.campaign,
            organisation: self.operator,
            kind: PartyKind::Operator,
            committed_at: None,
            from: START,
            until: None,
        };
        unit.store.insert_party(&operator).await?;
        for (hunter, organisation, grant) in &self.hunters {
            let participant = Participant {
                id: ParticipantId(unit.fresh_id()),
                campaign: self.campaign,
                person: hunter.id,
                part: PersonPart::Hunter,
                from: START,
                until: None,
                suspended_at: None,
            };
            let person = CampaignPerson {
                participant,
                organisation: *organisation,
                grant: *grant,
                suspension: None,
            };
            unit.store.insert_participant(&person).await?;
            unit.store.accept_rules(rules, self.campaign, hunter.id, START).await?;
        }
        Ok(unit
            .store
            .set_campaign_state(self.campaign, CampaignState::Open, None, None)
            .await?)
    }
}

impl Open {
    fn programme(&self, id: ProgrammeId) -> Programme {
        Programme {
            id,
            owner: self.owner,
            slug: if self.programme == 501 {
                "programme".to_owned()
            } else {
                format!("programme-{}", self.programme)
            },
            name: "Programme".to_owned(),
            summary: "Un essai".to_owned(),
            kind: ProgrammeKind::ALL[0],
            legal_basis: "Délibération".to_owned(),
            notice: NoticeKind::None,
            settings: ProgrammeSettings::default(),
            revision: 1,
        }
    }

    fn product(&self, id: ProductId) -> Product {
        Product {
            id,
            vendor: self.maker,
            name: "Guichet".to_owned(),
            slug: "guichet".to_owned(),
            purl: None,
            cpe: None,
            description: "Un guichet".to_owned(),
            revision: 1,
        }
    }

    fn draft(&self, programme: ProgrammeId, rules: RulesId) -> CampaignDraftRow {
        CampaignDraftRow {
            campaign: Campaign {
                id: self.campaign,
                programme,
                kind: CampaignKind::BugBounty,
                name: "Campagne".to_owned(),
                window: Window {
                    opens_at: START,
                    closes_at: START.plus(60 * DAY),
                },
                state: CampaignState::Draft,
                suspended_at: None,
                rules: Some(rules),
                restitution_shared: false,
                revision: 1,
            },
            call: None,
            summary: String::new(),
            prohibitions: String::new(),
            stop_contact: String::new(),
            recording_days: 180,
        }
    }

    async fn give_leave(
        &self,
        unit: &mut Unit,
        programme: ProgrammeId,
        number: u128,
        role: SignerRole,
        organisation: OrganisationId,
    ) -> Outcome<()> {
        let id = AuthorisationId(Uuid::from_u128(number));
        let until = START.plus(90 * DAY);
        let record = AuthorisationRecord {
            authorisation: Authorisation {
                id,
                campaign: self.campaign,
                signer_role: role,
                organisation,
                text_hash: Some([1; 32]),
                blob: None,
                signed_at: None,
                expires_at: Some(until),
                revoked_at: None,
                revision: 1,
            },
            programme,
            owner: self.owner,
            pilots: Vec::new(),
            text: vec![1],
            means: None,
            signatory: None,
            signed_by: None,
            revoked_by: None,
            revocation: None,
            requested_at: START,
            until,
            ended_at: None,
        };
        unit.store.insert_authorisation(&record).await?;
        Ok(unit
            .store
            .sign_authorisation(id, "password", None, vec![1], self.signer.id, START)
            .await?)
    }
}
