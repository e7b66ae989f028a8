import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CannotStart } from '../process/cannot-start.ts';
import { type Answer, json, type Request } from './exchange.ts';

/** What responds to requests, and the most bytes a body may have: larger ones get a 413. */
export type Service = Readonly<{
  handle: (request: Request) => Promise<Answer>;
  mostBytes: (target: string) => number;
}>;

export type LocalServer = Readonly<{
  url: string;
  port: number;
  /** Until then, requests get a 503. */
  serve: (service: Service) => void;
  close: () => Promise<void>;
}>;

/** The most bytes of request line and headers an HTTP API accepts (API Gateway guide, http-api-quotas). */
const HEADER_BYTES = 10_240;

/**
 * Listens on 127.0.0.1 only. Port 0 is any free one.
 *
 * @throws CannotStart if the port is taken or may not be used
 */
export const listen = async (port: number): Promise<LocalServer> => {
  let service: Service | undefined;
  const server = createServer({ maxHeaderSize: HEADER_BYTES }, (incoming, outgoing) => {
    void respond(incoming, outgoing, service);
  });
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new CannotStart(whyNot(port, (error as NodeJS.ErrnoException).code));
  }
  const { port: listening } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${listening}`,
    port: listening,
    serve: (ready) => {
      service = ready;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

const whyNot = (port: number, code: string | undefined): string => {
  if (code === 'EADDRINUSE')
    return `port ${port} is taken: end the program that listens there, or choose another with PORT=${port + 1}.`;
  return `cannot listen on port ${port} (${code}): choose another with PORT=8787.`;
};

const respond = async (incoming: IncomingMessage, outgoing: ServerResponse, service: Service | undefined) => {
  const requestId = randomUUID();
  try {
    send(outgoing, await answerTo(incoming, requestId, service), requestId);
  } catch (error) {
    // The caller closed the connection while the request was read.
    if (incoming.destroyed && !incoming.complete) return;
    console.error('mailtrail: a request failed because of an error in the local stack:', error);
    send(outgoing, json(500, { message: 'Internal Server Error' }), requestId);
  }
};

const send = (outgoing: ServerResponse, { status, headers, body, dropped }: Answer, requestId: string): void => {
  if (dropped) return void outgoing.destroy();
  const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(body) };
  // API Gateway's own header name.
  outgoing.writeHead(status, {
    ...(headers as NodeJS.Dict<string | string[]>),
    ...length,
    'apigw-requestid': requestId,
  });
  outgoing.end(body);
};

const answerTo = async (incoming: IncomingMessage, requestId: string, service: Service | undefined) => {
  const target = incoming.url ?? '/';
  const body = await read(incoming, service?.mostBytes(target) ?? 0);
  if (!service) return json(503, { message: 'Service Unavailable' }, { 'retry-after': '1' });
  if (!body) return json(413, { message: 'Request Entity Too Large' });
  const headers = Object.entries(incoming.headersDistinct).map(
    ([name, values = []]) => [name, values.join(',')] as const,
  );
  return service.handle({
    method: incoming.method ?? 'GET',
    target,
    headers: Object.fromEntries(headers),
    body,
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
    protocol: `HTTP/${incoming.httpVersion}`,
    requestId,
  });
};

/**
 * The body; `undefined` if it is too long. It is read to its end, because a client that is still sending does not read
 * a response.
 */
const read = async (incoming: IncomingMessage, most: number): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= most) chunks.push(chunk);
  }
  return bytes <= most ? Buffer.concat(chunks) : undefined;
};
