//! From the TOML text to a recipe, field by field.

use super::problem::{RecipeProblem, RecipeProblemKind as Kind};
use super::reader::{Node, Reader, Section};
use super::units::{self, IMAGE, NAME};
use super::{Entry, Recipe, RecipeLimits, Resources, Service, User};
use super::{fields, health, validate};
use std::collections::BTreeMap;
use toml::de::DeTable;

/// The most bytes of a recipe; what is longer is no recipe.
const LONGEST: usize = 256 << 10;

pub(super) fn recipe(text: &str, limits: &RecipeLimits) -> Result<Recipe, Vec<RecipeProblem>> {
    let mut reader = Reader::new(text);
    if text.len() > LONGEST {
        reader.problem(1, "", Kind::TooLarge, "256 KiB");
        return Err(reader.into_problems());
    }
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let line = reader.line(error.span().map_or(0, |span| span.start));
            reader.problem(line, "", Kind::Syntax, error.message());
            return Err(reader.into_problems());
        }
    };
    let mut root = Section::root(table.get_ref());
    let version = root.must(&mut reader, "version", "\"1.2.3\"", short_text);
    let entry = root.must(&mut reader, "entry", "{ service = \"…\", port = 8080 }", entry);
    let services = root.must(&mut reader, "services", "[services.web]", |reader, node| {
        services(reader, node, entry.as_ref(), limits)
    });
    root.finish(&mut reader);
    let services = services.and_then(|services| validate::whole(&mut reader, services, entry.as_ref()));
    match (version, entry, services) {
        (Some(version), Some(entry), Some(services)) if reader.is_clean() => Ok(Recipe {
            version,
            entry,
            services,
        }),
        _ => Err(reader.into_problems()),
    }
}

/// Reads a text of one line that is not empty.
fn short_text(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<String> {
    let text = reader.text(node)?;
    if text.trim().is_empty() || text.len() > 100 || text.chars().any(char::is_control) {
        return reader.refuse(node, Kind::Malformed, "1 … 100");
    }
    Some(text)
}

fn entry(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Entry> {
    let mut section = reader.section(node)?;
    let service = section.must(reader, "service", "\"web\"", |reader, node| reader.text(node));
    let port = section.must(reader, "port", "1 … 65535", fields::port);
    let tls = section.or(reader, "tls", false, |reader, node| reader.boolean(node));
    section.finish(reader);
    Some(Entry {
        service: service?,
        port: port?,
        tls,
    })
}

/// Reads the services with the lines on which they begin.
fn services(
    reader: &mut Reader<'_>,
    node: &Node<'_>,
    entry: Option<&Entry>,
    limits: &RecipeLimits,
) -> Option<Vec<(usize, Service)>> {
    let written = reader.fields(node)?;
    if written.is_empty() {
        return reader.refuse(node, Kind::Missing, "[services.web]");
    }
    if written.len() > limits.services {
        return reader.refuse(node, Kind::TooLarge, &format!("1 … {}", limits.services));
    }
    let (mut read, mut whole) = (Vec::new(), true);
    for (name, node) in written {
        if !units::is_host_name(&name) || name.contains('.') {
            reader.problem(node.line, &node.path, Kind::Malformed, NAME);
            whole = false;
        }
        let port = entry.filter(|entry| entry.service == name).map(|entry| entry.port);
        match service(reader, &node, name, port, limits) {
            Some(service) => read.push((node.line, service)),
            None => whole = false,
        }
    }
    // What services say of each other is only checked where all could be read.
    whole.then_some(read)
}

fn service(
    reader: &mut Reader<'_>,
    node: &Node<'_>,
    name: String,
    entry: Option<u16>,
    limits: &RecipeLimits,
) -> Option<Service> {
    let mut section = reader.section(node)?;
    let image = section.must(reader, "image", IMAGE, fields::image);
    let health = match section.take(reader, "health") {
        Some(node) => health::read(reader, &node, entry, limits.start_up),
        None => Some(health::default(entry, limits.start_up)),
    };
    let service = Service {
        name,
        image: image?,
        health: health?,
        command: section.or(reader, "command", None, |reader, node| {
            fields::texts(reader, node).map(Some)
        }),
        environment: section.or(reader, "environment", BTreeMap::new(), fields::environment),
        user: section.or(reader, "user", User::default(), fields::user),
        read_only: section.or(reader, "read-only", true, |reader, node| reader.boolean(node)),
        root_size: section.or(reader, "root-size", limits.volume.min(1 << 30), |reader, node| {
            fields::capacity(reader, node, limits.volume)
        }),
        tmpfs: section.or(reader, "tmpfs", BTreeMap::new(), |reader, node| {
            fields::tmpfs(reader, node, limits.tmpfs)
        }),
        volumes: section.or(reader, "volumes", Vec::new(), |reader, node| {
            fields::volumes(reader, node, limits)
        }),
        aliases: section.or(reader, "aliases", Vec::new(), fields::aliases),
        after: section.or(reader, "after", Vec::new(), fields::texts),
        resources: section.or(reader, "resources", Resources::default(), |reader, node| {
            fields::resources(reader, node, &limits.resources)
        }),
    };
    section.finish(reader);
    Some(service)
}
