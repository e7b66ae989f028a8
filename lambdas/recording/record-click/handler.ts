import type { SQSEvent } from 'aws-lambda';
import { withWholeLink } from '../../domain/ses-events/clicked-link.ts';
import type { RecordingDependencies } from '../dependencies.ts';
import { recordBatch } from '../record-batch.ts';

type ClickDependencies = RecordingDependencies &
  Readonly<{
    /** `full` stores links as in SES's events; with any other value, parts that may be secret are omitted. */
    clickedLinks: string;
  }>;

/** Records the events of the click topic. */
export const createHandler =
  ({ clickedLinks, recordFacts, ...dependencies }: ClickDependencies) =>
  (event: SQSEvent) =>
    recordBatch(event, {
      ...dependencies,
      recordFacts: (arrival) =>
        recordFacts(clickedLinks === 'full' ? { ...arrival, facts: arrival.facts.map(withWholeLink) } : arrival),
    });
