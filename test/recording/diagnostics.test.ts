import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { type QueryApi, startQueryApi } from '../support/query-api.ts';
import { bounceEvent, deliveryEvent } from '../support/ses-events.ts';

const sentences = (code: string) =>
  `smtp; 550 ${code} ${'Mail from this network is refused, ask its operator to fill in our form. '.repeat(6)}`.trim();

describe.each(engines())('the diagnostic of a bounce on $name', ({ endpoint }) => {
  let api: QueryApi;
  let emails = 0;
  beforeAll(async () => {
    api = await startQueryApi(endpoint);
  });
  afterAll(() => api.tables.drop());

  const anEmail = () => {
    const mail = { messageId: `bounced-${emails++}`, destination: ['ann@example.com'] };
    const bounced = (second: number, diagnosticCode: string, type = 'Permanent') =>
      bounceEvent(mail, {
        type,
        timestamp: `2026-11-24T10:00:${String(second).padStart(2, '0')}.000Z`,
        recipients: [{ emailAddress: 'ann@example.com', status: '5.7.1', diagnosticCode }],
      });
    const shown = async () => {
      const { body } = await api.ask('GET /v1/messages/{messageId}', { path: { messageId: mail.messageId } });
      return body.recipients[0].bounce;
    };
    const item = async () =>
      (
        await api.documents.send(
          new GetCommand({
            TableName: api.tables.emailStatus,
            Key: { messageId: mail.messageId, recipient: 'ann@example.com' },
          }),
        )
      ).Item;
    return { mail, bounced, shown, item };
  };

  it('is shown whole, though its line is short', async () => {
    const { bounced, shown, item } = anEmail();
    await api.record(bounced(4, sentences('5.7.1')));

    expect((await shown()).diagnostic).toBe(sentences('5.7.1'));
    expect([...((await item())?.events ?? [])].every((line) => Buffer.byteLength(line) <= 300)).toBe(true);
  });

  it('gives the next step by its code, wherever in it that stands', async () => {
    const { mail, shown } = anEmail();
    const diagnosticCode = `smtp; 550 ${'Your message was not accepted by our servers. '.repeat(6)}(5.7.26 unauthenticated)`;
    const recipients = [{ emailAddress: 'ann@example.com', status: '5.0.0', diagnosticCode }];
    await api.record(bounceEvent(mail, { recipients }));

    expect((await shown()).diagnostic).toBe(diagnosticCode);
    const path = { messageId: mail.messageId, email: 'ann@example.com' };
    const { body } = await api.ask('GET /v1/messages/{messageId}/recipients/{email}', { path });
    expect(body.nextStep).toMatch(/SPF|DKIM|DMARC/);
  });

  it('is kept of the latest bounce, in whatever order they come, and shown with the one it belongs to', async () => {
    const events = ({ bounced, mail }: ReturnType<typeof anEmail>) => [
      bounced(9, sentences('4.7.0'), 'Transient'),
      bounced(4, sentences('5.7.1')),
      deliveryEvent(mail),
    ];
    const [one, other] = [anEmail(), anEmail()];
    for (const event of events(one)) await api.record(event);
    for (const event of events(other).toReversed()) await api.record(event);

    const { lastBounce } = (await one.item()) ?? {};
    expect(lastBounce).toEqual({ at: '2026-11-24T10:00:09.000Z', diagnostic: sentences('4.7.0') });
    expect((await other.item())?.lastBounce).toEqual(lastBounce);
    // The status is the hard bounce's, of which the line holds the beginning.
    expect((await one.shown()).diagnostic).toMatch(/^smtp; 550 5\.7\.1 .*…$/);
  });

  it('of an email that an older version recorded is shown as its line has it, and whole when the event comes again', async () => {
    const { mail, bounced, shown } = anEmail();
    await api.putRows([
      {
        ...{ messageId: mail.messageId, recipient: 'ann@example.com', status: 'bounced_hard', rank: 520 },
        statusAt: '2026-11-24T10:00:04.000Z',
        events: new Set([
          `2026-11-24T10:00:04.000Z bounced_hard type=Permanent subtype=General status=5.7.1 mta="dsn; a8-31.smtp-out.amazonses.com" diagnostic="${sentences('5.7.1').slice(0, 120)}…"`,
        ]) as never,
      },
    ]);
    expect((await shown()).diagnostic).toBe(`${sentences('5.7.1').slice(0, 120)}…`);

    await api.record(bounced(4, sentences('5.7.1')));
    expect((await shown()).diagnostic).toBe(sentences('5.7.1'));
  });
});
