import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { type Accepting, later, NOW, named, startAccepting } from './accepting.ts';

const HOUR = 3_600_000;
const LATER = later(1_000);
const MOMENTS = ['before it was taken', 'after it was taken'] as const;

/** Few addresses, and all that can be wrong with one: duplicates within and across calls are common. */
const RECIPIENTS = [
  ...named('ann@example.com', 'bo@example.com', 'Ann@Example.com', 'sup@example.com', 'nobody'),
  ...[{ email: 'cy@example.com' }, { email: 'bo@example.com', skip: 'no balance due' }],
];

type Step = (accepting: Accepting) => Promise<{ status: number; body: unknown }>;
const SEND: Readonly<Record<string, Step>> = {
  'a campaign that starts at once': (accepting) => accepting.send({ recipients: RECIPIENTS }),
  'a campaign with times': (accepting) =>
    accepting.send({ recipients: RECIPIENTS, sendAt: later(HOUR), expiresAt: later(2 * HOUR) }),
  'a message': (accepting) => accepting.message({}),
};
const FIRST: Step = (accepting) =>
  accepting.send({ needsApproval: true, recipients: named('bo@example.com') }, { key: 'k0' });
const AFTER: Readonly<Record<string, Step>> = {
  'more recipients': (accepting) => accepting.add('october', RECIPIENTS),
  'an approval': (accepting) => accepting.decide('october', 'approve'),
  'a cancellation': (accepting) => accepting.decide('october', 'cancel'),
};
const STEPS = [
  ...Object.entries(SEND).map(([name, step]) => [name, undefined, step] as const),
  ...Object.entries(AFTER).map(([name, step]) => [name, FIRST, step] as const),
];

/** All that there is to see afterwards; a message that says the same twice is one that is done once. */
const stateOf = async (accepting: Accepting, mailingId: string) => ({
  emails: await accepting.emails(),
  parts: await accepting.parts(mailingId),
  scheduled: [...accepting.scheduled],
  told: [...new Set(accepting.sent.map((message) => JSON.stringify(message)))],
});

describe.each(engines())('a request that breaks off, on $name', ({ endpoint }) => {
  const run = async (
    first: Step | undefined,
    step: Step,
    fault: (accepting: Accepting) => void = () => {},
    at = NOW,
  ) => {
    const accepting = await startAccepting(endpoint);
    try {
      await accepting.suppress({ address: 'sup@example.com', manual: { at: later(-HOUR), source: 'api' } });
      await first?.(accepting);
      accepting.clock.now = at;
      const [tables, services] = [accepting.requests.length, accepting.outside.calls];
      fault(accepting);
      const broken = await step(accepting);
      const [asked, called] = [accepting.requests.length - tables, accepting.outside.calls - services];
      accepting.failing(undefined);
      accepting.outside.fault = undefined;
      // What broke off may stand in the way for as long as it could have run: here, for a millisecond.
      await new Promise((resolve) => setTimeout(resolve, 5));
      accepting.clock.now = LATER;
      const answer = broken.status === 500 ? await step(accepting) : broken;
      const { messageId } = answer.body as { messageId?: string };
      return {
        ...{ broken, answer, asked, called },
        state: await stateOf(accepting, messageId === undefined ? 'october' : `~${messageId}`),
        said: JSON.stringify(accepting.said),
      };
    } finally {
      await accepting.drop();
    }
  };

  it.each(STEPS)(
    '%s is completed by the same request, exactly, whichever of its calls failed',
    async (_, first, step) => {
      const whole = await run(first, step);
      expect(whole.answer.status).toBe(202);
      // What was stored before it broke off says when it was accepted; where that is nothing, it is accepted then.
      const states = [whole.state, (await run(first, step, undefined, LATER)).state];
      const faults = MOMENTS.flatMap((moment) => [
        ...Array.from({ length: whole.asked }, (_, at) => (accepting: Accepting) => accepting.failing(at, moment)),
        ...Array.from({ length: whole.called }, (_, at) => (accepting: Accepting) => {
          accepting.outside.fault = { at: accepting.outside.calls + at, moment };
        }),
      ]);
      let broke = 0;
      for (const fault of faults) {
        const { broken, answer, state, said } = await run(first, step, fault);
        if (broken.status === 500) broke++;

        expect(answer).toEqual(whole.answer);
        expect(states).toContainEqual(state);
        expect(said).not.toContain('example.com');
      }
      // An answer that says that a condition failed is not lost here: it is an error already.
      expect(broke).toBeGreaterThanOrEqual(faults.length - 1);
    },
    300_000,
  );
});

describe.each(engines())('a key, on $name', ({ endpoint }) => {
  let accepting: Accepting;
  beforeEach(async () => {
    accepting = await startAccepting(endpoint);
  });
  afterEach(() => accepting.drop());

  it('gives the same answer for the same body, and works once', async () => {
    const recipients = named('ann@example.com');
    const first = await accepting.send({ recipients });
    accepting.sent.splice(0);
    const writes = accepting.requests.length;
    const again = await accepting.send({ recipients });

    expect(again).toEqual(first);
    expect([accepting.sent, accepting.requests.slice(writes)]).toEqual([[], ['PutItemCommand']]);
  });

  it('is refused with another body: while its answer is kept, and where its request broke off', async () => {
    await accepting.send({ recipients: named('ann@example.com') });
    const other = await accepting.send({ recipients: named('bo@example.com') });
    accepting.failing(3);
    await accepting.send({ campaignId: 'broken', recipients: named('ann@example.com') }, { key: 'k2' });
    accepting.failing(undefined);
    const afterwards = await accepting.send(
      { campaignId: 'broken', recipients: named('bo@example.com') },
      { key: 'k2' },
    );

    for (const { status, body } of [other, afterwards]) {
      expect([status, body.type]).toEqual([409, 'urn:mailtrail:problem:idempotency-key-reused']);
    }
    expect((await accepting.emails()).map(({ recipient }) => recipient)).toEqual(['ann@example.com']);
  });

  it('belongs to a caller and a path', async () => {
    const one = await accepting.message({}, { caller: 'one' });
    const two = await accepting.message({}, { caller: 'two' });
    await accepting.send({ needsApproval: true, recipients: named('ann@example.com') }, { caller: 'one' });
    const more = await accepting.add('october', named('bo@example.com'), { caller: 'one' });

    expect(one.body.messageId).not.toBe(two.body.messageId);
    expect([more.status, more.body.byStatus]).toEqual([202, { queued: 1 }]);
    expect(await accepting.emails()).toHaveLength(4);
  });

  it('lets one of two at the same time work, and tells the other to wait', async () => {
    const slow = accepting.handlerWith({ getRemainingTimeInMillis: () => 29_000 } as never);
    const answers = await Promise.all(
      [1, 2, 3].map(() => accepting.send({ recipients: named('ann@example.com') }, { handler: slow })),
    );
    const told = answers.map(({ status, body }) => body.type ?? status);

    expect(told.filter((answer) => answer === 202)).toHaveLength(1);
    expect(told.filter((answer) => answer === 'urn:mailtrail:problem:in-progress')).toHaveLength(2);
    expect(await accepting.emails()).toHaveLength(1);
  });

  it.each([null, '', 'k'.repeat(65), 'a b', 'käy', 'k,k'])('is not %j', async (key) => {
    const { status, body } = await accepting.send({ recipients: named('ann@example.com') }, { key });

    expect([status, body.errors?.map(({ parameter }: { parameter: string }) => parameter)]).toEqual([
      400,
      ['idempotency-key'],
    ]);
  });

  it('of calls that come together brings all their recipients, each address once, and one start', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 6 }), {
          minLength: 2,
          maxLength: 5,
        }),
        async (many) => {
          const campaignId = `c${accepting.clock.now.replace(/\D/g, '')}`;
          accepting.clock.now = new Date(Date.parse(accepting.clock.now) + 1).toISOString();
          accepting.sent.splice(0);
          const at = accepting.clock.now;
          const sendAt = new Date(Date.parse(at) + HOUR).toISOString();
          await accepting.send({ campaignId, sendAt, recipients: named('first@example.com') }, { key: campaignId });
          const context = { getRemainingTimeInMillis: () => 29_000 } as never;
          accepting.clock.now = sendAt;
          const answers = await Promise.all(
            many.map((names, index) =>
              accepting.add(campaignId, named(...names.map((name) => `${name}@example.com`)), {
                key: `k${index}`,
                handler: accepting.handlerWith(context),
              }),
            ),
          );
          accepting.clock.now = at;
          // Those that came when it had started are refused, whole.
          const taken = many.filter((_, index) => answers[index]?.status === 202);
          for (const { status } of answers) expect([202, 409]).toContain(status);
          const rows = (await accepting.emails()).filter((row) => row.campaignId === campaignId);
          const queued = rows.filter(({ status }) => status === 'queued').map(({ recipient }) => recipient);

          expect(rows).toHaveLength(1 + taken.flat().length);
          expect(queued).toEqual(['first', ...new Set(taken.flat())].map((name) => `${name}@example.com`).sort());
          const { plan } = await accepting.parts(campaignId);
          expect(plan).toMatchObject({ state: 'started', recipients: rows.length });
          expect(accepting.sent.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);
});
