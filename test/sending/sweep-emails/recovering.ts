import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Status, writtenRank } from '../../../lambdas/domain/status/statuses.ts';
import { partKey, UNFINISHED } from '../../../lambdas/store/mailings/mailing-row.ts';
import { silent } from '../../support/silent.ts';
import { later, named, startAccepting } from '../accept-mail/set-up.ts';
import { advancing } from '../advance-campaigns/set-up.ts';
import { sweeping } from './sweeping.ts';

/** Milliseconds after which a waiting email is checked. */
export const CHECK = 20 * 60_000;
export const PEOPLE = named('ann@example.com', 'bo@example.com', 'cy@example.com');

/** Accepted and queued mail on an engine, queues that can be purged, and the sweep that finds lost messages. */
export const startRecovering = async (endpoint: string) => {
  const accepting = await startAccepting(endpoint);
  const to = advancing(accepting);
  const quiet = silent();
  const { sweep, lengths } = sweeping(accepting, to, quiet);
  const at = (milliseconds: number) => {
    accepting.clock.now = later(milliseconds);
  };
  const emails = () => accepting.emails();
  return {
    ...{ accepting, to, quiet, sweep, lengths, at, emails, drop: accepting.drop },
    /** Loses all messages of both queues. */
    purge: () => {
      for (const queue of [to.emails, to.steps, accepting.sent]) queue.length = 0;
    },
    /** Accepts campaign october, and runs its first step. */
    begin: async (recipients = PEOPLE) => {
      await accepting.send({ recipients });
      await to.runOn({ campaignId: 'october', why: 'start' });
    },
    /** The recipients whose emails were queued, once for each time. */
    queued: async () => {
      const rows = await emails();
      return to.emails.map(({ messageId }) => rows.find((row) => row.messageId === messageId)?.recipient).sort();
    },
    /** Sets all rows to a status, without a time for the next check. */
    become: async (status: Status, more: object = {}) => {
      for (const { wakeAt: _, wakeShard: __, spellings: ___, ...row } of await emails()) {
        await accepting.put({ ...row, status, rank: writtenRank(status), ...more });
      }
    },
    /** The campaigns on the list of unfinished ones. */
    unfinished: async () =>
      Object.keys(await accepting.parts(UNFINISHED)).filter((campaignId) => !campaignId.startsWith(':')),
    /** Clears that list, as in a table of a version without it. */
    forgetUnfinished: async () => {
      for (const part of Object.keys(await accepting.parts(UNFINISHED))) {
        const Key = partKey(UNFINISHED, part);
        await accepting.documents.send(new DeleteCommand({ TableName: accepting.tables.mailings, Key }));
      }
    },
    putMailing: (Item: object) =>
      accepting.documents.send(new PutCommand({ TableName: accepting.tables.mailings, Item: Item as never })),
  };
};

export type Recovering = Awaited<ReturnType<typeof startRecovering>>;
