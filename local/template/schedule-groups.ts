import type { Resources } from './resources.ts';

/** The groups that schedules are made in, by name: the template's, and the one there is in any account. */
export const readScheduleGroups = (resources: Resources): readonly string[] => [
  'default',
  ...resources.of('AWS::Scheduler::ScheduleGroup').map(({ ref }) => ref),
];
