import { vi } from 'vitest';

/** A logger and metrics that keep their input instead of printing it. */
export const silent = () => {
  const said: unknown[][] = [];
  const keep = (...words: unknown[]) => {
    said.push(words);
  };
  const addMetric = vi.fn();
  let published = 0;
  const publishStoredMetrics = vi.fn((): never => {
    published = addMetric.mock.calls.length;
    return undefined as never;
  });
  return {
    logger: { info: keep, warn: keep, error: keep },
    metrics: { addMetric, hasStoredMetrics: () => addMetric.mock.calls.length > published, publishStoredMetrics },
    said,
  };
};
