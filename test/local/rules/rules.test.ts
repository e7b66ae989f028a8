import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { FunctionError } from '../../../local/functions/function-error.ts';
import { runRules } from '../../../local/rules/rules.ts';
import { readBlueprint } from '../../../local/template/blueprint.ts';
import { BrokenTemplate } from '../../../local/template/template.ts';
import { bundleOf } from '../bundle.ts';
import { smallTemplate } from '../small-template.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-25T02:10:00.000Z');

beforeEach(() => void vi.useFakeTimers({ now: START }));
afterEach(() => void vi.useRealTimers());

/** The rules of a template, with one that calls the first function. */
const rulesOf = (properties: Record<string, unknown>) => {
  const bundle = bundleOf('export const record = () => {}');
  const template = smallTemplate('key.zip', (resources) => {
    const Targets = [{ Arn: { 'Fn::GetAtt': ['Record1', 'Arn'] }, Id: 'Target0' }];
    resources.Rule1 = { Type: 'AWS::Events::Rule', Properties: { Targets, ...properties } };
  });
  return readBlueprint(template, new Map([['key.zip', bundle]])).rules;
};

/** Runs them with a function of this behavior; `times` are minutes since the start at which it was called. */
const run = (properties: Record<string, unknown>, behave: () => unknown = () => undefined) => {
  const rules = rulesOf(properties);
  const calls: { at: number; event: unknown }[] = [];
  const invoke = async (event: unknown) => {
    calls.push({ at: (Date.now() - START) / MINUTE, event });
    return behave();
  };
  const running = runRules(rules, new Map([[rules[0]?.functions[0]?.function ?? '', { invoke }]]));
  onTestFinished(running.stop);
  const pass = (minutes: number) => vi.advanceTimersByTimeAsync(minutes * MINUTE);
  return { calls, times: () => calls.map(({ at }) => at), pass, running, rules };
};

describe('a rule', () => {
  it('calls its function at its rate, the first time after one interval', async () => {
    const { times, pass } = run({ ScheduleExpression: 'rate(5 minutes)' });
    await pass(16);

    expect(times()).toEqual([5, 10, 15]);
  });

  it.each([
    ['rate(1 minute)', 1],
    ['rate(2 hours)', 120],
    ['rate(30 days)', 30 * 1_440],
  ])('reads %s', async (ScheduleExpression, minutes) => {
    const { times, pass } = run({ ScheduleExpression });
    await pass(minutes * 1.5);

    expect(times()).toEqual([minutes]);
  });

  it('calls its function once a day, at its time', async () => {
    const { times, pass } = run({ ScheduleExpression: 'cron(17 2 * * ? *)' });
    await pass(2 * 1_440);

    expect(times()).toEqual([7, 7 + 1_440]);
  });

  it('sends the event that EventBridge sends', async () => {
    const { calls, pass, rules } = run({ ScheduleExpression: 'rate(5 minutes)' });
    await pass(5);

    expect(calls[0]?.event).toMatchObject({
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      time: '2026-11-25T02:15:00Z',
      resources: [rules[0]?.arn],
      detail: {},
    });
  });

  it('sends its target’s input, if there is one', async () => {
    const Targets = [{ Arn: { 'Fn::GetAtt': ['Record1', 'Arn'] }, Id: 'Target0', Input: '{"sweep":true}' }];
    const { calls, pass } = run({ ScheduleExpression: 'rate(5 minutes)', Targets });
    await pass(5);

    expect(calls[0]?.event).toEqual({ sweep: true });
  });

  it('continues if its function fails', async () => {
    const { times, pass } = run({ ScheduleExpression: 'rate(5 minutes)' }, () => {
      throw new FunctionError('Error', 'no');
    });
    await pass(11);

    expect(times()).toEqual([5, 10]);
  });

  it('is not idle while its function runs', async () => {
    const { pass, running } = run(
      { ScheduleExpression: 'rate(5 minutes)' },
      () => new Promise((resolve) => setTimeout(resolve, MINUTE)),
    );
    const pending = [running.pending()];
    await pass(5.5);
    pending.push(running.pending());
    await pass(1);

    expect([...pending, running.pending()]).toEqual([0, 1, 0]);
  });

  it('calls nothing once it is stopped', async () => {
    const { times, pass, running } = run({ ScheduleExpression: 'rate(5 minutes)' });
    await pass(5);
    running.stop();
    await pass(60);

    expect(times()).toEqual([5]);
  });

  it.each([
    ['is disabled', { ScheduleExpression: 'rate(5 minutes)', State: 'DISABLED' }],
    ['waits for events', { EventPattern: { source: ['aws.ses'] } }],
  ])('that %s is left out', (_, properties) => {
    expect(rulesOf(properties)).toEqual([]);
  });

  it('with an unsupported schedule is named', () => {
    const read = () => rulesOf({ ScheduleExpression: 'cron(0/5 * * * ? *)' });

    expect(read).toThrow(BrokenTemplate);
    expect(read).toThrow('Rule1.ScheduleExpression');
  });
});
