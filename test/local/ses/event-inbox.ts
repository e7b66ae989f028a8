import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * A server that accepts events as a stack does and keeps them, byte for byte. It rejects bodies other than a JSON
 * object with an `eventType`, in the format of the stack.
 */
export const startInbox = async () => {
  const events: string[] = [];
  const queries: string[] = [];
  let underWay = 0;
  let mostUnderWay = 0;
  const server = createServer(async (request, response) => {
    underWay += 1;
    mostUnderWay = Math.max(mostUnderWay, underWay);
    // Long enough that concurrent requests overlap.
    await wait(2);
    const body = Buffer.concat(await request.toArray()).toString('utf8');
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    response.once('finish', () => {
      underWay -= 1;
    });
    if (request.method !== 'POST' || pathname !== '/local/sns') return void response.writeHead(200).end('{}');
    queries.push(search);
    if (!body.includes('eventType')) {
      response.writeHead(400, { 'content-type': 'application/problem+json' });
      return void response.end(JSON.stringify({ title: 'Bad Request', detail: `no event of ${body.slice(0, 40)}` }));
    }
    events.push(body);
    response.writeHead(202).end('{"topic":"delivery"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    events,
    queries,
    mostUnderWay: () => mostUnderWay,
    stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
};
