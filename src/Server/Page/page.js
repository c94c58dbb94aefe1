'use strict';
// The page speaks the JSON hub protocol itself: it only listens, and so needs a dozen lines instead of a library.
const END = '\u001e';
const $ = id => document.getElementById(id);
const money = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const price = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6, useGrouping: false });
let lastReport = 0;
let stuck = null;

function connect(wait = 500) {
  const socket = new WebSocket(`ws://${location.host}/hubs/status`);
  socket.onopen = () => socket.send('{"protocol":"json","version":1}' + END);
  socket.onmessage = event => {
    for (const text of event.data.split(END)) {
      if (!text) continue;
      const message = JSON.parse(text);
      if (message.type === 1 && message.target === 'Status') { wait = 500; show(message.arguments[0]); }
      if (message.type === 6) socket.send('{"type":6}' + END);
    }
  };
  socket.onclose = () => setTimeout(() => connect(Math.min(wait * 2, 10000)), wait);
}

function signed(value, format = money) {
  if (value === null || value === undefined) return ['—', ''];
  const sign = value > 0 ? '+' : value < 0 ? '\u2212' : '';
  return [sign + format.format(Math.abs(value)), value > 0 ? 'up' : value < 0 ? 'down' : ''];
}

function put(id, text, style = '') { const e = $(id); e.textContent = text; e.className = style; }

// Each cell is [text, classes]; text goes in as text, never as markup.
function fill(id, rows, empty) {
  const body = $(id);
  const columns = body.parentElement.tHead.rows[0].cells.length;
  const made = rows.map(cells => {
    const row = document.createElement('tr');
    for (const [text, style] of cells) { const cell = document.createElement('td'); cell.textContent = text; cell.className = style || ''; row.append(cell); }
    return row;
  });
  if (made.length === 0) {
    const row = document.createElement('tr'), cell = document.createElement('td');
    cell.colSpan = columns; cell.className = 'muted'; cell.textContent = empty; row.append(cell); made.push(row);
  }
  body.replaceChildren(...made);
}

const known = (value, style = 'n') => [value === null ? '—' : price.format(value), style];
// Before the first market data there is no time yet.
const clock = time => time.startsWith('1970-') ? 'at start' : time.slice(11, 19);
const age = seconds => seconds === null ? ['no data yet', 'n stale'] : [seconds.toFixed(1) + ' s', seconds > 15 ? 'n stale' : 'n'];

function show(report) {
  lastReport = Date.now();
  stuck = report.stuck;
  put('mode', report.mode, 'badge');
  document.title = `${report.mode} · Tradewind`;
  $('session').textContent = `Session ${report.session} · ${report.gateway} · version ${report.version} · times are UTC, money is in US dollars`;
  put('feed', report.feed.isConnected ? `${report.feed.messages.toLocaleString('en-US')} messages` : report.feed.state, report.feed.isConnected ? '' : 'stale');
  const broker = report.broker;
  put('requests', broker.requests.length ? broker.requests.map(r => `${r.name} ${r.used}/${r.limit}${r.waiting ? `, ${r.waiting} wait` : ''}`).join(' · ') : '—', broker.requests.some(r => r.waiting) ? 'stale' : '');
  const latency = report.decisionLatency;
  put('latency', latency ? `${latency.p50.toFixed(0)} / ${latency.p99.toFixed(0)} µs` : '—');
  const journal = report.journal, store = report.store, count = value => value.toLocaleString('en-US');
  if (journal) put('journal', journal.fault ? journal.fault : journal.isSpaceLow ? 'disk nearly full' : `${count(journal.durable)} of ${count(journal.appended)} safe`, journal.fault || journal.isSpaceLow ? 'stale' : '');
  if (store) put('store', store.fault ? store.fault : store.leftOut > 0 ? `${count(store.leftOut)} rows left out` : `${count(store.waiting)} rows wait`, store.fault || store.leftOut > 0 ? 'stale' : '');
  const view = report.view;
  if (!view) return;
  put('equity', money.format(view.equity));
  put('pnl', ...signed(view.equity - view.startingCash));
  put('drawdown', `${money.format(view.drawdown)} / ${money.format(view.maxDrawdown)}`);
  put('state', view.state, view.state === 'Active' ? '' : 'stale');
  const standing = view.account, name = broker.account || 'paper';
  put('account', standing.state === 'Synced' ? name : `${name}: ${standing.state}${standing.why ? `, ${standing.why}` : ''}`, standing.state === 'Synced' ? '' : 'stale');
  put('time', view.time.slice(0, 19).replace('T', ' '));
  curve(view.equityCurve);
  fill('markets', view.instruments.map(i => [[i.symbol], known(i.last), known(i.bid), known(i.ask),
    i.isFeedDown ? ['feed down', 'n stale'] : age(i.dataAgeSeconds), signedCell(i.position, price), i.position === 0 ? ['—', 'n'] : known(i.averagePrice),
    i.position === 0 ? ['—', 'n'] : signedCell(i.unrealizedPnl), [String(i.workingOrders), 'n']]), 'No instruments.');
  fill('strategies', view.strategies.map(strategyCells), 'No strategies.');
  fill('signals', view.signals.slice(0, 12).map(s => [[clock(s.time)], [s.strategy], [s.symbol], [s.action], [s.confidence.toFixed(2), 'n'], [s.reason, 'words']]), 'No signal yet: strategies speak at the end of a bar, once their indicators are ready.');
  fill('orders', view.orders.slice(0, 12).map(o => [[String(o.id), 'n'], [clock(o.time)], [o.symbol], [o.side], [price.format(o.quantity), 'n'], [o.type], [o.purpose], [o.status], o.filled > 0 ? known(o.averagePrice) : ['—', 'n']]), 'No order yet.');
  $('alerts').replaceChildren(...(view.alerts.length ? view.alerts.slice(0, 8).map(a => item(`${clock(a.time)}  ${a.text}`)) : [item('None.', 'muted')]));
}

// What a strategy threw last stands in its row, whatever it does now.
function strategyCells(s) {
  const m = s.metrics, bare = m.unprotected.currentSeconds, calls = m.calls;
  const state = s.state + (bare > 0 ? `, no stop for ${bare.toFixed(1)} s` : '') + (m.suspensions > (s.state === 'suspended' ? 1 : 0) ? ` (suspended ${m.suspensions === 1 ? 'once' : `${m.suspensions} times`})` : '');
  const values = s.indicators.map(v => `${v.name} ${v.value === null ? '—' : price.format(Number(v.value.toPrecision(7)))}`).join(' · ');
  return [[s.name], [s.symbol], [state, s.state === 'suspended' || bare > 0 ? 'stale' : ''], [s.wish], signedCell(s.position, price), [s.weight.toFixed(2), 'n'],
    [`${s.signals} (${m.refused})`, 'n'], share(m.averageConfidence), [`${s.roundTrips} (${s.wins})`, 'n'], share(m.hitRate), signedCell(s.realizedPnl),
    [calls ? `${micros(calls.meanMicroseconds)} (${micros(calls.longestMicroseconds)})` : '—', 'n'],
    m.lastError ? [`last error: ${m.lastError}`, 'words stale'] : [values, 'words muted']];
}

const share = value => [value === null ? '—' : `${(value * 100).toFixed(0)} %`, 'n'];
const micros = value => value < 1000 ? `${value.toFixed(value < 10 ? 1 : 0)} µs` : value < 1e6 ? `${(value / 1000).toFixed(1)} ms` : `${(value / 1e6).toFixed(1)} s`;
function signedCell(value, format = money) { const [text, style] = signed(value, format); return [text, 'n ' + style]; }
function item(text, style = '') { const e = document.createElement('li'); e.textContent = text; e.className = style; return e; }

function curve(points) {
  if (points.length < 2) { $('curve-text').textContent = 'The curve starts with the second point, five seconds after the first.'; return; }
  const values = points.map(p => p.equity), low = Math.min(...values), high = Math.max(...values), span = high - low || 1;
  const path = values.map((v, i) => `${i ? 'L' : 'M'}${(1000 * i / (values.length - 1)).toFixed(1)},${(110 - 100 * (v - low) / span).toFixed(1)}`).join('');
  const svg = 'http://www.w3.org/2000/svg', line = document.createElementNS(svg, 'path');
  line.setAttribute('d', path);
  $('curve').replaceChildren(line);
  $('curve-text').textContent = `${points[0].time.slice(11, 19)} to ${points.at(-1).time.slice(11, 19)} UTC: lowest ${money.format(low)}, highest ${money.format(high)}, now ${money.format(values.at(-1))}.`;
}

setInterval(() => {
  const silence = (Date.now() - lastReport) / 1000;
  const isStale = lastReport > 0 && silence > 2;
  document.body.classList.toggle('is-stale', isStale || !!stuck);
  $('banner').hidden = !isStale && !stuck;
  if (isStale) $('banner').textContent = `No data from the engine for ${silence.toFixed(0)} s: the values below are old.`;
  else if (stuck) $('banner').textContent = stuck;
}, 500);
// The first picture at once; the hub keeps it fresh.
fetch('/api/v1/status').then(reply => reply.json()).then(show).catch(() => {});
connect();
