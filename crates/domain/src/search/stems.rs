//! Words as they are compared: without accents, without the endings of French and English.

/// Endings that are taken off, the longest first.
const ENDINGS: [&str; 62] = [
    "issements",
    "issement",
    "izations",
    "isations",
    "ization",
    "isation",
    "ifications",
    "ification",
    "atrices",
    "atrice",
    "ateurs",
    "ateur",
    "ements",
    "ement",
    "ations",
    "ation",
    "ating",
    "ators",
    "ator",
    "ables",
    "able",
    "ibles",
    "ible",
    "ances",
    "ance",
    "ences",
    "ence",
    "ments",
    "ment",
    "ables",
    "ness",
    "ites",
    "ite",
    "ives",
    "ive",
    "ifs",
    "if",
    "euses",
    "euse",
    "eurs",
    "eur",
    "ated",
    "ates",
    "ions",
    "ion",
    "ings",
    "ing",
    "ants",
    "ante",
    "ant",
    "ees",
    "ies",
    "ers",
    "ee",
    "er",
    "ez",
    "ed",
    "es",
    "e",
    "s",
    "y",
    "x",
];
/// Letters that are left at least.
const STEM_MIN: usize = 4;

/// Writes a letter without its accent, small; several letters for a ligature.
pub(super) fn plain(letter: char, out: &mut String) {
    for small in letter.to_lowercase() {
        match small {
            'à' | 'â' | 'ä' | 'á' | 'ã' | 'å' => out.push('a'),
            'ç' => out.push('c'),
            'é' | 'è' | 'ê' | 'ë' => out.push('e'),
            'î' | 'ï' | 'í' | 'ì' => out.push('i'),
            'ô' | 'ö' | 'ó' | 'ò' | 'õ' => out.push('o'),
            'û' | 'ü' | 'ù' | 'ú' => out.push('u'),
            'ÿ' => out.push('y'),
            'ñ' => out.push('n'),
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            '’' | 'ʼ' => out.push('\''),
            '\u{300}'..='\u{36f}' => {}
            other => out.push(other),
        }
    }
}

/// Writes a text without accents, in small letters.
#[must_use]
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|letter| plain(letter, &mut out));
    out
}

/// Takes a folded word's ending off, whichever of the two languages it is in.
#[must_use]
pub(super) fn stem(word: &str) -> String {
    let cut = ENDINGS
        .iter()
        .find(|ending| word.len() >= STEM_MIN + ending.len() && word.ends_with(**ending));
    let mut stem = cut.map_or(word, |ending| &word[..word.len() - ending.len()]);
    // `admins` and `admin`, `fiches` and `fiche`, `querie` and `query` end alike.
    if cut.is_none() && word.len() == STEM_MIN && word.ends_with('s') {
        stem = &word[..word.len() - 1];
    }
    let doubled = stem.len() > STEM_MIN && {
        let mut last = stem.bytes().rev();
        let (one, two) = (last.next(), last.next());
        one == two && one.is_some_and(|byte| !matches!(byte, b's' | b'l'))
    };
    let stem = if doubled { &stem[..stem.len() - 1] } else { stem };
    stem.trim_end_matches(['i', 'y']).to_owned()
}

/// Words that say nothing of what a text is about, folded.
const STOP: &str = " a about above according across actual actually after afin again against ai ainsi all allow allowing allows \
alors also although am an and another any apres are aren as at au aucun aucune aujourd aupres aussi autre autres aux avait \
avant avec avoir be became because been before being below between bien both but by c ca can cannot car case cas ce cela celle \
celui cependant certain certains ces cet cette ceux chaque chez ci click clic cliquer clique comme comment constate constater \
contre could d dans de depuis des deux did do does doing don donc dont down du during e each easily effet either elle elles en \
encore enough ensuite entre es est et etais etait etant etc ete etes etre eu eux every example exemple fait faire few find first \
following fois fonction for found from further get gets give given gives go goes got grace had has have having he hence her here \
hers him his how however http https i ici if il ils in instead into is isn it its itself j je jusqu just know known l la laquelle \
le lequel les lesquels leur leurs like lors lorsqu lorsque lui m ma made mais make makes may me meme memes mes mi might mode moi \
moins mon more most must my n ne need needs new ni no non nor nos not notre nous now of off on once one only onto open or other \
ou our out over own par parce pas pendant permet permettant permettre perform peu peut peuvent plus plutot point possible pour \
pourquoi pouvoir pres puis puisque qu quand que quel quelle quelles quels qui quoi rather s sa said same sans sauf se second see \
seen selon sera serait ses shall she should show shown si simple simply since soit sommes son sont sous step still such suivant \
suivante suivi sur t ta tel telle tels tes than that the their them then there these they this those three though through thus \
to ton too toujours tous tout toute toutes tres trois tu un under une until up upon us use used uses using utilise utiliser v \
va vers very via voici voir vos votre vous was we well were what when where which while who whom whose why will with within \
without would y yet you your etape etapes following impact poc preuve proof reproduce reproduire www com fr html ";

/// Says whether a folded word says nothing of what a text is about.
#[must_use]
pub(super) fn says_nothing(word: &str) -> bool {
    word.len() < 2 || {
        let mut padded = String::with_capacity(word.len() + 2);
        padded.push(' ');
        padded.push_str(word);
        padded.push(' ');
        STOP.contains(&padded)
    }
}
