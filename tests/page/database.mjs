// The database as it lies in IndexedDB, in the layout that src/adapters/indexed_db/mod.rs describes.

const MODELS = ['order_details', 'customer_orders', 'sales_dashboard'];

/** A history of `count` events in memory: orders of customers that are created and paid in turn. */
export function history(count, { from = 1 } = {}) {
  return Array.from({ length: count }, (_, index) => eventAt(from + index));
}

const hex = (number, length) => number.toString(16).padStart(length, '0');
const uuid = (kind, number) => `00000000-0000-7000-8${kind}00-${hex(number, 12)}`;

/** The order whose events stand at two positions after each other. */
export const orderAt = (position) => uuid('0', Math.ceil(position / 2));

function eventAt(position) {
  const isFirst = position % 2 === 1;
  const total = 100 + position % 50;
  return {
    position,
    stream: `order-${orderAt(position)}`,
    version: isFirst ? 1 : 2,
    id: uuid('1', position),
    occurred_at: 1_790_000_000_000_000 + position * 1_000_000,
    correlation_id: uuid('2', position),
    causation_id: uuid('3', position),
    type: isFirst ? 'OrderCreated' : 'OrderPaymentConfirmed',
    schema: 1,
    data: isFirst
      ? { customer: `Customer ${position % 7}`, items: [{ product: 'Tea', quantity: 1, unit_price: total }], total }
      : { payment_id: `PAY-${position}`, amount: 100 + (position - 1) % 50 },
  };
}

/** Events as sealed records of 256, and a smaller one at the end. */
export function sealed(events) {
  const records = [];
  for (let at = 0; at < events.length; at += 256) records.push(record(events.slice(at, at + 256)));
  return records;
}

/** One record of the log. */
export function record(events) {
  const streams = Object.entries(Object.fromEntries(events.map((event) => [event.stream, event.version])));
  return { first: events[0].position, last: events.at(-1).position, streams, events: JSON.stringify(events) };
}

/**
 * Makes the database, if it is not there, and puts records into its log. With `readUpTo` the read
 * models count as having read that far.
 */
export function putIntoLog(page, records, { readUpTo } = {}) {
  const checkpoints = readUpTo ? MODELS.map((model) => ({ model, position: readUpTo })) : [];
  return page.evaluate(async ([records, checkpoints]) => {
    const answered = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const request = indexedDB.open('hindsight.1', 1);
    request.onupgradeneeded = () => {
      const database = request.result;
      const log = database.createObjectStore('log', { keyPath: 'last' });
      log.createIndex('streams', 'streams', { multiEntry: true });
      database.createObjectStore('inbox', { keyPath: ['consumer', 'message'] });
      database.createObjectStore('outbox', { keyPath: ['position', 'place'] });
      const rows = database.createObjectStore('rows', { keyPath: ['model', 'key'] });
      rows.createIndex('place', ['model', 'group', 'rank']);
      database.createObjectStore('checkpoints', { keyPath: 'model' });
    };
    const database = await answered(request);
    const transaction = database.transaction(['log', 'checkpoints'], 'readwrite');
    for (const record of records) transaction.objectStore('log').put(record);
    for (const record of checkpoints) transaction.objectStore('checkpoints').put(record);
    await new Promise((done, failed) => {
      transaction.oncomplete = done;
      transaction.onabort = () => failed(transaction.error);
    });
    database.close();
  }, [records, checkpoints]);
}

/** Every record of an object store. */
export function recordsOf(page, store, name = 'hindsight.1') {
  return page.evaluate(async ([store, name]) => {
    const answered = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const database = await answered(indexedDB.open(name));
    try {
      return await answered(database.transaction(store).objectStore(store).getAll());
    } finally {
      database.close();
    }
  }, [store, name]);
}

/** The events of the log as they are stored. */
export async function storedEvents(page, name) {
  return (await recordsOf(page, 'log', name)).flatMap((record) => JSON.parse(record.events));
}
