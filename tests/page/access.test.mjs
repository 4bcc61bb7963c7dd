// For everybody: axe finds nothing on any view, theme, language and size; nothing is too small or too wide.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openLab } from './lab.mjs';
import { SIZES, axeFindings, eventually, startSite, words } from './support.mjs';

const TARGET_MIN = 24;

/** A walk through every view: how each comes to be, and what leads on from it. */
const WALK = [
  { view: 'empty', onEveryPane: true },
  {
    view: 'the help',
    bring: ({ page, lab }) => page.getByRole('button', { name: lab.say('page.help') }).click(),
    leave: ({ page }) => page.keyboard.press('Escape'),
  },
  {
    view: 'a form with wrong values',
    bring: async ({ lab }) => {
      await lab.openForm();
      await lab.fill({ customer: '', 'items[0].quantity': '0' });
      await lab.send('create');
    },
    leave: ({ lab }) => lab.fill({ customer: 'Ana', 'items[0].quantity': '1' }),
  },
  {
    view: 'an order that was shipped',
    onEveryPane: true,
    bring: async ({ lab }) => {
      await lab.create();
      for (const kind of ['pay', 'ship']) await lab.send(kind);
      await eventually(() => lab.isDashed('deliver'), false);
    },
  },
  {
    view: 'an event\'s details',
    bring: async ({ page, lab }) => {
      await page.keyboard.press('l');
      await page.locator('#title-log:focus').waitFor();
      await lab.grid.focus();
      for (const key of ['End', 'Enter']) await page.keyboard.press(key);
      await lab.panes.log.getByText(lab.say('log.stored_data')).waitFor();
    },
  },
  {
    view: 'an earlier version',
    bring: async ({ page, lab }) => {
      await page.keyboard.press('i');
      await page.locator('#title-order:focus').waitFor();
      await lab.panes.order.getByRole('button', { name: lab.say('order.previous') }).click();
      await lab.panes.order.getByRole('button', { name: lab.say('order.to_latest') }).waitFor();
    },
  },
  { view: 'a refused command', bring: ({ lab }) => lab.send('pay').then(() => lab.send('deliver')).then(() => lab.send('cancel')) },
  {
    view: 'the export',
    bring: ({ lab }) => lab.menu('page.menu_export'),
    leave: ({ page }) => page.keyboard.press('Escape'),
  },
  { view: 'starting over', bring: ({ lab }) => lab.menu('page.menu_start_over'), leave: ({ lab }) => lab.startOver() },
  { view: 'the way back' },
];

/** Goes through all views and does something on each, pane by pane where one is shown at a time. */
async function walk(opened, act) {
  const tabs = opened.page.getByRole('tab');
  const isNarrow = await tabs.count() > 0;
  for (const { view, onEveryPane, bring, leave } of WALK) {
    if (isNarrow) await tabs.filter({ hasText: opened.lab.say('pane.commands') }).click();
    await bring?.(opened);
    const panes = isNarrow && onEveryPane ? await tabs.count() : 1;
    for (let at = 0; at < panes; at += 1) {
      if (panes > 1) await tabs.nth(at).click();
      await act(panes > 1 ? `${view}, ${(await tabs.nth(at).textContent()).trim()}` : view);
    }
    await leave?.(opened);
  }
}

describe('for everybody', () => {
  let site;
  before(async () => {
    site = await startSite();
  });
  after(() => site.stop());

  for (const size of Object.keys(SIZES)) {
    for (const language of ['en', 'es']) {
      test(`axe finds nothing on any view: ${size}, ${language}`, async () => {
        const found = new Set();
        const look = async (page, view) => {
          for (const colorScheme of ['light', 'dark']) {
            await page.emulateMedia({ colorScheme });
            // Nothing but colours is another in the dark.
            const findings = await axeFindings(page, { onlyColours: colorScheme === 'dark' });
            for (const finding of findings) found.add(`${view}, ${colorScheme}: ${finding}`);
          }
        };
        const opened = await openLab(site, { size, language, reducedMotion: 'reduce' });
        await walk(opened, (view) => look(opened.page, view));
        await opened.close();
        const say = words(language);
        for (const [hash, wayOut] of [['#/nowhere', 'unknown.home'], ['#/lab/order/unknown', 'commands.unselect']]) {
          const { page, close } = await site.openPage({ size, language, hash, reducedMotion: 'reduce' });
          await page.getByText(say(wayOut)).filter({ visible: true }).first().waitFor();
          await look(page, hash);
          await close();
        }
        assert.deepEqual([...found], []);
      });
    }
  }

  test('axe finds nothing with forced colours, where nothing is kept, and where data is newer', async () => {
    const forced = await openLab(site, { forcedColors: 'active', reducedMotion: 'reduce' });
    await walk(forced, async (view) => assert.deepEqual(await axeFindings(forced.page), [], view));
    await forced.close();

    const blocked = await openLab(site, { init: () => Object.defineProperty(window, 'indexedDB', { value: undefined }) });
    assert.deepEqual(await axeFindings(blocked.page), []);
    await blocked.close();

    const newer = await site.openPage({
      prepare: (page) => page.evaluate(() => new Promise((made) => {
        const request = indexedDB.open('hindsight.1', 9);
        request.onsuccess = () => made(request.result.close());
      })),
    });
    await newer.page.getByRole('heading', { name: words()('refused.newer_title') }).waitFor();
    assert.deepEqual(await axeFindings(newer.page), []);
    await newer.close();
  });

  test('no view is wider than its window', async () => {
    const wide = [];
    for (const width of [1440, 1024, 390, 320]) {
      for (const language of ['en', 'es']) {
        const opened = await openLab(site, { size: { width, height: 800 }, language });
        await walk(opened, async (view) => {
          const over = await opened.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          if (over > 0) wide.push(`${view} at ${width}, ${language}: ${over} px`);
        });
        await opened.close();
      }
    }
    assert.deepEqual(wide, []);
  });

  test('everything that can be pressed is large enough', async () => {
    const small = new Set();
    for (const size of Object.keys(SIZES)) {
      const opened = await openLab(site, { size });
      await walk(opened, async (view) => {
        for (const target of await tooSmall(opened.page)) small.add(`${view}, ${size}: ${target}`);
      });
      await opened.close();
    }
    assert.deepEqual([...small], []);
  });

  test('nothing moves for who wants no motion', async () => {
    const opened = await openLab(site, { reducedMotion: 'reduce' });
    await walk(opened, async () => {});
    const moving = await opened.page.evaluate(() => [...document.querySelectorAll('*')].filter((element) => {
      const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
      const lasts = (durations) => durations.split(',').some((duration) => parseFloat(duration) > 0.01);
      return (animationName !== 'none' && lasts(animationDuration)) || lasts(transitionDuration);
    }).map((element) => element.className));
    assert.deepEqual([...new Set(moving)], []);
    await opened.close();
  });
});

/** What can be pressed and is smaller than WCAG 2.2 wants it. A row and the link in it are one target. */
const tooSmall = (page) => page.evaluate((min) => {
  const shown = [...document.querySelectorAll('button, a[href], input, select, summary')]
    .filter((target) => target.checkVisibility({ visibilityProperty: true }) && !target.matches('.skip, [tabindex="-1"]'));
  const sizes = shown.map((target) => {
    const whole = target.closest('[role=row]') ?? (target.matches('[type=checkbox]') ? target.closest('label') : target);
    const { width, height } = whole.getBoundingClientRect();
    return { name: target.getAttribute('aria-label') ?? target.textContent.trim(), width, height };
  });
  return sizes.filter(({ width, height }) => width < min || height < min)
    .map(({ name, width, height }) => `${name} ${width.toFixed(1)} × ${height.toFixed(1)}`);
}, TARGET_MIN);
