/**
 * What keeps the local stack from starting, in one line for the person who started it: what is wrong, and what would be
 * right. Whoever prints it needs no stack trace; every other error is a fault of the program.
 */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

/** Any thrown value as one line. */
export const oneLine = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).replaceAll(/\s*\n\s*/g, ' ').trim();
