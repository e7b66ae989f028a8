import { describe, expect, it } from 'vitest';
import { LINKS, mailing, ofType, START, start } from './mailing.ts';
import { html, mailTo } from './ses-server.ts';

describe('people', () => {
  it('sometimes open and click, after the delivery', async () => {
    const published = await mailing(await start(), LINKS);
    const [delivered, opened, clicked] = ['Delivery', 'Open', 'Click'].map((type) => ofType(published, type));

    expect(delivered).toHaveLength(40);
    expect(new Set(opened?.map(({ event }) => event.mail.messageId)).size).toSatisfy(
      (count: number) => count > 10 && count < 40,
    );
    expect(clicked?.length).toSatisfy((count: number) => count > 0 && count < 25);
    expect(opened?.map(({ event }) => event.open.isBotEvent)).toContain('Likely');
    expect(opened?.every(({ event }) => Date.parse(event.open.timestamp) > START + 40)).toBe(true);
  });

  it('open nothing without HTML, and click nothing without a tracked link', async () => {
    const ses = await start();
    for (let index = 0; index < 20; index += 1) await ses.send(mailTo(`p${index}@example.com`));
    await ses.settle();
    expect(ofType(ses.published, 'Open')).toEqual([]);

    const untracked = '<a href="mailto:a@club.example">a</a><a href="https://club.example" ses:no-track>b</a>';
    expect(ofType(await mailing(ses, untracked), 'Click')).toEqual([]);
  });

  it('do the same for the same seed and order, something different for another seed', async () => {
    // Timers decide the order of publishing, so the comparison ignores it; timestamps follow from the plan.
    const texts = async (seed: number) =>
      (await mailing(await start({ seed }), LINKS)).map(({ text }) => text).toSorted();
    const first = await texts(7);

    expect(await texts(7)).toEqual(first);
    expect(await texts(8)).not.toEqual(first);
  });

  it('are not tracked if the email disables it', async () => {
    const ses = await start();
    const ConfigurationOverrides = {
      Tracking: { OpenTrackingEnabled: 'DISABLED', ClickTrackingEnabled: 'DISABLED' },
    } as const;
    for (let index = 0; index < 20; index += 1) await ses.send({ Content: html(LINKS), ConfigurationOverrides });
    await ses.settle();

    expect(ofType(ses.published, 'Open')).toEqual([]);
    expect(ofType(ses.published, 'Click')).toEqual([]);
  });
});
