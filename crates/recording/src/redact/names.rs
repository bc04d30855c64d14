//! Names that people give to secrets.

/// Words that make a name one of a secret, wherever they stand in it; names are compared without
/// capitals, hyphens and underscores.
const WORDS: [&str; 22] = [
    "token",
    "secret",
    "password",
    "passwd",
    "passphrase",
    "motdepasse",
    "session",
    "apikey",
    "accesskey",
    "privatekey",
    "authkey",
    "authorization",
    "credential",
    "bearer",
    "jwt",
    "csrf",
    "xsrf",
    "samlresponse",
    "samlassertion",
    "codeverifier",
    "clientassertion",
    "signature",
];

/// Names that are those of secrets only when they are the whole name.
const WHOLE: [&str; 12] = [
    "pass",
    "pwd",
    "mdp",
    "auth",
    "sid",
    "otp",
    "totp",
    "pin",
    "sig",
    "assertion",
    "xauth",
    "ticket",
];

/// Whether a name, as it was sent, is one of a secret.
pub(super) fn is_secret(name: &str) -> bool {
    let folded: String = name
        .chars()
        .filter(|character| character.is_alphanumeric())
        .map(|character| character.to_ascii_lowercase())
        .collect();
    WHOLE.contains(&folded.as_str()) || WORDS.iter().any(|word| folded.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_known_and_others_are_not() {
        for secret in [
            "access_token",
            "X-API-Key",
            "PHPSESSID_session",
            "csrfmiddlewaretoken",
            "mot-de-passe",
            "MDP",
            "pwd",
            "client_secret",
            "sid",
            "JSESSIONID",
            "x-auth",
            "user[password]",
            "SAMLResponse",
        ] {
            assert!(is_secret(secret), "{secret}");
        }
        for open in [
            "page",
            "inside",
            "keyword",
            "spin",
            "passage",
            "nom",
            "authority",
            "q",
            "",
        ] {
            assert!(!is_secret(open), "{open}");
        }
    }
}
