//! Declaring a target, stopping it, taking it out: what is tested changes, so the texts that were signed end.

use super::seed::KnownSeeds;
use super::{SeedWarning, TargetSettings};
use crate::app::Limits;
use crate::campaign::{change_scope, entry, refuse_over, taken};
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::{CampaignRecord, TargetRow};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::Permitted;
use authorization::action::{ManageCampaign, PrepareScope, SuspendCampaign};
use domain::ids::{CampaignId, ProductId, SeedId, TargetId};
use domain::recipe::{Recipe, RecipeLimits, RecipeProblemKind};
use domain::target::{self, AddressProblem, ScopeProblem, Sharing, Target, TargetEngine, TargetScope, Upstream};
use serde_json::json;

/// Declares a test environment that the gateway leads to.
#[derive(Clone, Debug)]
pub struct DeclareTarget {
    /// The campaign.
    pub campaign: CampaignId,
    /// The product that runs on it.
    pub product: Option<ProductId>,
    /// What it runs on.
    pub engine: TargetEngine,
    /// Who works on one instance, where it is hosted here.
    pub sharing: Sharing,
    /// The recipe of a target that is hosted here, in TOML.
    pub recipe: String,
    /// What it is called.
    pub name: String,
    /// Its address, where it is not hosted here.
    pub url: String,
    /// The host name under which the application knows itself; the address's own where it is empty.
    pub public_host: String,
    /// The methods that may be asked, separated by blanks; all where it is empty.
    pub methods: String,
    /// The beginnings of paths that may be asked, one a line; all where it is empty.
    pub paths: String,
    /// The beginnings of paths that may not be asked, one a line.
    pub excluded: String,
    /// Whether whoever declares it certifies that it holds no personal data.
    pub certified: bool,
    /// The seeds of which it was shown to them that they look like personal data.
    pub warned: Vec<SeedId>,
}

/// Says what is wrong with the address of a test environment.
const fn address_message(problem: AddressProblem) -> &'static str {
    match problem {
        AddressProblem::Scheme => "target-error-scheme",
        AddressProblem::Host => "target-error-host",
        AddressProblem::Port => "target-error-port",
        AddressProblem::Path => "target-error-path",
        AddressProblem::Credentials => "target-error-credentials",
    }
}

const fn scope_message(problem: ScopeProblem) -> &'static str {
    match problem {
        ScopeProblem::Method => "target-error-method",
        ScopeProblem::Path => "target-error-beginning",
        ScopeProblem::TooMany => "target-error-too-many",
    }
}

/// Reads a recipe, or says everything that is wrong with it: each line, its field and what is expected there.
fn read_recipe(fields: &mut Fields, text: &str, limits: &RecipeLimits) -> Option<Recipe> {
    if text.trim().is_empty() {
        fields.add("recipe", "error-required");
        return None;
    }
    match Recipe::parse(text, limits) {
        // The way to what is hosted here is a wire within this machine, and the gateway speaks plain HTTP on it.
        Ok(recipe) if recipe.entry.tls => {
            fields.add("recipe", "target-recipe-tls");
            None
        }
        Ok(recipe) => Some(recipe),
        Err(problems) => {
            for problem in problems {
                let place = format!("{} ({}) : {}", problem.line, problem.field, problem.expected);
                fields.add_detail("recipe", recipe_message(problem.kind), Some(place));
            }
            None
        }
    }
}

const fn recipe_message(kind: RecipeProblemKind) -> &'static str {
    match kind {
        RecipeProblemKind::Syntax => "target-recipe-syntax",
        RecipeProblemKind::Unknown => "target-recipe-unknown",
        RecipeProblemKind::Missing => "target-recipe-missing",
        RecipeProblemKind::WrongType => "target-recipe-wrong-type",
        RecipeProblemKind::Malformed => "target-recipe-malformed",
        RecipeProblemKind::Tag => "target-recipe-tag",
        RecipeProblemKind::TooSmall => "target-recipe-too-small",
        RecipeProblemKind::TooLarge => "target-recipe-too-large",
        RecipeProblemKind::Duplicate => "target-recipe-duplicate",
        RecipeProblemKind::NoSuchService => "target-recipe-no-such-service",
        RecipeProblemKind::NoSuchSeed => "target-recipe-no-such-seed",
        RecipeProblemKind::Cycle => "target-recipe-cycle",
        RecipeProblemKind::Root => "target-recipe-root",
        RecipeProblemKind::Reserved => "target-recipe-reserved",
    }
}

/// Takes the lines of a field, or says which one is wrong.
fn taken_lines(fields: &mut Fields, field: &str, read: Result<Vec<String>, (usize, ScopeProblem)>) -> Vec<String> {
    read.unwrap_or_else(|(number, problem)| {
        fields.add_detail(field, scope_message(problem), Some(number.to_string()));
        Vec::new()
    })
}

impl DeclareTarget {
    fn scope(&self, fields: &mut Fields) -> TargetScope {
        TargetScope {
            methods: taken_lines(fields, "methods", target::methods(&self.methods)),
            paths: taken_lines(fields, "paths", target::paths(&self.paths)),
            excluded: taken_lines(fields, "excluded", target::paths(&self.excluded)),
        }
    }

    /// Reads the recipe, and gives the warnings that whoever certifies the target was shown; one that they were not shown is
    /// shown before they certify.
    fn warnings(&self, fields: &mut Fields, limits: &Limits, seeds: &KnownSeeds) -> Vec<SeedWarning> {
        let limits = RecipeLimits {
            seeds: Some(seeds.sizes()),
            ..limits.recipe()
        };
        let recipe = read_recipe(fields, &self.recipe, &limits);
        let warnings = recipe.map(|recipe| seeds.warnings(recipe.seeds())).unwrap_or_default();
        if warnings.iter().any(|warning| !self.warned.contains(&warning.seed)) {
            fields.add("certified", "target-error-warned");
        }
        warnings
    }

    fn settings(&self, fields: &mut Fields, limits: &Limits, seeds: &KnownSeeds) -> TargetSettings {
        let name = fields.required("name", &self.name, limits.title);
        let hosted = self.engine == TargetEngine::Container;
        let url = match hosted {
            true => String::new(),
            false => fields.required("url", &self.url, 500),
        };
        let read = Upstream::parse(&url);
        if let (false, Err(problem)) = (url.is_empty(), &read) {
            fields.add("url", address_message(*problem));
        }
        let warned = match hosted {
            true => self.warnings(fields, limits, seeds),
            false => Vec::new(),
        };
        let typed = fields
            .optional("public_host", &self.public_host, 253)
            .to_ascii_lowercase();
        if !typed.is_empty() && !target::is_host_name(&typed) {
            fields.add("public_host", "target-error-host");
        }
        let of_url = || read.as_ref().map(Upstream::authority).unwrap_or_default();
        if hosted && typed.is_empty() {
            fields.add("public_host", "target-error-public-host");
        }
        let public_host = if typed.is_empty() { of_url() } else { typed };
        let scope = self.scope(fields);
        TargetSettings {
            name,
            url,
            recipe: if hosted { self.recipe.clone() } else { String::new() },
            public_host,
            scope,
            warned,
        }
    }

    async fn row(
        &self,
        unit: &mut Unit,
        proof: &Permitted<PrepareScope, CampaignRecord>,
        product: ProductId,
        settings: &TargetSettings,
    ) -> Outcome<TargetRow> {
        let id = TargetId(unit.fresh_id());
        let tested = proof.products.iter().find(|p| p.product == product);
        let tested = tested
            .map(|p| format!("{} {}", p.slug, p.version_name))
            .unwrap_or_default();
        let digest = match self.engine {
            TargetEngine::External => sealing::content_digest(settings.fingerprinted(&tested).as_bytes()),
            TargetEngine::Container => settings.hosted()?.fingerprint(&sealing::content_digest),
        };
        let fingerprint = domain::target::fingerprint_text(&digest);
        let plain = serde_json::to_vec(settings).map_err(|error| Error::Internal(error.to_string()))?;
        let holder = KeyHolder::Campaign(self.campaign);
        let at = |column| place("target", column, id.0);
        Ok(TargetRow {
            target: Target {
                id,
                campaign: self.campaign,
                product,
                engine: self.engine,
                sharing: self.sharing,
                stopped_at: None,
                ended_at: None,
            },
            settings: unit.seal(holder, at("settings_sealed"), &plain).await?,
            fingerprint: unit
                .seal(holder, at("fingerprint_sealed"), fingerprint.as_bytes())
                .await?,
            certified_by: unit.person()?,
            created_at: unit.now,
        })
    }
}

impl UseCase for DeclareTarget {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<PrepareScope>(unit, self.campaign).await?;
        refuse_over(&proof, unit.now)?;
        let mut fields = Fields::new();
        let seeds = KnownSeeds::of(unit, &proof).await?;
        let settings = self.settings(&mut fields, &unit.app.settings.limits, &seeds);
        let product = self
            .product
            .filter(|id| proof.products.iter().any(|p| p.product == *id));
        if product.is_none() {
            fields.add("product", "error-choose");
        }
        if !self.certified {
            fields.add("certified", "target-error-certified");
        }
        fields.done()?;
        if self.engine == TargetEngine::Container && !unit.app.settings.hosting {
            return Err(Error::Conflict("target-error-no-engine"));
        }
        if unit.store.targets(self.campaign).await?.len() >= unit.app.settings.limits.targets {
            return Err(Error::Conflict("target-error-targets"));
        }
        let product = product.ok_or(Error::NotFound)?;
        let row = self.row(unit, &proof, product, &settings).await?;
        unit.store.insert_target(&row).await?;
        let warned: Vec<SeedId> = settings.warned.iter().map(|warning| warning.seed).collect();
        let engine = row.target.engine.code();
        let body =
            json!({"target": row.target.id, "product": product, "engine": engine, "certified": true, "warned": warned});
        change_scope(unit, &proof, "campaign.target_declared", body).await
    }
}

/// Takes a target out of a campaign, with every lease to it.
#[derive(Clone, Debug)]
pub struct RemoveTarget {
    /// The campaign.
    pub campaign: CampaignId,
    /// The target.
    pub target: TargetId,
}

impl UseCase for RemoveTarget {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<PrepareScope>(unit, self.campaign).await?;
        refuse_over(&proof, unit.now)?;
        unit.store.end_target(self.campaign, self.target, unit.now).await?;
        let acting = proof.acting().clone();
        super::let_go(unit, &acting, self.target).await?;
        change_scope(unit, &proof, "campaign.target_removed", json!({"target": self.target})).await
    }
}

/// Stops everything that goes to a target, or lets it be reached again.
#[derive(Clone, Debug)]
pub struct StopTarget {
    /// The campaign.
    pub campaign: CampaignId,
    /// The target.
    pub target: TargetId,
    /// Whether it is stopped from now on.
    pub stopped: bool,
    /// Why.
    pub reason: String,
}

impl UseCase for StopTarget {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        // Whoever may stop it need not be who may let it go on.
        let acting = match self.stopped {
            true => taken::<SuspendCampaign>(unit, self.campaign).await?.acting().clone(),
            false => taken::<ManageCampaign>(unit, self.campaign).await?.acting().clone(),
        };
        let mut fields = Fields::new();
        let reason = fields.required("reason", &self.reason, unit.app.settings.limits.reason);
        fields.done()?;
        let rows = unit.store.targets(self.campaign).await?;
        let row = rows
            .iter()
            .find(|row| row.target.id == self.target)
            .ok_or(Error::NotFound)?;
        if row.target.stopped_at.is_some() == self.stopped {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        let since = self.stopped.then_some(unit.now);
        unit.store.stop_target(self.campaign, self.target, since).await?;
        let kind = match self.stopped {
            true => "campaign.target_stopped",
            false => "campaign.target_resumed",
        };
        let body = json!({"target": self.target, "reason": reason});
        unit.record(&acting, entry(self.campaign, kind, body)).await?;
        Ok(())
    }
}
