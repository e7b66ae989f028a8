import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../../support/engine.ts';
import { type Accepting, named, startAccepting } from './set-up.ts';

// Rejected before any table is read: one engine is enough.
describe('a request that sends', () => {
  let accepting: Accepting;
  beforeAll(async () => {
    accepting = await startAccepting(engines()[0]?.endpoint ?? '');
  });
  afterAll(() => accepting.drop());

  type Told = { parameter: string; message: string };
  const errors = async (body: object): Promise<Told[]> => {
    const { status, body: problem } = await accepting.send({ recipients: named('ann@example.com'), ...body });
    expect(status).toBe(400);
    return problem.errors;
  };
  const parameters = async (body: object) => (await errors(body)).map(({ parameter }) => parameter);

  const from = (name: string) => `${name} <office@club.example>`;
  it.each([
    ['not ASCII, in encoded words', from('Ö'.repeat(150))],
    ['of emoji', from('🎾'.repeat(60))],
    ['with a special, quoted', from(`${'x'.repeat(296)},`)],
    ['plain', from('x'.repeat(299))],
    ['beyond what any name is', from('x'.repeat(900))],
  ])('has no from or replyTo of more than 320 encoded bytes: a name %s', async (_, text) => {
    const [error] = await errors({ from: text });

    expect(error).toEqual({
      parameter: 'from',
      message: expect.stringMatching(/has \d+ bytes once encoded; .*at most 320/),
    });
    expect(await parameters({ replyTo: ['office@club.example', text] })).toEqual(['replyTo[1]']);
  });

  it('may have a from of 320 bytes as SES measures it: without quotes that a name does not need', async () => {
    for (const text of [from('x'.repeat(298)), from(`${'x'.repeat(295)},`), from('Ö'.repeat(80))]) {
      expect(await parameters({ from: text, campaignId: 'a b' })).toEqual(['campaignId']);
    }
  });

  it('has a subject of at most 995 encoded bytes, whatever its values are', async () => {
    const [error] = await errors({ subject: `{{name}} ${'Ö'.repeat(400)}` });

    expect(error).toEqual({ parameter: 'subject', message: expect.stringMatching(/bytes once encoded; at most 995/) });
    expect(await parameters({ subject: 'Ö'.repeat(300), campaignId: 'a b' })).toEqual(['campaignId']);
  });
});
