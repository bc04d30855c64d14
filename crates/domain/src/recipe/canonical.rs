//! The bytes that name a recipe for ever; a change here changes every fingerprint.

use super::{Recipe, Service};

/// Writes fields one after the other; each value carries its length, so that none can imitate a field.
struct Canonical(Vec<u8>);

impl Canonical {
    fn field(&mut self, name: &str, value: &str) {
        self.0
            .extend_from_slice(format!("{name} {}:{value}\n", value.len()).as_bytes());
    }
}

pub(super) fn recipe(recipe: &Recipe, hash: &dyn Fn(&[u8]) -> [u8; 32]) -> Vec<u8> {
    let mut out = Canonical(b"beffroi recipe 1\n".to_vec());
    out.field("version", &recipe.version);
    out.field("entry", &recipe.entry.service);
    out.field("port", &recipe.entry.port.to_string());
    out.field("tls", if recipe.entry.tls { "yes" } else { "no" });
    let mut services: Vec<&Service> = recipe.services.iter().collect();
    services.sort_by(|a, b| a.name.cmp(&b.name));
    for one in services {
        service(&mut out, one, hash);
    }
    out.0
}

fn service(out: &mut Canonical, service: &Service, hash: &dyn Fn(&[u8]) -> [u8; 32]) {
    out.field("service", &service.name);
    out.field("image", &service.image.to_string());
    if let Some(command) = &service.command {
        out.field("command", &command.len().to_string());
        command.iter().for_each(|one| out.field("argument", one));
    }
    for (name, value) in &service.environment {
        out.field("variable", name);
        out.field("hash", &hex(&hash(value.expose().as_bytes())));
    }
    out.field("user", &service.user.to_string());
    out.field("read-only", if service.read_only { "yes" } else { "no" });
    if !service.read_only {
        out.field("root-size", &service.root_size.to_string());
    }
    for (place, size) in &service.tmpfs {
        out.field("tmpfs", place);
        out.field("size", &size.to_string());
    }
    let mut volumes: Vec<_> = service.volumes.iter().collect();
    volumes.sort_by(|a, b| a.name.cmp(&b.name));
    for volume in volumes {
        out.field("volume", &volume.name);
        out.field("at", &volume.at);
        out.field("seed", volume.seed.as_ref().map_or("", |seed| seed.as_str()));
        out.field("size", &volume.size.to_string());
    }
    let mut aliases: Vec<&String> = service.aliases.iter().collect();
    aliases.sort();
    aliases.iter().for_each(|alias| out.field("alias", alias));
    out.field("memory", &service.resources.memory.to_string());
    out.field("cpu", &service.resources.cpu.to_string());
    out.field("processes", &service.resources.processes.to_string());
}

/// Writes bytes as lowercase hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        text.push_str(&format!("{byte:02x}"));
        text
    })
}
