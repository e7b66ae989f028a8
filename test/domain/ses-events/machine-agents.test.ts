import { readFileSync } from 'node:fs';
import { isbot } from 'isbot';
import { describe, expect, it } from 'vitest';
import { isMachineThatClicks, isMachineThatOpens } from '../../../lambdas/domain/ses-events/machine-agents.ts';
import { GENERATED_AGENTS, sourceOfAgents } from '../../../scripts/generate-agents.ts';

const CHROME = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)';
const SAFARI = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)';

const BROWSERS = [
  `${CHROME} Chrome/142.0.0.0 Safari/537.36`,
  `${CHROME} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`,
  `${CHROME} Chrome/120.0.0.0 Safari/537.36 OlkDesktop/1.2023`,
  `${SAFARI} Version/17.1 Safari/605.1.15`,
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/23.0 Chrome/115.0 Mobile Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
];

/** isbot counts all of these as programs, as its own test of them shows below. */
const MAIL_PROGRAMS_AND_PROXIES = [
  'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
  'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html',
  'Thunderbird/115.0',
  'Outlook-Android/2.0',
  'Outlook-iOS/2.0',
  'Microsoft Outlook 16.0',
  'K-9 Mail/6.0',
  'K-9 Mail for Android',
  'Samsung Email',
  'SamsungEmail/6.1',
  'SAMSUNG-Android-Mail/6.1',
  'Evolution/3.46.1',
  'Spark/3.0',
  'Spark',
  'eM Client/9.2.2307',
  'Mailspring/1.10',
  'FairEmail/1.2000',
  'Mail/3731.700.6',
];

const LIBRARIES_AND_HEADLESS = [
  'python-requests/2.31.0',
  'Python-urllib/3.11',
  'Python/3.11 aiohttp/3.9.1',
  'curl/8.1.2',
  'Wget/1.21.4',
  'Go-http-client/2.0',
  'Java/1.8.0_161',
  'axios/1.6.2',
  'PostmanRuntime/7.32.3',
  `${CHROME} HeadlessChrome/120.0.0.0 Safari/537.36`,
  'Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 (KHTML, like Gecko) PhantomJS/2.1.1 Safari/538.1',
];

const GATEWAYS = [
  'Mimecast',
  `${CHROME} Chrome/90.0.4430.93 Safari/537.36 Mimecast`,
  `${CHROME} Barracuda Sentinel (EE)`,
  'BarracudaCentral',
  'Mozilla/5.0 (Windows NT 10.0) Proofpoint',
  'CiscoSecureEmail',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) IronPort',
  'Mozilla/5.0 (compatible; FortiMail)',
  'Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1) SafeLinks',
];

const CRAWLERS_AND_PREVIEWERS = [
  'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
  'WhatsApp/2.23.20.0',
  'TelegramBot (like TwitterBot)',
  'SkypeUriPreview Preview/0.5',
  `${CHROME} BingPreview/1.0b`,
  'Thunderbird-Preview-Bot/1.0',
];

describe('a click', () => {
  it.each([...LIBRARIES_AND_HEADLESS, ...CRAWLERS_AND_PREVIEWERS, ...GATEWAYS, 'Mozilla/5.0'])(
    'is a machine’s by the agent %s',
    (agent) => {
      expect(isMachineThatClicks(agent)).toBe(true);
      expect(isMachineThatClicks(agent.toUpperCase())).toBe(true);
    },
  );

  it.each([...BROWSERS, ...MAIL_PROGRAMS_AND_PROXIES])('is a person’s by the agent %s', (agent) => {
    expect(isMachineThatClicks(agent)).toBe(false);
  });

  it.each(MAIL_PROGRAMS_AND_PROXIES)('would be a machine’s by isbot alone: %s', (agent) => {
    expect(isbot(agent)).toBe(true);
  });
});

describe('an open', () => {
  it.each([...LIBRARIES_AND_HEADLESS, ...GATEWAYS, 'Mozilla/5.0'])('is a machine’s by the agent %s', (agent) => {
    expect(isMachineThatOpens(agent)).toBe(true);
  });

  it.each([
    ...[...BROWSERS, ...MAIL_PROGRAMS_AND_PROXIES, SAFARI, 'okhttp/4.9.0', 'Mail/1 CFNetwork/1485 Darwin/23.1.0'],
    'Mozilla/5.0 ',
  ])('is a person’s by the agent %s', (agent) => {
    expect(isMachineThatOpens(agent)).toBe(false);
  });
});

it('of an agent the first 500 characters are looked at', () => {
  const long = (characters: number) => `${`${BROWSERS[0]} `.padEnd(characters - 'Mimecast'.length, 'x')}Mimecast`;

  for (const isMachine of [isMachineThatClicks, isMachineThatOpens]) {
    expect([isMachine(long(500)), isMachine(long(501)), isMachine(long(10_000))]).toEqual([true, false, false]);
  }
});

it('the patterns are those of the package isbot: "npm run generate" after an update of it', () => {
  expect(readFileSync(GENERATED_AGENTS, 'utf8')).toBe(sourceOfAgents());
});
