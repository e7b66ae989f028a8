import { describe, expect, it } from 'vitest';
import { addressees, type Message } from '../../../lambdas/domain/ses-events/mail.ts';
import { subscription } from '../../../lambdas/domain/ses-events/subscription.ts';

const AT = '2026-11-24T12:00:00.000Z';
const ARRIVED_AT = '2026-11-24T12:00:09.000Z';
const ANN = { address: 'ann@example.com', spellings: ['Ann@example.com'], cause: 'unsubscribe' };
const message: Message = {
  ...{ messageId: 'own-1', sesMessageId: 'ses-1' },
  destinations: addressees(['Ann@example.com']),
};

/** Topics and what the contact chose of each, as `news:OptOut`. */
const chosen = (topics: string) =>
  topics.split(' ').flatMap((text) => {
    const [topicName, subscriptionStatus] = text.split(':');
    return topicName ? [{ topicName, subscriptionStatus }] : [];
  });
const preferences = (topics: string, defaults = '', unsubscribeAll = false) => ({
  unsubscribeAll,
  topicSubscriptionStatus: chosen(topics),
  topicDefaultSubscriptionStatus: chosen(defaults),
});
const all = (topics = '') => preferences(topics, '', true);
const told = (oldTopicPreferences: unknown, newTopicPreferences: unknown, source?: unknown) =>
  subscription(
    { subscription: { timestamp: AT, source, oldTopicPreferences, newTopicPreferences } },
    message,
    ARRIVED_AT,
  );
/** The kinds of the facts with their topics. */
const facts = (before: unknown, after: unknown) =>
  told(before, after).facts.map(({ fact: { kind, details } }) => `${kind} ${details.topics}`);

const left = (category?: string) => ({
  ...{ ...ANN, ...(category && { category }) },
  begins: { at: AT, source: 'unsubscribe', messageId: 'own-1', note: 'unsubscribed' },
});
const cameBack = (category?: string) => ({
  ...{ ...ANN, ...(category && { category }) },
  ends: { at: AT, messageId: 'own-1', note: 'resubscribed' },
});

describe('a contact that', () => {
  it.each([
    ['leaves a topic', preferences('news:OptIn'), preferences('news:OptOut'), ['unsubscribed news'], [left('news')]],
    ['comes back', preferences('news:OptOut'), preferences('news:OptIn'), ['resubscribed news'], [cameBack('news')]],
    [
      'leaves one topic for another',
      preferences('news:OptIn races:OptOut'),
      preferences('news:OptOut races:OptIn'),
      ['unsubscribed news', 'resubscribed races'],
      [left('news'), cameBack('races')],
    ],
    [
      'leaves a second topic',
      preferences('news:OptOut races:OptIn'),
      preferences('news:OptOut races:OptOut'),
      ['unsubscribed races'],
      [left('races')],
    ],
    [
      'leaves two topics',
      preferences('news:OptIn races:OptIn'),
      preferences('news:OptOut races:OptOut'),
      ['unsubscribed news,races'],
      [left('news'), left('races')],
    ],
    [
      'comes back to two topics',
      preferences('news:OptOut races:OptOut'),
      preferences('news:OptIn races:OptIn'),
      ['resubscribed news,races'],
      [cameBack('news'), cameBack('races')],
    ],
    ['leaves everything', preferences('news:OptIn'), all('news:OptIn'), ['unsubscribed all'], [left()]],
    [
      'comes back to everything but one topic',
      all('news:OptOut races:OptOut'),
      preferences('news:OptOut races:OptIn'),
      ['resubscribed all'],
      [cameBack(), left('news'), cameBack('races')],
    ],
    ['changes topics while everything is left', all('news:OptIn'), all('news:OptOut'), [], []],
    ['changes nothing', preferences('news:OptOut'), preferences('news:OptOut'), [], []],
  ] as const)('%s', (_, before, after, what, suppressions) => {
    expect(facts(before, after)).toEqual(what);
    expect(told(before, after).suppressions).toEqual(suppressions);
  });
});

describe('what a contact had not chosen', () => {
  it.each([
    ['out by the list’s default', 'news:OptOut', [], ['resubscribed news']],
    ['in by the list’s default', 'news:OptIn', ['unsubscribed news'], []],
    ['in where the list says nothing', '', ['unsubscribed news'], []],
  ])('is %s', (_, defaults, byLeaving, byComingBack) => {
    const before = preferences('', defaults);

    expect(facts(before, preferences('news:OptOut', defaults))).toEqual(byLeaving);
    expect(facts(before, preferences('news:OptIn', defaults))).toEqual(byComingBack);
  });

  it('gives way to what it chose', () => {
    expect(facts(preferences('news:OptIn', 'news:OptOut'), preferences('news:OptOut'))).toEqual(['unsubscribed news']);
  });

  it('is the same where the event says nothing of before', () => {
    for (const before of [undefined, null, {}, { topicSubscriptionStatus: null }]) {
      expect(facts(before, preferences('news:OptOut races:OptIn'))).toEqual(['unsubscribed news']);
    }
  });
});

describe('a preference', () => {
  it('without a topic is passed over, so that the others count', () => {
    const nameless = [null, 'news', {}, { topicName: ' ', subscriptionStatus: 'OptOut' }];
    const after = { topicSubscriptionStatus: [...nameless, ...chosen('races:OptOut')] };

    expect(facts(preferences('races:OptIn'), after)).toEqual(['unsubscribed races']);
  });
});

describe('the way a contact left by', () => {
  it.each([
    ['UnsubscribeHeader', 'UnsubscribeHeader'],
    ['ann@example.com', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('is SES’s word for it, and no address: %s', (source, via) => {
    expect(told(preferences('news:OptIn'), preferences('news:OptOut'), source).facts).toEqual([
      {
        ...{ recipient: ANN.address, spellings: ANN.spellings },
        fact: { kind: 'unsubscribed', at: AT, details: { topics: 'news', ...(via && { via }) } },
      },
    ]);
  });
});
