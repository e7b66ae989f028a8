import { vi } from 'vitest';

/** A logger and metrics that keep what they are told instead of printing it. */
export const silent = () => {
  const said: unknown[][] = [];
  const keep = (...words: unknown[]) => {
    said.push(words);
  };
  return {
    logger: { info: keep, warn: keep, error: keep },
    metrics: { addMetric: vi.fn(), publishStoredMetrics: vi.fn() },
    said,
  };
};
