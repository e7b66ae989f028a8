import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { senderIdentities } from '../../../lambdas/aws/ses/identities.ts';
import { verifiedSenders } from '../../../lambdas/store/mailings/verified-senders.ts';
import { startSes } from '../../local/ses/ses-server.ts';
import { engines } from '../../support/engine.ts';
import { type Accepting, later, NOW, startAccepting } from './set-up.ts';

describe.each(engines())('a single message, on $name', ({ endpoint }) => {
  let accepting: Accepting;
  beforeEach(async () => {
    accepting = await startAccepting(endpoint);
  });
  afterEach(() => accepting.drop());

  it('is a started mailing of its own, a row in no campaign, and a queue message', async () => {
    const { status, body } = await accepting.message({ category: 'receipt' });
    const mailingId = `~${body.messageId}`;

    expect([status, body]).toEqual([
      202,
      { messageId: expect.stringMatching(/^[\w-]{32}$/), status: 'queued', reason: null },
    ]);
    const [row, ...others] = await accepting.emails();
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      messageId: body.messageId,
      recipient: 'ann@example.com',
      category: 'receipt',
      status: 'queued',
    });
    expect(row).not.toHaveProperty('campaignId');
    expect(row).not.toHaveProperty('campaignShard');
    const { plan, content, ...rest } = await accepting.parts(mailingId);
    expect([plan.state, content.text, Object.keys(rest)]).toEqual(['started', 'Dear {{name}}', []]);
    // Personal content is stored for a shorter time than the status.
    expect([plan, content].map(({ deleteAfter }) => (deleteAfter - Date.parse(NOW) / 1_000) / 86_400)).toEqual([
      400, 7,
    ]);
    expect(accepting.sent).toEqual([{ queue: 'messages', body: { mailingId, messageId: body.messageId } }]);
  });

  it('is not sent if the send policy rejects it, and returns the reason', async () => {
    await accepting.suppress({ address: 'ann@example.com', bounce: { at: later(-1), source: 'ses_event' } });
    const suppressed = await accepting.message({});
    const missing = await accepting.message({ email: 'bo@example.com', values: {} }, { key: 'k2' });
    const nobody = await accepting.message({ email: 'bo@localhost' }, { key: 'k3' });

    expect([suppressed, missing, nobody].map(({ body: { status, reason } }) => [status, reason])).toEqual([
      ['suppressed', 'An earlier email to the address bounced'],
      ['failed_rendering', 'Missing value: name'],
      ['invalid_address', 'Not an email address'],
    ]);
    expect(accepting.sent).toEqual([]);
    expect(await accepting.emails()).toHaveLength(3);
  });

  it('is sent twice to one address under two keys', async () => {
    await accepting.message({});
    await accepting.message({}, { key: 'k2' });

    expect((await accepting.emails()).map(({ status }) => status)).toEqual(['queued', 'queued']);
  });

  it('is never sent twice under one key, not even when the stored answer has expired', async () => {
    const first = await accepting.message({});
    const { handlerWith } = accepting;
    // Another function, and no stored answer.
    const elsewhere = await startAccepting(endpoint);
    await elsewhere.drop();
    accepting.sent.splice(0);
    const again = await accepting.message({}, { handler: handlerWith({ getRemainingTimeInMillis: () => 1 } as never) });

    expect(again).toEqual(first);
    expect([await accepting.emails(), accepting.sent]).toEqual([expect.objectContaining({ length: 1 }), []]);
  });

  it('is accepted by each of twenty functions that start at the same time, though SES accepts one request a second', async () => {
    const simulated = await startSes();
    const { documents, tables, handlerWith } = accepting;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => {
        const identities = senderIdentities(simulated.client, verifiedSenders(documents, tables.mailings));
        const handler = handlerWith({ getRemainingTimeInMillis: () => 29_000 } as never, { identities });
        return accepting.message({ from: 'Office <office+news@mail.club.example>' }, { key: `k${n}`, handler });
      }),
    ).finally(simulated.stop);

    expect(answers.map(({ status, body }) => [status, body.status])).toEqual(Array(20).fill([202, 'queued']));
  });

  it('accepts values with the names of properties of every object', async () => {
    const values = { constructor: 'Bo & Co', toString: 'x', hasOwnProperty: 'y', length: 3, toJSON: '' };
    const { status } = await accepting.message({
      ...{ subject: 'From {{constructor}}', text: '{{constructor}}', html: undefined, values },
    });

    const [ann] = await accepting.emails();
    expect([status, ann.subject, { ...ann.values }]).toEqual([202, 'From Bo & Co', values]);
  });
});
