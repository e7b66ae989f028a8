import type { Resources } from './resources.ts';

/** The names of the schedule groups: the template's, and the one that every account has. */
export const readScheduleGroups = (resources: Resources): readonly string[] => [
  'default',
  ...resources.of('AWS::Scheduler::ScheduleGroup').map(({ ref }) => ref),
];
