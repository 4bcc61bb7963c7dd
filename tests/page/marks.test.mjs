// Marks: a moment gets a name, with the mouse or the keyboard, and one finds it again.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openLab } from './lab.mjs';
import { axeFindings, eventually, startSite } from './support.mjs';

describe('marks', () => {
  let site;
  before(async () => { site = await startSite(); });
  after(() => site.stop());

  const parts = ({ page, say }) => ({
    menu: page.getByRole('button', { name: say('mark.menu') }),
    field: page.getByRole('textbox', { name: say('mark.name') }),
    list: page.locator('.mark-list'),
    place: async () => Number((await page.locator('.transport__place').textContent()).match(/[\d,]+/)[0].replaceAll(',', '')),
  });

  test('a mark is set at the present and one in the past; both are found again, after a reload too', async () => {
    const { page, lab, close } = await openLab(site);
    const { menu, field, list, place } = parts(lab);
    await lab.create();
    await lab.modelsAt(1);
    await page.locator('h1').first().evaluate((heading) => heading.focus());
    await page.keyboard.press('n');
    await eventually(() => field.inputValue(), lab.say('mark.numbered', { number: 1 }));
    await page.keyboard.type('order is there');
    const said = await lab.announced(() => page.keyboard.press('Enter'));
    assert.equal(said, lab.say('mark.done', { name: 'order is there' }));
    await lab.send('pay');
    await lab.modelsAt(2);

    await page.keyboard.press('Home');
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowRight');
    await eventually(place, 5);
    await menu.click();
    await field.fill('order is there');
    await page.getByRole('button', { name: lab.say('mark.set') }).click();
    await page.getByText(/is moment \d+ already/).waitFor();
    await field.fill('begun');
    await page.getByRole('button', { name: lab.say('mark.set') }).click();
    await field.waitFor({ state: 'hidden' });
    assert.equal(await place(), 5, 'the playhead stays');
    assert.equal(await page.getByRole('combobox', { name: lab.say('branch.label') }).locator('option').count(), 1, 'no branch began');

    await page.reload();
    await lab.ready();
    await lab.modelsAt(2);
    await menu.click();
    const named = await eventually(() => list.locator('.mark-list__item').count(), 2).then(() => list.locator('.mark-list__item').allTextContents());
    assert.equal(named[0], 'begun5');
    const marked = Number(named[1].match(/^order is there(\d+)$/)[1]);
    assert.deepEqual(await axeFindings(page), []);
    await list.locator('.mark-list__item', { hasText: 'order is there' }).focus();
    await page.keyboard.press('Enter');
    await eventually(place, marked);
    await eventually(lab.length, 1, 'before the payment');
    assert.match(await page.locator('.flag').getAttribute('d'), /^M\d+ \d+V1[^M]*M\d+ \d+V1/, 'two flags on the lanes');
    await close();
  });

  test('a mark gets another name, and is taken away, with the keyboard alone', async () => {
    const { page, lab, close } = await openLab(site);
    const { menu, field, list } = parts(lab);
    await lab.create();
    await lab.modelsAt(1);
    const mark = async (name) => {
      await page.locator('h1').first().evaluate((heading) => heading.focus());
      await page.keyboard.press('n');
      await field.waitFor();
      await field.fill(name);
      await lab.announced(() => page.keyboard.press('Enter'));
    };
    await mark('first');
    await mark('second');
    await menu.press('Enter');
    await list.getByRole('button', { name: lab.say('mark.rename_it', { name: 'first' }) }).press('Enter');
    const rename = page.getByRole('textbox', { name: lab.say('mark.new_name', { name: 'first' }) });
    await eventually(() => rename.evaluate((field) => field === document.activeElement && field.value), 'first');
    await page.keyboard.type('second');
    await page.keyboard.press('Enter');
    await page.getByText(/is moment \d+ already/).waitFor();
    await rename.fill('beginning');
    assert.deepEqual(await axeFindings(page), []);
    assert.equal(await lab.announced(() => page.keyboard.press('Enter')), lab.say('mark.renamed', { name: 'beginning' }));

    await menu.press('Enter');
    await field.waitFor();
    await eventually(() => list.locator('.mark-list__item bdi').allTextContents(), ['beginning', 'second']);
    const remove = list.getByRole('button', { name: lab.say('mark.remove_it', { name: 'second' }) });
    assert.equal(await lab.announced(() => remove.press('Enter')), lab.say('mark.removed', { name: 'second' }));
    await eventually(() => list.locator('.mark-list__item bdi').allTextContents(), ['beginning']);
    await eventually(() => field.evaluate((field) => field === document.activeElement), true, 'the focus is not lost');
    await page.reload();
    await lab.ready();
    await menu.press('Enter');
    await eventually(() => list.locator('.mark-list__item bdi').allTextContents(), ['beginning'], 'after a reload too');
    await close();
  });
});
