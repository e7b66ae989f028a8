import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../../support/engine.ts';
import { mailing, senderOn, type TestedSender } from './sender.ts';

/** The account's rate, possibly with a fraction; sizes of batches, and the seconds between them. */
const rates = fc.oneof(fc.integer({ min: 1, max: 1_000 }), fc.double({ min: 1, max: 1_000, noNaN: true }));
const batches = fc.array(
  fc.record({ emails: fc.integer({ min: 1, max: 10 }), pause: fc.constantFrom(0, 0.1, 6, 90, 86_400) }),
  { minLength: 2, maxLength: 6 },
);

describe.each(engines())('batches with pauses between them, on $name', ({ endpoint }) => {
  let on: TestedSender;
  let email = 0;
  beforeAll(async () => {
    on = await senderOn(endpoint);
    await on.put(mailing());
  });
  afterAll(() => on.drop());

  it('are sent completely at any rate, with any sizes and pauses', async () => {
    await fc.assert(
      fc.asyncProperty(rates, batches, async (rate, batches) => {
        on.forget();
        on.account.maxSendRate = rate;
        let given = 0;
        for (const { emails, pause } of batches) {
          const batch = await Promise.all(
            Array.from({ length: emails }, () => on.accept('ann@example.com', { messageId: `email-${email++}` })),
          );
          given += emails;
          expect(await on.work(batch)).toEqual([]);
          on.clock.move(1_000 * pause);
        }
        // Emails without a slot within 20 seconds wait in the queue, and are sent later.
        for (let waited = 0; on.putBack.length > 0 && waited < 50; waited++) {
          on.clock.move(20_000);
          expect(await on.work(on.putBack.splice(0, 10).map(({ email }) => email))).toEqual([]);
        }

        expect([on.sent.length, on.putBack]).toEqual([given, []]);
      }),
      { numRuns: 30 },
    );
  }, 120_000);
});
