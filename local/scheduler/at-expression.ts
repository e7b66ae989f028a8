/**
 * The time of a one-time schedule, `at(2026-11-25T08:30:00)`, in milliseconds since 1970; read in UTC.
 *
 * @returns `undefined` if the expression is not one
 */
export const readAt = (expression: string): number | undefined => {
  const [, time] = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(expression) ?? [];
  const at = Date.parse(`${time}Z`);
  // The 30th of February does not exist, but Date reads it as a day in March.
  return time !== undefined && !Number.isNaN(at) && new Date(at).toISOString().startsWith(time) ? at : undefined;
};
