import { existsSync, globSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { STATUSES } from '../../lambdas/domain/status/statuses.ts';
import openapi from '../../lambdas/http/openapi.json' with { type: 'json' };
import { readSettings, SettingsError } from '../../lib/settings/settings.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { violations } from '../support/openapi.ts';
import {
  anchorsOf,
  blocksOf,
  commandsOf,
  DOCUMENTS,
  type Document,
  linksOf,
  ROOT,
  read,
  tableOf,
} from './documents.ts';

const document = (name: string): Document => {
  const found = DOCUMENTS.find((each) => each.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
};
const README = document('README.md');

/** What all documents together say of something, each once. */
const said = (pattern: RegExp, of: (document: Document) => readonly string[]): readonly string[] => [
  ...new Set(DOCUMENTS.flatMap(of).flatMap((text) => [...text.matchAll(pattern)].map(([, found = '']) => found))),
];
const sources = (...patterns: readonly string[]): string =>
  globSync([...patterns], { cwd: ROOT })
    .map((name) => read(name))
    .join('\n');

const ROUTES = Object.entries(openapi.paths).flatMap(([path, item]) =>
  Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
);

describe.each(DOCUMENTS)('$name', (each) => {
  it('has links that lead somewhere', () => {
    for (const link of linksOf(each).filter((target) => !target.startsWith('https://'))) {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? each.name : normalize(join(dirname(each.name), path));
      expect([link, existsSync(join(ROOT, target))]).toEqual([link, true]);
      if (anchor !== undefined)
        expect([link, anchorsOf(document(target))]).toEqual([link, expect.arrayContaining([anchor])]);
    }
  });

  it('names files and folders that are there', () => {
    const words = commandsOf(each).flatMap((command) => command.split(' '));
    const paths = words.filter((word) =>
      /^(\.ci|bin|client|docs|lambdas|lib|local|scripts|test)(\/[\w.*-]+)*\/?$/.test(word),
    );
    for (const path of paths) expect([path, globSync(path, { cwd: ROOT })]).not.toEqual([path, []]);
  });

  it('has blocks of JSON that are JSON', () => {
    for (const { language, text } of blocksOf(each))
      if (language === 'json') expect(() => JSON.parse(text)).not.toThrow();
  });

  it.each(blocksOf(each).filter(({ mark }) => mark?.startsWith('answer:')))(
    'shows an answer of the contract: $mark',
    ({ mark = '', text }) => {
      const [, route = '', status = ''] = mark.match(/^answer: (\S+ \S+) (\d+)$/) ?? [];
      const headers = {
        'content-type': Number(status) < 400 ? 'application/json' : 'application/problem+json',
        'x-request-id': 'test',
        'cache-control': 'no-store',
      };

      expect(ROUTES).toContain(route);
      expect(violations(route, { statusCode: Number(status), headers, body: text })).toEqual([]);
    },
  );

  it('speaks of routes that there are', () => {
    for (const command of commandsOf(each)) {
      for (const [, method, path = ''] of command.matchAll(/\b(GET|PUT|POST|DELETE) (\/v1\/[^\s`'"?]*)/g)) {
        const pattern = (route: string) => new RegExp(`^${route.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
        expect([command, ROUTES.some((route) => pattern(route).test(`${method} ${path}`))]).toEqual([command, true]);
      }
    }
  });
});

describe('commands in the documents', () => {
  it('are npm scripts that there are', () => {
    const scripts = [...said(/\bnpm run ([\w-]+)/g, commandsOf), ...said(/\bnpm (start|test)\b/g, commandsOf)];

    expect(scripts.length).toBeGreaterThan(5);
    for (const script of scripts) expect(Object.keys(packageJson.scripts)).toContain(script);
  });

  it('leave no npm script out', () => {
    const all = DOCUMENTS.flatMap(commandsOf).join('\n');
    for (const script of Object.keys(packageJson.scripts))
      expect(all).toMatch(new RegExp(`\\bnpm (run )?${script}\\b`));
  });

  it('run programs that are installed', () => {
    for (const program of said(/\bnpx ([\w-]+)/g, commandsOf)) {
      expect([program, existsSync(join(ROOT, 'node_modules/.bin', program))]).toEqual([program, true]);
    }
  });

  it('have options that are known', () => {
    const known = sources('local/**/*.ts', 'scripts/**/*.ts', 'test/run.ts');
    for (const option of said(
      /\bnpm (?:start|test|run (?:demo|replay|recount|redrive)) --(?: .*?)? (--[a-z]+)/g,
      commandsOf,
    )) {
      expect(known).toContain(`  ${option}`);
    }
  });

  it('set variables that are read', () => {
    const known = sources('local/**/*.ts', 'test/**/*.ts');
    for (const name of said(/\b(MAILTRAIL_[A-Z]+(?:_[A-Z]+)*)\b/g, ({ text }) => [text])) {
      expect(known.replaceAll(read('test/docs/docs.test.ts'), '')).toMatch(
        new RegExp(`(process\\.env|environment)\\.${name}\\b`),
      );
    }
  });

  it('ask the local stack for routes it has', () => {
    const routes = said(/(?<!test)(\/local\/[a-z-]+)\b/g, commandsOf);

    expect(routes).not.toEqual([]);
    for (const route of routes) expect(read('local/http/local-routes.ts')).toContain(`'${route}'`);
  });
});

describe('the settings in the documents', () => {
  const rows = tableOf(README, '| setting | default | what it does |').map(([name = '', fallback = '']) => [
    name.replaceAll('`', ''),
    fallback.replaceAll('`', ''),
  ]);

  /** The settings there are, by their own complaint of one there is not. */
  const known = (): readonly string[] => {
    try {
      readSettings({ noSuchSetting: true });
    } catch (error) {
      if (error instanceof SettingsError) return error.message.match(/There are: (.*)\./)?.[1]?.split(', ') ?? [];
    }
    return [];
  };

  it('are those that there are', () => {
    expect(rows.map(([name]) => name).sort()).toEqual(known());
  });

  it('have the defaults they are said to have', () => {
    const { jwt, throttle, softBounces, ...others } = readSettings({});
    const defaults: Readonly<Record<string, unknown>> = {
      ...others,
      jwtIssuer: jwt?.issuer,
      jwtAudience: jwt?.audiences,
      softBounces: softBounces.bounces,
      softBounceHours: softBounces.hours,
      softBounceDays: softBounces.days,
      throttleRate: throttle.rate,
      throttleBurst: throttle.burst,
    };
    const shown = (value: unknown) =>
      value === undefined || (Array.isArray(value) && value.length === 0) ? 'none' : String(value);

    expect(rows).toEqual(rows.map(([name = '']) => [name, shown(defaults[name])]));
  });

  it('are named right in commands', () => {
    const named = said(/(?<=\s)-c (\w+)=/g, commandsOf).filter((name) => name !== 'NAME');

    expect(named.length).toBeGreaterThan(3);
    for (const name of named) expect(known()).toContain(name);
  });
});

it('README has every route of the contract, and no other', () => {
  const rows = tableOf(README, '| route | answers |').map(([route = '']) => route.replaceAll('`', ''));

  expect(rows.toSorted()).toEqual(ROUTES.toSorted());
});

it('docs/statuses.md has every rank that SES and links can give a status, and whether it is final', () => {
  const told = tableOf(document('docs/statuses.md'), '| status | rank | final | proposed by |').flatMap(
    ([names = '', rank, final]) => names.split(', ').map((name) => `${name.replaceAll('`', '')} ${rank} ${final}`),
  );
  const domain = Object.entries(STATUSES)
    .flatMap(([name, { ranks, final }]) => Object.values(ranks).map((rank) => ({ name, rank, final })))
    .filter(({ rank }) => rank >= 100)
    .map(({ name, rank, final }) => `${name} ${rank} ${final ? 'yes' : 'no'}`);

  expect(told.toSorted()).toEqual(domain.toSorted());
});
