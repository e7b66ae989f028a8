import { createHash, createHmac } from 'node:crypto';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** The credentials of a signature: `scope` is date/region/service. */
type Key = Readonly<{ secret: string; time: string; scope: string }>;

/**
 * The signature of a canonical request, calculated as in the IAM guide ("Create a signed AWS API request", steps 2 to
 * 4).
 */
export const signatureOf = (canonicalRequest: readonly string[], { secret, time, scope }: Key): string => {
  const toSign = ['AWS4-HMAC-SHA256', time, `${scope}/aws4_request`, sha256(canonicalRequest.join('\n'))].join('\n');
  const key = [...scope.split('/'), 'aws4_request'].reduce(hmac, Buffer.from(`AWS4${secret}`));
  return hmac(key, toSign).toString('hex');
};

/** The hash of a body, in the canonical request. */
export const bodyHash = sha256;

/** A hash with the interface of AWS's own signer. */
export class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', Buffer.from(secret as Uint8Array));
  }
  update(data: Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {}
}
