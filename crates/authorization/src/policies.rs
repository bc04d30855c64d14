//! The policy engine: Cedar over the text files of `policies/`.

use crate::action::Action;
use crate::actor::{Acting, Actor};
use crate::proof::{Loaded, Permitted, Refused};
use crate::resource::{Attr, Attributes, Resource, post};
use crate::slice::{About, Facts};
use cedar_policy::{
    ActionConstraint, Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet,
    Request, RestrictedExpression, Schema, ValidationMode, Validator,
};
use domain::role::{Grant, GrantScope};
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::str::FromStr;

/// The policy files, each about one part of the house.
pub const FILES: &[(&str, &str)] = &[
    ("people.cedar", include_str!("../policies/people.cedar")),
    ("programme.cedar", include_str!("../policies/programme.cedar")),
    ("candidacy.cedar", include_str!("../policies/candidacy.cedar")),
    ("register.cedar", include_str!("../policies/register.cedar")),
    ("already_tested.cedar", include_str!("../policies/already_tested.cedar")),
    ("declared_test.cedar", include_str!("../policies/declared_test.cedar")),
    ("campaign.cedar", include_str!("../policies/campaign.cedar")),
    ("report.cedar", include_str!("../policies/report.cedar")),
    ("finding.cedar", include_str!("../policies/finding.cedar")),
    ("vulnerability.cedar", include_str!("../policies/vulnerability.cedar")),
    ("sharing.cedar", include_str!("../policies/sharing.cedar")),
];

/// The schema files that policies are validated against; Cedar reads them as one.
pub const SCHEMA_FILES: &[&str] = &[
    include_str!("../policies/schema/base.cedarschema"),
    include_str!("../policies/schema/people.cedarschema"),
    include_str!("../policies/schema/programme.cedarschema"),
    include_str!("../policies/schema/candidacy.cedarschema"),
    include_str!("../policies/schema/register.cedarschema"),
    include_str!("../policies/schema/already_tested.cedarschema"),
    include_str!("../policies/schema/declared_test.cedarschema"),
    include_str!("../policies/schema/campaign.cedarschema"),
    include_str!("../policies/schema/report.cedarschema"),
    include_str!("../policies/schema/finding.cedarschema"),
    include_str!("../policies/schema/vulnerability.cedarschema"),
    include_str!("../policies/schema/sharing.cedarschema"),
];

/// What is wrong with the policies.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// A file does not parse.
    #[error("{file}: {problem}")]
    Unreadable {
        /// The file's name.
        file: String,
        /// What the parser says.
        problem: String,
    },
    /// A policy speaks of what the schema does not have.
    #[error("the policies do not fit the schema: {0}")]
    Invalid(String),
}

/// The policies, parsed and validated once.
pub struct Policies {
    authorizer: Authorizer,
    /// The policies that speak of each action, by its name: a question is put to these alone.
    about: HashMap<String, About>,
    schema: Schema,
}

impl Policies {
    /// Parses and validates the built-in policies.
    ///
    /// # Errors
    /// [`PolicyError`] where a file does not parse or does not fit the schema.
    pub fn built_in() -> Result<Self, PolicyError> {
        let (schema, _warnings) =
            Schema::from_cedarschema_str(&SCHEMA_FILES.concat()).map_err(|e| PolicyError::Unreadable {
                file: "schema".to_owned(),
                problem: format!("{:?}", e),
            })?;
        let mut text = String::new();
        for (file, policies) in FILES {
            PolicySet::from_str(policies).map_err(|e| PolicyError::Unreadable {
                file: (*file).to_owned(),
                problem: e.to_string(),
            })?;
            text.push_str(policies);
        }
        let set = PolicySet::from_str(&text).map_err(|e| PolicyError::Unreadable {
            file: "all".to_owned(),
            problem: e.to_string(),
        })?;
        let checked = Validator::new(schema.clone()).validate(&set, ValidationMode::Strict);
        if !checked.validation_passed() {
            let problems: Vec<String> = checked.validation_errors().map(ToString::to_string).collect();
            return Err(PolicyError::Invalid(problems.join("\n")));
        }
        Ok(Self {
            authorizer: Authorizer::new(),
            about: by_action(&set, &schema)?,
            schema,
        })
    }

    /// Asks whether `actor` may do `A` to the loaded thing, and gives the proof.
    ///
    /// A person's grants are tried in turn, the one they named first; the first that a policy
    /// permits is the quality under which they act.
    ///
    /// # Errors
    /// [`Refused`] where no policy permits it.
    pub fn permit<A: Action, T: Resource>(&self, actor: &Actor, loaded: Loaded<T>) -> Result<Permitted<A, T>, Refused> {
        match self.decide(actor, A::NAME, loaded.peek()) {
            Some(acting) => {
                let (value, revision) = loaded.into_parts();
                Ok(Permitted::new(value, revision, acting))
            }
            None => Err(Refused {
                action: A::NAME,
                resource: T::TYPE,
            }),
        }
    }

    /// Says whether `actor` may do `A` to a thing, for showing or hiding a button.
    pub fn would_permit<A: Action, T: Resource>(&self, actor: &Actor, thing: &T) -> bool {
        self.decide(actor, A::NAME, thing).is_some()
    }

    /// Gives the quality under which the policies permit it, or none.
    pub fn decide<T: Resource>(&self, actor: &Actor, action: &str, thing: &T) -> Option<Acting> {
        self.decide_on(actor, action, T::TYPE, thing.id(), thing.attributes())
    }

    /// Decides on a thing that is only described: its type, identifier and attributes.
    pub fn decide_on(
        &self,
        actor: &Actor,
        action: &str,
        kind: &str,
        id: uuid::Uuid,
        attributes: Attributes,
    ) -> Option<Acting> {
        let question = Question {
            policies: self,
            action,
            kind,
            id,
            attributes,
            resource: OnceCell::new(),
        };
        let memberships = match actor {
            Actor::Person(person) => Attr::ids(person.memberships()),
            Actor::Nobody | Actor::System(_) => Attr::Set(Vec::new()),
        };
        candidates(actor).into_iter().find(|acting| {
            let principal = principal(acting, &memberships);
            let answer = question.put(&principal);
            debug_assert!(answer.is_ok(), "a question that the policies do not know: {answer:?}");
            answer.unwrap_or(false)
        })
    }
}

/// Whether something may be done to one thing, asked for one quality after the other.
struct Question<'a> {
    policies: &'a Policies,
    action: &'a str,
    kind: &'a str,
    id: uuid::Uuid,
    attributes: Attributes,
    /// The thing as Cedar sees it, once it was needed.
    resource: OnceCell<Option<Entity>>,
}

impl Question<'_> {
    /// Puts the question for one quality. One that the schema does not know (an action on the wrong kind of thing, an
    /// attribute that is missing) is a mistake of the program: it is refused, and stops any test.
    fn put(&self, principal: &Who) -> Result<bool, String> {
        let about = self.policies.about.get(self.action).ok_or("no such action")?;
        if !about.is_of(self.kind) {
            return Err(format!("{} is not asked of {}", self.action, self.kind));
        }
        let facts = Facts {
            principal: &principal.attributes,
            resource: &self.attributes,
        };
        let mut said = Ok(false);
        for worth in about.worth_asking(&facts) {
            said = match worth.known() {
                Some(known) => Ok(known),
                None => {
                    let answer = self.ask(principal, about, worth.policies);
                    if let Ok(answer) = answer {
                        worth.keep(answer);
                    }
                    answer
                }
            };
            if said != Ok(false) {
                break;
            }
        }
        // Wherever tests run, all policies together say the same as those that were asked.
        debug_assert_eq!(
            said,
            self.ask(principal, about, &about.whole),
            "a question that the policies do not know, or policies that were passed over had a say"
        );
        said
    }

    fn ask(&self, principal: &Who, about: &About, policies: &PolicySet) -> Result<bool, String> {
        let described = || entity(self.kind, &self.id.to_string(), &self.attributes);
        let resource = self
            .resource
            .get_or_init(described)
            .clone()
            .ok_or("the thing cannot be described")?;
        let principal = entity("Actor", &principal.id, &principal.attributes).ok_or("who asks cannot be described")?;
        let request = Request::new(
            principal.uid(),
            about.action.clone(),
            resource.uid(),
            Context::empty(),
            Some(&self.policies.schema),
        )
        .map_err(|e| e.to_string())?;
        let entities = Entities::from_entities([principal, resource], None).map_err(|e| e.to_string())?;
        let response = self.policies.authorizer.is_authorized(&request, policies, &entities);
        match response.diagnostics().errors().next() {
            None => Ok(response.decision() == Decision::Allow),
            Some(error) => Err(error.to_string()),
        }
    }
}

/// Sorts the policies by the actions that they name; one that names none speaks of all.
fn by_action(set: &PolicySet, schema: &Schema) -> Result<HashMap<String, About>, PolicyError> {
    let mut about: HashMap<String, About> = schema
        .actions()
        .map(|action| {
            let name = action.id().unescaped().to_owned();
            let kinds = schema.resources_for_action(action).into_iter().flatten();
            let kinds = kinds.map(ToString::to_string).collect();
            (name, About::new(action.clone(), kinds, PolicySet::new()))
        })
        .collect();
    for policy in set.policies() {
        let named: Vec<String> = match policy.action_constraint() {
            ActionConstraint::Any => about.keys().cloned().collect(),
            ActionConstraint::In(actions) => actions.iter().map(|one| one.id().unescaped().to_owned()).collect(),
            ActionConstraint::Eq(action) => vec![action.id().unescaped().to_owned()],
        };
        for action in named {
            about
                .get_mut(&action)
                .ok_or_else(|| PolicyError::Invalid(format!("{action} is no single action of the schema")))?
                .add(policy)?;
        }
    }
    Ok(about)
}

/// Gives the qualities under which an actor can act, the one they named first.
fn candidates(actor: &Actor) -> Vec<Acting> {
    match actor {
        Actor::Nobody => vec![Acting::Nobody],
        Actor::System(kind) => vec![Acting::System(*kind)],
        Actor::Person(person) => {
            let mut grants: Vec<&Grant> = person.grants.iter().collect();
            grants.sort_by_key(|grant| Some(grant.id) != person.under);
            let mut all: Vec<Acting> = grants.into_iter().cloned().map(Acting::Grant).collect();
            all.push(Acting::Person(person.person));
            all
        }
    }
}

/// Who asks, as the policies see it.
struct Who {
    id: String,
    attributes: Attributes,
}

/// Describes who asks under one quality.
fn principal(acting: &Acting, memberships: &Attr) -> Who {
    let (id, role, organisation, scope_kind, scope_id) = match acting {
        Acting::Nobody => ("nobody".to_owned(), "nobody", String::new(), "", String::new()),
        Acting::Person(person) => (person.to_string(), "person", String::new(), "", String::new()),
        Acting::System(kind) => (
            kind.code().to_owned(),
            "system",
            String::new(),
            kind.code(),
            String::new(),
        ),
        Acting::Grant(grant) => {
            let (kind, scope) = grant.scope.parts();
            (
                grant.id.to_string(),
                grant.role.code(),
                grant.organisation.to_string(),
                kind,
                scope.to_string(),
            )
        }
    };
    Who {
        id,
        attributes: vec![
            ("person", Attr::maybe_person(acting.person())),
            ("role", Attr::code(role)),
            ("organisation", Attr::Text(organisation)),
            ("scope_kind", Attr::code(scope_kind)),
            ("scope_id", Attr::Text(scope_id)),
            ("post", Attr::Text(post_of(acting))),
            ("memberships", memberships.clone()),
        ],
    }
}

/// Gives the post of a grant for one campaign; the empty text for any other.
fn post_of(acting: &Acting) -> String {
    match acting {
        Acting::Grant(grant) => match grant.scope {
            GrantScope::Campaign(campaign) => post(campaign, grant.organisation),
            GrantScope::Organisation | GrantScope::Programme(_) => String::new(),
        },
        Acting::Nobody | Acting::Person(_) | Acting::System(_) => String::new(),
    }
}

fn uid(kind: &str, id: &str) -> Option<EntityUid> {
    let kind = EntityTypeName::from_str(kind).ok()?;
    Some(EntityUid::from_type_name_and_id(kind, EntityId::new(id)))
}

fn entity(kind: &str, id: &str, attributes: &[(&'static str, Attr)]) -> Option<Entity> {
    let attributes: HashMap<String, RestrictedExpression> = attributes
        .iter()
        .map(|(name, attr)| ((*name).to_owned(), expression(attr)))
        .collect();
    Entity::new(uid(kind, id)?, attributes, HashSet::new()).ok()
}

fn expression(attr: &Attr) -> RestrictedExpression {
    match attr {
        Attr::Text(text) => RestrictedExpression::new_string(text.clone()),
        Attr::Bool(truth) => RestrictedExpression::new_bool(*truth),
        Attr::Long(number) => RestrictedExpression::new_long(*number),
        Attr::Set(ids) => {
            RestrictedExpression::new_set(ids.iter().map(|id| RestrictedExpression::new_string(id.clone())))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_policies_fit_their_schema() {
        if let Err(problem) = Policies::built_in() {
            panic!("{problem}");
        }
    }
}
