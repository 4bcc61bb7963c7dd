// The source of what ran, in the inspector: fetched on demand, there without a network, told when missing.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { labOf, openLab } from './lab.mjs';
import { axeFindings, eventually, startSite, untilMounted } from './support.mjs';

const DECIDER = 'src/domain/orders/decider.rs';
const lines = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8').split('\n');

describe('source', () => {
  let site;
  before(async () => { site = await startSite(); });
  after(() => site.stop());

  /** The source in the inspector: what is shown, line by line with numbers, and how to open it. */
  const sourceOf = (lab) => {
    const part = lab.page.locator('.inspector__source');
    const codes = () => part.locator('.source:visible').evaluateAll((shown) => shown.map((code) => ({
      place: code.firstElementChild.textContent,
      marked: [...code.querySelectorAll('[aria-current=true]')].map((line) => Number(line.dataset.line)),
      lines: [...code.querySelectorAll('[data-line]')].map((line) =>
        [Number(line.dataset.line), line.lastChild.textContent.trimEnd()]),
    })));
    return { part, codes, open: () => part.locator('summary').click() };
  };

  /** Looks at the first moment of a kind: by its name in the code. */
  async function lookAt(lab, name) {
    await lab.page.getByRole('button', { name: lab.say('transport.start'), exact: true }).click();
    const kind = lab.page.locator('.inspector__data > code');
    for (let step = 0; step < 60; step += 1) {
      await lab.announced(() => lab.page.keyboard.press('ArrowRight'));
      if ((await kind.textContent()) === name) return;
    }
    assert.fail(`there is no ${name}`);
  }

  test('a decision shows its rule as it was compiled, stays open, and costs nothing before it is opened', async () => {
    const { page, lab, close } = await openLab(site);
    const fetched = [];
    page.on('request', (request) => { if (request.url().includes('.rs')) fetched.push(request.url()); });
    await lab.create();
    await lab.send('ship');
    const source = sourceOf(lab);
    await lookAt(lab, 'decided');
    assert.deepEqual(fetched, []);
    await source.open();
    await eventually(async () => (await source.codes()).length, 2);
    const [rule, pipeline] = await source.codes();
    assert.ok(rule.place.startsWith(DECIDER) && pipeline.place.startsWith('src/engine/pipeline.rs'), rule.place);
    for (const [code, path] of [[rule, DECIDER], [pipeline, 'src/engine/pipeline.rs']]) {
      const file = lines(path);
      for (const [number, text] of code.lines) assert.equal(file[number - 1].trim(), text.trim());
    }
    assert.match(lines(DECIDER)[rule.marked[0] - 1], /Ok\(vec!\[OrderEvent::OrderCreated/);
    assert.match(lines('src/engine/pipeline.rs')[pipeline.marked[0] - 1], /Moment::Decided/);
    assert.deepEqual(await axeFindings(page), []);

    // The keys of time belong to the code while it has the focus, and it keeps the focus.
    const code = source.part.locator('pre').first();
    await code.focus();
    await page.keyboard.press('ArrowRight');
    await eventually(() => code.evaluate((element) => element.scrollLeft > 0), true);
    assert.equal(await page.locator('.inspector__data > code').textContent(), 'decided');

    await page.locator('h1').first().evaluate((heading) => heading.focus());
    await lookAt(lab, 'rejected');
    await eventually(async () => (await source.codes())[0]?.marked.map((number) => lines(DECIDER)[number - 1].trim()),
      ['(OrderCommand::ShipOrder { .. }, Pending) => Err(Rejection::PaymentNotConfirmed),']);
    const before = fetched.length;
    await lookAt(lab, 'decided');
    await eventually(async () => (await source.codes())[0]?.marked, rule.marked);
    assert.equal(fetched.length, before, 'what is here is not fetched again');
    await close();
  });

  test('what cannot be fetched is told with its cause, and trying again brings it', async () => {
    for (const language of ['en', 'es']) {
      let isDown = true;
      const route = [/\.rs\?/, (request) => (isDown ? request.abort() : request.continue())];
      const { lab, close } = await openLab(site, { language, route, serviceWorkers: 'block' });
      const source = sourceOf(lab);
      await lab.create();
      await source.open();
      const before = lab.say('source.failed').split('{cause}')[0];
      await source.part.getByText(before).waitFor();
      isDown = false;
      await source.part.getByRole('button', { name: lab.say('page.try_again') }).click();
      await eventually(async () => (await source.codes()).length > 0, true);
      assert.ok(await source.part.locator('summary').evaluate((title) => title === document.activeElement));
      await close({ excused: /\.rs|Service Worker registration blocked/ });
    }
  });

  test('another release on the server is not shown as what ran', async () => {
    const route = [/\.rs\?/, (request) => request.fulfill({ body: '// region: tell\nother\n// endregion: tell\n' })];
    const { lab, close } = await openLab(site, { route, serviceWorkers: 'block' });
    const source = sourceOf(lab);
    await lab.create();
    await source.open();
    await source.part.getByText(lab.say('source.differs').split('{path}')[1].trim()).waitFor();
    assert.deepEqual(await source.codes(), []);
    await close({ excused: /Service Worker registration blocked/ });
  });
});

test('the source is there with the network off', async (t) => {
  const site = await startSite();
  t.after(() => site.stop());
  const { page, close } = await site.openPage();
  await untilMounted(page);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('service-worker.js');
    await navigator.serviceWorker.ready;
  });
  await site.stopServer();
  await page.reload();
  const lab = labOf(page);
  await lab.ready();
  await lab.create();
  await page.locator('.inspector__source summary').click();
  await page.locator('.source__line[aria-current=true]').first().waitFor();
  await close();
});
