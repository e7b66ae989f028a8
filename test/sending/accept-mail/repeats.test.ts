import { describe, expect, it } from 'vitest';
import { engines } from '../../support/engine.ts';
import { type Accepting, later, NOW, named, startAccepting } from './set-up.ts';

const HOUR = 3_600_000;
const LATER = later(1_000);
const MOMENTS = ['before it was taken', 'after it was taken'] as const;

/** Few addresses with all kinds of errors: duplicates within and across requests are common. */
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

/** The complete state afterwards; two equal messages count as one, because the step is done once. */
const stateOf = async (accepting: Accepting, mailingId: string) => ({
  emails: await accepting.emails(),
  parts: await accepting.parts(mailingId),
  scheduled: [...accepting.scheduled],
  told: [...new Set(accepting.sent.map((message) => JSON.stringify(message)))],
});

describe.each(engines())('an interrupted request, on $name', ({ endpoint }) => {
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
      // An interrupted request blocks a repeat for as long as it could have run: here, for a millisecond.
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
    '%s is completed exactly by a repeat, whichever of its requests to AWS failed',
    async (_, first, step) => {
      const whole = await run(first, step);
      expect(whole.answer.status).toBe(202);
      // The time of acceptance is that of what was stored before the interruption; if nothing was, that of the repeat.
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
      // An answer of a failed condition is not lost here: it is an error already. And if SES cannot be reached
      // for the sender's identity, the request continues.
      expect(broke).toBeGreaterThanOrEqual(faults.length - 1 - MOMENTS.length);
    },
    300_000,
  );

  it('starts at its repeat, if its time came before it was scheduled', async () => {
    const accepting = await startAccepting(endpoint);
    try {
      const send = () => accepting.send({ recipients: named('ann@example.com'), sendAt: later(HOUR) });
      // The request to SES for the sender's domain comes before the schedule.
      accepting.outside.fault = { at: 1, moment: 'before it was taken' };
      expect((await send()).status).toBe(500);
      await new Promise((resolve) => setTimeout(resolve, 5));
      accepting.clock.now = later(2 * HOUR);

      expect(await send()).toMatchObject({ status: 202, body: { byStatus: { queued: 1 } } });
      expect(accepting.sent).toEqual([{ queue: 'campaigns', body: { campaignId: 'october', why: 'start' } }]);
    } finally {
      await accepting.drop();
    }
  });

  it('starts if its time comes between being closed and being scheduled', async () => {
    const accepting = await startAccepting(endpoint);
    try {
      // The clock is read by the check, the acceptance, the salt and the closing.
      const times = [NOW, NOW, NOW, NOW];
      Object.defineProperty(accepting.clock, 'now', { get: () => times.shift() ?? later(500) });
      await accepting.send({ recipients: named('ann@example.com'), sendAt: later(500) });

      expect(accepting.scheduled.size).toBe(0);
      expect(accepting.sent).toEqual([{ queue: 'campaigns', body: { campaignId: 'october', why: 'start' } }]);
    } finally {
      await accepting.drop();
    }
  });
});
