import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

/**
 * Whether this machine has a Chromium. Without one, a message is printed and the tests are skipped.
 * @throws Error if there must be one (`MAILTRAIL_TEST_BROWSER=required`)
 */
export const hasBrowser = (): boolean => {
  if (CHROMIUM === undefined && process.env.MAILTRAIL_TEST_BROWSER === 'required') {
    throw new Error('there is no Chromium: install the Debian package chromium');
  }
  if (CHROMIUM === undefined) console.warn('No Chromium here: the browser tests are skipped.');
  return CHROMIUM !== undefined;
};

type Answer = Readonly<{ id?: number; method?: string; params?: Json; result?: Json; error?: { message: string } }>;
// biome-ignore lint/suspicious/noExplicitAny: results of the browser are checked by the assertions.
type Json = any;

/** A headless Chromium with one page, controlled through its DevTools protocol. */
export const startBrowser = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mailtrail-browser-'));
  const child = spawn(
    CHROMIUM ?? '',
    // Chromium has no sandbox for root, and only our own page is opened.
    ['--headless=new', '--no-sandbox', '--disable-gpu', '--remote-debugging-port=0', `--user-data-dir=${folder}`],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let address = '';
  for await (const line of createInterface(child.stderr)) {
    address = /DevTools listening on (ws:\S+)/.exec(line)?.[1] ?? '';
    if (address) break;
  }
  child.stderr.resume();
  const socket = new WebSocket(address);
  await once(socket, 'open');

  const waiting = new Map<number, (answer: Answer) => void>();
  const complaints: string[] = [];
  let loaded = () => {};
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer;
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
    if (answer.method === 'Page.loadEventFired') loaded();
    if (answer.method === 'Log.entryAdded') complaints.push(answer.params.entry.text);
  });
  let lastId = 0;
  const ask = async (method: string, params: object = {}, sessionId?: string): Promise<Json> => {
    const id = ++lastId;
    const answer = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) }));
    const { result, error } = await answer;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  };
  const { targetId } = await ask('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await ask('Target.attachToTarget', { targetId, flatten: true });
  const page = (method: string, params: object = {}) => ask(method, params, sessionId);
  for (const domain of ['Page', 'Log', 'Accessibility']) await page(`${domain}.enable`);

  const afterLoading = async (work: () => Promise<unknown>) => {
    const load = new Promise<void>((resolve) => {
      loaded = resolve;
    });
    await work();
    await load;
  };
  return {
    /** The browser's errors and warnings so far, such as violations of the page's own policy. */
    complaints,
    open: async (url: string, width: number, media: 'light' | 'dark' = 'light') => {
      const features = [{ name: 'prefers-color-scheme', value: media }];
      await page('Emulation.setEmulatedMedia', { features });
      await page('Emulation.setDeviceMetricsOverride', { width, height: 720, deviceScaleFactor: 1, mobile: false });
      await afterLoading(() => page('Page.navigate', { url }));
    },
    evaluate: async (expression: string) =>
      (await page('Runtime.evaluate', { expression, returnByValue: true })).result.value,
    /** The accessibility tree: role, name and level of every element that a screen reader announces. */
    told: async () =>
      (await page('Accessibility.getFullAXTree')).nodes
        .filter(({ ignored, role }: Json) => !ignored && /^(main|heading|button)$/.test(role?.value))
        .map(({ role, name, properties = [] }: Json) => {
          const level = properties.find((property: Json) => property.name === 'level')?.value.value;
          return [role.value, name?.value ?? '', ...(level === undefined ? [] : [level])];
        }),
    press: async (key: string, text?: string) => {
      for (const type of ['keyDown', 'keyUp'])
        await page('Input.dispatchKeyEvent', { type, key, code: key, ...(text && type === 'keyDown' && { text }) });
    },
    afterLoading,
    screenshot: async (file: string) => {
      const { data } = await page('Page.captureScreenshot', { format: 'png' });
      writeFileSync(file, Buffer.from(data, 'base64'));
    },
    close: async () => {
      socket.close();
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};
