// Time in the lab: stepping, looking back, branches, crashes, scenarios; with the keyboard alone too.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { labOf, openLab } from './lab.mjs';
import { axeFindings, eventually, startSite, words } from './support.mjs';

describe('time', () => {
  let site;
  before(async () => { site = await startSite(); });
  after(() => site.stop());

  /** The transport of a lab. */
  const transport = (lab) => {
    const bar = lab.page.getByRole('region', { name: lab.say('transport.title') });
    const press = (key) => bar.getByRole('button', { name: lab.say(key), exact: true }).click();
    const place = async () => {
      const [, number, count] = (await bar.textContent()).match(/([\d,]+) of ([\d,]+)/) ?? [];
      return [number, count].map((text) => Number(text?.replaceAll(',', '')));
    };
    return { bar, press, place };
  };

  test('every moment of a command can be stepped back through, and nothing changes by looking', async () => {
    const { lab, close } = await openLab(site);
    const { press, place } = transport(lab);
    await lab.create();
    await lab.modelsAt(1);
    const [number, count] = await place();
    assert.equal(number, count);
    assert.ok(count > 15, `${count} moments`);
    await press('transport.start');
    await eventually(lab.length, 0, 'before the first moment there is no event');
    await eventually(() => place(), [0, count]);
    await press('transport.step');
    await eventually(() => place(), [1, count]);
    await press('transport.end');
    await eventually(lab.length, 1);
    await eventually(() => place(), [count, count]);
    await close();
  });

  test('log, orders and read models follow while somebody drags, and not only when they let go', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    for (const kind of ['pay', 'ship', 'deliver']) await lab.send(kind);
    await lab.modelsAt(4);
    const thumb = page.locator('.scrubber [type=range]');
    const { x, y, width, height } = await thumb.boundingBox();
    const drag = (share) => page.mouse.move(x + 2 + (width - 4) * share, y + height / 2, { steps: 3 });
    // A read model knows the last event, or does not yet: its projector is a moment behind.
    const statuses = ['', 'pending', 'paid', 'shipped', 'delivered'];
    const shown = async () => {
      const [length, [order], { counts }] = [await lab.length(), await lab.orders(), await lab.sales()];
      const known = statuses.findIndex((status) => status && order?.includes(lab.say(`status.${status}`)));
      const inSales = statuses.findIndex((status) => counts[status] === 1);
      const fits = [known, inSales].every((at) => [length, length - 1].includes(Math.max(at, 0)));
      return fits ? [length, Math.max(known, 0), Math.max(inSales, 0)] : null;
    };
    await drag(1);
    await page.mouse.down();
    const seen = [new Set(), new Set(), new Set()];
    for (let share = 1; share >= 0; share -= 0.04) {
      await drag(share);
      await eventually(async () => (await shown()) !== null, true, 'log, orders and sales are of one moment');
      (await shown()).forEach((at, place) => seen[place].add(at));
    }
    await page.mouse.up();
    for (const of of seen) assert.deepEqual([...of], [4, 3, 2, 1, 0]);
    await close();
  });

  test('acting in the past begins a branch, and both stay', async () => {
    const { page, lab, close } = await openLab(site);
    const { press, place } = transport(lab);
    const order = await lab.create();
    await lab.modelsAt(1);
    const [created] = await place();
    await lab.send('pay');
    await lab.modelsAt(2);
    await press('transport.back');
    while ((await place())[0] > created) await press('transport.back');
    await eventually(lab.length, 1, 'the log is what it was');
    await lab.send('cancel');
    await eventually(lab.length, 2);
    const branch = page.getByRole('combobox', { name: lab.say('branch.label') });
    await eventually(() => branch.locator('option').allTextContents(),
      [lab.say('branch.first'), lab.say('branch.numbered', { number: 2 })]);
    await branch.selectOption({ label: lab.say('branch.first') });
    await eventually(async () => (await lab.orders())[0]?.join(' ').includes('paid'), true);
    assert.equal(lab.selected(), order);
    await page.getByRole('button', { name: lab.say('branch.all') }).click();
    const dialog = lab.dialog('branch.title');
    await dialog.getByText(/Parts from the branch of now after moment/).waitFor();
    // Both sides of what differs, marked with more than a colour; what is the same is only counted.
    await dialog.getByText(lab.say('compare.title')).click();
    const details = dialog.getByRole('table').first();
    await details.getByRole('columnheader', { name: lab.say('branch.first') }).waitFor();
    const cells = await details.locator('tbody').getByRole('cell').allTextContents();
    assert.equal(cells.length, 2);
    const status = (of) => `≠ ${lab.say('compare.differs')} ${lab.say('fact.status')} ${lab.say(`status.${of}`)}`;
    assert.ok(cells[0].includes(status('paid')) && cells[1].includes(status('cancelled')), cells.join('\n'));
    assert.ok(cells.every((cell) => !cell.includes(`≠ ${lab.say('compare.differs')} ${lab.say('fact.customer')}`)));
    assert.equal(await dialog.getByRole('table').count(), 3);
    assert.deepEqual(await axeFindings(page), []);
    await dialog.getByRole('button', { name: lab.say('branch.delete') }).click();
    await eventually(() => branch.locator('option').count(), 1);
    assert.deepEqual(await axeFindings(page), []);
    await close();
  });

  test('undo goes to just before the last input', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await lab.send('pay');
    await eventually(lab.length, 2);
    await page.getByRole('button', { name: lab.say('branch.undo') }).click();
    await eventually(lab.length, 1);
    await close();
  });

  test('a handler that is killed gives no answer, and restarted it goes on', async () => {
    const { page, lab, close } = await openLab(site);
    const { press, place } = transport(lab);
    await press('transport.pause');
    await lab.button('create').click();
    await eventually(async () => (await place())[1] > 0, true);
    for (let step = 0; step < 4; step += 1) await press('transport.step');
    await page.getByRole('button', { name: /^Trouble: Pipeline/ }).click();
    await page.getByRole('button', { name: /Kill/ }).first().click();
    await eventually(() => lab.length(), 0);
    await page.locator('.now').getByText(/got no answer/).waitFor();
    await page.getByRole('button', { name: /^Trouble: Pipeline/ }).click();
    await page.getByRole('button', { name: /Restart/ }).first().click();
    await press('transport.end');
    await eventually(lab.length, 1, 'it was done once');
    await close();
  });

  test('create, pay, step back and fork with the keyboard alone, and hear of it', async () => {
    const { page, lab, close } = await openLab(site);
    const said = () => lab.live.textContent();
    await lab.announced(() => page.keyboard.press('c'));
    await lab.modelsAt(1);
    await lab.announced(() => page.keyboard.press('p'));
    await lab.modelsAt(2);
    await page.locator('h1').first().evaluate((heading) => heading.focus());
    const heard = new Set();
    for (let step = 0; step < 22; step += 1) {
      await lab.announced(() => page.keyboard.press('ArrowLeft'));
      heard.add(await said());
    }
    assert.ok(heard.size > 10, [...heard].join('\n'));
    await eventually(lab.length, 1);
    await lab.announced(() => page.keyboard.press('x'));
    await eventually(lab.length, 2);
    const branch = page.getByRole('combobox', { name: lab.say('branch.label') });
    await eventually(() => branch.locator('option').count(), 2);
    await page.keyboard.press('t');
    await page.getByRole('grid', { name: lab.say('moments.title') }).waitFor();
    await close();
  });

  test('a scenario plays on a branch of its own, and the list leads to it', async () => {
    const { page, close } = await site.openPage({ hash: '#/scenarios' });
    const lab = labOf(page);
    await page.getByRole('heading', { name: lab.say('scenarios.title') }).waitFor();
    await page.getByRole('link', { name: /Two clicks, one order/ }).click();
    await page.getByRole('heading', { name: /Two clicks, one order/ }).waitFor();
    // It pauses where there is something to see, and goes on from there.
    const play = page.getByRole('button', { name: lab.say('transport.play'), exact: true });
    const shown = async () => Number(/\d+/.exec(await page.locator('.transport__place').textContent())[0]);
    const paused = [];
    for (let pause = 0; pause < 2; pause += 1) {
      await play.waitFor();
      await page.locator('[aria-current=step]').waitFor();
      paused.push(await shown());
      await play.click();
    }
    assert.ok(paused[0] > 0 && paused[1] > paused[0], `paused at ${paused}`);
    await eventually(async () => (await lab.length()) >= 3, true);
    const step = page.getByRole('button', { name: /expected version 2 and found 3/ });
    await step.click();
    await page.locator('.moment-now').getByText(/2.*3/).waitFor();
    assert.equal(await page.locator('[aria-current=step]').count(), 1);
    await page.goBack();
    await page.getByRole('heading', { name: lab.say('scenarios.title') }).waitFor();
    await close();
  });

  test('home says what this is and has three doors', async () => {
    for (const language of ['en', 'es']) {
      const say = words(language);
      const { page, close } = await site.openPage({ hash: '', language });
      await page.getByRole('heading', { name: say('home.title') }).waitFor();
      for (const door of ['home.watch', 'home.break', 'home.lab']) {
        await page.getByRole('link', { name: new RegExp(say(door)) }).waitFor();
      }
      assert.deepEqual(await axeFindings(page), []);
      await page.getByRole('link', { name: new RegExp(say('home.lab')) }).click();
      await page.getByRole('button', { name: say('commands.create') }).first().waitFor();
      await close();
    }
  });

  test('the first door plays one order to the end of its run, by itself', async () => {
    const { page, close } = await site.openPage({ hash: '' });
    const lab = labOf(page);
    await page.getByRole('link', { name: new RegExp(lab.say('home.watch')) }).click();
    // What a scenario takes home is said once its last pause is behind, and nobody has pressed anything.
    await page.locator('.scenario__lesson').waitFor();
    const end = page.getByRole('button', { name: lab.say('transport.end') });
    await eventually(() => end.getAttribute('aria-disabled'), 'true');
    assert.equal(await lab.length(), 4);
    await close();
  });

  test('after a reload every moment is there again', async () => {
    const { page, lab, close } = await openLab(site);
    const { press, place } = transport(lab);
    await lab.create();
    await lab.send('pay');
    await lab.modelsAt(2);
    const [, count] = await place();
    await page.reload();
    await lab.ready();
    await eventually(async () => (await place())[1] > count, true, 'and the reload itself');
    await press('transport.start');
    await eventually(lab.length, 0);
    await press('transport.end');
    await eventually(lab.length, 2);
    await close();
  });
});
