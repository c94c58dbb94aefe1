// Takes one guard of an invariant away at a time and shows that worlds notice: copies the sources, changes the text, builds, runs the fixed seeds
// until one breaks. No part of ./test.
//
//   node tests/mutations.mjs [NAME]...
//
// Mutations: tests/Chaos.Tests/mutations.json. The results go into docs/evidence.md, those of other names stay. Exit code 1 when one is not noticed.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const evidence = join(root, 'docs/evidence.md');
const begin = '<!-- mutations: written by node tests/mutations.mjs -->', end = '<!-- end of mutations -->';
const parts = ['src/Core', 'src/Live', 'src/Brokers/ProjectX', 'src/Simulation', 'src/Chaos', 'tests/Chaos.Tests', 'tests/Shared', 'tests/Directory.Build.props', 'Directory.Build.props', 'Directory.Packages.props', 'global.json', '.editorconfig', 'nuget.config'];

const names = process.argv.slice(2);
const mutations = JSON.parse(readFileSync(join(root, 'tests/Chaos.Tests/mutations.json'), 'utf8'));
for (const name of names) if (!mutations.some(one => one.name === name)) throw new Error(`There is no mutation "${name}" in tests/Chaos.Tests/mutations.json.`);

const folder = mkdtempSync(join(tmpdir(), 'mutations-'));
try {
  copyTree();
  for (const mutation of mutations.filter(one => names.length === 0 || names.includes(one.name))) report(mutation, show(mutation));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function copyTree() {
  const isSource = path => !['bin', 'obj'].includes(basename(path));
  for (const part of parts) if (existsSync(join(root, part))) cpSync(join(root, part), join(folder, part), { recursive: true, filter: isSource });
}

// The seed and the check that noticed it, or why nothing did.
function show({ edits }) {
  const before = new Map(edits.map(({ file }) => [file, readFileSync(join(folder, file), 'utf8')]));
  try {
    for (const { file, from, to } of edits) {
      const text = readFileSync(join(folder, file), 'utf8');
      if (!text.includes(from)) return { problem: `${file} does not hold the text that is to change` };
      writeFileSync(join(folder, file), text.replace(from, to));
    }
    return build() ?? run();
  } finally {
    for (const [file, text] of before) writeFileSync(join(folder, file), text);
  }
}

function build() {
  const built = spawnSync('dotnet', ['build', 'tests/Chaos.Tests', '-c', 'Release', '-v', 'q', '-nodeReuse:false', '-p:TreatWarningsAsErrors=false'], { cwd: folder, encoding: 'utf8' });
  return built.status === 0 ? null : { problem: `does not build: ${built.stdout.split('\n').find(line => line.includes('error'))}` };
}

function run() {
  const executable = join(folder, 'tests/Chaos.Tests/bin/Release/net10.0/Tradewind.Chaos.Tests.dll');
  const ran = spawnSync('dotnet', [executable, '-noColor', '-noLogo', '-stopOnFail', '-method', '*NoInvariantBreaksInFiftyWorlds'], { cwd: folder, encoding: 'utf8' });
  const noticed = /seed (\d+): ([A-Z]\d+): (.*)/.exec(ran.stdout);
  return noticed ? { seed: Number(noticed[1]), check: noticed[2], words: noticed[3].trim() } : { problem: 'no world noticed it' };
}

function report(mutation, result) {
  const isNoticed = !result.problem;
  const said = isNoticed ? `${result.check} in the world of seed ${result.seed}: ${result.words}` : `**${result.problem}**`;
  console.log(`${mutation.name}: ${said}`);
  if (!isNoticed) process.exitCode = 1;
  const row = `| ${mutation.name} | ${mutation.invariant} | ${mutation.guard} | ${[...new Set(mutation.edits.map(({ file }) => `\`${file}\``))].join(', ')} | ${said.replaceAll('|', '/')} | ${today()} ${commit()} |`;
  writeFileSync(evidence, withRow(existsSync(evidence) ? readFileSync(evidence, 'utf8') : '# Evidence\n', mutation.name, row));
}

function withRow(text, name, row) {
  const from = text.indexOf(begin), to = text.indexOf(end);
  const rows = from < 0 ? [] : text.slice(from, to).split('\n').filter(line => line.startsWith('| ') && !line.startsWith('| Mutation'));
  const kept = rows.filter(line => !line.startsWith(`| ${name} |`));
  const order = line => mutations.findIndex(one => line.startsWith(`| ${one.name} |`));
  const section = [begin, '## Guards taken away', '', '`node tests/mutations.mjs`: each guard is taken away alone, and the fixed seeds run until a world notices.', '',
    '| Mutation | Invariant | Guard | Changed | Noticed by | Last run |', '|---|---|---|---|---|---|', ...[...kept, row].sort((a, b) => order(a) - order(b)), end, ''].join('\n');
  return from < 0 ? `${text.trimEnd()}\n\n${section}` : text.slice(0, from) + section + text.slice(to + end.length).replace(/^\n/, '');
}

function today() {
  return new Date().toISOString().slice(0, 10);
}

function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}
