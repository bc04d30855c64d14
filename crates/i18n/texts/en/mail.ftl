## Mails; never with a flaw's content

mail-foot = This message comes from Beffroi: { $url }. It holds no details, on purpose.
mail-invitation-subject = Invitation to join { $organisation } on Beffroi
mail-invitation-text = Hello,

    { $organisation } invites you to Beffroi. Your role: { $role }. { $meaning }

    To take it up, open this link, which works once, until { $until }:

    { $link }
mail-vulnerability-notified-subject = A vulnerability is reported to you
mail-vulnerability-notified-text = Hello,

    A vulnerability concerns one of your products. Its full description awaits you on Beffroi, with the date by which your answer is expected:

    { $link }
mail-vulnerability-declared-subject = A vendor declares a vulnerability of its product
mail-vulnerability-declared-text = Hello,

    A vendor declares a vulnerability of one of its products and chose your programme to coordinate it. It awaits you here:

    { $link }
mail-vulnerability-silent-subject = A vendor is late
mail-vulnerability-silent-text = Hello,

    A vendor owes an answer or a fix, and your programme’s deadline has passed. It was reminded. See where it stands:

    { $link }
mail-vulnerability-reminder-subject = A deadline comes near
mail-vulnerability-reminder-text = Hello,

    An answer, a fix or the request for a retest is expected of you, and the deadline comes near. It is shown on this page:

    { $link }
mail-vulnerability-late-subject = A deadline has passed
mail-vulnerability-late-text = Hello,

    An answer, a fix or the request for a retest was expected of you, and the deadline has passed. The programme’s organisers are told. Answer here:

    { $link }
mail-vulnerability-reopened-subject = A fixed vulnerability came back
mail-vulnerability-reopened-text = Hello,

    A vulnerability that was held to be fixed came back. It is reopened, and those who were up to date are affected again. See what is known:

    { $link }
mail-retest-offered-subject = A retest is offered to you
mail-retest-offered-text = Hello,

    A fix is announced for a vulnerability that you reported. Would you check that it holds? The retest is kept for you until the date shown on this page:

    { $link }
mail-retest-offered-pool-subject = A retest waits for somebody
mail-retest-offered-pool-text = Hello,

    A fix is announced for a vulnerability of a programme in which you are an accredited tester. The first who accepts checks that it holds, until the date shown on this page:

    { $link }
mail-retest-offered-verifier-subject = A retest is for you
mail-retest-offered-verifier-text = Hello,

    Nobody else took the retest of a fix. It is for the verifiers:

    { $link }
mail-retest-waits-subject = Reminder: a retest waits for you
mail-retest-waits-text = Hello,

    The retest of a fix is offered to you, and nobody has taken it so far. Accept it, or see until when it is offered to you:

    { $link }
mail-retest-due-subject = Reminder: a retest is due
mail-retest-due-text = Hello,

    You accepted the retest of a fix. Say what you found before the date shown on this page; it passes on to somebody else after that:

    { $link }
mail-retest-overdue-subject = The time for a retest has passed
mail-retest-overdue-text = Hello,

    You had accepted the retest of a fix, and nothing was handed in in time. It is offered to somebody else; this page says so:

    { $link }
mail-retest-confirmed-subject = The result of a retest is known
mail-retest-confirmed-text = Hello,

    A verifier has confirmed the result of a retest of one of your fixes:

    { $link }

mail-position-subject = Something awaits you in Beffroi
mail-position-text = Something that concerns your organisation awaits you at your desk: { $url }/bureau
    For reasons of security this message says no more.
mail-risk-proposed-subject = Your signature is asked for in Beffroi
mail-risk-proposed-text = A decision of your organisation awaits your signature at your desk: { $url }/bureau
    For reasons of security this message says no more.
mail-risk-signed-subject = Your signatory has answered in Beffroi
mail-risk-signed-text = Your organisation’s signatory has signed what you proposed. Your desk: { $url }/bureau
    For reasons of security this message says no more.
mail-risk-refused-subject = Your signatory has answered in Beffroi
mail-risk-refused-text = Your organisation’s signatory refuses what you proposed. Your desk: { $url }/bureau
    For reasons of security this message says no more.
mail-opinion-subject = Your opinion is asked for in Beffroi
mail-opinion-text = The organiser of a programme asks for your opinion. It awaits you at your desk: { $url }/bureau
    For reasons of security this message says no more.
mail-report-question-subject = Beffroi: a question about your report no. { $number }
mail-report-question-text =
    A verifier needs more about your report no. { $number } (campaign “{ $campaign }”). Without an answer within { $days } days it will be closed.

    Read the question and answer: { $link }
mail-report-reminder-subject = Beffroi: your report no. { $number } awaits your answer
mail-report-reminder-text =
    A question about your report no. { $number } (campaign “{ $campaign }”) has had no answer. You have { $left ->
        [one] one day
       *[other] { $left } days
    } left to answer; after that the report will be closed.

    Read the question and answer: { $link }
mail-report-closed-subject = Beffroi: your report no. { $number } is closed
mail-report-closed-text =
    A decision was taken on your report no. { $number } (campaign “{ $campaign }”). You can read it, and contest it once.

    Read the decision: { $link }
mail-report-news-subject = Beffroi: news of your report no. { $number }
mail-report-news-text =
    There is news of your report no. { $number } (campaign “{ $campaign }”).

    Read it: { $link }
mail-report-waiting-subject = Beffroi: report no. { $number } waits for a verifier
mail-report-waiting-text =
    Report no. { $number } of the campaign “{ $campaign }” waits for a verifier.

    Open it: { $link }
mail-report-second-subject = Beffroi: report no. { $number } waits for a second opinion
mail-report-second-text =
    A verifier proposes a decision on report no. { $number } of the campaign “{ $campaign }”. Another must confirm or drop it.

    Open it: { $link }
mail-report-appeal-subject = Beffroi: the closing of report no. { $number } is contested
mail-report-appeal-text =
    The author of report no. { $number } (campaign “{ $campaign }”) contests its closing. A verifier who took no part in it must decide.

    Open it: { $link }
mail-vulnerability-critical-subject = Beffroi: a critical vulnerability is established
mail-vulnerability-critical-text =
    A report has just been verified as critical. Product: { $product }. Vulnerability opened on { $opened }. The vendor’s answer is due by: { $due }.

    Follow it: { $link }
mail-programme-membership-subject = { $programme }: a membership is offered to { $organisation }
mail-programme-membership-text =
    The programme “{ $programme }” offers { $organisation } to become a member. Nothing binds you before you answer.

    Read the programme and answer: { $link }
mail-call-opened-subject = { $programme }: a call is open
mail-call-opened-text =
    The call “{ $call }” of the programme “{ $programme }” is open, and your organisation can answer it. Candidacies are ranked by order of receipt.

    Read the call and apply: { $link }
mail-deployment-confirmed-subject = Beffroi: a deployment of { $organisation } is confirmed
mail-deployment-confirmed-text =
    The deployment of { $product } that { $organisation } declared is confirmed.

    See it: { $link }
mail-deployment-refused-subject = Beffroi: a deployment of { $organisation } is not recognised
mail-deployment-refused-text =
    The vendor says that it does not know the deployment of { $product } that { $organisation } declared. You can show a proof.

    See it: { $link }
mail-deployment-ended-subject = Beffroi: a deployment of { $organisation } has ended
mail-deployment-ended-text =
    The deployment of { $product } was ended in the register of { $organisation }. You are no longer told of what affects it.

    See it: { $link }
mail-report-named-subject = Beffroi: a report names you
mail-report-named-text =
    Somebody says that they found something with you in the campaign “{ $campaign }”. Your name is in their report only if you accept.

    Answer: { $link }
mail-foot-choice = Choose the messages you get: { $url }/compte/messages
    Stop getting these, without signing in: { $end }
mail-foot-legal = This message is one of those that cannot be turned off.
mail-digest-subject = Beffroi: what waits for you
mail-digest-text = Since your last digest:

    { $lines }

    Everything is on your desk: { $url }/bureau
mail-digest-line = { $n ->
    [one] – { $kind }: { $n } message
   *[other] – { $kind }: { $n } messages
 }
mail-kind-urgent = Urgent news
mail-kind-sharing = Vulnerabilities of the products you use
mail-kind-reports = Your reports
mail-kind-verification = Reports to verify
mail-kind-vulnerabilities = Vulnerabilities to correct, coordinate or retest
mail-kind-campaigns = Campaigns
mail-kind-register = Declared installations
mail-kind-calls = Calls for candidacies
mail-kind-digest = Digests
mail-meaning-urgent = A vulnerability that is critical or already exploited, an embargo lifted, a campaign suspended. Always at once.
mail-meaning-sharing = A step of the sharing, a reminder, an accepted risk that ends soon.
mail-meaning-reports = A question, news, somebody who names you.
mail-meaning-verification = A report waits, a second opinion is asked for, a closing is contested.
mail-meaning-vulnerabilities = A vulnerability is handed to you, an opinion is asked for, a retest is offered.
mail-meaning-campaigns = A campaign is announced, opens, ends; somebody joins it.
mail-meaning-register = An installation is confirmed, is not recognised, has ended.
mail-meaning-calls = A call opens that your organisation may answer.
mail-meaning-legal = Receipts, decisions, signatures asked for, memberships offered and the security of the account.
mail-pace-at-once = At once
mail-pace-daily = One digest a day
mail-pace-weekly = One digest a week
mail-pace-never = Never
mail-position-urgent-subject = Beffroi: urgent information waits for you
mail-position-urgent-text = Urgent information that concerns your organisation waits at your desk: { $url }/bureau
    For security, this message says no more.
mail-risk-expires-subject = Beffroi: a decision of your organisation ends soon
mail-risk-expires-text = A decision that your organisation signed ends soon. What follows is decided at your desk: { $url }/bureau
    For security, this message says no more.
mail-position-reminder-subject = Beffroi: an answer of your organisation is awaited
mail-position-reminder-text = An answer of your organisation is awaited, and its time has passed. You give it at your desk: { $url }/bureau
    For security, this message says no more.
