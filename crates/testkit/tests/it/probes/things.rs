//! The things of the story that probed addresses name.

use domain::document::DocumentKind;
use domain::ids::AttachmentId;
use domain::party::PersonPart;
use domain::target::{Sharing, TargetEngine};
use story::Told;
use testkit::TestApp;
use use_cases::campaign::{AddTestAccount, InviteToCampaign};
use use_cases::candidacy::Content;
use use_cases::embedding::MakeMemberLink;
use use_cases::files::{StagedFile, store_file};
use use_cases::perform::UseCase;
use use_cases::ports::{AttachmentRow, LinkRow, NamedRow, PaperRow};
use use_cases::programme::{AddDocument, DocumentDraft};
use use_cases::register::{DeclareDeployment, offer_proof};
use use_cases::report::KeepTemplate;
use use_cases::target::{DeclareCorrected, DeclareTarget, begin_seed};
use use_cases::unit::place;
use use_cases::vault::KeyHolder;
use use_cases::{Outcome, Unit, perform};
use uuid::Uuid;

/// What is hosted for retests.
const RECIPE: &str = "version = \"2\"\nentry = { service = \"web\", port = 8080 }\n[services.web]\n\
    image = \"sha256:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"\n\
    health = { http = \"/sante\" }\n";

/// Patterns that are about preparing: they name the campaign that is being prepared.
const PREPARING: [&str; 13] = [
    "/modifier",
    "/parties",
    "/produits",
    "/perimetre",
    "/cible",
    "/cibles",
    "/donnees",
    "/etats",
    "/comptes",
    "/autorisations",
    "/codes",
    "/constats",
    "/adhesions",
];

/// Identifiers of the story by the name that patterns give them.
pub struct Things {
    all: Vec<(&'static str, String)>,
    preparing: Vec<(&'static str, String)>,
    /// The vulnerability whose risk waits for the town's signatory.
    deployed: Vec<(&'static str, String)>,
    /// The group of the story, with its campaign and what waits for a member's answer.
    group: Vec<(&'static str, String)>,
    slug: &'static str,
    /// The token of the link in a mail.
    unsubscribe: String,
}

impl Things {
    /// Takes what the story names itself.
    pub fn told(told: &Told) -> Self {
        Self {
            all: vec![
                ("{call}", told.call.to_string()),
                ("{candidacy}", told.candidacies[0].to_string()),
                ("{campaign}", told.campaign.to_string()),
                ("{organisation}", told.cast.towns[0].id.to_string()),
                ("{report}", told.reports[0].0.to_string()),
                ("{vulnerability}", told.vulnerabilities[0].to_string()),
                ("{product}", told.products[1].to_string()),
                ("{number}", "1".to_owned()),
                ("{step}", "1".to_owned()),
                ("{act}", "verifier".to_owned()),
                ("{file}", "beffroi.css".to_owned()),
                ("{place}", "1-1".to_owned()),
                ("{format}", "har".to_owned()),
                ("{replay}", Uuid::from_u128(404).to_string()),
                ("{instance}", Uuid::from_u128(404).to_string()),
                ("{snapshot}", Uuid::from_u128(405).to_string()),
            ],
            preparing: vec![("{campaign}", told.next_campaign.to_string())],
            group: vec![
                ("{organisation}", told.group.id.to_string()),
                ("{campaign}", told.group.campaign.to_string()),
            ],
            deployed: vec![("{vulnerability}", told.vulnerabilities[2].to_string())],
            slug: told.slug,
            unsubscribe: "0".to_owned(),
        }
    }

    /// Finds one of each on SQLite, and adds what the story has none of.
    pub async fn gather(app: &TestApp, told: &Told) -> Self {
        let mut things = Self::told(told);
        things.all.push(("{token}", add_missing(app, told).await));
        let link = MakeMemberLink {
            slug: told.slug.to_owned(),
            organisation: Some(told.cast.towns[0].id),
            days: Some(7),
        };
        let link = perform(&told.cast.towns[0].officer.context(app), link).await.unwrap();
        things.all.push(("{pass}", link.secret));
        things.all.push(("{key}", link.id.to_string()));
        let mails = app.mails.all();
        let mut links = mails.iter().filter_map(|mail| mail.unsubscribe.as_deref());
        let link = links.find_map(|link| link.split_once("/desabonnement/"));
        things.unsubscribe = link.expect("a mail that can be ended").1.to_owned();
        let town = told.cast.towns[0].id.0;
        let ended = told.campaign.0;
        let next = told.next_campaign.0;
        let of = [
            ("{affiliation}", "affiliation WHERE organisation_id = ?", town),
            ("{authorisation}", "authorisation WHERE campaign_id = ?", ended),
            (
                "{test}",
                "declared_test WHERE report_id IS NOT NULL AND organisation_id = ?",
                town,
            ),
            ("{deployment}", "deployment WHERE organisation_id = ?", town),
            (
                "{document}",
                "document WHERE programme_id = ? AND blob_id IS NOT NULL",
                told.programme.0,
            ),
            ("{member}", "programme_member WHERE programme_id = ?", told.programme.0),
            ("{completion}", "completion WHERE programme_id = ?", told.programme.0),
            (
                "{grant}",
                "role_grant WHERE person_id = ?",
                told.cast.towns[0].officer.person.0,
            ),
            ("{session}", "session WHERE person_id = ?", told.students[0].person.0),
            (
                "{participant}",
                "campaign_person WHERE campaign_id = ? AND part = 'hunter'",
                ended,
            ),
            ("{finding}", "finding WHERE state = 'waiting' AND campaign_id = ?", next),
            ("{retest}", "retest WHERE id <> ?", Uuid::nil()),
            ("{proof}", "deployment_proof WHERE id <> ?", Uuid::nil()),
            ("{paper}", "paper_deposit WHERE call_id = ?", told.call.0),
            (
                "{attachment}",
                "attachment WHERE subject_kind = 'report' AND subject_id = ?",
                told.reports[0].0.0,
            ),
            (
                "{invitation}",
                "invitation WHERE used_at IS NULL AND scope_id = ?",
                next,
            ),
            (
                "{party}",
                "campaign_party WHERE committed_at IS NULL AND organisation_id = ?",
                town,
            ),
            ("{join}", "campaign_join WHERE campaign_id = ?", next),
            ("{asset}", "scope_asset WHERE campaign_id = ?", next),
            (
                "{named}",
                "vulnerability_named WHERE vulnerability_id = ?",
                told.vulnerabilities[0].0,
            ),
            (
                "{link}",
                "vulnerability_product WHERE vulnerability_id = ?",
                told.vulnerabilities[0].0,
            ),
            ("{account}", "test_account WHERE campaign_id = ?", next),
            ("{target}", "target WHERE purpose = 'hunt' AND campaign_id = ?", ended),
            (
                "{version}",
                "target WHERE purpose = 'retest' AND campaign_id = ?",
                ended,
            ),
            ("{seed}", "target_seed WHERE campaign_id = ?", next),
            (
                "{lease}",
                "target_lease WHERE ended_at IS NULL AND campaign_id = ?",
                ended,
            ),
            (
                "{certificate}",
                "lease_certificate WHERE lease_id IN (SELECT id FROM target_lease WHERE person_id = ?)",
                told.students[0].person.0,
            ),
            ("{template}", "answer_template WHERE programme_id = ?", told.programme.0),
        ];
        let proposed = "SELECT id FROM campaign_join WHERE state = 'proposed' AND campaign_id = ?";
        let proposed = app.id_of(proposed, told.group.campaign.0);
        let proposed = proposed.expect("a member that has not answered");
        things.group.push(("{join}", proposed.to_string()));
        let target = app.id_of("SELECT id FROM target WHERE campaign_id = ?", next);
        let target = target.expect("a target that is prepared");
        things.preparing.push(("{target}", target.to_string()));
        for (name, from, id) in of {
            let sql = format!("SELECT id FROM {from} ORDER BY id LIMIT 1");
            let found = app.id_of(&sql, id);
            things.all.push((
                name,
                found.unwrap_or_else(|| panic!("the story has no {name}")).to_string(),
            ));
        }
        things
    }

    /// Gives the address of a pattern.
    ///
    /// # Panics
    /// Where the pattern names something that is not known.
    pub fn address(&self, pattern: &str) -> String {
        let address = self.fill(pattern);
        assert!(
            !address.contains('{'),
            "{pattern} names something that the probes do not know"
        );
        address
    }

    /// Writes what is known into a pattern.
    pub fn fill(&self, pattern: &str) -> String {
        let slug = if pattern.starts_with("/catalogue") {
            "guichet-clairval"
        } else {
            self.slug
        };
        let mut address = pattern.replace("{slug}", slug);
        if pattern.starts_with("/desabonnement") {
            address = address.replace("{pass}", &self.unsubscribe);
        }
        if ["/groupe", "/membres", "/accord"]
            .iter()
            .any(|part| pattern.contains(part))
            && !pattern.starts_with("/programmes")
        {
            fill(&mut address, &self.group);
        }
        let rest = pattern.strip_prefix("/campagnes/{campaign}").unwrap_or_default();
        let taken = rest.contains("/acces");
        if !taken && PREPARING.iter().any(|part| rest.starts_with(part)) {
            fill(&mut address, &self.preparing);
        }
        if pattern.contains("/situations/{vulnerability}") {
            fill(&mut address, &self.deployed);
        }
        fill(&mut address, &self.all);
        address
    }
}

fn fill(address: &mut String, things: &[(&'static str, String)]) {
    for (name, value) in things {
        *address = address.replace(name, value);
    }
}

/// Adds what the story leaves none of, and gives the token of an invitation that nobody used.
async fn add_missing(app: &TestApp, told: &Told) -> String {
    let organiser = told.cast.organisers[0].context(app);
    let invite = InviteToCampaign {
        campaign: told.next_campaign,
        part: Some(PersonPart::Hunter),
        organisation: Some(told.cast.school),
        email: None,
        label: String::new(),
    };
    let invited = perform(&organiser, invite).await.unwrap();
    let account = AddTestAccount {
        campaign: told.next_campaign,
        product: Some(told.products[1]),
        label: "élève 1".to_owned(),
        secret: "élève 1 / secret".to_owned(),
    };
    perform(&organiser, account).await.unwrap();
    let target = DeclareTarget {
        campaign: told.next_campaign,
        product: Some(told.products[1]),
        name: "Recette".to_owned(),
        url: "https://recette.example".to_owned(),
        engine: TargetEngine::External,
        sharing: Sharing::Shared,
        recipe: String::new(),
        public_host: String::new(),
        methods: String::new(),
        paths: String::new(),
        excluded: String::new(),
        certified: true,
        warned: Vec::new(),
    };
    let corrected = DeclareCorrected(DeclareTarget {
        campaign: told.campaign,
        product: Some(told.products[0]),
        name: "Version corrigée".to_owned(),
        url: String::new(),
        engine: TargetEngine::Container,
        recipe: RECIPE.to_owned(),
        public_host: "guichet.example".to_owned(),
        ..target.clone()
    });
    perform(&organiser, target).await.unwrap();
    perform(&organiser, corrected).await.unwrap();
    let mut seed = begin_seed(&organiser, told.next_campaign, "depart.tar").await.unwrap();
    seed.take(empty_folder()).await.unwrap();
    seed.keep().await.unwrap();
    let template = KeepTemplate {
        campaign: told.campaign,
        template: None,
        purpose: "question".to_owned(),
        title: "Preuve manquante".to_owned(),
        text: "Pouvez-vous joindre une capture ?".to_owned(),
    };
    perform(&organiser, template).await.unwrap();
    let (programme, campaign) = (KeyHolder::Programme(told.programme), KeyHolder::Campaign(told.campaign));
    let file = store_file(&organiser, programme, "file", pdf(), "convention.pdf")
        .await
        .unwrap();
    let document = AddDocument {
        slug: told.slug.to_owned(),
        draft: DocumentDraft {
            kind: Some(DocumentKind::Other),
            title: "Convention signée".to_owned(),
            ..DocumentDraft::default()
        },
        file: Some(file),
        refused: Vec::new(),
    };
    perform(&organiser, document).await.unwrap();
    let kept = Kept {
        told: told.clone(),
        scan: store_file(&organiser, programme, "scan", pdf(), "formulaire.pdf")
            .await
            .unwrap(),
        proof: store_file(&organiser, campaign, "files", pdf(), "preuve.pdf")
            .await
            .unwrap(),
    };
    perform(&organiser, kept).await.unwrap();
    let officer = told.cast.towns[0].officer.context(app);
    let declare = DeclareDeployment {
        organisation: told.cast.towns[0].id,
        product: told.products[1],
        version: None,
        label: "annexe".to_owned(),
        host: None,
    };
    let deployment = perform(&officer, declare).await.unwrap();
    offer_proof(&officer, deployment, "facture.pdf", pdf()).await.unwrap();
    invited.token
}

/// A tar archive with an empty folder.
fn empty_folder() -> Vec<u8> {
    let mut block = vec![0u8; 1536];
    block[0] = b'd';
    block[148..156].copy_from_slice(b"        ");
    block[156] = b'5';
    block[257..265].copy_from_slice(b"ustar\x0000");
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block
}

fn pdf() -> Vec<u8> {
    b"%PDF-1.4\n%%EOF\n".to_vec()
}

/// A paper deposit, a report's file and what is kept beside a vulnerability, which the story's use cases have no more occasion for.
struct Kept {
    told: Told,
    scan: StagedFile,
    proof: StagedFile,
}

impl UseCase for Kept {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let programme = KeyHolder::Programme(self.told.programme);
        let campaign = KeyHolder::Campaign(self.told.campaign);
        let organiser = self.told.cast.organisers[1].person;
        let id = unit.fresh_id();
        let content = serde_json::to_vec(&Content::default()).unwrap();
        let paper = PaperRow {
            id,
            call: self.told.call,
            organisation: self.told.cast.towns[8].id,
            candidacy: None,
            stated_arrival: unit.now,
            scan: self.scan.keep(unit, programme).await?,
            content: unit
                .seal(programme, place("paper_deposit", "content_sealed", id), &content)
                .await?,
            entered: (organiser, unit.now),
            confirmed: None,
            refused: None,
        };
        unit.store.insert_paper(&paper).await?;
        let (id, flaw) = (unit.fresh_id(), self.told.vulnerabilities[0]);
        let holder = KeyHolder::Vulnerability(flaw);
        let named = NamedRow {
            id,
            vulnerability: flaw,
            person: organiser,
            reason: unit
                .seal(holder, place("vulnerability_named", "reason_sealed", id), b"Raison")
                .await?,
            by: organiser,
            at: unit.now,
            until: None,
        };
        unit.store.insert_named(&named).await?;
        let id = unit.fresh_id();
        let link = LinkRow {
            id,
            vulnerability: flaw,
            product: self.told.products[0],
            product_name: String::new(),
            vendor: self.told.cast.school,
            vendor_name: String::new(),
            ranges: unit
                .seal(holder, place("vulnerability_product", "ranges_sealed", id), b"1.0")
                .await?,
            reason: unit
                .seal(holder, place("vulnerability_product", "reason_sealed", id), b"Raison")
                .await?,
            by: organiser,
            at: unit.now,
        };
        unit.store.insert_link(&link).await?;
        let id = unit.fresh_id();
        let file = AttachmentRow {
            id: AttachmentId(id),
            subject_kind: "report".to_owned(),
            subject: self.told.reports[0].0.0,
            blob: self.proof.keep(unit, campaign).await?,
            name: unit
                .seal(campaign, place("attachment", "name_sealed", id), b"preuve.pdf")
                .await?,
            bytes: self.proof.bytes(),
            promise: None,
            recorded: None,
            media_type: self.proof.media_type().to_owned(),
            by: self.told.students[0].person,
            at: unit.now,
        };
        Ok(unit.store.insert_attachment(&file).await?)
    }
}
