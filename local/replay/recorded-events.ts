import { piecesByLine } from './events-by-line.ts';
import { piecesByValue } from './events-by-value.ts';

/** One piece of a file: an event to publish, or the reason it is not one. */
export type Recorded = Readonly<{ line: number } & ({ event: string } | { refused: string })>;

/**
 * The recorded events of a file: one JSON object, an array of them, or one per line (NDJSON), detected from the
 * content. An event is passed on as the exact text in the file; if it is a JSON string (the body of an SQS message, for
 * example), as the string's content. Only one event at a time is kept in memory.
 */
export async function* recordedEvents(chunks: AsyncIterable<string>): AsyncGenerator<Recorded> {
  const { layout, all } = await lookAhead(chunks);
  for await (const { line, text } of layout === 'lines' ? piecesByLine(all) : piecesByValue(all)) {
    yield { line, ...read(text) };
  }
}

const read = (text: string): { event: string } | { refused: string } => {
  const value = parse(text);
  if (value === undefined) return { refused: 'not JSON' };
  if (typeof value === 'string') return { event: value };
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { event: text }
    : { refused: 'JSON, but neither an object nor a string' };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

type Layout = 'lines' | 'values';

/** An SNS message has at most 1 MiB: a longer first line is not an event of an NDJSON file. */
const LONGEST_LINE = 1024 * 1024;

/** Reads as much of a file as is needed to detect its format; `all` is the whole of it. */
const lookAhead = async (chunks: AsyncIterable<string>): Promise<{ layout: Layout; all: AsyncIterable<string> }> => {
  const rest = chunks[Symbol.asyncIterator]();
  let head = '';
  let layout: Layout | undefined;
  while (layout === undefined) {
    const { done, value } = await rest.next();
    head = (head + (value ?? '')).replace(/^\uFEFF/, '');
    layout = layoutOf(head, done === true);
  }
  const all = async function* () {
    yield head;
    yield* { [Symbol.asyncIterator]: () => rest };
  };
  return { layout, all: all() };
};

/** `undefined` while there is too little to decide. */
const layoutOf = (head: string, whole: boolean): Layout | undefined => {
  const start = head.trimStart();
  if (start === '') return whole ? 'lines' : undefined;
  if (start.startsWith('[')) return 'values';
  if (!start.startsWith('{')) return 'lines';
  const ended = whole ? head : head.slice(0, head.lastIndexOf('\n') + 1);
  const [first, second] = ended.split('\n', 1000).filter((line) => line.trim() !== '');
  if (first !== undefined && parse(first) !== undefined) return 'lines';
  // The first line of an object over several lines, if a member follows; otherwise a broken first line of many.
  if (second !== undefined) return /^\s*["}]/.test(second) && parse(second) === undefined ? 'values' : 'lines';
  return whole || head.length > LONGEST_LINE ? 'values' : undefined;
};
