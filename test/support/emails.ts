import fc from 'fast-check';
import { asLegacy } from './legacy-notifications.ts';
import * as ses from './ses-events.ts';

/**
 * Few times, so that facts collide: the same kind at the same time, a complaint before its delivery, an open before
 * all.
 */
const time = fc.constantFrom(
  '2026-11-24T10:00:02.900Z',
  '2026-11-24T10:00:03.120Z',
  '2026-11-24T11:00:00.000Z',
  '2026-11-25T08:00:00.000Z',
);
const link = fc.constantFrom(
  'https://club.example/a',
  'https://club.example/b',
  `https://club.example/u/${'t'.repeat(43)}`,
);

/** Every event SES may publish for one email of one recipient, as record bodies; legacy notifications repeat some. */
export const eventsOf = (of: ses.Mail): fc.Arbitrary<readonly string[]> => {
  const bounce = fc.record({
    type: fc.constantFrom('Permanent', 'Transient', 'Undetermined', 'Novel'),
    subtype: fc.constantFrom(
      'General',
      'NoEmail',
      'Suppressed',
      'OnAccountSuppressionList',
      'UnsubscribedRecipient',
      'EmailValidationSuppressed',
      'Novel',
    ),
    timestamp: time,
    evidence: fc.boolean(),
  });
  const complaint = fc.record({
    feedback: fc.constantFrom('abuse', 'not-spam', null),
    subtype: fc.constantFrom(null, 'OnAccountSuppressionList'),
    timestamp: time,
  });
  const one = fc.oneof(
    fc.constant(ses.sendEvent(of)),
    // Some events have headers, some do not: the item must not depend on which came first.
    time.map((at) => ses.deliveryEvent({ ...of, subject: 'Distinctive October statement' }, at)),
    time.map((at) => ses.deliveryEvent(of, at)),
    bounce.map((details) => ses.bounceEvent(of, details)),
    complaint.map((details) => ses.complaintEvent(of, details)),
    time.map((at) => ses.delayEvent(of, at)),
    fc.tuple(time, fc.constantFrom('Likely', 'Unlikely')).map(([at, bot]) => ses.openEvent(of, at, bot)),
    fc.tuple(link, time).map(([to, at]) => ses.clickEvent(of, to, at)),
    fc
      .record({ all: fc.boolean(), was: fc.boolean(), timestamp: time })
      .map((details) => ses.subscriptionEvent(of, details)),
    fc.constant(ses.rejectEvent(of)),
    fc.constant(ses.failureEvent(of)),
  );
  const withLegacy = one.chain((body) =>
    /"eventType":"(Bounce|Complaint|Delivery)"/.test(body) ? fc.constantFrom(body, asLegacy(body)) : fc.constant(body),
  );
  return fc.array(withLegacy, { minLength: 1, maxLength: 8 });
};

/** The bodies, some of them twice, in another order, cut into batches anywhere. */
export const delivered = (bodies: readonly string[]): fc.Arbitrary<readonly (readonly string[])[]> =>
  fc
    .tuple(fc.subarray([...bodies]), fc.infiniteStream(fc.nat()), fc.infiniteStream(fc.boolean()))
    .map(([again, order, cut]) => {
      const shuffled = [...bodies, ...again]
        .map((body) => ({ body, key: order.next().value }))
        .sort((one, other) => one.key - other.key);
      const batches: string[][] = [[]];
      for (const { body } of shuffled) {
        if (cut.next().value) batches.push([]);
        batches.at(-1)?.push(body);
      }
      return batches.filter((batch) => batch.length > 0);
    });
