import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startEngine } from '../../../local/engine/engine.ts';
import { readEnginePort } from '../../../local/engine/engine-port.ts';
import { freePort } from '../../../local/engine/free-port.ts';
import { findJava } from '../../../local/engine/java.ts';

const ENGINES = ['native', ...('command' in findJava() ? ['java'] : [])];

describe('the port of an engine', () => {
  it.each<[string | undefined, number | undefined]>([
    [undefined, undefined],
    ['', undefined],
    ['1', 1],
    ['8000', 8000],
    ['65535', 65_535],
  ])('is for %j %j', (given, port) => {
    expect(readEnginePort(given)).toBe(port);
  });

  it.each(['0', '65536', '-1', '8000.5', '0x1f', ' 8000', 'http'])('is not %j', (given) => {
    expect(() => readEnginePort(given)).toThrow(
      `MAILTRAIL_DYNAMODB_PORT is "${given}": it must be a number from 1 to 65535`,
    );
  });

  it.each(ENGINES)('is the one that was chosen, at each start: %s', async (engine) => {
    const port = await freePort();
    const endpoints: string[] = [];
    for (const _ of ['first start', 'second start']) {
      const { endpoint, stop } = await startEngine({ engine, port });
      endpoints.push(endpoint);
      await stop();
    }

    expect(endpoints).toEqual([`http://127.0.0.1:${port}`, `http://127.0.0.1:${port}`]);
  });

  it('is refused in one line where it is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const started = startEngine({ engine: 'native', port });

    await expect(started).rejects.toMatchObject({
      name: 'CannotStart',
      message: `port ${port} for DynamoDB is taken: stop what listens there, or choose another port with MAILTRAIL_DYNAMODB_PORT.`,
    });
    other.close();
  });
});
