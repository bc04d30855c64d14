//! Who plays: invented people of invented organisations.

/// The password of everybody.
pub const PASSWORD: &str = "beffroi sonne clair";

/// Somebody of the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Someone {
    /// Their name.
    pub name: &'static str,
    /// What they type to sign in.
    pub sign_in: &'static str,
    /// Their pseudonym.
    pub pseudonym: &'static str,
}

const fn someone(name: &'static str, sign_in: &'static str, pseudonym: &'static str) -> Someone {
    Someone {
        name,
        sign_in,
        pseudonym,
    }
}

pub const ADMINISTRATOR: Someone = someone("Rose Delattre", "rose.delattre@example.org", "rose-de");
pub const ORGANISER: Someone = someone("Claire Vasseur", "claire.vasseur@example.org", "claire-va");
pub const SECOND_ORGANISER: Someone = someone("Denis Roumégoux", "denis.roumegoux@example.org", "denis-ro");
pub const VALBRUNE_OFFICER: Someone = someone("Awa Diallo", "awa.diallo@example.org", "awa-di");
pub const VALBRUNE_MAYOR: Someone = someone("Hélène Castaing", "helene.castaing@example.org", "helene-ca");
pub const MONTFERLIN_OFFICER: Someone = someone("Thibault Garance", "thibault.garance@example.org", "thibault-ga");
pub const TELIAN_OFFICER: Someone = someone("Nour Belhadj", "nour.belhadj@example.org", "nour-be");
pub const VENDOR_CONTACT: Someone = someone("Julien Astruc", "julien.astruc@example.org", "julien-as");
pub const VENDOR_SIGNATORY: Someone = someone("Odile Ferrand", "odile.ferrand@example.org", "odile-fe");
pub const SUPERVISOR: Someone = someone("Pauline Kerbrat", "pauline.kerbrat@example.org", "pauline-ke");
pub const VERIFIER: Someone = someone("Samir Ouadah", "samir.ouadah@example.org", "samir-ou");
pub const SECOND_VERIFIER: Someone = someone("Léonie Brackmann", "leonie.brackmann@example.org", "leonie-br");
pub const STUDENT: Someone = someone("Lina Okafor", "lina-ok", "lina-ok");

pub const METROPOLE: &str = "Métropole de l’Orvanne";
pub const VALBRUNE: &str = "Valbrune-sur-Orvanne";
pub const MONTFERLIN: &str = "Montferlin";
pub const TELIAN: &str = "Saint-Télian";
pub const VENDOR: &str = "Galandrin Logiciels";
pub const SCHOOL: &str = "École d’ingénieurs Ada-Bréguet";
pub const OPERATOR: &str = "Vigie Opérations";
pub const PRODUCT: &str = "Guichet Clairval";
