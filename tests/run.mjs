// Runs built test projects, two at a time because most of their time is waiting, and counts their results from the reports that they write.
//
//   node tests/run.mjs [--fault SENTENCE]... [PROJECT_FOLDER]... [-- ARGUMENT_OF_THE_TEST_EXECUTABLE...]
//
// Prints failures and skip reasons, and as the last line "N passed, N failed, N skipped"; exit code 0 only when something ran and
// nothing failed. A project that crashes, hangs or leaves no report is one failure, and its output is shown; so is each --fault.
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';

const limitMinutes = Number(process.env.TEST_LIMIT_MINUTES ?? 10); // for one project
const lanes = Number(process.env.TEST_LANES ?? Math.min(2, availableParallelism()));
const reports = process.env.TEST_REPORTS ?? resolve(import.meta.dirname, '../artifacts/test-results');
const shownOutput = 200; // lines
const shownMessage = 25; // lines of one failure

const { faults, projects, testArguments } = readArguments(process.argv.slice(2));
const total = { passed: 0, failures: faults.map(fault => ({ name: fault })), skips: [] };
const running = new Set(); // what ends the group of each process that runs
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => { for (const endGroup of running) endGroup(); process.exit(130); });
const left = [...projects];
await Promise.all(Array.from({ length: lanes }, async () => { while (left.length > 0) add(total, await run(left.shift())); }));
report(total);

function readArguments(words) {
  const end = words.includes('--') ? words.indexOf('--') : words.length;
  const faults = [], projects = [];
  for (let i = 0; i < end; i++) {
    if (words[i] === '--fault') faults.push(words[++i]);
    else projects.push(words[i]);
  }
  return { faults, projects, testArguments: words.slice(end + 1) };
}

async function run(project) {
  const name = basename(project);
  const executable = findExecutable(project);
  if (!executable) return crashed(name, 'has no built test executable under bin/Release', '');
  mkdirSync(reports, { recursive: true });
  const reportFile = join(reports, `${name}.json`);
  rmSync(reportFile, { force: true });
  const { code, output, seconds, timedOut } = await execute(executable, reportFile, join(reports, `${name}.log`));
  const result = timedOut
    ? crashed(name, `did not end within ${limitMinutes} minutes and was ended`, output)
    : readReport(name, reportFile, code, output);
  console.log(`${name}: ${counts(result)} in ${seconds.toFixed(1)} s`);
  return result;
}

function findExecutable(project) {
  const folder = join(project, 'bin/Release/net10.0');
  if (!existsSync(folder)) return undefined;
  const settings = readdirSync(folder).find(file => file.endsWith('.Tests.runtimeconfig.json'));
  return settings && join(resolve(folder), settings.replace('.runtimeconfig.json', '.dll'));
}

function execute(executable, reportFile, logFile) {
  return new Promise(done => {
    const started = performance.now();
    const log = createWriteStream(logFile);
    const child = spawn('dotnet', [executable, '-noLogo', '-noColor', '-ctrf', reportFile, ...testArguments], {
      cwd: resolve(executable, '..'),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // a group of its own, so that what a test leaves behind can be ended with it
    });
    const endGroup = () => { try { process.kill(-child.pid, 'SIGKILL'); } catch { /* it is gone */ } };
    running.add(endGroup);
    const pieces = [];
    const keep = piece => { pieces.push(piece); log.write(piece); };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    let timedOut = false;
    const limit = setTimeout(() => { timedOut = true; endGroup(); }, limitMinutes * 60_000);
    const end = (code, note = '') => {
      clearTimeout(limit);
      running.delete(endGroup);
      log.end();
      done({ code, timedOut, output: Buffer.concat(pieces).toString() + note, seconds: (performance.now() - started) / 1000 });
    };
    child.on('error', error => end(-1, `${error.message}\n`));
    child.on('exit', endGroup);
    child.on('close', (code, signal) => end(code ?? signal));
  });
}

function readReport(name, file, code, output) {
  let results;
  try {
    results = JSON.parse(readFileSync(file, 'utf8')).results;
  } catch {
    return crashed(name, `ended with ${code} and left no readable report`, output);
  }
  const of = status => results.tests.filter(test => test.status === status);
  const failures = of('failed').map(test => ({ name: plain(test.name), message: plain(`${test.message ?? ''}\n${test.trace ?? ''}`) }));
  for (const error of results.extra.suites.flatMap(suite => suite.errors)) failures.push({ name: `${error.name} (${error.type})`, message: lastLines(output) });
  const known = new Set(['passed', 'failed', 'skipped', 'pending']); // pending: explicit tests, which only run when asked for
  const odd = results.tests.filter(test => !known.has(test.status));
  failures.push(...odd.map(test => ({ name: test.name, message: `unknown status "${test.status}"` })));
  if (code !== 0 && failures.length === 0) return crashed(name, `ended with ${code} although no test failed`, output);
  return { passed: of('passed').length, failures, skips: of('skipped').map(test => ({ name: plain(test.name), reason: plain(test.extra?.reason ?? 'no reason given') })) };
}

// The report escapes quotes twice.
function plain(text) {
  return text.replaceAll('\\"', '"');
}

function crashed(name, what, output) {
  return { passed: 0, failures: [{ name: `${name} ${what}`, message: lastLines(output), isOutput: true }], skips: [] };
}

function lastLines(output) {
  const lines = output.trimEnd().split('\n');
  return lines.length <= shownOutput ? lines.join('\n') : [`(${lines.length - shownOutput} lines before)`, ...lines.slice(-shownOutput)].join('\n');
}

function add(total, result) {
  total.passed += result.passed;
  total.failures.push(...result.failures);
  total.skips.push(...result.skips);
}

function counts({ passed, failures, skips }) {
  return `${passed} passed, ${failures.length} failed, ${skips.length} skipped`;
}

function report(total) {
  if (total.passed + total.failures.length === 0) total.failures.push({ name: 'no test was run' });
  reportSkips(total.skips);
  for (const { name, message, isOutput } of total.failures) {
    console.log(`\nFAILED ${name}`);
    const lines = (message ?? '').trim().split('\n').filter(line => line !== '');
    for (const line of isOutput ? lines : lines.slice(0, shownMessage)) console.log(`    ${line}`);
  }
  if (total.failures.length > 0) console.log();
  console.log(counts(total));
  process.exitCode = total.failures.length > 0 ? 1 : 0;
}

function reportSkips(skips) {
  const byReason = new Map();
  for (const { name, reason } of skips) byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  for (const [reason, names] of byReason) console.log(`skipped ${names.length === 1 ? names[0] : `${names.length} tests`}: ${reason}`);
}
