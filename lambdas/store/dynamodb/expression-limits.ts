/**
 * The most bytes of an expression in UTF-8, counting the placeholders and not what they stand for (DynamoDB Developer
 * Guide, Constraints, expression parameters). What does not fit goes into another write.
 */
export const MOST_EXPRESSION_BYTES = 4_096;

/** The first clauses, as many as fit into an expression that already has `used` bytes. */
export const fitting = (clauses: readonly string[], separator: string, used: number): readonly string[] => {
  let bytes = used;
  const end = clauses.findIndex((clause, index) => {
    bytes += Buffer.byteLength(clause) + (index === 0 ? 0 : Buffer.byteLength(separator));
    return bytes > MOST_EXPRESSION_BYTES;
  });
  return end === -1 ? clauses : clauses.slice(0, end);
};
