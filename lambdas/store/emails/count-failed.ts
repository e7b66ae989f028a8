import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ResendPosition } from '../../domain/mailing/jobs.ts';
import { batchGet } from '../dynamodb/batch-get.ts';
import { FAILED, type FailedEmails, failedEmails, type Meant } from './failed-emails.ts';

/** How many failed emails match; at least this many if `matchedIsExact` is false. */
export type Matched = Readonly<{ matched: number; matchedIsExact: boolean }>;

/** Counts the matching ones among a campaign's first MOST_COUNTED failed emails. Recipients are folded addresses. */
export type FailedCounter = (
  campaignId: string,
  meant: Meant & Readonly<{ recipients?: readonly string[] }>,
) => Promise<Matched>;

/** A client waits for the answer: this many take 100 Queries and as many BatchGetItem requests, about two seconds. */
export const MOST_COUNTED = 10_000;

export const failedCounter =
  (
    client: DynamoDBDocumentClient,
    table: string,
    pageOf: FailedEmails['page'] = failedEmails(client, table).page,
  ): FailedCounter =>
  async (campaignId, { recipients, reason, askedAt }) => {
    const wanted = recipients && new Set(recipients);
    let [matched, counted] = [0, 0];
    let after: ResendPosition | undefined;
    do {
      const { keys, next } = await pageOf(campaignId, after);
      const asked = wanted === undefined ? keys : keys.filter(({ recipient }) => wanted.has(recipient));
      // The status and the reason come from the rows: the index is eventually consistent.
      const rows = asked.length > 0 ? await batchGet(client, table, asked, { consistent: true }) : [];
      matched += rows.filter(
        ({ status, statusAt, reason: why }) =>
          status === FAILED.status && String(statusAt) <= askedAt && (reason === undefined || why === reason),
      ).length;
      counted += keys.length;
      after = next;
    } while (after !== undefined && counted < MOST_COUNTED);
    return { matched, matchedIsExact: after === undefined };
  };
