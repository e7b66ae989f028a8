import { describe, expect, it } from 'vitest';
import type { DeadLetterQueue } from '../../../scripts/redrive/dead-letter.ts';
import { redrive } from '../../../scripts/redrive/redrive.ts';
import { readArguments } from '../../../scripts/redrive/redrive-arguments.ts';

const some = [{ messageId: 'r1', sentAt: '2026-11-24T10:00:00.000Z', reason: undefined, body: 'x' }];

const talk = (answer = true) => {
  const lines: string[] = [];
  const questions: string[] = [];
  return {
    lines,
    questions,
    terminal: {
      say: (line: string) => void lines.push(line),
      progress: (line: string) => void lines.push(`… ${line}`),
      confirm: async (question: string) => questions.push(question) > 0 && answer,
    },
  };
};
const queue = (name: string, move: DeadLetterQueue['move'], count = 2): DeadLetterQueue => ({
  name,
  count,
  some,
  move,
});
const works: DeadLetterQueue['move'] = async (progress) => {
  progress(2);
  return { moved: 2 };
};
const wanted = { queue: undefined, show: false, yes: false };

describe('redriving', () => {
  it('shows, asks for confirmation, moves and reports progress', async () => {
    const { lines, questions, terminal } = talk();

    expect(await redrive([queue('bounce-failed', works)], wanted, terminal)).toBe(0);
    expect(questions).toEqual(['Move these 2 back to be recorded?']);
    expect(lines).toEqual([
      'bounce-failed: 2, of which 1',
      '  r1  2026-11-24T10:00:00.000Z  1 bytes in an unknown format',
      '… bounce-failed: 2 of 2 moved',
      'bounce-failed: moved 2',
    ]);
  });

  it('moves nothing without confirmation, and nothing with --show', async () => {
    const never: DeadLetterQueue['move'] = async () => Promise.reject(new Error('moved'));

    expect(await redrive([queue('bounce-failed', never)], wanted, talk(false).terminal)).toBe(3);
    expect(await redrive([queue('bounce-failed', never)], { ...wanted, show: true, yes: true }, talk().terminal)).toBe(
      0,
    );
  });

  it('does not ask for confirmation with --yes', async () => {
    const { questions, terminal } = talk(false);

    expect(await redrive([queue('bounce-failed', works)], { ...wanted, yes: true }, terminal)).toBe(0);
    expect(questions).toEqual([]);
  });

  it('continues with the next queue if one cannot be moved, and ends with 1', async () => {
    const { lines, terminal } = talk();
    const refuses = async () => Promise.reject(Object.assign(new Error('one runs already'), { name: 'Refused' }));
    const code = await redrive([queue('a-failed', refuses), queue('b-failed', works)], wanted, terminal);

    expect(code).toBe(1);
    expect(lines).toContain('a-failed: moved 0. Not all: Refused: one runs already');
    expect(lines).toContain('b-failed: moved 2');
  });

  it('is limited to the named queue, and lists others with messages', async () => {
    const { lines, terminal } = talk();

    expect(await redrive([queue('a-failed', works)], { ...wanted, queue: 'b-failed' }, terminal)).toBe(0);
    expect(await redrive([], wanted, terminal)).toBe(0);
    expect(lines).toEqual(['No dead letters in b-failed; a-failed has 2.', 'No dead letters.']);
  });
});

describe('the arguments of redrive', () => {
  it('select the deployed stack Mailtrail, another one, or a local one', () => {
    const target = (...words: string[]) => {
      const read = readArguments(words, { PORT: '9' });
      return read === 'help' ? read : read.target;
    };

    expect(target()).toEqual({ stack: 'Mailtrail' });
    expect(target('--stack', 'Spring')).toEqual({ stack: 'Spring' });
    expect(target('--local')).toEqual({ url: 'http://127.0.0.1:9' });
    expect(target('--url', 'http://127.0.0.1:7')).toEqual({ url: 'http://127.0.0.1:7' });
    expect(target('--help')).toBe('help');
    for (const wrong of [['--local', '--stack', 'Spring'], ['--all'], ['bounce-failed'], ['--url', 'x']]) {
      expect(() => target(...wrong)).toThrow(expect.objectContaining({ exitCode: 2 }));
    }
  });
});
