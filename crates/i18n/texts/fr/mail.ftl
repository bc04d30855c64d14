## Mails; never with a flaw's content

mail-foot = Ce message vient de Beffroi : { $url }. Il ne contient volontairement aucun détail.
mail-invitation-subject = Invitation à rejoindre { $organisation } sur Beffroi
mail-invitation-text = Bonjour,

    { $organisation } vous invite sur Beffroi. Votre rôle : { $role }. { $meaning }

    Pour le prendre, ouvrez ce lien, valable une seule fois, jusqu’au { $until } :

    { $link }
mail-vulnerability-notified-subject = Une faille vous est signalée
mail-vulnerability-notified-text = Bonjour,

    Une faille concerne l’un de vos produits. Sa description complète vous attend sur Beffroi, ainsi que la date à laquelle votre réponse est attendue :

    { $link }
mail-vulnerability-declared-subject = Un éditeur déclare une faille de son produit
mail-vulnerability-declared-text = Bonjour,

    Un éditeur déclare une faille de l’un de ses produits et choisit votre programme pour la coordonner. Elle vous attend ici :

    { $link }
mail-vulnerability-silent-subject = Un éditeur est en retard
mail-vulnerability-silent-text = Bonjour,

    Un éditeur doit une réponse, un correctif ou la demande d’un contre-test, et le délai de votre programme est passé. Il a été relancé. Voyez où il en est :

    { $link }
mail-vulnerability-reminder-subject = Une échéance approche
mail-vulnerability-reminder-text = Bonjour,

    Une réponse, un correctif ou la demande d’un contre-test est attendu de vous, et l’échéance approche. Elle est indiquée sur cette page :

    { $link }
mail-vulnerability-late-subject = Une échéance est passée
mail-vulnerability-late-text = Bonjour,

    Une réponse, un correctif ou la demande d’un contre-test était attendu de vous, et l’échéance est passée. Les organisateurs du programme en sont informés. Répondez ici :

    { $link }
mail-vulnerability-reopened-subject = Une faille corrigée est revenue
mail-vulnerability-reopened-text = Bonjour,

    Une faille que l’on tenait pour corrigée est revenue. Elle est rouverte, et ceux qui étaient à jour sont de nouveau touchés. Voyez ce qui est su :

    { $link }
mail-retest-offered-subject = Un contre-test vous est proposé
mail-retest-offered-text = Bonjour,

    Un correctif est annoncé pour une faille que vous avez signalée. Voulez-vous vérifier qu’il tient ? Le contre-test vous est réservé jusqu’à la date indiquée sur cette page :

    { $link }
mail-retest-offered-pool-subject = Un contre-test attend un volontaire
mail-retest-offered-pool-text = Bonjour,

    Un correctif est annoncé pour une faille d’un programme dont vous êtes testeur agréé. Le premier qui accepte vérifie qu’il tient, jusqu’à la date indiquée sur cette page :

    { $link }
mail-retest-offered-verifier-subject = Un contre-test vous revient
mail-retest-offered-verifier-text = Bonjour,

    Personne d’autre n’a pris le contre-test d’un correctif. Il revient aux vérificateurs :

    { $link }
mail-retest-waits-subject = Rappel : un contre-test vous attend
mail-retest-waits-text = Bonjour,

    Le contre-test d’un correctif vous est proposé, et personne ne l’a pris jusqu’ici. Acceptez-le ou voyez jusqu’à quand il vous est proposé :

    { $link }
mail-retest-due-subject = Rappel : un contre-test est à rendre
mail-retest-due-text = Bonjour,

    Vous avez accepté le contre-test d’un correctif. Dites ce que vous avez constaté avant la date indiquée sur cette page ; il passera ensuite à quelqu’un d’autre :

    { $link }
mail-retest-overdue-subject = Le délai d’un contre-test est passé
mail-retest-overdue-text = Bonjour,

    Vous aviez accepté le contre-test d’un correctif, et rien n’a été rendu à temps. Il est proposé à quelqu’un d’autre ; cette page le dit :

    { $link }
mail-retest-confirmed-subject = Le résultat d’un contre-test est connu
mail-retest-confirmed-text = Bonjour,

    Un vérificateur a confirmé le résultat d’un contre-test de l’un de vos correctifs :

    { $link }

mail-position-subject = Une information vous attend dans Beffroi
mail-position-text = Une information qui concerne votre organisation vous attend à votre bureau : { $url }/bureau
    Pour des raisons de sécurité, ce message n’en dit pas davantage.
mail-risk-proposed-subject = Une signature vous est demandée dans Beffroi
mail-risk-proposed-text = Une décision de votre organisation attend votre signature à votre bureau : { $url }/bureau
    Pour des raisons de sécurité, ce message n’en dit pas davantage.
mail-risk-signed-subject = Votre signataire a répondu dans Beffroi
mail-risk-signed-text = Le signataire de votre organisation a signé ce que vous lui proposiez. Votre bureau : { $url }/bureau
    Pour des raisons de sécurité, ce message n’en dit pas davantage.
mail-risk-refused-subject = Votre signataire a répondu dans Beffroi
mail-risk-refused-text = Le signataire de votre organisation refuse ce que vous lui proposiez. Votre bureau : { $url }/bureau
    Pour des raisons de sécurité, ce message n’en dit pas davantage.
mail-opinion-subject = Un avis vous est demandé dans Beffroi
mail-opinion-text = L’organisateur d’un programme vous demande un avis. Il vous attend à votre bureau : { $url }/bureau
    Pour des raisons de sécurité, ce message n’en dit pas davantage.
mail-report-question-subject = Beffroi : une question sur votre signalement n° { $number }
mail-report-question-text =
    Un vérificateur a besoin de précisions sur votre signalement n° { $number } (campagne « { $campaign } »). Sans réponse dans un délai de { $days } jours, il sera clos.

    Lire la question et répondre : { $link }
mail-report-reminder-subject = Beffroi : votre signalement n° { $number } attend votre réponse
mail-report-reminder-text =
    Une question sur votre signalement n° { $number } (campagne « { $campaign } ») est restée sans réponse. Il vous reste { $left ->
        [one] un jour
       *[other] { $left } jours
    } pour y répondre ; ensuite, le signalement sera clos.

    Lire la question et répondre : { $link }
mail-report-closed-subject = Beffroi : votre signalement n° { $number } est clos
mail-report-closed-text =
    Une décision a été prise sur votre signalement n° { $number } (campagne « { $campaign } »). Vous pouvez la lire, et la contester une fois.

    Lire la décision : { $link }
mail-report-news-subject = Beffroi : du nouveau sur votre signalement n° { $number }
mail-report-news-text =
    Il y a du nouveau sur votre signalement n° { $number } (campagne « { $campaign } »).

    Le lire : { $link }
mail-report-waiting-subject = Beffroi : le signalement n° { $number } attend un vérificateur
mail-report-waiting-text =
    Le signalement n° { $number } de la campagne « { $campaign } » attend un vérificateur.

    L’ouvrir : { $link }
mail-report-second-subject = Beffroi : le signalement n° { $number } attend un deuxième avis
mail-report-second-text =
    Un vérificateur propose une décision sur le signalement n° { $number } de la campagne « { $campaign } ». Un autre doit la confirmer ou l’écarter.

    L’ouvrir : { $link }
mail-report-appeal-subject = Beffroi : la clôture du signalement n° { $number } est contestée
mail-report-appeal-text =
    L’auteur du signalement n° { $number } (campagne « { $campaign } ») conteste sa clôture. Un vérificateur qui n’y a pas pris part doit trancher.

    L’ouvrir : { $link }
mail-vulnerability-critical-subject = Beffroi : une faille critique est établie
mail-vulnerability-critical-text =
    Un signalement vient d’être vérifié comme critique. Produit : { $product }. Faille ouverte le { $opened }. Réponse de l’éditeur attendue avant le : { $due }.

    La suivre : { $link }
mail-programme-membership-subject = { $programme } : une adhésion est proposée à { $organisation }
mail-programme-membership-text =
    Le programme « { $programme } » propose à { $organisation } d’en devenir membre. Rien ne vous engage avant votre réponse.

    Lire le programme et répondre : { $link }
mail-call-opened-subject = { $programme } : un appel est ouvert
mail-call-opened-text =
    L’appel « { $call } » du programme « { $programme } » est ouvert, et votre organisation peut y répondre. Les candidatures sont classées par ordre de réception.

    Lire l’appel et candidater : { $link }
mail-deployment-confirmed-subject = Beffroi : une installation de { $organisation } est confirmée
mail-deployment-confirmed-text =
    L’installation de { $product } que { $organisation } a déclarée est confirmée.

    La voir : { $link }
mail-deployment-refused-subject = Beffroi : une installation de { $organisation } n’est pas reconnue
mail-deployment-refused-text =
    L’éditeur dit ne pas connaître l’installation de { $product } que { $organisation } a déclarée. Vous pouvez montrer une preuve.

    La voir : { $link }
mail-deployment-ended-subject = Beffroi : une installation de { $organisation } a pris fin
mail-deployment-ended-text =
    Il a été mis fin à l’installation de { $product } dans le registre de { $organisation }. Vous n’êtes plus prévenu de ce qui la touche.

    La voir : { $link }
mail-report-named-subject = Beffroi : un signalement vous nomme
mail-report-named-text =
    Une personne dit avoir trouvé quelque chose avec vous dans la campagne « { $campaign } ». Votre nom ne figurera dans son signalement que si vous l’acceptez.

    Répondre : { $link }
mail-foot-choice = Choisir les messages que vous recevez : { $url }/compte/messages
    Ne plus recevoir ceux-ci, sans vous connecter : { $end }
mail-foot-legal = Ce message fait partie de ceux qui ne peuvent pas être désactivés.
mail-digest-subject = Beffroi : ce qui vous attend
mail-digest-text = Depuis votre dernier résumé :

    { $lines }

    Tout est à votre bureau : { $url }/bureau
mail-digest-line = { $n ->
    [one] – { $kind } : { $n } message
   *[other] – { $kind } : { $n } messages
 }
mail-kind-urgent = Urgences
mail-kind-sharing = Failles des produits que vous utilisez
mail-kind-reports = Vos signalements
mail-kind-verification = Signalements à vérifier
mail-kind-vulnerabilities = Failles à corriger, à coordonner, à contre-tester
mail-kind-campaigns = Campagnes
mail-kind-register = Installations déclarées
mail-kind-calls = Appels à candidatures
mail-kind-digest = Résumés
mail-meaning-urgent = Faille critique ou déjà exploitée, embargo levé, campagne suspendue. Toujours tout de suite.
mail-meaning-sharing = Une étape du partage, un rappel, la fin prochaine d’un risque accepté.
mail-meaning-reports = Une question, une nouvelle, quelqu’un qui vous nomme.
mail-meaning-verification = Un signalement attend, un deuxième avis est demandé, une clôture est contestée.
mail-meaning-vulnerabilities = Une faille vous est remise, un avis est demandé, un contre-test est proposé.
mail-meaning-campaigns = Une campagne est annoncée, s’ouvre, se termine ; quelqu’un la rejoint.
mail-meaning-register = Une installation est confirmée, n’est pas reconnue, a pris fin.
mail-meaning-calls = Un appel s’ouvre, auquel votre organisation peut répondre.
mail-meaning-legal = Récépissés, décisions, signatures demandées, adhésions proposées et sécurité du compte.
mail-pace-at-once = Tout de suite
mail-pace-daily = Un résumé par jour
mail-pace-weekly = Un résumé par semaine
mail-pace-never = Jamais
mail-position-urgent-subject = Beffroi : une information urgente vous attend
mail-position-urgent-text = Une information urgente qui concerne votre organisation vous attend à votre bureau : { $url }/bureau
    Pour des raisons de sécurité, ce message n’en dit pas davantage.
mail-risk-expires-subject = Beffroi : une décision de votre organisation prend bientôt fin
mail-risk-expires-text = Une décision que votre organisation a signée prend bientôt fin. Ce qui suivra se décide à votre bureau : { $url }/bureau
    Pour des raisons de sécurité, ce message n’en dit pas davantage.
mail-position-reminder-subject = Beffroi : une réponse de votre organisation est attendue
mail-position-reminder-text = Une réponse de votre organisation est attendue, et son délai est passé. Elle se donne à votre bureau : { $url }/bureau
    Pour des raisons de sécurité, ce message n’en dit pas davantage.
