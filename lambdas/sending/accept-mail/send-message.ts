import { isTransactional, type Mailing, singleMailing } from '../../domain/mailing/mailing.ts';
import { emailId } from '../../domain/values/digest.ts';
import { present } from '../../domain/values/json.ts';
import { invalid, keyReused, type ParameterError } from '../../http/problem.ts';
import type { Request } from '../../http/request.ts';
import type { Route } from '../../http/serve.ts';
import { checkContent } from './check-content.ts';
import { checkSender } from './check-sender.ts';
import { acceptedEntriesOf, decideEmails } from './decide-emails.ts';
import type { Dependencies } from './dependencies.ts';
import { idempotentAnswer, nameOf, type RequestName } from './idempotent-answer.ts';
import { keptUntil } from './send-campaign.ts';

const ROUTE = 'POST /v1/messages';

/** A single message's content may be personal data: it is deleted long after it was sent, but long before its row. */
const CONTENT_DAYS = 7;

/** Sends a message to one recipient, as a mailing of its own that starts at once. */
export const sendMessage =
  (dependencies: Dependencies): Route<typeof ROUTE> =>
  async (request) => {
    const { body } = request;
    const now = dependencies.now();
    if (body.transactional && body.unsubscribable) throw invalid([BOTH]);
    const { content, renderer } = checkContent(body, now);
    return idempotentAnswer(dependencies.idempotency, nameOf(ROUTE, request), async (named) => {
      await checkSender(dependencies.identities, body.from, now);
      const { singleMessages, mailings, suppressions, acceptEmails, jobs } = dependencies;
      const { mailing, fingerprint } = await singleMessages.begin(
        mailingOf(body, named, dependencies, now),
        named.fingerprint,
      );
      if (fingerprint !== named.fingerprint) throw keyReused();
      await mailings.putContent({ ...mailing, deleteAfter: keptUntil(mailing.createdAt, CONTENT_DAYS) }, content);
      const entries = acceptedEntriesOf([body], { mailing, requestKey: named.requestKey });
      const [suppression] = await suppressions.getEach(entries.map(({ recipient }) => recipient));
      const [candidate] = decideEmails([body], entries, {
        ...{ mailing, requestKey: named.requestKey, acceptedAt: mailing.createdAt, renderer },
        suppressionOf: () => suppression,
      });
      if (candidate === undefined) throw new Error('a recipient has no email');
      const email = { ...candidate.email, messageId: messageIdOf(named) };
      const [accepted] = await acceptEmails([{ email }], mailing);
      if (accepted?.status === 'queued') {
        await jobs.sendMessage({ mailingId: mailing.mailingId, messageId: email.messageId });
      }
      return { ...accepted };
    });
  };

/** Derived without the salt, which is in the mailing that this id finds. */
const messageIdOf = ({ requestKey }: RequestName): string => emailId('message', requestKey);

const BOTH: ParameterError = {
  parameter: 'transactional',
  message: 'cannot be true together with unsubscribable: unsubscribing does not stop transactional mail',
};

const mailingOf = (
  { category, from, replyTo = [], expiresAt, unsubscribable, trackReads, transactional }: Request<typeof ROUTE>['body'],
  named: RequestName,
  { newSalt, retentionDays }: Dependencies,
  now: string,
): Mailing => {
  const mailingId = singleMailing(messageIdOf(named));
  return present<Mailing>({
    mailingId,
    state: 'started',
    createdAt: now,
    sendAt: undefined,
    ...{ expiresAt, category, from, replyTo, unsubscribable, trackReads },
    transactional: transactional ?? isTransactional({ mailingId, category, unsubscribable }),
    ...{ preventDuplicates: false, needsApproval: false },
    salt: newSalt(),
    openCalls: [],
    recipients: 1,
    deleteAfter: keptUntil(now, retentionDays),
  });
};
