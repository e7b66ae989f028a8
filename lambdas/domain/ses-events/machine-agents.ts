import { ISBOT_PATTERNS } from './machine-agents.gen.ts';

/**
 * Programs that identify themselves in the user agent of an open or a click. An agent in the form of a browser's or a
 * mail program's counts as a person's: nothing in it indicates otherwise.
 */

/**
 * Whether a click's user agent names a program that follows links by itself: a library, a headless browser, a crawler,
 * a previewer of chats, a scanner of mail. By the patterns of isbot, except mail programs and image proxies, which
 * isbot counts as programs but which act for a person, and with mail gateways that isbot does not include.
 */
export const isMachineThatClicks = (agent: string): boolean => {
  const text = agent.slice(0, LONGEST_AGENT);
  if (GATEWAYS.test(text)) return true;
  return ISBOT.test(text) && (!MAIL_PROGRAMS.test(text) || PROGRAMS.test(text));
};

/**
 * Whether an open's user agent names a program that fetches the pixel by itself. The list is short: mail programs load
 * images through proxies and with agents that would be a program's in a click. Exactly `Mozilla/5.0` is Apple's Mail
 * Privacy Protection, which fetches every image, read or not (ua-parser/uap-core issue 509).
 */
export const isMachineThatOpens = (agent: string): boolean => {
  const text = agent.slice(0, LONGEST_AGENT);
  return text === 'Mozilla/5.0' || LIBRARIES.test(text) || HEADLESS.test(text) || GATEWAYS.test(text);
};

/** Characters of an agent that are examined. Browsers' have some 200; HTTP sets no limit. */
const LONGEST_AGENT = 500;

const ISBOT = new RegExp(ISBOT_PATTERNS.join('|'), 'i');

/** Mail security gateways that identify themselves, also at the end of an agent that is otherwise a browser's. */
const GATEWAYS = new RegExp(
  [
    ...[
      'mimecast',
      'barracuda',
      'proofpoint',
      'ironport',
      'cisco ?secure ?email',
      'fire ?eye',
      'trellix',
      'forcepoint',
    ],
    ...['fortimail', 'fortinet', 'fortiguard', 'message ?labs', 'symantec', 'sophos', 'trend ?micro', '\\btmes\\b'],
    ...['safe ?links', 'hornetsecurity', 'vade ?secure', 'cloudmark', 'mailmarshal', 'libraesva', 'zscaler'],
  ].join('|'),
  'i',
);

/**
 * Mail programs, and proxies that load images for anyone who reads; isbot counts the short agents among them as
 * programs.
 */
const MAIL_PROGRAMS = new RegExp(
  [
    ...[
      'googleimageproxy',
      'yahoomailproxy',
      'thunderbird',
      'outlook',
      'k-9\\b',
      'samsung[ -]?(?:android[ -]?)?e?mail',
    ],
    ...['\\bevolution\\b', '\\bspark(?:[ /]|$)', 'em ?client', 'postbox', 'mailspring', 'bluemail', 'fairemail'],
    ...['aquamail', 'airmail', 'mailbird', '\\bkmail', 'claws[ -]?mail', 'navermailapp', 'canary ?mail', '^newton/'],
    ...['mymail', '\\bgmx\\b', 'web\\.de\\b', 'proton ?mail', 'tutanota', 'lotus-notes', '^(?:apple ?)?mail(?:[ /]|$)'],
  ].join('|'),
  'i',
);

/** Words that no mail program has in its agent, whatever other names are in it. */
const PROGRAMS = /bot\b|crawl|spider|preview|scan|headless|python|curl|java\//i;

/** HTTP libraries and tools. Not okhttp, CFNetwork and Dalvik: mail programs on phones load images with them. */
const LIBRARIES = new RegExp(
  [
    ...[
      '^curl/',
      '^wget/',
      'python-',
      '^python/',
      'aiohttp',
      '^httpx/',
      'scrapy',
      'go-http-client',
      'apache-httpclient',
    ],
    ...[
      '^java/',
      'jakarta commons',
      'libwww-perl',
      '^lwp',
      '^axios/',
      'node-fetch',
      '^node(?:\\.js)?/',
      '^undici',
      '^got ',
    ],
    ...[
      'guzzlehttp',
      '^php/',
      '^ruby',
      '^faraday',
      'rest-client',
      '^http\\.rb/',
      'typhoeus',
      '^httpie/',
      'postmanruntime',
    ],
    ...[
      '^insomnia/',
      '^reqwest/',
      'powershell/',
      '^jetty/',
      '^ahc/',
      'lua-resty-http',
      '^libcurl',
      '^httpclient',
      '^java-http',
    ],
  ].join('|'),
  'i',
);

const HEADLESS = /headless|phantomjs|puppeteer|playwright|selenium|slimerjs|cypress\//i;
