import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Contended } from '../../lambdas/store/dynamodb/update-item.ts';
import { suppressionEraser } from '../../lambdas/store/suppressions/erase-suppression.ts';
import { unsubscribing } from '../../lambdas/store/suppressions/unsubscribe.ts';
import { engines } from '../support/engine.ts';
import { bounceEvent, complaintEvent, sendEvent } from '../support/ses-events.ts';
import { type Erasing, startErasing } from './set-up.ts';

const BEFORE = '2026-11-25T12:00:30.000Z';
/** The recorder has read the marks again by then. */
const AFTER = '2026-11-25T12:02:00.000Z';

describe.each(engines())('the suppression of an erased person, on $name', ({ endpoint }) => {
  let erasing: Erasing;
  let record: ReturnType<Erasing['aRecorder']>;
  let people = 0;
  let ann = '';
  beforeAll(async () => {
    erasing = await startErasing(endpoint);
  });
  afterAll(() => erasing.drop());
  beforeEach(() => {
    ann = `ann${people++}@example.com`;
    erasing.queue.length = 0;
    record = erasing.aRecorder();
  });

  const mail = (id: string, timestamp = '2026-11-24T10:00:01.000Z') => ({
    messageId: `${id}-${ann}`,
    destination: [ann],
    timestamp,
  });
  const idsOf = async () => (await erasing.emailsOf(ann)).map((id) => id.split('-')[0]);

  it('stays by default', async () => {
    await record(BEFORE, bounceEvent(mail('m1')));
    await erasing.erase(ann);
    await erasing.settle({ late: true });

    expect(await erasing.suppression(ann)).toMatchObject({ bounce: {} });
  });

  it('is deleted at once if that is requested', async () => {
    await record(BEFORE, bounceEvent(mail('m1')));

    expect((await erasing.erase(ann, 'suppression=erase')).body.suppression).toBe('erased');
    expect(await erasing.suppression(ann)).toBeUndefined();
  });

  it('is not restored by late events', async () => {
    await erasing.erase(ann, 'suppression=erase');
    await record(AFTER, bounceEvent(mail('m1')), complaintEvent(mail('m1')));
    expect(await erasing.suppression(ann)).toBeUndefined();
  });

  it('is deleted again if a function with old marks restored it', async () => {
    await record(BEFORE, sendEvent(mail('m1')));
    await erasing.erase(ann, 'suppression=erase');
    // After the erasure by the remote server's clock, but of an earlier email.
    await record('2026-11-25T12:01:00.000Z', bounceEvent(mail('m1'), { timestamp: '2026-11-25T12:00:50.000Z' }));
    expect(await erasing.suppression(ann)).toBeDefined();

    await erasing.settle({ late: true });
    expect([await idsOf(), await erasing.suppression(ann)]).toEqual([[], undefined]);
  });

  it('is deleted again if it was imported meanwhile, but a later manual suppression stays', async () => {
    const put = (cause: object) =>
      erasing.documents.send(
        new PutCommand({ TableName: erasing.tables.suppressions, Item: { address: ann, ...cause } }),
      );
    await erasing.erase(ann, 'suppression=erase');
    await put({ bounce: { at: '2026-11-20T10:00:00.000Z', source: 'ses_list' } });
    await erasing.settle();
    expect(await erasing.suppression(ann)).toBeUndefined();

    await put({ manual: { at: '2026-11-25T12:00:30.000Z', source: 'api' } });
    await erasing.settle({ late: true });
    expect(await erasing.suppression(ann)).toBeDefined();
  });

  it.each(['everything', { category: 'news' }] as const)(
    'by which the person left %j afterwards stays, though the email whose link they took is gone',
    async (left) => {
      await record(BEFORE, sendEvent(mail('m1')));
      await erasing.erase(ann, 'suppression=erase');
      const { unsubscribe } = unsubscribing(erasing.documents, erasing.tables.suppressions);
      await unsubscribe({ address: ann, mail: left, at: '2026-11-25T12:05:00.000Z', messageId: `m1-${ann}` });
      await erasing.settle({ late: true });

      expect(await erasing.suppression(ann)).toBeDefined();
    },
  );

  it('is not deleted if the person unsubscribes from a category during the check', async () => {
    await record(BEFORE, sendEvent(mail('m1')), bounceEvent(mail('m1'), { timestamp: '2026-11-25T12:00:50.000Z' }));
    const { documents, tables } = erasing;
    const { unsubscribe } = unsubscribing(documents, tables.suppressions);
    const wish = { address: ann, mail: { category: 'news' }, at: '2026-11-25T12:05:00.000Z', messageId: `m1-${ann}` };
    const late = suppressionEraser(documents, tables.suppressions).eraseLate(ann, erasing.clock.now, async () => {
      await unsubscribe(wish);
      return false;
    });

    await expect(late).rejects.toThrow(Contended);
    expect(await erasing.suppression(ann)).toBeDefined();
  });

  it('stays if it is later: from a later email, or by hand', async () => {
    await erasing.erase(ann, 'suppression=erase');
    const later = mail('later', '2026-11-25T12:00:05.000Z');
    await record(AFTER, sendEvent(later), bounceEvent(later, { timestamp: '2026-11-25T12:00:09.000Z' }));
    await erasing.settle({ late: true });

    expect(await erasing.suppression(ann)).toMatchObject({ bounce: { messageId: `later-${ann}` } });
  });
});
