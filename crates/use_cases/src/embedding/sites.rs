//! Which sites may frame a programme's results.

use super::found;
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::programme::record;
use crate::unit::Unit;
use authorization::action::ManageEmbedding;
use domain::embedding::site_origin;
use serde_json::json;
use std::collections::BTreeSet;

/// Says which sites may frame a programme's results; those that are left out may no longer.
#[derive(Clone, Debug)]
pub struct SaveSites {
    /// The programme's address.
    pub slug: String,
    /// The origins, a line each.
    pub sites: String,
    /// The origins that their form was shown with.
    pub shown: String,
}

impl SaveSites {
    fn read(&self, most: usize) -> Outcome<BTreeSet<String>> {
        let mut fields = Fields::new();
        let mut sites = BTreeSet::new();
        for line in self.sites.lines().map(str::trim).filter(|line| !line.is_empty()) {
            match site_origin(line) {
                Some(site) => {
                    sites.insert(site);
                }
                None => fields.add_detail("sites", "embedding-error-site", Some(line.chars().take(80).collect())),
            }
        }
        if sites.len() > most {
            fields.add_detail("sites", "embedding-error-sites-too-many", Some(most.to_string()));
        }
        fields.done()?;
        Ok(sites)
    }
}

impl UseCase for SaveSites {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let found = found(unit, &self.slug).await?;
        let proof = unit.permit::<ManageEmbedding, _>(found)?;
        let acting = proof.acting().clone();
        let programme = proof.id;
        unit.store.programme_for_change(programme, unit.now).await?;
        let sites = self.read(unit.app.settings.limits.embedding_sites)?;
        let before: BTreeSet<String> = unit.store.embedding_sites(programme).await?.into_iter().collect();
        let shown: BTreeSet<String> = self.shown.split_whitespace().map(str::to_owned).collect();
        if shown != before {
            return Err(Error::Stale);
        }
        if sites == before {
            return Ok(());
        }
        let by = acting.person().ok_or(Error::SignInFirst)?;
        for site in before.difference(&sites) {
            unit.store.end_embedding_site(programme, site, unit.now).await?;
        }
        for site in sites.difference(&before) {
            let id = unit.fresh_id();
            unit.store
                .insert_embedding_site(id, programme, site, by, unit.now)
                .await?;
        }
        let body = json!({"count": sites.len(), "sites": sites});
        record(unit, &acting, programme, "programme.embedding_sites_changed", body).await
    }
}
