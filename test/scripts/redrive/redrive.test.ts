import { describe, expect, it } from 'vitest';
import type { DeadLetterQueue } from '../../../scripts/redrive/dead-letter.ts';
import { redrive } from '../../../scripts/redrive/redrive.ts';
import { readArguments } from '../../../scripts/redrive/redrive-arguments.ts';

const some = [{ messageId: 'r1', sentAt: '2026-11-24T10:00:00.000Z', reason: undefined, body: 'x' }];

const talk = (answer = true) => {
  const said: string[] = [];
  const asked: string[] = [];
  return {
    said,
    asked,
    terminal: {
      say: (line: string) => void said.push(line),
      progress: (line: string) => void said.push(`… ${line}`),
      confirm: async (question: string) => asked.push(question) > 0 && answer,
    },
  };
};
const queue = (name: string, move: DeadLetterQueue['move'], count = 2): DeadLetterQueue => ({
  name,
  count,
  some,
  move,
});
const works: DeadLetterQueue['move'] = async (told) => {
  told(2);
  return { moved: 2 };
};
const wanted = { queue: undefined, show: false, yes: false };

describe('redriving', () => {
  it('shows, asks, moves and tells how far it is', async () => {
    const { said, asked, terminal } = talk();

    expect(await redrive([queue('bounce-failed', works)], wanted, terminal)).toBe(0);
    expect(asked).toEqual(['Move these 2 back to be recorded?']);
    expect(said).toEqual([
      'bounce-failed: 2, of which 1',
      '  r1  2026-11-24T10:00:00.000Z  1 bytes in an unknown format',
      '… bounce-failed: 2 of 2 moved',
      'bounce-failed: moved 2',
    ]);
  });

  it('moves nothing without a yes, and nothing where it is only to show', async () => {
    const never: DeadLetterQueue['move'] = async () => Promise.reject(new Error('moved'));

    expect(await redrive([queue('bounce-failed', never)], wanted, talk(false).terminal)).toBe(3);
    expect(await redrive([queue('bounce-failed', never)], { ...wanted, show: true, yes: true }, talk().terminal)).toBe(
      0,
    );
  });

  it('does not ask where yes was said before', async () => {
    const { asked, terminal } = talk(false);

    expect(await redrive([queue('bounce-failed', works)], { ...wanted, yes: true }, terminal)).toBe(0);
    expect(asked).toEqual([]);
  });

  it('goes on with the next queue where one cannot be moved, and ends with 1', async () => {
    const { said, terminal } = talk();
    const refuses = async () => Promise.reject(Object.assign(new Error('one runs already'), { name: 'Refused' }));
    const code = await redrive([queue('a-failed', refuses), queue('b-failed', works)], wanted, terminal);

    expect(code).toBe(1);
    expect(said).toContain('a-failed: moved 0. Not all: Refused: one runs already');
    expect(said).toContain('b-failed: moved 2');
  });

  it('keeps to the queue that was named, and says where else something lies', async () => {
    const { said, terminal } = talk();

    expect(await redrive([queue('a-failed', works)], { ...wanted, queue: 'b-failed' }, terminal)).toBe(0);
    expect(await redrive([], wanted, terminal)).toBe(0);
    expect(said).toEqual(['No dead letters in b-failed; a-failed has 2.', 'No dead letters.']);
  });
});

describe('the arguments of redrive', () => {
  it('mean the deployed stack Mailtrail, another one, or a local one', () => {
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
