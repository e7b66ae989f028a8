import type { SQSEvent } from 'aws-lambda';
import type { SuppressingDependencies } from '../dependencies.ts';
import { recordBatch } from '../record-batch.ts';
import { type Dependencies as Repeated, suppressRepeated } from './suppress-repeated.ts';

export type Dependencies = SuppressingDependencies & Omit<Repeated, 'recordSuppression'>;

/**
 * Records what the bounce topic brings. A hard bounce also suppresses its address (domain/events/bounce.ts says which is
 * one), and so does the last of several soft ones.
 */
export const createHandler = ({ lastEmails, rule, ...dependencies }: Dependencies) => {
  const { recordFacts, recordSuppression, erasedPeople, now } = dependencies;
  const suppress = suppressRepeated({ lastEmails, recordSuppression, rule });
  const record: typeof recordFacts = async (arrival) => {
    await recordFacts(arrival);
    await suppress(arrival, await erasedPeople(now()), now());
  };
  return (event: SQSEvent) => recordBatch(event, { ...dependencies, recordFacts: record });
};
