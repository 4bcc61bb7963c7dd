// Measures in headless Chromium: a command through the whole pipeline beside a hand-written
// transaction, a rebuild, and opening the release page on 100,000 events. Called by scripts/bench
// with a folder that holds the release page and, beside it, the compiled benches/browser.rs: one
// origin for both, since a database belongs to an origin.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserCommand, chromium, startSite } from '../../tests/page/support.mjs';

const ROUNDS = 25;
const COMMANDS = 30;
const ORDERS = 25_024; // four events each

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const spread = (values) => `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`;

async function inPage(page, name, ...args) {
  return page.evaluate(async ([name, args]) => {
    const started = performance.now();
    const value = await window.bench[name](...args);
    return { value, ms: performance.now() - started };
  }, [name, args]);
}

async function load(page) {
  await page.evaluate(async () => {
    const [engine, byHand] = [await import('./browser.js'), await import('./by-hand.js')];
    await engine.default();
    let database, position = 0;
    window.bench = {
      ...engine,
      byHand: async (count) => {
        database ??= await byHand.openByHand();
        for (let done = 0; done < count; done += 1) await byHand.createOrderByHand(database, (position += 1));
      },
    };
  });
}

/** Beside each other in one page, on a profile on disk: a private window's commits reach no disk. */
async function measureCommands(site) {
  const profile = mkdtempSync(join(tmpdir(), 'hindsight-bench-'));
  const context = await chromium.launchPersistentContext(profile, browserCommand());
  const page = await context.newPage();
  await page.goto(`${site.url}bench.html`);
  await load(page);
  const beside = await besideByHand(page, 'commands');
  console.log(`CreateOrder, the whole pipeline with read models: ${beside.engine}`);
  console.log(`the same records in one transaction by hand:      ${beside.hand}`);
  console.log(`ratio, median of ${ROUNDS} pairs:                        ${beside.ratio}; to reach: 2`);
  console.log(`the same through the lab, which keeps a tape and a trace: ${(await besideByHand(page, 'lab_commands')).ratio} times by hand`);
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}

async function besideByHand(page, name) {
  await inPage(page, name, COMMANDS);
  await inPage(page, 'byHand', COMMANDS);
  const [engine, hand] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    hand.push((await inPage(page, 'byHand', COMMANDS)).ms / COMMANDS);
    engine.push((await inPage(page, name, COMMANDS)).ms / COMMANDS);
  }
  const told = (values) => `${median(values).toFixed(2)} ms (${spread(values)})`;
  const ratios = engine.map((ms, round) => ms / hand[round]);
  return { engine: told(engine), hand: told(hand), ratio: `${median(ratios).toFixed(2)} (${spread(ratios)})` };
}

/** Makes a profile with the events in it, and opens the release page there. */
async function measureOpening(site) {
  const context = await site.browser.newContext();
  const page = await context.newPage();
  await page.goto(`${site.url}bench.html`);
  await load(page);
  const fill = await inPage(page, 'fill', ORDERS);
  const catchUp = await inPage(page, 'catch_up');
  console.log(`\n${ORDERS * 4} events appended and sealed in ${(fill.ms / 1000).toFixed(1)} s, all read models made in ${(catchUp.ms / 1000).toFixed(1)} s`);
  const rebuild = await inPage(page, 'rebuild');
  console.log(`rebuild of the sales dashboard: ${Math.round(rebuild.value / rebuild.ms).toLocaleString('en')} thousand events a second`);
  await page.close();
  for (let visit = 1; visit <= 3; visit += 1) console.log(await open(context, site.url, visit));
  await context.close();
}

async function open(context, release, visit) {
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((task) => Math.round(task.duration))))
      .observe({ type: 'longtask', buffered: true });
  });
  const started = performance.now();
  await page.goto(release);
  // Usable: the last event of the log stands in its list, and the newest orders in theirs.
  await page.locator('.log [role=row], .log__row').last().waitFor();
  await page.locator('.orders tbody tr, .orders__row').first().waitFor();
  const usable = performance.now() - started;
  await page.waitForTimeout(6_000);
  const tasks = await page.evaluate(() => window.longTasks);
  await page.close();
  return `opening, visit ${visit}: usable after ${Math.round(usable)} ms; tasks over 50 ms: ${tasks.length ? `${tasks.join(', ')} ms` : 'none'}; to reach: 1,500 ms, none`;
}

const site = await startSite({ folder: process.argv[2] });
try {
  await measureCommands(site);
  await measureOpening(site);
} finally {
  await site.stop();
}
