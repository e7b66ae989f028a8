import { BadRequestException, GetEmailIdentityCommand, TooManyRequestsException } from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FORMATS } from '../../../lambdas/sending/accept-mail/field-formats.ts';
import { readMailbox, writeMailbox } from '../../../lambdas/sending/email/mailbox.ts';
import { renderer } from '../../../lambdas/sending/email/render.ts';
import { html, startSes, to } from './ses-server.ts';

let ses: Awaited<ReturnType<typeof startSes>>;
let now = 0;
beforeEach(async () => {
  now = Date.parse('2026-11-25T12:00:00Z');
  ses = await startSes({ clock: () => now });
});
afterEach(() => ses.stop());

const mailbox = (name: string) => `${name} <office@club.example>`;
const refusal = async (input: object): Promise<string> => {
  const error = await ses.send(input).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(BadRequestException);
  return (error as Error).message;
};
const simple = (data: string) => ({ Content: { Simple: { Subject: { Data: data }, Body: { Text: { Data: 'x' } } } } });

describe('the limits of SES', () => {
  it('are 320 bytes for one mailbox, in From, Reply-To and To', async () => {
    const long = mailbox('x'.repeat(299));
    const sentence = `Address length is more than 320 bytes long: '${long}'.`;

    expect(await refusal({ FromEmailAddress: long })).toBe(sentence);
    expect(await refusal({ ReplyToAddresses: ['a@club.example', long] })).toBe(sentence);
    expect(await refusal(to(long))).toBe(sentence);
    await ses.send({ FromEmailAddress: mailbox('x'.repeat(298)) });
    await ses.send({ FromEmailAddress: mailbox(`"${'x'.repeat(298)}"`) });
    expect(await refusal({ FromEmailAddress: mailbox(`"${'x'.repeat(296)},"`) })).toContain('320');
  });

  it('are 995 characters for a subject once it is encoded', async () => {
    for (const good of ['x'.repeat(995), 'Ö'.repeat(280)]) await ses.send(simple(good));
    for (const bad of ['x'.repeat(996), 'Ö'.repeat(400)])
      expect(await refusal(simple(bad))).toContain("'Subject' is more than 995");
  });

  it('are 40 MB for a message in base64', async () => {
    const good = 'x'.repeat(29 * 1024 * 1024);

    await ses.send({ Content: html(good) });
    expect(await refusal({ Content: html(good + 'x'.repeat(2 * 1024 * 1024)) })).toMatch(
      /^Message length is more than 41943040 bytes long: '\d+'\.$/,
    );
  });

  it('are one call a second of each action about identities', async () => {
    const get = () => ses.client.send(new GetEmailIdentityCommand({ EmailIdentity: 'club.example' }));
    await get();
    now += 999;
    await expect(get()).rejects.toSatisfy(
      (error) => error instanceof TooManyRequestsException && error.$metadata.httpStatusCode === 429,
    );
    now += 1;

    expect(await get()).toMatchObject({ VerifiedForSendingStatus: true });
  });

  it.each(['x', 'x,', 'Ö', 'Öx ', '🎾', '"'])(
    'are the same as those for accepting mail, to the byte: for names and subjects of %j',
    async (unit) => {
      for (const count of lengths(40, 320 / unit.length)) {
        const text = mailbox(`Club ${unit.repeat(2 * count)}`);
        const given = readMailbox(text);
        const isTaken = FORMATS['mailtrail-mailbox'](text) === undefined;
        const send = ses.send({ FromEmailAddress: given && writeMailbox(given) });

        expect([
          text,
          await send.then(
            () => true,
            () => false,
          ),
        ]).toEqual([text, isTaken]);
      }
      for (const count of lengths(100, 1_000 / unit.length)) {
        const subject = `Club ${unit.repeat(count)}`;
        const isTaken = renderer({ subject, text: 'x' }).unrenderable({}) === undefined;

        expect([
          count,
          await ses.send(simple(subject)).then(
            () => true,
            () => false,
          ),
        ]).toEqual([count, isTaken]);
      }
    },
  );
});

/** Lengths on both sides of the limit, and all where it may be for one unit or the other. */
const lengths = (from: number, to: number): readonly number[] =>
  Array.from({ length: 40 }, (_, n) => Math.round(from + (n * (to - from)) / 39));
