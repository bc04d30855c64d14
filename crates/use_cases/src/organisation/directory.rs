//! The public directory of organisations.

use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::{OrganisationFilter, OrganisationRecord};
use crate::unit::Unit;
use authorization::action::ManageOrganisation;
use domain::ids::OrganisationId;
use domain::organisation::{Organisation, OrganisationKind, name_sort, name_words};

/// The most organisations of one page.
const PAGE: i64 = 50;

/// Lists the organisations of the directory.
#[derive(Clone, Debug, Default)]
pub struct ListDirectory {
    /// Only this kind.
    pub kind: Option<OrganisationKind>,
    /// Only those that belong to this one.
    pub within: Option<OrganisationId>,
    /// Only names in which each of these words begins a word.
    pub search: String,
    /// After this one, for the next page.
    pub after: Option<OrganisationId>,
}

/// A page of the directory.
#[derive(Clone, Debug)]
pub struct Directory {
    /// The organisations, in people's order.
    pub organisations: Vec<Organisation>,
    /// How many the filter lets through, counted up to [`crate::ports::COUNTED_TO`].
    pub total: i64,
    /// The last of the page, where others follow.
    pub next: Option<OrganisationId>,
    /// Whether the reader may add an organisation.
    pub may_add: bool,
}

impl UseCase for ListDirectory {
    type Output = Directory;

    async fn run(&self, unit: &mut Unit) -> Outcome<Directory> {
        let after = match self.after {
            Some(id) => unit
                .store
                .organisations(&[id])
                .await?
                .first()
                .map(|o| (name_sort(&o.name), id)),
            None => None,
        };
        let filter = OrganisationFilter {
            kinds: self.kind.into_iter().collect(),
            within: self.within,
            prefix: None,
            words: name_words(&self.search),
            after,
            limit: PAGE + 1,
        };
        let mut organisations = unit.store.list_organisations(&filter).await?;
        let most = usize::try_from(PAGE).unwrap_or_default();
        let more = organisations.len() > most;
        organisations.truncate(most);
        let may_add = organisations.first().is_some_and(|first| {
            unit.may::<ManageOrganisation, _>(&OrganisationRecord {
                organisation: first.clone(),
                administered_by: Vec::new(),
            })
        });
        Ok(Directory {
            total: unit.store.count_listed(&filter).await?,
            next: organisations.last().filter(|_| more).map(|o| o.id),
            may_add: may_add || super::platform::administers(unit),
            organisations,
        })
    }
}
