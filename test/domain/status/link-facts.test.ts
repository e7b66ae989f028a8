import { describe, expect, it } from 'vitest';
import { isUnsubscribeLink } from '../../../lambdas/domain/ses-events/unsubscribe-link.ts';
import { readLine, toLine } from '../../../lambdas/domain/status/fact-line.ts';
import {
  fetchesForOthers,
  keptOpen,
  resubscribedTo,
  unsubscribedBy,
} from '../../../lambdas/domain/status/link-facts.ts';
import { proposalOf } from '../../../lambdas/domain/status/proposal.ts';
import { makeToken } from '../../../lambdas/public-links/token.ts';

const AT = '2026-11-24T10:00:00.000Z';

describe('what links tell', () => {
  it.each([
    [keptOpen(AT), `${AT} read`, 'read', 310],
    [
      unsubscribedBy('OneClick', { category: 'news' }, AT),
      `${AT} unsubscribed via=OneClick topics=news`,
      'unsubscribed',
      400,
    ],
    [
      unsubscribedBy('UnsubscribePage', 'everything', AT),
      `${AT} unsubscribed via=UnsubscribePage topics=all`,
      'unsubscribed',
      400,
    ],
  ])('%j is kept as a line, and proposes', (fact, line, status, rank) => {
    expect(toLine(fact)).toBe(line);
    expect(readLine(line)).toEqual(fact);
    expect(proposalOf(fact)).toEqual({ status, rank, at: AT });
  });
});

describe('coming back to mail', () => {
  it.each([
    [resubscribedTo({ category: 'news' }, AT), 'news'],
    [resubscribedTo('everything', AT), 'all'],
  ])('%j is kept as a line, and moves no status', (fact, topics) => {
    expect(toLine(fact)).toBe(`${AT} resubscribed via=UnsubscribePage topics=${topics}`);
    expect(proposalOf(fact)).toBeUndefined();
  });
});

describe('the pixel', () => {
  it.each([
    'Mozilla/5.0',
    'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
    'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html',
  ])('is fetched by a machine, with or without a person who opened the email: %s', (agent) => {
    expect(fetchesForOthers(agent)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
    'Thunderbird/115.0',
  ])('is fetched where it is shown: %s', (agent) => {
    expect(fetchesForOthers(agent)).toBe(false);
  });
});

describe('a click on a link of ours', () => {
  it.each([
    ['the shortest', { messageId: 'm', recipient: 'a@b.example' }],
    ['a long', { messageId: 'm'.repeat(64), recipient: `${'a'.repeat(60)}@example.com`, category: 'news' }],
  ])('is known as one that leaves the list: %s token', (_, claims) => {
    const token = makeToken('secret', { kind: 'unsubscribe', ...claims });
    const url = 'https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com';

    expect(isUnsubscribeLink(`${url}/u/${token}`)).toBe(true);
    expect(isUnsubscribeLink(`${url}/u/${token}?utm_source=mail`)).toBe(true);
    expect(isUnsubscribeLink(`${url}/r/${token}`)).toBe(false);
  });
});
