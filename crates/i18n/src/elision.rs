//! French elision: « d’éditeur » but « de signataire ».

/// Starts of words whose h is aspirated, among those that names of organisations and people begin with.
const ASPIRATED: &[&str] = &[
    "haut", "havre", "haye", "halle", "hameau", "hangar", "hong", "holl", "hun",
];

/// Writes « de » before a word or a name, elided where French does so.
#[must_use]
pub fn de(name: &str) -> String {
    if is_elided(name) {
        format!("d’{name}")
    } else {
        format!("de {name}")
    }
}

fn is_elided(name: &str) -> bool {
    let name = name.trim_start().to_lowercase();
    match name.chars().next() {
        Some('a' | 'e' | 'i' | 'o' | 'u' | 'à' | 'â' | 'é' | 'è' | 'ê' | 'ë' | 'î' | 'ï' | 'ô' | 'œ' | 'ù' | 'û') => {
            true
        }
        Some('h') => !ASPIRATED.iter().any(|start| name.starts_with(start)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn de_is_elided_before_a_vowel_and_a_mute_h() {
        for (name, written) in [
            ("éditeur", "d’éditeur"),
            ("hébergeur", "d’hébergeur"),
            ("titulaire du système", "de titulaire du système"),
            ("Antony", "d’Antony"),
            ("Hauts-de-Seine", "de Hauts-de-Seine"),
            ("Île-Saint-Denis", "d’Île-Saint-Denis"),
            ("Yerres", "de Yerres"),
            ("", "de "),
        ] {
            assert_eq!(de(name), written);
        }
    }
}
