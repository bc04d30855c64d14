//! Stories of the directory, of roles and of their end.

use axum::body::{Body, to_bytes};
use axum::http::Request;
use domain::organisation::OrganisationKind;
use domain::role::{GrantScope, Role};
use testkit::{TestApp, each_engine};
use tower::ServiceExt;
use use_cases::organisation::{
    AddOrganisation, EndGrant, ListDirectory, ViewOrganisation, ViewOrganisationPeople, ViewPlatform,
};
use use_cases::{Error, perform, read};

fn commune(name: &str, siren: &str, insee: &str) -> AddOrganisation {
    AddOrganisation {
        kind: Some(OrganisationKind::Commune),
        name: name.to_owned(),
        siren: siren.to_owned(),
        insee: insee.to_owned(),
        fictional: true,
    }
}

each_engine! {
    async fn the_administrator_keeps_the_directory(app: TestApp) {
        let operator = app.organisation(OrganisationKind::Operator, "Exploitant").await;
        let ada = app.person("Ada Noël", Role::Administrator, operator).await;
        let id = perform(&ada.context(&app), commune("Évry-le-Petit", "200 054 781", "93048")).await.unwrap();
        let twice = perform(&ada.context(&app), commune("Autre", "200054781", "93048")).await;
        let Err(Error::Invalid(fields)) = twice else { panic!("the same codes twice") };
        let messages: Vec<_> = fields.iter().map(|field| field.message).collect();
        assert_eq!(messages, ["error-siren-known", "error-insee-known"]);
        let wrong = perform(&ada.context(&app), commune("Autre", "200054782", "9")).await;
        let Err(Error::Invalid(fields)) = wrong else { panic!("wrong codes") };
        assert_eq!(fields.len(), 2);

        let officer = app.person("Awa Diallo", Role::SecurityOfficer, id).await;
        let refused = perform(&officer.context(&app), commune("Autre", "", "")).await;
        assert!(matches!(refused, Err(Error::NotFound)));
        let list = ListDirectory { search: "evry".to_owned(), ..ListDirectory::default() };
        assert_eq!(read(&app.nobody(), list).await.unwrap().total, 1);
        assert!(!read(&app.nobody(), ViewOrganisation(id)).await.unwrap().may_read_people);
        assert!(matches!(read(&officer.context(&app), ViewPlatform).await, Err(Error::NotFound)));
        assert_eq!(read(&ada.context(&app), ViewPlatform).await.unwrap().organisations, 2);
    }

    async fn a_search_finds_any_word_of_a_name_by_its_beginning(app: TestApp) {
        for name in ["Métropole du Grand Paris", "Paris Ouest La Défense", "Saint-Ouen", "L’Haÿ-les-Roses"] {
            app.organisation(OrganisationKind::Commune, name).await;
        }
        for (typed, found) in [
            ("paris", &["Métropole du Grand Paris", "Paris Ouest La Défense"][..]),
            ("défense PAR", &["Paris Ouest La Défense"]),
            ("ouen", &["Saint-Ouen"]),
            ("hay les", &["L’Haÿ-les-Roses"]),
            ("ense", &[]),
        ] {
            let list = ListDirectory { search: typed.to_owned(), ..ListDirectory::default() };
            let page = read(&app.nobody(), list).await.unwrap();
            let names: Vec<_> = page.organisations.iter().map(|one| one.name.as_str()).collect();
            assert_eq!((names.as_slice(), page.total), (found, i64::try_from(found.len()).unwrap()), "{typed}");
        }
    }

    async fn the_administrator_reads_where_mail_goes_without_a_relay(app: TestApp) {
        let operator = app.organisation(OrganisationKind::Operator, "Exploitant").await;
        let ada = app.person("Ada Noël", Role::Administrator, operator).await;
        let cookie = app.cookie(ada).await;
        let page = async |app: &TestApp| {
            let request = Request::get("/administration").header("cookie", cookie.as_str());
            let response = app.site().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            String::from_utf8(to_bytes(response.into_body(), 1 << 22).await.unwrap().to_vec()).unwrap()
        };
        assert!(!page(&app).await.contains("Aucun relais de courriel"));
        let app = app.with_settings(|settings| settings.mail_folder = Some("/srv/beffroi/mail".to_owned()));
        assert!(page(&app).await.contains("/srv/beffroi/mail"));
    }

    async fn a_role_ends_at_once_and_the_last_administrator_stays(app: TestApp) {
        let operator = app.organisation(OrganisationKind::Operator, "Exploitant").await;
        let ada = app.person("Ada Noël", Role::Administrator, operator).await;
        let eve = app.person("Eve Roux", Role::Verifier, operator).await;
        let people = read(&ada.context(&app), ViewOrganisationPeople(operator)).await.unwrap();
        let role_of = |role| people.grants.iter().find(|line| line.role == role).unwrap().id;
        let (administrator, verifier) = (role_of(Role::Administrator), role_of(Role::Verifier));
        let last = perform(&ada.context(&app), EndGrant(administrator)).await;
        assert!(matches!(last, Err(Error::Conflict("error-last-administrator"))));
        let by_another = perform(&eve.context(&app), EndGrant(administrator)).await;
        assert!(matches!(by_another, Err(Error::NotFound)), "a verifier ends no administrator's role");

        perform(&ada.context(&app), EndGrant(verifier)).await.unwrap();
        assert!(matches!(read(&eve.context(&app), ViewOrganisationPeople(operator)).await, Err(Error::NotFound)));
        app.grant(eve, Role::Administrator, operator, GrantScope::Organisation).await;
        perform(&eve.context(&app), EndGrant(administrator)).await.unwrap();
        assert!(matches!(read(&ada.context(&app), ViewPlatform).await, Err(Error::NotFound)));
    }
}
