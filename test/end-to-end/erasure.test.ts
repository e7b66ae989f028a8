import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../local/ses/command.ts';
import { engines } from '../support/engine.ts';
import { bounceEvent, clickEvent, deliveryEvent, openEvent, sendEvent } from '../support/ses-events.ts';
import { aStack } from './local-stack.ts';

const ANN = 'ann@example.com';
const mail = (messageId: string, destination: string, timestamp?: string) => ({
  ...{ messageId, destination: [destination], tags: { campaign: ['october'] } },
  ...(timestamp && { timestamp }),
});
/** Milliseconds that stand for a quarter of an hour here. */
const QUARTER = 6_000;

describe.each(engines())('erasing a person, live on $name', ({ kind }) => {
  let local: Awaited<ReturnType<typeof aStack>>;
  beforeAll(async () => {
    local = await aStack(kind, { delay: (seconds) => (seconds / 900) * QUARTER });
    await local.publish(
      ...['m1', 'm2'].flatMap((id) => [sendEvent(mail(id, ANN)), deliveryEvent(mail(id, 'Ann@Example.com'))]),
      ...[sendEvent(mail('m3', 'bob@example.com')), deliveryEvent(mail('m3', 'bob@example.com'))],
      bounceEvent(mail('m4', ANN)),
    );
    await local.settle();
  });
  afterAll(() => local?.stack.stop());

  const emailsTo = async (address: string) => (await local.emailsTo(address)).map(({ messageId }) => messageId);
  const campaign = () => local.campaign('october');
  const erase = async (suppression: 'keep' | 'erase' = 'keep', email = ANN) =>
    (await local.mailtrail.DELETE('/v1/recipients/{email}', { params: { path: { email }, query: { suppression } } }))
      .data;

  it('deletes their emails, and decrements no counters', async () => {
    const before = await campaign();
    const erasure = await erase();
    await local.settle();

    expect(erasure).toMatchObject({ address: ANN, emails: 3, suppression: 'kept' });
    expect([await emailsTo(ANN), await emailsTo('bob@example.com')]).toEqual([[], ['m3']]);
    await expect(local.email('m1', ANN)).rejects.toMatchObject({ status: 404 });
    expect(before).toMatchObject({ recipients: 4, counts: { delivered: 3, bounced_hard: 1 } });
    expect(await campaign()).toEqual(before);
  });

  it('ignores their late opens and clicks', async () => {
    // These two functions start only now, and so read the erasure.
    await local.publish(
      openEvent(mail('m1', ANN)),
      clickEvent(mail('m2', ANN)),
      openEvent(mail('m3', 'bob@example.com')),
    );
    await local.settle();

    expect(await emailsTo(ANN)).toEqual([]);
    expect(await campaign()).toMatchObject({ recipients: 4, counts: { delivered: 2, opened: 1, bounced_hard: 1 } });
  });

  it('keeps their suppression, unless its deletion is requested', async () => {
    expect((await local.suppression(ANN)).reason).toBe('bounce');

    expect((await erase('erase')).suppression).toBe('erased');
    await local.settle();
    await expect(local.suppression(ANN)).rejects.toMatchObject({ status: 404 });
    // SES's own list keeps blocking them, and the import does not add them to Mailtrail's again.
    expect((await local.call('GET', `/v2/email/suppression/addresses/${ANN}`)).status).toBe(200);
    const { stdout } = await run('scripts/import-suppressions.ts', ['--url', local.stack.url]);
    expect(stdout).toContain(" 1 entry on SES's list, 0 imported");
    await expect(local.suppression(ANN)).rejects.toMatchObject({ status: 404 });
  });

  it('deletes on the second run what a function recorded before it read the erasure', async () => {
    const cy = 'cy@example.com';
    await erase('keep', cy);
    // The delivery function ran before, and reads erasures only once a minute.
    await local.publish(deliveryEvent(mail('m5', cy)), sendEvent(mail('m6', cy, new Date().toISOString())));
    await local.settle();
    expect((await emailsTo(cy)).toSorted()).toEqual(['m5', 'm6']);
    await new Promise((resolve) => setTimeout(resolve, QUARTER));
    await local.settle();

    // A later email is recorded like any other.
    expect(await emailsTo(cy)).toEqual(['m6']);
  });

  it('leaves no dead letter, and no address in a log', async () => {
    expect(await local.settle()).toEqual({ pending: 0, deadLetters: 0 });
    for (const { line } of local.stack.log()) expect(line).not.toMatch(/[^\s"]@[^\s"]/);
  });
});
