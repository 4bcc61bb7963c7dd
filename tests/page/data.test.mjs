// A person's data is theirs: exported, given up and taken back; what they chose is remembered.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { storedEvents } from './database.mjs';
import { labOf, openLab } from './lab.mjs';
import { axeFindings, downloaded, eventually, startSite, untilMounted, words } from './support.mjs';

describe('a person\'s data', () => {
  let site;
  before(async () => {
    site = await startSite();
  });
  after(() => site.stop());

  test('the export is a CloudEvent a line, all of them', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await lab.send('pay');
    await lab.create();
    await lab.menu('page.menu_export');
    const dialog = lab.dialog('export.title');
    const lines = await downloaded(page, () => dialog.getByRole('button', { name: lab.say('export.start') }).click());
    await dialog.getByText(lab.say('export.done.other', { count: 3 })).waitFor();
    const stored = await storedEvents(page);
    assert.deepEqual(lines.map(({ id, type, subject, sequence, data }) => ({ id, type, subject, sequence, data })),
      stored.map(({ id, type, stream, position, data }) => ({ id, type, subject: stream, sequence: String(position), data })));
    for (const line of lines) {
      assert.equal(line.specversion, '1.0');
      assert.equal(line.datacontenttype, 'application/json');
      assert.ok(!Number.isNaN(Date.parse(line.time)));
    }
    await close();
  });

  test('starting over offers an export first, and undo brings everything back', async () => {
    const { page, lab, close } = await openLab(site);
    const order = await lab.create();
    await lab.send('pay');
    await lab.modelsAt(2);
    const before = await storedEvents(page);

    await lab.menu('page.menu_start_over');
    const dialog = lab.dialog('over.title');
    await dialog.getByText(lab.say('count.events.other', { count: 2 })).waitFor();
    const lines = await downloaded(page, () => dialog.getByRole('button', { name: lab.say('over.export') }).click());
    assert.equal(lines.length, 2);
    assert.equal(await lab.length(), 2, 'an export starts nothing over');

    await lab.startOver();
    await lab.panes.log.getByText(lab.say('log.empty')).waitFor();
    await eventually(lab.orders, []);
    await lab.modelsAt(0);
    assert.equal(lab.selected(), '');

    await page.getByRole('button', { name: lab.say('over.undo'), exact: true }).click();
    await eventually(lab.length, 2);
    await eventually(async () => (await lab.orders())[0]?.[0], order.slice(-4));
    await lab.modelsAt(2);
    await page.reload();
    await lab.ready();
    await eventually(lab.length, 2);
    await lab.modelsAt(2);
    assert.deepEqual(await storedEvents(page), before);
    await close();
  });

  test('after starting over a reload stays empty, and a new order is the first event', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await lab.menu('page.menu_start_over');
    await lab.startOver();
    await page.reload();
    await lab.ready();
    await lab.panes.log.getByText(lab.say('log.empty')).waitFor();
    await lab.create();
    await eventually(lab.length, 1);
    await close();
  });

  test('starting over in one tab reaches the other', async () => {
    const { page, context, lab, close } = await openLab(site);
    await lab.create();
    const otherPage = await context.newPage();
    await otherPage.goto(`${site.url}#/lab`);
    const other = labOf(otherPage);
    await other.ready();
    await eventually(other.length, 1);
    await lab.menu('page.menu_start_over');
    await lab.startOver();
    await eventually(other.length, 0);
    await page.getByRole('button', { name: lab.say('over.undo'), exact: true }).click();
    await eventually(other.length, 1);
    await close();
  });

  test('the page speaks the browser\'s language at first, and then the one that was chosen', async () => {
    const { page, lab, close } = await openLab(site, { language: 'es' });
    const language = () => page.locator('html').getAttribute('lang');
    assert.equal(await language(), 'es');
    assert.equal(await page.title(), lab.say('page.title'));
    await page.getByRole('button', { name: 'EN (English)' }).click();
    await eventually(language, 'en');
    const english = words('en');
    await page.getByRole('heading', { name: english('pane.commands') }).waitFor();
    assert.equal(await page.title(), english('page.title'));
    await page.reload();
    await page.getByRole('heading', { name: english('pane.commands') }).waitFor();
    assert.equal(await language(), 'en');
    await close();
  });

  test('only the texts of the language that is spoken are fetched', async () => {
    const { page, close } = await site.openPage();
    await untilMounted(page);
    const fetched = [];
    // Those of later parts come when they come.
    page.on('request', (request) => fetched.push(...request.url().match(/texts\/(?!of_later)\w+/) ?? []));
    await page.reload();
    await untilMounted(page);
    assert.deepEqual(fetched, ['texts/en']);
    await page.getByRole('button', { name: 'ES (Español)' }).click();
    await page.getByRole('button', { name: 'EN (English)' }).click();
    await page.getByRole('button', { name: 'ES (Español)' }).waitFor();
    assert.deepEqual(fetched, ['texts/en', 'texts/es']);
    await close();
  });

  test('a language whose texts cannot be fetched is not spoken, and the page says so', async () => {
    const { page, lab, close } = await openLab(site, { serviceWorkers: 'block' });
    await page.route(/texts\/es/, (route) => route.abort());
    const missing = lab.say('page.language_missing', { language: 'Español' });
    const wanted = page.getByRole('button', { name: 'ES (Español)' });
    const notice = lab.alert.filter({ hasText: missing });
    await wanted.click();
    await notice.waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    await notice.getByRole('button', { name: lab.say('page.dismiss') }).click();
    await notice.waitFor({ state: 'detached' });
    await wanted.click();
    await notice.waitFor();
    assert.deepEqual(await axeFindings(page), []);
    await page.unroute(/texts\/es/);
    await notice.getByRole('button', { name: lab.say('page.try_again') }).click();
    await notice.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'EN (English)' }).waitFor();
    await close({ excused: /texts\/es|ERR_FAILED|blocked by Playwright/ });
  });

  test('a page whose texts cannot be fetched says so in the language of the person, and how to go on', async () => {
    for (const [language, button] of [['en', 'Reload'], ['es', 'Recargar']]) {
      let isOffline = true;
      const { page, close } = await site.openPage({
        language,
        route: [/texts\//, (route) => (isOffline ? route.abort() : route.continue())],
      });
      const alert = page.getByRole('alert');
      await alert.waitFor();
      assert.equal(await alert.locator('p:visible').getAttribute('lang'), language);
      assert.equal(await page.locator('#loading .loading-what:visible').count(), 0);
      isOffline = false;
      await alert.getByRole('button', { name: button }).click();
      await untilMounted(page);
      await close({ excused: /texts\/|ERR_FAILED/ });
    }
  });

  test('a language that the page does not speak becomes English, and a link may name one', async () => {
    for (const [language, hash, expected] of [['fr-CH', '', 'en'], ['es-MX', '', 'es'], ['en', '#/lab?lang=es', 'es']]) {
      const { page, close } = await site.openPage({ language, hash });
      await untilMounted(page);
      await eventually(() => page.locator('html').getAttribute('lang'), expected, `${language} ${hash}`);
      await close();
    }
  });

  test('colours follow the browser at first, and then what was chosen', async () => {
    const say = words();
    for (const [theme, isDark] of [['light', false], ['dark', true]]) {
      const { page, lab, close } = await openLab(site, { theme });
      assert.equal(await isPageDark(page), isDark, `${theme} browser`);
      const button = page.getByRole('button', { name: say('page.theme') });
      await button.click();
      await eventually(() => isPageDark(page), false, 'light was chosen');
      await button.click();
      await eventually(() => isPageDark(page), true, 'dark was chosen');
      await page.reload();
      await lab.ready();
      assert.equal(await isPageDark(page), true, 'dark is remembered');
      assert.equal(await button.getAttribute('aria-label'), `${say('page.theme')}: ${say('page.theme_dark')}`);
      await close();
    }
  });
});

/** Whether the page's ground is dark. */
const isPageDark = (page) => page.evaluate(() => {
  const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g).map(Number);
  return red + green + blue < 384;
});
