import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { partKey, RATE, SEND_SLOTS } from '../../../lambdas/store/mailings/mailing-row.ts';
import { type SendSlots, sendSlots } from '../../../lambdas/store/mailings/send-slots.ts';
import type { CampaignSlotRequest, SlotRequest } from '../../../lambdas/store/mailings/slots.ts';
import { clientOf, engines, makeTables } from '../../support/engine.ts';

const SECOND = 1_000_000;
const NOW = Date.parse('2026-11-24T10:00:00.000Z') * 1_000;
const SPACING = 0.1 * SECOND;

describe.each(engines())('send slots for campaigns, on $name', ({ endpoint }) => {
  const { client, documents } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  let rate: SendSlots;
  const Key = partKey(RATE, SEND_SLOTS);
  const stands = (item: object) =>
    documents.send(new PutCommand({ TableName: tables.mailings, Item: { ...Key, ...item } }));
  const shown = async (slots: SlotRequest) => {
    const taken = await rate.take(slots);
    return 'first' in taken ? (taken.first - NOW) / SECOND : taken;
  };
  /** Ten slots at least `at` seconds after NOW. */
  const forMessages = (at = 0) =>
    shown({ ...{ count: 10, spacing: SPACING, from: NOW + at * SECOND }, until: NOW + (at + 20) * SECOND });
  const forCampaigns = (at = 0, over: Partial<CampaignSlotRequest> = {}, count = 10) =>
    shown({
      ...{ count, spacing: SPACING, from: NOW + at * SECOND, until: NOW + (at + 2) * SECOND },
      campaigns: {
        ...{ now: NOW + at * SECOND, turn: 5 * count * SPACING, turnUntil: NOW + (at + 22) * SECOND },
        ...over,
      },
    });

  beforeAll(async () => {
    tables = await makeTables(client);
    rate = sendSlots(documents, tables.mailings);
  });
  beforeEach(async () => {
    await documents.send(new DeleteCommand({ TableName: tables.mailings, Key }));
  });
  afterAll(() => tables.drop());

  it('are at most two seconds ahead, and a single message gets the slot right after them', async () => {
    expect([await forCampaigns(), await forCampaigns()]).toEqual([0, 1]);
    expect(await forCampaigns()).toEqual({ none: 'rate', wait: SECOND });
    expect(await forMessages()).toBe(2);
  });

  it('are at least one in five, if single messages take all others', async () => {
    await stands({ nextPlaceAt: NOW + 19 * SECOND });

    expect([await forMessages(), await forMessages()]).toEqual([19, { none: 'rate', wait: SECOND }]);
    expect(await forCampaigns()).toBe(20);
    expect(await forCampaigns()).toEqual({ none: 'rate', wait: 5 * SECOND });
    expect(await forCampaigns(5)).toBe(21);
  });

  it('are not delayed by a turn that is too far ahead, which only a wrong clock writes', async () => {
    await stands({ nextPlaceAt: NOW + 19 * SECOND, campaignsDueAt: NOW + 86_400 * SECOND });

    expect(await forCampaigns()).toBe(19);
  });

  it('are no more than the quota allows, whichever queue takes them', async () => {
    await stands({ nextPlaceAt: NOW, placesTaken: 80 });

    expect(await forCampaigns(0, { most: 95 })).toBe(0);
    expect(await forMessages()).toBe(1);
    expect(await forCampaigns(5, { most: 95 })).toEqual({ none: 'quota', left: 0 });
    expect(await forCampaigns(5, { most: 103 })).toEqual({ none: 'quota', left: 3 });
    expect(await forCampaigns(5, { most: 103 }, 3)).toBe(5);
    expect((await rate.used()).slots).toBe(103);
  });

  it('are counted from the first one on, and the quota applies after a pause too', async () => {
    expect(await forCampaigns(0, { most: 9 })).toEqual({ none: 'quota', left: 9 });
    expect(await forCampaigns(0, { most: 10 })).toBe(0);
    expect(await forCampaigns(3_600, { most: 10 })).toEqual({ none: 'quota', left: 0 });
  });
});
