import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  type SchedulerClient,
} from '@aws-sdk/client-scheduler';
import type { Step } from '../domain/mailing/jobs.ts';
import { digest } from '../domain/values/digest.ts';

/** The two times of a campaign at which a step is due. */
export type Moment = 'sendAt' | 'expiresAt';

/** The schedules of campaigns. */
export type Schedules = Readonly<{
  /**
   * Schedules one message for a campaign at a time (ISO 8601). A campaign's times never change: an existing schedule is
   * the same.
   */
  put: (campaignId: string, moment: Moment, at: string) => Promise<void>;
  /** Deletes the schedules of a campaign. */
  delete: (campaignId: string) => Promise<void>;
}>;

/** The group of schedules, the queue for their messages, and the role that may send them. */
export type ScheduleTarget = Readonly<{ group: string; queueArn: string; roleArn: string }>;

/** Schedules of EventBridge Scheduler, so that no function polls. A schedule is deleted after it was invoked. */
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

/** At most 64 characters (API reference, CreateSchedule). A campaign's id alone may have that many. */
const nameOf = (campaignId: string, moment: Moment): string => {
  const name = `${moment}-${campaignId}`;
  return name.length <= LONGEST ? name : `${name.slice(0, LONGEST - 12)}-${digest(campaignId)}`;
};

const LONGEST = 64;

/** Schedules have whole seconds (user guide, schedule-types). Rounded up: before its time, the campaign would not be due. */
const wholeSecond = (time: string): string =>
  new Date(Math.ceil(Date.parse(time) / 1000) * 1000).toISOString().slice(0, 19);
