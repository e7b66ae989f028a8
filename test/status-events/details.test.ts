import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { STATUS_NAMES, STATUSES } from '../../lambdas/domain/status/statuses.ts';
import { emailStatusChanged, type PublishedEmail } from '../../lambdas/domain/status-events/email-status-changed.ts';
import { suppressionChanged } from '../../lambdas/domain/status-events/suppression-changed.ts';
import { CAUSES, type SuppressionItem } from '../../lambdas/domain/suppression/suppression.ts';
import { readStatusEvent } from '../../lambdas/status-events/publish-status-events/read-status-event.ts';
import { SCHEMAS, undocumented } from './schema.ts';

const NOW = '2026-11-25T12:00:00.000Z';
const email: PublishedEmail = {
  messageId: 'm1',
  recipient: 'ann@example.com',
  status: 'sent',
  statusAt: '2026-11-24T10:00:00.000Z',
};
const bounce = {
  at: '2026-11-24T10:00:00.000Z',
  source: 'ses_event' as const,
  messageId: 'm1',
  note: 'bounced_hard General',
};
const item = (more: Partial<SuppressionItem> = {}): SuppressionItem => ({ address: 'ann@example.com', ...more });

describe('what is told of an email', () => {
  it('is what changed, and what helps to know the email again', () => {
    const after: PublishedEmail = {
      ...email,
      status: 'bounced_hard',
      campaignId: 'october',
      tags: { member: ['1042'] },
    };
    const { id, ...detail } = emailStatusChanged(email, after) ?? { id: '' };

    expect(id).toMatch(/^[\w-]{22}$/);
    expect(detail).toEqual({
      ...{ messageId: 'm1', recipient: 'ann@example.com', previousStatus: 'sent', status: 'bounced_hard' },
      ...{ group: 'not delivered', final: true, reason: null, statusAt: '2026-11-24T10:00:00.000Z', createdAt: null },
      ...{ campaignId: 'october', category: null, tags: { member: ['1042'] } },
    });
    expect(undocumented('EmailStatusChanged', { id, ...detail })).toEqual([]);
  });

  it('says why, where Mailtrail itself decided, and not where SES did', () => {
    const skipped: PublishedEmail = { ...email, status: 'skipped', rank: 70, reason: 'no balance due' };

    expect(emailStatusChanged(undefined, skipped)?.reason).toBe('no balance due');
    expect(undocumented('EmailStatusChanged', emailStatusChanged(undefined, skipped) ?? {})).toEqual([]);
    expect(emailStatusChanged(skipped, { ...skipped, status: 'sent', rank: 100 })?.reason).toBeNull();
  });

  it('begins with null, when the row is new and when it had no status', () => {
    const { status: _, ...without } = email;

    expect(emailStatusChanged(undefined, email)?.previousStatus).toBe(null);
    expect(emailStatusChanged(without, email)).toEqual(emailStatusChanged(undefined, email));
    expect(emailStatusChanged(undefined, without)).toBeUndefined();
  });

  it('is nothing where the status stays, and where the row is gone', () => {
    expect(emailStatusChanged(email, { ...email, statusAt: '2026-11-24T09:00:00.000Z' })).toBeUndefined();
    expect(emailStatusChanged(email, undefined)).toBeUndefined();
  });

  it('has another id for another email, recipient, status, or time', () => {
    const others: Partial<PublishedEmail>[] = [
      { messageId: 'm2' },
      { recipient: 'bob@example.com' },
      { status: 'delivered' },
      { statusAt: '2026-11-24T10:00:00.001Z' },
    ];
    const ids = [{}, ...others].map((other) => emailStatusChanged(undefined, { ...email, ...other })?.id);
    const from = emailStatusChanged({ ...email, status: 'queued' }, email)?.id;

    expect(new Set([...ids, from]).size).toBe(6);
    expect(emailStatusChanged(undefined, { ...email, category: 'news' })?.id).toBe(ids[0]);
  });
});

describe('what is told of an address', () => {
  it('is what is in force, without the note', () => {
    const detail = suppressionChanged(undefined, item({ bounce }), NOW) ?? { id: '' };

    expect(detail).toMatchObject({
      ...{ address: 'ann@example.com', suppressed: true, reason: 'bounce', categories: null },
      ...{ previousReason: null, changedAt: NOW },
    });
    expect(JSON.stringify(detail)).not.toContain('General');
    expect(undocumented('SuppressionChanged', detail)).toEqual([]);
  });

  it('is that nothing is, once it is lifted', () => {
    const detail = suppressionChanged(item({ bounce }), item({ bounce, bounceEndedAt: NOW }), NOW) ?? {};

    expect(detail).toMatchObject({
      suppressed: false,
      reason: null,
      categories: [],
      causes: [],
      previousReason: 'bounce',
    });
    expect(undocumented('SuppressionChanged', detail)).toEqual([]);
  });

  it('is a second cause, and a category, and another end', () => {
    const left = { at: '2026-11-24T10:00:00.000Z', source: 'unsubscribe' as const };
    const soft = { ...bounce, endsAt: '2026-12-24T10:00:00.000Z' };
    const changes = [
      suppressionChanged(item({ bounce }), item({ bounce, complaint: bounce }), NOW),
      suppressionChanged(item(), item({ categories: [{ category: 'news', left }] }), NOW),
      suppressionChanged(
        item({ repeatedSoftBounce: soft }),
        item({ repeatedSoftBounce: { ...soft, endsAt: '2026-12-25T10:00:00.000Z' } }),
        NOW,
      ),
    ];

    expect(changes.map((change) => [change?.reason, change?.previousReason, change?.categories])).toEqual([
      ['complaint', 'bounce', null],
      ['unsubscribe', null, ['news']],
      ['repeated_soft_bounce', 'repeated_soft_bounce', null],
    ]);
  });

  it('is nothing where the same is in force: another note, a bounce told again, what the mirror notes', () => {
    const sesList = { wanted: 'BOUNCE' as const, at: NOW };
    const again = item({ bounce: { ...bounce, at: '2026-11-25T10:00:00.000Z', note: 'again' }, sesList });

    expect(suppressionChanged(item({ bounce }), again, NOW)).toBeUndefined();
    expect(suppressionChanged(item({ bounce }), undefined, NOW)).toBeUndefined();
  });

  it('is as of when it was written: a cause that ran out before then was none', () => {
    const soft = item({ repeatedSoftBounce: { ...bounce, endsAt: '2026-11-25T00:00:00.000Z' } });
    const lifted = item({
      repeatedSoftBounce: { ...bounce, endsAt: '2026-11-25T00:00:00.000Z' },
      repeatedSoftBounceEndedAt: NOW,
    });

    expect(suppressionChanged(soft, lifted, NOW)).toBeUndefined();
    expect(suppressionChanged(soft, lifted, '2026-11-24T23:00:00.000Z')?.suppressed).toBe(false);
  });

  it('takes that time from the record, so that it is the same event however late it is told', () => {
    const row = marshall({
      address: 'ann@example.com',
      repeatedSoftBounce: { at: bounce.at, source: 'ses_event', endsAt: '2026-11-25T12:00:01.000Z' },
    });
    const of = (second: number) =>
      readStatusEvent({
        dynamodb: { ApproximateCreationDateTime: Date.parse(NOW) / 1000 + second, NewImage: row as never },
      });

    expect(of(0)?.detail).toMatchObject({ suppressed: true, changedAt: NOW });
    expect(of(1)).toBeUndefined();
  });

  it('has another id when the same comes back', () => {
    const back = { ...bounce, at: '2026-11-25T11:00:00.000Z' };
    const [first, second] = [bounce, back].map((cause) => suppressionChanged(item(), item({ bounce: cause }), NOW)?.id);

    expect(first).not.toBe(second);
  });
});

describe('the schemas', () => {
  it('know every status, group and cause there is, and no other', () => {
    const groups = new Set(STATUS_NAMES.map((name) => STATUSES[name].group));

    expect(SCHEMAS.EmailStatusChanged.$defs.Status.enum).toEqual(STATUS_NAMES);
    expect(new Set(SCHEMAS.EmailStatusChanged.properties.group.enum)).toEqual(groups);
    expect(SCHEMAS.SuppressionChanged.$defs.CauseName.enum).toEqual(CAUSES);
  });

  it.each(Object.entries(SCHEMAS))('%s promises each of its fields', (_, schema) => {
    expect(schema.required).toEqual(Object.keys(schema.properties));
  });
});
