//! Stories of templates for answers: kept by those who judge, out of sight of everybody else.

use crate::report::world::World;
use testkit::each_engine;
use use_cases::report::{EndTemplate, KeepTemplate, ListTemplates};
use use_cases::{Error, perform, read};

fn template(w: &World, text: &str) -> KeepTemplate {
    KeepTemplate {
        campaign: w.campaign,
        template: None,
        purpose: "question".to_owned(),
        title: "Preuve manquante".to_owned(),
        text: text.to_owned(),
    }
}

each_engine! {
    async fn a_programmes_templates_are_kept_by_those_who_verify_and_run_it(app: TestApp) {
        let w = World::open(&app).await;
        let verifier = w.verifier.context(&app);
        let wrong = perform(&verifier, template(&w, "Bonjour {prenom}")).await;
        assert!(matches!(wrong, Err(Error::Invalid(_))), "{wrong:?}");
        perform(&verifier, template(&w, "Signalement {numero} : une capture ?")).await.unwrap();
        for keeper in [w.verifier, w.second, w.organiser] {
            let kept = read(&keeper.context(&app), ListTemplates(w.campaign)).await.unwrap().templates;
            assert_eq!(kept[0].text, "Signalement {numero} : une capture ?");
        }
        for other in [w.hunter, w.rival, w.vendor, w.observer] {
            let seen = read(&other.context(&app), ListTemplates(w.campaign)).await;
            assert!(matches!(seen, Err(Error::NotFound)), "{seen:?}");
            let kept = perform(&other.context(&app), template(&w, "Faux")).await;
            assert!(matches!(kept, Err(Error::NotFound)), "{kept:?}");
        }
        let one = read(&verifier, ListTemplates(w.campaign)).await.unwrap().templates.remove(0);
        let again = |revision| KeepTemplate { template: Some((one.id, revision)), ..template(&w, "Autre texte") };
        perform(&w.organiser.context(&app), again(one.revision)).await.unwrap();
        let late = perform(&verifier, again(one.revision)).await;
        assert!(matches!(late, Err(Error::Stale)), "{late:?}");
        let end = EndTemplate { campaign: w.campaign, template: one.id };
        perform(&verifier, end.clone()).await.unwrap();
        assert!(read(&verifier, ListTemplates(w.campaign)).await.unwrap().templates.is_empty());
        assert!(matches!(perform(&verifier, end).await, Err(Error::NotFound)));
        app.settle().await;
    }

    async fn the_templates_of_a_programme_are_limited(app: TestApp) {
        let w = World::open(&app).await;
        let verifier = w.verifier.context(&app);
        for _ in 0..app.app.settings.limits.templates {
            perform(&verifier, template(&w, "Une capture ?")).await.unwrap();
        }
        let more = perform(&verifier, template(&w, "Une de trop")).await;
        assert!(matches!(more, Err(Error::Conflict("report-error-templates"))), "{more:?}");
    }
}
