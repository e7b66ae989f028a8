import type { FactDetails } from '../status/fact.ts';
import { detail, isObject, type Json, objectAt, present } from '../values/json.ts';
import { type FiledFact, onlyDestination } from './attribution.ts';
import type { EventReader } from './event-reader.ts';
import { awsTime } from './event-time.ts';
import { begins, ends } from './suppression-change.ts';

/**
 * Subscription: a contact's preferences changed. Only the difference between old and new shows what the person did: the
 * guide's own example shows a topic opted out before and after, and only `unsubscribeAll` flips. An event that changes
 * nothing gives no fact. Opting out of a topic closes the category of the same name.
 */
export const subscription: EventReader = (event, message, arrivedAt) => {
  const body = objectAt(event.subscription, 'subscription');
  const now = preferences(objectAt(body.newTopicPreferences, 'subscription.newTopicPreferences'));
  const before = preferences(isObject(body.oldTopicPreferences) ? body.oldTopicPreferences : {});
  const at = awsTime(body.timestamp, message, arrivedAt);
  const filed = (kind: 'unsubscribed' | 'resubscribed', topics: string): FiledFact => ({
    ...onlyDestination(message),
    fact: { kind, at, details: present<FactDetails>({ via: wayOf(body.source), topics }) },
  });

  const leaves = (topics: readonly string[]) =>
    topics.flatMap((category) => begins('unsubscribe', filed('unsubscribed', category), message, { category }));
  const returns = (topics: readonly string[]) =>
    topics.flatMap((category) => ends('unsubscribe', filed('resubscribed', category), message, { category }));

  if (now.all && !before.all) {
    const fact = filed('unsubscribed', 'all');
    return { facts: [fact], suppressions: begins('unsubscribe', fact, message) };
  }
  // An opt-out from everything includes each topic.
  const back = now.all ? [] : now.topics(false).filter((topic) => before.out(topic));
  if (before.all && !now.all) {
    const fact = filed('resubscribed', 'all');
    // Closed topics close now, whether or not that was recorded before: an opt-out from everything hid their changes.
    const closed = leaves(now.topics(true));
    return { facts: [fact], suppressions: [...ends('unsubscribe', fact, message), ...closed, ...returns(back)] };
  }
  const left = now.all ? [] : now.topics(true).filter((topic) => !before.out(topic));
  return {
    facts: [
      ...(left.length > 0 ? [filed('unsubscribed', left.join(','))] : []),
      ...(back.length > 0 ? [filed('resubscribed', back.join(','))] : []),
    ],
    suppressions: [...leaves(left), ...returns(back)],
  };
};

const preferences = ({ unsubscribeAll, topicSubscriptionStatus, topicDefaultSubscriptionStatus }: Json) => {
  const [explicit, defaults] = [statuses(topicSubscriptionStatus), statuses(topicDefaultSubscriptionStatus)];
  return {
    all: unsubscribeAll === true,
    /** The topics that the contact chose to be out of, or in. */
    topics: (out: boolean): readonly string[] =>
      [...explicit].filter(([, isOut]) => isOut === out).map(([topic]) => topic),
    /** The list's default applies to topics the contact did not choose. */
    out: (topic: string): boolean => explicit.get(topic) ?? defaults.get(topic) ?? false,
  };
};

const statuses = (list: unknown): ReadonlyMap<string, boolean> =>
  new Map(
    (Array.isArray(list) ? list : []).flatMap((entry) => {
      const topic = isObject(entry) ? detail(entry.topicName) : undefined;
      return topic === undefined ? [] : [[topic, entry.subscriptionStatus === 'OptOut'] as const];
    }),
  );

/** `UnsubscribeHeader` and the like; by the guide's table it may be an address, which is not a source. */
const wayOf = (source: unknown): string | undefined => {
  const way = detail(source);
  return way?.includes('@') ? undefined : way;
};
