//! The form that a call starts with: that of a pedagogical bug bounty between communes.

use domain::form::{Field, FieldKind, Form, Label, Section};

fn label(fr: &str, en: &str) -> Label {
    Label {
        fr: fr.to_owned(),
        en: en.to_owned(),
    }
}

fn field(key: &str, fr: &str, en: &str, kind: FieldKind, required: bool) -> Field {
    Field {
        key: key.to_owned(),
        label: label(fr, en),
        kind,
        required,
        max_len: None,
    }
}

fn section(key: &str, fr: &str, en: &str, fields: Vec<Field>) -> Section {
    Section {
        key: key.to_owned(),
        label: label(fr, en),
        fields,
    }
}

/// Gives the form that a new call starts with.
#[must_use]
pub fn default_form() -> Form {
    use FieldKind::{Commitment, Email, LongText, Phone, Text};
    let commune = vec![
        field(
            "commune_adresse",
            "Adresse de la mairie",
            "Address of the town hall",
            Text,
            true,
        ),
        field(
            "commune_service",
            "Service qui porte la candidature",
            "Department in charge of the candidacy",
            Text,
            true,
        ),
    ];
    let elu = vec![
        field(
            "elu_nom",
            "Nom et prénom de l’élu référent",
            "Name of the elected representative in charge",
            Text,
            true,
        ),
        field(
            "elu_fonction",
            "Fonction de l’élu référent",
            "Their function",
            Text,
            true,
        ),
        field(
            "elu_courriel",
            "Adresse électronique de l’élu référent",
            "Their e-mail address",
            Email,
            true,
        ),
    ];
    let technique = vec![
        field(
            "technique_nom",
            "Nom et prénom du référent technique (DSI ou RSSI)",
            "Name of the technical contact (CIO or CISO)",
            Text,
            true,
        ),
        field(
            "technique_fonction",
            "Fonction du référent technique",
            "Their function",
            Text,
            true,
        ),
        field(
            "technique_courriel",
            "Adresse électronique du référent technique",
            "Their e-mail address",
            Email,
            true,
        ),
        field(
            "technique_telephone",
            "Téléphone du référent technique",
            "Their telephone",
            Phone,
            true,
        ),
    ];
    let engagements = vec![
        field(
            "engagement_test",
            "La commune s’engage à mettre à disposition une version de test de l’application, hors production",
            "The commune commits to provide a test version of the application, away from production",
            Commitment,
            true,
        ),
        field(
            "engagement_referent",
            "La commune s’engage à désigner un référent disponible pendant toute la campagne",
            "The commune commits to name a contact available throughout the campaign",
            Commitment,
            true,
        ),
        field(
            "engagement_editeur",
            "La commune s’engage à associer l’éditeur de l’application",
            "The commune commits to involve the application’s vendor",
            Commitment,
            true,
        ),
        field(
            "engagement_pedagogique",
            "La commune a pris connaissance que l’opération est pédagogique et ne constitue pas un audit",
            "The commune knows that the operation is educational and is not an audit",
            Commitment,
            true,
        ),
    ];
    let motivations = vec![
        field(
            "motivations",
            "Pourquoi la commune souhaite participer",
            "Why the commune wishes to take part",
            LongText,
            true,
        ),
        field(
            "attentes",
            "Ce que la commune attend de la campagne",
            "What the commune expects of the campaign",
            LongText,
            false,
        ),
        field(
            "contraintes",
            "Périodes ou contraintes à connaître",
            "Periods or constraints to know of",
            LongText,
            false,
        ),
    ];
    Form {
        sections: vec![
            section("commune", "La commune", "The commune", commune),
            section("elu", "L’élu référent", "The elected representative", elu),
            section("technique", "Le référent technique", "The technical contact", technique),
            section("engagements", "Les engagements", "Commitments", engagements),
            section("motivations", "Les motivations", "Motivations", motivations),
        ],
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_first_form_is_sound() {
        assert!(super::default_form().is_sound());
    }
}
