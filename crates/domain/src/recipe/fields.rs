//! The fields of a service, one reader each.

use super::problem::RecipeProblemKind as Kind;
use super::reader::{Node, Reader};
use super::units::{self, IMAGE, NAME, PLACE, SIZE, USER};
use super::{Digest, ImageRef, RecipeLimits, Resources, Secret, User, Volume};
use std::collections::BTreeMap;

/// The most bytes of an argument or of a value of the environment.
const LONG: usize = 4096;
/// The least memory that engines accept for a container.
const LEAST_MEMORY: u64 = 6 << 20;
/// The least writable folder: one page of memory.
const LEAST_SIZE: u64 = 4 << 10;

pub(super) fn image(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<ImageRef> {
    let text = reader.text(node)?;
    match units::image(&text) {
        Some(image) => Some(image),
        None if units::is_tagged(&text) => reader.refuse(node, Kind::Tag, IMAGE),
        None => reader.refuse(node, Kind::Malformed, IMAGE),
    }
}

/// Reads a list of texts that a program can be given.
pub(super) fn texts(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let mut read = Vec::new();
    for item in reader.list(node)? {
        let text = reader.text(&item)?;
        if text.len() > LONG || text.contains('\0') {
            return reader.refuse(&item, Kind::Malformed, "0 … 4096");
        }
        read.push(text);
    }
    Some(read)
}

pub(super) fn environment(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<BTreeMap<String, Secret>> {
    let mut read = BTreeMap::new();
    for (name, node) in reader.fields(node)? {
        if !units::is_variable(&name) {
            reader.problem(node.line, &node.path, Kind::Malformed, "A-Z, a-z, 0-9, _");
        }
        let Some(text) = reader.text(&node) else { continue };
        if text.len() > LONG || text.contains('\0') {
            reader.problem(node.line, &node.path, Kind::Malformed, "0 … 4096");
        }
        read.insert(name, Secret::new(text));
    }
    Some(read)
}

pub(super) fn user(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<User> {
    let text = reader.text(node)?;
    match units::user(&text) {
        Some(user) if user.user == 0 || user.group == 0 => reader.refuse(node, Kind::Root, USER),
        Some(user) => Some(user),
        None => reader.refuse(node, Kind::Malformed, USER),
    }
}

fn place(reader: &mut Reader<'_>, node: &Node<'_>, text: &str) {
    if !units::is_place(text) {
        reader.problem(node.line, &node.path, Kind::Malformed, PLACE);
    } else if units::is_reserved(text) {
        reader.problem(node.line, &node.path, Kind::Reserved, PLACE);
    }
}

/// Reads a size between two bounds in bytes.
fn size(reader: &mut Reader<'_>, node: &Node<'_>, least: u64, most: u64) -> Option<u64> {
    let text = reader.text(node)?;
    match units::size(&text) {
        Some(size) if size < least => reader.refuse(node, Kind::TooSmall, &format!("{} KiB", least >> 10)),
        Some(size) if size > most => reader.refuse(node, Kind::TooLarge, &format!("{} KiB", most >> 10)),
        Some(size) => Some(size),
        None => reader.refuse(node, Kind::Malformed, SIZE),
    }
}

/// Reads the size of what may be written.
pub(super) fn capacity(reader: &mut Reader<'_>, node: &Node<'_>, most: u64) -> Option<u64> {
    size(reader, node, LEAST_SIZE, most)
}

pub(super) fn tmpfs(reader: &mut Reader<'_>, node: &Node<'_>, most: u64) -> Option<BTreeMap<String, u64>> {
    let mut read = BTreeMap::new();
    for (folder, node) in reader.fields(node)? {
        place(reader, &node, &folder);
        if let Some(size) = size(reader, &node, LEAST_SIZE, most) {
            read.insert(folder, size);
        }
    }
    if read.values().fold(0, |sum: u64, size| sum.saturating_add(*size)) > most {
        reader.problem(node.line, &node.path, Kind::TooLarge, &format!("{} KiB", most >> 10));
    }
    Some(read)
}

pub(super) fn volumes(reader: &mut Reader<'_>, node: &Node<'_>, limits: &RecipeLimits) -> Option<Vec<Volume>> {
    let items = reader.list(node)?;
    Some(items.iter().filter_map(|node| volume(reader, node, limits)).collect())
}

fn volume(reader: &mut Reader<'_>, node: &Node<'_>, limits: &RecipeLimits) -> Option<Volume> {
    let most = limits.volume;
    let mut section = reader.section(node)?;
    let name = section.must(reader, "name", NAME, name);
    let at = section.must(reader, "at", PLACE, |reader, node| {
        let text = reader.text(node)?;
        place(reader, node, &text);
        Some(text)
    });
    let seed = section.or(reader, "seed", None, |reader, node| {
        seed(reader, node, limits.seeds.as_ref()).map(Some)
    });
    let size = section.or(reader, "size", most.min(1 << 30), |reader, node| {
        capacity(reader, node, most)
    });
    section.finish(reader);
    let holds = seed.as_ref().and_then(|seed| limits.seeds.as_ref()?.get(seed));
    if let Some(holds) = holds.filter(|holds| **holds > size) {
        let (field, least) = (format!("{}.size", node.path), holds.div_ceil(1 << 20));
        reader.problem(node.line, &field, Kind::TooSmall, &format!("\"{least} MiB\" …"));
    }
    Some(Volume {
        name: name?,
        at: at?,
        seed,
        size,
    })
}

/// Reads the digest of an archive; where it is known which there are, it is one of them.
fn seed(reader: &mut Reader<'_>, node: &Node<'_>, known: Option<&BTreeMap<Digest, u64>>) -> Option<Digest> {
    let Some(digest) = Digest::parse(&reader.text(node)?) else {
        return reader.refuse(node, Kind::Malformed, "\"sha256:…\"");
    };
    match known {
        Some(known) if !known.contains_key(&digest) => {
            let there: Vec<String> = known.keys().map(|digest| format!("\"{digest}\"")).collect();
            let expected = if there.is_empty() {
                "–".to_owned()
            } else {
                there.join(", ")
            };
            reader.refuse(node, Kind::NoSuchSeed, &expected)
        }
        _ => Some(digest),
    }
}

fn name(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<String> {
    match reader.text(node)? {
        text if units::is_name(&text) => Some(text),
        _ => reader.refuse(node, Kind::Malformed, NAME),
    }
}

pub(super) fn aliases(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Vec<String>> {
    let mut read = Vec::new();
    for item in reader.list(node)? {
        match reader.text(&item) {
            Some(text) if units::is_host_name(&text) => read.push(text),
            Some(_) => reader.problem(item.line, &item.path, Kind::Malformed, NAME),
            None => (),
        }
    }
    Some(read)
}

pub(super) fn resources(reader: &mut Reader<'_>, node: &Node<'_>, most: &Resources) -> Option<Resources> {
    let usual = Resources::default();
    let mut section = reader.section(node)?;
    let memory = section.or(reader, "memory", usual.memory.min(most.memory), |reader, node| {
        size(reader, node, LEAST_MEMORY, most.memory)
    });
    let cpu = section.or(reader, "cpu", usual.cpu.min(most.cpu), |reader, node| {
        cpu(reader, node, most.cpu)
    });
    let processes = section.or(
        reader,
        "processes",
        usual.processes.min(most.processes),
        |reader, node| {
            let number = reader.whole(node, 1, u64::from(most.processes))?;
            u32::try_from(number).ok()
        },
    );
    section.finish(reader);
    Some(Resources { memory, cpu, processes })
}

/// Reads a number of cores, in thousandths.
fn cpu(reader: &mut Reader<'_>, node: &Node<'_>, most: u32) -> Option<u32> {
    let (integer, float) = (node.value.as_integer(), node.value.as_float());
    let text = integer.map(|n| n.as_str()).or(float.map(|n| n.as_str()));
    let Some(cores) = text.and_then(|text| text.parse::<f64>().ok()) else {
        return reader.refuse(node, Kind::WrongType, "0.5, 1, 1.5 …");
    };
    let bounds = format!("0.01 … {}", f64::from(most) / 1000.0);
    let thousandths = (cores * 1000.0).round();
    if thousandths.is_nan() || thousandths < 10.0 {
        return reader.refuse(node, Kind::TooSmall, &bounds);
    }
    if thousandths > f64::from(most) {
        return reader.refuse(node, Kind::TooLarge, &bounds);
    }
    // It lies between 10 and a u32: nothing is cut.
    Some(thousandths as u32)
}

pub(super) fn port(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<u16> {
    let number = reader.whole(node, 1, u64::from(u16::MAX))?;
    u16::try_from(number).ok()
}
