/**
 * The most bytes DynamoDB takes as one expression, in UTF-8 and with the placeholders as written, not what they stand for
 * (DynamoDB Developer Guide, Constraints, expression parameters). What a write has to do beyond it goes into another write.
 */
export const MOST_EXPRESSION_BYTES = 4_096;

/** As many of the clauses, from the first on, as an expression of `used` bytes still has room for. */
export const fitting = (clauses: readonly string[], separator: string, used: number): readonly string[] => {
  let bytes = used;
  const end = clauses.findIndex((clause, index) => {
    bytes += Buffer.byteLength(clause) + (index === 0 ? 0 : Buffer.byteLength(separator));
    return bytes > MOST_EXPRESSION_BYTES;
  });
  return end === -1 ? clauses : clauses.slice(0, end);
};
