import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FunctionName } from '../../lib/constructs/function-folders.ts';
import { EVENT_TOPICS } from '../../lib/recording/event-topics.ts';
import { synthesize } from '../lib/synthesized.ts';
import { bundle } from './built-functions.ts';

/** Calls a bundle's handler with an event, and prints the result after the log. */
const CALL = `
const { handler } = await import(process.argv[1]);
const context = { awsRequestId: 'test', functionName: 'test', getRemainingTimeInMillis: () => 30000 };
console.log('\\nANSWER' + JSON.stringify(await handler(JSON.parse(process.argv[2]), context)));
`;

const environments = synthesize()
  .all('AWS::Lambda::Function')
  .map(([, { Properties }]) => Properties.Environment.Variables);

let elsewhere: string;
let dynamodb: Server;
let endpoint: string;
const calls: { operation: string; headers: IncomingHttpHeaders }[] = [];

beforeAll(async () => {
  // Outside the project, so that the project's node_modules cannot supply what the bundle lacks.
  elsewhere = mkdtempSync(join(tmpdir(), 'mailtrail-run-'));
  // Responds "done" to every request.
  dynamodb = createServer((request, response) => {
    request.resume().on('end', () => {
      calls.push({ operation: String(request.headers['x-amz-target']).split('.')[1] ?? '', headers: request.headers });
      response.setHeader('content-type', 'application/x-amz-json-1.0').end('{}');
    });
  });
  await new Promise<void>((resolve) => dynamodb.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(dynamodb.address() as AddressInfo).port}`;
});
afterAll(() => {
  dynamodb?.close();
  if (elsewhere) rmSync(elsewhere, { recursive: true, force: true });
});
beforeEach(() => calls.splice(0));

/** A function's result in a plain Node.js process with the environment of Lambda. */
const call = async (name: FunctionName, event: object) => {
  const copy = join(elsewhere, name);
  mkdirSync(copy);
  writeFileSync(join(copy, 'index.mjs'), (await bundle(name)).text);
  // As in the template, with a placeholder for values that only a deployment has.
  const environment = Object.entries(environments.find((each) => each.POWERTOOLS_SERVICE_NAME === name)).map(
    ([name, value]) => [name, typeof value === 'string' ? value : name],
  );
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', CALL, pathToFileURL(join(copy, 'index.mjs')).href, JSON.stringify(event)],
    {
      cwd: elsewhere,
      env: {
        ...Object.fromEntries(environment),
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_SESSION_TOKEN: 'session',
        AWS_ENDPOINT_URL_DYNAMODB: endpoint,
        AWS_LAMBDA_FUNCTION_NAME: name,
      },
    },
  );
  return { answer: JSON.parse(stdout.split('\nANSWER')[1] ?? 'null'), stderr };
};

const SEND = {
  eventType: 'Send',
  mail: {
    timestamp: '2026-11-24T10:00:00.000Z',
    messageId: '0100018c00000001-00000000-0000-0000-0000-000000000001-000000',
    source: 'office@club.example',
    destination: ['ann@example.com'],
    tags: {},
  },
  send: {},
};

describe('in a plain Node.js process, with no package around it', () => {
  it.each(EVENT_TOPICS.map(({ recorder }) => recorder))(
    '%s loads and records with the credentials of its environment',
    async (name) => {
      const { answer, stderr } = await call(name, { Records: [{ messageId: '1', body: JSON.stringify(SEND) }] });

      expect(stderr).toBe('');
      expect(answer).toEqual({ batchItemFailures: [] });
      expect(calls.map(({ operation }) => operation)).toEqual(['Query', 'UpdateItem']);
      expect(calls[0]?.headers.authorization).toContain('Credential=AKIDEXAMPLE/');
      expect(calls[0]?.headers['x-amz-security-token']).toBe('session');
    },
  );

  it('query-status loads and responds with the credentials of its environment', async () => {
    const { answer, stderr } = await call('query-status', {
      version: '2.0',
      routeKey: 'GET /v1/suppressions/{email}',
      rawPath: '/v1/suppressions/ann@example.com',
      rawQueryString: '',
      headers: {},
      pathParameters: { email: 'ann@example.com' },
      requestContext: {
        requestId: 'test',
        routeKey: 'GET /v1/suppressions/{email}',
        http: { method: 'GET', path: '/v1/suppressions/ann@example.com' },
      },
      isBase64Encoded: false,
    });

    expect(stderr).toBe('');
    expect(answer.statusCode).toBe(404);
    expect(calls.map(({ operation }) => operation)).toEqual(['GetItem']);
    expect(calls[0]?.headers.authorization).toContain('Credential=AKIDEXAMPLE/');
  });
});
