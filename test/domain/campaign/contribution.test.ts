import { describe, expect, it } from 'vitest';
import { type CountedEmail, changesOf, countedIn, sumOf } from '../../../lambdas/domain/campaign/campaign-counters.ts';

const NOW = '2026-11-25T12:00:00.000Z';
const AT = ['2026-11-24T10:00:00.000Z', '2026-11-24T11:00:00.000Z', '2026-11-24T12:00:00.000Z'] as const;
const email = (more: Partial<CountedEmail> = {}): CountedEmail => ({
  ...{ recipient: 'ann@example.com', campaignId: 'october', status: 'sent', events: [`${AT[1]} sent`] },
  ...more,
});
const counters = (more: Partial<CountedEmail>) => countedIn(email(more), NOW)?.counters;

describe('what a row counts in its campaign', () => {
  it('are clicks and opens, each in all and by recipient, people’s and machines’ apart', () => {
    const events = [
      ...[`${AT[0]} clicked link=https://club.example/a`, `${AT[1]} clicked link=https://club.example/b`],
      ...[`${AT[2]} clicked automated=yes link=https://club.example/a`, `${AT[2]} opened automated=yes`],
    ];

    expect(counters({ status: 'clicked', events })).toEqual({
      ...{ recipients: 1, clicked: 1, clicks: 2, uniqueClicks: 1, machineClicks: 1, uniqueMachineClicks: 1 },
      ...{ machineOpens: 1, uniqueMachineOpens: 1 },
    });
  });

  it('is mail to SES’s simulator a second time, apart', () => {
    const recipient = 'bounce+ann@simulator.amazonses.com';

    expect(counters({ recipient, status: 'bounced_hard' })).toEqual({
      ...{ recipients: 1, bounced_hard: 1, simulator_bounced_hard: 1 },
    });
  });

  it('is told by its facts where its status is unknown to this version', () => {
    const { status: _, ...row } = email({ events: [`${AT[0]} sent`, `${AT[1]} delivered`] });

    expect(countedIn(row, NOW)?.counters).toEqual({ recipients: 1, delivered: 1 });
  });
});

describe('the times that a row gives', () => {
  const times = (more: Partial<CountedEmail>) => {
    const { firstActivityAt, lastActivityAt } = countedIn(email(more), NOW) ?? {};
    return [firstActivityAt, lastActivityAt];
  };

  it('are those of its first and last fact, in whatever order they are stored', () => {
    expect(times({ events: [`${AT[2]} opened`, `${AT[0]} sent`, `${AT[1]} delivered`] })).toEqual([AT[0], AT[2]]);
  });

  it('are also that of its status: of a status that is the sender’s there is no fact', () => {
    expect(times({ status: 'queued', statusAt: AT[0], events: [] })).toEqual([AT[0], AT[0]]);
    expect(times({ statusAt: AT[0] })).toEqual([AT[0], AT[1]]);
    expect(times({ statusAt: AT[2] })).toEqual([AT[1], AT[2]]);
    expect(times({})).toEqual([AT[1], AT[1]]);
  });

  it('are a change where nothing else is', () => {
    const earlier = changesOf(email(), email({ statusAt: AT[0] }), NOW);
    const later = changesOf(email(), email({ statusAt: AT[2] }), NOW);

    expect(earlier).toEqual([{ campaignId: 'october', counters: {}, firstActivityAt: AT[0], lastActivityAt: AT[1] }]);
    expect(later).toEqual([{ campaignId: 'october', counters: {}, firstActivityAt: AT[1], lastActivityAt: AT[2] }]);
  });

  it('are together the first and the last, in whatever order rows come, and those of some where others have none', () => {
    const counted = [AT[1], AT[0], AT[2]].map((at) => ({ counters: {}, firstActivityAt: at, lastActivityAt: at }));

    for (const some of [counted, counted.toReversed(), [{ counters: {} }, ...counted, { counters: {} }]]) {
      expect(sumOf(some)).toEqual({ counters: {}, firstActivityAt: AT[0], lastActivityAt: AT[2] });
    }
  });
});

describe('a row that belongs to no campaign', () => {
  it('is no change, before and after', () => {
    const { campaignId: _, ...none } = email();

    expect(changesOf(none, { ...none, events: [...none.events, `${AT[2]} opened`] }, NOW)).toEqual([]);
    expect(changesOf(undefined, none, NOW)).toEqual([]);
  });

  it('takes its numbers out of the campaign that it was moved out of', () => {
    const { campaignId: _, ...none } = email();

    expect(changesOf(email(), none, NOW)).toEqual([{ campaignId: 'october', counters: { recipients: -1, sent: -1 } }]);
  });
});
