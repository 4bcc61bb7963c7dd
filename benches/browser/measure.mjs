// Measures in headless Chromium: a command through the whole pipeline beside a hand-written
// transaction, a rebuild, opening the release page on 100,000 events, the picture of any moment, and
// the frames of a picture in which much happens. Called by scripts/bench with a folder that holds the release page and, beside it, the compiled benches/browser.rs: one
// origin for both, since a database belongs to an origin.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserCommand, chromium, startSite } from '../../tests/page/support.mjs';

const ROUNDS = 25;
const COMMANDS = 30;
const ORDERS = 25_024; // four events each

/** Commands that begin at the same pace: so far apart in virtual time, and so many. */
const PACES = [
  { name: '50 commands a second of virtual time', apart_us: 20_000, count: 50 },
  { name: '50 commands a second of real time', apart_us: 5, count: 250 },
];
const FRAMES_MS = 8_000;

/** Sagas that are begun at the same moment, and the speeds at which they are played. */
const SAGAS = 200;
const SAGA_SPEEDS = ['1×', '16×'];

/** Commands of which each takes some 22 moments. */
const DRAGGED_COMMANDS = 4_600;

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
  await page.close();
  for (let visit = 1; visit <= 3; visit += 1) console.log(await open(context, site.url, `visit ${visit}`));
  const later = await context.newPage();
  await later.goto(`${site.url}bench.html`);
  await load(later);
  const rebuild = await inPage(later, 'rebuild');
  console.log(`rebuild of the sales dashboard: ${Math.round(rebuild.value / rebuild.ms).toLocaleString('en')} thousand events a second`);
  await later.close();
  console.log(await open(context, site.url, 'where the tape has a rebuild on it, which is played again'));
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
  await page.goto(`${release}#/lab`);
  // Usable: the last event of the log stands in its list, and the newest orders in theirs.
  await page.locator('.log [role=row], .log__row').last().waitFor();
  await page.locator('.orders tbody tr, .orders__row').first().waitFor();
  const usable = performance.now() - started;
  await page.waitForTimeout(6_000);
  const tasks = await page.evaluate(() => window.longTasks);
  await page.close();
  return `opening, ${visit}: usable after ${Math.round(usable)} ms; tasks over 50 ms: ${tasks.length ? `${tasks.join(', ')} ms` : 'none'}; to reach: 1,500 ms, none`;
}

async function measurePictures(site) {
  const page = await (await site.browser.newContext()).newPage();
  await page.goto(`${site.url}bench.html`);
  await load(page);
  for (const [name, keyframed] of [['with keyframes', true], ['plainly refolded', false]]) {
    const { value } = await inPage(page, 'pictures', 100_000, keyframed);
    console.log(`the picture of any of 100,000 moments, ${name}: p95 ${value.toFixed(2)} ms; to reach: 8`);
  }
  await page.context().close();
}

/** Plays a scenario's tape at the usual speed after its commands were replaced by many. */
async function measureFrames(site, folder) {
  for (const { name, apart_us, count } of PACES) {
    fillScenario(join(folder, 'scenarios/1.json'), apart_us, count);
    const context = await site.browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
    const page = await context.newPage();
    await page.addInitScript(() => localStorage.setItem('hindsight.speed', '"1"'));
    await page.goto(`${site.url}#/s/1`);
    await page.locator('.picture [data-token], .picture__token').first().waitFor();
    const { frames, longest } = await page.evaluate(countFrames, FRAMES_MS);
    const late = frames.filter((ms) => ms > 17).length;
    const sorted = frames.toSorted((a, b) => a - b);
    const p95 = sorted[Math.floor(sorted.length * 0.95)];
    console.log(`playing at 1x, ${name}: frame time p95 ${p95.toFixed(1)} ms, ${late} of ${frames.length} frames late, longest task ${longest} ms; to reach: p95 16.7`);
    await context.close();
  }
}

/** Plays 200 sagas that are under way at once, beside frames in which nothing happens. */
async function measureSagas(site, folder) {
  fillWithSagas(join(folder, 'scenarios/25.json'));
  const context = await site.browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.addInitScript(() => localStorage.setItem('hindsight.speed', '"instant"'));
  await page.goto(`${site.url}#/s/25`);
  const scrubber = page.locator('.scrubber__range');
  await page.locator('.picture__drawing text', { hasText: new RegExp(` ${SAGAS}$`) }).waitFor({ state: 'attached', timeout: 120_000 });
  const told = async () => (await scrubber.getAttribute('aria-valuetext')).split(/[: ]/)[0];
  for (const speed of ['', ...SAGA_SPEEDS]) {
    await page.locator('.transport__play').click();
    await page.waitForTimeout(1_000);
    if (speed) {
      await page.locator('.transport__speed').selectOption({ label: speed });
      await page.locator('.transport__play').click();
    }
    const from = await told();
    const counted = await page.evaluate(countFrames, FRAMES_MS);
    const what = speed ? `playing ${SAGAS} sagas at ${speed}, moments ${from} to ${await told()}` : 'nothing playing';
    console.log(`${what}: ${inFrames(counted)}${speed ? '; to reach: p95 16.7' : ''}`);
    if (!speed) await page.locator('.transport__play').click();
  }
  await context.close();
}

const p95 = (frames) => frames.toSorted((a, b) => a - b)[Math.floor(frames.length * 0.95)].toFixed(1);

function inFrames({ frames, longest }) {
  const late = frames.filter((ms) => ms > 17).length;
  return `frame time p95 ${p95(frames)} ms, ${late} of ${frames.length} frames late, longest task ${longest} ms`;
}

/** The tape of a scenario of sagas, with as many orders at once and enough of everything. */
function fillWithSagas(file) {
  const scenario = JSON.parse(readFileSync(file, 'utf8'));
  const lines = scenario.tape.trim().split('\n');
  const order = JSON.parse(lines.find((line) => line.includes('CreateOrder')));
  const stock = JSON.parse(lines.find((line) => line.includes('inventory')));
  stock.input.fulfilment.set.amount = 10 * SAGAS;
  const mode = lines.find((line) => line.includes('mode'));
  const orders = Array.from({ length: SAGAS }, (_, number) => {
    const given = structuredClone(order);
    const id = String(number + 1).padStart(12, '0');
    given.input.command.id = `01996b5e-0800-7000-9000-${id}`;
    given.input.command.command.CreateOrder.order = `01996b5e-0900-7000-9000-${id}`;
    return JSON.stringify(given);
  });
  scenario.steps = [];
  scenario.tape = `${[lines[0], mode, JSON.stringify(stock), ...orders].join('\n')}\n`;
  writeFileSync(file, JSON.stringify(scenario));
}

/** Drags the scrubber over 100,000 moments, there and back, with every pane of the lab open. */
async function measureDragging(site, folder) {
  fillScenario(join(folder, 'scenarios/1.json'), 5_000, DRAGGED_COMMANDS);
  const context = await site.browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.addInitScript(() => localStorage.setItem('hindsight.speed', '"instant"'));
  await page.goto(`${site.url}#/s/1`);
  const scrubber = page.locator('.scrubber__range');
  const end = () => scrubber.evaluate((range) => Number(range.max));
  for (let before = -1; before !== (await end()) || before < 1_000; ) {
    before = await end();
    await page.waitForTimeout(2_000);
  }
  const told = await scrubber.getAttribute('aria-valuetext');
  const { x, y, width, height } = await scrubber.boundingBox();
  const to = (share) => page.mouse.move(x + 8 + (width - 16) * share, y + height / 2);
  await to(0.99);
  await page.mouse.down();
  await to(0.98);
  await page.waitForTimeout(2_000);
  const counting = page.evaluate(countFrames, FRAMES_MS);
  let [moved, rows] = [0, new Set()];
  for (const over = performance.now() + FRAMES_MS; performance.now() < over; moved += 1) {
    await to(0.5 + 0.48 * Math.cos(moved / 60));
    if (moved % 50 === 0) rows.add(await page.locator('.log [role=row]').last().textContent());
  }
  const { frames, longest } = await counting;
  await page.mouse.up();
  const sorted = frames.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.floor(sorted.length * share)].toFixed(1);
  const late = frames.filter((ms) => ms > 17).length;
  console.log(`dragging over ${told}: ${moved} moves, ${rows.size} ends of the log seen: frame time median ${at(0.5)} ms, p95 ${at(0.95)} ms, ${late} of ${frames.length} frames late, longest task ${longest} ms; to reach: p95 16.7`);
  await context.close();
}

function fillScenario(file, apart_us, count) {
  const scenario = JSON.parse(readFileSync(file, 'utf8'));
  const [head, first] = scenario.tape.split('\n');
  const id = (prefix, number) => `01996b5e-${prefix}-7000-9000-${String(number).padStart(12, '0')}`;
  const inputs = Array.from({ length: count }, (_, number) => {
    const line = JSON.parse(first);
    line.at = number * apart_us;
    line.input.command.id = id('0800', number + 1);
    line.input.command.command.CreateOrder.order = id('0900', number + 1);
    return JSON.stringify(line);
  });
  scenario.steps = [];
  scenario.tape = `${[head, ...inputs].join('\n')}\n`;
  writeFileSync(file, JSON.stringify(scenario));
}

/** In the page: the time from each frame to the next, and the longest task. */
function countFrames(milliseconds) {
  return new Promise((resolve) => {
    const frames = [];
    let [longest, before, began] = [0, 0, 0];
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) longest = Math.max(longest, Math.round(task.duration));
    }).observe({ type: 'longtask' });
    const frame = (now) => {
      if (before) frames.push(now - before);
      began ||= now;
      before = now;
      if (now - began < milliseconds) requestAnimationFrame(frame);
      else resolve({ frames, longest });
    };
    requestAnimationFrame(frame);
  });
}

const PARTS = { commands: measureCommands, opening: measureOpening, pictures: measurePictures, frames: measureFrames, sagas: measureSagas, dragging: measureDragging };

const site = await startSite({ folder: process.argv[2] });
try {
  const asked = process.argv.slice(3);
  for (const part of asked.length ? asked : Object.keys(PARTS)) await PARTS[part](site, process.argv[2]);
} finally {
  await site.stop();
}
