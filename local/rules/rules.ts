import { randomUUID } from 'node:crypto';
import { FunctionError } from '../functions/function-error.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../process/local-dynamodb.ts';
import { wakeAt } from '../process/wake-at.ts';
import type { Recurrence, RuleBlueprint } from '../template/rules.ts';

/** The function that a rule calls. */
type Target = Readonly<{ invoke: (event: unknown) => Promise<unknown> }>;

export type Rules = Readonly<{
  /** Calls in progress. */
  pending: () => number;
  stop: () => void;
}>;

/**
 * Calls functions on the schedules of their rules. A rate starts when the stack does. A function that fails is not
 * called again before its next time; Lambda would retry twice.
 *
 * @param functions by ARN
 */
export const runRules = (blueprints: readonly RuleBlueprint[], functions: ReadonlyMap<string, Target>): Rules => {
  const calledOff = new Map<RuleBlueprint, () => void>();
  let pending = 0;
  const call = async (target: Target | undefined, event: unknown) => {
    pending += 1;
    try {
      await target?.invoke(event);
    } catch (error) {
      // The function has logged the reason.
      if (!(error instanceof FunctionError)) throw error;
    } finally {
      pending -= 1;
    }
  };
  const wait = (rule: RuleBlueprint) => {
    const again = () => {
      wait(rule);
      for (const { function: arn, input } of rule.functions) {
        void call(functions.get(arn), input === undefined ? scheduledEvent(rule, Date.now()) : JSON.parse(input));
      }
    };
    calledOff.set(rule, wakeAt(nextOf(rule.when, Date.now()), again));
  };
  blueprints.forEach(wait);
  return {
    pending: () => pending,
    stop: () => {
      for (const callOff of calledOff.values()) callOff();
    },
  };
};

const DAY = 86_400_000;

/**
 * When a rule is next due, in milliseconds since 1970; if its time of day is now, that is a day away, since it just
 * ran.
 */
export const nextOf = (when: Recurrence, now: number): number =>
  now + ('every' in when ? when.every : DAY - ((now - when.daily) % DAY));

/** What EventBridge sends if the target has no input of its own (EventBridge guide, eb-run-lambda-schedule). */
const scheduledEvent = ({ arn }: RuleBlueprint, now: number) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: LOCAL_ACCOUNT,
  time: `${new Date(now).toISOString().slice(0, 19)}Z`,
  region: LOCAL_REGION,
  resources: [arn],
  detail: {},
});
