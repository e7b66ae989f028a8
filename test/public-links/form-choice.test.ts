import { describe, expect, it } from 'vitest';
import { readChoice } from '../../lambdas/public-links/unsubscribe-recipient/form-choice.ts';

const URLENCODED = { 'content-type': 'application/x-www-form-urlencoded' };
const multipart = (fields: Readonly<Record<string, string>>, boundary = '----mailtrail') => ({
  headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  body: [
    ...Object.entries(fields).map(
      ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    ),
    `--${boundary}--\r\n`,
  ].join(''),
});
const base64 = (text: string) => ({ body: Buffer.from(text).toString('base64'), isBase64Encoded: true });

describe('the choice of a POST to the link', () => {
  it.each([
    ['List-Unsubscribe=One-Click', 'OneClick'],
    ['leave=category', 'category'],
    ['leave=everything', 'everything'],
    ['leave=everything&utm_source=mail', 'everything'],
    ['List-Unsubscribe=One-Click&leave=everything', 'everything'],
    ['return=category', 'return category'],
    ['return=everything', 'return everything'],
    ['return=everything&utm_source=mail', 'return everything'],
    // With a field to unsubscribe, a field to resubscribe is ignored.
    ['List-Unsubscribe=One-Click&return=category', 'OneClick'],
    ['return=category&leave=everything', 'everything'],
    ['return=category&leave=', 'OneClick'],
    ['return=nothing', 'OneClick'],
    // A POST unsubscribes, whatever other fields it has.
    ['leave=nothing', 'OneClick'],
    ['leave=', 'OneClick'],
    ['', 'OneClick'],
    ['%', 'OneClick'],
    ['{"leave":"everything"}', 'OneClick'],
  ])('%s: %s', async (body, choice) => {
    expect(await readChoice({ headers: URLENCODED, ...base64(body) })).toBe(choice);
    expect(await readChoice({ headers: URLENCODED, body, isBase64Encoded: false })).toBe(choice);
  });

  it.each([
    [{ 'List-Unsubscribe': 'One-Click' }, 'OneClick'],
    [{ leave: 'category' }, 'category'],
    [{ leave: 'everything' }, 'everything'],
    [{ return: 'category' }, 'return category'],
  ])('as multipart/form-data %j: %s', async (fields, choice) => {
    const { headers, body } = multipart(fields as Record<string, string>);

    expect(await readChoice({ headers, ...base64(body) })).toBe(choice);
  });

  it.each<[string, Readonly<{ headers: Record<string, string>; body?: string }>]>([
    ['no body', { headers: {} }],
    ['a form without its type', { headers: {}, body: 'leave=everything' }],
    ['JSON', { headers: { 'content-type': 'application/json' }, body: '{"leave":"everything"}' }],
    ['a type that is none', { headers: { 'content-type': 'leave' }, body: 'leave=everything' }],
    [
      'multipart without its boundary',
      { ...multipart({ leave: 'x' }), headers: { 'content-type': 'multipart/form-data' } },
    ],
    ['multipart that breaks off', { ...multipart({ leave: 'category' }), body: '------mailtrail\r\nContent-Dis' }],
    ['a form that nobody needs', { headers: URLENCODED, body: `leave=everything&x=${'x'.repeat(6_000_000)}` }],
  ])('is one-click if it is %s', async (_, posted) => {
    expect(await readChoice({ isBase64Encoded: false, ...posted })).toBe('OneClick');
  });
});
