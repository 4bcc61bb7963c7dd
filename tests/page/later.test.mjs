// Parts of the program come later: what the page begins with does without them, they are at hand before
// anybody asks, and where one cannot be fetched the page says so and tries again.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openLab } from './lab.mjs';
import { eventually, startSite } from './support.mjs';

/** The files of parts: every wasm but the one that the page begins with, and their words. */
const PARTS = /\/(opened|details|sagas|shared|of_later)[-.][0-9a-z]+\.(wasm|json)(\?\w+)?$/;
// A service worker would fetch them out of the tests' sight.
const VISITOR = { serviceWorkers: 'block' };
const NO_PARTS = [PARTS, (route) => route.abort('failed')];
const WITHOUT_PARTS = { ...VISITOR, route: NO_PARTS };
const EXCUSED = /Failed to fetch|ERR_FAILED|ERR_CONNECTION_REFUSED|Service Worker registration blocked/;

const late = (page) => page.locator('.late').filter({ visible: true });
const focused = (page) => page.evaluate(() => document.activeElement.textContent);

/** Keeps the parts back until they are let through. */
function heldBack() {
  let letThrough;
  const gate = new Promise((open) => { letThrough = open; });
  return { visitor: { ...VISITOR, route: [PARTS, (route) => gate.then(() => route.continue())] }, letThrough };
}

describe('what comes later', () => {
  let site;
  before(async () => {
    site = await startSite();
  });
  after(() => site.stop());

  test('home and the list of scenarios need no part', async () => {
    for (const [hash, title] of [['', '#title-home'], ['#/scenarios', '#title-scenarios']]) {
      const { page, close } = await site.openPage({ hash, ...WITHOUT_PARTS });
      await page.locator(title).waitFor();
      assert.equal(await late(page).count(), 0, `nothing is missing at ${hash || '#/'}`);
      await close({ excused: EXCUSED });
    }
  });

  test('an empty lab needs no part, and an order can be created in it', async () => {
    for (const size of ['desktop', 'phone']) {
      const { page, lab, close } = await openLab(site, { size, ...WITHOUT_PARTS });
      await eventually(() => page.locator('.transport').count(), 1);
      await page.waitForFunction(() => document.querySelector('#pane-read-models .models'));
      assert.equal(await late(page).count(), 0, `nothing is missing on a ${size}`);
      assert.match(await lab.announced(() => page.keyboard.press('c')), /OrderCreated/);
      if (size === 'desktop') await eventually(() => lab.alert.count(), 1, 'what is missing now is said once');
      await close({ excused: EXCUSED });
    }
  });

  test('every part is at hand before somebody asks: then what is opened needs no network', async (t) => {
    const leaving = await startSite();
    t.after(() => leaving.stop());
    const { page, lab, close } = await openLab(leaving, VISITOR);
    const parts = [];
    page.on('requestfinished', (request) => {
      const part = PARTS.exec(request.url())?.[1];
      if (part && part !== 'shared') parts.push(part);
    });
    await eventually(() => parts.toSorted(), ['details', 'of_later', 'opened', 'sagas'], 'each of them once');
    await page.waitForLoadState('networkidle');
    await leaving.stopServer();
    await page.keyboard.press('?');
    await lab.dialog('help.title').getByRole('checkbox').waitFor();
    await page.keyboard.press('Escape');
    await lab.create();
    await lab.panes.order.getByRole('slider').waitFor();
    await close({ excused: EXCUSED });
  });

  test('a dialog opens by key at once with the focus on its title, and its content arrives beneath', async () => {
    const { visitor, letThrough } = heldBack();
    const { page, lab, close } = await openLab(site, visitor);
    await page.keyboard.press('?');
    const dialog = lab.dialog('help.title');
    await dialog.getByText(lab.say('late.under_way')).waitFor();
    assert.equal(await focused(page), lab.say('help.title'));
    const before = await dialog.boundingBox();
    letThrough();
    await dialog.getByRole('checkbox').waitFor();
    assert.equal(await focused(page), lab.say('help.title'), 'the focus stays');
    assert.equal((await dialog.boundingBox()).width, before.width);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    assert.ok(await dialog.getByRole('checkbox').evaluate((box) => box === document.activeElement));
    await close({ excused: EXCUSED });
  });

  test('a part that cannot be fetched is told with what to do, and comes when it is asked for again', async () => {
    for (const language of ['en', 'es']) {
      const { page, lab, close } = await openLab(site, { language, ...WITHOUT_PARTS });
      await page.keyboard.press('?');
      const dialog = lab.dialog('help.title');
      assert.equal(await dialog.getByRole('alert').textContent(), lab.say('late.failed'));
      await page.unroute(...NO_PARTS);
      await dialog.getByRole('button', { name: lab.say('page.try_again') }).press('Enter');
      await dialog.getByRole('checkbox').waitFor();
      assert.equal(await focused(page), lab.say('help.title'), 'the focus is not lost');
      await close({ excused: EXCUSED });
    }
  });

  test('what has happened is shown as soon as its part is here, and nothing moves for it', async () => {
    const { visitor, letThrough } = heldBack();
    const { page, lab, close } = await openLab(site, visitor);
    await lab.send('create');
    await lab.panes.log.getByText(lab.say('late.under_way')).waitFor();
    const places = () => page.evaluate(() =>
      ['.picture', '.orders__body', '.log__body', '.transport'].map((part) => {
        const { top, height } = document.querySelector(part).getBoundingClientRect();
        return [part, Math.round(top), Math.round(height)];
      }));
    const before = await places();
    letThrough();
    await eventually(lab.length, 1);
    await lab.panes.order.getByRole('slider').waitFor();
    assert.deepEqual(await places(), before);
    await close({ excused: EXCUSED });
  });

  test('the page is complete when all is here', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await eventually(() => late(page).count(), 0);
    await close();
  });
});
