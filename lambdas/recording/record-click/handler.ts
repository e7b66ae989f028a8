import type { SQSEvent } from 'aws-lambda';
import { withWholeLink } from '../../domain/ses-events/clicked-link.ts';
import type { RecordingDependencies } from '../dependencies.ts';
import { recordBatch } from '../record-batch.ts';

type ClickDependencies = RecordingDependencies &
  Readonly<{
    /** `full` keeps links as SES said them; with anything else they are kept without what may be a secret. */
    clickedLinks: string;
  }>;

/** Records what the click topic brings. */
export const createHandler =
  ({ clickedLinks, recordFacts, ...dependencies }: ClickDependencies) =>
  (event: SQSEvent) =>
    recordBatch(event, {
      ...dependencies,
      recordFacts: (arrival) =>
        recordFacts(clickedLinks === 'full' ? { ...arrival, facts: arrival.facts.map(withWholeLink) } : arrival),
    });
