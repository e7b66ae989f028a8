import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../../lambdas/domain/ses-events/parse-event.ts';
import { toLine } from '../../../lambdas/domain/status/fact-line.ts';
import { foldFacts } from '../../../lambdas/domain/status/proposal.ts';
import { UnreadableRecord } from '../../../lambdas/domain/values/json.ts';
import { loadFixtures } from '../../fixtures/fixture.ts';
import { STORIES } from '../../fixtures/stories.ts';
import { QUEUED_AT } from '../../support/sqs-event.ts';

const fixtures = loadFixtures();
const yielding = fixtures.flatMap((fixture) => (fixture.outcome === 'facts' ? [[fixture.name, fixture] as const] : []));
const without = (outcome: 'acknowledged' | 'refused') =>
  fixtures.flatMap((fixture) => (fixture.outcome === outcome ? [[fixture.name, fixture] as const] : []));

/** The facts in a record, each with the email it is about. */
const factsIn = (body: string) => {
  const reading = parseEvent(body, QUEUED_AT);
  return reading.outcome === 'facts'
    ? reading.facts.map(({ recipient, fact }) => ({ messageId: reading.message.messageId, recipient, ...fact }))
    : [];
};

const inOrder = <Fact extends { recipient: string; kind: string; at: string }>(facts: readonly Fact[]) =>
  facts.toSorted((one, other) =>
    `${one.recipient} ${one.kind} ${one.at}` < `${other.recipient} ${other.kind} ${other.at}` ? -1 : 1,
  );

const byAddress = <Cause extends { address: string }>(causes: readonly Cause[]) =>
  causes.map((cause) => JSON.stringify(cause)).sort();

describe('an SES event', () => {
  it.each(yielding)('%s yields its facts and no others', (_, { body, facts }) => {
    const found = inOrder(factsIn(body));

    expect(found).toHaveLength(facts.length);
    expect(found).toMatchObject(inOrder(facts));
  });

  it.each(yielding)('%s gives the statuses it must', (_, { body, status }) => {
    const facts = factsIn(body);

    for (const [recipient, expected] of Object.entries(status)) {
      expect(foldFacts(facts.filter((fact) => fact.recipient === recipient))?.status ?? null).toBe(expected);
    }
  });

  it.each(yielding)('%s begins and ends the suppressions it must, and no others', (_, { body, suppresses, lifts }) => {
    const reading = parseEvent(body, QUEUED_AT);
    const changes = reading.outcome === 'facts' ? reading.suppressions : [];
    const named = (which: 'begins' | 'ends') =>
      changes
        .filter((change) => which in change)
        .map(({ address, cause, category }) => ({ address, cause, ...(category && { category }) }));

    expect(byAddress(named('begins'))).toEqual(byAddress(suppresses));
    expect(byAddress(named('ends'))).toEqual(byAddress(lifts));
  });
});

describe('a record that says nothing of an email we sent', () => {
  it.each(without('acknowledged'))('%s is acknowledged', (_, { body, reason }) => {
    expect(parseEvent(body, QUEUED_AT)).toEqual({ outcome: 'acknowledged', reason });
  });
});

describe('a record that cannot be read', () => {
  it.each(without('refused'))('%s is refused with its code', (_, { body, reason }) => {
    expect(() => parseEvent(body, QUEUED_AT)).toThrow(UnreadableRecord);
    expect(() => parseEvent(body, QUEUED_AT)).toThrow(expect.objectContaining({ code: reason }));
  });
});

describe('several events of one email', () => {
  it.each(STORIES)('tell $name', ({ told, recipient, status, facts }) => {
    const bodies = told.map((name) => fixtures.find((fixture) => fixture.name === name)?.body ?? '');
    const found = bodies.flatMap(factsIn).filter((fact) => fact.recipient === recipient);

    expect(foldFacts(found)?.status).toBe(status);
    expect(foldFacts(found.toReversed())?.status).toBe(status);
    expect(new Set(found.map(toLine)).size).toBe(facts);
  });
});
