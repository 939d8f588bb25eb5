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

const read = (name) => {
  const path = name.startsWith('@') ? join(here, 'node_modules', name) : join(here, name);
  return existsSync(path) ? { contents: readFileSync(path, 'utf8') } : { error: `not found: ${name}` };
};
const input = {
  language: 'Solidity',
  sources: Object.fromEntries([own, proxy].map((name) => [name, { content: read(name).contents }])),
  settings: {
    evmVersion: 'cancun',
    optimizer: { enabled: true, runs: 1000 },
    // The metadata hash depends on comments; without it, equal code gives equal bytes.
    metadata: { bytecodeHash: 'none' },
    outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object', 'storageLayout'] } },
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
      bytecode: `0x${contract.evm.bytecode.object}`,
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
