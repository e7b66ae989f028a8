import { LOCAL_ACCOUNT, LOCAL_REGION } from '../process/local-dynamodb.ts';
import type { NewSchedule, Schedule, Scheduler } from '../scheduler/scheduler.ts';
import { invalid, missing, SchedulerError } from '../scheduler/scheduler-error.ts';
import { type Answer, json, type Request, split } from './exchange.ts';

/** The path of EventBridge Scheduler's operations on one schedule (EventBridge Scheduler API reference). */
const SCHEDULE = /^\/schedules\/([^/]+)$/;

export const isScheduler = ({ target }: Request): boolean => SCHEDULE.test(split(target).path);

/** CreateSchedule, GetSchedule, UpdateSchedule and DeleteSchedule. */
export const askScheduler = async (request: Request, scheduler: Scheduler): Promise<Answer> => {
  const { path, query } = split(request.target);
  const name = decodeURIComponent(SCHEDULE.exec(path)?.[1] ?? '');
  const group = new URLSearchParams(query).get('groupName') ?? 'default';
  try {
    switch (request.method) {
      case 'POST':
        return json(200, { ScheduleArn: arnOf(scheduler.create(readNewSchedule(name, request))) });
      case 'PUT':
        return json(200, { ScheduleArn: arnOf(scheduler.update(readNewSchedule(name, request))) });
      case 'GET':
        return json(200, show(scheduler.get(group, name)));
      case 'DELETE':
        scheduler.delete(group, name);
        return json(200, {});
      default:
        throw missing(`There is no operation ${request.method} here.`);
    }
  } catch (error) {
    if (!(error instanceof SchedulerError)) throw error;
    return json(error.status, { Message: error.message }, { 'x-amzn-errortype': error.code });
  }
};

const readNewSchedule = (name: string, { body }: Request): NewSchedule => {
  // biome-ignore lint/suspicious/noExplicitAny: a request from AWS's own SDK, which has checked it.
  const given = JSON.parse(body.toString('utf8')) as any;
  const { Target, ScheduleExpression = '', ScheduleExpressionTimezone = 'UTC' } = given;
  if (!/^[0-9a-zA-Z-_.]{1,64}$/.test(name)) throw invalid(`Invalid name ${name}: 1 to 64 of 0-9 a-z A-Z - _ .`);
  if (ScheduleExpressionTimezone !== 'UTC') throw invalid('Only UTC is understood here.');
  if (given.FlexibleTimeWindow?.Mode !== 'OFF') throw invalid('Only FlexibleTimeWindow OFF is understood here.');
  if (!Target?.Arn || !Target.RoleArn || !Target.Input) throw invalid('Target needs Arn, RoleArn and Input here.');
  return {
    group: given.GroupName ?? 'default',
    name,
    expression: ScheduleExpression,
    state: given.State ?? 'ENABLED',
    target: {
      arn: Target.Arn,
      roleArn: Target.RoleArn,
      input: Target.Input,
      messageGroup: Target.SqsParameters?.MessageGroupId,
    },
    deletes: given.ActionAfterCompletion === 'DELETE',
    description: given.Description,
    token: given.ClientToken,
  };
};

const show = (schedule: Schedule) => ({
  Arn: arnOf(schedule),
  GroupName: schedule.group,
  Name: schedule.name,
  Description: schedule.description,
  ScheduleExpression: schedule.expression,
  ScheduleExpressionTimezone: 'UTC',
  State: schedule.state,
  FlexibleTimeWindow: { Mode: 'OFF' },
  ActionAfterCompletion: schedule.deletes ? 'DELETE' : 'NONE',
  Target: {
    Arn: schedule.target.arn,
    RoleArn: schedule.target.roleArn,
    Input: schedule.target.input,
    ...(schedule.target.messageGroup !== undefined && {
      SqsParameters: { MessageGroupId: schedule.target.messageGroup },
    }),
  },
  CreationDate: schedule.createdAt / 1000,
  LastModificationDate: schedule.changedAt / 1000,
});

const arnOf = ({ group, name }: Schedule): string =>
  `arn:aws:scheduler:${LOCAL_REGION}:${LOCAL_ACCOUNT}:schedule/${group}/${name}`;
