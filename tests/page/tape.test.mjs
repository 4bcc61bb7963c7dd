// The tape: kept in the database as it grows, and gone on from after a reload.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { recordsOf } from './database.mjs';
import { labOf, openLab } from './lab.mjs';
import { axeFindings, eventually, listen, startSite } from './support.mjs';

describe('the tape', () => {
  let site;
  before(async () => { site = await startSite(); });
  after(() => site.stop());

  /** What stands on the tape of a branch in the database, the kind of each entry. */
  const kinds = async (page, number = 1) => (await recordsOf(page, 'tape')).filter(({ branch }) => branch === number).map(({ text }) => {
    const line = JSON.parse(text);
    if (line.hindsight_tape) return `tape ${line.hindsight_tape} on ${line.base}`;
    return typeof line.input === 'string' ? line.input : Object.keys(line.input)[0];
  });

  test('is kept with the database, and a reload stands on it', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await lab.send('pay');
    await eventually(() => kinds(page), ['tape 1 on 0', 'command', 'command']);
    await page.reload();
    await lab.ready();
    await eventually(() => kinds(page), ['tape 1 on 0', 'command', 'command', 'reload']);
    await lab.send('ship');
    await lab.modelsAt(3);
    await eventually(() => kinds(page), ['tape 1 on 0', 'command', 'command', 'reload', 'command']);
    assert.equal(await page.getByText(lab.say('tape.differs').slice(0, 30)).count(), 0);
    await close();
  });

  test('begins again where it leads to another log, and says so', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await eventually(() => kinds(page), ['tape 1 on 0', 'command']);
    await page.evaluate(() => new Promise((done) => {
      const request = indexedDB.open('hindsight.1');
      request.onsuccess = () => {
        const tape = request.result.transaction('tape', 'readwrite').objectStore('tape');
        tape.openCursor().onsuccess = ({ target: { result: cursor } }) => {
          if (!cursor) return done(request.result.close());
          cursor.update({ ...cursor.value, text: cursor.value.text.replace(/"seed":\d+/, '"seed":1') });
          cursor.continue();
        };
      };
    }));
    await page.reload();
    await lab.ready();
    await page.getByText(lab.say('tape.differs', { position: 1 })).waitFor();
    await page.getByRole('button', { name: lab.say('page.dismiss') }).click();
    assert.equal(await lab.length(), 1, 'the log is as it was');
    await lab.create();
    await eventually(() => kinds(page), ['tape 1 on 1', 'command']);
    await close();
  });

  test('of every branch is kept, and after a reload the page stands on the one that was shown', async () => {
    const { page, lab, close } = await openLab(site);
    const branch = page.getByRole('combobox', { name: lab.say('branch.label') });
    const names = () => branch.locator('option').allTextContents();
    const two = lab.say('branch.numbered', { number: 2 });
    await lab.create();
    await lab.send('pay');
    await lab.modelsAt(2);
    await page.getByRole('button', { name: lab.say('branch.undo') }).click();
    await eventually(lab.length, 1);
    await lab.send('cancel');
    await eventually(() => kinds(page, 2), ['tape 1 on 0', 'command', 'command']);
    await page.reload();
    await lab.ready();
    await eventually(names, [lab.say('branch.first'), two]);
    assert.equal(await branch.inputValue(), '2');
    await eventually(async () => (await lab.orders())[0]?.join(' ').includes('cancelled'), true);
    await page.locator('h1').first().evaluate((heading) => heading.focus());
    await page.keyboard.press('Home');
    await eventually(lab.length, 0, 'its moments are there');
    await branch.selectOption('1');
    await eventually(async () => (await lab.orders())[0]?.join(' ').includes('paid'), true);

    await page.getByRole('button', { name: lab.say('branch.all') }).click();
    await lab.dialog('branch.title').getByRole('button', { name: lab.say('branch.delete') }).click();
    await eventually(() => kinds(page, 2), []);
    await page.reload();
    await lab.ready();
    await eventually(names, [lab.say('branch.first')]);
    await close();
  });

  test('is there again when "start over" is undone', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await lab.send('pay');
    await lab.modelsAt(2);
    await lab.menu('page.menu_start_over');
    await lab.startOver();
    await lab.create();
    await page.getByRole('button', { name: lab.say('over.undo'), exact: true }).click();
    await eventually(lab.length, 2);
    await eventually(() => page.locator('.transport__place').textContent().then((text) => Number(text.match(/of (\d+)/)[1]) > 20), true);
    await page.locator('h1').first().evaluate((heading) => heading.focus());
    await page.keyboard.press('Home');
    await eventually(lab.length, 0, 'the moments before it are there');
    await close();
  });

  test('says so where it cannot be taken over', async () => {
    const { page, context, lab, close } = await openLab(site);
    const order = await lab.create();
    await eventually(() => kinds(page), ['tape 1 on 0', 'command']);
    const secondPage = await context.newPage();
    await secondPage.addInitScript(() => {
      const request = navigator.locks.request.bind(navigator.locks);
      navigator.locks.request = (name, options, granted) =>
        options.steal ? Promise.reject(new DOMException('no', 'AbortError')) : request(name, options, granted);
    });
    await secondPage.goto(`${site.url}#/lab/order/${order}`);
    const second = labOf(secondPage);
    await second.ready();
    await secondPage.getByRole('button', { name: lab.say('tape.take_over') }).click();
    await second.alert.getByText(lab.say('tape.not_taken_over')).waitFor();
    assert.equal(await secondPage.getByText(lab.say('tape.elsewhere_title')).count(), 1);
    await secondPage.close();
    await close();
  });

  test('is kept by one tab; another says so, takes over, and nothing is lost in either', async () => {
    const { page, context, lab, close } = await openLab(site);
    const notice = (tab) => tab.page.getByText(lab.say('tape.elsewhere_title'));
    const hasNotice = (tab) => notice(tab).count();
    const order = await lab.create();
    await eventually(() => kinds(page), ['tape 1 on 0', 'command']);

    const secondPage = await context.newPage();
    const complaints = listen(secondPage, new URL(site.url).origin);
    await secondPage.goto(`${site.url}#/lab/order/${order}`);
    const second = labOf(secondPage);
    await second.ready();
    await notice(second).waitFor();
    assert.equal(await hasNotice(lab), 0);
    assert.deepEqual(await axeFindings(secondPage), []);

    await second.send('pay');
    await eventually(lab.length, 2);
    await lab.send('ship');
    await eventually(second.length, 3);
    await eventually(() => kinds(page), ['tape 1 on 0', 'command', 'foreign', 'command']);

    const said = await second.announced(() => secondPage.getByRole('button', { name: lab.say('tape.take_over') }).click());
    assert.equal(said, lab.say('tape.taken_over'));
    await notice(lab).waitFor();
    await eventually(() => hasNotice(second), 0);
    await eventually(() => kinds(page), ['tape 1 on 0', 'command', 'reload', 'command', 'foreign']);
    await eventually(() => kinds(page, 2), ['tape 1 on 0', 'command', 'foreign', 'command'], 'what the first tab kept is a branch');

    await lab.send('deliver');
    await eventually(second.length, 4);
    await eventually(() => kinds(page), ['tape 1 on 0', 'command', 'reload', 'command', 'foreign', 'foreign']);

    await secondPage.close();
    await eventually(() => hasNotice(lab), 0, 'the tab that is left keeps its own');
    await eventually(() => kinds(page), ['tape 1 on 0', 'command', 'foreign', 'command', 'command']);
    const branch = page.getByRole('combobox', { name: lab.say('branch.label') });
    await eventually(() => branch.locator('option').count(), 2, 'and what the other kept, once');
    await page.reload();
    await lab.ready();
    await lab.modelsAt(4);
    assert.equal(await page.getByText(/leads to another log/).count(), 0);
    assert.deepEqual(complaints, []);
    await close();
  });
});
