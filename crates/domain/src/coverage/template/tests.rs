use super::*;
use proptest::prelude::*;

#[test]
fn what_names_one_thing_is_folded() {
    let table = [
        ("/", "/"),
        ("", "/"),
        ("*", "*"),
        ("/actes/12?page=3", "/actes/{n}"),
        ("/actes/12/", "/actes/{n}"),
        ("//actes/./x/../12", "/actes/{n}"),
        ("/../../etc", "/etc"),
        ("/actes/12.html", "/actes/{n}.html"),
        ("/actes/acte-12", "/actes/acte-{n}"),
        ("/actes/page12", "/actes/page{n}"),
        ("/dossier12345", "/dossier{n}"),
        ("/a/2026-11-23", "/a/{date}"),
        ("/a/01234567-89ab-CDEF-0123-456789abcdef", "/a/{uuid}"),
        (
            "/a/report-01234567-89ab-cdef-0123-456789abcdef.pdf",
            "/a/report-{uuid}.pdf",
        ),
        ("/a/d41d8cd98f00b204e9800998ecf8427e.png", "/a/{hash}.png"),
        ("/static/app.3f2a9c.js", "/static/app.{token}.js"),
        ("/reset/eyJhbGciOiJIUzI1NiJ9", "/reset/{token}"),
        ("/api/v2/users", "/api/v2/users"),
        ("/api/v1.12/users", "/api/v1.{n}/users"),
        ("/wp-content/themes/a.css?ver=1", "/wp-content/themes/a.css"),
        ("/js/jquery.min.js", "/js/jquery.min.js"),
        ("/.env", "/.env"),
        ("/.well-known/security.txt", "/.well-known/security.txt"),
        ("/a;jsessionid=1/b", "/a/b"),
        ("/deliberations", "/deliberations"),
        ("/compte-rendu-de-la-seance", "/compte-rendu-de-la-seance"),
        ("/getUserDetailsById", "/getUserDetailsById"),
        ("/d%C3%A9lib%C3%A9rations", "/délibérations"),
        ("/oauth2/log4j/h2", "/oauth2/log4j/h2"),
        (
            "/1/2/3/4/5/6/7/8/9/10/11/12/13/14",
            "/{n}/{n}/{n}/{n}/{n}/{n}/{n}/{n}/{n}/{n}/{n}/{n}/…",
        ),
    ];
    for (target, expected) in table {
        assert_eq!(folded_path(target), expected, "{target}");
    }
    assert_eq!((folded_method("GET"), folded_method("ABC")), ("GET", "*"));
    assert_eq!(endpoint("PURGE", "/actes/7#x"), "* /actes/{n}");
}

/// Nothing of what must not be told is left in what is told.
#[test]
fn secrets_and_personal_data_leave_no_trace() {
    let table = [
        ("/users/jean.dupont@mairie.example", "/users/{email}"),
        ("/users/jean.dupont%40mairie.example", "/users/{email}"),
        ("/users/jean%2540mairie.example", "/users/{text}"),
        ("/users/jean.dupont", "/users/{text}"),
        ("/~jdupont/", "/{text}"),
        ("/t/xkqzwvprtmhs", "/t/{token}"),
        ("/t/aGVsbG9Xb3JsZCEgSGVsbG8", "/t/{token}"),
        ("/t/AbCdEfGhIjKlMnOp", "/t/{token}"),
        ("/t/a1b2c3", "/t/{token}"),
        ("/t/report_01234567-89ab-cdef-0123-456789abcdef", "/t/report_{uuid}"),
        ("/nir/1850578006084", "/nir/{n}"),
        ("/tel/06-12-34-56-78", "/tel/{n}-{n}-{n}-{n}-{n}"),
        ("/iban/FR7630006000011234567890189", "/iban/{token}"),
        ("/q/nom=Dupont", "/q/{text}"),
        ("/q/Jean%20Dupont", "/q/{text}"),
        ("/q/%FF%FE", "/q/{text}"),
        ("/q/<script>alert(1)</script>", "/q/{text}/{text}"),
        ("/q/demande-de-madame-jeanne-dupont-de-chelles", "/q/{text}"),
        ("/q/{n}", "/q/{text}"),
        ("/a;mot-de-passe=x?jeton=y#z", "/a"),
    ];
    for (target, expected) in table {
        assert_eq!(folded_path(target), expected, "{target}");
    }
}

fn any_part() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,60}",
        "[A-Za-z0-9_.~%@ -]{0,60}",
        ".{0,40}",
        "[0-9a-f]{16,64}",
        "[0-9]{1,30}"
    ]
}

proptest! {
    #[test]
    fn any_path_folds_into_little_and_no_query_is_told(target: String, parts in prop::collection::vec(any_part(), 0..20)) {
        let joined = format!("/{}", parts.join("/"));
        for target in [target, joined] {
            let folded = folded_path(&target);
            prop_assert!(folded == "*" || folded.starts_with('/'));
            prop_assert!(folded.len() <= (DEPTH + 1) * (LONGEST + 4), "{}", folded);
            prop_assert!(!folded.contains(['?', '#', '@', '%', '=', ';', ' ', '<']), "{}", folded);
        }
    }

    #[test]
    fn a_number_a_hash_or_an_address_is_never_told(
        number in 10u64..,
        hash in "[0-9a-f]{16,64}",
        who in "[a-z]{3,12}",
        word in "[a-z]{3,8}",
    ) {
        prop_assert_eq!(folded_path(&format!("/a/{number}/b")), "/a/{n}/b");
        let folded = folded_path(&format!("/a/{hash}"));
        prop_assert!(["/a/{hash}", "/a/{n}"].contains(&folded.as_str()), "{}", folded);
        prop_assert_eq!(folded_path(&format!("/a/{who}@{word}.example")), "/a/{email}");
        let told = folded_path(&format!("/{word}/x?{who}={hash}"));
        prop_assert_eq!(told, format!("/{word}/x"));
    }

    #[test]
    fn what_is_folded_stays_folded(words in prop::collection::vec("[a-z]{1,8}", 1..6)) {
        let path = format!("/{}", words.join("/"));
        prop_assert_eq!(folded_path(&path), path);
    }
}
