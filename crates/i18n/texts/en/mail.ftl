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
mail-vulnerability-silent-subject = A vendor has not answered in time
mail-vulnerability-silent-text = Hello,

    A vendor has not yet acknowledged a vulnerability it was told of, and the deadline has passed. It is for you to remind them:

    { $link }
mail-retest-offered-subject = A retest is offered to you
mail-retest-offered-text = Hello,

    A fix is announced for a vulnerability that you reported. Would you check that it holds? The retest is kept for you until the date shown on this page:

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
