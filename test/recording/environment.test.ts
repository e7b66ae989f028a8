import { afterEach, describe, expect, it, vi } from 'vitest';
import { readEnvironment } from '../../lambdas/runtime/environment.ts';

describe('the environment of a function', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('ends it at once where variables are missing, naming every one', () => {
    vi.stubEnv('EMAIL_STATUS_TABLE', 'a-table');
    vi.stubEnv('RETENTION_DAYS', '');

    expect(() => readEnvironment('EMAIL_STATUS_TABLE', 'SUPPRESSIONS_TABLE', 'RETENTION_DAYS')).toThrow(
      'the environment lacks SUPPRESSIONS_TABLE, RETENTION_DAYS',
    );
    expect(readEnvironment('EMAIL_STATUS_TABLE')).toEqual({ EMAIL_STATUS_TABLE: 'a-table' });
  });
});
