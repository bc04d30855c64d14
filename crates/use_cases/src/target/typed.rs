//! What was typed of a target: read, checked, sealed.

use super::declare::DeclareTarget;
use super::seed::KnownSeeds;
use super::{SeedWarning, TargetSettings};
use crate::app::Limits;
use crate::error::{Error, Fields, Outcome};
use crate::ports::{CampaignRecord, TargetRow};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::Permitted;
use authorization::action::PrepareScope;
use domain::ids::{ProductId, TargetId};
use domain::recipe::{Recipe, RecipeLimits, RecipeProblemKind};
use domain::target::{self, AddressProblem, ScopeProblem, Target, TargetEngine, TargetPurpose, TargetScope, Upstream};

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

    /// Checks everything that was typed, and that it can be hosted where it is to be; gives the product with the settings.
    pub(super) async fn checked(
        &self,
        unit: &mut Unit,
        proof: &Permitted<PrepareScope, CampaignRecord>,
    ) -> Outcome<(ProductId, TargetSettings)> {
        let mut fields = Fields::new();
        let seeds = KnownSeeds::of(unit, proof).await?;
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
        Ok((product.ok_or(Error::NotFound)?, settings))
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

    /// Gives what tells the target from any other.
    ///
    /// # Errors
    /// [`Error::Internal`]: what was typed was checked.
    pub(super) fn fingerprint(
        &self,
        record: &CampaignRecord,
        product: ProductId,
        settings: &TargetSettings,
    ) -> Outcome<String> {
        let tested = record.products.iter().find(|p| p.product == product);
        let tested = tested
            .map(|p| format!("{} {}", p.slug, p.version_name))
            .unwrap_or_default();
        let digest = match self.engine {
            TargetEngine::External => sealing::content_digest(settings.fingerprinted(&tested).as_bytes()),
            TargetEngine::Container => settings.hosted()?.fingerprint(&sealing::content_digest),
        };
        Ok(target::fingerprint_text(&digest))
    }

    /// Makes the row of the target, its settings and its fingerprint sealed under its campaign.
    pub(super) async fn row(
        &self,
        unit: &mut Unit,
        (product, purpose): (ProductId, TargetPurpose),
        (settings, fingerprint): (&TargetSettings, &str),
    ) -> Outcome<TargetRow> {
        let id = TargetId(unit.fresh_id());
        let plain = serde_json::to_vec(settings).map_err(|error| Error::Internal(error.to_string()))?;
        let holder = KeyHolder::Campaign(self.campaign);
        let at = |column| place("target", column, id.0);
        Ok(TargetRow {
            target: Target {
                id,
                campaign: self.campaign,
                product,
                purpose,
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
