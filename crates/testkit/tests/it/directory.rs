//! The national list comes into the directory, and a later one changes only what changed.

use authorization::SystemKind;
use domain::Date;
use domain::directory::LeftAlone;
use domain::organisation::{Organisation, OrganisationKind, name_words};
use domain::role::Role;
use testkit::{TestApp, each_engine};
use use_cases::directory::{
    Expected, Imported, ListFile, NationalList, Progress, Refused, Tally, Told, ToldKind, built_in, built_in_day,
    import_directory,
};
use use_cases::organisation::{
    AddOrganisation, Among, PickOrganisation, Picked, SeedDirectory, Seeded, SuggestOrganisations, ViewOrganisation,
};
use use_cases::ports::{Clock, OrganisationFilter};
use use_cases::{Error, perform, read};

const REGIONS: &str = "niveau,code,nom,chef_lieu,region,zone\nregion,11,Île-de-France,75056,,metro\n\
    region,987,Polynésie française,98735,,com\ndepartement,77,Seine-et-Marne,77288,11,metro\n\
    departement,92,Hauts-de-Seine,92050,11,metro\ndepartement,987,Polynésie française,98735,987,com\n";
const GROUPINGS: &str = "siren,nom,type\n200057958,CA Paris - Vallée de la Marne,CA\n247700701,CC Plaines et Monts de France,CC\n\
    200054781,Métropole du Grand Paris,METRO\n200057982,Paris Ouest La Défense,EPT\n";
const COMMUNES: &str = "code_insee,nom,siren,departement,region,epci_siren\n77108,Chelles,217701085,77,11,200057958\n\
    77294,Mitry-Mory,217702943,77,11,247700701\n77462,Thieux,217704626,77,11,247700701\n\
    92050,Nanterre,219200508,92,11,200054781\n98735,Papeete,,987,987,\n";
const TERRITORIES: &str = "code_insee,epci_siren,ept_siren\n92050,200054781,200057982\n";
const MOVEMENTS: &str = "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP\n32,2027-01-01,COM,77462,COM,77294\n";

fn list(texts: &[&str]) -> NationalList {
    let file = |text: &&str| ListFile {
        name: "liste.csv".to_owned(),
        text: (*text).to_owned(),
    };
    let files: Vec<_> = texts.iter().map(file).collect();
    NationalList::read(&files, built_in_day(), 200, 50_000)
}

async fn import(app: &TestApp, texts: &[&str], dry: bool) -> Imported {
    let installer = app.system(SystemKind::Installer);
    import_directory(&installer, list(texts), dry, &|_| {})
        .await
        .unwrap()
        .unwrap()
}

/// Leaves of a list of communes those of Île-de-France; other lists stay whole.
fn around_paris(text: &str) -> String {
    let far = |line: &&str| {
        line.split(',')
            .nth(4)
            .is_some_and(|region| region != "11" && region != "region")
    };
    if text.starts_with("code_insee,nom,siren,departement,region") {
        text.lines()
            .filter(|line| !far(line))
            .fold(String::new(), |all, line| all + line + "\n")
    } else {
        text.to_owned()
    }
}

/// Gives the files of a year in which a commune was renamed, one merged and their community taken in.
fn next_year() -> (String, String) {
    let groupings = GROUPINGS.replace("247700701,CC Plaines et Monts de France,CC\n", "");
    let communes = COMMUNES
        .replace(
            "77294,Mitry-Mory,217702943,77,11,247700701",
            "77294,Mitry-l'Union,200100006,77,11,200057958",
        )
        .replace("77462,Thieux,217704626,77,11,247700701\n", "");
    (groupings, communes)
}

/// Imports a list and the one of the next year.
pub async fn import_twice(app: &TestApp) {
    import(app, &[REGIONS, GROUPINGS, COMMUNES, TERRITORIES], false).await;
    let (groupings, communes) = next_year();
    import(app, &[REGIONS, &groupings, &communes, TERRITORIES, MOVEMENTS], false).await;
}

async fn by_siren(app: &TestApp, siren: &str) -> Organisation {
    let mut session = app.store.snapshot().await.unwrap();
    session.organisation_by_siren(siren).await.unwrap().unwrap()
}

/// Gives the names of what an organisation belongs to.
async fn within(app: &TestApp, siren: &str) -> Vec<String> {
    let id = by_siren(app, siren).await.id;
    let mut session = app.store.snapshot().await.unwrap();
    let within = session.affiliations_of(id, app.clock.now()).await.unwrap();
    within.into_iter().map(|(one, _)| one.name).collect()
}

/// Gives the names that a search of the directory finds.
async fn searched(app: &TestApp, words: &str) -> Vec<String> {
    let filter = OrganisationFilter {
        words: name_words(words),
        limit: 50,
        ..OrganisationFilter::default()
    };
    let mut session = app.store.snapshot().await.unwrap();
    let found = session.list_organisations(&filter).await.unwrap();
    found.into_iter().map(|one| one.name).collect()
}

each_engine! {
    async fn a_list_comes_once_and_a_later_one_changes_what_changed(app: TestApp) {
        let app = app.with_settings(|settings| settings.limits.directory_chunk = 2);
        let files = [REGIONS, GROUPINGS, COMMUNES, TERRITORIES];
        let dry = import(&app, &files, true).await;
        assert_eq!(app.store.snapshot().await.unwrap().count_organisations().await.unwrap(), 0, "a dry run adds nothing");
        let first = import(&app, &files, false).await;
        // Four départements and régions of which one is both, four groupings, five communes.
        let expected = Tally { added: 13, affiliations: 2 + 1 + 2 * 3 + 3 + 1, ..Tally::default() };
        assert_eq!((first.tally, dry.tally), (expected, expected));
        let again = import(&app, &files, false).await;
        assert_eq!((again.tally, again.told.len()), (Tally { same: 13, ..Tally::default() }, 0));
        assert_eq!(
            within(&app, "219200508").await,
            ["Hauts-de-Seine", "Métropole du Grand Paris", "Paris Ouest La Défense"]
        );
        assert_eq!(within(&app, "200057982").await, ["Métropole du Grand Paris"]);

        // Mitry-Mory is renamed, Thieux merged into it, and their community was taken in by another.
        let mitry = by_siren(&app, "217702943").await;
        let thieux = by_siren(&app, "217704626").await;
        let rssi = app.person("Ada Noël", Role::SecurityOfficer, thieux.id).await;
        let (groupings, communes) = next_year();
        let files = [REGIONS, &groupings, &communes, TERRITORIES, MOVEMENTS];
        let dry = import(&app, &files, true).await;
        let second = import(&app, &files, false).await;
        assert_eq!((dry.tally, dry.told.len()), (second.tally, second.told.len()));
        let expected = Tally { corrected: 1, ended: 2, same: 10, affiliations: 1, affiliations_ended: 3, ..Tally::default() };
        assert_eq!(second.tally, expected);
        let told = |kind, name: &str, other: &str, peopled| Told { kind, name: name.to_owned(), other: other.to_owned(), peopled };
        let mut all = second.told;
        all.sort_by(|a, b| a.name.cmp(&b.name));
        assert_eq!(all, [
            told(ToldKind::Ended, "Communauté de communes Plaines et Monts de France", "Communauté d’agglomération Paris - Vallée de la Marne", false),
            told(ToldKind::Renamed, "Mitry-Mory", "Mitry-l’Union", false),
            told(ToldKind::Ended, "Thieux", "Mitry-l’Union", true),
        ]);
        let renamed = by_siren(&app, "200100006").await;
        assert_eq!((renamed.id, renamed.insee.as_deref()), (mitry.id, Some("77294")));
        assert_eq!(searched(&app, "mitry").await, ["Mitry-l’Union"]);
        assert_eq!(searched(&app, "thieux").await, Vec::<String>::new(), "what is no more is chosen nowhere");
        let gone = by_siren(&app, "217704626").await;
        assert_eq!((gone.successor, gone.ended.is_some()), (Some(mitry.id), true));
        assert_eq!(within(&app, "217704626").await, Vec::<String>::new());
        let sheet = read(&rssi.context(&app), ViewOrganisation(thieux.id)).await;
        assert_eq!(sheet.unwrap().successor.unwrap().id, mitry.id);
        let again = import(&app, &files, false).await;
        assert_eq!(again.tally, Tally { same: 11, ..Tally::default() });

        // A commune that is restored is the same organisation as before.
        let files = [REGIONS, GROUPINGS, COMMUNES, TERRITORIES];
        import(&app, &files, false).await;
        let back = by_siren(&app, "217704626").await;
        assert_eq!((back.id, back.successor, back.ended), (thieux.id, None, None));
        app.settle().await;
    }

    async fn an_import_that_stopped_goes_on_and_knows_who_took_a_grouping_over(app: TestApp) {
        let app = app.with_settings(|settings| settings.limits.directory_chunk = 2);
        import(&app, &[REGIONS, GROUPINGS, COMMUNES, TERRITORIES], false).await;
        let (groupings, communes) = next_year();
        let files = [REGIONS, groupings.as_str(), communes.as_str(), TERRITORIES, MOVEMENTS];
        let installer = app.system(SystemKind::Installer);
        let listed = list(&files);
        let of = listed.len();
        let stopped = app.tasks.spawn(async move {
            let tell = |progress: Progress| assert!(progress.done + 2 < of, "the machine stops here");
            import_directory(&installer, listed, false, &tell).await
        });
        assert!(stopped.await.is_err_and(|error| error.is_panic()), "it came to its end");
        let moved = within(&app, "200100006").await;
        assert!(moved.iter().any(|name| name.ends_with("Vallée de la Marne")), "communes have moved: {moved:?}");
        import(&app, &files, false).await;
        let (gone, heir) = (by_siren(&app, "247700701").await, by_siren(&app, "200057958").await);
        assert_eq!((gone.ended.is_some(), gone.successor), (true, Some(heir.id)));
        app.settle().await;
    }

    async fn what_the_seed_and_people_added_is_recognised(app: TestApp) {
        let installer = app.system(SystemKind::Installer);
        perform(&installer, SeedDirectory).await.unwrap();
        let add = |kind, name: &str, siren: &str| AddOrganisation {
            kind: Some(kind),
            name: name.to_owned(),
            siren: siren.to_owned(),
            insee: String::new(),
            fictional: false,
        };
        let mitry = perform(&installer, add(OrganisationKind::Commune, "MITRY-MORY", "")).await.unwrap();
        perform(&installer, add(OrganisationKind::Group, "Plaines et Monts", "247700701")).await.unwrap();
        let invented = AddOrganisation { fictional: true, ..add(OrganisationKind::Commune, "Thieux", "217704626") };
        perform(&installer, invented).await.unwrap();
        let syndicate = perform(&installer, add(OrganisationKind::Epci, "Syndicat du numérique", "")).await.unwrap();
        let files = [REGIONS, GROUPINGS, COMMUNES, TERRITORIES, MOVEMENTS];
        let refused = import_directory(&installer, list(&files), true, &|_| {}).await.unwrap();
        assert!(refused.is_ok(), "139 of the seed would be gone, fewer than the limit");
        let app = app.with_settings(|settings| settings.limits.directory_gone = 100);
        let installer = app.system(SystemKind::Installer);
        let refused = import_directory(&installer, list(&files), false, &|_| {}).await.unwrap();
        assert!(matches!(refused, Err(Refused::TooManyGone(139, 100))), "{refused:?}");

        // Without the files that name all there are, nothing is gone.
        let built_in = built_in();
        let texts: Vec<String> = built_in.iter().map(|file| around_paris(&file.text)).collect();
        let whole: Vec<&str> = texts.iter().map(String::as_str).collect();
        let size = list(&whole).len();
        assert!(size > 2_000);
        let imported = import(&app, &whole, false).await;
        assert_eq!((imported.tally.ended, imported.tally.affiliations_ended), (0, 0));
        assert_eq!(imported.tally.added, size - 142 - 3);
        let adopted = by_siren(&app, "217702943").await;
        assert_eq!((adopted.id, adopted.name.as_str()), (mitry, "Mitry-Mory"));
        let mut left: Vec<_> = imported.told.iter().map(|told| (told.kind, told.name.as_str())).collect();
        left.sort_by_key(|(_, name)| *name);
        assert_eq!(left, [
            (ToldKind::Renamed, "MITRY-MORY"),
            (ToldKind::LeftAlone(LeftAlone::OtherKind), "Plaines et Monts"),
            (ToldKind::LeftAlone(LeftAlone::Fictional), "Thieux"),
        ]);
        assert!(within(&app, "217700525").await.contains(&"Plaines et Monts".to_owned()));
        let again = import(&app, &whole, false).await;
        assert_eq!(again.tally, Tally { same: size - 2, ..Tally::default() });
        assert_eq!(perform(&app.system(SystemKind::Installer), SeedDirectory).await.unwrap(), Seeded::default());
        let mut session = app.store.snapshot().await.unwrap();
        assert_eq!(session.organisations(&[syndicate]).await.unwrap()[0].ended, None);
        assert_eq!(searched(&app, "L'Haÿ roses").await, ["L’Haÿ-les-Roses"]);
    }

    async fn a_wrong_list_changes_nothing(app: TestApp) {
        let installer = app.system(SystemKind::Installer);
        let refused = import_directory(&installer, list(&[COMMUNES]), false, &|_| {}).await.unwrap();
        let Err(Refused::Lines(errors)) = refused else { panic!("{refused:?}") };
        let first = (errors[0].line, errors[0].column, errors[0].expected, errors[0].found.as_str());
        assert_eq!(first, (2, "departement", Expected::Known, "77"));
        let doubled = COMMUNES.replace("77294,Mitry-Mory,217702943", "77294,Mitry-Mory,217701085");
        let refused = import_directory(&installer, list(&[REGIONS, GROUPINGS, &doubled]), false, &|_| {}).await.unwrap();
        let Err(Refused::Lines(errors)) = refused else { panic!("{refused:?}") };
        assert_eq!((errors.len(), errors[0].expected, errors[0].line), (1, Expected::Once, 3));
        assert_eq!(app.store.snapshot().await.unwrap().count_organisations().await.unwrap(), 0);
        let refused = import_directory(&app.nobody(), list(&[REGIONS, GROUPINGS, COMMUNES]), false, &|_| {}).await;
        assert!(matches!(refused, Err(Error::NotFound)));
        assert!(Date::new(2026, 1, 1).is_ok_and(|day| day == built_in_day()));
    }

    async fn an_organisation_is_chosen_by_its_code_or_its_name(app: TestApp) {
        let regions = format!("{REGIONS}departement,60,Oise,60057,32,metro\nregion,32,Hauts-de-France,59350,,metro\n");
        let groupings = format!("{GROUPINGS}246000749,CC des Lisières de l'Oise,CC\n");
        let communes = format!("{COMMUNES}60145,Chelles,216001446,60,32,246000749\n");
        import(&app, &[&regions, &groupings, &communes, TERRITORIES], false).await;
        let pick = async |text: &str, kinds: &[OrganisationKind]| {
            let among = Among { kinds: kinds.to_vec(), within: None };
            read(&app.nobody(), PickOrganisation { text: text.to_owned(), among }).await.unwrap()
        };
        let one = async |text: &str, kinds: &[OrganisationKind]| match pick(text, kinds).await {
            Picked::One(one) => one.name,
            other => format!("{other:?}"),
        };
        assert_eq!(one("nanterre", &[]).await, "Nanterre");
        assert_eq!(one("217 701 085", &[]).await, "Chelles");
        assert_eq!(one("Chelles (commune, SIREN 216001446)", &[]).await, "Chelles");
        assert_eq!(one("lisieres oise", &[]).await, "Communauté de communes des Lisières de l’Oise");
        assert_eq!(one("77", &[OrganisationKind::Departement]).await, "Seine-et-Marne");
        assert_eq!(one(&by_siren(&app, "219200508").await.id.to_string(), &[]).await, "Nanterre");
        assert!(matches!(pick("Chelles", &[]).await, Picked::Several(several) if several.len() == 2));
        assert!(matches!(pick("Nanterre", &[OrganisationKind::Epci]).await, Picked::Unknown));
        assert!(matches!(pick("219200508", &[OrganisationKind::Epci]).await, Picked::Unknown));
        assert!(matches!(pick(" ", &[]).await, Picked::Nothing));
        let suggest = SuggestOrganisations { text: "paris".to_owned(), among: Among::default() };
        let found = read(&app.nobody(), suggest).await.unwrap();
        let names: Vec<_> = found.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Paris Ouest La Défense", "Communauté d’agglomération Paris - Vallée de la Marne", "Métropole du Grand Paris"]);
        app.settle().await;
    }
}
