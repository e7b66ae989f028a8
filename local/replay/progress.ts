/** Reports progress periodically. */
export type Progress = Readonly<{ show: () => void; end: () => void }>;

/**
 * On a terminal, one line that is overwritten ten times a second; elsewhere (a log, a pipe), a line every five seconds.
 *
 * @param clock milliseconds, from any origin
 */
export const createProgress = (
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>,
  line: () => string,
  clock: () => number,
): Progress => {
  const every = stream.isTTY ? 100 : 5000;
  // Carriage return, then the control sequence that clears the line from there.
  const write = () => stream.write(stream.isTTY ? `\r${line()}\u001b[K` : `${line()}\n`);
  let shownAt = clock();
  return {
    show: () => {
      if (clock() - shownAt < every) return;
      shownAt = clock();
      write();
    },
    end: () => {
      if (stream.isTTY) stream.write('\r\u001b[K');
    },
  };
};
