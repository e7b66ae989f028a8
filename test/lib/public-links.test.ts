import { describe, expect, it } from 'vitest';
import { READ_AFTER } from '../../lambdas/public-links/track-read/handler.ts';
import { type Json, plain, synthesize } from './synthesized.ts';

const stack = synthesize();
const [[, secret], ...others] = stack.all('AWS::SecretsManager::Secret') as [[string, Json], ...unknown[]];
const timeoutOf = (name: string): number =>
  stack.all('AWS::Lambda::Function').find(([id]) => plain(id).endsWith(`${name}Function`))?.[1].Properties.Timeout;

describe('what links in emails are signed with', () => {
  it('is one secret, made by Secrets Manager, of letters and digits enough for HMAC-SHA256', () => {
    const { GenerateSecretString, ...more } = secret.Properties;

    expect(others).toEqual([]);
    // Another value here makes another secret, and every link that was ever sent is dead.
    expect(GenerateSecretString).toEqual({ ExcludePunctuation: true, PasswordLength: 64 });
    expect(Object.keys(more)).toEqual(['Description']);
  });

  it('is never rotated', () => {
    expect(() => stack.all('AWS::SecretsManager::RotationSchedule')).toThrow();
  });
});

describe('the functions behind links', () => {
  it('have time for what they do, and answer before API Gateway stops waiting', () => {
    expect(timeoutOf('TrackRead')).toBeGreaterThan(2 * (READ_AFTER / 1_000));
    for (const name of ['TrackRead', 'UnsubscribeRecipient']) expect(timeoutOf(name)).toBeLessThan(30);
  });
});
