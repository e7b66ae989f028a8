import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../../../lambdas/http/problem.ts';
import { answerInTime, timeOf } from '../../../lambdas/sending/accept-mail/answer-in-time.ts';
import { engines } from '../../support/engine.ts';
import { type Accepting, later, named, startAccepting } from './set-up.ts';

const many = named(...Array.from({ length: 1_200 }, (_, n) => `m${n}@example.com`));
const HOUR = 3_600_000;

describe.each(engines())('a request whose time runs out, on $name', ({ endpoint }) => {
  let accepting: Accepting;
  beforeEach(async () => {
    accepting = await startAccepting(endpoint);
  });
  afterEach(() => accepting.drop());

  it('is answered to repeat it with the same key, and repeats complete it exactly, however often the time runs out', async () => {
    // Of 1,200 entries the rows are found in 24 steps, and written in twelve; then there are three pages.
    const times = [5, 24 + 3, 24 + 4, 24 + 1, 24 + 12, 24 + 15];
    let steps = 0;
    const handler = accepting.handlerWith({ getRemainingTimeInMillis: () => 1 } as never, {
      timeOf: () => {
        const time = times.shift() ?? 100;
        const inTime = timeOf(
          () => time * 1_000 + 4_000,
          () => steps * 1_000,
        )();
        return () => {
          steps += 1;
          inTime();
        };
      },
    });
    const send = () => accepting.send({ sendAt: later(HOUR), recipients: many }, { handler });
    const answers = [];
    for (let answer = await send(); ; answer = await send()) {
      answers.push(answer);
      if (answer.status === 202) break;
      await pause(3);
    }
    const last = answers.pop();

    expect(answers.length).toBeGreaterThan(3);
    for (const { status, body } of answers) {
      expect([status, body.type]).toEqual([503, 'urn:mailtrail:problem:out-of-time']);
      expect(body.detail).toContain('same Idempotency-Key');
    }
    expect(last?.body).toMatchObject({ state: 'planned', recipients: 1_200, byStatus: { queued: 1_200 } });
    const emails = await accepting.emails();
    expect(new Set(emails.map(({ recipient }) => recipient)).size).toBe(1_200);
    expect(emails).toHaveLength(1_200);
    const pages = Object.entries(await accepting.parts()).filter(([part]) => part.startsWith('page#'));
    expect(pages.flatMap(([, { ids }]) => ids)).toHaveLength(1_200);
  }, 120_000);

  it('is answered in the same way if a request to AWS hangs, before the function times out', async () => {
    const handler = answerInTime(
      accepting.handlerWith({ getRemainingTimeInMillis: () => 1 } as never, {
        idempotency: () => new Promise(() => {}),
      }),
      () => 1_050,
    );
    const { status, body } = await accepting.send({ recipients: named('ann@example.com') }, { handler });

    expect([status, body.type]).toEqual([503, 'urn:mailtrail:problem:out-of-time']);
  });
});

describe('the time of a request', () => {
  it('is over four seconds before the function times out, and stays over during another request', () => {
    let [now, left] = [0, 29_000];
    const inTime = timeOf(
      () => left,
      () => now,
    )();
    now = 25_000;
    inTime();
    [now, left] = [25_001, 29_000];

    expect(inTime).toThrow(Problem);
  });
});
