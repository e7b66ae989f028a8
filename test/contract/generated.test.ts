import { expect, it } from 'vitest';
import { CONTRACT } from '../../lambdas/http/contract.gen.ts';
import { contractOf } from '../../scripts/generate-contract.ts';

it('contract.gen.ts is what openapi.json says: "npm run generate" after every change of it', () => {
  expect(CONTRACT).toEqual(contractOf());
});
