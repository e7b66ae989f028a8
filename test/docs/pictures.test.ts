import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { MAILING_STATES } from '../../lambdas/domain/mailing/mailing.ts';
import { proposalOf } from '../../lambdas/domain/status/proposal.ts';
import { ranksOf, STATUS_NAMES, STATUSES } from '../../lambdas/domain/status/statuses.ts';
import { EVENT_TOPICS } from '../../lib/recording/event-topics.ts';
import { CONTEXT, drawPictures } from '../../scripts/draw-pictures.ts';
import { campaignMoves } from '../../scripts/pictures/campaign-moves.ts';
import { CAUSES_OF_STATUS } from '../../scripts/pictures/email.ts';
import { plain } from '../../scripts/pictures/wiring.ts';
import { idOf, type Synthesized, synthesize } from '../lib/synthesized.ts';
import { ROOT, read } from './documents.ts';

const FILES = ['flow.svg', 'email.svg', 'mailing.svg'];

let stack: Synthesized;
let drawn: Readonly<Record<string, string>>;

beforeAll(async () => {
  stack = synthesize(CONTEXT);
  drawn = await drawPictures(stack.resources);
});

const textsOf = (file: string): readonly string[] =>
  [...read(`docs/pictures/${file}`).matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text);
const allTextOf = (file: string): string => textsOf(file).join(' ');

describe('the pictures', () => {
  it.each(FILES)(
    '%s equals what is drawn now: run "npm run pictures" after a change of the template or a table',
    (file) => {
      expect(read(`docs/pictures/${file}`)).toBe(drawn[file]);
    },
  );

  it('are all that the script draws', () => {
    expect(readdirSync(join(ROOT, 'docs/pictures')).sort()).toEqual(Object.keys(drawn).sort());
  });

  it.each(FILES)('%s has a title and a description, and needs nothing from elsewhere', (file) => {
    const svg = read(`docs/pictures/${file}`);

    expect(svg).toMatch(/<svg [^>]*role="img" aria-labelledby="title description">\n<title id="title">[^<]+<\/title>/);
    expect(svg).toMatch(/<desc id="description">[^<]{50,}<\/desc>/);
    expect(svg).toContain('@media (prefers-color-scheme: dark)');
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|@import|<image|<script|href=/);
  });
});

describe('flow.svg', () => {
  it('has every event topic with the events that it carries', () => {
    expect(stack.eventTopics.length).toBeGreaterThan(0);
    for (const topic of stack.eventTopics) {
      const [, destination] = stack
        .all('AWS::SES::ConfigurationSetEventDestination')
        .find(([, { Properties }]) => idOf(Properties.EventDestination.SnsDestination?.TopicARN) === topic) ?? [
        '',
        undefined,
      ];
      const events: readonly string[] = destination?.Properties.EventDestination.MatchingEventTypes;

      expect(textsOf('flow.svg')).toContain(plain(topic).replace(/Topic$/, ' topic'));
      for (const event of events) expect(allTextOf('flow.svg').toLowerCase()).toContain(event.toLowerCase());
    }
  });

  it('has every table', () => {
    for (const [id] of stack.all('AWS::DynamoDB::GlobalTable')) {
      expect(textsOf('flow.svg')).toContain(plain(id).replace(/Table$/, ''));
    }
  });

  it('has every function, and every queue and stream that one consumes', () => {
    const inKebab = (id: string) =>
      plain(id)
        .replace(/Function$/, '')
        .replaceAll(/(?<=[a-z])[A-Z]/g, '-$&')
        .toLowerCase();
    for (const [id] of stack.all('AWS::Lambda::Function')) expect(textsOf('flow.svg')).toContain(inKebab(id));
    for (const [, { Properties }] of stack.all('AWS::Lambda::EventSourceMapping')) {
      const source = plain(idOf(Properties.EventSourceArn));
      const name = source.endsWith('Table') ? source.replace(/Table$/, ' stream') : source.replace(/Queue$/, '');

      expect(textsOf('flow.svg')).toContain(name);
    }
  });
});

describe('email.svg', () => {
  it.each(STATUS_NAMES)('has %s with its ranks and whether it is final', (status) => {
    const { final } = STATUSES[status];
    const svg = read('docs/pictures/email.svg');
    const [, width] = svg.match(new RegExp(`stroke-width="([\\d.]+)"/>\n<text [^>]*>${status}</text>`)) ?? [];
    const [, shown] =
      svg.match(new RegExp(`>${status}</text>\n(?:<text [^>]*>[^<]*</text>\n)*?<text [^>]*>([\\d/]+)</text>`)) ?? [];

    expect(shown).toBe(ranksOf(status).join('/'));
    expect(width).toBe(final ? '3' : '1.25');
  });

  it('names for each status an event of a topic that proposes it', () => {
    for (const { events, kinds } of EVENT_TOPICS) {
      for (const kind of kinds) {
        const status = proposalOf({ kind, at: '2026-11-24T10:00:00.000Z', details: {} })?.status;
        if (status === undefined) continue;
        const named = CAUSES_OF_STATUS[status].toLowerCase();

        expect([status, named, events.some((event) => named.includes(event.toLowerCase()))]).toEqual([
          status,
          named,
          true,
        ]);
      }
    }
  });
});

describe('mailing.svg', () => {
  it('has every state', () => {
    for (const state of MAILING_STATES) expect(textsOf('mailing.svg')).toContain(state);
  });

  it('has the moves that the code allows, and none out of an end', async () => {
    const moves = (await campaignMoves()).map(({ from, to, by }) => `${from} to ${to} by ${by}`);

    expect(moves).toContain('planned to started by sendAt');
    expect(moves).toContain('pending_approval to approved by approve');
    expect(moves).toContain('started to expired by expiresAt');
    expect(moves).not.toContain('pending_approval to started by sendAt');
    expect(moves.filter((move) => /^(canceled|quarantined|expired) /.test(move))).toEqual([]);
    for (const move of moves) expect(read('docs/pictures/mailing.svg')).toContain(move);
  });
});
