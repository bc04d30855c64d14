//! Which policies can have a say on a question, told before the engine is asked.
//!
//! A page that lists fifty things asks hundreds of questions, and for most of them no policy comes
//! near: another role, another organisation. A policy's conditions are read once into [`Condition`],
//! what is said there of who asks and of the thing's attributes is looked at first, and only a policy
//! that may hold is given to Cedar, which has the last word on every permission. What is not read
//! counts as possible, so that nothing that Cedar would find is passed over.

use crate::policies::PolicyError;
use crate::resource::Attr;
use cedar_policy::{Effect, EntityUid, Policy, PolicySet, PrincipalConstraint, ResourceConstraint};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// The most outcomes for which a policy keeps Cedar's answer; far more than its comparisons can give.
const KEPT: usize = 4_096;

/// The policies that speak of one action.
pub(crate) struct About {
    /// The action, as Cedar names it.
    pub(crate) action: EntityUid,
    /// All of them together.
    pub(crate) whole: PolicySet,
    /// Each of those that permit, alone.
    permits: Vec<Permit>,
    /// Whether one forbids: then they are asked together.
    forbids: bool,
    /// The kinds of things of which the action is asked.
    kinds: Vec<String>,
}

impl About {
    pub(crate) const fn new(action: EntityUid, kinds: Vec<String>, whole: PolicySet) -> Self {
        Self {
            action,
            kinds,
            whole,
            permits: Vec::new(),
            forbids: false,
        }
    }

    /// Says whether the action is asked of things of a kind.
    pub(crate) fn is_of(&self, kind: &str) -> bool {
        self.kinds.iter().any(|known| known == kind)
    }

    /// Adds a policy that speaks of the action.
    pub(crate) fn add(&mut self, policy: &Policy) -> Result<(), PolicyError> {
        let invalid = |e: &dyn std::fmt::Display| PolicyError::Invalid(e.to_string());
        self.whole.add(policy.clone()).map_err(|e| invalid(&e))?;
        if policy.effect() == Effect::Forbid {
            self.forbids = true;
            return Ok(());
        }
        let mut alone = PolicySet::new();
        alone.add(policy.clone()).map_err(|e| invalid(&e))?;
        let read = policy.to_json().map_err(|e| invalid(&e))?;
        // Outcomes of comparisons say nothing of who and what the policy's head is about: one that names them is always asked.
        let anybody = policy.principal_constraint() == PrincipalConstraint::Any;
        let anything = policy.resource_constraint() == ResourceConstraint::Any;
        self.permits.push(Permit {
            condition: if anybody && anything {
                Condition::of(&read)
            } else {
                Condition::Unread
            },
            alone,
            kept: RwLock::default(),
        });
        Ok(())
    }

    /// Gives what Cedar is asked one after the other: one that permits is enough, and without any nobody may.
    pub(crate) fn worth_asking<'a>(&'a self, facts: &'a Facts<'_>) -> impl Iterator<Item = Worth<'a>> {
        let possible = self.permits.iter().filter_map(move |permit| {
            let mut path = Some(Path::default());
            let holds = permit.condition.holds(facts, &mut path);
            if holds == Some(false) {
                return None;
            }
            Some(if self.forbids {
                Worth {
                    policies: &self.whole,
                    kept: None,
                }
            } else {
                Worth {
                    policies: &permit.alone,
                    kept: path.map(|path| (permit, path)),
                }
            })
        });
        possible.take(if self.forbids { 1 } else { usize::MAX })
    }
}

/// One policy that permits.
struct Permit {
    condition: Condition,
    /// The policy alone.
    alone: PolicySet,
    /// What Cedar said of it, by what its comparisons gave.
    kept: RwLock<HashMap<Path, bool>>,
}

/// What the comparisons of a condition gave, in the order in which they were made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Path {
    made: u32,
    truths: u64,
}

impl Path {
    /// Adds what a comparison gave; none where it cannot be told, or beyond the 64 that a path holds.
    fn then(self, truth: Option<bool>) -> Option<Self> {
        let truth = u64::from(truth?);
        (self.made < u64::BITS).then(|| Self {
            made: self.made + 1,
            truths: self.truths | (truth << self.made),
        })
    }
}

/// Policies that may have a say on a question.
pub(crate) struct Worth<'a> {
    /// What Cedar is asked.
    pub(crate) policies: &'a PolicySet,
    kept: Option<(&'a Permit, Path)>,
}

impl Worth<'_> {
    /// Gives what Cedar said where the comparisons gave the same.
    pub(crate) fn known(&self) -> Option<bool> {
        let (permit, path) = self.kept?;
        let kept = permit.kept.read().unwrap_or_else(PoisonError::into_inner);
        kept.get(&path).copied()
    }

    /// Keeps what Cedar said.
    pub(crate) fn keep(&self, said: bool) {
        if let Some((permit, path)) = self.kept {
            let mut kept = permit.kept.write().unwrap_or_else(PoisonError::into_inner);
            if kept.len() < KEPT {
                kept.insert(path, said);
            }
        }
    }
}

/// What a question says: the attributes of who asks, and of the thing.
pub(crate) struct Facts<'a> {
    pub(crate) principal: &'a [(&'static str, Attr)],
    pub(crate) resource: &'a [(&'static str, Attr)],
}

/// A part of a policy's conditions.
#[derive(Debug, PartialEq)]
enum Condition {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    Equal(Term, Term),
    Contains(Term, Term),
    ContainsAny(Term, Term),
    True(Term),
    /// Something that is not read here.
    Unread,
}

/// What conditions compare.
#[derive(Debug, PartialEq)]
enum Term {
    Principal(String),
    Resource(String),
    Literal(Attr),
}

impl Condition {
    /// Reads a policy's conditions from its JSON form.
    fn of(policy: &Value) -> Self {
        let parts = policy["conditions"].as_array().map(Vec::as_slice).unwrap_or_default();
        Self::All(
            parts
                .iter()
                .map(|part| {
                    let body = Self::read(&part["body"]);
                    match part["kind"].as_str() {
                        Some("when") => body,
                        Some("unless") => Self::Not(Box::new(body)),
                        _ => Self::Unread,
                    }
                })
                .collect(),
        )
    }

    fn read(expression: &Value) -> Self {
        let Some((operator, operands)) = expression.as_object().and_then(|all| all.iter().next()) else {
            return Self::Unread;
        };
        let side = |name: &str| Self::read(&operands[name]);
        let pair = |make: fn(Term, Term) -> Self| match (Term::read(&operands["left"]), Term::read(&operands["right"]))
        {
            (Some(left), Some(right)) => make(left, right),
            _ => Self::Unread,
        };
        match operator.as_str() {
            "&&" => Self::All(vec![side("left"), side("right")]),
            "||" => Self::Any(vec![side("left"), side("right")]),
            "!" => Self::Not(Box::new(side("arg"))),
            "==" => pair(Self::Equal),
            "!=" => Self::Not(Box::new(pair(Self::Equal))),
            "contains" => pair(Self::Contains),
            "containsAny" => pair(Self::ContainsAny),
            _ => Term::read(expression).map_or(Self::Unread, Self::True),
        }
    }

    /// Says whether it holds, where that can be told, and adds to the path what each comparison gave.
    fn holds(&self, facts: &Facts<'_>, path: &mut Option<Path>) -> Option<bool> {
        match self {
            Self::All(parts) => {
                let mut known = Some(true);
                for part in parts {
                    match part.holds(facts, path) {
                        Some(false) => return Some(false),
                        Some(true) => {}
                        None => known = None,
                    }
                }
                known
            }
            Self::Any(parts) => {
                let mut known = Some(false);
                for part in parts {
                    match part.holds(facts, path) {
                        Some(true) => return Some(true),
                        Some(false) => {}
                        None => known = None,
                    }
                }
                known
            }
            Self::Not(part) => part.holds(facts, path).map(|holds| !holds),
            comparison => {
                let truth = comparison.compare(facts);
                *path = path.and_then(|path| path.then(truth));
                truth
            }
        }
    }

    /// Compares two terms, where that can be told.
    fn compare(&self, facts: &Facts<'_>) -> Option<bool> {
        match self {
            Self::Equal(left, right) => match (left.value(facts)?, right.value(facts)?) {
                (Attr::Set(_), _) | (_, Attr::Set(_)) => None,
                (left, right) => Some(left == right),
            },
            Self::Contains(set, one) => match (set.value(facts)?, one.value(facts)?) {
                (Attr::Set(set), Attr::Text(one)) => Some(set.contains(one)),
                _ => None,
            },
            Self::ContainsAny(left, right) => match (left.value(facts)?, right.value(facts)?) {
                (Attr::Set(left), Attr::Set(right)) => Some(left.iter().any(|one| right.contains(one))),
                _ => None,
            },
            Self::True(term) => match term.value(facts)? {
                Attr::Bool(truth) => Some(*truth),
                _ => None,
            },
            Self::All(_) | Self::Any(_) | Self::Not(_) | Self::Unread => None,
        }
    }
}

impl Term {
    fn read(expression: &Value) -> Option<Self> {
        let (kind, inside) = expression.as_object()?.iter().next()?;
        match kind.as_str() {
            "Value" => match inside {
                Value::String(text) => Some(Self::Literal(Attr::Text(text.clone()))),
                Value::Bool(truth) => Some(Self::Literal(Attr::Bool(*truth))),
                Value::Number(number) => number.as_i64().map(|number| Self::Literal(Attr::Long(number))),
                _ => None,
            },
            "." => {
                let name = inside["attr"].as_str()?.to_owned();
                match inside["left"]["Var"].as_str()? {
                    "principal" => Some(Self::Principal(name)),
                    "resource" => Some(Self::Resource(name)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn value<'a>(&'a self, facts: &Facts<'a>) -> Option<&'a Attr> {
        let (name, among) = match self {
            Self::Literal(value) => return Some(value),
            Self::Principal(name) => (name, facts.principal),
            Self::Resource(name) => (name, facts.resource),
        };
        among.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr;

    fn condition(text: &str) -> Condition {
        let policy = Policy::from_str(&format!("permit (principal, action, resource) {text};")).unwrap();
        Condition::of(&policy.to_json().unwrap())
    }

    fn holds(text: &str) -> Option<bool> {
        let set = |all: &[&str]| Attr::Set(all.iter().map(|one| (*one).to_owned()).collect());
        let facts = Facts {
            principal: &[("role", Attr::code("verifier")), ("memberships", set(&["a", "b"]))],
            resource: &[
                ("owner", Attr::code("a")),
                ("open", Attr::Bool(true)),
                ("parties", set(&["b"])),
                ("count", Attr::Long(3)),
            ],
        };
        condition(text).holds(&facts, &mut Some(Path::default()))
    }

    #[test]
    fn what_is_read_is_told_and_the_rest_may_hold() {
        for (text, expected) in [
            ("", Some(true)),
            ("when { principal.role == \"verifier\" }", Some(true)),
            ("when { principal.role == \"hunter\" }", Some(false)),
            ("when { principal.role != \"hunter\" }", Some(true)),
            ("unless { principal.role == \"verifier\" }", Some(false)),
            ("when { resource.open }", Some(true)),
            ("when { !resource.open || resource.owner == \"b\" }", Some(false)),
            ("when { principal.memberships.contains(resource.owner) }", Some(true)),
            (
                "when { !principal.memberships.containsAny(resource.parties) }",
                Some(false),
            ),
            ("when { resource.parties.contains(\"c\") }", Some(false)),
            ("when { resource.count == 3 && true }", Some(true)),
            ("when { resource.count == 4 }", Some(false)),
            // What is compared in another way, is not there or is no single value is not told.
            ("when { resource.count < 3 }", None),
            ("when { resource has owner }", None),
            ("when { resource.nothing == \"a\" }", None),
            ("when { resource.parties == resource.parties }", None),
            ("when { principal == resource }", None),
            ("when { if resource.open then false else true }", None),
            ("when { context.open }", None),
            // What is told decides where the rest cannot.
            (
                "when { resource.count < 3 && principal.role == \"hunter\" }",
                Some(false),
            ),
            (
                "when { resource.count < 3 || principal.role == \"verifier\" }",
                Some(true),
            ),
            ("when { !(resource.count < 3) && resource.open }", None),
        ] {
            assert_eq!(holds(text), expected, "{text}");
        }
    }

    #[test]
    fn what_cedar_said_is_kept_for_the_same_outcomes_alone() {
        let text = "when { principal.role == \"verifier\" && resource.parties.contains(principal.organisation) }";
        let policy = Policy::from_str(&format!("permit (principal, action, resource) {text};")).unwrap();
        let action = EntityUid::from_str("Action::\"A\"").unwrap();
        let mut about = About::new(action, vec!["Thing".to_owned()], PolicySet::new());
        about.add(&policy).unwrap();
        let kept = |role: &str, organisation: &str, party: &str, keep: bool| {
            let principal = [("role", Attr::code(role)), ("organisation", Attr::code(organisation))];
            let resource = [("parties", Attr::Set(vec![party.to_owned()]))];
            let facts = Facts {
                principal: &principal,
                resource: &resource,
            };
            let worth: Vec<_> = about.worth_asking(&facts).collect();
            if keep {
                worth.iter().for_each(|one| one.keep(true));
            }
            worth.iter().map(Worth::known).collect::<Vec<_>>()
        };
        assert_eq!(kept("verifier", "a", "a", false), [None]);
        assert_eq!(kept("verifier", "a", "a", true), [Some(true)]);
        // Another organisation with the same outcomes, and one with others, which is not worth asking.
        assert_eq!(kept("verifier", "b", "b", false), [Some(true)]);
        assert_eq!(kept("verifier", "b", "a", false), []);
        assert_eq!(kept("hunter", "a", "a", false), []);
    }

    #[test]
    fn a_policy_whose_head_names_something_is_always_asked() {
        let policy = "permit (principal, action, resource is Thing) when { principal.role == \"verifier\" };";
        let action = EntityUid::from_str("Action::\"A\"").unwrap();
        let mut about = About::new(action, vec!["Thing".to_owned()], PolicySet::new());
        about.add(&Policy::from_str(policy).unwrap()).unwrap();
        assert!(about.is_of("Thing") && !about.is_of("Other"));
        let principal = [("role", Attr::code("verifier"))];
        let facts = Facts {
            principal: &principal,
            resource: &[],
        };
        about.worth_asking(&facts).for_each(|worth| worth.keep(true));
        assert_eq!(
            about
                .worth_asking(&facts)
                .map(|worth| worth.known())
                .collect::<Vec<_>>(),
            [None]
        );
    }

    #[test]
    fn a_path_tells_every_order_of_outcomes_from_every_other() {
        let mut seen = std::collections::HashSet::new();
        for made in 0..8_u32 {
            for truths in 0..2_u32.pow(made) {
                let path = (0..made).try_fold(Path::default(), |path, at| path.then(Some(truths >> at & 1 == 1)));
                assert!(seen.insert(path.unwrap()));
            }
        }
        assert_eq!(Path::default().then(None), None);
        let full = (0..64).try_fold(Path::default(), |path, _| path.then(Some(true)));
        assert_eq!(full.unwrap().then(Some(true)), None);
    }
}
