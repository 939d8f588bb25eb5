// Compiles the contract into the artifacts that the application loads.
//   node compile.mjs            writes them
//   node compile.mjs --check    compares, and exits 1 where they differ
import { readFileSync, writeFileSync, mkdirSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import solc from 'solc';

const here = dirname(fileURLToPath(import.meta.url));
const artifacts = join(here, '..', 'pygmalion_app', 'adapters', 'chain', 'artifacts');
const own = 'src/PygmalionCertificate.sol';
const proxy = '@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol';

const imported = new Map();
const read = (name) => {
  const path = name.startsWith('@') ? join(here, 'node_modules', name) : join(here, name);
  if (!existsSync(path)) return { error: `not found: ${name}` };
  imported.set(name, { contents: readFileSync(path, 'utf8') });
  return imported.get(name);
};
const input = {
  language: 'Solidity',
  sources: Object.fromEntries([own, proxy].map((name) => [name, { content: read(name).contents }])),
  settings: {
    evmVersion: 'cancun',
    optimizer: { enabled: true, runs: 1000 },
    // The metadata hash depends on comments; without it, equal code gives equal bytes.
    metadata: { bytecodeHash: 'none' },
    outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode', 'storageLayout'] } },
  },
};
const output = JSON.parse(solc.compile(JSON.stringify(input), { import: read }));
for (const problem of output.errors ?? []) console.error(problem.formattedMessage);
if ((output.errors ?? []).some((problem) => problem.severity === 'error')) process.exit(1);

const layout = (contract) =>
  (contract.storageLayout?.storage ?? []).map(({ label, slot, offset, type }) => ({ label, slot, offset, type }));
const structs = (contract) =>
  Object.fromEntries(
    Object.entries(contract.storageLayout?.types ?? {})
      .filter(([, type]) => type.members)
      .map(([name, type]) => [name, type.members.map(({ label, slot, offset, type }) => ({ label, slot, offset, type }))]),
  );
// The parents keep their state in ERC-7201 namespaces, which solc's storage layout leaves out.
const namespaces = () => {
  const found = {};
  for (const { contents } of imported.values()) {
    if (!contents.includes('@custom:storage-location erc7201:')) continue;
    for (const [, namespace, struct, body] of contents.matchAll(
      /(?:storage-location (erc7201:\S+)[\s*/]+)?struct (\w+) \{([^}]*)\}/g,
    )) {
      found[namespace ?? struct] = body
        .replace(/\/\*[^]*?\*\/|\/\/.*/g, '')
        .split(';')
        .map((member) => member.trim().match(/^([^]*\S)\s+(\w+)$/))
        .filter(Boolean)
        .map(([, type, label]) => ({ label, type: type.replace(/\s+/g, ' ') }));
    }
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
};
// Where the code that stands on chain differs from `runtime`: the address that it keeps of itself.
const immutables = ({ immutableReferences }) =>
  Object.values(immutableReferences ?? {})
    .flat()
    .map(({ start }) => start)
    .sort((a, b) => a - b);
// AST ids inside type names change with every unrelated edit.
const stable = (value) => JSON.parse(JSON.stringify(value).replace(/(t_(?:struct|enum)\([^)]*\))\d+/g, '$1'));

mkdirSync(artifacts, { recursive: true });
let differs = false;
for (const [name, source] of [['PygmalionCertificate', own], ['ERC1967Proxy', proxy]]) {
  const contract = output.contracts[source][name];
  const text = JSON.stringify(
    {
      contractName: name,
      compiler: solc.version(),
      abi: contract.abi,
      storage: stable(layout(contract)),
      structs: stable(structs(contract)),
      namespaces: source === own ? namespaces() : {},
      bytecode: `0x${contract.evm.bytecode.object}`,
      runtime: `0x${contract.evm.deployedBytecode.object}`,
      immutables: immutables(contract.evm.deployedBytecode),
    },
    null,
    1,
  ) + '\n';
  const path = join(artifacts, `${name}.json`);
  if (process.argv.includes('--check')) {
    if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
      console.error(`${name}.json is not what the source compiles to`);
      differs = true;
    }
  } else {
    writeFileSync(path, text);
    console.log(`${name}: ${(text.length / 1024).toFixed(0)} kB, bytecode ${contract.evm.bytecode.object.length / 2} bytes`);
  }
}
process.exit(differs ? 1 : 0);
