import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { ToMirror } from '../../lambdas/domain/suppression/mirror-job.ts';
import type { CauseName } from '../../lambdas/domain/suppression/suppression.ts';
import {
  mirroredSuppressions,
  mirrorJobsOf,
  unmirroredSuppressions,
} from '../../lambdas/store/suppressions/mirror-state.ts';
import { suppressionRecorder } from '../../lambdas/store/suppressions/record-change.ts';
import { suppressionList } from '../../lambdas/store/suppressions/suppression-list.ts';
import { createHandler as createMirror } from '../../lambdas/suppression-sync/mirror-suppressions/handler.ts';
import { clientOf, makeTables } from '../support/engine.ts';
import { silent } from '../support/silent.ts';
import type { FaultySes } from './faulty-ses.ts';

/** The Suppressions table on an engine, the jobs from its changes, and the mirror between it and SES's list. */
export const mirroredTable = async (endpoint: string, ses: () => FaultySes) => {
  const { client, documents } = clientOf(endpoint);
  const tables = await makeTables(client);
  const people = suppressionList(documents, tables.suppressions);
  const record = suppressionRecorder(documents, tables.suppressions, () => ses().clock.now());
  const rows = mirroredSuppressions(documents, tables.suppressions);
  const quiet = silent();
  const work: string[] = [];
  let changes = 0;

  /** The stream's record of a row as it is now. */
  const streamed = async (address: string) => {
    const item = await rows.get(address);
    if (item === undefined) return [];
    const sets = { spellings: new Set(item.spellings), history: new Set(item.history) };
    const filled = Object.fromEntries(Object.entries(sets).filter(([, set]) => set.size > 0));
    const image = {
      Keys: marshall({ address }),
      NewImage: marshall(
        { ...item, spellings: undefined, history: undefined, ...filled },
        { removeUndefinedValues: true },
      ),
    };
    const dynamodb = { ...image, SequenceNumber: String(changes++) } as DynamoDBRecord['dynamodb'];
    const made = mirrorJobsOf([{ dynamodb } as DynamoDBRecord], ses().now());
    work.push(...made.map((one) => one.address));
    return made;
  };

  const begins = async (address: string, cause: CauseName, spelling = address, more: { endsAt?: string } = {}) => {
    const begun = { at: ses().now(), source: 'ses_event', messageId: 'm', ...more } as const;
    await record({ address, spellings: [spelling], cause, begins: begun });
    return streamed(address);
  };

  /** SES rejected an email to the address at that time, because it is on its list: the event arrives now or later. */
  const refused = async (address: string, cause: 'complaint' | 'bounce', at: string) => {
    const begun = { at, source: 'ses_event', messageId: 'm', onSesList: true } as const;
    await record({ address, spellings: [address], cause, begins: begun });
    return streamed(address);
  };

  return {
    documents,
    refused,
    erasures: tables.erasures,
    emails: tables.emailStatus,
    rows,
    work,
    streamed,
    begins,
    ends: async (address: string) => {
      await record({
        address,
        spellings: [],
        cause: 'complaint',
        ends: { at: ses().now(), messageId: 'm', note: 'not_spam' },
      });
      return streamed(address);
    },
    suppress: async (address: string, spelling = address) => {
      await people.suppress(address, { spelling, note: undefined, now: ses().now() });
      return streamed(address);
    },
    lift: async (address: string) => {
      await people.lift(address, false, ses().now());
      return streamed(address);
    },
    /** Writes a row as it is, without a recorded change. */
    put: (row: Record<string, unknown>) =>
      documents.send(new PutCommand({ TableName: tables.suppressions, Item: row })),
    /** Whether the nightly check finds the address. */
    foundByNight: async (address: string) => {
      for await (const found of unmirroredSuppressions(documents, tables.suppressions)(ses().now())) {
        if (found.includes(address)) return true;
      }
      return false;
    },
    /** Runs the mirror for the address, with this much time; whether it succeeded. Its write to the row is streamed. */
    mirror: async (address: string, time = 60_000, more: Omit<ToMirror, 'address'> = {}) => {
      const until = ses().clock.now() + time;
      const event = { Records: [{ messageId: '1', body: JSON.stringify({ address, ...more }) }] };
      const context = { getRemainingTimeInMillis: () => until - ses().clock.now() };
      const { batchItemFailures } = await createMirror({
        ...{ suppressions: rows, listFor: ses().listFor, now: () => ses().now() },
        ...quiet,
      })(event as never, context);
      await streamed(address);
      return batchItemFailures.length === 0;
    },
    said: quiet.said,
    table: tables.suppressions,
    drop: tables.drop,
  };
};
