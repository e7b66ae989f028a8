import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { planItem } from '../../../lambdas/store/mailings/mailing-row.ts';
import { engines } from '../../support/engine.ts';
import { NOW, named, startAccepting } from '../accept-mail/set-up.ts';
import { advancing } from './set-up.ts';

const PAGE = 500;
const PAGES = 200;

describe.each(engines())('100,000 recipients on $name', ({ endpoint }) => {
  it('are queued with three small requests a page and one for each ten emails, in any number of steps', async () => {
    const accepting = await startAccepting(endpoint);
    try {
      const to = advancing(accepting);
      const plan = planItem({
        ...{ mailingId: 'october', state: 'planned', createdAt: NOW, from: 'a@club.example', replyTo: [] },
        ...{ preventDuplicates: true, needsApproval: false, unsubscribable: true, trackReads: false },
        ...{ salt: 'salt', openCalls: [], recipients: PAGE * PAGES, deleteAfter: 2_000_000_000 },
      });
      await accepting.documents.send(new PutCommand({ TableName: accepting.tables.mailings, Item: plan }));
      const idOf = (page: number, n: number) => `${'x'.repeat(24)}${String(page * PAGE + n).padStart(8, '0')}`;
      const pages = Array.from({ length: PAGES }, (_, page) => Array.from({ length: PAGE }, (_, n) => idOf(page, n)));
      await to.putPages('october', pages);

      // Time for thirty pages, and then for no other one.
      let asked = 0;
      const most = { requests: 0, batches: 0 };
      const before = accepting.requests.length;
      const timeLeft = () => (++asked % 30 === 0 ? 10_000 : 30_000);
      let [runs, seen, called] = [0, before, 0];
      const note = () => {
        most.requests = Math.max(most.requests, accepting.requests.length - seen);
        most.batches = Math.max(most.batches, to.calls.length - called);
        [seen, called] = [accepting.requests.length, to.calls.length];
      };
      for (let step: object | undefined = { campaignId: 'october', why: 'start' }; step !== undefined; runs++) {
        to.steps.length = 0;
        expect(await to.run(step, timeLeft)).toBe(true);
        note();
        step = to.steps[0]?.step;
      }

      const counts = Object.groupBy(accepting.requests.slice(before), (name) => name);
      expect(new Set(to.emails.map(({ messageId }) => messageId)).size).toBe(PAGE * PAGES);
      expect(to.emails).toHaveLength(PAGE * PAGES);
      expect(runs).toBe(7);
      expect(to.calls.filter((entries) => entries > 1)).toEqual(Array((PAGE * PAGES) / 10).fill(10));
      expect(counts.DeleteItemCommand).toHaveLength(PAGES);
      // It starts once, and is added to the list of unfinished campaigns with each message.
      expect(counts.UpdateItemCommand).toHaveLength(1 + runs);
      expect(counts.QueryCommand?.length).toBeLessThanOrEqual(PAGES + runs);
      expect(counts.GetItemCommand?.length).toBeLessThanOrEqual(PAGES + runs);
      // At 20 ms a request, ten of SQS's at once, one invocation is done in a few seconds.
      expect(most.requests * 20 + (most.batches / 10) * 20).toBeLessThan(10_000);
    } finally {
      await accepting.drop();
    }
  }, 120_000);

  it('are canceled with two requests an email, page by page, and the written statuses are exact', async () => {
    const accepting = await startAccepting(endpoint);
    try {
      const to = advancing(accepting);
      const recipients = named(...Array.from({ length: 1_200 }, (_, n) => `m${n}@example.com`));
      await accepting.send({ recipients, needsApproval: true });
      await accepting.decide('october', 'quarantine');
      const before = accepting.requests.length;
      const runs = await to.runOn({ campaignId: 'october', why: 'continue' }, () => 0);
      const asked = accepting.requests.length - before;

      expect(runs).toBe(3);
      expect(asked).toBeLessThanOrEqual(2 * 1_200 + 3 * 3 + 3 * runs);
      expect((await accepting.emails()).filter(({ status }) => status === 'quarantined')).toHaveLength(1_200);
    } finally {
      await accepting.drop();
    }
  }, 120_000);
});
