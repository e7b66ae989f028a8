import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
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

/** The distinct matches of a pattern in all documents. */
const matchesOf = (pattern: RegExp, of: (document: Document) => readonly string[]): readonly string[] => [
  ...new Set(DOCUMENTS.flatMap(of).flatMap((text) => [...text.matchAll(pattern)].map(([, found = '']) => found))),
];
const titleOf = (text: string): string => text.match(/^# (.+)$/m)?.[1] ?? '';
const sources = (...patterns: readonly string[]): string =>
  globSync([...patterns], { cwd: ROOT })
    .map((name) => read(name))
    .join('\n');

const ROUTES = Object.entries(openapi.paths).flatMap(([path, item]) =>
  Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
);

describe.each(DOCUMENTS)('$name', (each) => {
  it('has links with existing targets', () => {
    for (const link of linksOf(each).filter((target) => !target.startsWith('https://'))) {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? each.name : normalize(join(dirname(each.name), path));
      expect([link, existsSync(join(ROOT, target))]).toEqual([link, true]);
      if (anchor !== undefined)
        expect([link, anchorsOf(document(target))]).toEqual([link, expect.arrayContaining([anchor])]);
    }
  });

  it('names existing files and folders', () => {
    const words = commandsOf(each).flatMap((command) => command.split(' '));
    const paths = words.filter((word) =>
      /^(\.ci|bin|client|docs|lambdas|lib|local|scripts|test)(\/[\w.*-]+)*\/?$/.test(word),
    );
    for (const path of paths) expect([path, globSync(path, { cwd: ROOT })]).not.toEqual([path, []]);
  });

  it('has blocks of valid JSON', () => {
    for (const { language, text } of blocksOf(each))
      if (language === 'json') expect(() => JSON.parse(text)).not.toThrow();
  });

  it.each(blocksOf(each).filter(({ mark }) => mark?.startsWith('answer:')))(
    'shows an answer that matches the contract: $mark',
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

  it('names existing routes', () => {
    for (const command of commandsOf(each)) {
      for (const [, method, path = ''] of command.matchAll(/\b(GET|PUT|POST|DELETE) (\/v1\/[^\s`'"?]*)/g)) {
        const pattern = (route: string) => new RegExp(`^${route.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
        expect([command, ROUTES.some((route) => pattern(route).test(`${method} ${path}`))]).toEqual([command, true]);
      }
    }
  });
});

describe('commands in the documents', () => {
  it('are existing npm scripts', () => {
    const scripts = [
      ...matchesOf(/\bnpm run ([\w-]+)/g, commandsOf),
      ...matchesOf(/\bnpm (start|test)\b/g, commandsOf),
    ];

    expect(scripts.length).toBeGreaterThan(5);
    for (const script of scripts) expect(Object.keys(packageJson.scripts)).toContain(script);
  });

  it('include every npm script', () => {
    const all = DOCUMENTS.flatMap(commandsOf).join('\n');
    for (const script of Object.keys(packageJson.scripts))
      expect(all).toMatch(new RegExp(`\\bnpm (run )?${script}\\b`));
  });

  it('run programs that are installed', () => {
    for (const program of matchesOf(/\bnpx ([\w-]+)/g, commandsOf)) {
      expect([program, existsSync(join(ROOT, 'node_modules/.bin', program))]).toEqual([program, true]);
    }
  });

  it('have known options', () => {
    const known = sources('local/**/*.ts', 'scripts/**/*.ts', 'test/run.ts');
    for (const option of matchesOf(
      /\bnpm (?:start|test|run (?:demo|replay|recount|redrive)) --(?: .*?)? (--[a-z]+)/g,
      commandsOf,
    )) {
      expect(known).toContain(`  ${option}`);
    }
  });

  it('set variables that are read', () => {
    const known = sources('local/**/*.ts', 'test/**/*.ts');
    for (const name of matchesOf(/\b(MAILTRAIL_[A-Z]+(?:_[A-Z]+)*)\b/g, ({ text }) => [text])) {
      expect(known.replaceAll(read('test/docs/docs.test.ts'), '')).toMatch(
        new RegExp(`(process\\.env|environment)\\.${name}\\b`),
      );
    }
  });

  it('use existing routes of the local stack', () => {
    const routes = matchesOf(/(?<!test)(\/local\/[a-z-]+)\b/g, commandsOf);

    expect(routes).not.toEqual([]);
    for (const route of routes) expect(read('local/http/local-routes.ts')).toContain(`'${route}'`);
  });
});

describe('the settings in the documents', () => {
  const rows = tableOf(document('docs/deploying.md'), '| setting | default | what it does |').map(
    ([name = '', fallback = '']) => [name.replaceAll('`', ''), fallback.replaceAll('`', '')],
  );

  /** The names of all settings, from the error about an unknown one. */
  const known = (): readonly string[] => {
    try {
      readSettings({ noSuchSetting: true });
    } catch (error) {
      if (error instanceof SettingsError) return error.message.match(/There are: (.*)\./)?.[1]?.split(', ') ?? [];
    }
    return [];
  };

  it('are all settings, and no others', () => {
    expect(rows.map(([name]) => name).sort()).toEqual(known());
  });

  it('have their actual defaults', () => {
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

  it('have existing names in commands', () => {
    const named = matchesOf(/(?<=\s)-c (\w+)=/g, commandsOf).filter((name) => name !== 'NAME');

    expect(named.length).toBeGreaterThan(3);
    for (const name of named) expect(known()).toContain(name);
  });
});

it('docs/api.md has every route of the contract, and no other', () => {
  const rows = tableOf(document('docs/api.md'), '| route | answers |').map(([route = '']) => route.replaceAll('`', ''));

  expect(rows.toSorted()).toEqual(ROUTES.toSorted());
});

it('README.md is short: under 9,000 characters', () => {
  expect([...document('README.md').text].length).toBeLessThan(9_000);
});

describe('the decisions', () => {
  const records = DOCUMENTS.filter(({ name }) => /^docs\/decisions\/\d{4}-[\w-]+\.md$/.test(name));

  it('are numbered without a gap, and all in the index, by their titles', () => {
    const index = document('docs/decisions/README.md').text.match(/^- .*$/gm);

    expect(records.map(({ name }) => Number(name.slice(15, 19)))).toEqual(records.map((_, index) => index + 1));
    expect(index).toEqual(records.map(({ name, text }) => `- [${titleOf(text)}](${basename(name)})`));
  });

  it.each(records)('have a context, a decision, consequences and tests: $name', ({ text }) => {
    const [, ...sections] = text.split(/^## /m);

    expect(sections.map((section) => section.split('\n', 1)[0])).toEqual([
      'Context',
      'Decision',
      'Consequences',
      'Tests',
    ]);
    expect(sections.at(-1)).toMatch(/`test\/[\w/-]+\.test\.ts`/);
  });
});

it('docs/statuses.md has every rank from SES and links, and whether it is final', () => {
  const documented = tableOf(document('docs/statuses.md'), '| status | rank | final | proposed by |').flatMap(
    ([names = '', rank, final]) => names.split(', ').map((name) => `${name.replaceAll('`', '')} ${rank} ${final}`),
  );
  const domain = Object.entries(STATUSES)
    .flatMap(([name, { ranks, final }]) => Object.values(ranks).map((rank) => ({ name, rank, final })))
    .filter(({ rank }) => rank >= 100)
    .map(({ name, rank, final }) => `${name} ${rank} ${final ? 'yes' : 'no'}`);

  expect(documented.toSorted()).toEqual(domain.toSorted());
});
