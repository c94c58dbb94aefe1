// Writes into docs/evidence.md what the tests of each fault gave in the last whole run of ./test, from the reports that it left.
//
//   ./test && node tests/faults.mjs
//
// A fault's tests: those that carry its number as the trait "fault", and those that src/Chaos/Checks/Catalogue.cs names for it. Exit code 1 where one
// of them failed, was left out, or did not run.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const reports = process.env.TEST_REPORTS ?? join(root, 'artifacts/test-results');
const evidence = join(root, 'docs/evidence.md');
const begin = '<!-- tests of faults: written by node tests/faults.mjs -->', end = '<!-- end of tests of faults -->';

const files = existsSync(reports) ? readdirSync(reports).filter(file => file.endsWith('.json')).map(file => join(reports, file)) : [];
if (files.length === 0) throw new Error(`There are no reports in ${reports}; run ./test first.`);
const cases = files.flatMap(file => JSON.parse(readFileSync(file, 'utf8')).results.tests);
const entries = readCatalogue();
const rows = entries.map(rowOf);
const wrong = rows.flatMap(row => row.wrong);
for (const sentence of wrong) console.error(sentence);
writeFileSync(evidence, withSection(readFileSync(evidence, 'utf8')));
console.log(`${rows.length} faults, ${new Set(rows.flatMap(row => row.all)).size} cases of tests, ${wrong.length} of them not passed`);
process.exitCode = wrong.length > 0 ? 1 : 0;

function readCatalogue() {
  const text = readFileSync(join(root, 'src/Chaos/Checks/Catalogue.cs'), 'utf8');
  const entries = [...text.matchAll(/new\("(F\d+)", "([^"]*)".*/g)].map(([line, code, name]) => ({ code, name, named: [...line.matchAll(/"(\w+Tests\.\w+)"/g)].map(found => found[1]) }));
  if (entries.length < 45) throw new Error(`src/Chaos/Checks/Catalogue.cs: found ${entries.length} faults, expected 45 or more, one a line.`);
  return entries;
}

function rowOf({ code, name, named }) {
  const shown = named.map(test => ({ test, ran: cases.filter(one => `${one.extra.type.split('.').at(-1)}.${one.extra.method}` === test) }));
  const all = [...new Set([...shown.flatMap(one => one.ran), ...cases.filter(one => one.extra.traits?.fault?.includes(code))])];
  const wrong = [
    ...shown.filter(one => one.ran.length === 0).map(one => `${code}: ${one.test} did not run.`),
    ...all.filter(one => one.status !== 'passed').map(one => `${code}: ${one.name} ${one.status}.`),
  ];
  if (all.length === 0) wrong.push(`${code}: no test shows it.`);
  return { code, name, all, wrong };
}

function withSection(text) {
  const lines = rows.map(({ code, name, all }) => {
    const methods = new Set(all.map(one => `${one.extra.type}.${one.extra.method}`));
    const passed = all.filter(one => one.status === 'passed').length;
    return `| ${code} | ${name} | ${methods.size} | ${all.length} | ${passed} | ${all.length - passed} | ${Math.max(0, ...all.map(one => one.duration)).toLocaleString('en')} ms |`;
  });
  const day = new Date(Math.max(...files.map(file => statSync(file).mtimeMs))).toISOString().slice(0, 10);
  const section = [begin, '## Tests of the faults', '', `\`./test && node tests/faults.mjs\`, ${day}, commit ${commit()}: the tests that are marked with a fault's number, and those that the table above names, as they ran.`, '',
    '| | Fault | Tests | Cases | Passed | Not passed | Longest |', '|---|---|---|---|---|---|---|', ...lines, end, ''].join('\n');
  const from = text.indexOf(begin);
  if (from >= 0) return text.slice(0, from) + section + text.slice(text.indexOf(end) + end.length).replace(/^\n/, '');
  const after = text.indexOf('<!-- end of worlds -->') + '<!-- end of worlds -->'.length;
  return `${text.slice(0, after)}\n\n${section.trimEnd()}${text.slice(after)}`;
}

function commit() {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
}
