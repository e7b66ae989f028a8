import { describe, expect, it } from 'vitest';
import {
  type CountedEmail,
  changesOf as changesAt,
  countedIn,
  sumOf,
} from '../../../lambdas/domain/campaign/campaign-counters.ts';
import { ratesOf, statusCounts } from '../../../lambdas/domain/campaign/rates.ts';

const NOW = '2026-11-25T12:00:00.000Z';
const SENT = '2026-11-24T10:00:00.000Z sent';
const DELIVERED = '2026-11-24T10:00:03.000Z delivered';
const OPENED = '2026-11-24T11:00:00.000Z opened';
const AGAIN = '2026-11-24T12:00:00.000Z opened';
const BY_MACHINE = '2026-11-24T10:00:04.000Z opened automated=yes';

const email = (more: Partial<CountedEmail>): CountedEmail => ({
  ...{ recipient: 'ann@example.com', campaignId: 'october', status: 'sent', events: [SENT] },
  ...more,
});
const changesOf = (before: CountedEmail | undefined, after: CountedEmail | undefined) => changesAt(before, after, NOW);
const delivered = email({ status: 'delivered', events: [SENT, DELIVERED] });
const opened = email({ status: 'opened', events: [SENT, DELIVERED, OPENED] });

describe('what a change of a row changes in its campaign', () => {
  it('is a recipient more with a new row', () => {
    expect(changesOf(undefined, email({}))).toEqual([
      {
        campaignId: 'october',
        counters: { recipients: 1, sent: 1 },
        firstActivityAt: '2026-11-24T10:00:00.000Z',
        lastActivityAt: '2026-11-24T10:00:00.000Z',
      },
    ]);
  });

  it('moves a recipient from one status to the next', () => {
    expect(changesOf(email({}), delivered)).toMatchObject([{ counters: { sent: -1, delivered: 1 } }]);
  });

  it('tells first opens from repeated ones, and people from machines', () => {
    const again = { ...opened, events: [...opened.events, AGAIN, BY_MACHINE] };

    expect(changesOf(delivered, opened)[0]?.counters).toEqual({ delivered: -1, opened: 1, opens: 1, uniqueOpens: 1 });
    expect(changesOf(opened, again)[0]?.counters).toEqual({ opens: 1, machineOpens: 1, uniqueMachineOpens: 1 });
  });

  it('takes a machine’s open back where somebody else says that it was a person’s', () => {
    const machine = email({ events: [SENT, BY_MACHINE] });
    const person = email({ status: 'opened', events: [...machine.events, BY_MACHINE.replace(' automated=yes', '')] });

    expect(changesOf(machine, person)[0]?.counters).toEqual({
      ...{ sent: -1, opened: 1, opens: 1, uniqueOpens: 1 },
      ...{ machineOpens: -1, uniqueMachineOpens: -1 },
    });
  });

  it('is nothing where a row expired or a person was erased', () => {
    expect(changesOf(opened, undefined)).toEqual([]);
  });

  it('is nothing where the write told nothing new', () => {
    expect(changesOf(opened, { ...opened, events: [...opened.events] })).toEqual([]);
  });

  it('is the whole row when it becomes known which campaign it is of', () => {
    const { campaignId: _, ...unknown } = delivered;

    expect(changesOf(unknown, opened)[0]?.counters).toEqual(countedIn(opened, NOW)?.counters);
    expect(changesOf(delivered, { ...delivered, campaignId: 'november' }).map(({ counters }) => counters)).toEqual([
      { recipients: 1, delivered: 1 },
      { recipients: -1, delivered: -1 },
    ]);
  });

  it('is nothing of a message itself, and of a row without any status', () => {
    const { status: _, ...none } = email({ events: [BY_MACHINE] });

    expect(changesOf(undefined, email({ recipient: '*', events: [OPENED] }))).toEqual([]);
    expect(changesOf(undefined, none)).toEqual([]);
    expect(changesOf(none, email({ events: [BY_MACHINE, SENT] }))[0]?.counters).toMatchObject({ machineOpens: 1 });
  });

  it('is nothing of a row that is in no campaign', () => {
    const { campaignId: _, ...none } = email({});

    expect(changesOf(none, { ...none, events: [SENT, DELIVERED] })).toEqual([]);
    expect(changesOf(undefined, none)).toEqual([]);
  });

  it('marks what was opened more often than is kept', () => {
    expect(changesOf(opened, { ...opened, moreEngagement: true })[0]?.counters).toEqual({ floors: 1 });
  });
});

describe('what rows count together', () => {
  it('begins with the first thing that happened and ends with the last', () => {
    const rows = [opened, email({ events: ['2026-11-23T10:00:00.000Z sent'] })];

    expect(sumOf(rows.flatMap((row) => countedIn(row, NOW) ?? []))).toMatchObject({
      counters: { recipients: 2 },
      firstActivityAt: '2026-11-23T10:00:00.000Z',
      lastActivityAt: '2026-11-24T11:00:00.000Z',
    });
  });
});

describe('the times of a campaign’s activity', () => {
  /** A row as an earlier version wrote it: the fact's time, and the status's, are those of a remote server's clock. */
  const said = (at: string) => email({ status: 'bounced_hard', statusAt: at, events: [SENT, `${at} bounced_hard`] });
  const sentAt = '2026-11-24T10:00:00.000Z';

  it('do not follow a clock that is ahead, and the fact is counted all the same', () => {
    for (const at of ['2026-11-25T12:05:00.001Z', '2026-12-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z']) {
      expect(changesOf(undefined, said(at))).toEqual([
        {
          campaignId: 'october',
          counters: { recipients: 1, bounced_hard: 1 },
          firstActivityAt: sentAt,
          lastActivityAt: sentAt,
        },
      ]);
    }
  });

  it('follow a clock that is ahead by five minutes at most', () => {
    const at = '2026-11-25T12:05:00.000Z';

    expect(countedIn(said(at), NOW)).toMatchObject({ firstActivityAt: sentAt, lastActivityAt: at });
  });

  it('are those of its facts, and that of its status', () => {
    const skipped = email({ status: 'skipped', statusAt: sentAt, events: [] });

    expect(countedIn(skipped, NOW)).toMatchObject({ firstActivityAt: sentAt, lastActivityAt: sentAt });
    expect(countedIn(email({ status: 'opened', statusAt: '2026-11-24T11:00:00.000Z' }), NOW)).toMatchObject({
      ...{ firstActivityAt: sentAt, lastActivityAt: '2026-11-24T11:00:00.000Z' },
    });
  });

  it('are none where all that is known of an email is in the future', () => {
    const at = '2027-01-01T00:00:00.000Z';
    const counted = countedIn(email({ statusAt: at, events: [`${at} sent`] }), NOW);

    expect(counted).toEqual({
      ...{ campaignId: 'october', counters: { recipients: 1, sent: 1 } },
      ...{ firstActivityAt: undefined, lastActivityAt: undefined },
    });
  });

  it('are nothing new where a write told only of the future', () => {
    const before = email({});
    const after = email({ events: [SENT, '2027-01-01T00:00:00.000Z deferred'] });

    expect(changesOf(before, after)).toEqual([]);
  });
});

describe('the rates of a campaign', () => {
  const counters = {
    ...{ suppressed: 5, sent: 10, delivered: 60, bounced_hard: 6, bounced_soft: 4, opened: 15, complained: 5 },
    ...{ simulator_bounced_hard: 1, simulator_complained: 2, simulator_delivered: 3 },
    ...{ uniqueOpens: 20, uniqueClicks: 4 },
  };

  it('are of whom SES tried to reach, or reached', () => {
    expect(ratesOf(counters)).toMatchObject({
      delivery: { value: 0.8, numerator: 80, denominator: 100 },
      uniqueOpen: { value: 0.25, numerator: 20, denominator: 80 },
      uniqueClick: { value: 0.05, numerator: 4, denominator: 80 },
    });
  });

  it('leave mail to the simulator out of bounces and complaints', () => {
    expect(ratesOf(counters)).toMatchObject({
      bounce: { numerator: 9, denominator: 94 },
      complaint: { numerator: 3, denominator: 75 },
    });
  });

  it('stand beside how many emails have each status, in the order of the statuses, without those that none has', () => {
    const counts = statusCounts({ opened: 2, sent: 1, delivered: 0, recipients: 3, simulator_sent: 1 });

    expect(Object.entries(counts)).toEqual([
      ['sent', 1],
      ['opened', 2],
    ]);
    expect(statusCounts({})).toEqual({});
  });

  it('have no value where there is nothing to divide by', () => {
    expect(ratesOf({ suppressed: 1 }).bounce).toEqual({ value: null, numerator: 0, denominator: 0 });
  });
});
