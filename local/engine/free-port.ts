import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/**
 * A free port on 127.0.0.1. Needed because neither engine reports its port when started with port 0. Another process
 * may take the port before the engine does.
 */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};
