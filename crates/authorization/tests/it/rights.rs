//! `docs/security/rights.md`: who may do what, found by asking the policies, not by reading them.
//!
//! For each action and role, one thing after the other is linked to the person who asks: its
//! `owner` is their organisation, its `reporter` is they… A cell names the links under which the
//! policies permit the action in at least one state of the thing; ✘ means never.

use authorization::policies::{FILES, Policies, SCHEMA_FILES};
use authorization::{Actor, Attr, Attributes, PersonActor, SystemKind};
use domain::Timestamp;
use domain::ids::{CampaignId, GrantId, OrganisationId, PersonId, ProgrammeId};
use domain::role::{Grant, GrantScope, Role};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use uuid::Uuid;

const PERSON: Uuid = Uuid::from_u128(1);
const ORGANISATION: Uuid = Uuid::from_u128(2);
const CAMPAIGN: Uuid = Uuid::from_u128(3);
const PROGRAMME: Uuid = Uuid::from_u128(4);

/// What an attribute may hold: an identifier, one of the names that policies compare it with…
#[derive(Clone, PartialEq)]
enum Kind {
    Id,
    Name(BTreeSet<String>),
    Bool,
    Long,
    Set,
}

type Entity = BTreeMap<&'static str, Kind>;

/// Gives the schema without its comments.
fn schema() -> &'static str {
    let text = SCHEMA_FILES.concat();
    let code: Vec<&str> = text.lines().map(|line| line.split("//").next().unwrap()).collect();
    Box::leak(code.join("\n").into_boxed_str())
}

/// Reads the entities of the schema with their attributes.
fn entities() -> BTreeMap<&'static str, Entity> {
    let mut found = BTreeMap::new();
    for statement in schema().split(';') {
        let Some(rest) = statement.trim().strip_prefix("entity ") else {
            continue;
        };
        let (name, body) = rest.split_once('=').unwrap();
        let body = body.trim().trim_start_matches('{').trim_end_matches('}');
        let attributes = body
            .split(',')
            .filter_map(|part| part.split_once(':'))
            .map(|(name, kind)| {
                let name = name.trim().trim_end_matches('?');
                let kind = match (kind.trim(), literals(name)) {
                    ("String", names) if names.is_empty() => Kind::Id,
                    ("String", names) => Kind::Name(names),
                    ("Bool", _) => Kind::Bool,
                    ("Long", _) => Kind::Long,
                    _ => Kind::Set,
                };
                (name, kind)
            });
        found.insert(name.trim(), attributes.collect());
    }
    found
}

/// Reads the actions of the schema with the type of thing each is about.
fn actions() -> Vec<(&'static str, &'static str)> {
    let mut found = Vec::new();
    for statement in schema().split(';') {
        let Some(rest) = statement.trim().strip_prefix("action ") else {
            continue;
        };
        let (names, applies) = rest.split_once("appliesTo").unwrap();
        let things = applies.split("resource:").nth(1).unwrap();
        let things = things.trim().trim_start_matches('[').split([']', '}']).next().unwrap();
        for name in names.split(',') {
            for thing in things.split(',') {
                found.push((name.trim(), thing.trim()));
            }
        }
    }
    found
}

/// Gives the values that policies compare an attribute with.
fn literals(attribute: &str) -> BTreeSet<String> {
    let policies: String = FILES.iter().map(|(_, text)| *text).collect();
    let mut found = BTreeSet::new();
    let compared = format!("resource.{attribute}");
    for part in policies.split(compared.as_str()).skip(1) {
        let rest = part.trim_start();
        if let Some(value) = rest.strip_prefix("==").or_else(|| rest.strip_prefix("!=")) {
            found.extend(
                value
                    .trim_start()
                    .strip_prefix('"')
                    .and_then(|v| v.split('"').next())
                    .map(str::to_owned),
            );
        }
    }
    let contained = format!(".contains(resource.{attribute})");
    let parts: Vec<&str> = policies.split(contained.as_str()).collect();
    for part in parts.iter().take(parts.len() - 1) {
        let list = part.strip_suffix(']').and_then(|part| part.rsplit('[').next());
        if let Some(list) = list {
            found.extend(list.split('"').skip(1).step_by(2).map(str::to_owned));
        }
    }
    found.retain(|value| !value.is_empty());
    found
}

/// Gives every state of a thing that the policies can tell apart, within reason.
fn states(entity: &Entity) -> Vec<State> {
    let mut all: Vec<State> = vec![State::new()];
    for (name, kind) in entity {
        let values: Vec<Attr> = match kind {
            Kind::Id => vec![Attr::Text(String::new())],
            Kind::Name(names) => names.iter().cloned().chain([String::new()]).map(Attr::Text).collect(),
            Kind::Bool => vec![Attr::Bool(true), Attr::Bool(false)],
            Kind::Long => vec![Attr::Long(0)],
            Kind::Set => vec![Attr::Set(Vec::new())],
        };
        if all.len() * values.len() > 64 {
            for state in &mut all {
                state.insert(name, values[0].clone());
            }
            continue;
        }
        all = all
            .into_iter()
            .flat_map(|state| {
                values.iter().map(move |value| {
                    let mut state = state.clone();
                    state.insert(name, value.clone());
                    state
                })
            })
            .collect();
    }
    all
}

fn person(role: Role, scope: GrantScope) -> Actor {
    let person = PersonId(PERSON);
    let grant = Grant {
        id: GrantId(Uuid::from_u128(9)),
        person,
        organisation: OrganisationId(ORGANISATION),
        role,
        scope,
        from: Timestamp(0),
        until: None,
    };
    Actor::Person(PersonActor {
        person,
        grants: vec![grant],
        under: None,
    })
}

/// Gives who asks, by the name of the column.
fn askers() -> Vec<(&'static str, Vec<Actor>)> {
    let signed_in = Actor::Person(PersonActor {
        person: PersonId(PERSON),
        grants: Vec::new(),
        under: None,
    });
    let mut all = vec![("nobody", vec![Actor::Nobody]), ("signed in", vec![signed_in])];
    let scopes = [
        GrantScope::Organisation,
        GrantScope::Programme(ProgrammeId(PROGRAMME)),
        GrantScope::Campaign(CampaignId(CAMPAIGN)),
    ];
    for role in Role::ALL {
        all.push((role.code(), scopes.iter().map(|scope| person(*role, *scope)).collect()));
    }
    let system = [
        SystemKind::Clock,
        SystemKind::Mailer,
        SystemKind::Sequencer,
        SystemKind::Installer,
    ];
    all.push(("system", system.into_iter().map(Actor::System).collect()));
    all
}

/// A thing described for the policies, in one of its states.
type State = BTreeMap<&'static str, Attr>;

/// Gives the identifier that a text attribute of this name would hold.
fn id_of(name: &str) -> Uuid {
    match name {
        _ if name.contains("campaign") => CAMPAIGN,
        _ if name.contains("programme") => PROGRAMME,
        "person" | "reporter" | "offered_to" | "tester" => PERSON,
        _ if name.ends_with("_by") || name.ends_with("_person") => PERSON,
        _ => ORGANISATION,
    }
}

/// Links the attributes of a thing that `wanted` names to the person who asks.
fn linked(entity: &Entity, state: &State, wanted: impl Fn(&str) -> bool) -> Attributes {
    let ids = [ORGANISATION, PERSON, CAMPAIGN, PROGRAMME];
    let mut state = state.clone();
    for (name, kind) in entity.iter().filter(|(name, _)| wanted(name)) {
        match kind {
            Kind::Set => {
                let post = format!("{CAMPAIGN}/{ORGANISATION}");
                let linked = ids.iter().map(ToString::to_string).chain([post]);
                state.insert(name, Attr::Set(linked.collect()));
            }
            Kind::Id => {
                state.insert(name, Attr::id(id_of(name)));
            }
            Kind::Name(_) | Kind::Bool | Kind::Long => {}
        }
    }
    state.into_iter().collect()
}

struct Question<'a> {
    policies: &'a Policies,
    action: &'a str,
    thing: &'a str,
    entity: &'a Entity,
}

impl Question<'_> {
    fn asks(&self, actor: &Actor, state: &State, wanted: impl Fn(&str) -> bool) -> bool {
        let attributes = linked(self.entity, state, wanted);
        self.policies
            .decide_on(actor, self.action, self.thing, Uuid::from_u128(8), attributes)
            .is_some()
    }

    /// Gives a cell: ✘, ✔ for any thing, or the links under which it is permitted.
    fn cell(&self, actors: &[Actor], states: &[State]) -> String {
        let single = |name: &str| self.entity[name] == Kind::Id;
        let everything: [&dyn Fn(&str) -> bool; 2] = [&|_| true, &single];
        let mut found: Vec<(&Actor, &State)> = Vec::new();
        for (actor, state) in actors
            .iter()
            .flat_map(|actor| states.iter().map(move |state| (actor, state)))
        {
            let alone = || {
                self.entity
                    .keys()
                    .any(|name| self.asks(actor, state, |other| other == *name))
            };
            if everything.iter().any(|wanted| self.asks(actor, state, wanted)) || alone() {
                found.push((actor, state));
            }
        }
        if found.is_empty() {
            return "✘".to_owned();
        }
        found.sort_by_key(|(actor, _)| actor.grants().first().map(|grant| grant.scope.parts().0));
        let asked: Vec<_> = found.iter().step_by(found.len().div_ceil(12)).copied().collect();
        let any = |wanted: &dyn Fn(&str) -> bool| asked.iter().any(|(actor, state)| self.asks(actor, state, wanted));
        if any(&|_| false) {
            return "✔".to_owned();
        }
        let alone: Vec<&str> = self
            .entity
            .keys()
            .copied()
            .filter(|name| any(&|other| other == *name))
            .collect();
        if !alone.is_empty() {
            return format!("✔ {}", alone.join(", "));
        }
        let needed: Vec<&str> = self
            .entity
            .keys()
            .copied()
            .filter(|name| !any(&|other| other != *name))
            .collect();
        if needed.is_empty() {
            "✔ several links".to_owned()
        } else {
            format!("✔ {}", needed.join(" + "))
        }
    }
}

fn table() -> String {
    let policies = Policies::built_in().unwrap();
    let entities = entities();
    let askers = askers();
    let mut text = "# Who may do what\n\nGenerated from the policies by `crates/authorization/tests/it/rights.rs`; do not edit.\n\n\
        ✘ never · ✔ on any such thing · ✔ *link*: when that attribute of the thing is the person, or their\n\
        organisation, campaign or programme, in at least one state of the thing. Roles that may do nothing are left out.\n"
        .to_owned();
    for (action, thing) in actions() {
        let entity = &entities[thing];
        let (policies, states) = (&policies, states(entity));
        let question = Question {
            policies,
            action,
            thing,
            entity,
        };
        let cells: Vec<(&str, String)> = askers
            .iter()
            .map(|(name, actors)| (*name, question.cell(actors, &states)))
            .collect();
        let lines: Vec<String> = cells
            .iter()
            .filter(|(_, cell)| cell != "✘")
            .map(|(name, cell)| format!("| {name} | {cell} |"))
            .collect();
        let _ = write!(text, "\n## {action} ({thing})\n\n");
        if lines.is_empty() {
            text.push_str("✘ for everybody.\n");
        } else if cells.iter().all(|(_, cell)| cell == "✔") {
            text.push_str("✔ for everybody.\n");
        } else {
            let _ = writeln!(text, "| who | permitted |\n| --- | --- |\n{}", lines.join("\n"));
        }
    }
    text
}

#[test]
fn the_table_of_rights_is_the_one_that_was_reviewed() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/security/rights.md");
    let table = table();
    if std::env::var_os("BEFFROI_REGENERATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &table).unwrap();
    }
    let reviewed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        reviewed == table,
        "rights changed: run with BEFFROI_REGENERATE=1 and review docs/security/rights.md"
    );
}
