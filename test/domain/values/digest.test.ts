import { describe, expect, it } from 'vitest';
import { digest, digestOf, emailId, fingerprint, SHARDS, shardOf } from '../../../lambdas/domain/values/digest.ts';

// Keys, ids and shards that are stored must be found again: a later version gives the same ones.
describe('a digest', () => {
  it('of a text stays what it is: 64 bits', () => {
    expect(digest('ann@example.com')).toBe('cdT1X3L6Eo0');
  });

  it('of several texts stays what it is, 128 bits, and tells where one ends and the next begins', () => {
    expect(digestOf('a', 'b', null)).toBe('CQ4cy1sb1h2oFf9UOpCkwA');
    expect(digestOf('a', 'b')).not.toBe(digestOf('ab'));
    expect(digestOf('a,b')).not.toBe(digestOf('a', 'b'));
    expect(digestOf(['a'], 'b')).not.toBe(digestOf('a', ['b']));
  });

  it('of an email’s parts is its id, 192 bits that a tag of SES takes', () => {
    expect(emailId('october', 'ann@example.com', 0, 'salt')).toBe('-ATHQgXyHPGBIxUyv6kQf6bfFDbkdnPB');
    expect(emailId('a', 'b')).not.toBe(emailId('ab'));
    expect(emailId('a', 1)).toMatch(/^[\w-]{32}$/);
  });

  it('of a body stays what it is, and differs with the body', () => {
    expect(fingerprint({ a: 1 })).toBe('AVq9f1zFei3ZS3WQ8ErYCEJzkF7jPsXOvq5iJ2qX-GI');
    expect(fingerprint({ a: 2 })).not.toBe(fingerprint({ a: 1 }));
  });
});

describe('the shard of an email', () => {
  it('stays what it is, and depends on message and recipient', () => {
    const shards = Array.from({ length: 12 }, (_, n) => shardOf(`m${n}`, 'ann@example.com'));

    expect(shards).toEqual([0, 7, 1, 7, 5, 5, 3, 6, 2, 4, 4, 0]);
    expect(shardOf('m1', 'bo@example.com')).not.toBe(shardOf('m1', 'ann@example.com'));
  });

  it('is one of eight, each about as often', () => {
    const counts = Array(SHARDS).fill(0);
    for (let n = 0; n < 4_000; n++) counts[shardOf(`m${n}`, 'ann@example.com')] += 1;

    expect(SHARDS).toBe(8);
    expect(Math.min(...counts)).toBeGreaterThan(400);
    expect(Math.max(...counts)).toBeLessThan(600);
  });
});
