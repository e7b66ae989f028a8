import { BatchWriteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { bounceEvent, complaintEvent, deliveryEvent, openEvent, sendEvent } from '../support/ses-events.ts';
import { type Erasing, startErasing } from './set-up.ts';

const BEFORE = '2026-11-25T12:00:30.000Z';
/** The recorder has read the marks again by then. */
const AFTER = '2026-11-25T12:02:00.000Z';

describe.each(engines())('erasing a person on $name', ({ endpoint }) => {
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

  it('answers how many emails were found, and deletes only them', async () => {
    const bob = { messageId: `shared-${ann}`, destination: [ann.toUpperCase(), `bob-${ann}`] };
    await record(BEFORE, sendEvent(mail('m1')), deliveryEvent(mail('m1')), sendEvent(mail('m2')), sendEvent(bob));
    const { status, body } = await erasing.erase(ann);

    expect([status, body]).toEqual([
      202,
      {
        address: ann,
        erasedAt: '2026-11-25T12:00:00.000Z',
        emails: 3,
        emailsAreFloor: false,
        suppression: 'kept',
      },
    ]);
    await erasing.settle();
    expect(await idsOf()).toEqual([]);
    expect(await erasing.emailsOf(`bob-${ann}`)).toEqual([`shared-${ann}`]);
  });

  it('deletes the content of single messages, and no campaign’s content', async () => {
    const { mailings } = erasing.tables;
    const content = (campaignId: string) => ({
      campaignId,
      part: 'content',
      subject: 'Dear Ann',
      deleteAfter: 2 ** 31,
    });
    const [mine, campaign] = [content(`~m1-${ann}`), content(`m1-${ann}`)];
    for (const Item of [mine, campaign, { ...mine, part: 'plan' }])
      await erasing.documents.send(new PutCommand({ TableName: mailings, Item }));
    await record(BEFORE, sendEvent(mail('m1')));
    await erasing.erase(ann);
    // If the deletion of the row fails, the row still leads to the content; and the other way round.
    for (const [call, moment] of [
      [1, 'before it was taken'],
      [2, 'before it was taken'],
      [1, 'after it was taken'],
    ] as const) {
      erasing.failing(call, moment);
      expect(await erasing.workOff([erasing.queue[0]?.body ?? ''])).toBe(false);
      expect(await idsOf()).toEqual(['m1']);
    }
    await erasing.settle();
    const left = await Promise.all(
      [mine, campaign, { ...mine, part: 'plan' }].map(async ({ campaignId, part }) => {
        const { Item } = await erasing.documents.send(
          new GetCommand({ TableName: mailings, Key: { campaignId, part }, ConsistentRead: true }),
        );
        return Item?.part;
      }),
    );

    expect(left).toEqual([undefined, 'content', 'plan']);
  });

  it('starts at once, and again 15 minutes later', async () => {
    await erasing.erase(ann);
    const erasure = { address: ann, erasedAt: erasing.clock.now, suppressionToo: false };

    expect(erasing.queue.map(({ body, delay }) => [JSON.parse(body), delay])).toEqual([
      [erasure, 0],
      [erasure, 900],
    ]);
  });

  it('deletes any number of emails, continuing with another message if the time runs out', async () => {
    const rows = Array.from({ length: 250 }, (_, n) => ({
      ...{ messageId: `many${n}-${ann}`, recipient: ann, createdAt: '2026-11-24T10:00:01.000Z' },
      events: new Set(['x']),
    }));
    for (let start = 0; start < rows.length; start += 25) {
      const puts = rows.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }));
      await erasing.documents.send(new BatchWriteCommand({ RequestItems: { [erasing.tables.emailStatus]: puts } }));
    }
    expect((await erasing.erase(ann)).body).toMatchObject({ emails: 250, emailsAreFloor: false });
    const [first] = erasing.queue.splice(0);

    expect(await erasing.workOff([first?.body ?? ''], 9_000)).toBe(true);
    expect([(await idsOf()).length, erasing.queue]).toEqual([250, [first]]);
    await erasing.settle();
    expect(await idsOf()).toEqual([]);
  });

  describe('a late event', () => {
    it('is not recorded, even if its email is unknown', async () => {
      await record(BEFORE, sendEvent(mail('m1')));
      await erasing.erase(ann);
      await erasing.settle();
      const { metrics } = await record(AFTER, openEvent(mail('m1')), bounceEvent(mail('m2')));

      expect(await idsOf()).toEqual([]);
      expect(metrics.addMetric).toHaveBeenCalledWith('Erased', 'Count', 2);
    });

    it('is counted in the log of its batch', async () => {
      await erasing.erase(ann);
      const { said } = await record(AFTER, openEvent(mail('m1')), sendEvent({ messageId: `other-${ann}` }));

      expect(said).toContainEqual(['recorded', { records: 2, facts: 1, items: 1, erased: 1 }]);
    });

    it('is deleted the second time if a function with old marks recorded it', async () => {
      await record(BEFORE, sendEvent(mail('m1')));
      await erasing.erase(ann);
      await erasing.settle();
      await record('2026-11-25T12:01:00.000Z', openEvent(mail('m1')));
      expect(await idsOf()).toEqual(['m1']);

      await erasing.settle({ late: true });
      expect(await idsOf()).toEqual([]);
    });

    it('still suppresses an address whose suppression was kept', async () => {
      await erasing.erase(ann);
      await record(AFTER, complaintEvent(mail('m1')));

      expect(await idsOf()).toEqual([]);
      expect(await erasing.suppression(ann)).toMatchObject({ complaint: { source: 'ses_event' } });
    });
  });

  describe('later emails', () => {
    const later = () => mail('later', '2026-11-25T12:00:00.001Z');

    it('are recorded like any other, and stay after the second deletion', async () => {
      await erasing.erase(ann);
      await record(AFTER, sendEvent(later()), openEvent(later()));
      await erasing.settle({ late: true });

      expect(await idsOf()).toEqual(['later']);
    });

    it('are erased with the rest when the person is erased again', async () => {
      await erasing.erase(ann);
      await record(AFTER, sendEvent(later()));
      erasing.clock.now = '2026-11-25T12:05:00.000Z';
      await erasing.erase(ann);
      erasing.clock.now = '2026-11-25T12:00:00.000Z';
      await erasing.settle({ late: true });
      await record('2026-11-25T12:10:00.000Z', openEvent(later()));

      expect(await idsOf()).toEqual([]);
    });
  });

  it('fails if the queue rejects a message repeatedly, and is completed by a repeat', async () => {
    await record(BEFORE, sendEvent(mail('m1')));
    erasing.sqs.faults = ['second refused', 'second refused', 'second refused'];

    expect((await erasing.erase(ann)).status).toBe(500);
    expect((await erasing.erase(ann)).status).toBe(202);
    expect(erasing.queue.map(({ delay }) => delay)).toEqual([0, 0, 900]);
  });

  describe('the stored mark', () => {
    it('is a hash and a time, for 61 days; there is one salt for all', async () => {
      await erasing.erase(ann);
      await erasing.erase(`x${ann}`);
      const marks = await erasing.marks();

      expect(JSON.stringify(marks)).not.toContain('example.com');
      expect(marks.filter(({ entry }) => entry === 'salt')).toHaveLength(1);
      const mine = marks.find(({ entry }) => entry.startsWith(erasing.clock.now));
      expect(mine?.entry).toMatch(/^2026-11-25T12:00:00\.000Z [\w-]{43}$/);
      expect(mine?.deleteAfter).toBe(Date.parse('2027-01-25T12:00:00.000Z') / 1000);
    });
  });

  it('rejects values other than keep and erase', async () => {
    const { status, body } = await erasing.erase(ann, 'suppression=yes');

    expect([status, body.errors]).toEqual([400, [{ parameter: 'suppression', message: 'must be one of keep, erase' }]]);
  });

  it('logs no address, neither on success nor on failure', async () => {
    erasing.failing(0);
    await erasing.erase(ann);
    await erasing.erase(ann);
    expect(await erasing.workOff(['{"address":', `{"address":"${ann}"}`, '[]'])).toBe(false);
    erasing.failing(0);
    await erasing.workOff([JSON.stringify({ address: ann, erasedAt: erasing.clock.now })]);

    expect(JSON.stringify(erasing.said)).not.toContain('@');
    expect(erasing.said.flat()).toEqual(expect.arrayContaining(['request failed', 'not erased']));
  });
});
