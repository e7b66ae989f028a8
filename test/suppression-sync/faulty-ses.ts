import {
  DeleteSuppressedDestinationCommand,
  GetAccountCommand,
  GetSuppressedDestinationCommand,
  ListSuppressedDestinationsCommand,
  NotFoundException,
  PutSuppressedDestinationCommand,
} from '@aws-sdk/client-sesv2';
import { createRateLimiter } from '../../lambdas/aws/ses/rate-limiter.ts';
import { type SesCalls, sesList } from '../../lambdas/aws/ses/suppression-list.ts';

/** The fault of a request to SES: it fails before or after its effect. */
export type Turn = 'well' | 'throttled' | 'failed' | 'answer lost' | 'slow' | 'refused';

const START = Date.parse('2026-11-25T12:00:00.000Z');

/** SES's account-level list with a clock of its own. It records every request, and fails as configured. */
export const faultySes = () => {
  let time = START;
  const entries = new Map<string, { reason: 'BOUNCE' | 'COMPLAINT'; at: number }>();
  const calls: { at: number; name: string; spelling: string }[] = [];
  const state = { turns: [] as Turn[], sandbox: false, during: async (_call: number) => {} };
  const clock = {
    now: () => time,
    sleep: async (milliseconds: number) => {
      time += milliseconds;
    },
  };
  const failure = (status: number, name = 'SomeException') =>
    Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status } });
  const missing = () => new NotFoundException({ message: 'not there', $metadata: { httpStatusCode: 404 } });

  // biome-ignore lint/suspicious/noExplicitAny: a client of many commands.
  const act = (command: any): any => {
    const { EmailAddress = '', Reason, NextToken, PageSize } = command.input;
    if (command instanceof GetAccountCommand) return { ProductionAccessEnabled: !state.sandbox };
    if (command instanceof ListSuppressedDestinationsCommand) {
      const rest = [...entries].sort().filter(([spelling]) => NextToken === undefined || spelling > NextToken);
      const size = Math.min(PageSize, 3);
      const page = rest.slice(0, size).map(([spelling, { reason, at }]) => ({
        EmailAddress: spelling,
        Reason: reason,
        LastUpdateTime: new Date(at),
      }));
      return {
        SuppressedDestinationSummaries: page,
        ...(rest.length > size && { NextToken: page.at(-1)?.EmailAddress }),
      };
    }
    if (command instanceof PutSuppressedDestinationCommand) {
      if (state.sandbox) throw failure(400, 'BadRequestException');
      entries.set(EmailAddress, { reason: Reason, at: time });
      return {};
    }
    const found = entries.get(EmailAddress);
    if (found === undefined) throw missing();
    if (command instanceof DeleteSuppressedDestinationCommand) entries.delete(EmailAddress);
    else if (!(command instanceof GetSuppressedDestinationCommand)) throw new Error('not known here');
    return {
      SuppressedDestination: { EmailAddress, Reason: found.reason, LastUpdateTime: new Date(found.at) },
    };
  };

  const client: SesCalls['client'] = {
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    send: (async (command: any) => {
      calls.push({ at: time, name: command.constructor.name, spelling: command.input.EmailAddress ?? '' });
      await state.during(calls.length);
      const turn = state.turns.shift() ?? 'well';
      if (turn === 'throttled') throw failure(429);
      if (turn === 'failed') throw failure(503);
      if (turn === 'refused') throw failure(400, 'BadRequestException');
      if (turn === 'slow') time += 7_000;
      const answer = act(command);
      if (turn === 'answer lost') throw failure(500);
      return answer;
    }) as SesCalls['client']['send'],
  };
  const pace = createRateLimiter(clock, 1_000);
  return {
    entries,
    calls,
    state,
    clock,
    now: () => new Date(time++).toISOString(),
    put: (spelling: string, reason: 'BOUNCE' | 'COMPLAINT', at = time) => entries.set(spelling, { reason, at }),
    /** The list for a function with this many milliseconds left. */
    listFor: (timeLeft: () => number) => sesList({ client, clock, pace, timeLeft }),
  };
};

export type FaultySes = ReturnType<typeof faultySes>;
