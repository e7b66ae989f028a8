/** A piece of a file that should be one event, and the line on which it begins (from 1). */
export type EventText = Readonly<{ line: number; text: string }>;

/** One piece a line; blank lines are left out. */
export async function* piecesByLine(chunks: AsyncIterable<string>): AsyncGenerator<EventText> {
  let line = 0;
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      line += 1;
      if (text.trim() !== '') yield { line, text: text.trim() };
    }
  }
  if (rest.trim() !== '') yield { line: line + 1, text: rest.trim() };
}
