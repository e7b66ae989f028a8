import { typedAddress } from '../domain/values/pasted-address.ts';
import type { GivenAddress } from './schema.ts';

/**
 * The address that `{email}` of a path gives; `undefined` where it gives none. API Gateway has decoded it already,
 * twice, and cuts at a `?`, so an address with `/`, `?` or `%` in it comes as `~` and the base64url of its UTF-8.
 */
export const readAddress = (given: string): GivenAddress | undefined => {
  // An address of its own may begin with `~`; its `@` is in no base64url.
  const text = /^~[\w-]+={0,2}$/.test(given) ? decode(given.slice(1)) : given;
  return text === undefined ? undefined : typedAddress(text);
};

const decode = (base64url: string): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64url, 'base64url'));
  } catch {
    return undefined;
  }
};
