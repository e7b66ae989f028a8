/**
 * Takes the place of `mnemonist/lru-cache` in the bundles. The SDK's DynamoDB client makes one for endpoint discovery, which
 * stays off unless a setting turns it on; a Map then does the same, without the limit of 1,000 entries.
 */
export default class EndpointCache extends Map<string, unknown> {
  constructor(_limit: number) {
    // A Map takes its first entries where a cache takes its limit.
    super();
  }

  peek(key: string): unknown {
    return this.get(key);
  }
}
