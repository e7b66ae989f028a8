import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  type SchedulerClient,
} from '@aws-sdk/client-scheduler';
import type { Step } from '../domain/mailing/jobs.ts';
import { digest } from '../domain/values/digest.ts';

/** The two moments of a campaign that somebody must be woken at. */
export type Moment = 'sendAt' | 'expiresAt';

export type Schedules = Readonly<{
  /** A message about a campaign at a time (ISO 8601), once. A campaign's times never change: one that is there is the same. */
  put: (campaignId: string, moment: Moment, at: string) => Promise<void>;
  /** None of them any more. */
  delete: (campaignId: string) => Promise<void>;
}>;

/** Where schedules are kept, what they put their message into, and the role that lets them. */
export type ScheduleTarget = Readonly<{ group: string; queueArn: string; roleArn: string }>;

/** EventBridge Scheduler: nobody polls. A schedule that was followed deletes itself. */
export const schedules = (client: Pick<SchedulerClient, 'send'>, target: ScheduleTarget): Schedules => ({
  put: async (campaignId, moment, at) => {
    const step: Step = { campaignId, why: moment };
    try {
      await client.send(
        new CreateScheduleCommand({
          GroupName: target.group,
          Name: nameOf(campaignId, moment),
          ScheduleExpression: `at(${wholeSecond(at)})`,
          ScheduleExpressionTimezone: 'UTC',
          FlexibleTimeWindow: { Mode: 'OFF' },
          ActionAfterCompletion: 'DELETE',
          Target: { Arn: target.queueArn, RoleArn: target.roleArn, Input: JSON.stringify(step) },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConflictException)) throw error;
    }
  },
  delete: async (campaignId) => {
    for (const moment of ['sendAt', 'expiresAt'] as const) {
      try {
        await client.send(new DeleteScheduleCommand({ GroupName: target.group, Name: nameOf(campaignId, moment) }));
      } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
      }
    }
  },
});

/** At most 64 characters (API reference, CreateSchedule), which a campaign's id alone may have. */
const nameOf = (campaignId: string, moment: Moment): string => {
  const name = `${moment}-${campaignId}`;
  return name.length <= LONGEST ? name : `${name.slice(0, LONGEST - 12)}-${digest(campaignId)}`;
};

const LONGEST = 64;

/** Schedules know whole seconds (user guide, schedule-types). The next one: what comes too early would find nothing due. */
const wholeSecond = (time: string): string =>
  new Date(Math.ceil(Date.parse(time) / 1000) * 1000).toISOString().slice(0, 19);
