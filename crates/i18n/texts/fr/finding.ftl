## Findings of tests made elsewhere

finding-list-title = Constats d’un test antérieur
finding-list-lead = Ce qu’un test fait ailleurs a trouvé sur les applications de cette campagne. Chaque constat attend la décision d’un vérificateur avant de devenir une faille.
finding-list-caption = Constats importés
finding-list-empty = Aucun constat importé
finding-list-empty-text = Vous avez le rapport d’un test antérieur ? Préparez un fichier CSV, une ligne par constat, puis importez-le ci-dessous.
finding-list-empty-other = L’organisateur ou un pilote peut importer ici ce qu’un test antérieur a trouvé.
finding-list-more = Constats suivants
finding-number = n° { $number }
finding-not-rated = non indiquée
finding-readers = Lu par l’organisateur, les pilotes et les vérificateurs de cette campagne
finding-state-waiting = À décider
finding-state-opened = Faille ouverte
finding-state-joined = Faille déjà connue
finding-state-refused = Non retenu
finding-field-title = Constat
finding-field-product = Application
finding-field-claimed = Gravité annoncée
finding-field-state = Situation
finding-field-source = Test qui l’a trouvé
finding-field-file = Fichier CSV
finding-field-imported = Importé
finding-field-decision = Que devient ce constat ?
finding-field-vector = Vecteur CVSS retenu
finding-field-organisation = Organisme concerné
finding-field-vulnerability = Faille connue
finding-field-reason = Pourquoi
finding-source-hint = Qui l’a fait et quand, par exemple « Test d’intrusion 2025, société Sablier ».
finding-file-hint = { $n ->
    [one] Un constat au plus, 2 Mo. Rien n’est importé avant que vous ayez vu ce que fera l’import.
   *[other] { $n } constats au plus, 2 Mo. Rien n’est importé avant que vous ayez vu ce que fera l’import.
 }
finding-vector-hint = Obligatoire pour ouvrir une faille. Commence par CVSS:4.0/ ou CVSS:3.1/. Corrigez celui du fichier s’il ne convient pas.
finding-reason-hint = L’organisateur et les pilotes lisent cette raison.
finding-import-title = Importer un fichier
finding-import-text = Les constats importés deux fois ne s’ajoutent qu’une fois.
finding-import-columns = Colonnes du fichier
finding-import-columns-needed = obligatoires, le nom du constat et ce qu’il est, sans la manière de l’exploiter.
finding-import-columns-texts = facultatives, ce que les organismes peuvent faire en attendant, et comment la faille s’exploite.
finding-import-columns-rating = facultatives, le vecteur CVSS et le numéro CWE.
finding-import-columns-product = nécessaire dès que la campagne teste plusieurs applications. Celles de cette campagne : { $products }.
finding-import-new = { $n ->
    [0] Aucun constat nouveau.
    [one] Un constat sera importé.
   *[other] { $n } constats seront importés.
 }
finding-import-record = { $n ->
    [one] Importer ce constat
   *[other] Importer ces { $n } constats
 }
finding-import-head = Première ligne attendue : titre, description, et au choix mesures, exploitation, vecteur, cwe, produit. Lu : { $found }
finding-import-title-missing = La colonne titre est vide. { $found }
finding-import-details-missing = La colonne description est vide. { $found }
finding-import-long-title = Un titre a { $found } caractères au plus.
finding-import-long-details = Une description a { $found } caractères au plus.
finding-import-long-measures = Les mesures ont { $found } caractères au plus.
finding-import-long-exploit = L’exploitation a { $found } caractères au plus.
finding-import-vector = Un vecteur complet, qui commence par CVSS:4.0/ ou CVSS:3.1/. Lu : { $found }
finding-import-cwe = Un numéro CWE, comme CWE-79. Lu : { $found }
finding-import-product = Le nom d’une application de cette campagne. Lu : { $found }
finding-error-too-many = Une campagne ne peut pas contenir autant de constats. Gardez les plus graves.
finding-import-product-twice = Deux applications de cette campagne portent ce nom : écrivez l’adresse lisible de l’une, comme guichet-clairval. Lu : { $found }
finding-error-import = Le fichier a changé ou contient une erreur. Vérifiez-le de nouveau.
finding-conflict = Vous ne décidez pas de ce constat : vous l’avez importé, ou vous appartenez à l’éditeur de l’application.
finding-decide = Décider
finding-decide-text = Vérifiez que le constat tient encore sur l’application testée ici.
finding-decide-submit = Enregistrer la décision
finding-decision-product = Ouvrir une faille de l’application
finding-decision-product-hint = Elle concerne tous ceux qui l’utilisent.
finding-decision-deployment = Ouvrir une faille d’une seule installation
finding-decision-deployment-hint = Un mauvais réglage chez un seul organisme : lui seul sera concerné.
finding-decision-join = Le rattacher à une faille déjà connue
finding-decision-refuse = Ne pas le retenir
finding-decision-refuse-hint = Il ne se reproduit pas, il est déjà corrigé, ou ce n’est pas une faille.
finding-decided = Décision
finding-decided-by = { $name }, { $date }
finding-see-vulnerability = Voir la faille { $label }
finding-facts = En bref
finding-imported-by = par { $name }, { $date }
finding-desk-waiting = { $n ->
    [one] Un constat importé attend votre décision
   *[other] { $n } constats importés attendent votre décision
 }
finding-desk-open = Ouvrir les constats
flash-finding-imported = Les constats sont importés. Les vérificateurs sont prévenus.
flash-finding-taken = La décision est enregistrée : le constat est devenu cette faille.
flash-finding-refused = La décision est enregistrée : le constat n’est pas retenu.
campaign-event-findings-imported = Constats d’un test antérieur importés
campaign-event-finding-decided = Constat importé : décision d’un vérificateur
campaign-event-finding-reconsidered = Constat importé : à décider de nouveau
vulnerability-event-finding-joined = Un constat importé la rejoint
mail-campaign-findings-subject = { $campaign } : des constats importés attendent une décision
mail-campaign-findings-text = Des constats d’un test antérieur ont été importés dans « { $campaign } ». Chacun attend la décision d’un vérificateur.
    { $link }
finding-alike-lead = Beffroi rapproche ce constat de ce que vous pouvez lire du même produit, toutes campagnes confondues. C’est à vous de juger.
finding-alike-finding = { $number }, { $campaign }, importé le { $date }
finding-alike-join = Le rattacher à la faille { $label }
