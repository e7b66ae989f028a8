import { later, readTime } from '../domain/values/time.ts';

/**
 * A time as a parameter gives it, as ISO 8601 UTC with milliseconds; `undefined` where it is none.
 *
 * What is finer than a millisecond is rounded up. Recorded times have milliseconds, so "not before" and "before" then
 * choose exactly what they would have chosen.
 */
export const readInstant = (text: string): string | undefined => {
  const [, finer = ''] = RFC_3339.exec(text) ?? [];
  const time = RFC_3339.test(text) ? readTime(text) : undefined;
  const instant = time !== undefined && /[1-9]/.test(finer) ? later(time, 1) : time;
  // An offset can lead out of the years that compare as text.
  return instant !== undefined && /^\d{4}-/.test(instant) ? instant : undefined;
};

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3}(\d*))?(?:Z|[+-]\d\d:\d\d)$/;
