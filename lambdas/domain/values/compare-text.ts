/**
 * Orders texts as DynamoDB does, by their UTF-8 bytes. JavaScript orders by UTF-16 units; where a rule stands once in a
 * condition and once in code, the two must not disagree. Negative where `one` comes first, 0 where they are equal.
 */
export const compareTexts = (one: string, other: string): number =>
  Buffer.compare(Buffer.from(one), Buffer.from(other));
