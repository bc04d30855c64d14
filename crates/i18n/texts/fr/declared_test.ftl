## Les tests faits ailleurs, que les organisations déclarent

declared-list-title = Tests déclarés
declared-list-lead = Les tests que l’organisation a fait faire ailleurs, ou qu’elle prévoit. Les autres voient qu’une application a déjà été testée, et n’en refont pas un de plus.
declared-caption = Tests déclarés, du plus récent au plus ancien
declared-empty = Aucun test déclaré
declared-empty-text = Vous avez fait tester une application, ou vous le prévoyez ? Déclarez-le : c’est ainsi que l’on évite de tester dix-huit fois la même.
declared-more = Tests suivants
declared-with-report = avec son rapport
declared-declare-action = Déclarer un test
declared-declare-title = Déclarer un test
declared-declare-for = Déclarer un test de { $organisation }
declared-choose-lead = Quelle application a été testée, ou va l’être ?
declared-test-title = Le test
declared-submit = Déclarer ce test
declared-kicker = Test déclaré, { $organisation }
declared-facts = En bref
declared-findings = Ce que ce test a trouvé s’importe dans une campagne qui teste l’application, depuis la page de la campagne.
declared-correct-title = Corriger
declared-field-kind = Méthode
declared-field-product = Application
declared-field-version = Version
declared-field-from = Premier jour
declared-field-from-hint = Un jour à venir déclare un test prévu.
declared-field-until = Dernier jour
declared-field-cost = Coût
declared-field-cost-hint = En euros, toutes taxes comprises. Lu par l’organisation et par le groupement auquel elle délègue son administration.
declared-field-report = Rapport
declared-field-report-hint = PDF, PNG ou JPEG, 20 Mo au plus. Chiffré, et lu par votre seule organisation.
declared-field-file = Fichier CSV
declared-readers = Le rapport n’est lu que par l’organisation ; le coût, aussi par le groupement auquel elle délègue son administration. Les autres lisent l’application, la méthode et le mois ; votre nom n’apparaît qu’à ceux qui peuvent lire vos installations.
declared-report-theirs = Un rapport est joint. L’organisation seule le lit et peut le remplacer.
declared-error-report-theirs = L’organisation a déjà joint un rapport, qu’elle seule lit et remplace. Enregistrez sans fichier, ou demandez-lui de le remplacer.
declared-cost-unknown = Non indiqué
declared-kind-pentest = Test d’intrusion
declared-kind-bug-bounty = Bug bounty
declared-kind-code-review = Audit de code
declared-kind-configuration-review = Audit de configuration
declared-kind-red-team = Exercice d’attaque
declared-kind-other = Autre test
declared-withdraw-action = Retirer ce test
declared-withdraw-title = Retirer ce test ?
declared-withdraw-meaning = Il ne comptera plus, et personne ne le lira plus, vous non plus. Ne le retirez que s’il n’a pas eu lieu ou s’il est déclaré deux fois.
declared-withdraw-submit = Retirer le test
declared-event-declared = Test déclaré
declared-event-imported = Test déclaré par un fichier
declared-event-corrected = Test corrigé
declared-event-withdrawn = Test retiré
declared-file-hint = { $n ->
    [one] Un test au plus, 2 Mo. Rien n’est déclaré avant que vous ayez vu ce que fera l’import.
   *[other] { $n } tests au plus, 2 Mo. Rien n’est déclaré avant que vous ayez vu ce que fera l’import.
 }
declared-import-title = Importer un fichier
declared-import-text = Une ligne par test. Les tests importés deux fois ne comptent qu’une fois.
declared-import-template = Télécharger un fichier vide à remplir
declared-import-columns = Colonnes du fichier
declared-import-columns-needed = obligatoires, le nom ou l’adresse lisible de l’application, la méthode, et le premier jour (2026-03-15 ou 15/03/2026).
declared-import-columns-other = facultatives, le dernier jour, la version comme l’éditeur l’écrit, et le coût en euros.
declared-import-columns-kind = test d’intrusion, bug bounty, audit de code, audit de configuration, exercice d’attaque, ou autre test.
declared-import-new = { $n ->
    [0] Aucun test nouveau.
    [one] Un test sera déclaré.
   *[other] { $n } tests seront déclarés.
 }
declared-import-record = { $n ->
    [one] Déclarer ce test
   *[other] Déclarer ces { $n } tests
 }
declared-import-head = Première ligne attendue : application, methode, debut, et au choix fin, version, cout. Lu : { $found }
declared-import-product = Le nom d’une application du catalogue. Lu : { $found }
declared-import-product-twice = Deux applications portent ce nom : écrivez l’adresse lisible de l’une, comme guichet-clairval. Lu : { $found }
declared-import-version = Une version que le catalogue connaît, ou rien. Lu : { $found }
declared-import-kind = Une des méthodes de la liste. Lu : { $found }
declared-import-date = Un jour, comme 2026-03-15 ou 15/03/2026. Lu : { $found }
declared-import-cost = Un montant en euros, comme 10 000,50. Lu : { $found }
declared-error-cost = Écrivez un montant en euros, comme 10 000,50.
declared-error-known = Ce test est déjà déclaré : même application, même méthode, mêmes jours.
declared-error-long = Un test dure un an au plus. Déclarez chacun à part.
declared-error-far = Ce jour est à plus de vingt ans d’ici. Vérifiez l’année.
declared-error-import = Le fichier a changé ou contient une erreur. Vérifiez-le de nouveau.
flash-test-declared = Le test est déclaré.
flash-tests-imported = Les tests du fichier sont déclarés.
flash-test-withdrawn = Le test est retiré.
declared-empty-other = Les responsables de la sécurité de l’organisation les déclarent ici.
declared-import-caption = Tests qui seront déclarés
