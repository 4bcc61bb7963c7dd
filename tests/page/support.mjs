// What every page test needs: the release page on a free port, a Chromium with a new, empty
// profile, and an ear on everything that a page must not do.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { startServer } from '../../scripts/site/server.mjs';

// The packages lie in .tools, out of reach of a plain import.
const require = createRequire(new URL('../../.tools/node/package.json', import.meta.url));
export const { chromium } = require('playwright-core');
const { AxeBuilder } = require('@axe-core/playwright');

export const SIZES = {
  desktop: { width: 1440, height: 900 },
  tablet: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
};

/**
 * Starts the server and the browser once for a file of tests. `stop` ends both and belongs into
 * `after`: a browser that is left open keeps the runner waiting. `stopServer` is going offline.
 */
export async function startSite({ folder } = {}) {
  const server = await startServer({ folder });
  const browser = await chromium.launch(browserCommand());
  return {
    url: server.url,
    browser,
    openPage: (options) => openPage(browser, server.url, options),
    stopServer: server.stop,
    stop: async () => {
      await browser.close();
      await server.stop();
    },
  };
}

/** How Chromium is called. */
export function browserCommand() {
  return {
    executablePath: process.env.CHROME ?? '/usr/bin/chromium',
    args: (process.env.CHROME_FLAGS ?? '').split(' ').filter(Boolean),
  };
}

/** What a visitor brings along: the size of the window, colours, a language. */
export function contextOptions({ size = 'desktop', theme = 'light', language = 'en', ...more } = {}) {
  return { viewport: SIZES[size] ?? size, colorScheme: theme, locale: language, ...more };
}

/**
 * A page in a profile of its own. `complaints` collects what must stay empty: console errors and
 * warnings, exceptions, failed requests and requests to another origin; `close` checks that, except
 * for complaints that match `excused`. `prepare` works on a picture of the same origin, before the
 * page was ever there; `init` runs in the page before anything else does; `route` answers requests.
 */
async function openPage(browser, url, { hash = '#/lab', prepare, init, route, speed = 'instant', ...visitor } = {}) {
  const context = await browser.newContext(contextOptions(visitor));
  if (prepare) {
    // A page of its own: what it asks for late is no complaint about the one that is tested.
    const before = await context.newPage();
    await before.goto(`${url}icons/icon.svg`);
    await prepare(before);
  }
  const page = await context.newPage();
  // Most tests are about what comes of it, not about how it goes by.
  await page.addInitScript((speed) => {
    try { localStorage.setItem('hindsight.speed', JSON.stringify(speed)); } catch { /* blocked, as a test wants it */ }
  }, speed);
  if (init) await page.addInitScript(init);
  if (route) await page.route(...route);
  const complaints = listen(page, new URL(url).origin);
  await page.goto(url + hash);
  return {
    page,
    context,
    complaints,
    close: async ({ excused } = {}) => {
      await context.close();
      const rest = complaints.filter((complaint) => !excused?.test(complaint));
      assert.deepEqual(rest, [], 'the page complained');
    },
  };
}

export function listen(page, origin) {
  const complaints = [];
  page.on('console', (message) => {
    const type = message.type();
    if (type === 'error' || type === 'warning') complaints.push(`console ${type}: ${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    const isOurs = url.origin === origin || url.protocol === 'data:' || url.protocol === 'blob:';
    if (!isOurs) complaints.push(`request to another origin: ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    // A page that is left ends its own requests; that is no failure.
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED') complaints.push(`request failed: ${request.url()} ${reason}`);
  });
  return complaints;
}

/** Waits until the program has taken over from the loading state in index.html. */
export async function untilMounted(page) {
  await page.locator('#loading').waitFor({ state: 'detached', timeout: 20_000 });
}

/** Reads again until it is what it should be; the last answer is in the failure. */
export async function eventually(read, expected, message) {
  const end = Date.now() + 15_000;
  let found = await read();
  while (!isSame(found, expected)) {
    if (Date.now() > end) return assert.deepEqual(found, expected, message);
    await new Promise((next) => setTimeout(next, 20));
    found = await read();
  }
  return found;
}

function isSame(found, expected) {
  try {
    assert.deepEqual(found, expected);
    return true;
  } catch {
    return false;
  }
}

/** The page's words: `say('commands.pay')`, `say('models.at', { position: 3 })`. */
export function words(language = 'en') {
  const read = (name) => JSON.parse(readFileSync(new URL(`../../src/app/texts/${name}.json`, import.meta.url), 'utf8'));
  const texts = { ...read(language), ...read(`of_later.${language}`) };
  return (key, values = {}) => {
    assert.ok(key in texts, `there is no text ${key}`);
    return texts[key].replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
  };
}

/** What is downloaded by doing something, line by line. */
export async function downloaded(page, act) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  const text = readFileSync(await download.path(), 'utf8');
  assert.ok(text.endsWith('\n'), 'the last line ends');
  return text.trimEnd().split('\n').map((line) => JSON.parse(line));
}

/** For `init`: notes how long the page was blocked, from its first moment. */
export const notingLongTasks = () => {
  window.longTasks = [];
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'longtask', buffered: true });
};

/** The longest time that the page was blocked since this was asked before, in whole milliseconds. */
export const longTasks = (page) => page.evaluate(() => Math.round(Math.max(0, ...window.longTasks.splice(0))));

/** The rules of axe that are about colours. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe finds against WCAG 2.2 AA, as short lines; where only colours are asked for, what it finds of them. */
export async function axeFindings(page, { onlyColours = false } = {}) {
  const axe = new AxeBuilder({ page });
  const { violations } = await (onlyColours ? axe.withRules(COLOURS) : axe).analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target).join(' | ')})`);
}
