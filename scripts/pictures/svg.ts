/** A small writer of SVG: boxes of text, arrows, and a document that is readable in light and dark. Lengths are pixels. */

/** What a box stands for, and so its colour. */
export type Kind = 'topic' | 'queue' | 'function' | 'table' | 'api' | 'service' | 'good' | 'bad' | 'waiting';

/** A line of text. `strong` lines are a box's names, the others explain it. */
export type Line = Readonly<{ text: string; strong?: boolean }>;

export type Point = readonly [x: number, y: number];

export type Rectangle = Readonly<{ x: number; y: number; width: number; height: number }>;

/** Fill and border, in light and in dark. */
const COLOURS: Readonly<Record<Kind, readonly [string, string, string, string]>> = {
  topic: ['#fbefff', '#8250df', '#2b2044', '#a475f9'],
  queue: ['#ddf4ff', '#0969da', '#0f2d4d', '#4493f8'],
  function: ['#fff1e5', '#bc4c00', '#3d2412', '#db6d28'],
  table: ['#dafbe1', '#1a7f37', '#12351f', '#3fb950'],
  api: ['#fff8c5', '#9a6700', '#352a0b', '#d29922'],
  service: ['#ffffff', '#59636e', '#212830', '#9198a1'],
  good: ['#dafbe1', '#1a7f37', '#12351f', '#3fb950'],
  bad: ['#ffebe9', '#cf222e', '#421b1b', '#f85149'],
  waiting: ['#ddf4ff', '#0969da', '#0f2d4d', '#4493f8'],
};

const FONT = `-apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif`;

const themed = (dark: boolean): string =>
  [
    `.page{fill:${dark ? '#0d1117' : '#ffffff'}}`,
    `.panel{fill:${dark ? '#151b23' : '#f6f8fa'};stroke:${dark ? '#3d444d' : '#d1d9e0'}}`,
    `.ink{fill:${dark ? '#f0f6fc' : '#1f2328'}}`,
    `.muted{fill:${dark ? '#b7bdc8' : '#454c54'}}`,
    `.arrow{stroke:${dark ? '#9198a1' : '#59636e'}}`,
    `.head{fill:${dark ? '#9198a1' : '#59636e'}}`,
    ...Object.entries(COLOURS).map(
      ([kind, [fill, border, darkFill, darkBorder]]) =>
        `.${kind}{fill:${dark ? darkFill : fill};stroke:${dark ? darkBorder : border}}`,
    ),
  ].join('');

const STYLE = [
  `text{font-family:${FONT}}`,
  '.arrow{fill:none;stroke-width:1.5}',
  themed(false),
  // GitHub shows a picture as an image, which follows the reader's system and not GitHub's own theme: hence a page colour.
  `@media (prefers-color-scheme: dark){${themed(true)}}`,
].join('\n');

/** Sizes of a box's text. */
export const NAME_SIZE = 14;
export const LINE_SIZE = 12.5;
const LINE_HEIGHT = 17;
const PADDING = 9;

/** The height of a box that holds so many lines. */
export const heightOf = (lines: number): number => 2 * PADDING - 4 + lines * LINE_HEIGHT;

export const text = (
  content: string,
  [x, y]: Point,
  { size = LINE_SIZE, strong = false, muted = false, middle = false, end = false } = {},
): string =>
  `<text x="${x}" y="${y}" class="${muted ? 'muted' : 'ink'}" font-size="${size}"${strong ? ' font-weight="600"' : ''}${middle || end ? ` text-anchor="${middle ? 'middle' : 'end'}"` : ''}>${escaped(content)}</text>`;

/**
 * A box with its lines below each other, from the left.
 * @throws Error where a line is likely to be wider than the box
 */
export const box = ({ x, y, width, height }: Rectangle, kind: Kind, lines: readonly Line[], final = false): string => {
  const top = y + (height - lines.length * LINE_HEIGHT) / 2;
  for (const line of lines) {
    if (widthOf(line) > width - 2 * PADDING + 4) throw new Error(`"${line.text}" does not fit into its box`);
  }
  return [
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" class="${kind}" stroke-width="${final ? 3 : 1.25}"/>`,
    ...lines.map(({ text: content, strong = false }, index) =>
      text(content, [x + PADDING, top + index * LINE_HEIGHT + 13], {
        size: strong ? NAME_SIZE : LINE_SIZE,
        strong,
        muted: !strong,
      }),
    ),
  ].join('\n');
};

/** A panel with a heading, behind boxes. */
export const panel = ({ x, y, width, height }: Rectangle, heading: string): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="10" class="panel"/>\n${text(heading, [x + 16, y + 25], { size: 15, strong: true })}`;

/** A line along points, with a head at its end. */
export const arrow = (...points: readonly Point[]): string =>
  `<path d="M${points.map(([x, y]) => `${x} ${y}`).join('L')}" class="arrow" marker-end="url(#head)"/>`;

/** A whole picture. Title and description are for those who cannot see it. */
export const picture = (
  {
    title,
    description,
    width,
    height,
  }: Readonly<Record<'title' | 'description', string> & Record<'width' | 'height', number>>,
  shapes: readonly string[],
): string =>
  `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description)}</desc>`,
    `<style>\n${STYLE}\n</style>`,
    '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" class="head"/></marker></defs>',
    `<rect width="${width}" height="${height}" rx="12" class="page"/>`,
    ...shapes,
    '</svg>',
  ].join('\n')}\n`;

/** Lines no wider than a box, broken at spaces. */
export const wrapped = (content: string, width: number): readonly Line[] => {
  const lines: string[] = [];
  for (const word of content.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && widthOf({ text: longer }) <= width - 2 * PADDING) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => ({ text: line }));
};

/** About as wide as a line gets: system fonts differ, and DejaVu Sans, which is measured here, is one of the widest. */
const widthOf = ({ text: content, strong = false }: Line): number =>
  [...content].reduce((sum, character) => sum + emOf(character), 0) * (strong ? NAME_SIZE : LINE_SIZE * 0.9);

/** The width of a bold character, as a share of the font's size. */
const emOf = (character: string): number =>
  /[ijlrtf\-.,:;()/ ]/.test(character) ? 0.42 : /[mwMW@]/.test(character) ? 1 : /[A-Z]/.test(character) ? 0.77 : 0.67;

const escaped = (content: string): string =>
  content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
