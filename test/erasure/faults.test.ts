import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { bounceEvent, complaintEvent, deliveryEvent, openEvent, sendEvent } from '../support/ses-events.ts';
import { type Erasing, startErasing } from './set-up.ts';

const ANN = 'ann@example.com';
const EARLY = '2026-11-24T10:00:01.000Z';
const ERASED = '2026-11-25T12:00:00.000Z';
const LATER = '2026-11-25T12:00:20.000Z';

type Mail = Readonly<{ messageId: string; destination: readonly string[]; timestamp: string }>;
const mail = fc.record({
  messageId: fc.constantFrom('m1', 'm2', 'm3', 'm4', 'm5', 'm6'),
  destination: fc.constantFrom([ANN], [ANN], ['bob@example.com'], [ANN, 'bob@example.com']),
});
const tell = fc.constantFrom(sendEvent, deliveryEvent, openEvent, bounceEvent, complaintEvent);
/** An email's id contains its time of acceptance, so that all events of one email agree. */
const told = (mails: fc.Arbitrary<Omit<Mail, 'timestamp'>>, timestamp: string, prefix = '') =>
  fc.tuple(mails, tell).map(([of, event]) => {
    const whole: Mail = { ...of, messageId: `${prefix}${of.messageId}-${of.destination.length}`, timestamp };
    return { mail: whole, body: event({ ...whole, destination: [...whole.destination] }) };
  });

/** A fault: at which request, and whether that was executed. */
const fault = fc.record({ at: fc.nat(9), moment: fc.constantFrom('before it was taken', 'after it was taken') });
type Fault = Readonly<{ at: number; moment: 'before it was taken' | 'after it was taken' }>;

describe.each(engines())('an interrupted erasure, on $name', ({ endpoint }) => {
  let erasing: Erasing;
  beforeEach(async () => {
    erasing = await startErasing(endpoint);
  });
  afterEach(() => erasing.drop());

  /** Repeats the request until it succeeds, at a later time each. */
  const eraseUntilDone = async (faults: readonly Fault[], suppression: string) => {
    for (let attempt = 0; ; attempt++) {
      erasing.clock.now = new Date(Date.parse(ERASED) + attempt).toISOString();
      const broken = faults[attempt];
      if (broken) erasing.failing(broken.at, broken.moment);
      const { status } = await erasing.erase(ANN, `suppression=${suppression}`);
      erasing.failing(undefined);
      if (status === 202) return;
    }
  };
  /** Delivers every message until it succeeds, like SQS. */
  const workUntilDone = async (faults: readonly Fault[]) => {
    const left = [...faults];
    const messages = erasing.queue.splice(0);
    for (let message = messages.shift(); message; message = messages.shift()) {
      const broken = left.shift();
      if (broken) erasing.failing(broken.at, broken.moment);
      // With so little time that there is always something to continue.
      const done = await erasing.workOff([message.body], broken?.at === 0 ? 9_000 : 60_000);
      erasing.failing(undefined);
      if (!done) messages.push(message);
      messages.push(...erasing.queue.splice(0));
    }
  };

  it('is completed by repeats: nothing from before remains, and everything else does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          before: fc.array(told(mail, EARLY), { minLength: 1, maxLength: 8 }),
          late: fc.array(told(mail, EARLY), { maxLength: 4 }),
          last: fc.array(told(mail, EARLY), { maxLength: 3 }),
          later: fc.array(told(mail, LATER, 'later-'), { maxLength: 3 }),
          suppression: fc.constantFrom('keep', 'erase'),
          calls: fc.array(fault, { maxLength: 3 }),
          sends: fc.array(fc.constantFrom('lost' as const, 'answer lost' as const, 'second refused' as const), {
            maxLength: 2,
          }),
          works: fc.array(fault, { maxLength: 4 }),
          isWarm: fc.boolean(),
        }),
        async ({ before, late, last, later, suppression, calls, sends, works, isWarm }) => {
          const [warm, cold] = [erasing.aRecorder(), erasing.aRecorder()];
          await warm('2026-11-25T12:00:00.000Z', ...before.map(({ body }) => body));
          erasing.sqs.faults = [...sends];
          await eraseUntilDone(calls as Fault[], suppression);
          // A warm function uses old marks for a minute, and records what the second deletion deletes.
          await (isWarm ? warm : cold)('2026-11-25T12:00:59.000Z', ...late.map(({ body }) => body));
          await workUntilDone(works as Fault[]);
          const news = [...later, ...last].map(({ body }) => body);
          const records = await warm('2026-11-25T12:10:00.000Z', ...news);

          const kept = (all: readonly { mail: Mail }[], recipient: string) =>
            all.filter(({ mail }) => mail.destination.includes(recipient)).map(({ mail }) => mail.messageId);
          // Events without a known recipient are on the message itself.
          expect(await erasing.emailsOf(ANN)).toEqual([...new Set(kept(later, ANN))].filter(isListed(later)).sort());
          const bobs = [...new Set(kept([...before, ...late, ...last, ...later], 'bob@example.com'))];
          expect(await erasing.emailsOf('bob@example.com')).toEqual(
            bobs.filter(isListed([...before, ...late, ...last, ...later])).sort(),
          );
          if (suppression === 'erase' && later.length === 0) expect(await erasing.suppression(ANN)).toBeUndefined();
          expect(JSON.stringify([erasing.said, records.said])).not.toContain('example.com');
          await erasing.drop();
          erasing = await startErasing(endpoint);
        },
      ),
      { numRuns: 25 },
    );
  });
});

/** Whether there was an event that belongs to recipients: an open of an email with two recipients does not. */
const isListed =
  (all: readonly { mail: Mail; body: string }[]) =>
  (messageId: string): boolean =>
    all.some(
      ({ mail, body }) =>
        mail.messageId === messageId && !(mail.destination.length > 1 && body.includes('"eventType":"Open"')),
    );
