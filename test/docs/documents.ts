import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** A document for readers. */
export type Document = Readonly<{
  /** Its path from the root of the repository. */
  name: string;
  text: string;
}>;

/** A fenced block, and the comment right before it, if there is one. */
export type Block = Readonly<{ language: string; text: string; mark: string | undefined }>;

export const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

export const DOCUMENTS: readonly Document[] = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'client/README.md',
  ...globSync('docs/**/*.{md,json}', { cwd: ROOT }).toSorted(),
].map((name) => ({ name, text: read(name) }));

const FENCED = /(?:<!-- (?<mark>[^\n]*?) -->\n)?^ *```(?<language>\w*)\n(?<text>.*?)^ *```$/gms;

export const blocksOf = ({ text }: Document): readonly Block[] =>
  [...text.matchAll(FENCED)].map(({ groups = {} }) => ({
    language: groups.language ?? '',
    text: groups.text ?? '',
    mark: groups.mark,
  }));

/** A document without its fenced blocks. */
export const proseOf = ({ text }: Document): string => text.replaceAll(FENCED, '');

/** The inline code of a document. */
export const codesOf = (document: Document): readonly string[] =>
  [...proseOf(document).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

/** Possible commands: inline code, and the lines of shell blocks, with continued lines joined. */
export const commandsOf = (document: Document): readonly string[] => [
  ...codesOf(document),
  ...blocksOf(document)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.replaceAll('\\\n', ' ').split('\n')),
];

/** The targets of a document's links and pictures. */
export const linksOf = (document: Document): readonly string[] =>
  [...proseOf(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);

/** The anchors of a document's headings, as GitHub generates them. */
export const anchorsOf = (document: Document): readonly string[] =>
  [...proseOf(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** The rows of the table with this header, without the header. @param names the header's line */
export const tableOf = ({ text }: Document, names: string): readonly (readonly string[])[] => {
  const [, body = ''] = text.split(`${names}\n`);
  const [rows = ''] = body.split(/\n(?!\|)/);
  return rows
    .split('\n')
    .slice(1)
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
};
