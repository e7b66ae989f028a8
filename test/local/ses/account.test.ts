import {
  BadRequestException,
  GetAccountCommand,
  ListConfigurationSetsCommand,
  paginateListConfigurationSets,
} from '@aws-sdk/client-sesv2';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SimulatedSesOptions } from '../../../local/ses/simulated-ses.ts';
import { mailTo, startSes } from './ses-server.ts';

const start = async (options: Partial<SimulatedSesOptions> = {}) => {
  const ses = await startSes(options);
  onTestFinished(ses.stop);
  return ses;
};

const namedSets = (...names: readonly string[]) => names.map((name) => ({ name, eventTypes: [], publish: () => {} }));

describe('GetAccount', () => {
  it('counts recipients of the last 24 hours, except those of the mailbox simulator', async () => {
    let now = Date.parse('2026-11-24T10:00:00.000Z');
    const ses = await start({ clock: () => now });
    await ses.send(mailTo('ann@example.com', 'bo@example.com', 'bounce@simulator.amazonses.com'));
    const sent = async () => (await ses.client.send(new GetAccountCommand({}))).SendQuota?.SentLast24Hours;

    expect(await sent()).toBe(2);
    now += 86_400_000;
    expect(await sent()).toBe(0);
  });

  it('shows a healthy account in production that suppresses bounces and complaints', async () => {
    const ses = await start();

    expect(await ses.client.send(new GetAccountCommand({}))).toMatchObject({
      EnforcementStatus: 'HEALTHY',
      ProductionAccessEnabled: true,
      SendingEnabled: true,
      SendQuota: { Max24HourSend: 1_000_000, MaxSendRate: 1_000 },
      SuppressionAttributes: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
  });
});

describe('ListConfigurationSets', () => {
  it('names each set once, however many destinations it has', async () => {
    const ses = await start({ configurationSets: namedSets('b', 'a', 'b') });

    expect(await ses.client.send(new ListConfigurationSetsCommand({}))).toMatchObject({
      ConfigurationSets: ['a', 'b'],
    });
  });

  it('pages', async () => {
    const ses = await start({ configurationSets: namedSets('a', 'b', 'c', 'd', 'e') });
    const pages: unknown[] = [];
    for await (const { ConfigurationSets } of paginateListConfigurationSets({ client: ses.client, pageSize: 2 }, {})) {
      pages.push(ConfigurationSets);
    }

    expect(pages).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('rejects a page size out of range and an invalid token', async () => {
    const ses = await start();

    for (const input of [{ PageSize: 0 }, { PageSize: 1001 }, { NextToken: 'nonsense' }]) {
      await expect(ses.client.send(new ListConfigurationSetsCommand(input))).rejects.toThrow(BadRequestException);
    }
  });

  it('is also a GET with a query, as older SDKs send it', async () => {
    const ses = await start({ configurationSets: namedSets('a', 'b') });
    const list = async (query: object) => {
      const answer = await fetch(`${ses.url}/v2/email/configuration-sets?${new URLSearchParams({ ...query })}`);
      return (await answer.json()) as { ConfigurationSets: string[]; NextToken?: string };
    };
    const first = await list({ PageSize: 1 });
    const second = await list({ NextToken: first.NextToken });

    expect(first.ConfigurationSets).toEqual(['a']);
    expect(second).toEqual({ ConfigurationSets: ['b'] });
  });
});
