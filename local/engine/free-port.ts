import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/**
 * A port on 127.0.0.1 that nobody listens on. Needed because neither engine says which port it got when asked for
 * port 0; somebody may still take it before the engine does.
 */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};
