//! What must hold between the services of a recipe.

use super::problem::RecipeProblemKind as Kind;
use super::reader::Reader;
use super::{Entry, Service};
use std::collections::BTreeSet;

/// Checks what services say of each other and puts them in the order of their start.
pub(super) fn whole(
    reader: &mut Reader<'_>,
    services: Vec<(usize, Service)>,
    entry: Option<&Entry>,
) -> Option<Vec<Service>> {
    names(reader, &services);
    for (line, service) in &services {
        places(reader, *line, service);
    }
    let known: Vec<&str> = services.iter().map(|(_, service)| service.name.as_str()).collect();
    let list = known.join(", ");
    for (line, service) in &services {
        for name in service.after.iter().filter(|name| !known.contains(&name.as_str())) {
            let field = format!("services.{}.after.{name}", service.name);
            reader.problem(*line, &field, Kind::NoSuchService, &list);
        }
    }
    if entry.is_some_and(|entry| !known.contains(&entry.service.as_str())) {
        reader.problem(1, "entry.service", Kind::NoSuchService, &list);
    }
    if !reader.is_clean() {
        return None;
    }
    in_order(reader, services)
}

/// Checks that every host name of the private network belongs to one service.
fn names(reader: &mut Reader<'_>, services: &[(usize, Service)]) {
    let mut taken: BTreeSet<&str> = services.iter().map(|(_, service)| service.name.as_str()).collect();
    for (line, service) in services {
        for alias in &service.aliases {
            if !taken.insert(alias) {
                let field = format!("services.{}.aliases.{alias}", service.name);
                reader.problem(*line, &field, Kind::Duplicate, "");
            }
        }
    }
}

/// Checks that no folder lies within another and that names of volumes are different.
fn places(reader: &mut Reader<'_>, line: usize, service: &Service) {
    let volumes = service.volumes.iter().map(|volume| volume.at.as_str());
    let places: Vec<&str> = service.tmpfs.keys().map(String::as_str).chain(volumes).collect();
    for (index, place) in places.iter().enumerate() {
        let within = |other: &&str| {
            let rest = place.strip_prefix(*other);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let others = places.iter().enumerate().filter(|(other, _)| *other != index);
        if others.map(|(_, other)| other).any(within) {
            let field = format!("services.{}.{place}", service.name);
            reader.problem(line, &field, Kind::Duplicate, "");
        }
    }
    let mut taken = BTreeSet::new();
    for volume in service.volumes.iter().filter(|volume| !taken.insert(&volume.name)) {
        let field = format!("services.{}.volumes.{}", service.name, volume.name);
        reader.problem(line, &field, Kind::Duplicate, "");
    }
}

/// Puts services behind those that they wait for; names decide among equals.
fn in_order(reader: &mut Reader<'_>, mut waiting: Vec<(usize, Service)>) -> Option<Vec<Service>> {
    waiting.sort_by(|a, b| a.1.name.cmp(&b.1.name));
    let mut ordered: Vec<Service> = Vec::new();
    while !waiting.is_empty() {
        let started = |name: &String| ordered.iter().any(|service| service.name == *name);
        let next = waiting
            .iter()
            .position(|(_, service)| service.after.iter().all(started));
        let Some(next) = next else {
            let names: Vec<&str> = waiting.iter().map(|(_, service)| service.name.as_str()).collect();
            let (line, first) = &waiting[0];
            let field = format!("services.{}.after", first.name);
            reader.problem(*line, &field, Kind::Cycle, &names.join(" → "));
            return None;
        };
        ordered.push(waiting.remove(next).1);
    }
    Some(ordered)
}
