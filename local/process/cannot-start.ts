/**
 * A reason the local stack cannot start, in one line for the person who started it: what is wrong, and how to correct
 * it. Print it without a stack trace. Every other error is a fault of the program.
 */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

/** Any thrown value as one line. */
export const oneLine = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).replaceAll(/\s*\n\s*/g, ' ').trim();
