// The yardstick: one hand-written transaction that writes, with strict durability, the very records
// that one CreateOrder leaves behind. Runs in the page.

const STORES = ['log', 'inbox', 'rows', 'checkpoints'];
const MODELS = ['order_details', 'customer_orders', 'sales_dashboard'];

export function openByHand() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('by-hand', 1);
    request.onupgradeneeded = () => {
      const database = request.result;
      const log = database.createObjectStore('log', { keyPath: 'last' });
      log.createIndex('streams', 'streams', { multiEntry: true });
      database.createObjectStore('inbox', { keyPath: ['consumer', 'message'] });
      const rows = database.createObjectStore('rows', { keyPath: ['model', 'key'] });
      rows.createIndex('place', ['model', 'group', 'rank']);
      database.createObjectStore('checkpoints', { keyPath: 'model' });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export function createOrderByHand(database, position) {
  const order = crypto.randomUUID();
  const command = crypto.randomUUID();
  const items = [{ product: 'Moka', quantity: 2, unit_price: 3200 }];
  const now = Date.now() * 1000;
  const stream = `order-${order}`;
  const event = {
    position, stream, version: 1, id: crypto.randomUUID(), occurred_at: now,
    correlation_id: command, causation_id: command, type: 'OrderCreated', schema: 1,
    data: { customer: 'Ana', items, total: 6400 },
  };
  const row = {
    order, customer: 'Ana', status: 'Pending', item_count: 1, total: 6400, version: 1,
    created_at: now, changed_at: now, created_position: position,
  };
  const details = { row, items, payment: null, shipment: null, cancel_reason: null };
  const totals = { Totals: { orders_by_status: { Pending: position }, revenue_taken: 0 } };
  const pending = { Order: { status: 'Pending', taken: 0 } };

  const transaction = database.transaction(STORES, 'readwrite', { durability: 'strict' });
  const [log, inbox, rows, checkpoints] = STORES.map((name) => transaction.objectStore(name));
  log.add({ first: position, last: position, streams: [[stream, 1]], events: JSON.stringify([event]) });
  inbox.add({ consumer: 'commands', message: command, answer: JSON.stringify({ Accepted: { version: 1, events: 1 } }) });
  const put = (model, key, group, rank, data) => rows.put({ model, key, group, rank, data: JSON.stringify(data) });
  put('order_details', order, '', position, details);
  put('customer_orders', order, 'Ana', position, row);
  put('sales_dashboard', order, 'orders', 0, pending);
  put('sales_dashboard', 'totals', '', 0, totals);
  for (const model of MODELS) checkpoints.put({ model, position });
  transaction.commit();
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
}
