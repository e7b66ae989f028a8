import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { GENERATED, sourceOfTypes } from '../../client/generate.ts';

it('openapi.gen.ts matches openapi.json: "npm run generate" after every change of it', async () => {
  expect(readFileSync(GENERATED, 'utf8')).toBe(await sourceOfTypes());
});

it('openapi.gen.ts documents addresses as unencoded, and has no examples', () => {
  const source = readFileSync(GENERATED, 'utf8');

  expect(source).toContain('An address, unencoded.');
  expect(source).not.toMatch(/percent-encoded|@example/);
});
