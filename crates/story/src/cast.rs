//! The cast: invented organisations and people, who come in as everybody does.

use crate::Teller;
use authorization::SystemKind;
use domain::ids::{OrganisationId, PersonId, SessionId};
use domain::organisation::OrganisationKind;
use domain::role::{GrantScope, Role};
use i18n::Lang;
use use_cases::organisation::AddOrganisation;
use use_cases::people::{Invite, NewPerson, take_up, visit};
use use_cases::{App, Context, Error, Outcome, Who, perform};

/// The password of everybody in the story; a demonstration listens on this machine only.
pub const PASSWORD: &str = "beffroi sonne clair";

/// Somebody of the story.
#[derive(Clone, Debug)]
pub struct Part {
    /// The person.
    pub person: PersonId,
    /// Their session during the story.
    pub session: SessionId,
    /// The token of that session.
    pub token: String,
    /// Their name.
    pub name: &'static str,
    /// The address they sign in with.
    pub email: String,
    /// What they do in the story, in French.
    pub what: String,
}

impl Part {
    /// Gives the context in which the person acts.
    #[must_use]
    pub fn context(&self, app: &App) -> Context {
        Context::of(app, Who::Person(self.person, self.session), "127.0.0.1")
    }
}

/// A commune of the story, with its people.
#[derive(Clone, Debug)]
pub struct Town {
    /// The organisation.
    pub id: OrganisationId,
    /// Its name.
    pub name: &'static str,
    /// Who answers for its security.
    pub officer: Part,
}

/// Everybody.
#[derive(Clone, Debug)]
pub struct Cast {
    /// The platform's administrator.
    pub administrator: Part,
    /// The métropole.
    pub metropole: OrganisationId,
    /// Its three organisers: what two people decide, a third may have to judge.
    pub organisers: Vec<Part>,
    /// The nine communes that apply.
    pub towns: Vec<Town>,
    /// Who signs for the first commune.
    pub mayor: Part,
    /// The vendor.
    pub vendor: OrganisationId,
    /// The vendor's contact.
    pub vendor_contact: Part,
    /// Who signs for the vendor as host of its test environment.
    pub vendor_signatory: Part,
    /// The school.
    pub school: OrganisationId,
    /// The school's supervisor.
    pub supervisor: Part,
    /// The operator.
    pub operator: OrganisationId,
    /// The operator's three verifiers.
    pub verifiers: Vec<Part>,
    /// The regional response team.
    pub observer_organisation: OrganisationId,
    /// Its observer.
    pub observer: Part,
}

impl Cast {
    /// Gives one sign-in per role, in the order of the story.
    #[must_use]
    pub fn sign_ins(&self) -> Vec<&Part> {
        let mut all = vec![&self.administrator];
        all.extend(&self.organisers[..1]);
        all.extend(self.towns.first().map(|town| &town.officer));
        all.extend([&self.mayor, &self.vendor_contact, &self.supervisor]);
        all.extend(&self.verifiers[..1]);
        all.push(&self.observer);
        all
    }
}

const TOWNS: [(&str, &str); 9] = [
    ("Valbrune-sur-Orvanne", "Awa Diallo"),
    ("Montferlin", "Thibault Garance"),
    ("Saint-Télian", "Nour Belhadj"),
    ("Courzelles-le-Pont", "Élodie Marchetti"),
    ("Hautebruyère", "Karim Lenoir"),
    ("Les Ormeraies", "Solène Duvivier"),
    ("Chantefloux", "Marc-Antoine Peyrol"),
    ("Vieilleroche", "Inès Carvalho"),
    ("Noiseval", "Gaspard Tessier"),
];

impl Teller<'_> {
    /// Brings everybody on stage.
    ///
    /// # Errors
    /// [`Error`] where an invitation is refused.
    pub async fn cast(&self) -> Outcome<Cast> {
        let service = self
            .organisation(OrganisationKind::Operator, "Service numérique mutualisé")
            .await?;
        let administrator = self
            .person(
                "Rose Delattre",
                Role::Administrator,
                service,
                "administre la plateforme",
            )
            .await?;
        let metropole = self
            .organisation(OrganisationKind::Epci, "Métropole de l’Orvanne")
            .await?;
        let mut organisers = Vec::new();
        for name in ["Claire Vasseur", "Denis Roumégoux", "Fatou Sarr"] {
            organisers.push(
                self.person(name, Role::Organiser, metropole, "organise le programme")
                    .await?,
            );
        }
        let mut towns = Vec::new();
        for (name, officer) in TOWNS {
            let id = self.organisation(OrganisationKind::Commune, name).await?;
            let what = format!("répond de la sécurité de {name}");
            let officer = self.person(officer, Role::SecurityOfficer, id, &what).await?;
            towns.push(Town { id, name, officer });
        }
        let first = crate::nth(&towns, 0)?.id;
        let mayor = self
            .person(
                "Hélène Castaing",
                Role::Signatory,
                first,
                "signe pour Valbrune-sur-Orvanne",
            )
            .await?;
        let vendor = self
            .organisation(OrganisationKind::Vendor, "Galandrin Logiciels")
            .await?;
        let vendor_contact = self
            .person("Julien Astruc", Role::VendorContact, vendor, "répond pour l’éditeur")
            .await?;
        let vendor_signatory = self
            .person(
                "Odile Ferrand",
                Role::Signatory,
                vendor,
                "signe pour l’éditeur, qui héberge le test",
            )
            .await?;
        let school = self
            .organisation(OrganisationKind::School, "École d’ingénieurs Ada-Bréguet")
            .await?;
        let supervisor = self
            .person(
                "Pauline Kerbrat",
                Role::SchoolSupervisor,
                school,
                "encadre les étudiants",
            )
            .await?;
        let operator = self
            .organisation(OrganisationKind::Operator, "Vigie Opérations")
            .await?;
        let mut verifiers = Vec::new();
        for name in ["Samir Ouadah", "Léonie Brackmann", "Yann Le Goff"] {
            verifiers.push(
                self.person(name, Role::Verifier, operator, "vérifie les signalements")
                    .await?,
            );
        }
        let team = self
            .organisation(OrganisationKind::StateAgency, "Centre de réponse de l’Orvanne")
            .await?;
        let observer = self
            .person("Agathe Morin", Role::SecurityOfficer, team, "observe sans rien changer")
            .await?;
        Ok(Cast {
            administrator,
            metropole,
            organisers,
            towns,
            mayor,
            vendor,
            vendor_contact,
            vendor_signatory,
            school,
            supervisor,
            operator,
            verifiers,
            observer_organisation: team,
            observer,
        })
    }

    fn nobody(&self) -> Context {
        Context::of(self.app, Who::Nobody, "127.0.0.1")
    }

    async fn part(&self, name: &'static str, what: &str, token: String) -> Outcome<Part> {
        let signed_in = visit(&self.nobody(), &token).await?.ok_or(Error::NotFound)?;
        Ok(Part {
            person: signed_in.person,
            session: signed_in.session,
            token,
            name,
            email: email(name),
            what: what.to_owned(),
        })
    }

    /// Adds an invented organisation.
    ///
    /// # Errors
    /// [`Error`] where the use case refuses.
    pub async fn organisation(&self, kind: OrganisationKind, name: &'static str) -> Outcome<OrganisationId> {
        let add = AddOrganisation {
            kind: Some(kind),
            name: name.to_owned(),
            siren: String::new(),
            insee: String::new(),
            fictional: true,
        };
        perform(&Context::system(self.app, SystemKind::Installer), add).await
    }

    /// Invites somebody to a role of an organisation and lets them take it up.
    ///
    /// # Errors
    /// [`Error`] where the invitation is refused.
    pub async fn person(
        &self,
        name: &'static str,
        role: Role,
        organisation: OrganisationId,
        what: &str,
    ) -> Outcome<Part> {
        let invite = Invite {
            organisation,
            role,
            scope: GrantScope::Organisation,
            label: String::new(),
            email: None,
        };
        let invited = perform(&Context::system(self.app, SystemKind::Installer), invite).await?;
        self.enter(name, &invited.token, what).await
    }

    /// Lets somebody new take an invitation up and gives their part.
    ///
    /// # Errors
    /// [`Error`] where the link does not hold.
    pub async fn enter(&self, name: &'static str, token: &str, what: &str) -> Outcome<Part> {
        let new = NewPerson {
            name: name.to_owned(),
            pseudonym: pseudonym(name),
            email: email(name),
            password: PASSWORD.to_owned(),
        };
        let session = take_up(&self.nobody(), token, Some(new), Lang::Fr, "Démonstration").await?;
        self.part(name, what, session.ok_or(Error::NotFound)?.0).await
    }
}

/// Makes an address of a name: `Awa Diallo` has `awa.diallo@demo.example`.
#[must_use]
pub fn email(name: &str) -> String {
    format!(
        "{}@demo.example",
        domain::organisation::name_sort(name).replace(' ', ".")
    )
}

/// Makes a pseudonym of a name: the first name and two letters.
fn pseudonym(name: &str) -> String {
    let folded = domain::organisation::name_sort(name);
    let mut parts = folded.split(' ');
    let first = parts.next().unwrap_or_default();
    let last: String = parts.next_back().unwrap_or_default().chars().take(2).collect();
    format!("{first}-{last}")
}
