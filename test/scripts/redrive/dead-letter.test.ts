import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineOf, masked } from '../../../scripts/redrive/dead-letter.ts';
import { loadFixtures } from '../../fixtures/fixture.ts';
import { personalData } from '../../fixtures/personal-data.ts';
import { bounceEvent } from '../../support/ses-events.ts';

const letter = { messageId: 'r1', sentAt: '2026-11-24T10:00:00.000Z', reason: undefined };

describe('the line about a dead letter', () => {
  it('has the event, the email, the time and the reason', () => {
    const line = lineOf({ ...letter, reason: 'no_mail, reported', body: bounceEvent({ messageId: '0100' }) });

    expect(line).toBe('r1  2026-11-24T10:00:00.000Z  Bounce of 0100 to A***@e***.com  no_mail, reported');
  });

  it('counts recipients that are not shown, and bytes in an unknown format', () => {
    const destination = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@example.com`);

    expect(lineOf({ ...letter, body: bounceEvent({ destination }) })).toMatch(/ c\*\*\*@e\*\*\*\.com and 2 more$/);
    expect(lineOf({ ...letter, body: 'not json' })).toMatch(/ {2}8 bytes in an unknown format$/);
  });

  it.each([
    [{ mailingId: 'c1', messageId: 'm1', attempt: 2 }, 'email m1 of c1 to send'],
    [{ campaignId: 'c1', why: 'sendAt' }, 'campaign c1 to continue: sendAt'],
    [
      { campaignId: 'c1', why: 'resend', recipients: ['ann@example.com'], reason: 'x' },
      'campaign c1 to continue: resend',
    ],
    [{ address: 'ann@example.com', ifStillNeeded: true }, 'a***@e***.com to mirror to the SES suppression list'],
    [{ address: 'ann@example.com', erasedAt: '2026-11-24T10:00:00.000Z' }, 'a***@e***.com to erase'],
  ])('describes %j', (work, description) => {
    expect(lineOf({ ...letter, body: JSON.stringify(work) })).toBe(`r1  2026-11-24T10:00:00.000Z  ${description}`);
  });

  it.each([
    'null',
    '[]',
    '{}',
    '{"eventType":"Send"}',
    '{"eventType":"Send","mail":7}',
    '{"eventType":"Send","mail":{"destination":"x"}}',
  ])('exists for %s too', (body) => expect(lineOf({ ...letter, body })).toContain('r1'));

  it('contains no address of any fixture', () => {
    const fixtures = loadFixtures();
    const { addresses, subjects } = personalData(fixtures);
    const lines = fixtures.map(({ body }) => lineOf({ ...letter, body })).join('\n');

    expect([...addresses, ...subjects].filter((personal) => lines.includes(personal))).toEqual([]);
  });

  it('masks a quoted local part with its content', () => {
    expect(masked('to "ann \\" b"@example.com now')).toBe('to ****@e***.com now');
  });

  it('masks an address anywhere in a text', () => {
    const part = fc.stringMatching(/^[a-z][a-z0-9.+_-]{2,20}[a-z]$/);
    const beside = fc.constantFrom('', ' ', '<', '"', ', ', '(', '\t');
    fc.assert(
      fc.property(part, part, beside, beside, (local, domain, before, after) => {
        const text = masked(`to ${before}${local}@${domain}.example${after} now`);

        expect(text).not.toContain(`${local}@`);
        expect(text).not.toContain(`@${domain}`);
        expect(text).toContain(`${local[0]}***@${domain[0]}***`);
      }),
    );
  });
});
