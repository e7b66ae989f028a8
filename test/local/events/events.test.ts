import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { EventBuses, MOST_KEPT } from '../../../local/events/event-buses.ts';
import { bundleOf } from '../bundle.ts';
import { startSmallStack } from '../small-stack.ts';
import { smallTemplate } from '../small-template.ts';

const start = async () => {
  const assets = new Map([['key.zip', bundleOf('export const record = async () => {}; export const query = record;')]]);
  const template = smallTemplate('key.zip', (resources) => {
    resources.Bus1 = { Type: 'AWS::Events::EventBus', Properties: { Name: 'SmallBus' } };
  });
  const stack = await startSmallStack({ synthesis: async () => ({ template, assets, remove: () => {} }) });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new EventBridgeClient({ endpoint: stack.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  const [EventBusName] = stack.blueprint.eventBuses;
  const put = (...Details: readonly string[]) =>
    client.send(
      new PutEventsCommand({
        Entries: Details.map((Detail) => ({ EventBusName, Source: 'mailtrail', DetailType: 'Tried', Detail })),
      }),
    );
  const events = async () => (await stack.call('GET', '/local/events')).body.items;
  return { ...stack, client, put, events };
};

describe('an event bus of the template', () => {
  it('accepts events from an unmodified client, and lists them newest first as a rule’s target gets them', async () => {
    const { put, events } = await start();
    const { FailedEntryCount, Entries } = await put('{"n":1}', '{"n":2}');

    expect(FailedEntryCount).toBe(0);
    expect(await events()).toEqual(
      [2, 1].map((n) => ({
        ...{ version: '0', id: Entries?.[n - 1]?.EventId, 'detail-type': 'Tried', source: 'mailtrail' },
        ...{ account: '000000000000', region: 'us-east-1', resources: [], detail: { n } },
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      })),
    );
  });

  it('rejects an entry whose detail is not a JSON object, and accepts the others', async () => {
    const { put, events } = await start();
    const { FailedEntryCount, Entries } = await put('{"n":1}', '{"n":', '[]', '{"n":4}');

    expect(FailedEntryCount).toBe(2);
    expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      undefined,
      'MalformedDetail',
      'MalformedDetail',
      undefined,
    ]);
    expect((await events()).map(({ detail }: { detail: unknown }) => detail)).toEqual([{ n: 4 }, { n: 1 }]);
  });

  it('rejects more than ten entries, none, more than 1 MB, and events for a bus that does not exist', async () => {
    const { put, client, events } = await start();
    const nowhere = { EventBusName: 'other', Source: 'mailtrail', DetailType: 'Tried', Detail: '{}' };

    await expect(put(...Array(11).fill('{}'))).rejects.toThrow('1 to 10');
    await expect(put()).rejects.toThrow('1 to 10');
    await expect(put(...Array(2).fill(JSON.stringify({ text: 'x'.repeat(600_000) })))).rejects.toThrow('1 MB');
    await expect(client.send(new PutEventsCommand({ Entries: [nowhere] }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(await events()).toEqual([]);
  });

  it('keeps the last thousand', () => {
    const buses = new EventBuses(['bus']);
    for (let n = 0; n < MOST_KEPT + 5; n++) buses.put({ Source: 's', DetailType: 't', Detail: `{"n":${n}}` });

    expect(buses.events).toHaveLength(MOST_KEPT);
    expect([buses.events[0]?.detail, buses.events.at(-1)?.detail]).toEqual([{ n: MOST_KEPT + 4 }, { n: 5 }]);
  });
});
