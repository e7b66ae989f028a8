import { expect, it } from 'vitest';
import { CONTRACT, ROUTES } from '../../lambdas/http/contract.gen.ts';
import { SENDING_CONTRACT } from '../../lambdas/http/sending-contract.gen.ts';
import { contractOf } from '../../scripts/generate-contract.ts';

it('generated files match openapi.json: "npm run generate" after every change of it', () => {
  expect({ ...CONTRACT, ...SENDING_CONTRACT }).toEqual(contractOf());
  expect(ROUTES.toSorted()).toEqual(Object.keys(contractOf()).sort());
});
