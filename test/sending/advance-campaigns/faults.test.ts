import { describe, expect, it } from 'vitest';
import { engines } from '../../support/engine.ts';
import { type Accepting, later, named, startAccepting } from '../accept-mail/set-up.ts';
import { type Advancing, advancing } from './set-up.ts';

const HOUR = 3_600_000;
const MOMENTS = ['before it was taken', 'after it was taken'] as const;
const PEOPLE = named(...Array.from({ length: 12 }, (_, n) => `m${n}@example.com`));
const STEP = { campaignId: 'october', why: 'continue' };

/** A campaign of two pages, before a step. */
const SCENES: Readonly<Record<string, (accepting: Accepting) => Promise<unknown>>> = {
  'starts at its time': async (accepting) => {
    accepting.clock.now = later(HOUR);
  },
  'was canceled': (accepting) => accepting.decide('october', 'cancel'),
  expires: async (accepting) => {
    accepting.clock.now = later(2 * HOUR);
  },
};

describe.each(engines())('a campaign that advances, on $name', ({ endpoint }) => {
  const run = async (scene: string, fault: (accepting: Accepting, to: Advancing) => void = () => {}) => {
    const accepting = await startAccepting(endpoint);
    try {
      const to = advancing(accepting);
      await accepting.send({ recipients: PEOPLE.slice(0, 7), sendAt: later(HOUR), expiresAt: later(2 * HOUR) });
      await accepting.add('october', PEOPLE.slice(7), { key: 'k2' });
      await SCENES[scene]?.(accepting);
      const before = accepting.requests.length;
      fault(accepting, to);
      // With time for one page, so that the message for its next step may be lost too.
      const whole = await to.run(STEP, () => 0);
      const [asked, called] = [accepting.requests.length - before, to.calls.length];
      accepting.failing(undefined);
      to.turn.fault = undefined;
      // SQS delivers failed messages again, and those for the next steps.
      if (!whole) await to.run(STEP, () => 0);
      for (let step = to.steps.shift(); step !== undefined; step = to.steps.shift()) await to.run(step.step, () => 0);
      const emails = await accepting.emails();
      const parts = await accepting.parts();
      return {
        ...{ whole, asked, called },
        state: parts.plan.state,
        pages: Object.keys(parts).filter((part) => part.startsWith('page#')),
        statuses: emails.map(({ status, values }) => `${status} ${values === undefined ? '' : 'with values'}`),
        queued: [...new Set(to.emails.map(({ messageId }) => messageId))].sort(),
        ids: emails.map(({ messageId }) => messageId).sort(),
        said: JSON.stringify(to.said),
      };
    } finally {
      await accepting.drop();
    }
  };

  it.each(Object.keys(SCENES))(
    'and %s completes, whichever of its requests failed or had its answer lost',
    async (scene) => {
      const whole = await run(scene);
      const isSent = scene === 'starts at its time';
      const end = isSent ? 'queued with values' : scene === 'expires' ? 'expired ' : 'canceled ';
      expect([whole.asked > 4, whole.called > 0, whole.statuses]).toEqual([true, true, Array(12).fill(end)]);
      expect([whole.pages, whole.queued]).toEqual([[], isSent ? whole.ids : []]);

      const faults = MOMENTS.flatMap((moment) => [
        ...Array.from({ length: whole.asked }, (_, n) => (accepting: Accepting) => accepting.failing(n, moment)),
        ...Array.from({ length: whole.called }, (_, n) => (_: Accepting, to: Advancing) => {
          to.turn.fault = { at: n, moment };
        }),
      ]);
      for (const fault of faults) {
        const broken = await run(scene, fault);

        expect(broken.whole).toBe(false);
        const { state, pages, statuses, queued } = broken;
        expect({ state, pages, statuses, queued: queued.length }).toEqual({
          ...{ state: whole.state, pages: [], statuses: whole.statuses, queued: whole.queued.length },
        });
        if (isSent) expect(queued).toEqual(broken.ids);
        expect(broken.said).not.toContain('example.com');
      }
    },
    120_000,
  );
});
