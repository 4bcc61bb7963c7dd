// The lab as a person meets it: its parts by role and name, and what one does there.

import assert from 'node:assert/strict';
import { eventually, untilMounted, words } from './support.mjs';

const MODELS = ['model.order_details', 'model.customer_orders', 'model.sales_dashboard'];
const STATUSES = ['pending', 'paid', 'shipped', 'delivered', 'cancelled'];

/** Opens the page and waits for its lab. Returns the lab beside what `openPage` returns. */
export async function openLab(site, options = {}) {
  const opened = await site.openPage(options);
  const lab = labOf(opened.page, options.language);
  await lab.ready();
  return { ...opened, lab };
}

/** The lab on a page. */
export function labOf(page, language = 'en') {
  const say = words(language);
  const part = (id) => page.locator(`#${id}`);
  const panes = {
    commands: part('pane-commands'),
    orders: part('pane-orders'),
    log: part('pane-log'),
    order: part('pane-order'),
    models: part('pane-read-models'),
  };
  const named = (word) => new RegExp(`^${word}( ?, ${say('commands.will_be_refused')})?$`);
  const button = (kind) => panes.commands.getByRole('button', { name: named(say(`commands.${kind}`)) }).first();
  const live = page.locator('[role=status][aria-live=polite]');
  const grid = panes.log.locator('[role=treegrid]');

  const lab = {
    page,
    say,
    panes,
    button,
    live,
    grid,
    sentence: page.getByRole('region', { name: say('now.title') }).locator('p[dir=auto]'),
    alert: page.getByRole('alert'),
    dialog: (key) => page.getByRole('dialog', { name: say(key) }),

    async ready() {
      await untilMounted(page);
      await panes.commands.locator('.button--primary').first().waitFor({ state: 'attached' });
      // Where one part is shown at a time, the commands are behind their tab.
      const tab = page.getByRole('tab', { name: say('pane.commands'), exact: true });
      if (await tab.count() > 0) await tab.click();
      await button('create').waitFor();
    },

    /** Does something that is announced, and waits for the words. */
    async announced(act) {
      const before = await live.textContent();
      await act();
      await page.waitForFunction(
        ([before]) => document.querySelector('[role=status][aria-live=polite]').textContent !== before,
        [before],
      );
      return (await live.textContent()).replace('\u00a0', '');
    },

    /** Presses the button of a command and waits until it was answered. */
    send: (kind) => lab.announced(() => button(kind).click()),

    /** Creates an order with ready values; its id, once everything shows it. */
    async create() {
      await lab.send('create');
      await eventually(() => lab.offered(), true, 'the new order can be told something');
      return lab.selected();
    },

    /** Whether the commands for the selected order are ready. */
    offered: () => button('pay').isEnabled(),

    /** The order that the address names. */
    selected: () => decodeURIComponent(new URL(page.url()).hash.match(/^#\/lab\/order\/([^?]+)/)?.[1] ?? ''),

    /** Whether the decider would refuse the command now, as the button says. */
    isDashed: async (kind) => (await button(kind).textContent()).includes(say('commands.will_be_refused')),

    /** How many events the log has. */
    length: () => panes.log.evaluate((log) => Number(log.querySelector('[role=treegrid]')?.getAttribute('aria-rowcount') ?? 1) - 1),

    /** The positions of the rows that are in the document. */
    positions: () => grid.getByRole('row').evaluateAll((rows) =>
      rows.slice(1).map((row) => Number(row.firstElementChild.textContent.replace(/\D/g, '')))),

    /** A row of the log by its place in the list, counted from 1. */
    row: (place) => grid.locator(`[aria-rowindex="${place + 1}"]`),

    /** How far each read model has read, in words. */
    models: () => Promise.all(MODELS.map((key) =>
      panes.models.getByRole('progressbar', { name: say(key), exact: true }).getAttribute('aria-valuetext'))),

    /** Waits until every read model has read up to a position. */
    async modelsAt(position) {
      const text = `${say('models.at', { position: position.toLocaleString('en') })}, ${say('models.up_to_date')}`;
      await eventually(lab.models, MODELS.map(() => text), 'the read models follow');
    },

    /** The sales figures: money, share of cancelled orders, orders by status, up to which event. */
    sales: () => page.getByRole('region', { name: say('sales.title') }).evaluate((sales, statuses) => {
      const [revenue, cancelled] = [...sales.querySelectorAll('dd')].map((figure) => figure.textContent);
      const counts = [...sales.querySelectorAll('tr')].map((row) => Number(row.lastElementChild.textContent.replace(/\D/g, '')));
      const text = sales.textContent;
      return {
        revenue,
        cancelled,
        counts: Object.fromEntries(statuses.map((status, at) => [status, counts[at]])),
        upTo: text.slice(text.lastIndexOf(' ') + 1),
      };
    }, STATUSES),

    /** The list of orders, a text a cell. */
    orders: () => panes.orders.locator('tbody').getByRole('row').evaluateAll((rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.textContent))),

    /** Opens the form of a new order. */
    async openForm() {
      await panes.commands.getByText(say('commands.create_edit')).click();
      await lab.field('customer').waitFor();
    },

    /** A field of a command's form by its path. */
    field: (path, command = 'CreateOrder') => page.locator(`[id="${command}-${path}"]`),

    /** Types into fields of the new order's form. */
    async fill(values) {
      for (const [path, value] of Object.entries(values)) await lab.field(path).fill(value);
    },

    /** What stands in fields of the new order's form. */
    typed: async (paths) => Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await lab.field(path).inputValue()]))),

    /** Takes items of the new order away until one is left. */
    async oneItem() {
      const remove = panes.commands.getByRole('button', { name: say('commands.remove_item', { number: 2 }) });
      while (await remove.count()) await remove.click();
    },

    /** What is wrong with a field, as its input says it; empty for a field that is right. */
    async problem(path, command) {
      const field = lab.field(path, command);
      if ((await field.getAttribute('aria-invalid')) !== 'true') return '';
      const id = await field.getAttribute('aria-describedby');
      return page.locator(`[id="${id}"]`).textContent();
    },

    /** Begins with an empty log, in the dialog for it. */
    async startOver() {
      await lab.dialog('over.title').getByRole('button', { name: say('over.start'), exact: true }).click();
      await eventually(lab.length, 0);
    },

    /** Opens an item of the header's menu. */
    async menu(key) {
      await page.getByRole('button', { name: say('page.menu'), exact: true }).click();
      await page.locator('#menu').getByRole('button', { name: say(key) }).click();
    },
  };
  return lab;
}

/** The total of an order in minor units, from a text with two decimals. */
export function minorUnits(text) {
  const digits = text.match(/[\d.,]+[.,]\d\d/)?.[0] ?? assert.fail(`no amount in ${text}`);
  return Number(digits.replace(/[.,]/g, ''));
}
