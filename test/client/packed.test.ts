import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import openapi from '../../lambdas/http/openapi.json' with { type: 'json' };
import { blocksOf, DOCUMENTS } from '../docs/documents.ts';
import { packedClient } from './packed.ts';

let client: ReturnType<typeof packedClient>;
beforeAll(() => {
  client = packedClient();
});
afterAll(() => client?.remove());

const MODULES = ['address', 'create', 'index', 'mailtrail', 'openapi.gen', 'pages', 'problem', 'sigv4'];

describe('the package', () => {
  it('has its modules, their types, and a README', () => {
    const modules = MODULES.flatMap((name) => [`dist/${name}.d.ts`, `dist/${name}.js`]);

    expect(client.files.toSorted()).toEqual(
      ['LICENSE', 'README.md', ...modules, 'package.json'].map((name) => `package/${name}`),
    );
    expect(client.read('package.json')).toContain('"name": "@mailtrail/client"');
  });

  it('runs on Node.js', () => {
    const { status, output } = client.node(`
      import { createServer } from 'node:http';
      import { createMailtrail, MailtrailError } from '@mailtrail/client';
      import { sigV4 } from '@mailtrail/client/sigv4';

      const server = createServer((request, response) => {
        console.log(request.method, request.url, request.headers.authorization.slice(0, 16));
        if (request.url.includes('status')) response.setHeader('content-type', 'application/json').end('{"items":[]}');
        else response.writeHead(503).end();
      }).listen(0, '127.0.0.1', async () => {
        const url = 'http://127.0.0.1:' + server.address().port;
        const { data } = await createMailtrail({ url, token: 'abc' }).GET('/v1/statuses');
        const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
        const sign = sigV4({ region: 'eu-west-1', credentials });
        const path = { email: 'ann@example.com' };
        await createMailtrail({ url, sign })
          .DELETE('/v1/suppressions/{email}', { params: { path } })
          .catch((error) => console.log(error instanceof MailtrailError, error.status, data.items));
        server.close();
      });
    `);

    expect(output).toBe(
      'GET /v1/statuses Bearer abc\nDELETE /v1/suppressions/ann%40example.com AWS4-HMAC-SHA256\ntrue 503 []\n',
    );
    expect(status).toBe(0);
  });
});

describe.each([
  ['TypeScript 7', 'node_modules/typescript'],
  ['TypeScript 5', 'client/node_modules/typescript'],
])('to %s', (_name, typescript) => {
  it.each([
    ['node16', ['--module', 'node16', '--moduleResolution', 'node16']],
    ['bundler', ['--module', 'esnext', '--moduleResolution', 'bundler', '--exactOptionalPropertyTypes']],
  ])('the package has its types by moduleResolution %s', (_resolution, options) => {
    expect(client.tsc(FRONT_END, typescript, options)).toBe('');
  });
});

describe('the documents', () => {
  const examples = DOCUMENTS.flatMap((document) =>
    blocksOf(document)
      .filter(({ language }) => language === 'ts')
      .map(({ text }, n) => [`${document.name} ${n + 1}`, text] as const),
  );

  it('have examples', () => expect(examples.length).toBeGreaterThan(5));

  it.each(examples)('compile: %s', (_name, text) => {
    const source = `${text}\ndeclare const process: { env: Record<string, string | undefined> };`;

    expect(client.tsc(source, 'node_modules/typescript', ['--module', 'esnext', '--moduleResolution', 'bundler'])).toBe(
      '',
    );
  });
});

describe('the types', () => {
  const options = ['--module', 'nodenext', '--moduleResolution', 'nodenext'];
  // The others are not part of the API for front ends: emails contain them.
  const paths = Object.entries(openapi.paths).filter(([path]) => path.startsWith('/v1/'));
  const routes = paths.flatMap(([path, item]) =>
    Object.entries(item as Record<string, { responses: object }>).map(([method, { responses }]) => ({
      method,
      path,
      statuses: Object.keys(responses).filter((status) => status.startsWith('2')),
    })),
  );

  it('have every route of openapi.json under /v1, and its responses', () => {
    const calls = routes.map(({ method, path }) => `await mailtrail.${method.toUpperCase()}('${path}', {} as never);`);
    const answers = routes.flatMap(({ method, path, statuses }) =>
      statuses.map((status) => `paths['${path}']['${method}']['responses'][${status}]['content']['application/json']`),
    );
    const source = `
      import { createMailtrail, type paths } from '@mailtrail/client';
      const mailtrail = createMailtrail({ url: '' });
      ${calls.join('\n')}
      export type Answers = [${answers.join(',')}];
    `;

    expect(calls.length).toBeGreaterThanOrEqual(16);
    expect(client.tsc(source, 'node_modules/typescript', options)).toBe('');
  });

  it('page every list that has a cursor, and offer as CSV every list that has it', () => {
    const has = (word: string) =>
      paths.filter(([, item]) => 'get' in item && JSON.stringify(item.get).includes(word)).map(([path]) => path);
    const typed = (name: string, some: readonly string[]) => `
      export const ${name}: Record<${name}Path, 1> = { ${some.map((path) => `'${path}': 1`).join(', ')} };
    `;
    const lists = has('#/components/parameters/Cursor');
    const source = `
      import type { CsvPath, ListPath } from '@mailtrail/client';
      ${typed('List', lists)}
      ${typed('Csv', has('text/csv'))}
    `;

    expect(lists.length).toBeGreaterThanOrEqual(4);
    expect(client.tsc(source, 'node_modules/typescript', options)).toBe('');
  });
});

/** Correct and wrong uses: a wrong one that compiles is an error, too. */
const FRONT_END = `
  import { type Answer, createMailtrail, MailtrailError, type Problem, type Schemas } from '@mailtrail/client';
  import { sigV4 } from '@mailtrail/client/sigv4';

  const url = 'https://api.example';
  const mailtrail = createMailtrail({ url, token: () => 'abc' });
  createMailtrail({ url, sign: sigV4({ region: 'eu-west-1', credentials: { accessKeyId: '', secretAccessKey: '' } }) });
  // @ts-expect-error one or the other
  createMailtrail({ url, token: 'abc', sign: (request: Request) => request });

  const path = { messageId: 'm', email: 'ann@example.com' };
  const answer = await mailtrail.GET('/v1/messages/{messageId}/recipients/{email}', { params: { path } });
  const same: Answer<'get', '/v1/messages/{messageId}/recipients/{email}'> = answer;
  export const email: Schemas['EmailStatus'] = answer.data;
  export const cacheControl: string | null = same.response.headers.get('cache-control');
  // @ts-expect-error no such status
  if (email.status === 'dropped') throw email;
  // @ts-expect-error the email is missing
  await mailtrail.GET('/v1/messages/{messageId}/recipients/{email}', { params: { path: { messageId: 'm' } } });
  // @ts-expect-error all is missing
  await mailtrail.GET('/v1/messages/{messageId}');
  // @ts-expect-error no such path
  await mailtrail.GET('/v1/message');
  // @ts-expect-error no such method
  await mailtrail.PUT('/v1/messages');
  export const health: Schemas['Health'] = (await mailtrail.GET('/v1/health')).data;

  const { data } = await mailtrail.POST('/v1/suppressions/check', { body: { addresses: ['ann@example.com'] } });
  export const reason: Schemas['CauseName'] | undefined = data.items[0]?.suppression?.reason;
  // @ts-expect-error no such field
  await mailtrail.POST('/v1/suppressions/check', { body: { addresses: [], categories: 'a' } });
  await mailtrail.PUT('/v1/suppressions/{email}', { params: { path } , body: { note: 'by telephone' } });

  for await (const one of mailtrail.each('/v1/messages', { params: { query: { status: 'bounced*', limit: 100 } } }))
    email.subject = one.subject;
  // @ts-expect-error no such filter
  mailtrail.each('/v1/messages', { params: { query: { statsu: 'sent' } } });
  // @ts-expect-error no such status
  mailtrail.each('/v1/messages', { params: { query: { status: 'dropped' } } });
  // @ts-expect-error no list
  mailtrail.each('/v1/health');
  for await (const page of mailtrail.pages('/v1/suppressions')) page.items[0]?.causes.length;
  for await (const text of mailtrail.csv('/v1/suppressions')) text.length;

  try {
    await mailtrail.DELETE('/v1/recipients/{email}', { params: { path, query: { suppression: 'erase' } } });
  } catch (error) {
    if (error instanceof MailtrailError && error.status === 400) {
      const problem: Problem | undefined = error.problem;
      problem?.errors?.map(({ parameter, message }) => parameter + message);
    }
  }
`;
