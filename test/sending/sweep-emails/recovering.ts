import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Status, writtenRank } from '../../../lambdas/domain/status/statuses.ts';
import { partKey, UNFINISHED } from '../../../lambdas/store/mailings/mailing-row.ts';
import { silent } from '../../support/silent.ts';
import { later, named, startAccepting } from '../accept-mail/set-up.ts';
import { advancing } from '../advance-campaigns/set-up.ts';
import { sweeping } from './sweeping.ts';

/** Milliseconds after which what waits is checked. */
export const CHECK = 20 * 60_000;
export const PEOPLE = named('ann@example.com', 'bo@example.com', 'cy@example.com');

/** Mail that is accepted and queued on an engine, its queues to be purged, and the sweep that finds what was lost. */
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
    /** Accepts campaign october, and takes its first step. */
    begin: async (recipients = PEOPLE) => {
      await accepting.send({ recipients });
      await to.runOn({ campaignId: 'october', why: 'start' });
    },
    /** Whose emails were queued, each as often as it was. */
    queued: async () => {
      const rows = await emails();
      return to.emails.map(({ messageId }) => rows.find((row) => row.messageId === messageId)?.recipient).sort();
    },
    /** Puts all rows into a status, without a time to wake, as if their emails had got there. */
    become: async (status: Status, more: object = {}) => {
      for (const { wakeAt: _, wakeShard: __, spellings: ___, ...row } of await emails()) {
        await accepting.put({ ...row, status, rank: writtenRank(status), ...more });
      }
    },
    /** The campaigns on the list of unfinished ones. */
    unfinished: async () =>
      Object.keys(await accepting.parts(UNFINISHED)).filter((campaignId) => !campaignId.startsWith(':')),
    /** Takes everything off that list: as it is where a version began the campaigns that kept none. */
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
