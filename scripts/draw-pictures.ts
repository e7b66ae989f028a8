// Writes docs/pictures: the flow of the synthesized template, and the lives of an email and of a campaign by the code's own
// tables and functions. Run it as `npm run pictures`; `npm run generate` runs it too.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createApp } from '../lib/app.ts';
import { drawEmail } from './pictures/email.ts';
import { drawFlow } from './pictures/flow.ts';
import { drawMailing } from './pictures/mailing.ts';
import { drawOverview } from './pictures/overview.ts';
import type { Resources } from './pictures/wiring.ts';

const HELP = `Draws the pictures of the documentation, docs/pictures/*.svg, from the synthesized template and from the code.

usage: npm run pictures

  --help          prints this
`;

/** Settings that the flow is drawn with: all optional parts are there. */
export const CONTEXT = { statusEvents: 'true' } as const;

/** The pictures by the names of their files, drawn from the resources of a template that was synthesized with `CONTEXT`. */
export const drawPictures = async (resources: Resources): Promise<Readonly<Record<string, string>>> => ({
  'overview.svg': drawOverview(resources),
  'flow.svg': drawFlow(resources),
  'email.svg': drawEmail(),
  'mailing.svg': await drawMailing(),
});

/** Functions are not bundled: a picture needs none of their code. */
const synthesize = (): Resources => {
  const outdir = mkdtempSync(join(tmpdir(), 'mailtrail-pictures-'));
  try {
    const [stack] = createApp({ context: { ...CONTEXT, 'aws:cdk:bundling-stacks': [] }, outdir }).synth().stacks;
    return stack?.template.Resources;
  } finally {
    rmSync(outdir, { recursive: true });
  }
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) return console.log(HELP);
  const folder = join(import.meta.dirname, '../docs/pictures');
  mkdirSync(folder, { recursive: true });
  for (const [name, svg] of Object.entries(await drawPictures(synthesize()))) writeFileSync(join(folder, name), svg);
};

if (import.meta.main) await main();
