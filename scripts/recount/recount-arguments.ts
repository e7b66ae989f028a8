import { parseArgs } from 'node:util';
import { stackUrl, UsageError, wrongWords } from '../../local/process/command.ts';

export const RECOUNT_HELP = `Recounts a campaign from its emails, corrects its numbers, and prints the differences.

usage: npm run recount -- CAMPAIGN [--dry-run] [--url URL]
       npm run recount -- CAMPAIGN [--dry-run] --emails TABLE --campaigns TABLE [--wait SECONDS]

  CAMPAIGN            the value of the tag "campaign"
  --dry-run           only prints the differences
  --url URL           the local stack; by default the one of "npm start", at PORT or 8787
  --emails TABLE      a deployed stack: its EmailStatusTableName, as "npm run deploy" printed it
  --campaigns TABLE   and its CampaignsTableName. Region and credentials are those of the AWS SDK (AWS_PROFILE, AWS_REGION)
  --wait SECONDS      how long to wait, before and after, for events still in progress; 30 by default
  --help              prints this

Emails that have expired, or belong to an erased person, cannot be counted any more: their numbers decrease.
It reads every email of the campaign, and starts again as long as the campaign's emails change.

Exit code 0 when the numbers are correct now, 1 when they are not (--dry-run found a difference, the campaign has no
emails, or they kept changing), 2 for wrong usage or no running stack.
`;

export type RecountArguments = Readonly<{
  campaignId: string;
  dryRun: boolean;
  where: Readonly<{ url: string }> | Readonly<{ emailStatus: string; campaigns: string; wait: number }>;
}>;

/** @throws UsageError on invalid arguments */
export const readArguments = (given: readonly string[], environment: NodeJS.ProcessEnv): RecountArguments | 'help' => {
  const { values, positionals } = parse(given);
  if (values.help) return 'help';
  const [campaignId, ...more] = positionals;
  if (campaignId === undefined || campaignId === '') throw new UsageError('name a campaign.');
  if (more.length > 0) throw new UsageError('name one campaign only.');
  const { emails, campaigns, url, wait = '30' } = values;
  const dryRun = values['dry-run'] ?? false;
  if (emails === undefined && campaigns === undefined) {
    if (values.wait !== undefined)
      throw new UsageError('--wait is for a deployed stack: a local one reports when it is done.');
    return { campaignId, dryRun, where: { url: stackUrl(url, environment) } };
  }
  if (emails === undefined || campaigns === undefined) throw new UsageError('--emails and --campaigns go together.');
  if (url !== undefined) throw new UsageError('--url is a local stack, --emails and --campaigns are a deployed one.');
  if (!/^\d{1,4}$/.test(wait)) throw new UsageError('--wait must be a whole number of seconds up to 9999.');
  return { campaignId, dryRun, where: { emailStatus: emails, campaigns, wait: Number(wait) } };
};

const parse = (args: readonly string[]) => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = {
    emails: text,
    campaigns: text,
    url: text,
    wait: text,
    'dry-run': flag,
    help: { ...flag, short: 'h' },
  };
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw wrongWords(error);
  }
};
