// Runs Lighthouse on the release page and prints its marks and what cost them.
//   node lighthouse.mjs [VIEW…]     a view is a hash, such as '#/lab'

import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { startServer } from './server.mjs';

const WANTED = 95;
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];

const require = createRequire(new URL('../../.tools/node/package.json', import.meta.url));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { default: lighthouse, desktopConfig } = await load('lighthouse');
const { launch } = await load('chrome-launcher');

/** The audits that took something away, worst first. */
function losses(result, category) {
  return category.auditRefs
    .map(({ id, weight }) => ({ ...result.audits[id], weight }))
    .filter(({ score, weight }) => weight > 0 && score !== null && score < 0.9)
    .sort((a, b) => b.weight * (1 - b.score) - a.weight * (1 - a.score))
    .map(({ id, displayValue }) => `      ${id} ${displayValue ?? ''}`);
}

async function mark(url, device, port) {
  const config = device === 'desktop' ? desktopConfig : undefined;
  const { lhr } = await lighthouse(url, { port, output: 'json', onlyCategories: CATEGORIES }, config);
  const marks = CATEGORIES.map((name) => ({ name, mark: Math.round(lhr.categories[name].score * 100) }));
  console.log(`${device} ${new URL(url).hash || '(start)'}: ${marks.map(({ name, mark }) => `${name} ${mark}`).join(', ')}`);
  for (const { name } of marks.filter(({ mark }) => mark < 100)) {
    console.log([`   ${name}:`, ...losses(lhr, lhr.categories[name])].join('\n'));
  }
  return marks.every(({ mark }) => mark >= WANTED);
}

const views = process.argv.length > 2 ? process.argv.slice(2) : [''];
const server = await startServer();
const chrome = await launch({
  chromePath: process.env.CHROME,
  chromeFlags: (process.env.CHROME_FLAGS ?? '').split(' ').filter(Boolean),
});
let isGoodEnough = true;
try {
  for (const view of views) {
    for (const device of ['phone', 'desktop']) {
      isGoodEnough = (await mark(server.url + view, device, chrome.port)) && isGoodEnough;
    }
  }
} finally {
  await chrome.kill();
  await server.stop();
}
if (!isGoodEnough) {
  console.error(`error: a mark is below ${WANTED}.`);
  process.exit(1);
}
