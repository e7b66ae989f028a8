import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../local/ses/command.ts';
import { engines } from '../support/engine.ts';
import { bounceEvent, complaintEvent, subscriptionEvent } from '../support/ses-events.ts';
import { aStack } from './local-stack.ts';

describe.each(engines())('SES’s suppression list and Mailtrail’s, on $name', ({ kind }) => {
  let local: Awaited<ReturnType<typeof aStack>>;
  beforeAll(async () => {
    local = await aStack(kind);
  });
  afterAll(() => local?.stack.stop());

  const onSes = async (spelling: string) => {
    const path = `/v2/email/suppression/addresses/${encodeURIComponent(spelling)}`;
    const { status, body } = await local.call('GET', path);
    return status === 404 ? undefined : body.SuppressedDestination.Reason;
  };
  const onSesList = async (address: string) => (await local.suppression(address)).onSesList;
  const importAll = (...words: string[]) =>
    run('scripts/import-suppressions.ts', words.length > 0 ? words : ['--url', local.stack.url]);

  it('are the same after bounces, complaints and manual changes, and after lifting', async () => {
    await local.publish(
      bounceEvent({ messageId: 'm1', destination: ['Bo@Example.com'] }),
      complaintEvent({ messageId: 'm2', destination: ['cy@example.com'] }),
      subscriptionEvent({ messageId: 'm3', destination: ['di@example.com'] }),
    );
    await local.mailtrail.PUT('/v1/suppressions/{email}', { params: { path: { email: 'eve@example.com' } } });
    await local.settle();

    const spellings = ['Bo@Example.com', 'cy@example.com', 'di@example.com', 'eve@example.com'];
    expect(await Promise.all(spellings.map(onSes))).toEqual(['BOUNCE', 'COMPLAINT', undefined, 'BOUNCE']);
    expect(await Promise.all(spellings.map(onSesList))).toEqual([true, true, false, true]);

    expect((await local.lift('bo@example.com')).onSesList).toBe('pending');
    await local.settle();
    expect(await onSes('Bo@Example.com')).toBeUndefined();
  });

  it('have addresses with three soft bounces in four days', async () => {
    for (const daysAgo of [5, 3, 1]) {
      const timestamp = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
      const mail = { messageId: `soft-${daysAgo}`, destination: ['flo@example.com'], timestamp };
      await local.publish(bounceEvent(mail, { type: 'Transient', subtype: 'MailboxFull', timestamp }));
      await local.settle();
    }

    expect(await local.suppression('flo@example.com')).toMatchObject({
      reason: 'repeated_soft_bounce',
      causes: [{ cause: 'repeated_soft_bounce', messageId: 'soft-1', endsAt: expect.any(String) }],
      onSesList: true,
    });
    expect(await onSes('flo@example.com')).toBe('BOUNCE');
  });

  it('do not have addresses whose suppression for soft bounces has expired, as in every response', async () => {
    for (const daysAgo of [44, 42, 40]) {
      const timestamp = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
      const mail = { messageId: `over-${daysAgo}`, destination: ['gus@example.com'], timestamp };
      await local.publish(bounceEvent(mail, { type: 'Transient', subtype: 'MailboxFull', timestamp }));
      await local.settle();
    }
    const check = JSON.stringify({ addresses: ['gus@example.com'] });

    expect((await local.call('GET', '/v1/suppressions/gus@example.com')).status).toBe(404);
    expect((await local.call('POST', '/v1/suppressions/check', check)).body.items[0].suppression).toBeNull();
    expect((await local.call('GET', '/v1/recipients/gus@example.com')).body).toMatchObject({
      ...{ suppression: null, lastStatus: expect.anything() },
    });
    expect(await onSes('gus@example.com')).toBeUndefined();
  });

  it('are synchronized by the command, which imports what only SES has', async () => {
    for (const EmailAddress of ['Old1@example.com', 'old2@example.com']) {
      const body = JSON.stringify({ EmailAddress, Reason: 'COMPLAINT' });
      await local.call('PUT', '/v2/email/suppression/addresses', body);
    }
    const { code, stdout, stderr } = await importAll();

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^1 page: \d entries on SES's list, 2 imported\n$/);
    expect(await local.suppression('old1@example.com')).toMatchObject({
      reason: 'complaint',
      spellings: ['Old1@example.com'],
      causes: [{ source: 'ses_list' }],
      onSesList: true,
    });
    expect((await importAll()).stdout).toContain(' 0 imported');
  });

  it('have nothing pending in the end', async () => {
    expect(await local.settle()).toEqual({ pending: 0, deadLetters: 0 });
  });
});

describe('the command import-suppressions', () => {
  it('prints its usage, and its errors', async () => {
    const help = await run('scripts/import-suppressions.ts', ['--help']);
    const wrong = await run('scripts/import-suppressions.ts', ['--frm', 'x']);
    const unreachable = await run('scripts/import-suppressions.ts', ['--url', 'http://127.0.0.1:9']);

    expect([help.code, wrong.code, unreachable.code]).toEqual([0, 2, 2]);
    expect(help.stdout).toContain('--function NAME');
    expect(unreachable.stderr).toContain('no stack is running');
  });
});
