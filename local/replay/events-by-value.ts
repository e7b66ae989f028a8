import type { EventText } from './events-by-line.ts';

/**
 * One piece per JSON value, however it is formatted: values one after the other, or the elements of an array. Values
 * are only separated, not validated; an incomplete value is the last piece.
 */
export async function* piecesByValue(chunks: AsyncIterable<string>): AsyncGenerator<EventText> {
  const splitter = createSplitter();
  for await (const chunk of chunks) yield* splitter.feed(chunk);
  yield* splitter.rest();
}

const SEPARATORS = new Set([' ', '\t', '\r', '\n', ',']);

const createSplitter = () => {
  let line = 1;
  /** How deep in brackets, and how deep a value begins: 1 inside the array that holds all of them. */
  let [depth, base] = [0, 0];
  let [quoted, escaped] = [false, false];
  let begun: { line: number; text: string } | undefined;

  /** Whether a character is between values: a separator, or a bracket of the array that holds them. */
  const isBetween = (character: string): boolean => {
    if (SEPARATORS.has(character)) return true;
    const inArray = base === 1;
    if (character !== (inArray ? ']' : '[')) return false;
    depth = base = inArray ? 0 : 1;
    return true;
  };

  /** Whether a character within a value is its last. */
  const isLast = (character: string): boolean => {
    if (quoted) {
      quoted = escaped || character !== '"';
      escaped = !escaped && character === '\\';
      return !quoted && depth === base;
    }
    quoted = character === '"';
    if (character === '{' || character === '[') depth += 1;
    if (character !== '}' && character !== ']') return false;
    depth = Math.max(depth - 1, base);
    return depth === base;
  };

  const feed = (chunk: string): readonly EventText[] => {
    const pieces: EventText[] = [];
    let from = 0;
    const end = (to: number) => {
      if (begun !== undefined) pieces.push({ line: begun.line, text: begun.text + chunk.slice(from, to) });
      begun = undefined;
    };
    for (let at = 0; at < chunk.length; at += 1) {
      const character = chunk.charAt(at);
      // A number or a bare word has no closing character: it ends where something else begins.
      const mayStop = begun === undefined || (!quoted && depth === base);
      if (mayStop && isBetween(character)) {
        end(at);
      } else {
        if (begun === undefined) [begun, from] = [{ line, text: '' }, at];
        if (isLast(character)) end(at + 1);
      }
      if (character === '\n') line += 1;
    }
    if (begun !== undefined) begun.text += chunk.slice(from);
    return pieces;
  };

  return { feed, rest: (): readonly EventText[] => (begun === undefined ? [] : [begun]) };
};
