// Playback: how fast moments go by, where they stop, what is said there; for who sees and who does not.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { labOf, openLab } from './lab.mjs';
import { axeFindings, eventually, startSite, untilMounted } from './support.mjs';

/** How many moments go by in 400 ms at each speed. */
const SPEEDS = { '¼×': 0.25, '½×': 0.5, '1×': 1, '2×': 2, '4×': 4, '8×': 8, '16×': 16 };

describe('playback', () => {
  let site;
  before(async () => { site = await startSite(); });
  after(() => site.stop());

  const bar = (lab) => lab.page.getByRole('region', { name: lab.say('transport.title') });
  const press = (lab, key) => bar(lab).getByRole('button', { name: lab.say(key), exact: true }).dispatchEvent('click');
  const place = async (lab) => (await bar(lab).textContent()).match(/([\d,]+) of ([\d,]+)/).slice(1)
    .map((text) => Number(text.replaceAll(',', '')));
  const sentence = ({ page }) => page.locator('.moment-now__sentence').textContent();
  const like = (text) => new RegExp(text.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '.*'));
  const ending = (text) => new RegExp(`${text}$`, 'i');
  const speed = (lab) => bar(lab).getByRole('combobox', { name: lab.say('transport.speed') });

  /** An order that was created, paid, shipped and delivered, and a command that was refused. */
  const story = async (options) => {
    const opened = await openLab(site, options);
    const id = await opened.lab.create();
    for (const kind of ['pay', 'ship', 'deliver']) await opened.lab.send(kind);
    await opened.lab.modelsAt(4);
    await opened.lab.send('cancel');
    return { ...opened, id };
  };

  test('every speed lets so many moments go by, and is remembered', async () => {
    const { page, lab, close } = await story();
    const [, count] = await place(lab);
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    for (const [label, moments] of Object.entries(SPEEDS)) {
      await speed(lab).selectOption({ label });
      await press(lab, 'transport.start');
      await press(lab, 'transport.play');
      await page.clock.runFor(1_600 / moments);
      await press(lab, 'transport.pause');
      const [shown] = await place(lab);
      assert.ok(shown >= 4 && shown <= 6, `${label}: ${shown} moments in the time of four`);
    }
    await speed(lab).selectOption({ label: lab.say('transport.instant') });
    await press(lab, 'transport.start');
    await press(lab, 'transport.play');
    await page.clock.runFor(100);
    assert.deepEqual(await place(lab), [count, count], 'and instantly all of them');
    await speed(lab).selectOption({ label: '4×' });
    const remembered = await page.evaluate(() => JSON.parse(localStorage.getItem('hindsight.speed')));
    await close();
    const again = await openLab(site, { speed: remembered });
    assert.equal(await speed(again.lab).locator('option:checked').textContent(), '4×');
    await again.close();
  });

  test('the animation of a moment can be skipped', async () => {
    const { page, lab, close } = await story();
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    await speed(lab).selectOption({ label: '¼×' });
    await press(lab, 'transport.start');
    await press(lab, 'transport.play');
    await page.clock.runFor(1_000);
    for (let skip = 0; skip < 3; skip += 1) {
      const [before] = await place(lab);
      await page.clock.runFor(50);
      assert.equal((await place(lab))[0], before, 'a moment takes its time');
      await press(lab, 'transport.skip');
      await page.clock.runFor(50);
      const [skipped] = await place(lab);
      assert.ok(skipped > before && skipped <= before + 2, `from ${before} to ${skipped} at once`);
    }
    await close();
  });

  test('runs until the next event, refusal, fault, or moment of this order', async () => {
    const { page, lab, close } = await story();
    const until = bar(lab).getByRole('button', { name: `${lab.say('transport.until')}…` });
    const run = async (key) => {
      await until.click();
      await page.locator('#menu-until').getByRole('button', { name: ending(lab.say(key)) }).click();
      await bar(lab).getByRole('button', { name: lab.say('transport.play'), exact: true }).waitFor();
    };
    await press(lab, 'transport.start');
    await until.click();
    await page.locator('#menu-until').getByRole('button').first().waitFor();
    assert.deepEqual(await axeFindings(page), [], 'with its menu open');
    await page.keyboard.press('Escape');
    const [, count] = await place(lab);
    const events = [];
    for (const version of [1, 2, 3]) {
      await run('interest.event');
      await eventually(lab.length, version);
      assert.match(await sentence(lab), like(lab.say('moment.appended')));
      events.push((await place(lab))[0]);
    }
    assert.ok(events[0] > 0 && events[1] > events[0] && events[2] > events[1], `${events}`);
    await run('interest.refusal');
    assert.match(await sentence(lab), like(lab.say('moment.rejected')));
    await press(lab, 'transport.start');
    await run('transport.until_order');
    assert.deepEqual(await place(lab), [1, count], 'its first moment');
    await close();

    const store = await openLab(site, { hash: '#/s/28' });
    await press(store.lab, 'transport.end');
    await eventually(async () => (await place(store.lab))[1] > 10, true);
    await press(store.lab, 'transport.start');
    await bar(store.lab).getByRole('button', { name: `${lab.say('transport.until')}…` }).click();
    await store.page.locator('#menu-until').getByRole('button', { name: ending(lab.say('interest.fault')) }).click();
    await eventually(async () => /^Fault at ProcessPayment/.test(await sentence(store.lab)), true, 'a fault');
    await store.close();
  });

  test('explaining pauses at each event: the sentence is large, and the rest dims', async () => {
    const { page, lab, close } = await story();
    const size = () => page.locator('.moment-now__sentence').evaluate((it) => parseFloat(getComputedStyle(it).fontSize));
    const shade = () => page.locator('.moment-now').evaluate((it) => {
      const { position, content, backgroundColor } = getComputedStyle(it, '::before');
      return content !== 'none' && position === 'fixed' && !/, 0\)$|transparent/.test(backgroundColor);
    });
    const usual = await size();
    assert.equal(await shade(), false);
    await press(lab, 'transport.start');
    await bar(lab).getByRole('button', { name: `${lab.say('transport.explain')}…` }).click();
    await page.locator('#menu-explain').getByRole('checkbox', { name: lab.say('interest.event') }).check();
    await page.keyboard.press('Escape');
    for (const version of [1, 2]) {
      await press(lab, 'transport.play');
      await eventually(lab.length, version);
      await page.locator('.moment-now--explained').waitFor();
      assert.match(await sentence(lab), like(lab.say('moment.appended')));
      assert.ok(await size() > usual * 1.15, `${await size()} after ${usual}`);
      assert.equal(await shade(), true, 'the rest dims');
      await bar(lab).getByRole('button', { name: lab.say('transport.play'), exact: true }).waitFor();
      assert.ok((await lab.live.textContent()).includes(await sentence(lab)), 'and it is heard');
    }
    assert.deepEqual(await axeFindings(page), []);
    await page.locator('h1').first().evaluate((heading) => heading.focus());
    await page.keyboard.press('ArrowRight');
    await eventually(() => page.locator('.moment-now--explained').count(), 0, 'who goes on is explained no more');
    await close();
  });

  test('lanes say which stream they are of, and a click on a cause in the inspector goes there', async () => {
    const { page, lab, id, close } = await story();
    assert.deepEqual(await page.locator('.lanes__name').allTextContents(), [`order ${id.slice(-4)}`]);
    await press(lab, 'transport.start');
    for (let step = 1; step <= 6; step += 1) {
      await press(lab, 'transport.step');
      await eventually(async () => (await place(lab))[0], step);
    }
    const causes = page.locator('#pane-moment .inspector__cause');
    const number = Number(await causes.last().locator('.inspector__number').textContent());
    const said = await causes.last().locator('bdi').textContent();
    assert.ok(number < 6);
    await causes.last().click();
    await eventually(async () => (await place(lab))[0], number);
    assert.equal(await sentence(lab), said);
    await close();
  });

  test('axe finds nothing on scenarios and in them', async () => {
    const list = await site.openPage({ hash: '#/scenarios', reducedMotion: 'reduce' });
    await untilMounted(list.page);
    await list.page.locator('.scenarios__entry').first().waitFor();
    assert.deepEqual(await axeFindings(list.page), []);
    for (const id of [5, 29]) {
      await list.page.goto(`${site.url}#/s/${id}`);
      await list.page.locator('.scenario__step').first().waitFor();
      await press(labOf(list.page), 'transport.end');
      await list.page.locator('.scenario__lesson').waitFor();
      assert.deepEqual(await axeFindings(list.page), [], `scenario ${id}`);
    }
    await list.close();
  });

  test('who listens hears what goes by, not more than once a second, and where it stops', async () => {
    const { page, lab, close } = await openLab(site, { speed: '8' });
    await page.evaluate(() => {
      const live = document.querySelector('[role=status][aria-live=polite]');
      window.heard = [];
      new MutationObserver(() => window.heard.push([performance.now(), live.textContent]))
        .observe(live, { subtree: true, childList: true, characterData: true });
    });
    const heard = () => page.evaluate(() => window.heard);
    const said = async () => (await heard()).map(([, text]) => text).join('\n');
    const stored = lab.say('moment.appended').split('{')[0];
    await lab.button('create').click();
    await eventually(async () => (await said()).includes(stored), true, 'an event was stored');
    await eventually(async () => (await said()).includes(lab.say('transport.waiting')), true, 'and the end');
    await press(lab, 'transport.start');
    await page.evaluate(() => { window.heard = []; });
    await press(lab, 'transport.play');
    await eventually(async () => (await said()).includes(lab.say('transport.waiting')), true);
    const times = (await heard()).map(([at]) => at);
    assert.ok(times.every((at, index) => index === 0 || at - times[index - 1] > 900), `${times}`);
    assert.ok(times.length <= 4, 'some twenty moments, and a few words');

    await press(lab, 'transport.start');
    await press(lab, 'transport.play');
    await eventually(async () => (await place(lab))[0] >= 3, true);
    const paused = await lab.announced(() => press(lab, 'transport.pause'));
    assert.equal(paused, await sentence(lab), 'and where somebody pauses');
    await close();
  });

  test('with reduced motion nothing is tweened, and everything is told', async () => {
    const moving = async (page) => page.evaluate(async () => {
      let most = 0;
      for (let frame = 0; frame < 60; frame += 1) {
        most = Math.max(most, document.getAnimations().length);
        if (most > 0) break;
        await new Promise((next) => requestAnimationFrame(next));
      }
      return most;
    });
    for (const reducedMotion of ['no-preference', 'reduce']) {
      const { page, lab, close } = await story({ reducedMotion });
      await speed(lab).selectOption({ label: '2×' });
      await press(lab, 'transport.start');
      await press(lab, 'transport.play');
      const most = await moving(page);
      assert.equal(most > 0, reducedMotion === 'no-preference', `${most} with ${reducedMotion}`);
      await press(lab, 'transport.start');
      for (let step = 1; step <= 5; step += 1) {
        assert.equal(await lab.announced(() => press(lab, 'transport.step')), await sentence(lab));
      }
      await close();
    }
  });
});
