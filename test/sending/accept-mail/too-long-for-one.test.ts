import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../../support/engine.ts';
import { type Accepting, named, startAccepting } from './set-up.ts';

describe.each(engines())('an email that values make too long for SES, on $name', ({ endpoint }) => {
  let accepting: Accepting;
  beforeEach(async () => {
    accepting = await startAccepting(endpoint);
  });
  afterEach(() => accepting.drop());

  it.each(['x'.repeat(1_000), 'Ö'.repeat(400), '🎾'.repeat(200)])(
    'is a subject of one recipient alone: %.5s…',
    async (name) => {
      const { status, body } = await accepting.send({
        recipients: [...named('ann@example.com'), { email: 'bo@example.com', values: { name } }],
      });

      expect([status, body.byStatus]).toEqual([202, { queued: 1, failed_rendering: 1 }]);
      const [, bo] = await accepting.emails();
      expect(bo.reason).toMatch(/^The subject has \d+ bytes once encoded; at most 995 can be sent$/);
    },
  );

  it('fails alone: above 1 MB with its values', async () => {
    const { body } = await accepting.send({
      ...{ subject: 'Hi', html: '{{name}}'.repeat(200) },
      recipients: [...named('ann@example.com'), { email: 'bo@example.com', values: { name: '<'.repeat(2_000) } }],
    });

    expect(body.byStatus).toEqual({ queued: 1, failed_rendering: 1 });
    const [, bo] = await accepting.emails();
    expect(bo.reason).toBe('The email has 1602007 bytes; at most 1048576 can be sent');
  });
});
