import {
  ConflictException,
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ResourceNotFoundException,
  SchedulerClient,
  UpdateScheduleCommand,
  ValidationException,
} from '@aws-sdk/client-scheduler';
import { describe, expect, it } from 'vitest';
import { LOCAL_CREDENTIALS } from '../../../local/process/local-dynamodb.ts';
import { readAt } from '../../../local/scheduler/at-expression.ts';
import { temporaryFolder } from '../bundle.ts';
import { startSmallStack } from '../small-stack.ts';

/** A stack with a group of schedules, and its queue as their target. */
const start = async (options: Parameters<typeof startSmallStack>[0] = {}) => {
  const stack = await startSmallStack(options, (resources) => {
    resources.Group1 = {
      Type: 'AWS::Scheduler::ScheduleGroup',
      Metadata: { 'aws:cdk:path': 'Small/Sending/Resource' },
    };
    resources.Record1.Properties.Environment.Variables.GROUP = { Ref: 'Group1' };
  });
  const GroupName = stack.blueprint.functions[0]?.environment.GROUP;
  const client = new SchedulerClient({ endpoint: stack.url, region: 'us-east-1', credentials: LOCAL_CREDENTIALS });
  const wanted = (
    name: string,
    at: Date,
    more: Partial<CreateScheduleCommandInput> = {},
  ): CreateScheduleCommandInput => ({
    Name: name,
    GroupName,
    ScheduleExpression: `at(${at.toISOString().slice(0, 19)})`,
    FlexibleTimeWindow: { Mode: 'OFF' } as const,
    ActionAfterCompletion: 'DELETE' as const,
    Target: {
      Arn: stack.blueprint.queues[0]?.arn ?? '',
      RoleArn: 'arn:aws:iam::000000000000:role/x',
      Input: `input of ${name}`,
    },
    ...more,
  });
  const create = (...words: Parameters<typeof wanted>) => client.send(new CreateScheduleCommand(wanted(...words)));
  const get = (Name: string) => client.send(new GetScheduleCommand({ Name, GroupName }));
  const listed = async () => (await stack.call('GET', '/local/schedules')).body.items;
  const recorded = () =>
    stack
      .log()
      .map(({ line }) => line)
      .filter((line) => line.startsWith('recorded'));
  return { ...stack, client, GroupName, wanted, create, get, listed, recorded };
};

/** A whole second, one to two seconds away: schedules have no finer resolution. */
const soon = () => new Date(1_000 * Math.ceil((Date.now() + 1_000) / 1_000));
const TOMORROW = new Date(Date.now() + 86_400_000);

describe('a schedule', () => {
  it('sends its message to its queue at its time, and is deleted', async () => {
    const { create, recorded, listed } = await start();
    const at = soon();
    await create('october', at);
    await expect.poll(recorded, { timeout: 10_000 }).toEqual(['recorded input of october']);

    expect(Date.now()).toBeGreaterThanOrEqual(at.getTime());
    expect(await listed()).toEqual([]);
  });

  it('is returned as it was created', async () => {
    const { create, get, listed, GroupName, blueprint } = await start();
    const { ScheduleArn } = await create('b', TOMORROW, { Description: 'Starts b' });
    await create('a', new Date(TOMORROW.getTime() - 60_000));

    expect(GroupName).toBe('sending');
    expect(ScheduleArn).toBe('arn:aws:scheduler:us-east-1:000000000000:schedule/sending/b');
    expect(await get('b')).toMatchObject({
      Name: 'b',
      GroupName: 'sending',
      Description: 'Starts b',
      ScheduleExpression: `at(${TOMORROW.toISOString().slice(0, 19)})`,
      State: 'ENABLED',
      ActionAfterCompletion: 'DELETE',
      Target: { Arn: blueprint.queues[0]?.arn, Input: 'input of b' },
    });
    expect((await listed()).map(({ name }: { name: string }) => name)).toEqual(['a', 'b']);
    expect((await listed())[1]).toMatchObject({ group: 'sending', queue: 'bounce', input: 'input of b', done: false });
  });

  it('does not keep the stack from being idle', async () => {
    const { create, call, recorded } = await start();
    await create('later', TOMORROW);

    expect((await call('POST', '/local/settle')).body).toEqual({ pending: 0, deadLetters: 0 });
    expect(recorded()).toEqual([]);
  });

  it('can be postponed, replaced and deleted', async () => {
    const { client, create, wanted, get, recorded, GroupName } = await start();
    const at = soon();
    await create('put-off', at);
    await create('called-off', at);
    await create('replaced', at);
    await client.send(new UpdateScheduleCommand(wanted('put-off', TOMORROW)));
    await client.send(new DeleteScheduleCommand({ Name: 'called-off', GroupName }));
    const replaced = wanted('replaced', at);
    if (replaced.Target) replaced.Target.Input = 'another input';
    await client.send(new UpdateScheduleCommand(replaced));
    await expect.poll(recorded, { timeout: 10_000 }).toEqual(['recorded another input']);
    await new Promise((resolve) => setTimeout(resolve, 200));

    expect(recorded()).toHaveLength(1);
    expect((await get('put-off')).ScheduleExpression).toContain(TOMORROW.toISOString().slice(0, 19));
    await expect(get('called-off')).rejects.toThrow(ResourceNotFoundException);
  });

  it('is kept if it is not to be deleted, and does not run twice', async () => {
    const { create, listed, recorded } = await start();
    await create('stays', soon(), { ActionAfterCompletion: 'NONE' });
    await expect.poll(recorded, { timeout: 10_000 }).toHaveLength(1);
    await create('other', soon());
    await expect.poll(recorded, { timeout: 10_000 }).toHaveLength(2);

    expect(await listed()).toMatchObject([{ name: 'stays', done: true }]);
  });

  it('that is disabled does nothing', async () => {
    const { create, recorded } = await start();
    const at = soon();
    await create('off', at, { State: 'DISABLED' });
    await create('on', at);
    await expect.poll(recorded, { timeout: 10_000 }).toEqual(['recorded input of on']);
  });

  it('is created once by a repeated call, and not by another', async () => {
    const { create, listed } = await start();
    await create('one', TOMORROW, { ClientToken: 'a' });
    await create('one', TOMORROW, { ClientToken: 'a' });

    await expect(create('one', TOMORROW, { ClientToken: 'b' })).rejects.toThrow(ConflictException);
    expect(await listed()).toHaveLength(1);
  });

  it('is kept in a data folder, and runs at the start if its time has passed', async () => {
    const dataFolder = temporaryFolder();
    const first = await start({ dataFolder });
    const at = soon();
    await first.create('missed', at);
    await first.create('later', TOMORROW);
    await first.stop();
    await new Promise((resolve) => setTimeout(resolve, at.getTime() - Date.now() + 100));
    const second = await start({ dataFolder });
    await expect.poll(second.recorded, { timeout: 10_000 }).toEqual(['recorded input of missed']);

    expect(first.recorded()).toEqual([]);
    expect((await second.listed()).map(({ name }: { name: string }) => name)).toEqual(['later']);
  });

  it.each<[string, Partial<CreateScheduleCommandInput>, typeof ValidationException | typeof ResourceNotFoundException]>(
    [
      ['of another group', { GroupName: 'other' }, ResourceNotFoundException],
      ['in the past', { ScheduleExpression: 'at(2026-01-01T00:00:00)' }, ValidationException],
      ['at an invalid time', { ScheduleExpression: 'at(tomorrow)' }, ValidationException],
      ['with a rate', { ScheduleExpression: 'rate(5 minutes)' }, ValidationException],
      ['in another time zone', { ScheduleExpressionTimezone: 'Europe/Paris' }, ValidationException],
      ['for a queue that does not exist', { Target: { Arn: 'arn:x', RoleArn: 'x', Input: 'x' } }, ValidationException],
      ['with a name that is too long', { Name: 'x'.repeat(65) }, ValidationException],
    ],
  )('%s is rejected', async (_name, more, error) => {
    const { create, listed } = await start();

    await expect(create('refused', TOMORROW, more)).rejects.toThrow(error);
    expect(await listed()).toEqual([]);
  });
});

it.each([
  ['at(2026-11-25T08:30:05)', '2026-11-25T08:30:05.000Z'],
  ['at(2028-02-29T00:00:00)', '2028-02-29T00:00:00.000Z'],
  ['at(2026-02-29T00:00:00)', undefined],
  ['at(2026-11-25T08:30)', undefined],
  ['at(2026-11-25T25:30:00)', undefined],
  ['at(2026-11-25T08:30:05Z)', undefined],
  ['at(2026-11-25 08:30:05)', undefined],
])('%s is %s', (expression, time) => {
  expect(readAt(expression)).toBe(time === undefined ? undefined : Date.parse(time));
});
